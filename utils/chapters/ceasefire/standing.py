"""How a commitment stood at a date: the eight classes, what each looks like, and by which rule it was chosen."""

from __future__ import annotations

import pandas as pd

from utils import names, tables, theme
from utils.grid import Look
from utils.wording import count, listing

OUTSIDE = "third_party"
PARTIES = ("armenia", "azerbaijan", "russia")  # the signatories, in alphabetical order
CLASSES = {
    "met": Look("M", "met", theme.TEXT),
    "met_late": Look("L", "met late", theme.TEXT, "-", theme.PAGE),
    "partly_met": Look("P", "partly met", theme.PAGE, "/"),
    "disputed": Look("D", "disputed", theme.PAGE, "x"),
    "stalled": Look("S", "stalled", theme.PAGE),
    "breached": Look("B", "breached", theme.NEUTRAL, "|", theme.PAGE),
    "lapsed": Look("O", "lapsed (over)", theme.GRID),
    "not_due": Look("N", "not yet due", theme.PAGE, "."),
}
LATER_ONLY = ("lapsed",)  # no class of the period; a test holds the table to it
EXCEPTION = (
    "One exception after 2022: the operation of September 2023 ended the ceasefire, whoever is held to be at fault."
)
DONE = ("met", "met_late")  # what counts as carried out
RULES = {  # in short; docs/DATA.md has them in full
    "met": "the fact itself is not disputed: a day, an entry of troops, an opening.",
    "met_late": "the same, after the day in the text, even where both sides had agreed on a later one.",
    "partly_met": "begun, but in part, on one side, or without the agreement that the text asks for.",
    "disputed": "the sides differ on the fact or on what the clause covers, and nobody else checked.",
    "stalled": "due in principle, without a day in the text, and nothing delivered.",
    "breached": "the mediator (Russia, which owes promises too) or an outside body named a side that did not keep it, or ordered a side to restore it. "
    "Who, stands in the finding.",
    "lapsed": "the object of the clause is gone, or both sides act under other papers.",
    "not_due": "a day lies ahead, or another step has to come first.",
}


def assessor(one: str) -> str:
    """Return whose assessment it is, as readers see it."""
    return "Our third-party reading" if one == OUTSIDE else names.actor(one)


def classes(day: pd.Timestamp) -> dict[str, Look]:
    """Return the classes that the strip explains up to a day: no commitment had lapsed within the period."""
    later = day > last_of_period()
    return {one: look for one, look in CLASSES.items() if later or one not in LATER_ONLY}


def dates() -> list[pd.Timestamp]:
    """Return the days at which the commitments are judged, in order."""
    return sorted(tables.load("commitment_status")["as_of"].unique())


def last_of_period() -> pd.Timestamp:
    """Return the last of these days that lies in the period of this pack: what comes later is an outlook."""
    return max(day for day in dates() if day.year <= 2022)


def at(day: pd.Timestamp, by: str = OUTSIDE) -> pd.Series:
    """Return the class of each commitment (index: its id) at a day by an assessor; none where it said nothing."""
    rows = tables.load("commitment_status")
    rows = rows[(rows["as_of"] == day) & (rows["assessor"] == by)]
    return rows.set_index("commitment_id")["status"]


def latest(day: pd.Timestamp) -> pd.Timestamp:
    """Return the last day of judgement on or before a day. Raise `ValueError` if there is none."""
    return max(one for one in dates() if one <= day)


def counted(classes: pd.Series) -> str:
    """Return how many commitments stand in each class, in the order of `CLASSES`: "4 met, 1 met late and 7 partly met"."""
    sizes = classes.value_counts()
    return listing(f"{sizes[one]} {look.name}" for one, look in CLASSES.items() if one in sizes)


def carried_out(classes: pd.Series) -> int:
    """Return how many commitments were fully carried out: met, or met late."""
    return int(classes.isin(DONE).sum())


def told(how_many: int) -> str:
    return count(how_many, "commitment")
