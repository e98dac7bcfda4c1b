"""Controls by which a reader arranges things: an answer for each, a partner for each, an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial
from typing import Any

from utils.scenes.controls.base import Control


@dataclass(frozen=True)
class Ballot(Control):
    """The same small question about several things: one of `options` for each of `items`, or no answer yet ("").

    Parameters
    ----------
    items : dict
        Title of each thing to what it is, in a sentence.
    options : dict of value to label

    Functions get a tuple with one option, or "", an item.
    """

    items: dict[str, str] | None = None
    options: dict[str, str] | None = None

    kind = "ballot"

    @property
    def start(self) -> tuple[str, ...]:
        return ("",) * len(self.items)

    def check(self, value: Any) -> tuple[str, ...]:
        fits = isinstance(value, (list, tuple)) and len(value) == len(self.items)
        if not fits or not all(isinstance(one, str) and one in ("", *self.options) for one in value):
            raise self.refuse(value, f"{len(self.items)} answers, each empty or one of {', '.join(self.options)}")
        return tuple(value)

    def states(self) -> Iterator[tuple[str, ...]]:
        yield from product(("", *self.options), repeat=len(self.items))

    def count(self) -> int:
        return (1 + len(self.options)) ** len(self.items)

    def spec(self) -> dict:
        return super().spec() | {"items": list(self.items.items()), "options": list(self.options.items())}


@dataclass(frozen=True)
class Match(Ballot):
    """A partner for each of several things, from one list: drawn as a dropdown each. Values as those of `Ballot`."""

    kind = "match"


@dataclass(frozen=True)
class Order(Control):
    """Things to bring into order with buttons.

    Parameters
    ----------
    items : dict of id to text
        In the order of the start.
    spare : bool
        Whether things may be left out.

    Functions get a tuple of ids: all of them, or with `spare` those that were not left out.
    """

    items: dict[str, str] | None = None
    spare: bool = False

    kind = "order"

    @property
    def start(self) -> tuple[str, ...]:
        return tuple(self.items)

    def check(self, value: Any) -> tuple[str, ...]:
        fits = isinstance(value, (list, tuple)) and all(isinstance(one, str) and one in self.items for one in value)
        if not fits or len(set(value)) != len(value) or (len(value) < len(self.items) and not self.spare):
            raise self.refuse(value, "each of " + ", ".join(self.items) + (" at most once" if self.spare else " once"))
        return tuple(value)

    def states(self) -> Iterator[tuple[str, ...]]:
        for size in range(len(self.items), -1 if self.spare else len(self.items) - 1, -1):
            yield from permutations(self.items, size)

    def count(self) -> int:
        whole = len(self.items)
        sizes = range(whole + 1) if self.spare else [whole]
        return sum(factorial(whole) // factorial(whole - size) for size in sizes)

    def spec(self) -> dict:
        return super().spec() | {"items": list(self.items.items()), "spare": self.spare}
