"""The scene: a question, a few controls, and pure functions from their settings to rows, chart and reading.

    settings  ->  rows  ->  figure, reading, table, panels, sources

Computing a state and showing it are kept apart: this module computes and knows no widget, so every state can
be tested without a browser, and an edition without Python can be made from `Scene.states()`.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.io.json import to_json_plotly

from utils import citations, theme
from utils.scenes.cards import Aside, Card, Panel
from utils.scenes.charts import changes, figure_json
from utils.scenes.controls import Control, SettingError
from utils.tables import TableError
from utils.wording import count, number

TABLE_LIMIT = 500  # rows of the table in the page; the CSV download always has all
log = logging.getLogger(__name__)


class TooManyStates(ValueError):
    """The scene has more states than were asked for, so that it cannot list them all."""


@dataclass(frozen=True)
class State:
    """What a scene shows for one setting of its controls.

    Attributes
    ----------
    settings : dict
        Control name to value.
    rows : DataFrame
        The rows behind the chart, all of them. Empty if something failed.
    figure : plotly Figure or None
    reading : str
        One to three sentences, computed from the rows.
    panels : list of Panel
        Two-column texts under the chart; most scenes have none.
    aside : Aside or None
        A short list beside the chart; most scenes have none.
    error : str
        One sentence if a function failed, else "".
    """

    settings: dict[str, Any]
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    figure: go.Figure | None = None
    reading: str = ""
    panels: list[Panel] = field(default_factory=list)
    aside: Aside | None = None
    error: str = ""

    @property
    def source_ids(self) -> list[str]:
        """The sources that the rows cite, then those of the panels, each once, in order of first mention."""
        told = [one for panel in self.panels for one in panel.source_ids()]
        return list(dict.fromkeys([*citations.sources_of(self.rows), *told]))


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A question and the pure functions that answer it on screen.

    Each function takes, by name, the settings it needs (and `figure`, `reading`, `panels` and `aside` the rows first).

    Parameters
    ----------
    id : str
        Short name, unique in the pack.
    question : str
        The scene's heading.
    rows : callable -> DataFrame
        The rows behind the chart. Where they cite sources, in a column `source_ids` (tuples of ids).
    figure : callable(rows) -> plotly Figure, optional
        Marks carry the row's key as `customdata`, so that a click opens its card. A scene without a figure shows
        its panels or, where it has none, its table.
    reading : callable(rows) -> str
        What the chart says, in one to three sentences.
    controls : sequence of Control
        At most three, as a rule.
    columns : dict
        Column of the rows to its heading in the table; the first one names the row.
    key : str
        Column that identifies a row for `card`.
    card : callable(key) -> Card, optional
        What opens when a mark, or a row of the table, is chosen.
    panels : callable(rows) -> list of Panel, optional
    aside : callable(rows) -> Aside, optional
        What stands beside the chart where there is room, and under it where there is not.
    note : str
        What the chart cannot show, as a line under it.
    height : int
        Height of the chart in px.
    zoom : bool
        Whether the reader may look closer: a map has buttons for it, most charts need none.
    """

    id: str
    question: str
    rows: Callable[..., pd.DataFrame]
    reading: Callable[..., str]
    columns: Mapping[str, str]
    figure: Callable[..., go.Figure] | None = None
    controls: tuple[Control, ...] = ()
    key: str = ""
    card: Callable[[str], Card] | None = None
    panels: Callable[..., list[Panel]] | None = None
    aside: Callable[..., Aside] | None = None
    note: str = ""
    height: int = theme.CHART_HEIGHT
    zoom: bool = False

    @property
    def start(self) -> dict[str, Any]:
        """The settings before anyone touched a control."""
        return {control.name: control.start for control in self.controls}

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Return complete settings: the start values with `changes`, checked. Raise `SettingError`."""
        known = {control.name: control for control in self.controls}
        if unknown := set(changes) - set(known):
            raise SettingError(f"This scene has no control “{unknown.pop()}”: it has {', '.join(known) or 'none'}.")
        return self.start | {name: known[name].check(value) for name, value in changes.items()}

    def state(self, **changes: Any) -> State:
        """Compute what the scene shows for some settings. A function that fails gives a state with an error."""
        settings = self.settings(**changes)
        try:
            return self._compute(settings)
        except TableError as problem:  # already a sentence for the reader
            return State(settings, error=str(problem))
        except Exception as problem:  # whatever a chapter's function throws belongs on screen, not in a log only
            log.exception("scene %s failed for %s", self.id, settings)
            kind = type(problem).__name__
            return State(settings, error=f"This scene could not be computed for these settings ({kind}: {problem}).")

    def _compute(self, settings: dict[str, Any]) -> State:
        rows = _call(self.rows, settings)
        return State(
            settings=settings,
            rows=rows,
            figure=_call(self.figure, settings, rows) if self.figure else None,
            reading=_call(self.reading, settings, rows),
            panels=_call(self.panels, settings, rows) if self.panels else [],
            aside=_call(self.aside, settings, rows) if self.aside else None,
        )

    def count_states(self) -> int:
        """Return how many different settings the controls have together."""
        return prod(control.count() for control in self.controls)

    def states(self, limit: int = 1000) -> Iterator[State]:
        """Compute every state in turn. Raise `TooManyStates` at once if there are more than `limit`."""
        if self.count_states() > limit:
            raise TooManyStates(
                f"Scene “{self.id}” has {number(self.count_states())} states, more than {number(limit)}."
            )
        names = [control.name for control in self.controls]
        grid = product(*(control.states() for control in self.controls))
        return (self.state(**dict(zip(names, values, strict=True))) for values in grid)

    def show(self):
        """Return the widget that draws the scene in a notebook."""
        from utils.scenes.view import SceneView  # computing a state must not need widgets

        return SceneView(self)

    def _repr_mimebundle_(self, **_):
        return self.show().mimebundle()


def _call(function: Callable, settings: dict[str, Any], *leading: Any) -> Any:
    """Call a scene's function with the settings that it names."""
    wanted = inspect.signature(function).parameters
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in wanted.values()):
        return function(*leading, **settings)
    return function(*leading, **{name: value for name, value in settings.items() if name in wanted})


def table_of(scene: Scene, rows: pd.DataFrame, limit: int = TABLE_LIMIT) -> dict:
    """Return the table under the chart: caption, headings, cells as text, and the key of each row."""
    shown = rows.head(limit)
    columns = [name for name in scene.columns if name in rows]
    caption = f"{scene.question} {count(len(rows), 'row').capitalize()}"
    caption += f", the first {number(limit)} shown; the CSV file has all." if len(rows) > limit else "."
    keys = shown[scene.key].astype(str).tolist() if scene.card and scene.key in shown else []
    cells = [[cell_text(value) for value in shown[name].tolist()] for name in columns]
    return {
        "caption": caption,
        "head": [scene.columns[name] for name in columns],
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "keys": keys,
    }


def cell_text(value: Any) -> str:
    """Return one cell as readers see it: ISO dates, lists with commas, nothing for a missing value."""
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    if value is None or value is pd.NaT or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(value)


def csv_of(rows: pd.DataFrame) -> str:
    """Return all rows as CSV text, lists separated by |, with a byte-order mark so that Excel reads the letters."""
    flat = rows.map(lambda value: "|".join(map(str, value)) if isinstance(value, (tuple, list)) else value)
    return "\ufeff" + flat.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n")


def state_json(scene: Scene, state: State, base: dict | None = None) -> str:
    """Return a state as the page takes it: small, and with nothing in it that every state would repeat.

    With `base`, a chart that the page has (as `figure_json` gives it), the state holds no chart but `changes` to that
    one, or None where it shows no chart.
    """
    figure = figure_json(state.figure)
    chart = {"figure": figure} if base is None else {"changes": figure and changes(base, figure)}
    return to_json_plotly(
        {
            "settings": state.settings,
            **chart,
            "reading": state.reading,
            "aside": state.aside and state.aside.json(),
            "table": table_of(scene, state.rows),
            "panels": [panel.json() for panel in state.panels],
            "sources": state.source_ids,
            "error": state.error,
        }
    )
