"""What happened on which day of the war of autumn 2020: events by lane, and deaths by month."""

from __future__ import annotations

import pandas as pd

from utils import events, names, tables
from utils.chapters.war.truces import SIDES, delay, truces
from utils.wording import date_text

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


def weeks() -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
    """Return the first and the last day of the whole war ("all") and of each of its weeks ("1", "2", ...)."""
    first, last = events.moment(FIRST), events.moment(LAST, end=True)
    starts = pd.date_range(first, last, freq="7D")
    return {"all": (first, last)} | {
        str(place): (start, min(start + 6 * DAY, last)) for place, start in enumerate(starts, start=1)
    }


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
