"""Names, dates, citations and colours: what every chapter relies on."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from tests.raw import ids, rows
from utils import axes, citations, names, tables, theme, wording


@pytest.mark.parametrize(
    ("forms", "label"),
    [
        (("Stepanakert", "Khankendi"), "Khankendi/Stepanakert"),
        (("Shushi", "Shusha"), "Shusha/Shushi"),
        (("Lachin", "Berdzor"), "Berdzor/Lachin"),
        (("Hadrut", "Hadrut"), "Hadrut"),
        (("", "Baku"), "Baku"),
    ],
)
def test_pairs_come_in_alphabetical_order_whoever_is_named_first(forms, label):
    assert names.pair(*forms) == names.pair(*reversed(forms)) == label


def test_every_place_has_a_label_and_both_forms_where_the_sides_differ():
    for row in rows("places"):
        label = names.place(row["place_id"])
        forms = {row["name_armenian_usage"], row["name_azerbaijani_usage"]} - {""}
        assert label == (row["name"] or "/".join(sorted(forms, key=str.casefold)))
        assert bool(row["name"]) != bool(forms), "either one name or two forms"


def test_neither_side_always_comes_first():
    first = [pair[0] for pair in names.paired_forms()]
    armenian = {row["name_armenian_usage"] for row in rows("places")}
    assert 0 < sum(form in armenian for form in first) < len(first)


def test_an_actor_within_a_sentence_keeps_its_name():
    short = {row["actor_id"]: row["short_name"] for row in rows("actors")}
    assert names.labels(["france", "eu", "nk_authorities"], names.within) == [
        "France",
        "the EU",
        "the de facto authorities",
    ]
    assert all(
        names.within(one).casefold() in (name.casefold(), f"the {name.casefold()}") for one, name in short.items()
    )


def test_an_unknown_place_or_actor_is_an_error():
    for look_up in (names.place, names.actor, names.within):
        with pytest.raises(KeyError):
            look_up("atlantis")


@pytest.mark.parametrize(
    ("moment", "precision", "text"),
    [
        ("2020-11-10", "day", "10 November 2020"),
        ("2020-11-10", "month", "November 2020"),
        ("2020-11", "day", "November 2020"),
        ("2020", "day", "2020"),
        (pd.Timestamp("1994-05-12"), "day", "12 May 1994"),
        ("", "day", ""),
        (pd.NaT, "day", ""),
    ],
)
def test_dates_are_written_as_readers_write_them(moment, precision, text):
    assert wording.date_text(moment, precision) == text


@pytest.mark.parametrize(
    ("start", "end", "precision", "text"),
    [
        ("2020-09-27", "2020-11-10", "day", "27 September to 10 November 2020"),
        ("2016-04-02", "2016-04-05", "day", "2 to 5 April 2016"),
        ("2019-12-30", "2020-01-02", "day", "30 December 2019 to 2 January 2020"),
        ("2016-04-02", None, "day", "2 April 2016"),
        ("1997-06-01", "1997-07-31", "month", "June to July 1997"),
        ("1997-07-01", "1997-07-31", "month", "July 1997"),
    ],
)
def test_periods_name_what_they_share_once(start, end, precision, text):
    assert wording.span_text(start, end, precision) == text


def test_counts_lists_and_intervals_read_well():
    assert [wording.count(n, "event") for n in (0, 1, 2, 1960)] == ["no events", "1 event", "2 events", "1,960 events"]
    assert [wording.times(n) for n in range(4)] == ["never", "once", "twice", "3 times"]
    assert [wording.listing("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [wording.days_text(n) for n in (1, 40, 400, 851)] == [
        "1 day",
        "40 days",
        "13 months",
        "2 years and 4 months",
    ]


def test_plotly_shows_text_as_it_stands():
    assert wording.plain("<b>A & B") == "&lt;b>A &amp; B"


def test_wrapped_text_breaks_between_words_and_never_inside_an_escape():
    assert wording.wrapped("Peace & trade & links", 7) == "Peace &amp;<br>trade &amp;<br>links"
    assert wording.wrapped("short", 30) == "short"


def test_axes_with_names_run_from_the_top_down_and_from_left_to_right():
    down, across = axes.lines(["a", "b", "c"]), axes.columns(["x", "y"], side="bottom")
    assert (down["tickvals"], down["ticktext"]) == ([0, 1, 2], ["a", "b", "c"])
    assert down["range"][0] > 2 and down["range"][1] < 0, "the first line is not on top"
    assert across["range"][0] < 0 and across["range"][1] > 1 and across["side"] == "bottom"


def test_a_citation_names_publisher_title_date_and_address():
    event = tables.load("events").iloc[0]
    lines = citations.cite(event).splitlines()
    source = {row["source_id"]: row for row in rows("sources")}
    assert len(lines) == len(event["source_ids"])
    for line, one in zip(lines, event["source_ids"], strict=True):
        assert source[one]["publisher"] in line
        assert source[one]["title"] in line
        assert line.endswith(source[one]["url"] or ".")


def test_every_source_makes_a_reference_and_each_comes_once():
    every = [row["source_id"] for row in rows("sources")]
    made = citations.references([*every, *every])
    assert [one.source_id for one in made] == every
    assert {row["perspective"] for row in rows("sources")} <= set(citations.PERSPECTIVES)


def test_citing_several_rows_lists_each_source_once():
    some = tables.load("events").head(5)
    expected = dict.fromkeys(one for row in rows("events")[:5] for one in ids(row["source_ids"]))
    assert citations.sources_of(some) == list(expected)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", sorted(set(theme.INKS) - set(theme.GROUNDS)))
def test_marks_and_text_stand_out_from_the_page_in_both_themes(name):
    ink = theme.INKS[name]
    least = 4.5 if name in ("text", "neutral") else 3
    for colour, page in ((ink.light, theme.PAGE.light), (ink.dark, theme.PAGE.dark)):
        assert contrast(colour, page) >= least
    for dark_page in ("#111111", "#212121"):  # what JupyterLab's dark theme really paints
        assert contrast(ink.dark, dark_page) >= least


@pytest.mark.parametrize("name", sorted(set(theme.GROUNDS) - {"grid"}))
def test_text_can_be_read_on_every_ground(name):
    ground = theme.INKS[name]
    assert contrast(theme.TEXT.light, ground.light) >= 4.5
    assert contrast(theme.TEXT.dark, ground.dark) >= 4.5


def test_text_stands_out_from_a_period_set_off():
    assert contrast(theme.NEUTRAL.light, theme.BAND.light) >= 4.5
    assert contrast(theme.NEUTRAL.dark, theme.BAND.dark) >= 4.5


def test_each_light_colour_has_one_dark_twin():
    light = [ink.light for ink in theme.INKS.values()]
    assert len(set(light)) == len(light)
    assert theme.swaps() == {ink.light: ink.dark for ink in theme.INKS.values()}


def test_the_parties_differ_by_more_than_colour():
    for looks in (theme.PARTY_SYMBOL, theme.PARTY_DASH):
        assert len(set(looks.values())) == len(looks) == 2


def test_a_click_on_a_legend_hides_nothing_on_any_chart():
    for dark in (False, True):
        legend = theme.template(dark)["layout"]["legend"]
        assert legend["itemclick"] is False and legend["itemdoubleclick"] is False


def test_the_templates_differ_in_colour_only():
    def shape(value):
        return {key: shape(one) for key, one in value.items()} if isinstance(value, dict) else type(value)

    assert shape(theme.template()) == shape(theme.template(dark=True))
    assert theme.template() != theme.template(dark=True)


def test_chart_marks_are_hollow_filled_and_striped():
    made = theme.claimed(theme.ARMENIA)["symbol"], theme.counted()["symbol"], theme.invented()["pattern"]["shape"]
    assert made == ("circle-open", "circle", "/")
    assert all(word in theme.KEY_LINE for word in ("hollow", "filled", "striped"))
    assert len({str(mark) for mark in itertools.chain(made)}) == 3
