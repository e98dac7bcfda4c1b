"""Each control lists its states, takes each of them, and refuses the rest in a sentence."""

import json

import pytest

from utils.scenes import Ballot, Choice, Choices, Curve, Gate, Number, Range, SettingError, Step, Toggle

CONTROLS = [
    (Choice("c", "Choice", ("a", "b")), 2),
    (Choice("c", "Choice", {"a": "First", "b": "Second"}, value="b"), 2),
    (Step("s", "Step", ("a", "b", "c")), 3),
    (Choices("m", "Choices", ("a", "b", "c")), 8),
    (Toggle("t", "Toggle"), 2),
    (Range("r", "Range", first=1994, last=1997), 10),
    (Number("n", "Number", first=0, last=20, step=5), 5),
    (Curve("k", "Curve", ("1995", "2000"), last=20, step=10), 9),
    (Gate("g", "Gate"), 3),
    (Ballot("b", "Ballot", items={"One": "first", "Two": "second"}, options={"y": "Yes", "n": "No"}), 9),
]
EACH = pytest.mark.parametrize(("control", "how_many"), CONTROLS, ids=lambda one: getattr(one, "kind", ""))


@EACH
def test_lists_as_many_states_as_it_counts(control, how_many):
    states = list(control.states())
    assert len(states) == how_many == control.count()
    assert len({json.dumps(state) for state in states}) == how_many


@EACH
def test_takes_every_state_and_its_start_also_after_a_trip_through_json(control, how_many):
    for state in [control.start, *control.states()]:
        assert control.check(json.loads(json.dumps(state))) == state


def name_of_case(value) -> str:
    """Name a case the same in every process: the repr of a bare object holds its place in memory."""
    return "an object" if type(value) is object else repr(value)


@EACH
@pytest.mark.parametrize("value", [None, 3.5, "no such thing", ["?"], {"a": 1}, [[1], [2]], object()], ids=name_of_case)
def test_refuses_what_it_does_not_take_in_one_sentence(control, how_many, value):
    with pytest.raises(SettingError) as refusal:
        control.check(value)
    sentence = str(refusal.value)
    assert control.label in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@EACH
def test_describes_itself_in_json(control, how_many):
    spec = json.loads(json.dumps(control.spec()))
    assert (spec["kind"], spec["name"], spec["label"]) == (control.kind, control.name, control.label)


def test_a_range_refuses_ends_in_the_wrong_order_and_outside():
    years = Range("r", "Years", first=1994, last=2020)
    for value in ([2000, 1999], [1993, 2000], [2000, 2021], [True, 2000], [1994]):
        with pytest.raises(SettingError):
            years.check(value)


def test_choices_come_in_the_order_of_the_options_and_once():
    lanes = Choices("m", "Lanes", ("a", "b", "c"))
    assert lanes.check(["c", "a", "c"]) == ("a", "c")
    assert lanes.check([]) == ()


def test_a_number_refuses_what_lies_between_its_steps():
    with pytest.raises(SettingError):
        Number("n", "N", first=0, last=20, step=5).check(7)
