"""Draw it first: the reader predicts the deaths of the truce years, then sees two counts of them."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, tables, theme
from utils.learning.predictions import Prediction
from utils.scenes import Curve, Gate, Scene
from utils.wording import number

HANDLES = ("1995", "2002", "2009", "2016", "2019")


def truce_years() -> tuple[int, int]:
    """Return the first and the last full calendar year between the truce of 1994 and the war of 2020."""
    return events.moment("truce_1994").year + 1, events.moment("war_begins_2020").year - 1


def deaths_by_year(first: int, last: int) -> pd.DataFrame:
    """Return deaths a year, both countries of event together, under each of two counting rules.

    Columns: `year`; `deaths_single_month`, the sum of the monthly counts (events that UCDP dates within one month);
    `deaths_above_threshold`, every event however long, but only in years above 25 deaths, else missing; `source_ids`.
    """
    monthly, yearly = tables.load("deaths_monthly"), tables.load("deaths_yearly")
    cited = tuple(dict.fromkeys(one for table in (monthly, yearly) for ids in table["source_ids"] for one in ids))
    by_month = monthly.groupby(monthly["month"].dt.year)["deaths"].sum()
    above = yearly.groupby("year")["deaths"].sum()
    years = pd.RangeIndex(first, last + 1, name="year")
    return pd.DataFrame(
        {
            "deaths_single_month": by_month.reindex(years, fill_value=0).astype(int),
            "deaths_above_threshold": above.where(above > 0).reindex(years).astype("Int64"),
            "source_ids": [cited] * len(years),
        }
    ).reset_index()


def truce_deaths() -> pd.DataFrame:
    """Return the deaths of the truce years: `year` and `deaths_single_month`, as exercise 1 asks for them."""
    return deaths_by_year(*truce_years())[["year", "deaths_single_month"]]


def select_deaths(seen: str) -> pd.DataFrame:
    """Return the deaths of the truce years once the guess is made or skipped; before, no rows at all."""
    table = deaths_by_year(*truce_years())
    return table if seen else table.head(0)


def draw_first_figure(rows: pd.DataFrame, guess: tuple[int, ...], seen: str) -> go.Figure:
    """Draw the reader's curve and, once it is opened, the two counts over it."""
    figure = go.Figure()
    if seen != "skipped":
        figure.add_scatter(
            x=[int(year) for year in HANDLES],
            y=list(guess),
            mode="lines+markers",
            name="your curve",
            line=dict(color=theme.TEXT.light, dash="dot", width=2),
            marker=dict(symbol="x", size=10, color=theme.TEXT.light),
            hovertemplate="%{x}: you drew %{y}<extra></extra>",
        )
    if seen:
        figure.add_scatter(
            x=rows["year"],
            y=rows["deaths_single_month"],
            mode="lines+markers",
            name="counted month by month",
            line=dict(color=theme.NEUTRAL.light, width=2),
            marker=theme.counted(),
            hovertemplate="%{x}: %{y} deaths<extra></extra>",
        )
        above = rows.dropna(subset=["deaths_above_threshold"])
        figure.add_scatter(
            x=above["year"],
            y=above["deaths_above_threshold"].astype(int),
            mode="markers",
            name="counted by year, 25 or more",
            marker=theme.counted(theme.EU_TRACK, "diamond", 11),
            hovertemplate="%{x}: %{y} deaths<extra></extra>",
        )
    first, last = truce_years()
    figure.update_xaxes(range=[first - 0.5, last + 0.5], dtick=4, tick0=first)
    figure.update_yaxes(range=[-6, 210], title_text="deaths in a year")
    return figure.update_layout(showlegend=True)


def describe_draw_first(rows: pd.DataFrame, guess: tuple[int, ...], seen: str) -> str:
    """Before: ask. After: the peak, the quiet years, and how far the reader's curve was from the counts."""
    first, last = truce_years()
    if not seen:
        return f"Set the five handles to the deaths you expect in each year from {first} to {last}, then compare."
    deaths = rows.set_index("year")["deaths_single_month"]
    halves = deaths.loc[: (first + last) // 2].mean(), deaths.loc[(first + last) // 2 + 1 :].mean()
    zero = int((deaths == 0).sum())
    quiet = (
        f"{zero} of {len(deaths)} years {'has' if zero == 1 else 'have'} none on record"
        if zero
        else "no year is without"
    )
    told = (
        f"Counted month by month, deaths peak in {deaths.idxmax()} with {number(deaths.max())}; {quiet}. "
        f"The mean is {number(halves[0])} a year up to {(first + last) // 2} and {number(halves[1])} after it."
    )
    if seen == "skipped":
        return told
    off = {int(year): value - int(deaths[int(year)]) for year, value in zip(HANDLES, guess, strict=True)}
    worst = max(off, key=lambda year: abs(off[year]))
    direction = "above" if off[worst] > 0 else "below"
    if off[worst] == 0:
        return told + " Your five handles lie on the counts."
    return told + f" Your curve is furthest off in {worst}: {number(abs(off[worst]))} {direction} the count."


def prediction() -> Prediction:
    """The scene with the reader's curve kept."""

    def words(guess: tuple[int, ...]) -> str:
        return "; ".join(f"{year}: {deaths}" for year, deaths in zip(HANDLES, guess, strict=True))

    return Prediction(id="p01_draw", scene=draw_first(), guess="guess", gate="seen", words=words)


def draw_first() -> Scene:
    """Draw it first: predict the deaths of the truce years, then see two counts of them."""
    first, last = truce_years()
    return Scene(
        id="history-draw-first",
        question=f"How many people died each year of the truce, {first} to {last}? Draw it first.",
        rows=select_deaths,
        figure=draw_first_figure,
        reading=describe_draw_first,
        controls=(
            Curve("guess", "Deaths you expect in", HANDLES, last=200, step=5, value=(40,) * len(HANDLES)),
            Gate("seen", "Compare with the counts", skip_label="Skip, show the counts"),
        ),
        columns={
            "year": "Year",
            "deaths_single_month": "Deaths, counted month by month",
            "deaths_above_threshold": "Deaths, counted by year (only years with 25 or more)",
        },
        note="UCDP best estimates, soldiers and civilians, Armenia and Azerbaijan together. The monthly count takes all "
        "kinds of violence but leaves out events that span two months; the yearly count takes long events too, but only "
        "those of opponents between whom 25 or more died in the year. So either may be the higher. "
        "Low and high estimates are not in our tables.",
    )
