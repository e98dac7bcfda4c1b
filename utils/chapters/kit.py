"""What every chapter offers beside its scenes: checks, places to write, closing questions, words, the reader's work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from utils.chapters import answers
from utils.chapters.contents import TITLES
from utils.learning import questions
from utils.learning.exercises import Exercises
from utils.learning.feedback import Feedback
from utils.learning.glossary import glossary
from utils.learning.views import Tasks
from utils.learning.work import MyWork
from utils.learning.writing import writing
from utils.scenes import Scene


@dataclass(frozen=True, kw_only=True)
class Kit:
    """The tasks of one chapter.

    Parameters
    ----------
    chapter : int
        Its number.
    exercises : Exercises
    closing : tuple of str
        The five questions that close it; those of an earlier chapter are not counted in this one's progress.
    writing : tuple of str
        Its notes and essays, as in `writing_tasks`.
    predictions, views, other : tuple of str
        Ids of its guesses, of its starting views, and of questions that stand elsewhere in the notebook.
    """

    chapter: int
    exercises: Exercises
    closing: tuple[str, ...]
    writing: tuple[str, ...]
    predictions: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    @property
    def work(self) -> dict[str, tuple[str, ...]]:
        """What the chapter asks: kind to ids."""
        own = tuple(one for one in self.closing if one.startswith(f"q{self.chapter:02}"))
        kinds = {
            "prediction": self.predictions,
            "view": self.views,
            "exercise": tuple(self.exercises),
            "question": (*self.other, *own),
            "note": tuple(one for one in self.writing if one.startswith("n")),
            "essay": tuple(one for one in self.writing if one.startswith("e")),
        }
        return {kind: ids for kind, ids in kinds.items() if ids}

    def check(self, id: str, answer: Any = None, hints: int = 0) -> Feedback:
        """Return the feedback on an answer to an exercise, and keep the answer. Never raises."""
        return self.exercises.check(id, answer, hints)

    def question(self, id: str) -> Tasks:
        """One question by itself."""
        return Tasks(questions.question(id, answers.ANSWERS))

    def write(self, id: str) -> Tasks:
        """A place to write one of the notes or the essay."""
        return Tasks(writing(id))

    def retrieval(self) -> Tasks:
        """The questions that close the chapter."""
        return Tasks(*questions.questions(list(self.closing), answers.ANSWERS), title="Five questions")

    def words(self) -> Scene:
        """The glossary, opened at the chapter's terms."""
        return glossary(chapter=self.chapter)

    def my_work(self) -> MyWork:
        """Progress, and everything to download."""
        return MyWork(f"Chapter {self.chapter}", self.work, TITLES)
