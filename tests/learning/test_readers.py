"""Each reader takes what a sensible student would give, and anything else with a sentence, never with another error."""

from __future__ import annotations

import datetime
import functools
import itertools
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learning import hostile
from tests.raw import rows
from utils import tables
from utils.learning import readers
from utils.learning.readers import Unreadable

READERS = {
    "number": readers.number,
    "whole number": readers.whole_number,
    "whole numbers": readers.whole_numbers,
    "letters": functools.partial(readers.letters, how_many=8),
    "date": readers.date,
    "place": readers.place,
    "table": readers.table,
    "words": readers.words,
}
EVERY = pytest.mark.parametrize("reader", READERS.values(), ids=READERS)


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        (12, 12),
        (12.5, 12.5),
        (-3, -3),
        ("12", 12),
        (" 12.5 ", 12.5),
        ("+12", 12),
        ("-3", -3),
        ("1,234", 1234),
        ("1,234,567.5", 1234567.5),
        ("44 days", 44),
        ("44days", 44),
        ("85 %", 85),
        ("85%", 85),
        ("Twelve", 12),
        ("zero", 0),
        ([12], 12),
        ((12,), 12),
        (["12"], 12),
        (pd.Series([12]), 12),
        (pd.Index([12]), 12),
        (np.array([12]), 12),
        (np.array([[12]]), 12),
        (np.array(12), 12),
        (np.array("12"), 12),
        (np.int64(12), 12),
        (np.float32(0.5), 0.5),
        (Fraction(1, 2), 0.5),
        (pd.Timedelta(days=44), 44),
        (pd.Timedelta(days=44, hours=23), 44),
        (datetime.timedelta(days=44), 44),
        (np.timedelta64(44, "D"), 44),
        (pd.Series([pd.Timedelta(days=44)]), 44),
        (np.array([44], dtype="timedelta64[D]"), 44),
    ],
    ids=repr,
)
def test_a_number_in_any_sensible_form(answer, meant):
    assert readers.number(answer) == meant


@pytest.mark.parametrize(
    "answer",
    [
        "12,5",  # half Europe's decimal point: not to be taken for 125
        "1,23",
        "1 234",
        "12 or 13",
        "12-13",
        "1e5",
        "5 million",
        "3 thousand people",
        "twelve days",
        "nan",
        "inf",
        "0x10",
        "",
        "-",
        True,
        [1, 2],
        [],
        [[12]],
        np.array([1, 2]),
        np.bool_(True),
        np.timedelta64("NaT"),
        np.timedelta64(1, "Y"),
        datetime.timedelta.max,
        pd.NaT,
        pd.NA,
        10**12,
        -(10**12),
        np.int64(-(2**63)),
        Fraction(10**400),
        "9" * 13,
        1j,
    ],
    ids=lambda one: str(one)[:20],
)
def test_what_is_no_one_number_is_refused(answer):
    with pytest.raises(Unreadable, match="one number"):
        readers.number(answer)


@pytest.mark.parametrize("answer", ["12.5", 12.5, "many", pd.NaT])
def test_a_whole_number_is_whole(answer):
    with pytest.raises(Unreadable, match="one whole number"):
        readers.whole_number(answer)
    assert readers.whole_number("12.0") == 12


@pytest.mark.parametrize(
    "answer",
    [
        [1995, 1996],
        (1996, 1995, 1996),
        {1995, 1996},
        "1995, 1996",
        "1995 1996",
        "1996; 1995,",
        ["1995", 1996.0],
        pd.Series([1995, 1996]),
        pd.Series([1995, 1996], dtype="Int64"),
        pd.Index([1996, 1995]),
        np.array([1995, 1996]),
        range(1995, 1997),
        (year for year in (1995, 1996)),
    ],
    ids=lambda one: type(one).__name__,
)
def test_several_whole_numbers_in_any_order_and_form(answer):
    assert readers.whole_numbers(answer) == {1995, 1996}


def test_one_whole_number_will_do_for_several():
    assert (
        readers.whole_numbers(1995) == readers.whole_numbers("1995") == readers.whole_numbers(np.array(1995)) == {1995}
    )


@pytest.mark.parametrize(
    "answer",
    [
        ["x"],
        "1995 and 1996",
        [None],
        b"12",
        {1: 2},
        pd.DataFrame({"a": [1]}),
        np.array([[1], [2]]),
        [[1995, 1996]],
        None,
    ],
    ids=repr,
)
def test_what_is_no_list_of_whole_numbers_is_refused(answer):
    with pytest.raises(Unreadable, match="list of whole numbers"):
        readers.whole_numbers(answer)


@pytest.mark.parametrize(
    "answer", [itertools.count(), range(10**15), itertools.repeat("1")], ids=["count", "range", "repeat"]
)
def test_a_list_without_end_is_read_to_its_first_two_hundred(answer):
    assert len(readers.whole_numbers(answer)) <= 200


@pytest.mark.parametrize(
    "answer",
    [
        "10 November 2020",
        "10 Nov 2020",
        "10th November 2020",
        "November 10, 2020",
        "2020-11-10",
        "2020/11/10",
        "10.11.2020",
        "10/11/2020",
        "10-11-2020",
        " 10 november 2020 ",
        "2020-11-10 23:59",
        "2020-11-10T23:59:00+04:00",
        datetime.date(2020, 11, 10),
        datetime.datetime(2020, 11, 10, 23, 59),
        datetime.datetime(2020, 11, 10, 23, 59, tzinfo=datetime.UTC),
        pd.Timestamp("2020-11-10 12:00"),
        pd.Timestamp("2020-11-10 23:59", tz="Asia/Baku"),
        np.datetime64("2020-11-10"),
        pd.Series([pd.Timestamp("2020-11-10")]),
        pd.Series(["2020-11-10"]),
        ["10 November 2020"],
        np.array(["2020-11-10"], dtype="datetime64[D]"),
    ],
    ids=repr,
)
def test_a_day_as_text_or_date(answer):
    found = readers.date(answer)
    assert found == pd.Timestamp(2020, 11, 10)
    assert found.tz is None


@pytest.mark.parametrize(
    "answer",
    [
        "2020",
        "November 2020",
        "Q1 2020",
        "11.2020",
        "1 2020",
        "10 November",
        "31 February 2020",
        "10 November 99999",
        "10 November 2020 or 11 November 2020",
        "yesterday",
        "",
        20201110,
        2020.0,
        np.datetime64("NaT"),
        pd.NaT,
        [],
        ["2020-11-10", "2020-11-11"],
        np.array(5),
        None,
        True,
    ],
    ids=repr,
)
def test_what_is_no_one_day_is_refused(answer):
    with pytest.raises(Unreadable, match="one day"):
        readers.date(answer)


PAIRED = [row for row in rows("places") if row["name_armenian_usage"] and row["name_azerbaijani_usage"]]


@pytest.mark.parametrize("row", PAIRED, ids=lambda row: row["place_id"])
def test_either_name_of_a_place_or_both_will_do(row):
    first, second = row["name_armenian_usage"], row["name_azerbaijani_usage"]
    for form in (first, second, first.upper(), f" {second.lower()} ", f"{first}/{second}", f"{second} / {first}"):
        assert readers.place(form) == row["place_id"]


def test_there_are_places_with_two_names_to_test():
    assert len(PAIRED) >= 8


@pytest.mark.parametrize("row", [row for row in rows("places") if row["name"]], ids=lambda row: row["place_id"])
def test_a_place_with_one_name_is_read_by_it(row):
    assert readers.place(row["name"]) == row["place_id"]


@pytest.mark.parametrize(
    "answer", ["Shusha/Stepanakert", "Shush", "/", "", "Atlantis", ["Shusha"], None, 7, "Shusha or Agdam"], ids=repr
)
def test_what_is_no_one_place_is_refused(answer):
    with pytest.raises(Unreadable, match="either form"):
        readers.place(answer)


def test_a_table_is_read_by_its_name_or_its_title():
    for name in tables.names():
        for form in (name, tables.title(name), tables.title(name).upper(), f" {name} "):
            assert readers.table(form) == name
    for odd in ("no such table", "", None, 7, ["events"]):
        with pytest.raises(Unreadable, match="title of one table"):
            readers.table(odd)


@pytest.mark.parametrize(
    "answer",
    [
        "seized, returned",
        "Seized; the returned.",
        "“seized”\n“returned”",
        ["returned", "seized", ""],
        ("seized", "returned"),
        {"seized", "returned"},
        pd.Series(["seized", "returned"]),
        pd.Index(["seized", "returned"]),
        np.array(["seized", "returned"]),
    ],
    ids=lambda one: type(one).__name__,
)
def test_several_words_in_any_order_and_form(answer):
    assert readers.words(answer) == {"seized", "returned"}


@pytest.mark.parametrize("answer", [7, None, [7], ["a", None], {"a": 1}, np.array(5)], ids=repr)
def test_what_is_no_list_of_words_is_refused(answer):
    with pytest.raises(Unreadable, match="list of words"):
        readers.words(answer)


@pytest.mark.parametrize(
    "answer", ["hgfedcba", "H G F E D C B A", "h>g>f>e>d>c>b>a", "H-G-F-E-D-C-B-A", list("HGFEDCBA")], ids=repr
)
def test_an_order_of_cards_in_any_spelling(answer):
    assert readers.letters(answer, 8) == "HGFEDCBA"


@pytest.mark.parametrize(
    "answer",
    ["HGFEDCB", "HGFEDCBB", "HGFEDCBAA", "12345678", "", [1, 2], None, ["A"] * 100_000],
    ids=lambda one: str(one)[:9],
)
def test_what_is_no_order_of_the_cards_is_refused(answer):
    with pytest.raises(Unreadable, match="letters A to H once"):
        readers.letters(answer, 8)


# ---- anything at all ---------------------------------------------------------------------------------------------

PLAIN = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.characters() | st.dates() | st.datetimes()
)
LIKE = (
    st.from_regex(r"[0-9 ,.:/;+%TZ-]{1,20}")
    | st.from_regex(r"[0-9]{1,4}[ ./-](November|May|Q|x|\w)?[ ./-]?[0-9]{1,5}", fullmatch=True)
    | st.lists(st.sampled_from(["Shusha", "Shushi", "/", ",", "events", "A", "B", "10", "2020", "May", " ", "-"])).map(
        "".join
    )
)
ANYTHING = st.recursive(
    PLAIN | LIKE | st.timedeltas() | st.binary() | st.complex_numbers() | st.fractions() | st.decimals(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.tuples(inner) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=6,
)


@EVERY
@given(answer=ANYTHING)
@settings(max_examples=50)
@pytest.mark.filterwarnings("ignore::UserWarning")  # pandas warns of dates in the order that we ask for
def test_no_reader_ever_raises_anything_but_unreadable(reader, answer):
    try:
        found = reader(answer)
    except Unreadable as problem:
        assert str(problem).startswith("Give ")
        assert "\n" not in str(problem)
    else:
        assert isinstance(found, (int, float, str, frozenset, pd.Timestamp))
        assert found == found  # never NaN or NaT


@EVERY
@pytest.mark.parametrize("name", {**hostile.ODD, **hostile.ENDLESS})
def test_no_reader_stumbles_over_an_odd_object(reader, name):
    try:
        found = reader({**hostile.ODD, **hostile.ENDLESS}[name])
    except Unreadable:
        return
    assert found == found


@pytest.mark.parametrize(
    ("text", "plain"),
    [("  The  Protocol! ", "protocol"), ("a truce", "truce"), ("An “end”", "end"), ("Theatre", "theatre"), ("", "")],
)
def test_plain_words_leave_out_case_punctuation_and_articles(text, plain):
    assert readers.plain_words(text) == plain
