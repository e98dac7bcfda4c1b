"""Why, why, why: from a position, layer by layer, down to an interest, and to other ways of meeting it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import names, tables
from utils.chapters.positions.whys_chart import BASES, HEIGHT, LAYERS, WAYS, chains_figure
from utils.scenes import Card, Choice, Column, Panel, Scene, Statement, Step
from utils.wording import count, listing

LAST = max(LAYERS)
IDS = {"whys": "why_id", "interest_ways": "way_id"}


def chains(issue: str) -> pd.DataFrame:
    """Return every layer on one issue, the two sides first (columns of `whys`)."""
    rows = tables.load("whys").query("issue_id == @issue")
    return rows.sort_values(["actor_id", "layer"], key=_sides_first).reset_index(drop=True)


def ways(issue: str) -> pd.DataFrame:
    """Return the other ways to meet the interests on one issue, the two sides' first (columns of `interest_ways`)."""
    rows = tables.load("interest_ways").query("issue_id == @issue")
    return rows.sort_values("actor_id", key=_sides_first, kind="stable").reset_index(drop=True)


def _sides_first(cells: pd.Series) -> pd.Series:
    return cells.map(lambda one: (one not in names.SIDES, one)) if cells.name == "actor_id" else cells


def issues() -> dict[str, str]:
    """Return the issues that have chains: id to title."""
    titles = tables.load("issues").set_index("issue_id")["title"]
    return {one: titles[one] for one in tables.load("whys")["issue_id"].unique()}


def select_layers(issue: str, depth: str) -> pd.DataFrame:
    """Return the layers that are open and, at the last depth, the other ways.

    Columns: `key` (table, slash, id), `actor_id`, `actor`, `layer` (1 to 4; 5 for another way), `number` (of the
    way; 0 for a layer), `layer_name`, `sentence`, `basis` (of `BASES`; "" for a way), `basis_name`, `told_by`, `objection` ("" for a
    layer), `source_ids`, `confidence`.
    """
    layers = chains(issue).query("layer <= @depth", local_dict={"depth": int(depth)})
    layers = layers.assign(key="whys/" + layers["why_id"], number=0, told_by=layers["attributed_to"], objection="")
    layers = layers.assign(layer_name=layers["layer"].map(LAYERS), basis_name=layers["basis"].map(BASES))
    if int(depth) < LAST:
        return _shown(layers)
    others = ways(issue)
    others = others.assign(
        key="interest_ways/" + others["way_id"],
        layer=LAST + 1,
        number=others.groupby("actor_id").cumcount() + 1,
        layer_name=WAYS,
        sentence=others["way"],
        basis="",
        basis_name="",
        told_by=others["seen_in"],
    )
    return _shown(pd.concat([layers, others]))


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(actor=[names.actor(one) for one in rows["actor_id"]])
    front = ["key", "actor_id", "actor", "layer", "number", "layer_name", "sentence", "basis", "basis_name", "told_by"]
    return rows[[*front, "objection", "source_ids", "confidence"]].reset_index(drop=True)


def figure(rows: pd.DataFrame, issue: str) -> go.Figure:
    """Draw the ladder of every chain on the issue, as far as it is open."""
    every = chains(issue)
    return chains_figure(rows, {one: names.actor(one) for one in every["actor_id"].unique()}, every)


# ---- words -------------------------------------------------------------------------------------------------


def describe_layers(rows: pd.DataFrame, depth: str) -> str:
    """Count the open layers that a side states itself and those that others infer; at the bottom, the other ways."""
    layers = rows[rows["number"] == 0]
    stated = int((layers["basis"] == "stated").sum())
    each = listing(
        f"{names.within(actor)} {int((some['basis'] == 'stated').sum())} of {len(some)}"
        for actor, some in layers.groupby("actor_id", sort=False)
    )
    inferred = len(layers) - stated
    if inferred:
        told = (
            f"Of {count(len(layers), 'open layer')}, {stated or 'none'} {'is' if stated == 1 else 'are'} stated by the side itself "
            f"({each}); {inferred} {'is' if inferred == 1 else 'are'} inferred by us or others."
        )
    else:
        told = f"Each of the {count(len(layers), 'open layer')} is stated by the side itself."
    if int(depth) < LAST:
        return f"{told} Before you open the next layer, ask each side: why?"
    found = rows[rows["number"] > 0].groupby("actor_id", sort=False).size()
    many = listing(f"{size} for {names.within(actor)}" for actor, size in found.items())
    return f"{told} At the bottom our tables hold {count(int(found.sum()), 'other way')} to meet an interest ({many}); each has its objection."


def panels(rows: pd.DataFrame, issue: str, depth: str) -> list[Panel]:
    """Return the open layers side by side and, at the last depth, the other ways side by side."""
    title = f"{issues()[issue]}: {'the positions' if depth == '1' else f'down to the {LAYERS[int(depth)].lower()}'}"
    layers = _panel(title, rows[rows["number"] == 0], _layer)
    if int(depth) < LAST:
        return [layers]
    return [
        layers,
        _panel("Other ways to meet the interest, and what speaks against them", rows[rows["number"] > 0], _way),
    ]


def _panel(title: str, rows: pd.DataFrame, told) -> Panel:
    left, right = (
        Column(names.actor(side), tuple(told(row) for row in rows[rows["actor_id"] == side].itertuples()))
        for side in names.SIDES
    )
    rest = rows[~rows["actor_id"].isin(names.SIDES)]
    below = (
        Column(listing(rest["actor"].unique()), tuple(told(row) for row in rest.itertuples())) if len(rest) else None
    )
    return Panel(title, left, right, below=below, open=True)


def _layer(row) -> Statement:
    speaker = f"{row.layer_name}, {row.basis_name}: {row.told_by}"
    return Statement(row.sentence, speaker, source_ids=row.source_ids, confidence=row.confidence)


def _way(row) -> Statement:
    text = f"{row.sentence} Against it: {row.objection}"
    return Statement(text, f"Way {row.number}: {row.told_by}", source_ids=row.source_ids, confidence=row.confidence)


def card(key: str) -> Card:
    """Return the card of a layer or of another way, such as "whys/..." with its id. Raise `KeyError` for an unknown one."""
    table, _, row_id = key.partition("/")
    if table not in IDS:
        raise KeyError(key)
    row = tables.load(table).set_index(IDS[table]).loc[row_id]
    layer = table == "whys"
    facts = [
        ("Row", f"{table}, {row_id}"),
        ("Question", issues()[row["issue_id"]]),
        ("Whose", names.actor(row["actor_id"])),
        ("Told by", row["attributed_to"]) if layer else ("Seen in", row["seen_in"]),
        ("Basis", BASES[row["basis"]]) if layer else ("Against it", row["objection"]),
    ]
    return Card(
        title=row["sentence" if layer else "way"],
        date=LAYERS[row["layer"]] if layer else WAYS,
        facts=tuple(facts),
        source_ids=row["source_ids"],
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )


def why_why_why() -> Scene:
    """A position on each side, the whys below it, the interest at the bottom."""
    return Scene(
        id="positions-whys",
        question="Under each position: why do they want that, and could it be met in another way?",
        rows=select_layers,
        figure=figure,
        reading=describe_layers,
        panels=panels,
        controls=(
            Choice("issue", "Question", issues()),
            Step("depth", "Open down to", {str(one): name for one, name in LAYERS.items()}),
        ),
        columns={
            "layer_name": "Layer",
            "actor": "Whose",
            "sentence": "In a sentence",
            "basis_name": "Basis",
            "told_by": "Who says so, or where it was seen",
            "objection": "Against it",
            "confidence": "Confidence",
        },
        key="key",
        card=card,
        height=HEIGHT,
        note="“Stated” means that the side gave this reason in public, not that it is its only one. An interest is always read out of words: "
        "the side might put it in another way. A way that is listed is not one that we recommend. Choose a cell for its sources.",
    )
