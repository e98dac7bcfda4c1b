"""What all controls share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
