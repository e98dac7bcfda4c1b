"""Which came first: the ceasefire, or the three mediators? A guess before anything is shown."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, tables, theme
from utils.learning.predictions import Prediction
from utils.scenes import Gate, Pick, Scene
from utils.wording import count, plain

MOMENTS = {  # event to its short name on the chart
    "minsk_conference_1992": "mediation begins",
    "truce_1994": "ceasefire",
    "minsk_cochairs_1997": "three co-chairs",
}
CEASEFIRE, TRIO = "truce_1994", "minsk_cochairs_1997"
GUESSES = {"ceasefire": "The ceasefire", "trio": "The three mediators", "together": "Both in the same year"}


def select_moments(seen: str) -> pd.DataFrame:
    """Return the three events once the guess is made or skipped, oldest first (columns of `events`, `when`, `label`)."""
    table = tables.load("events")
    rows = table[table["event_id"].isin(MOMENTS)].sort_values("date_start")
    rows = rows.assign(label=rows["event_id"].map(MOMENTS), when=[events.when(row) for _, row in rows.iterrows()])
    return rows if seen else rows.head(0)


def moments_figure(rows: pd.DataFrame, guess: str, seen: str) -> go.Figure | None:
    """Draw the events on one line of years, each with its name and date."""
    if rows.empty:  # the gate is closed: no chart, not even an empty one
        return None
    first, last = (events.moment(one).year for one in (next(iter(MOMENTS)), TRIO))
    figure = go.Figure()
    figure.add_scatter(
        x=rows["date_start"],
        y=[0] * len(rows),
        mode="markers+text",
        customdata=rows["event_id"],
        text=[f"{plain(row.label)}<br>{row.when}" for row in rows.itertuples()],
        textposition="top center",
        marker=theme.counted(theme.TEXT, size=14),
        hovertext=[plain(row.title) for row in rows.itertuples()],
        hoverinfo="text",
    )
    marked = {"ceasefire": [CEASEFIRE], "trio": [TRIO], "together": [CEASEFIRE, TRIO]}.get(guess, [])
    for one in marked if seen == "answered" else []:
        figure.add_annotation(
            x=events.moment(one),
            y=-0.35,
            text="your guess",
            arrowhead=0,
            ax=0,
            ay=22,
            arrowcolor=theme.TEXT.light,
            font=dict(size=13, color=theme.TEXT.light),
        )
    figure.update_xaxes(range=[f"{first - 1}-01-01", f"{last + 2}-01-01"], dtick="M12", tickformat="%Y")
    return figure.update_yaxes(visible=False, range=[-1.1, 1.2])


def describe_moments(rows: pd.DataFrame, guess: str, seen: str) -> str:
    """Before: ask. After: say which came first and by how much, and hold it beside the guess."""
    if not seen:
        return "Choose, then open the answer. You may also skip the guess."
    early, late = events.moment(CEASEFIRE).year, events.moment(TRIO).year
    order = "ceasefire" if early < late else "trio" if late < early else "together"
    apart = count(abs(late - early), "year")
    first = {
        "ceasefire": f"The ceasefire came first, by {apart}",
        "trio": f"The three mediators came first, by {apart}",
        "together": "Both came in one year",
    }
    told = (
        f"{first[order]}: the ceasefire took effect in {early}, and France, Russia and the United States became "
        f"co-chairs together in {late}. Mediation as such began in {events.moment('minsk_conference_1992').year}."
    )
    if seen == "skipped" or not guess:
        return told
    return f"{told} Your guess: {GUESSES[guess].lower()}."


def first_or_trio() -> Scene:
    """Which came first, the ceasefire or the three mediators?"""
    return Scene(
        id="history-first",
        question="Which came first: the ceasefire, or the three mediators France, Russia and the United States?",
        rows=select_moments,
        figure=moments_figure,
        reading=describe_moments,
        controls=(Pick("guess", "Your guess", GUESSES), Gate("seen", "Open the answer", skip_label="Skip the guess")),
        columns={"title": "Event", "when": "Date", "confidence": "Confidence"},
        key="event_id",
        card=events.card,
        height=220,
    )


def prediction() -> Prediction:
    """The scene with its guess kept."""
    return Prediction(
        id="p01_first",
        scene=first_or_trio(),
        guess="guess",
        gate="seen",
        words=lambda guess: GUESSES.get(guess, "no choice made"),
    )
