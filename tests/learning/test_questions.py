"""Every question of the tables, with a right, a wrong, an empty, an odd and a hostile answer.

What is right is worked out here from the CSV files, with nothing of the pack's own.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date

import pandas as pd
import pytest

from tests.learning import hostile
from tests.raw import ids, rows
from utils.chapters import answers, history, start
from utils.learning import questions
from utils.learning.tasks import Task
from utils.tables import TableError

QUESTIONS = {row["question_id"]: row for row in rows("questions")}
OPTIONS: dict[str, list[dict[str, str]]] = defaultdict(list)
for one in rows("question_options"):
    OPTIONS[one["question_id"]].append(one)
LONGEST = 700  # characters of one remark


def of(*kinds: str) -> list[str]:
    return [one for one, row in QUESTIONS.items() if row["kind"] in kinds]


def every(*kinds: str):
    return pytest.mark.parametrize("id", of(*kinds) if kinds else QUESTIONS)


def ask(id: str) -> Task:
    return questions.question(id, answers.ANSWERS)


def cell(table: str, key: str, value: str, column: str) -> str:
    (found,) = (row[column] for row in rows(table) if row[key] == value)
    return found


# ---- what is right, by hand --------------------------------------------------------------------------------------


def day(text: str) -> date:
    return date.fromisoformat(text)


def growth() -> int:
    name = "war_2020_armenian_military_killed_armenia_"
    first, later = (
        int(cell("casualty_claims", "claim_id", name + one, "figure")) for one in ("2020-11-14", "2021-04-14")
    )
    return later - first


def gas_of_2027() -> float:
    (found,) = (
        float(row["value"])
        for row in rows("gas")
        if (row["year"], row["indicator"], row["kind"]) == ("2027", "gas_azerbaijan_to_eu", "target")
    )
    return found


def arrivals() -> int:
    (found,) = {
        int(row["number"])
        for row in rows("displaced")
        if (row["date"], row["side"], row["counted_by"]) == ("2023-09-30", "armenian", "Government of Armenia")
    }
    return found


NUMBERS = {
    "q01_01": lambda: day(cell("events", "event_id", "truce_1994", "date_end")).year,
    "q02_01": lambda: (date(2020, 11, 9) - date(2020, 9, 27)).days + 1,  # both days counted, as the prompt says
    "q02_04": growth,
    "q03_01": lambda: int(cell("peacekeepers", "figure_id", "ceiling_2020_11_10", "personnel")),
    "q04_05": gas_of_2027,
    "q06_03": lambda: (
        (
            day(cell("events", "event_id", "september_clashes_2022", "date_start"))
            - day(cell("ukraine_milestones", "milestone_id", "kharkiv_offensive_2022", "date"))
        ).days
    ),
    "q10_03": arrivals,
}
TEXTS = {
    "q02_09": lambda: ["/".join(sorted(cell("places", "place_id", "khankendi_stepanakert", column) for column in PAIR))]
}
PAIR = ("name_armenian_usage", "name_azerbaijani_usage")


def event_day(option: dict[str, str]) -> str:
    return cell("events", "event_id", option["event_id"], "date_start")


def marked(id: str, mark: str) -> list[str]:
    return [option["option_id"] for option in OPTIONS[id] if option["right"] == mark]


def right_order(id: str) -> list[str]:
    dated = [option for option in OPTIONS[id] if option["event_id"]]
    placed = [option for option in OPTIONS[id] if option["place"]]
    in_order = sorted(dated, key=event_day) or sorted(placed, key=lambda option: int(option["place"]))
    return [option["option_id"] for option in in_order]


def spare(id: str) -> list[str]:
    return [option["option_id"] for option in OPTIONS[id] if option["option_id"] not in right_order(id)]


def partners(id: str) -> list[str]:
    return [option["partner"] or event_day(option)[:4] for option in OPTIONS[id]]


def right_texts(id: str) -> list[str]:
    return TEXTS[id]() if QUESTIONS[id]["computed_by"] else QUESTIONS[id]["accepted"].split("|")


def right_answers(id: str) -> list:
    """Return every right answer of a question, as the page would send it."""
    kind = QUESTIONS[id]["kind"]
    if kind in ("single", "several"):
        right = marked(id, "yes")
        return right if kind == "single" else [right, right[::-1]]
    if kind == "number":
        return [f"{NUMBERS[id]():g}" if NUMBERS[id]() < 1e6 else str(NUMBERS[id]())]
    return {"order": lambda: [right_order(id)], "match": lambda: [partners(id)], "text": lambda: right_texts(id)}[
        kind
    ]()


def test_every_question_is_served():
    assert len(QUESTIONS) >= 80
    assert questions.gaps(list(QUESTIONS), answers.ANSWERS) == []
    assert {row["kind"] for row in rows("questions")} == set(questions.KINDS)


def test_dates_leave_no_two_events_of_an_order_equal():
    for id in of("order"):
        days = [event_day(option) for option in OPTIONS[id] if option["event_id"]]
        assert len(set(days)) == len(days), id


# ---- right -------------------------------------------------------------------------------------------------------


@every("single", "several", "order", "match", "number", "text")
def test_a_right_answer_is_right_and_says_why(id):
    task, why = ask(id), QUESTIONS[id]["why"]
    assert right_answers(id)
    for answer in right_answers(id):
        value, feedback = task.check(answer)
        assert feedback.status == "right"
        before, _, after = why.partition("{answer}")
        assert feedback.text.startswith(before)
        assert feedback.text.endswith(after)
        assert "{" not in feedback.text
        assert len(feedback.text) < LONGEST
        assert isinstance(task.words(value), str)
        assert task.words(value)


@every("number")
def test_a_computed_number_is_told_as_readers_write_it(id):
    task = ask(id)
    _, feedback = task.check(right_answers(id)[0])
    _, found, after = QUESTIONS[id]["why"].partition("{answer}")
    if found:
        solved = NUMBERS[id]()
        shown = str(solved) if not QUESTIONS[id]["unit"] else f"{solved:,}".removesuffix(".0")
        assert shown + after in feedback.text


@every("several")
def test_several_right_choices_are_each_explained(id):
    _, feedback = ask(id).check(marked(id, "yes"))
    told = {option["text"]: option["feedback"] for option in OPTIONS[id] if option["right"] == "yes"}
    assert dict(feedback.items) == told


@every("number")
def test_a_number_may_have_its_comma_its_unit_and_spaces(id):
    task, solved = ask(id), NUMBERS[id]()
    unit = QUESTIONS[id]["unit"]
    for form in (f" {solved:,} ", f"{solved:,} {unit}", f"{solved} {unit.split(' ')[0]}", f"{solved}"):
        assert task.check(form)[1].status == "right", form


@every("number")
def test_a_number_is_right_within_its_bounds_and_no_further(id):
    task, solved, within = ask(id), NUMBERS[id](), float(QUESTIONS[id]["within"] or 0)
    for off, status in ((within, "right"), (-within, "right"), (within + 1, "not yet"), (-within - 1, "not yet")):
        assert task.check(f"{solved + off:.1f}")[1].status == status


@every("text")
def test_a_word_is_right_in_any_case_and_with_an_article(id):
    task = ask(id)
    for word in right_texts(id):
        for form in (word.upper(), f"  {word}. ", f"the {word}".replace("the the", "the").replace("the a ", "a ")):
            assert task.check(form)[1].status == "right", form


def test_both_names_of_a_town_are_right_in_either_order():
    armenian, azerbaijani = (cell("places", "place_id", "khankendi_stepanakert", column) for column in PAIR)
    task = ask("q02_09")
    for form in (f"{armenian}/{azerbaijani}", f"{azerbaijani} / {armenian}", f"{armenian} and {azerbaijani}"):
        assert task.check(form)[1].status == "right"
    for half in (armenian, azerbaijani):
        assert task.check(half)[1].status == "not yet"


@every("poll")
def test_a_poll_takes_every_view_and_answers_each_in_its_own_words(id):
    task = ask(id)
    said = [task.check(option["option_id"])[1] for option in OPTIONS[id]]
    for option, feedback in zip(OPTIONS[id], said, strict=True):
        assert feedback.status == "saved"
        assert feedback.text == f"{option['feedback']} {QUESTIONS[id]['why']}"
        assert len(feedback.text) < LONGEST
    assert len({feedback.text for feedback in said}) == len(OPTIONS[id])
    assert "no answer is right or wrong" in task.control.label


# ---- wrong -------------------------------------------------------------------------------------------------------


@every("single")
def test_each_wrong_option_gets_feedback_of_its_own(id):
    task, wrong = ask(id), marked(id, "no")
    assert len(wrong) >= 2
    said = [task.check(one)[1] for one in wrong]
    for one, feedback in zip(wrong, said, strict=True):
        assert feedback.status == "not yet"
        assert feedback.text == cell("question_options", "option_id", one, "feedback")
        assert 20 < len(feedback.text) < LONGEST
    assert len({feedback.text for feedback in said}) == len(wrong)


@every("several")
def test_each_wrong_choice_among_several_gets_feedback_of_its_own(id):
    task, right = ask(id), marked(id, "yes")
    for one in marked(id, "no"):
        _, feedback = task.check([*right, one])
        assert feedback.status == "not yet"
        mine = {column: cell("question_options", "option_id", one, column) for column in ("text", "feedback")}
        assert feedback.items == ((mine["text"], mine["feedback"]),)
        assert str(len(right)) in feedback.text
    _, feedback = task.check([option["option_id"] for option in OPTIONS[id]])
    assert len(feedback.items) == len(marked(id, "no"))


@every("several")
def test_a_missing_choice_is_counted_and_not_named(id):
    task, right = ask(id), marked(id, "yes")
    for missing in right:
        _, feedback = task.check([one for one in right if one != missing])
        assert feedback.status == "not yet"
        assert "1 right one is still missing" in feedback.text
        assert feedback.items == ()
        assert cell("question_options", "option_id", missing, "text") not in feedback.text


@every("order")
def test_every_swap_of_neighbours_is_noticed_where_it_stands(id):
    task, right = ask(id), right_order(id)
    for place in range(len(right) - 1):
        swapped = [*right]
        swapped[place : place + 2] = right[place + 1], right[place]
        _, feedback = task.check(swapped)
        assert feedback.status == "not yet"
        text = cell("question_options", "option_id", right[place + 1], "text")
        assert f"“{text}” does not belong in place {place + 1}." in feedback.text
        assert len(feedback.text) < LONGEST
        if place:
            assert f"first {place if place > 1 else 'one'} stand" in feedback.text


@pytest.mark.parametrize("id", [id for id in of("order") if spare(id)])
def test_a_part_that_does_not_belong_is_named_and_one_left_out_is_counted(id):
    task, right = ask(id), right_order(id)
    for one in spare(id):
        _, feedback = task.check([*right, one])
        assert feedback.status == "not yet"
        assert feedback.items == tuple(
            (option["text"], option["feedback"]) for option in OPTIONS[id] if option["option_id"] == one
        )
    _, feedback = task.check(right[:-2])
    assert (feedback.status, feedback.text) == ("not yet", "2 parts left out belong here.")
    assert task.check([])[1].status == "not yet"


def test_one_question_has_parts_to_leave_out():
    assert [id for id in of("order") if spare(id)] == ["q01_20"]


@every("order")
def test_an_order_does_not_start_in_the_right_order(id):
    task = ask(id)
    left = [one for one in task.control.start if one not in spare(id)]
    assert sorted(left) == sorted(right_order(id))
    assert left != right_order(id)
    assert task.check(list(task.control.start))[1].status == "not yet"


@every("match")
def test_each_wrong_partner_is_pointed_at(id):
    task, right = ask(id), partners(id)
    others = sorted(set(right))
    for place, option in enumerate(OPTIONS[id]):
        given = [*right]
        given[place] = next(one for one in others if one != right[place])
        _, feedback = task.check(given)
        assert feedback.status == "not yet"
        assert f"{len(right) - 1} of {len(right)} are right" in feedback.text
        assert f"“{option['text']}”" in feedback.text
        assert right[place] not in feedback.text
        assert len(feedback.text) < LONGEST


@every("match")
def test_a_partner_that_is_missing_is_counted(id):
    _, feedback = ask(id).check(["", *partners(id)[1:]])
    assert (feedback.status, feedback.text) == ("not yet", "1 partner still to choose.")


@every("match")
def test_partners_do_not_stand_beside_their_own(id):
    spec = ask(id).spec()["control"]
    assert [label for _, label in spec["options"]] != partners(id)


@every("number")
def test_a_wrong_number_gets_its_remark_and_not_the_answer(id):
    task, solved = ask(id), NUMBERS[id]()
    for wrong in (solved + 1 + float(QUESTIONS[id]["within"] or 0), solved * 10, 0, -solved):
        _, feedback = task.check(f"{wrong:.0f}")
        assert (feedback.status, feedback.text) == ("not yet", QUESTIONS[id]["otherwise"])
        assert not tells(solved, feedback.text)


@every("number")
@pytest.mark.parametrize(
    "answer", ["many", "12,5", "1 or 2", "nan", "inf", "1e9", "0x10", "²", "9" * 150, hostile.HTML]
)
def test_what_is_no_number_is_told_what_would_be(id, answer):
    _, feedback = ask(id).check(answer)
    assert feedback.status == "unclear"
    assert "such as 25" in feedback.text


@every("text")
@pytest.mark.parametrize("answer", ["xyzzy", hostile.HTML, "😀", "12", "."])
def test_a_wrong_word_gets_its_remark(id, answer):
    _, feedback = ask(id).check(answer)
    assert (feedback.status, feedback.text) == ("not yet", QUESTIONS[id]["otherwise"])


# ---- empty, odd, hostile -----------------------------------------------------------------------------------------


@every("single", "several", "match", "number", "text", "poll")
def test_an_untouched_question_is_not_answered(id):
    task = ask(id)
    empty = {"several": [[], ()], "match": [[""] * len(OPTIONS[id])]}.get(QUESTIONS[id]["kind"], [""])
    for answer in [task.control.start, *empty, *(["   ", "\n"] if QUESTIONS[id]["kind"] in ("number", "text") else [])]:
        value, feedback = task.check(answer)
        assert value is None
        assert feedback.status == "not answered"
        assert feedback.text.endswith(".")


@every()
def test_an_odd_or_hostile_answer_is_never_right_and_never_raises(id):
    task = ask(id)
    things = {**hostile.ODD, **hostile.HOSTILE, **hostile.ENDLESS, "none": None, "dots": ...}
    for name, thing in things.items():
        _, feedback = task.check(thing)
        assert feedback.status in ("unclear", "not yet", "not answered"), name
        assert len(feedback.text) < LONGEST, name
        assert all(len(remark) < LONGEST for pair in feedback.items for remark in pair), name
        assert "<script>" not in feedback._repr_html_(), name


@every("single", "several", "order", "match", "poll")
def test_an_option_of_another_question_or_one_twice_is_no_answer(id):
    task, kind = ask(id), QUESTIONS[id]["kind"]
    mine = [option["option_id"] for option in OPTIONS[id]]
    many = kind in ("several", "order", "match")
    for strange in ("q99_01_a", mine[0].upper(), OPTIONS[id][0]["text"], "right", "0"):
        assert task.check([strange] * len(mine) if many else strange)[1].status == "unclear"
    if kind == "order":
        assert task.check([mine[0], *mine[:-1]])[1].status == "unclear"


# ---- what the page is told ---------------------------------------------------------------------------------------


def texts(value: object) -> list[str]:
    """Return every text and key in plain JSON."""
    if isinstance(value, dict):
        return [*value, *(text for inside in value.values() for text in texts(inside))]
    if isinstance(value, list):
        return [text for inside in value for text in texts(inside)]
    return [value] if isinstance(value, str) else []


def tells(number: float, text: str) -> bool:
    """Say whether a text holds a number, with or without its comma."""
    return any(
        re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d]|[.,]\d)", text)
        for form in {f"{number:,}", f"{number:g}", str(number)}
    )


@every()
def test_the_page_is_told_nothing_of_the_answer(id):
    row, spec = QUESTIONS[id], json.loads(json.dumps(ask(id).spec()))
    told = texts(spec)
    secret = [row["why"], row["otherwise"], row["hint_1"], row["hint_2"], row["note"], row["computed_by"]]
    secret += [option["feedback"] for option in OPTIONS[id]]
    for text in filter(None, secret):
        assert not any(text in one for one in told), text
    assert not {"right", "why", "feedback", "place", "partner", "accepted", "answer_key", "computed_by"} & set(told)
    assert spec["hints"] == 2
    assert spec["prompt"] == row["prompt"]


@every("number", "text")
def test_the_page_is_not_told_what_is_computed_or_accepted(id):
    told = " ".join(texts(json.loads(json.dumps(ask(id).spec()))))
    if QUESTIONS[id]["kind"] == "number":
        assert not tells(NUMBERS[id](), told)
    else:
        for word in right_texts(id):
            assert not re.search(rf"\b{re.escape(word)}\b", told, re.IGNORECASE), word


@every("single", "several", "poll")
def test_right_and_wrong_options_look_alike_to_the_page(id):
    options = json.loads(json.dumps(ask(id).spec()))["control"]["options"]
    assert options == [[option["option_id"], option["text"]] for option in OPTIONS[id]]


@every()
def test_each_question_has_two_hints_and_its_sources(id):
    task, row = ask(id), QUESTIONS[id]
    assert task.hints == (row["hint_1"], row["hint_2"])
    assert all(task.hints)
    assert list(task.source_ids) == ids(row["source_ids"])
    if row["kind"] == "number":
        assert not any(tells(NUMBERS[id](), hint) for hint in task.hints)


# ---- sets of questions -------------------------------------------------------------------------------------------


def test_a_set_of_questions_is_numbered_in_its_order():
    found = questions.questions(["q01_02", "q00_01"], answers.ANSWERS)
    assert [(task.id, task.label) for task in found] == [("q01_02", "Question 1 of 2"), ("q00_01", "Question 2 of 2")]


@pytest.mark.parametrize("chapter", [start, history], ids=["start", "history"])
def test_a_chapter_closes_with_five_questions_that_there_are(chapter):
    shown = [task.id for task in chapter.retrieval().tasks]
    assert len(set(shown)) == len(shown) == 5
    assert set(shown) <= set(QUESTIONS)


def test_an_unknown_question_is_a_key_error():
    with pytest.raises(KeyError):
        ask("q99_99")


def test_a_number_is_computed_when_it_is_checked_and_never_stored():
    task = questions.question("q03_01", {QUESTIONS["q03_01"]["computed_by"]: lambda: 7})
    assert task.check("7")[1].status == "right"
    assert task.check(right_answers("q03_01")[0])[1].status == "not yet"


def test_a_broken_table_is_told_in_its_sentence():
    def broken():
        raise TableError("The table peacekeepers lacks a column.")

    _, feedback = questions.question("q03_01", {QUESTIONS["q03_01"]["computed_by"]: broken}).check("7")
    assert (feedback.status, feedback.text) == ("unclear", "The table peacekeepers lacks a column.")


def test_a_function_that_is_missing_is_named():
    assert questions.gaps(["q03_01", "q00_01"], {}) == [QUESTIONS["q03_01"]["computed_by"]]


def test_an_order_that_the_alphabet_would_give_away_starts_otherwise():
    options = pd.DataFrame(
        {"text": ["Alpha", "beta", "Gamma", "delta"], "event_id": None, "place": [1, 2, 4, 3]},
        index=["first", "second", "fourth", "third"],
    )
    assert questions.right_order(options) == ["first", "second", "third", "fourth"]
    assert list(questions.start_order(options)) == ["second", "third", "fourth", "first"]
