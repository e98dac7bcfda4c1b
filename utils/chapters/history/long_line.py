"""The long line: fighting, talks and politics from 1988 to 2022, one lane each."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, meetings, tables, theme
from utils.scenes import Choice, Choices, Range, Scene
from utils.stacking import stack
from utils.wording import count, date_text, days_text, listing, plain

DETAIL = {"1": "turning points", "2": "main thread", "3": "everything"}
PERIODS = (  # a label, and the events whose first days open and close the period
    ("Conflict and war, 1988-94", "nkao_resolution_1988", "truce_1994"),
    ("War of autumn 2020", "war_begins_2020", "trilateral_statement_2020"),
)


def select_events(years: tuple[int, int], lanes: tuple[str, ...], detail: str) -> pd.DataFrame:
    """Return the events that start in the years (both included), in the lanes, down to a level of detail.

    Columns: those of `events`, and `lane`, `lane_name`, `when` (date as text), `told` ("differently" or "alike").
    """
    table = tables.load("events")
    table = table.assign(lane=table["kind"].map(events.LANE_OF_KIND))
    chosen = (
        table["date_start"].dt.year.between(*years) & table["lane"].isin(lanes) & (table["importance"] <= int(detail))
    )
    table = table[chosen].sort_values(["date_start", "event_id"])
    return table.assign(
        when=[events.when(event) for _, event in table.iterrows()],
        lane_name=table["lane"].map(events.LANES),
        told=table["contested"].map({True: "differently", False: "alike"}),
    )


def leaders_meetings() -> pd.DataFrame:
    """Return the meetings up to the end of 2022 at which the leaders of both sides met, oldest first.

    Columns: those of `meetings.of_period`, `place` (name) among them.
    """
    met = meetings.of_both_sides()
    return met[met["level"] == "leaders"]


def longest_gap(years: tuple[int, int]) -> pd.Series | None:
    """Return the longest interval between two leaders' meetings that both fall in the years, or None.

    Index: `start`, `end` (Timestamps) and `days` (int).
    """
    days = leaders_meetings()["date_start"].drop_duplicates()
    days = days[days.dt.year.between(*years)]
    if len(days) < 2:
        return None
    gaps = days.diff().dt.days
    end = gaps.idxmax()
    return pd.Series({"start": days.shift()[end], "end": days[end], "days": int(gaps[end])})


def lane_heights(rows: pd.DataFrame, years: tuple[int, int], lanes: tuple[str, ...]) -> pd.Series:
    """Return the y of each event: its lane's base, plus a step for each level of its stack."""
    apart = (years[1] - years[0] + 1) * 365 / 60
    heights = pd.Series(0.0, index=rows.index)
    for base, lane in enumerate(reversed(lanes)):
        inside = rows[rows["lane"] == lane]
        levels = stack(inside["date_start"], apart)
        step = min(0.11, 0.55 / max(1, *levels, 1))
        heights.update(pd.Series([base + level * step for level in levels], index=inside.index, dtype=float))
    return heights


TICKS = [  # a narrow stretch of years shows its months, and a narrower one its days
    dict(dtickrange=[None, "M1"], value="%e %b %Y"),
    dict(dtickrange=["M1", "M11"], value="%b %Y"),
    dict(dtickrange=["M12", None], value="%Y"),
]
FIRST_TO_LABEL = ("ceasefire", "war", "clash", "agreement")  # where labels would collide, these kinds come first


def landmark_labels(rows: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    """Return the events to label: turning points whose labels touch neither the edge nor another in their lane.

    Columns: those of `rows`, and `anchor`, the end of the label that stands over the mark (Plotly's `xanchor`).
    """
    rank = {kind: place for place, kind in enumerate(FIRST_TO_LABEL)}
    marked = rows[rows["short_title"].notna()]
    start, end = edges(years)
    taken: dict = {}
    for index, event in sorted(marked.iterrows(), key=lambda each: rank.get(each[1]["kind"], len(rank))):
        width = (end - start) * (len(event["short_title"]) * 6.8 + 12) / 480  # 480 px: the narrowest chart
        others = [spot for spot, _, lane in taken.values() if lane == event["lane"]]
        for anchor, shift in {"center": 0.5, "right": 1, "left": 0}.items():
            left = event["date_start"] - width * shift
            inside = left >= start and left + width <= end
            if inside and all(left + width <= low or left >= high for low, high in others):
                taken[index] = ((left, left + width), anchor, event["lane"])
                break
    return rows.loc[list(taken)].assign(anchor=[anchor for _, anchor, _ in taken.values()])


def edges(years: tuple[int, int]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return where the time axis begins and ends: the years, and a little room for marks at their ends."""
    start, end = pd.Timestamp(years[0], 1, 1), pd.Timestamp(years[1] + 1, 1, 1)
    return start - (end - start) * 0.012, end + (end - start) * 0.012


def timeline_figure(rows: pd.DataFrame, years: tuple[int, int], lanes: tuple[str, ...]) -> go.Figure:
    """Draw the events: one lane a theme, size by importance, a diamond where the sides tell it differently."""
    figure = go.Figure()
    heights = lane_heights(rows, years, lanes)
    looks = {
        "alike": ("circle", theme.NEUTRAL, "no difference on record"),
        "differently": ("diamond", theme.TEXT, "told differently by the two sides"),
    }
    for told, (symbol, ink, name) in looks.items():
        some = rows[rows["told"] == told]
        figure.add_scatter(
            x=some["date_start"],
            y=heights[some.index],
            mode="markers",
            name=name,
            customdata=some["event_id"],
            text=[plain(f"{row.when}: {row.title}") for row in some.itertuples()],
            hovertemplate="%{text}<extra></extra>",
            marker=theme.counted(ink, symbol)
            | {"opacity": 1, "size": some["importance"].map({1: 16, 2: 11, 3: 8}).tolist()},
        )
    _add_meetings(figure, years, lanes)
    bands = [
        band
        for label, first, last in PERIODS * bool(len(rows))
        if (band := _band(label, events.moment(first), events.moment(last), years))
    ]
    tops = {lane: base + 0.64 for base, lane in enumerate(reversed(lanes))}
    labels = [
        dict(
            x=event["date_start"],
            y=heights[index],
            ax=event["date_start"],
            ay=tops[event["lane"]],
            axref="x",
            ayref="y",
            text=plain(event["short_title"]),
            arrowwidth=1,
            arrowhead=0,
            standoff=6,
            arrowcolor=theme.NEUTRAL.light,
            font=dict(size=12, color=theme.TEXT.light),
            xanchor=event["anchor"],
            yanchor="bottom",
        )
        for index, event in landmark_labels(rows, years).iterrows()
    ]
    ticks = list(reversed(range(len(lanes))))
    figure.update_xaxes(type="date", range=list(edges(years)), tickformatstops=TICKS, nticks=10, showgrid=True)
    figure.update_yaxes(
        range=[-0.25, max(1, len(lanes)) + 0.05],
        tickvals=ticks,
        ticktext=[events.LANES[lane] for lane in lanes],
        showgrid=False,
        zeroline=False,
        ticks="",
    )
    return figure.update_layout(
        legend=dict(itemsizing="constant"),
        shapes=[shape for shape, _ in bands] + [_line_between(place) for place in range(1, len(lanes))],
        annotations=[label for _, label in bands] + labels,
    )


def _add_meetings(figure: go.Figure, years: tuple[int, int], lanes: tuple[str, ...]) -> None:
    """Draw a short tick for each leaders' meeting along the foot of the lane of talks."""
    if "talks" not in lanes:
        return
    met = leaders_meetings().drop_duplicates("date_start")
    met = met[met["date_start"].dt.year.between(*years)]
    base = list(reversed(lanes)).index("talks")
    figure.add_scatter(
        x=met["date_start"],
        y=[base - 0.14] * len(met),
        mode="markers",
        name="leaders' meeting",
        text=[plain(f"{date_text(row.date_start)}: leaders' meeting, {row.place}") for row in met.itertuples()],
        hovertemplate="%{text}<extra></extra>",
        marker=dict(symbol="line-ns-open", size=10, color=theme.NEUTRAL.light, line=dict(width=1.5)),
    )


def _line_between(place: int) -> dict:
    """Return a thin line under a lane, so that its labels are not read as those of the one above."""
    ends = dict(x0=0, x1=1, xref="paper", y0=place - 0.22, y1=place - 0.22)
    return dict(type="line", line=dict(color=theme.GRID.light, width=1), layer="below", **ends)


def _band(text: str, first: pd.Timestamp, last: pd.Timestamp, years: tuple[int, int]) -> tuple[dict, dict] | None:
    """Return a period set off behind the marks, and its label at the foot; None if it lies outside the years."""
    start, end = edges(years)
    first, last = max(first, start), min(last, end)
    if first >= last:
        return None
    shape = dict(
        type="rect",
        x0=first,
        x1=last,
        y0=0,
        y1=1,
        yref="paper",
        fillcolor=theme.BAND.light,
        line_width=0,
        layer="below",
    )
    late = last > start + (end - start) * 0.8  # near the right edge the label stands to the left
    label = dict(
        x=last if late else first,
        y=0,
        yref="paper",
        text=text,
        showarrow=False,
        xanchor="right" if late else "left",
        yanchor="bottom",
        font=dict(size=12, color=theme.NEUTRAL.light),
    )
    return shape, label


def describe_timeline(rows: pd.DataFrame, years: tuple[int, int], lanes: tuple[str, ...]) -> str:
    """Say how many events are shown by lane, how many are told differently, and where leaders' talks paused longest."""
    first, last = years
    if not lanes:
        return "Choose at least one lane."
    if rows.empty:
        return f"No events of this kind from {first} to {last} are in the table."
    sizes = rows["lane"].value_counts()
    by_lane = listing(f"{sizes.get(lane, 0)} in “{events.LANES[lane]}”" for lane in lanes)
    shown = f"{count(len(rows), 'event')} from {first} to {last}: {by_lane}. "
    told = f"The two sides tell {int(rows['contested'].sum()) or 'none'} of them differently. "
    gap = longest_gap(years)
    if gap is None:
        return shown + told + "The table holds fewer than two leaders' meetings in these years."
    met = leaders_meetings()["date_start"].dt.year.between(*years).sum()
    pause = f"from {date_text(gap['start'])} to {date_text(gap['end'])}"
    return f"{shown}{told}Beside the events, our table holds {met} leaders' meetings; the longest time between two of them was {days_text(gap['days'])}, {pause}."


def timeline() -> Scene:
    """The long line: fighting, talks and politics from 1988 to 2022."""
    return Scene(
        id="history-timeline",
        question="When was there fighting, and did the talks ever stop?",
        rows=select_events,
        figure=timeline_figure,
        reading=describe_timeline,
        controls=(
            Range("years", "Years", first=1988, last=2022, value=(1988, 2020)),
            Choice("detail", "How much", DETAIL, value="2"),
            Choices("lanes", "Lanes", events.LANES),
        ),
        columns={
            "title": "Event",
            "when": "Date",
            "lane_name": "Lane",
            "told": "Told by the sides",
            "confidence": "Confidence",
        },
        key="event_id",
        card=events.card,
        height=460,
        note="Politics takes in law, economy and people. Size shows importance, an editorial judgement. "
        "Ticks at the foot of the talks are leaders' meetings. "
        "Choose a mark, or an event in the rows below, to read it in full. "
        "Leaders' meetings come from the table of meetings, which holds those we found, not all.",
    )
