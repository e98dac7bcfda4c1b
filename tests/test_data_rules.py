"""What the tables promise beyond their schema: sources, both accounts, names, and no verdicts in our own voice."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict

import pytest

from tests.raw import DATA, ids, rows
from utils import names

TABLES = [one["name"] for one in json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]]
NOTEBOOKS = sorted((DATA.parent / "notebooks").glob("*.ipynb"))
OWN_VOICE = {
    "events": ("title", "short_title", "summary", "note"),
    "meetings": ("format", "topic", "outcome", "agreed_points", "note"),
    "actors": ("name", "role", "note"),
    "places": ("note",),
    "casualty_claims": ("note",),
    "principles": ("title", "paraphrase", "note"),
    "tracks": ("name", "mandate", "note"),
}
VERDICTS = re.compile(
    r"\b(occup\w+|liberat\w+|aggress\w+|cleansing|genocide|regime|so-called|separatist\w*|terroris\w+|invasion|invad\w+|blockade\w*"
    r"|reintegrat\w+|regained|recaptur\w+|adversary|pogrom\w*|massacre\w*)\b",
    re.IGNORECASE,
)
PROPER_NAMES = ("Shusha declaration",)  # names of texts that hold one form of a paired town


def own_voice():
    for table, columns in OWN_VOICE.items():
        for number, row in enumerate(rows(table), start=2):
            for column in columns:
                if row[column]:
                    yield f"{table}.csv line {number}, {column}", row[column]


def prose():
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield f"{path.name} cell {cell['id']}", "".join(cell["source"])
    for path in sorted((DATA.parent / "utils" / "chapters").rglob("*.py")):
        yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("table", [one for one in TABLES if one != "sources"])
def test_every_row_cites_sources_and_says_how_well(table):
    for row in rows(table):
        assert ids(row["source_ids"]), row
        assert row["confidence"] in ("two", "one", "memory")


def test_turning_points_are_cited_from_two_publishers_and_never_from_memory():
    publisher = {row["source_id"]: row["publisher"] for row in rows("sources")}
    for row in rows("events"):
        if row["importance"] == "1":
            assert len({publisher[one] for one in ids(row["source_ids"])}) >= 2, row["event_id"]
            assert row["confidence"] != "memory"


def test_no_address_stands_under_two_sources():
    def same(url: str) -> str:
        return re.sub(r"^https?://(www\.)?|/$|#.*$", "", url.strip().lower())

    found = Counter(same(row["url"]) for row in rows("sources") if row["url"])
    assert [url for url, times in found.items() if times > 1] == []


def test_a_contested_event_has_both_accounts_of_like_length_and_an_uncontested_one_none():
    told = defaultdict(lambda: defaultdict(list))
    for row in rows("event_accounts"):
        told[row["event_id"]][row["side"]].append(row["account"])
    for event in rows("events"):
        sides = told[event["event_id"]]
        assert set(sides) == ({"armenia", "azerbaijan"} if event["contested"] == "yes" else set()), event["event_id"]
        lengths = [sum(map(len, accounts)) for accounts in sides.values()]
        assert not lengths or max(lengths) <= 1.75 * min(lengths), event["event_id"]
        assert all(len(account.split()) <= 70 for accounts in sides.values() for account in accounts)


def test_an_account_says_whose_it_is():
    for row in rows("event_accounts"):
        assert row["speaker"]
        assert row["source_ids"]


@pytest.mark.parametrize("told", [own_voice, prose], ids=["tables", "notebooks and chapters"])
def test_no_verdict_stands_in_our_own_voice(told):
    found = [(where, match[0]) for where, text in told() for match in VERDICTS.finditer(text)]
    assert found == []


@pytest.mark.parametrize("told", [own_voice, prose], ids=["tables", "notebooks and chapters"])
def test_paired_names_stand_in_the_computed_order(told):
    for first, second in names.paired_forms():
        wrong = f"{second}/{first}"
        assert [where for where, text in told() if wrong in text] == []


@pytest.mark.parametrize("told", [own_voice, prose], ids=["tables", "notebooks and chapters"])
def test_no_side_names_a_paired_town_alone(told):
    lone = []
    for first, second in names.paired_forms():
        for where, text in told():
            if "places.csv" in where or where.endswith(".py"):
                continue
            rest = text.replace(f"{first}/{second}", "")
            for name in PROPER_NAMES:
                rest = rest.replace(name, "")
            lone += [
                (where, form) for form in (first, second) if re.search(rf"(?<![\w/]){re.escape(form)}(?![\w/])", rest)
            ]
    assert lone == []


def test_persons_belong_to_a_state_or_body():
    known = {row["actor_id"] for row in rows("actors")}
    for row in rows("actors"):
        assert (row["kind"] == "person") == bool(row["affiliation"]), row["actor_id"]
        assert not row["affiliation"] or row["affiliation"] in known


def test_dates_lie_in_their_period():
    for row in rows("events"):
        year = int(row["date_start"][:4])
        low, high = {
            "background_before_1988": (1900, 1987),
            "background_1988_1994": (1988, 1994),
            "frozen_1994_2016": (1994, 2016),
            "four_day_to_velvet_2016_2020": (2016, 2020),
            "war_2020": (2020, 2020),
            "after_ceasefire_2020_2022": (2020, 2022),
            "epilogue_after_2022": (2023, 2026),
        }[row["period"]]
        assert low <= year <= high, row["event_id"]
        assert not row["date_end"] or row["date_start"] <= row["date_end"]


def test_the_tricky_dates_are_right():
    events = {row["event_id"]: row for row in rows("events")}
    assert events["bishkek_protocol_1994"]["date_start"] == "1994-05-05"
    assert events["truce_1994"]["date_end"] == "1994-05-12"
    assert events["war_begins_2020"]["date_start"] == "2020-09-27"
    assert events["laquila_2009"]["date_start"] == "2009-07-10"
    assert events["velvet_revolution_2018"]["date_end"] == "2018-05-08"
    assert "2022-08-26" in {row["date_start"] for row in rows("events")} | {row["date_end"] for row in rows("events")}
