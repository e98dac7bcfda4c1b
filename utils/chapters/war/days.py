"""The days of the war of autumn 2020: fighting, strikes, talks, truces, and UCDP's months as a floor."""

from __future__ import annotations

import pandas as pd

from utils import events, names, tables
from utils.chapters.war.calendar import LANES, deaths_of_year, select_days, weeks
from utils.chapters.war.days_chart import days_figure
from utils.chapters.war.truces import NO_TIME, SIDES, after, card_of_truce, terms_of_truces, truces
from utils.scenes import Card, Choices, Scene, Step
from utils.wording import count, date_text, listing, number, span_text


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
