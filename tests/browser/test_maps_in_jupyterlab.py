"""The maps in a real JupyterLab: picked by mouse and by keyboard, looked at closer, and no label over another."""

from __future__ import annotations

import itertools

import pytest

from tests.browser.lab import FLAGS, chromium
from tests.browser.test_in_jupyterlab import AXE, focused, open_folds, wait_for_change
from tests.raw import rows
from utils.atlas import agreement
from utils.chapters.war import steps
from utils.scenes import page
from utils.scenes.charts import changes, figure_json

pytestmark = pytest.mark.browser
STEPS, HELD, AGREEMENT, LINE = "Where did the line move", "How much of Azerbaijan", "nine points", "When was there"
LABELS = """scene => [...scene.querySelectorAll(".textpoint text")].filter(e => e.textContent.trim()).map(e => {
    const { left, top, right, bottom } = e.getBoundingClientRect();
    return { text: e.textContent, left, top, right, bottom };
})"""
FILLS = "scene => scene.querySelector('.npt-chart')._fullData.map(trace => trace.fillcolor ?? '')"
RANGES = "e => { const { xaxis, yaxis } = e._fullLayout; return [...xaxis.range, ...yaxis.range]; }"


def centre(scene, meta: str) -> tuple[float, float]:
    """Return where, on the screen, a spot inside an area lies: the middle of its longest horizontal cut."""
    return tuple(
        scene.locator(".npt-chart").evaluate(
            """(e, meta) => {
                const trace = e.data.find(one => one.meta === meta), { xaxis, yaxis } = e._fullLayout;
                const y = trace.y.filter(v => v != null), level = (Math.min(...y) + Math.max(...y)) / 2, cuts = [];
                for (let i = 1; i < trace.x.length; i++) {
                    const [a, b] = [trace.y[i - 1], trace.y[i]];
                    if (a != null && b != null && (a > level) !== (b > level))
                        cuts.push(trace.x[i - 1] + (level - a) / (b - a) * (trace.x[i] - trace.x[i - 1]));
                }
                cuts.sort((one, other) => one - other);
                let best = 0;
                for (let i = 2; i + 1 < cuts.length; i += 2) if (cuts[i + 1] - cuts[i] > cuts[best + 1] - cuts[best]) best = i;
                const box = e.getBoundingClientRect();
                return [box.left + xaxis._offset + xaxis.d2p((cuts[best] + cuts[best + 1]) / 2), box.top + yaxis._offset + yaxis.d2p(level)];
            }""",
            meta,
        )
    )


def test_an_area_is_picked_with_the_mouse_and_its_card_tells_its_history(reopened):
    browser = reopened("maps")
    scene = browser.scene(STEPS)
    browser.click_spot(lambda: centre(scene, "kelbajar_outside"))
    card = scene.locator(".npt-card")
    card.wait_for()
    told = card.text_content()
    for row in rows("control"):
        if row["area_id"] == "kelbajar_outside":
            assert row["what"] in told
    browser.page.keyboard.press("Escape")
    assert card.count() == 0
    assert browser.errors() == []


def test_an_area_is_picked_from_the_rows_by_keyboard(reopened):
    browser = reopened("maps")
    scene = browser.scene(STEPS)
    scene.locator("summary", has_text="Rows behind the chart").press("Enter")
    scene.locator("button.npt-link", has_text="Agdam/Akna (west").press("Enter")
    scene.locator(".npt-card").wait_for()
    assert focused(browser.page).startswith("Agdam/Akna (west")


def test_the_map_steps_by_keyboard_and_the_list_beside_it_follows(reopened):
    browser = reopened("maps")
    scene = browser.scene(STEPS)
    before = scene.locator(".npt-reading").text_content()
    fills = scene.evaluate(FILLS)
    scene.get_by_role("button", name="Next", exact=True).press("Enter")
    assert wait_for_change(scene, before) != before
    assert "Agdam/Akna" in scene.locator(".npt-aside li").first.text_content()
    browser.page.wait_for_function(
        f"([e, old]) => JSON.stringify(({FILLS})(e)) !== JSON.stringify(old)", arg=[scene.element_handle(), fills]
    )
    chart, aside = (scene.locator(one).bounding_box() for one in (".npt-chart", ".npt-aside"))
    assert aside["x"] >= chart["x"] + chart["width"], "the list stands beside the map where there is room"


def test_the_reader_looks_closer_moves_and_comes_back_by_keyboard(reopened):
    browser = reopened("maps")
    scene = browser.scene(STEPS)
    chart = scene.locator(".npt-chart")
    whole = chart.evaluate(RANGES)
    closer = scene.get_by_role("button", name="Zoom in")
    closer.press("Enter")
    browser.page.wait_for_function(f"([e, old]) => ({RANGES})(e)[0] > old[0]", arg=[chart.element_handle(), whole])
    near = chart.evaluate(RANGES)
    assert near[1] - near[0] == pytest.approx((whole[1] - whole[0]) / 1.6, rel=0.02)
    assert near[3] - near[2] == pytest.approx((whole[3] - whole[2]) / 1.6, rel=0.02)
    closer.press("ArrowRight")
    browser.page.wait_for_function(f"([e, old]) => ({RANGES})(e)[0] > old[0]", arg=[chart.element_handle(), near])
    moved = chart.evaluate(RANGES)
    before = scene.locator(".npt-reading").text_content()
    scene.get_by_role("button", name="Next", exact=True).press("Enter")  # a step of the map keeps the view
    wait_for_change(scene, before)
    browser.page.wait_for_timeout(500)
    assert chart.evaluate(RANGES) == pytest.approx(moved, abs=1e-6)
    scene.get_by_role("button", name="Whole map").press("Enter")
    browser.page.wait_for_function(
        f"([e, old]) => Math.abs(({RANGES})(e)[0] - old[0]) < 1e-6", arg=[chart.element_handle(), whole]
    )
    assert browser.errors() == []


def test_a_map_looked_at_closer_is_moved_by_dragging_and_the_whole_one_is_not(reopened):
    browser = reopened("maps")
    scene = browser.scene(STEPS)
    chart = scene.locator(".npt-chart")

    def drag() -> list[float]:
        box = browser.at_rest(chart.bounding_box)
        browser.page.mouse.move(box["x"] + 300, box["y"] + 300)
        browser.page.mouse.down()
        browser.page.mouse.move(box["x"] + 200, box["y"] + 260, steps=5)
        browser.page.mouse.up()
        browser.page.wait_for_timeout(400)
        return chart.evaluate(RANGES)

    whole = chart.evaluate(RANGES)
    assert drag() == pytest.approx(whole), "a drag by accident must not lose the map"
    scene.get_by_role("button", name="Zoom in").click()
    browser.page.wait_for_timeout(400)
    near = chart.evaluate(RANGES)
    moved = drag()
    assert moved[0] > near[0]
    assert moved[2] < near[2]


@pytest.mark.parametrize("width", [1280, 768])
def test_no_label_of_a_map_covers_another(reopened, width):
    browser = reopened("maps", width=width)
    browser.scene(HELD).get_by_role("button", name="Skip the guess").click()
    browser.scene(HELD).locator(".main-svg").first.wait_for()
    for heading in (STEPS, HELD, AGREEMENT):
        scene = browser.scene(heading)
        boxes = scene.evaluate(LABELS)
        assert len(boxes) >= 18
        met = [
            (one["text"], other["text"])
            for one, other in itertools.combinations(boxes, 2)
            if one["left"] < other["right"] - 1
            and other["left"] < one["right"] - 1
            and one["top"] < other["bottom"] - 1
            and other["top"] < one["bottom"] - 1
        ]
        assert met == [], heading
    assert browser.errors() == browser.outside == browser.console == []


def test_the_card_of_an_event_shows_where_it_was(reopened):
    browser = reopened("maps")
    scene = browser.scene(LINE)
    open_folds(scene)
    scene.locator("button.npt-link").filter(has_text="Full-scale war begins").click()
    locator = scene.locator(".npt-card .npt-locator")
    locator.locator(".main-svg").first.wait_for()
    assert locator.locator(".points path").count() >= 1
    assert locator.get_attribute("aria-hidden") == "true"
    assert browser.console == []


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious_on_the_maps(reopened, dark):
    browser = reopened("maps", dark=dark)
    scene = browser.scene(STEPS)
    open_folds(scene)
    scene.locator("button.npt-link").first.click()
    scene.locator(".npt-card").wait_for()
    browser.page.add_script_tag(content=AXE)
    found = browser.page.evaluate("async () => (await axe.run('.npt-scene')).violations")
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_the_page_puts_the_same_chart_together_as_python(playwright):
    """`changed` of page.js against `figure_json`, over every state of the maps and over odd values."""
    odd = [(1, True), ([], {}), ({"a": [1, {"b": None}]}, {"a": [1, {"b": 0}, 2], "c": {}}), ([{}, [1]], [{}])]
    pairs = [(old, changes(old, new), new) for old, new in odd]
    for scene, settings in (
        (steps.map_in_steps(), [{"day": day} for day in steps.days()]),
        (agreement.agreement_map(), [{"part": part} for part in agreement.PARTS]),
    ):
        base, *others = (figure_json(scene.state(**one).figure) for one in settings)
        pairs += [(base, changes(base, other), other) for other in others]
    browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    blank = browser.new_page()
    blank.add_script_tag(path=page.HERE / "page.js")
    made = blank.evaluate("pairs => pairs.map(([old, change]) => changed(old, change))", [pair[:2] for pair in pairs])
    browser.close()
    assert made == [new for *_, new in pairs]
    assert [type(one) for one in made] == [type(new) for *_, new in pairs]  # 1 is not True
