"""The widget at the end of a chapter: how far the reader is, where it is kept, and everything to download."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from utils.learning import logbook, portfolio
from utils.scenes import page

log = logging.getLogger(__name__)


class WorkView(anywidget.AnyWidget):
    """Progress, reminders and downloads.

    Parameters
    ----------
    chapter : str
        The chapter's name in the progress line.
    ids : mapping of kind to ids
        What the chapter asks.
    titles : mapping of two digits to title
        What the chapters are called, for the download.
    """

    _esm = page.module(Path(__file__).with_name("work.js"))
    _css = page.style()
    progress = traitlets.Unicode().tag(sync=True)
    where = traitlets.Unicode().tag(sync=True)
    reminders = traitlets.List().tag(sync=True)

    def __init__(self, chapter: str, ids: Mapping[str, Sequence[str]], titles: Mapping[str, str] | None = None):
        self._chapter, self._ids, self._titles = chapter, ids, titles
        self.problems: list[str] = []
        super().__init__()
        self.refresh()
        self.on_msg(self._receive)
        self._stop = logbook.listen(self.refresh)

    def refresh(self) -> None:
        """Read the logbook again."""
        self.progress = portfolio.progress(self._chapter, self._ids)
        self.where = portfolio.kept_where()
        self.reminders = portfolio.reminders()

    def close(self) -> None:
        self._stop()
        super().close()

    def _receive(self, _, question: dict, buffers) -> None:
        try:
            self.send({"id": question["id"], "answer": self._said(question)})
        except Exception as problem:  # the page waits: it must hear of every failure
            sentence = (
                str(problem) if isinstance(problem, ValueError | OSError) else f"{type(problem).__name__}: {problem}"
            )
            log.exception("my work could not answer %s", question.get("ask"))
            self.problems.append(sentence)
            self.send({"id": question.get("id"), "error": sentence})

    def _said(self, question: dict) -> Any:
        if question["ask"] == "page":
            return portfolio.page(self._titles)
        if question["ask"] == "json":
            return logbook.as_json()
        if question["ask"] == "bring back":
            return logbook.bring_back(str(question["text"]))
        return self.refresh()

    def mimebundle(self) -> tuple[dict, dict]:
        """Return the widget for front ends that can draw it, and its lines as text for those that cannot."""
        bundle, metadata = self._repr_mimebundle_()
        return bundle | {"text/plain": "\n".join([self.progress, self.where, *self.reminders])}, metadata


class MyWork:
    """What `WorkView` shows, drawn when it is the last thing in a cell."""

    def __init__(self, chapter: str, ids: Mapping[str, Sequence[str]], titles: Mapping[str, str] | None = None):
        self._arguments = (chapter, ids, titles)

    def show(self) -> WorkView:
        """Return the widget."""
        return WorkView(*self._arguments)

    def _repr_mimebundle_(self, **_):
        return self.show().mimebundle()
