"""The round of November 2022, which the founding article looks ahead to: what was announced, and what became of it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import axes, events, meetings, names, tables, theme
from utils.scenes import Aside, Choice, Panel, Scene
from utils.wording import count, date_text, listing, plain, span_text, wrapped

CAME = {  # what came of an announcement: in words, symbol
    "held": ("held, in the time announced", "circle"),
    "late": ("held, later than announced", "circle-open-dot"),
    "called_off": ("set for a later day, and called off", "x-thin-open"),
}
EARLIER = "2022-10-06_prague_eu"  # a meeting of the leaders that was not among those announced
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
    rows = rows.reset_index(drop=True)  # from here on the index is the line
    edge = pd.Timedelta(days=5)
    months = dict(type="date", dtick="M1", tickformat="%b<br>%Y", tickfont=dict(size=12))
    layout = dict(
        margin=dict(t=HEAD, b=8),
        barmode="overlay",
        xaxis=months | dict(range=[rows["due_from"].min() - edge, meetings.PERIOD_END + edge]),
        yaxis=axes.lines([wrapped(one, 18) for one in rows["title"]], showgrid=False),
    )
    marks = [_marks(rows[rows["came_of_it"] == kind], kind) for kind in CAME]
    return go.Figure(dict(data=[_spans(rows), *marks, _elsewhere(rows)], layout=layout))


def _spans(rows: pd.DataFrame) -> dict:
    """Return a bar for the time that each announcement named, its last day included."""
    length = rows["due_to"] - rows["due_from"] + pd.Timedelta(days=1)
    pattern = dict(shape="/", fgcolor=theme.PAGE.light, solidity=0.5, size=6, fillmode="overlay")
    return dict(
        type="bar",
        orientation="h",
        y=rows.index.tolist(),
        base=rows["due_from"].tolist(),
        x=(length / pd.Timedelta(milliseconds=1)).tolist(),
        width=0.2,
        name="time announced",
        marker=dict(color=theme.EU_TRACK.light, pattern=pattern),
        hoverinfo="skip",
    )


def _elsewhere(rows: pd.DataFrame) -> dict:
    """Return the mark of the leaders' meeting before the last round, on the line of that round."""
    met = meetings.of_period().set_index("meeting_id").loc[EARLIER]
    return _dated(
        "leaders met elsewhere",
        [met["date_start"]],
        rows.index[rows["round_id"] == LAST_ROUND].tolist(),
        [EARLIER],
        [f"{met['when']}, {met['place']}: {met['topic']}"],
        dict(symbol="diamond", size=14, color=theme.TEXT.light, line=dict(color=theme.PAGE.light, width=1.5)),
    )


def _marks(rows: pd.DataFrame, kind: str) -> dict:
    """Return the marks of the rounds of which the same came, such as called off."""
    name, symbol = CAME[kind]
    told = [f"{row.title}: {came_on(kind, row.date_start)} ({row.place})" for row in rows.itertuples()]
    look = dict(symbol=symbol, size=15, color=theme.TEXT.light, line=dict(width=2.5, color=theme.TEXT.light))
    return _dated(name, rows["date_start"].tolist(), rows.index.tolist(), rows["meeting_id"].tolist(), told, look)


def _dated(name: str, days: list, lines: list[int], keys: list[str], told: list[str], marker: dict) -> dict:
    """Return marks with their day above each; an empty kind stays in the legend."""
    return dict(
        type="scatter",
        x=days or [None],
        y=lines or [None],
        mode="markers+text",
        name=name,
        text=[f"<b>{day.day} {day:%b}</b>" for day in days],
        textposition="top center",
        textfont=dict(size=12, color=theme.TEXT.light),
        customdata=keys,
        hovertext=[plain(one) for one in told],
        hoverinfo="text",
        marker=marker,
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
    return f"{told}{each}. The leaders had met in {met['place']} on {met['when']}, a meeting that was not among those announced."


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
