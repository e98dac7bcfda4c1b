"""What all tests share: scenes made for the purpose, and the rule that a missing browser never passes in silence."""

from __future__ import annotations

import os

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests.browser.lab import chromium
from utils.learning import logbook
from utils.scenes import Card, Choice, Number, Scene, Toggle

settings.register_profile("busy machine", deadline=None)  # a slow example is no failure: CI has other work to do
settings.load_profile("busy machine")


def pytest_collection_modifyitems(items):
    items.sort(key=turn)
    if chromium() or os.environ.get("CI"):  # on CI the browser tests run, and fail if there is no browser
        return
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="no Chromium found: install one, or run python run.py test"))


ONE_PAGE = ("tests/browser/test_in_jupyterlab.py", "tests/browser/test_maps_in_jupyterlab.py")


def turn(item) -> int:
    """Return when a test has its turn: the longest file of the browser first, the others of the browser last.

    So two processes are busy to the end, and two browsers run at once for the last part only.
    """
    if not item.nodeid.startswith("tests/browser/"):
        return 1
    return 0 if item.nodeid.startswith(ONE_PAGE[0]) else 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share the suite between processes; a file of journeys that take over each other's page stays in one."""
    config.option.loadscopereorder = False  # in the order of their turns

    class BrowserApart(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid.split("::")[0] if nodeid.startswith(ONE_PAGE) else nodeid

    return BrowserApart(config, log)


@pytest.fixture(autouse=True)
def work(tmp_path_factory, monkeypatch):
    """A folder of its own for what a test saves: no test may write into anybody's my_work. Return the folder."""
    place = tmp_path_factory.mktemp("work") / "my_work"
    monkeypatch.setenv(logbook.VARIABLE, str(place))
    return place


def points_scene(how_many: int = 5, **changes) -> Scene:
    """Return a small scene: `how_many` points, times a factor, drawn as dots; a toggle makes it fail."""

    def rows(factor: int, shape: str) -> pd.DataFrame:
        numbers = range(how_many)
        values = [i * factor for i in numbers]
        return pd.DataFrame({"key": [f"k{i}" for i in numbers], "x": list(numbers), "y": values, "shape": shape})

    def figure(rows: pd.DataFrame, broken: bool) -> go.Figure:
        if broken:
            raise ZeroDivisionError("on purpose")
        return go.Figure(go.Scatter(x=rows["x"], y=rows["y"], customdata=rows["key"], mode="markers"))

    def reading(rows: pd.DataFrame) -> str:
        return f"The sum is {rows['y'].sum()}."

    parts = dict(
        id="points",
        question="What is the sum?",
        rows=rows,
        figure=figure,
        reading=reading,
        columns={"x": "X", "y": "Y"},
        controls=(
            Number("factor", "Factor", first=1, last=4, value=1),
            Choice("shape", "Shape", ("round", "square")),
            Toggle("broken", "Break it"),
        ),
        key="key",
        card=lambda key: Card(title=f"Point {key}", text="<b>not bold</b>"),
    )
    return Scene(**(parts | changes))


@pytest.fixture
def scene() -> Scene:
    return points_scene()
