"""A guess is on the disk before its chart is computed, and the scene comes back as it was left."""

from __future__ import annotations

import base64
import errno
import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from utils.chapters import history, start
from utils.learning import logbook
from utils.learning.logbook import Entry
from utils.learning.predictions import SOURCES_KEPT, Prediction
from utils.scenes import Ballot, Gate, Number, Scene
from utils.scenes.charts import changed, figure_json
from utils.scenes.view import SceneView

SOURCES = ("pmam_statement_2020", "mfaaz_statement_2020")


def guessing(seen_by_rows: list | None = None, **changes) -> Prediction:
    """Return a scene with a guess from 0 to 100 behind a gate; each time its rows are computed, the logbook is noted."""

    def rows(seen: str) -> pd.DataFrame:
        if seen_by_rows is not None:
            seen_by_rows.append((seen, [entry.words for entry in logbook.entries()]))
        return pd.DataFrame({"x": [1, 2], "y": [3, 4], "source_ids": [SOURCES, SOURCES[:1]]}).head(2 if seen else 0)

    parts = dict(
        id="test-guess",
        question="How many?",
        rows=rows,
        figure=lambda rows: go.Figure(go.Scatter(x=rows["x"], y=rows["y"])) if len(rows) else None,
        reading=lambda rows, seen: f"It is {rows['y'].sum()}." if seen else "Guess first.",
        controls=(Number("guess", "Your guess", value=50), Gate("seen", "Open")),
        columns={"x": "X"},
        height=333,
    )
    return Prediction(
        id="p07_test",
        scene=Scene(**(parts | changes)),
        guess="guess",
        gate="seen",
        words=lambda guess: f"{guess} or so",
    )


def ungated() -> Prediction:
    """Return a scene whose every guess opens its own part at once."""
    options = {"a": "A", "b": "B"}
    scene = Scene(
        id="test-ballot",
        question="Which?",
        rows=lambda guesses: pd.DataFrame({"x": [one for one in guesses if one]}),
        reading=lambda rows: f"{len(rows)} open.",
        controls=(Ballot("guesses", "Yours", items={"1": "One", "2": "Two"}, options=options),),
        columns={"x": "X"},
    )
    return Prediction(id="p07_ballot", scene=scene, guess="guesses", words=" ".join)


def kept(id: str = "p07_test") -> list[tuple]:
    return [(entry.value, entry.words, entry.status) for entry in logbook.entries(id)]


def page_sets(view: SceneView, **changes) -> dict:
    """Set controls as the page does, and return what it gets to draw."""
    view.settings = {**view.settings, **changes}
    return page_shows(view)


def page_shows(view: SceneView) -> dict:
    """Return the state as the page has it: its chart put together from the first one and the changes to it."""
    shown = json.loads(view.state)
    change = shown.pop("changes", None)
    return shown | {"figure": change if change is None else changed(json.loads(view.base), change)}


@pytest.fixture
def full_disk(monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(logbook.os, "replace", refuse)
        yield broken


def test_the_guess_is_on_the_disk_before_the_chart_is_computed():
    noted: list = []
    view = guessing(noted).show()
    page_sets(view, guess=30)
    page_sets(view, seen="answered")
    assert noted == [("", []), ("", []), ("answered", ["30 or so"])]


def test_showing_a_scene_and_moving_the_guess_writes_nothing(work):
    view = guessing().show()
    for guess in (10, 20, 30):
        page_sets(view, guess=guess)
    assert not work.exists()


def test_a_guess_is_kept_with_the_chart_as_it_stood_its_reading_and_sources():
    page_sets(guessing().show(), guess=30, seen="answered")
    guess, chart = logbook.entries("p07_test")
    assert guess.value == chart.value == {"guess": 30, "seen": "answered"}
    assert guess.words == chart.words == "30 or so"
    assert (guess.kind, guess.prompt, guess.status) == ("prediction", "How many?", "")
    assert (guess.reading, guess.chart, guess.source_ids) == ("", None, ())
    assert chart.reading == "It is 7."
    assert chart.source_ids == SOURCES
    assert chart.chart["height"] == 333
    (trace,) = chart.chart["figure"]["data"]
    assert plain(trace["y"]) == [3, 4]
    assert "template" not in chart.chart["figure"]["layout"]


def plain(values: list | dict) -> list:
    """Return a list of numbers of a figure, also where plotly packed it."""
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    return values


def test_a_skipped_guess_is_recorded_as_skipped():
    noted: list = []
    shown = page_sets(guessing(noted).show(), seen="skipped")
    assert shown["reading"] == "It is 7."
    assert noted[-1] == ("skipped", ["skipped"])
    assert [(words, status) for _, words, status in kept()] == [("skipped", "skipped")] * 2


def test_moving_the_guess_behind_an_open_gate_writes_nothing_more():
    view = guessing().show()
    page_sets(view, guess=30, seen="answered")
    before = logbook.entries()
    for guess in (40, 50, 60):
        assert page_sets(view, guess=guess)["reading"] == "It is 7."
    assert logbook.entries() == before


def test_the_first_and_the_last_guess_are_kept():
    view = guessing().show()
    page_sets(view, guess=30, seen="answered")
    page_sets(view, seen="")
    page_sets(view, guess=80)
    assert {words for _, words, _ in kept()} == {"30 or so"}
    page_sets(view, seen="answered")
    assert [words for _, words, _ in kept()] == ["30 or so"] * 2 + ["80 or so"] * 2


@pytest.mark.parametrize("seen", ["answered", "skipped"])
def test_the_scene_comes_back_as_it_was_left(seen):
    page_sets(guessing().show(), guess=30, seen=seen)
    before = logbook.entries()
    view = guessing().show()
    assert view.settings == {"guess": 30, "seen": seen}
    assert json.loads(view.state)["reading"] == "It is 7."
    page_sets(view, guess=31)  # the gate stands open
    assert logbook.entries() == before


def test_a_scene_nobody_touched_starts_at_its_start():
    assert guessing().show().settings == {"guess": 50, "seen": ""}


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "answered",
        [],
        {"guess": 1000},
        {"guess": "30"},
        {"seen": "open"},
        {"guess": [1]},
        {"seen": []},
        {"other": 1},
    ],
    ids=repr,
)
def test_an_old_entry_that_no_longer_fits_is_passed_over(value):
    logbook.write(Entry(id="p07_test", kind="prediction", value=value))
    view = guessing().show()
    assert view.settings == {"guess": 50, "seen": ""}
    assert page_sets(view, seen="answered")["reading"] == "It is 7."


def test_a_guess_that_cannot_be_saved_opens_nothing_and_is_told(full_disk):
    noted: list = []
    view = guessing(noted).show()
    shown = page_sets(view, guess=30, seen="answered")
    assert "could not be saved" in shown["error"]
    assert "No space left on device" in shown["error"]
    assert shown["figure"] is None
    assert shown["reading"] == ""
    assert [seen for seen, _ in noted] == [""]  # the chart was not even computed
    full_disk.undo()
    page_sets(view, seen="")
    assert page_sets(view, seen="answered")["reading"] == "It is 7."
    assert [words for _, words, _ in kept()] == ["30 or so"] * 2


def test_a_chart_that_fails_is_not_kept_but_its_guess_is():
    def fail(rows):
        raise ZeroDivisionError("on purpose")

    shown = page_sets(guessing(reading=fail).show(), guess=30, seen="answered")
    assert "ZeroDivisionError" in shown["error"]
    assert [(entry.words, entry.reading) for entry in logbook.entries()] == [("30 or so", "")]


def test_settings_that_a_page_should_not_send_are_told_and_not_kept(work):
    view = guessing().show()
    for settings in ({"guess": "<b>"}, {"seen": "open"}, {"guess": 10**400}, {"evil": 1}, {"guess": None}):
        assert page_sets(view, **settings)["error"]
        view.settings = {"guess": 50, "seen": ""}
    assert not work.exists()


def test_a_thousand_sources_are_not_all_kept():
    many = tuple(f"s{i}" for i in range(1000))
    rows = pd.DataFrame({"x": [1], "y": [1], "source_ids": [many]})
    page_sets(guessing(rows=lambda: rows).show(), seen="answered")
    assert logbook.last("p07_test").source_ids == many[:SOURCES_KEPT]


def test_without_a_gate_each_new_choice_is_kept_once():
    view = ungated().show()
    assert page_sets(view, guesses=["a", ""])["reading"] == "1 open."
    assert page_sets(view, guesses=["a", "b"])["reading"] == "2 open."
    values = [entry.value["guesses"] for entry in logbook.entries("p07_ballot")]
    assert values == [["a", ""], ["a", ""], ["a", "b"], ["a", "b"]]  # each guess, and what it opened
    assert [entry.reading for entry in logbook.entries("p07_ballot")] == ["", "1 open.", "", "2 open."]
    again = ungated().show()
    assert list(again.settings["guesses"]) == ["a", "b"]
    page_sets(again, guesses=["a", "b"])
    assert len(logbook.entries("p07_ballot")) == 4


CHAPTERS = {
    "alike": (start.predict_alike, {"guess": 30}, "30 percent"),
    "names": (start.match_names, {}, "no answer"),
    "first": (history.predict_first, {"guess": "trio"}, "The three mediators"),
    "draw": (history.draw_first, {"guess": [0, 5, 10, 200, 5]}, "2016: 200"),
    "sourcing": (history.two_accounts, {"guesses": ["a", "b", "both", ""]}, "no guess"),
}


@pytest.mark.parametrize(("make", "guess", "words"), CHAPTERS.values(), ids=CHAPTERS)
def test_every_gated_prediction_of_the_chapters_is_kept_and_comes_back(make, guess, words):
    view = make().show()
    closed = page_shows(view)
    assert page_sets(view, **guess)["error"] == ""
    assert logbook.entries() == []
    opened = page_sets(view, seen="answered")
    assert opened["error"] == ""
    assert opened["reading"] != closed["reading"]
    first, last = logbook.entries()
    assert words in first.words
    assert last.reading == opened["reading"]
    assert last.source_ids == tuple(opened["sources"][:SOURCES_KEPT])
    assert (last.chart is None) == (opened["figure"] is None)
    assert last.chart is None or last.chart["figure"] == opened["figure"]
    assert page_shows(make().show()) == opened


@pytest.mark.parametrize("make", [one for one, _, _ in CHAPTERS.values()], ids=CHAPTERS)
def test_nothing_of_a_chart_reaches_the_page_before_the_gate_opens(make):
    view = make().show()
    shown = json.loads(view.state)
    assert "seen" in view.settings
    hidden = make().scene.state(**{**view.settings, "seen": "skipped"})
    assert hidden.reading not in view.state
    assert view.base == "null" or json.loads(view.base) == figure_json(view.state_now.figure)
    if "source_ids" in hidden.rows and make().id != "p00_names":
        assert shown["table"]["rows"] == []
        assert shown["sources"] == []


def test_a_poll_of_one_on_the_six_principles_is_kept_too():
    view = history.plan_on_the_table().show()
    size = len(view.settings["guesses"])
    option = view.scene.controls[0].options
    page_sets(view, guesses=[next(iter(option)), *[""] * (size - 1)])
    assert len(logbook.entries("p01_plan")) == 2
    assert "no guess" in logbook.last("p01_plan").words
    assert history.plan_on_the_table().show().settings["guesses"][0] == next(iter(option))
