"""How the swim lanes are drawn: every meeting its own mark, stacked where a lane is crowded."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, theme
from utils.meetings import JOINT, LANE_INK, LANES
from utils.stacking import stack
from utils.wording import plain

HEIGHT = 520
SIZES = {"leaders": 14, "foreign_ministers": 11}  # px; all others are small
SMALL = 8
LONG, SHRINK = 12, 0.72  # over more years than this, marks are drawn smaller by this factor
LOOKS = {  # what came of a meeting: name in the legend, symbol
    "joint": ("a text or step agreed there", "circle"),
    "hosts": ("a text of the hosts alone", "diamond-open"),
    "none": ("none of these", "circle-open"),
    "off": ("called off", "x-thin-open"),
}
NARROW = 470  # px, the lanes on the narrowest chart
LEAST = 3  # levels of a lane, so that an empty lane is still a lane


def look_of(outcome_kind: str) -> str:
    """Return the look of a meeting (key of `LOOKS`) for its kind of outcome."""
    if outcome_kind in JOINT:
        return "joint"
    return {"mediators_statement": "hosts", "cancelled": "off"}.get(outcome_kind, "none")


def scale_of(years: tuple[int, int]) -> float:
    """Return the factor by which marks are drawn smaller over many years."""
    return SHRINK if years[1] - years[0] >= LONG else 1


def places(rows: pd.DataFrame, years: tuple[int, int]) -> tuple[pd.Series, dict[str, tuple[float, float]]]:
    """Return the height of each mark, and the foot and top of each lane, the first lane on top (units: levels)."""
    apart = 365.25 * (years[1] - years[0] + 1) * SIZES["leaders"] * scale_of(years) / NARROW
    heights = pd.Series(0.0, index=rows.index)
    spans, foot = {}, 0.0
    for lane in reversed(LANES):
        inside = rows[rows["lane"] == lane]
        stacked = stack(inside["date_start"], apart)
        heights.loc[inside.index] = [foot + 1 + level for level in stacked]
        top = foot + max([LEAST, *(level + 1 for level in stacked)]) + 1.2
        spans[lane] = (foot, top)
        foot = top
    return heights, spans


def drawn(rows: pd.DataFrame, years: tuple[int, int]) -> go.Figure:
    """Draw the meetings (as of `lanes.select_meetings`): a lane a track, size by level, shape by what came of it."""
    heights, spans = places(rows, years)
    traces = [_key(look) for look in LOOKS]
    for lane in LANES:
        for look in LOOKS:
            some = rows[(rows["lane"] == lane) & (rows["look"] == look)]
            traces.append(_marks(some, heights, lane, look, scale_of(years)))
    start, end = pd.Timestamp(years[0], 1, 1), pd.Timestamp(years[1], 12, 31)
    edge = (end - start) * 0.015
    layout = dict(
        margin=dict(t=64, b=8),
        xaxis=dict(type="date", range=[start - edge, end + edge], nticks=9, tickfont=dict(size=12)),
        yaxis=dict(
            range=[-0.1, spans["minsk"][1]],
            tickvals=[(low + high) / 2 for low, high in spans.values()],
            ticktext=[f"<b>{plain(LANES[lane]).replace(' ', '<br>')}</b>" for lane in spans],
            tickfont=dict(size=12),
            showgrid=False,
            zeroline=False,
            ticks="",
        ),
        shapes=[_band(*spans["outside"]), _war(), *(_rule(low) for low, _ in list(spans.values())[1:])],
    )
    return go.Figure(dict(data=[trace for trace in traces if trace["x"]], layout=layout))


def _key(look: str) -> dict:
    """Return an entry of the legend; it has no place on the chart."""
    name, symbol = LOOKS[look]
    return dict(
        type="scatter",
        x=[None],
        y=[None],
        mode="markers",
        name=name,
        marker=dict(symbol=symbol, size=11, color=theme.TEXT.light, line=dict(width=1.8, color=theme.TEXT.light)),
    )


def _marks(rows: pd.DataFrame, heights: pd.Series, lane: str, look: str, scale: float) -> dict:
    ink = LANE_INK[lane].light
    return dict(
        type="scatter",
        x=rows["date_start"].tolist(),
        y=heights[rows.index].tolist(),
        mode="markers",
        showlegend=False,
        customdata=rows["meeting_id"].tolist(),
        hovertext=[
            plain(f"{row.when}, {row.place}: {row.topic}. {row.level_name}; {row.came}.") for row in rows.itertuples()
        ],
        hoverinfo="text",
        cliponaxis=False,
        marker=dict(
            symbol=LOOKS[look][1],
            size=[round(scale * SIZES.get(level, SMALL), 1) for level in rows["level"]],
            color=ink,
            opacity=1,
            line=dict(width=1.8, color=ink),
        ),
    )


def _war() -> dict:
    """Return the band of the war of 2020 through all lanes."""
    first, last = events.moment("war_begins_2020"), events.moment("trilateral_statement_2020", end=True)
    across = dict(type="rect", x0=first, x1=last, yref="paper", y0=0, y1=1)
    return across | dict(fillcolor=theme.GRID.light, line=dict(width=0), layer="below")


def _band(low: float, high: float) -> dict:
    """Return the quiet ground of the lane outside the tracks."""
    across = dict(type="rect", xref="paper", x0=0, x1=1, yref="y", y0=low, y1=high)
    return across | dict(fillcolor=theme.BAND.light, line=dict(width=0), layer="below")


def _rule(height: float) -> dict:
    across = dict(type="line", xref="paper", x0=0, x1=1, yref="y", y0=height, y1=height)
    return across | dict(line=dict(color=theme.GRID.light, width=1), layer="below")
