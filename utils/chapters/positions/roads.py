"""The two roads: the Berdzor/Lachin road and the link across Syunik, compared aspect by aspect."""

from __future__ import annotations

import pandas as pd

from utils import names, tables
from utils.scenes import Choice, Column, Panel, Scene, Statement, Toggle
from utils.wording import count, listing

ALL, AT_HEART = "all", "checks"
ASPECTS = {
    "wording": "Words of the statement",
    "serves": "Whom it serves",
    "guard": "Who guards it",
    "checks": "Who checks",
    "route": "Where it runs",
    "term": "For how long",
    "state_2022": "State at the end of 2022",
    "armenia_asks": "What Armenia asks",
    "azerbaijan_asks": "What Azerbaijan asks",
}
IF_EQUAL = "If the rule of the other road held here"


def roads() -> dict[str, str]:
    """Return both roads in alphabetical order: id to name."""
    return {"berdzor_lachin": names.place("berdzor_lachin_corridor"), "syunik": "Link across Syunik"}


def select_terms(aspect: str, equal: bool) -> pd.DataFrame:
    """Return a row for each aspect and road, those of one aspect together.

    Columns: those of `road_terms`; `aspect_name`, `road_name`; where `equal` was asked for also `made_equal` ("" where the
    aspect cannot be made equal).
    """
    rows = tables.load("road_terms")
    rows = rows if aspect == ALL else rows[rows["aspect"] == aspect]
    rows = rows.sort_values(["number", "road"], kind="stable").reset_index(drop=True)
    rows = rows.assign(aspect_name=rows["aspect"].map(ASPECTS), road_name=rows["road"].map(roads()))
    return rows.assign(made_equal=rows["if_equal"].fillna("")) if equal else rows


def changing(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Return for each road the names of the aspects on which the other road's rule would change it."""
    some = rows[rows["if_equal"].notna()]
    return {road: some[some["road"] == road]["aspect_name"].tolist() for road in roads()}


def describe_terms(rows: pd.DataFrame, aspect: str, equal: bool) -> str:
    """Count the aspects that could be made equal, and on which road something would change."""
    by_road = changing(rows)
    called = {road: _the(name) for road, name in roads().items()}
    if aspect != ALL:
        return f"{ASPECTS[aspect]}: {_one_aspect([road for road, mine in by_road.items() if mine], called, equal)}"
    either = [name for name in rows["aspect_name"].unique() if any(name in mine for mine in by_road.values())]
    whole = rows["aspect"].nunique()
    sizes = listing(f"{called[road]} could follow the other on {len(mine)}" for road, mine in by_road.items())
    told = (
        f"We compare the two roads on {count(whole, 'aspect')}. On {len(either)} of them ({_quoted(either)}) the rule of one road "
        f"could hold on the other too: {sizes}."
    )
    return f"{told} {_both_ways(by_road)}" if equal else f"{told} Switch on “Make equal” to read what would change."


def _both_ways(by_road: dict[str, list[str]]) -> str:
    """Say that whoever asks for equal rules gives on one road what it gets on the other, where both roads would change."""
    shared = [name for name in next(iter(by_road.values())) if all(name in mine for mine in by_road.values())]
    if not shared:
        return "On no aspect could the rule be carried over in both directions."
    return f"On {len(shared)} of them it could be carried over in either direction: which road is to follow which is then the question."


def _one_aspect(changed: list[str], called: dict[str, str], equal: bool) -> str:
    if not changed:
        return "there is no rule here that one road could take from the other."
    if len(changed) == len(called):
        told = "each road could be put under the other’s rule"
    else:
        (other,) = (name for road, name in called.items() if road not in changed)
        told = f"{called[changed[0]]} could be put under the rule of {other}"
    return f"{told}; below stands what it would mean." if equal else f"{told}. Switch on “Make equal” to read it."


def _the(name: str) -> str:
    return "the " + (name if "/" in name else name[0].lower() + name[1:])


def _quoted(found: list[str]) -> str:
    return listing(name[0].lower() + name[1:] for name in found)


def panels(rows: pd.DataFrame, aspect: str, equal: bool) -> list[Panel]:
    """Return a panel for each aspect, one road on each side; the one chosen, or those that could be made equal, are open.

    As long as nobody chooses one or asks for equal rules, one of them is: who checks, the heart of the quarrel.
    """

    def is_open(some: pd.DataFrame) -> bool:
        if aspect != ALL:
            return True
        return bool(some["if_equal"].notna().any()) if equal else some["aspect"].iloc[0] == AT_HEART

    return [
        Panel(
            f"{some['number'].iloc[0]}. {name}",
            *(_column(some[some["road"] == road], title, equal) for road, title in roads().items()),
            open=is_open(some),
        )
        for name, some in rows.groupby("aspect_name", sort=False)
    ]


def _column(rows: pd.DataFrame, title: str, equal: bool) -> Column:
    told = [
        Statement(text, speaker, source_ids=row.source_ids, confidence=row.confidence)
        for row in rows.itertuples()
        for text, speaker in ((row.told, ""), (row.if_equal if equal else None, IF_EQUAL))
        if isinstance(text, str)
    ]
    return Column(title, tuple(told))


def two_roads() -> Scene:
    """Two roads, compared aspect by aspect, and what it would mean to make them equal."""
    return Scene(
        id="positions-roads",
        question="Two roads: what is alike, what is not, and what if the rules were equal?",
        rows=select_terms,
        reading=describe_terms,
        panels=panels,
        controls=(
            Choice("aspect", "Compare", {ALL: f"All {count(len(ASPECTS), 'aspect')}"} | ASPECTS),
            Toggle("equal", "Make equal: show how it would stand under the other road’s rule"),
        ),
        columns={
            "aspect_name": "Aspect",
            "road_name": "Road",
            "told": "How it stands",
            "made_equal": "If made equal",
            "confidence": "Confidence",
        },
        note="“Make equal” is a thought of ours, not a proposal of anybody. To ask for equal rules can be an argument about what is fair, "
        "and a means of pressure, one road against the other: the same words can do both.",
    )
