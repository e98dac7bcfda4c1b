"""The chart of the harm: one panel a kind, one line a figure."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import claims, theme
from utils.chapters.war.harm import KINDS, NO_FIGURE
from utils.wording import date_text, plain, wrapped

LINE, HEAD = 26, 36  # px: one figure, and one kind's heading


def harm_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw one panel a kind with an axis of its own, and one line a figure: who counted, when and how many."""
    kinds = list(dict.fromkeys(rows["kind"]))
    sizes = [int((rows["kind"] == kind).sum()) for kind in kinds]
    whole = sum(sizes) * LINE + len(kinds) * HEAD
    figure = make_subplots(
        rows=len(kinds),
        cols=1,
        row_heights=[size / sum(sizes) for size in sizes],
        vertical_spacing=HEAD / whole if len(kinds) > 1 else 0,
        subplot_titles=[KINDS[kind] for kind in kinds],
    )
    for place, kind in enumerate(kinds, start=1):
        _draw_kind(figure, rows[rows["kind"] == kind].reset_index(drop=True), place)
    figure.update_annotations(
        selector=lambda note: note.text in KINDS.values(),
        x=0,
        xanchor="left",
        font=dict(size=14, color=theme.TEXT.light),
    )
    if len(kinds) == 1:  # there is room for what was counted
        figure.layout.annotations += tuple(definitions(rows.reset_index(drop=True)))
    figure.update_xaxes(showgrid=False, zeroline=True, zerolinewidth=2, ticks="", showticklabels=False)
    return figure.update_layout(margin=dict(t=28), showlegend=False)


def _draw_kind(figure: go.Figure, rows: pd.DataFrame, place: int) -> None:
    """Draw one kind: a thin line from nothing to each figure, its mark and its words; words alone where there is none."""
    rows = rows.assign(y=-rows.index)
    found, gaps = rows[rows["figure"].notna()], rows[rows["figure"].isna()]
    most = max(1, int(found["figure"].max())) if len(found) else 1
    where = dict(row=place, col=1)
    figure.add_scatter(
        x=[end for figure_ in found["figure"].astype(int) for end in (0, figure_, None)],
        y=[end for y in found["y"] for end in (y, y, None)],
        mode="lines",
        line=dict(color=theme.GRID.light, width=1),
        hoverinfo="skip",
        **where,
    )
    for party, some in found.groupby("party"):
        ink, symbol = theme.PARTY_INK.get(party, theme.NEUTRAL), theme.PARTY_SYMBOL.get(party, "diamond")
        figure.add_scatter(
            x=some["figure"].astype(int),
            y=some["y"],
            mode="markers+text",
            customdata=some["key"],
            text=[
                f" <b>{row.figure_text}</b> {plain(shortened(row.counted_by))}, {row.as_of:%b %Y}"
                for row in some.itertuples()
            ],
            textposition="middle right",
            textfont=dict(size=12, color=theme.TEXT.light),
            cliponaxis=False,
            marker=theme.claimed(ink, symbol, 11) if party else theme.counted(ink, symbol),
            error_x=claims.whiskers(some["figure"], some["figure_low"], some["figure_high"], ink),
            hovertext=[
                wrapped(f"{row.counted_by}, {date_text(row.as_of)}: {row.figure_text}. {row.definition}", 70)
                for row in some.itertuples()
            ],
            hoverinfo="text",
            **where,
        )
    if len(gaps):
        figure.add_scatter(
            x=[0] * len(gaps),
            y=gaps["y"],
            mode="text",
            text=[f" <i>{NO_FIGURE}</i>"] * len(gaps),
            textposition="middle right",
            textfont=dict(size=12, color=theme.NEUTRAL.light),
            cliponaxis=False,
            hoverinfo="skip",
            **where,
        )
    figure.update_yaxes(
        range=[-len(rows) + 0.4, 0.6],
        tickvals=rows["y"].tolist(),
        ticktext=rows["side_name"].tolist(),
        ticks="",
        showgrid=False,
        zeroline=False,
        **where,
    )
    # Each mark has its figure beside it, so the axis needs no numbers: only where nothing is.
    figure.update_xaxes(range=[-0.02 * most, 2.7 * most], **where)


def definitions(rows: pd.DataFrame) -> list[dict]:
    """Return, as notes on the one panel there is, what was counted under each figure, as far as there is room."""
    longest = 225 if len(rows) <= 5 else 150
    look = dict(xref="x", yref="y", xanchor="left", yanchor="top", yshift=-9, align="left", showarrow=False)
    font = dict(size=12, color=theme.NEUTRAL.light)
    told = rows[rows["definition"].astype(bool)]["definition"]
    return [
        dict(x=0, y=-place, text=wrapped(textwrap.shorten(text, longest, placeholder=" …"), 76), font=font, **look)
        for place, text in told.items()
    ]


def shortened(counted_by: str, width: int = 30) -> str:
    """Return who counted, cut at a word to what the chart has room for; a person's office without the name."""
    return textwrap.shorten(counted_by.split(", ")[0], width, placeholder=" …")
