"""The exercises of chapter 4: count, measure, compare. Answers are computed when they are checked."""

from __future__ import annotations

import pandas as pd

from utils import meetings, names
from utils.chapters.mediation.pace import select_pace
from utils.learning import readers
from utils.learning.exercises import Exercise, Exercises
from utils.tables import load
from utils.wording import count, date_text, listing, number

HALF = "2022, first half"  # of exercise 1
RIVALS = ("trilateral", "eu")


# ---------------------------------------------------------------- meetings per half-year


def meetings_held() -> pd.DataFrame:
    """Return the meetings held after the ceasefire of 2020, oldest first.

    Columns: `date_start`, `half_year` (such as "2022, first half"), `lane` (name of the track), `level`, `place`, `topic`,
    `source_ids`, `confidence`.
    """
    rows = select_pace("since_2020", "all").drop(columns=["lane", "level"])
    rows = rows.rename(columns={"part": "half_year", "lane_name": "lane", "level_name": "level"})
    return rows[["date_start", "half_year", "lane", "level", "place", "topic", "source_ids", "confidence"]]


def held_in_half() -> tuple[float, float]:
    """Return how many meetings Russia's track and the EU track held in the half-year of the exercise."""
    rows = meetings_held()
    sizes = rows[rows["half_year"] == HALF]["lane"].value_counts()
    first, second = (float(sizes.get(meetings.LANES[one], 0)) for one in RIVALS)
    return first, second


def explain_half(given: tuple[float, float], solved: tuple[float, float]) -> str:
    first, second = (int(one) for one in solved)
    if given == solved:
        before = meetings_held()
        before = before[before["half_year"] == "2021, second half"]["lane"].value_counts()
        earlier = listing(f"{before.get(meetings.LANES[one], 0)} on {meetings.SAID[one]}" for one in RIVALS)
        return (
            f"{first} on Russia's track, {second} on the EU track. In the half-year before, it had been {earlier}. A count of "
            "meetings shows where the sides met, not what came of it: hold it beside the texts of scene 2."
        )
    if given == solved[::-1]:
        return "These are the two numbers the other way round: Russia's track comes first."
    if sum(given) > first + second:
        return (
            "Some of these are of another half-year or another lane. Filter by the half-year first, then count by lane."
        )
    return "Filter the rows whose half_year is as asked, then count them by lane."


# ---------------------------------------------------------------- median


def eu_summits() -> pd.DataFrame:
    """Return the meetings of both leaders on the EU track up to the end of 2022, oldest first.

    Columns: `date_start`, `place`, `topic`, `days_since` (Int64: days since the one before; missing for the first),
    `source_ids`, `confidence`.
    """
    rows = meetings.of_both_sides()
    rows = rows[(rows["lane"] == "eu") & (rows["level"] == "leaders")]
    rows = rows.assign(days_since=rows["date_start"].diff().dt.days.astype("Int64"))
    return rows[["date_start", "place", "topic", "days_since", "source_ids", "confidence"]].reset_index(drop=True)


def median_days() -> float:
    """Return the median of the days between two leaders' meetings on the EU track."""
    return float(eu_summits()["days_since"].dropna().median())


def explain_median(given: float, solved: float) -> str:
    days = eu_summits()["days_since"].dropna().astype(int)
    mean = days.mean()
    if given == solved:
        return (
            f"{number(solved)} days: of the {len(days)} intervals, as many are shorter as are longer. The mean is {number(mean, 1)}; the "
            f"shortest is of {days.min()} days, the longest of {days.max()}. With so few intervals, say both."
        )
    if abs(given - mean) < 1:
        return "This is the mean. For the median, sort the intervals by length and take the one in the middle."
    if given == float(days.iloc[len(days) // 2]):
        return "This stands in the middle of the list as it is. Sort the intervals by length first."
    return (
        f"Sort the {count(len(days), 'interval')} of the column days_since by length, and take the one in the middle."
    )


# ---------------------------------------------------------------- one meeting, three reports


def reports() -> pd.DataFrame:
    """Return the items of the reports about one meeting, mixed, without whose they are.

    Columns: `number`, `item`, and a column for each report: the name of its author, "yes" or "no"; `source_ids`, `confidence`.
    """
    rows = load("readouts").sort_values("number")
    authors = authors_of_reports()
    told = {names.actor(one): ["yes" if one in ids else "no" for ids in rows["told_by"]] for one in authors}
    return rows[["number", "item"]].assign(**told, source_ids=rows["source_ids"], confidence=rows["confidence"])


def authors_of_reports() -> list[str]:
    """Return who reported on the meeting, the host last (actor ids)."""
    known = dict.fromkeys(one for ids in load("readouts")["told_by"] for one in ids)
    return sorted(known, key=lambda one: (one not in ("armenia", "azerbaijan"), one))


def shared() -> frozenset[int]:
    """Return the numbers of the items that every report has."""
    rows = load("readouts")
    everyone = set(authors_of_reports())
    return frozenset(rows[[everyone <= set(ids) for ids in rows["told_by"]]]["number"].astype(int))


def the_meeting() -> str:
    """Return the place and day of the meeting whose reports are compared."""
    row = meetings.of_period().set_index("meeting_id").loc[load("readouts")["meeting_id"].iloc[0]]
    return f"{row['place']}, {date_text(row['date_start'])}"


def explain_shared(given: frozenset[int], solved: frozenset[int]) -> str:
    rows = load("readouts")
    authors = listing(names.actor(one) for one in authors_of_reports())
    if given == solved:
        alone = int((rows["told_by"].map(len) == 1).sum())
        return (
            f"{len(solved)} of {len(rows)} items stand in the reports of {authors} alike; {count(alone, 'item')} stand in one report only. "
            "What all three share is the part that you can state without saying who says so."
        )
    if unknown := given - set(rows["number"].astype(int)):
        return f"There is no item {min(unknown)}. Use the numbers of the first column."
    if extra := given - solved:
        return f"Item {min(extra)} is not in all of the reports: look along its row."
    return f"All of yours are shared, but {count(len(solved - given), 'item')} more {'is' if len(solved - given) == 1 else 'are'}."


EXERCISES = Exercises(
    {
        "ex04_half": Exercise(
            read=readers.two_numbers,
            solve=held_in_half,
            explain=explain_half,
            start="Put two numbers between the quotes, such as “3 / 8”.",
            hints=("The column half_year has the text to filter by.", "Filter first, then count by lane."),
            prompt="How many meetings did Russia's track and the EU track hold in the first half of 2022?",
        ),
        "ex04_median": Exercise(
            read=readers.number,
            solve=median_days,
            explain=explain_median,
            start="Put a number of days between the quotes.",
            hints=(
                "The first meeting has no interval before it.",
                "Sort the intervals by length; the median is the middle one.",
            ),
            prompt="What is the median number of days between two leaders' meetings on the EU track, up to the end of 2022?",
        ),
        "ex04_shared": Exercise(
            read=readers.whole_numbers,
            solve=shared,
            explain=explain_shared,
            start="Put the numbers of the items between the quotes, such as “2, 5”.",
            hints=("An item counts if every report has it.", "Look for rows with yes in each of the three columns."),
            prompt="Three reports of one meeting: which items do all three have?",
        ),
    }
)
