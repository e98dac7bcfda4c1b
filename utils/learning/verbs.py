"""Four verbs for readers who do not know pandas: filter, count, compare, cite.

Each does one thing to a table and returns a table (or references). The same in plain pandas stands in each docstring.
"""

from __future__ import annotations

import operator
import re
from typing import Any

import pandas as pd

from utils import citations, tables
from utils.learning import readers
from utils.wording import listing

HOW = {
    "is": operator.eq,
    "is not": operator.ne,
    "at least": operator.ge,
    "at most": operator.le,
    "before": operator.lt,
    "after": operator.gt,
}
YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


class Misspelt(ValueError):
    """A verb was asked for something that is not there. Jupyter shows the sentence alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def table(name: str) -> pd.DataFrame:
    """Return a table of the pack by its name, such as "events"."""
    if not isinstance(name, str):
        raise Misspelt("Give the name of a table between quotes, such as “events”.")
    try:
        return tables.load(name)
    except tables.TableError as problem:
        raise Misspelt(str(problem)) from None


def filter(rows: pd.DataFrame, column: str, how: str, value: Any) -> pd.DataFrame:
    """Return the rows whose column is, is not, is at least, at most, before, after or contains a value.

    `filter(deaths, "deaths", "at least", 25)` is `deaths[deaths["deaths"] >= 25]` in pandas. In a column of lists,
    "contains" asks for one of the list; in a column of text, for a part of the text.
    """
    cells = _column(rows, column)
    if not isinstance(how, str) or how not in (*HOW, "contains"):
        raise Misspelt(f"There is no “{how}”; choose one of {listing([*HOW, 'contains'], 'or')}.")
    if not pd.api.types.is_scalar(value):
        raise Misspelt("Give one value to filter by, such as a number or a text between quotes.")
    if how == "contains":
        keep = cells.map(lambda cell: str(value) in cell if isinstance(cell, (tuple, str)) else False)
    else:
        try:
            keep = HOW[how](cells, _like(cells, value))
        except TypeError:
            raise Misspelt(f"The column “{column}” cannot be compared with {value!r} by “{how}”.") from None
    return rows[keep.fillna(False).astype(bool)]


def count(rows: pd.DataFrame, by: str | None = None) -> Any:
    """Return how many rows there are; with `by`, how many for each value of a column, the most frequent first.

    `count(events, "kind")` is `events["kind"].value_counts()` in pandas.
    """
    if by is None:
        return len(_table(rows))
    return _column(rows, by).value_counts().rename("rows").to_frame()


def compare(rows: pd.DataFrame, column: str, by: str) -> pd.DataFrame:
    """Return, for each value of `by`, how many rows have a number in the column, and its least, mean, most and sum.

    `compare(claims, "figure", "claimed_by")` is `claims.groupby("claimed_by")["figure"].agg([...])` in pandas.
    """
    cells = _column(rows, column)
    if not pd.api.types.is_numeric_dtype(cells) or pd.api.types.is_bool_dtype(cells):
        raise Misspelt(f"The column “{column}” holds no numbers; compare takes one that does.")
    grouped = rows.assign(**{column: cells.astype(float)}).groupby(_column(rows, by).name)[column]
    found = grouped.agg(["count", "min", "mean", "max", "sum"])
    return found.rename(columns={"count": "rows", "min": "least", "max": "most"}).round(1)


def show(rows: pd.DataFrame, *columns: str) -> Shown:
    """Return some columns of a table (all, if none is named) to be shown with every row and whole texts."""
    for column in columns:
        _column(rows, column)
    return Shown(rows[list(columns)] if columns else rows)


class Shown:
    """A table as a notebook shows it: every row, in a box that scrolls; texts are escaped."""

    def __init__(self, rows: pd.DataFrame):
        self.rows = rows

    def __repr__(self) -> str:
        return self.rows.to_string()

    def _repr_html_(self) -> str:
        formats = {name: "{:%Y-%m-%d}".format for name in self.rows.select_dtypes("datetime")}
        whole = {
            name: ["" if pd.isna(one) else one for one in some]
            for name, some in self.rows.select_dtypes("Int64").items()
        }
        with pd.option_context("display.max_colwidth", None):
            table = self.rows.assign(**whole).to_html(
                index=False, escape=True, justify="left", na_rep="", formatters=formats
            )
        return f'<div style="max-height: 420px; overflow: auto" tabindex="0">{table}</div>'


def cite(rows: pd.DataFrame | pd.Series) -> References:
    """Return the references of a row, or of several, to paste into a text. `citations.cite` is the same as text."""
    if not isinstance(rows, (pd.DataFrame, pd.Series)) or "source_ids" not in rows:
        raise Misspelt("These rows hold no column source_ids; cite takes rows of a table that has it.")
    return References(citations.cite(rows))


class References(str):
    """References, one a line; a notebook shows the lines, not a text in quotes."""

    def __repr__(self) -> str:
        return str(self)


def _table(rows: Any) -> pd.DataFrame:
    if not isinstance(rows, pd.DataFrame):
        raise Misspelt("Give a table first, such as verbs.table(“events”).")
    return rows


def _column(rows: pd.DataFrame, column: str) -> pd.Series:
    columns = _table(rows).columns
    if not isinstance(column, str) or column not in columns:
        raise Misspelt(f"There is no column “{column}”; the table has {listing(map(str, columns))}.")
    return rows[column]


def _like(cells: pd.Series, value: Any) -> Any:
    """Return a value in the type of the column: text of a date as a date, "yes" as True, "25" as a number."""
    if not isinstance(value, str):
        return value
    try:
        if pd.api.types.is_datetime64_any_dtype(cells):
            return readers.date(f"{value}-01-01" if re.fullmatch(r"\d{4}", value) else value)
        if pd.api.types.is_bool_dtype(cells):
            return YES_OR_NO[value.strip().casefold()]
        return readers.number(value) if pd.api.types.is_numeric_dtype(cells) else value
    except readers.Unreadable as problem:
        raise Misspelt(str(problem)) from None
    except KeyError:
        raise Misspelt(f"The column “{cells.name}” holds yes or no; “{value}” is neither.") from None
