"""Chapter 5, from positions to interests: every layer shown as far as it is open, counted without our code."""

from __future__ import annotations

from itertools import product

import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils.chapters.positions import whys
from utils.chapters.positions.whys_chart import LOOKS
from utils.scenes.charts import figure_json

LAYERS = rows("whys")
ISSUES = list(dict.fromkeys(row["issue_id"] for row in LAYERS))
DEPTHS = ["1", "2", "3", "4"]
SIDES = ("armenia", "azerbaijan")
SHORT = {row["actor_id"]: row["short_name"] for row in rows("actors")}
CALLED = SHORT | {"nk_authorities": "the de facto authorities"}  # in a sentence
STATES = list(product(ISSUES, DEPTHS))
SCENE = whys.why_why_why()


def opened(issue: str, depth: str, *actors: str) -> list[dict]:
    some = [row for row in LAYERS if row["issue_id"] == issue and int(row["layer"]) <= int(depth)]
    return [row for row in some if not actors or row["actor_id"] in actors]


def ways(issue: str, *actors: str) -> list[dict]:
    some = [row for row in rows("interest_ways") if row["issue_id"] == issue]
    return [row for row in some if not actors or row["actor_id"] in actors]


def state(issue: str, depth: str):
    return SCENE.state(issue=issue, depth=depth)


def test_the_scene_begins_at_the_positions_of_the_first_issue():
    assert SCENE.start == {"issue": ISSUES[0], "depth": "1"}
    titles = {row["issue_id"]: row["title"] for row in rows("issues")}
    assert SCENE.controls[0].options == {one: titles[one] for one in ISSUES}


@pytest.mark.parametrize(("issue", "depth"), STATES)
def test_every_state_is_sound_and_shows_the_layers_to_its_depth_and_no_more(issue, depth):
    found = state(issue, depth)
    assert_sound(SCENE, found)
    wanted = [f"whys/{row['why_id']}" for row in opened(issue, depth)]
    if depth == "4":
        wanted += [f"interest_ways/{row['way_id']}" for row in ways(issue)]
    assert sorted(found.rows["key"]) == sorted(wanted)


@pytest.mark.parametrize(("issue", "depth"), STATES)
def test_the_panel_tells_each_layer_in_order_with_who_says_so_and_on_what_basis(issue, depth):
    panel = state(issue, depth).panels[0]
    assert panel.open
    assert (panel.left.title, panel.right.title) == ("Armenia", "Azerbaijan")
    for column, side in zip((panel.left, panel.right), SIDES, strict=True):
        wanted = sorted(opened(issue, depth, side), key=lambda row: row["layer"])
        assert [one.text for one in column.statements] == [row["sentence"] for row in wanted]
        for told, row in zip(column.statements, wanted, strict=True):
            assert row["attributed_to"] in told.speaker
            assert row["basis"] in told.speaker
            assert list(told.source_ids) == ids(row["source_ids"])


@pytest.mark.parametrize(("issue", "depth"), STATES)
def test_other_actors_stand_below_both_sides(issue, depth):
    others = [row for row in opened(issue, depth) if row["actor_id"] not in SIDES]
    below = state(issue, depth).panels[0].below
    assert sorted(one.text for one in (below.statements if below else ())) == sorted(row["sentence"] for row in others)
    if below:
        assert all(SHORT[row["actor_id"]] in below.title for row in others)


@pytest.mark.parametrize("issue", ISSUES)
def test_the_last_depth_and_only_it_opens_the_other_ways_with_their_objections(issue):
    assert all(len(state(issue, depth).panels) == 1 for depth in DEPTHS[:-1])
    _, panel = state(issue, "4").panels
    assert panel.open
    told = [*panel.left.statements, *panel.right.statements, *(panel.below.statements if panel.below else ())]
    assert len(told) == len(ways(issue))
    for column, side in ((panel.left, "armenia"), (panel.right, "azerbaijan")):
        for one, row in zip(column.statements, ways(issue, side), strict=True):
            assert row["way"] in one.text
            assert row["objection"] in one.text
            assert one.speaker.endswith(row["seen_in"])


@pytest.mark.parametrize(("issue", "depth"), STATES)
def test_the_reading_counts_what_is_stated_and_what_is_inferred(issue, depth):
    reading = state(issue, depth).reading
    layers = opened(issue, depth)
    stated = sum(row["basis"] == "stated" for row in layers)
    if stated == len(layers):
        assert reading.startswith(f"Each of the {stated} open layers is stated by the side itself.")
        return
    assert f"Of {len(layers)} open layers, {stated or 'none'} " in reading
    assert reading.split("); ")[1].startswith(f"{len(layers) - stated} ")
    for actor in {row["actor_id"] for row in layers}:
        mine = opened(issue, depth, actor)
        assert f"{CALLED[actor]} {sum(row['basis'] == 'stated' for row in mine)} of {len(mine)}" in reading


@pytest.mark.parametrize("issue", ISSUES)
def test_at_the_bottom_the_reading_counts_the_other_ways_of_each(issue):
    reading = state(issue, "4").reading
    assert f"{len(ways(issue))} other ways" in reading
    for actor in {row["actor_id"] for row in ways(issue)}:
        assert f"{len(ways(issue, actor))} for {CALLED[actor]}" in reading
    assert not any("other way" in state(issue, depth).reading for depth in DEPTHS[:-1])


# ---- the ladder --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("issue", "depth"), STATES)
def test_each_open_layer_has_its_letter_and_each_closed_one_a_question_mark(issue, depth):
    letters = next(trace for trace in state(issue, depth).figure.data if trace.text and trace.customdata is not None)
    drawn = [one.strip("</b>") for one in letters.text]
    bases = [row["basis"] for row in opened(issue, depth)]
    every = [row for row in LAYERS if row["issue_id"] == issue]
    assert drawn.count("S") == bases.count("stated")
    assert drawn.count("I") == bases.count("inferred")
    assert drawn.count("?") == len(every) - len(bases)
    assert len({look.letter for look in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize(("issue", "depth"), STATES)
def test_what_is_open_opens_a_card_and_what_is_closed_does_not(issue, depth):
    found = state(issue, depth)
    sent = figure_json(found.figure)["data"]  # as the page gets it, where a missing key is null
    keys = [key for trace in sent for key in trace.get("customdata", ())]
    assert {key for key in keys if key is not None} == set(found.rows["key"])
    assert (None in keys) == (depth != "4")


@pytest.mark.parametrize("issue", ISSUES)
def test_each_way_is_a_number_on_the_chart_under_its_own_actor(issue):
    found = state(issue, "4")
    circles = found.figure.data[-1]
    assert sorted(circles.customdata) == sorted(f"interest_ways/{row['way_id']}" for row in ways(issue))
    order = list(found.figure.layout.xaxis.ticktext)
    of = {f"interest_ways/{row['way_id']}": order.index(SHORT[row["actor_id"]]) for row in ways(issue)}
    assert all(round(x) == of[key] for x, key in zip(circles.x, circles.customdata, strict=True))


def test_both_sides_come_first_by_the_alphabet():
    for issue in ISSUES:
        assert list(state(issue, "1").figure.layout.xaxis.ticktext)[:2] == ["Armenia", "Azerbaijan"]


@pytest.mark.parametrize("row", LAYERS, ids=lambda row: row["why_id"])
def test_every_layer_has_a_card(row):
    card = SCENE.card(f"whys/{row['why_id']}")
    assert card.title == row["sentence"]
    assert dict(card.facts)["Told by"] == row["attributed_to"]
    assert list(card.source_ids) == ids(row["source_ids"])


@pytest.mark.parametrize("row", rows("interest_ways"), ids=lambda row: row["way_id"])
def test_every_way_has_a_card_with_what_speaks_against_it(row):
    card = SCENE.card(f"interest_ways/{row['way_id']}")
    assert card.title == row["way"]
    assert dict(card.facts)["Against it"] == row["objection"]


@pytest.mark.parametrize("key", ["", "whys/none", "issues/status_of_nk", "none"])
def test_an_unknown_card_is_refused(key):
    with pytest.raises(KeyError):
        SCENE.card(key)


# ---- the table ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("issue", ISSUES)
def test_both_sides_have_a_whole_chain_and_at_least_one_other_way(issue):
    for side in SIDES:
        assert sorted(row["layer"] for row in opened(issue, "4", side)) == DEPTHS
        assert ways(issue, side)


@pytest.mark.parametrize("issue", ISSUES)
def test_both_sides_get_about_equal_space(issue):
    letters = [sum(len(row["sentence"]) for row in opened(issue, "4", side)) for side in SIDES]
    assert max(letters) <= 1.35 * min(letters)
    many = [len(ways(issue, side)) for side in SIDES]
    assert max(many) - min(many) <= 1
