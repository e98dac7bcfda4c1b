"""Axes with names instead of numbers, alike on all charts: lines from the top down, columns with their names above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SMALL = dict(size=12)  # px, the text of an axis


def lines(labels: Sequence[str], **more: Any) -> dict:
    """Return a y axis with a line for each label at 0, 1, 2 ..., the first on top; `more` adds to it or replaces.

    Labels stand on the chart as they are: text from a table goes through `wording.plain` or `wording.wrapped` before.
    """
    return _named(labels) | dict(range=[len(labels) - 0.5, -0.5]) | more


def columns(labels: Sequence[str], **more: Any) -> dict:
    """Return an x axis with a column for each label at 0, 1, 2 ..., its name above; `labels` and `more` as for `lines`."""
    across = dict(side="top", tickangle=0, showgrid=False, range=[-0.5, len(labels) - 0.5])
    return _named(labels) | across | more


def _named(labels: Sequence[str]) -> dict:
    places = list(range(len(labels)))
    return dict(tickvals=places, ticktext=list(labels), tickfont=SMALL, ticks="", zeroline=False)
