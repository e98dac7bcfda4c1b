"""The task widget without a browser: what it keeps, what it says, and what it does with a hostile page."""

from __future__ import annotations

import errno
import json

import pytest
from jupyter_client.session import json_packer

from tests.learning import hostile
from tests.raw import rows
from utils.chapters import answers, history, start
from utils.learning import logbook, questions
from utils.learning.feedback import Feedback
from utils.learning.logbook import Entry
from utils.learning.tasks import Task
from utils.learning.views import Tasks, TaskView, open_views
from utils.learning.work import WorkView
from utils.learning.writing import CRITERIA, writing
from utils.scenes.controls import Estimates, Pick

ESSAY = "Bir, iki.\n\n  “Two” 'three' <b>& four</b>\t😀 Հայերեն, Azərbaycan dili: ə ğ ı ş \\n \u202e end  \n"


def plain_task(**changes) -> Task:
    parts = dict(
        id="q07_01",
        kind="question",
        prompt="Which?",
        control=Pick("answer", "Choose one", {"a": "The first", "b": "The second"}),
        reply=lambda chosen: Feedback("right" if chosen == "b" else "not yet", f"You said {chosen}."),
        words={"a": "The first", "b": "The second"}.get,
        hints=("Think.", "Think again."),
        source_ids=("pmam_statement_2020",),
    )
    return Task(**(parts | changes))


class Page:
    """Stands in for the page: asks, and collects what the widget sends, as JSON that the kernel could send."""

    def __init__(self, view: TaskView | WorkView):
        self.view, self.heard = view, []
        view.send = lambda content, buffers=None: self.heard.append(json.loads(json_packer(content)))

    def ask(self, what: object, **details) -> dict:
        return self.send({"ask": what, "id": "7", **details})

    def send(self, message: object) -> dict:
        before = len(self.heard)
        self.view._receive(self.view, message, [])
        assert len(self.heard) == before + 1  # each message gets one reply
        return self.heard[-1]


@pytest.fixture
def full_disk(monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(logbook.os, "replace", refuse)


# ---- what is kept ------------------------------------------------------------------------------------------------


def test_the_first_and_the_last_answer_are_kept_with_what_was_said():
    view = TaskView([plain_task()])
    assert view.answer(0, "a") == Feedback("not yet", "You said a.")
    assert view.answer(0, "b").status == "right"
    first, last = logbook.entries("q07_01")
    assert (first.value, first.words, first.status, first.feedback) == ("a", "The first", "not yet", "You said a.")
    assert (last.value, last.words, last.status) == ("b", "The second", "right")
    assert (last.kind, last.prompt, last.source_ids) == ("question", "Which?", ("pmam_statement_2020",))


def test_the_same_answer_again_is_not_written_twice_but_a_return_to_it_is():
    view = TaskView([plain_task()])
    for answer in ("a", "a", "b", "b", "a"):
        view.answer(0, answer)
    assert [entry.value for entry in logbook.entries()] == ["a", "b", "a"]
    TaskView([plain_task()]).answer(0, "a")  # in a new kernel, too
    assert len(logbook.entries()) == 3


def test_the_last_answer_comes_back_in_a_new_view_with_what_is_said_to_it():
    TaskView([plain_task()]).answer(0, "a")
    TaskView([plain_task()]).answer(0, "b")
    view = TaskView([plain_task(id="q07_02"), plain_task()])
    assert view.left[0] is None
    assert view.left[1]["value"] == "b"
    assert view.left[1]["reply"]["text"] == "You said b."
    assert view.left[1]["when"] == logbook.last("q07_01").time


@pytest.mark.parametrize("answer", ["", None, "c", 7, [], hostile.HTML], ids=repr)
def test_what_is_no_answer_is_not_kept(answer, work):
    assert TaskView([plain_task()]).answer(0, answer).status in ("not answered", "unclear")
    assert not work.exists()


@pytest.mark.parametrize("value", ["gone", None, 7, {"a": 1}, ["b"]], ids=repr)
def test_an_old_entry_that_no_longer_fits_is_passed_over(value):
    logbook.write(Entry(id="q07_01", kind="question", value=value))
    assert TaskView([plain_task()]).left == [None]


def test_what_cannot_be_saved_is_told_and_nothing_raises(full_disk):
    view = TaskView([plain_task()])
    feedback = view.answer(0, "b")
    assert feedback.status == "unclear"
    assert feedback.text.startswith("Not saved. ")
    assert "No space left on device" in feedback.text
    reply = Page(view).ask("answer", place=0, value="b")["answer"]
    assert reply["text"] == feedback.text


def test_every_view_can_be_found_by_a_test():
    view = TaskView([plain_task()])
    assert view in open_views()
    assert [task.id for task in view.shown] == ["q07_01"]


def test_a_front_end_without_widgets_gets_the_prompts_as_text():
    bundle, _ = Tasks(plain_task(prompt="Is 1 < 2?"), title="One").show().mimebundle()
    assert bundle["text/plain"] == "Is 1 < 2?"
    assert bundle["text/html"] == "<ol><li>Is 1 &lt; 2?</li></ol>"


# ---- the page ----------------------------------------------------------------------------------------------------


def test_the_page_gets_a_reply_a_hint_and_references():
    page = Page(TaskView([plain_task()]))
    assert page.ask("answer", place=0, value="a") == {
        "id": "7",
        "answer": {"status": "not yet", "title": "Not yet.", "text": "You said a.", "items": []},
    }
    assert page.ask("hint", place=0, number=1)["answer"] == "Think again."
    (reference,) = page.ask("references", place=0)["answer"]
    assert reference["source_id"] == "pmam_statement_2020"


def test_the_page_is_told_how_many_hints_there_are_and_not_what_they_say():
    view = TaskView([plain_task()])
    assert view.tasks[0]["hints"] == 2
    assert "Think" not in json.dumps(view.tasks)


MESSAGES = {
    "a wrong place": {"ask": "answer", "id": "7", "place": 9, "value": "a"},
    "a place from the end": {"ask": "answer", "id": "7", "place": -1, "value": "a"},
    "a huge place": {"ask": "answer", "id": "7", "place": 10**400, "value": "a"},
    "a place in words": {"ask": "answer", "id": "7", "place": "first", "value": "a"},
    "true for a place": {"ask": "answer", "id": "7", "place": True, "value": "a"},
    "no place": {"ask": "answer", "id": "7", "value": "a"},
    "a list for a place": {"ask": "answer", "id": "7", "place": [0], "value": "a"},
    "no such ask": {"ask": "delete", "id": "7", "place": 0, "value": "a"},
    "no ask": {"id": "7", "place": 0, "value": "a"},
    "a list for an ask": {"ask": ["answer"], "id": "7", "place": 0, "value": "a"},
    "a huge ask": {"ask": "x" * 1_000_000, "id": "7", "place": 0, "value": "a"},
    "no such hint": {"ask": "hint", "id": "7", "place": 0, "number": 2},
    "a hint from the end": {"ask": "hint", "id": "7", "place": 0, "number": -1},
    "no number of a hint": {"ask": "hint", "id": "7", "place": 0},
    "no id": {"ask": "answer", "place": 0, "value": "b"},
    "nothing": {},
    "a list": [],
    "a text": "answer",
    "null": None,
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_a_hostile_message_is_answered_with_an_error_and_leaves_the_widget_alive(message, work):
    view = TaskView([plain_task()])
    page = Page(view)
    reply = page.send(message)
    assert set(reply) == {"id", "error"}
    assert "\n" not in reply["error"]
    assert len(reply["error"]) < 500
    assert view.problems == [reply["error"]]
    assert page.ask("answer", place=0, value="b")["answer"]["status"] == "right"


@pytest.mark.parametrize("name", {**hostile.ODD, **hostile.HOSTILE})
def test_a_hostile_value_is_answered_in_a_sentence_and_not_kept(name, work):
    value = {**hostile.ODD, **hostile.HOSTILE}[name]
    reply = Page(TaskView([plain_task()])).ask("answer", place=0, value=value)["answer"]
    assert reply["status"] in ("unclear", "not answered")
    assert len(reply["text"]) < 700
    assert not work.exists()


def test_what_the_page_could_not_do_is_heard():
    view = TaskView([plain_task()])
    Page(view).ask("problem", text="The control is broken.")
    assert view.problems == ["The control is broken."]


def test_a_value_survives_the_way_to_the_page_whatever_was_typed():
    note = writing("n01_line")
    TaskView([note]).answer(0, "half a pair: \ud83d, a whole one: 😀")
    assert logbook.last("n01_line").value == "half a pair: \ud83d, a whole one: 😀"
    (left,) = TaskView([note]).left
    assert left["value"] == "half a pair: ?, a whole one: 😀"
    json_packer(left)  # as the kernel sends it


# ---- notes and essays --------------------------------------------------------------------------------------------

WRITING = {row["task_id"]: row for row in rows("writing_tasks")}


@pytest.mark.parametrize("id", WRITING)
def test_what_is_written_is_saved_as_it_stands(id):
    view = TaskView([writing(id)])
    assert view.answer(0, ESSAY) == Feedback("saved")
    entry = logbook.last(id)
    assert entry.value == entry.words == ESSAY
    assert entry.prompt == WRITING[id]["prompt"]
    assert entry.kind == WRITING[id]["kind"]
    assert entry.chapter == f"{int(WRITING[id]['chapter']):02}"
    assert TaskView([writing(id)]).left[0]["value"] == ESSAY


def test_each_edition_of_a_text_is_kept():
    view = TaskView([writing("e01_frozen")])
    for text in ("One.", "One. Two.", "One. Two.", "Three."):
        view.answer(0, text)
    assert [entry.value for entry in logbook.entries()] == ["One.", "One. Two.", "Three."]


def test_an_empty_text_is_not_saved_over_a_written_one():
    view = TaskView([writing("e01_frozen")])
    view.answer(0, "Mine.")
    for empty in ("", "   \n"):
        assert view.answer(0, empty) == Feedback("not answered", "Nothing is written yet.")
    assert TaskView([writing("e01_frozen")]).left[0]["value"] == "Mine."


def test_a_long_essay_is_saved_whole_and_one_without_end_is_refused_in_a_sentence():
    view = TaskView([writing("e01_frozen")])
    whole = "Ə word. " * 6000
    assert view.answer(0, whole).status == "saved"
    assert logbook.last("e01_frozen").value == whole
    refused = view.answer(0, "x" * 1_000_000)
    assert refused.status == "unclear"
    assert "at most 50000 characters" in refused.text.replace(",", "")
    assert len(refused.text) < 300


@pytest.mark.parametrize("id", [id for id, row in WRITING.items() if row["kind"] == "essay"])
def test_an_essay_shows_the_whole_rubric(id):
    (fold,) = TaskView([writing(id)]).tasks[0]["folds"]
    assert fold["title"] == CRITERIA
    table = rows("rubric")
    assert len(fold["rows"]) == len(table)
    for shown, row in zip(fold["rows"], table, strict=True):
        assert shown[0].startswith(row["title"])
        assert list(shown[1:]) == [row["strong"], row["clear"], row["thin"], row["weak"]]
        assert ("counts 2 times" in shown[0]) == (row["weight"] == "2")


@pytest.mark.parametrize("id", WRITING)
def test_the_instructors_note_to_a_text_is_not_in_the_page(id):
    spec = json.dumps(TaskView([writing(id)]).tasks, ensure_ascii=False)
    assert not WRITING[id]["note"] or WRITING[id]["note"] not in spec
    assert "exemplar" not in spec


def test_a_note_has_no_rubric():
    assert writing("n01_line").folds == ()


def test_an_unknown_text_is_a_key_error():
    with pytest.raises(KeyError):
        writing("n99_none")


# ---- estimates, and every task of the chapters -------------------------------------------------------------------


def test_estimates_that_are_all_unknown_are_no_answer():
    control = Estimates("views", "Views", items={"a": "A", "b": "B"})
    task = plain_task(control=control, reply=lambda given: Feedback("saved"), words=str)
    view = TaskView([task])
    assert view.answer(0, [None, None]).status == "not answered"
    assert view.answer(0, [0, None]).status == "saved"  # nought is an estimate
    assert logbook.last("q07_01").value == [0, None]
    assert TaskView([task]).left[0]["value"] == [0, None]


SHOWN = {
    "sorting": start.sort_sentences,
    "starting view": start.my_starting_view,
    "questions of chapter 0": start.retrieval,
    "questions of chapter 1": history.retrieval,
    "causal strips": history.causal_strips,
    "a note": lambda: start.write("n00_sources"),
    "an essay": lambda: history.write("e01_frozen"),
}


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_every_task_of_the_chapters_survives_hostile_answers(show, work):
    view = show().show()
    strange = {**hostile.ODD, **hostile.HOSTILE, **hostile.ENDLESS}
    for place, task in enumerate(view.shown):
        for name, value in strange.items():
            if task.control.kind in ("writing", "entry") and type(value) is str:
                continue  # a text is an answer here
            feedback = view.answer(place, value)
            assert feedback.status in ("unclear", "not answered", "not yet"), name
            assert len(feedback.text) < 700
    assert {entry.id for entry in logbook.entries()} <= {"q01_20"}  # nothing but strips that were all left out


def test_a_task_of_questions_reads_back_what_any_kind_of_question_keeps():
    given = {
        "q00_01": "q00_01_a",
        "q00_04": ["q00_04_a"],
        "q01_01": "1993",
        "q01_09": "treaty",
        "q01_02": ["q01_02_a", "q01_02_b", "q01_02_c", "q01_02_d", "q01_02_e"],
        "q01_07": ["1997", "1992", "2007", "1994"],
    }
    tasks = questions.questions(list(given), answers.ANSWERS)
    view = TaskView(tasks)
    said = [view.answer(place, value) for place, value in enumerate(given.values())]
    again = TaskView(tasks).left
    assert [left["value"] for left in again] == list(given.values())
    assert [left["reply"]["text"] for left in again] == [feedback.text for feedback in said]


# ---- the widget at the end of a chapter --------------------------------------------------------------------------


def work_view() -> WorkView:
    return WorkView("Chapter 7", {"question": ("q07_01", "q07_02")}, {"07": "A test"})


def test_progress_follows_each_answer_at_once():
    view = work_view()
    assert view.progress == "Chapter 7: 0 of 2 questions."
    TaskView([plain_task()]).answer(0, "b")
    assert view.progress == "Chapter 7: 1 of 2 questions, 1 right."
    assert "1 entry, in chapter 7" in view.where
    view.close()
    TaskView([plain_task()]).answer(0, "a")
    assert view.progress == "Chapter 7: 1 of 2 questions, 1 right."


def test_the_page_can_take_everything_away_and_bring_it_back(monkeypatch, tmp_path):
    TaskView([plain_task()]).answer(0, "b")
    page = Page(work_view())
    assert "Chapter 7: A test" in page.ask("page")["answer"]
    text = page.ask("json")["answer"]
    assert page.ask("bring back", text=text)["answer"] == 0
    monkeypatch.setenv(logbook.VARIABLE, str(tmp_path / "elsewhere"))
    other = work_view()
    assert Page(other).ask("bring back", text=text)["answer"] == 1
    assert other.progress == "Chapter 7: 1 of 2 questions, 1 right."


def test_half_a_surrogate_pair_stops_no_download():
    TaskView([writing("n01_line")]).answer(0, "half: \ud83d")
    page = Page(work_view())
    assert "half: ?" in page.ask("page")["answer"]
    assert json.loads(page.ask("json")["answer"])["entries"][0]["value"] == "half: \ud83d"


@pytest.mark.parametrize(
    "text", ["", "{}", "[" * 100_000, None, 7, {"entries": []}, hostile.HTML], ids=lambda one: str(one)[:9]
)
def test_a_strange_file_brought_back_is_refused_in_a_sentence(text):
    view = work_view()
    reply = Page(view).ask("bring back", text=text)
    assert "nothing was changed" in reply["error"]
    assert view.problems == [reply["error"]]


def test_a_full_disk_is_told_when_work_is_brought_back(full_disk):
    entry = {"id": "q07_01", "kind": "question", "key": "20260101T101010.000001Z-abcdef"}
    reply = Page(work_view()).ask("bring back", text=json.dumps({"entries": [entry]}))
    assert "could not be saved" in reply["error"]


def test_a_damaged_file_and_a_forgetful_machine_are_told_in_the_widget(monkeypatch, work):
    (work / "entries").mkdir(parents=True)
    (work / "entries" / "torn.json").write_bytes(b"{")
    monkeypatch.setenv("BINDER_REPO_URL", "https://example.org")
    forgets, damaged = work_view().reminders
    assert "Binder" in forgets
    assert "Download your work" in forgets
    assert "torn.json" in damaged
    assert "torn.json" in work_view().mimebundle()[0]["text/plain"]
