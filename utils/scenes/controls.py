"""The controls of a scene: what a reader may set, which values it takes, and which it takes at the start.

A control is a plain description. It knows nothing of widgets: `scene.js` draws it from `spec()`, tests walk
its `states()`, and `check()` turns whatever arrives (from the page as JSON, from a test as Python) into the
one form that the scene's functions see, or refuses it in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial
from typing import Any


class SettingError(ValueError):
    """A control was given a value that it does not take. The text is one sentence for the reader."""


@dataclass(frozen=True)
class Control:
    """What all controls share: the name that functions take it by, and the label that readers see."""

    name: str
    label: str

    kind = "control"

    @property
    def start(self) -> Any:
        """The value before anyone touched the control."""
        raise NotImplementedError

    def check(self, value: Any) -> Any:
        """Return the value in its one form, or raise `SettingError`."""
        raise NotImplementedError

    def states(self) -> Iterator[Any]:
        """Yield every value that the control can take."""
        raise NotImplementedError

    def count(self) -> int:
        """Return how many values the control can take."""
        return sum(1 for _ in self.states())

    def spec(self) -> dict:
        """Return the description that the page draws the control from (JSON)."""
        return {"kind": self.kind, "name": self.name, "label": self.label}

    def refuse(self, value: Any, allowed: str) -> SettingError:
        try:
            shown = repr(value)[:60]
        except Exception:  # any object may come, also one whose methods fail
            shown = f"a value of type {type(value).__name__}"
        return SettingError(f"“{self.label}” cannot be {shown}: it takes {allowed}.")


def _options(options: Sequence[str] | dict[str, str]) -> dict[str, str]:
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
        return self.value or next(iter(_options(self.options)))

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or value not in _options(self.options):
            raise self.refuse(value, "one of " + ", ".join(_options(self.options)))
        return value

    def states(self) -> Iterator[str]:
        yield from _options(self.options)

    def spec(self) -> dict:
        return super().spec() | {"options": list(_options(self.options).items())}


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
        yield from ("", *_options(self.options))


@dataclass(frozen=True)
class Choices(Control):
    """Any number of several options, none included. Functions get a tuple in the order of the options."""

    options: Sequence[str] | dict[str, str] = ()
    value: tuple[str, ...] | None = None

    kind = "choices"

    @property
    def start(self) -> tuple[str, ...]:
        return tuple(_options(self.options)) if self.value is None else self.value

    def check(self, value: Any) -> tuple[str, ...]:
        options = _options(self.options)
        if not isinstance(value, (list, tuple, set)) or not all(
            isinstance(one, str) and one in options for one in value
        ):
            raise self.refuse(value, "any of " + ", ".join(options))
        return tuple(option for option in options if option in value)

    def states(self) -> Iterator[tuple[str, ...]]:
        options = list(_options(self.options))
        for taken in product([True, False], repeat=len(options)):
            yield tuple(option for option, there in zip(options, taken, strict=True) if there)

    def spec(self) -> dict:
        return super().spec() | {"options": list(_options(self.options).items())}


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
