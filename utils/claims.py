"""The casualty claims as readers meet them: rows ready for a chart, the mark of their maker, the card of one claim."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle

import pandas as pd

from utils import names, tables, theme
from utils.scenes.cards import Card
from utils.wording import date_text, number

# Whose claim it is: a side's officials (Armenia's and those in Khankendi/Stepanakert are one side), or its media.
OFFICIALS = {"armenia": "armenia", "nk_authorities": "armenia", "azerbaijan": "azerbaijan"}
MEDIA = {"armenian_media": "armenia", "azerbaijani_media": "azerbaijan"}
SIDES = {"armenian": "Armenian side", "azerbaijani": "Azerbaijani side"}  # of those harmed, or who tell
WHOSE = {"both": "Both", **SIDES}
COUNTED = {"military_killed": "soldiers killed", "civilian_killed": "civilians killed"}
HARMED = {"armenian": "on the Armenian side", "azerbaijani": "on the Azerbaijani side", "both": "on both sides"}
SYMBOL = {
    **theme.PARTY_SYMBOL,
    "nk_authorities": "hexagon",
    "armenian_media": "diamond",
    "azerbaijani_media": "triangle-up",
}


def party(claimant: str) -> str:
    """Return the side whose officials or media an actor is: "armenia", "azerbaijan" or "" for others."""
    return (OFFICIALS | MEDIA).get(claimant, "")


def kind_of_count(claimant: str) -> str:
    """Say whose number it is: "claim of a party", "given by media of one side" or "count by others"."""
    if claimant in OFFICIALS:
        return "claim of a party"
    return "given by media of one side" if claimant in MEDIA else "count by others"


def of_episode(episode: str, category: str) -> pd.DataFrame:
    """Return the claims about one war or clash in one category, those without a figure left out.

    Columns: those of `casualty_claims`, and `claimant` (name), `kind_of_count`; `low` and `high` (int), the ends of
    the claim's range, both the figure itself where it gives none.
    """
    claims = tables.load("casualty_claims").query("episode_id == @episode and category == @category and figure.notna()")
    return claims.assign(
        claimant=names.labels(claims["claimed_by"]),
        kind_of_count=claims["claimed_by"].map(kind_of_count),
        low=claims["figure_low"].fillna(claims["figure"]).astype(int),
        high=claims["figure_high"].fillna(claims["figure"]).astype(int),
    )


def symbols(claimants: Iterable[str]) -> dict[str, str]:
    """Return a symbol for each maker of claims: the parties' own, and any others in turn."""
    others = cycle(("star", "pentagon", "hourglass", "cross"))
    return {one: SYMBOL.get(one) or next(others) for one in sorted(set(claimants))}


def ink(claimant: str) -> theme.Ink:
    """Return a maker's colour: its side's for officials, grey for media and others."""
    return theme.PARTY_INK.get(OFFICIALS.get(claimant, ""), theme.NEUTRAL)


def marker(claimant: str, symbol: str, size: float = 12) -> dict:
    """Return the mark of a maker's claim: hollow for a side's officials and media, filled for others' counts."""
    if kind_of_count(claimant) == "count by others":
        return theme.counted(ink(claimant), symbol)
    return theme.claimed(ink(claimant), symbol, size)


def whiskers(figure: pd.Series, low: pd.Series, high: pd.Series, colour: theme.Ink) -> dict:
    """Return the error bar from the low to the high end of each figure, none where the figure has no range."""
    return dict(
        type="data",
        symmetric=False,
        array=_reach(high - figure),
        arrayminus=_reach(figure - low),
        color=colour.light,
        thickness=1.5,
        width=5,
    )


def _reach(distance: pd.Series) -> pd.Series:
    """Return how far a range reaches from its figure, missing where it does not: a zero would draw an end mark."""
    return distance.astype("Float64").astype(float).where(lambda reach: reach > 0)


def _figure(figure) -> str:
    return "no figure" if pd.isna(figure) else number(figure)


def card(claim_id: str) -> Card:
    """Return the card of one claim. Raise `KeyError` for an unknown id."""
    claim = tables.load("casualty_claims").set_index("claim_id").loc[claim_id]
    counted = COUNTED.get(claim["category"], claim["category"].replace("_", " "))
    low, high = claim["figure_low"], claim["figure_high"]
    spread = "" if pd.isna(low) or pd.isna(high) or low == high else f" (range {number(low)} to {number(high)})"
    defined = (("What was counted", claim["definition"]),) if isinstance(claim["definition"], str) else ()
    return Card(
        title=f"{names.actor(claim['claimed_by'])}: {_figure(claim['figure'])}, {counted}",
        date=f"as of {date_text(claim['as_of'])}",
        facts=(
            ("Counted", HARMED.get(claim["side_harmed"], claim["side_harmed"])),
            ("Figure", _figure(claim["figure"]) + spread),
            *defined,
        ),
        source_ids=claim["source_ids"],
        confidence=claim["confidence"],
        note=claim["note"] if isinstance(claim["note"], str) else "",
    )
