"""The chart of the zones of agreement: bars on a line, or half-planes over a square. All striped: all invented."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import theme
from utils.chapters.positions.floors import LAST, Corner, accepted, zone_on_line

HEIGHT = 420
CHECKS = "how strictly A checks the road (0 = not at all)"
COST = "percent of the cost that B pays"
ACCEPTS = {"a": "A accepts", "b": "B accepts", "both": "both accept"}
LOOKS = {  # of what each side accepts: ink and direction of the stripes
    "a": (theme.NEUTRAL, "/"),
    "b": (theme.NEUTRAL, "\\"),
    "both": (theme.TEXT, "x"),
}
INK = dict(size=13, color=theme.TEXT.light)
NAMED = {(50, 50): "half-way", (LAST, 0): "swap"}  # deals with words beside them on the plane


# ---- one issue ---------------------------------------------------------------------------------------------


def line_figure(floor_a: int, floor_b: int) -> go.Figure:
    """Draw what A accepts, what B accepts, and where both bars overlap, on one line of checks."""
    first, last = zone_on_line(floor_a, floor_b)
    spans = {"a": (first, LAST), "b": (0, last), "both": (first, last)}
    traces = [_bar(who, *span) for who, span in spans.items() if span[0] <= span[1]]
    notes = [_edge("a", first, f"{first} or more"), _edge("b", last, f"{last} or less"), _overlap(first, last)]
    rules = [
        dict(type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", line=dict(color=theme.TEXT.light, dash="dot"))
        for at in (first, last)
    ]
    layout = dict(
        showlegend=False,
        shapes=rules,
        annotations=notes,
        margin=dict(t=12, r=20),
        xaxis=_axis(CHECKS),
        yaxis=dict(
            range=[2.5, -0.6],
            tickvals=[0, 1, 2],
            ticktext=["A accepts", "B accepts", "<b>Both accept</b>"],
            ticks="",
            showgrid=False,
            zeroline=False,
        ),
    )
    return go.Figure(dict(data=traces, layout=layout))


def _bar(who: str, first: int, last: int) -> dict:
    ink, stripes = LOOKS[who]
    marker = theme.invented(ink)
    return dict(
        type="bar",
        orientation="h",
        y=[list(LOOKS).index(who)],
        base=[first],
        x=[last - first],
        width=0.4,
        marker=marker | dict(pattern=marker["pattern"] | dict(shape=stripes)),
        hovertext=f"{ACCEPTS[who]}: checks from {first} to {last}",
        hoverinfo="text",
    )


def _edge(who: str, at: int, text: str) -> dict:
    """Return the words over the end of a side's bar, turned so that they stay on the chart."""
    inside = "left" if who == "a" else "right"  # over the bar, where it has room
    anchor = {"a": "right" if at > LAST - 25 else inside, "b": "left" if at < 25 else inside}[who]
    place = list(LOOKS).index(who) - 0.36
    return dict(x=at, y=place, text=f" {text} ", xanchor=anchor, showarrow=False, font=INK, bgcolor=theme.PAGE.light)


def _overlap(first: int, last: int) -> dict:
    middle = (first + last) / 2
    if first > last:
        text, place = f"<b>no deal: {first - last} points apart</b>", 2
    else:
        text, place = (f"<b>{first} to {last}</b>" if last > first else f"<b>one deal: {first}</b>"), 2 - 0.36
    anchor = "left" if middle < 25 else "right" if middle > 75 else "center"
    return dict(x=middle, y=place, text=text, xanchor=anchor, showarrow=False, font=INK, bgcolor=theme.PAGE.light)


def _axis(title: str) -> dict:
    return dict(range=[-2, LAST + 2], dtick=20, title_text=title, zeroline=False)


# ---- two issues --------------------------------------------------------------------------------------------


def plane_figure(rows: pd.DataFrame, floor_a: int, floor_b: int) -> go.Figure:
    """Draw the deals that A accepts and those that B accepts; both kinds of stripes cross where both accept."""
    outlines = {"a": accepted(floor_a, None), "b": accepted(None, floor_b), "both": accepted(floor_a, floor_b)}
    layout = dict(
        xaxis=_axis(CHECKS),
        yaxis=_axis(COST),
        legend=dict(traceorder="normal"),
        margin=dict(t=36, r=20),
        annotations=_names(),
    )
    traces = [_area(who, corners) for who, corners in outlines.items()]
    return go.Figure(dict(data=[*traces, _examples(rows)], layout=layout))


def _area(who: str, corners: list[Corner]) -> dict:
    """Return an area with its stripes; without corners it keeps its place in the legend."""
    ink, stripes = LOOKS[who]
    closed = [*corners, *corners[:1]] or [(None, None)]
    both = who == "both"
    return dict(
        type="scatter",
        x=[round(x, 3) if x is not None else None for x, _ in closed],
        y=[round(y, 3) if y is not None else None for _, y in closed],
        mode="lines",
        fill="toself",
        fillpattern=dict(
            shape=stripes, fgcolor=ink.light, bgcolor=theme.PAGE.light if both else "rgba(0,0,0,0)", size=9
        ),
        line=dict(color=ink.light, width=4 if both else 1.5),
        name=ACCEPTS[who],
        showlegend=True,
        hoverinfo="skip",
    )


def _examples(rows: pd.DataFrame) -> dict:
    """Return a cross for each example deal."""
    return dict(
        type="scatter",
        x=rows["checks"].tolist(),
        y=rows["cost"].tolist(),
        mode="markers",
        cliponaxis=False,
        marker=dict(symbol="x-thin", size=10, line=dict(color=theme.TEXT.light, width=2.5)),
        hovertext=[f"{row.deal}: {row.points_a} points for A, {row.points_b} for B" for row in rows.itertuples()],
        hoverinfo="text",
        showlegend=False,
    )


def _names() -> list[dict]:
    words = dict(showarrow=False, font=INK, bgcolor=theme.PAGE.light, yanchor="bottom", yshift=8)
    return [
        words
        | dict(x=x, y=y, text=f"<b>{name}</b>", xanchor="right" if x == LAST else "center", xshift=-8 * (x == LAST))
        for (x, y), name in NAMED.items()
    ]
