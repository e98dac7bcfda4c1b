"""Every notebook, untouched and solved: it runs, every control is driven, and no output area holds an error."""

from __future__ import annotations

import json
import time
from pathlib import Path

import nbclient
import nbformat
import pytest

from tests.browser.lab import ROOT
from utils.learning import logbook

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# Drives every scene of the kernel through the values of each control, one control at a time, and every task likewise,
# and reports. Of a control with very many values it takes every so many; the chapters' own tests walk those whole.
DRIVE = """
import json
from itertools import islice
from utils.learning import views, work
from utils.scenes.view import open_views

def some(control, most):
    step = max(1, min(control.count(), 100_000) // most)
    return islice(control.states(), 0, 100_000, step)

def driven(view):
    moves, errors = 0, [view.state_now.error] * bool(view.state_now.error)
    for control in view.scene.controls:
        for value in some(control, 40):
            state = view.drive(**{control.name: value})
            moves += 1
            if state.error or not state.reading:
                errors.append(f"{view.scene.id} {control.name}={value}: {state.error or 'no reading'}")
        view.drive(**{control.name: control.start})
    return {"shown": view.scene.id, "moves": moves, "errors": errors + view.problems}

def answered(view):
    moves, errors = 0, []
    for place, task in enumerate(view.shown):
        texts = ["12", "a text"] if task.control.kind in ("entry", "writing") else []
        for value in [*some(task.control, 12), *texts]:
            said = view.answer(place, value)
            moves += 1
            if not said.title or "Traceback" in said.text:
                errors.append(f"{task.id} {value}: {said}")
    return {"shown": [task.id for task in view.shown], "moves": moves, "errors": errors + view.problems}

print("DRIVEN", json.dumps([driven(one) for one in open_views()] + [answered(one) for one in views.open_views()]))
"""
SOLVED = {
    "00_start_here": {
        "ex1": "start.check('ex00_contested', int(events['contested'].sum()))",
        "ex2": "start.check('ex00_town', verbs.count(places, 'place').index[0])",
        "ex3": "start.check('ex00_least', 'Deaths by month')",
        "ex4": "start.check('ex00_oldest', start.KIT.exercises['ex00_oldest'].solve())",
    },
    "01_truce_to_war": {
        "ex1": "check('ex01_deadly_years', verbs.filter(deaths, 'deaths_single_month', 'at least', 25)['year'])",
        "ex2": "check('ex01_gap', meetings[meetings['date_start'] < '2021']['date_start'].diff().max())",
        "ex3": "check('ex01_order', history.KIT.exercises['ex01_order'].solve())",
        "ex4": "check('ex01_words', 'liberation, occupied, occupation, aggression, cleansing')",
    },
    "02_war_of_2020": {
        "ex1": "own = war.own_counts('azerbaijani')['figure']; check('ex02_growth', 100 * (own.iloc[-1] / own.iloc[0] - 1))",
        "ex2": "check('ex02_minutes', war.truce_minutes().filter(like='minutes').min(axis=1).sum())",
        "ex3": "held = war.deaths_of(2020)['deaths']; check('ex02_floor', 100 * (1 - held[0] / held[1]))",
        "ex4": "check('ex02_rank', 'CBA / ABC')",
    },
    "03_nine_points": {
        "ex1": "check('ex03_share', [100 * ceasefire.judged(day)['status'].str.startswith('met').mean() for day in ('2021', '2022-09')])",
        "ex2": "done = ceasefire.judged('2022-12-31').query('status.str.startswith(\"met\")')['day_in_text']; check('ex03_dated', [done.sum(), (~done).sum()])",
        "ex3": "check('ex03_apart', 'p4_withdrawal')",
    },
    "04_three_tracks": {
        "ex1": "lanes = verbs.count(verbs.filter(mediation.meetings_held(), 'half_year', 'is', '2022, first half'), 'lane'); check('ex04_half', [int(lanes['rows'][one]) for one in (\"Russia's track\", 'EU track')])",
        "ex2": "check('ex04_median', mediation.eu_summits()['days_since'].median())",
        "ex3": "told = mediation.reports(); check('ex04_shared', told[(told[['Armenia', 'Azerbaijan', 'Georgia']] == 'yes').all(axis=1)]['number'])",
    },
    "05_two_sticking_points": {
        "ex1": "whys = verbs.table('whys').set_index('sentence')['layer']; check('ex05_sort', ['PI'[int(whys[one] == 4)] for one in positions.sentences()['sentence']])",
        "ex2": "whose = positions.interests().groupby('stake')['who'].nunique(); check('ex05_stakes', list(whose.index[whose == 2]))",
        "ex3": "check('ex05_zones', '20 / 0')",
    },
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
    assert [one["errors"] for one in driven if one["errors"]] == []
    shown = sum("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs(notebook))
    assert shown == len(driven) + 1, "every widget was driven; one more is “My work”"
    assert all(one["moves"] > 0 for one in driven)


@EACH
def test_an_unanswered_exercise_says_so(path):
    notebook = nbformat.read(path, as_version=4)
    asked = sum("check(" in cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert asked > 0
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


# Makes every guess and answers every task once, as a reader would.
WORKED = """
from itertools import islice
from utils.learning import views
from utils.scenes.view import open_views

for view in open_views():
    for control in view.scene.controls:
        if control.kind == "gate":
            view.drive(**{control.name: "answered"})
for view in views.open_views():
    for place, task in enumerate(view.shown):
        kinds = {"writing": "a text", "entry": "12"}
        view.answer(place, kinds.get(task.control.kind) or list(islice(task.control.states(), 2))[-1])
"""


def test_runs_again_on_a_readers_own_work_and_adds_nothing_to_it():
    path = ROOT / "notebooks" / "01_truce_to_war.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = SOLVED["01_truce_to_war"].get(cell.id, cell.source)
    notebook.cells.append(nbformat.v4.new_code_cell(WORKED))
    run(notebook, path.parent)
    kept = [entry.key for entry in logbook.entries()]
    notebook.cells.pop()
    run(notebook, path.parent)
    assert errors(notebook) == []
    assert len(kept) > 20
    assert [entry.key for entry in logbook.entries()] == kept


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
