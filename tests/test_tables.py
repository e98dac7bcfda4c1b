"""A table comes back typed as the contract says, or a sentence says where it breaks it."""

from __future__ import annotations

import csv
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbclient
import nbformat
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.broken_tables import BROKEN, DATA, LINE, NOISE, Sheet, fields, real_package, resources, small_package
from tests.raw import path_of
from utils import tables
from utils.tables import TableError

ROOT = DATA.parent
TABLES = [one["name"] for one in resources()]
EVERY_TABLE = pytest.mark.parametrize("table", TABLES)


@pytest.fixture(params=["made-up rows", "real rows"])
def package(request, tmp_path, monkeypatch) -> Path:
    """A folder of tables that a test may break; everything reads it."""
    make = small_package if request.param == "made-up rows" else real_package
    folder = make(tmp_path / "data")
    monkeypatch.setenv(tables.VARIABLE, str(folder))
    return folder


@pytest.fixture
def small(tmp_path, monkeypatch) -> Path:
    folder = small_package(tmp_path / "data")
    monkeypatch.setenv(tables.VARIABLE, str(folder))
    return folder


@pytest.fixture
def ours(monkeypatch) -> Path:
    """The pack's own folder."""
    monkeypatch.delenv(tables.VARIABLE, raising=False)
    return tables.folder()


def refusal(table: str) -> str:
    """Return the sentence with which a table is refused."""
    with pytest.raises(TableError) as error:
        tables.load(table)
    return str(error.value)


def is_one_sentence(text: str) -> bool:
    """Say whether a text is one line and one sentence; what it quotes does not count."""
    plain = re.sub("“[^”]*”", "", text)
    inner = re.search(r"[.!?]\s", plain)
    return text.endswith(".") and text.isprintable() and not inner and "Traceback" not in text


def edit(path: Path, change) -> None:
    """Write a table anew, one line a row, after a change to its sheet."""
    sheet = Sheet.read(path).flat()
    change(sheet)
    path.write_text(sheet.text(), encoding="utf-8", newline="")


def python(*arguments: str, **settings) -> subprocess.CompletedProcess:
    environment = {key: value for key, value in os.environ.items() if key != tables.VARIABLE}
    environment |= {"PYTHONPATH": str(ROOT), **settings.pop("variables", {})}
    command = [sys.executable, *arguments]
    settings = {"cwd": ROOT, "capture_output": True, "encoding": "utf-8", "env": environment} | settings
    return subprocess.run(command, check=False, timeout=60, **settings)


# ---------------------------------------------------------------- broken tables


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_table_gets_a_sentence_and_a_repaired_one_is_read(broken, package):
    path = package / path_of(broken.table)
    before, sound = tables.load(broken.table), path.read_bytes()

    path.write_bytes(broken.spoil(Sheet.read(path).flat()))
    sentence = refusal(broken.table)
    assert is_one_sentence(sentence), sentence
    assert sentence.startswith(f"data/{path_of(broken.table)}"), sentence
    stated = re.match(r"data/[\w/]+\.csv, line (\d+)\b", sentence)
    assert (int(stated[1]) if stated else None) == broken.line, sentence
    assert f"column {broken.column}:" in sentence or not broken.column, sentence
    quoted = " ".join(re.findall("“[^”]*”", sentence))
    assert broken.value.strip("“”")[:35] in quoted, sentence
    assert broken.says in sentence, sentence
    assert refusal(broken.table) == sentence  # a failure is neither kept nor half-loaded

    path.write_bytes(sound)
    assert_frame_equal(tables.load(broken.table), before)


def test_the_ways_to_break_a_table_are_many_and_different():
    assert len({broken.name for broken in BROKEN}) == len(BROKEN) >= 30


@EVERY_TABLE
def test_a_missing_file_is_named_with_what_lies_there_instead(table, small):
    (small / path_of(table)).rename((small / path_of(table)).with_suffix(".xlsx"))
    sentence = refusal(table)
    assert is_one_sentence(sentence)
    assert f"data/{path_of(table)}" in sentence
    assert f"“{Path(path_of(table)).stem}.xlsx”" in sentence


def test_a_folder_in_place_of_a_file_is_a_sentence(small):
    (small / "events.csv").unlink()
    (small / "events.csv").mkdir()
    assert is_one_sentence(refusal("events"))


def test_lines_are_counted_as_an_editor_and_as_a_spreadsheet_does(small):
    """A cell of three lines and a blank line precede the bad row: line 7 of the text, row 5 of the sheet."""
    head, first, second, third, *_ = Sheet.read(small / "principles.csv").flat().rows
    first[4], third[1] = "one\ntwo\nthree", "many"
    text = Sheet([head, first, [], second]).text() + Sheet([third]).text()
    (small / "principles.csv").write_text(text, encoding="utf-8", newline="")
    assert text.splitlines()[6].startswith(third[0])
    assert "line 7 (row 5 in a spreadsheet), column number: “many”" in refusal("principles")


def test_a_first_line_for_excel_is_no_row_of_the_spreadsheet(small):
    sheet = Sheet.read(small / "principles.csv").flat().put("number", "many", line=3)
    (small / "principles.csv").write_text("sep=;\n" + sheet.text(";"), encoding="utf-8")
    assert "line 4 (row 3 in a spreadsheet), column number: “many”" in refusal("principles")


def test_text_is_data_and_never_trusted_so_html_and_repr_signs_are_fine(small):
    text = "<script>alert('x')</script> {braces} %s \\n & <b>"
    edit(small / "events.csv", lambda sheet: sheet.put("summary", text))
    assert tables.load("events")["summary"][LINE - 2] == text


def test_a_long_or_strange_value_is_shortened_and_spelled_out(small):
    edit(small / "events.csv", lambda sheet: sheet.put("kind", "a\n\u202e\u200b" + "b" * 500))
    sentence = refusal("events")
    assert "“a\\n\\u202e\\u200bb" in sentence
    assert len(re.search("“a[^”]*”", sentence)[0]) < 70


def test_an_unknown_id_is_told_once_with_its_further_rows_counted(small):
    for line in (3, 4, 5):
        edit(small / "event_accounts.csv", lambda sheet, line=line: sheet.put("event_id", "events_one", line))
    (sentence,) = tables.check()
    assert "line 3" in sentence
    assert "2 more" in sentence
    assert "perhaps “events_" in sentence


def test_a_whole_number_may_refer_to_another_table_too(small):
    edit(small / "ceasefire_readings.csv", lambda sheet: sheet.put("point", "6"))
    assert f"line {LINE}, column point: “6” is no point of the table ceasefire_points" in refusal("ceasefire_readings")


def test_a_table_is_refused_after_an_edit_of_the_table_it_refers_to(small):
    tables.load("event_accounts")
    edit(small / "events.csv", lambda sheet: sheet.put("event_id", "renamed"))
    assert "“events_2” is no event_id of the table events" in refusal("event_accounts")


def test_a_reference_into_a_file_that_is_gone_names_that_file(small):
    (small / "sources.csv").unlink()
    assert refusal("principles").startswith("data/sources.csv: ")


def test_a_fault_in_another_column_of_the_table_referred_to_does_not_matter(small):
    edit(small / "sources.csv", lambda sheet: sheet.put("kind", "wrong"))
    assert len(tables.load("principles")) == len(Sheet.read(small / "principles.csv").rows) - 1


def test_tables_may_refer_to_themselves_and_to_each_other(small):
    """Let an actor name another, and sources name an actor, which names its sources."""
    package = json.loads((small / "datapackage.json").read_text(encoding="utf-8"))
    publisher = next(one for one in package["resources"][0]["schema"]["fields"] if one["name"] == "publisher")
    publisher["references"] = {"resource": "actors", "field": "actor_id"}
    role = next(one for one in package["resources"][1]["schema"]["fields"] if one["name"] == "role")
    role["references"] = {"resource": "actors", "field": "actor_id"}
    (small / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for line in range(2, 7):
        edit(small / "sources.csv", lambda sheet, line=line: sheet.put("publisher", "actors_1", line))
        edit(small / "actors.csv", lambda sheet, line=line: sheet.put("role", "actors_1", line))
    assert tables.check() == []
    edit(small / "actors.csv", lambda sheet: sheet.put("actor_id", "renamed", line=3))
    assert "“actors_1” is no actor_id" in refusal("sources")
    assert "“actors_1” is no actor_id" in refusal("actors")


def test_an_unknown_table_is_a_sentence_with_the_nearest_name(small):
    sentence = refusal("event")
    assert is_one_sentence(sentence)
    assert "“event” (perhaps “events” was meant)" in sentence
    assert f"docs/DATA.md lists all {len(TABLES)}." in sentence, "a sentence that named every table would be long"


@pytest.mark.parametrize("harm", ["", "{", "[]", '{"resources": 3}', '{"resources": [{"name": "a", "path": "a.csv"}]}'])
def test_a_damaged_descriptor_is_a_sentence(harm, small):
    (small / "datapackage.json").write_text(harm, encoding="utf-8")
    assert is_one_sentence(refusal("events"))
    assert "datapackage.json" in refusal("events")
    assert tables.check() == [refusal("events")]


@pytest.mark.parametrize(
    "harm",
    [
        {"type": "geopoint"},
        {"constraints": {"minLength": 3}},
        {"constraints": {"pattern": "("}},
        {"references": {"resource": "events", "field": "id"}},
    ],
    ids=str,
)
def test_a_descriptor_with_a_rule_that_nobody_checks_is_refused(harm, small):
    package = json.loads((small / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["fields"][1] |= harm
    (small / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert is_one_sentence(refusal("sources"))
    assert "datapackage.json" in refusal("sources")


def test_a_table_without_a_licence_is_refused(small):
    package = json.loads((small / "datapackage.json").read_text(encoding="utf-8"))
    del package["resources"][3]["licenses"]
    (small / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert is_one_sentence(refusal("events"))
    assert f"{TABLES[3]} states no licence" in refusal("events")


def test_a_value_that_must_be_unique_is_refused_the_second_time(small):
    package = json.loads((small / "datapackage.json").read_text(encoding="utf-8"))
    fields = {one["name"]: one for one in package["resources"][0]["schema"]["fields"]}
    fields["title"]["constraints"]["unique"] = True
    (small / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    edit(small / "sources.csv", lambda sheet: sheet.put("title", sheet.at("title", 2)))
    assert f"line {LINE}, column title: " in refusal("sources")
    assert "line 2" in refusal("sources")


# ---------------------------------------------------------------- harmless noise


@pytest.mark.parametrize("noise", NOISE)
def test_what_spreadsheets_do_without_harm_changes_nothing(noise, package):
    clean = {table: tables.load(table) for table in TABLES}
    for table in TABLES:
        path = package / path_of(table)
        written = NOISE[noise](Sheet.read(path))
        path.write_bytes(written)
    for table in TABLES:
        assert_frame_equal(tables.load(table), clean[table])


# ---------------------------------------------------------------- properties

LETTERS = (
    "abcXYZ"
    "əğıöüçşƏĞİÖÜÇŞ"  # Azerbaijani
    + "".join(map(chr, [*range(0x531, 0x557), *range(0x561, 0x588), 0x589]))  # Armenian
    + "абвГДЕЙРСёыяքღшʿʼ"
    + "0123456789 \n\t,;|\"'’“”«»„–—…()[]{}<>&%:.!/\\_*№#-"
)
REAL_TEXT = st.text(LETTERS, min_size=1).map(str.strip).filter(bool)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
UNHURRIED = settings(deadline=None)  # files on a busy machine


def read_back(texts: list[str]) -> list[str]:
    """Write texts as titles of sources by Python's csv module, and return what the table holds."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        (folder / "datapackage.json").write_bytes((DATA / "datapackage.json").read_bytes())
        patch.setenv(tables.VARIABLE, name)
        ids = [f"s{i}" for i in range(len(texts))]
        row = {"publisher": "p", "kind": "news", "perspective": "international", "language": "az"}
        with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as file:
            quoting = csv.QUOTE_ALL if "\r" in "".join(texts) else csv.QUOTE_MINIMAL  # which forgets a lone \r
            writer = csv.DictWriter(file, fields("sources"), lineterminator="\n", quoting=quoting)
            writer.writeheader()
            writer.writerows({"source_id": one, "title": text} | row for one, text in zip(ids, texts, strict=True))
        return tables.load("sources")["title"].tolist()


@UNHURRIED
@given(st.lists(REAL_TEXT, min_size=1, max_size=8))
def test_any_text_of_the_region_survives_a_trip_through_a_file(texts):
    texts = [text for text in texts if not text.startswith("#")]
    assume(texts)
    assert read_back(texts) == texts


HONEST = [
    "39°49′ N",
    "25 С°, 5 N°",
    "“CAFÉ”",
    "«ADÖ»",
    "“KÜRKÇÜ” – 1",
    "Où? Là.",
    "https://a.az/?x=y",
    "- a list",
    "#1",
]


@pytest.mark.parametrize("text", HONEST)
def test_text_that_only_looks_like_a_wrong_encoding_is_read(text):
    assert read_back([text]) == [text]


@UNHURRIED
@given(ANY_TEXT)
def test_any_other_text_is_read_as_it_is_or_refused_in_a_sentence(text):
    try:
        (found,) = read_back([text])
    except TableError as error:
        assert is_one_sentence(str(error)), str(error)
        assert "line 2" in str(error), str(error)
    else:
        rest = text.replace("\r\n", "\n").replace("\r", "\n").replace(found, "", 1)
        assert all(sign.isspace() or sign in "\u200b\ufeff" for sign in rest), "only what surrounds it is lost"


@UNHURRIED
@given(st.data())
def test_whatever_happens_to_the_bytes_a_table_is_read_or_refused_in_a_sentence(data):
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = small_package(Path(name) / "data")
        patch.setenv(tables.VARIABLE, str(folder))
        path = folder / data.draw(st.sampled_from(["events.csv", "macro.csv", "datapackage.json"]))
        text = path.read_bytes()
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 40))
        junk = data.draw(st.binary(max_size=8) | st.sampled_from([b'"', b"\n", b",", b"\r", b"\xff\xfe", b";", b"|"]))
        path.write_bytes(text[:start] + junk + text[start + length :])
        try:
            tables.load("events" if path.stem == "datapackage" else path.stem)
        except TableError as error:
            assert is_one_sentence(str(error)), str(error)
        assert all(is_one_sentence(sentence) for sentence in tables.check())


# ---------------------------------------------------------------- types


def kind_of(frame: pd.DataFrame, column: str) -> str:
    return "tuple" if frame[column].dtype == object else str(frame[column].dtype)


def expected_kind(field: dict) -> str:
    if field.get("list"):
        return "tuple"
    required = field.get("constraints", {}).get("required")
    whole = "int64" if required else "Int64"
    return {
        "string": "str",
        "integer": whole,
        "year": whole,
        "number": "float64",
        "date": "datetime64[us]",
        "yearmonth": "datetime64[us]",
        "boolean": "bool" if required else "boolean",
    }[field["type"]]


def as_text(value: object, field: dict) -> str:
    """Return a loaded value as the file writes it."""
    if isinstance(value, tuple):
        assert all(type(one) is str for one in value)
        return "|".join(value)
    if pd.isna(value):
        return ""
    if field["type"] == "boolean":
        return field["trueValues"][0] if value else field["falseValues"][0]
    if field["type"] in ("date", "yearmonth"):
        return f"{value:%Y-%m-%d}"[: 7 if field["type"] == "yearmonth" else 10]
    return str(value)


@EVERY_TABLE
def test_a_table_has_the_types_the_order_and_the_values_of_its_file(table, package):
    frame, sheet = tables.load(table), Sheet.read(package / path_of(table))
    assert list(frame) == list(fields(table))
    assert list(frame.index) == list(range(len(sheet.rows) - 1))
    for name, field in fields(table).items():
        assert kind_of(frame, name) == expected_kind(field), name
        cells = [row[sheet.rows[0].index(name)].strip() for row in sheet.rows[1:]]
        if field["type"] == "number":
            assert frame[name].fillna(-9).tolist() == [float(cell or -9) for cell in cells]
        else:
            assert [as_text(value, field) for value in frame[name]] == cells


def test_what_is_missing_is_seen_by_isna_and_a_missing_list_is_empty(small):
    events = tables.load("events")
    assert events.loc[0, ["date_end", "short_title", "note"]].isna().all()
    assert tables.load("positions")["flexibility"].isna().tolist() == [True, False, False, False, False]
    edit(small / "tracks.csv", lambda sheet: sheet.put("mediator_ids", ""))
    assert tables.load("tracks")["mediator_ids"][LINE - 2] == ()
    assert events["actor_ids"][1] == ("actors_1", "actors_2")


def test_a_month_is_its_first_day(small):
    assert tables.load("deaths_monthly")["month"][1] == datetime.datetime(2021, 2, 1)


def test_a_dtype_does_not_depend_on_whether_a_row_is_empty_today(small):
    before = tables.load("positions")["flexibility"].dtype
    edit(small / "positions.csv", lambda sheet: sheet.put("flexibility", "2", line=2))
    after = tables.load("positions")["flexibility"]
    assert (after.dtype, after.isna().any()) == (before, False)


# ---------------------------------------------------------------- cache


def test_an_unchanged_file_is_read_once(small, monkeypatch):
    tables.load("events")
    monkeypatch.setattr(tables, "_bytes", lambda path: pytest.fail(f"{path} was read again"))
    assert len(tables.load("events")) == 5


def test_an_edit_is_seen_at_the_next_load_even_if_the_size_stays(small):
    tables.load("events")
    state = (small / "events.csv").stat()
    edit(small / "events.csv", lambda sheet: sheet.put("summary", sheet.at("summary").replace("2", "7")))
    os.utime(small / "events.csv", ns=(state.st_atime_ns, state.st_mtime_ns + 1_000))
    assert (small / "events.csv").stat().st_size == state.st_size
    assert tables.load("events")["summary"][LINE - 2].endswith("7")


def test_an_edit_of_the_descriptor_is_seen_at_the_next_load(small):
    tables.load("events")
    text = (small / "datapackage.json").read_text(encoding="utf-8").replace('"frozen_1994_2016"', '"frozen"')
    (small / "datapackage.json").write_text(text, encoding="utf-8")
    assert "“frozen_1994_2016” is not allowed" in refusal("events")


def test_a_caller_may_change_what_was_loaded_without_harm_to_others(small):
    before = tables.load("events")
    untouched = before.copy(deep=True)
    spoiled = tables.load("events")
    spoiled.loc[0, "title"] = "changed"
    spoiled["importance"] += 1
    spoiled["new"] = 1
    del spoiled["kind"]
    spoiled.index = spoiled.index[::-1]
    spoiled.columns = [name.upper() for name in spoiled]
    assert_frame_equal(before, untouched)
    assert_frame_equal(tables.load("events"), untouched)


# ---------------------------------------------------------------- help pages


def test_names_are_the_tables_of_the_descriptor_in_its_order(small):
    assert tables.names() == TABLES
    assert tables.title("event_accounts") == "Accounts of contested events"
    with pytest.raises(TableError, match="“event”"):
        tables.title("event")


@EVERY_TABLE
def test_the_help_page_of_a_table_explains_every_column(table, small):
    page = tables.columns(table)
    assert list(page) == ["column", "type", "meaning", "allowed values", "required"]
    assert page["column"].tolist() == list(fields(table))
    assert page["required"].dtype == bool
    assert page["meaning"].str.len().min() > 3
    for row, field in zip(page.to_dict("records"), fields(table).values(), strict=True):
        rules = field.get("constraints", {})
        assert row["required"] == rules.get("required", False)
        assert all(str(value) in row["allowed values"] for value in rules.get("enum", []))
        assert field.get("references", {}).get("resource", "") in row["allowed values"]
        assert "^" not in row["allowed values"], (
            "a pattern without words: add it to PATTERNS in utils/tables/_descriptor.py"
        )


def test_the_descriptor_says_the_same_to_us_and_to_public_tools():
    """Our references beside the standard's foreignKeys, which know no lists."""
    for one in resources():
        standard = {
            (key["fields"], key["reference"]["resource"] or one["name"], key["reference"]["fields"])
            for key in one["schema"].get("foreignKeys", [])
        }
        own = {
            (name, field["references"]["resource"], field["references"]["field"])
            for name, field in fields(one["name"]).items()
            if "references" in field and not field.get("list")
        }
        assert standard == own, one["name"]


# ---------------------------------------------------------------- folders


def test_the_variable_wins_and_a_wrong_one_is_a_sentence(small, monkeypatch, tmp_path):
    assert tables.folder() == small
    monkeypatch.setenv(tables.VARIABLE, str(tmp_path / "nowhere"))
    sentence = refusal("events")
    assert is_one_sentence(sentence)
    assert "nowhere" in sentence
    assert tables.VARIABLE in sentence


def test_the_checkout_beside_the_code_comes_next(ours, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert tables.folder() == DATA


@pytest.fixture
def installed(tmp_path) -> Path:
    """The package as a wheel puts it into site-packages, with the tables inside."""
    site = tmp_path / "site-packages"
    shutil.copytree(ROOT / "utils", site / "utils", ignore=shutil.ignore_patterns("__pycache__"))
    small_package(site / "utils" / "_data")
    return site


def folder_found(site: Path, here: Path) -> subprocess.CompletedProcess:
    ask = "from utils import tables; print(len(tables.load('events')), tables.folder())"
    return python("-c", ask, cwd=here, variables={"PYTHONPATH": str(site)})


def test_away_from_the_checkout_the_tables_inside_the_package_are_read(installed, tmp_path):
    other = tmp_path / "other" / "data"  # a project of somebody else, with a descriptor of its own
    other.mkdir(parents=True)
    (other / "datapackage.json").write_text('{"name": "other", "resources": []}', encoding="utf-8")
    found = folder_found(installed, other.parent)
    assert found.stdout.strip() == f"5 {installed / 'utils' / '_data'}", found.stderr


def test_inside_a_checkout_its_tables_win_over_those_inside_the_package(installed, tmp_path):
    data = small_package(tmp_path / "checkout" / "data")
    edit(data / "events.csv", lambda sheet: sheet.rows.append(sheet.rows[1].copy()))
    edit(data / "events.csv", lambda sheet: sheet.put("event_id", "added_by_an_instructor", line=7))
    (tmp_path / "checkout" / "notebooks").mkdir()
    found = folder_found(installed, tmp_path / "checkout" / "notebooks")
    assert found.stdout.strip() == f"6 {data}", found.stderr


def test_no_tables_anywhere_is_a_sentence(installed, tmp_path):
    shutil.rmtree(installed / "utils" / "_data")
    found = folder_found(installed, tmp_path)
    sentence = found.stderr.strip().splitlines()[-1].partition(": ")[2]
    assert "TableError" in found.stderr
    assert is_one_sentence(sentence), found.stderr
    assert tables.VARIABLE in sentence


# ---------------------------------------------------------------- check, command line, notebook


def test_check_tells_every_problem_of_every_table_in_reading_order(small):
    assert tables.check() == []
    edit(small / "events.csv", lambda sheet: sheet.put("kind", "wrong").put("importance", "9", line=3))
    edit(small / "events.csv", lambda sheet: sheet.put("date_start", "10.11.2020").rows[4].append("surplus"))
    edit(small / "macro.csv", lambda sheet: sheet.put("value", "39,5"))
    (small / "tracks.csv").unlink()
    sentences = tables.check()
    assert all(map(is_one_sentence, sentences))
    starts = [re.match(r"data/(\w+).csv(?:, line (\d+))?(?:, column (\w+))?", one).groups() for one in sentences]
    assert starts == [
        ("events", "3", "importance"),
        ("events", "4", "date_start"),
        ("events", "4", "kind"),
        ("events", "5", None),
        ("macro", "4", "value"),
        ("tracks", None, None),
    ]
    assert tables.check(small) == sentences


def test_check_stops_counting_after_fifty_problems_of_a_table(small):
    def fill(sheet):
        sheet.rows += [[*sheet.rows[1]] for _ in range(3_000)]
        for line in range(7, 3_007):
            sheet.put("source_id", f"more_{line}", line).put("kind", f"kind_{line}", line)

    edit(small / "sources.csv", fill)
    sentences = tables.check()
    assert len(sentences) == 51
    assert is_one_sentence(sentences[-1])
    assert "50" in sentences[-1]


def test_check_of_a_folder_without_tables_is_a_sentence(tmp_path):
    (sentence,) = tables.check(tmp_path)
    assert is_one_sentence(sentence)


def test_the_command_tells_the_size_of_every_sound_table(small):
    run = python("-m", "utils.tables", variables={tables.VARIABLE: str(small)})
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == TABLES
    assert all("5 rows" in line for line in lines)


def test_the_command_tells_every_problem_even_on_a_console_that_knows_no_such_letters(small):
    edit(small / "places.csv", lambda sheet: sheet.put("kind", "şəhər"))
    edit(small / "macro.csv", lambda sheet: sheet.put("value", "39,5"))
    run = python("-m", "utils.tables", str(small), variables={"PYTHONIOENCODING": "ascii"})
    assert run.returncode == 1
    assert "Traceback" not in run.stdout + run.stderr
    assert "data/places.csv, line 4, column kind" in run.stderr
    assert "data/macro.csv, line 4, column value" in run.stderr
    assert "no problem" not in run.stdout


def test_the_command_finds_the_pack_itself_sound(ours):
    run = python("-m", "utils.tables")
    assert run.returncode == 0, run.stderr


def test_a_notebook_shows_the_sentence_and_no_traceback(small):
    edit(small / "events.csv", lambda sheet: sheet.put("kind", "wrong"))
    cell = nbformat.v4.new_code_cell("from utils import tables\ntables.load('events')")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    client = nbclient.NotebookClient(notebook, allow_errors=True, timeout=60, resources={"metadata": {"path": ROOT}})
    client.execute()
    (output,) = notebook.cells[0].outputs
    assert output.ename == "TableError"
    assert output.traceback == [refusal("events")]


def test_importing_tables_brings_in_no_charts_and_no_widgets():
    run = python("-c", "import sys, utils.tables; print(*sys.modules)")
    loaded = {name.split(".")[0] for name in run.stdout.split()}
    assert "pandas" in loaded
    assert not loaded & {"plotly", "ipywidgets", "anywidget"}


# ---------------------------------------------------------------- the public tool


def report_of(folder: Path) -> list[str]:
    """Return what frictionless, unmodified and in a process of its own, finds wrong with a package."""
    ask = """
import sys
from frictionless import validate
report = validate(sys.argv[1])
print(report.stats["tasks"], *report.flatten(["title", "rowNumber", "note"]), sep="\\n")
"""
    run = python("-c", ask, str(folder / "datapackage.json"), cwd=folder)
    assert run.returncode == 0, run.stderr
    tasks, *problems = run.stdout.splitlines()
    assert int(tasks) == len(TABLES)
    return problems


def test_a_public_tool_finds_the_pack_sound(ours):
    absent = [table for table in TABLES if not (ours / path_of(table)).is_file()]
    assert not absent, f"these tables are not there yet: {absent}"
    assert report_of(ours) == []


def test_a_public_tool_agrees_about_the_small_package_sound_and_broken(small):
    assert report_of(small) == []
    edit(small / "events.csv", lambda sheet: sheet.put("date_start", "2020-02-30"))
    assert any(f"{LINE}" in problem for problem in report_of(small))
