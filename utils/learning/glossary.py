"""The glossary as a scene without a chart: a search field, the terms of a chapter, both usages where they differ."""

from __future__ import annotations

import pandas as pd

from utils import tables
from utils.scenes import Card, Choice, Column, Entry, Panel, Scene, Statement
from utils.wording import count, listing

EVERY = "every chapter"


def select_terms(chapter: str, search: str) -> pd.DataFrame:
    """Return the terms of a chapter ("every chapter" or its number) or, of all chapters, those that hold a text looked for.

    Columns: those of `glossary`, and `differs` ("yes" where the sides use the term differently, else "").
    """
    rows = tables.load("glossary")
    rows = rows.assign(differs=rows["armenian_usage"].notna().map({True: "yes", False: ""}))
    wanted = search.strip().casefold()
    if chapter != EVERY and not wanted:
        rows = rows[rows["chapters"].map(lambda chapters: chapter in chapters)]
    if wanted:
        # text that begins a term stands before text that only holds it
        held = rows["term"].str.casefold()
        told = held + " " + rows["meaning"].str.casefold()
        rows = rows[told.str.contains(wanted, regex=False)]
        rank = (
            rows["term"].str.casefold().map(lambda term: 0 if term.startswith(wanted) else 1 if wanted in term else 2)
        )
        rows = rows.assign(rank=rank).sort_values(
            ["rank", "term"], key=lambda one: one.str.casefold() if one.name == "term" else one
        )
        return rows.drop(columns="rank")
    return rows.sort_values("term", key=lambda terms: terms.str.casefold())


def describe_terms(rows: pd.DataFrame, chapter: str, search: str) -> str:
    """Say how many terms are shown, and the meaning of the first where one was looked for."""
    where = "in the whole glossary" if chapter == EVERY or search.strip() else f"for chapter {chapter}"
    if rows.empty:
        return f"No term {where} holds “{search.strip()}”. Try fewer letters."
    if search.strip():
        first = rows.iloc[0]
        return f"{count(len(rows), 'term')} {where}. {first['term']}: {first['meaning']}"
    differ = int(rows["armenian_usage"].notna().sum())
    return f"{count(len(rows), 'term')} {where}. The two sides use {differ or 'none'} of them differently; choose one to see how."


def both_usages(term: pd.Series) -> tuple[Panel, ...]:
    """Return both sides' usage of a term side by side, or nothing where they do not differ."""
    if not isinstance(term["armenian_usage"], str):
        return ()
    sides = {"Armenian usage": term["armenian_usage"], "Azerbaijani usage": term["azerbaijani_usage"]}
    return (Panel("Who uses it how", *(Column(title, (Statement(text),)) for title, text in sides.items())),)


def term_card(term_id: str) -> Card:
    """Return the card of a term. Raise `KeyError` for an unknown id."""
    rows = tables.load("glossary").set_index("term_id")
    term = rows.loc[term_id]
    also = [rows["term"][one] for one in term["see_also_ids"]]
    return Card(
        title=term["term"],
        facts=(("See also", listing(also)),) if also else (),
        text=term["meaning"],
        panels=both_usages(term),
        source_ids=term["source_ids"],
        confidence=term["confidence"],
    )


def glossary(chapter: int | None = None, search: str = "") -> Scene:
    """Return the glossary, opened at a chapter's terms or at a search.

    >>> glossary(search="corridor")  # doctest: +SKIP
    """
    held = sorted({int(one) for chapters in tables.load("glossary")["chapters"] for one in chapters})
    return Scene(
        id="glossary",
        question="Words: what does this term mean, and who uses it how?",
        rows=select_terms,
        reading=describe_terms,
        controls=(
            Entry("search", "Look for", value=search, longest=60),
            Choice(
                "chapter",
                "Terms of",
                {EVERY: EVERY} | {str(one): f"chapter {one}" for one in held},
                value=EVERY if chapter is None else str(chapter),
            ),
        ),
        columns={"term": "Term", "meaning": "What it means", "differs": "Used differently"},
        key="term_id",
        card=term_card,
    )
