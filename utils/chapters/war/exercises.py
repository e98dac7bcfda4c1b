"""The exercises of chapter 2: compare, count, rank. Answers are computed when they are checked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from utils import events, names, tables
from utils.chapters.war import growth, reports
from utils.learning import readers
from utils.learning.exercises import Exercise, Exercises
from utils.wording import count, date_text, listing, number

YEAR = 2020


def own_counts(side: str) -> pd.DataFrame:
    """Return the counts of its own soldiers killed that a side ("armenian", "azerbaijani") gave, oldest first.

    Columns: `claimant`, `as_of`, `figure`, `definition` (what was counted), `note`, `source_ids`.
    """
    rows = growth.claims_of_war("military_killed")
    rows = rows[rows["own"] & (rows["side_harmed"] == side)].sort_values("as_of")
    return rows[["claimant", "as_of", "figure", "definition", "note", "source_ids"]]


def truce_minutes() -> pd.DataFrame:
    """Return the truces: `in_force_from`, and after how many minutes each side reported that the other had broken it.

    Columns: `in_force_from`, `armenian_report_minutes`, `azerbaijani_report_minutes` (whole numbers or missing),
    `source_ids`.
    """
    columns = ["in_force_from", "armenian_report_minutes", "azerbaijani_report_minutes", "source_ids"]
    return tables.load("truces").sort_values("in_force_from")[columns]


def deaths_of(year: int) -> pd.DataFrame:
    """Return UCDP's deaths of a year, both countries of event together, under its two rules.

    Columns: `counted` ("within single months", "in the whole year"), `deaths`, `source_ids`.
    """
    monthly, yearly = tables.load("deaths_monthly"), tables.load("deaths_yearly")
    some = monthly[monthly["month"].dt.year == year], yearly[yearly["year"] == year]
    cited = [tuple(dict.fromkeys(one for ids in rows["source_ids"] for one in ids)) for rows in some]
    deaths = [int(rows["deaths"].sum()) for rows in some]
    return pd.DataFrame(
        {"counted": ["within single months", "in the whole year"], "deaths": deaths, "source_ids": cited}
    )


# ---------------------------------------------------------------- growth


def growth_of_azerbaijans_count() -> float:
    """Return by how many per cent Azerbaijan's own count of its soldiers killed grew from first to last report."""
    return float(growth.growth("azerbaijani").set_index("claimed_by").at["azerbaijan", "percent"])


def near(given: float, solved: float) -> bool:
    """Say whether a percentage is right: one rounded to a whole number counts too."""
    return abs(given - solved) <= 0.5


def explain_growth(given: float, solved: float) -> str:
    row = growth.growth("azerbaijani").set_index("claimed_by").loc["azerbaijan"]
    if near(given, solved):
        first, last = date_text(row["first_date"]), date_text(row["last_date"])
        late = (row["first_date"] - events.moment("trilateral_statement_2020", end=True)).days
        when = (
            f"The first count came {count(late, 'day')} after the ceasefire. A count that begins in the war grows more; "
            "that says nothing about honesty. "
            if late > 0
            else ""
        )
        told = f"{number(solved, 1)} per cent, from {number(row['first'])} ({first}) to {number(row['last'])} ({last})."
        return f"{told} {when}{_like_with_unlike()}".strip()
    ends = own_counts("armenian").groupby("claimant")["figure"].agg(["first", "last"])
    others = [*growth.growth("armenian")["percent"], *(100 * ends["last"] / ends["first"] - 100)]
    if any(near(given, percent) for percent in others):
        return (
            "That is how much a count of the Armenian side grew. You are asked for Azerbaijan's, in the second table."
        )
    if near(given, solved + 100):
        return "That is the last count in per cent of the first. How much more is it than 100?"
    if given == row["last"] - row["first"]:
        return "That is the difference in people. Divide it by the first count, and multiply by 100."
    if near(given, 100 * (row["last"] - row["first"]) / row["last"]):
        return "You divided by the last count. Growth is measured from where it began: divide by the first."
    return "Take the last count less the first, divide by the first, multiply by 100. The worked example does it for Armenia."


def _like_with_unlike() -> str:
    """Say how much the count of the worked example would have grown had its first row counted the same as the last."""
    rows = own_counts("armenian")
    rows = growth.reports(rows[rows["claimant"] == names.actor("armenia")])
    first, last = rows.iloc[0], rows.iloc[-1]
    if first["definition"] == last["definition"]:
        return ""
    percent = 100 * last["figure"] / first["figure"] - 100
    return (
        f"In the worked example the first row was left out, for it counts something else ({first['definition']}): "
        f"with it the growth would have been {number(percent)} per cent. A change of what is counted looks like growth."
    )


# ---------------------------------------------------------------- truces


def minutes_of_quiet() -> int:
    """Return after how many minutes a breach was first reported with its minute, by either side, the truces together."""
    minutes = truce_minutes()[["armenian_report_minutes", "azerbaijani_report_minutes"]]
    return int(minutes.min(axis="columns").sum())


def explain_minutes(given: int, solved: int) -> str:
    minutes = truce_minutes()[["armenian_report_minutes", "azerbaijani_report_minutes"]]
    earliest = [int(one) for one in minutes.min(axis="columns")]
    untimed = int(minutes.isna().any(axis="columns").sum())
    gap = (
        f" For {count(untimed, 'truce')} one side gave no minute. That is neither a zero nor a late report: open its card."
        if untimed
        else ""
    )
    if given == solved:
        parts = " + ".join(map(str, earliest))
        return f"{parts} = {count(solved, 'minute')}.{gap} Each report is one side's claim about the other: that a side reported a breach is a fact, who broke the truce is not settled by it."
    if given == int(minutes.max(axis="columns").sum()):
        return f"You took the later report of each truce; the question asks for the first.{gap}"
    if given in [int(minutes[column].sum()) for column in minutes]:
        return f"You added up one side's reports only. Take the earlier of the two in each row.{gap}"
    return f"Take the smaller number of minutes in each row, and add up the three.{gap}"


# ---------------------------------------------------------------- floor


def missing_share() -> float:
    """Return the per cent of the year's deaths that the monthly counts do not hold."""
    months, year = deaths_of(YEAR)["deaths"]
    return 100 * (year - months) / year


def explain_floor(given: float, solved: float) -> str:
    months, year = deaths_of(YEAR)["deaths"]
    if abs(given - solved) <= 1:
        return (
            f"{number(solved)} per cent: the months hold {number(months)} of {number(year)}. Events that UCDP dates "
            "across two months stand in no month. So the monthly bars of autumn 2020 are a floor, not a count."
        )
    if abs(given - (100 - solved)) <= 1:
        return "That is the share which the months do hold. The question asks for the rest."
    if given == year - months:
        return "That is the number of deaths that the months miss. Give it in per cent of the year's total."
    return "Take the year's total less the months' total, divide by the year's total, multiply by 100."


# ---------------------------------------------------------------- rank


def two_orders(answer: Any) -> tuple[str, str]:
    """Read two rankings of A, B and C: ("CAB", "ABC"), or text with a slash between them: "CAB / ABC"."""
    both = readers.pair(answer)
    if both is None:
        raise readers.Unreadable("Give two rankings with a slash between them, such as “ABC / ABC”.")
    first, second = (readers.letters(one, how_many=3) for one in both)
    return first, second


def one_right_pair() -> tuple[str, str]:
    """Return one pair of rankings out of many, for the first incident: by access to the place, and by who is a party."""
    rows = reports.reports(next(iter(reports.STRIKES.values())))
    ground = rows.sort_values(["access", "letter"], key=lambda column: column != "on_the_spot", kind="stable")
    wanted = rows.sort_values("author_kind", key=lambda column: column != "party", kind="stable")
    first, second = "".join(ground["letter"]), "".join(wanted["letter"])
    return (first, second) if first != second else (first, second[::-1])


MADE_FOR = {
    "own_public": "the public at home",
    "foreign_governments": "foreign governments",
    "general_public": "readers everywhere",
}


def access_and_audience(event_id: str) -> str:
    """Say of the reports on an incident which had people at the place, which speak for a side, and for whom each was made."""
    rows = reports.reports(event_id)

    def lettered(mask: pd.Series) -> str:
        return listing(rows.loc[mask, "letter"]) or "none"

    place = names.place(tables.load("events").set_index("event_id")["place_ids"][event_id][0])
    audiences = "; ".join(
        f"{lettered(rows['audience'] == one)} for {words}"
        for one, words in MADE_FOR.items()
        if one in set(rows["audience"])
    )
    there, party = lettered(rows["access"] == "on_the_spot"), lettered(rows["author_kind"] == "party")
    return f"{place}: people at the place, {there}; speaking for a side, {party}; made {audiences}."


def explain_rank(given: tuple[str, str], solved: tuple[str, str]) -> str:
    if given[0] == given[1]:
        return (
            "The two rankings are the same. A source is not good or bad as such, but good for a question. "
            "Who could see the place? And who speaks for the side whose wishes you ask about?"
        )
    told = " ".join(access_and_audience(event_id) for event_id in reports.STRIKES.values())
    return (
        f"Both rankings are complete, and they differ; no more is checked, for no ranking is the right one. {told} "
        "Access helps with the first question; with the second, a side's own words to the readers it chose. "
        "Say why yours is as it is."
    )


EXERCISES = Exercises(
    {
        "ex02_growth": Exercise(
            read=readers.number,
            solve=growth_of_azerbaijans_count,
            explain=explain_growth,
            start="Put a number of per cent in place of None.",
            hints=(
                "Of the rows that count the same, the first and the last are enough.",
                "Difference, divided by the first count, times 100.",
            ),
            prompt="By how many per cent did Azerbaijan's own count of its soldiers killed grow from its first to its last report?",
            fits=near,
        ),
        "ex02_minutes": Exercise(
            read=readers.whole_number,
            solve=minutes_of_quiet,
            explain=explain_minutes,
            start="Put a number of minutes in place of None.",
            hints=(
                "In each row, whose report names the earlier minute?",
                "An empty cell means that this side named no minute: take the other one.",
            ),
            prompt="After how many minutes, the three truces together, was a breach first reported with its minute, by either side?",
        ),
        "ex02_floor": Exercise(
            read=readers.number,
            solve=missing_share,
            explain=explain_floor,
            start="Put a number of per cent in place of None.",
            hints=("How many deaths of the year stand in no month?", "That number, divided by the year's, times 100."),
            prompt=f"What share of UCDP's deaths of {YEAR}, in per cent, do its monthly counts miss?",
            fits=lambda given, solved: abs(given - solved) <= 1,
        ),
        "ex02_rank": Exercise(
            read=two_orders,
            solve=one_right_pair,
            explain=explain_rank,
            start="Put two rankings between the quotes, the best source first, such as “ABC / ABC”.",
            hints=("For the first question: who was at the place?", "For the second: whose wishes do you ask about?"),
            prompt="Rank three reports on one strike for two questions: what happened on the ground, and what each side wanted believed.",
            fits=lambda given, solved: given[0] != given[1],
        ),
    }
)
