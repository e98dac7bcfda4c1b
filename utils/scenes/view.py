"""The widget that draws any scene: it sends states to the page and answers the page's questions."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from weakref import WeakSet

import anywidget
import plotly
import traitlets

from utils import citations, theme
from utils.scenes import page
from utils.scenes.charts import figure_json
from utils.scenes.controls import SettingError
from utils.scenes.scene import Scene, State, csv_of, state_json
from utils.scenes.static import static_html

_open: WeakSet[SceneView] = WeakSet()
log = logging.getLogger(__name__)


def open_views() -> list[SceneView]:
    """Return every scene shown in this kernel, so that a test can drive them all."""
    return list(_open)


@cache
def plotly_js() -> bytes:
    """Return the plotly.js that the Python package ships, gzipped: about 1.4 MB, sent once a page."""
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return gzip.compress(script.read_bytes(), 6)


@cache
def look() -> dict:
    """Return what the page needs to dress a figure in the reader's theme."""
    return {"light": theme.template(), "dark": theme.template(dark=True), "swaps": theme.swaps()}


class SceneView(anywidget.AnyWidget):
    """One scene on screen.

    Parameters
    ----------
    scene : Scene
    settings : dict, optional
        What the controls are set to at first, where that is not their start.
    before : callable(settings), optional
        Called with new settings before their state is computed: a guess is kept before a chart opens. What it
        raises as `OSError` is told to the reader.
    after : callable(state), optional
        Called with each new state.

    Attributes
    ----------
    settings : dict
        What the controls are set to; the page writes it, and so does `drive`.
    state : str
        The computed state as JSON; the page reads it.
    base : str
        The first chart as JSON, sent once: a state tells what to change in it.
    state_now : State
        The same, as Python sees it.
    problems : list of str
        Sentences about what the page could not do, so that tests see them.
    """

    _esm = page.module(Path(__file__).with_name("scene.js"))
    _css = page.style()
    scene_id = traitlets.Unicode().tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int().tag(sync=True)
    has_cards = traitlets.Bool().tag(sync=True)
    has_chart = traitlets.Bool().tag(sync=True)
    zoom = traitlets.Bool().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    look = traitlets.Dict().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)
    base = traitlets.Unicode("null").tag(sync=True)
    state = traitlets.Unicode("{}").tag(sync=True)

    def __init__(
        self,
        scene: Scene,
        settings: dict | None = None,
        before: Callable[[dict], None] | None = None,
        after: Callable[[State], None] | None = None,
    ):
        self._scene = scene
        self._before, self._after = before, after
        self.state_now: State = scene.state(**(settings or {}))
        self.problems: list[str] = []
        self._base = figure_json(self.state_now.figure)
        super().__init__(
            scene_id=scene.id,
            question=scene.question,
            note=scene.note,
            height=scene.height,
            has_cards=scene.card is not None,
            has_chart=scene.figure is not None,
            zoom=scene.zoom,
            controls=[control.spec() for control in scene.controls],
            look=look(),
            settings=self.state_now.settings,
            base=json.dumps(self._base),
            state=state_json(scene, self.state_now, self._base),
        )
        self.observe(self._recompute, "settings")
        self.on_msg(self._answer)
        _open.add(self)

    @property
    def scene(self) -> Scene:
        """The scene shown."""
        return self._scene

    def drive(self, **changes) -> State:
        """Set controls as a reader would, the others staying as they are, and return the new state."""
        self.settings = self._scene.settings(**{**self.settings, **changes})
        return self.state_now

    def mimebundle(self) -> tuple[dict, dict]:
        """Return the widget for front ends that can draw it, and plain HTML and text for those that cannot."""
        bundle, metadata = self._repr_mimebundle_()
        words = self.state_now.error or self.state_now.reading
        return bundle | {"text/plain": words, "text/html": static_html(self._scene, self.state_now)}, metadata

    def _recompute(self, change) -> None:
        try:
            if self._before:
                self._before(self._scene.settings(**change["new"]))
            self.state_now = self._scene.state(**change["new"])
            if self._after:
                self._after(self.state_now)
        except (SettingError, OSError) as problem:
            self.state_now = State(dict(change["new"]), error=str(problem))
        with self.hold_sync():  # a scene that opens late has its first chart now: the page gets both at once
            if self._base is None and self.state_now.figure is not None:
                self._base = figure_json(self.state_now.figure)
                self.base = json.dumps(self._base)
            self.state = state_json(self._scene, self.state_now, self._base)

    def _answer(self, _, question: dict, buffers) -> None:
        """Answer one question of the page: {"ask": what, "id": number, ...} gets {"id": number, "answer": ...}."""
        answers = {
            "plotly.js": lambda: ("gzip", [plotly_js()]),
            "card": lambda: (self._card(str(question.get("key"))), []),
            "references": lambda: ([one._asdict() for one in citations.references(question.get("ids", ()))], []),
            "csv": lambda: (csv_of(self.state_now.rows), []),
            "problem": lambda: (self.problems.append(str(question.get("text"))), []),
        }
        try:
            answer, attached = answers[question["ask"]]()
            self.send({"id": question["id"], "answer": answer}, attached)
        except Exception as problem:  # the page waits: it must hear of every failure
            log.exception("scene %s could not answer %s", self.scene_id, question)
            sentence = f"This could not be looked up ({type(problem).__name__}: {problem})."
            self.problems.append(sentence)
            self.send({"id": question.get("id"), "error": sentence})

    def _card(self, key: str) -> dict:
        card = self._scene.card(key)
        return card.json() | {"all_source_ids": card.all_source_ids()}
