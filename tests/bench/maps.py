"""The heaviest charts in the browser, without JupyterLab: first draw and redraw against a plain scatter of 1,500 points."""

from __future__ import annotations

import json
from pathlib import Path

import plotly
from playwright.sync_api import sync_playwright

from tests.bench.subjects import scene as scatter
from tests.browser.lab import FLAGS, chromium
from utils.atlas import agreement
from utils.chapters.ceasefire import links, strip, strip_words
from utils.chapters.history import held
from utils.chapters.mediation import lanes
from utils.chapters.positions import rungs
from utils.chapters.war import steps
from utils.scenes import Scene, page
from utils.scenes.view import SceneView, look

TURNS = 40
MEASURE = """async ({ base, states, look, height }) => {
    const place = () => { const one = document.createElement("div"); one.style.width = "640px"; document.body.replaceChildren(one); return one; };
    const timed = async act => { const start = performance.now(); await act(); return performance.now() - start; };
    let ranges;
    const draw = async (how, one, figure) => {
        const [data, layout] = dressed(figure, look, { height });
        ranges.dress(layout, one.clientWidth);
        await how(one, data, layout, SETTINGS);
        ranges.keep(one._fullLayout);
    };
    const first = [], again = [];
    for (let turn = 0; turn < TURNS; turn++) {
        const one = place();
        ranges = rangeKeeper();
        first.push(await timed(() => draw(Plotly.newPlot, one, base)));
        await new Promise(requestAnimationFrame);
        const figure = changed(base, states[turn % states.length]);
        again.push(await timed(() => draw(Plotly.react, one, figure)));
        Plotly.purge(one);
    }
    const median = many => many.sort((a, b) => a - b)[Math.floor(many.length / 2)];
    return { first: median(first.slice(3)), again: median(again.slice(3)) };
}"""


def measured(browser_page, scene: Scene, settings: list[dict]) -> dict[str, float]:
    """Return median ms of the first draw and of a redraw, and bytes of the first chart and of the largest state."""
    view = SceneView(scene, settings=settings[0])
    states = []
    for one in settings[1:]:
        view.drive(**one)
        states.append(view.state)
    task = {
        "base": json.loads(view.base),
        "states": [json.loads(one)["changes"] for one in states],
        "look": look(),
        "height": scene.height,
    }
    told = browser_page.evaluate(MEASURE.replace("TURNS", str(TURNS)), task)
    return told | {"bytes": len(view.base), "change": max(len(one) for one in states)}


def subjects() -> dict[str, tuple[Scene, list[dict]]]:
    """Return each chart with the settings to go through, and the scatter that they are measured against."""
    days = [{"day": day} for day in steps.days()]
    views = [{"seen": "skipped", "view": one} for one in held.views()]
    parts = [{"part": one} for one in agreement.PARTS]
    judged = [
        {"seen": "skipped", "as_of": day, "assessor": one} for day in strip_words.days() for one in strip.assessors()
    ]
    years = [{"year": year} for year in links.years()]
    spans = [{"years": (first, 2022)} for first in range(1992, 2023)]  # all meetings first, then ever fewer
    marks = [{"actors": rungs.ACTORS, "day": day} for day in rungs.days()]
    moves = [{"factor": factor} for factor in range(1, 20)]
    return {
        "plain scatter, 1,500 points": (scatter(1500), moves),
        "map in steps": (steps.map_in_steps(), days),
        "who held what": (held.who_held_what(), views),
        "map of the agreement": (agreement.agreement_map(), parts),
        "strip of commitments": (strip.status_strip(), judged),
        "network of links": (links.link_network(), years),
        "swim lanes": (lanes.swim_lanes(), spans),
        "ladder of status": (rungs.status_ladder(), marks),
    }


def maps() -> None:
    """Print first draw, redraw and payload of each chart, with the ratio to the scatter in the same browser."""
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        browser_page = browser.new_page(viewport={"width": 1280, "height": 900})
        browser_page.add_script_tag(path=script)
        browser_page.add_script_tag(path=page.HERE / "page.js")
        found = {name: measured(browser_page, *subject) for name, subject in subjects().items()}
        browser.close()
    base = next(iter(found.values()))
    print(f"\nHeavy charts in the browser, medians of {TURNS - 3} (ms, and times the scatter)")
    for name, one in found.items():
        print(
            f"  {name:28} first draw {one['first']:4.0f} ({one['first'] / base['first']:.1f})"
            f"   redraw {one['again']:4.0f} ({one['again'] / base['again']:.1f})"
            f"   chart {one['bytes'] / 1000:6.1f} kB, state {one['change'] / 1000:5.1f} kB"
        )
