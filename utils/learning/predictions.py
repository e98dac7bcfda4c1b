"""Predict, then see: a scene whose guess is kept before its chart opens, and that comes back as it was left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from utils.learning import logbook
from utils.scenes.charts import figure_json
from utils.scenes.controls import SettingError
from utils.scenes.scene import Scene, State
from utils.scenes.view import SceneView

SOURCES_KEPT = 1000  # of one chart: enough for any, and a bound for what is kept


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """A scene with a guess.

    Parameters
    ----------
    id : str
        As in the logbook, such as "p01_draw".
    scene : Scene
        One of its controls is the guess.
    guess : str
        The control that holds the guess.
    gate : str
        The `Gate` control behind which the chart opens; "" if every choice opens its own part at once.
    words : callable(value) -> str
        The guess as a reader would say it.
    """

    id: str
    scene: Scene
    guess: str
    gate: str = ""
    words: Callable[[Any], str] = str

    def show(self) -> SceneView:
        """Return the scene as the reader left it; from now on, each guess is kept."""
        settings = self.scene.settings(**self.recalled())
        keeper = _Keeper(self, was_open=self.is_open(settings))
        return SceneView(self.scene, settings=settings, before=keeper.keep_guess, after=keeper.keep_chart)

    def _repr_mimebundle_(self, **_):
        return self.show().mimebundle()

    def recalled(self) -> dict[str, Any]:
        """Return the settings that the reader left: the last guess, and the gate as it stood."""
        entry = logbook.last(self.id)
        if entry is None or not isinstance(entry.value, dict):
            return {}
        mine = {name: entry.value[name] for name in (self.guess, self.gate) if name in entry.value}
        try:
            return {name: self.scene.settings(**mine)[name] for name in mine}
        except SettingError:  # kept by an older edition of the scene
            return {}

    def is_open(self, settings: dict[str, Any]) -> bool:
        """Say whether the reader has committed to a guess, or skipped it."""
        return bool(settings[self.gate]) if self.gate else settings[self.guess] != self.scene.start[self.guess]

    def entry(self, settings: dict[str, Any], state: State | None = None) -> logbook.Entry:
        """Return the entry of a guess; with a state, also the chart as it stands, its reading and its sources."""
        skipped = self.gate and settings[self.gate] == "skipped"
        names = (self.guess, self.gate) if self.gate else (self.guess,)
        told = state and {
            "reading": state.reading,
            "source_ids": tuple(state.source_ids[:SOURCES_KEPT]),
            "chart": chart_of(self.scene, state),
        }
        return logbook.Entry(
            id=self.id,
            kind="prediction",
            value={name: list(one) if isinstance(one := settings[name], tuple) else one for name in names},
            prompt=self.scene.question,
            words="skipped" if skipped else self.words(settings[self.guess]),
            status="skipped" if skipped else "",
            **(told or {}),
        )


class _Keeper:
    """Saves the guesses of one scene on screen: when the gate opens, or with each choice where there is no gate."""

    def __init__(self, prediction: Prediction, was_open: bool):
        self._prediction = prediction
        self._was_open = was_open
        self._kept: dict[str, Any] | None = None

    def keep_guess(self, settings: dict[str, Any]) -> None:
        """Save a guess before anything opens. Raise `LogbookError` if it cannot be saved: then nothing opens."""
        one = self._prediction
        new = one.is_open(settings) and not (one.gate and self._was_open)
        entry = one.entry(settings)
        last = logbook.last(one.id)
        if new and not (last and last.value == entry.value and not one.gate):
            logbook.write(entry)
            self._kept = settings
        self._was_open = one.is_open(settings)

    def keep_chart(self, state: State) -> None:
        """Save the chart that a guess opened."""
        if self._kept is not None and not state.error:
            logbook.write(self._prediction.entry(self._kept, state))
            self._kept = None


def chart_of(scene: Scene, state: State) -> dict | None:
    """Return a state's chart as plain JSON, with the height it is drawn at; None for a scene without one."""
    if state.figure is None:
        return None
    return {"figure": figure_json(state.figure), "height": scene.height}
