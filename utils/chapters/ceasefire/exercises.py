"""The exercises of chapter 3: count, compare, cite. Answers are computed when they are checked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from utils import commitments, names
from utils.chapters.ceasefire import standing
from utils.chapters.ceasefire.dates import select_dates
from utils.learning import readers
from utils.learning.exercises import Exercise, Exercises
from utils.tables import load
from utils.wording import count, date_text, listing, number

EARLY, LATE = pd.Timestamp("2021-01-01"), pd.Timestamp("2022-09-01")  # the days of exercise 1


def judged(day: str) -> pd.DataFrame:
    """Return our third-party reading on or before a day: each commitment with its class.

    Columns: `commitment_id`, `point`, `title`, `as_of` (the day of judgement), `status`, `day_in_text` (bool: the text
    gives a day or a term), `finding`, `source_ids`, `confidence`.
    """
    status = load("commitment_status")
    rows = status[(status["assessor"] == standing.OUTSIDE) & (status["as_of"] == standing.latest(pd.Timestamp(day)))]
    promised = commitments.owed().rename(columns={"dated": "day_in_text"})
    rows = promised[["commitment_id", "point", "title", "day_in_text"]].merge(rows, on="commitment_id")
    return rows[
        ["commitment_id", "point", "title", "as_of", "status", "day_in_text", "finding", "source_ids", "confidence"]
    ]


def claims_of(commitment_id: str) -> pd.DataFrame:
    """Return what Armenia, Azerbaijan and Russia claimed of a commitment, oldest first (columns of `commitment_status`)."""
    rows = load("commitment_status")
    rows = rows[(rows["commitment_id"] == commitment_id) & (rows["assessor"] != standing.OUTSIDE)]
    return rows.sort_values(["as_of", "assessor"])


# ---------------------------------------------------------------- share


def share(day: pd.Timestamp) -> float:
    """Return the per cent of the commitments that were carried out, by our reading on or before a day."""
    return 100 * judged(f"{day:%Y-%m-%d}")["status"].isin(standing.DONE).mean()


def two_shares() -> tuple[float, float]:
    """Return the shares carried out at the two days of the exercise, in per cent."""
    return share(EARLY), share(LATE)


def near(given: tuple[float, float], solved: tuple[float, float]) -> bool:
    """Say whether two percentages are right: rounded ones count too."""
    return all(abs(one - other) <= 0.5 for one, other in zip(given, solved, strict=True))


def explain_share(given: tuple[float, float], solved: tuple[float, float]) -> str:
    if near(given, solved):
        first, second = (number(one, 1) for one in solved)
        early, late = (standing.at(standing.latest(day)) for day in (EARLY, LATE))
        lost = [one for one in early.index if early[one] in standing.DONE and late[one] not in standing.DONE]
        won = [one for one in early.index if early[one] not in standing.DONE and late[one] in standing.DONE]
        return (
            f"{first} and {second} per cent. In between {count(len(lost), 'commitment')} lost the class and "
            f"{count(len(won), 'commitment')} gained it. A hand-over is done once; to keep a ceasefire, or people at their "
            "posts, is due every day, and can be met in one month and not in the next. That is why such a share can fall."
        )
    total = len(commitments.owed())
    if near(given, tuple(one * total / 100 for one in solved)):
        return f"These are the commitments carried out. Divide each by {total} and multiply by 100."
    if near(given, solved[::-1]):
        return "These are the two shares the other way round. The earlier day comes first."
    met = tuple(100 * (judged(f"{day:%Y-%m-%d}")["status"] == "met").mean() for day in (EARLY, LATE))
    if near(given, met):
        return "You counted “met” alone. What was met late was carried out too: count both classes."
    return (
        f"Of the {total} rows of each table, count those whose status is met or met_late; divide by {total}, times 100."
    )


# ---------------------------------------------------------------- a day in the text


def done_with_and_without() -> tuple[float, float]:
    """Return how many commitments with a day in the text were carried out at the end of 2022, and how many without one."""
    rows = select_dates(f"{standing.last_of_period():%Y-%m-%d}")
    done = rows["status_id"].isin(standing.DONE)
    return float((done & rows["dated"]).sum()), float((done & ~rows["dated"]).sum())


def explain_dated(given: tuple[float, float], solved: tuple[float, float]) -> str:
    rows = commitments.owed()
    with_day, without = int(rows["dated"].sum()), int((~rows["dated"]).sum())
    first, second = (int(one) for one in solved)
    if given == solved:
        alone = rows[rows["dated"] & (rows["obliged_ids"].map(len) == 1)]["commitment_id"]
        done = standing.carried_out(standing.at(standing.last_of_period())[alone])
        return (
            f"{first} of {with_day} with a day, {second} of {without} without. A day goes with being carried out, but so does "
            f"something else: of the {with_day}, {len(alone)} are owed by one side alone, and {done} of the {first} carried "
            "out are among these. With so few rows you cannot tell the two apart. Say “goes with”, not “causes”."
        )
    if given == solved[::-1]:
        return "These are the two numbers the other way round: first those with a day in the text."
    if given == (100 * first / with_day, 100 * second / without):
        return "These are shares in per cent. The sentence asks for how many."
    return "In the table of the end of 2022, filter by day_in_text and count the rows whose status is met or met_late; then the same without a day."


# ---------------------------------------------------------------- judged differently


def apart() -> dict[str, pd.Timestamp]:
    """Return the commitments to which Armenia and Azerbaijan gave different classes, with the last day on which they did."""
    found = {}
    for day in standing.dates():
        one, other = (standing.at(day, side) for side in names.SIDES)
        found |= {name: day for name in one.index if name in other.index and one[name] != other[name]}
    return found


def a_commitment(answer: Any) -> str:
    """Read a commitment: its id, or its short title."""
    rows = commitments.owed()
    known = {**dict(zip(rows["commitment_id"], rows["commitment_id"], strict=True))}
    known |= {title.casefold(): one for title, one in zip(rows["title"], rows["commitment_id"], strict=True)}
    found = known.get(answer.strip().casefold()) if isinstance(answer, str) else None
    if found is None:
        raise readers.Unreadable(
            "Give one commitment by its id between quotes, such as “p2_agdam_akna”; the table above has them."
        )
    return found


def explain_apart(given: str, solved: str) -> str:
    days = apart()
    title = commitments.owed().set_index("commitment_id").at[given, "title"]
    if given in days:
        day = days[given]
        told = listing(
            f"{names.actor(side)}, {standing.CLASSES[standing.at(day, side)[given]].name}" for side in names.SIDES
        )
        return (
            f"“{title}”: on or for {date_text(day)} the two differ ({told}). Now find the reason: do they differ on a fact that one "
            "could check, or on what the words cover? Then write both cases, each so that its own side would sign it."
        )
    said = claims_of(given)["assessor"].isin(names.SIDES)
    if not said.any():
        return f"Of “{title}” we found no claim of Armenia or Azerbaijan. Choose one on which both spoke."
    return f"On “{title}” we found no date on which both spoke and differed. Look for a commitment with both sides in the table."


EXERCISES = Exercises(
    {
        "ex03_share": Exercise(
            read=readers.two_numbers,
            solve=two_shares,
            explain=explain_share,
            start="Put two shares in per cent between the quotes, such as “50 / 40”.",
            hints=("Carried out means met or met_late.", "Two counts, each divided by the number of rows, times 100."),
            prompt=f"What share of the commitments, in per cent, had been carried out by {date_text(EARLY)}, and by {date_text(LATE)}?",
            fits=near,
        ),
        "ex03_dated": Exercise(
            read=readers.two_numbers,
            solve=done_with_and_without,
            explain=explain_dated,
            start="Put two numbers between the quotes, such as “4 / 6”.",
            hints=("The column day_in_text says yes or no.", "Filter by it first, then by the status, then count."),
            prompt="How many of the commitments with a day in the text had been carried out at the end of 2022, and how many without one?",
        ),
        "ex03_apart": Exercise(
            read=a_commitment,
            solve=lambda: next(iter(apart())),
            explain=explain_apart,
            start="Put the id of a commitment between the quotes, such as “p2_agdam_akna”.",
            hints=(
                "Both sides must have spoken of it for the same date.",
                "Open the strip with “All four at the date”, and look for a row with two different letters.",
            ),
            prompt="Name one commitment that Armenia and Azerbaijan judge differently at the same date.",
            fits=lambda given, solved: given in apart(),
        ),
    }
)
