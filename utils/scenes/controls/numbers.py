"""Controls by which a reader sets numbers: a slider, a range, a curve, several estimates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from utils.scenes.controls.base import Control


@dataclass(frozen=True)
class Range(Control):
    """A first and a last whole number, years as a rule. Functions get the tuple (first, last), both included."""

    first: int = 0
    last: int = 1
    value: tuple[int, int] | None = None

    kind = "range"

    @property
    def start(self) -> tuple[int, int]:
        return self.value or (self.first, self.last)

    def check(self, value: Any) -> tuple[int, int]:
        allowed = f"two whole numbers from {self.first} to {self.last}, the smaller first"
        if not isinstance(value, (list, tuple)) or len(value) != 2 or not all(type(end) is int for end in value):
            raise self.refuse(value, allowed)
        low, high = value
        if not self.first <= low <= high <= self.last:
            raise self.refuse(value, allowed)
        return (low, high)

    def states(self) -> Iterator[tuple[int, int]]:
        years = range(self.first, self.last + 1)
        yield from ((low, high) for low in years for high in years if low <= high)

    def spec(self) -> dict:
        return super().spec() | {"first": self.first, "last": self.last}


@dataclass(frozen=True)
class Number(Control):
    """One whole number on a slider.

    Parameters
    ----------
    first, last, step : int
        Ends and step of the slider.
    unit : str
        Shown behind the number.
    """

    first: int = 0
    last: int = 100
    step: int = 1
    value: int | None = None
    unit: str = ""

    kind = "number"

    @property
    def start(self) -> int:
        return self.first if self.value is None else self.value

    def check(self, value: Any) -> int:
        if type(value) is not int or value not in range(self.first, self.last + 1, self.step):
            raise self.refuse(value, f"whole numbers from {self.first} to {self.last} in steps of {self.step}")
        return value

    def states(self) -> Iterator[int]:
        yield from range(self.first, self.last + 1, self.step)

    def spec(self) -> dict:
        return super().spec() | {"first": self.first, "last": self.last, "step": self.step, "unit": self.unit}


@dataclass(frozen=True)
class Curve(Control):
    """A curve that the reader draws with a few handles: one slider for each point in `at`.

    Functions get a tuple of numbers, one a handle.
    """

    at: tuple[str, ...] = ()
    last: int = 100
    step: int = 1
    value: tuple[int, ...] | None = None

    kind = "curve"

    @property
    def start(self) -> tuple[int, ...]:
        return self.value or (0,) * len(self.at)

    def check(self, value: Any) -> tuple[int, ...]:
        fits = isinstance(value, (list, tuple)) and len(value) == len(self.at)
        if not fits or not all(type(one) is int and 0 <= one <= self.last for one in value):
            raise self.refuse(value, f"{len(self.at)} whole numbers from 0 to {self.last}")
        return tuple(value)

    def states(self) -> Iterator[tuple[int, ...]]:
        yield from product(range(0, self.last + 1, self.step), repeat=len(self.at))

    def count(self) -> int:
        return len(range(0, self.last + 1, self.step)) ** len(self.at)

    def spec(self) -> dict:
        return super().spec() | {"at": list(self.at), "last": self.last, "step": self.step}


@dataclass(frozen=True)
class Estimates(Control):
    """Several sliders, each with “I don't know”. Functions get a tuple with a whole number, or None, an item.

    Parameters
    ----------
    items : dict of id to label
    first, last, step : int
        Ends and step of every slider.
    """

    items: dict[str, str] | None = None
    first: int = 0
    last: int = 100
    step: int = 5
    unit: str = ""

    kind = "estimates"

    @property
    def start(self) -> tuple[int | None, ...]:
        return (None,) * len(self.items)

    def check(self, value: Any) -> tuple[int | None, ...]:
        allowed = (None, *range(self.first, self.last + 1, self.step))
        fits = isinstance(value, (list, tuple)) and len(value) == len(self.items)
        if not fits or not all((one is None or type(one) is int) and one in allowed for one in value):
            raise self.refuse(value, f"{len(self.items)} whole numbers from {self.first} to {self.last}, or none")
        return tuple(value)

    def states(self) -> Iterator[tuple[int | None, ...]]:
        yield from product((None, *range(self.first, self.last + 1, self.step)), repeat=len(self.items))

    def count(self) -> int:
        return (1 + len(range(self.first, self.last + 1, self.step))) ** len(self.items)

    def spec(self) -> dict:
        numbers = {"first": self.first, "last": self.last, "step": self.step, "unit": self.unit}
        return super().spec() | {"items": list(self.items.items())} | numbers
