"""One event, three voices: what each side says of it, and what an outside body said."""

from __future__ import annotations

import pandas as pd

from utils import events, tables
from utils.scenes import Column, Panel, Scene, Step
from utils.wording import count

CHOSEN = ("war_begins_2020", "september_clashes_2022", "four_day_war_2016")
OUTSIDE = "From outside"


def select_accounts(event: str) -> pd.DataFrame:
    """Return all accounts of an event, the sides first (columns of `event_accounts`, and `voice` in words)."""
    voices = events.SIDES | {"outside": OUTSIDE}
    rows = tables.load("event_accounts").query("event_id == @event")
    rows = rows.assign(voice=rows["side"].map(voices), place=rows["side"].map(list(voices).index))
    return rows.sort_values("place", kind="stable").drop(columns="place")


def describe_accounts(rows: pd.DataFrame, event: str) -> str:
    """Say what the event is, and how much space each voice has."""
    words = rows.groupby("voice", sort=False)["account"].agg(lambda texts: sum(len(text.split()) for text in texts))
    space = "; ".join(f"{voice}: {count(int(size), 'word')}" for voice, size in words.items())
    summary = tables.load("events").set_index("event_id")["summary"][event]
    return f"In the pack's own words: {summary} ({space})"


def voices_panel(rows: pd.DataFrame, event: str) -> list[Panel]:
    """Return the two sides' accounts side by side, and the outside one below."""
    title = tables.load("events").set_index("event_id")["title"][event]
    left, right = (Column(name, events.statements(event, side)) for side, name in events.SIDES.items())
    outside = events.statements(event, "outside")
    return [Panel(title, left, right, below=Column(OUTSIDE, outside) if outside else None)]


def three_voices() -> Scene:
    """One event, three voices."""
    titles = tables.load("events").set_index("event_id")["title"]
    return Scene(
        id="start-voices",
        question="One event, three voices: which verbs does each choose?",
        rows=select_accounts,
        reading=describe_accounts,
        panels=voices_panel,
        controls=(Step("event", "Event", {one: titles[one] for one in CHOSEN}),),
        columns={
            "voice": "Voice",
            "speaker": "Speaker",
            "statement_date": "Date",
            "account": "Account",
            "confidence": "Confidence",
        },
        note="An outside body is not a judge: it, too, chose its words, and when to speak.",
    )
