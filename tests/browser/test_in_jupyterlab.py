"""Journeys in a real JupyterLab with the network cut: what a reader sees, clicks and types."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import axe_playwright_python
import pytest

from tests.raw import rows

pytestmark = pytest.mark.browser
CHAPTERS = ["00_start_here", "01_truce_to_war", "02_war_of_2020"]
LEAST = {
    "00_start_here": 10,
    "01_truce_to_war": 19,
    "02_war_of_2020": 18,
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
def test_a_chapter_runs_with_the_network_cut(opened, name):
    browser = opened(name)
    assert browser.page.locator(".npt-scene").count() == widgets_of(browser.page) >= LEAST[name]
    charts = browser.page.locator(".npt-chart").all()
    assert sum(chart.is_visible() for chart in charts) >= 2
    assert all(chart.is_visible() == bool(chart.locator(".main-svg").count()) for chart in charts), "drawn where open"
    assert browser.errors() == []
    assert browser.outside == []
    assert browser.console == []
    assert browser.received < 3_400_000, "plotly.js (1.4 MB) should come once, packed"
    browser.lay_out_all()
    assert too_wide(browser) == []


def too_wide(browser) -> list[str]:
    """Return the headings of the widgets that are wider than their place."""
    return browser.page.locator(".npt-scene").evaluate_all("""all => all
        .filter(e => e.scrollWidth - e.clientWidth > 1).map(e => e.querySelector("h3").textContent)""")


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_widget_is_wider_than_a_narrow_page(opened, name):
    browser = opened(name, width=768)
    browser.lay_out_all()
    assert too_wide(browser) == []
    open_everything(browser)
    assert too_wide(browser) == []


def open_everything(browser) -> None:
    """Open each gate, fold and card, answer each task with the first that comes, and ask for all hints."""
    page = browser.page
    for scene in page.locator(".npt-scene").all():
        scene.scroll_into_view_if_needed()
        for group in scene.locator(".npt-task fieldset, .npt-ballot fieldset").all():
            group.locator("input[type=radio], input[type=checkbox]").first.check()
        for gate in scene.locator(".npt-controls button.npt-main").all():
            gate.click()
            gate.wait_for(state="hidden")
        for check in scene.locator(".npt-task > .npt-buttons .npt-main").all():
            check.click()
        for hint in scene.get_by_role("button", name="Hint", exact=True).all():
            hint.click()
        open_folds(scene)
        page.wait_for_timeout(400)
        cards = scene.locator("button.npt-link")
        if cards.count():
            cards.nth(min(4, cards.count() - 1)).click()
            scene.locator(".npt-card h4").first.wait_for()
    browser.settle()


@pytest.mark.parametrize("name", CHAPTERS)
def test_axe_finds_nothing_serious_in_our_output(opened, name):
    browser = opened(name, height=2000)
    page = browser.page
    browser.lay_out_all()
    page.evaluate(AXE)
    closed = looked_at(page)
    open_everything(browser)
    opened_up = looked_at(page)
    browser.theme(dark=True)
    dark = looked_at(page)
    browser.page.evaluate("() => document.querySelectorAll('.npt-scene details').forEach(e => { e.open = false; })")
    dark_closed = looked_at(page)
    assert [one for some in (closed, opened_up, dark, dark_closed) for one in some["serious"]] == []
    assert all(one["nodes"] > one["parts"] > 50 for one in (closed, opened_up, dark, dark_closed))
    assert opened_up["nodes"] > closed["nodes"] + 100


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


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_part_that_takes_keys_has_a_name(opened, name):
    browser = opened(name)
    page = browser.page
    browser.lay_out_all()
    open_everything(browser)
    page.evaluate(AXE)
    names = page.evaluate("""() => {
        axe.setup(document.body);
        try {
            return [...document.querySelectorAll(".npt-scene :is(input, select, textarea, button, summary, a[href])")]
                .filter(e => e.checkVisibility())
                .map(e => [e.outerHTML.slice(0, 120), axe.commons.text.accessibleText(e).trim()]);
        } finally { axe.teardown(); }
    }""")
    assert len(names) > 100
    assert [part for part, said in names if not said] == []


def test_the_timeline_can_be_worked_by_keyboard_alone(opened):
    browser = opened("scenes_of_history")
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


def test_a_click_on_a_mark_opens_its_card_with_both_accounts_that_can_be_swapped(opened):
    browser = opened("scenes_of_history", height=1200)
    scene = browser.scene(LINE)
    spot = scene.evaluate("""e => {
        const gd = e.querySelector(".js-plotly-plot"), box = gd.getBoundingClientRect();
        const trace = gd._fullData.find(t => t.customdata.includes("kazan_2011"));
        const i = trace.customdata.indexOf("kazan_2011"), { xaxis, yaxis } = gd._fullLayout;
        return [box.x + xaxis._offset + xaxis.d2p(trace.x[i]), box.y + yaxis._offset + yaxis.d2p(trace.y[i])];
    }""")
    browser.page.mouse.move(*spot)
    browser.page.mouse.click(*spot)
    card = scene.locator(".npt-card")
    card.wait_for()
    (event,) = (row for row in rows("events") if row["event_id"] == "kazan_2011")
    assert card.locator("h4").first.inner_text() == event["title"]
    sides = card.locator("h5")
    assert sides.all_inner_texts() == ["Armenian accounts", "Azerbaijani accounts"]
    card.get_by_role("button", name="Swap sides").click()
    assert sides.all_inner_texts() == ["Azerbaijani accounts", "Armenian accounts"]
    widths = [box["width"] for box in (one.bounding_box() for one in card.locator(".npt-account").all())]
    assert abs(widths[0] - widths[1]) < 2
    assert card.locator("a[href^=http]").count() >= 2


def test_a_guess_opens_the_counts_and_hands_the_focus_on(opened):
    browser = opened("scenes_of_history")
    page, scene = browser.page, browser.scene(DRAW)
    before = reading(scene)
    handle = scene.locator("input[type=range]").nth(3)
    handle.focus()
    page.keyboard.press("ArrowUp")
    assert scene.locator("output").nth(3).inner_text() == "45"
    scene.get_by_role("button", name="Compare with the counts").focus()
    page.keyboard.press("Enter")
    assert "furthest off" in wait_for_change(scene, before)
    assert focused(page) == "Guess again"
    page.keyboard.press("Enter")
    page.wait_for_function(
        "e => e.textContent.startsWith('Set the five handles')", arg=scene.locator(".npt-reading").element_handle()
    )
    assert scene.locator("output").nth(3).inner_text() == "45", "the curve is kept"


def test_a_redraw_keeps_the_chart_its_zoom_and_the_focus(opened):
    browser = opened("points")
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


def test_fast_moves_end_at_the_last_setting(opened):
    browser = opened("points")
    scene = only_scene(browser)
    scene.locator("input[type=range]").focus()
    for _ in range(2):
        for key in ("End", "Home", "ArrowRight", "End"):
            browser.page.keyboard.press(key)
    browser.page.wait_for_function("e => !e.ariaBusy", arg=scene.element_handle())
    assert reading(scene) == f"The sum is {4 * sum(range(60))}."


def test_a_failing_function_shows_a_sentence_and_the_scene_recovers(opened):
    browser = opened("points")
    scene = only_scene(browser)
    scene.get_by_label("Break it").check()
    alert = scene.locator(".npt-alert")
    browser.page.wait_for_function("e => e.textContent.includes('on purpose')", arg=alert.element_handle())
    assert any("on purpose" in said for said in browser.errors())
    assert scene.locator(".npt-chart").is_hidden()
    scene.get_by_label("Break it").uncheck()
    browser.page.wait_for_function("e => !e.textContent", arg=alert.element_handle())
    assert scene.locator(".npt-chart").is_visible()


def test_data_never_enters_the_page_as_html(opened):
    browser = opened("hostile")
    scene = only_scene(browser)
    open_folds(scene)
    scene.locator("button.npt-link").click()
    scene.locator(".npt-card").wait_for()
    assert browser.page.locator(".npt-scene img, .npt-scene b").count() == 0
    assert browser.page.evaluate("() => window.stolen") is None
    assert "<img src=x" in scene.locator(".npt-card h4").first.inner_text()


def test_the_csv_holds_all_rows_with_their_letters(opened):
    browser = opened("scenes_of_history")
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


def test_the_chart_follows_the_theme_while_open(opened):
    browser = opened("scenes_of_history")
    scene = browser.scene(MONEY)
    line = "e => e.querySelector('.js-plotly-plot')._fullData[0].line.color"
    light = scene.evaluate(line)
    browser.theme(dark=True)
    browser.page.wait_for_function(f"e => ({line})(e) !== {light!r}", arg=scene.element_handle())
    assert (light, scene.evaluate(line)) == ("#7A3E9D", "#B690E0")


def test_fifteen_thousand_points_do_not_freeze_the_page(opened):
    browser = opened("many")
    scene = only_scene(browser)
    browser.page.evaluate("""() => {
        window.beats = 0; setInterval(() => { window.beats += 1; }, 50);
    }""")
    before = reading(scene)
    scene.locator("input[type=range]").focus()
    browser.page.keyboard.press("ArrowRight")
    wait_for_change(scene, before)
    browser.page.wait_for_function("() => window.beats > 10")
