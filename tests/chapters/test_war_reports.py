"""Chapter 2, three reports on one incident: who, when, for whom, with what access; guessed before the texts are read."""

from __future__ import annotations

import json
import re

import pytest

from tests.raw import ids, rows
from utils.chapters import war
from utils.chapters.war import reports

EVERY = list(reports.STRIKES)


def of(id: str) -> list[dict]:
    """Return the rows of an incident in the order of the letters: Armenian, Azerbaijani, from outside."""
    some = [row for row in rows("incident_reports") if row["event_id"] == reports.STRIKES[id]]
    return sorted(some, key=lambda row: row["speaks_for"] or "z")


def test_one_strike_on_each_sides_towns_stands_in_order_of_time():
    found = {row["event_id"] for row in rows("incident_reports")}
    assert set(reports.STRIKES.values()) == found
    first = {row["event_id"]: row["date_start"] for row in rows("events")}
    days = [first[event] for event in reports.STRIKES.values()]
    assert days == sorted(days)
    towns = {row["event_id"]: row["place_ids"] for row in rows("events")}
    assert [towns[event].split("|")[0] for event in reports.STRIKES.values()] == ["khankendi_stepanakert", "ganja"]


@pytest.mark.parametrize("id", EVERY)
def test_before_the_guesses_only_who_and_when_reach_the_page(id):
    view = reports.three_reports(id).show()
    told = json.loads(view.state)
    for row in of(id):
        assert row["author"] in view.state
        for part in re.findall(r"\w+(?:\W+\w+){3}", row["text"]):
            assert part not in view.state or part in row["author"]
        assert row["access_detail"] not in view.state
    (event,) = (row for row in rows("events") if row["event_id"] == reports.STRIKES[id])
    assert event["title"] not in view.state, "a title may hold what the reports dispute"
    words = f"{view.question} {told['panels'][0]['title']}".casefold()
    assert not re.search(r"kill|dead|died|cluster|missile", words)
    assert told["table"]["rows"] == []
    assert told["sources"] == []


@pytest.mark.parametrize("id", EVERY)
def test_the_texts_open_with_access_and_audience_in_three_columns(id):
    state = reports.three_reports(id).scene.state(seen="answered")
    (panel,) = state.panels
    for column, row in zip((panel.left, panel.right, panel.below), of(id), strict=True):
        text, about = column.statements
        assert text.text == row["text"]
        assert row["access_detail"] in about.text
        assert row["audience_detail"] in about.text
        assert text.source_ids == tuple(ids(row["source_ids"]))


@pytest.mark.parametrize("id", EVERY)
@pytest.mark.parametrize(
    ("name", "column", "value"), [("spot", "access", "on_the_spot"), ("fired", "says_who_fired", "yes"), ("limits", "names_limits", "yes")]
)  # fmt: skip
def test_what_the_texts_hold_is_read_from_their_rows(id, name, column, value):
    letters = [letter for letter, row in zip("abc", of(id), strict=True) if row[column] == value]
    expected = letters[0] if len(letters) == 1 else "several" if letters else "none"
    assert reports.asked(reports.STRIKES[id]).answers[name][0] == expected


@pytest.mark.parametrize("id", EVERY)
def test_the_guesses_that_met_the_texts_are_counted(id):
    right = {name: option for name, (option, _) in reports.asked(reports.STRIKES[id]).answers.items()}
    scene = reports.three_reports(id).scene
    all_met = scene.state(guesses=(*right.values(), "a"), seen="answered")
    assert all_met.reading.startswith("3 of your 3 guesses")
    wrong = next(one for one in reports.OPTIONS if one != right["spot"])
    one_met = scene.state(guesses=(wrong, right["fired"], "", "b"), seen="answered")
    assert one_met.reading.startswith("1 of your 2 guesses")
    assert one_met.rows["texts"].tolist()[3] == "yours to judge"


def test_the_two_incidents_are_kept_apart():
    assert war.khankendi_reports().id != war.ganja_reports().id
    assert {war.khankendi_reports().id, war.ganja_reports().id} <= set(war.KIT.predictions)
