"""Chapter 2, the days of the war: over every week and lane, against counts made without our code."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils import tables
from utils.chapters.war import calendar, days, days_chart, truces
from utils.scenes.scene import state_json

FIRST, LAST = date(2020, 9, 27), date(2020, 11, 10)
WEEKS = {"all": (FIRST, LAST)} | {
    str(n + 1): (FIRST + timedelta(7 * n), min(FIRST + timedelta(7 * n + 6), LAST)) for n in range(7)
}
TRUCES = {"moscow_truce_2020", "truce_18_october_2020", "truce_26_october_2020"}
FOUGHT = {"war", "clash"}
EVERY = ("fighting", "strikes", "talks")


def lane_by_hand(row: dict) -> str:
    if row["event_id"] in TRUCES:
        return "truces"
    if row["event_id"] in calendar.STRIKES:
        return "strikes"
    return "fighting" if row["kind"] in FOUGHT else "talks"


def events_by_hand(week: str, lanes=EVERY) -> list[dict]:
    first, last = WEEKS[week]
    return [
        row
        for row in rows("events")
        if first <= date.fromisoformat(row["date_start"]) <= last and lane_by_hand(row) in (*lanes, "truces")
    ]


def deaths_by_hand(month: str) -> int:
    return sum(int(row["deaths"]) for row in rows("deaths_monthly") if row["month"] == month)


def months_by_hand(week: str) -> list[str]:
    first, last = WEEKS[week]
    return sorted({f"{day:%Y-%m}" for day in (first, last)} | ({"2020-10"} if week == "all" else set()))


def marks(state) -> list:
    return [trace for trace in state.figure.data if trace.customdata is not None]


def test_the_weeks_follow_one_another_from_the_first_day_to_the_ceasefire():
    assert {week: (first.date(), last.date()) for week, (first, last) in calendar.weeks().items()} == WEEKS


def test_every_week_and_choice_of_lanes_is_sound_and_draws_each_event_once_and_each_truce_for_both_sides():
    scene = days.war_in_days()
    for state in scene.states():
        assert_sound(scene, state)
        assert not re.search(r"\bnan\b|NaT|<NA>", state_json(scene, state))
        week, lanes = state.settings["week"], state.settings["lanes"]
        expected = [row["event_id"] for row in events_by_hand(week, lanes)]
        months = [f"ucdp_{month}" for month in months_by_hand(week)]
        assert sorted(state.rows["key"]) == sorted(expected + months)
        drawn = [key for trace in marks(state) for key in trace.customdata]
        twice = [one for one in expected if one in TRUCES]
        assert sorted(drawn) == sorted(expected + months + twice)


def test_the_reading_counts_the_events_of_each_lane_and_the_towns_of_each_side():
    scene = days.war_in_days()
    for week in WEEKS:
        reading = scene.state(week=week).reading
        found = [lane_by_hand(row) for row in events_by_hand(week)]
        for lane, name in calendar.LANES.items():
            assert f"{found.count(lane) or 'none'} in “{name}”" in reading
        for side in ("armenian", "azerbaijani"):
            struck = sum(calendar.STRIKES.get(row["event_id"]) == side for row in events_by_hand(week))
            assert (f"{struck} on the {side.capitalize()} side" in reading) == bool(struck)


def test_strikes_are_events_of_the_war_and_none_is_left_out():
    by_id = {row["event_id"]: row for row in rows("events")}
    assert set(calendar.STRIKES) <= set(by_id)
    assert set(calendar.LABELS) <= set(by_id)
    words = re.compile(r"strike|missile|rocket|cluster|shell", re.IGNORECASE)
    told = {row["event_id"] for row in events_by_hand("all") if row["kind"] == "war" and words.search(row["title"])}
    assert told == set(calendar.STRIKES)
    assert set(calendar.STRIKES.values()) == {"armenian", "azerbaijani"}
    azerbaijani = {"ganja", "barda", "tartar", "mingachevir"}
    for event_id, side in calendar.STRIKES.items():
        assert (side == "azerbaijani") == bool(azerbaijani & set(ids(by_id[event_id]["place_ids"])))


# ---- truces ------------------------------------------------------------------------------------------------


def test_the_strip_carries_both_sides_minutes_of_every_truce():
    assert {row["event_id"] for row in rows("truces")} == TRUCES
    state = days.war_in_days().state()
    for side in ("armenian", "azerbaijani"):
        (trace,) = [one for one in state.figure.data if one.name == days_chart.REPORTED[side]]
        assert trace.marker.symbol == {"armenian": "circle-open", "azerbaijani": "square-open"}[side]
        shown = dict(zip(trace.customdata, trace.text, strict=True))
        for row in rows("truces"):
            minutes = row[f"{side}_report_minutes"]
            text = shown[row["event_id"]].strip()
            if not minutes:
                assert text == "untimed"
                assert truces.NO_TIME in next(
                    t for t, k in zip(trace.hovertext, trace.customdata, strict=True) if k == row["event_id"]
                )
            else:
                assert minutes_of(text) == int(minutes)


def minutes_of(text: str) -> int:
    """Read "3 h 20 min" back."""
    if text == "at once":
        return 0
    hours, rest = re.fullmatch(r"(?:(\d+) h)? ?(?:(\d+) min)?", text).groups(default="0")
    return int(hours) * 60 + int(rest)


def test_the_lines_stand_at_the_hour_from_which_each_truce_was_in_force():
    figure = days.war_in_days().state().figure
    lines = {pd.Timestamp(shape.x0) for shape in figure.layout.shapes if shape.x0 == shape.x1}
    assert lines == {pd.Timestamp(row["in_force_from"]) for row in rows("truces")}


def test_the_reading_gives_the_minutes_of_both_sides():
    for week in WEEKS:
        began = [row for row in rows("truces") if row["event_id"] in {one["event_id"] for one in events_by_hand(week)}]
        reading = days.war_in_days().state(week=week).reading
        assert ("No truce began" in reading) == (not began)
        assert ("October 2020); the Armenian side reported" in reading) == bool(began)
        for side in ("armenian", "azerbaijani"):
            for row in began:
                minutes = row[f"{side}_report_minutes"]
                assert (truces.delay(int(minutes)) if minutes else truces.NO_TIME) in reading


def test_a_truces_card_sets_both_reports_side_by_side_and_tells_the_terms():
    for row in rows("truces"):
        card = days.war_in_days().card(row["event_id"])
        panel = card.panels[0]
        assert [column.title for column in (panel.left, panel.right)] == [
            "Reported by the Armenian side",
            "Reported by the Azerbaijani side",
        ]
        texts = [column.statements[0].text for column in (panel.left, panel.right)]
        assert texts == [row["armenian_report"], row["azerbaijani_report"]]
        assert max(map(len, texts)) <= 1.6 * min(map(len, texts))
        assert ("Agreed", row["terms"]) in card.facts
        assert set(ids(row["source_ids"])) <= set(card.all_source_ids())


def test_beside_the_chart_stands_what_each_truce_provided():
    scene = days.war_in_days()
    for week in WEEKS:
        began = {row["event_id"] for row in events_by_hand(week)} & TRUCES
        aside = scene.state(week=week).aside
        terms = [
            row["terms"]
            for row in sorted(rows("truces"), key=lambda row: row["in_force_from"])
            if row["event_id"] in began
        ]
        assert [item.split(": ", 1)[1] for item in aside.items] == terms
        assert aside.empty


def test_an_event_that_is_no_truce_has_no_card_of_one():
    with pytest.raises(KeyError):
        truces.card_of_truce("war_begins_2020")


@pytest.mark.parametrize(
    ("minutes", "long", "short"),
    [
        (0, "at once", "at once"),
        (1, "1 minute", "1 min"),
        (5, "5 minutes", "5 min"),
        (119, "119 minutes", "119 min"),
        (120, "2 hours", "2 h"),
        (200, "3 hours and 20 minutes", "3 h 20 min"),
        (pd.NA, "no minute given", "untimed"),
    ],
)
def test_a_delay_is_told_in_the_unit_that_fits(minutes, long, short):
    assert truces.delay(minutes) == long
    assert days_chart.short_delay(long) == short


# ---- UCDP's months -----------------------------------------------------------------------------------------


def test_the_months_are_ucdps_for_both_countries_and_the_chart_calls_them_a_floor():
    year = sum(int(row["deaths"]) for row in rows("deaths_yearly") if row["year"] == "2020")
    for week in WEEKS:
        state = days.war_in_days().state(week=week)
        months = months_by_hand(week)
        (bars,) = [trace for trace in state.figure.data if trace.type == "bar"]
        assert dict(zip(bars.customdata, bars.y, strict=True)) == {f"ucdp_{one}": deaths_by_hand(one) for one in months}
        assert "floor" in state.figure.layout.yaxis2.title.text
        assert f"UCDP dates {sum(map(deaths_by_hand, months)):,} deaths within" in state.reading
        assert "a floor" in state.reading
        assert f"for the whole year 2020 it counts {year:,}." in state.reading


def test_each_bar_is_as_wide_as_its_month():
    (bars,) = [trace for trace in days.war_in_days().state().figure.data if trace.type == "bar"]
    assert [width / 86_400_000 for width in bars.width] == [30, 31, 30]


def test_every_key_opens_a_card():
    scene = days.war_in_days()
    for row in scene.state().rows.itertuples():
        card = scene.card(row.key)
        assert card.title and card.date and card.all_source_ids()
        assert not re.search(r"\bnan\b|NaT|<NA>", str(card))
    for row in events_by_hand("all"):
        if row["contested"] == "yes":
            assert all(
                column.statements
                for panel in scene.card(row["event_id"]).panels
                for column in (panel.left, panel.right)
            )
    with pytest.raises(KeyError):
        scene.card("ucdp_1066-10")


# ---- layout ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("week", WEEKS)
def test_labels_in_a_lane_do_not_touch_on_the_narrowest_chart(week):
    start, end = days_chart.edges(week)
    shown = calendar.select_days(week, EVERY)
    for lane in EVERY:
        some = days_chart.placed(shown[shown["lane"] == lane], week)
        for _, level in some.groupby("level"):
            spots = []
            for row in level.itertuples():
                mark = days_chart.NARROWEST * ((row.moment - start) / (end - start))
                width = len(row.label) * days_chart.LETTER
                left, right = (mark - 6, mark + 12 + width) if row.right else (mark - 12 - width, mark + 6)
                spots.append((left, right))
                assert left >= -1 and right <= days_chart.NARROWEST + 1, row.label
            assert all(right <= left for (_, right), (left, _) in pairwise(sorted(spots)))


# ---- made tables -------------------------------------------------------------------------------------------


def edited(monkeypatch, **changes):
    """Let `tables.load` give edited tables: name to a function of the real one."""
    real = tables.load
    monkeypatch.setattr(tables, "load", lambda name: changes[name](real(name)) if name in changes else real(name))


def test_the_words_follow_the_tables(monkeypatch):
    minutes = {
        "armenian_report_minutes": pd.array([pd.NA, 0, 90], "Int64"),
        "azerbaijani_report_minutes": pd.array([200, 1, 3], "Int64"),
    }
    edited(
        monkeypatch,
        truces=lambda table: table.sort_values("in_force_from").assign(**minutes),
        deaths_monthly=lambda table: table.assign(note=float("nan"), deaths=2),
        deaths_yearly=lambda table: table.assign(deaths=1),
    )
    state = days.war_in_days().state()
    assert state.error == ""
    assert "reported a breach by the other with no minute given, at once and after 90 minutes, the" in state.reading
    assert "after 3 hours and 20 minutes, 1 minute and 3 minutes" in state.reading
    assert "UCDP dates 12 deaths within single months from September to November 2020; for" in state.reading
    assert "counts 2." in state.reading
    assert "floor" not in state.figure.layout.yaxis2.title.text + state.reading


def test_a_truce_without_any_time_says_so(monkeypatch):
    edited(
        monkeypatch,
        truces=lambda table: table.assign(azerbaijani_report_minutes=pd.array([pd.NA] * len(table), "Int64")),
    )
    assert "the Azerbaijani side with no minute given." in days.war_in_days().state().reading


def test_text_of_the_tables_is_no_markup_on_the_chart(monkeypatch):
    edited(monkeypatch, events=lambda table: table.assign(title="<b>A & B</b>", short_title="<i>C</i>"))
    text = " ".join(
        word
        for trace in days.war_in_days().state().figure.data
        for word in (*(trace.hovertext or ()), *(trace.text or ()))
    )
    assert "<b>" not in text and "<i>" not in text
    assert "&lt;b>A &amp; B" in text
