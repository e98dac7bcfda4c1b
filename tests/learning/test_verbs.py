"""The four verbs do what plain pandas does, and answer every misuse with one sentence."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from tests import raw
from utils import citations, tables
from utils.learning import verbs
from utils.learning.verbs import Misspelt


@pytest.fixture
def deaths() -> pd.DataFrame:
    return verbs.table("deaths_monthly")


@pytest.fixture
def events() -> pd.DataFrame:
    return verbs.table("events")


def test_a_table_is_the_packs_own(events):
    pd.testing.assert_frame_equal(events, tables.load("events"))


@pytest.mark.parametrize(
    ("how", "keep"),
    [
        ("is", lambda cell: cell == 25),
        ("is not", lambda cell: cell != 25),
        ("at least", lambda cell: cell >= 25),
        ("at most", lambda cell: cell <= 25),
        ("before", lambda cell: cell < 25),
        ("after", lambda cell: cell > 25),
    ],
)
@pytest.mark.parametrize("value", [25, 25.0, "25", " 25 ", np.int64(25)], ids=repr)
def test_filter_keeps_the_rows_that_pandas_would(how, keep, value):
    rows = pd.DataFrame({"a": [24, 25, 26, 25, -1]}, index=list("vwxyz"))
    pd.testing.assert_frame_equal(verbs.filter(rows, "a", how, value), rows[rows["a"].map(keep)])


def test_filter_counts_as_plain_counting_does(deaths):
    deadly = [row for row in raw.rows("deaths_monthly") if int(row["deaths"]) >= 25]
    assert len(deadly) > 1
    assert verbs.filter(deaths, "deaths", "at least", 25)["deaths"].tolist() == [int(row["deaths"]) for row in deadly]


@pytest.mark.parametrize("value", ["10 November 2020", "2020-11-10", pd.Timestamp(2020, 11, 10)], ids=str)
def test_filter_takes_a_date_as_text_or_as_a_date(events, value):
    ids = [row["event_id"] for row in raw.rows("events") if row["date_start"] >= "2020-11-10"]
    assert verbs.filter(events, "date_start", "at least", value)["event_id"].tolist() == ids


def test_filter_takes_a_year_for_its_first_day(events):
    ids = [row["event_id"] for row in raw.rows("events") if row["date_start"] < "2016-01-01"]
    assert verbs.filter(events, "date_start", "before", "2016")["event_id"].tolist() == ids


@pytest.mark.parametrize(
    ("value", "cell"), [("yes", "yes"), (" Yes ", "yes"), ("true", "yes"), (True, "yes"), ("no", "no"), (False, "no")]
)
def test_filter_takes_yes_and_no(events, value, cell):
    ids = [row["event_id"] for row in raw.rows("events") if row["contested"] == cell]
    assert verbs.filter(events, "contested", "is", value)["event_id"].tolist() == ids


def test_filter_looks_into_lists_and_into_texts(events):
    mine = [row["event_id"] for row in raw.rows("events") if "shusha_shushi" in raw.ids(row["place_ids"])]
    assert mine
    assert verbs.filter(events, "place_ids", "contains", "shusha_shushi")["event_id"].tolist() == mine
    assert verbs.filter(events, "place_ids", "contains", "shusha").empty  # one of the list, not a part of one
    told = [row["event_id"] for row in raw.rows("events") if "ceasefire" in row["title"]]
    assert told
    assert verbs.filter(events, "title", "contains", "ceasefire")["event_id"].tolist() == told


def test_a_missing_cell_is_never_kept():
    rows = pd.DataFrame(
        {
            "whole": pd.array([1, None, 3], dtype="Int64"),
            "yes": pd.array([True, None, False], dtype="boolean"),
            "text": pd.Series(["a", None, "b"], dtype="str"),
            "day": pd.to_datetime(["2020-01-01", None, "2021-01-01"]),
        }
    )
    for column, value in (("whole", 1), ("yes", True), ("text", "a"), ("day", "2020")):
        for how in ("is", "at least", "at most"):
            assert 1 not in verbs.filter(rows, column, how, value).index
    assert verbs.filter(rows, "text", "contains", "").index.tolist() == [0, 2]


def test_filter_leaves_the_table_itself_as_it_is(deaths):
    before = deaths.copy()
    kept = verbs.filter(deaths, "deaths", "is", 0)
    kept["deaths"] = 7
    pd.testing.assert_frame_equal(deaths, before)


def test_count_counts_rows_and_by_a_column(events):
    cells = raw.rows("events")
    assert verbs.count(events) == len(cells)
    found = verbs.count(events, "kind")
    assert found["rows"].to_dict() == Counter(row["kind"] for row in cells)
    assert found["rows"].is_monotonic_decreasing
    pd.testing.assert_series_equal(found["rows"], events["kind"].value_counts(), check_names=False)


def test_compare_sums_up_as_plain_pandas_does():
    claims = verbs.table("casualty_claims")
    found = verbs.compare(claims, "figure", "claimed_by")
    by_hand: dict[str, list[int]] = {}
    for row in raw.rows("casualty_claims"):
        by_hand.setdefault(row["claimed_by"], []).extend([int(row["figure"])] if row["figure"] else [])
    assert set(found.index) == set(by_hand)
    assert found.columns.tolist() == ["rows", "least", "mean", "most", "sum"]
    for who, figures in by_hand.items():
        assert found.loc[who, "rows"] == len(figures)
        assert found.loc[who, "sum"] == sum(figures)
        if figures:
            assert (found.loc[who, "least"], found.loc[who, "most"]) == (min(figures), max(figures))
            assert found.loc[who, "mean"] == pytest.approx(sum(figures) / len(figures), abs=0.051)


def test_cite_gives_the_references_of_a_row_or_of_several(events):
    row = events.iloc[0]
    first = raw.rows("events")[0]
    publishers = {one["source_id"]: one["publisher"] for one in raw.rows("sources")}
    found = verbs.cite(row)
    assert found == citations.cite(row)
    for line, source in zip(found.splitlines(), dict.fromkeys(raw.ids(first["source_ids"])), strict=True):
        assert line.startswith(publishers[source])
    assert verbs.cite(events.head(3)).splitlines()[: len(found.splitlines())] == found.splitlines()
    assert repr(found) == str(found)  # a notebook shows lines, not a text in quotes


MISUSES = {
    "an unknown table": lambda events: verbs.table("evnts"),
    "a table by number": lambda events: verbs.table(7),
    "a table by a list": lambda events: verbs.table(["events"]),
    "a table by its path": lambda events: verbs.table("../data/events.csv"),
    "no table but its name": lambda events: verbs.filter("events", "kind", "is", "a"),
    "nothing": lambda events: verbs.filter(None, "kind", "is", "a"),
    "an unknown column": lambda events: verbs.filter(events, "knd", "is", "a"),
    "a column by a list": lambda events: verbs.filter(events, ["kind"], "is", "a"),
    "a column by number": lambda events: verbs.filter(events, 3, "is", "a"),
    "an unknown way": lambda events: verbs.filter(events, "kind", "bigger", "a"),
    "a sign for a way": lambda events: verbs.filter(events, "importance", ">=", 2),
    "a way by a list": lambda events: verbs.filter(events, "kind", ["is"], "a"),
    "no way": lambda events: verbs.filter(events, "kind", None, "a"),
    "a text held against a number": lambda events: verbs.filter(events, "kind", "at least", 3),
    "a number held against words": lambda events: verbs.filter(events, "importance", "at least", "many"),
    "a date held against a number": lambda events: verbs.filter(events, "date_start", "at least", 2020),
    "a date held against words": lambda events: verbs.filter(events, "date_start", "is", "some day"),
    "a date held against half a year": lambda events: verbs.filter(events, "date_start", "is", "20"),
    "a date held against five figures": lambda events: verbs.filter(events, "date_start", "is", "99999"),
    "yes or no held against perhaps": lambda events: verbs.filter(events, "contested", "is", "perhaps"),
    "several values": lambda events: verbs.filter(events, "kind", "is", ["a", "b"]),
    "a dict": lambda events: verbs.filter(events, "kind", "is", {}),
    "a column as value": lambda events: verbs.filter(events, "importance", "is", events["importance"]),
    "a table as value": lambda events: verbs.filter(events, "importance", "is", events),
    "a list held against a number": lambda events: verbs.filter(events, "place_ids", "at least", 3),
    "a count of a number": lambda events: verbs.count(3),
    "a count of a table's name": lambda events: verbs.count("events"),
    "a count by an unknown column": lambda events: verbs.count(events, "knd"),
    "a count by a list": lambda events: verbs.count(events, ["kind"]),
    "a comparison of texts": lambda events: verbs.compare(events, "kind", "period"),
    "a comparison of yes and no": lambda events: verbs.compare(events, "contested", "period"),
    "a comparison by an unknown column": lambda events: verbs.compare(events, "importance", "knd"),
    "a comparison by a list": lambda events: verbs.compare(events, "importance", ["kind"]),
    "a citation of a number": lambda events: verbs.cite(7),
    "a citation of a column": lambda events: verbs.cite(events["source_ids"]),
    "a citation of rows without sources": lambda events: verbs.cite(events[["title"]]),
    "a citation of a table that has none": lambda events: verbs.cite(verbs.table("rubric")),
}


@pytest.mark.parametrize("misuse", MISUSES.values(), ids=MISUSES)
def test_each_misuse_gets_one_sentence(misuse, events):
    with pytest.raises(Misspelt) as caught:
        misuse(events)
    text = str(caught.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert 20 < len(text) < 800


def test_the_sentence_names_what_there_is(events):
    with pytest.raises(Misspelt, match="perhaps “events” was meant"):
        verbs.table("evnts")
    with pytest.raises(Misspelt, match="no column “knd”; the table has event_id, "):
        verbs.count(events, "knd")
    with pytest.raises(Misspelt, match="choose one of is, is not, at least, at most, before, after or contains"):
        verbs.filter(events, "importance", ">=", 2)


def test_jupyter_shows_the_sentence_alone(capsys):
    shell = InteractiveShell()
    try:
        shell.run_cell("from utils.learning import verbs\nverbs.table('evnts')")
    finally:
        shell.history_manager.end_session()
    shown = "".join(capsys.readouterr())
    assert "There is no table “evnts”" in shown
    assert "Traceback" not in shown
    assert "File " not in shown
    assert "Misspelt" not in shown
