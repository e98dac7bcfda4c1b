"""The round of November 2022, which the founding article looks ahead to: what was announced, and what became of it."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from utils import events, meetings, names, tables, theme
from utils.scenes import Aside, Choice, Panel, Scene
from utils.wording import count, date_text, listing, plain, span_text

CAME = {  # what came of an announcement: in words, symbol
    "held": ("held, in the time announced", "circle"),
    "late": ("held, later than announced", "circle-open-dot"),
    "called_off": ("set for a later day, and called off", "x-thin-open"),
}
EARLIER = "2022-10-06_prague_eu"  # a meeting of the leaders that nobody had announced in August
LAST_ROUND = "leaders_2022"
ROW, HEAD = 84, 92  # px


def select_rounds() -> pd.DataFrame:
    """Return what was announced on 31 August 2022, in the table's order.

    Columns: those of `announced_rounds`; `date_start`, `place` of the meeting that came of it, `announced` (day), `due`
    (span), `came` (both as text).
    """
    rows = tables.load("announced_rounds")
    met = tables.load("meetings").set_index("meeting_id")
    return rows.assign(
        date_start=met.loc[rows["meeting_id"], "date_start"].tolist(),
        place=names.labels(met.loc[rows["meeting_id"], "place_id"], names.place),
        announced=[date_text(met.at[one, "date_start"]) for one in rows["announced_in"]],
        due=[span_text(*span) for span in zip(rows["due_from"], rows["due_to"], strict=True)],
        came=[CAME[one][0] for one in rows["came_of_it"]],
    )


def rounds_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw for each announcement the time announced as a bar, and what came of it as a mark."""
    places = list(range(len(rows)))
    day = pd.Timedelta(days=1)
    spans = dict(
        type="bar",
        orientation="h",
        y=places,
        base=rows["due_from"].tolist(),
        x=[
            (last - first + day) / pd.Timedelta(milliseconds=1)
            for first, last in zip(rows["due_from"], rows["due_to"], strict=True)
        ],
        width=0.2,
        name="time announced",
        marker=dict(
            color=theme.EU_TRACK.light,
            pattern=dict(shape="/", fgcolor=theme.PAGE.light, solidity=0.5, size=6, fillmode="overlay"),
        ),
        hoverinfo="skip",
    )
    marks = [_marks(rows[rows["came_of_it"] == kind], places, kind, rows) for kind in CAME]
    start = rows["due_from"].min()
    prague = meetings.of_period().set_index("meeting_id").loc[EARLIER]
    also = dict(
        type="scatter",
        x=[prague["date_start"]],
        y=[rows.index.get_loc(rows.index[rows["round_id"] == LAST_ROUND][0])],
        mode="markers+text",
        name="leaders met elsewhere",
        text=[_day(prague["date_start"])],
        textposition="top center",
        textfont=dict(size=12, color=theme.TEXT.light),
        customdata=[EARLIER],
        hovertext=[plain(f"{prague['when']}, {prague['place']}: {prague['topic']}")],
        hoverinfo="text",
        marker=dict(symbol="diamond", size=14, color=theme.TEXT.light, line=dict(color=theme.PAGE.light, width=1.5)),
    )
    layout = dict(
        margin=dict(t=HEAD, b=8),
        barmode="overlay",
        xaxis=dict(
            type="date",
            range=[start - 5 * day, meetings.PERIOD_END + 5 * day],
            dtick="M1",
            tickformat="%b<br>%Y",
            tickfont=dict(size=12),
        ),
        yaxis=dict(
            range=[len(rows) - 0.5, -0.5],
            tickvals=places,
            ticktext=["<br>".join(textwrap.wrap(plain(one), 18)) for one in rows["title"]],
            tickfont=dict(size=13),
            ticks="",
            showgrid=False,
            zeroline=False,
        ),
        legend=dict(font=dict(size=12), itemclick=False, itemdoubleclick=False),
    )
    return go.Figure(dict(data=[spans, *marks, also], layout=layout))


def _day(moment: pd.Timestamp) -> str:
    return f"<b>{moment.day} {moment:%b}</b>"


def _marks(some: pd.DataFrame, places: list[int], kind: str, rows: pd.DataFrame) -> dict:
    name, symbol = CAME[kind]
    return dict(
        type="scatter",
        x=some["date_start"].tolist() or [None],
        y=[places[rows.index.get_loc(one)] for one in some.index] or [None],
        mode="markers+text",
        name=name,
        text=[_day(day) for day in some["date_start"]],
        textposition="top center",
        textfont=dict(size=12, color=theme.TEXT.light),
        customdata=some["meeting_id"].tolist(),
        hovertext=[plain(f"{row.title}: {came_on(kind, row.date_start)} ({row.place})") for row in some.itertuples()],
        hoverinfo="text",
        marker=dict(symbol=symbol, size=15, color=theme.TEXT.light, line=dict(width=2.5, color=theme.TEXT.light)),
    )


def came_on(kind: str, day: pd.Timestamp) -> str:
    """Return what came of an announcement, with its day: "set for 7 December 2022, and called off"."""
    if kind == "called_off":
        return f"set for {date_text(day)}, and called off"
    return f"{CAME[kind][0]}, on {date_text(day)}"


def describe_rounds(rows: pd.DataFrame) -> str:
    """Say how much of what was announced took place as named, and what became of the leaders' round."""
    kept = int((rows["came_of_it"] == "held").sum())
    told = f"{count(len(rows), 'meeting')} were announced on {rows['announced'].iloc[0]}; {kept or 'none'} of them took place in the time announced. "
    each = ". ".join(f"{row.title}: {came_on(row.came_of_it, row.date_start)}" for row in rows.itertuples())
    met = meetings.of_period().set_index("meeting_id").loc[EARLIER]
    return (
        f"{told}{each}. The leaders had met in {met['place']} on {met['when']}, which nobody had announced in August."
    )


def what_happened(rows: pd.DataFrame, followed: str) -> Aside:
    """Return what became of the chosen announcement, in the pack's words."""
    row = rows.set_index("round_id").loc[followed]
    return Aside(row["title"], (f"Announced for {row['due']}.", row["told"]))


def both_accounts(rows: pd.DataFrame) -> list[Panel]:
    """Return why the leaders' round was called off, in each side's words."""
    told = events.accounts("brussels_cancelled_2022")
    return [Panel("Why the leaders did not meet in Brussels: two accounts", told.left, told.right, open=True)]


def november_round() -> Scene:
    """The round announced for November 2022, and what became of it."""
    rows = select_rounds()
    return Scene(
        id="mediation-november",
        question="The article awaits a next round under the EU in November 2022. What became of it?",
        rows=select_rounds,
        figure=rounds_figure,
        reading=describe_rounds,
        aside=what_happened,
        panels=both_accounts,
        controls=(
            Choice("followed", "Follow", dict(zip(rows["round_id"], rows["title"], strict=True)), value=LAST_ROUND),
        ),
        columns={
            "title": "Announced",
            "due": "Time announced",
            "came": "What came of it",
            "date_start": "Day",
            "place": "Place",
            "told": "What happened",
            "confidence": "Confidence",
        },
        key="meeting_id",
        card=meetings.card,
        height=HEAD + ROW * len(rows) + 40,
        note=f"Announced by the President of the European Council on {listing(dict.fromkeys(rows['announced']))}. The day stands above each mark.",
    )
