"""Chapter 4, what actors said, wanted and brought: stances, means, interests, rooms and readings, against the raw tables."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils import meetings, names
from utils.chapters.mediation import announced, lanes, means, pace, readings, rooms, stakes, stances, texts, who_met
from utils.scenes.scene import table_of

MEETINGS = {row["meeting_id"]: row for row in rows("meetings")}


def lane(row: dict) -> str:
    return row["track_id"] if row["track_id"] in ("minsk", "trilateral", "eu") else "outside"


def marks(figure) -> list[str]:
    return [one for trace in figure.data for one in (trace.customdata if trace.customdata is not None else ())]


# ---- stances -----------------------------------------------------------------------------------------------


def stance_by_hand(track: str, day: str) -> dict[str, str]:
    return {
        row["actor_id"]: row["stance"]
        for row in rows("track_standing")
        if row["track_id"] == track and row["from_date"] <= day <= (row["to_date"] or "9999")
    }


@pytest.mark.parametrize("day", stances.DAYS)
@pytest.mark.parametrize("track", stances.TRACKS)
def test_the_reading_names_who_stood_how_at_the_day(track, day):
    scene = stances.standing_of_tracks()
    state = scene.state(track=track, day=day)
    assert_sound(scene, state)
    wanted = stance_by_hand(track, day)
    for stance in set(wanted.values()):
        (sentence,) = (
            one for one in state.reading.split(". ") if one.startswith(stances.STANCES[stance].name.capitalize() + ":")
        )
        assert all((names.within(one) in sentence) == (wanted[one] == stance) for one in wanted)
    assert len(stances.at(state.rows, pd.Timestamp(day))) == len(wanted)


def test_two_governments_say_that_the_minsk_group_has_ended():
    state = stances.standing_of_tracks().state()
    by_hand = stance_by_hand("minsk", "2022-12-31")
    ended = {one for one, stance in by_hand.items() if stance == "declares_defunct"}
    assert ended == {"azerbaijan", "russia"}  # the founding article says the same
    assert "Of the 5 without whom it cannot meet, Azerbaijan and Russia say that it has ended;" in state.reading
    assert {"armenia", "france", "usa"} <= {one for one, stance in by_hand.items() if stance == "committed"}


@pytest.mark.parametrize("track", stances.TRACKS)
def test_every_stance_has_a_bar_and_a_card_with_its_reason(track):
    state = stances.standing_of_tracks().state(track=track)
    drawn = marks(state.figure)
    for row in rows("track_standing"):
        if row["track_id"] != track or (row["to_date"] or "9999") < f"{stances.FIRST:%Y-%m-%d}":
            continue
        key = f"{row['actor_id']}/{track}/{row['from_date']}"
        assert key in drawn
        card = stances.card(key)
        assert card.text == row["what"]
        assert list(card.source_ids) == ids(row["source_ids"])


def test_the_tracks_on_offer_are_all_that_have_several_stances():
    several = {track for track, many in Counter(row["track_id"] for row in rows("track_standing")).items() if many > 2}
    assert several <= set(stances.TRACKS)


# ---- means -------------------------------------------------------------------------------------------------


def test_every_means_of_every_track_is_judged_once():
    pairs = Counter((row["track_id"], row["tool"]) for row in rows("mediator_tools"))
    assert pairs == Counter({(track, tool): 1 for track in means.TRACKS for tool in means.TOOLS})


def test_the_means_open_after_the_guess_and_are_counted():
    scene = means.means_of_mediators()
    assert scene.state().rows.empty
    state = scene.state(seen="skipped")
    assert_sound(scene, state)
    for track in means.TRACKS:
        has = Counter(row["has"] for row in rows("mediator_tools") if row["track_id"] == track)
        told = f"{meetings.SAID[track]} had {has['yes'] or 'none'} in full and {has['partly'] or 'none'} in part"
        assert told in state.reading


@pytest.mark.parametrize("tool", means.TOOLS)
def test_a_guess_hears_what_the_table_says_of_each_track(tool):
    state = means.means_of_mediators().state(guess=(tool,) * 3, seen="answered")
    for track in means.TRACKS:
        (has,) = (row["has"] for row in rows("mediator_tools") if (row["track_id"], row["tool"]) == (track, tool))
        told = f"{meetings.SAID[track]}, “{means.TOOLS[tool]}”: {means.HAS[has].name}"
        assert told[1:] in state.reading, "the first begins a sentence"


@pytest.mark.parametrize("row", rows("mediator_tools"), ids=lambda row: f"{row['track_id']}-{row['tool']}")
def test_each_means_has_a_card_with_reason_mandate_and_limits(row):
    card = means.card(f"{row['track_id']}/{row['tool']}")
    (track,) = (one for one in rows("tracks") if one["track_id"] == row["track_id"])
    facts = dict(card.facts)
    assert card.text == row["told"]
    assert (facts["Mandate"], facts["Limited by"]) == (track["mandate"], track["limits"])
    assert set(ids(row["source_ids"])) <= set(card.source_ids)


def test_a_guess_is_kept_in_words():
    assert "EU track: soldiers on the ground" in means.words(("", "", "soldiers"))


# ---- interests ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("article", [False, True])
@pytest.mark.parametrize("group", stakes.GROUPS)
def test_the_interests_of_a_group_and_those_of_the_article_are_counted(group, article):
    scene = stakes.interests_and_clashes()
    state = scene.state(group=group, article=article)
    assert_sound(scene, state)
    chosen = [
        row
        for row in rows("interests")
        if row["actor_id"] in stakes.GROUPS[group] and (not article or "conversation_2022" in ids(row["source_ids"]))
    ]
    assert sorted(state.rows["interest_id"]) == sorted(row["interest_id"] for row in chosen)
    if chosen:
        assert state.reading.startswith(f"{len(chosen)} interest")
    clashes = {
        (row["interest_id"], one) for row in chosen for one in ids(row["clashes_with_ids"]) if one in stakes.ACROSS
    }
    cells = stakes.clash_cells(state.rows)
    assert set(zip(cells["interest_id"], cells["clashes_with_ids"], strict=True)) == clashes


@pytest.mark.parametrize("group", stakes.GROUPS)
def test_clashes_inside_a_group_are_told_once_each_whoever_holds_the_interest(group):
    members = set(stakes.GROUPS[group])
    wanted = {
        frozenset((row["actor_id"], one))
        for row in rows("interests")
        for one in ids(row["clashes_with_ids"])
        if row["actor_id"] in members and one in members & set(stakes.ACROSS)
    }
    state = stakes.interests_and_clashes().state(group=group)
    inside = stakes.clashes_inside(state.rows, stakes.GROUPS[group])
    told = [frozenset((one, other)) for one, others in inside.items() for other in others]
    assert len(told) == len(set(told))
    assert set(told) == wanted
    assert ("Clashes among" in state.reading) == bool(wanted)


def test_every_interest_is_offered_by_some_group():
    offered = {one for some in stakes.GROUPS.values() for one in some}
    assert {row["actor_id"] for row in rows("interests")} == offered


def test_the_interests_that_the_article_names_are_all_there():
    """Claims A15 and A16 name two each of Russia and the EU; A18 one more of Russia."""
    named = Counter(row["actor_id"] for row in rows("interests") if "conversation_2022" in ids(row["source_ids"]))
    assert named["russia"] >= 3
    assert named["eu"] >= 2


@pytest.mark.parametrize("row", rows("interests"), ids=lambda row: row["interest_id"])
def test_each_interest_has_a_card_that_says_who_says_so(row):
    card = stakes.card(row["interest_id"])
    assert dict(card.facts)["Who says so"] == row["attributed_to"]
    assert card.text == row["interest"]


# ---- rooms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("time", rooms.TIMES)
@pytest.mark.parametrize("weight", rooms.WEIGHTS)
def test_each_room_counts_the_meetings_that_dealt_with_each_question(weight, time):
    scene = rooms.who_talked_about_what()
    state = scene.state(weight=weight, time=time)
    assert_sound(scene, state)
    inside = [
        row
        for row in rows("meeting_issues")
        if time == "all" or (MEETINGS[row["meeting_id"]]["date_start"][:4] == "2022") == (time == "2022")
    ]
    chosen = [row for row in inside if weight == "all" or row["weight"] in ("agreed", "agreed_by_host")]
    counted = Counter((row["issue_id"], lane(MEETINGS[row["meeting_id"]])) for row in chosen)
    table = rooms.sizes(state.rows)
    assert {(one, room): many for one in table.index for room, many in table.loc[one].items() if many} == counted
    drawn = marks(state.figure)
    assert sorted(drawn) == sorted(f"{one}/{room}" for one, room in counted)
    assert all(rooms.card(key).facts for key in drawn)
    assert state.reading.startswith(f"{len({row['meeting_id'] for row in chosen})} meetings and statements ")
    status = sum(row["issue_id"] == "status_of_nk" for row in inside)
    often = {1: "once", 2: "twice"}.get(status, f"{status} times")
    assert f"tatus came up {often}, " in state.reading, "also where only what was agreed is shown"
    agreed = sum(row["issue_id"] == "status_of_nk" for row in chosen)
    assert (f"Agreed on status: {agreed or 'nothing'};" in state.reading) == (weight == "agreed")


def test_every_question_of_the_coding_has_a_row_on_the_chart():
    assert {row["issue_id"] for row in rows("meeting_issues")} <= set(rooms.QUESTIONS)


def test_a_question_is_at_home_where_it_came_up_more_often_than_anywhere_else():
    table = rooms.sizes(rooms.select_rooms("all", "all"))
    homes = rooms.at_home(table)
    for room, some in homes.items():
        for one in some:
            counts = table.loc[one].to_dict()
            mine = counts.pop(room)
            assert mine > max(counts.values())
            assert mine + sum(counts.values()) >= rooms.ENOUGH


# ---- one statement, many readings --------------------------------------------------------------------------


@pytest.mark.parametrize("subject", readings.SUBJECTS)
def test_each_subject_shows_what_was_said_and_both_sides_beside_each_other(subject):
    scene = readings.one_statement()
    state = scene.state(subject=subject)
    assert_sound(scene, state)
    chosen = [row for row in rows("statement_readings") if row["subject"] == subject]
    assert sorted(state.rows["reading_id"]) == sorted(row["reading_id"] for row in chosen)
    (panel,) = state.panels
    for column, side in ((panel.left, "armenia"), (panel.right, "azerbaijan")):
        told = {row["told"] for row in chosen if row["actor_id"] == side and row["part"] == "reading"}
        shown = {one.text.split(". ", 1)[1] for one in column.statements if one.speaker}
        assert shown == told
    read = sum(row["part"] == "reading" for row in chosen)
    assert f"{read or 'no'} reading" in state.reading


def test_both_sides_get_about_as_much_space():
    told = Counter()
    for row in rows("statement_readings"):
        if row["part"] == "reading":
            told[row["actor_id"]] += len(row["told"])
    assert 0.6 < told["armenia"] / told["azerbaijan"] < 1.7


def test_the_author_explains_after_the_readings_began():
    days = {
        part: sorted(row["date"] for row in rows("statement_readings") if row["part"] == part)
        for part in readings.PARTS
    }
    assert days["statement"][0] < days["reading"][-1]
    assert days["reading"][0] <= days["clarification"][0]


# ---- all scenes --------------------------------------------------------------------------------------------

SCENES = [
    announced.november_round(),
    lanes.swim_lanes(),
    means.means_of_mediators(),
    pace.pace_of_tracks(),
    rooms.who_talked_about_what(),
    stakes.interests_and_clashes(),
    stances.standing_of_tracks(),
    texts.texts_of_tracks(),
    who_met.who_met_whom(),
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_every_row_of_a_table_and_every_mark_opens_a_card(scene):
    opened = {"seen": "skipped"} if "seen" in scene.start else {}
    state = scene.state(**opened)
    keys = {*table_of(scene, state.rows)["keys"], *filter(None, marks(state.figure))}
    assert keys
    assert all(scene.card(key).title for key in keys)
