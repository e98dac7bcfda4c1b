"""Name pairs: eight places, each with two names, to be brought together on a plain map."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import names, tables, theme
from utils.learning.predictions import Prediction
from utils.scenes import Gate, Match, Scene
from utils.wording import count, listing, plain

CHOSEN = (
    "agdam_akna",
    "aghdara_martakert",
    "berdzor_lachin",
    "fuzuli_varanda",
    "karvachar_kelbajar",
    "khankendi_stepanakert",
    "khojavend_martuni",
    "shusha_shushi",
)


def places() -> pd.DataFrame:
    """Return the eight places: `first` and `second` name in alphabetical order, `label` (the pair), and their columns."""
    table = tables.load("places").set_index("place_id").loc[list(CHOSEN)].reset_index()
    label = [names.place_label(row) for _, row in table.iterrows()]
    forms = [one.split("/") for one in label]
    return table.assign(label=label, first=[one for one, _ in forms], second=[other for _, other in forms])


def select_places(seen: str, pairs: tuple[str, ...]) -> pd.DataFrame:
    """Return the places with the reader's partner of each (`yours`); once opened also `both` names, else the first."""
    table = places()
    shown = table["label"] if seen else table["first"]
    return table.assign(yours=list(pairs), both=shown, number=range(1, len(table) + 1))


ABOVE = {"khankendi_stepanakert", "karvachar_kelbajar", "aghdara_martakert", "agdam_akna", "berdzor_lachin"}


def places_figure(rows: pd.DataFrame, seen: str) -> go.Figure:
    """Draw the places on a plain map, without borders, each with its name or names; a cross is a pair not found."""
    figure = go.Figure()
    missed = (rows["yours"] != rows["second"]) & (seen == "answered")
    for some, name, symbol in ((rows[~missed], "pair found", "circle"), (rows[missed], "pair not found", "x")):
        figure.add_scatter(
            x=some["longitude"],
            y=some["latitude"],
            mode="markers+text",
            name=name,
            text=[plain(label) for label in some["both"]],
            textposition=["top center" if one in ABOVE else "bottom center" for one in some["place_id"]],
            marker=theme.counted(symbol=symbol),
            hovertemplate="%{text}<extra></extra>",
            showlegend=seen == "answered",
        )
    west, east = rows["longitude"].min(), rows["longitude"].max()
    figure.update_xaxes(visible=False, range=[west - 0.35, east + 0.35])
    return figure.update_yaxes(
        visible=False,
        scaleanchor="x",
        scaleratio=1.3,
        range=[rows["latitude"].min() - 0.12, rows["latitude"].max() + 0.12],
    )


def describe_places(rows: pd.DataFrame, seen: str) -> str:
    """Before: ask. After: how many pairs were found, and the pairs that were not."""
    if not seen:
        return f"Each of the {len(rows)} places carries one of its names. Choose its other name, then look."
    right = rows["yours"] == rows["second"]
    missed = listing(rows.loc[~right, "label"])
    told = f"{int(right.sum())} of {count(len(rows), 'pair')} found"
    told += f"; {'the others' if right.any() else 'the pairs'}: {missed}." if not right.all() else "."
    if seen == "skipped":
        told = f"The pairs: {listing(rows['label'])}."
    return f"{told} Each pair stands in alphabetical order, so neither side's form always comes first."


def name_pairs() -> Scene:
    """Eight places, two names each."""
    table = places()
    return Scene(
        id="start-names",
        question="Which two names belong to one place?",
        rows=select_places,
        figure=places_figure,
        reading=describe_places,
        controls=(
            Match(
                "pairs",
                "The other name of each place",
                items=dict(zip(table["place_id"], table["first"], strict=True)),
                options={name: name for name in sorted(table["second"], key=str.casefold)},
            ),
            Gate("seen", "Check my pairs", skip_label="Skip, show all names"),
        ),
        columns={"both": "Name", "kind": "Kind", "latitude": "Latitude", "longitude": "Longitude"},
        height=400,
        note="Dots only: this map shows no border and no control. Names carry claims; the pack writes both.",
    )


def prediction() -> Prediction:
    """The scene with the reader's pairs kept."""
    first = places()["first"]

    def words(pairs: tuple[str, ...]) -> str:
        return "; ".join(f"{one}: {other or 'no answer'}" for one, other in zip(first, pairs, strict=True))

    return Prediction(id="p00_names", scene=name_pairs(), guess="pairs", gate="seen", words=words)
