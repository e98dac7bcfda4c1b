"""The truces of the war of autumn 2020: from when, on what terms, and how soon each side reported a breach."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from utils import events, names, tables
from utils.scenes import Aside, Card, Column, Panel, Statement
from utils.wording import count, date_text, listing

SIDES = {"armenian": "armenia", "azerbaijani": "azerbaijan"}  # the side of a report: whose ink and symbol
NO_TIME = "no minute given"


def truces() -> pd.DataFrame:
    """Return the truces of the war in order of time.

    Columns: those of `truces`, and `in_force` (Timestamp, local time).
    """
    table = tables.load("truces")
    return table.assign(in_force=pd.to_datetime(table["in_force_from"])).sort_values("in_force")


def delay(minutes: object) -> str:
    """Return how long after a truce's beginning something was reported: "5 minutes", "3 hours and 20 minutes"."""
    if pd.isna(minutes):
        return NO_TIME
    hours, rest = divmod(int(minutes), 60)
    if minutes == 0:
        return "at once"
    if minutes < 120:
        return count(int(minutes), "minute")
    return count(hours, "hour") + (f" and {count(rest, 'minute')}" if rest else "")


def after(delay: str) -> str:
    """Return a delay as part of a sentence: "after 5 minutes", "no minute given", "at once"."""
    return delay if delay in (NO_TIME, "at once") else f"after {delay}"


def terms_of_truces(rows: pd.DataFrame) -> Aside:
    """Return what each truce that is shown was for, and what it said of monitors."""
    table = truces()
    shown = table[table["event_id"].isin(rows["key"])]
    items = (f"{date_text(one.in_force)}, {one.in_force:%H:%M}: {one.terms}" for one in shown.itertuples())
    return Aside("What was agreed", tuple(items), empty="No truce began in these days.")


def card_of_truce(event_id: str) -> Card:
    """Return the card of a truce: both sides' first reports side by side, and what was agreed.

    Raise `KeyError` for an event that is no truce of this war.
    """
    truce = truces().set_index("event_id").loc[event_id]
    card = events.card(event_id)
    columns = [
        Column(
            f"Reported by the {side.capitalize()} side",
            (
                Statement(
                    text=truce[f"{side}_report"],
                    date=after(delay(truce[f"{side}_report_minutes"])),
                    source_ids=truce["source_ids"],
                    confidence=truce["confidence"],
                ),
            ),
        )
        for side in SIDES
    ]
    facts = (
        ("In force from", f"{date_text(truce['in_force'])}, {truce['in_force']:%H:%M} local time"),
        ("Brought about by", listing(names.labels(truce["brokered_by"]))),
        ("Agreed", truce["terms"]),
        *card.facts,
    )
    note = truce["note"] if isinstance(truce["note"], str) else card.note
    return replace(
        card, facts=facts, panels=(Panel("The first breach, as reported", *columns), *card.panels), note=note
    )
