"""Chapter 1: its functions over their control grids, and its readings against counts made without our code."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise, product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.raw import ids, rows
from utils import claims, events, names, tables, theme
from utils.chapters import history
from utils.chapters.history import april, deaths, economy, exercises, first, long_line, principles
from utils.scenes import TooManyStates
from utils.scenes.scene import state_json
from utils.stacking import stack

YEARS = [(low, high) for low in range(1988, 2023) for high in range(low, 2023)]
FIGHTING, TALKS = {"war", "clash"}, {"ceasefire", "agreement", "mediation"}


def start_year(row: dict) -> int:
    return int(row["date_start"][:4])


def every_scene():
    return [
        history.timeline(),
        deaths.draw_first(),
        history.april_2016(),
        principles.plan_on_the_table(),
        history.money_and_arms(),
    ]


def assert_sound(scene, state) -> None:
    """What must hold of every state: no error, a figure of known colours, a reading, sources that resolve.

    A chart is missing only where the scene has none, or where there are no rows: a gate is closed.
    """
    assert state.error == ""
    assert scene.figure is None or state.figure is not None or state.rows.empty
    assert state.reading.endswith((".", "!", "?"))
    assert not re.search(r"\bnan\b|NaT|None|<NA>", state.reading), state.reading
    known = {row["source_id"] for row in rows("sources")}
    assert set(state.source_ids) <= known
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}\b", state_json(scene, state)))
    assert colours <= set(theme.swaps()), "a colour without a dark twin"


# ---- the long line -----------------------------------------------------------------------------------------


def expected_events(years: tuple[int, int], detail: str) -> list[dict]:
    return [
        row
        for row in rows("events")
        if years[0] <= start_year(row) <= years[1] and int(row["importance"]) <= int(detail)
    ]


@pytest.mark.parametrize("detail", ["1", "2", "3"])
def test_every_range_of_years_shows_the_events_that_start_in_it(detail):
    lanes = tuple(events.LANES)
    for years in YEARS:
        shown = long_line.select_events(years, lanes, detail)
        assert sorted(shown["event_id"]) == sorted(row["event_id"] for row in expected_events(years, detail))


@pytest.mark.parametrize("detail", ["1", "2", "3"])
def test_the_timeline_is_sound_and_draws_each_event_once(detail):
    scene = history.timeline()
    for years in [*YEARS[::17], (1988, 1988), (2003, 2003), (2022, 2022), (1988, 2022)]:
        state = scene.state(years=years, detail=detail)
        expected = expected_events(years, detail)
        assert_sound(scene, state)
        ticks = [trace for trace in state.figure.data if trace.name == "leaders' meeting"]
        marks = [trace for trace in state.figure.data if trace not in ticks]
        assert sum(len(trace.x) for trace in marks) == len(expected)
        assert [len(trace.x) for trace in ticks] == [
            sum(years[0] <= day.year <= years[1] for day in leaders_days_by_hand())
        ]
        if expected:
            assert (
                f"tell {sum(row['contested'] == 'yes' for row in expected) or 'none'} of them differently"
                in state.reading
            )


def test_each_lane_holds_its_kinds_and_the_reading_counts_them():
    scene = history.timeline()
    for lanes in scene.controls[2].states():
        state = scene.state(years=(1988, 2022), detail="3", lanes=lanes)
        assert_sound(scene, state)
        found = Counter(state.rows["lane"])
        kinds = [row["kind"] for row in rows("events") if 1988 <= start_year(row) <= 2022]
        expected = {
            "fighting": sum(kind in FIGHTING for kind in kinds),
            "talks": sum(kind in TALKS for kind in kinds),
            "society": sum(kind not in FIGHTING | TALKS for kind in kinds),
        }
        assert dict(found) == {lane: expected[lane] for lane in lanes}
        assert all(f"{expected[lane]} in “{events.LANES[lane]}”" in state.reading for lane in lanes)


def leaders_days_by_hand() -> list[date]:
    """Days on which leaders of both sides met, by the standard library alone."""
    met = set()
    for row in rows("meetings"):
        present = {one["actor_id"] for one in rows("meeting_participants") if one["meeting_id"] == row["meeting_id"]}
        together = row["contact"] == "together"
        if row["level"] == "leaders" and together and {"armenia", "azerbaijan"} <= present:
            met.add(date.fromisoformat(row["date_start"]))
    return sorted(met)


@pytest.mark.parametrize("years", [(1988, 2022), (1994, 2020), (2000, 2010), (2010, 2016), (2021, 2022)])
def test_the_longest_pause_is_the_longest_of_all_pauses(years):
    days = [day for day in leaders_days_by_hand() if years[0] <= day.year <= years[1]]
    pauses = {(later - earlier).days: (earlier, later) for earlier, later in pairwise(days)}
    gap = long_line.longest_gap(years)
    assert gap["days"] == max(pauses)
    assert (gap["start"].date(), gap["end"].date()) == pauses[max(pauses)]


def test_no_pause_is_claimed_where_fewer_than_two_meetings_are_known():
    assert long_line.longest_gap((1988, 1990)) is None
    assert "fewer than two" in history.timeline().state(years=(1990, 1992)).reading


@given(st.lists(st.integers(0, 4000), max_size=60), st.integers(1, 400))
def test_stacked_marks_on_one_level_keep_their_distance(offsets, apart):
    days = pd.Series(pd.Timestamp(1990, 1, 1) + pd.to_timedelta(sorted(offsets), unit="D"))
    levels = stack(days, apart)
    assert len(levels) == len(days)
    for level in set(levels):
        on_level = [day for day, its in zip(days, levels, strict=True) if its == level]
        assert all((later - earlier).days >= apart for earlier, later in pairwise(on_level))


@pytest.mark.parametrize("years", [(1988, 2020), (1988, 2022), (1994, 2020), (2016, 2022), (2020, 2022), (2020, 2020)])
def test_labels_in_a_lane_do_not_touch_on_the_narrowest_chart(years):
    shown = long_line.select_events(years, tuple(events.LANES), "3")
    start, end = long_line.edges(years)
    for _, lane in long_line.landmark_labels(shown, years).groupby("lane"):
        spots = []
        for row in lane.itertuples():
            mark, width = 480 * (row.date_start - start) / (end - start), len(row.short_title) * 6.8
            left = mark - width * {"center": 0.5, "right": 1, "left": 0}[row.anchor]
            spots.append((left, left + width))
        assert all(left >= 0 and right <= 480 for left, right in spots)
        assert all(right <= left for (_, right), (left, _) in pairwise(sorted(spots)))


def test_every_event_opens_a_card_and_every_contested_one_has_both_accounts():
    scene = history.timeline()
    for row in rows("events"):
        card = scene.card(row["event_id"])
        assert card.title == row["title"]
        assert set(ids(row["source_ids"])) <= set(card.all_source_ids())
        if row["contested"] == "yes":
            (panel,) = card.panels
            assert (panel.left.title, panel.right.title) == ("Armenian accounts", "Azerbaijani accounts")
            assert panel.left.statements and panel.right.statements
        else:
            assert card.panels == ()


# ---- draw it first -----------------------------------------------------------------------------------------


def deaths_by_hand(year: int) -> int:
    return sum(int(row["deaths"]) for row in rows("deaths_monthly") if row["month"].startswith(str(year)))


def test_nothing_is_given_away_before_the_guess():
    scene = deaths.draw_first()
    state = scene.state()
    assert state.rows.empty
    assert state.source_ids == []
    assert [trace.name for trace in state.figure.data] == ["your curve"]
    peak = max(deaths_by_hand(year) for year in range(1995, 2020))
    assert str(peak) not in state_json(scene, state)


def test_the_counts_are_the_sums_of_the_months_and_the_years_above_the_threshold():
    state = deaths.draw_first().state(seen="skipped")
    for row in state.rows.itertuples():
        assert row.deaths_single_month == deaths_by_hand(row.year)
        above = sum(int(one["deaths"]) for one in rows("deaths_yearly") if one["year"] == str(row.year))
        assert (0 if pd.isna(row.deaths_above_threshold) else row.deaths_above_threshold) == above
    assert (state.rows["year"].min(), state.rows["year"].max()) == (1995, 2019)


@given(
    st.lists(st.integers(0, 40).map(lambda n: n * 5), min_size=5, max_size=5),
    st.sampled_from(["", "answered", "skipped"]),
)
def test_any_curve_gets_a_sound_answer(guess, seen):
    scene = deaths.draw_first()
    assert_sound(scene, scene.state(guess=guess, seen=seen))


def test_the_reading_names_the_handle_that_is_furthest_off():
    guess = tuple(5 * round(deaths_by_hand(int(year)) / 5) for year in deaths.HANDLES)
    off = (*guess[:2], 200, *guess[3:])
    reading = deaths.draw_first().state(guess=off, seen="answered").reading
    assert f"furthest off in {deaths.HANDLES[2]}: {200 - deaths_by_hand(int(deaths.HANDLES[2]))} above" in reading


def test_so_many_curves_cannot_be_listed():
    with pytest.raises(TooManyStates):
        deaths.draw_first().states()


# ---- April 2016 --------------------------------------------------------------------------------------------


def test_every_view_of_april_2016_is_sound_and_shows_each_claim_once():
    scene = history.april_2016()
    for state in scene.states():
        assert_sound(scene, state)
        claims = [
            row
            for row in rows("casualty_claims")
            if row["episode_id"] == "april_2016" and row["category"] == state.settings["category"]
        ]
        assert sorted(state.rows["claim_id"]) == sorted(row["claim_id"] for row in claims)
        drawn = [key for trace in state.figure.data if trace.customdata is not None for key in trace.customdata]
        assert sorted(drawn) == sorted(row["claim_id"] for row in claims if row["figure"])


def test_only_counts_by_others_than_the_sides_and_their_media_are_filled():
    of_a_side = {
        names.actor(one) for one in ("armenia", "nk_authorities", "azerbaijan", "armenian_media", "azerbaijani_media")
    }
    for category in april.CATEGORIES:
        for trace in history.april_2016().state(category=category, months=False).figure.data:
            assert trace.marker.symbol.endswith("-open") == (trace.name in of_a_side), trace.name


@pytest.mark.parametrize("category", ["military_killed", "civilian_killed", "wounded"])
def test_the_reading_gives_each_sides_range_with_its_outer_ends(category):
    reading = history.april_2016().state(category=category).reading
    makers = {"Armenian officials": ("armenia", "nk_authorities"), "Azerbaijani officials": ("azerbaijan",)}
    for harmed, (maker, claimants) in product(("armenian", "azerbaijani"), makers.items()):
        ends = [
            int(row[column])
            for row in rows("casualty_claims")
            for column in ("figure_low", "figure", "figure_high")
            if row["episode_id"] == "april_2016"
            and (row["category"], row["side_harmed"]) == (category, harmed)
            and row["claimed_by"] in claimants
            and row[column]
        ]
        if ends:
            span = f"{min(ends):,}" if min(ends) == max(ends) else f"{min(ends):,} to {max(ends):,}"
            assert f"{span} by {maker}" in reading


def test_the_month_is_ucdps_for_both_countries():
    expected = sum(int(row["deaths"]) for row in rows("deaths_monthly") if row["month"] == "2016-04")
    assert f"UCDP counts {expected} deaths" in history.april_2016().state().reading


def test_every_claim_opens_a_card():
    for row in rows("casualty_claims"):
        if row["episode_id"] == "april_2016" and row["figure"]:
            card = claims.card(row["claim_id"])
            assert f"{int(row['figure']):,}" in card.title
            assert card.source_ids


# ---- the plan on the table ---------------------------------------------------------------------------------


def test_no_position_is_shown_before_its_element_is_guessed():
    scene = principles.plan_on_the_table()
    assert scene.state().rows.empty
    state = scene.state(guesses=("", "armenia", "", "", "", ""))
    assert set(state.rows["number"]) == {2}
    assert len(state.panels) == 1


def test_every_pattern_of_guesses_is_sound_and_opens_just_those():
    scene = principles.plan_on_the_table()
    for guesses in product(("", "alike"), ("", "armenia"), ("", "azerbaijan"), ("",), ("", "alike"), ("", "armenia")):
        state = scene.state(guesses=guesses)
        assert_sound(scene, state)
        assert set(state.rows["number"]) == {i for i, guess in enumerate(guesses, start=1) if guess}


def test_both_sides_speak_on_every_element_with_speakers_dates_and_roughly_equal_space():
    state = principles.plan_on_the_table().state(seen="answered")
    assert len(state.panels) == 6
    for panel in state.panels:
        assert (panel.left.title, panel.right.title) == ("Armenia", "Azerbaijan")
        sizes = [sum(len(one.text) for one in column.statements) for column in (panel.left, panel.right)]
        assert max(sizes) <= 1.5 * min(sizes)
        assert all(one.date and one.source_ids for column in (panel.left, panel.right) for one in column.statements)


def test_all_that_was_said_was_said_before_the_war_of_2020():
    assert principles.select_positions(("",) * 6, "answered")["from_date"].max() < pd.Timestamp("2020-09-27")


def test_the_reading_counts_statements_and_names_what_could_not_be_judged():
    number = {row["principle_id"]: int(row["number"]) for row in rows("principles")}
    said = [row for row in rows("positions") if row["issue_id"] in number]
    early = sum(row["from_date"] < "2009-07-10" for row in said)
    reading = principles.plan_on_the_table().state(seen="answered").reading
    assert f"6 elements opened, with {len(said)} statements" in reading
    assert f"{early} of them came before" in reading
    judged = {(number[row["issue_id"]], row["actor_id"]) for row in said if row["nearness"]}
    for side, name in (("armenia", "Armenia"), ("azerbaijan", "Azerbaijan")):
        unknown = [n for n in range(1, 7) if (n, side) not in judged]
        assert (f"What {name} said on element" in reading) == bool(unknown)


def test_every_judged_statement_stands_on_the_chart_with_its_year():
    figure = principles.plan_on_the_table().state(seen="answered").figure
    drawn = {(trace.name, year) for trace in figure.data for text in trace.text for year in text.split(", ")}
    names_of = {"armenia": "Armenia", "azerbaijan": "Azerbaijan"}
    assert drawn == {(names_of[row["actor_id"]], row["from_date"][:4]) for row in rows("positions") if row["nearness"]}


# ---- money and arms ----------------------------------------------------------------------------------------


def macro_by_hand(country: str, year: int, indicator: str) -> float:
    (row,) = (
        r for r in rows("macro") if (r["country_id"], r["year"], r["indicator"]) == (country, str(year), indicator)
    )
    return float(row["value"])


def test_every_view_of_the_economy_is_sound():
    scene = history.money_and_arms()
    first, last = economy.common_years()
    for years in [(first, last), (first, first), (last, last), (2005, 2015), (2010, 2011)]:
        for scale, budget in product(economy.SCALES, economy.BUDGETS):
            assert_sound(scene, scene.state(years=years, scale=scale, budget=budget))


def test_military_dollars_are_the_share_times_the_gdp():
    for row in economy.select_economy(economy.common_years()).itertuples():
        gdp = macro_by_hand(row.country_id, row.year, "gdp_current_usd")
        share = macro_by_hand(row.country_id, row.year, "milex_share_gdp_wdi")
        assert row.military_usd == pytest.approx(gdp * share / 100 / 1e6)
        assert row.gdp_usd == pytest.approx(gdp / 1e9)


def test_an_index_starts_both_countries_at_a_hundred():
    figure = history.money_and_arms().state(scale="index").figure
    assert [trace.y[0] for trace in figure.data] == [100, 100, 100, 100]


def test_the_two_scales_tell_different_things():
    scene = history.money_and_arms()
    first, last = economy.common_years()
    ratio = macro_by_hand("azerbaijan", last, "gdp_current_usd") / macro_by_hand("azerbaijan", first, "gdp_current_usd")
    assert f"{ratio:.1f} times in Azerbaijan its level of {first}" in scene.state(scale="index").reading
    assert f"In {last} " in scene.state(scale="dollars").reading


# ---- which came first ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("guess", ["", *first.GUESSES])
@pytest.mark.parametrize("seen", ["answered", "skipped"])
def test_the_order_of_ceasefire_and_mediators_is_that_of_the_events(guess, seen):
    scene = first.first_or_trio()
    state = scene.state(guess=guess, seen=seen)
    assert_sound(scene, state)
    years = {row["event_id"]: start_year(row) for row in rows("events")}
    early, late = years["truce_1994"], years["minsk_cochairs_1997"]
    assert state.reading.startswith("The ceasefire came first") == (early < late)
    assert f"by {late - early} years: the ceasefire took effect in {early}," in state.reading
    assert f"co-chairs together in {late}." in state.reading
    guessed = {"ceasefire": 1, "trio": 1, "together": 2}.get(guess, 0) if seen == "answered" else 0
    assert [note.text for note in state.figure.layout.annotations] == ["your guess"] * guessed
    assert ("Your guess" in state.reading) == (seen == "answered" and guess != "")


def test_the_reading_follows_the_events_when_their_order_is_another(monkeypatch):
    moment = first.events.moment
    monkeypatch.setattr(first.events, "moment", lambda one: moment("truce_1994" if one == first.TRIO else one))
    assert first.first_or_trio().state(seen="skipped").reading.startswith("Both came in one year: ")
    monkeypatch.setattr(
        first.events,
        "moment",
        lambda one: moment("bishkek_protocol_1994" if one == first.CEASEFIRE else "minsk_conference_1992"),
    )
    assert (
        first.first_or_trio().state(seen="skipped").reading.startswith("The three mediators came first, by 2 years: ")
    )


def test_nothing_is_shown_before_the_guess():
    state = first.first_or_trio().state(guess="trio")
    assert (state.error, state.figure, len(state.rows)) == ("", None, 0)
    assert not re.search(r"\d", state.reading)


# ---- the exercises -----------------------------------------------------------------------------------------


def deadly_by_hand() -> list[int]:
    return [year for year in range(1995, 2020) if deaths_by_hand(year) >= 25]


def test_answers_are_computed_from_the_tables():
    assert exercises.deadly_years() == set(deadly_by_hand())
    days = [day for day in leaders_days_by_hand() if 1994 <= day.year <= 2020]
    assert exercises.pause_before_war() == max((b - a).days for a, b in pairwise(days))


def test_the_right_order_is_that_of_the_dates():
    dates = {row["title"]: row["date_start"] for row in rows("events")}
    cards = history.order_cards()["title"]
    assert list(cards) == sorted(cards)
    in_order = [dates[cards[letter]] for letter in exercises.right_order()]
    assert in_order == sorted(in_order) and len(in_order) == 8


@pytest.mark.parametrize(
    "form",
    [list, tuple, set, pd.Series, lambda years: ", ".join(map(str, years)), lambda years: [float(y) for y in years]],
)
def test_right_years_are_right_in_any_form(form):
    assert history.check("ex01_deadly_years", form(deadly_by_hand())).status == "right"


def test_feedback_says_what_is_off():
    years = deadly_by_hand()
    assert "1 year missing" in history.check("ex01_deadly_years", years[:-1]).text.lower()
    assert "not in the truce years" in history.check("ex01_deadly_years", [*years, 2020]).text
    assert "one day off" in history.check("ex01_gap", exercises.pause_before_war() + 1).text.lower()
    assert "days" in history.check("ex01_gap", 2).text
    order = exercises.right_order()
    swapped = order[:2] + order[3] + order[2] + order[4:]
    assert "first 2 cards stand right" in history.check("ex01_order", swapped).text


def test_an_unknown_exercise_gets_a_sentence():
    assert "no exercise of that name" in history.check("ex99", 1).text


def test_feedback_never_holds_the_answer_of_a_wrong_try():
    solved = exercises.pause_before_war()
    assert str(solved) not in history.check("ex01_gap", 5000).text
    assert str(max(deadly_by_hand())) not in history.check("ex01_deadly_years", [1996]).text


def test_an_edited_table_changes_the_answer(monkeypatch):
    real = tables.load

    def edited(name):
        table = real(name)
        return table.assign(deaths=0) if name == "deaths_monthly" else table

    monkeypatch.setattr(tables, "load", edited)
    assert exercises.deadly_years() == frozenset()
    assert history.check("ex01_deadly_years", deadly_by_hand()).status == "not yet"


def test_every_scene_has_its_own_id_and_names_its_first_column():
    scenes = every_scene()
    assert len({scene.id for scene in scenes}) == len(scenes)
    for scene in scenes:
        state = scene.state(**({"seen": "skipped"} if "seen" in scene.start else {}))
        assert set(scene.columns) <= set(state.rows.columns)
