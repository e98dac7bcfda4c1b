"""The network of links as a chart: lands as boxes, links as lines in the look of their state, each with a number."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from utils import theme
from utils.wording import plain


class Land(NamedTuple):
    """A land in the network: its name, and where it stands (not to scale)."""

    name: str
    x: float
    y: float


LANDS = {
    "georgia": Land("Georgia", 5.2, 9.2),
    "turkey": Land("Turkey", 0.5, 7.2),
    "armenia": Land("Armenia", 3.6, 6.9),
    "nagorno_karabakh": Land("Nagorno-<br>Karabakh", 6.2, 5.6),
    "azerbaijan": Land("Azerbaijan", 9.7, 6.7),
    "nakhchivan": Land("Nakhchivan<br>(Azerbaijan)", 1.5, 3.4),
    "syunik": Land("South of Syunik<br>(Armenia)", 4.8, 2.9),
    "iran": Land("Iran", 4.8, 0.3),
    "greece": Land("Greece", -0.6, 8.0),
    "italy": Land("Italy", -0.6, 9.6),
}


class State(NamedTuple):
    """How a link looks in a state: its name, dash and width, and whether its colour is the strong one."""

    name: str
    dash: str
    width: float
    strong: bool


STATES = {
    "open": State("open", "solid", 3.5, True),
    "limited": State("limited", "longdash", 3, True),
    "works": State("being built", "dot", 3, True),
    "closed": State("closed", "dash", 1.5, False),
    "none": State("not there yet", "dot", 1, False),
}
HEIGHT = 560
HALO = dict(color=theme.GRID.light, width=14)  # behind the chosen link
STEPS = 16  # of the drawn line between two lands
BEND = 0.32  # how far neighbouring lines between the same two lands stand apart


def legs(route: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return a route as pairs of neighbouring lands; for a link within one land, that land twice."""
    return list(pairwise(route)) or [(route[0], route[0])]


def paths(links: pd.DataFrame) -> dict[str, list[tuple[float, float]]]:
    """Return the points of each link's line; lines between the same two lands stand side by side."""
    together: dict[frozenset, list[str]] = {}
    for row in links.itertuples():
        for pair in legs(row.route):
            together.setdefault(frozenset(pair), []).append(row.link_id)
    return {
        row.link_id: [
            spot for pair in legs(row.route) for spot in _curve(*pair, row.link_id, together[frozenset(pair)])
        ]
        for row in links.itertuples()
    }


def _curve(start: str, end: str, link_id: str, company: list[str]) -> list[tuple[float, float]]:
    """Return a bent line between two lands; one within a single land is a loop above it."""
    place = company.index(link_id)
    one, other = LANDS[start], LANDS[end]
    if start == end:
        turns = [math.tau * step / STEPS for step in range(STEPS + 1)]
        return [(one.x + 0.5 * math.sin(turn), one.y + 0.75 - 0.55 * math.cos(turn)) for turn in turns]
    aside = (place - (len(company) - 1) / 2) * BEND * 2
    if sorted((start, end))[0] != start:  # both directions bend to the same side
        aside = -aside
    dx, dy = other.x - one.x, other.y - one.y
    length = math.hypot(dx, dy)
    steps = [step / STEPS for step in range(STEPS + 1)]
    return [
        (one.x + dx * t - dy / length * aside * 4 * t * (1 - t), one.y + dy * t + dx / length * aside * 4 * t * (1 - t))
        for t in steps
    ]


def links_figure(rows: pd.DataFrame, link: str) -> go.Figure:
    """Draw the lands, and each link between them in the look of its state, with its number; the chosen link set off."""
    figure = go.Figure()
    lines = paths(rows)
    x, y = zip(*lines.get(link, [(None, None)]), strict=True)
    figure.add_scatter(x=x, y=y, mode="lines", line=HALO, hoverinfo="skip", showlegend=False)
    for status, state in STATES.items():
        for row in rows[rows["status"] == status].itertuples():
            figure.add_scatter(**_line(row, lines[row.link_id], state))
        figure.add_scatter(x=[None], y=[None], mode="lines", name=state.name, line=_ink(state), showlegend=True)
    figure.add_scatter(**_numbers(rows, lines, link))
    shown = {land for route in rows["route"] for land in route}
    lands = [land for name, land in LANDS.items() if name in shown]
    for land in lands:
        figure.add_annotation(
            x=land.x,
            y=land.y,
            text=f"<b>{land.name}</b>",
            showarrow=False,
            bgcolor=theme.BAND.light,
            bordercolor=theme.NEUTRAL.light,
            borderwidth=1,
            borderpad=5,
            font=dict(size=13, color=theme.TEXT.light),
        )
    figure.update_xaxes(visible=False, range=[-1.4, 10.9])
    figure.update_yaxes(visible=False, range=[-0.5, 10.1 if "italy" in shown else 9.3])
    return figure.update_layout(
        margin=dict(t=8, b=56, l=0, r=0), legend=dict(y=-0.02, yanchor="top", itemwidth=45, font=dict(size=12))
    )


def _ink(state: State) -> dict:
    return dict(color=(theme.TEXT if state.strong else theme.NEUTRAL).light, dash=state.dash, width=state.width)


def _line(row, path: list[tuple[float, float]], state: State) -> dict:
    x, y = zip(*path, strict=True)
    return dict(
        x=x,
        y=y,
        mode="lines",
        line=_ink(state),
        customdata=[row.link_id] * len(x),
        hoverinfo="text",
        showlegend=False,
        hovertext=plain(f"{row.number}. {row.name}: {row.state}"),
    )


def _numbers(rows: pd.DataFrame, lines: dict[str, list[tuple[float, float]]], link: str) -> dict:
    mine = (rows["link_id"] == link).tolist()
    spots = [_spot(lines[one], len(route)) for one, route in zip(rows["link_id"], rows["route"], strict=True)]
    return dict(
        x=[x for x, _ in spots],
        y=[y for _, y in spots],
        mode="markers+text",
        text=[f"<b>{one}</b>" for one in rows["number"]],
        textfont=dict(size=11, color=[theme.PAGE.light if one else theme.TEXT.light for one in mine]),
        marker=dict(
            size=19,
            color=[theme.TEXT.light if one else theme.PAGE.light for one in mine],
            line=dict(color=theme.TEXT.light, width=1),
        ),
        customdata=rows["link_id"],
        hovertext=[plain(f"{row.number}. {row.name}: {row.state}") for row in rows.itertuples()],
        hoverinfo="text",
        showlegend=False,
    )


def _spot(path: list[tuple[float, float]], lands: int) -> tuple[float, float]:
    """Return where a link's number stands: in the middle of its line or, where it crosses a land, early on it."""
    return path[len(path) // 2 if lands <= 2 else STEPS // 3]
