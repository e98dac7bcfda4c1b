"""The tables keep the pack's own rules; a copy that breaks one is told so with file, line and column."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.broken_tables import DATA, Sheet, real_package
from tests.raw import path_of
from tools import check_data, data_rules
from utils import tables

ROOT = DATA.parent


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    return real_package(tmp_path_factory.mktemp("sound") / "data")


@pytest.fixture
def package(sound, tmp_path, monkeypatch) -> Path:
    """A copy of the real tables that a test may break; everything reads it."""
    folder = tmp_path / "data"
    shutil.copytree(sound, folder)
    monkeypatch.setenv(tables.VARIABLE, str(folder))
    return folder


GANJA = "ganja_17_october_2020"
STATUS = "final_status"  # a matter of a full settlement


@dataclass(frozen=True)
class Case:
    """How to break a rule: `change` spoils a row of a sheet; the sentence names `column` and holds `says`.

    `row` finds the row: a mapping from columns to values that it must have.
    `told` is the row whose line the sentence names, where that is another one or of another table.
    """

    rule: Callable
    name: str
    table: str
    row: dict[str, str]
    change: Callable[[Sheet, int], object]
    column: str
    says: str
    told: tuple[str, dict[str, str]] | None = None


def put(column: str, value: str) -> Callable[[Sheet, int], object]:
    return lambda sheet, line: sheet.put(column, value, line)


def added(column: str, words: str) -> Callable[[Sheet, int], object]:
    return lambda sheet, line: sheet.put(column, f"{sheet.at(column, line)} {words}".strip(), line)


def several(**values: str) -> Callable[[Sheet, int], object]:
    return lambda sheet, line: [sheet.put(column, value, line) for column, value in values.items()]


def repeated(column: str, value: str) -> Callable[[Sheet, int], object]:
    """Return the change that adds the row once more under another id."""

    def change(sheet: Sheet, line: int) -> None:
        sheet.rows.append(list(sheet.rows[line - 1]))
        sheet.put(column, value, len(sheet.rows))

    return change


def emptied(column: str) -> Callable[[Sheet, int], object]:
    return lambda sheet, line: [sheet.put(column, "", one) for one in range(2, len(sheet.rows) + 1)]


def removed(**wanted: str) -> Callable[[Sheet, int], object]:
    """Return the change that removes all rows with these values."""

    def change(sheet: Sheet, line: int) -> None:
        places = [sheet.rows[0].index(column) for column in wanted]
        values = list(wanted.values())
        sheet.rows[1:] = [row for row in sheet.rows[1:] if [row[i] for i in places] != values]

    return change


WAR = {"event_id": "war_begins_2020"}
OPEN_LINK = {"contested": "yes"}
R = data_rules
CASES = [
    Case(R.every_row_can_be_looked_up, "no address", "sources", {}, emptied("url"), "source_ids", "has an address",
         ("events", WAR)),
    Case(R.every_row_can_be_looked_up, "memory beside a page", "events", {"importance": "2"},
         put("confidence", "memory"), "confidence", "no page was found"),
    Case(R.two_means_two, "two with one source", "events", {"importance": "3"},
         several(confidence="two", source_ids="conversation_2022"), "confidence", "a second source"),
    Case(R.turning_points_are_sourced_twice, "one publisher", "events", WAR, put("source_ids", "conversation_2022"),
         "source_ids", "two different publishers"),
    Case(R.turning_points_are_sourced_twice, "memory", "events", WAR, put("confidence", "memory"), "confidence",
         "cannot rest on memory"),
    *(Case(R.addresses_are_clean, name, "sources", {"source_id": "osce_mg"}, put("url", url), "url", says)
      for name, url, says in [
          ("a host without a dot", "https://localhost/page", "no public name"),
          ("a port", "https://www.osce.org:8080/mg", "no public name"),
          ("a stray dot", "https://www.osce.org./mg", "no public name"),
          ("a fragment", "https://www.osce.org/mg#top", "#fragment"),
          ("tracking", "https://www.osce.org/mg?utm_source=x", "tracking"),
          ("two slashes", "https://www.osce.org//mg", "doubled"),
          ("a full stop at the end", "https://www.osce.org/mg.", "punctuation"),
      ]),
    Case(R.no_address_stands_twice, "twice", "sources", {"source_id": "osce_mg"},
         repeated("source_id", "again"), "url", "osce_mg already", ("sources", {"source_id": "again"})),
    Case(R.no_source_is_idle, "idle", "sources", {"source_id": "osce_mg"}, repeated("source_id", "idle"),
         "source_id", "no row cites", ("sources", {"source_id": "idle"})),
    Case(R.contested_events_have_both_accounts, "one account gone", "event_accounts", WAR,
         removed(event_id="war_begins_2020", side="armenia"), "contested", "no account of armenia", ("events", WAR)),
    Case(R.contested_events_have_both_accounts, "accounts of an uncontested event", "events", WAR,
         put("contested", "no"), "contested", "write yes or remove"),
    Case(R.contested_events_have_both_accounts, "one side longer", "event_accounts",
         WAR | {"side": "azerbaijan"}, put("account", "Azerbaijan said so."), "contested", "1.6 times",
         ("events", WAR)),
    Case(R.positions_on_links_come_in_pairs, "one position gone", "transport_links", OPEN_LINK,
         put("azerbaijani_position", ""), "azerbaijani_position", "empty in a contested row"),
    Case(R.positions_on_links_come_in_pairs, "one account longer", "flareups", {}, put("armenian_account", "It said."),
         "armenian_account", "1.6 times"),
    Case(R.every_point_has_both_readings, "a reading gone", "ceasefire_readings", {"point": "4"},
         removed(point="4", actor_id="armenia"), "point", "no reading of armenia for point 4",
         ("ceasefire_points", {"point": "4"})),
    Case(R.accounts_are_short, "71 words", "ceasefire_readings", {"point": "1"}, put("reading", "word " * 71),
         "reading", "71 words"),
    Case(R.truces_are_told_by_both_sides, "one side longer", "truces", {"event_id": "moscow_truce_2020"},
         put("azerbaijani_report", "It said so."), "armenian_report", "the two sides' reports take"),
    Case(R.claims_of_control_are_told_by_both_sides, "one side gone", "control_claims", {"claimed_by": "azerbaijan"},
         put("claimed_by", "armenian_media"), "claimed_by", "no claim is made by azerbaijan",
         ("control_claims", {"claimed_by": "armenian_media"})),
    Case(R.claims_of_control_are_told_by_both_sides, "one side longer", "control_claims",
         {"claimed_by": "armenian_media"}, put("claim", "They wrote so."), "claim", "the claims take"),
    Case(R.incidents_have_reports_of_both_sides_and_of_others, "one side gone", "incident_reports",
         {"event_id": GANJA, "speaks_for": "armenia"}, several(event_id="barda_2020"), "speaks_for",
         "has no report that speaks for armenia", ("incident_reports", {"event_id": GANJA})),
    Case(R.incidents_have_reports_of_both_sides_and_of_others, "one side longer", "incident_reports",
         {"event_id": GANJA, "speaks_for": "armenia"}, put("text", "It denied it."), "text", "the reports on",
         ("incident_reports", {"event_id": GANJA})),
    Case(R.incidents_have_reports_of_both_sides_and_of_others, "a party that speaks for nobody", "incident_reports",
         {"event_id": GANJA, "speaks_for": "armenia"}, put("author_kind", "rights_group"), "speaks_for",
         "exactly the reports of a party"),
    Case(R.every_area_has_a_holder_at_every_date, "nobody in 1994", "control",
         {"control_id": "jabrayil__1994-05-12"}, several(control_id="jabrayil__1995-01-01", from_date="1995-01-01"),
         "area_id", "add who held it then", ("control_areas", {"area_id": "jabrayil"})),
    Case(R.every_area_has_a_holder_at_every_date, "the same holder twice", "control",
         {"control_id": "agdam_west__2020-11-20"}, put("status", "handover_agreed"), "status", "stands in the row before"),
    Case(R.every_area_has_a_holder_at_every_date, "an id of another day", "control",
         {"control_id": "agdam_west__2020-11-20"}, put("from_date", "2020-11-21"), "control_id", "the area, two"),
    Case(R.the_former_oblast_is_not_handed_over, "the oblast handed over", "control",
         {"control_id": "khojaly_main__2020-11-10"}, put("status", "handover_agreed"), "status", "inside the former"),
    Case(R.every_commitment_has_a_status_at_every_date, "a status gone", "commitment_status",
         {"commitment_id": "p1_ceasefire"},
         removed(commitment_id="p1_ceasefire", as_of="2022-12-31", assessor="third_party"), "commitment_id",
         "2022-12-31", ("commitments", {"commitment_id": "p1_ceasefire"})),
    Case(R.phrases_are_read_by_both_sides, "the other side's reading", "ceasefire_phrases",
         {"phrase_id": "p8_who_is_covered"}, put("armenian_reading_id", "p8_azerbaijan_1"), "armenian_reading_id",
         "no reading of point 8 by Armenia"),
    Case(R.phrases_are_read_by_both_sides, "a reading of another point", "ceasefire_phrases",
         {"phrase_id": "p8_who_is_covered"}, put("armenian_reading_id", "p9_armenia_1"), "armenian_reading_id",
         "no reading of point 8 by Armenia"),
    Case(R.the_statement_is_told_on_every_matter, "a matter untold", "settlement_coverage", {"element_id": STATUS},
         removed(element_id=STATUS, proposal_id=R.STATEMENT), "element_id", "does not tell what",
         ("settlement_elements", {"element_id": STATUS})),
    Case(R.every_link_has_a_state_from_the_first_day, "a link without a beginning", "link_status",
         {"link_id": "syunik_link"}, put("from_date", "1999-01-01"), "link_id", "no state of syunik_link",
         ("transport_links", {"link_id": "syunik_link"})),
    *(Case(R.questions_can_be_answered, name, table, row, change, column, says, told)
      for name, table, row, change, column, says, told in [
          ("two right options", "question_options", {"question_id": "q00_01", "right": "no"}, put("right", "yes"),
           "kind", "one right option", ("questions", {"question_id": "q00_01"})),
          ("nothing right", "question_options", {"question_id": "q00_01", "right": "yes"}, put("right", "no"),
           "kind", "one right option", ("questions", {"question_id": "q00_01"})),
          ("no function", "questions", {"kind": "number"}, put("computed_by", ""), "kind", "computed_by", None),
          ("a poll with an answer", "question_options", {"question_id": "q00_20"}, put("right", "yes"), "kind",
           "none of them right", ("questions", {"question_id": "q00_20"})),
          ("a partner gone", "question_options", {"question_id": "q00_02"}, several(partner="", event_id=""), "kind",
           "each with a partner", ("questions", {"question_id": "q00_02"})),
          ("no mark", "questions", {"rests_on": "record"}, put("confidence", ""), "confidence", "two or one", None),
      ]),
    Case(R.wrong_options_are_explained, "a wrong option", "question_options", {"question_id": "q00_01", "right": "no"},
         put("feedback", ""), "feedback", "say why"),
    Case(R.wrong_options_are_explained, "a stray strip", "question_options",
         {"question_id": "q01_20", "place": "", "event_id": ""}, put("feedback", ""), "feedback", "say why"),
    Case(R.usages_come_in_pairs, "one usage gone", "glossary", {"term_id": "line_of_contact"},
         put("azerbaijani_usage", ""), "azerbaijani_usage", "stands alone"),
    Case(R.usages_come_in_pairs, "one usage longer", "glossary", {"term_id": "line_of_contact"},
         put("armenian_usage", "Some say so."), "armenian_usage", "1.6 times"),
    Case(R.events_lie_in_their_period, "another period", "events", WAR, put("period", "frozen_1994_2016"), "period",
         "but the event is of 2020-09-27"),
    Case(R.nobody_acts_outside_a_lifetime, "a person after the office", "events", WAR, put("person_ids", "aliyev_h"),
         "person_ids", "aliyev_h"),
    Case(R.nobody_acts_outside_a_lifetime, "a body before its time", "events", {"event_id": "bishkek_protocol_1994"},
         put("actor_ids", "trilateral_wg"), "actor_ids", "trilateral_wg"),
    Case(R.nobody_acts_outside_a_lifetime, "a participant out of office", "meeting_participants",
         {"meeting_id": "2021-12-14_brussels_eu", "actor_id": "azerbaijan"}, put("person_id", "aliyev_h"),
         "person_id", "2021-12-14"),
    Case(R.meetings_lie_in_the_time_of_their_track, "before its track", "meetings", {"track_id": "trilateral"},
         several(date_start="2015-01-01"), "date_start", "outside the time of the track"),
    Case(R.meetings_say_who_was_together, "called off, and held", "meetings", {"outcome_kind": "cancelled"},
         put("contact", "together"), "contact", "does not fit"),
    Case(R.meetings_say_who_was_together, "a statement at a table", "meetings", {"meeting_id": "1995-03-23_vienna_minsk"},
         put("contact", "together"), "contact", "does not fit"),
    Case(R.standings_do_not_overlap, "no end", "track_standing",
         {"actor_id": "armenia", "track_id": "minsk", "from_date": "1997-01-01"}, put("to_date", ""), "from_date",
         "has not ended", ("track_standing", {"actor_id": "armenia", "track_id": "minsk", "from_date": "2020-11-10"})),
    Case(R.no_date_lies_ahead, "a slip of the century", "casualty_claims", {"episode_id": "war_2020"},
         put("as_of", "2120-10-20"), "as_of", "in the future"),
    Case(R.claims_hold_a_figure, "no figure", "casualty_claims", {"episode_id": "war_2020"},
         several(figure="", figure_low="", figure_high=""), "figure", "holds no figure"),
    Case(R.no_row_stands_twice, "the same claim", "casualty_claims", {"episode_id": "war_2020"},
         repeated("claim_id", "again"), "episode_id", "says the same", ("casualty_claims", {"claim_id": "again"})),
    *(Case(R.no_verdict_is_ours, word, "events", WAR, added("summary", f"It was {word}."), "summary", word.split()[-1])
      for word in ["occupied", "liberated", "an aggression", "a regime", "so-called", "Terrorist"]),
    Case(R.both_names_stand_in_the_computed_order, "turned round", "events", WAR,
         added("summary", "Stepanakert/Khankendi was hit."), "summary", "write Khankendi/Stepanakert"),
    Case(R.both_names_stand_in_the_computed_order, "alone, in an account too", "event_accounts", WAR,
         added("account", "Shusha was hit."), "account", "write Shusha/Shushi"),
    Case(R.places_lie_where_they_can, "half a position", "places", {"place_id": "baku"}, put("longitude", ""),
         "longitude", "one coordinate"),
    Case(R.places_lie_where_they_can, "a village abroad", "places", {"place_id": "lele_tepe"}, put("latitude", "47.2"),
         "latitude", "outside the region"),
    Case(R.claims_name_tables_and_chapters, "an unknown table", "article_claims", {"claim_id": "a01"},
         put("table_names", "event"), "table_names", "no table “event”"),
    Case(R.claims_name_tables_and_chapters, "an unknown chapter", "article_claims", {"claim_id": "a01"},
         put("chapters", "11"), "chapters", "no chapter 11"),
]  # fmt: skip


def line_of(sheet: Sheet, wanted: dict[str, str]) -> int:
    """Return the line of the first row that has the wanted values."""
    places = {sheet.rows[0].index(column): value for column, value in wanted.items()}
    return next(line for line, row in enumerate(sheet.rows[1:], start=2) if all(row[i] == v for i, v in places.items()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule.__name__}: {case.name}")
def test_a_broken_rule_is_told_with_file_line_and_column(case, package):
    assert list(case.rule()) == [], "the sound copy keeps the rule"
    spoil(package, case.table, case.row, case.change)

    table, wanted = case.told or (case.table, case.row)
    line = line_of(Sheet.read(package / path_of(table)), wanted)
    sentences = [str(one) for one in case.rule()]
    found = [one for one in sentences if one.startswith(f"data/{path_of(table)}, line {line}, column {case.column}: ")]
    assert len(found) == 1, sentences
    assert case.says in found[0]
    assert found[0].endswith(".")


def test_every_rule_has_a_copy_that_breaks_it():
    assert {case.rule for case in CASES} == set(data_rules.RULES)


def test_every_rule_says_in_one_line_what_it_asks_for():
    for rule in data_rules.RULES:
        assert re.fullmatch(r"[A-Z][^\n]+\.", rule.__doc__.splitlines()[0]), rule.__name__


def test_the_pack_keeps_every_rule(monkeypatch):
    monkeypatch.delenv(tables.VARIABLE, raising=False)
    assert check_data.problems() == []


def spoil(package: Path, table: str, wanted: dict[str, str], change: Callable[[Sheet, int], object]) -> None:
    """Change one row of a table in place."""
    path = package / path_of(table)
    sheet = Sheet.read(path)
    change(sheet, line_of(sheet, wanted))
    path.write_text(sheet.text(), encoding="utf-8", newline="")


def test_quoted_words_and_attributed_accounts_may_be_loaded(package):
    spoil(package, "events", WAR, put("note", "The ministry's page is titled “On the liberated districts”."))
    spoil(package, "event_accounts", WAR, added("account", "It spoke of aggression."))
    assert list(data_rules.no_verdict_is_ours()) == []


def command(folder: Path) -> subprocess.CompletedProcess:
    call = [sys.executable, "-m", "tools.check_data", str(folder)]
    return subprocess.run(call, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60)


def test_the_command_tells_broken_rules_and_fails(package):
    assert "rules of docs/DATA.md hold" in command(package).stdout
    spoil(package, "events", WAR, put("title", "Stepanakert is shelled"))
    done = command(package)
    assert done.returncode == 1
    assert "column title: “Stepanakert” stands alone" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_stops_at_the_schema_where_that_is_broken(package):
    spoil(package, "events", WAR, put("date_start", "27.09.2020"))
    done = command(package)
    assert done.returncode == 1
    assert "column date_start" in done.stderr
    assert "rules of docs/DATA.md" in done.stderr.splitlines()[-1]
    assert "Rules broken" not in done.stderr
