"""The engine's core: settings in, state out, no widget."""

import json
import subprocess
import sys

import pandas as pd
import pytest

from tests.conftest import points_scene
from utils.scenes import SettingError, TooManyStates
from utils.scenes.scene import csv_of, state_json, table_of
from utils.scenes.static import static_html


def test_computes_rows_figure_and_reading_from_the_same_rows(scene):
    state = scene.state(factor=3)
    assert state.error == ""
    assert state.rows["y"].tolist() == [0, 3, 6, 9, 12]
    assert list(state.figure.data[0].y) == [0, 3, 6, 9, 12]
    assert state.reading == "The sum is 30."


def test_starts_from_its_start_values(scene):
    assert scene.state().settings == {"factor": 1, "shape": "round", "broken": False}


def test_lists_all_its_states(scene):
    states = list(scene.states())
    assert len(states) == scene.count_states() == 4 * 2 * 2
    assert len({json.dumps(state.settings) for state in states}) == 16


def test_says_that_it_cannot_list_more_states_than_asked_for(scene):
    with pytest.raises(TooManyStates, match="16 states, more than 10"):
        scene.states(limit=10)


def test_a_function_that_fails_gives_a_sentence_and_no_half_state(scene):
    state = scene.state(broken=True)
    assert "ZeroDivisionError: on purpose" in state.error
    assert state.figure is None
    assert state.rows.empty
    assert state.reading == ""


@pytest.mark.parametrize("part", ["rows", "figure", "reading", "panels"])
def test_a_failure_in_any_part_is_told(part):
    def fail(*_):
        raise KeyError("gone")

    assert "KeyError" in points_scene(**{part: fail}).state().error


def test_refuses_unknown_controls_and_values(scene):
    with pytest.raises(SettingError, match="no control “speed”"):
        scene.state(speed=3)
    with pytest.raises(SettingError, match="Factor"):
        scene.state(factor=99)


def test_a_state_is_small_and_carries_no_template():
    text = state_json(points_scene(150), points_scene(150).state())
    assert "template" not in json.loads(text)["figure"]["layout"]
    assert len(text) < 12_000


def test_the_table_holds_what_the_chart_shows_with_keys_for_cards(scene):
    table = table_of(scene, scene.state(factor=2).rows)
    assert table["head"] == ["X", "Y"]
    assert table["rows"][-1] == ["4", "8"]
    assert table["keys"] == ["k0", "k1", "k2", "k3", "k4"]


def test_a_long_table_says_how_many_rows_it_leaves_out():
    table = table_of(points_scene(30), points_scene(30).state().rows, limit=10)
    assert len(table["rows"]) == 10
    assert table["caption"] == "What is the sum? 30 rows, the first 10 shown; the CSV file has all."


def test_cells_show_dates_lists_and_gaps_as_readers_expect():
    rows = pd.DataFrame({"x": [pd.Timestamp("2020-11-10"), pd.NaT], "y": [("a", "b"), None]})
    assert table_of(points_scene(), rows)["rows"] == [["2020-11-10", "a, b"], ["", ""]]


def test_the_csv_has_all_rows_and_survives_a_spreadsheet():
    text = csv_of(pd.DataFrame({"name": ["Şuşa, Շուշի"], "ids": [("a", "b")]}))
    assert text.startswith("\ufeffname,ids\r\n")
    assert '"Şuşa, Շուշի",a|b' in text


def test_plain_html_escapes_whatever_the_data_hold():
    scene = points_scene(question="<script>alert(1)</script>")
    html = static_html(scene, scene.state())
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "The sum is 10." in html


def test_computing_a_state_needs_no_widget():
    code = "import sys, utils.scenes; sys.exit('anywidget' in sys.modules or 'ipywidgets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
