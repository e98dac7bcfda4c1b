"""Chapter 3, links and figures: every year, link and subject, against the tables read without our code."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils.chapters.ceasefire import figures, links, network

LINKS = rows("transport_links")
YEARS = ["2019", "2020", "2021", "2022"]
PIPES = ("gas_pipeline", "oil_pipeline")


def status_by_hand(link: str, year: str) -> str:
    states = sorted((row["from_date"], row["status"]) for row in rows("link_status") if row["link_id"] == link)
    return [status for day, status in states if day <= f"{year}-12-31"][-1]


def shown(kinds: str) -> list[str]:
    return [row["link_id"] for row in LINKS if kinds == links.WITH or row["kind"] not in PIPES]


def test_the_years_run_from_the_last_before_the_war_to_the_last_of_the_period():
    assert list(links.years()) == YEARS


@pytest.mark.parametrize("kinds", [links.WITH, links.WITHOUT])
@pytest.mark.parametrize("year", YEARS)
def test_every_link_is_drawn_in_the_state_of_the_year(year, kinds):
    scene = links.link_network()
    state = scene.state(year=year, kinds=kinds)
    assert_sound(scene, state)
    wanted = {one: status_by_hand(one, year) for one in shown(kinds)}
    assert dict(zip(state.rows["link_id"], state.rows["status"], strict=True)) == wanted
    drawn = {
        trace.customdata[0]: trace.line.dash
        for trace in state.figure.data
        if trace.mode == "lines" and trace.customdata
    }
    assert drawn == {one: network.STATES[status].dash for one, status in wanted.items()}
    for status, many in Counter(wanted.values()).items():
        assert f"{many} {network.STATES[status].name}" in state.reading


@pytest.mark.parametrize("year", YEARS)
def test_the_reading_names_what_changed_in_the_year(year):
    reading = links.link_network().state(year=year, kinds=links.WITH).reading
    before = str(int(year) - 1)
    changed = {
        row["link_id"]
        for row in LINKS
        if status_by_hand(row["link_id"], year) != status_by_hand(row["link_id"], before)
    }
    assert {row["link_id"] for row in LINKS if row["name"] in reading} == changed
    assert ("Nothing on this list changed" in reading) == (not changed)


@pytest.mark.parametrize("link", [row["link_id"] for row in LINKS if row["contested"] == "yes"])
def test_both_sides_words_on_a_contested_link_stand_side_by_side(link):
    state = links.link_network().state(link=link)
    (row,) = (one for one in LINKS if one["link_id"] == link)
    (panel,) = state.panels
    assert panel.left.statements[0].text == row["armenian_position"]
    assert panel.right.statements[0].text == row["azerbaijani_position"]
    assert (panel.below.statements[0].text if panel.below else "") == row["russian_position"]


def test_the_demand_for_the_link_across_syunik_stands_open_at_the_start():
    (panel,) = links.link_network().state().panels
    assert "Zangezur corridor" in panel.right.statements[0].text
    assert "Zangezur" not in panel.left.statements[0].text


@pytest.mark.parametrize("link", LINKS, ids=lambda row: row["link_id"])
def test_every_link_has_a_card_with_all_its_states(link):
    card = links.card(link["link_id"])
    told = [value for _, value in card.facts]
    for row in rows("link_status"):
        if row["link_id"] == link["link_id"]:
            assert any(row["told"] in one for one in told)
    assert bool(card.panels) == (link["contested"] == "yes")


def test_no_number_of_the_network_lies_under_a_land_or_on_another_number():
    rows_ = links.select_links("2022", links.WITHOUT)
    lines = network.paths(rows_)
    spots = [network._spot(lines[one], len(route)) for one, route in zip(rows_["link_id"], rows_["route"], strict=True)]
    for place, (x, y) in enumerate(spots):
        for land in network.LANDS.values():
            wide, high = 0.11 * max(map(len, land.name.split("<br>"))), 0.3 * len(land.name.split("<br>"))
            assert abs(x - land.x) > wide or abs(y - land.y) > high, rows_["name"].iloc[place]
        for other_x, other_y in spots[:place]:
            assert abs(x - other_x) > 0.3 or abs(y - other_y) > 0.3


def test_each_links_first_state_stands_at_the_beginning_of_the_period():
    first = {}
    for row in rows("link_status"):
        first[row["link_id"]] = min(row["from_date"], first.get(row["link_id"], "9"))
    assert set(first) == {row["link_id"] for row in LINKS}
    assert set(first.values()) == {"1994-05-12"}


# ---- figures -----------------------------------------------------------------------------------------------


def keys_by_hand(subject: str) -> set[str]:
    if subject == "peacekeepers":
        wanted = [
            row for row in rows("peacekeepers") if row["personnel"] and row["figure_id"] not in figures.NOT_A_COUNT
        ]
        return {f"peacekeepers/{row['figure_id']}" for row in wanted if row["date"] <= "2022-12-31"}
    if subject == "displaced":
        wanted = [row for row in rows("displaced") if row["kind"] == "returned" and row["date"] <= "2022-12-31"]
        return {f"displaced/{row['figure_id']}" for row in wanted}
    wanted = [row for row in rows("prisoners") if row["kind"] == "total" and row["date"] <= "2022-12-31"]
    return {f"prisoners/{row['release_id']}" for row in wanted}


@pytest.mark.parametrize("subject", figures.SUBJECTS)
def test_every_figure_of_a_subject_is_drawn_once_under_its_maker(subject):
    scene = figures.rival_figures()
    state = scene.state(subject=subject)
    assert_sound(scene, state)
    assert set(state.rows["key"]) == keys_by_hand(subject)
    drawn = [trace.customdata[0] for trace in state.figure.data]
    assert sorted(drawn) == sorted(keys_by_hand(subject))
    assert len(figures._lines(state.rows)) <= figures.MOST


@pytest.mark.parametrize("subject", figures.SUBJECTS)
def test_the_reading_gives_the_ends_and_says_who_gave_them(subject):
    state = figures.rival_figures().state(subject=subject)
    for _, some in state.rows.groupby("group"):
        assert f"{some['figure'].min():,}" in state.reading
        assert f"{some['figure'].max():,}" in state.reading
    assert "not to be added up" in state.reading


def test_claims_are_hollow_and_counts_by_others_are_filled():
    for subject in figures.SUBJECTS:
        state = figures.rival_figures().state(subject=subject)
        makers = state.rows.set_index("key")["kind_of_count"]
        for trace in state.figure.data:
            hollow = trace.marker.symbol.endswith("-open")
            assert hollow == (makers[trace.customdata[0]] not in ("count by others", "the text itself"))


@pytest.mark.parametrize(
    ("table", "column"), [("peacekeepers", "stated_by"), ("prisoners", "stated_by"), ("displaced", "counted_by")]
)
def test_whose_claim_it_is_agrees_with_the_words(table, column):
    """A maker named in words is a maker by id: nobody's claim is put into another's mouth."""
    signs = {
        "armenia": r"\bArmenia",
        "azerbaijan": r"Azerbaijan|Baku",
        "russia": r"Russia|Shoigu",
        "unhcr": "UNHCR",
        "nk_authorities": "facto|Khankendi|Nagorno-Karabakh",
    }
    for row in rows(table):
        for who in ids(row["claimed_by"]):
            if who in signs and not row[column].startswith("Statement of 9/10"):
                assert re.search(signs[who], row[column]), row


def test_every_figure_has_a_card():
    for subject in figures.SUBJECTS:
        for key in keys_by_hand(subject):
            assert figures.card(key).source_ids
