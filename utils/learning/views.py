"""The widget that shows tasks: it takes answers, keeps them, and says what is to be said."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from weakref import WeakSet

import anywidget
import traitlets

from utils import citations
from utils.learning import logbook
from utils.learning.feedback import Feedback
from utils.learning.tasks import Task
from utils.scenes import page

_open: WeakSet[TaskView] = WeakSet()
log = logging.getLogger(__name__)
LONGEST_LINE = 200  # characters of a message that are told when it could not be answered


def open_views() -> list[TaskView]:
    """Return every task widget shown in this kernel, so that a test can drive them all."""
    return list(_open)


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    return [plain(one) for one in value] if isinstance(value, (tuple, list)) else value


def sendable(value: Any) -> Any:
    """Return a plain value with “?” for half a surrogate pair, which the way to the page does not carry."""
    if isinstance(value, list):
        return [sendable(one) for one in value]
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


class TaskView(anywidget.AnyWidget):
    """One or several tasks on screen, with the reader's last answers in place.

    Attributes
    ----------
    problems : list of str
        Sentences about what the page could not do, so that tests see them.
    """

    _esm = page.module(Path(__file__).with_name("task.js"))
    _css = page.style()
    title = traitlets.Unicode().tag(sync=True)
    tasks = traitlets.List().tag(sync=True)
    left = traitlets.List().tag(sync=True)

    def __init__(self, tasks: Sequence[Task], title: str = ""):
        self._tasks = list(tasks)
        self.problems: list[str] = []
        super().__init__(
            title=title, tasks=[task.spec() for task in self._tasks], left=[_left(task) for task in self._tasks]
        )
        self.on_msg(self._receive)
        _open.add(self)

    @property
    def shown(self) -> list[Task]:
        """The tasks, in order."""
        return list(self._tasks)

    def answer(self, place: int, value: Any) -> Feedback:
        """Take an answer to the task in a place, keep it and return what is said. Never raises."""
        task = self._tasks[place]
        value, feedback = task.check(value)
        if value is None:
            return feedback
        entry = logbook.Entry(
            id=task.id,
            kind=task.kind,
            value=plain(value),
            prompt=task.prompt,
            words=task.words(value),
            status=feedback.status,
            feedback=" ".join([feedback.text, *feedback.lines]).strip(),
            source_ids=task.source_ids,
        )
        before = logbook.last(task.id)
        if before is None or (before.value, before.status) != (entry.value, entry.status):
            try:
                logbook.write(entry)
            except logbook.LogbookError as problem:
                return Feedback("unclear", f"Not saved. {problem}")
        return feedback

    def _receive(self, _, question: dict, buffers) -> None:
        """Answer one question of the page: {"ask": what, "id": number, ...} gets {"id": number, "answer": ...}."""
        try:
            self.send({"id": question["id"], "answer": self._said(question)})
        except Exception as problem:  # the page waits: it must hear of every failure
            log.exception("a task could not answer %s", repr(question)[:LONGEST_LINE])
            sentence = f"This could not be done ({type(problem).__name__}: {str(problem)[:LONGEST_LINE]})."
            self.problems.append(sentence)
            self.send({"id": question.get("id") if isinstance(question, dict) else None, "error": sentence})

    def _said(self, question: dict) -> Any:
        if question["ask"] == "problem":
            return self.problems.append(str(question.get("text")))
        place = _one_of(self._tasks, question["place"])
        task = self._tasks[place]
        if question["ask"] == "hint":
            return task.hints[_one_of(task.hints, question["number"])]
        if question["ask"] == "references":
            return [one._asdict() for one in citations.references(task.source_ids)]
        if question["ask"] == "answer":
            return self.answer(place, question.get("value")).json()
        raise KeyError(question["ask"])

    def mimebundle(self) -> tuple[dict, dict]:
        """Return the widget for front ends that can draw it, and plain HTML and text for those that cannot."""
        bundle, metadata = self._repr_mimebundle_()
        prompts = [task.prompt for task in self._tasks]
        listed = "".join(f"<li>{escape(prompt)}</li>" for prompt in prompts)
        return bundle | {"text/plain": "\n".join(prompts), "text/html": f"<ol>{listed}</ol>"}, metadata


def _one_of(things: Sequence, place: Any) -> int:
    """Return the place of a thing. Raise `IndexError` where the page asks for one that is not there."""
    if type(place) is not int or place not in range(len(things)):
        raise IndexError("no such place")
    return place


def _left(task: Task) -> dict | None:
    """Return the reader's last answer with what is said to it today, or None."""
    entry = logbook.last(task.id)
    if entry is None:
        return None
    value, feedback = task.check(entry.value)
    return None if value is None else {"value": sendable(plain(value)), "reply": feedback.json(), "when": entry.time}


class Tasks:
    """Tasks to show under one title; a notebook draws them when they are the last thing in a cell."""

    def __init__(self, *tasks: Task, title: str = ""):
        self.tasks, self.title = tasks, title

    def show(self) -> TaskView:
        """Return the widget."""
        return TaskView(self.tasks, self.title)

    def _repr_mimebundle_(self, **_):
        return self.show().mimebundle()
