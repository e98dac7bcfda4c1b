"""Chapter 4, the meetings: lanes, pace, texts, the November round and who met whom, against the tables read by themselves."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import pairwise

import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils import meetings
from utils.chapters.mediation import announced, lanes, lanes_chart, pace, texts, who_met

TRACKS = {"minsk": "minsk", "trilateral": "trilateral", "eu": "eu"}
PERIOD = [row for row in rows("meetings") if row["date_start"] <= "2022-12-31"]
HELD = [row for row in PERIOD if row["contact"] in ("together", "apart")]
CEASEFIRE = "2020-11-09"
YEARS = [(1992, 2022), (2018, 2022), (2020, 2020), (2021, 2022), (1992, 1996), (2003, 2015)]
LEVELS = {"all": None, "ministers": {"leaders", "foreign_ministers"}, "leaders": {"leaders"}}


def lane(row: dict) -> str:
    return TRACKS.get(row["track_id"], "outside")


def present(meeting: str) -> set[str]:
    return {row["actor_id"] for row in rows("meeting_participants") if row["meeting_id"] == meeting}


def marks(figure) -> list[str]:
    return [one for trace in figure.data for one in (trace.customdata if trace.customdata is not None else ())]


# ---- swim lanes --------------------------------------------------------------------------------------------


def wanted(years, level) -> list[str]:
    allowed = LEVELS[level]
    return [
        row["meeting_id"]
        for row in PERIOD
        if years[0] <= int(row["date_start"][:4]) <= years[1] and (allowed is None or row["level"] in allowed)
    ]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("years", YEARS)
def test_every_meeting_is_reachable_by_mark_and_by_table(years, level):
    scene = lanes.swim_lanes()
    state = scene.state(years=years, level=level)
    assert_sound(scene, state)
    expected = sorted(wanted(years, level))
    assert sorted(marks(state.figure)) == expected == sorted(state.rows["meeting_id"])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("years", YEARS)
def test_no_mark_hides_another(years, level):
    """On the narrowest chart (470 px across, 420 px high) no mark covers the middle of another."""
    state = lanes.swim_lanes().state(years=years, level=level)
    layout = state.figure.layout
    first, last = (moment.timestamp() for moment in layout.xaxis.range)
    low, high = layout.yaxis.range
    spots = [
        ((x.timestamp() - first) / (last - first) * 470, (y - low) / (high - low) * 420)
        for trace in state.figure.data
        if trace.customdata is not None
        for x, y in zip(trace.x, trace.y, strict=True)
    ]
    assert len(spots) == len(wanted(years, level))
    radius = max([4, *(max(trace.marker.size) / 2 for trace in state.figure.data if trace.customdata is not None)])
    for place, (x, y) in enumerate(spots):
        for other_x, other_y in spots[place + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 > radius**2


@pytest.mark.parametrize("years", YEARS)
def test_the_reading_counts_each_lane_and_what_came_of_it(years):
    reading = lanes.swim_lanes().state(years=years).reading
    chosen = [row for row in PERIOD if row["meeting_id"] in set(wanted(years, "all"))]
    for name, many in Counter(map(lane, chosen)).items():
        assert f"{many} of {meetings.SAID[name]}" in reading
    joint = sum(row["outcome_kind"] in ("agreement", "joint_statement") for row in chosen)
    assert f"{joint or 'No mark'} brought a text or a step" in reading


def test_the_centre_moves_from_one_lane_to_the_next():
    wanted_alone, wanted_most = {}, {}
    for year in range(2018, 2023):
        held = Counter(lane(row) for row in HELD if row["date_start"][:4] == str(year))
        held.pop("outside", None)
        (wanted_alone if len(held) == 1 else wanted_most)[year] = held.most_common(1)[0][0]
    alone, most = (
        {year: track for track, some in spans.items() for a, b in some for year in range(a, b + 1)}
        for spans in lanes.leading(lanes.select_meetings((2018, 2022), "all"))
    )
    assert (alone, most) == (wanted_alone, wanted_most)
    assert "minsk" in alone.values()
    assert most[2021] != most[2022]


def test_a_tie_belongs_to_no_track():
    rows_of = lanes.select_meetings((2021, 2021), "all")
    tied = rows_of[rows_of["lane"].isin(["eu", "trilateral"])].groupby("lane").head(1)
    assert lanes.leading(tied) == ({}, {})


@pytest.mark.parametrize("row", PERIOD, ids=lambda row: row["meeting_id"])
def test_every_meeting_has_a_card_with_its_outcome_and_sources(row):
    card = meetings.card(row["meeting_id"])
    assert card.text == row["outcome"]
    assert list(card.source_ids) == ids(row["source_ids"])
    assert meetings.OUTCOMES[row["outcome_kind"]] in dict(card.facts).values()


def test_a_look_tells_a_text_of_both_from_one_of_the_host():
    looks = {kind: lanes_chart.look_of(kind) for kind in meetings.OUTCOMES}
    assert looks["joint_statement"] == looks["agreement"] != looks["mediators_statement"] != looks["cancelled"]


# ---- pace --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["all", "leaders"])
def test_the_bars_count_the_meetings_held_in_each_half_year(who):
    scene = pace.pace_of_tracks()
    state = scene.state(span="since_2020", who=who)
    assert_sound(scene, state)
    counted = Counter(
        (lane(row), row["date_start"][:4], "first" if row["date_start"][5:7] <= "06" else "second")
        for row in HELD
        if row["date_start"] >= CEASEFIRE and (who == "all" or row["level"] == "leaders")
    )
    bars = {
        (name, *part.replace(" half", "").split(", ")): many
        for name, trace in zip(meetings.LANES, state.figure.data, strict=True)
        for part, many in zip(trace.x, trace.y, strict=True)
        if many
    }
    assert bars == dict(counted)


@pytest.mark.parametrize("who", ["all", "leaders"])
def test_the_bars_count_the_meetings_held_in_each_year(who):
    scene = pace.pace_of_tracks()
    state = scene.state(span="since_1992", who=who)
    assert_sound(scene, state)
    counted = Counter((lane(row), row["date_start"][:4]) for row in HELD if who == "all" or row["level"] == "leaders")
    bars = {
        (name, part): many
        for name, trace in zip(meetings.LANES, state.figure.data, strict=True)
        for part, many in zip(trace.x, trace.y, strict=True)
        if many
    }
    assert bars == dict(counted)
    outside = sum(many for (name, _), many in counted.items() if name == "outside")
    assert f"Outside them: {outside or 'none'}." in state.reading


@pytest.mark.parametrize("name", ["minsk", "trilateral", "eu"])
def test_the_longest_pause_is_the_longest(name):
    rows_of = pace.select_pace("since_1992", "all")
    days = sorted(datetime.date.fromisoformat(row["date_start"]) for row in HELD if lane(row) == name)
    gap = pace.longest_gap(rows_of, name)
    assert gap["days"] == max((later - earlier).days for earlier, later in pairwise(days))


def test_the_reading_names_the_last_meeting_of_each_track():
    reading = pace.pace_of_tracks().state(span="since_1992", who="all").reading
    for name in TRACKS:
        last = max(datetime.date.fromisoformat(row["date_start"]) for row in HELD if lane(row) == name)
        assert f"the last on {last.day} {last:%B %Y}" in reading


# ---- texts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", texts.DAYS)
def test_the_texts_of_each_track_are_counted_by_whose_they_are(day):
    scene = texts.texts_of_tracks()
    state = scene.state(seen="skipped", as_of=day)
    assert_sound(scene, state)
    chosen = [
        row
        for row in PERIOD
        if CEASEFIRE <= row["date_start"] <= day and row["track_id"] != "other_turkey_normalisation"
    ]
    joint = Counter(lane(row) for row in chosen if row["outcome_kind"] in ("agreement", "joint_statement"))
    hosts = Counter(lane(row) for row in chosen if row["outcome_kind"] == "mediators_statement")
    for name in TRACKS:
        assert f"{joint[name] or 'none'} from {meetings.SAID[name]}" in state.reading
    assert (
        f"three tracks: {joint['outside'] or 'none'} of both sides and {hosts['outside'] or 'none'} of" in state.reading
    )
    assert sorted(marks(state.figure)) == sorted(
        row["meeting_id"] for row in chosen if row["outcome_kind"] in (*meetings.JOINT, "mediators_statement")
    )
    assert len(marks(state.figure)) == sum(joint.values()) + sum(hosts.values())


def test_before_the_guess_nothing_is_shown_and_after_it_the_guess_is_answered():
    scene = texts.texts_of_tracks()
    closed = scene.state(guess="eu")
    assert closed.rows.empty
    assert marks(closed.figure) == []
    chosen = [row for row in PERIOD if CEASEFIRE <= row["date_start"] <= texts.ASKED]
    sizes = Counter(lane(row) for row in chosen if row["outcome_kind"] in ("agreement", "joint_statement"))
    sizes.pop("outside")
    (most, _), *_ = sizes.most_common(1)
    assert texts.most(texts.ASKED) == most
    for guess in ("minsk", "trilateral", "eu", "alike"):
        reading = scene.state(guess=guess, seen="answered").reading
        assert ("so it was" in reading) == (guess == most)


def test_the_texts_after_the_meetings_in_brussels_are_the_hosts():
    kinds = {row["meeting_id"]: row["outcome_kind"] for row in PERIOD}
    brussels = [one for one, kind in kinds.items() if one.endswith("brussels_eu") and "statement" in kind]
    assert len(brussels) >= 4
    assert {kinds[one] for one in brussels} == {"mediators_statement"}
    assert kinds["2022-10-06_prague_eu"] == "joint_statement"


# ---- the November round ------------------------------------------------------------------------------------


def test_what_was_announced_stands_beside_what_came_of_it():
    scene = announced.november_round()
    state = scene.state()
    assert_sound(scene, state)
    days = {row["meeting_id"]: row["date_start"] for row in rows("meetings")}
    for row in rows("announced_rounds"):
        day, kind = days[row["meeting_id"]], row["came_of_it"]
        assert (kind == "held") == (row["due_from"] <= day <= row["due_to"] and kind != "called_off")
        when = datetime.date.fromisoformat(day)
        when = f"{when.day} {when:%B %Y}"
        told = f"set for {when}, and called off" if kind == "called_off" else f"{announced.CAME[kind][0]}, on {when}"
        assert f"{row['title']}: {told}." in state.reading
        assert row["meeting_id"] in marks(state.figure)
    called_off = [row["meeting_id"] for row in rows("announced_rounds") if row["came_of_it"] == "called_off"]
    kinds = {row["meeting_id"]: row["outcome_kind"] for row in PERIOD}
    assert {kinds[one] for one in called_off} == {"cancelled"}


@pytest.mark.parametrize("row", rows("announced_rounds"), ids=lambda row: row["round_id"])
def test_each_announcement_can_be_followed(row):
    state = announced.november_round().state(followed=row["round_id"])
    assert_sound(announced.november_round(), state)
    assert state.aside.title == row["title"]
    assert row["told"] in state.aside.items


def test_both_sides_say_why_the_round_was_called_off():
    (panel,) = announced.november_round().state().panels
    told = [row for row in rows("event_accounts") if row["event_id"] == "brussels_cancelled_2022"]
    for column, side in ((panel.left, "armenia"), (panel.right, "azerbaijan")):
        assert [one.text for one in column.statements] == [row["account"] for row in told if row["side"] == side]
    assert panel.open


# ---- who met whom ------------------------------------------------------------------------------------------

PERIODS = {
    "early": ("1992-03-24", "1997-02-13"),
    "cochairs": ("1997-02-14", "2020-11-08"),
    "after": (CEASEFIRE, "2022-12-31"),
}


@pytest.mark.parametrize("period", PERIODS)
def test_each_pair_is_counted_as_often_as_it_met(period):
    scene = who_met.who_met_whom()
    state = scene.state(period=period)
    assert_sound(scene, state)
    first, last = PERIODS[period]
    met = [
        present(row["meeting_id"])
        for row in HELD
        if first <= row["date_start"] <= last and row["contact"] == "together"
    ]
    table = who_met.together(state.rows)
    for one in who_met.ACTORS:
        for other in who_met.ACTORS:
            assert table.at[one, other] == sum({one, other} <= there for there in met)
    both = sum({"armenia", "azerbaijan"} <= there for there in met)
    assert f"at one table {both} times" in state.reading


def test_the_three_cochairs_begin_on_the_day_that_the_table_gives():
    assert "1997-02-14_not_applicable_minsk" in {row["meeting_id"] for row in PERIOD}


def test_a_pair_opens_the_meetings_at_which_both_were():
    card = who_met.card("eu/armenia")
    both = [row for row in HELD if {"eu", "armenia"} <= present(row["meeting_id"]) and row["contact"] == "together"]
    assert f"{len(both)} meetings" in card.date
    with pytest.raises(KeyError):
        who_met.card("eu/nk_authorities")
