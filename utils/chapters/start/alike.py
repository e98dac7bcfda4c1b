"""On how many events is no difference between the sides on record? A guess, then the count."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, tables, theme
from utils.learning.predictions import Prediction
from utils.scenes import Gate, Number, Scene
from utils.wording import count, number


def select_told(seen: str) -> pd.DataFrame:
    """Return one row a lane once the guess is made or skipped: `lane`, `alike`, `differently` (rows of `events`), `source_ids`."""
    table = tables.load("events")
    lanes = table["kind"].map(events.LANE_OF_KIND).map(events.LANES)
    rows = pd.DataFrame(
        [
            {
                "lane": lane,
                "alike": int((~some["contested"]).sum()),
                "differently": int(some["contested"].sum()),
                "source_ids": tuple(dict.fromkeys(one for ids in some["source_ids"] for one in ids)),
            }
            for lane in events.LANES.values()
            if len(some := table[lanes == lane])
        ]
    )
    return rows if seen else rows.head(0)


def told_figure(rows: pd.DataFrame, guess: int, seen: str) -> go.Figure | None:
    """Draw one bar a lane and one for all, in percent: told alike filled, differently dotted; the guess as a line."""
    if rows.empty:  # the gate is closed: no chart, not even an empty one
        return None
    sizes = pd.concat([rows, pd.DataFrame([{"lane": "All", **rows[["alike", "differently"]].sum()}])])
    whole = sizes["alike"] + sizes["differently"]
    figure = go.Figure()
    looks = {
        "alike": ("no difference on record", dict(color=theme.NEUTRAL.light)),
        "differently": (
            "told differently by the two sides",
            dict(
                color=theme.PAGE.light,
                pattern=dict(shape=".", fgcolor=theme.TEXT.light, bgcolor=theme.PAGE.light, size=7),
                line=dict(color=theme.TEXT.light, width=1.5),
            ),
        ),
    }
    for column, (name, marker) in looks.items():
        figure.add_bar(
            y=sizes["lane"],
            x=sizes[column] / whole * 100,
            customdata=sizes[column],
            orientation="h",
            name=name,
            marker=marker,
            hovertemplate="%{y}, " + name + ": %{customdata} events, %{x:.0f} percent<extra></extra>",
        )
    if seen == "answered":
        figure.add_vline(x=guess, line=dict(color=theme.TEXT.light, dash="dot", width=2))
        left = guess > 50
        figure.add_annotation(
            x=guess,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor="right" if left else "left",
            text=f"your guess: {guess}",
            showarrow=False,
            font=dict(size=13, color=theme.TEXT.light),
        )
    figure.update_layout(barmode="stack", showlegend=True, legend=dict(traceorder="normal", y=1.12))
    figure.update_yaxes(autorange="reversed", ticksuffix=" ")
    return figure.update_xaxes(title_text="percent of the events in our table", range=[0, 100])


def share_alike() -> float:
    """Return the share of events on which no difference is on record, in percent."""
    return float((~tables.load("events")["contested"]).mean() * 100)


def describe_told(rows: pd.DataFrame, guess: int, seen: str) -> str:
    """Before: ask. After: the share, by lane, beside the guess."""
    if not seen:
        return "Set the slider to your guess, then compare."
    whole = int(rows[["alike", "differently"]].sum().sum())
    alike = int(rows["alike"].sum())
    most = rows.loc[(rows["differently"] / (rows["alike"] + rows["differently"])).idxmax()]
    share = most["differently"] / (most["alike"] + most["differently"]) * 100
    told = (
        f"{number(share_alike())} percent: for {alike} of {count(whole, 'event')} no difference between the sides is on record. "
        f"They differ most often under “{most['lane']}”, on {number(share)} percent of the events."
    )
    if seen == "skipped":
        return told
    off = guess - round(share_alike())
    beside = "as in the table" if off == 0 else f"{abs(off)} {'above' if off > 0 else 'below'} the table"
    return f"{told} You guessed {guess} percent: {beside}."


def told_alike() -> Scene:
    """For what share of the events is no difference between the sides on record?"""
    return Scene(
        id="start-alike",
        question="For what share of the events in this pack is no difference between the sides on record?",
        rows=select_told,
        figure=told_figure,
        reading=describe_told,
        controls=(
            Number("guess", "Your guess", first=0, last=100, step=5, value=50, unit="percent"),
            Gate("seen", "Compare with the tables", skip_label="Skip the guess"),
        ),
        columns={"lane": "Kind", "alike": "No difference on record", "differently": "Told differently"},
        height=290,
        note="We mark an event as told differently where both sides' accounts are on record and differ. "
        "No difference on record does not mean that none exists.",
    )


def prediction() -> Prediction:
    """The scene with its guess kept."""
    return Prediction(
        id="p00_alike", scene=told_alike(), guess="guess", gate="seen", words=lambda guess: f"{guess} percent"
    )
