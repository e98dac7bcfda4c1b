"""The task: a prompt, one control, and what is said to the answer. Questions, notes, essays and estimates are tasks.

A task is pure, as a scene is: it knows neither the page nor the logbook. `views.py` shows it and keeps the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from utils.learning.feedback import Feedback
from utils.scenes.controls import Control, SettingError
from utils.tables import TableError


@dataclass(frozen=True)
class Fold:
    """A table that opens under a task, such as the criteria of an essay."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to answer.

    Parameters
    ----------
    id, kind : str
        As in the logbook: "q01_03", "question".
    prompt : str
        What is asked.
    control : Control
        What the answer is given with. Nothing in its description tells the answer.
    reply : callable(value) -> Feedback
        What is said to a value that the control takes, and that differs from its start.
    words : callable(value) -> str
        The answer as a reader would say it, for the download.
    label : str
        A line above the prompt: what kind of task it is.
    verb : str
        The button's word; "" where every change counts at once.
    hints : tuple of str
        Shown one by one, on request.
    empty : str
        What is said while nothing is answered.
    folds : tuple of Fold
    source_ids : tuple of str
        What the question and its feedback rest on.
    """

    id: str
    kind: str
    prompt: str
    control: Control
    reply: Callable[[Any], Feedback]
    words: Callable[[Any], str] = str
    label: str = ""
    verb: str = "Check"
    hints: tuple[str, ...] = ()
    empty: str = "Choose first."
    folds: tuple[Fold, ...] = ()
    source_ids: tuple[str, ...] = ()

    def check(self, value: Any) -> tuple[Any, Feedback]:
        """Return the value in its one form (None if there is none) and what is said to it. Never raises.

        Whatever the object, only a value that the control takes is ever compared with an answer.
        """
        try:
            value = self.control.check(value)
        except SettingError as problem:
            return None, Feedback("unclear", str(problem))
        except Exception:  # an object whose own methods fail
            return None, Feedback("unclear", f"An answer of type {type(value).__name__} cannot be read here.")
        if self.is_empty(value):
            return None, Feedback("not answered", self.empty)
        try:
            return value, self.reply(value)
        except TableError as problem:  # a broken table: already a sentence
            return None, Feedback("unclear", str(problem))

    def is_empty(self, value: Any) -> bool:
        """Say whether a value of the control is no answer. An order is one as it stands."""
        if isinstance(value, str):
            return not value.strip()
        return self.control.kind != "order" and (value == () or all(one in ("", None) for one in value))

    def spec(self) -> dict:
        """Return what the page draws the task from. It holds no answer."""
        return {
            "id": self.id,
            "label": self.label,
            "prompt": self.prompt,
            "control": self.control.spec(),
            "start": self.control.start,
            "verb": self.verb,
            "hints": len(self.hints),
            "folds": [{"title": fold.title, "head": fold.head, "rows": fold.rows} for fold in self.folds],
            "sources": len(self.source_ids),
        }
