"""What the mediators and the others wanted, who says so, and whose interests clash with it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import grid, names, tables, theme
from utils.grid import Look
from utils.scenes import Card, Choice, Scene, Toggle
from utils.wording import count, listing, plain, wrapped

ARTICLE = "conversation_2022"
ACROSS = ("armenia", "azerbaijan", "nk_authorities", "russia", "eu", "france", "usa", "turkey", "iran")
SHORT = {  # above narrow columns
    "armenia": "Arm.",
    "azerbaijan": "Azer.",
    "nk_authorities": "de<br>facto",
    "russia": "Rus.",
    "eu": "EU",
    "france": "Fra.",
    "usa": "US",
    "turkey": "Tur.",
    "iran": "Iran",
}
GROUPS = {
    "mediators": ("russia", "eu", "france", "usa"),
    "sides": ("armenia", "azerbaijan", "nk_authorities"),
    "neighbours": ("turkey", "iran", "georgia", "osce"),
}
CHOICES = {
    "mediators": "the mediators",
    "sides": "the two sides and the de facto authorities",
    "neighbours": "the neighbours and the OSCE",
}
CLASH = {
    "article": Look("▲", "clash; the interest is named by the article", theme.TEXT),
    "other": Look("○", "clash; the interest is named by others", theme.PAGE, "/"),
}
LEGEND_ROWS, ROW, LABEL_LETTERS = 2, 34, 34


def select_interests(group: str, article: bool) -> pd.DataFrame:
    """Return the interests of a group of actors, with `article` only those that the founding article names.

    Columns: those of `interests`, and `actor`, `clashes` (names, as a list), `by_article` (bool: the article names it).
    """
    rows = tables.load("interests")
    by_article = rows["source_ids"].map(lambda ids: ARTICLE in ids)
    rows = rows.assign(
        actor=names.labels(rows["actor_id"]),
        clashes=[names.labels(ids) if isinstance(ids, tuple) else [] for ids in rows["clashes_with_ids"]],
        by_article=by_article,
    )
    rows = rows[rows["actor_id"].isin(GROUPS[group])]
    rows = rows[rows["by_article"]] if article else rows
    place = rows["actor_id"].map(GROUPS[group].index)
    return rows.assign(place=place).sort_values("place", kind="stable").drop(columns="place").reset_index(drop=True)


def clash_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each interest and each actor with whose interests it clashes (columns as `grid.cells` wants)."""
    cells = rows.reset_index(names="row").explode("clashes_with_ids").dropna(subset=["clashes_with_ids"])
    cells = cells[cells["clashes_with_ids"].isin(ACROSS)]
    look = cells["by_article"].map({True: "article", False: "other"}).astype(object)
    return cells.assign(
        column=[ACROSS.index(one) for one in cells["clashes_with_ids"]],
        look=look,
        marked=False,
        key=cells["interest_id"],
        hover=[
            f"{row.actor}: {row.interest} Clashes with interests of {names.actor(row.clashes_with_ids)}."
            for row in cells.itertuples()
        ],
    )


def clashes_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw a row for each interest, and a mark under each actor with whose interests it clashes."""
    labels = [_label(row) for row in rows.itertuples()]
    columns = [SHORT[one] for one in ACROSS]
    figure = grid.drawn(grid.cells(clash_cells(rows), CLASH), labels, columns, LEGEND_ROWS)
    changed = rows["actor_id"] != rows["actor_id"].shift()
    figure.add_annotation(
        text="clashes with interests of …",
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        xshift=-6,
        yshift=4,
        showarrow=False,
        font=dict(size=12, color=theme.TEXT.light),
    )
    figure.update_layout(shapes=grid.rules_between([place for place in rows.index[changed] if place]))
    return figure.update_yaxes(showgrid=True)


def _label(row) -> str:
    return f"<b>{plain(names.actor(row.actor_id))}</b> {wrapped(row.title, LABEL_LETTERS)}"


def describe_interests(rows: pd.DataFrame, group: str) -> str:
    """Count the interests and those of the article, and say who of the group clashes with whom."""
    if rows.empty:
        return "The article names no interest of these actors."
    named = int(rows["by_article"].sum())
    told = f"{count(len(rows), 'interest')} of {count(rows['actor_id'].nunique(), 'actor')}; the article names {named or 'none'} of them. "
    clashing = rows["clashes"].map(bool).groupby(rows["actor_id"]).any()
    without = [one for one in GROUPS[group] if one in clashing.index and not clashing[one]]
    told += (
        f"Without a clash on record: {listing(names.labels(without, names.within))}. "
        if without
        else "Each actor has an interest that clashes with somebody's. "
    )
    pairs = clashes_inside(rows, GROUPS[group])
    if not pairs:
        return f"{told}Our table has no clash among {CHOICES[group]}."
    each = (f"{names.within(one)} with {listing(names.labels(others, names.within))}" for one, others in pairs.items())
    return f"{told}Clashes among {CHOICES[group]}: {'; '.join(each)}."


def clashes_inside(rows: pd.DataFrame, group: tuple[str, ...]) -> dict[str, list[str]]:
    """Return with which others of the group an actor's interests clash, in either direction, each pair once (ids)."""
    found = {
        frozenset(pair)
        for pair in zip(*(clash_cells(rows)[one] for one in ("actor_id", "clashes_with_ids")), strict=True)
    }
    pairs = {
        one: [other for other in group[place + 1 :] if frozenset((one, other)) in found]
        for place, one in enumerate(group)
    }
    return {one: others for one, others in pairs.items() if others}


def card(interest_id: str) -> Card:
    """Return the card of an interest: who says so, what it pulls towards, with whom it clashes. Raise `KeyError`."""
    row = tables.load("interests").set_index("interest_id").loc[interest_id]
    clashes = names.labels(row["clashes_with_ids"], names.within) if isinstance(row["clashes_with_ids"], tuple) else []
    return Card(
        title=f"{names.actor(row['actor_id'])}: {row['title'][0].lower()}{row['title'][1:]}",
        facts=(
            ("Row", f"interests, {interest_id}"),
            ("Who says so", row["attributed_to"]),
            ("Stake", row["stake"]),
            ("Pulls towards", row["pulls_towards"]),
            ("Clashes with interests of", listing(clashes) or "nobody, as far as our table tells"),
        ),
        text=row["interest"],
        source_ids=row["source_ids"],
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )


def interests_and_clashes() -> Scene:
    """Interests of the mediators and the others, and where they clash."""
    return Scene(
        id="mediation-interests",
        question="Neither Russia nor the EU is disinterested, the article holds. Who wanted what, and with whom did it clash?",
        rows=select_interests,
        figure=clashes_figure,
        reading=describe_interests,
        controls=(
            Choice("group", "Whose interests", CHOICES),
            Toggle("article", "Only those that the founding article names"),
        ),
        columns={
            "actor": "Who",
            "interest": "Interest",
            "attributed_to": "Who says so",
            "pulls_towards": "Pulls towards",
            "clashes": "Clashes with interests of",
            "confidence": "Confidence",
        },
        key="interest_id",
        card=card,
        height=grid.HEAD + ROW * 14 + grid.LEGEND_ROW * LEGEND_ROWS,
        note="An interest is what others or an actor itself say that it wants; the card names who. Most are inferences, and a motive "
        "cannot be seen. Where two interests clash is our judgement.",
    )
