"""Money and arms: two economies and two military budgets, in dollars or as an index."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import names, tables, theme
from utils.scenes import Choice, Range, Scene
from utils.wording import listing, number

SCALES = {"dollars": "As they are", "index": "Index: first year = 100"}
BUDGETS = {"usd": "Dollars", "share": "Share of the economy"}
SERIES = ("gdp_current_usd", "milex_share_gdp_wdi")


def common_years() -> tuple[int, int]:
    """Return the first and the last year in which both series of both countries have a value."""
    ends = (
        tables.load("macro")
        .query("indicator in @SERIES")
        .groupby(["country_id", "indicator"])["year"]
        .agg(["min", "max"])
    )
    return int(ends["min"].max()), int(ends["max"].min())


def select_economy(years: tuple[int, int]) -> pd.DataFrame:
    """Return GDP and military spending of both countries, one row a country and year.

    Columns: `country_id`, `country`, `year`; `gdp_usd` (billion US$ of the day); `military_share` (percent of
    GDP); `military_usd` (million US$ of the day, the share times the GDP); `source_ids`, `confidence`.
    """
    macro = tables.load("macro").query("year >= @years[0] and year <= @years[1]")
    wanted = macro[macro["indicator"].isin(SERIES)]
    wide = wanted.pivot(index=["country_id", "year"], columns="indicator", values="value").dropna()
    cited = wanted.groupby(["country_id", "year"])["source_ids"].agg(lambda ids: tuple(dict.fromkeys(sum(ids, ()))))
    rows = pd.DataFrame(
        {
            "gdp_usd": wide["gdp_current_usd"] / 1e9,
            "military_share": wide["milex_share_gdp_wdi"],
            "military_usd": wide["gdp_current_usd"] * wide["milex_share_gdp_wdi"] / 100 / 1e6,
            "source_ids": cited.reindex(wide.index),
            "confidence": "one",
        }
    ).reset_index()
    return rows.assign(country=names.labels(rows["country_id"]))


def scaled(values: pd.Series, scale: str) -> pd.Series:
    """Return a country's series as it is, or with its first year as 100."""
    return values / values.iloc[0] * 100 if scale == "index" else values


def economy_figure(rows: pd.DataFrame, scale: str, budget: str) -> go.Figure:
    """Draw two small charts side by side: the economy and the military budget, one line a country."""
    index = scale == "index"
    military = "military_share" if budget == "share" else "military_usd"
    units = {"gdp_usd": "billion US$", "military_usd": "million US$", "military_share": "percent of GDP"}
    indexed = {"gdp_usd": "index", "military_usd": "index of dollars", "military_share": "index of the share of GDP"}
    shown = {"gdp_usd": "Economy (GDP)", military: "Military spending"}
    titles = [f"{title}, {indexed[column] if index else units[column]}" for column, title in shown.items()]
    figure = make_subplots(rows=1, cols=2, subplot_titles=titles, horizontal_spacing=0.12)
    for place, column in enumerate(shown, start=1):
        for country, some in rows.groupby("country_id"):
            ink = theme.PARTY_INK[country]
            values = scaled(some[column], scale)
            digits = 1 if values.max() < 100 else 0
            figure.add_scatter(
                x=some["year"],
                y=values,
                mode="lines+markers",
                name=some["country"].iloc[0],
                row=1,
                col=place,
                legendgroup=country,
                showlegend=place == 1,
                line=dict(color=ink.light, dash=theme.PARTY_DASH[country], width=2),
                marker=theme.counted(ink, theme.PARTY_SYMBOL[country], 7),
                hovertemplate=f"{some['country'].iloc[0]}, %{{x}}: %{{y:,.{digits}f}}<extra></extra>",
            )
    figure.update_yaxes(rangemode="tozero")
    figure.update_xaxes(nticks=6, tickformat="d", dtick=1 if rows["year"].nunique() < 6 else None)
    figure.update_annotations(font=dict(size=14, color=theme.TEXT.light))
    return figure.update_layout(legend=dict(y=1.1), margin=dict(t=64))


def describe_economy(rows: pd.DataFrame, scale: str, budget: str) -> str:
    """Say how the two countries compare in the last year, in the scale that is shown."""
    last = rows[rows["year"] == rows["year"].max()].set_index("country_id")
    first = rows[rows["year"] == rows["year"].min()].set_index("country_id")
    start, end = int(first["year"].iloc[0]), int(last["year"].iloc[0])
    if scale == "index" and start != end:
        military = "military_share" if budget == "share" else "military_usd"
        times = (last[["gdp_usd", military]] / first[["gdp_usd", military]]).map(lambda ratio: number(ratio, 1))
        economy, spent = (
            listing(f"{one} times in {last.loc[country, 'country']}" for country, one in times[column].items())
            for column in times
        )
        what = "the share of it that went to the military" if budget == "share" else "military spending"
        return (
            f"In {end} the economy stood at {economy} its level of {start}, in dollars of the day, and {what} at {spent}. "
            "An index starts both at 100 and so hides who was larger to begin with."
        )
    share = listing(f"{row.country} spent {number(row.military_share, 1)} percent" for _, row in last.iterrows())
    by_size = last["military_usd"].sort_values()
    ratio = by_size.iloc[-1] / by_size.iloc[0]
    return (
        f"In {end} {last.loc[by_size.index[-1], 'country']} spent {number(ratio, 1)} times as many dollars on its "
        f"military as {last.loc[by_size.index[0], 'country']}; as a share of the economy, {share}."
    )


def money_and_arms() -> Scene:
    """Money and arms: the same two countries in dollars, as an index and as shares."""
    return Scene(
        id="history-money-and-arms",
        question="Whom did time favour: how did the two economies and budgets change?",
        rows=select_economy,
        figure=economy_figure,
        reading=describe_economy,
        controls=(
            Choice("scale", "Scale", SCALES),
            Choice("budget", "Military spending as", BUDGETS),
            Range("years", "Years", *common_years()),
        ),
        columns={
            "country": "Country",
            "year": "Year",
            "gdp_usd": "GDP, billion US$",
            "military_usd": "Military spending, million US$ (computed)",
            "military_share": "Military spending, percent of GDP",
        },
        note="World Bank series. Dollars of the day are not corrected for prices; military dollars are the share times "
        "the GDP. What counts as military differs: Armenia's figures leave pensions out; Azerbaijan's for 2011 to 2015 "
        "hold special projects that no later budget shows, so that part of the fall after them is a change of counting.",
    )
