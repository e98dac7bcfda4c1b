"""Benchmarks: `python run.py bench`. Ratios against stated baselines in the same run; nothing here is asserted.

In a real JupyterLab with the network cut: ten charts on screen, and control to redraw, for a scene, a
`FigureWidget`, and `interact` with a figure. First each map, in a bare page. Then, without a browser: import time, a cold run of each notebook,
loading all tables, and loading and checking tables a hundred times as long.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from tests.bench.maps import maps
from tests.broken_tables import Sheet
from tests.browser.lab import ROOT, Browser, lab

MOVES = 50
TURNS = 2
KINDS = {
    "scene": "from tests.bench.subjects import scene\nscene({points})",
    "FigureWidget": "from tests.bench.subjects import figure_widget\nfigure_widget({points})",
    "interact": "from tests.bench.subjects import interactive\ninteractive({points})",
}
SLIDER = {"scene": ".npt-slider input", "FigureWidget": ".noUi-handle", "interact": ".noUi-handle"}
# The time of a move: from the key press to the last change inside the chart before a quiet spell.
WATCH = """() => {
    window.pressed = 0; window.changed = 0;
    document.addEventListener("keydown", () => { window.pressed = performance.now(); window.changed = 0; }, true);
    const inChart = node => (node.closest ? node : node.parentElement)?.closest(".js-plotly-plot, .plot-container");
    new MutationObserver(all => {
        const drawn = node => node.querySelector?.(".js-plotly-plot, .main-svg");
        if (all.some(m => inChart(m.target) || [...m.addedNodes].some(drawn)))
            window.changed = performance.now();
    }).observe(document.querySelector(".jp-Notebook"), { subtree: true, childList: true, attributes: true });
}"""
SETTLED = "quiet => window.changed > window.pressed && performance.now() - window.changed > quiet"


def notebook(folder: Path, name: str, cells: list[str]) -> str:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, folder / f"{name}.ipynb")
    return f"{name}.ipynb"


def ten_on_screen(browser: Browser, address: str, folder: Path, kind: str) -> tuple[float, float]:
    """Return seconds from Run All to ten charts drawn, and megabytes over the wire."""
    cell = KINDS[kind].format(points=150)
    browser.open(address, notebook(folder, f"ten_{kind}", [cell] * 10))
    browser.page.set_default_timeout(120_000)
    before, start = browser.received, time.perf_counter()
    browser.command("notebook:run-all-cells")
    drawn = 0
    while drawn < 10:  # bring each cell into view in turn, as a reader who scrolls
        browser.page.evaluate("i => window.jupyterapp.shell.currentWidget.content.scrollToItem(i)", drawn)
        browser.page.wait_for_function(
            "i => window.jupyterapp.shell.currentWidget.content.widgets[i].node.querySelector('.main-svg')", arg=drawn
        )
        drawn += 1
    return time.perf_counter() - start, (browser.received - before) / 1e6


def redraw(browser: Browser, address: str, folder: Path, kind: str, points: int) -> float:
    """Return the median milliseconds from a key press on the slider to the chart's last change."""
    browser.open(address, notebook(folder, f"move_{kind}_{points}", [KINDS[kind].format(points=points)]))
    browser.run_all()
    browser.page.wait_for_selector(".main-svg")
    browser.page.evaluate(WATCH)
    browser.page.wait_for_timeout(1000)
    browser.page.focus(SLIDER[kind])
    quiet = 400 if points > 5000 else 150
    times = []
    for _ in range(MOVES):
        browser.page.keyboard.press("ArrowRight")
        browser.page.wait_for_function(SETTLED, arg=quiet, polling=20)
        times.append(browser.page.evaluate("() => window.changed - window.pressed"))
    return statistics.median(times)


def in_the_browser() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        with lab(folder) as address, sync_playwright() as playwright:
            screens, moves = {}, {}
            for turn in range(
                1 + TURNS
            ):  # the first turn only warms server and disk: whoever came first would pay for it
                for kind in KINDS:
                    browser = Browser(playwright)
                    taken = ten_on_screen(browser, address, folder, kind)
                    browser.close()
                    screens[kind] = min(screens.get(kind, taken), taken) if turn else (float("inf"), 0.0)
            for kind in KINDS:
                for points in (150, 1500):
                    browser = Browser(playwright)
                    moves[kind, points] = redraw(browser, address, folder, kind, points)
                    browser.close()
            browser = Browser(playwright)
            many = redraw(browser, address, folder, "scene", 15_000)
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\nTen charts on screen, cold kernel, the better of {TURNS} turns")
    for kind, (seconds, megabytes) in screens.items():
        print(f"  {kind:13} {seconds:6.2f} s {megabytes:6.1f} MB over the wire")
    print(f"  a scene is {screens['FigureWidget'][0] / screens['scene'][0]:.1f} times as fast as FigureWidget")
    print(f"\nControl to redraw, median of {MOVES}")
    for points in (150, 1500):
        of = {kind: moves[kind, points] for kind in KINDS}
        print(f"  {points:6,} points: " + ", ".join(f"{kind} {value:.0f} ms" for kind, value in of.items()))
        print(
            f"         FigureWidget / scene {of['FigureWidget'] / of['scene']:.2f}, "
            f"interact / scene {of['interact'] / of['scene']:.2f}"
        )
    print(f"  15,000 points: scene {many:.0f} ms")


def seconds_of(code: str, repeat: int = 5) -> float:
    """Return the median seconds of a Python process that runs the code."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def imports() -> None:
    base = seconds_of("import pandas, plotly.graph_objects, plotly.subplots, plotly.io.json")
    ours = seconds_of(
        "import pandas, plotly.graph_objects, plotly.subplots, plotly.io.json, utils.scenes, utils.tables"
    )
    shown = seconds_of("import pandas, plotly.graph_objects, plotly.subplots, anywidget, utils.scenes.view")
    widgets = seconds_of("import pandas, plotly.graph_objects, plotly.subplots, anywidget")
    print("\nImports")
    print(f"  pandas and plotly {base:.2f} s; with the engine and tables {ours:.2f} s: {ours - base:+.2f} s")
    print(f"  pandas, plotly and anywidget {widgets:.2f} s; with the widget {shown:.2f} s: {shown - widgets:+.2f} s")


def notebooks() -> None:
    print("\nNotebooks, executed cold")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        code = f"""
import nbformat, nbclient
nb = nbformat.read({json.dumps(str(path))}, 4)
here = {{"metadata": {{"path": {json.dumps(str(path.parent))}}}}}
nbclient.NotebookClient(nb, kernel_name="python3", resources=here).execute()
"""
        print(f"  {path.name:28} {seconds_of(code, repeat=3):5.1f} s")


def tables() -> None:
    from utils import tables

    start = time.perf_counter()
    rows = sum(len(tables.load(name)) for name in tables.names())
    cold = time.perf_counter() - start
    start = time.perf_counter()
    for name in tables.names():
        tables.load(name)
    print(
        f"\nTables\n  all {len(tables.names())} tables, {rows:,} rows: {cold:.2f} s, again {1000 * (time.perf_counter() - start):.0f} ms"
    )
    long_tables()


def long_tables() -> None:
    """Print how time grows from tables 10 times as long to tables 100 times as long: 10 is linear, less is better."""
    print("  from 10 times the rows to 100 times (10 is linear):   load   load all and try the rules")
    for name in ("events", "event_accounts", "casualty_claims", "meeting_participants", "sources"):
        ten, hundred = (seconds_of_long(name, times) for times in (10, 100))
        load, rules = (many / few for few, many in zip(ten, hundred, strict=True))
        print(f"    {name:48} {load:8.1f} {rules:8.1f}   ({hundred[0]:.2f} s, {hundred[1]:.2f} s)")


def seconds_of_long(name: str, times: int) -> tuple[float, float]:
    """Return the seconds of loading a table `times` as long, and of loading all tables and trying all rules.

    In a process of its own, the best of three runs: what is cached must not help.
    """
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(ROOT / "data", data)
        sheet = Sheet.read(data / f"{name}.csv")
        head, *rows = sheet.rows  # the id stands first
        rows = [[f"{row[0]}_copy{i}" if i else row[0], *row[1:]] for i in range(times) for row in rows]
        (data / f"{name}.csv").write_text(Sheet([head, *rows]).text(), encoding="utf-8", newline="")
        code = f"""
import os, time
os.environ["NINE_POINTS_DATA"] = {str(data)!r}
from tools import data_rules
from utils import tables
start = time.perf_counter()
tables.load({name!r})
print(time.perf_counter() - start)
sum(1 for rule in data_rules.RULES for _ in rule())
print(time.perf_counter() - start)
"""
        call = [sys.executable, "-c", code]
        runs = [subprocess.run(call, cwd=ROOT, capture_output=True, encoding="utf-8", check=True) for _ in range(3)]
        return tuple(min(float(run.stdout.split()[i]) for run in runs) for i in (0, 1))


if __name__ == "__main__":
    imports()
    tables()
    notebooks()
    maps()
    in_the_browser()
