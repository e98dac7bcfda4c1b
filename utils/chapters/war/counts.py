"""How a number of dead grows: dated counts and claims of the war of autumn 2020, by who made them."""

from __future__ import annotations

import pandas as pd

from utils import claims, theme
from utils.chapters.war.counts_chart import counts_figure
from utils.chapters.war.growth import OWN, PLAIN, claims_of_war, grew_more, growth, select_claims
from utils.learning.predictions import Prediction
from utils.scenes import Choice, Gate, Pick, Scene
from utils.wording import date_text, number

COUNTED = {"military_killed": "Soldiers killed", "civilian_killed": "Civilians killed", "missing": "Missing"}
GUESSES = {"armenian": "The Armenian side's", "azerbaijani": "The Azerbaijani side's", "alike": "About the same"}


def describe_counts(rows: pd.DataFrame, counted: str, whose: str, guess: str, seen: str) -> str:
    """Before: ask. After: how much each side's own counts grew, and the guess beside it."""
    if not seen:
        return "Choose, then open the chart. You may also skip the guess."
    sides = list(OWN) if whose == "both" else [whose]
    told = " ".join(_told_of_growth(side, counted) for side in sides)
    if whose == "both" and counted == "military_killed":
        told = f"{told} {_told_of_beginnings()}"
    if counted == "military_killed" and seen == "answered" and guess:
        return f"{told} {_told_of_guess(guess)}"
    return told


def _told_of_growth(side: str, counted: str) -> str:
    grown = growth(side, counted)
    what = f"own count of {'the missing' if counted == 'missing' else COUNTED[counted].lower()}"
    if grown.empty:
        return f"The {side.capitalize()} side's {what} has fewer than two dated reports in our tables."
    parts = [
        f"{row.claimant} {changed(row.percent)}, from {_figure(row.first, row.first_definition)} "
        f"({date_text(row.first_date)}) to {_figure(row.last, row.last_definition)} ({date_text(row.last_date)})"
        for row in grown.itertuples()
    ]
    return f"The {side.capitalize()} side's {what}: {'; '.join(parts)}."


def _told_of_beginnings() -> str:
    """Say when each maker first counted its own side's soldiers, and what that does to growth."""
    own = claims_of_war("military_killed").query("own").sort_values("as_of").drop_duplicates("claimed_by")
    began = "; ".join(f"{row.claimant} on {date_text(row.as_of)}" for row in own.itertuples())
    return f"The counts did not begin together: {began}. One that begins later has less room to grow."


def _figure(figure: int, definition: str) -> str:
    return number(figure) if definition == PLAIN else f"{number(figure)} {definition}"


def changed(percent: float) -> str:
    """Return a change in words: "up 65 per cent", "down 42 per cent", "unchanged"."""
    if abs(percent) < 0.05:
        return "unchanged"
    digits = 1 if abs(percent) < 10 else 0
    return f"{'up' if percent > 0 else 'down'} {number(abs(percent), digits)} per cent"


def _told_of_guess(guess: str) -> str:
    answer = grew_more()
    mine = GUESSES[guess][0].lower() + GUESSES[guess][1:]
    if not answer:
        return f"Your guess: {mine}; the answer depends on which of a side's counts one takes."
    same = {"alike": "they grew about the same"}.get(
        answer, f"{GUESSES[answer][0].lower()}{GUESSES[answer][1:]} grew more"
    )
    return f"Your guess: {mine}; by these counts {same}."


def growing_scene() -> Scene:
    """How a number of dead grows, by who counted and when."""
    return Scene(
        id="war-counts",
        question="How does a number of dead grow? Which side's own count of its soldiers killed rose more, in per cent, "
        "from its first to its last report?",
        rows=select_claims,
        figure=counts_figure,
        reading=describe_counts,
        controls=(
            Pick("guess", "Your guess", GUESSES),
            Gate("seen", "Open the chart", skip_label="Skip the guess"),
            Choice("counted", "What is counted", COUNTED),
            Choice("whose", "Whose people", claims.WHOSE),
        ),
        columns={
            "claimant": "Who says so",
            "harmed": "Whose people",
            "figure": "Figure",
            "figure_low": "Low",
            "figure_high": "High",
            "as_of": "As of",
            "definition": "What was counted",
            "kind_of_count": "Kind",
            "note": "Remark",
            "confidence": "Confidence",
        },
        key="claim_id",
        card=claims.card,
        height=600,
        note=f"Key: {theme.KEY_LINE}. A line joins own counts of one maker that count the same thing; a bar is the range of a "
        "claim. The shaded days of the war are drawn wider than the months after them. During the war the authorities in "
        "Khankendi/Stepanakert counted for the Armenian side, after it Armenia did too: their counts are not joined. "
        "Claims are never added up.",
    )


def growing_numbers() -> Prediction:
    """The scene with its guess kept."""
    return Prediction(
        id="p02_growth",
        scene=growing_scene(),
        guess="guess",
        gate="seen",
        words=lambda guess: GUESSES.get(guess, "no choice made"),
    )
