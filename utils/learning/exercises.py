"""Exercises whose answers are computed from the tables when they are checked, and whose feedback explains.

A check never raises: an untouched answer is "not answered yet", one that cannot be read gets a sentence on what
would be. Checks are formative: whoever reads this code finds the way to every answer.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from utils.learning import logbook
from utils.learning.feedback import Feedback
from utils.learning.readers import LONGEST_TEXT, Unreadable
from utils.tables import TableError
from utils.wording import count, listing

LONGEST_FEEDBACK = 600  # characters


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
    start : str
        What to do, shown while the exercise is untouched.
    hints : tuple of str
        Shown on request, the first ones first. They never give the answer away.
    prompt : str
        The question, for the reader's own record.
    fits : callable(given, solved) -> bool
        Whether an answer is right: by default, where the two are equal.
    """

    read: Callable[[Any], Any]
    solve: Callable[[], Any]
    explain: Callable[[Any, Any], str]
    start: str = ""
    hints: tuple[str, ...] = ()
    prompt: str = ""
    fits: Callable[[Any, Any], bool] = operator.eq


class Exercises:
    """The exercises of a chapter by id, such as "ex01_gap"."""

    def __init__(self, exercises: Mapping[str, Exercise]):
        self._exercises = dict(exercises)

    def __iter__(self):
        return iter(self._exercises)

    def __getitem__(self, id: str) -> Exercise:
        return self._exercises[id]

    def check(self, id: str, answer: Any = None, hints: int = 0) -> Feedback:
        """Return the feedback on an answer, and keep the answer. Never raises.

        Parameters
        ----------
        id : str
            The exercise.
        answer : object
            Anything at all; None, ... and empty text count as untouched.
        hints : int
            How many hints to show beside the feedback.
        """
        if not isinstance(id, str) or id not in self._exercises:
            return Feedback("unclear", f"This chapter has no exercise of that name; it has {listing(self._exercises)}.")
        exercise = self._exercises[id]
        feedback = check(exercise, answer)
        if feedback.status != "not answered":
            feedback = _kept(id, exercise, answer, feedback)
        return replace(feedback, items=feedback.items + _hints(exercise, hints, feedback))


def check(exercise: Exercise, answer: Any) -> Feedback:
    """Return the feedback on an answer. Never raises."""
    try:
        if answer is None or answer is ... or (isinstance(answer, str) and not answer.strip()):
            return Feedback("not answered", exercise.start)
        given = exercise.read(answer)
    except Unreadable as problem:
        return Feedback("unclear", str(problem))
    except Exception:  # an answer may be any object at all, also one whose methods fail
        return Feedback("unclear", f"An answer of type {type(answer).__name__} cannot be read here.")
    try:
        solved = exercise.solve()
        status = "right" if exercise.fits(given, solved) else "not yet"
        return Feedback(status, _short(exercise.explain(given, solved)))
    except TableError as problem:  # a broken table: already a sentence
        return Feedback("unclear", str(problem))


def _short(text: str) -> str:
    """Return an explanation, cut where it lists an answer of hundreds of words."""
    return text if len(text) <= LONGEST_FEEDBACK else text[:LONGEST_FEEDBACK].rstrip() + " …"


def _hints(exercise: Exercise, how_many: Any, feedback: Feedback) -> tuple[tuple[str, str], ...]:
    if feedback.status == "right" or not exercise.hints:
        return ()
    wanted = how_many if isinstance(how_many, int) and how_many > 0 else 0
    shown = tuple((f"Hint {place}", hint) for place, hint in enumerate(exercise.hints[:wanted], 1))
    if wanted < len(exercise.hints) and feedback.status != "not answered":
        shown += (
            (
                "Another hint" if wanted else "A hint",
                f"change hints={wanted} to hints={wanted + 1} and run the cell again",
            ),
        )
    return shown


def _kept(id: str, exercise: Exercise, answer: Any, feedback: Feedback) -> Feedback:
    """Save an answer with its feedback, unless it is the last one again; say so where it could not be saved."""
    entry = logbook.Entry(
        id=id,
        kind="exercise",
        prompt=exercise.prompt,
        words=told(answer),
        status=feedback.status,
        feedback=feedback.text,
    )
    before = logbook.last(id)
    if before and (before.words, before.status) == (entry.words, entry.status):
        return feedback  # the notebook was run again
    try:
        logbook.write(entry)
    except logbook.LogbookError as problem:
        return replace(feedback, items=(("Not saved", str(problem)),))
    return feedback


def told(answer: Any) -> str:
    """Return an answer as text for the record, whatever it is. Never raises."""
    try:
        if isinstance(answer, pd.DataFrame):
            return f"a table of {count(len(answer), 'row')}, beginning with {answer.index[0]}"
        if isinstance(answer, (pd.Series, pd.Index)):
            answer = answer.tolist()
        if isinstance(answer, (list, tuple, set, frozenset)):
            return ", ".join(str(one)[:LONGEST_TEXT] for one in list(answer)[:50])
        if isinstance(answer, (str, int, float, pd.Timestamp)):
            return str(answer)[:LONGEST_TEXT]
    except Exception:  # an object whose methods fail, or a whole number too long to write out
        pass
    return f"an answer of type {type(answer).__name__}"
