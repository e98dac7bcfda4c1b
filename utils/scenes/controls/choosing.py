"""Controls by which a reader chooses: one or several of some options, a switch, a gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from utils.scenes.controls.base import Control


def options_of(options: Sequence[str] | dict[str, str]) -> dict[str, str]:
    return dict(options) if isinstance(options, dict) else {option: option for option in options}


@dataclass(frozen=True)
class Choice(Control):
    """One of several options.

    Parameters
    ----------
    options : sequence of str, or dict of value to label
    value : str, optional
        The option at the start; the first if left out.
    """

    options: Sequence[str] | dict[str, str] = ()
    value: str | None = None

    kind = "choice"

    @property
    def start(self) -> str:
        return self.value or next(iter(options_of(self.options)))

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or value not in options_of(self.options):
            raise self.refuse(value, "one of " + ", ".join(options_of(self.options)))
        return value

    def states(self) -> Iterator[str]:
        yield from options_of(self.options)

    def spec(self) -> dict:
        return super().spec() | {"options": list(options_of(self.options).items())}


@dataclass(frozen=True)
class Step(Choice):
    """One of several named moments in order, with buttons for the one before and the next."""

    kind = "step"


@dataclass(frozen=True)
class Pick(Choice):
    """One of several options, drawn one a line, with none ("") at the start."""

    kind = "pick"

    @property
    def start(self) -> str:
        return self.value or ""

    def check(self, value: Any) -> str:
        return "" if isinstance(value, str) and value == "" else super().check(value)

    def states(self) -> Iterator[str]:
        yield from ("", *options_of(self.options))


@dataclass(frozen=True)
class Choices(Control):
    """Any number of several options, none included. Functions get a tuple in the order of the options."""

    options: Sequence[str] | dict[str, str] = ()
    value: tuple[str, ...] | None = None

    kind = "choices"

    @property
    def start(self) -> tuple[str, ...]:
        return tuple(options_of(self.options)) if self.value is None else self.value

    def check(self, value: Any) -> tuple[str, ...]:
        options = options_of(self.options)
        if not isinstance(value, (list, tuple, set)) or not all(
            isinstance(one, str) and one in options for one in value
        ):
            raise self.refuse(value, "any of " + ", ".join(options))
        return tuple(option for option in options if option in value)

    def states(self) -> Iterator[tuple[str, ...]]:
        options = list(options_of(self.options))
        for taken in product([True, False], repeat=len(options)):
            yield tuple(option for option, there in zip(options, taken, strict=True) if there)

    def spec(self) -> dict:
        return super().spec() | {"options": list(options_of(self.options).items())}


@dataclass(frozen=True)
class Toggle(Control):
    """Something that is shown or not."""

    value: bool = False

    kind = "toggle"

    @property
    def start(self) -> bool:
        return self.value

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.refuse(value, "true or false")
        return value

    def states(self) -> Iterator[bool]:
        yield from (False, True)


@dataclass(frozen=True)
class Gate(Control):
    """Predict, then see: closed ("") until the reader commits to a guess ("answered") or skips it ("skipped").

    `label` is the button that opens it; an empty `skip_label` leaves out the one that skips. An opened gate can be
    closed again, to guess anew.
    """

    skip_label: str = "Skip the guess"
    again_label: str = "Guess again"

    kind = "gate"

    @property
    def start(self) -> str:
        return ""

    def check(self, value: Any) -> str:
        if value not in ("", "answered", "skipped"):
            raise self.refuse(value, '"", "answered" or "skipped"')
        return value

    def states(self) -> Iterator[str]:
        yield from ("", "answered", "skipped")

    def spec(self) -> dict:
        return super().spec() | {"skip_label": self.skip_label, "again_label": self.again_label}
