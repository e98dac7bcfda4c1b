"""Figures of harm other than deaths in the war of autumn 2020, by side, kind and maker."""

from __future__ import annotations

import pandas as pd

from utils import claims, names, tables
from utils.chapters.war.growth import EPISODE
from utils.wording import count, number

NO_FIGURE = "no figure found"
KINDS = {
    "wounded": "Wounded",
    "missing": "Missing",
    "captured": "Captured (held or returned)",
    "displaced": "Displaced",
    "homes": "Homes damaged",
    "mines": "Mine victims after the war",
}
RUNNING = ("missing", "captured", "mines")  # counted on and on: the latest figure of each maker stands for all
DISPLACED = ("az_displaced_2020", "am_displaced_2020", "am_still_displaced_2021")  # of `displaced`, those of this war
RETURNED_TO = {"armenia": "armenian", "azerbaijan": "azerbaijani"}
COLUMNS = [
    "key",
    "kind",
    "kind_name",
    "side",
    "side_name",
    "figure",
    "figure_low",
    "figure_high",
    "counted_by",
    "party",
    "as_of",
    "definition",
    "source_ids",
    "confidence",
]


def harm() -> pd.DataFrame:
    """Return every figure of our tables on harm of the war of autumn 2020 other than deaths.

    Columns: `key` (table, slash, id of the row), `kind` (of `KINDS`), `kind_name`; `side` ("armenian" or
    "azerbaijani": who was harmed), `side_name`; `figure` (Int64: people, or homes for that kind), `figure_low`, `figure_high` (Int64, missing
    where there is no range); `counted_by` (text), `party` ("armenia", "azerbaijan" or "": whose officials or media
    count), `as_of` (Timestamp), `definition` (what the row's remark says), `source_ids`, `confidence`.
    Rows overlap and are never added up.
    """
    parts = [_of_claims(), _of_prisoners(), _of_displaced(), _of_mines()]
    rows = pd.concat([part for part in parts if len(part)], ignore_index=True)
    same = rows["kind"].eq("displaced") & rows.duplicated(["kind", "side", "figure"])
    rows = rows[~same]  # one figure, held by two tables
    whole = {name: rows[name].astype("Int64") for name in ("figure", "figure_low", "figure_high")}
    rows = rows.assign(kind_name=rows["kind"].map(KINDS), side_name=rows["side"].map(claims.SIDES), **whole)
    order = rows["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return rows.assign(order=order).sort_values(["order", "side", "as_of", "figure"])[COLUMNS].reset_index(drop=True)


def _of_claims() -> pd.DataFrame:
    made = tables.load("casualty_claims")
    made = made[(made["episode_id"] == EPISODE) & made["figure"].notna()]
    made = made[made["category"].isin(KINDS) & made["side_harmed"].isin(claims.SIDES)]
    return made.assign(
        key="casualty_claims/" + made["claim_id"],
        kind=made["category"],
        side=made["side_harmed"],
        counted_by=names.labels(made["claimed_by"]),
        party=[claims.party(one) for one in made["claimed_by"]],
        definition=made["note"].fillna(""),
    )


def _of_prisoners() -> pd.DataFrame:
    """Return the running totals of those who came back; a total for another year's captives is none of them."""
    totals = tables.load("prisoners")
    totals = totals[totals["kind"] == "total"]
    return totals.assign(
        key="prisoners/" + totals["release_id"],
        kind="captured",
        side=totals["returned_to"].map(RETURNED_TO),
        figure=totals["number"],
        counted_by=totals["stated_by"],
        party=totals["claimed_by"].map(party_of),
        as_of=totals["date"],
        definition=totals["what"],
    )


def _of_displaced() -> pd.DataFrame:
    rows = tables.load("displaced")
    rows = rows[rows["figure_id"].isin(DISPLACED)]
    return rows.assign(
        key="displaced/" + rows["figure_id"],
        kind="displaced",
        figure=rows["number"],
        party=rows["claimed_by"].map(party_of),
        as_of=rows["date"],
        definition=rows["group"] + ". " + rows["what"],
    )


def _of_mines() -> pd.DataFrame:
    """Return the running totals of mine victims of all kinds of people, up to the end of the period of this pack."""
    mines = tables.load("mines")
    total = (mines["scope"] == "total") & (mines["kind"] == "victims") & (mines["counted"] == "everybody")
    mines = mines[total & mines["side_harmed"].isin(claims.SIDES) & (mines["date"] <= last_day())]
    return mines.assign(
        key="mines/" + mines["figure_id"],
        kind="mines",
        side=mines["side_harmed"],
        figure=mines["value"],
        counted_by=names.labels(mines["claimed_by"]),
        party=[claims.party(one) for one in mines["claimed_by"]],
        as_of=mines["date"],
        definition=mines["stated_by"] + ". " + mines["what"],
    )


def last_day() -> pd.Timestamp:
    """Return the last day before the epilogue."""
    table = tables.load("events")
    return table.loc[table["period"] == "after_ceasefire_2020_2022", "date_start"].max().replace(month=12, day=31)


def party_of(makers: tuple[str, ...]) -> str:
    """Return the side whose officials or media the makers of a count are; "" for others."""
    (party, *others) = dict.fromkeys(claims.party(one) for one in makers)
    return "" if others else party


def select_harm(kind: str, whose: str) -> pd.DataFrame:
    """Return the figures of one kind, or of every kind the latest, and a row without a figure where a side has none.

    Columns: those of `harm`, and `figure_text` ("1,245", or "no figure found": never zero).
    """
    rows = harm()
    kinds = list(KINDS) if kind == "all" else [kind]
    sides = list(claims.SIDES) if whose == "both" else [whose]
    rows = rows[rows["kind"].isin(kinds) & rows["side"].isin(sides)]
    if kind == "all":
        newest = ~rows.duplicated(["kind", "side", "counted_by"], keep="last")
        rows = rows[~rows["kind"].isin(RUNNING) | newest]
    have = set(rows[["kind", "side"]].itertuples(index=False, name=None))
    gaps = [
        dict(kind=one, kind_name=KINDS[one], side=side, side_name=claims.SIDES[side], definition=remark(one, side))
        for one in kinds
        for side in sides
        if (one, side) not in have
    ]
    empty = pd.DataFrame(gaps, columns=COLUMNS).assign(
        key=[f"none/{gap['kind']}/{gap['side']}" for gap in gaps], counted_by="", party="", confidence=""
    )
    empty["source_ids"] = [()] * len(empty)
    rows = pd.concat([rows.astype(object), empty.astype(object)], ignore_index=True)
    rows = rows.assign(
        order=[(kinds.index(row.kind), sides.index(row.side)) for row in rows.itertuples()],
        as_of=pd.to_datetime(rows["as_of"]),
        **{name: rows[name].astype("Int64") for name in ("figure", "figure_low", "figure_high")},
    )
    rows = rows.sort_values(["order", "as_of", "figure"]).drop(columns="order").reset_index(drop=True)
    return rows.assign(figure_text=[NO_FIGURE if pd.isna(one) else number(one) for one in rows["figure"]])


def remark(kind: str, side: str) -> str:
    """Return what our tables do hold where a side has no figure of a kind: for mines, single blasts."""
    if kind != "mines":
        return ""
    mines = tables.load("mines")
    people = mines["kind"].isin(("killed", "injured", "victims")) & (mines["date"] <= last_day())
    single = mines[people & (mines["scope"] == "single") & (mines["side_harmed"] == side)]
    if single.empty:
        return ""
    return f"No running total; our tables hold {count(single['date'].nunique(), 'single blast')}."
