"""The chart of the days: lanes of events, the truces as lines, UCDP's months at the foot."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import theme
from utils.chapters.war.calendar import DAY, LANES, NOON, months_of_war, weeks
from utils.chapters.war.truces import NO_TIME, SIDES, after
from utils.wording import number, plain

REPORTED = {"armenian": "reported by the Armenian side", "azerbaijani": "reported by the Azerbaijani side"}
NARROWEST = 470  # px: the width of the plot in the narrowest chart
LETTER, MARK = 7.0, 20  # px: one letter of a label, and a mark with the gap before its label
TRUCE_LEVELS = 4  # day and hour on which it began, and one line for each side's report


def edges(week: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return where the axis of days begins and ends: midnight before the first day and after the last, and some room."""
    first, last = weeks()[week]
    room = (last + DAY - first) * 0.015
    return first - room, last + DAY + room


def placed(rows: pd.DataFrame, week: str) -> pd.DataFrame:
    """Return the events of one lane with a level and a side for each label, so that no two labels touch.

    Columns: those of `rows`, and `level` (0 at the top of the lane), `right` (bool: the label stands right of its mark).
    """
    start, end = edges(week)
    day_of_px = (end - start) / NARROWEST
    free: list[pd.Timestamp] = []  # the end of the last label on each level
    levels, rights = [], []
    for row in rows.itertuples():
        width = day_of_px * (len(row.label) * LETTER + MARK)
        right = row.moment + width <= end or row.moment - start < end - row.moment
        left_end = row.moment - day_of_px * MARK / 2 if right else row.moment - width
        level = next((place for place, last in enumerate(free) if left_end >= last), len(free))
        free[level : level + 1] = [row.moment + (width if right else day_of_px * MARK / 2)]
        levels.append(level)
        rights.append(right)
    return rows.assign(level=levels, right=rights)


def days_figure(rows: pd.DataFrame, week: str, lanes: tuple[str, ...]) -> go.Figure:
    """Draw one lane for truces and one for each kind of event above UCDP's months, which share the axis of days."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.78, 0.22], vertical_spacing=0.04)
    depth, ticks = 0.0, {}
    began = rows[rows["lane"] == "truces"]
    _draw_truces(figure, began, week)
    ticks["Truces:<br>first breach<br>reported after"] = -2.4
    depth = float(TRUCE_LEVELS)
    told, under = [], []
    for lane in lanes:
        some = placed(rows[rows["lane"] == lane], week)
        size = max(1, int(some["level"].max()) + 1 if len(some) else 1)
        told.append(some.assign(y=-(depth + 0.8) - some["level"]))
        ticks[LANES[lane].replace(" on ", "<br>on ").replace(", ", ",<br>")] = -(depth + 0.8) - (size - 1) / 2
        under.append(-depth - 0.15)
        if some.empty:
            _say(figure, week, -(depth + 0.8), "no event of this kind in these days")
        depth += size + 0.6
    if told:
        _draw_events(figure, pd.concat(told))
    line = dict(type="line", x0=0, x1=1, xref="x domain", yref="y", line=dict(color=theme.GRID.light, width=1))
    figure.layout.shapes += tuple(line | dict(y0=y, y1=y) for y in under)
    _draw_months(figure, rows[rows["lane"] == "deaths"], week)
    figure.update_yaxes(
        range=[-depth - 0.3, 0.1],
        tickvals=list(ticks.values()),
        ticktext=list(ticks),
        showgrid=False,
        zeroline=False,
        ticks="",
        row=1,
        col=1,
    )
    first, last = weeks()[week]
    shown = pd.date_range(first, last, freq="7D" if week == "all" else "1D")
    figure.update_xaxes(
        range=list(edges(week)),
        tickvals=list(shown + NOON),
        ticktext=[f"{day.day} {day:%b}" for day in shown],
        showgrid=False,
    )
    figure.update_xaxes(ticks="", row=1, col=1)
    return figure.update_layout(showlegend=True, legend=dict(itemsizing="constant"), bargap=0)


def _say(figure: go.Figure, week: str, y: float, text: str) -> None:
    first, _ = weeks()[week]
    font = dict(size=13, color=theme.NEUTRAL.light)
    figure.add_annotation(x=first, y=y, text=text, xanchor="left", showarrow=False, font=font, row=1, col=1)


def _draw_truces(figure: go.Figure, began: pd.DataFrame, week: str) -> None:
    """Draw a line down through all lanes where a truce began, and beside it each side's first report of a breach."""
    start, end = edges(week)
    late = began["moment"] > start + (end - start) * 0.85  # near the right edge the words stand to the left
    for row in began.itertuples():
        figure.add_shape(
            type="line",
            x0=row.moment,
            x1=row.moment,
            y0=0,
            y1=1,
            yref="y domain",
            line=dict(color=theme.GRID.light, width=2),
            layer="below",
            row=1,
            col=1,
        )
        figure.add_annotation(
            x=row.moment,
            y=-1,
            text=f"<b>{row.moment.day} {row.moment:%b}<br>{row.moment:%H:%M}</b>",
            xanchor="right" if late[row.Index] else "left",
            align="right" if late[row.Index] else "left",
            xshift=-4 if late[row.Index] else 4,
            showarrow=False,
            font=dict(size=12, color=theme.TEXT.light),
            row=1,
            col=1,
        )
    if began.empty:
        _say(figure, week, -2.4, "no truce began in these days")
    for place, (side, party) in enumerate(SIDES.items()):
        reports = began[f"{side}_report"]
        figure.add_scatter(
            x=began["moment"],
            y=[-2.4 - place] * len(began),
            mode="markers+text",
            name=REPORTED[side],
            customdata=began["key"],
            text=[f" {short_delay(one)} " for one in reports],
            textposition=["middle left" if one else "middle right" for one in late],
            textfont=dict(size=12, color=theme.PARTY_INK[party].light),
            cliponaxis=False,
            hovertext=[
                plain(f"{title}: first breach {REPORTED[side]}, {after(one)}")
                for title, one in zip(began["title"], reports, strict=True)
            ],
            hoverinfo="text",
            marker=theme.claimed(theme.PARTY_INK[party], theme.PARTY_SYMBOL[party]),
            row=1,
            col=1,
        )


def short_delay(delay: str) -> str:
    """Return a delay as the chart has room for it: "5 min", "3 h 20 min", "untimed"."""
    if delay == NO_TIME:
        return "untimed"
    return delay.replace(" and ", " ").replace(" minutes", " min").replace(" minute", " min").replace(" hours", " h")


def _draw_events(figure: go.Figure, rows: pd.DataFrame) -> None:
    looks = {
        "alike": ("circle", theme.NEUTRAL, "no difference on record"),
        "differently": ("diamond", theme.TEXT, "told differently by the two sides"),
    }
    for told, (symbol, ink, name) in looks.items():
        some = rows[rows["told"] == told]
        figure.add_scatter(
            x=some["moment"],
            y=some["y"],
            mode="markers+text",
            name=name,
            customdata=some["key"],
            text=[plain(f" {row.label}" if row.right else f"{row.label} ") for row in some.itertuples()],
            textposition=["middle right" if right else "middle left" for right in some["right"]],
            textfont=dict(size=12),
            cliponaxis=False,
            hovertext=[plain(f"{row.when}: {row.title}") for row in some.itertuples()],
            hoverinfo="text",
            marker=theme.counted(ink, symbol),
            row=1,
            col=1,
        )


def _draw_months(figure: go.Figure, months: pd.DataFrame, week: str) -> None:
    """Draw UCDP's months as steps over their days, with the count above each."""
    start, end = edges(week)
    middle = [max(row.month, start) + (min(row.end, end) - max(row.month, start)) / 2 for row in months.itertuples()]
    figure.add_bar(
        x=months["month"] + (months["end"] - months["month"]) / 2,
        y=months["deaths"].astype(int),
        width=[(row.end - row.month) / pd.Timedelta(milliseconds=1) for row in months.itertuples()],
        customdata=months["key"],
        hovertext=[
            f"{row.when}: {'at least ' if row.floor else ''}{number(row.deaths)} deaths in the whole month"
            for row in months.itertuples()
        ],
        hoverinfo="text",
        showlegend=False,
        marker=dict(color=theme.BAND.light, line=dict(color=theme.NEUTRAL.light, width=1)),
        row=2,
        col=1,
    )
    for row, x in zip(months.itertuples(), middle, strict=True):
        figure.add_annotation(
            x=x,
            y=int(row.deaths),
            text=("≥ " if row.floor else "") + number(row.deaths),
            yanchor="bottom",
            showarrow=False,
            font=dict(size=12, color=theme.TEXT.light),
            row=2,
            col=1,
        )
    highest = int(months_of_war("all")["deaths"].max())  # one scale for all weeks
    floor = "<br>month: a floor" if bool(months["floor"].any()) else "<br>month"
    figure.update_yaxes(
        title_text=f"UCDP deaths<br>in the whole{floor}",
        title_font_size=13,
        range=[0, highest * 1.4],
        tickformat=",",
        nticks=3,
        row=2,
        col=1,
    )
