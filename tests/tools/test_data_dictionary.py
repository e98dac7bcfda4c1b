"""docs/DATA.md says what the tables hold, and the package is balanced: counted here once more by other means."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.raw import DATA, ids, rows
from tools import data_dictionary
from utils import tables

RESOURCES = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
SOURCED = [
    one["name"]
    for one in RESOURCES
    if one["name"] != "sources" and "sourcesFrom" not in one and one.get("holdsFacts", True)
]
PAGE = data_dictionary.PAGE.read_text(encoding="utf-8")
VOICE = {row["source_id"]: row["perspective"] for row in rows("sources")}


@pytest.fixture(autouse=True)
def ours(monkeypatch) -> None:
    monkeypatch.delenv(tables.VARIABLE, raising=False)


def entry(table: str) -> str:
    """Return the entry of a table on the page."""
    return re.split(r"^### ", PAGE.split(f"### {table}\n")[1], flags=re.MULTILINE)[0]


def contested_by_hand() -> dict[str, set[str]]:
    """Return what each contested row and its accounts cite."""
    found = {row["event_id"]: set(ids(row["source_ids"])) for row in rows("events") if row["contested"] == "yes"}
    for row in rows("event_accounts"):
        found[row["event_id"]] |= set(ids(row["source_ids"]))
    found |= {f"point {row['point']}": set(ids(row["source_ids"])) for row in rows("ceasefire_points")}
    for row in rows("ceasefire_readings"):
        found[f"point {row['point']}"] |= set(ids(row["source_ids"]))
    found |= {
        row["link_id"]: set(ids(row["source_ids"])) for row in rows("transport_links") if row["contested"] == "yes"
    }
    return found | {row["flareup_id"]: set(ids(row["source_ids"])) for row in rows("flareups")}


def test_the_page_is_up_to_date():
    assert data_dictionary.page() == PAGE, "the tables have changed: run `python run.py describe-data`"


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one["name"])
def test_the_page_explains_every_table_and_column(resource):
    text = entry(resource["name"])
    assert resource["title"] in text
    assert f"{len(rows(resource['name'])):,} rows" in text
    assert resource["licenses"][0]["name"] in text
    for field in resource["schema"]["fields"]:
        assert f"`{field['name']}`" in text
        if field["name"] == "confidence":  # explained once, above the tables
            continue
        for value in field.get("constraints", {}).get("enum", []):
            assert str(value) in text


def test_every_table_states_its_licence():
    for resource in RESOURCES:
        assert [(one["name"], one["path"]) for one in resource["licenses"]] == [
            ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
        ], resource["name"]


def test_nine_rows_in_ten_rest_on_two_sources():
    facts = [row for table in SOURCED for row in rows(table) if row.get("rests_on") != "method"]
    counts = [len(ids(row["source_ids"])) for row in facts]
    assert sum(count >= 2 for count in counts) >= 0.9 * len(counts)
    assert min(counts) >= 1


def test_official_voices_are_in_balance_over_contested_rows():
    cited = Counter(VOICE[one] for found in contested_by_hand().values() for one in found)
    ratio = cited["armenian_official"] / cited["azerbaijani_official"]
    assert 0.8 <= ratio <= 1.25
    assert f"{ratio:.2f} to 1" in PAGE


def test_contested_turning_points_rest_on_an_official_source_of_each_side():
    contested = contested_by_hand()
    for row in rows("events"):
        if row["contested"] == "yes" and row["importance"] == "1":
            voices = {VOICE[one] for one in contested[row["event_id"]]}
            assert {"armenian_official", "azerbaijani_official"} <= voices, row["event_id"]


def test_the_list_of_rows_that_lack_an_official_source_is_whole():
    lacking = {
        (name, side)
        for name, cited in contested_by_hand().items()
        for side in ("armenia", "azerbaijan")
        if not any(VOICE[one] == data_dictionary.OFFICIAL[side] for one in cited)
    }
    assert set(zip(data_dictionary.lacking()["row"], data_dictionary.lacking()["side"], strict=True)) == lacking
    for name, side in lacking:
        assert re.search(rf"^\| \w+ \| {name} \| \d \| {side.title()} \|$", PAGE, re.MULTILINE)


def test_the_command_writes_the_page(tmp_path, monkeypatch):
    monkeypatch.setattr(data_dictionary, "PAGE", Path(tmp_path / "DATA.md"))
    assert data_dictionary.main() == 0
    assert (tmp_path / "DATA.md").read_text(encoding="utf-8") == PAGE
