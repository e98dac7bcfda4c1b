"""The chart of the counts: by whose dead, over time, the war wide and the years after it narrow."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import claims, events, theme
from utils.chapters.war.growth import HARMED, claims_of_war, ends, first_own_count
from utils.wording import date_text, number, plain

WIDE, NARROW = 0.5, 0.14  # the war's share of the axis: where counts were made in it, and where none was


class Axis(NamedTuple):
    """A time axis in two parts: from 0 to `share` the war, from there to 1 the time from the ceasefire to `last`."""

    share: float
    first: pd.Timestamp
    ceasefire: pd.Timestamp
    last: pd.Timestamp


def axis_of(counted: str) -> Axis:
    """Return the axis for all claims in a category, the same whichever side is shown."""
    first, ceasefire = events.moment("war_begins_2020"), events.moment("trilateral_statement_2020", end=True)
    days = claims_of_war(counted)["as_of"]
    share = WIDE if (days <= ceasefire).any() else NARROW
    return Axis(share, first, ceasefire, max(days.max(), ceasefire + pd.Timedelta(days=1)))


def place_on_axis(days: pd.Series, axis: Axis) -> pd.Series:
    """Return where days stand on the axis (float, 0 to 1)."""
    in_war = (days - axis.first) / (axis.ceasefire - axis.first) * axis.share
    after = axis.share + (days - axis.ceasefire) / (axis.last - axis.ceasefire) * (1 - axis.share)
    return in_war.where(days <= axis.ceasefire, after).clip(lower=0)


def ticks(axis: Axis) -> tuple[list[float], list[str]]:
    """Return the places and words of the axis: weeks of the war where there is room, its end, then every half-year."""
    end = axis.ceasefire
    weeks = [day for day in pd.date_range(axis.first, end, freq="14D") if (end - day).days > 10]
    weeks = weeks if axis.share == WIDE else []
    later = pd.Series(pd.date_range(end, axis.last, freq="MS"))
    later = later[later.dt.month.isin((1, 7)) & (place_on_axis(later, axis) > axis.share + 0.12)]
    days = pd.Series([*weeks, end, *later])
    words = [f"{day.day} {day:%b}" for day in (*weeks, end)] + [f"{day:%b %Y}" for day in later]
    return place_on_axis(days, axis).tolist(), words


def counts_figure(rows: pd.DataFrame, counted: str) -> go.Figure | None:
    """Draw each claim by date, one panel for each side harmed, and a step line along each maker's like counts of its own side."""
    if rows.empty:  # the gate is closed, or no count is on record: no chart, not even an empty one
        return None
    panels = [harmed for harmed in HARMED.values() if harmed in set(rows["harmed"])]
    axis = axis_of(counted)
    figure = make_subplots(
        rows=len(panels), cols=1, shared_xaxes=True, vertical_spacing=0.09, subplot_titles=panels, shared_yaxes="all"
    )
    symbols = claims.symbols(rows["claimed_by"])
    for maker, some in rows.groupby("claimed_by"):
        for place, harmed in enumerate(panels, start=1):
            _draw_maker(figure, some[some["harmed"] == harmed], symbols[maker], place, axis)
    figure.update_annotations(x=0, xanchor="left", font=dict(size=14, color=theme.TEXT.light))  # the panels' titles
    notes = figures_at_ends(rows, panels, axis) + remarks(rows, panels, axis.share)
    figure.layout.annotations += tuple(notes)
    figure.layout.shapes = days_of_war(panels, axis.share)
    _name_once(figure)
    places, words = ticks(axis)
    figure.update_xaxes(range=[-0.06, 1.1], tickvals=places, ticktext=words, showgrid=False, tickangle=0)
    figure.update_xaxes(title_text="shaded: the war, its days drawn wider than those after it", row=len(panels), col=1)
    most = int(rows["high"].max())
    figure.update_yaxes(range=[-0.06 * most, 1.2 * most], tickformat=",", nticks=5, title_text="people", zeroline=False)
    figure.update_layout(showlegend=True, legend=dict(y=1.08), margin=dict(t=64))
    return figure


def _draw_maker(figure: go.Figure, some: pd.DataFrame, symbol: str, place: int, axis: Axis) -> None:
    """Draw one maker's claims about one side: a line along its own side's that count the same, and marks."""
    if some.empty:
        return
    maker = some["claimed_by"].iloc[0]
    ink = claims.ink(maker)
    # A side's claims about the other's dead are too far apart to be one count that grows: they stay single marks.
    for _, joined in some[some["own"]].groupby("definition", sort=False):
        if len(joined) > 1:
            figure.add_scatter(
                x=place_on_axis(joined["as_of"], axis),
                y=joined["figure"],
                mode="lines",
                line=dict(color=ink.light, width=1.5, shape="hv"),
                hoverinfo="skip",
                showlegend=False,
                row=place,
                col=1,
            )
    figure.add_scatter(
        x=place_on_axis(some["as_of"], axis),
        y=some["figure"],
        mode="markers",
        name=some["claimant"].iloc[0],
        legendgroup=maker,
        customdata=some["claim_id"],
        marker=claims.marker(maker, symbol, 9),
        error_y=claims.whiskers(some["figure"], some["low"], some["high"], ink),
        hovertext=[
            plain(f"{row.claimant}: {number(row.figure)} ({date_text(row.as_of)}; {row.definition})")
            for row in some.itertuples()
        ],
        hoverinfo="text",
        row=place,
        col=1,
    )


def figures_at_ends(rows: pd.DataFrame, panels: list[str], axis: Axis) -> list[dict]:
    """Return, as notes, the first and the last figure of each side's own counts, where there are at least two."""
    notes = []
    for (maker, harmed), some in rows[rows["own"]].groupby(["claimed_by", "harmed"]):
        place = panels.index(harmed) + 1
        for row, at_end in ends(some):
            beside = dict(xanchor="left", xshift=7) if at_end else dict(xanchor="right", xshift=-7)
            notes.append(
                dict(
                    x=float(place_on_axis(pd.Series([row["as_of"]]), axis).iloc[0]),
                    y=int(row["figure"]),
                    text=number(row["figure"]),
                    showarrow=False,
                    font=dict(size=12, color=claims.ink(maker).light),
                    **beside,
                    **_refs(place),
                )
            )
    return notes


def _refs(place: int) -> dict:
    """Return which axes the panel in a place has."""
    return dict(xref=f"x{place}", yref=f"y{place}") if place > 1 else dict(xref="x", yref="y")


def days_of_war(panels: list[str], share: float) -> list[dict]:
    """Return a shape for each panel that sets off the days of the war."""
    band = dict(type="rect", x0=0, x1=share, y0=0, y1=1, fillcolor=theme.BAND.light, line_width=0, layer="below")
    refs = [_refs(place) for place in range(1, len(panels) + 1)]
    return [band | one | dict(yref=f"{one['yref']} domain") for one in refs]


def remarks(rows: pd.DataFrame, panels: list[str], share: float) -> list[dict]:
    """Return the notes that name the ceasefire and say until when Azerbaijan published no count of its soldiers."""
    look = dict(xanchor="left", showarrow=False, font=dict(size=12, color=theme.NEUTRAL.light))
    notes = [dict(x=share, y=1, xref="x", yref="y domain", yanchor="top", xshift=4, text="ceasefire", **look)]
    silent = first_own_count(rows)
    if silent is not None and silent["category"] == "military_killed":
        text = f"no count of its soldiers before {date_text(silent['as_of'])}"
        place = panels.index(HARMED["azerbaijani"]) + 1
        refs = {name: f"{one} domain" for name, one in _refs(place).items()}
        notes.append(look | refs | dict(x=1, y=1, xanchor="right", yanchor="bottom", text=text))
    return notes


def _name_once(figure: go.Figure) -> None:
    """Let each maker stand once in the key, however many panels it has marks in."""
    named: set[str] = set()
    for trace in figure.data:
        if trace.mode == "markers":
            trace.showlegend = trace.name not in named
            named.add(trace.name)
