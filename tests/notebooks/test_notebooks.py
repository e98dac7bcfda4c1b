"""Every notebook, untouched and solved: it runs, every control is driven, and no output area holds an error."""

from __future__ import annotations

import json
import time
from pathlib import Path

import nbclient
import nbformat
import pytest

from tests.browser.lab import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# Drives every scene of the kernel through the values of each control, one control at a time, and reports. Of a
# control with very many values it takes every so many; the chapters' own tests walk those whole.
DRIVE = """
import json
from itertools import islice
from utils.scenes.view import open_views

def driven(view):
    moves, errors = 0, [view.state_now.error] * bool(view.state_now.error)
    for control in view.scene.controls:
        step = max(1, min(control.count(), 100_000) // 40)
        for value in islice(control.states(), 0, 100_000, step):
            state = view.drive(**{control.name: value})
            moves += 1
            if state.error or not state.reading:
                errors.append(f"{view.scene.id} {control.name}={value}: {state.error or 'no reading'}")
        view.drive(**{control.name: control.start})
    return {"scene": view.scene.id, "moves": moves, "errors": errors + view.problems}

print("DRIVEN", json.dumps([driven(view) for view in open_views()]))
"""
SOLVED = {
    "01_truce_to_war": {
        "ex1": "from utils.chapters.history import exercises\nhistory.check('deadly_years', exercises.deadly_years())",
        "ex2": "history.check('longest_pause', exercises.pause_before_war())",
        "ex3": "history.check('order', exercises.right_order())",
    }
}


def run(notebook, folder: Path) -> float:
    """Execute a notebook where it lies and return the seconds that it took, kernel start included."""
    client = nbclient.NotebookClient(
        notebook, kernel_name="python3", timeout=120, resources={"metadata": {"path": folder}}
    )
    start = time.perf_counter()
    client.execute()
    return time.perf_counter() - start


def outputs(notebook) -> list:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def texts(notebook) -> str:
    return "\n".join(str(output.get("data", {}).get("text/plain", "")) for output in outputs(notebook))


def errors(notebook) -> list[str]:
    """Return everything on stderr and every error output: callbacks that fail would show here, not stop the run."""
    bad = [output for output in outputs(notebook) if output.output_type == "error" or output.get("name") == "stderr"]
    return [output.get("evalue") or output.get("text") for output in bad]


@EACH
def test_runs_untouched_and_every_control_can_be_driven(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(DRIVE))
    run(notebook, path.parent)
    assert errors(notebook) == []
    said = next(output.text for output in notebook.cells[-1].outputs if output.get("text", "").startswith("DRIVEN"))
    driven = json.loads(said.removeprefix("DRIVEN"))
    assert [scene["errors"] for scene in driven if scene["errors"]] == []
    shown = sum("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs(notebook))
    assert shown == len(driven) > 0
    assert all(scene["moves"] > 0 for scene in driven)


@EACH
def test_an_unanswered_exercise_says_so(path):
    notebook = nbformat.read(path, as_version=4)
    asked = sum(".check(" in cell.source for cell in notebook.cells if cell.cell_type == "code")
    run(notebook, path.parent)
    assert texts(notebook).count("Not answered yet.") == asked


@pytest.mark.parametrize("stem", SOLVED)
def test_runs_solved_and_says_right(stem):
    path = ROOT / "notebooks" / f"{stem}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = SOLVED[stem].get(cell.id, cell.source)
    run(notebook, path.parent)
    assert errors(notebook) == []
    assert texts(notebook).count("Right.") == len(SOLVED[stem])
    assert "Not answered yet." not in texts(notebook)


@EACH
def test_carries_no_outputs_no_counts_and_no_logic(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            assert len(cell.source.splitlines()) <= 3, cell.source
    assert "widgets" not in notebook.metadata


@EACH
def test_links_to_notebooks_that_exist(path):
    import re

    notebook = nbformat.read(path, as_version=4)
    linked = re.findall(r"\]\(([^)#:]+\.ipynb)\)", "\n".join(cell.source for cell in notebook.cells))
    assert [name for name in linked if not (path.parent / name).exists()] == []
