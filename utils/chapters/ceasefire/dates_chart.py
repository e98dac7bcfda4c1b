"""The chart of the dates: when a promise was due and done, the first weeks wide, the later years narrow, then its class."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, grid, theme
from utils.chapters.ceasefire import standing
from utils.wording import date_text, plain

FIRST_WEEKS, LATER, CLASS = [0, 0.52], [0.56, 0.84], [0.87, 1]  # parts of the chart's width
LEGEND_ROWS = 4
DUE, MOVED, DONE = "day in the text", "later day agreed", "done"
MARKS = {  # name in the legend: the column of its days, and how it looks
    DUE: ("deadline", dict(symbol="diamond-open", size=12, line=dict(width=2))),
    MOVED: ("deadline_changed_to", dict(symbol="diamond-open-dot", size=16, line=dict(width=1.5))),
    DONE: ("done_day", dict(symbol="circle", size=9)),
}
SHORT = {"armenia": "Arm.", "azerbaijan": "Azer.", "russia": "Rus."}  # who owes it
AXIS = dict(
    side="top",
    tickangle=0,
    showline=False,
    zeroline=False,
    tickfont=dict(size=12),
    ticks="",
    anchor="y",
    fixedrange=True,
)


def drawn(rows: pd.DataFrame, shares: pd.DataFrame, as_of: str) -> go.Figure:
    """Draw the promises (as of `dates.select_dates`) under the headings of their groups (as of `dates.kept`)."""
    order = [one for group in shares.index for one in [group, *rows.loc[rows["group"] == group, "commitment_id"]]]
    rows = rows.assign(row=[order.index(one) for one in rows["commitment_id"]])
    classes = rows.assign(column=0, look=rows["status_id"], marked=False, key=rows["commitment_id"])
    classes = classes.assign(hover=rows["title"] + ": " + rows["status"])
    traces = [
        *_delays(rows),
        *(trace for name in MARKS for trace in _marks(name, rows)),
        *(trace | dict(xaxis="x3") for trace in grid.cells(classes, standing.classes(pd.Timestamp(as_of)))),
    ]
    named = {row.commitment_id: f"{row.point}  {row.title} · {_who(row)}" for row in rows.itertuples()}
    headings = [place for place, one in enumerate(order) if one in shares.index]
    return grid.drawn(
        traces,
        [named.get(one, "") for one in order],
        [""],
        LEGEND_ROWS,
        **_axes(rows, as_of),
        annotations=[_heading(place, order[place], *shares.loc[order[place]]) for place in headings],
        shapes=grid.rules_between([place for place in headings if place]),
    )


def _who(row) -> str:
    """Return who owes a promise, in short."""
    return ", ".join(SHORT[one] for one in row.obliged_ids)


def height(lines: int) -> int:
    """Return the height of the chart in px for so many lines, headings included."""
    return grid.height(lines, LEGEND_ROWS)


def first_weeks_end() -> pd.Timestamp:
    """Return the last day of the wide part of the chart: a week after the last hand-over."""
    return events.moment("lachin_handover_2020") + pd.Timedelta(days=7)


def _delays(rows: pd.DataFrame) -> list[dict]:
    """Return a line from the day in the text to the day done, where that was later."""
    late = rows[rows["days_late"].fillna(0) > 0]
    look = dict(
        type="scatter", mode="lines", line=dict(color=theme.TEXT.light, width=2), hoverinfo="skip", showlegend=False
    )
    return [look | dict(x=[row.deadline, row.done_day], y=[row.row, row.row]) for row in late.itertuples()]


def _marks(name: str, rows: pd.DataFrame) -> list[dict]:
    """Return the marks of one kind in the wide and in the narrow part; only the first has an entry in the legend."""
    column, look = MARKS[name]
    rows = rows.dropna(subset=[column])
    early = rows[column] <= first_weeks_end()
    return [
        dict(
            type="scatter",
            x=some[column].tolist(),
            y=some["row"].tolist(),
            xaxis=axis,
            cliponaxis=False,
            mode="markers+text",
            name=name,
            showlegend=axis == "x",
            marker=dict(color=theme.TEXT.light) | look,
            text=[_delay(late) if name == DONE else "" for late in some["days_late"]],
            textposition="middle right",
            textfont=dict(size=12, color=theme.TEXT.light),
            customdata=some["commitment_id"].tolist(),
            hovertext=[
                plain(f"{title}, {name}: {date_text(day)}")
                for title, day in zip(some["title"], some[column], strict=True)
            ],
            hoverinfo="text",
        )
        for axis, some in (("x", rows[early]), ("x2", rows[~early]))
    ]


def _delay(days) -> str:
    return f"   +{days} days" if not pd.isna(days) and days > 0 else ""


def _axes(rows: pd.DataFrame, as_of: str) -> dict:
    start, end, day = events.moment("trilateral_statement_2020", end=True), first_weeks_end(), pd.Timestamp(as_of)
    years = pd.date_range(f"{start.year + 1}-01-01", rows["deadline"].max(), freq="4YS")
    weeks = pd.date_range(start, end, freq="10D")
    spans = [start - pd.Timedelta(days=3), end], [end, years[-1] + pd.Timedelta(days=540)]
    return dict(
        xaxis=AXIS | dict(domain=FIRST_WEEKS, range=spans[0], tickvals=weeks, tickformat="%-d %b<br>%Y"),
        xaxis2=AXIS | dict(domain=LATER, range=spans[1], tickvals=years, tickformat="%Y"),
        xaxis3=AXIS
        | dict(
            domain=CLASS,
            range=[-0.5, 0.5],
            tickvals=[0],
            ticktext=[f"At {day.day} {day:%b}<br>{day:%Y}"],
            showgrid=False,
        ),
    )


def _heading(place: int, group: str, promises: int, carried_out: int) -> dict:
    at = dict(x=0, xref="paper", y=place, yref="y", xanchor="left", showarrow=False, bgcolor=theme.PAGE.light)
    told = f"<b>{group}: {carried_out} of {promises} done</b>"
    return at | dict(text=told, font=dict(size=13, color=theme.TEXT.light))
