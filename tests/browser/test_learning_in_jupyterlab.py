"""Journeys of a learner in a real JupyterLab: answer, predict, write, stop, come back, and take the work away."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pytest

from tests.raw import rows

pytestmark = pytest.mark.browser
START, HISTORY = "00_start_here", "01_truce_to_war"
START_TASKS, HISTORY_TASKS = "tasks_of_start", "tasks_of_history"  # parts of them, which open faster
HTML = "<img src=x onerror='window.stolen=true'><b>bold</b> & more"
TEXT = f'Xankəndi, Ağdam; Շուշի.\n\n{HTML}\n  "quoted", indented \\ and cut | here'
OF_A_RESTART = re.compile("debugger state|Canceled future")  # JupyterLab's own words when a kernel is restarted
ALIKE = "For what share of the events in this pack is no difference between the sides on record?"
DRAW = "How many people died each year of the truce"


# ---- what the tables say, read with nothing but csv -------------------------------------------------------------------


def row_of(table: str, key: str, value: str) -> dict[str, str]:
    (found,) = (row for row in rows(table) if row[key] == value)
    return found


def question_row(id: str) -> dict[str, str]:
    return row_of("questions", "question_id", id)


def options_of(id: str) -> dict[str, dict[str, str]]:
    return {row["option_id"]: row for row in rows("question_options") if row["question_id"] == id}


def order_by_date(id: str) -> list[str]:
    """Return the texts of an order question, the earliest event first."""
    date = {row["event_id"]: row["date_start"] for row in rows("events")}
    return [one["text"] for one in sorted(options_of(id).values(), key=lambda one: date[one["event_id"]])]


def asked(browser, id: str):
    """Return the place of a question, a note or an essay on the page."""
    table, key = ("questions", "question_id") if id.startswith("q") else ("writing_tasks", "task_id")
    return browser.task(row_of(table, key, id)["prompt"])


def kept(work: Path, id: str | None = None) -> list[dict]:
    """Return the entries on the disk, the oldest first."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(work.glob("entries/*.json"))]
    return [entry for entry in found if id in (None, entry["id"])]


def wait_for_entries(page, work: Path, id: str, how_many: int = 1) -> list[dict]:
    for _ in range(200):
        if len(found := kept(work, id)) >= how_many:
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(kept(work, id))} entries of {id} after ten seconds, not {how_many}")


# ---- hands and eyes ----------------------------------------------------------------------------------------------------


def stand_on_the_cell_of(part) -> None:
    """Select the notebook cell that holds a part of the page, as a reader with arrow keys would."""
    part.evaluate("""e => {
        const notebook = window.jupyterapp.shell.currentWidget.content;
        notebook.activeCellIndex = notebook.widgets.findIndex(cell => cell.node.contains(e));
        notebook.mode = "command";
        notebook.activate();
        notebook.activeCell.node.focus();
    }""")


def notebook_as_jupyterlab_sees_it(page) -> dict:
    """Return all that a stray shortcut would change."""
    return page.evaluate("""() => {
        const notebook = window.jupyterapp.shell.currentWidget.content;
        const cells = notebook.widgets.map(cell => [cell.model.id, cell.model.type, cell.model.sharedModel.source]);
        return { cells, active: notebook.activeCellIndex, mode: notebook.mode,
                 selected: notebook.widgets.filter(cell => notebook.isSelected(cell)).length };
    }""")


def has_focus(part) -> bool:
    return part.evaluate_all("found => found.includes(document.activeElement)")


def tab_to(page, part, key: str = "Tab", limit: int = 40) -> None:
    """Press Tab until the focus is on a part of the page."""
    for _ in range(limit):
        page.keyboard.press(key)
        if has_focus(part):
            return
    raise AssertionError(f"{part} has no focus after {limit} times {key}")


def press(part, key: str = "Enter") -> None:
    part.focus()
    part.page.keyboard.press(key)


def reply_of(task, status: str) -> str:
    """Wait until a task's reply has a status, and return what it says, on one line.

    The text as it is, not as it is drawn: JupyterLab lays out a cell only when it comes into view.
    """
    task.locator(f".npt-reply[data-status='{status}']").wait_for()
    return " ".join(task.locator(".npt-reply").text_content().split())


def is_heard(region) -> bool:
    """Say whether a screen reader follows changes of this element: it is there, and no style hides it."""
    return region.evaluate("""e => e.isConnected && getComputedStyle(e).display !== "none"
        && e.getAttribute("role") === "status" && e.ariaLive !== "off" && !e.closest("[aria-hidden=true]")""")


def unharmed(browser) -> bool:
    """Say whether no text became an element or ran, and nothing complained."""
    page = browser.page
    assert page.locator(".npt-scene img, .npt-scene b").count() == 0
    assert page.evaluate("() => window.stolen") is None
    assert browser.errors() == []
    assert [line for line in browser.console if not OF_A_RESTART.search(line)] == []
    return True


# ---- answering ---------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_by_keyboard_alone_and_the_reply_is_heard(opened, work):
    browser = opened(START_TASKS)
    page, task = browser.page, asked(browser, "q00_01")
    told, options = question_row("q00_01"), list(options_of("q00_01").values())
    stand_on_the_cell_of(task)
    before = notebook_as_jupyterlab_sees_it(page)
    region = task.locator(".npt-reply")
    assert region.text_content() == ""
    assert is_heard(region), "a region that comes with its words may stay unheard"
    assert region.get_attribute("aria-live") == "polite"
    radios = task.locator("input[type=radio]")
    tab_to(page, radios)
    page.keyboard.press("Space")
    assert radios.evaluate_all("all => all.map(one => one.checked)") == [True, False, False, False]
    check = task.get_by_role("button", name="Check")
    tab_to(page, check, limit=2)
    page.keyboard.press("Enter")
    assert options[0]["feedback"] in reply_of(task, "not yet")
    assert has_focus(check)
    hinting, hints = task.get_by_role("button", name="hint"), task.locator(".npt-hints")
    heard = hints.locator("xpath=ancestor-or-self::*[@role='status']")
    assert is_heard(heard)
    tab_to(page, hinting, limit=1)
    for number, column in enumerate(("hint_1", "hint_2"), 1):
        page.keyboard.press("Enter")
        hints.locator("li").nth(number - 1).wait_for()
        assert hints.locator("li").all_text_contents()[number - 1] == told[column]
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert hints.locator("li").count() == 2
    assert has_focus(hinting), "the button without more hints keeps the focus"
    tab_to(page, radios, key="Shift+Tab", limit=3)
    page.keyboard.press("ArrowDown")
    assert region.text_content() == "", "what was said concerned another answer"
    right = next(place for place, one in enumerate(options) if one["right"] == "yes")
    for _ in range(right - 1):
        page.keyboard.press("ArrowDown")
    tab_to(page, check, limit=2)
    page.keyboard.press("Enter")
    assert told["why"] in reply_of(task, "right")
    assert notebook_as_jupyterlab_sees_it(page) == before
    answers = [(entry["value"], entry["status"]) for entry in kept(work, "q00_01")]
    assert answers == [(options[0]["option_id"], "not yet"), (options[right]["option_id"], "right")]


def test_an_order_is_made_by_keyboard_and_the_focus_stays_on_its_button(opened):
    browser = opened(HISTORY_TASKS)
    page, task = browser.page, asked(browser, "q01_02")
    stand_on_the_cell_of(task)
    before = notebook_as_jupyterlab_sees_it(page)
    shown = task.locator(".npt-order .npt-text")
    said = task.locator(".npt-said")
    assert is_heard(said)
    start = shown.all_text_contents()
    first_down = task.get_by_role("button", name=f"Move down: {start[0]}")
    tab_to(page, first_down)
    page.keyboard.press("Enter")
    assert shown.all_text_contents() == [start[1], start[0], *start[2:]]
    assert said.text_content() == f"Now in place 2 of 5: {start[0]}"
    assert has_focus(first_down)
    page.keyboard.press("Space")
    assert said.text_content() == f"Now in place 3 of 5: {start[0]}"
    assert has_focus(first_down)
    for place, text in enumerate(order_by_date("q01_02")):
        up = task.get_by_role("button", name=f"Move up: {text}")
        up.focus()
        while shown.all_text_contents().index(text) > place:
            page.keyboard.press("Enter")
            assert has_focus(up)
    first_up = task.get_by_role("button", name=f"Move up: {order_by_date('q01_02')[0]}")
    press(first_up)
    assert has_focus(first_up), "the button at the end does nothing, and keeps the focus"
    assert shown.all_text_contents() == order_by_date("q01_02")
    tab_to(page, task.get_by_role("button", name="Check"))
    page.keyboard.press("Enter")
    assert question_row("q01_02")["why"] in reply_of(task, "right")
    assert notebook_as_jupyterlab_sees_it(page) == before


def test_strips_are_left_out_and_taken_in_by_keyboard(opened, work):
    browser = opened(HISTORY_TASKS)
    page, task = browser.page, asked(browser, "q01_20")
    stand_on_the_cell_of(task)
    before = notebook_as_jupyterlab_sees_it(page)
    strips = options_of("q01_20").values()
    spare = [one["text"] for one in strips if not one["place"]]
    right = [one["text"] for one in sorted(strips, key=lambda one: one["place"]) if one["place"]]
    said, check = task.locator(".npt-said"), task.get_by_role("button", name="Check")
    press(check)
    told = reply_of(task, "not yet")
    assert all(one["feedback"] in told for one in strips if not one["place"])
    for text in (*spare, right[0]):
        leave = task.get_by_role("button", name=f"Leave out: {text}")
        press(leave)
        assert said.text_content() == f"Left out: {text}"
        assert has_focus(task.get_by_role("button", name=f"Take in: {text}"))
    assert task.locator(".npt-out").count() == 3
    page.keyboard.press("Enter")
    assert said.text_content() == f"Back in place 6: {right[0]}"
    assert has_focus(task.get_by_role("button", name=f"Leave out: {right[0]}"))
    inside = task.locator(".npt-order li:not(.npt-out) .npt-text")
    for place, text in enumerate(right):
        task.get_by_role("button", name=f"Move up: {text}").focus()
        while inside.all_text_contents().index(text) > place:
            page.keyboard.press("Enter")
    press(check)
    assert question_row("q01_20")["why"] in reply_of(task, "right")
    assert kept(work, "q01_20")[-1]["words"] == " > ".join(right)
    assert notebook_as_jupyterlab_sees_it(page) == before


def test_partners_are_found_with_the_keys_of_the_dropdowns(opened):
    browser = opened(HISTORY_TASKS)
    page, task = browser.page, asked(browser, "q01_07")
    stand_on_the_cell_of(task)
    before = notebook_as_jupyterlab_sees_it(page)
    year = {row["event_id"]: row["date_start"][:4] for row in rows("events")}
    options = list(options_of("q01_07").values())
    press(task.get_by_role("button", name="Check"))
    assert "Choose a partner for each." in reply_of(task, "not answered")
    tab_to(page, task.get_by_label(options[0]["text"]), key="Shift+Tab")
    for place, one in enumerate(options):
        select = task.get_by_label(one["text"])
        assert has_focus(select), "Tab goes from one to the next"
        page.keyboard.type(year[one["event_id"]])  # JupyterLab would make a heading of the cell with the key 1
        assert select.input_value() == year[one["event_id"]]
        page.keyboard.press("Tab")
        assert place < len(options) - 1 or has_focus(task.get_by_role("button", name="Check"))
    page.keyboard.press("Enter")
    assert question_row("q01_07")["why"] in reply_of(task, "right")
    assert notebook_as_jupyterlab_sees_it(page) == before


def test_a_number_and_a_word_are_checked_with_enter(opened, work):
    browser = opened("bank")
    page, number, word = browser.page, asked(browser, "q01_01"), asked(browser, "q01_09")
    stand_on_the_cell_of(number)
    before = notebook_as_jupyterlab_sees_it(page)
    answer = row_of("events", "event_id", "truce_1994")["date_start"][:4]
    tab_to(page, number.get_by_label("Your number"))
    for typed, status, told in (
        ("  ", "not answered", "Type a number first."),
        ("a year", "unclear", "Give one number"),
        ("1993", "not yet", question_row("q01_01")["otherwise"]),
        (answer, "right", answer),
    ):
        number.get_by_label("Your number").fill("")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        assert told in reply_of(number, status)
    tab_to(page, word.get_by_label("Your answer"))
    page.keyboard.type("The PROTOCOL!")
    page.keyboard.press("Enter")
    assert question_row("q01_09")["why"] in reply_of(word, "right")
    assert notebook_as_jupyterlab_sees_it(page) == before
    assert [entry["words"] for entry in kept(work, "q01_01")] == ["a year", "1993", answer]


def test_each_sorted_sentence_gets_its_remark_where_it_stands(opened):
    browser = opened(START_TASKS)
    page, task = browser.page, browser.task("Fact, claim by a party, or inference?")
    claim = row_of("article_claims", "claim_id", "a02")
    first, second = (task.get_by_role("group", name=f"Sentence {place}", exact=True) for place in (1, 2))
    assert is_heard(first.locator(".npt-remark"))
    stand_on_the_cell_of(task)
    before = notebook_as_jupyterlab_sees_it(page)
    tab_to(page, first.locator("input"))
    page.keyboard.press("Space")
    page.wait_for_function("e => e.textContent", arg=first.locator(".npt-remark").element_handle())
    assert claim["kind_reason"] in first.locator(".npt-remark").text_content()
    assert second.locator(".npt-remark").text_content() == ""
    assert "1 sentence sorted" in task.locator(".npt-reply").text_content()
    tab_to(page, second.locator("input"), limit=1)
    page.keyboard.press("Space")
    page.wait_for_function("e => e.textContent", arg=second.locator(".npt-remark").element_handle())
    assert claim["kind_reason"] in first.locator(".npt-remark").text_content()
    assert notebook_as_jupyterlab_sees_it(page) == before


# ---- writing -----------------------------------------------------------------------------------------------------------


def test_what_was_typed_is_saved_by_itself_and_stands_there_on_return(opened, work):
    browser = opened(START_TASKS)
    page = browser.page
    for id in ("n00_three_voices", "e00_both_sides"):
        task = asked(browser, id)
        stand_on_the_cell_of(task)
        before = notebook_as_jupyterlab_sees_it(page)
        tab_to(page, task.locator("textarea"))
        page.keyboard.type(TEXT)
        assert "in my_work" in reply_of(task, "saved"), "saved after a pause, though nobody pressed Save"
        assert is_heard(task.locator(".npt-reply"))
        assert [(entry["kind"], entry["value"], entry["words"]) for entry in kept(work, id)][-1][1:] == (TEXT, TEXT)
        assert has_focus(task.locator("textarea"))
        assert notebook_as_jupyterlab_sees_it(page) == before
    address = page.url.split("/doc/")[0]
    browser.open(address, f"{START_TASKS}.ipynb")
    browser.restart_and_run_all()
    for id in ("n00_three_voices", "e00_both_sides"):
        task = asked(browser, id)
        assert task.locator("textarea").input_value() == TEXT
        assert "Saved. Your answer of" in reply_of(task, "saved")
    assert unharmed(browser)


def test_no_text_is_too_long_or_too_wild_for_the_page(opened, work):
    wild = (HTML * 300)[:10_000]
    for name in (START, HISTORY):
        browser = opened(name)
        page = browser.page
        fields = page.locator(".npt-scene input[type=text], .npt-scene textarea")
        assert fields.count() >= 4
        for field in fields.all():
            field.scroll_into_view_if_needed()
            field.focus()
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(wild)
            longest = int(field.get_attribute("maxlength"))
            assert field.input_value() == wild[:longest]
        texts = [row["task_id"] for row in rows("writing_tasks") if int(row["chapter"]) == int(name[:2])]
        for id in texts:
            reply_of(asked(browser, id), "saved")
            assert kept(work, id)[-1]["value"] == wild
        words = browser.scene("Words: what does this term mean")
        page.wait_for_function(
            "e => e.textContent.startsWith('No term')", arg=words.locator(".npt-reading").element_handle()
        )
        assert wild[:60] in words.locator(".npt-reading").text_content()
        assert unharmed(browser)


def test_an_answer_that_goes_past_the_field_gets_a_sentence(opened, work):
    browser = opened("bank")
    page = browser.page
    past_the_field = """(e, text) => { e.removeAttribute("maxlength"); e.value = text;
        e.dispatchEvent(new Event("input", { bubbles: true })); }"""
    for id, label in (("q01_01", "Your number"), ("q01_09", "Your answer")):
        task = asked(browser, id)
        for text, status in (("9" * 10_000, "unclear"), (HTML * 200, "unclear"), (HTML, None)):
            task.get_by_label(label).evaluate(past_the_field, text)
            press(task.get_by_role("button", name="Check"))
            reply_of(task, status or ("unclear" if id == "q01_01" else "not yet"))
            if status:
                assert "text of at most 200 characters" in task.locator(".npt-reply").text_content()
        assert [entry["value"] for entry in kept(work, id)] == [HTML]
    poll = asked(browser, "q01_21")
    poll.locator("input").first.evaluate("e => { e.value = '<b>'; e.click(); }")
    press(poll.get_by_role("button", name="Save"))
    told = reply_of(poll, "saved")
    assert next(iter(options_of("q01_21").values()))["feedback"] in told
    assert page.locator(".npt-scene").count() == 1
    assert unharmed(browser)


# ---- predicting --------------------------------------------------------------------------------------------------------


def deaths_by_year() -> list[int]:
    """Return the deaths of each full year between the truce and the war of 2020, added up from the months."""
    first, last = (
        int(row_of("events", "event_id", one)["date_start"][:4]) for one in ("truce_1994", "war_begins_2020")
    )
    found = dict.fromkeys(range(first + 1, last), 0)
    for row in rows("deaths_monthly"):
        year = int(row["month"][:4])
        if year in found:
            found[year] += int(row["deaths"])
    return list(found.values())


def curves(scene) -> dict:
    """Return what a scene's chart draws: the name of each trace and its values."""
    return scene.evaluate(
        "e => Object.fromEntries(e.querySelector('.js-plotly-plot')._fullData.map(t => [t.name, [...t.y]]))"
    )


def test_a_guess_with_the_slider_is_kept_before_the_chart_is_there(opened, work):
    browser = opened(START_TASKS)
    page, scene = browser.page, browser.scene(ALIKE)
    assert scene.locator(".npt-chart").is_hidden()
    assert scene.locator(".main-svg").count() == 0
    assert not any(fold.is_visible() for fold in scene.locator("details").all())
    stand_on_the_cell_of(scene)
    before = notebook_as_jupyterlab_sees_it(page)
    tab_to(page, scene.locator("input[type=range]"))
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert kept(work) == [], "a guess counts once the reader commits to it"
    tab_to(page, scene.get_by_role("button", name="Compare with the tables"), limit=1)
    page.keyboard.press("Enter")
    scene.locator(".npt-chart .main-svg").first.wait_for()
    guess, chart = wait_for_entries(page, work, "p00_alike", 2)
    assert guess["value"] == chart["value"] == {"guess": 65, "seen": "answered"}
    assert (guess["words"], guess["chart"]) == ("65 percent", None)
    assert chart["chart"]["figure"]["data"]
    assert "You guessed 65 percent" in chart["reading"]
    assert notebook_as_jupyterlab_sees_it(page) == before
    browser.open(page.url.split("/doc/")[0], f"{START_TASKS}.ipynb")
    browser.restart_and_run_all()
    scene = browser.scene(ALIKE)
    scene.locator(".npt-chart .main-svg").first.wait_for()
    # text_content: inner_text is empty where JupyterLab has not laid out a cell that it takes to be off the screen
    assert "You guessed 65 percent" in scene.locator(".npt-reading").text_content()
    assert scene.locator("input[type=range]").input_value() == "65"
    scene.get_by_role("button", name="Guess again").wait_for()
    assert len(kept(work, "p00_alike")) == 2, "to look at it again is no new guess"


def test_a_drawn_curve_stands_on_the_chart_beside_the_counts_also_on_return(opened, work):
    browser = opened(HISTORY_TASKS)
    page, scene = browser.page, browser.scene(DRAW)
    assert curves(scene) == {"your curve": [40] * 5}, "before the guess the page draws no count"
    scene.locator("input[type=range]").first.focus()
    for presses in (1, 2, 0, 3, 0):
        for _ in range(presses):
            page.keyboard.press("ArrowUp")
        page.keyboard.press("Tab")
    drawn = [45, 50, 40, 55, 40]
    assert has_focus(scene.get_by_role("button", name="Compare with the counts"))
    page.keyboard.press("Enter")
    guess, chart = wait_for_entries(page, work, "p01_draw", 2)
    assert guess["value"] == chart["value"] == {"guess": drawn, "seen": "answered"}
    assert guess["chart"] is None
    page.wait_for_function("e => e.querySelector('.js-plotly-plot')._fullData.length === 3", arg=scene.element_handle())
    assert curves(scene)["your curve"] == drawn
    assert curves(scene)["counted month by month"] == deaths_by_year()
    browser.open(page.url.split("/doc/")[0], f"{HISTORY_TASKS}.ipynb")
    browser.restart_and_run_all()
    scene = browser.scene(DRAW)
    scene.locator(".main-svg").first.wait_for()
    assert curves(scene)["your curve"] == drawn
    assert curves(scene)["counted month by month"] == deaths_by_year()
    assert scene.locator("output").all_text_contents() == [str(one) for one in drawn]


def test_a_skipped_guess_is_kept_as_skipped(opened, work):
    browser = opened(HISTORY_TASKS)
    page, scene = browser.page, browser.scene("Which came first: the ceasefire")
    assert scene.locator(".npt-chart").is_hidden()
    press(scene.get_by_role("button", name="Skip the guess"))
    scene.locator(".npt-chart .main-svg").first.wait_for()
    guess, chart = wait_for_entries(page, work, "p01_first", 2)
    assert guess["status"] == chart["status"] == guess["words"] == "skipped"
    assert guess["value"] == {"guess": "", "seen": "skipped"}
    line = browser.scene("My work").locator(".npt-reading")
    page.wait_for_function("e => e.textContent.includes('skipped')", arg=line.element_handle())
    assert re.search(r"\b0 of \d+ predictions, 1 skipped", line.text_content())


# ---- taking the work away ------------------------------------------------------------------------------------------------


def answered(line: str) -> int:
    return int(re.search(r"(\d+) of \d+ questions", line)[1])


def test_progress_and_both_downloads_hold_the_work_and_bring_it_back(opened, work, tmp_path):
    browser = opened(HISTORY_TASKS)
    page = browser.page
    line = browser.scene("My work").locator(".npt-reading")
    assert answered(line.text_content()) == 0
    question = asked(browser, "q01_04")
    for one in options_of("q01_04").values():
        if one["right"] == "yes":
            press(question.get_by_label(one["text"]), "Space")
    press(question.get_by_role("button", name="Check"))
    reply_of(question, "right")
    page.wait_for_function("e => e.textContent.includes('1 right')", arg=line.element_handle())
    assert answered(line.text_content()) == 1
    note = asked(browser, "n01_line")
    note.locator("textarea").focus()
    page.keyboard.insert_text(TEXT)
    reply_of(note, "saved")
    press(browser.scene(DRAW).get_by_role("button", name="Compare with the counts"))
    wait_for_entries(page, work, "p01_draw", 2)

    mine = browser.scene("My work")
    with page.expect_download() as download:
        press(mine.get_by_role("button", name="Download my work (HTML page)"))
    assert download.value.suggested_filename.endswith(".html")
    taken = tmp_path / "my work.html"
    download.value.save_as(taken)
    with page.expect_download() as download:
        press(mine.get_by_role("button", name="Download my work (JSON)"))
    packed = tmp_path / "my work.json"
    download.value.save_as(packed)
    read_away_from_jupyterlab(browser, taken)

    before = {path.name: path.read_bytes() for path in work.glob("entries/*.json")}
    assert len(before) == 4
    shutil.rmtree(work)
    mine.get_by_text("Go on from another machine").click()
    mine.get_by_label("Bring back a download (JSON)").set_input_files(packed)
    mine.get_by_text("4 entries are back.").wait_for()
    assert {path.name: json.loads(path.read_bytes()) for path in work.glob("entries/*.json")} == {
        name: json.loads(content) for name, content in before.items()
    }
    assert answered(line.text_content()) == 1
    mine.get_by_label("Bring back a download (JSON)").set_input_files(packed)
    mine.get_by_text("All of this was here already.").wait_for()
    other = tmp_path / "other.json"
    other.write_text('{"entries": 7}', encoding="utf-8")
    mine.get_by_label("Bring back a download (JSON)").set_input_files(other)
    mine.get_by_text("nothing was changed").wait_for()
    browser.restart_and_run_all()
    assert asked(browser, "n01_line").locator("textarea").input_value() == TEXT
    assert asked(browser, "q01_04").locator("input:checked").count() == 4


def read_away_from_jupyterlab(browser, taken: Path) -> None:
    """Open a downloaded page from the disk, with nothing else to be reached, and look at what it holds."""
    page, refused, problems = browser.page.context.browser.new_page(), [], []

    def local_only(route) -> None:
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    page.route("**/*", local_only)
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.context.set_offline(True)
    page.goto(taken.as_uri())
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    drawn = page.evaluate("() => [...document.querySelector('.js-plotly-plot')._fullData].map(t => [t.name, [...t.y]])")
    assert dict(drawn)["your curve"] == [40] * 5
    assert dict(drawn)["counted month by month"] == deaths_by_year()
    assert page.locator("blockquote").text_content() == TEXT
    article = page.locator("article").filter(has_text=question_row("q01_04")["prompt"])
    for one in options_of("q01_04").values():
        assert (one["text"] in article.text_content()) == (one["right"] == "yes")
    assert question_row("q01_04")["why"] in article.text_content()
    assert page.locator("img").count() == 0
    assert page.evaluate("() => window.stolen") is None
    assert html.escape(HTML) in taken.read_text(encoding="utf-8")
    assert (refused, problems) == ([], [])
    page.close()


# ---- leaving and losing ---------------------------------------------------------------------------------------------------


def test_escape_hands_the_keys_back_to_the_notebook(opened):
    browser = opened(START_TASKS)
    page = browser.page
    parts = [
        asked(browser, "q00_01").locator("input").first,
        asked(browser, "q00_02").locator("select").first,
        asked(browser, "n00_sources").locator("textarea"),
        browser.scene("My work").locator("button").first,
        browser.scene(ALIKE).locator("input[type=range]"),
    ]
    for part in parts:
        stand_on_the_cell_of(part)
        part.focus()
        here = notebook_as_jupyterlab_sees_it(page)
        page.keyboard.press("Escape")
        own = part.evaluate("e => e.closest('.jp-Cell') === document.activeElement")
        assert own, "the focus is on the cell around the widget"
        page.keyboard.press("ArrowDown")
        assert notebook_as_jupyterlab_sees_it(page)["active"] == here["active"] + 1
        page.keyboard.press("k")
        assert notebook_as_jupyterlab_sees_it(page) == here | {"mode": "command"}


def test_an_essay_outlives_the_death_of_the_kernel(opened, work):
    browser = opened(START_TASKS)
    page, essay = browser.page, asked(browser, "e00_both_sides")
    area = essay.locator("textarea")
    area.focus()
    page.keyboard.type("Saved while the kernel lived. ")
    reply_of(essay, "saved")
    page.keyboard.type("Typed as")
    page.evaluate("""() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
        .requestExecute({ code: "import os, signal; os.kill(os.getpid(), signal.SIGKILL)" }); }""")
    page.keyboard.type(" it died, ")
    dialog = page.locator(".jp-Dialog")
    dialog.get_by_role("button", name="Ok").click()
    area.focus()
    page.keyboard.type("and after.")
    written = area.input_value()
    assert written.startswith("Saved while the kernel lived. Typed as")
    assert written.endswith("and after.")
    told = essay.locator(".npt-reply[data-status='unclear']")
    told.wait_for(timeout=40_000)
    assert "Not saved." in told.text_content()
    assert all(entry["value"] != written for entry in kept(work, "e00_both_sides"))
    browser.restart_and_run_all()
    essay = asked(browser, "e00_both_sides")
    assert essay.locator("textarea").input_value() == written
    assert "had not been saved yet" in reply_of(essay, "unclear")
    press(essay.get_by_role("button", name="Save"))
    reply_of(essay, "saved")
    assert kept(work, "e00_both_sides")[-1]["value"] == written
