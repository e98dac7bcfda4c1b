"""Notes and essays: nothing is marked, what is written is saved as it stands."""

from __future__ import annotations

from utils import tables
from utils.learning.feedback import Feedback
from utils.learning.tasks import Fold, Task
from utils.scenes.controls import Writing

LABELS = {"note": "A note of your own", "essay": "Essay"}
CRITERIA = "What a strong essay does"


def writing(task_id: str) -> Task:
    """Return a row of `writing_tasks` as a task; an essay shows the criteria of `rubric`. Raise `KeyError`."""
    row = tables.load("writing_tasks").set_index("task_id").loc[task_id]
    return Task(
        id=task_id,
        kind=row["kind"],
        prompt=row["prompt"],
        control=Writing("text", "Your text", words=int(row["words"])),
        reply=lambda text: Feedback("saved"),
        label=LABELS[row["kind"]],
        verb="Save",
        empty="Nothing is written yet.",
        folds=(rubric(),) if row["kind"] == "essay" else (),
    )


def rubric() -> Fold:
    """Return the criteria for essays as a table: points from 4 down to 1, and how often a criterion counts."""
    rows = tables.load("rubric")
    cells = (
        (
            f"{row.title} (counts {row.weight} times)" if row.weight > 1 else row.title,
            row.strong,
            row.clear,
            row.thin,
            row.weak,
        )
        for row in rows.itertuples()
    )
    return Fold(CRITERIA, ("Criterion", "4 points", "3 points", "2 points", "1 point"), tuple(cells))
