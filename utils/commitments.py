"""The commitments of the statement of 9/10 November 2020 as readers meet them: who owes what to whom by when."""

from __future__ import annotations

import pandas as pd

from utils import names, tables
from utils.scenes.cards import Card
from utils.wording import date_text, listing

NO_DAY = "no day given"


def owed() -> pd.DataFrame:
    """Return the commitments in the order of the points.

    Columns: those of `commitments`; `owes` and `owed_to` (names in a list), `due` and `done` (as text, "" for none),
    `done_day` (Timestamp; missing where no single day is known), `dated` (bool: the text gives a day or a term).
    """
    rows = tables.load("commitments")
    ids = sorted({one for column in ("obliged_ids", "beneficiary_ids") for some in rows[column] for one in some})
    called = dict(zip(ids, names.labels(ids, names.within), strict=True))
    return rows.assign(
        owes=[listing(called[one] for one in some) for some in rows["obliged_ids"]],
        owed_to=[listing(called[one] for one in some) for some in rows["beneficiary_ids"]],
        due=[due(row) for row in rows.itertuples()],
        done=["" if pd.isna(day) else date_text(day) for day in rows["done_on"]],
        done_day=pd.to_datetime(rows["done_on"].where(rows["done_on"].str.len() == len("2020-11-10"))),
        dated=rows["deadline"].notna(),
    )


def due(row) -> str:
    """Return the day by which a commitment (a row as a tuple) was due, with the later one agreed; "" for none."""
    if pd.isna(row.deadline):
        return ""
    moved = "" if pd.isna(row.deadline_changed_to) else f", moved to {date_text(row.deadline_changed_to)}"
    return date_text(row.deadline) + moved


def card(commitment_id: str, *facts: tuple[str, str]) -> Card:
    """Return the card of a commitment, with more `facts` after the point. Raise `KeyError` for an unknown id."""
    row = owed().set_index("commitment_id").loc[commitment_id]
    point = tables.load("ceasefire_points").set_index("point").loc[row["point"]]
    return Card(
        title=row["commitment"],
        facts=(
            ("Row", f"commitments, {commitment_id}"),
            ("Point", f"{row['point']}. {point['title']}"),
            *facts,
            ("Who owes it", row["owes"]),
            ("To whom", row["owed_to"]),
            ("Due", row["due"] or NO_DAY),
            ("Done", row["done"] or "no single day"),
            ("How one could tell", row["measure"]),
        ),
        text=point["paraphrase"],
        source_ids=tuple(dict.fromkeys([*row["source_ids"], *point["source_ids"]])),
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )
