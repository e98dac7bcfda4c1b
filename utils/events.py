"""The events table as readers meet it: rows ready for a chart, and the card of one event with both accounts."""

from __future__ import annotations

import pandas as pd

from utils import names, tables
from utils.atlas.base import locator
from utils.scenes.cards import Card, Column, Panel, Statement
from utils.wording import date_text, listing, span_text

SIDES = {"armenia": "Armenian accounts", "azerbaijan": "Azerbaijani accounts"}  # alphabetical, as everywhere
KINDS = {
    "war": "war",
    "clash": "clash",
    "ceasefire": "ceasefire",
    "agreement": "agreement",
    "mediation": "mediation",
    "political_change": "political change",
    "legal": "law",
    "humanitarian": "people",
    "economic": "economy",
    "external_shock": "events elsewhere",
}
LANES = {"fighting": "Fighting", "talks": "Talks", "society": "Politics"}
LANE_OF_KIND = {
    "war": "fighting",
    "clash": "fighting",
    "ceasefire": "talks",
    "agreement": "talks",
    "mediation": "talks",
    "political_change": "society",
    "legal": "society",
    "humanitarian": "society",
    "economic": "society",
    "external_shock": "society",
}
IMPORTANCE = {1: "turning point", 2: "main thread", 3: "detail"}


def when(event: pd.Series) -> str:
    """Return an event's date or period as readers see it."""
    return span_text(event["date_start"], event["date_end"], event["date_precision"])


def moment(event_id: str, end: bool = False) -> pd.Timestamp:
    """Return the first day of an event (with `end`, the last). Raise `KeyError` for an unknown id."""
    event = tables.load("events").set_index("event_id").loc[event_id]
    return event["date_end"] if end and not pd.isna(event["date_end"]) else event["date_start"]


def statements(event_id: str, side: str) -> tuple[Statement, ...]:
    """Return what one side says of an event, in the order of the table `event_accounts`."""
    told = tables.load("event_accounts").query("event_id == @event_id and side == @side")
    return tuple(
        Statement(
            text=row.account,
            speaker="" if row.speaker == SIDES.get(side) else row.speaker,  # the column's title says it already
            date=date_text(row.statement_date) if isinstance(row.statement_date, str) else "",
            source_ids=row.source_ids,
            confidence=row.confidence,
        )
        for row in told.itertuples()
    )


def accounts(event_id: str) -> Panel:
    """Return both sides' accounts of an event, Armenian first because the alphabet says so."""
    left, right = (Column(title, statements(event_id, side)) for side, title in SIDES.items())
    return Panel("Two accounts", left, right)


def card(event_id: str) -> Card:
    """Return the card of an event. Raise `KeyError` for an unknown id."""
    event = tables.load("events").set_index("event_id").loc[event_id]
    who = names.labels(event["actor_ids"]) + names.labels(event["person_ids"], names.person)
    where = names.labels((one for one in event["place_ids"] if one != "not_applicable"), names.place)
    facts = [
        ("Row", f"events, {event_id}"),
        ("Kind", f"{KINDS[event['kind']]}, {IMPORTANCE[event['importance']]}"),
        ("Who", listing(who)),
    ]
    return Card(
        title=event["title"],
        date=when(event),
        facts=tuple(facts + ([("Where", listing(where))] if where else [])),
        text=event["summary"],
        panels=(accounts(event_id),) if event["contested"] else (),
        source_ids=event["source_ids"],
        confidence=event["confidence"],
        chart=locator(event["place_ids"]),
    )
