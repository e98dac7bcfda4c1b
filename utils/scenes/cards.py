"""Cards and panels: texts that open beside a chart, plain data that the page lays out.

A card is what opens when a mark is chosen. A panel sets two accounts side by side, equal in space; the page
gives it a button that swaps the sides. Nothing in them is HTML.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import plotly.graph_objects as go

from utils.scenes.charts import figure_json


@dataclass(frozen=True)
class Statement:
    """What somebody said. `source_ids` name where it was seen, `confidence` how well (two, one, memory)."""

    text: str
    speaker: str = ""
    date: str = ""
    source_ids: tuple[str, ...] = ()
    confidence: str = ""


@dataclass(frozen=True)
class Column:
    """One side's statements."""

    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Panel:
    """Two accounts side by side, under a title; `below` both, at full width, what an outside body said.

    Where a scene shows several panels they are folded, but for those that are `open`.
    """

    title: str
    left: Column
    right: Column
    after: str = ""
    below: Column | None = None
    open: bool = False

    def json(self) -> dict:
        return asdict(self)

    def source_ids(self) -> list[str]:
        """Return the sources of every statement in the panel, in order of mention."""
        columns = (column for column in (self.left, self.right, self.below) if column)
        return [one for column in columns for statement in column.statements for one in statement.source_ids]


@dataclass(frozen=True)
class Aside:
    """A short list beside a chart: what changed at a step, say. `empty` stands in for no items."""

    title: str
    items: tuple[str, ...] = ()
    empty: str = ""

    def json(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Card:
    """One row, told in full: title, date, facts (label and value), text, accounts and sources.

    `chart` is a small figure, such as a map that shows where; the facts say the same in words.
    """

    title: str
    date: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    panels: tuple[Panel, ...] = ()
    source_ids: tuple[str, ...] = ()
    confidence: str = ""
    note: str = ""
    chart: go.Figure | None = None

    def json(self) -> dict:
        return asdict(replace(self, chart=None)) | {"chart": figure_json(self.chart)}

    def all_source_ids(self) -> list[str]:
        """Return the sources of the card and of every statement in it, each once."""
        told = [one for panel in self.panels for one in panel.source_ids()]
        return list(dict.fromkeys([*self.source_ids, *told]))
