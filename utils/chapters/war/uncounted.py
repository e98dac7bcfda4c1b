"""What a count of the dead leaves out: other harm of the war of autumn 2020, by side, with the gaps."""

from __future__ import annotations

import pandas as pd

from utils import claims, theme
from utils.chapters.war.harm import KINDS, NO_FIGURE, harm, remark, select_harm
from utils.chapters.war.harm_chart import harm_figure
from utils.scenes import Card, Choice, Scene
from utils.wording import count, date_text, listing, number

ASKED = {"all": "All, the latest figures", **{kind: f"{name}, all figures" for kind, name in KINDS.items()}}


def describe_harm(rows: pd.DataFrame, kind: str) -> str:
    """Say how many figures there are for each side, and where a side has none."""
    found, gaps = rows[rows["figure"].notna()], rows[rows["figure"].isna()]
    missing = "; ".join(
        f"{listing(some['kind_name'].str.lower())} ({name})" for name, some in gaps.groupby("side_name")
    )
    blank = f" {NO_FIGURE.capitalize()}: {missing}. A missing number is not a zero." if missing else ""
    if found.empty:
        return blank.strip()
    sizes = found["side_name"].value_counts().sort_index()
    by_side = listing(f"{number(size)} on the {name}" for name, size in sizes.items())
    first = (
        f"{count(len(found), 'figure')} on the {sizes.index[0]}"
        if len(sizes) == 1
        else f"{len(found)} figures, {by_side}"
    )
    parties = int((found["party"] != "").sum())
    others = len(found) - parties
    made = f"{parties or 'none'} by officials or media of one of the two sides, {others or 'none'} by others"
    shown = f"{first}: {made}."
    apart = " They count by different rules on different days, so none is added to another." if len(found) > 1 else ""
    return shown + (blank or apart)


def card_of_harm(key: str) -> Card:
    """Return the card of one figure, or of one that is missing."""
    table, _, row_id = key.partition("/")
    if table == "casualty_claims":
        return claims.card(row_id)
    if table == "none":
        kind, _, side = row_id.partition("/")
        return Card(
            title=f"{KINDS[kind]}, {claims.SIDES[side]}: {NO_FIGURE}",
            text=f"{remark(kind, side)} Our tables hold no figure. That is not a zero.".strip(),
        )
    row = harm().set_index("key").loc[key]
    return Card(
        title=f"{row['counted_by']}: {number(row['figure'])}",
        date=f"as of {date_text(row['as_of'])}",
        facts=(
            ("Row", f"{table}, {row_id}"),
            ("Harm", f"{row['kind_name']}, {row['side_name']}"),
            ("Kind", "claim of a party" if row["party"] else "count by others"),
        ),
        text=row["definition"],
        source_ids=row["source_ids"],
        confidence=row["confidence"],
    )


def left_out() -> Scene:
    """What a count of the dead leaves out."""
    return Scene(
        id="war-left-out",
        question="What does a count of the dead leave out?",
        rows=select_harm,
        figure=harm_figure,
        reading=describe_harm,
        controls=(Choice("kind", "Harm", ASKED), Choice("whose", "Whose people", claims.WHOSE)),
        columns={
            "kind_name": "Harm",
            "side_name": "Whose people",
            "figure_text": "Figure",
            "figure_low": "Low",
            "figure_high": "High",
            "counted_by": "Who counted",
            "as_of": "As of",
            "definition": "What was counted",
            "confidence": "Confidence",
        },
        key="key",
        card=card_of_harm,
        height=780,
        note=f"Key: {theme.KEY_LINE}. Each kind has its own axis: compare figures within a kind only. All count people but “Homes damaged”. “{NO_FIGURE.capitalize()}” "
        "means that our tables hold none, not that nobody was harmed. Figures overlap and are never added up.",
    )
