"""Readers bring what a student gives into one form: a number, a date, a place, an order ... or say what would do.

Each takes any object at all and returns a plain Python value, or raises `Unreadable` with a sentence. They accept what
a sensible student would give: 12 or "12", a list or a column, a date or its text, either name of a place.
"""

from __future__ import annotations

import datetime
import numbers
import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from utils import names, tables

LONGEST_TEXT = 200  # characters of an answer that are looked at; no exercise needs more
IN_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


class Unreadable(ValueError):
    """An answer that is not of the form asked for. The text says what would be."""


def number(answer: Any) -> float:
    """Read one number: 12, 12.5, "12", "1,234", "12 days", "twelve", or a numpy value (a time span gives days)."""
    answer = _single(answer)
    if isinstance(answer, (np.timedelta64, datetime.timedelta)):
        answer = _days(answer)
    if isinstance(answer, str):
        text = answer[:LONGEST_TEXT].strip().casefold()
        if text in IN_WORDS:
            return IN_WORDS.index(text)
        match = re.fullmatch(
            r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?)(?! *(?:hundred|thousand|million|billion)) *(?:%|[a-z ]{0,30})",
            text,
        )
        if match:
            return float(match[1].replace(",", ""))
    elif isinstance(answer, numbers.Real) and not isinstance(answer, bool) and -(10**12) < answer < 10**12:
        return float(answer)
    raise Unreadable("Give one number, such as 25.")


def _single(answer: Any) -> Any:
    """Return the one thing in a list or a column of one thing; anything else as it is."""
    if isinstance(answer, np.ndarray):
        answer = list(answer.ravel()[:2])
    if isinstance(answer, (pd.Series, pd.Index, list, tuple)) and len(answer) == 1:
        return next(iter(answer))
    return answer


def _days(span: Any) -> int | None:
    """Return the whole days of a time span, None where it has none (missing, or without a known length)."""
    try:
        found = pd.Timedelta(span)
    except (ValueError, OverflowError):
        return None
    return None if pd.isna(found) else found.days


def whole_number(answer: Any) -> int:
    """Read one whole number, as `number` does."""
    try:
        found = number(answer)
    except Unreadable:
        found = 0.5
    if not float(found).is_integer():
        raise Unreadable("Give one whole number, such as 25.")
    return int(found)


def whole_numbers(answer: Any) -> frozenset[int]:
    """Read several whole numbers in any order: a list, set, Series or array, one number, or text: "1995, 1996"."""
    if isinstance(answer, str):
        answer = re.split(r"[,;\s]+", answer[:LONGEST_TEXT].strip(" ,;"))
    if isinstance(answer, (pd.DataFrame, dict, bytes)):
        raise Unreadable("Give a list of whole numbers, such as [1995, 1996], not a whole table.")
    if isinstance(answer, np.ndarray):
        answer = answer.ravel() if answer.ndim < 2 else [None]
    if not isinstance(answer, Iterable):
        answer = [answer]
    try:
        return frozenset(whole_number(one) for one in islice(answer, LONGEST_TEXT))  # it may have no end
    except Unreadable:
        raise Unreadable("Give a list of whole numbers, such as [1995, 1996].") from None


def pair(answer: Any) -> tuple[Any, Any] | None:
    """Take two answers apart: a list of two, or text with a slash between them; None where there are not two."""
    if isinstance(answer, str):
        answer = [part.strip() for part in re.split(r"[/;|]", answer[:LONGEST_TEXT]) if part.strip()]
    return tuple(answer) if isinstance(answer, (list, tuple)) and len(answer) == 2 else None


def two_numbers(answer: Any) -> tuple[float, float]:
    """Read two numbers: (38, 25), or text with a slash between them: "38 / 25"."""
    both = pair(answer)
    if both is None:
        raise Unreadable("Give two numbers with a slash between them, such as “50 / 40”.")
    first, second = (number(one) for one in both)
    return first, second


def letters(answer: Any, how_many: int) -> str:
    """Read an order of cards: "CAB", "c a b", "C, A, B" or ["C", "A", "B"], each of the letters once."""
    if isinstance(answer, (list, tuple, pd.Series)) and all(isinstance(one, str) for one in answer):
        answer = "".join(list(answer)[:LONGEST_TEXT])
    allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:how_many]
    if isinstance(answer, str):
        order = re.sub(r"[\s,;>-]+", "", answer[:LONGEST_TEXT]).upper()
        if sorted(order) == list(allowed):
            return order
    raise Unreadable(f"Give each of the letters {allowed[0]} to {allowed[-1]} once, such as {allowed[::-1]}.")


def date(answer: Any) -> pd.Timestamp:
    """Read one day: a date, a Timestamp, or text: "10 November 2020", "2020-11-10", "10.11.2020"."""
    answer = _single(answer)
    try:
        if isinstance(answer, str):
            text = answer[:LONGEST_TEXT].strip()
            figures, words = re.findall(r"\d+", text), re.findall(r"[^\W\d_]{3,}", text)
            if not re.search(r"\d{4}", text) or len(figures) < (2 if words else 3):  # a month or a year is no day
                raise ValueError("no day")
            found = pd.to_datetime(text, dayfirst=not re.match(r"\d{4}", text))
        elif isinstance(answer, (datetime.date, np.datetime64)):
            found = pd.Timestamp(answer)
        else:
            raise ValueError("no date")
        if pd.isna(found):
            raise ValueError("missing")
        return found.tz_localize(None).normalize()
    except (ValueError, TypeError, OverflowError):
        raise Unreadable("Give one day, such as “10 November 2020” or “2020-11-10”.") from None


def place(answer: Any) -> str:
    """Read one place by any of its names, or by both, and return its `place_id`. Of a count, the most frequent is read."""
    if isinstance(answer, (pd.DataFrame, pd.Series)) and len(answer):
        answer = answer.index[0]
    if isinstance(answer, str):
        text, known = answer[:LONGEST_TEXT], _places()
        forms = [text] if plain_words(text) in known else text.split("/")
        found = {known.get(plain_words(form)) for form in forms}
        if len(found) == 1 and None not in found:
            return found.pop()
    raise Unreadable("Give the name of one place, in either form, such as “Shusha” or “Shushi”.")


def _places() -> dict[str, str]:
    """Return every name and id of a place, in plain words, with its id."""
    rows = tables.load("places")
    columns = ["name", "name_armenian_usage", "name_azerbaijani_usage", "place_id"]
    named = ((row[column], row["place_id"]) for _, row in rows.iterrows() for column in columns)
    known = {plain_words(name): place_id for name, place_id in named if isinstance(name, str)}
    return known | {
        plain_words(label): one
        for one, label in zip(rows["place_id"], names.labels(rows["place_id"], names.place), strict=True)
    }


def table(answer: Any) -> str:
    """Read the name of a table, by its name or its title."""
    titles = {plain_words(form): name for name in tables.names() for form in (name, tables.title(name))}
    found = titles.get(plain_words(answer)) if isinstance(answer, str) else None
    if found is None:
        raise Unreadable("Give the title of one table, as the chart writes it, between quotes.")
    return found


def words(answer: Any) -> frozenset[str]:
    """Read several words in any order: a list, set or Series, or text with commas."""
    if isinstance(answer, str):
        answer = re.split(r"[,;\n]+", answer[: 10 * LONGEST_TEXT])
    if isinstance(answer, np.ndarray):
        answer = answer.ravel().tolist()
    if isinstance(answer, (list, tuple, set, frozenset, pd.Series, pd.Index)):
        found = list(answer)[:LONGEST_TEXT]
        if all(isinstance(one, str) for one in found):
            return frozenset(filter(None, (plain_words(one) for one in found)))
    raise Unreadable("Give a list of words, such as [“seized”, “returned”], or one text with commas.")


def plain_words(text: str) -> str:
    """Return text in small letters, without punctuation, articles and needless spaces, to compare answers by."""
    text = re.sub(r"[\W_]+", " ", text[: 10 * LONGEST_TEXT].casefold()).strip()
    return re.sub(r"^(?:the|a|an) ", "", text)
