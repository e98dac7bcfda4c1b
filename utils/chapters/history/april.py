"""April 2016 close up: rival claims about four days, over UCDP's months."""

from __future__ import annotations

from itertools import cycle

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import events, names, tables, theme
from utils.scenes import Card, Choice, Scene, Toggle
from utils.wording import count, date_text, number, plain

APRIL = "april_2016"
CATEGORIES = {"military_killed": "soldiers killed", "civilian_killed": "civilians killed", "wounded": "wounded"}
HARMED = {"armenian": "on the Armenian side", "azerbaijani": "on the Azerbaijani side", "both": "on both sides"}


def select_april(category: str) -> pd.DataFrame:
    """Return the claims about the fighting of April 2016 in one category.

    Columns: those of `casualty_claims`, and `claimant` (name), `harmed` (in words), `kind_of_count`
    ("claim of a party" or "count by others").
    """
    claims = tables.load("casualty_claims").query("episode == @APRIL and category == @category")
    return claims.assign(
        claimant=names.labels(claims["claimed_by"]),
        harmed=claims["side_harmed"].map(HARMED),
        kind_of_count=claims["claimed_by"]
        .isin(theme.PARTY_INK)
        .map({True: "claim of a party", False: "count by others"}),
    ).sort_values(["side_harmed", "figure"])


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
        name="counted by UCDP, deaths a month",
        marker_color=theme.NEUTRAL.light,
        hovertemplate="%{x|%B %Y}: %{y} deaths<extra></extra>",
        row=1,
        col=1,
    )
    figure.update_yaxes(title_text="deaths a month", row=1, col=1)
    figure.update_xaxes(tickformat="%b %Y", nticks=6, row=1, col=1)
    return _claims(figure, rows, 2)


def _claims(figure: go.Figure, rows: pd.DataFrame, place: int) -> go.Figure:
    other_symbols = cycle(("diamond", "triangle-up", "star"))
    for claimant, some in rows.groupby("claimed_by"):
        ink, symbol = (
            theme.PARTY_INK.get(claimant, theme.NEUTRAL),
            theme.PARTY_SYMBOL.get(claimant) or next(other_symbols),
        )
        party = claimant in theme.PARTY_INK
        low, high = (some[end].fillna(some["figure"]) for end in ("figure_low", "figure_high"))
        figure.add_scatter(
            x=some["figure"],
            y=some["harmed"],
            mode="markers",
            customdata=some["claim_id"],
            row=place,
            col=1,
            name=f"{'claimed' if party else 'given'} by {some['claimant'].iloc[0]}",
            marker=theme.claimed(ink, symbol) if party else theme.counted(ink, symbol),
            error_x=dict(
                type="data",
                symmetric=False,
                array=(high - some["figure"]).astype(float),
                arrayminus=(some["figure"] - low).astype(float),
                color=ink.light,
                thickness=1.5,
                width=5,
            ),
            text=[plain(f"{row.claimant}: {number(row.figure)} ({date_text(row.as_of)})") for row in some.itertuples()],
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_yaxes(categoryorder="array", categoryarray=list(reversed(HARMED.values())), row=place, col=1)
    figure.update_xaxes(title_text="people, as claimed", rangemode="tozero", row=place, col=1)
    return figure.update_layout(showlegend=True, legend=dict(y=1.04), bargap=0.1)


def describe_april(rows: pd.DataFrame, category: str) -> str:
    """Say for each side how far the claims about it spread and who makes the lowest and the highest."""
    told = []
    for harmed, some in rows.dropna(subset=["figure"]).groupby("harmed", sort=False):
        lowest, highest = some.loc[some["figure"].idxmin()], some.loc[some["figure"].idxmax()]
        if lowest["figure"] == highest["figure"]:
            told.append(
                f"{CATEGORIES[category].capitalize()} {harmed}: {number(lowest['figure'])}, by {lowest['claimant']}."
            )
            continue
        ends = [f"{number(claim['figure'])} ({claim['claimant']})" for claim in (lowest, highest)]
        times = number(highest["figure"] / lowest["figure"], 1)
        told.append(
            f"{CATEGORIES[category].capitalize()} {harmed}: claims run from {ends[0]} to {ends[1]}, {times} times as many."
        )
    start = events.moment("four_day_war_2016")
    counted = deaths_around_april().loc[pd.Timestamp(start.year, start.month, 1)]
    month = date_text(start, "month")
    return " ".join(
        [*told, f"UCDP counts {count(int(counted), 'death')} of all kinds in {month}, both sides together."]
    )


def claim_card(claim_id: str) -> Card:
    """Return the card of one casualty claim."""
    claim = tables.load("casualty_claims").set_index("claim_id").loc[claim_id]
    counted = CATEGORIES.get(claim["category"], claim["category"].replace("_", " "))
    low, high = claim["figure_low"], claim["figure_high"]
    spread = "" if pd.isna(low) or pd.isna(high) or low == high else f" (range {number(low)} to {number(high)})"
    return Card(
        title=f"{names.actor(claim['claimed_by'])}: {number(claim['figure'])} {counted}",
        date=f"as of {date_text(claim['as_of'])}",
        facts=(
            ("Counted", HARMED.get(claim["side_harmed"], claim["side_harmed"])),
            ("Figure", number(claim["figure"]) + spread),
        ),
        source_ids=claim["source_ids"],
        confidence=claim["confidence"],
        note=claim["note"] if isinstance(claim["note"], str) else "",
    )


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
        card=claim_card,
        height=500,
        note=f"Key: {theme.KEY_LINE}. Claims are never added up or averaged.",
    )
