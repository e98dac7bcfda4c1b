"""How numbers, dates and lists are written on screen: "10 November 2020", "3 events", "a, b and c"."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import pandas as pd


def date_text(moment, precision: str = "day") -> str:
    """Return a date as readers see it.

    Parameters
    ----------
    moment : datetime-like or ISO text
        Text may stop after the year or the month ("2020", "2020-11").
    precision : {"day", "month", "year"}
        What is known of the date. A text that stops earlier wins over it.

    Returns
    -------
    str
        "10 November 2020", "November 2020" or "2020"; "" for a missing date.
    """
    if moment is None or moment is pd.NaT or moment == "":
        return ""
    if isinstance(moment, str):
        precision = {4: "year", 7: "month"}.get(len(moment), precision)
    when = pd.Timestamp(moment)
    return {"day": f"{when.day} {when:%B %Y}", "month": f"{when:%B %Y}", "year": f"{when:%Y}"}[precision]


def span_text(start, end=None, precision: str = "day") -> str:
    """Return a period, naming shared months and years once: "27 September to 10 November 2020"."""
    first, last = pd.Timestamp(start), pd.Timestamp(end) if end is not None else pd.NaT
    if pd.isna(last) or date_text(first, precision) == date_text(last, precision):
        return date_text(first, precision)
    if precision == "month":
        left = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    elif first.year != last.year:
        left = date_text(first)
    else:
        left = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{left} to {date_text(last, precision)}"


def number(value: float, digits: int = 0) -> str:
    """Return a number with comma separators: 1,960."""
    return f"{value:,.{digits}f}"


def count(how_many: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 event", "3 events", "no events"."""
    noun = noun if how_many == 1 else plural or noun + "s"
    return f"{number(how_many) if how_many else 'no'} {noun}"


def times(how_many: int) -> str:
    """Return how often: "never", "once", "twice", "3 times"."""
    return {0: "never", 1: "once", 2: "twice"}.get(how_many) or count(how_many, "time")


def listing(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    *head, tail = list(words) or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def days_text(days: int) -> str:
    """Return a long interval in the unit that a reader would use: "40 days", "14 months", "3 years and 2 months"."""
    if days < 90:
        return count(days, "day")
    months = round(days / 30.4375)
    if months < 24:
        return count(months, "month")
    years, rest = divmod(months, 12)
    return count(years, "year") + (f" and {count(rest, 'month')}" if rest else "")


def plain(text: str) -> str:
    """Return text that Plotly shows as it stands: it would take < and & for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def wrapped(text: str, letters: int) -> str:
    """Return text for Plotly as `plain` does, in lines of at most so many letters, broken between words."""
    return "<br>".join(plain(line) for line in textwrap.wrap(text, letters))
