"""One JupyterLab for all browser tests, on a copy of the notebooks in a folder with a space and a letter of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from tests.browser.lab import ROOT, Browser, chromium, lab
from utils.learning import logbook

# Made for these tests, cell by cell: a scene that can be broken, one whose data try to be HTML, one that is large,
# questions of the kinds that no chapter asks yet, and parts of the chapters, which open faster than the whole.
MADE = {
    "points": ["from tests.conftest import points_scene\npoints_scene(60)"],
    "hostile": ["from tests.browser.hostile import hostile_scene\nhostile_scene()"],
    "many": ["from tests.bench.subjects import scene\nscene(15_000)"],
    "bank": [
        "from utils.chapters.answers import ANSWERS\n"
        "from utils.learning.questions import questions\n"
        "from utils.learning.views import Tasks\n"
        "Tasks(*questions(['q01_01', 'q01_09', 'q01_21'], ANSWERS), title='Asked nowhere yet')"
    ],
    "tasks_of_start": [
        "from utils.chapters import start\nstart.predict_alike()",
        "start.write('n00_three_voices')",
        "start.sort_sentences()",
        "start.write('n00_sources')",
        "start.write('e00_both_sides')",
        "start.retrieval()",
        "start.my_work()",
        "'the end'",
    ],
    "tasks_of_history": [
        "from utils.chapters import history\nhistory.predict_first()",
        "history.write('n01_line')",
        "history.draw_first()",
        "history.causal_strips()",
        "history.retrieval()",
        "history.my_work()",
    ],
    "scenes_of_history": [
        "from utils.chapters import history\nhistory.timeline()",
        "history.draw_first()",
        "history.money_and_arms()",
    ],
    "scenes_of_ceasefire": [
        "from utils.chapters import ceasefire\nceasefire.text_by_point()",
        "from utils.chapters.ceasefire import strip\nstrip.status_strip()",
    ],
    "scenes_of_mediation": [
        "from utils.chapters import mediation\nmediation.swim_lanes()",
        "from utils.chapters.mediation import means\nmeans.means_of_mediators()",
        "mediation.november_round()",
    ],
    "maps": [
        "from utils.chapters import history\nfrom utils.chapters.war import steps\nsteps.map_in_steps()",
        "history.who_held_what()",
        "from utils.atlas import agreement\nagreement.agreement_map()",
        "history.timeline()",
    ],
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("seminar of ə")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(path, place)
    for name, sources in MADE.items():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, place / f"{name}.ipynb")
    return place


@pytest.fixture(scope="session")
def work_of_all(tmp_path_factory) -> Path:
    """The folder where the kernels of the one JupyterLab save: they inherit its environment."""
    return tmp_path_factory.mktemp("work of all") / "my_work"


@pytest.fixture(autouse=True)
def work(work_of_all, monkeypatch) -> Path:
    """The folder of the reader's work, empty at the start of each journey."""
    shutil.rmtree(work_of_all, ignore_errors=True)
    monkeypatch.setenv(logbook.VARIABLE, str(work_of_all))
    return work_of_all


@pytest.fixture(scope="session")
def address(folder, work_of_all):
    if not chromium():
        pytest.fail("No Chromium found. Install one, or run python run.py test, which looks for one.")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(logbook.VARIABLE, str(work_of_all))
        with lab(folder) as url:
            yield url


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture
def opened(address, playwright):
    """Open a notebook, run all, and return the browser; each is closed at the end."""
    browsers = []

    def open_and_run(name: str, **options) -> Browser:
        browser = Browser(playwright, **options)
        browsers.append(browser)
        browser.open(address, f"{name}.ipynb")
        browser.run_all()
        return browser

    yield open_and_run
    for browser in browsers:
        browser.close()


@pytest.fixture(scope="session")
def left_open():
    """The browser that `reopened` keeps from one journey to the next, by what it shows and how: one at the most."""
    kept: dict[tuple, Browser] = {}
    yield kept
    for browser in kept.values():
        browser.close()


@pytest.fixture
def reopened(address, playwright, left_open):
    """Open a notebook, or take the page on which the journey before has opened it, and run all.

    All widgets are new, but the kernel may be an old one: for journeys that neither save nor restart anything.
    """

    def open_or_take(name: str, **options) -> Browser:
        wanted = (name, *sorted(options.items()))
        browser = left_open.pop(wanted, None)
        for other in [left_open.pop(one) for one in list(left_open)]:
            other.close()
        if browser is None:
            browser = Browser(playwright, **options)
            browser.open(address, f"{name}.ipynb")
        try:
            browser.forget()
            browser.run_all()
        except Exception:  # a page that fails is not taken again
            browser.close()
            raise
        left_open[wanted] = browser
        return browser

    return open_or_take
