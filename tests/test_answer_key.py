"""The key stands apart: no exemplar and no computed answer lies where students work; the key follows the tables."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from tests.raw import DATA, rows
from tools import answer_key
from utils.chapters import ceasefire, history, mediation, positions, start, war
from utils.learning.exercises import told

ROOT = DATA.parent
EXEMPLARS = (ROOT / "instructor" / "exemplars.md").read_text(encoding="utf-8")
# What students get: all that the ZIP holds, but for the tests and makers of pages.
STUDENT_TREE = [ROOT / "README.md"] + [
    path
    for folder in ("notebooks", "data", "utils", "docs")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file() and path.suffix in (".ipynb", ".csv", ".json", ".py", ".js", ".css", ".md", ".txt")
]


def exemplar_sentences() -> list[str]:
    """Return the sentences of the example essays, which stand as quotations, and of the comments on them."""
    lines = [line.lstrip("> ") for line in EXEMPLARS.splitlines() if line.startswith((">", "**Comment"))]
    return [one.strip() for line in lines for one in re.split(r"(?<=[.!?”]) ", line) if len(one.strip()) > 40]


def test_no_sentence_of_an_exemplar_stands_in_the_student_tree():
    sentences = exemplar_sentences()
    assert len(sentences) > 40
    texts = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in STUDENT_TREE}
    assert len(texts) > 60
    assert [(path, one) for one in sentences for path, text in texts.items() if one in text] == []


def test_each_essay_has_two_exemplars():
    essays = [row["task_id"] for row in rows("writing_tasks") if row["kind"] == "essay"]
    parts = re.split(r"^## ", EXEMPLARS, flags=re.MULTILINE)[1:]
    told_of = {part.split()[0]: part.count("\n### ") for part in parts}
    assert told_of == dict.fromkeys(essays, 2)


@pytest.mark.parametrize(
    "kit",
    [start.KIT, history.KIT, war.KIT, ceasefire.KIT, mediation.KIT, positions.KIT],
    ids=lambda kit: f"chapter {kit.chapter}",
)
def test_no_notebook_holds_an_answer(kit):
    prose = "\n".join(
        "".join(cell["source"])
        for path in (ROOT / "notebooks").glob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    )
    for id in kit.exercises:
        solved = kit.exercises[id].solve()
        assert not re.search(rf"(?<![\w-]){re.escape(told(solved))}(?![\w-])", prose), id  # a date is no answer
    options = [row for row in rows("question_options") if row["right"] == "yes" and len(row["text"]) > 12]
    assert [row["option_id"] for row in options if row["text"] in prose] == []


def test_the_students_zip_leaves_the_folder_out_and_git_leaves_the_key_out():
    if not shutil.which("git") or not (ROOT / ".git").exists():
        # A ZIP has no history to ask: the rules themselves must be there.
        assert "/instructor export-ignore" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
        assert "instructor/answer_key.md" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
        return
    call = ["git", "check-attr", "export-ignore", "instructor"]
    said = subprocess.run(call, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert said.strip().endswith("set")
    ignored = subprocess.run(["git", "check-ignore", "-q", "instructor/answer_key.md"], cwd=ROOT, check=False)
    assert ignored.returncode == 0


def test_the_key_names_every_question_and_exercise_with_its_answer():
    page = answer_key.page()
    assert all(f"`{row['question_id']}`" in page for row in rows("questions"))
    for kit in (start.KIT, history.KIT, war.KIT):
        assert all(f"`{id}`" in page and told(kit.exercises[id].solve()) in page for id in kit.exercises)
    right = [row for row in rows("question_options") if row["right"] == "yes"]
    assert len(right) > 50
    assert all(row["text"] in page for row in right)


def test_the_key_follows_the_tables(monkeypatch):
    monkeypatch.setattr("utils.chapters.answers.tables.load", _with_one_peacekeeper(answer_key.tables.load))
    assert re.search(r"`q03_01`.*\*\*1\*\*", answer_key.page())


def _with_one_peacekeeper(load):
    return lambda name: load(name).assign(personnel=1) if name == "peacekeepers" else load(name)
