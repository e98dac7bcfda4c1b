"""Whatever a student gives, a check answers in a sentence and never raises."""

import numpy as np
import pandas as pd
import pytest

from utils.learning.exercises import Exercise, Feedback, Unreadable, check, letters, whole_number, whole_numbers


class AlwaysEqual:
    def __eq__(self, other):
        return True

    __hash__ = None


class Fails:
    def __getattr__(self, name):
        raise RuntimeError("hostile")

    def __iter__(self):
        raise RuntimeError("hostile")


NUMBER = Exercise(
    read=whole_number, solve=lambda: 12, explain=lambda given, solved: f"{given} of {solved}", hint="A number."
)
NUMBERS = Exercise(
    read=whole_numbers, solve=lambda: frozenset({1, 2}), explain=lambda given, solved: str(sorted(given))
)
ORDER = Exercise(read=lambda answer: letters(answer, 3), solve=lambda: "CAB", explain=lambda given, solved: given)
EACH = pytest.mark.parametrize("exercise", [NUMBER, NUMBERS, ORDER], ids=["number", "numbers", "order"])


@pytest.mark.parametrize(
    "answer", [12, 12.0, "12", " 12 ", "12 days", np.int64(12), pd.Timedelta(days=12), np.timedelta64(12, "D")]
)
def test_a_number_is_right_in_any_sensible_form(answer):
    assert check(NUMBER, answer).status == "right"


def test_a_thousand_may_have_its_comma():
    assert whole_number("1,234") == 1234


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
    assert check(exercise, answer) == Feedback("not answered", exercise.hint)


@EACH
@pytest.mark.parametrize(
    "answer",
    [
        AlwaysEqual(),
        Fails(),
        [Fails()],
        "x" * 10_000,
        "<img src=x onerror=alert(1)>",
        [],
        {},
        {"a": 1},
        True,
        3.5,
        float("nan"),
        float("inf"),
        10**400,
        b"12",
        print,
        pd.DataFrame({"a": [1]}),
        np.array([[1, 2], [3, 4]]),
        [None],
        "CABX",
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_hostile_or_odd_answer_is_never_right_and_never_raises(exercise, answer):
    feedback = check(exercise, answer)
    assert feedback.status in ("unclear", "not yet")
    assert len(feedback.text) < 400
    assert "\n" not in feedback.text


def test_feedback_is_shown_as_text_never_as_html():
    shown = Feedback("not yet", "<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_what_cannot_be_read_says_what_can():
    with pytest.raises(Unreadable, match="whole number"):
        whole_number("twelve")
    assert "letters A to C once" in check(ORDER, "AAB").text
