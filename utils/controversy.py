"""A structured controversy for a pair: each argues one end, then the other, then both write one text."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from utils import tables
from utils.scenes import Aside, Choice, Column, Panel, Scene, Statement, Step
from utils.wording import count

OURS = "the pack"  # as `whose` names us, alone or beside others


class Stage(NamedTuple):
    """One step of the work: its name, its minutes, who argues for the motion ("" for nobody), and what to do."""

    name: str
    minutes: int
    argues_for: str
    partner_a: str
    partner_b: str
    both: str


STAGES = {
    "prepare": Stage(
        "Prepare",
        8,
        "A",
        "Partner A prepares the case for the motion: the strongest two points, each with its fact and its source.",
        "Partner B prepares the case against it: the strongest two points, each with its fact and its source.",
        "You need not believe it. You need to put it so that whoever does believe it would agree with your words.",
    ),
    "present": Stage(
        "Present",
        8,
        "A",
        "Partner A speaks for the motion for three minutes, then listens and takes notes.",
        "Partner B listens and takes notes, then speaks against it for three minutes.",
        "In the last two minutes each says back what the other said, until the other nods.",
    ),
    "swap": Stage(
        "Swap",
        8,
        "B",
        "Partner A now speaks against the motion for three minutes, with one point that B did not make.",
        "Partner B now speaks for the motion for three minutes, with one point that A did not make.",
        "In the last two minutes tell each other which point was the hardest to answer.",
    ),
    "joint": Stage(
        "Joint text",
        11,
        "",
        "Partner A drops the sides and proposes the sentence on which both of you agree.",
        "Partner B drops the sides and proposes the sentence that says where you still differ, and why.",
        "",  # the motion's own task
    ),
}


def motions(chapter: int) -> dict[str, str]:
    """Return all motions, those of a chapter first: id to the motion, with its chapter where it is another one."""
    rows = tables.load("controversies")
    rows = rows.assign(own=rows["chapter"] != chapter).sort_values(["own", "chapter"], kind="stable")
    return {
        row.controversy_id: row.motion if row.chapter == chapter else f"Chapter {row.chapter}: {row.motion}"
        for row in rows.itertuples()
    }


def select_points(motion: str) -> pd.DataFrame:
    """Return the points on a motion, for it first, in their order (columns of `controversy_points`)."""
    rows = tables.load("controversy_points").query("controversy_id == @motion")
    return rows.sort_values(["end", "number"], ascending=[False, True], kind="stable").reset_index(drop=True)


def text_of(motion: str) -> pd.Series:
    """Return the row of a motion (columns of `controversies`). Raise `KeyError` for an unknown id."""
    return tables.load("controversies").set_index("controversy_id").loc[motion]


def describe_sheet(rows: pd.DataFrame, motion: str, step: str) -> str:
    """Say where in the work the pair is, and how the points are shared out."""
    place = list(STAGES).index(step)
    before = sum(stage.minutes for stage in list(STAGES.values())[:place])
    whole = sum(stage.minutes for stage in STAGES.values())
    stage = STAGES[step]
    sizes = rows["end"].value_counts()
    ours = int(rows["whose"].str.contains(OURS, regex=False).sum())
    others = "; behind every other stands somebody who argues so in public" if 0 < ours < len(rows) else ""
    return (
        f"Step {place + 1} of {len(STAGES)}, {stage.name.lower()}: minutes {before + 1} to {before + stage.minutes} of {whole}. "
        f"The sheet holds {count(int(sizes.get('for', 0)), 'point')} for the motion and {sizes.get('against', 0)} against it; "
        f"{ours or 'none'} of them {'rests' if ours < 2 else 'rest'} on our own reading, in whole or in part{others}."
    )


def to_do(rows: pd.DataFrame, motion: str, step: str) -> Aside:
    """Return what partner A, partner B and both do at a step."""
    stage = STAGES[step]
    return Aside(
        f"{stage.name}: {stage.minutes} minutes",
        (stage.partner_a, stage.partner_b, stage.both or f"Together: {text_of(motion)['joint_task']}"),
    )


def panels(rows: pd.DataFrame, motion: str, step: str) -> list[Panel]:
    """Return the points for and against the motion side by side, under the partner who argues them at this step."""
    return [Panel(text_of(motion)["motion"], _column(rows, "for", step), _column(rows, "against", step), open=True)]


def _column(rows: pd.DataFrame, end: str, step: str) -> Column:
    some = rows[rows["end"] == end]
    who = STAGES[step].argues_for
    who = {"for": who, "against": {"A": "B", "B": "A", "": ""}[who]}[end]
    points = (
        Statement(row.point, row.whose, source_ids=row.source_ids, confidence=row.confidence)
        for row in some.itertuples()
    )
    return Column(f"{end.capitalize()} (partner {who})" if who else end.capitalize(), tuple(points))


def controversy_sheet(chapter: int) -> Scene:
    """The sheet of a chapter: its motions first, those of the other chapters after them."""
    return Scene(
        id=f"controversy-{chapter:02}",
        question="One motion: what is the best case for it, the best against it, and what can you both sign?",
        rows=select_points,
        reading=describe_sheet,
        panels=panels,
        aside=to_do,
        controls=(
            Choice("motion", "Motion", motions(chapter)),
            Step("step", "Step", {one: f"{stage.name} ({stage.minutes} minutes)" for one, stage in STAGES.items()}),
        ),
        columns={
            "point": "Point",
            "end": "For or against",
            "number": "Number",
            "whose": "Who argues so",
            "confidence": "Confidence",
        },
        note="Each point is put as its best defender would put it: none is our verdict. “For” and “against” are not the two states, and equal numbers of "
        "points do not mean equal weight. Alone? Write three minutes for each end, then the joint text.",
    )
