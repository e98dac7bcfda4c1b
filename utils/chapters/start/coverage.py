"""What is in the pack: how many rows a table has, and how well they are confirmed."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import tables, theme
from utils.scenes import Choice, Scene
from utils.wording import count, number

MEASURES = {"rows": "How many rows", "two": "Share of rows seen in two pages"}


def select_tables() -> pd.DataFrame:
    """Return one row a table whose rows cite sources: `table` (title), `rows` (int), `two` (percent seen twice).

    Rows without a mark, questions of method, cite nothing and are not counted.
    """
    loaded = ((name, tables.load(name)) for name in tables.names())
    marks = ((name, table["confidence"].dropna()) for name, table in loaded if "confidence" in table)
    cited = [(tables.title(name), len(some), (some == "two").mean() * 100) for name, some in marks]
    return pd.DataFrame(cited, columns=["table", "rows", "two"]).sort_values("rows", ascending=False)


def tables_figure(rows: pd.DataFrame, measure: str) -> go.Figure:
    """Draw one bar a table."""
    values = rows.sort_values(measure)
    unit = "rows" if measure == "rows" else "percent of rows"
    figure = go.Figure()
    figure.add_bar(
        x=values[measure],
        y=values["table"],
        orientation="h",
        marker_color=theme.NEUTRAL.light,
        text=[number(value) for value in values[measure]],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x:,.0f} " + unit + "<extra></extra>",
    )
    figure.update_traces(textfont_size=12, constraintext="none")
    figure.update_xaxes(title_text=unit, rangemode="tozero")
    return figure.update_yaxes(ticksuffix=" ", dtick=1, tickfont_size=12)


def describe_tables(rows: pd.DataFrame, measure: str) -> str:
    """Name the size of the whole and its ends by the measure shown."""
    if measure == "rows":
        return f"{count(len(rows), 'table')} hold {number(rows['rows'].sum())} rows; every row names its sources."
    best, worst = rows.loc[rows["two"].idxmax()], rows.loc[rows["two"].idxmin()]
    share = (rows["two"] * rows["rows"]).sum() / rows["rows"].sum()
    return (
        f"{number(share)} percent of all rows were seen in two pages or more. Coverage is uneven: in “{best['table']}” {number(best['two'])} percent of the rows were seen in two pages, "
        f"in “{worst['table']}” {number(worst['two'])} percent."
    )


def in_the_pack() -> Scene:
    """What is in the pack: rows a table, and how many of them were seen in two pages."""
    return Scene(
        id="start-tables",
        question="What is in this pack, and how well is it confirmed?",
        rows=select_tables,
        figure=tables_figure,
        reading=describe_tables,
        controls=(Choice("measure", "Show", MEASURES),),
        columns={"table": "Table", "rows": "Rows", "two": "Percent of rows seen in two pages"},
        height=80 + 19 * len(select_tables()),
    )
