"""Chapter 2, how a number grows: over every control, against growth computed without our code, and on made tables."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise, product

import pandas as pd
import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import rows
from utils import names, tables, theme
from utils.chapters.war import counts, counts_chart, growth
from utils.scenes.scene import state_json

MAKERS = {"armenian": ("armenia", "nk_authorities"), "azerbaijani": ("azerbaijan",)}
OF_A_SIDE = ("armenia", "nk_authorities", "azerbaijan", "armenian_media", "azerbaijani_media")
PEOPLE = ("both", "armenian", "azerbaijani")


def claims_by_hand(counted: str, side: str = "", maker: str = "") -> list[dict]:
    return [
        row
        for row in rows("casualty_claims")
        if row["episode_id"] == "war_2020"
        and row["category"] == counted
        and row["figure"]
        and side in ("", "both", row["side_harmed"])
        and maker in ("", row["claimed_by"])
    ]


def growth_by_hand(side: str, counted: str) -> dict[str, tuple[int, int, float]]:
    """Maker to first figure, last figure and growth in per cent; counts of something else are left out."""
    found = {}
    for maker in MAKERS[side]:
        told = sorted(
            (row["as_of"], int(row["figure"])) for row in claims_by_hand(counted, side, maker) if not row["definition"]
        )
        if len({day for day, _ in told}) > 1:
            first, last = told[0][1], told[-1][1]
            found[maker] = first, last, (last - first) / first * 100
    return found


# ---- behind the gate ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("guess", ["", *counts.GUESSES])
def test_a_closed_gate_shows_nothing(guess):
    scene = counts.growing_numbers().scene
    for counted, whose in product(counts.COUNTED, PEOPLE):
        state = scene.state(guess=guess, counted=counted, whose=whose)
        assert (state.error, state.figure, len(state.rows), state.source_ids, state.panels) == ("", None, 0, [], [])
        assert not re.search(r"\d", state.reading)


def test_the_guess_is_kept_under_its_id_and_told_in_words():
    prediction = counts.growing_numbers()
    assert (prediction.id, prediction.guess, prediction.gate) == ("p02_growth", "guess", "seen")
    assert prediction.words("armenian") == "The Armenian side's"
    assert prediction.words("") == "no choice made"


# ---- the chart ---------------------------------------------------------------------------------------------


def test_every_view_is_sound_and_shows_each_claim_once():
    scene = counts.growing_numbers().scene
    for counted, whose, (guess, seen) in product(counts.COUNTED, PEOPLE, (("", "skipped"), ("alike", "answered"))):
        state = scene.state(counted=counted, whose=whose, guess=guess, seen=seen)
        assert_sound(scene, state)
        assert not re.search(r"\bnan\b|NaT|<NA>", state_json(scene, state))
        claims = [row["claim_id"] for row in claims_by_hand(counted, whose)]
        assert claims
        drawn = [key for trace in state.figure.data if trace.customdata is not None for key in trace.customdata]
        assert sorted(state.rows["claim_id"]) == sorted(drawn) == sorted(claims)


def test_both_sides_are_there_in_every_category():
    for counted in counts.COUNTED:
        shown = counts.growing_numbers().scene.state(seen="skipped", counted=counted).rows
        assert {"armenian", "azerbaijani"} <= set(shown["side_harmed"])


@pytest.mark.parametrize("counted", counts.COUNTED)
def test_only_counts_by_others_than_the_sides_are_filled_and_each_maker_stands_once_in_the_key(counted):
    figure = counts.growing_numbers().scene.state(seen="skipped", counted=counted).figure
    hollow = {names.actor(one) for one in OF_A_SIDE}
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    for trace in marks:
        assert trace.marker.symbol.endswith("-open") == (trace.name in hollow), trace.name
    named = [trace.name for trace in marks if trace.showlegend]
    assert sorted(named) == sorted({trace.name for trace in marks})


@pytest.mark.parametrize("counted", counts.COUNTED)
def test_a_line_joins_like_counts_of_one_maker_about_its_own_side_and_no_others(counted):
    figure = counts.growing_numbers().scene.state(seen="skipped", counted=counted).figure
    table = growth.claims_of_war(counted)
    own = {(maker, side) for side, makers in MAKERS.items() for maker in makers}
    table = table[[pair in own for pair in zip(table["claimed_by"], table["side_harmed"], strict=True)]]
    groups = table.groupby(["claimed_by", "side_harmed", "definition"])["figure"].agg(list)
    expected = sorted(found for found in groups if len(found) > 1)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert sorted([int(one) for one in trace.y] for trace in lines) == expected
    for trace in lines:
        assert all(earlier <= later for earlier, later in pairwise(trace.x))


@pytest.mark.parametrize("counted", counts.COUNTED)
def test_the_figures_on_the_chart_are_the_ends_that_the_reading_compares(counted):
    figure = counts.growing_numbers().scene.state(seen="skipped", counted=counted).figure
    written = sorted(note.text for note in figure.layout.annotations if re.fullmatch(r"[\d,]+", note.text))
    grown = [ends for side in MAKERS for ends in growth_by_hand(side, counted).values()]
    assert written == sorted(f"{one:,}" for first, last, _ in grown for one in (first, last))


def test_what_counts_something_else_says_so_in_its_note():
    words = {
        "bodies examined": "Bodies examined",
        "with those still to be identified": "still being identified",
        "names of those buried": "Names of those buried",
        "names of those dead or buried": "Names of those dead or buried",
        "perhaps with wounded": "whether wounded are meant as well",
        "perhaps with mine deaths after the ceasefire": "when mines killed civilians too",
    }
    defined = [row for row in rows("casualty_claims") if row["definition"]]
    assert {row["definition"] for row in defined} == set(words)
    for row in defined:
        assert words[row["definition"]] in row["note"]


def test_a_range_has_a_whisker_and_a_single_figure_none():
    figure = counts.growing_numbers().scene.state(seen="skipped").figure
    reach = {}
    for trace in figure.data:
        if trace.customdata is not None:
            reach |= dict(
                zip(trace.customdata, zip(trace.error_y.arrayminus, trace.error_y.array, strict=True), strict=True)
            )
    for row in claims_by_hand("military_killed"):
        low, high = (int(row[name] or row["figure"]) - int(row["figure"]) for name in ("figure_low", "figure_high"))
        below, above = reach[row["claim_id"]]
        assert (0 if pd.isna(below) else below, 0 if pd.isna(above) else above) == (-low, high)


def test_the_days_of_the_war_stand_before_those_after_it():
    for counted in counts.COUNTED:
        axis = counts_chart.axis_of(counted)
        days = pd.Series(pd.date_range("2020-09-27", axis.last))
        places = counts_chart.place_on_axis(days, axis)
        assert places.is_monotonic_increasing and places.iloc[0] == 0 and places.iloc[-1] == pytest.approx(1)
        assert places[days == "2020-11-10"].item() == pytest.approx(axis.share)
        in_war = any(row["as_of"] <= "2020-11-10" for row in claims_by_hand(counted))
        assert axis.share == (counts_chart.WIDE if in_war else counts_chart.NARROW)
        spots, _ = counts_chart.ticks(axis)
        assert all(later - earlier > 0.08 for earlier, later in pairwise(spots))


def test_the_chart_says_when_azerbaijan_first_counted_its_soldiers_if_the_note_bears_it(monkeypatch):
    def said():
        state = counts.growing_numbers().scene.state(seen="skipped")
        return [note.text for note in state.figure.layout.annotations if "no count of its soldiers" in note.text]

    first = min(row["as_of"] for row in claims_by_hand("military_killed", "azerbaijani", "azerbaijan"))
    day = date.fromisoformat(first)
    assert said() == [f"no count of its soldiers before {day.day} {day:%B %Y}"]
    edited(monkeypatch, lambda table: table.assign(note="A remark."))
    assert said() == []


def test_every_claim_opens_a_card():
    scene = counts.growing_numbers().scene
    for counted in counts.COUNTED:
        for row in claims_by_hand(counted):
            card = scene.card(row["claim_id"])
            assert f"{int(row['figure']):,}" in card.title
            assert card.source_ids and not re.search(r"\bnan\b|NaT|<NA>", str(card))


# ---- growth ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("counted", counts.COUNTED)
@pytest.mark.parametrize("side", MAKERS)
def test_growth_is_from_the_first_report_to_the_last_of_each_maker(side, counted):
    found = growth.growth(side, counted)
    expected = growth_by_hand(side, counted)
    assert set(found["claimed_by"]) == set(expected)
    for row in found.itertuples():
        first, last, percent = expected[row.claimed_by]
        assert (row.first, row.last) == (first, last)
        assert row.percent == pytest.approx(percent)
        assert row.reports >= 2 and row.source_ids


@pytest.mark.parametrize("counted", counts.COUNTED)
def test_the_reading_gives_both_ends_of_each_own_count(counted):
    reading = counts.growing_numbers().scene.state(seen="skipped", counted=counted).reading
    for side in MAKERS:
        for maker, (first, last, percent) in growth_by_hand(side, counted).items():
            assert f"{names.actor(maker)} {'up' if percent > 0 else 'down'} " in reading
            assert f"{first:,}" in reading and f"{last:,}" in reading
            assert f"{abs(percent):,.{1 if abs(percent) < 10 else 0}f} per cent" in reading


@pytest.mark.parametrize("guess", counts.GUESSES)
def test_the_guess_stands_beside_the_counts(guess):
    state = counts.growing_numbers().scene.state(guess=guess, seen="answered")
    assert state.reading.count("Your guess: ") == 1
    armenian, azerbaijani = ([one for *_, one in growth_by_hand(side, "military_killed").values()] for side in MAKERS)
    # One of the Armenian side's makers grew by far more, the other about as much: it depends on whom one takes.
    assert max(armenian) > max(azerbaijani) + growth.ALIKE > min(armenian)
    assert state.reading.endswith("the answer depends on which of a side's counts one takes.")
    assert "did not begin together" in state.reading
    for other in ("civilian_killed", "missing"):
        assert (
            "Your guess"
            not in counts.growing_numbers().scene.state(guess=guess, seen="answered", counted=other).reading
        )


def test_one_side_alone_is_read_alone():
    reading = counts.growing_numbers().scene.state(seen="skipped", whose="azerbaijani").reading
    assert "Azerbaijani side's own count" in reading and "Armenian side's own count" not in reading


# ---- made tables -------------------------------------------------------------------------------------------


def edited(monkeypatch, change):
    real = tables.load
    monkeypatch.setattr(tables, "load", lambda name: change(real(name)) if name == "casualty_claims" else real(name))


def made(monkeypatch, *claims: tuple):
    """Let the table hold these claims alone: side harmed, who claims it, as of, figure[, id]."""

    def change(real: pd.DataFrame) -> pd.DataFrame:
        table = real.head(1).iloc[[0] * len(claims)].reset_index(drop=True)
        ids = [one[4] if len(one) > 4 else f"made_{place}" for place, one in enumerate(claims)]
        return table.assign(
            claim_id=ids,
            episode_id="war_2020",
            category="military_killed",
            side_harmed=[one[0] for one in claims],
            claimed_by=[one[1] for one in claims],
            as_of=pd.to_datetime([one[2] for one in claims]),
            figure=pd.array([one[3] for one in claims], "Int64"),
            figure_low=pd.array([pd.NA] * len(claims), "Int64"),
            figure_high=pd.array([pd.NA] * len(claims), "Int64"),
            note=["<b>odd & bold</b>"] * len(claims),
        ).astype(real.dtypes.to_dict())

    edited(monkeypatch, change)


def test_makers_are_never_chained_and_the_other_sides_claims_are_no_own_counts(monkeypatch):
    made(
        monkeypatch,
        ("armenian", "nk_authorities", "2020-10-01", 100),
        ("armenian", "nk_authorities", "2020-11-01", 150),
        ("armenian", "armenia", "2020-12-01", 1000),
        ("armenian", "armenia", "2021-12-01", 1010),
        ("armenian", "azerbaijan", "2020-10-01", 10),
        ("armenian", "azerbaijan", "2020-11-01", 9000),
        ("azerbaijani", "azerbaijan", "2020-12-03", 50),
    )
    grown = growth.growth("armenian").set_index("claimed_by")["percent"].to_dict()
    assert grown == pytest.approx({"nk_authorities": 50, "armenia": 1})
    assert growth.growth("azerbaijani").empty
    assert growth.grew_more() == ""
    state = counts.growing_numbers().scene.state(guess="alike", seen="answered")
    assert state.error == "" and "fewer than two dated reports" in state.reading
    assert "depends on" in state.reading


def test_a_count_given_beside_another_is_no_report_of_its_own(monkeypatch):
    aside = "war_2020_armenian_military_killed_armenia_2021-04-14_2"
    made(
        monkeypatch,
        ("armenian", "armenia", "2020-12-01", 100),
        ("armenian", "armenia", "2021-04-14", 120),
        ("armenian", "armenia", "2021-04-14", 500, aside),
    )
    assert growth.growth("armenian")[["first", "last", "reports"]].values.tolist() == [[100, 120, 2]]


@pytest.mark.parametrize(
    ("first", "last", "other", "expected"),
    [
        (100, 200, 110, "armenian"),
        (100, 101, 150, "azerbaijani"),
        (100, 104, 102, "alike"),
        (200, 100, 100, "azerbaijani"),
    ],
)
def test_which_side_grew_more_follows_the_figures(monkeypatch, first, last, other, expected):
    made(
        monkeypatch,
        ("armenian", "armenia", "2020-12-01", first),
        ("armenian", "armenia", "2021-12-01", last),
        ("azerbaijani", "azerbaijan", "2020-12-03", 100),
        ("azerbaijani", "azerbaijan", "2021-12-03", other),
    )
    assert growth.grew_more() == expected
    scene = counts.growing_numbers().scene
    for guess in counts.GUESSES:
        state = scene.state(guess=guess, seen="answered")
        assert_sound(scene, state)
        assert {"alike": "about the same"}.get(expected, "grew more") in state.reading


def test_where_makers_disagree_the_answer_depends_on_them(monkeypatch):
    made(
        monkeypatch,
        ("armenian", "nk_authorities", "2020-10-01", 100),
        ("armenian", "nk_authorities", "2020-11-01", 900),
        ("armenian", "armenia", "2020-12-01", 100),
        ("armenian", "armenia", "2021-12-01", 101),
        ("azerbaijani", "azerbaijan", "2020-12-03", 100),
        ("azerbaijani", "azerbaijan", "2021-12-03", 140),
    )
    assert growth.grew_more() == ""


def test_a_count_that_starts_at_nothing_has_no_growth(monkeypatch):
    made(monkeypatch, ("armenian", "armenia", "2020-12-01", 0), ("armenian", "armenia", "2021-12-01", 9))
    assert growth.growth("armenian").empty
    assert list(growth.growth("azerbaijani").columns) == list(growth.growth("armenian").columns)


def test_no_rows_give_no_chart_and_a_sentence(monkeypatch):
    made(monkeypatch, ("armenian", "armenia", "2020-12-01", 5))
    state = counts.growing_numbers().scene.state(seen="skipped", whose="azerbaijani")
    assert (state.error, state.figure) == ("", None)
    assert "fewer than two dated reports" in state.reading


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0, "unchanged"),
        (4.42, "up 4.4 per cent"),
        (64.9, "up 65 per cent"),
        (-41.7, "down 42 per cent"),
        (2145, "up 2,145 per cent"),
    ],
)
def test_a_change_is_told_in_words(percent, words):
    assert counts.changed(percent) == words


def test_the_key_of_the_chart_is_that_of_the_pack():
    assert theme.KEY_LINE in counts.growing_numbers().scene.note
