"""Who held which area on a day, and what changed between two days.

Control is what was so on the ground. Recognition is another matter, and stands in the borders of the map.
"""

from __future__ import annotations

import pandas as pd

from utils import geometry, names, tables
from utils.scenes.cards import Card
from utils.wording import count, date_text, listing, number

HOLDERS = {
    "armenian_forces": "Armenian forces",
    "handover_agreed": "Armenian forces, hand-over agreed",
    "peacekeepers": "Armenian authorities, peacekeepers",
    "corridor": "Road strip under peacekeepers",
    "fighting": "Fighting, extent not known",
    "azerbaijan": "Azerbaijan throughout",
    "azerbaijan_taken": "Azerbaijan, taken in the war",
    "azerbaijan_handed_over": "Azerbaijan, handed over",
    "recognised_armenia": "Recognised as part of Armenia",
    "recognised_azerbaijan": "Recognised as part of Azerbaijan",
}
RESOLUTIONS = ("unsc_822_1993", "unga_62_243_2008")
EXCLAVES_OF_ARMENIA = ("exclave_artsvashen_bashkend",)
HOW_IT_CAME = {  # what went before Azerbaijan's control, and what the map then calls it
    "fighting": "azerbaijan_taken",
    "handover_agreed": "azerbaijan_handed_over",
    "corridor": "azerbaijan_handed_over",
}


def areas() -> pd.DataFrame:
    """Return the areas of the map, indexed by `area_id`.

    Columns: those of `control_areas`; `district` (name), `area` (district and part), `chief_place` (name; the area's own
    where it has none), `km2`.
    """
    table = tables.load("control_areas")
    outlines = geometry.layer("control_areas")
    parts = table["part"].where(table["part"].notna(), "")
    label = names.place_labels(table)
    area = [f"{name} ({part})" if part else name for name, part in zip(label, parts, strict=True)]
    known = table["place_id"].dropna()
    chief = dict(zip(known, names.labels(known, names.place), strict=True))
    return table.assign(
        district=label,
        area=area,
        chief_place=[chief.get(one, own) for one, own in zip(table["place_id"], area, strict=True)],
        km2=[round(geometry.area_km2(outlines[one])) for one in table["area_id"]],
    ).set_index("area_id", drop=False)


def history() -> pd.DataFrame:
    """Return every holder of every area in order of time.

    Columns: those of `control`; `shown`, the key of `HOLDERS` (how Azerbaijan's control came about told apart);
    `holder` (in words); `district`, `area`, `chief_place`,
    `km2`, `inside_oblast`.
    """
    rows = tables.load("control").sort_values(["area_id", "from_date"], ignore_index=True)
    earlier = rows.groupby("area_id")["status"].shift()
    taken = (rows["status"] == "azerbaijan") & earlier.isin(list(HOW_IT_CAME))
    shown = rows["status"].where(~taken, earlier.map(HOW_IT_CAME))
    about = areas()
    return rows.assign(
        shown=shown,
        holder=shown.map(HOLDERS),
        **{
            column: rows["area_id"].map(about[column])
            for column in ("district", "area", "chief_place", "km2", "inside_oblast")
        },
    )


def on(day: pd.Timestamp) -> pd.DataFrame:
    """Return who held each area on a day: the rows of `history` that held then, one an area, the largest first."""
    rows = history()
    rows = rows[rows["from_date"] <= day].groupby("area_id").tail(1)
    return rows.sort_values(["km2", "area_id"], ascending=[False, True])


def recognised() -> pd.DataFrame:
    """Return whose each area is by international recognition: columns as of `on`, without dates.

    It rests on the resolutions of the United Nations that name Azerbaijan's territorial integrity.
    """
    rows = on(pd.Timestamp.max).drop(columns=["from_date", "what"])
    shown = rows["area_id"].isin(EXCLAVES_OF_ARMENIA).map({True: "recognised_armenia", False: "recognised_azerbaijan"})
    resolutions = tables.load("events").set_index("event_id").loc[list(RESOLUTIONS), "source_ids"]
    cited = tuple(dict.fromkeys(one for ids in resolutions for one in ids))
    return rows.assign(shown=shown, holder=shown.map(HOLDERS), source_ids=[cited] * len(rows))


def between(after: pd.Timestamp, until: pd.Timestamp) -> pd.DataFrame:
    """Return what changed after one day and up to another (that one included), in order of time."""
    rows = history()
    changed = rows[(rows["from_date"] > after) & (rows["from_date"] <= until)]
    return changed.sort_values(["from_date", "area_id"])


def shares(rows: pd.DataFrame) -> str:
    """Say how much land each holder has, the largest first, rounded to 100 km²: the lines are drawn no better.

    Exclaves are left out: they lie far off, and add up to less than that.
    """
    mapped = rows[~rows["area_id"].str.startswith("exclave_")]
    land = mapped.groupby("holder")["km2"].sum().sort_values(ascending=False)
    return "; ".join(f"{holder}: {number(round(km2, -2))} km²" for holder, km2 in land.items())


def told(changes: pd.DataFrame) -> tuple[str, ...]:
    """Return changes (rows as of `between`) as lines, those of one day to one holder together, by district."""
    lines = []
    for (day, holder), some in changes.groupby(["from_date", "holder"], sort=False):
        if len(some) == 1:
            lines.append(f"{date_text(day)}, {some['area'].iloc[0]}: {some['what'].iloc[0]}")
        else:
            where = listing(dict.fromkeys(some["district"]))
            lines.append(f"{date_text(day)}, {holder}: {count(len(some), 'area')} in {where}.")
    return tuple(lines)


def card(area_id: str) -> Card:
    """Return the card of an area: who held it since when, from the first day of the map to the last."""
    about = areas().loc[area_id]
    past = history()[lambda rows: rows["area_id"] == area_id]
    facts = [
        ("Row", f"control_areas, {area_id}"),
        ("Size", f"about {number(about['km2'])} km², as drawn"),
        ("Former oblast", "inside it" if about["inside_oblast"] else "outside it"),
    ]
    facts += [(f"From {date_text(row.from_date)}", f"{row.holder}. {row.what}") for row in past.itertuples()]
    return Card(
        title=about["area"],
        facts=tuple(facts),
        source_ids=tuple(dict.fromkeys([*(one for ids in past["source_ids"] for one in ids), *about["source_ids"]])),
        confidence="two" if (past["confidence"] == "two").all() else "one",
        note=about["note"] if isinstance(about["note"], str) else "",
    )
