"""The links of point 9 as a network: which land could be reached from which, by what, at the end of a year."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from utils import events, names, tables, theme
from utils.chapters.ceasefire.standing import last_of_period
from utils.scenes import Aside, Card, Choice, Column, Panel, Scene, Statement, Step
from utils.wording import count, date_text, listing, plain


class Land(NamedTuple):
    """A land in the network: its name, and where it stands (not to scale)."""

    name: str
    x: float
    y: float


LANDS = {
    "georgia": Land("Georgia", 5.2, 9.2),
    "turkey": Land("Turkey", 0.5, 7.2),
    "armenia": Land("Armenia", 3.6, 6.9),
    "nagorno_karabakh": Land("Nagorno-<br>Karabakh", 6.5, 5.2),
    "azerbaijan": Land("Azerbaijan", 9.7, 6.7),
    "nakhchivan": Land("Nakhchivan<br>(Azerbaijan)", 1.5, 3.4),
    "syunik": Land("South of Syunik<br>(Armenia)", 4.8, 2.9),
    "iran": Land("Iran", 4.8, 0.3),
    "greece": Land("Greece", -0.6, 8.0),
    "italy": Land("Italy", -0.6, 9.6),
}


class State(NamedTuple):
    """How a link looks in a state: its name, dash and width, and whether its colour is the strong one."""

    name: str
    dash: str
    width: float
    strong: bool


STATES = {
    "open": State("open", "solid", 3.5, True),
    "limited": State("open with limits", "longdash", 3, True),
    "works": State("being built", "dot", 3, True),
    "closed": State("closed", "dash", 1.5, False),
    "none": State("not there yet", "dot", 1, False),
}
PIPELINES = ("gas_pipeline", "oil_pipeline")
KINDS = {
    "road": "road",
    "railway": "railway",
    "border_crossing": "border crossing",
    "gas_pipeline": "gas pipeline",
    "oil_pipeline": "oil pipeline",
}
WITHOUT, WITH = "people_and_goods", "all"
HEIGHT = 560
HALO = dict(color=theme.GRID.light, width=14)  # behind the chosen link
STEPS = 16  # of the drawn line between two lands
BEND = 0.32  # how far neighbouring lines between the same two lands stand apart


def years() -> dict[str, str]:
    """Return the ends of years that a reader can choose: from the last before the war to the last of the period."""
    first = events.moment("war_begins_2020").year - 1
    return {str(year): f"End of {year}" for year in range(first, last_of_period().year + 1)}


def select_links(year: str, kinds: str) -> pd.DataFrame:
    """Return the links with their state at the end of a year, numbered by name.

    Columns: those of `transport_links`; `number` (int: on the chart), `kind_name`; `status` (of `STATES`), `state`
    (its name), `since` (text), `told` (what happened then); `before` (state at the end of the year before);
    `source_ids` (of the link and of its state).
    """
    links = tables.load("transport_links")
    links = links if kinds == WITH else links[~links["kind"].isin(PIPELINES)]
    now, earlier = at_end_of(int(year)), at_end_of(int(year) - 1)
    found = [now.loc[one] for one in links["link_id"]]
    return links.assign(
        number=range(1, len(links) + 1),
        kind_name=links["kind"].map(KINDS),
        status=[one["status"] for one in found],
        state=[STATES[one["status"]].name for one in found],
        since=[date_text(one["from_date"], one["date_precision"]) for one in found],
        told=[one["told"] for one in found],
        before=[earlier.at[one, "status"] for one in links["link_id"]],
        source_ids=[
            tuple(dict.fromkeys([*some["source_ids"], *mine]))
            for some, mine in zip(found, links["source_ids"], strict=True)
        ],
    )


def at_end_of(year: int) -> pd.DataFrame:
    """Return the state of each link on the last day of a year (columns of `link_status`, index `link_id`)."""
    rows = tables.load("link_status").sort_values("from_date", kind="stable")
    return rows[rows["from_date"] <= pd.Timestamp(year, 12, 31)].groupby("link_id").last()


# ---- the chart ---------------------------------------------------------------------------------------------


def legs(route: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return a route as pairs of neighbouring lands; for a link within one land, that land twice."""
    return list(pairwise(route)) or [(route[0], route[0])]


def paths(links: pd.DataFrame) -> dict[str, list[tuple[float, float]]]:
    """Return the points of each link's line; lines between the same two lands stand side by side."""
    together: dict[frozenset, list[str]] = {}
    for row in links.itertuples():
        for pair in legs(row.route):
            together.setdefault(frozenset(pair), []).append(row.link_id)
    return {
        row.link_id: [
            spot for pair in legs(row.route) for spot in _curve(*pair, row.link_id, together[frozenset(pair)])
        ]
        for row in links.itertuples()
    }


def _curve(start: str, end: str, link_id: str, company: list[str]) -> list[tuple[float, float]]:
    """Return a bent line between two lands; one within a single land is a loop above it."""
    place = company.index(link_id)
    one, other = LANDS[start], LANDS[end]
    if start == end:
        turns = [math.tau * step / STEPS for step in range(STEPS + 1)]
        return [(one.x + 0.5 * math.sin(turn), one.y + 0.75 - 0.55 * math.cos(turn)) for turn in turns]
    aside = (place - (len(company) - 1) / 2) * BEND * 2
    if sorted((start, end))[0] != start:  # both directions bend to the same side
        aside = -aside
    dx, dy = other.x - one.x, other.y - one.y
    length = math.hypot(dx, dy)
    steps = [step / STEPS for step in range(STEPS + 1)]
    return [
        (one.x + dx * t - dy / length * aside * 4 * t * (1 - t), one.y + dy * t + dx / length * aside * 4 * t * (1 - t))
        for t in steps
    ]


def links_figure(rows: pd.DataFrame, link: str) -> go.Figure:
    """Draw the lands, and each link between them in the look of its state, with its number; the chosen link set off."""
    figure = go.Figure()
    lines = paths(rows)
    x, y = zip(*lines.get(link, [(None, None)]), strict=True)
    figure.add_scatter(x=x, y=y, mode="lines", line=HALO, hoverinfo="skip", showlegend=False)
    for status, state in STATES.items():
        for row in rows[rows["status"] == status].itertuples():
            figure.add_scatter(**_line(row, lines[row.link_id], state))
        figure.add_scatter(x=[None], y=[None], mode="lines", name=state.name, line=_ink(state), showlegend=True)
    figure.add_scatter(**_numbers(rows, lines, link))
    shown = {land for route in rows["route"] for land in route}
    lands = [land for name, land in LANDS.items() if name in shown]
    for land in lands:
        figure.add_annotation(
            x=land.x,
            y=land.y,
            text=f"<b>{land.name}</b>",
            showarrow=False,
            bgcolor=theme.BAND.light,
            bordercolor=theme.NEUTRAL.light,
            borderwidth=1,
            borderpad=5,
            font=dict(size=13, color=theme.TEXT.light),
        )
    figure.update_xaxes(visible=False, range=[-1.4, 10.9])
    figure.update_yaxes(visible=False, range=[-0.5, 10.1 if "italy" in shown else 9.3])
    return figure.update_layout(
        margin=dict(t=8, b=56, l=0, r=0), legend=dict(y=-0.02, yanchor="top", font=dict(size=12))
    )


def _ink(state: State) -> dict:
    return dict(color=(theme.TEXT if state.strong else theme.NEUTRAL).light, dash=state.dash, width=state.width)


def _line(row, path: list[tuple[float, float]], state: State) -> dict:
    x, y = zip(*path, strict=True)
    return dict(
        x=x,
        y=y,
        mode="lines",
        line=_ink(state),
        customdata=[row.link_id] * len(x),
        hoverinfo="text",
        showlegend=False,
        hovertext=plain(f"{row.number}. {row.name}: {row.state}"),
    )


def _numbers(rows: pd.DataFrame, lines: dict[str, list[tuple[float, float]]], link: str) -> dict:
    mine = (rows["link_id"] == link).tolist()
    spots = [_spot(lines[one], len(route)) for one, route in zip(rows["link_id"], rows["route"], strict=True)]
    return dict(
        x=[x for x, _ in spots],
        y=[y for _, y in spots],
        mode="markers+text",
        text=[f"<b>{one}</b>" for one in rows["number"]],
        textfont=dict(size=11, color=[theme.PAGE.light if one else theme.TEXT.light for one in mine]),
        marker=dict(
            size=19,
            color=[theme.TEXT.light if one else theme.PAGE.light for one in mine],
            line=dict(color=theme.TEXT.light, width=1),
        ),
        customdata=rows["link_id"],
        hovertext=[plain(f"{row.number}. {row.name}: {row.state}") for row in rows.itertuples()],
        hoverinfo="text",
        showlegend=False,
    )


def _spot(path: list[tuple[float, float]], lands: int) -> tuple[float, float]:
    """Return where a link's number stands: in the middle of its line or, where it crosses a land, early on it."""
    return path[len(path) // 2 if lands <= 2 else STEPS // 3]


# ---- words -------------------------------------------------------------------------------------------------


def describe_links(rows: pd.DataFrame, year: str, link: str) -> str:
    """Count the links by state, say what changed in the year, and tell the chosen link."""
    sizes = rows["status"].value_counts()
    told = f"End of {year}: of {count(len(rows), 'link')}, {listing(f'{sizes[one]} {state.name}' for one, state in STATES.items() if one in sizes)}."
    changed = rows[rows["status"] != rows["before"]]
    if len(changed):
        told += (
            " Changed in the year: "
            + "; ".join(f"{row.name} ({STATES[row.before].name}, now {row.state})" for row in changed.itertuples())
            + "."
        )
    else:
        told += " Nothing on this list changed in the year."
    return told


def listed(rows: pd.DataFrame) -> Aside:
    """Return the numbers of the chart with their links, by state."""
    items = (
        f"{STATES[status].name.capitalize()}: {'; '.join(f'{row.number} {short(row.name)}' for row in some.itertuples())}."
        for status, some in rows.groupby(pd.Categorical(rows["status"], list(STATES)), observed=True)
    )
    return Aside("The numbers", tuple(items))


def short(name: str) -> str:
    """Return a link's name without what stands in brackets or after a comma."""
    return name.partition(" (")[0].partition(",")[0]


def panels(rows: pd.DataFrame, link: str) -> list[Panel]:
    """Return what each side says of the chosen link, side by side, and Moscow's words below."""
    row = tables.load("transport_links").set_index("link_id").loc[link]

    def column(title: str, words: object) -> Column:
        said = words if isinstance(words, str) else "We found no statement of this side on this link."
        return Column(title, (Statement(said, source_ids=row["source_ids"] if isinstance(words, str) else ()),))

    russia = row["russian_position"]
    return [
        Panel(
            row["name"],
            column(events.SIDES["armenia"], row["armenian_position"]),
            column(events.SIDES["azerbaijan"], row["azerbaijani_position"]),
            below=column(names.actor("russia"), russia) if isinstance(russia, str) else None,
            after=row["others_interest"] if isinstance(row["others_interest"], str) else "",
        )
    ]


def card(link_id: str) -> Card:
    """Return the card of a link: its states one after the other, and what each side says of it."""
    row = tables.load("transport_links").set_index("link_id").loc[link_id]
    history = tables.load("link_status").query("link_id == @link_id").sort_values("from_date")
    facts = [
        ("Row", f"transport_links, {link_id}"),
        ("Kind", KINDS[row["kind"]]),
        ("Ends", f"{names.place(row['from_place_id'])} and {names.place(row['to_place_id'])}"),
        *([("Length", f"{row['length_km']:g} km")] if not pd.isna(row["length_km"]) else []),
        *(
            (date_text(one.from_date, one.date_precision), f"{STATES[one.status].name}. {one.told}")
            for one in history.itertuples()
        ),
    ]
    return Card(
        title=row["name"],
        facts=tuple(facts),
        text=row["status_end_2022"],
        panels=tuple(panels(history, link_id)) if row["contested"] else (),
        source_ids=tuple(dict.fromkeys([*row["source_ids"], *(one for ids in history["source_ids"] for one in ids)])),
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )


def link_network() -> Scene:
    """The transport links between the lands of the region at the end of a year."""
    spoken = tables.load("transport_links")
    spoken = spoken[spoken["contested"] | spoken["armenian_position"].notna() | spoken["azerbaijani_position"].notna()]
    return Scene(
        id="ceasefire-links",
        question="Which links were open, and what does each side ask of them?",
        rows=select_links,
        figure=links_figure,
        reading=describe_links,
        aside=listed,
        panels=panels,
        controls=(
            Step("year", "When", years(), value=str(last_of_period().year)),
            Choice(
                "link", "Whose words on", dict(zip(spoken["link_id"], spoken["name"], strict=True)), value="syunik_link"
            ),
            Choice("kinds", "Show", {WITHOUT: "roads, railways, crossings", WITH: "pipelines too"}),
        ),
        columns={
            "number": "Number",
            "name": "Link",
            "kind_name": "Kind",
            "state": "State",
            "since": "Since",
            "told": "What happened then",
            "confidence": "Confidence",
        },
        key="link_id",
        card=card,
        height=HEIGHT,
        note="A network, not a map: only what is joined to what is true to the world. The state is that of the whole link; a part of it "
        "may be in use. Choose a number for the link's history.",
    )
