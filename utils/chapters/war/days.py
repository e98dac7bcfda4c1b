"""The days of the war of autumn 2020: fighting, strikes, talks, three truces, and UCDP's months as a floor."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import events, names, tables, theme
from utils.scenes import Aside, Card, Choices, Column, Panel, Scene, Statement, Step
from utils.wording import count, date_text, listing, number, plain, span_text

FIRST, LAST = "war_begins_2020", "trilateral_statement_2020"
DAY = pd.Timedelta(days=1)
NOON = pd.Timedelta(hours=12)
LANES = {"fighting": "Fighting", "strikes": "Strikes on towns", "talks": "Talks, politics"}
LANE_NAMES = {**LANES, "truces": "Truces", "deaths": "Deaths by month"}
STRIKES = {  # strikes on towns, and the side on which the town lay
    "martuni_strike_2020": "armenian",
    "stepanakert_cluster_2020": "armenian",
    "cathedral_strike_2020": "armenian",
    "ganja_first_strike_2020": "azerbaijani",
    "ganja_11_october_2020": "azerbaijani",
    "ganja_17_october_2020": "azerbaijani",
    "barda_2020": "azerbaijani",
}
LABELS = {  # short names on the chart, where the place would say too little
    "cochair_presidents_2020": "call by three presidents",
    "no_diplomatic_solution_2020": "Pashinyan's speech",
    "armenia_asks_russia_2020": "Armenia asks Russia",
    "mi24_2020": "Russian helicopter",
    "yerevan_unrest_2020": "Yerevan, unrest",
}
SIDES = {"armenian": "armenia", "azerbaijani": "azerbaijan"}  # the side of a report: whose ink and symbol
REPORTED = {"armenian": "reported by the Armenian side", "azerbaijani": "reported by the Azerbaijani side"}
NO_TIME = "no minute given"
NARROWEST = 470  # px: the width of the plot in the narrowest chart
LETTER, MARK = 7.0, 20  # px: one letter of a label, and a mark with the gap before its label
TRUCE_LEVELS = 4  # day and hour on which it began, and one line for each side's report


# ---- rows --------------------------------------------------------------------------------------------------


def weeks() -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
    """Return the first and the last day of the whole war ("all") and of each of its weeks ("1", "2", ...)."""
    first, last = events.moment(FIRST), events.moment(LAST, end=True)
    starts = pd.date_range(first, last, freq="7D")
    return {"all": (first, last)} | {
        str(place): (start, min(start + 6 * DAY, last)) for place, start in enumerate(starts, start=1)
    }


def truces() -> pd.DataFrame:
    """Return the truces of the war in order of time.

    Columns: those of `truces`, and `in_force` (Timestamp, local time).
    """
    table = tables.load("truces")
    return table.assign(in_force=pd.to_datetime(table["in_force_from"])).sort_values("in_force")


def days_of_war(week: str) -> pd.DataFrame:
    """Return the events that begin within a week of the war, or within all of it, oldest first.

    Columns: those of `events`, and `lane`, `lane_name`, `when` (date as text), `told` ("differently" or "alike"),
    `moment` (Timestamp: the hour from which a truce was in force, else noon of the first day), `town_of` (whose
    town was struck, else ""); `armenian_report`, `azerbaijani_report` (a truce's first breach as text, else "").
    """
    first, last = weeks()[week]
    table = tables.load("events")
    table = table[table["date_start"].between(first, last)]
    truce = truces().set_index("event_id")
    lane = table["kind"].map(events.LANE_OF_KIND).replace({"society": "talks"})
    lane = lane.mask(table["event_id"].isin(STRIKES), "strikes").mask(table["event_id"].isin(truce.index), "truces")
    table = table.assign(
        lane=lane,
        lane_name=lane.map(LANE_NAMES),
        when=[events.when(event) for _, event in table.iterrows()],
        told=table["contested"].map({True: "differently", False: "alike"}),
        moment=table["event_id"].map(truce["in_force"]).fillna(table["date_start"] + NOON),
        town_of=table["event_id"].map(STRIKES).fillna(""),
        source_ids=[
            tuple(dict.fromkeys([*ids, *(truce.loc[one, "source_ids"] if one in truce.index else ())]))
            for one, ids in zip(table["event_id"], table["source_ids"], strict=True)
        ],
        **{
            f"{side}_report": [
                delay(truce.loc[one, f"{side}_report_minutes"]) if one in truce.index else ""
                for one in table["event_id"]
            ]
            for side in SIDES
        },
    )
    return table.sort_values(["moment", "event_id"])


def delay(minutes: object) -> str:
    """Return how long after a truce's beginning something was reported: "5 minutes", "3 hours and 20 minutes"."""
    if pd.isna(minutes):
        return NO_TIME
    hours, rest = divmod(int(minutes), 60)
    if minutes == 0:
        return "at once"
    if minutes < 120:
        return count(int(minutes), "minute")
    return count(hours, "hour") + (f" and {count(rest, 'minute')}" if rest else "")


def months_of_war(week: str) -> pd.DataFrame:
    """Return UCDP's deaths in the months that a week touches, both countries together, one row a month.

    Columns: `key` ("ucdp_2020-10"), `month` (its first day), `end` (first day of the next), `deaths` (int),
    `floor` (bool: the table calls the count one), `source_ids`, `confidence`.
    """
    first, last = weeks()[week]
    table = tables.load("deaths_monthly")
    table = table[table["month"].between(first.replace(day=1), last)]
    by_month = table.assign(floor=table["note"].astype("string").str.contains("floor", case=False, na=False)).groupby(
        "month"
    )
    rows = by_month.agg(deaths=("deaths", "sum"), floor=("floor", "any"), confidence=("confidence", "first"))
    cited = by_month["source_ids"].agg(lambda ids: tuple(dict.fromkeys(sum(ids, ()))))
    rows = rows.assign(source_ids=cited.reindex(rows.index)).reset_index()
    return rows.assign(
        key=[f"ucdp_{month:%Y-%m}" for month in rows["month"]], end=rows["month"] + pd.DateOffset(months=1)
    )


def deaths_of_year() -> tuple[int, int]:
    """Return the year in which the war began, and UCDP's deaths of that whole year, both countries together."""
    year = events.moment(FIRST).year
    table = tables.load("deaths_yearly")
    return year, int(table.loc[table["year"] == year, "deaths"].sum())


def select_days(week: str, lanes: tuple[str, ...]) -> pd.DataFrame:
    """Return what a week shows: its events in the chosen lanes, its truces, and the months of UCDP that it touches.

    Columns: `key` (an event's id, or "ucdp_" and a month), `title`, `when`, `lane`, `lane_name`, `told`, `town_of`,
    `moment`, `label` (text on the chart), `armenian_report`, `azerbaijani_report`, `deaths` (Int64, months only),
    `month`, `end`, `floor` (months only), `source_ids`, `confidence`.
    """
    told = days_of_war(week)
    told = told[told["lane"].isin((*lanes, "truces"))]
    told = told.assign(key=told["event_id"], label=labels_of(told))
    months = months_of_war(week)
    months = months.assign(
        title=[f"UCDP: deaths{', a floor' if floor else ''}" for floor in months["floor"]],
        when=[date_text(month, "month") for month in months["month"]],
        lane="deaths",
        lane_name=LANE_NAMES["deaths"],
        moment=months["month"],
        **dict.fromkeys(("told", "town_of", "label", "armenian_report", "azerbaijani_report"), ""),
    )
    columns = [
        "key",
        "title",
        "when",
        "lane",
        "lane_name",
        "told",
        "town_of",
        "moment",
        "label",
        "armenian_report",
        "azerbaijani_report",
        "deaths",
        "month",
        "end",
        "floor",
        "source_ids",
        "confidence",
    ]
    parts = [part.reindex(columns=columns) for part in (told, months)]
    rows = pd.concat([part.astype({"deaths": "Int64", "floor": "boolean"}) for part in parts], ignore_index=True)
    return rows


def labels_of(rows: pd.DataFrame) -> list[str]:
    """Return the short name of each event on the chart: one of `LABELS`, its own, or its first place."""
    places = names.labels((one[0] for one in rows["place_ids"]), names.place)
    own = rows["event_id"].map(LABELS).fillna(rows["short_title"])
    return [place if pd.isna(name) else name for name, place in zip(own, places, strict=True)]


# ---- chart -------------------------------------------------------------------------------------------------


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


def after(delay: str) -> str:
    """Return a delay as part of a sentence: "after 5 minutes", "no minute given", "at once"."""
    return delay if delay in (NO_TIME, "at once") else f"after {delay}"


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


# ---- words -------------------------------------------------------------------------------------------------


def describe_days(rows: pd.DataFrame, week: str, lanes: tuple[str, ...]) -> str:
    """Say how many events a week holds by lane, how soon its truces were reported broken, and what UCDP counts."""
    sizes = rows["lane"].value_counts()
    towns = rows["town_of"].value_counts()
    struck = listing(f"{towns[side]} on the {side.capitalize()} side" for side in SIDES if side in towns)
    by_lane = listing(
        f"{sizes.get(lane, 0) or 'none'} in “{LANES[lane]}”" + (f" ({struck})" if lane == "strikes" and struck else "")
        for lane in lanes
    )
    shown = f"{span_text(*weeks()[week])}: {by_lane}. " if lanes else f"{span_text(*weeks()[week])}. "
    return shown + _told_of_truces(rows[rows["lane"] == "truces"]) + _told_of_deaths(rows[rows["lane"] == "deaths"])


def _told_of_truces(began: pd.DataFrame) -> str:
    if began.empty:
        return "No truce began in these days. "
    armenian, azerbaijani = (_listed(began[f"{side}_report"]) for side in SIDES)
    return (
        f"{count(len(began), 'truce').capitalize()} began ({_dates(began['moment'])}); the Armenian side reported a breach "
        f"by the other {armenian}, the Azerbaijani side {azerbaijani}. "
    )


def _dates(moments: pd.Series) -> str:
    """Return days as a list that names a month once where all share it: "10, 18 and 26 October 2020"."""
    if moments.dt.to_period("M").nunique() > 1:
        return listing(map(date_text, moments))
    return f"{listing(str(moment.day) for moment in moments)} {date_text(moments.iloc[0], 'month')}"


def _listed(reports: pd.Series) -> str:
    """Return delays in order of the truces: "after 5 minutes, 4 minutes and 45 minutes", each in full where one differs."""
    if (reports == NO_TIME).all():
        return f"with {NO_TIME}"
    if reports.isin((NO_TIME, "at once")).any():
        return listing(f"with {NO_TIME}" if one == NO_TIME else after(one) for one in reports)
    return f"after {listing(reports)}"


def _told_of_deaths(months: pd.DataFrame) -> str:
    year, whole = deaths_of_year()
    year_told = f"for the whole year {year} it counts {number(whole)}."
    if months.empty:
        return f"UCDP's months are missing; {year_told}"
    first, last = months["month"].min(), months["month"].max()
    period = f"single months from {span_text(first, last, 'month')}" if first != last else date_text(first, "month")
    floor = ", a floor, since it leaves out events that cross two months" if months["floor"].any() else ""
    return f"UCDP dates {count(int(months['deaths'].sum()), 'death')} within {period}{floor}; {year_told}"


def terms_of_truces(rows: pd.DataFrame) -> Aside:
    """Return what each truce that is shown was for, and what it said of monitors."""
    table = truces()
    shown = table[table["event_id"].isin(rows["key"])]
    items = (f"{date_text(one.in_force)}, {one.in_force:%H:%M}: {one.terms}" for one in shown.itertuples())
    return Aside("What was agreed", tuple(items), empty="No truce began in these days.")


def card_of_truce(event_id: str) -> Card:
    """Return the card of a truce: both sides' first reports side by side, and what was agreed.

    Raise `KeyError` for an event that is no truce of this war.
    """
    truce = truces().set_index("event_id").loc[event_id]
    card = events.card(event_id)
    columns = [
        Column(
            f"Reported by the {side.capitalize()} side",
            (
                Statement(
                    text=truce[f"{side}_report"],
                    date=after(delay(truce[f"{side}_report_minutes"])),
                    source_ids=truce["source_ids"],
                    confidence=truce["confidence"],
                ),
            ),
        )
        for side in SIDES
    ]
    facts = (
        ("In force from", f"{date_text(truce['in_force'])}, {truce['in_force']:%H:%M} local time"),
        ("Brought about by", listing(names.labels(truce["brokered_by"]))),
        ("Agreed", truce["terms"]),
        *card.facts,
    )
    note = truce["note"] if isinstance(truce["note"], str) else card.note
    return replace(
        card, facts=facts, panels=(Panel("The first breach, as reported", *columns), *card.panels), note=note
    )


def card_of_month(key: str) -> Card:
    """Return the card of one of UCDP's months, such as "ucdp_2020-10"."""
    month = pd.Timestamp(key.removeprefix("ucdp_"))
    table = tables.load("deaths_monthly")
    rows = table[table["month"] == month]
    if rows.empty:
        raise KeyError(key)
    year, whole = deaths_of_year()
    remarks = dict.fromkeys(note for note in rows["note"] if isinstance(note, str))
    return Card(
        title=f"UCDP: {count(int(rows['deaths'].sum()), 'death')} dated within the month",
        date=date_text(month, "month"),
        facts=tuple((f"Placed in {names.actor(row.country_id)}", number(row.deaths)) for row in rows.itertuples())
        + ((f"Whole year {year}", f"{number(whole)}, long events included"),),
        text=" ".join(remarks),
        source_ids=tuple(dict.fromkeys(one for ids in rows["source_ids"] for one in ids)),
        confidence=rows["confidence"].iloc[0],
    )


def card_of_day(key: str) -> Card:
    """Return the card of a mark: a truce, another event, or a month of UCDP."""
    if key.startswith("ucdp_"):
        return card_of_month(key)
    return card_of_truce(key) if key in set(truces()["event_id"]) else events.card(key)


def war_in_days() -> Scene:
    """The days of the war: how it ran, and how soon each truce was reported broken."""
    every = weeks()
    steps = {"all": "Whole war"} | {
        week: f"Week {week}: {span_text(*days)}" for week, days in every.items() if week != "all"
    }
    return Scene(
        id="war-days",
        question="How did the war run, and why did three truces not hold?",
        rows=select_days,
        figure=days_figure,
        reading=describe_days,
        aside=terms_of_truces,
        controls=(Step("week", "Days", steps), Choices("lanes", "Lanes", LANES)),
        columns={
            "title": "Event",
            "when": "Date",
            "lane_name": "Lane",
            "told": "Told by the sides",
            "town_of": "Side whose town was struck",
            "armenian_report": "First breach, as the Armenian side reported",
            "azerbaijani_report": "First breach, as the Azerbaijani side reported",
            "deaths": "Deaths (UCDP)",
            "confidence": "Confidence",
        },
        key="key",
        card=card_of_day,
        height=620,
        note="Choose a truce to read both sides' reports. Times are local. Hollow marks are claims by a party: each side "
        "reported that the other broke the truce. A town stands on the day on which its capture was announced. UCDP's bars "
        "are counts of whole months, not of days. Strikes are those in our tables, not all that there were.",
    )
