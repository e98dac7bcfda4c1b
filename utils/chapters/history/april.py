"""April 2016 close up: rival claims about four days, over UCDP's months."""

from __future__ import annotations

from itertools import cycle

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import events, names, tables, theme
from utils.scenes import Card, Choice, Scene, Toggle
from utils.wording import count, date_text, listing, number, plain

APRIL = "april_2016"
CATEGORIES = {"military_killed": "soldiers killed", "civilian_killed": "civilians killed", "wounded": "wounded"}
HARMED = {"armenian": "on the Armenian side", "azerbaijani": "on the Azerbaijani side", "both": "on both sides"}
OFFICIALS = {"armenia": "Armenian officials", "azerbaijan": "Azerbaijani officials"}
# Whose claim it is: a side's officials (Armenia's and those in Khankendi/Stepanakert are one side), or its media.
SIDE = {"armenia": "armenia", "nk_authorities": "armenia", "azerbaijan": "azerbaijan"}
MEDIA = {"armenian_media": "armenia", "azerbaijani_media": "azerbaijan"}
SYMBOL = {
    **theme.PARTY_SYMBOL,
    "nk_authorities": "hexagon",
    "armenian_media": "diamond",
    "azerbaijani_media": "triangle-up",
}
LIFT = {"armenia": 0.16, "azerbaijan": -0.16}  # the two sides' claims stand a little apart on each line


def kind_of_count(claimant: str) -> str:
    """Say whose number it is: "claim of a party", "given by media of one side" or "count by others"."""
    if claimant in SIDE:
        return "claim of a party"
    return "given by media of one side" if claimant in MEDIA else "count by others"


def select_april(category: str) -> pd.DataFrame:
    """Return the claims about the fighting of April 2016 in one category, oldest first for each side harmed.

    Columns: those of `casualty_claims`, and `claimant` (name), `harmed` (in words), `kind_of_count`; `low` and
    `high` (int), the ends of the claim's range, both the figure itself where it gives none.
    """
    claims = tables.load("casualty_claims").query("episode_id == @APRIL and category == @category and figure.notna()")
    return claims.assign(
        claimant=names.labels(claims["claimed_by"]),
        harmed=claims["side_harmed"].map(HARMED),
        kind_of_count=claims["claimed_by"].map(kind_of_count),
        low=claims["figure_low"].fillna(claims["figure"]).astype(int),
        high=claims["figure_high"].fillna(claims["figure"]).astype(int),
    ).sort_values(["side_harmed", "as_of", "figure"])


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
    lines = [harmed for harmed in HARMED.values() if harmed in set(rows["harmed"])]
    base = {harmed: height for height, harmed in enumerate(reversed(lines))}
    others = cycle(("star", "pentagon", "hourglass"))
    for claimant, some in rows.groupby("claimed_by"):
        kind = some["kind_of_count"].iloc[0]
        ink = theme.PARTY_INK[SIDE[claimant]] if claimant in SIDE else theme.NEUTRAL
        symbol = SYMBOL.get(claimant) or next(others)
        lift = LIFT.get(SIDE.get(claimant) or MEDIA.get(claimant), 0)
        figure.add_scatter(
            x=some["figure"],
            y=some["harmed"].map(base) + lift,
            mode="markers",
            customdata=some["claim_id"],
            row=place,
            col=1,
            name=some["claimant"].iloc[0],
            marker=theme.counted(ink, symbol) if kind == "count by others" else theme.claimed(ink, symbol),
            error_x=dict(
                type="data",
                symmetric=False,
                array=_reach(some["high"] - some["figure"]),
                arrayminus=_reach(some["figure"] - some["low"]),
                color=ink.light,
                thickness=1.5,
                width=5,
            ),
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


def _reach(distance: pd.Series) -> pd.Series:
    """Return how far a range reaches from its figure, missing where it does not: a zero would draw an end mark."""
    return distance.astype(float).where(distance > 0)


def describe_april(rows: pd.DataFrame, category: str) -> str:
    """Say for each side what its own officials and the other side's claim, and what UCDP counts in the month."""
    told = []
    for harmed, some in rows.groupby("harmed", sort=False):
        claims = some.assign(side=some["claimed_by"].map(SIDE)).dropna(subset=["side"]).groupby("side")
        ranges = [
            f"{_range(of_side['low'].min(), of_side['high'].max())} by {OFFICIALS[side]}" for side, of_side in claims
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
        note=f"Key: {theme.KEY_LINE}. Grey hollow marks are media of one side. A bar is the range of a claim. "
        "Claims are never added up or averaged.",
    )
