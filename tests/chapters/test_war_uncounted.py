"""Chapter 2, what a count of the dead leaves out: every view, the gaps, and the figures against the bare tables."""

from __future__ import annotations

import re
from itertools import product

import pandas as pd
import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import rows
from utils import claims, tables
from utils.chapters.war import harm, uncounted
from utils.scenes.scene import state_json

SIDES = ("armenian", "azerbaijani")


def raw(table: str, id_column: str) -> dict[str, dict]:
    return {row[id_column]: row for row in rows(table)}


def claims_by_hand(kind: str, side: str) -> set[int]:
    return {
        int(row["figure"])
        for row in rows("casualty_claims")
        if (row["episode_id"], row["category"], row["side_harmed"]) == ("war_2020", kind, side) and row["figure"]
    }


def shown(kind: str, side: str) -> pd.DataFrame:
    return uncounted.left_out().state(kind=kind, whose=side).rows


def edited(monkeypatch, **changes):
    real = tables.load
    monkeypatch.setattr(tables, "load", lambda name: changes[name](real(name)) if name in changes else real(name))


@pytest.fixture(scope="module")
def every_state():
    return list(uncounted.left_out().states())


def test_every_view_is_sound_and_draws_each_figure_once(every_state):
    scene = uncounted.left_out()
    for state in every_state:
        assert_sound(scene, state)
        assert not re.search(r"\bnan\b|NaT|<NA>", state_json(scene, state))
        drawn = [key for trace in state.figure.data if trace.customdata is not None for key in trace.customdata]
        found = state.rows[state.rows["figure"].notna()]
        assert sorted(drawn) == sorted(found["key"])
        assert state.rows["key"].is_unique


def test_each_kind_has_a_line_for_both_sides():
    for kind in harm.KINDS:
        assert set(uncounted.left_out().state(kind=kind).rows["side"]) == set(SIDES)
    whole = uncounted.left_out().state().rows
    assert set(whole[["kind", "side"]].itertuples(index=False, name=None)) == set(product(harm.KINDS, SIDES))


def test_a_missing_figure_is_said_and_never_a_zero(every_state):
    for state in every_state:
        gaps = state.rows[state.rows["figure"].isna()]
        said = [text for trace in state.figure.data for text in trace.text or () if harm.NO_FIGURE in text]
        assert len(said) == len(gaps)
        assert (gaps["figure_text"] == harm.NO_FIGURE).all()
        assert (harm.NO_FIGURE.capitalize() in state.reading) == bool(len(gaps))
        assert ("not a zero" in state.reading) == bool(len(gaps))


@pytest.mark.parametrize(("kind", "side"), list(product(("wounded", "missing", "homes"), SIDES)))
def test_claims_of_the_war_are_all_there(kind, side):
    found = shown(kind, side)["figure"].dropna()
    assert set(found.astype(int)) == claims_by_hand(kind, side)


def test_the_captured_are_the_running_totals_of_those_returned():
    for side, returned_to in (("armenian", "armenia"), ("azerbaijani", "azerbaijan")):
        totals = {
            int(row["number"])
            for row in rows("prisoners")
            if (row["kind"], row["returned_to"]) == ("total", returned_to)
        }
        assert set(shown("captured", side)["figure"].dropna().astype(int)) == totals | claims_by_hand("captured", side)


def test_the_displaced_are_those_of_this_war_each_figure_once():
    table = raw("displaced", "figure_id")
    assert set(harm.DISPLACED) <= set(table)
    for side in SIDES:
        figures = {int(table[one]["number"]) for one in harm.DISPLACED if table[one]["side"] == side}
        found = shown("displaced", side)["figure"].dropna().astype(int).tolist()
        assert sorted(found) == sorted(figures | claims_by_hand("displaced", side))
    assert all(table[one]["date"] >= "2020-09-27" for one in harm.DISPLACED)


def test_mine_victims_are_totals_of_everybody_before_the_epilogue():
    for side in SIDES:
        totals = [
            float(row["value"])
            for row in rows("mines")
            if (row["kind"], row["scope"], row["counted"], row["side_harmed"])
            == ("victims", "total", "everybody", side)
            and row["date"] <= "2022-12-31"
        ]
        assert sorted(shown("mines", side)["figure"].dropna().astype(float)) == sorted(totals)
    blasts = {
        row["date"]
        for row in rows("mines")
        if row["kind"] in ("killed", "injured", "victims")
        and (row["scope"], row["side_harmed"]) == ("single", "armenian")
        and row["date"] <= "2022-12-31"
    }
    assert f"our tables hold {len(blasts)} single blasts" in harm.remark("mines", "armenian")
    assert harm.remark("wounded", "armenian") == ""


def test_all_kinds_together_show_the_latest_running_count_of_each_side():
    whole = uncounted.left_out().state().rows
    for kind, side in product(harm.RUNNING, SIDES):
        every = shown(kind, side)
        some = whole[(whole["kind"] == kind) & (whole["side"] == side)]
        assert set(some["counted_by"]) == set(every["counted_by"])
        for maker, its in every[every["figure"].notna()].groupby("counted_by"):
            (newest,) = some.loc[some["counted_by"] == maker, "as_of"]
            assert newest == its["as_of"].max()


def test_only_counts_by_others_than_the_sides_are_filled():
    state = uncounted.left_out().state()
    party = state.rows.set_index("key")["party"]
    for trace in state.figure.data:
        if trace.customdata is not None:
            assert trace.marker.symbol.endswith("-open") == (party[trace.customdata[0]] != "")


@pytest.mark.parametrize(
    ("makers", "party"),
    [
        (("azerbaijan",), "azerbaijan"),
        (("armenian_media",), "armenia"),
        (("nk_authorities",), "armenia"),
        (("armenia", "nk_authorities"), "armenia"),
        (("armenian_media", "azerbaijani_media"), ""),
        (("iom",), ""),
        (("russia",), ""),
        (("reference_compilers",), ""),
    ],
)
def test_the_makers_of_a_count_belong_to_a_side_or_to_none(makers, party):
    assert harm.party_of(makers) == party


def test_the_reading_counts_the_figures_by_side_and_by_maker(every_state):
    for state in every_state:
        found = state.rows[state.rows["figure"].notna()]
        if found.empty:
            assert not re.search(r"\d", state.reading)
            continue
        for side, name in claims.SIDES.items():
            how_many = int((found["side"] == side).sum())
            assert (f" on the {name}" in state.reading) == bool(how_many)
        others = int((found["party"] == "").sum())
        assert f"{len(found) - others or 'none'} by officials or media" in state.reading
        assert f"{others or 'none'} by others" in state.reading


def test_every_line_opens_a_card_also_one_without_a_figure():
    scene = uncounted.left_out()
    for kind in uncounted.ASKED:
        for row in scene.state(kind=kind).rows.itertuples():
            card = scene.card(row.key)
            assert row.figure_text in card.title
            assert not re.search(r"\bnan\b|NaT|<NA>", str(card))
            assert bool(card.all_source_ids()) == (row.figure_text != harm.NO_FIGURE)
    for key in ("mines/none_such", "none/none_such/armenian"):
        with pytest.raises(KeyError):
            scene.card(key)


# ---- made tables -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
def test_a_side_whose_figures_go_has_a_gap(monkeypatch, side):
    edited(
        monkeypatch,
        casualty_claims=lambda table: table[(table["category"] != "missing") | (table["side_harmed"] != side)],
    )
    scene = uncounted.left_out()
    state = scene.state(kind="missing", whose=side)
    assert_sound(scene, state)
    assert state.rows["figure_text"].tolist() == [harm.NO_FIGURE]
    assert state.reading == f"No figure found: missing ({claims.SIDES[side]}). A missing number is not a zero."


def test_a_zero_that_somebody_counted_is_a_figure(monkeypatch):
    edited(
        monkeypatch,
        casualty_claims=lambda table: table.assign(figure=table["figure"].mask(table["category"] == "wounded", 0)),
    )
    scene = uncounted.left_out()
    state = scene.state(kind="wounded", whose="azerbaijani")
    assert_sound(scene, state)
    assert set(state.rows["figure_text"]) == {"0"}


def test_a_range_has_a_whisker(monkeypatch):
    def ranged(table):
        wounded = table["category"] == "wounded"
        return table.assign(figure_high=table["figure_high"].mask(wounded, table["figure"] + 7))

    edited(monkeypatch, casualty_claims=ranged)
    figure = uncounted.left_out().state(kind="wounded").figure
    reach = [one for trace in figure.data if trace.customdata is not None for one in trace.error_x.array]
    assert reach and set(reach) == {7}


def test_text_of_the_tables_is_no_markup_on_the_chart(monkeypatch):
    edited(
        monkeypatch,
        displaced=lambda table: table.assign(counted_by="<b>A & B</b>", what="<i>odd</i>"),
        casualty_claims=lambda table: table.assign(note="<u>x</u>"),
    )
    figure = uncounted.left_out().state(kind="displaced").figure
    words = [word for trace in figure.data for word in (*(trace.hovertext or ()), *(trace.text or ()))]
    text = " ".join([note.text for note in figure.layout.annotations] + words)
    assert "<i>" not in text and "<u>" not in text and "<b>A" not in text
    assert "&lt;b>A &amp; B" in text
