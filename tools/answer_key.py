"""Write instructor/answer_key.md: `python run.py answer-key`. Every answer is computed from the tables as they are now.

The page is not kept in the repository: a correction of a table would make it wrong, and students would find it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from utils import tables
from utils.chapters import answers, ceasefire, history, mediation, positions, start, war
from utils.chapters.ceasefire.exercises import EXERCISES as CEASEFIRE
from utils.chapters.contents import CHAPTERS
from utils.chapters.history.exercises import EXERCISES as HISTORY
from utils.chapters.mediation.exercises import EXERCISES as MEDIATION
from utils.chapters.positions.exercises import EXERCISES as POSITIONS
from utils.chapters.start import sorting
from utils.chapters.start.exercises import EXERCISES as START
from utils.chapters.war.exercises import EXERCISES as WAR
from utils.learning import questions
from utils.learning.exercises import Exercises, told

PAGE = Path(__file__).parents[1] / "instructor" / "answer_key.md"
EXERCISES: dict[str, Exercises] = {
    "00": START,
    "01": HISTORY,
    "02": WAR,
    "03": CEASEFIRE,
    "04": MEDIATION,
    "05": POSITIONS,
}
SHOWN = {
    "00": start.KIT.closing,
    "01": (*history.KIT.closing, history.STRIPS),
    "02": (*war.KIT.closing, war.WHY_NO_TRUCE),
    "03": (*ceasefire.KIT.closing, ceasefire.WHO_OWES, ceasefire.WAS_IT_WISE),
    "04": (*mediation.KIT.closing, mediation.WHICH_TRACK, mediation.RIVALRY),
    "05": (*positions.KIT.closing, positions.WHOSE_WORDS, positions.OPEN_QUESTION),
}


def page() -> str:
    """Return the key as Markdown: exercises and questions by chapter, with what is said to a right answer."""
    lines = [
        "# Answer key",
        "",
        "Computed from the tables; it follows every correction. The checks are formative: do not rest grades on them.",
        "Questions marked * are those that the chapter shows; the others of the table are free to use.",
    ]
    asked = tables.load("questions")
    for chapter in CHAPTERS:
        number = chapter.notebook[:2]
        some = asked[asked["chapter"] == int(number)]
        if some.empty and number not in EXERCISES:
            continue
        lines += ["", f"## Chapter {int(number)}: {chapter.title}", ""]
        lines += [_exercise(id, EXERCISES[number]) for id in EXERCISES.get(number, ())]
        lines += _sorted() if number == "00" else []
        lines += [_question(id, number) for id in some["question_id"]]
    return "\n".join(lines) + "\n"


def _exercise(id: str, exercises: Exercises) -> str:
    exercise = exercises[id]
    solved = exercise.solve()
    given = solved if exercise.fits(solved, solved) else min(solved)  # of several right answers, one
    return f"- `{id}` {exercise.prompt} **{told(solved)}** {exercise.explain(given, solved)}"


def _sorted() -> list[str]:
    rows = sorting.sentences()
    boxes = (
        f"  {place}. {sorting.BOXES[box]}: {claim}"
        for place, (box, claim) in enumerate(zip(rows["box"], rows["claim"], strict=True), 1)
    )
    return [f"- `{sorting.task().id}` {sorting.task().prompt}", *boxes]


def _question(id: str, number: str) -> str:
    mark = "*" if id in SHOWN.get(number, ()) else ""
    row = tables.load("questions").set_index("question_id").loc[id]
    options = tables.load("question_options").query("question_id == @id").set_index("option_id")
    return f"- `{id}`{mark} {row['prompt']} **{_right(row, options)}**"


def _right(row, options) -> str:
    """Return the right answer of a question as text."""
    kind = row["kind"]
    if kind == "poll":
        return "no answer is right or wrong"
    if kind in ("single", "several"):
        return "; ".join(options.loc[options["right"].fillna(False).astype(bool), "text"])
    if kind == "order":
        return " > ".join(options["text"][one] for one in questions.right_order(options))
    if kind == "match":
        return "; ".join(f"{options['text'][one]}: {partner}" for one, partner in questions.partners(options).items())
    if isinstance(row["computed_by"], str):
        solved = answers.ANSWERS[row["computed_by"]]()
        return solved[0] if isinstance(solved, tuple) else f"{solved:g}"
    return " or ".join(row["accepted"])


def main() -> int:
    """Write the page, or say why it cannot be. Return the exit code."""
    try:
        text = page()
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    except (tables.TableError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print("The key is in instructor/answer_key.md. It is for you: git leaves it out, and so does the students' ZIP.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
