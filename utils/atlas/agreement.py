"""The statement of 9/10 November 2020 on the map: what was handed over and when, who stayed where, which links it names."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import commitments, events, names, tables, theme
from utils.atlas import base, control
from utils.scenes import Card, Choice, Scene
from utils.wording import date_text, listing, plain

VIEW = base.View(west=45.3, south=38.72, east=47.5, north=40.5, height=530)
PARTS = {
    "all": "all of it",
    "land": "land handed over",
    "peacekeepers": "peacekeepers and the road",
    "links": "transport links",
}
AREAS = {  # commitment: the areas that it is about
    "p2_agdam_akna": ("agdam_west",),
    "p6_karvachar_kelbajar": ("kelbajar_outside",),
    "p6_berdzor_lachin_district": ("lachin_north", "lachin_new_road"),
    "p3_location": ("kelbajar_inside", "khojaly_main", "khojavend_north", "shusha_west", "tartar_centre"),
    "p6_corridor_control": ("lachin_old_road", "lachin_both_roads"),
}
LINKS = {  # commitment: the lines that it is about, ids of transport_links
    "p6_corridor_control": ("lachin_road_old",),
    "p6_route_plan": ("lachin_road_new",),
    "p9_unblock": ("yerevan_julfa_horadiz_rail",),
    "p9_safe_transit": ("syunik_link",),
}
PART_OF_POINT = {2: "land", 3: "peacekeepers", 6: "peacekeepers", 9: "links"}
LAND = {  # the hand-overs, and where on the map their days have room
    "p2_agdam_akna": (47.07, 40.13),
    "p6_karvachar_kelbajar": (46.12, 39.98),
    "p6_berdzor_lachin_district": (46.33, 39.79),
}
LEGEND = ("azerbaijan_taken", "handover_agreed", "peacekeepers", "corridor", "azerbaijan")
LEGEND_ROWS = 6


def select_commitments(part: str) -> pd.DataFrame:
    """Return the commitments that have a place on the map, in order of the points.

    Columns: those of `commitments.owed`; `part`, the key of `PARTS`; `on_map`, the areas and links in words.
    """
    rows = commitments.owed()
    rows = rows[rows["commitment_id"].isin([*AREAS, *LINKS])]
    parts = ["land" if row.commitment_id in LAND else PART_OF_POINT[row.point] for row in rows.itertuples()]
    rows = rows.assign(part=parts, on_map=[_on_map(one) for one in rows["commitment_id"]])
    return rows if part == "all" else rows[rows["part"] == part]


def _on_map(commitment_id: str) -> str:
    link = tables.load("transport_links").set_index("link_id")["name"]
    areas = control.areas()["area"]
    return "; ".join([*areas[list(AREAS.get(commitment_id, ()))], *link[list(LINKS.get(commitment_id, ()))]])


def agreement_figure(rows: pd.DataFrame, part: str) -> go.Figure:
    """Draw the areas on the day of the statement, the days of the hand-overs, and the links that it names."""
    day = events.moment("trilateral_statement_2020", end=True)
    links = list(dict.fromkeys(one for some in LINKS.values() for one in some))
    shown = [one for commitment in rows["commitment_id"] for one in LINKS.get(commitment, ())]
    chosen = [one for commitment in rows["commitment_id"] for one in AREAS.get(commitment, ())]
    traces = [
        *base.land(),
        *base.holders(VIEW, control.on(day), LEGEND, () if part == "all" else chosen, "Area of the point"),
        *base.borders(),
        *base.lines(links, visible=shown),
        *base.written(VIEW, words=[*_days_of_hand_over(rows), *_points_without_day(rows), *_names_of_regions()]),
    ]
    return base.drawn(VIEW, f"What the statement drew: {date_text(day)}", LEGEND_ROWS, traces)


def _days_of_hand_over(rows: pd.DataFrame) -> list[base.Word]:
    return [
        base.Word(f"<b>point {row.point}</b><br>{date_text(row.done_on)}", *LAND[row.commitment_id], theme.TEXT)
        for row in rows[rows["part"] == "land"].itertuples()
    ]


def _points_without_day(rows: pd.DataFrame) -> list[base.Word]:
    spots = {3: (46.55, 40.03), 9: (46.62, 38.83)}
    return [base.Word(f"<b>point {point}</b>", *spot) for point, spot in spots.items() if point in set(rows["point"])]


def _names_of_regions() -> list[base.Word]:
    told = {
        "nakhchivan": ("{}<br>(Azerbaijan)", 45.66, 39.27),
        "nagorno_karabakh": ("{}", 46.55, 40.13),
        "syunik": ("{}", 46.17, 39.12),
    }
    return [
        base.Word(text.format(plain(names.place(one)).upper().replace("-", "-<br>").replace(" ", "<br>")), *spot)
        for one, (text, *spot) in told.items()
    ]


def describe_agreement(rows: pd.DataFrame) -> str:
    """Say how many commitments have a place here, and how those with a day were met."""
    dated = rows.dropna(subset=["deadline", "done_day"])
    late = dated[dated["done_day"] > dated["deadline"]]
    told = f"{len(rows)} of the {len(tables.load('commitments'))} commitments have a place on this map"
    points = listing(map(str, sorted(set(rows["point"]))))
    told += f", under {'point' if rows['point'].nunique() == 1 else 'points'} {points}."
    if len(dated):
        told += f" {len(dated)} of them had a day and were carried out, {len(late) or 'none'} later than first agreed."
    undone = int((rows["deadline"].notna() & rows["done_day"].isna()).sum())
    told += f" {undone} had a day or a term, but no day on which it was done." if undone else ""
    open_ended = int(rows["deadline"].isna().sum())
    return told + (f" {open_ended} had no day at all." if open_ended else "")


def commitment_card(commitment_id: str) -> Card:
    """Return the card of a commitment: what it says, where, by when, and what was done."""
    return commitments.card(commitment_id, ("On the map", _on_map(commitment_id)))


def agreement_map() -> Scene:
    """The map of the statement: hand-overs with their days, the peacekeepers' area, the road, the links."""
    return Scene(
        id="agreement-map",
        question="Which of the nine points lie on a map, and where?",
        rows=select_commitments,
        figure=agreement_figure,
        reading=describe_agreement,
        controls=(Choice("part", "Set off", PARTS),),
        columns={
            "commitment": "Commitment",
            "point": "Point",
            "due": "Due",
            "done": "Done",
            "on_map": "On the map",
            "confidence": "Confidence",
        },
        key="commitment_id",
        card=lambda key: commitment_card(key) if key in {*AREAS, *LINKS} else control.card(key),
        height=base.chart_height(VIEW, LEGEND_ROWS),
        zoom=True,
        note=f"{base.NOT_DRAWN} Choose an area to read who held it, or a commitment in the rows below.",
    )
