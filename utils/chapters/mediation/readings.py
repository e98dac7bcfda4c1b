"""One statement and its many readings: what was said about the words of 22 May 2022, by whom, and how soon."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import axes, meetings, names, tables, theme
from utils.scenes import Aside, Choice, Column, Panel, Scene, Statement
from utils.wording import count, date_text, days_text, listing, plain

SUBJECTS = {
    "population": "the population and its name",
    "transit": "links across both countries",
    "border": "the border",
    "treaty": "a treaty",
}
PARTS = {"statement": "the statement", "reading": "a reading", "clarification": "the author’s office explains"}
ROW, HEAD = 46, 40  # px
OUTLINE = dict(color=theme.TEXT.light, width=2)


def select_readings(subject: str) -> pd.DataFrame:
    """Return what was said about one subject of the statement, in order of time, the statement first.

    Columns: those of `statement_readings`, and `who` (speaker's state or body), `day` (text), `part_name`.
    """
    rows = tables.load("statement_readings")
    rows = rows[rows["subject"] == subject]
    order = rows["part"].map(list(PARTS).index)
    rows = rows.assign(
        order=order,
        who=names.labels(rows["actor_id"]),
        day=[date_text(day) for day in rows["date"]],
        part_name=rows["part"].map(PARTS),
    )
    return rows.sort_values(["date", "order"], kind="stable").drop(columns="order").reset_index(drop=True)


def lines() -> list[str]:
    """Return the actors that spoke, the author of the statement first, then the two sides, then others (ids)."""
    rows = tables.load("statement_readings")
    author = rows[rows["part"] == "statement"]["actor_id"].iloc[0]
    return list(dict.fromkeys([author, *names.SIDES, *sorted(rows["actor_id"])]))


def readings_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw a line for each actor and a numbered mark for each thing said, in time; squares are the statement and its explanation."""
    everyone = lines()
    days = tables.load("statement_readings")["date"]
    day = pd.Timedelta(days=1)
    time = dict(type="date", side="top", tickformat="%-d %b", nticks=8, tickfont=dict(size=12))
    layout = dict(
        margin=dict(t=HEAD, b=8),
        xaxis=time | dict(range=[days.min() - day, days.max() + 2 * day]),
        yaxis=axes.lines([plain(one) for one in names.labels(everyone)]),
    )
    return go.Figure(dict(data=[_numbered(rows, everyone)], layout=layout))


def _numbered(rows: pd.DataFrame, everyone: list[str]) -> dict:
    """Return the marks, each with its number, on the line of its actor."""
    shift = rows.groupby(["actor_id", "date"]).cumcount()  # two on one day stand beside each other
    symbols = ["circle" if part == "reading" else "square" for part in rows["part"]]
    return dict(
        type="scatter",
        x=[day + pd.Timedelta(hours=26 * int(step)) for day, step in zip(rows["date"], shift, strict=True)],
        y=[everyone.index(one) for one in rows["actor_id"]],
        mode="markers+text",
        text=[f"<b>{place}</b>" for place in range(1, len(rows) + 1)],
        textfont=dict(size=12, color=theme.TEXT.light),
        hovertext=[plain(f"{row.day}, {row.speaker}: {row.told}") for row in rows.itertuples()],
        hoverinfo="text",
        marker=dict(symbol=symbols, size=22, color=theme.PAGE.light, opacity=1, line=OUTLINE),
        cliponaxis=False,
        showlegend=False,
    )


def describe_readings(rows: pd.DataFrame, subject: str) -> str:
    """Count the readings of the subject, and say how long it took until the author explained."""
    first = tables.load("statement_readings")["date"].min()
    read = rows[rows["part"] == "reading"]
    told = f"On {SUBJECTS[subject]} our table has {count(len(read), 'reading')} of the words of {date_text(first)}"
    told += f", by {listing(names.labels(dict.fromkeys(read['actor_id']), names.within))}. " if len(read) else ". "
    explained = rows[rows["part"] == "clarification"]
    if explained.empty:
        return told + "This part was not explained again, as far as we found."
    later = int((explained["date"].iloc[0] - first).days)
    return f"{told}They were explained after {days_text(later)}, by {explained['speaker'].iloc[0]}."


def said(rows: pd.DataFrame) -> Aside:
    """Return what the statement itself said on the subject, and how it was explained."""
    own = rows[rows["part"] != "reading"]
    items = (f"{place + 1}. {row.day}, {row.speaker}. {row.told}" for place, row in own.iterrows())
    return Aside(
        "The statement, and how it was explained",
        tuple(items),
        empty="On this the statement said nothing that we found.",
    )


def side_by_side(rows: pd.DataFrame) -> list[Panel]:
    """Return the readings of the two sides beside each other, and those of others below."""
    read = rows[rows["part"] == "reading"]
    left, right = (_column(names.actor(side), read[read["actor_id"] == side]) for side in names.SIDES)
    others = read[~read["actor_id"].isin(names.SIDES)]
    below = _column("Others", others) if len(others) else None
    return [Panel("How it was read", left, right, below=below, open=True)]


def _column(title: str, rows: pd.DataFrame) -> Column:
    found = tuple(
        Statement(f"{place + 1}. {row.told}", row.speaker, row.day, row.source_ids, row.confidence)
        for place, row in rows.iterrows()
    )
    return Column(title, found or (Statement("We found no words on this part."),))


def one_statement() -> Scene:
    """One statement and its readings, by subject."""
    row = meetings.of_period().set_index("meeting_id").loc[tables.load("statement_readings")["meeting_id"].iloc[0]]
    return Scene(
        id="mediation-readings",
        question=f"{row['place']}, {row['when']}: one statement. How many readings?",
        rows=select_readings,
        figure=readings_figure,
        reading=describe_readings,
        aside=said,
        panels=side_by_side,
        controls=(Choice("subject", "Its words on", SUBJECTS),),
        columns={
            "day": "Day",
            "who": "Who",
            "speaker": "Speaker",
            "part_name": "Part",
            "told": "What was said",
            "confidence": "Confidence",
        },
        height=HEAD + ROW * len(lines()) + 16,
        note="Squares are the statement and its explanation, circles are readings; the texts have the same numbers. Each text is our "
        "summary and names its speaker. A line without a mark: we found no words of this actor on the subject.",
    )
