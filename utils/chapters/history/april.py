"""April 2016 close up: rival claims about four days, over UCDP's months."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import claims, events, tables, theme
from utils.scenes import Choice, Scene, Toggle
from utils.wording import count, date_text, listing, number, plain

APRIL = "april_2016"
CATEGORIES = {**claims.COUNTED, "wounded": "wounded"}
LIFT = {"armenia": 0.16, "azerbaijan": -0.16}  # the two sides' claims stand a little apart on each line
OFFICIALS = {"armenia": "Armenian officials", "azerbaijan": "Azerbaijani officials"}


def select_april(category: str) -> pd.DataFrame:
    """Return the claims about the fighting of April 2016 in one category, oldest first for each side harmed.

    Columns: those of `claims.of_episode`, and `harmed` (in words).
    """
    made = claims.of_episode(APRIL, category)
    return made.assign(harmed=made["side_harmed"].map(claims.HARMED)).sort_values(["side_harmed", "as_of", "figure"])


def deaths_around_april() -> pd.Series:
    """Return UCDP's deaths by month, both countries together, for the year before and after the fighting."""
    monthly = tables.load("deaths_monthly")
    by_month = monthly.groupby("month")["deaths"].sum()
    start = events.moment("four_day_war_2016")
    return by_month.loc[start - pd.DateOffset(months=15) : start + pd.DateOffset(months=14)]


def april_figure(rows: pd.DataFrame, months: bool) -> go.Figure:
    """Draw each claim as a hollow mark of its maker, and UCDP's months as filled bars above them if wanted."""
    if not months:
        figure = make_subplots(rows=1, cols=1)
        return _claims(figure, rows, 1)
    figure = make_subplots(rows=2, cols=1, row_heights=[0.36, 0.64], vertical_spacing=0.2)
    counted = deaths_around_april()
    figure.add_bar(
        x=counted.index,
        y=counted,
        showlegend=False,
        marker_color=theme.NEUTRAL.light,
        hovertemplate="%{x|%B %Y}: %{y} deaths<extra></extra>",
        row=1,
        col=1,
    )
    figure.update_yaxes(title_text="UCDP deaths<br>a month", row=1, col=1)
    figure.update_xaxes(tickformat="%b %Y", nticks=6, row=1, col=1)
    return _claims(figure, rows, 2)


def _claims(figure: go.Figure, rows: pd.DataFrame, place: int) -> go.Figure:
    lines = [harmed for harmed in claims.HARMED.values() if harmed in set(rows["harmed"])]
    base = {harmed: height for height, harmed in enumerate(reversed(lines))}
    symbols = claims.symbols(rows["claimed_by"])
    for claimant, some in rows.groupby("claimed_by"):
        figure.add_scatter(
            x=some["figure"],
            y=some["harmed"].map(base) + LIFT.get(claims.party(claimant), 0),
            mode="markers",
            customdata=some["claim_id"],
            row=place,
            col=1,
            name=some["claimant"].iloc[0],
            marker=claims.marker(claimant, symbols[claimant]),
            error_x=claims.whiskers(some["figure"], some["low"], some["high"], claims.ink(claimant)),
            text=[plain(f"{row.claimant}: {number(row.figure)} ({date_text(row.as_of)})") for row in some.itertuples()],
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_yaxes(
        tickvals=list(base.values()),
        ticktext=list(base),
        range=[-0.5, max(1, len(base)) - 0.5],
        zeroline=False,
        row=place,
        col=1,
    )
    figure.update_xaxes(title_text="people", rangemode="tozero", tickformat=",", row=place, col=1)
    return figure.update_layout(showlegend=True, legend=dict(y=1.04), bargap=0.1)


def describe_april(rows: pd.DataFrame, category: str) -> str:
    """Say for each side what its own officials and the other side's claim, and what UCDP counts in the month."""
    told = []
    for harmed, some in rows.groupby("harmed", sort=False):
        by_side = some.assign(side=some["claimed_by"].map(claims.OFFICIALS)).dropna(subset=["side"]).groupby("side")
        ranges = [
            f"{_range(of_side['low'].min(), of_side['high'].max())} by {OFFICIALS[side]}" for side, of_side in by_side
        ]
        told += [f"{CATEGORIES[category].capitalize()} {harmed}: {listing(ranges)}."] if ranges else []
    start = events.moment("four_day_war_2016")
    counted = deaths_around_april().loc[pd.Timestamp(start.year, start.month, 1)]
    month = date_text(start, "month")
    return " ".join(
        [*told, f"UCDP counts {count(int(counted), 'death')} of all kinds in {month}, both sides together."]
    )


def _range(low: int, high: int) -> str:
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def april_2016() -> Scene:
    """April 2016 close up: rival claims about four days, over UCDP's months."""
    return Scene(
        id="history-april-2016",
        question="How many people did four days in April 2016 cost, and who says so?",
        rows=select_april,
        figure=april_figure,
        reading=describe_april,
        controls=(
            Choice("category", "What is counted", CATEGORIES),
            Toggle("months", "Show UCDP's monthly count above", value=True),
        ),
        columns={
            "claimant": "Who says so",
            "harmed": "Counted",
            "figure": "Figure",
            "figure_low": "Low",
            "figure_high": "High",
            "as_of": "As of",
            "kind_of_count": "Kind",
            "confidence": "Confidence",
        },
        key="claim_id",
        card=claims.card,
        height=500,
        note=f"Key: {theme.KEY_LINE}. Grey hollow marks are media of one side. A bar is the range of a claim. "
        "Claims are never added up or averaged.",
    )
