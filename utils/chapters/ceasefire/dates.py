"""Dates kept and missed: when each commitment was due, when it was done, and what the kept ones have in common."""

from __future__ import annotations

import pandas as pd

from utils import commitments
from utils.chapters.ceasefire import dates_chart, standing
from utils.chapters.ceasefire.points import card
from utils.scenes import Scene, Step
from utils.wording import count, date_text, number

GROUPS = {  # has a day or a term, one side alone owes it: what the two have to do with being kept
    (True, True): "A day, one side owes it",
    (True, False): "A day, several owe it",
    (False, True): "No day, one side owes it",
    (False, False): "No day, several owe it",
}


def select_dates(as_of: str) -> pd.DataFrame:
    """Return the commitments by group, with how late each was and its class at a day.

    Columns: those of `commitments.owed`; `group` (of `GROUPS`), `days_late` (Int64: from the day in the text to the
    day done; missing where either is), `days_moved` (Int64: by how much a later day was agreed), `status_id`, `status`
    (our third-party reading at the day, id and words).
    """
    rows = commitments.owed()
    classes = standing.at(pd.Timestamp(as_of))
    found = [classes[one] for one in rows["commitment_id"]]
    alone = [len(one) == 1 for one in rows["obliged_ids"]]
    rows = rows.assign(
        group=[GROUPS[pair] for pair in zip(rows["dated"], alone, strict=True)],
        days_late=(rows["done_day"] - rows["deadline"]).dt.days.astype("Int64"),
        days_moved=(rows["deadline_changed_to"] - rows["deadline"]).dt.days.astype("Int64"),
        status_id=found,
        status=[standing.CLASSES[one].name for one in found],
    )
    order = rows["group"].map(list(GROUPS.values()).index)
    return rows.assign(order=order).sort_values(["order", "deadline", "point"], kind="stable").drop(columns="order")


def kept(rows: pd.DataFrame) -> pd.DataFrame:
    """Return for each group how many commitments it has and how many were carried out (index: the group).

    Columns: `commitments`, `carried_out` (int).
    """
    done = rows["status_id"].isin(standing.DONE)
    found = done.groupby(rows["group"]).agg(["size", "sum"]).reindex(GROUPS.values())
    return found.set_axis(["commitments", "carried_out"], axis="columns").astype(int)


def describe_dates(rows: pd.DataFrame, as_of: str) -> str:
    """Say how many of each group were carried out at a day, and which dates were missed, by how much."""
    shares = kept(rows)
    told = "; ".join(f"“{row.Index}”, {row.carried_out} of {row.commitments}" for row in shares.itertuples())
    late = rows[rows["days_late"].fillna(0) > 0]
    kept_days = int((rows["days_late"] == 0).sum())
    missed = " ".join(_told_of_delay(row) for row in late.itertuples())
    return f"Carried out by {date_text(pd.Timestamp(as_of))}, by our third-party reading: {told}. Done on the day itself: {count(kept_days, 'commitment')}. {missed}".strip()


def _told_of_delay(row) -> str:
    told = f"{row.title} was due on {date_text(row.deadline)} and done on {date_text(row.done_day)}, {count(row.days_late, 'day')} later"
    if pd.isna(row.days_moved):
        return f"{told}."
    rest = row.days_late - row.days_moved
    return f"{told}; the day had been moved by {number(row.days_moved)} days" + (
        ", and the new one was kept." if rest <= 0 else f", and the new one missed by {number(rest)}."
    )


def dates_kept() -> Scene:
    """Due and done, and how many of each group were carried out at a day of judgement."""
    last = standing.last_of_period()
    days = {f"{day:%Y-%m-%d}": date_text(day) for day in standing.dates() if day <= last}
    total = len(commitments.owed())
    return Scene(
        id="ceasefire-dates",
        question="What do the promises that were kept have in common?",
        rows=select_dates,
        figure=lambda rows, as_of: dates_chart.drawn(rows, kept(rows), as_of),
        reading=describe_dates,
        controls=(Step("as_of", "Class at", days, value=f"{last:%Y-%m-%d}"),),
        columns={
            "title": "Commitment",
            "point": "Point",
            "owes": "Who owes it",
            "due": "By when",
            "done": "Done",
            "days_late": "Days late",
            "group": "Group",
            "status": "Class",
            "confidence": "Confidence",
        },
        key="commitment_id",
        card=card,
        height=dates_chart.height(total + len(GROUPS)),
        note="The left part shows the first weeks day by day, the middle the years to the end of the first term. Behind each promise stands who owes it. A dot says when "
        "it was first done; the class says how it stood at the date. “Done” needs one day "
        "on which it was done: a road kept open, or a place guarded, has none. Seven dated promises are few: read the pattern "
        "as a question, not as a law.".replace("Seven", number(int(commitments.owed()["dated"].sum()))),
    )
