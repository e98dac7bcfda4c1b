"""One JupyterLab for all browser tests, on a copy of the notebooks in a folder with a space and a letter of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from tests.browser.lab import ROOT, Browser, chromium, lab

# Scenes made for these tests: one that can be broken, and one whose data try to be HTML.
MADE = {
    "points": "from tests.conftest import points_scene\npoints_scene(60)",
    "hostile": "from tests.browser.hostile import hostile_scene\nhostile_scene()",
    "many": "from tests.bench.subjects import scene\nscene(15_000)",
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("seminar of ə")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(path, place)
    for name, source in MADE.items():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, place / f"{name}.ipynb")
    return place


@pytest.fixture(scope="session")
def address(folder):
    if not chromium():
        pytest.fail("No Chromium found. Install one, or run python run.py test, which looks for one.")
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
