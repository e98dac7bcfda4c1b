"""Controls by which a reader writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from utils.scenes.controls.base import Control


@dataclass(frozen=True)
class Entry(Control):
    """One line of text. `numeric` asks for the keyboard of numbers; `unit` stands behind the field."""

    longest: int = 200
    numeric: bool = False
    unit: str = ""
    value: str = ""

    kind = "entry"

    @property
    def start(self) -> str:
        return self.value

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or len(value) > self.longest:
            raise self.refuse(value, f"text of at most {self.longest} characters")
        return value

    def states(self) -> Iterator[str]:
        yield self.start  # any text will do: the start stands for all

    def spec(self) -> dict:
        return super().spec() | {"longest": self.longest, "numeric": self.numeric, "unit": self.unit}


@dataclass(frozen=True)
class Writing(Entry):
    """A text of several lines; `words` is how long it should be."""

    longest: int = 50_000
    words: int = 50

    kind = "writing"

    def spec(self) -> dict:
        return super().spec() | {"words": self.words}
