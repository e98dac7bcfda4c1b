"""Whatever a student gives, a check answers in a sentence and never raises."""

from __future__ import annotations

import errno

import numpy as np
import pandas as pd
import pytest

from tests.learning import hostile
from utils.chapters import history, start
from utils.learning import logbook
from utils.learning.exercises import LONGEST_FEEDBACK, Exercise, Exercises, check, told
from utils.learning.feedback import Feedback
from utils.learning.readers import letters, whole_number, whole_numbers
from utils.tables import TableError

NUMBER = Exercise(
    read=whole_number,
    solve=lambda: 12,
    explain=lambda given, solved: f"{given} of {solved}",
    start="A number.",
    hints=("Count.", "Count again."),
    prompt="How many?",
)
NUMBERS = Exercise(
    read=whole_numbers, solve=lambda: frozenset({1, 2}), explain=lambda given, solved: str(sorted(given))
)
ORDER = Exercise(read=lambda answer: letters(answer, 3), solve=lambda: "CAB", explain=lambda given, solved: given)
EACH = pytest.mark.parametrize("exercise", [NUMBER, NUMBERS, ORDER], ids=["number", "numbers", "order"])
ANY = {**hostile.ODD, **hostile.HOSTILE, **hostile.ENDLESS}
CHAPTERS = {**dict.fromkeys(start.EXERCISES, start.EXERCISES), **dict.fromkeys(history.EXERCISES, history.EXERCISES)}


@pytest.mark.parametrize(
    "answer", [12, 12.0, "12", " 12 ", "12 days", np.int64(12), pd.Timedelta(days=12), np.timedelta64(12, "D")]
)
def test_a_number_is_right_in_any_sensible_form(answer):
    assert check(NUMBER, answer).status == "right"


@pytest.mark.parametrize(
    "answer", [[1, 2], (2, 1), {1, 2}, "1, 2", "2;1", "1 2", pd.Series([2, 1]), np.array([1, 2]), [1, 1, 2], ["1", "2"]]
)
def test_numbers_are_right_in_any_order_and_form(answer):
    assert check(NUMBERS, answer).status == "right"


@pytest.mark.parametrize(
    "answer", ["CAB", "cab", "C A B", "C, A, B", "C > A > B", ["C", "A", "B"], pd.Series(["C", "A", "B"])]
)
def test_an_order_is_right_in_any_spelling(answer):
    assert check(ORDER, answer).status == "right"


@EACH
@pytest.mark.parametrize("answer", [None, ..., "", "  "])
def test_an_untouched_answer_is_not_answered_yet(exercise, answer):
    assert check(exercise, answer) == Feedback("not answered", exercise.start)


@EACH
@pytest.mark.parametrize("name", ANY)
def test_a_hostile_or_odd_answer_is_never_right_and_never_raises(exercise, name):
    feedback = check(exercise, ANY[name])
    assert feedback.status in ("unclear", "not yet")
    assert len(feedback.text) < 700
    assert "\n" not in feedback.text


def test_a_sentence_on_what_cannot_be_read_says_what_can():
    assert "letters A to C once" in check(ORDER, "AAB").text
    assert "whole number" in check(NUMBER, "many").text


def test_a_broken_table_is_told_in_its_sentence():
    def broken():
        raise TableError("The table events lacks a column.")

    exercise = Exercise(read=whole_number, solve=broken, explain=lambda given, solved: "")
    assert check(exercise, 1) == Feedback("unclear", "The table events lacks a column.")


def test_an_explanation_that_lists_hundreds_of_words_is_cut():
    exercise = Exercise(read=str, solve=lambda: "", explain=lambda given, solved: given)
    assert len(check(exercise, "word " * 5000).text) <= LONGEST_FEEDBACK + 2


def test_what_counts_as_right_may_be_more_than_one_answer():
    exercise = Exercise(
        read=whole_number,
        solve=lambda: {1, 2},
        explain=lambda given, solved: "",
        fits=lambda given, solved: given in solved,
    )
    assert [check(exercise, one).status for one in (1, 2, 3)] == ["right", "right", "not yet"]


# ---- hints -------------------------------------------------------------------------------------------------------


def test_hints_are_shown_on_request_one_more_at_a_time():
    check = Exercises({"ex01_a": NUMBER}).check
    assert check("ex01_a", 5).items[0][0] == "A hint"
    assert "hints=1" in check("ex01_a", 5).items[0][1]
    assert check("ex01_a", 5, hints=1).items[0] == ("Hint 1", "Count.")
    assert "hints=2" in check("ex01_a", 5, hints=1).items[1][1]
    assert check("ex01_a", 5, hints=2).items == (("Hint 1", "Count."), ("Hint 2", "Count again."))
    assert check("ex01_a", 5, hints=99).items == check("ex01_a", 5, hints=2).items


def test_an_untouched_exercise_shows_hints_too_and_a_right_answer_none():
    check = Exercises({"ex01_a": NUMBER}).check
    assert check("ex01_a").items == ()
    assert check("ex01_a", hints=1).items == (("Hint 1", "Count."),)
    assert check("ex01_a", 12, hints=2).items == ()


@pytest.mark.parametrize("hints", [-1, "two", None, 1.5, [], 10**400])
def test_an_odd_number_of_hints_does_no_harm(hints):
    assert Exercises({"ex01_a": NUMBER}).check("ex01_a", 5, hints=hints).status == "not yet"


@pytest.mark.parametrize("id", ["ex99_a", "", None, 7, [], hostile.AlwaysEqual()], ids=repr)
def test_an_unknown_exercise_is_told_with_those_that_there_are(id):
    feedback = Exercises({"ex01_a": NUMBER, "ex01_b": ORDER}).check(id, 12)
    assert feedback.status == "unclear"
    assert "ex01_a and ex01_b" in feedback.text
    assert logbook.entries() == []


# ---- the record --------------------------------------------------------------------------------------------------


def test_each_new_answer_is_kept_with_what_was_said_and_the_same_again_is_not():
    check = Exercises({"ex01_a": NUMBER}).check
    for answer in (5, 5, "many", 12, "12", 12):
        check("ex01_a", answer)
    found = logbook.entries("ex01_a")
    assert [(one.words, one.status) for one in found] == [("5", "not yet"), ("many", "unclear"), ("12", "right")]
    assert all((one.kind, one.prompt, one.chapter) == ("exercise", "How many?", "01") for one in found)
    assert found[0].feedback == "5 of 12"


def test_an_untouched_exercise_leaves_no_entry(work):
    for answer in (None, ..., "", " "):
        Exercises({"ex01_a": NUMBER}).check("ex01_a", answer, hints=1)
    assert not work.exists()


def test_a_check_still_answers_where_nothing_can_be_saved_and_says_so(monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(logbook.os, "replace", refuse)
    feedback = Exercises({"ex01_a": NUMBER}).check("ex01_a", 12)
    assert feedback.status == "right"
    assert feedback.items[0][0] == "Not saved"
    assert "No space left on device" in feedback.items[0][1]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (12, "12"),
        ("  CAB ", "  CAB "),
        ([1995, 1996], "1995, 1996"),
        (pd.Series(["a", "b"]), "a, b"),
        (pd.Timestamp("2020-11-10"), "2020-11-10 00:00:00"),
        (print, "an answer of type builtin_function_or_method"),
        (hostile.Fails(), "an answer of type Fails"),
        ([hostile.Fails()], "an answer of type list"),
        (10**5000, "an answer of type int"),
    ],
    ids=range(9),
)
def test_the_record_tells_any_answer_in_words(answer, words):
    assert told(answer) == words


@pytest.mark.parametrize("name", ANY)
def test_a_hostile_answer_is_kept_in_a_line(name):
    Exercises({"ex01_a": NUMBER}).check("ex01_a", ANY[name])
    (entry,) = logbook.entries()
    assert len(entry.words) <= 50 * 202
    assert entry.status in ("unclear", "not yet")


# ---- feedback ----------------------------------------------------------------------------------------------------


def test_feedback_is_shown_as_text_never_as_html():
    shown = Feedback("not yet", hostile.HTML, ((hostile.HTML, hostile.HTML),))._repr_html_()
    assert "<script>" not in shown
    assert "<img" not in shown
    assert shown.count("&lt;script&gt;") == 3


def test_feedback_is_announced_and_reads_as_plain_text_too():
    feedback = Feedback("not yet", "Look again.", (("Part one", "fine"), ("What?", "No.")))
    assert 'role="status"' in feedback._repr_html_()
    assert repr(feedback) == "Not yet. Look again.\n- Part one: fine\n- What? No."


# ---- the exercises of chapters 0 and 1 (their right and wrong answers: tests/chapters) ---------------------------


@pytest.mark.parametrize("id", CHAPTERS)
@pytest.mark.parametrize("name", ANY)
def test_an_exercise_of_a_chapter_survives_a_hostile_or_odd_answer(id, name):
    feedback = CHAPTERS[id].check(id, ANY[name], hints=9)
    assert feedback.status in ("unclear", "not yet")
    assert len(feedback.text) < 700
    assert "<script>" not in feedback._repr_html_()
