"""The card of one judgement: what it rests on, what the signatories claimed, and its sources."""

from __future__ import annotations

import pandas as pd

from utils import commitments, tables
from utils.chapters.ceasefire import standing
from utils.chapters.ceasefire.standing import CLASSES, PARTIES
from utils.scenes import Card, Column, Panel, Statement
from utils.wording import date_text, listing

AFTER = "Written after the date:"  # how a remark of the table goes on with ids of sources


def card(key: str) -> Card:
    """Return the card of a judgement, such as "p4_term/2022-12-31/third_party". Raise `KeyError` for an unknown one."""
    commitment_id, as_of, assessor = key.split("/")
    status = tables.load("commitment_status")
    status = status[(status["commitment_id"] == commitment_id) & (status["as_of"] == pd.Timestamp(as_of))]
    row = status.set_index("assessor").loc[assessor]
    promised = commitments.card(commitment_id)
    facts = (
        ("Row", f"commitment_status, {key}"),
        ("Class", CLASSES[row["status"]].name),
        ("Whose judgement", standing.assessor(assessor)),
        ("Rests on", row["assessed_by"]),
        *(fact for fact in promised.facts if fact[0] != "Row"),
    )
    return Card(
        title=f"{promised.title}: {CLASSES[row['status']].name}",
        date=f"as of {date_text(row['as_of'])}",
        facts=facts,
        text=row["finding"],
        panels=(_claims(status),) if status["assessor"].isin(PARTIES).any() else (),
        source_ids=row["source_ids"],
        confidence=row["confidence"],
        note=_note(row),
    )


def _note(row: pd.Series) -> str:
    """Return the row's remark, with the sources that were written after the date named as readers know them."""
    remark = row["note"].partition(AFTER)[0] if isinstance(row["note"], str) else ""
    sources = tables.load("sources").set_index("source_id").loc[list(row["source_ids"])]
    later = sources[sources["published"].fillna("") > f"{row['as_of']:%Y-%m-%d}"]
    if later.empty:
        return remark.strip()
    told = listing(f"{one.publisher} ({date_text(one.published)})" for one in later.itertuples())
    return f"{remark} Written after the date, so that a reader on that day could not know it: {told}.".strip()


def _claims(status: pd.DataFrame) -> Panel:
    """Return what the signatories claimed of a commitment for a day, side by side."""

    def column(party: str) -> Column:
        some = status[status["assessor"] == party]
        said = (
            Statement(
                f"{row.finding} (We class this as “{CLASSES[row.status].name}”.)",
                row.assessed_by,
                source_ids=row.source_ids,
                confidence=row.confidence,
            )
            for row in some.itertuples()
        )
        return Column(standing.assessor(party), tuple(said) or (Statement("We found no statement for this date."),))

    russia = column("russia") if (status["assessor"] == "russia").any() else None
    return Panel("What the signatories claimed", column("armenia"), column("azerbaijan"), below=russia)
