"""Journeys in a real JupyterLab with the network cut: what a reader sees, clicks and types."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import axe_playwright_python
import pytest

from tests.raw import rows

pytestmark = pytest.mark.browser
CHAPTERS = ["00_start_here", "01_truce_to_war"]
SCENES = {"00_start_here": 1, "01_truce_to_war": 5}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def scene_of(browser, place: int = 0):
    scene = browser.page.locator(".npt-scene").nth(place)
    scene.scroll_into_view_if_needed()
    return scene


def reading(scene) -> str:
    return scene.locator(".npt-reading").text_content()


def wait_for_change(scene, before: str) -> str:
    line = scene.locator(".npt-reading")
    line.page.wait_for_function("([e, old]) => e.textContent !== old", arg=[line.element_handle(), before])
    return line.text_content()


def open_folds(scene) -> None:
    for fold in scene.locator("details summary").all():
        if fold.is_visible():
            fold.click()


def focused(page) -> str:
    return page.evaluate("() => document.activeElement.textContent.trim() || document.activeElement.value || ''")


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_runs_with_the_network_cut(opened, name):
    browser = opened(name)
    assert browser.page.locator(".npt-scene .main-svg").count() >= SCENES[name]
    assert browser.page.locator(".npt-scene").count() == SCENES[name]
    assert browser.errors() == []
    assert browser.outside == []
    assert browser.console == []
    assert browser.received < 3_000_000, "plotly.js should come once, packed"
    assert too_wide(browser, name) == []


def too_wide(browser, name: str) -> list[int]:
    """Return the scenes that are wider than their place."""
    over = [scene_of(browser, place).evaluate("e => e.scrollWidth - e.clientWidth") for place in range(SCENES[name])]
    return [place for place, pixels in enumerate(over) if pixels > 1]


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_scene_is_wider_than_a_narrow_page(opened, name):
    assert too_wide(opened(name, width=768), name) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", CHAPTERS)
def test_axe_finds_nothing_serious_in_our_output(opened, name, dark):
    browser = opened(name, dark=dark, height=2000)
    page = browser.page
    page.evaluate(AXE)
    found = []
    for place in range(SCENES[name]):
        scene = scene_of(browser, place)
        gate = scene.locator("button.npt-main")
        if gate.count():
            gate.click()
        open_folds(scene)
        page.wait_for_timeout(500)
        cards = scene.locator("button.npt-link")
        if cards.count():
            cards.nth(min(4, cards.count() - 1)).click()
            scene.locator(".npt-card h5").first.wait_for()
        report = page.evaluate("async e => (await axe.run(e)).violations", scene.element_handle())
        found += [
            (place, rule["id"], rule["impact"], rule["nodes"][0]["html"][:160])
            for rule in report
            if rule["impact"] in ("serious", "critical")
        ]
    assert found == []
    assert page.evaluate("async () => (await axe.run('.npt-scene')).passes.length") > 20, "axe looked at something"


def test_the_timeline_can_be_worked_by_keyboard_alone(opened):
    browser = opened("01_truce_to_war")
    page, scene = browser.page, scene_of(browser)
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
    browser = opened("01_truce_to_war", height=1200)
    scene = scene_of(browser)
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
    assert card.locator("h5").first.inner_text() == event["title"]
    sides = card.locator("h6")
    assert sides.all_inner_texts() == ["Armenian accounts", "Azerbaijani accounts"]
    card.get_by_role("button", name="Swap sides").click()
    assert sides.all_inner_texts() == ["Azerbaijani accounts", "Armenian accounts"]
    widths = [box["width"] for box in (one.bounding_box() for one in card.locator(".npt-account").all())]
    assert abs(widths[0] - widths[1]) < 2
    assert card.locator("a[href^=http]").count() >= 2


def test_a_guess_opens_the_counts_and_hands_the_focus_on(opened):
    browser = opened("01_truce_to_war")
    page, scene = browser.page, scene_of(browser, 1)
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
    page, scene = browser.page, scene_of(browser)
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
    scene = scene_of(browser)
    scene.locator("input[type=range]").focus()
    for _ in range(2):
        for key in ("End", "Home", "ArrowRight", "End"):
            browser.page.keyboard.press(key)
    browser.page.wait_for_function("e => !e.ariaBusy", arg=scene.element_handle())
    assert reading(scene) == f"The sum is {4 * sum(range(60))}."


def test_a_failing_function_shows_a_sentence_and_the_scene_recovers(opened):
    browser = opened("points")
    scene = scene_of(browser)
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
    scene = scene_of(browser)
    open_folds(scene)
    scene.locator("button.npt-link").click()
    scene.locator(".npt-card").wait_for()
    assert browser.page.locator(".npt-scene img, .npt-scene b").count() == 0
    assert browser.page.evaluate("() => window.stolen") is None
    assert "<img src=x" in scene.locator(".npt-card h5").first.inner_text()


def test_the_csv_holds_all_rows_with_their_letters(opened):
    browser = opened("01_truce_to_war")
    scene = scene_of(browser)
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
    browser = opened("01_truce_to_war")
    scene = scene_of(browser, 4)
    line = "e => e.querySelector('.js-plotly-plot')._fullData[0].line.color"
    light = scene.evaluate(line)
    browser.theme(dark=True)
    browser.page.wait_for_function(f"e => ({line})(e) !== {light!r}", arg=scene.element_handle())
    assert (light, scene.evaluate(line)) == ("#7A3E9D", "#B690E0")


def test_fifteen_thousand_points_do_not_freeze_the_page(opened):
    browser = opened("many")
    scene = scene_of(browser)
    browser.page.evaluate("""() => {
        window.beats = 0; setInterval(() => { window.beats += 1; }, 50);
    }""")
    before = reading(scene)
    scene.locator("input[type=range]").focus()
    browser.page.keyboard.press("ArrowRight")
    wait_for_change(scene, before)
    browser.page.wait_for_function("() => window.beats > 10")
