"""Chapter 5, the two roads: every aspect of both, side by side, and what could be made equal, by the raw table."""

from __future__ import annotations

from itertools import product

import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils.chapters.positions import roads

TERMS = {(row["road"], row["aspect"]): row for row in rows("road_terms")}
ASPECTS = [
    row["aspect"] for row in sorted(rows("road_terms"), key=lambda row: int(row["number"])) if row["road"] == "syunik"
]
BOTH = ("berdzor_lachin", "syunik")  # alphabetical
EITHER = [one for one in ASPECTS if any(TERMS[road, one]["if_equal"] for road in BOTH)]
SCENE = roads.two_roads()


def test_every_aspect_is_told_of_both_roads():
    assert len(ASPECTS) == 9
    assert set(TERMS) == set(product(BOTH, ASPECTS))
    assert list(roads.ASPECTS) == ASPECTS
    for aspect in ASPECTS:
        assert TERMS["syunik", aspect]["number"] == TERMS["berdzor_lachin", aspect]["number"]


def test_the_scene_begins_with_all_aspects_as_they_stand():
    assert SCENE.start == {"aspect": "all", "equal": False}


@pytest.mark.parametrize(("aspect", "equal"), list(product(["all", *ASPECTS], [False, True])))
def test_every_state_is_sound_and_tells_its_aspects_with_both_roads_side_by_side(aspect, equal):
    state = SCENE.state(aspect=aspect, equal=equal)
    assert_sound(SCENE, state)
    shown = ASPECTS if aspect == "all" else [aspect]
    assert len(state.panels) == len(shown)
    for panel, one in zip(state.panels, shown, strict=True):
        assert panel.title == f"{TERMS['syunik', one]['number']}. {roads.ASPECTS[one]}"
        assert panel.left.title.startswith("Berdzor/Lachin")
        assert "Syunik" in panel.right.title
        for column, road in zip((panel.left, panel.right), BOTH, strict=True):
            row = TERMS[road, one]
            wanted = [row["told"], *([row["if_equal"]] if equal and row["if_equal"] else [])]
            assert [told.text for told in column.statements] == wanted
            assert all(list(told.source_ids) == ids(row["source_ids"]) for told in column.statements)


def test_what_would_hold_if_equal_is_marked_as_such_and_is_in_the_table_only_when_asked_for():
    for panel in SCENE.state(equal=True).panels:
        for told in (*panel.left.statements[1:], *panel.right.statements[1:]):
            assert told.speaker == roads.IF_EQUAL
    assert "made_equal" not in SCENE.state().rows
    assert sorted(filter(None, SCENE.state(equal=True).rows["made_equal"])) == sorted(
        filter(None, (row["if_equal"] for row in TERMS.values()))
    )


@pytest.mark.parametrize(("equal", "wanted"), [(False, ["checks"]), (True, EITHER)])
def test_who_checks_is_open_and_when_made_equal_all_that_could_be(equal, wanted):
    opened = [one for one, panel in zip(ASPECTS, SCENE.state(equal=equal).panels, strict=True) if panel.open]
    assert opened == wanted


@pytest.mark.parametrize("equal", [False, True])
def test_the_reading_counts_the_aspects_and_the_rules_for_each_road(equal):
    reading = SCENE.state(equal=equal).reading
    assert f"on {len(ASPECTS)} aspects. On {len(EITHER)} of them" in reading
    sizes = [sum(bool(TERMS[road, one]["if_equal"]) for one in ASPECTS) for road in BOTH]
    told = [
        f"{road} could follow the other on {size}"
        for road, size in zip(("the Berdzor/Lachin road", "the link across Syunik"), sizes, strict=True)
    ]
    assert " and ".join(told) in reading
    shared = sum(all(TERMS[road, one]["if_equal"] for road in BOTH) for one in ASPECTS)
    assert (f"On {shared or 'no'} " in reading.split(told[1])[1]) == equal


@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_reading_of_one_aspect_says_on_which_road_something_would_change(aspect):
    changed = [road for road in BOTH if TERMS[road, aspect]["if_equal"]]
    said = {
        (): "no rule here that one road could take",
        BOTH: "each road could be put under the other’s rule",
        BOTH[:1]: "the Berdzor/Lachin road could be put under the rule of the link across Syunik",
        BOTH[1:]: "the link across Syunik could be put under the rule of the Berdzor/Lachin road",
    }
    for equal in (False, True):
        state = SCENE.state(aspect=aspect, equal=equal)
        assert [panel.open for panel in state.panels] == [True], "who chooses an aspect wants to read it"
        reading = state.reading
        assert reading.startswith(f"{roads.ASPECTS[aspect]}: ")
        assert {kind for kind, words in said.items() if words in reading} == {tuple(changed)}
        assert ("Switch on" in reading) == (bool(changed) and not equal)


def test_both_roads_and_both_sides_demands_get_about_equal_space():
    by_road = [sum(len(TERMS[road, one]["told"]) for one in ASPECTS) for road in BOTH]
    asks = [sum(len(TERMS[road, one]["told"]) for road in BOTH) for one in ("armenia_asks", "azerbaijan_asks")]
    assert max(by_road) <= 1.35 * min(by_road)
    assert max(asks) <= 1.35 * min(asks)
