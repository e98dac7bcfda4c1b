"""A chart as it reaches the page: whole once, then as changes that put the same chart together again."""

import json

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.scenes import Choice, Scene
from utils.scenes.charts import changed, changes, figure_json
from utils.scenes.view import SceneView

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False).map(lambda one: one + 0.0)
    | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=4),
    max_leaves=12,
)


@given(plain, plain)
def test_changes_turn_any_plain_value_into_any_other(old, new):
    through_the_wire = json.loads(json.dumps(changes(old, new)))
    assert json.dumps(changed(old, through_the_wire), sort_keys=True) == json.dumps(new, sort_keys=True)


@given(plain)
def test_the_same_value_needs_no_change(value):
    assert changes(value, json.loads(json.dumps(value))) == {}


@pytest.mark.parametrize(
    ("old", "new"), [(1, True), (0, False), (None, 0), ([], {}), ([1], [True]), ({"a": 1}, {"a": 1.0})]
)
def test_values_that_python_calls_equal_but_json_does_not(old, new):
    assert json.dumps(changed(old, changes(old, new))) == json.dumps(new)


def test_a_list_of_numbers_is_replaced_whole_and_a_trace_key_by_key():
    old = {"data": [{"x": [1, 2], "line": {"color": "a", "width": 1}}, {"x": [3]}]}
    new = {"data": [{"x": [1, 2], "line": {"color": "b", "width": 1}}, {"x": [4]}]}
    assert changes(old, new)["keys"]["data"]["items"] == {
        "0": {"keys": {"line": {"keys": {"color": {"new": "b"}}}}},
        "1": {"keys": {"x": {"new": [4]}}},
    }


def coloured(colour: str) -> go.Figure:
    return go.Figure(go.Scatter(x=list(range(5000)), y=list(range(5000)), line_color=colour))


def test_a_new_colour_costs_a_few_bytes_however_long_the_outline_is():
    scene = Scene(
        id="test-colour",
        question="Which colour?",
        rows=lambda: __import__("pandas").DataFrame({"x": [1]}),
        figure=lambda rows, colour: coloured(colour),
        reading=lambda rows: "One.",
        controls=(Choice("colour", "Colour", ("red", "blue")),),
        columns={"x": "X"},
    )
    view = SceneView(scene)
    assert len(view.base) > 40_000
    view.drive(colour="blue")
    assert len(view.state) < 1_000
    assert changed(json.loads(view.base), json.loads(view.state)["changes"]) == figure_json(coloured("blue"))
