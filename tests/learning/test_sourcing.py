"""Sourcing: nothing of the texts is shown before the guesses, and what they hold is counted from them."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from tests.raw import rows
from utils.learning import sourcing
from utils.scenes import Gate
from utils.verdicts import verdict_words

EVENTS = {row["event_id"]: row for row in rows("events")}
TOLD: dict[str, list[dict[str, str]]] = {}
for one in rows("event_accounts"):
    TOLD.setdefault(one["event_id"], []).append(one)


def pair(event_id: str) -> list[dict[str, str]] | None:
    """Return the first account of each side, or None."""
    by_side = [[row for row in TOLD[event_id] if row["side"] == side] for side in ("armenia", "azerbaijan")]
    return [some[0] for some in by_side] if all(by_side) else None


BOTH = [event_id for event_id in TOLD if pair(event_id)]
CHOSEN = "shusha_lachin_1992"


def test_there_are_events_that_both_sides_tell():
    assert len(BOTH) > 20
    assert CHOSEN in BOTH


@pytest.mark.parametrize("event_id", BOTH)
def test_the_two_accounts_are_the_first_of_each_side_in_the_order_of_the_alphabet(event_id):
    found = sourcing.two_accounts(event_id)
    assert found["account_id"].tolist() == [row["account_id"] for row in pair(event_id)]
    assert found["side"].tolist() == ["armenia", "azerbaijan"]


def test_an_event_that_one_side_tells_alone_is_a_key_error():
    with pytest.raises(KeyError):
        sourcing.two_accounts("no_such_event")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("They took 3 villages.", True),
        ("They took three villages.", True),
        ("Hundreds fled.", True),
        ("A dozen houses burned.", True),
        ("44 days.", True),
        ("In 2022 it began.", False),
        ("On 10 November 2020 and in May 1992 it began.", False),
        ("On 9 May, in November.", False),
        ("On 10 November 2020, 7 died.", True),
        ("Nobody came.", False),
        ("Often, tenfold and someone.", False),
        ("", False),
    ],
)
def test_a_figure_is_a_number_that_is_no_date(text, figures):
    assert sourcing.gives_figures(text) is figures


@pytest.mark.parametrize("event_id", BOTH)
def test_which_was_said_nearer_is_counted_in_days(event_id):
    event = date.fromisoformat(EVENTS[event_id]["date_start"])
    said = [row["statement_date"] for row in pair(event_id)]
    known = [abs((date.fromisoformat(one) - event).days) if len(one) == 10 else None for one in said]
    found = sourcing.found(event_id)["near"][0]
    if None in known:
        assert found in sourcing.OPTIONS
    elif abs(known[0] - known[1]) < 31:
        assert found == "both"
    else:
        assert found == ("a" if known[0] < known[1] else "b")


@pytest.mark.parametrize("event_id", BOTH)
def test_verdict_words_and_figures_are_counted_in_the_texts(event_id):
    texts = [row["account"] for row in pair(event_id)]
    option, detail = sourcing.found(event_id)["verdict"]
    told = dict(re.findall(r"\b([AB]): (\w+) of the list", detail))
    for letter, text in zip("AB", texts, strict=True):
        words = verdict_words(text)
        assert told[letter] == (str(len(words)) if words else "none")
        assert bool(words) == (option in (letter.lower(), "both"))
        assert not any(word in detail for word in words)  # an exercise may ask for the words themselves
    figures = sourcing.found(event_id)["figures"][0]
    for letter, text in zip("ab", texts, strict=True):
        if not re.search(r"\d", text) and figures in (letter, "both"):
            assert sourcing.NUMBER_WORDS.search(text)


def test_before_the_guesses_nothing_of_the_texts_is_in_the_page():
    view = sourcing.sourcing("p01_sourcing", CHOSEN, "What do you expect?").show()
    told = json.loads(view.state)
    for row in pair(CHOSEN):
        assert row["speaker"] in view.state  # who spoke, and when
        for part in re.findall(r"\w+(?:\W+\w+){3}", row["account"]):
            assert part not in view.state
        assert not any(source in view.state for source in row["source_ids"].split("|"))
    assert told["table"]["rows"] == []
    assert told["sources"] == []
    assert "The texts open when you have guessed" in told["reading"]


@pytest.mark.parametrize("seen", ["answered", "skipped"])
def test_then_both_texts_stand_side_by_side_with_their_sources(seen):
    view = sourcing.sourcing("p01_sourcing", CHOSEN, "What do you expect?").show()
    state = view.drive(guesses=("a", "b", "both", "neither"), seen=seen)
    (panel,) = state.panels
    assert [column.statements[0].text for column in (panel.left, panel.right)] == [
        row["account"] for row in pair(CHOSEN)
    ]
    cited = [source for row in pair(CHOSEN) for source in row["source_ids"].split("|")]
    assert state.source_ids == list(dict.fromkeys(cited))


def test_the_guesses_that_met_the_texts_are_counted():
    right = {name: option for name, (option, _) in sourcing.found(CHOSEN).items()}
    assert set(right) == {"near", "figures", "verdict"}
    view = sourcing.sourcing("p01_sourcing", CHOSEN, "What?").show()
    all_met = view.drive(guesses=(right["near"], right["figures"], right["verdict"], "a"), seen="answered")
    assert all_met.reading.startswith("3 of your 3 guesses")
    view.drive(seen="")
    other = next(one for one in sourcing.OPTIONS if one != right["near"])
    assert view.drive(guesses=(other, right["figures"], "", ""), seen="answered").reading.startswith(
        "1 of your 2 guesses"
    )
    view.drive(seen="")
    skipped = view.drive(guesses=("",) * 4, seen="skipped").reading
    assert skipped.startswith("What the texts hold")


def test_the_fourth_guess_has_no_right_answer():
    table = sourcing.select_guesses(sourcing.accounts(CHOSEN), ("a", "a", "a", "b"), "answered")
    assert table["yours"].tolist()[3] == "Account B"
    assert (table["texts"].tolist()[3], table["detail"].tolist()[3]) == ("yours to judge", "no right answer")


def test_the_record_tells_the_guesses_in_words():
    assert sourcing.sourcing("p01_sourcing", CHOSEN, "What?").words(("a", "b", "both", "")) == (
        "nearer in time: Account A; figures: Account B; verdict words: Both; your trust: no guess"
    )


@pytest.mark.parametrize("event_id", BOTH[::8])
def test_any_contested_event_would_make_an_exercise(event_id):
    one = sourcing.sourcing("p09_test", event_id, "What?")
    assert isinstance(one.scene.controls[1], Gate)
    for seen in ("", "answered", "skipped"):
        state = one.scene.state(guesses=("a", "b", "both", "neither"), seen=seen)
        assert state.error == ""
        assert state.reading
