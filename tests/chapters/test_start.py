"""Chapter 0: the map of chapters, the check of the set-up, and its five scenes held against counts made here."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import pytest

from tests.browser.lab import ROOT
from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils import names, tables
from utils.chapters import contents, start
from utils.chapters.start import alike, coverage, name_pairs, setup, sorting, starting_view, voices
from utils.learning import logbook

# ---- map, set-up, where one left off ---------------------------------------------------------------------------------


def test_the_map_links_just_the_notebooks_that_exist(tmp_path):
    (tmp_path / "01_truce_to_war.ipynb").touch()
    text = start.chapter_map(tmp_path).text
    assert text.count(".ipynb)") == 1
    assert "[From truce to war](01_truce_to_war.ipynb)" in text
    assert "In preparation: Start here, The war of 2020," in text


def test_the_map_counts_the_readers_answers_by_chapter(tmp_path):
    (tmp_path / "01_truce_to_war.ipynb").touch()
    assert "none yet |" in start.chapter_map(tmp_path).text
    for id in ("q01_02", "q01_02", "p01_draw", "q00_01"):
        logbook.write(logbook.Entry(id=id, kind="question", words="x"))
    assert re.search(r"why did it break\? \| \d+ \| 2 \|", start.chapter_map(tmp_path).text)


def test_go_on_leads_back_to_the_last_chapter(monkeypatch):
    assert "have not answered anything" in start.go_on().text
    logbook.write(logbook.Entry(id="q01_02", kind="question", words="x"))
    assert "[From truce to war](01_truce_to_war.ipynb)" in start.go_on().text
    monkeypatch.setenv("BINDER_SERVICE_HOST", "x")
    assert "forgets everything" in start.go_on().text


def test_every_notebook_is_a_chapter():
    known = {chapter.notebook for chapter in contents.CHAPTERS}
    assert {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} <= known


def test_the_check_names_the_versions_found_and_is_content_here():
    text = start.check_setup().text
    assert all(package in text for package in setup.SHOWN)
    assert "All packages are the tested ones" in text


def test_the_check_says_in_words_what_is_wrong():
    pinned = {"plotly": "7.1.0", "anywidget": "0.11.0"}
    assert "Missing here: anywidget" in setup.verdict({"plotly": "7.1.0", "anywidget": ""}, pinned)
    assert "Other versions than tested: plotly 5.0" in setup.verdict({"plotly": "5.0", "anywidget": "0.11.0"}, pinned)
    assert "could not be compared" in setup.verdict({"plotly": "7.1.0"}, {})


# ---- told alike ----------------------------------------------------------------------------------------------------


def test_nothing_of_the_count_is_shown_before_the_guess():
    state = alike.told_alike().state(guess=20)
    assert state.error == ""
    assert state.figure is None
    assert state.rows.empty
    assert not re.search(r"\d", state.reading)


@pytest.mark.parametrize(("guess", "seen"), list(product([0, 45, 100], ["answered", "skipped"])))
def test_the_share_told_alike_is_that_of_the_table(guess, seen):
    scene = alike.told_alike()
    state = scene.state(guess=guess, seen=seen)
    assert_sound(scene, state)
    told = Counter(row["contested"] for row in rows("events"))
    whole = told["yes"] + told["no"]
    assert f"for {told['no']} of {whole} events" in state.reading
    assert state.rows["alike"].sum() == told["no"] and state.rows["differently"].sum() == told["yes"]
    all_bars = [trace.x[-1] for trace in state.figure.data]
    assert all_bars == pytest.approx([100 * told["no"] / whole, 100 * told["yes"] / whole])
    assert [shape.x0 for shape in state.figure.layout.shapes] == ([guess] if seen == "answered" else [])
    off = guess - round(100 * told["no"] / whole)
    assert (f"guessed {guess} percent: {abs(off)} {'above' if off > 0 else 'below'}" in state.reading) == (
        seen == "answered"
    )


# ---- three voices ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", voices.CHOSEN)
def test_three_voices_stand_beside_each_other(event):
    state = start.three_voices().state(event=event)
    assert state.error == ""
    (panel,) = state.panels
    told = {side: [row["account"] for row in rows("event_accounts") if (row["event_id"], row["side"]) == (event, side)]
            for side in ("armenia", "azerbaijan", "outside")}  # fmt: skip
    assert all(told.values()), "each voice has something to say"
    for column, side in ((panel.left, "armenia"), (panel.right, "azerbaijan"), (panel.below, "outside")):
        assert [one.text for one in column.statements] == told[side]
        assert all(one.speaker and one.date for one in column.statements if side == "outside")
    known = {row["source_id"] for row in rows("sources")}
    assert set(state.source_ids) <= known and state.source_ids


# ---- what is in the pack ---------------------------------------------------------------------------------------------


def test_the_scene_of_tables_counts_rows_and_confirmation():
    scene = start.in_the_pack()
    for state in scene.states():
        assert state.error == ""
        for row in state.rows.itertuples():
            (name,) = (one for one in tables.names() if tables.title(one) == row.table)
            marked = [cell["confidence"] for cell in rows(name) if cell["source_ids"]]
            assert all(marked), "a row that cites sources has a mark, so that all that are counted name theirs"
            assert row.rows == len(marked)
            assert row.two == pytest.approx(100 * marked.count("two") / len(marked))
        assert len(state.figure.data[0].x) == len(state.rows)
    assert f"{sum(state.rows['rows']):,} rows" in scene.state(measure="rows").reading
    assert len(coverage.select_tables()) == sum("confidence" in rows(name)[0] for name in tables.names())


# ---- name pairs --------------------------------------------------------------------------------------------------------


def test_pairs_are_those_of_the_table_and_the_map_shows_one_name_until_opened():
    scene = name_pairs.name_pairs()
    closed, opened = scene.state(), scene.state(seen="skipped")
    both = {row["place_id"]: {row["name_armenian_usage"], row["name_azerbaijani_usage"]} for row in rows("places")}
    (drawn, nothing) = opened.figure.data
    assert len(nothing.x) == 0, "who skips has missed nothing"
    for place, label in zip(opened.rows["place_id"], drawn.text, strict=True):
        assert set(label.split("/")) == both[place]
        assert label == names.pair(*both[place])
    assert not any("/" in label for label in closed.figure.data[0].text)
    assert len(opened.rows) == 8


@pytest.mark.parametrize("right", range(9))
def test_the_reading_counts_the_pairs_that_were_found(right):
    second = name_pairs.places()["second"].tolist()
    given = [*second[:right], *[""] * (8 - right)]
    state = name_pairs.name_pairs().state(pairs=given, seen="answered")
    assert state.reading.startswith(f"{right} of 8 pairs found")
    assert [len(trace.x) for trace in state.figure.data] == [right, 8 - right]
    missed = name_pairs.places()["label"].tolist()[right:]
    assert all(label in state.reading for label in missed)


# ---- fact, claim, inference --------------------------------------------------------------------------------------------


def test_each_box_is_that_of_the_table_and_each_choice_is_explained():
    boxes = {"fact": "fact", "account_of_a_position": "claim"}
    table = {row["claim_id"]: row for row in rows("article_claims")}
    right = [boxes.get(table[one]["kind"], "inference") for one in sorted(sorting.CHOSEN)]
    assert len(right) == 12 and len(set(right)) == 3
    task = sorting.task()
    _, feedback = task.check(right)
    assert feedback.status == "right"
    assert [said.split(". ", 1)[1] for _, said in feedback.items] == [
        table[one]["kind_reason"] for one in sorted(sorting.CHOSEN)
    ]
    wrong = ["claim" if box != "claim" else "fact" for box in right]
    _, feedback = task.check(wrong)
    assert feedback.status == "saved" and "0 of them as we would" in feedback.text
    assert "read the reason" in feedback.text
    assert all(said.startswith("rather") for _, said in feedback.items)
    _, feedback = task.check([right[0]] + [""] * 11)
    assert (feedback.status, len(feedback.items)) == ("saved", 1)


def test_the_page_learns_no_box_before_a_choice():
    spec = str(sorting.task().spec())
    assert not any(row["kind_reason"] in spec for row in rows("article_claims"))


# ---- starting view -----------------------------------------------------------------------------------------------------


def test_a_starting_view_is_saved_with_what_was_left_open():
    view = start.my_starting_view().show()
    assert view.answer(0, [None] * 5).status == "not answered"
    assert view.answer(0, [10, None, 50, 100, 0]).status == "saved"
    (entry,) = logbook.entries("v00_start")
    assert entry.value == [10, None, 50, 100, 0]
    assert entry.words.count("I do not know") == 1
    assert len(starting_view.VIEWS) == 5


# ---- what the chapter asks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chapter", ["start", "history"])
def test_the_progress_line_knows_all_that_the_notebook_shows(chapter):
    import json

    from utils.chapters import history

    module = {"start": start, "history": history}[chapter]
    name = {"start": "00_start_here", "history": "01_truce_to_war"}[chapter]
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    asked = {one for kind in module.KIT.work.values() for one in kind}
    assert set(re.findall(r'check\("(\w+)"', code)) == {one for one in asked if one.startswith("ex")}
    assert set(re.findall(r'write\("(\w+)"\)', code)) == {
        one for one in asked if one[0] in "ne" and not one.startswith("ex")
    }
    written = {row["task_id"] for row in rows("writing_tasks") if int(row["chapter"]) == int(name[:2])}
    assert written == {one for one in asked if one[0] in "ne" and not one.startswith("ex")}
    assert set(ids("|".join(module.KIT.closing))) <= {row["question_id"] for row in rows("questions")}
    assert len(module.KIT.closing) == 5
