"""The structured controversy: every motion, every step, all points under the partner who argues them."""

from __future__ import annotations

from itertools import product

import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils import controversy
from utils.controversy import STAGES

MOTIONS = {row["controversy_id"]: row for row in rows("controversies")}
CHAPTERS = sorted({int(row["chapter"]) for row in MOTIONS.values()})
SHEETS = {chapter: controversy.controversy_sheet(chapter) for chapter in CHAPTERS}
STATES = list(product(CHAPTERS, MOTIONS, STAGES))


def points(motion: str, end: str = "") -> list[dict]:
    some = [row for row in rows("controversy_points") if row["controversy_id"] == motion and end in ("", row["end"])]
    return sorted(some, key=lambda row: int(row["number"]))


def state(motion: str, step: str):
    return SHEETS[CHAPTERS[0]].state(motion=motion, step=step)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapters_sheet_begins_with_its_own_motion_and_offers_all(chapter):
    scene = SHEETS[chapter]
    assert scene.id == f"controversy-{chapter:02}"
    options = scene.controls[0].options
    assert set(options) == set(MOTIONS)
    assert MOTIONS[scene.start["motion"]]["chapter"] == str(chapter)
    for motion, label in options.items():
        own = MOTIONS[motion]["chapter"] == str(chapter)
        assert (
            label == MOTIONS[motion]["motion"] if own else label.startswith(f"Chapter {MOTIONS[motion]['chapter']}: ")
        )


@pytest.mark.parametrize(("chapter", "motion", "step"), STATES)
def test_every_state_is_sound(chapter, motion, step):
    assert_sound(SHEETS[chapter], SHEETS[chapter].state(motion=motion, step=step))


@pytest.mark.parametrize(("motion", "step"), list(product(MOTIONS, STAGES)))
def test_all_points_stand_side_by_side_at_every_step_with_who_argues_so(motion, step):
    (panel,) = state(motion, step).panels
    assert panel.open
    assert panel.title == MOTIONS[motion]["motion"]
    for column, end in ((panel.left, "for"), (panel.right, "against")):
        told = [(one.text, one.speaker, list(one.source_ids)) for one in column.statements]
        assert told == [(row["point"], row["whose"], ids(row["source_ids"])) for row in points(motion, end)]


def test_the_partners_change_ends_at_the_swap_and_drop_them_for_the_joint_text():
    motion = next(iter(MOTIONS))
    titles = {step: [one.title for one in (p.left, p.right)] for step in STAGES for p in state(motion, step).panels}
    assert titles["prepare"] == titles["present"] == ["For (partner A)", "Against (partner B)"]
    assert titles["swap"] == ["For (partner B)", "Against (partner A)"]
    assert titles["joint"] == ["For", "Against"]


def test_the_steps_take_the_minutes_of_the_lesson():
    assert [stage.minutes for stage in STAGES.values()] == [8, 8, 8, 11]


@pytest.mark.parametrize(("motion", "step"), list(product(MOTIONS, STAGES)))
def test_the_aside_tells_both_partners_what_to_do(motion, step):
    aside = state(motion, step).aside
    assert f"{STAGES[step].minutes} minutes" in aside.title
    assert [item[:9] for item in aside.items[:2]] == ["Partner A", "Partner B"]
    assert (MOTIONS[motion]["joint_task"] in " ".join(aside.items)) == (step == "joint")


@pytest.mark.parametrize("motion", MOTIONS)
def test_the_reading_tells_the_minutes_and_counts_the_points(motion):
    gone = 0
    for place, (step, stage) in enumerate(STAGES.items(), start=1):
        reading = state(motion, step).reading
        assert f"Step {place} of 4" in reading
        assert f"minutes {gone + 1} to {gone + stage.minutes} of 35" in reading
        gone += stage.minutes
        assert (
            f"{len(points(motion, 'for'))} points for the motion and {len(points(motion, 'against'))} against"
            in reading
        )
        ours = sum("the pack" in row["whose"] for row in points(motion))
        assert f"; {ours or 'none'} of them rest" in reading


# ---- the tables --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("motion", MOTIONS)
def test_both_ends_have_as_many_points_and_about_as_much_space(motion):
    ends = [points(motion, end) for end in ("for", "against")]
    assert len(ends[0]) == len(ends[1]) >= 2
    letters = [sum(len(row["point"]) for row in end) for end in ends]
    assert max(letters) <= 1.35 * min(letters)


@pytest.mark.parametrize("motion", MOTIONS)
def test_points_of_each_end_are_numbered_from_one(motion):
    for end in ("for", "against"):
        assert [int(row["number"]) for row in points(motion, end)] == list(range(1, len(points(motion, end)) + 1))
