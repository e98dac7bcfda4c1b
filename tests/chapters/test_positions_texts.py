"""Chapter 5, status and texts: the ladder, the two lists of 2022 and what the plans say, against the raw tables."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils import names, settlement
from utils.chapters.positions import rungs, shrinking, terms
from utils.scenes.scene import table_of

SAID = {row["position_id"]: row for row in rows("positions")}
MARKS = [row | SAID[row["position_id"]] for row in rows("status_marks")]
SIDES = ("armenia", "azerbaijan")


def marks(figure) -> list[str]:
    return [one for trace in figure.data for one in (trace.customdata if trace.customdata is not None else ()) if one]


# ---- the ladder of status ----------------------------------------------------------------------------------


def last_by_hand(actor: str, day: str) -> dict | None:
    mine = [row for row in MARKS if row["actor_id"] == actor and row["from_date"] <= day]
    return max(mine, key=lambda row: (row["from_date"], row["position_id"])) if mine else None


@pytest.mark.parametrize("day", list(rungs.days()))
def test_the_ladder_names_the_last_mark_of_each_side_and_shows_its_words(day):
    scene = rungs.status_ladder()
    state = scene.state(day=day)
    assert_sound(scene, state)
    (panel,) = state.panels
    assert panel.open
    for column, side in ((panel.left, "armenia"), (panel.right, "azerbaijan")):
        mark = last_by_hand(side, day)
        if mark is None:
            assert f"{names.actor(side)}: no mark yet" in state.reading
            continue
        assert f"{names.actor(side)}: rung {mark['rung']}" in state.reading
        assert column.statements[0].text == mark["position"]
        assert mark["reason"] in column.statements[1].text
        assert column.statements[1].speaker == "Our judgement"


def test_the_ladder_tells_the_first_and_last_rungs_of_all_actors_it_shows():
    reading = rungs.status_ladder().state(actors=rungs.ACTORS).reading
    for actor in rungs.ACTORS:
        mine = sorted((row for row in MARKS if row["actor_id"] == actor), key=lambda row: row["from_date"])
        ends = [
            f"{row['rung']}{' to ' + row['rung_to'] if row['rung_to'] else ''} ({row['from_date'][:4]})"
            for row in (mine[0], mine[-1])
        ]
        assert f"{names.within(actor)} {' and '.join(ends)}" in reading


def test_a_mark_of_which_only_the_year_is_known_is_dated_by_its_year():
    (row,) = (row for row in MARKS if row["date_precision"] == "year" and row["actor_id"] in SIDES)
    day, year = row["from_date"], row["from_date"][:4]
    assert rungs.status_ladder().state(day=day).reading.startswith(f"{year}. ")


@pytest.mark.parametrize("span", rungs.SPANS)
@pytest.mark.parametrize("actors", [SIDES, ("nk_authorities",), rungs.ACTORS, ()])
def test_every_mark_of_the_chosen_actors_is_drawn_on_its_rung(actors, span):
    scene = rungs.status_ladder()
    state = scene.state(actors=actors, span=span)
    assert_sound(scene, state)
    wanted = {row["position_id"]: int(row["rung"]) for row in MARKS if row["actor_id"] in actors}
    drawn = {
        key: round(y)
        for trace in state.figure.data
        if trace.customdata is not None
        for key, y in zip(trace.customdata, trace.y, strict=True)
        if key
    }
    assert drawn == wanted


def test_both_states_have_about_as_many_marks_and_words():
    many = Counter(row["actor_id"] for row in MARKS)
    assert abs(many["armenia"] - many["azerbaijan"]) <= 2
    space = Counter()
    for row in MARKS:
        space[row["actor_id"]] += len(row["position"])
    assert 0.6 < space["armenia"] / space["azerbaijan"] < 1.7


@pytest.mark.parametrize("row", MARKS, ids=lambda row: row["position_id"])
def test_each_mark_has_a_card_with_reason_and_sources(row):
    card = rungs.card(row["position_id"])
    facts = dict(card.facts)
    assert facts["Our judgement of the rung"] == row["reason"]
    assert card.text == row["position"]
    assert list(card.source_ids) == ids(row["source_ids"])
    if row["flexibility"]:
        assert facts["Room that the words leave"].startswith(f"{row['flexibility']} of 4, our judgement")


def test_a_mark_between_two_rungs_says_both():
    wide = [row for row in MARKS if row["rung_to"]]
    assert wide
    for row in wide:
        assert int(row["rung"]) < int(row["rung_to"])
        assert (
            f"from “{rungs.RUNGS[int(row['rung'])]}” to “{rungs.RUNGS[int(row['rung_to'])]}”"
            in rungs.card(row["position_id"]).title
        )


# ---- five and six ------------------------------------------------------------------------------------------


def test_the_lists_are_whole():
    numbers = {
        which: sorted(int(row["number"]) for row in rows("peace_terms") if row["list"] == which)
        for which in ("five", "six")
    }
    assert numbers == {"five": [1, 2, 3, 4, 5], "six": [1, 2, 3, 4, 5, 6]}


def test_nothing_opens_before_the_guess_and_all_terms_after_it():
    scene = terms.five_and_six()
    closed = scene.state()
    assert_sound(scene, closed)
    assert closed.rows.empty
    assert closed.panels == []
    state = scene.state(seen="skipped")
    assert_sound(scene, state)
    assert sorted(marks(state.figure)) == sorted(row["term_id"] for row in rows("peace_terms"))
    drawn = sum(trace.mode == "lines" and trace.x[0] is not None for trace in state.figure.data)
    assert drawn == len(rows("term_links")) == len(state.panels)


@pytest.mark.parametrize("guess", range(6))
def test_the_guess_is_told_beside_what_armenia_said(guess):
    refused = sum(row["list"] == "five" and "armenia" in ids(row["refused_by"]) for row in rows("peace_terms"))
    reading = terms.five_and_six().state(guess=guess, seen="answered").reading
    assert f"Armenia called {refused or 'none'} of the 5 unacceptable" in reading
    assert f"Your guess was {guess}." in reading
    texts = {row["proposal_id"]: row for row in rows("proposals")}
    assert texts["2022_five_principles"]["accepted_by"] in reading, "what Armenia said of the five"
    assert texts["2022_six_points"]["rejected_by"] in reading, "what Azerbaijan said of the six"
    assert refused == 0, "its foreign minister said that nothing in them was unacceptable"


@pytest.mark.parametrize("term", [row["term_id"] for row in rows("peace_terms")])
def test_following_a_term_shows_its_pairs_with_both_texts(term):
    state = terms.five_and_six().state(seen="skipped", term=term)
    pairs = [row for row in rows("term_links") if term in (row["five_id"], row["six_id"])]
    told = {row["term_id"]: row["told"] for row in rows("peace_terms")}
    shown = [(panel.left.statements[0].text, panel.right.statements[0].text) for panel in state.panels]
    assert sorted(shown) == sorted((told[row["six_id"]], told[row["five_id"]]) for row in pairs)
    assert all(panel.open and panel.below for panel in state.panels)
    titles = {row["term_id"]: row["title"] for row in rows("peace_terms")}
    partners = {titles[one] for row in pairs for one in (row["five_id"], row["six_id"]) if one != term}
    opening = state.reading.split(" On the five principles")[0]
    assert {title for title in titles.values() if f"“{title}”" in opening} == partners | {titles[term]}
    assert ("has no partner" in opening) == (not partners)
    assert terms.card(term).text == told[term]


def test_terms_without_a_partner_are_named():
    linked = {one for row in rows("term_links") for one in (row["five_id"], row["six_id"])}
    reading = terms.five_and_six().state(seen="skipped").reading
    for row in rows("peace_terms"):
        assert (f"“{row['title']}”" in reading) == (row["term_id"] not in linked)


# ---- how the deal shrank -----------------------------------------------------------------------------------


@pytest.mark.parametrize("matter", shrinking.MATTERS)
def test_each_matter_is_followed_through_all_texts(matter):
    scene = shrinking.shrinking_deal()
    state = scene.state(matter=matter)
    assert_sound(scene, state)
    said = [row for row in rows("settlement_coverage") if row["element_id"] in shrinking.MATTERS]
    mine = [row for row in said if row["element_id"] == matter]
    assert len(state.rows) == len(said)
    (panel,) = state.panels
    shown = [one.text for column in (panel.left, panel.right) for one in column.statements]
    assert sorted(shown) == sorted(row["told"] for row in mine)
    titles = {row["proposal_id"]: row["title"] for row in rows("proposals")}
    for row in mine:
        listed = state.reading.split("A rule on it:")[-1].split(". ")[0] if "A rule on it:" in state.reading else ""
        assert (titles[row["proposal_id"]] in listed) == (row["coverage"] == "settled")


def test_the_rules_of_each_text_are_counted():
    counted = Counter(
        row["proposal_id"]
        for row in rows("settlement_coverage")
        if row["coverage"] == "settled" and row["element_id"] in shrinking.MATTERS
    )
    sizes = shrinking.ruled(shrinking.select_texts("final_status"))
    assert {one: many for one, many in sizes.items() if many} == dict(counted)
    assert list(sizes.index) == list(settlement.texts().index)


def test_all_texts_of_2022_are_among_them():
    shown = set(shrinking.select_texts("border")["proposal_id"])
    assert {row["proposal_id"] for row in rows("proposals") if row["proposal_id"].startswith("2022")} <= shown


@pytest.mark.parametrize("matter", shrinking.MATTERS)
def test_the_reading_names_every_text_that_we_know_on_the_matter_and_counts_those_without_rules(matter):
    reading = shrinking.shrinking_deal().state(matter=matter).reading
    titles = {row["proposal_id"]: row["title"] for row in rows("proposals")}
    told = [row for row in rows("settlement_coverage") if row["element_id"] in shrinking.MATTERS]
    for row in told:
        if row["element_id"] == matter:
            words = shrinking.SAID_OF[row["coverage"]]
            assert titles[row["proposal_id"]] in reading.split(words)[1].split(". ")[0]
    texts = {row["proposal_id"] for row in told}
    ruled = {row["proposal_id"] for row in told if row["coverage"] == "settled"}
    assert f"{len(texts - ruled)} texts of {len(texts)} have a rule on none" in reading


SCENES = [rungs.status_ladder(), terms.five_and_six(), shrinking.shrinking_deal()]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_every_row_of_a_table_and_every_mark_opens_a_card(scene):
    state = scene.state(**({"seen": "skipped"} if "seen" in scene.start else {}))
    keys = {*table_of(scene, state.rows)["keys"], *marks(state.figure)}
    assert keys
    assert all(scene.card(key).title for key in keys)


def test_the_marks_end_with_the_period():
    assert rungs.marks()["from_date"].max() <= pd.Timestamp("2022-12-31")
