"""Journeys in a real JupyterLab with the network cut: what a reader sees, clicks and types."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import axe_playwright_python
import pytest

from tests.raw import ids, rows

pytestmark = pytest.mark.browser
CHAPTERS = [
    "00_start_here",
    "01_truce_to_war",
    "02_war_of_2020",
    "03_nine_points",
    "04_three_tracks",
    "05_two_sticking_points",
]
LEAST = {
    "00_start_here": 10,
    "01_truce_to_war": 19,
    "02_war_of_2020": 18,
    "03_nine_points": 21,
    "04_three_tracks": 22,
    "05_two_sticking_points": 20,
}  # widgets that each chapter shows at the least
LINE, DRAW, MONEY = "When was there fighting", "How many people died each year", "Whom did time favour"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def only_scene(browser):
    return browser.page.locator(".npt-scene")


def widgets_of(page) -> int:
    """Return how many widgets the notebook's outputs hold, as JupyterLab's own model has them."""
    return page.evaluate("""() => window.jupyterapp.shell.currentWidget.content.widgets
        .flatMap(cell => cell.model.type === "code" ? cell.model.sharedModel.toJSON().outputs : [])
        .filter(output => output.data?.["application/vnd.jupyter.widget-view+json"]).length""")


def reading(scene) -> str:
    return scene.locator(".npt-reading").text_content()


def wait_for_change(scene, before: str) -> str:
    line = scene.locator(".npt-reading")
    line.page.wait_for_function("([e, old]) => e.textContent !== old", arg=[line.element_handle(), before])
    return line.text_content()


def open_folds(scene) -> None:
    for fold in scene.locator("details:not([open]) > summary").all()[
        ::-1
    ]:  # the last first: those left keep their place
        if fold.is_visible():
            fold.click()


def focused(page) -> str:
    return page.evaluate("() => document.activeElement.textContent.trim() || document.activeElement.value || ''")


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_runs_with_the_network_cut_fits_its_page_and_can_be_reached(opened, name):
    """All that a whole chapter must hold at once: opening one takes long enough to do it once."""
    browser = opened(name, height=2000)
    page = browser.page
    assert page.locator(".npt-scene").count() == widgets_of(page) >= LEAST[name]
    charts = page.locator(".npt-chart").all()
    assert sum(chart.is_visible() for chart in charts) >= 2
    assert all(chart.is_visible() == bool(chart.locator(".main-svg").count()) for chart in charts), "drawn where open"
    assert browser.received < 3_400_000, "plotly.js (1.4 MB) should come once, packed"
    browser.lay_out_all()
    assert too_wide(browser) == []
    page.evaluate(AXE)
    closed = looked_at(page)
    open_everything(browser)
    opened_up = looked_at(page)
    names = names_of_parts(page)
    browser.theme(dark=True)
    dark = looked_at(page)
    page.set_viewport_size({"width": 768, "height": 1400})
    page.wait_for_timeout(500)
    browser.settle()
    assert too_wide(browser) == []
    assert [one for some in (closed, opened_up, dark) for one in some["serious"]] == []
    assert all(one["nodes"] > one["parts"] > 50 for one in (closed, opened_up, dark))
    assert opened_up["nodes"] > closed["nodes"] + 100
    assert len(names) > 100
    assert [part for part, said in names if not said] == []
    assert browser.errors() == []
    assert browser.outside == []
    assert browser.console == []


def too_wide(browser) -> list[str]:
    """Return the headings of the widgets that are wider than their place, or hold a part that is."""
    return browser.page.locator(".npt-scene").evaluate_all("""all => all
        .filter(e => [e, ...e.querySelectorAll(".npt-task, .npt-control, .npt-strip, .npt-reply")]
            .some(part => part.scrollWidth - part.clientWidth > 1
                && (part === e || getComputedStyle(part).overflow === "visible")))
        .map(e => e.querySelector("h3").textContent)""")


# What is clicked in every scene, in this order; after each kind the page is let come to rest.
TO_OPEN = {
    "answers": """all => all.flatMap(e => [...e.querySelectorAll(".npt-task fieldset, .npt-ballot fieldset")])
        .map(group => group.querySelector("input[type=radio], input[type=checkbox]")).filter(e => e && !e.checked)""",
    "gates": """all => all.flatMap(e => [...e.querySelectorAll(".npt-controls button.npt-main")])""",
    "checks": """all => all.flatMap(e => [...e.querySelectorAll(".npt-task > .npt-buttons .npt-main")])""",
    "hints": """all => all.flatMap(e => [...e.querySelectorAll("button")]).filter(e => e.textContent.trim() === "Hint")""",
    "folds": """all => all.flatMap(e => [...e.querySelectorAll("details:not([open]) > summary")])""",
    "cards": """all => all.map(e => e.querySelectorAll("button.npt-link"))
        .filter(links => links.length).map(links => links[Math.min(4, links.length - 1)])""",
}
CALM = """() => [...document.querySelectorAll(".npt-scene")].every(e => e.ariaBusy !== "true")"""


def open_everything(browser) -> None:
    """Answer each task with the first that comes, open each gate, fold and card, and ask for all hints."""
    scenes = browser.page.locator(".npt-scene")
    clicked = {}
    for kind, found in TO_OPEN.items():
        clicked[kind] = scenes.evaluate_all(f"""all => {{
            const parts = ({found})(all).filter(e => e.checkVisibility());
            parts.forEach(e => e.click());
            return parts.length;
        }}""")
        browser.page.wait_for_timeout(300)  # until the kernel has heard of it
        browser.page.wait_for_function(CALM)
        browser.settle()
    assert all(clicked[kind] > 0 for kind in ("answers", "gates", "checks", "folds", "cards")), clicked
    assert scenes.locator(".npt-controls button.npt-main:visible").count() == 0, "a gate stayed closed"
    assert scenes.locator("details:not([open]) > summary:visible").count() == 0, "a fold stayed closed"
    browser.page.wait_for_function(
        "many => document.querySelectorAll('.npt-card h4').length >= many", arg=clicked["cards"]
    )


def looked_at(page) -> dict:
    """Return what axe has against our widgets, how many elements it looked at, and how many of them take keys."""
    report = page.evaluate("""async () => {
        const found = await axe.run({ include: [[".npt-scene"]] });
        const nodes = new Set();
        for (const kind of ["passes", "violations", "incomplete"])
            for (const rule of found[kind]) rule.nodes.forEach(node => nodes.add(node.target.join(" ")));
        return { serious: found.violations.filter(rule => ["serious", "critical"].includes(rule.impact))
                     .map(rule => [rule.id, rule.impact, rule.nodes.length, rule.nodes[0].html.slice(0, 160)]),
                 nodes: nodes.size,
                 parts: [...document.querySelectorAll(".npt-scene :is(button, input, select, textarea, summary)")]
                     .filter(e => e.checkVisibility()).length };
    }""")
    return report


def names_of_parts(page) -> list[tuple[str, str]]:
    """Return every part of our widgets that takes keys, and the name that a screen reader says for it."""
    return page.evaluate("""() => {
        axe.setup(document.body);
        try {
            return [...document.querySelectorAll(".npt-scene :is(input, select, textarea, button, summary, a[href])")]
                .filter(e => e.checkVisibility())
                .map(e => [e.outerHTML.slice(0, 120), axe.commons.text.accessibleText(e).trim()]);
        } finally { axe.teardown(); }
    }""")


def test_the_timeline_can_be_worked_by_keyboard_alone(reopened):
    browser = reopened("scenes_of_history", height=1200)
    page, scene = browser.page, browser.scene(LINE)
    before = reading(scene)
    scene.locator("input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")  # JupyterLab would take this key, if the scene let it
    after = wait_for_change(scene, before)
    assert "from 1989 to" in after
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    after = wait_for_change(scene, after)
    shown = [row for row in rows("events") if "1989" <= row["date_start"][:4] <= "2020"]
    assert after.startswith(f"{len(shown)} events")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    after = wait_for_change(scene, after)
    assert "in “Fighting”" not in after
    for _ in range(20):  # past the other lanes to the fold
        page.keyboard.press("Tab")
        if focused(page).startswith("Rows behind"):
            break
    page.keyboard.press("Enter")
    scene.locator("button.npt-link").first.wait_for()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.classList.contains('npt-link')"):
            break
    title = focused(page)
    page.keyboard.press("Enter")
    scene.locator(".npt-card").wait_for()
    assert title == focused(page), "the card's heading has the focus"
    page.keyboard.press("Escape")
    scene.locator(".npt-card").wait_for(state="detached")
    assert title == focused(page), "the focus is back where it came from"
    assert page.evaluate("() => document.activeElement.tagName") == "BUTTON"


def click_mark(browser, scene, key: str) -> None:
    """Click the mark that carries a key, where it stands on the chart."""
    scene.locator(".npt-chart .main-svg").first.wait_for()
    spot = """(e, key) => {
        const gd = e.querySelector(".js-plotly-plot"), box = gd.getBoundingClientRect();
        const trace = gd._fullData.find(t => t.type === "scatter" && t.customdata?.includes(key));
        const i = trace.customdata.indexOf(key), { xaxis, yaxis } = gd._fullLayout;
        return [box.x + xaxis._offset + xaxis.d2p(trace.x[i]), box.y + yaxis._offset + yaxis.d2p(trace.y[i])];
    }"""
    browser.click_spot(lambda: scene.evaluate(spot, key))


def test_a_click_on_a_mark_opens_its_card_with_both_accounts_that_can_be_swapped(reopened):
    browser = reopened("scenes_of_history", height=1200)
    scene = browser.scene(LINE)
    click_mark(browser, scene, "kazan_2011")
    card = scene.locator(".npt-card")
    card.wait_for()
    (event,) = (row for row in rows("events") if row["event_id"] == "kazan_2011")
    assert card.locator("h4").first.text_content() == event["title"]
    sides = card.locator("h5")
    assert sides.all_text_contents() == ["Armenian accounts", "Azerbaijani accounts"]
    card.get_by_role("button", name="Swap columns").click()
    assert sides.all_text_contents() == ["Azerbaijani accounts", "Armenian accounts"]
    widths = [box["width"] for box in (one.bounding_box() for one in card.locator(".npt-account").all())]
    assert abs(widths[0] - widths[1]) < 2
    assert card.locator("a[href^=http]").count() >= 2


def test_of_a_points_panels_the_readings_open_by_themselves_with_each_point(reopened):
    scene = reopened("scenes_of_ceasefire", height=1200).scene("What was promised")
    scene.get_by_label("Point", exact=True).select_option("6")
    folds = scene.locator("details.npt-fold[data-title]")
    folds.first.wait_for()
    wordings = [row["element"] for row in rows("ceasefire_wording") if row["point"] == "6"]
    assert folds.count() == 1 + len(wordings)
    assert folds.evaluate_all("all => all.map(one => one.open)") == [True] + [False] * len(wordings)
    scene.get_by_label("Point", exact=True).select_option("2")
    scene.locator("[data-title^='Point 2']").wait_for()
    assert folds.first.evaluate("one => one.open")


def test_a_click_on_a_cell_of_the_strip_tells_whose_judgement_it_is(reopened):
    browser = reopened("scenes_of_ceasefire", height=1200)
    scene = browser.scene("How many of the")
    assert not scene.locator(".npt-chart").is_visible(), "nothing is shown before the guess"
    scene.get_by_role("button", name="Open the strip").click()
    wait_for_change(scene, reading(scene))
    key = "p6_safe_passage/2022-12-31/third_party"
    click_mark(browser, scene, key)
    card = scene.locator(".npt-card")
    card.wait_for()
    (row,) = (
        one for one in rows("commitment_status") if f"{one['commitment_id']}/{one['as_of']}/{one['assessor']}" == key
    )
    assert row["finding"] in card.text_content()
    assert "Our third-party reading" in card.text_content()
    assert card.locator("h5").all_text_contents() == ["Armenia", "Azerbaijan", "Russia"]


def test_a_guess_opens_the_counts_and_hands_the_focus_on(reopened):
    browser = reopened("scenes_of_history", height=1200)
    page, scene = browser.page, browser.scene(DRAW)
    before = reading(scene)
    handle = scene.locator("input[type=range]").nth(3)
    handle.focus()
    page.keyboard.press("ArrowUp")
    assert scene.locator("output").nth(3).text_content() == "45"
    scene.get_by_role("button", name="Compare with the counts").focus()
    page.keyboard.press("Enter")
    assert "furthest off" in wait_for_change(scene, before)
    assert focused(page) == "Guess again"
    page.keyboard.press("Enter")
    page.wait_for_function(
        "e => e.textContent.startsWith('Set the five handles')", arg=scene.locator(".npt-reading").element_handle()
    )
    assert scene.locator("output").nth(3).text_content() == "45", "the curve is kept"


def test_the_csv_holds_all_rows_with_their_letters(reopened):
    browser = reopened("scenes_of_history", height=1200)
    scene = browser.scene(LINE)
    scene.locator("details summary").first.click()
    with browser.page.expect_download() as download:
        scene.get_by_role("button", name="Download as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text)))
    expected = [
        row for row in rows("events") if "1988" <= row["date_start"][:4] <= "2020" and row["importance"] in "12"
    ]
    assert {row["event_id"] for row in found} == {row["event_id"] for row in expected}
    assert {row["source_ids"] for row in found} == {row["source_ids"] for row in expected}


def test_the_chart_follows_the_theme_while_open(reopened):
    browser = reopened("scenes_of_history", height=1200)
    scene = browser.scene(MONEY)
    line = "e => e.querySelector('.js-plotly-plot')._fullData[0].line.color"
    light = scene.evaluate(line)
    browser.theme(dark=True)
    browser.page.wait_for_function(f"e => ({line})(e) !== {light!r}", arg=scene.element_handle())
    assert (light, scene.evaluate(line)) == ("#7A3E9D", "#B690E0")


def test_a_redraw_keeps_the_chart_its_zoom_and_the_focus(reopened):
    browser = reopened("points")
    page, scene = browser.page, only_scene(browser)
    scene.evaluate("e => { e.querySelector('.js-plotly-plot').marked = true; }")
    scene.evaluate("e => Plotly.relayout(e.querySelector('.js-plotly-plot'), {'xaxis.range': [2, 5]})")
    before = reading(scene)
    scene.locator("input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    wait_for_change(scene, before)
    page.wait_for_timeout(300)
    kept = scene.evaluate(
        "e => { const c = e.querySelector('.js-plotly-plot'); return [c.marked, c._fullLayout.xaxis.range]; }"
    )
    assert kept == [True, [2, 5]]
    assert page.evaluate("() => document.activeElement.type") == "range"


def test_fast_moves_end_at_the_last_setting(reopened):
    browser = reopened("points")
    scene = only_scene(browser)
    scene.locator("input[type=range]").focus()
    for _ in range(2):
        for key in ("End", "Home", "ArrowRight", "End"):
            browser.page.keyboard.press(key)
    browser.page.wait_for_function("e => !e.ariaBusy", arg=scene.element_handle())
    assert reading(scene) == f"The sum is {4 * sum(range(60))}."


def test_a_failing_function_shows_a_sentence_and_the_scene_recovers(reopened):
    browser = reopened("points")
    scene = only_scene(browser)
    scene.get_by_label("Break it").check()
    alert = scene.locator(".npt-alert")
    browser.page.wait_for_function("e => e.textContent.includes('on purpose')", arg=alert.element_handle())
    assert any("on purpose" in said for said in browser.errors())
    assert scene.locator(".npt-chart").is_hidden()
    scene.get_by_label("Break it").uncheck()
    browser.page.wait_for_function("e => !e.textContent", arg=alert.element_handle())
    assert scene.locator(".npt-chart").is_visible()


def test_data_never_enters_the_page_as_html(reopened):
    browser = reopened("hostile")
    scene = only_scene(browser)
    open_folds(scene)
    scene.locator("button.npt-link").click()
    scene.locator(".npt-card").wait_for()
    assert browser.page.locator(".npt-scene img, .npt-scene b").count() == 0
    assert browser.page.evaluate("() => window.stolen") is None
    assert "<img src=x" in scene.locator(".npt-card h4").first.text_content()


def test_fifteen_thousand_points_do_not_freeze_the_page(reopened):
    browser = reopened("many")
    scene = only_scene(browser)
    browser.page.evaluate("""() => {
        window.beats = 0; setInterval(() => { window.beats += 1; }, 50);
    }""")
    before = reading(scene)
    scene.locator("input[type=range]").focus()
    browser.page.keyboard.press("ArrowRight")
    wait_for_change(scene, before)
    browser.page.wait_for_function("() => window.beats > 10")


def test_a_click_on_a_mark_of_the_swim_lanes_tells_what_came_of_the_meeting(reopened):
    browser = reopened("scenes_of_mediation", height=1200)
    scene = browser.scene("Who brought the two sides together")
    click_mark(browser, scene, "2022-12-07_brussels_eu")
    card = scene.locator(".npt-card")
    card.wait_for()
    (row,) = (one for one in rows("meetings") if one["meeting_id"] == "2022-12-07_brussels_eu")
    assert row["outcome"] in card.text_content()
    assert "called off" in card.text_content()


def test_a_guess_by_dropdowns_has_its_question_above_them_and_is_answered(reopened):
    scene = reopened("scenes_of_mediation", height=1200).scene("What could each mediator bring")
    assert scene.get_by_text("Your guess: what did each of them lack").is_visible()
    scene.get_by_label("The EU track").select_option("soldiers")
    before = reading(scene)
    scene.get_by_role("button", name="Show the means").click()
    wait_for_change(scene, before)
    (has,) = (row["has"] for row in rows("mediator_tools") if (row["track_id"], row["tool"]) == ("eu", "soldiers"))
    assert has == "no"
    assert "soldiers on the ground”: did not have it" in reading(scene)


def test_numbers_behind_a_statement_are_those_of_its_sources_in_the_list(reopened):
    scene = reopened("scenes_of_mediation", height=1200).scene("The article awaits a next round")
    told = [row for row in rows("event_accounts") if row["event_id"] == "brussels_cancelled_2022"]
    title_of = {row["source_id"]: row["title"] for row in rows("sources")}
    scene.locator("summary", has_text="Sources").click()
    entries = scene.locator(".npt-references li")
    entries.first.wait_for()
    texts = entries.all_text_contents()
    assert len(told) == 2
    for row in told:
        statement = scene.locator(".npt-statement", has_text=row["account"]).text_content()
        numbers = [int(one) for one in re.findall(r"\[(\d+)\]", statement)]
        cited = [title_of[one] for one in ids(row["source_ids"])]
        assert len(numbers) == len(cited)
        assert all(title in texts[number - 1] for title, number in zip(cited, numbers, strict=True))
