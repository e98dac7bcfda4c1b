"""The links of point 9: in which state each was at the end of a year, and what each side asks of it."""

from __future__ import annotations

import pandas as pd

from utils import events, names, tables
from utils.chapters.ceasefire.network import HEIGHT, STATES, links_figure
from utils.chapters.ceasefire.standing import last_of_period
from utils.scenes import Aside, Card, Choice, Column, Panel, Scene, Statement, Step
from utils.wording import count, date_text, listing

PIPELINES = ("gas_pipeline", "oil_pipeline")
KINDS = {
    "road": "road",
    "railway": "railway",
    "border_crossing": "border crossing",
    "gas_pipeline": "gas pipeline",
    "oil_pipeline": "oil pipeline",
}
WITHOUT, WITH = "people_and_goods", "all"


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
        note="A network, not a map: only what is joined to what is true to the world, and a box says nothing of status. The state is that of the whole link; a part of it "
        "may be in use. What the sides said carries its own date, which may be later. Choose a number for the link's history.",
    )
