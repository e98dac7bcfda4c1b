"""A grid of cells, each told by tone, pattern and letter: for charts that show a class for each row and column.

Rows and columns are whole numbers from 0, the first row on top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from utils import axes, theme
from utils.theme import Ink
from utils.wording import plain

ROW, HEAD, LEGEND_ROW = 25, 56, 24  # px: one row of cells, the columns' names above, a row of the legend below
GAP_X, GAP_Y = 0.06, 0.12  # of a cell, on each side: room for the outline of a marked cell


class Look(NamedTuple):
    """How a class looks: its letter and name, its ground, and a pattern of lines or dots over it ("" for none)."""

    letter: str
    name: str
    ground: Ink
    pattern: str = ""
    ink: Ink = theme.TEXT


MARKED = dict(color=theme.TEXT.light, width=2.5)
EDGE = dict(color=theme.NEUTRAL.light, width=1)


def cells(rows: pd.DataFrame, looks: Mapping[str, Look]) -> list[dict]:
    """Return the traces of a grid: for each class its cells, then all letters, and an outline for marked cells.

    Parameters
    ----------
    rows : DataFrame
        Columns `row`, `column` (int), `look` (key of `looks`), `marked` (bool: outlined), `key` (for a card), `hover`.
    looks : dict
        In the order of the legend. A class without a cell stays in the legend, so that all states explain the same.
    """
    return [
        *(_cells(rows[rows["look"] == one], look) for one, look in looks.items()),
        _outline(rows),
        _letters(rows, looks),
    ]


def _cells(rows: pd.DataFrame, look: Look) -> dict:
    pattern = dict(shape=look.pattern, fillmode="overlay", fgcolor=look.ink.light, fgopacity=1, size=6, solidity=0.28)
    return dict(
        type="bar",
        orientation="h",
        y=rows["row"].tolist() or [None],
        base=(rows["column"] - 0.5 + GAP_X).tolist() or [None],
        x=[1 - 2 * GAP_X] * len(rows) or [None],
        width=1 - 2 * GAP_Y,
        name=f"{look.letter} {plain(look.name)}",
        customdata=rows["key"].tolist(),
        hovertext=[plain(one) for one in rows["hover"]],
        hoverinfo="text",
        marker=dict(color=look.ground.light, pattern=pattern, line=EDGE),
        showlegend=True,
    )


def _letters(rows: pd.DataFrame, looks: Mapping[str, Look]) -> dict:
    """Return the letters, each on a patch of the page's colour: legible on every pattern."""
    return dict(
        type="scatter",
        x=rows["column"].tolist(),
        y=rows["row"].tolist(),
        mode="markers+text",
        marker=dict(symbol="square", size=15, color=theme.PAGE.light, opacity=1),
        text=[f"<b>{looks[one].letter}</b>" for one in rows["look"]],
        textfont=dict(size=12, color=theme.TEXT.light),
        customdata=rows["key"].tolist(),
        hovertext=[plain(one) for one in rows["hover"]],
        hoverinfo="text",
        showlegend=False,
    )


def _outline(rows: pd.DataFrame) -> dict:
    marked = rows[rows["marked"].astype(bool)]  # no rows have no type
    return dict(
        type="bar",
        orientation="h",
        y=marked["row"].tolist() or [None],
        base=(marked["column"] - 0.5 + GAP_X / 2).tolist() or [None],
        x=[1 - GAP_X] * len(marked) or [None],
        width=0.98,
        marker=dict(color="rgba(0,0,0,0)", line=MARKED),
        hoverinfo="skip",
        showlegend=False,
    )


def drawn(
    traces: Sequence[dict], labels: Sequence[str], columns: Sequence[str], legend_rows: int, **layout
) -> go.Figure:
    """Return the figure: `labels` name the rows on the left, `columns` stand above, `legend_rows` below; and more `layout`."""
    return go.Figure(dict(data=list(traces), layout=framed(labels, columns, legend_rows) | layout))


def framed(labels: Sequence[str], columns: Sequence[str], legend_rows: int) -> dict:
    """Return the layout of a grid."""
    return dict(
        barmode="overlay",
        bargap=0,
        margin=dict(l=8, r=8, t=HEAD, b=8 + LEGEND_ROW * legend_rows),
        xaxis=axes.columns(columns, showline=False),
        yaxis=axes.lines(labels, showgrid=False, showline=False),
        legend=dict(y=-0.01, yanchor="top"),
    )


def height(rows: int, legend_rows: int) -> int:
    """Return the height in px of a chart with so many rows of cells."""
    return HEAD + ROW * rows + 8 + LEGEND_ROW * legend_rows


def rules_between(places: Sequence[float]) -> list[dict]:
    """Return thin lines above the rows in `places`, to set groups of rows apart."""
    line = dict(color=theme.NEUTRAL.light, width=0.8)
    spans = dict(type="line", xref="paper", x0=0, x1=1, yref="y", line=line, layer="below")
    return [spans | dict(y0=one - 0.5, y1=one - 0.5) for one in places]
