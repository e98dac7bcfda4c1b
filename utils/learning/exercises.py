"""Exercises whose answers are computed from the tables when they are checked, and whose feedback explains.

A check never raises: an untouched answer is "not answered yet", one that cannot be read gets a sentence on what
would be. Checks are formative: whoever reads this code finds the way to every answer.
"""

from __future__ import annotations

import numbers
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd

LONGEST_TEXT = 200  # characters of an answer that are looked at; no exercise needs more


class Unreadable(ValueError):
    """An answer that is not of the form asked for. The text says what would be."""


TITLES = {"right": "Right.", "not yet": "Not yet.", "not answered": "Not answered yet.", "unclear": "Unclear."}


@dataclass(frozen=True)
class Feedback:
    """The reply to an answer: `status` is "right", "not yet", "not answered" or "unclear"; `text` explains."""

    status: str
    text: str

    def __repr__(self) -> str:
        return f"{TITLES[self.status]} {self.text}".strip()

    def _repr_html_(self) -> str:
        return f'<p role="status"><strong>{TITLES[self.status]}</strong> {escape(self.text)}</p>'


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Parameters
    ----------
    read : callable(answer) -> value
        Brings whatever a student gives into one form; raises `Unreadable`.
    solve : callable() -> value
        Computes the answer from the tables, in the same form.
    explain : callable(given, solved) -> str
        Says what is off, or, where the two agree, why the answer holds.
    hint : str
        Shown while the exercise is untouched.
    """

    read: Callable[[Any], Any]
    solve: Callable[[], Any]
    explain: Callable[[Any, Any], str]
    hint: str = ""


def check(exercise: Exercise, answer: Any) -> Feedback:
    """Return the feedback on an answer. Never raises."""
    if answer is None or answer is ... or (isinstance(answer, str) and not answer.strip()):
        return Feedback("not answered", exercise.hint)
    try:
        given = exercise.read(answer)
    except Unreadable as problem:
        return Feedback("unclear", str(problem))
    except Exception:  # an answer may be any object at all, also one whose methods fail
        return Feedback("unclear", f"An answer of type {type(answer).__name__} cannot be read here.")
    solved = exercise.solve()
    return Feedback("right" if given == solved else "not yet", exercise.explain(given, solved))


def whole_number(answer: Any) -> int:
    """Read one whole number: 12, 12.0, "12", "1,234", or a pandas or numpy value (a time span gives days)."""
    if isinstance(answer, (pd.Timedelta, np.timedelta64)):
        return pd.Timedelta(answer).days
    if isinstance(answer, str):
        match = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?: *(?:days?|years?))?", answer[:LONGEST_TEXT].strip())
        if match:
            return int(match[1].replace(",", ""))
    elif isinstance(answer, numbers.Real) and not isinstance(answer, bool) and float(answer).is_integer():
        return int(answer)
    raise Unreadable("Give one whole number, such as 12.")


def whole_numbers(answer: Any) -> frozenset[int]:
    """Read several whole numbers in any order: a list, set, Series or array, one number, or text: "1995, 1996"."""
    if isinstance(answer, str):
        answer = re.split(r"[,;\s]+", answer[:LONGEST_TEXT].strip(" ,;"))
    if isinstance(answer, (pd.DataFrame, dict)):
        raise Unreadable("Give a list of whole numbers, such as [1995, 1996], not a whole table.")
    if not isinstance(answer, Iterable):
        answer = [answer]
    try:
        return frozenset(whole_number(one) for one in list(answer)[:LONGEST_TEXT])
    except Unreadable:
        raise Unreadable("Give a list of whole numbers, such as [1995, 1996].") from None


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
