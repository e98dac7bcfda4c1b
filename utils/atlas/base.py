"""The base map that every chapter reuses: land, recognised borders, control by pattern and tone, names, scale bar.

Plain Plotly lines in longitude and latitude: no tiles, no fonts, no request. The plot keeps its height, so its scale is
the same on every page, and a wider page shows more of the neighbours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from utils import geometry, names, tables, theme
from utils.atlas import labels
from utils.atlas.control import HOLDERS
from utils.theme import Ink
from utils.wording import plain

KM_PER_DEGREE = 111.2  # of latitude
TOP, LEGEND_ROW = 62, 20  # px above the plot, for date and convention; px for one row of the legend
CONVENTION = "Schematic: lines are right to about 5 km, some to 10.<br>Fill: {fill}. Heavy line: recognised border."
NOT_DRAWN = (
    "Areas are whole districts or parts of them: how far each advance had come on a day is not drawn, nor are single "
    "villages that changed later, nor positions inside Armenia since 2021."
)


class View(NamedTuple):
    """What the map shows at least, in degrees, and how high the plot is, in px."""

    west: float
    south: float
    east: float
    north: float
    height: int

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, in the middle of the map."""
        return math.cos(math.radians((self.south + self.north) / 2))

    def px(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies, in px from the upper left corner of the view."""
        scale = self.height / (self.north - self.south)
        return (longitude - self.west) * self.squeeze * scale, (self.north - latitude) * scale

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


REGION = View(west=45.55, south=38.83, east=47.6, north=40.55, height=530)
TOWNS = (  # the most important first: where labels would collide, the later ones go
    "khankendi_stepanakert",
    "shusha_shushi",
    "berdzor_lachin",
    "agdam_akna",
    "karvachar_kelbajar",
    "fuzuli_varanda",
    "jabrayil_jrakan",
    "gubadli_kubatlu",
    "kovsakan_zangilan",
    "hadrut",
    "khojavend_martuni",
    "aghdara_martakert",
    "goris",
    "kapan",
    "meghri",
    "tartar",
    "barda",
    "ganja",
    "horadiz",
    "vardenis",
    "jermuk",
    "sisian",
    "ordubad",
)
COUNTRY_SPOTS = {"armenia": (46.1, 39.36), "azerbaijan": (47.38, 40.22), "iran": (47.1, 39.0)}


class Fill(NamedTuple):
    """How an area looks: its ground, and a pattern of lines or dots over it ("" for none)."""

    ground: Ink
    pattern: str = ""
    ink: Ink | None = None


FILLS = {
    "armenian_forces": Fill(theme.ARMENIAN_GROUND),
    "handover_agreed": Fill(theme.ARMENIAN_GROUND, "/", theme.TEXT),
    "peacekeepers": Fill(theme.ARMENIAN_GROUND, ".", theme.TEXT),
    "corridor": Fill(theme.PAGE, "|", theme.TEXT),
    "fighting": Fill(theme.PAGE, "x", theme.NEUTRAL),
    "azerbaijan": Fill(theme.LAND),
    "azerbaijan_taken": Fill(theme.AZERBAIJANI_GROUND),
    "azerbaijan_handed_over": Fill(theme.AZERBAIJANI_GROUND, "-", theme.TEXT),
    "recognised_armenia": Fill(theme.ARMENIAN_GROUND),
    "recognised_azerbaijan": Fill(theme.AZERBAIJANI_GROUND),
}


def looks(shown: str) -> dict:
    """Return how Plotly fills an area with one of the holders in `FILLS`.

    Only what Plotly can restyle without computing the chart anew: so a step of the map is quick.
    """
    fill = FILLS[shown]
    ink = (fill.ink or fill.ground).light
    pattern = dict(shape=fill.pattern, fillmode="overlay", fgcolor=ink, fgopacity=1, size=7, solidity=0.22)
    return dict(fillcolor=fill.ground.light, fillpattern=pattern)


CHANGED, UNCHANGED = dict(color=theme.TEXT.light, width=3.4), dict(color=theme.TEXT.light, width=0)
SEAM = dict(color=theme.PAGE.light, width=0.6)


class Line(NamedTuple):
    """How a line looks: its name in the legend, dash and width."""

    name: str
    dash: str
    width: float
    ink: Ink = theme.TEXT


LINES = {
    "line_of_contact": Line("Line of contact before the war of 2020", "solid", 3.5),
    "oblast": Line("Former autonomous oblast", "dot", 2),
    "lachin_road_old": Line("Berdzor/Lachin road, first route", "solid", 2),
    "lachin_road_new": Line("Berdzor/Lachin road, second route", "dash", 2),
    "syunik_link": Line("Link across Syunik", "dashdot", 3),
    "yerevan_julfa_horadiz_rail": Line("Soviet railway along the Araks/Araz", "dot", 2.5, theme.NEUTRAL),
}


UNTOLD = {"armenia": theme.LAND, "azerbaijan": theme.LAND}
RECOGNISED = {"armenia": theme.ARMENIAN_GROUND, "azerbaijan": theme.AZERBAIJANI_GROUND}


Trace = dict  # as Plotly takes it; a map is a list of them, made into a figure once: that is much the quickest way


def land(grounds: Mapping[str, Ink] = UNTOLD) -> list[Trace]:
    """Return neighbours, the two countries and Lake Sevan; `grounds` are the two countries' colours."""
    countries = geometry.layer("countries")
    lakes = [one for one in countries.values() if one.kind == "lake"]
    neighbours = [one for one in countries.values() if one.kind != "lake" and one.id not in grounds]
    own = [([countries[one]], ink) for one, ink in grounds.items()]
    return [
        _shape(outlines, fill="toself", fillcolor=ink.light, line=dict(color=ink.light, width=1))
        for outlines, ink in [(neighbours, theme.NEIGHBOURS), *own, (lakes, theme.WATER)]
    ]


def _shape(outlines: Sequence[geometry.Outline], **look) -> Trace:
    x, y = geometry.path(*outlines)
    return dict(type="scatter", x=x, y=y, mode="lines", hoverinfo="skip") | {"showlegend": False} | look


def drawn(view: View, heading: str, legend_rows: int, traces: Sequence[Trace], fill: str = "who held it") -> go.Figure:
    """Return the map: its traces, with date and convention above, a scale bar, and a legend of so many rows below."""
    said = dict(
        text=f"<b>{plain(heading)}</b><br>{CONVENTION.format(fill=plain(fill))}", x=0, y=1, xref="paper", yref="paper"
    )
    said |= dict(xanchor="left", yanchor="bottom", align="left", showarrow=False, font=dict(size=13))
    bar, length = _scale_bar(view)
    legend = dict(y=-0.012, yanchor="top", entrywidth=0.5, entrywidthmode="fraction")
    up = dict(scaleanchor="x", scaleratio=1 / view.squeeze)
    layout = dict(
        annotations=[said, length],
        shapes=[bar],
        margin=dict(l=4, r=4, t=TOP, b=8 + LEGEND_ROW * legend_rows, autoexpand=False),
        legend=legend,
        plot_bgcolor=theme.WATER.light,
        xaxis=dict(visible=False, range=[view.west, view.east], fixedrange=False),
        yaxis=dict(visible=False, range=[view.south, view.north], fixedrange=False) | up,
    )
    return go.Figure(dict(data=list(traces), layout=layout))


def _scale_bar(view: View, km: int = 50) -> tuple[dict, dict]:
    length = km / KM_PER_DEGREE / view.squeeze
    right, low = view.east - 0.05, view.south + 0.06
    line = dict(color=theme.TEXT.light, width=3)
    bar = dict(type="line", x0=right - length, x1=right, y0=low, y1=low, line=line)
    middle = right - length / 2
    return bar, dict(x=middle, y=low, text=f"{km} km", showarrow=False, yanchor="bottom", font=dict(size=12))


def chart_height(view: View, legend_rows: int) -> int:
    """Return the height of the whole chart in px, with its heading and its legend."""
    return TOP + view.height + 8 + LEGEND_ROW * legend_rows


def holders(
    view: View,
    rows: pd.DataFrame,
    legend: Sequence[str],
    changed: Sequence[str] = (),
    why: str = "Changed since the step before",
) -> list[Trace]:
    """Return the areas, each filled by its holder (`rows` as of `control.on`), those in `changed` heavily outlined.

    `legend` names the holders that any state of the scene shows, so that all states have the same traces; entered are
    those of areas in the view.
    """
    outlines = geometry.layer("control_areas")
    areas = [
        _shape(
            [outlines[row.area_id]],
            fill="toself",
            line=SEAM,
            hoveron="fills",
            hoverinfo="text",  # of a filled area, Plotly shows the name
            name=plain(f"{row.district}: {row.holder}"),
            meta=row.area_id,
            **looks(row.shown),
        )
        for row in rows.set_index("area_id", drop=False).loc[list(outlines)].itertuples()
    ]
    seen = {one for one, outline in outlines.items() if any(view.holds(*spot) for spot in outline.rings[0])}
    shown = set(rows.loc[rows["area_id"].isin(seen), "shown"])
    edge = dict(color=theme.NEUTRAL.light, width=1)
    swatches = [_entry(HOLDERS[one], one in shown, fill="toself", line=edge, **looks(one)) for one in legend]
    # Outlines apart from the fills: the fill of a neighbour would cover half of each.
    edges = [_shape([one], line=CHANGED if name in changed else UNCHANGED) for name, one in outlines.items()]
    return [*areas, *edges, *swatches, _entry(why, bool(len(changed)), line=CHANGED)]


def _entry(name: str, shown: bool, **look) -> Trace:
    """Return a trace that draws nothing but its entry in the legend."""
    return dict(type="scatter", x=[None], y=[None], mode="lines", name=name, showlegend=shown, hoverinfo="skip") | look


def borders() -> list[Trace]:
    """Return the recognised borders, and thinly those of the districts concerned."""
    districts = [one for one in geometry.layer("districts").values() if one.kind in ("conflict", "nakhchivan")]
    countries = geometry.layer("countries")
    both = [countries["armenia"], countries["azerbaijan"]]
    border = dict(color=theme.TEXT.light, width=2.2)
    return [
        _shape(districts, line=dict(color=theme.NEUTRAL.light, width=0.8)),
        _shape(both, line=border, name="Internationally recognised border", showlegend=True),
    ]


def lines(ids: Sequence[str], visible: Sequence[str] | None = None) -> list[Trace]:
    """Return some of `LINES`; those not in `visible` are there but not shown, so that a state only switches them."""
    return [
        _shape(
            [geometry.layer("lines")[one]],
            name=LINES[one].name,
            line=dict(color=LINES[one].ink.light, width=LINES[one].width, dash=LINES[one].dash),
            visible=visible is None or one in visible,
            showlegend=True,
        )
        for one in ids
    ]


class Word(NamedTuple):
    """A text set on the map itself: where, in degrees, and how."""

    text: str
    longitude: float
    latitude: float
    ink: Ink = theme.TEXT
    size: int = 12

    def room(self, view: View) -> labels.Box:
        (x, y), (width, height) = view.px(self.longitude, self.latitude), labels.size(self.text)
        return labels.Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def country_words(view: View) -> list[Word]:
    """Return the countries' names that lie in a view."""
    seen = [(one, spot) for one, spot in COUNTRY_SPOTS.items() if view.holds(*spot)]
    return [Word(plain(names.actor(one)).upper(), *spot) for one, spot in seen]


def towns(view: View, chosen: Sequence[str] = TOWNS, words: Sequence[Word] = ()) -> pd.DataFrame:
    """Return the towns to draw: columns of `places`, `label` (both names, one a line) and `position` ("" for no room)."""
    rows = tables.load("places").set_index("place_id").loc[list(chosen)].reset_index()
    rows = rows[[view.holds(*spot) for spot in zip(rows["longitude"], rows["latitude"], strict=True)]]
    rows = rows.assign(label=[label.replace("/", "/<br>") for label in names.place_labels(rows)])
    wanted = [labels.Label(row.place_id, row.label, *view.px(row.longitude, row.latitude)) for row in rows.itertuples()]
    positions = labels.placed(wanted, kept_free=[word.room(view) for word in words])
    return rows.assign(position=[positions.get(one, "") for one in rows["place_id"]])


def written(view: View, chosen: Sequence[str] = TOWNS, words: Sequence[Word] = ()) -> list[Trace]:
    """Return the countries' names, `words`, and the towns with both their names."""
    told = [*country_words(view), *words]
    type_ = dict(size=[word.size for word in told], color=[word.ink.light for word in told], shadow="auto")
    rows = towns(view, chosen, told)
    spots = dict(type="scatter", hoverinfo="skip", showlegend=False)
    return [
        spots
        | dict(
            x=[word.longitude for word in told],
            y=[word.latitude for word in told],
            mode="text",
            text=[word.text for word in told],
            textfont=type_,
        ),
        spots
        | dict(
            x=rows["longitude"].tolist(),
            y=rows["latitude"].tolist(),
            mode="markers+text",
            text=[row.label if row.position else "" for row in rows.itertuples()],
            textposition=[one or "top center" for one in rows["position"]],
            textfont=dict(size=12, color=theme.TEXT.light, shadow="auto"),
            hovertext=[plain(row.label.replace("<br>", "")) for row in rows.itertuples()],
            hoverinfo="text",
            marker=dict(size=6, color=theme.TEXT.light, line=dict(color=theme.PAGE.light, width=1)),
        ),
    ]


LOCATOR = View(west=43.3, south=38.3, east=50.5, north=41.95, height=165)


def locator(place_ids: Sequence[str]) -> go.Figure | None:
    """Return a small map that shows where places lie, or None if none of them lies in the region.

    Neither control nor names stand on it: the card beside it names the places.
    """
    places = tables.load("places").set_index("place_id").reindex(list(place_ids)).dropna(subset=["latitude"])
    places = places[[LOCATOR.holds(*spot) for spot in zip(places["longitude"], places["latitude"], strict=True)]]
    if places.empty:
        return None
    countries = geometry.layer("countries")
    both = [countries["armenia"], countries["azerbaijan"]]
    edge = dict(color=theme.NEUTRAL.light, width=1)
    dots = dict(size=11, color=theme.TEXT.light, line=dict(color=theme.PAGE.light, width=2))
    where = dict(x=places["longitude"].tolist(), y=places["latitude"].tolist(), mode="markers", marker=dots)
    traces = [
        _shape(both, fill="toself", fillcolor=theme.LAND.light, line=edge),
        _shape([geometry.layer("lines")["oblast"]], line=edge | dict(dash="dot")),
        dict(type="scatter", hoverinfo="skip", showlegend=False) | where,
    ]
    layout = dict(
        height=LOCATOR.height,
        margin=dict(l=0, r=0, t=0, b=0),
        plot_bgcolor=theme.NEIGHBOURS.light,
        xaxis=dict(visible=False, range=[LOCATOR.west, LOCATOR.east]),
        yaxis=dict(
            visible=False, range=[LOCATOR.south, LOCATOR.north], scaleanchor="x", scaleratio=1 / LOCATOR.squeeze
        ),
    )
    return go.Figure(dict(data=traces, layout=layout))
