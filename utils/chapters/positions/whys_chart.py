"""The ladder of whys: a column for each actor, a rung for each layer, and the other ways below the interest."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import grid, theme
from utils.grid import Look
from utils.wording import plain

LAYERS = {1: "Position", 2: "First why", 3: "Second why", 4: "Interest"}
WAYS = "Other way"
BASES = {"stated": "stated by the side", "inferred": "inferred by us or others"}
CLOSED = "closed"
LOOKS = {
    "stated": Look("S", BASES["stated"], theme.BAND),
    "inferred": Look("I", "inferred", theme.PAGE, ".", theme.NEUTRAL),
    CLOSED: Look("?", "not opened yet", theme.PAGE),
}
LEGEND_ROWS = 1
FAN, SPREAD, BELOW = 4.55, 0.17, 5.1  # in cells: where the other ways stand, how far apart, the end of the chart
HEAD = 30  # px
HEIGHT = grid.height(6, LEGEND_ROWS) - grid.HEAD + HEAD


def chains_figure(rows: pd.DataFrame, actors: dict[str, str], every: pd.DataFrame) -> go.Figure:
    """Draw the ladders.

    Parameters
    ----------
    rows : DataFrame
        As `whys.select_layers` gives them: what is open.
    actors : dict of id to name
        The columns, from left to right.
    every : DataFrame
        All layers of the issue (columns of `whys`), so that the closed ones keep their place.
    """
    order = list(actors)
    ways = rows[rows["number"] > 0]
    traces = [*grid.cells(_cells(rows, order, every), LOOKS), _closed(order if ways.empty else []), *_fan(ways, order)]
    drawn = grid.drawn(traces, list(LAYERS.values()), list(actors.values()), LEGEND_ROWS)
    rungs = {**dict(enumerate(LAYERS.values())), FAN: "Other ways"}
    drawn.update_yaxes(range=[BELOW, -0.5], tickvals=list(rungs), ticktext=list(rungs.values()))
    return drawn.update_layout(margin_t=HEAD)


def _cells(rows: pd.DataFrame, order: list[str], every: pd.DataFrame) -> pd.DataFrame:
    opened = set(rows["key"])
    return pd.DataFrame(
        [
            dict(
                row=row.layer - 1,
                column=order.index(row.actor_id),
                look=row.basis if key in opened else CLOSED,
                marked=False,
                key=key if key in opened else None,  # nothing opens where the layer is closed
                hover=row.sentence if key in opened else LOOKS[CLOSED].name,
            )
            for row in every.itertuples()
            for key in [f"whys/{row.why_id}"]
        ]
    )


def _closed(order: list[str]) -> dict:
    """Return a question mark under each ladder, where its other ways will stand."""
    marks = dict(
        type="scatter", mode="text", hoverinfo="skip", showlegend=False, textfont=dict(size=12, color=theme.TEXT.light)
    )
    return marks | dict(
        x=list(range(len(order))) or [None], y=[FAN] * len(order) or [None], text=["<b>?</b>"] * len(order)
    )


def _fan(ways: pd.DataFrame, order: list[str]) -> list[dict]:
    """Return the numbered ways of each actor, with lines from the interest."""
    sizes = ways.groupby("actor_id")["number"].transform("size")
    columns = [order.index(one) for one in ways["actor_id"]]
    places = [
        column + (number - (size + 1) / 2) * SPREAD
        for column, number, size in zip(columns, ways["number"], sizes, strict=True)
    ]
    foot = len(LAYERS) - 0.5 - grid.GAP_Y
    lines = dict(
        type="scatter",
        x=[at for column, place in zip(columns, places, strict=True) for at in (column, place, None)],
        y=[foot, FAN, None] * len(ways),
        mode="lines",
        line=dict(color=theme.NEUTRAL.light, width=1.5),
        hoverinfo="skip",
        showlegend=False,
    )
    marks = dict(
        type="scatter",
        x=places,
        y=[FAN] * len(ways),
        mode="markers+text",
        marker=dict(size=20, color=theme.PAGE.light, line=dict(color=theme.TEXT.light, width=1.5)),
        text=[f"<b>{number}</b>" for number in ways["number"]],
        textfont=dict(size=12, color=theme.TEXT.light),
        customdata=ways["key"].tolist(),
        hovertext=[plain(one) for one in ways["sentence"]],
        hoverinfo="text",
        showlegend=False,
    )
    return [lines, marks]
