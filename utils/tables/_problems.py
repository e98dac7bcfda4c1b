"""How a problem in a table is told: where it stands, the value as found, and what was perhaps meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

LIMIT = 50  # problems told of one table; more would hide the cause, which is mostly one slip repeated
SHOWN = 40  # characters of a value that a sentence repeats


class TableError(Exception):
    """A table cannot be used. str() is one sentence: file, line, column, value, what is allowed, what to do.

    `sentences` holds all that was found; str() gives the first of them.
    """

    def __init__(self, *sentences: str):
        super().__init__(*sentences)
        self.sentences = sentences

    def __str__(self) -> str:
        return self.sentences[0]

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this: a reader of a notebook sees the sentence and not the way through our code.
        return [str(self)]


class Place(NamedTuple):
    """Where a row stands: `line` in a text editor, `row` in a spreadsheet. The header is the first."""

    line: int
    row: int

    def __str__(self) -> str:
        # They part where a cell holds several lines, or where Excel's line "sep=;" comes first.
        return f"line {self.line}" + ("" if self.line == self.row else f" (row {self.row} in a spreadsheet)")


class Problem(NamedTuple):
    """One problem; `message` says what is wrong, what is allowed and what to do, without a full stop."""

    message: str
    place: Place | None = None
    column: str = ""

    def sentence(self, file: str) -> str:
        """Return the whole sentence, beginning with file, line and column."""
        where = (file, self.place, self.column and f"column {self.column}")
        return f"{', '.join(str(one) for one in where if one)}: {self.message}."


def shown(value: str, limit: int = SHOWN) -> str:
    """Return a value in quotation marks, cut to a readable length, with whatever is invisible spelled out."""
    cut = value if len(value) <= limit else value[: limit - 1] + "…"
    return f"“{''.join(one if one.isprintable() else _spelled(one) for one in cut)}”"


def _spelled(sign: str) -> str:
    if 0xDC80 <= ord(sign) <= 0xDCFF:  # a byte that is no UTF-8, kept by errors="surrogateescape"
        return f"\\x{ord(sign) - 0xDC00:02x}"
    return sign.encode("unicode_escape").decode("ascii")


def meant(value: str, known: Iterable[str]) -> str:
    """Return " (perhaps “x” was meant)" for the nearest known word, or nothing."""
    folded = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(value.casefold(), folded, n=1, cutoff=0.7)
    return f" (perhaps {shown(folded[near[0]])} was meant)" if near else ""


def listed(words: Sequence[object], limit: int = 20) -> str:
    """Return words as a list for a sentence, the last ones counted where there are many."""
    head = ", ".join(map(str, words[:limit]))
    return head if len(words) <= limit else f"{head} and {len(words) - limit} more"
