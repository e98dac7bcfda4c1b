"""The pages to teach from: every link resolves, every minute plan adds up, and what they name is in the pack."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.raw import DATA, rows

ROOT = DATA.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
TEACHING = sorted((ROOT / "docs" / "instructor").glob("*.md"))
MINUTES = re.compile(r"^\| (\d+)-(\d+) \|", re.MULTILINE)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as they are made for Markdown on the web."""
    heads = re.findall(r"^#+ (.+)$", text(path), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_the_pages_to_teach_from_are_there():
    assert {path.name for path in TEACHING} >= {"README.md", "six_weeks.md", "sensitive_topics.md", "ground_rules.md"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_of_a_page_resolves(path):
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text(path)):
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


def plans() -> list[tuple[str, list[tuple[int, int]]]]:
    """Return every table of minutes: the heading above it, and its rows."""
    found = []
    for path in TEACHING:
        for part in re.split(r"^## ", text(path), flags=re.MULTILINE)[1:]:
            if steps := [(int(first), int(last)) for first, last in MINUTES.findall(part)]:
                found.append((f"{path.stem}: {part.splitlines()[0]}", steps))
    return found


@pytest.mark.parametrize(("name", "steps"), plans(), ids=[name for name, _ in plans()])
def test_a_lesson_fills_eighty_minutes_without_a_hole(name, steps):
    assert steps[0][0] == 0
    assert steps[-1][1] == 80
    assert all(end == start for (_, end), (start, _) in pairwise(steps))


def test_there_is_a_plan_for_each_of_six_weeks_and_for_next_week():
    names = [name for name, _ in plans()]
    assert sum("six_weeks: Week" in name for name in names) == 6
    assert any(name.startswith("README") for name in names)


def test_teach_next_week_fits_one_page():
    assert len(text(ROOT / "docs" / "instructor" / "README.md").split()) <= 700


def test_tasks_and_scenes_that_the_pages_name_exist():
    told = "\n".join(map(text, TEACHING))
    tasks = {row["task_id"] for row in rows("writing_tasks")}
    assert set(re.findall(r"`([en]\d\d_[a-z]+)`", told)) <= tasks
    chapters = {path.stem[:2]: path for path in (ROOT / "notebooks").glob("*.ipynb")}
    for chapter, scene in re.findall(r"[Cc]hapter (\d+), scene (\d+)", told):
        cells = json.loads(text(chapters[f"{int(chapter):02}"]))["cells"]
        prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        assert re.search(rf"^## {scene}\. ", prose, flags=re.MULTILINE), (chapter, scene)
