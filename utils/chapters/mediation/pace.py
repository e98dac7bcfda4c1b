"""Meetings per year or half-year on each track, and the longest time between two of them."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, meetings, theme
from utils.meetings import LANE_INK, LANES, SAID, TRACKS
from utils.scenes import Choice, Scene
from utils.wording import count, date_text, days_text, listing, plain

SPANS = {"since_2020": "after the ceasefire of 2020, by half-year", "since_1992": "since 1992, by year"}
WHO = {"all": "all levels", "leaders": "leaders only"}
HEIGHT = 470
GAP = 0.06  # of the chart's height, between two lanes


def select_pace(span: str, who: str) -> pd.DataFrame:
    """Return the meetings held in the span, oldest first.

    Columns: those of `meetings.of_period`, and `part` (the half-year or year, as text), `days_since` (Int64: days
    since the meeting before on the same lane; missing for the first).
    """
    rows = meetings.talks()
    if span == "since_2020":
        rows = rows[rows["date_start"] >= events.moment("trilateral_statement_2020")]
    if who == "leaders":
        rows = rows[rows["level"] == "leaders"]
    since = rows.groupby("lane")["date_start"].diff().dt.days.astype("Int64")
    return rows.assign(part=[part_of(day, span) for day in rows["date_start"]], days_since=since)


def part_of(day: pd.Timestamp, span: str) -> str:
    """Return the year of a day, or its half-year such as "2021, first half"."""
    if span == "since_1992":
        return str(day.year)
    return f"{day.year}, {'first' if day.month <= 6 else 'second'} half"


def in_words(part: str) -> str:
    """Return a part as it stands in a sentence: "2021", "the first half of 2021"."""
    year, _, half = part.partition(", ")
    return f"the {half} of {year}" if half else year


def parts(span: str) -> list[str]:
    """Return all years or half-years of the span, in order."""
    first = events.moment("trilateral_statement_2020" if span == "since_2020" else "minsk_conference_1992")
    days = pd.date_range(first.replace(day=1), meetings.PERIOD_END, freq="MS")
    return list(dict.fromkeys(part_of(day, span) for day in days))


def sizes(rows: pd.DataFrame, span: str) -> pd.DataFrame:
    """Return how many meetings each lane held in each part of the span (index: lanes; columns: parts)."""
    return pd.crosstab(rows["lane"], rows["part"]).reindex(index=list(LANES), columns=parts(span), fill_value=0)


def longest_gap(rows: pd.DataFrame, lane: str) -> pd.Series | None:
    """Return the longest time between two meetings of a lane, or None if it had fewer than two.

    Index: `start`, `end` (Timestamps), `days` (int).
    """
    inside = rows[rows["lane"] == lane]
    if inside["days_since"].isna().all():
        return None
    end = inside["days_since"].astype(float).idxmax()
    days = int(inside.at[end, "days_since"])
    moment = inside.at[end, "date_start"]
    return pd.Series({"start": moment - pd.Timedelta(days=days), "end": moment, "days": days})


def pace_figure(rows: pd.DataFrame, span: str) -> go.Figure:
    """Draw bars for each part of the span, one lane above the other on one scale, each with its number."""
    table = sizes(rows, span)
    top = max(1, int(table.to_numpy().max())) * 1.35
    share = (1 - GAP * (len(LANES) - 1)) / len(LANES)
    data, names, layout = [], [], dict(margin=dict(t=8, b=8, l=8), bargap=0.25, showlegend=False)
    for place, lane in enumerate(LANES):
        axis = "" if place == 0 else str(place + 1)
        foot = max(0.0, 1 - share * (place + 1) - GAP * place)
        data.append(_bars(table.loc[lane], lane, f"y{axis}", span))
        layout[f"yaxis{axis}"] = dict(
            domain=[foot, min(1.0, foot + share)], range=[0, top], showticklabels=False, ticks="", showgrid=False
        )
        names.append(_name(lane, foot + share))
    layout["xaxis"] = _axis(span) | dict(anchor=f"y{len(LANES)}")
    layout["annotations"] = names
    return go.Figure(dict(data=data, layout=layout))


def _name(lane: str, top: float) -> dict:
    at = dict(x=0, y=top, xref="paper", yref="paper", xanchor="left", yanchor="top", showarrow=False)
    return at | dict(text=f"<b>{plain(LANES[lane])}</b>", font=dict(size=13, color=theme.TEXT.light))


def _bars(row: pd.Series, lane: str, axis: str, span: str) -> dict:
    return dict(
        type="bar",
        x=row.index.tolist(),
        y=row.tolist(),
        yaxis=axis,
        marker=dict(color=LANE_INK[lane].light),
        text=[str(one) if one else "" for one in row],
        textposition="outside",
        textangle=0,
        textfont=dict(size=12, color=theme.TEXT.light),
        cliponaxis=False,
        hovertext=[plain(f"{LANES[lane]}, {part}: {count(int(one), 'meeting')}") for part, one in row.items()],
        hoverinfo="text",
    )


def _axis(span: str) -> dict:
    shown = parts(span)
    if span == "since_2020":
        told = [part.replace(", ", "<br>") for part in shown]
        return dict(type="category", tickvals=shown, ticktext=told, tickangle=0, tickfont=dict(size=12))
    years = [part for part in shown if int(part) % 5 == 0]
    return dict(type="category", tickvals=years, ticktext=years, tickangle=0, tickfont=dict(size=12))


def describe_pace(rows: pd.DataFrame, span: str) -> str:
    """Say for each track in which part it met most, and how long its longest pause was."""
    table = sizes(rows, span)
    told = []
    for lane in TRACKS:
        row = table.loc[lane]
        most = row[row == row.max()]
        gap = longest_gap(rows, lane)
        if not row.sum():
            told.append(f"{SAID[lane]}: none")
            continue
        peak = (
            f", most in {listing(map(in_words, most.index))} ({most.iloc[0]}{' each' if len(most) > 1 else ''})"
            if len(most) < 3
            else ""
        )
        pause = f"; longest pause {days_text(gap['days'])}, until {date_text(gap['end'])}" if gap is not None else ""
        told.append(f"{SAID[lane]}: {row.sum()}{peak}{pause}; {_last(rows, lane, gap)}")
    text = f"Meetings held. {'. '.join(one[0].upper() + one[1:] for one in told)}."
    return f"{text} Outside them: {table.loc['outside'].sum() or 'none'}."


def _last(rows: pd.DataFrame, lane: str, gap: pd.Series | None) -> str:
    """Return the day of a lane's last meeting, and how long it was silent after it where no pause was longer."""
    row = rows[rows["lane"] == lane].iloc[-1]
    told = f"the last on {date_text(row['date_start'], row['date_precision'])}"
    silent = (meetings.PERIOD_END - row["date_start"]).days
    return f"{told}, then none for {days_text(silent)}" if gap is not None and silent > gap["days"] else told


def pace_of_tracks() -> Scene:
    """Meetings per half-year or year and track, and the gaps between them."""
    return Scene(
        id="mediation-pace",
        question="How often did each track meet, and how long were the pauses?",
        rows=select_pace,
        figure=pace_figure,
        reading=describe_pace,
        controls=(Choice("span", "Time", SPANS), Choice("who", "Level", WHO)),
        columns={
            "topic": "Meeting",
            "when": "Date",
            "lane_name": "Lane",
            "part": "Counted in",
            "days_since": "Days since the one before",
            "level_name": "Level",
            "confidence": "Confidence",
        },
        key="meeting_id",
        card=meetings.card,
        height=HEIGHT,
        note="Meetings called off, and statements without a meeting, are not counted. Visits to one capital, and calls with each side apart, are counted where our table has them; of Russia it has no such visit or call. The first half-year begins with the ceasefire. Of the working groups some sessions were not "
        "found, so counts are at least these. Where only the month of a meeting is known, a pause may be some weeks longer or shorter.",
    )
