"""The glossary: sixty terms and more, both usages where they differ, found by a search or by a chapter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.raw import ids, rows
from utils.chapters import history, start
from utils.learning import glossary
from utils.learning.glossary import EVERY

TERMS = {row["term_id"]: row for row in rows("glossary")}
DIFFER = [one for one, row in TERMS.items() if row["armenian_usage"] or row["azerbaijani_usage"]]


def found(**settings) -> list[str]:
    state = glossary.glossary().state(**settings)
    assert state.error == ""
    return state.rows["term_id"].tolist()


def test_there_are_sixty_terms_and_more_and_each_is_shown():
    assert len(TERMS) >= 60
    assert sorted(found()) == sorted(TERMS)
    assert found() == sorted(TERMS, key=lambda one: TERMS[one]["term"].casefold())


def test_where_the_sides_differ_both_usages_are_given():
    assert len(DIFFER) >= 5
    assert all(TERMS[one]["armenian_usage"] and TERMS[one]["azerbaijani_usage"] for one in DIFFER)


@pytest.mark.parametrize("id", TERMS)
def test_a_term_opens_a_card_with_its_meaning_both_usages_and_sources(id):
    card, row = glossary.term_card(id), TERMS[id]
    assert (card.title, card.text) == (row["term"], row["meaning"])
    assert list(card.source_ids) == ids(row["source_ids"])
    assert card.facts == ((("See also", card.facts[0][1]),) if row["see_also_ids"] else ())
    for other in ids(row["see_also_ids"]):
        assert TERMS[other]["term"] in card.facts[0][1]
    if id in DIFFER:
        (panel,) = card.panels
        assert (panel.left.title, panel.right.title) == ("Armenian usage", "Azerbaijani usage")
        assert panel.left.statements[0].text == row["armenian_usage"]
        assert panel.right.statements[0].text == row["azerbaijani_usage"]
    else:
        assert card.panels == ()


def test_an_unknown_term_is_a_key_error():
    with pytest.raises(KeyError):
        glossary.term_card("no_such_term")


@pytest.mark.parametrize("id", TERMS)
def test_a_term_is_found_by_its_name_in_any_case_and_stands_first(id):
    term = TERMS[id]["term"]
    for text in (term, term.upper(), f"  {term[:60]} "):
        if len(text) <= 60:
            first = found(search=text)[0]
            assert TERMS[first]["term"].casefold().startswith(term.casefold())


def test_a_search_finds_what_the_names_and_meanings_hold_and_names_come_first():
    hits = found(search="corridor")
    by_hand = [one for one, row in TERMS.items() if "corridor" in f"{row['term']} {row['meaning']}".casefold()]
    assert sorted(hits) == sorted(by_hand)
    ranks = [
        0 if term.startswith("corridor") else 1 if "corridor" in term else 2
        for term in (TERMS[one]["term"].casefold() for one in hits)
    ]
    assert ranks == sorted(ranks)
    reading = glossary.glossary(search="corridor").state(search="corridor").reading
    assert f"{TERMS[hits[0]]['term']}: {TERMS[hits[0]]['meaning']}" in reading


def test_the_terms_of_a_chapter_are_those_that_name_it():
    for chapter in ("0", "1"):
        by_hand = [one for one, row in TERMS.items() if chapter in ids(row["chapters"])]
        assert by_hand
        assert sorted(found(chapter=chapter)) == sorted(by_hand)


def test_what_is_not_there_is_said_with_a_way_out():
    state = glossary.glossary().state(search="xyzzy <b>", chapter="1")
    assert state.rows.empty
    assert state.reading == "No term in the whole glossary holds “xyzzy <b>”. Try fewer letters."


def test_how_many_terms_the_sides_use_differently_is_counted():
    reading = glossary.glossary().state().reading
    assert f"{len(TERMS)} terms" in reading
    assert f"use {len(DIFFER)} of them differently" in reading


@given(search=st.text(max_size=60))
def test_any_search_gets_an_answer(search):
    state = glossary.glossary().state(search=search)
    assert state.error == ""
    assert state.reading
    if search.strip():
        wanted = search.strip().casefold()
        texts = [f"{TERMS[one]['term']} {TERMS[one]['meaning']}".casefold() for one in state.rows["term_id"]]
        assert all(wanted in text for text in texts)


@pytest.mark.parametrize(("chapter", "number"), [(start, "0"), (history, "1")], ids=["start", "history"])
def test_each_chapter_opens_it_at_its_own_terms(chapter, number):
    scene = chapter.words()
    assert scene.start == {"search": "", "chapter": number}
    assert scene.show().settings["chapter"] == number


def test_it_opens_at_a_search_too():
    assert glossary.glossary(search="corridor").start == {"search": "corridor", "chapter": EVERY}
