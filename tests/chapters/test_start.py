"""Chapter 0: the map of chapters, the check of the set-up and the first scene."""

from __future__ import annotations

import pytest

from tests.browser.lab import ROOT
from tests.raw import rows
from utils import tables
from utils.chapters import start


def test_the_map_links_just_the_notebooks_that_exist(tmp_path):
    (tmp_path / "01_truce_to_war.ipynb").touch()
    text = start.chapter_map(tmp_path).text
    assert text.count(".ipynb)") == 1
    assert "[From truce to war](01_truce_to_war.ipynb)" in text
    assert "In preparation: Start here, The war of 2020," in text


def test_every_notebook_is_a_chapter():
    known = {chapter.notebook for chapter in start.CHAPTERS}
    assert {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} <= known


def test_the_check_names_the_versions_found_and_is_content_here():
    text = start.check_setup().text
    assert all(package in text for package in start.SHOWN)
    assert "All packages are the tested ones" in text


def test_the_check_says_in_words_what_is_wrong():
    pinned = {"plotly": "7.1.0", "anywidget": "0.11.0"}
    assert "Missing here: anywidget" in start.verdict({"plotly": "7.1.0", "anywidget": ""}, pinned)
    assert "Other versions than tested: plotly 5.0" in start.verdict({"plotly": "5.0", "anywidget": "0.11.0"}, pinned)
    assert "could not be compared" in start.verdict({"plotly": "7.1.0"}, {})


def test_the_first_scene_counts_rows_and_confirmation():
    scene = start.in_the_pack()
    for state in scene.states():
        assert state.error == ""
        for row in state.rows.itertuples():
            (name,) = (one for one in tables.names() if tables.title(one) == row.table)
            cells = rows(name)
            assert row.rows == len(cells)
            assert row.two == pytest.approx(100 * sum(cell["confidence"] == "two" for cell in cells) / len(cells))
        assert len(state.figure.data[0].x) == len(state.rows)
    assert f"{sum(state.rows['rows']):,} rows" in scene.state(measure="rows").reading
