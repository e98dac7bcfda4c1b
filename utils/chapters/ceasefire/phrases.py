"""The ambiguity finder: words that two sides can read in two ways, and the events in which the readings met."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import axes, events, names, tables, theme
from utils.chapters.ceasefire import points, standing
from utils.scenes import Aside, Column, Panel, Scene, Step
from utils.wording import plain, wrapped

ROW, HEAD, FOOT = 52, 40, 20  # px
LABEL_LETTERS = 27  # in a line of a row's label
CIRCLED = "①②③④⑤⑥⑦⑧⑨"  # as the numbers stand on the chart


def phrases() -> pd.DataFrame:
    """Return the phrases in the order of the points (columns of `ceasefire_phrases`, index `phrase_id`)."""
    return tables.load("ceasefire_phrases").sort_values("point", kind="stable").set_index("phrase_id")


def select_phrases() -> pd.DataFrame:
    """Return the events that followed from each phrase, one row for each pair.

    Columns: `phrase_id`, `point`, `phrase`, `left_open`, `followed`; `event_id`, `event` (title), `date_start`, `when`
    (text); `source_ids` (of the phrase), `confidence`.
    """
    rows = phrases().reset_index().explode("event_ids").rename(columns={"event_ids": "event_id"})
    happened = tables.load("events").set_index("event_id").loc[rows["event_id"]]
    return rows.assign(
        event=happened["title"].tolist(),
        date_start=happened["date_start"].tolist(),
        when=[events.when(row) for _, row in happened.iterrows()],
    ).reset_index(drop=True)


def phrases_figure(rows: pd.DataFrame, phrase: str) -> go.Figure:
    """Draw a line for each phrase with the events that followed; those of the chosen one carry numbers."""
    order = phrases().index.tolist()
    place = order.index(phrase)
    chosen = rows[rows["phrase_id"] == phrase]
    marks = dict(type="scatter", hoverinfo="text", showlegend=False)
    traces = [
        marks | _dots(rows.drop(index=chosen.index), order) | dict(mode="markers", marker=theme.counted()),
        marks
        | _dots(chosen, order)
        | dict(
            mode="markers+text",
            text=[f"<b>{number}</b>" for number in range(1, len(chosen) + 1)],
            textfont=dict(size=12, color=theme.TEXT.light),
            marker=dict(size=20, color=theme.PAGE.light, line=dict(color=theme.TEXT.light, width=1.5)),
        ),
    ]
    first, last = events.moment("trilateral_statement_2020"), standing.last_of_period()
    labels = phrases()
    band = dict(type="rect", xref="paper", x0=0, x1=1, yref="y", y0=place - 0.5, y1=place + 0.5, layer="below")
    layout = dict(
        shapes=[band | dict(fillcolor=theme.BAND.light, line=dict(width=0))],
        margin=dict(t=HEAD, b=8),
        xaxis=dict(
            range=[first, last + pd.Timedelta(days=31)],
            side="top",
            dtick="M6",
            tick0="2021-01-01",
            tickformat="%b<br>%Y",
            tickfont=dict(size=12),
        ),
        yaxis=axes.lines([_label(labels.loc[one], one == phrase) for one in order], range=[len(order) - 0.4, -0.6]),
    )
    return go.Figure(dict(data=traces, layout=layout))


def _dots(rows: pd.DataFrame, order: list[str]) -> dict:
    return dict(
        x=rows["date_start"].tolist(),
        y=[order.index(one) for one in rows["phrase_id"]],
        customdata=rows["event_id"].tolist(),
        hovertext=[plain(f"{row.when}: {row.event}") for row in rows.itertuples()],
    )


def _label(row: pd.Series, chosen: bool) -> str:
    text = wrapped(f"{row['point']}  “{row['phrase']}”", LABEL_LETTERS)
    return f"<b>{text}</b>" if chosen else text


def describe_phrases(rows: pd.DataFrame, phrase: str) -> str:
    """Say what the chosen words leave open and what followed from it."""
    row = phrases().loc[phrase]
    return f"“{row['phrase']}” (point {row['point']}). {row['left_open']} What followed: {row['followed']}"


def listed(rows: pd.DataFrame, phrase: str) -> Aside:
    """Return the numbered events of the chosen phrase."""
    chosen = rows[rows["phrase_id"] == phrase]
    items = (f"{CIRCLED[place]} {row.when}: {row.event}." for place, row in enumerate(chosen.itertuples()))
    return Aside("Where the two readings met", tuple(items))


def panels(rows: pd.DataFrame, phrase: str) -> list[Panel]:
    """Return both readings of the chosen words side by side, and Moscow's below where we found one."""
    row = phrases().loc[phrase]
    read = tables.load("ceasefire_readings").set_index("reading_id")

    def column(side: str, key: str, title: str = "") -> Column:
        return Column(title or names.actor(side), (points.statement(read.loc[row[key]]),))

    russia = row["russian_reading_id"]
    return [
        Panel(
            f"Two readings of “{row['phrase']}”",
            column("armenia", "armenian_reading_id", events.SIDES["armenia"]),
            column("azerbaijan", "azerbaijani_reading_id", events.SIDES["azerbaijan"]),
            below=column("russia", "russian_reading_id") if isinstance(russia, str) else None,
        )
    ]


def ambiguity_finder() -> Scene:
    """Phrases with two readings, each with what followed."""
    options = {one: f"Point {row['point']}: “{row['phrase']}”" for one, row in phrases().iterrows()}
    return Scene(
        id="ceasefire-phrases",
        question="Which words can be read in two ways, and what followed?",
        rows=select_phrases,
        figure=phrases_figure,
        reading=describe_phrases,
        aside=listed,
        panels=panels,
        controls=(Step("phrase", "Words", options),),
        columns={
            "phrase": "Words",
            "point": "Point",
            "left_open": "What they leave open",
            "when": "Date",
            "event": "What followed",
            "confidence": "Confidence",
        },
        key="event_id",
        card=events.card,
        height=HEAD + ROW * len(phrases()) + FOOT,
        note="Each dot is an event in which the two readings met; choose one for both sides' accounts. That it followed does not "
        "mean that the words caused it. The words are those of a published English version.",
    )
