"""The exercises of chapter 0: count, count by place, compare, cite. Answers are computed when they are checked."""

from __future__ import annotations

import pandas as pd

from utils import names, tables
from utils.chapters.start.coverage import select_tables
from utils.learning import readers
from utils.learning.exercises import Exercise, Exercises
from utils.wording import count, date_text, listing, number

CITED = "velvet_revolution_2018"  # the event whose sources the exercise on citing compares


def contested_events() -> int:
    """Return how many events the two sides tell differently."""
    return int(tables.load("events")["contested"].sum())


def explain_contested(given: int, solved: int) -> str:
    whole = len(tables.load("events"))
    if given == solved:
        return (
            f"{solved} of {count(whole, 'event')}. For each of them the table event_accounts holds what both sides say."
        )
    if given == whole:
        return "That is how many events there are in all. Count only those whose column contested says yes."
    if given == whole - solved:
        return "That is how many are not contested. You are asked for the others."
    if given == len(tables.load("event_accounts")):
        return "That is how many accounts there are. A contested event has at least two; count the events."
    return "Filter the events whose column contested is yes, and count the rows that are left."


def places_of_events() -> pd.DataFrame:
    """Return one row for each event and each of its places that has two names: `place` (both names), `event`, `date`."""
    paired = {"/".join(forms) for forms in names.paired_forms()}
    rows = tables.load("events").explode("place_ids").dropna(subset=["place_ids"])
    rows = rows.assign(place=names.labels(rows["place_ids"], names.place)).rename(
        columns={"title": "event", "date_start": "date"}
    )
    return rows.loc[rows["place"].isin(paired), ["place", "event", "date", "place_ids"]].reset_index(drop=True)


def town_named_most() -> str:
    """Return the id of the place with two names that most events name."""
    return str(places_of_events()["place_ids"].value_counts().idxmax())


def explain_town(given: str, solved: str) -> str:
    found = places_of_events()["place_ids"].value_counts()
    if given == solved:
        return f"{names.place(solved)}, named by {count(int(found[solved]), 'event')}. Either of its names is a right answer here."
    if given not in found:
        return f"{names.place(given)} is not in this list, which holds places with two names. Take one from the column place."
    return f"{names.place(given)} is named by {count(int(found[given]), 'event')}; another place by more. Count the rows by place."


def least_confirmed() -> frozenset[str]:
    """Return the names of the tables with the lowest share of rows seen in two pages: one, or several that tie."""
    rows = select_tables()
    lowest = set(rows.loc[rows["two"] == rows["two"].min(), "table"])
    return frozenset(name for name in tables.names() if tables.title(name) in lowest)


def explain_least(given: str, solved: frozenset[str]) -> str:
    rows = select_tables().set_index("table")["two"]
    title = tables.title(given)
    if given in solved:
        others = listing(f"“{tables.title(one)}”" for one in sorted(solved - {given}))
        tie = f" It shares that place with {others}." if others else ""
        return f"“{title}”: {number(rows[title])} percent.{tie} That does not make its rows wrong; it says how far they were held against a second page."
    if title not in rows:
        return f"“{title}” is not among the tables of the chart: its rows cite no sources of their own."
    lower = int((rows < rows[title]).sum())
    return f"“{title}” has {number(rows[title])} percent; {count(lower, 'table')} have less. Show the share in the chart and look at the shortest bar."


def row_to_cite() -> pd.DataFrame:
    """Return the row of the event whose sources exercise 4 compares."""
    rows = tables.load("events")
    return rows[rows["event_id"] == CITED]


def earliest_source() -> pd.Timestamp:
    """Return the day on which the oldest source of the row was published, of those dated to the day."""
    ids = row_to_cite()["source_ids"].iloc[0]
    published = tables.load("sources").set_index("source_id")["published"].loc[list(ids)].dropna()
    return pd.Timestamp(min(day for day in published if len(day) == 10))


def explain_earliest(given: pd.Timestamp, solved: pd.Timestamp) -> str:
    ids = row_to_cite()["source_ids"].iloc[0]
    published = tables.load("sources").set_index("source_id")["published"].loc[list(ids)].dropna()
    same = [one for one in published.index if published[one] == f"{solved:%Y-%m-%d}"]
    if given == solved:
        told = listing(tables.load("sources").set_index("source_id")["publisher"].loc[same])
        return f"{date_text(solved)} ({told}). A source from the day itself knows little of what followed; one from later knows the outcome."
    if given == row_to_cite()["date_start"].iloc[0]:
        return "That is the date of the event. You are asked for the date of a source."
    if f"{given:%Y-%m-%d}" in set(published):
        return "That is the date of one of its sources, but another is older."
    return "None of its sources is of that day. The references end with the day of publication."


EXERCISES = Exercises(
    {
        "ex00_contested": Exercise(
            read=readers.whole_number,
            solve=contested_events,
            explain=explain_contested,
            start="Put a number in place of None and run the cell.",
            hints=("The column is called contested.", "verbs.filter keeps rows; verbs.count says how many there are."),
            prompt="How many events do the two sides tell differently?",
        ),
        "ex00_town": Exercise(
            read=readers.place,
            solve=town_named_most,
            explain=explain_town,
            start="Put the name of a place between the quotes: either of its names.",
            hints=("verbs.count takes a column by which it counts.", "The most frequent stands on top."),
            prompt="Which place with two names comes up in most events?",
        ),
        "ex00_least": Exercise(
            read=readers.table,
            solve=least_confirmed,
            explain=explain_least,
            start="Put the title of a table between the quotes, as the chart writes it.",
            hints=("In the chart above, choose the share of rows.", "The shortest bar has the lowest share."),
            prompt="Which table has the lowest share of rows seen in two pages?",
            fits=lambda given, solved: given in solved,
        ),
        "ex00_oldest": Exercise(
            read=readers.date,
            solve=earliest_source,
            explain=explain_earliest,
            start="Put a date between the quotes, such as “1 May 1995”.",
            hints=(
                "A reference ends with its date and address.",
                "Compare the dates of all its references; the event's own date is not asked.",
            ),
            prompt="When was the oldest source of the row published?",
        ),
    }
)
