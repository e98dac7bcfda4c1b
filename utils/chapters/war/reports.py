"""Three reports, one incident: who wrote, when, for whom, with what access; guessed before the texts are read."""

from __future__ import annotations

import pandas as pd

from utils import events, names, tables
from utils.learning.predictions import Prediction
from utils.learning.sourcing import Asked, Text, guess_first
from utils.wording import date_text, listing

STRIKES = {"p02_khankendi": "stepanakert_cluster_2020", "p02_ganja": "ganja_17_october_2020"}  # the earlier one first
ACCESS = {
    "on_the_spot": "Its own people went to the place.",
    "remote": "It worked from pictures, weapons' marks or talks from afar.",
    "party": "It spoke from its own side's knowledge, which nobody else could check.",
    "none_stated": "It does not say how it knew.",
}
OPTIONS = {"a": "A", "b": "B", "c": "C", "several": "More than one", "none": "None"}
GUESSES = {  # short name: title, what is asked
    "spot": ("1. On the spot", "Which rests on what its own people saw at the place, at once or later?"),
    "fired": ("2. Who fired", "Which says which side fired?"),
    "limits": ("3. Limits", "Which says what it could not find out?"),
    "cite": (
        "4. Your choice",
        "Which would you cite for what happened on the ground? There is no right answer; compare it with what you find.",
    ),
}


def reports(event_id: str) -> pd.DataFrame:
    """Return the reports on an incident: the two sides' in alphabetical order, then the one from outside.

    Columns: those of `incident_reports`, `letter` ("A", "B", "C"), and `days_after` (int), from the incident's last day.
    """
    rows = tables.load("incident_reports").query("event_id == @event_id")
    rows = rows.sort_values("speaks_for", na_position="last", kind="stable")
    days = (rows["written_on"] - events.moment(event_id, end=True)).dt.days
    return rows.assign(letter=list("ABC"[: len(rows)]), days_after=days.clip(lower=0))


def strike(event_id: str) -> str:
    """Return what an incident is called before its reports are read: "the strike on Ganja".

    An event's title may hold what its reports dispute, such as a weapon or a number of dead.
    """
    (place_ids,) = tables.load("events").query("event_id == @event_id")["place_ids"]
    return f"the strike on {names.place(place_ids[0])}"


def which(letters: list[str]) -> str:
    """Return the option that names the reports of which something holds."""
    if not letters:
        return "none"
    return letters[0].lower() if len(letters) == 1 else "several"


def asked(event_id: str) -> Asked:
    """Return the four guesses about the reports on an incident."""
    rows = reports(event_id)
    held = {"spot": rows["access"] == "on_the_spot", "fired": rows["says_who_fired"], "limits": rows["names_limits"]}
    letters = {name: rows.loc[mask.astype(bool), "letter"].tolist() for name, mask in held.items()}
    texts = tuple(
        Text(row.author, date_text(row.written_on), row.text, row.source_ids, row.confidence, about(row))
        for row in rows.itertuples()
    )
    told = {0: "none of the three", 1: "it alone"}
    answers = {name: (which(some), told.get(len(some), listing(some))) for name, some in letters.items()}
    return Asked(f"Reports on {strike(event_id)}", "Report", texts, GUESSES, OPTIONS, answers)


def about(row) -> str:
    """Say with what access and for whom a report was made."""
    return f"How it knew: {ACCESS[row.access]} {row.access_detail} For whom: {row.audience_detail}"


def three_reports(id: str) -> Prediction:
    """Return the guesses about one of the two incidents, by the id of the prediction."""
    event_id = STRIKES[id]
    day = events.when(tables.load("events").set_index("event_id").loc[event_id])
    question = f"Three reports on {strike(event_id)} of {day}: what do you expect before you read?"
    note = "What a report says, and what it could not find out, is coded from as much of it as we could read."
    return guess_first(id, question, lambda: asked(event_id), note)
