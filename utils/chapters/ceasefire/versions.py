"""One text, several versions: where what was published under the same name differs in its words."""

from __future__ import annotations

import pandas as pd

from utils import tables
from utils.scenes import Card, Choice, Column, Panel, Scene, Statement
from utils.wording import count, date_text, listing

DOCUMENT = "nine_points_2020"
KINDS = {
    "official": "official page",
    "copy_of_official": "copy of an official page",
    "unofficial_translation": "unofficial translation",
    "summary": "summary",
    "circulated_draft": "version circulated in the night, not the signed text",
}
LANGUAGES = {"en": "English", "ru": "Russian", "az": "Azerbaijani", "ar": "Arabic", "hy": "Armenian"}


def differences() -> pd.DataFrame:
    """Return the wording differences in the order of the points, those of the heading first (index: `difference_id`).

    Columns: those of `ceasefire_wording`, `name` ("Point 6: Verb for the districts") and `draft` (bool: one of the
    two wordings stands only in the version that circulated in the night).
    """
    rows = tables.load("ceasefire_wording")
    drafts = set(published().query("kind == 'circulated_draft'")["text_id"])
    where = ["Heading" if pd.isna(one) else f"Point {one}" for one in rows["point"]]
    return rows.assign(
        name=[f"{place}: {element}" for place, element in zip(where, rows["element"], strict=True)],
        draft=[
            set(a) <= drafts or set(b) <= drafts
            for a, b in zip(rows["version_a_ids"], rows["version_b_ids"], strict=True)
        ],
    ).set_index("difference_id")


def of_point(point: int) -> list[str]:
    """Return the ids of the differences within one point."""
    rows = differences()
    return rows.index[rows["point"] == point].tolist()


def published() -> pd.DataFrame:
    """Return the versions of the statement that we know (columns of `official_texts`), official pages first."""
    rows = tables.load("official_texts").query("document_id == @DOCUMENT")
    return rows.sort_values("kind", key=lambda kinds: kinds.map(list(KINDS).index), kind="stable")


def panel(difference_id: str) -> Panel:
    """Return both wordings of a difference side by side, with who published each, and why it matters below."""
    row = differences().loc[difference_id]

    def column(title: str, wording: str, ids: tuple[str, ...]) -> Column:
        return Column(title, (Statement(wording, f"Published by {publishers(ids)}", source_ids=row["source_ids"]),))

    note = row["note"] if isinstance(row["note"], str) else ""
    return Panel(
        f"Wording. {row['name']}",
        column("One wording", row["wording_a"], row["version_a_ids"]),
        column("Another wording", row["wording_b"], row["version_b_ids"]),
        after=note,
        below=Column("Why it matters", (Statement(row["why_it_matters"], confidence=row["confidence"]),)),
    )


def publishers(ids: tuple[str, ...]) -> str:
    """Return who published some versions, as a list."""
    rows = tables.load("official_texts").set_index("text_id")
    return listing(
        dict.fromkeys(
            f"{rows.at[one, 'issued_by']}, {date_text(rows.at[one, 'date'])}"
            if rows.at[one, "document_id"] != DOCUMENT
            else rows.at[one, "issued_by"]
            for one in ids
        )
    )


def select_versions(difference: str) -> pd.DataFrame:
    """Return the known versions of the statement, with the wording that each has where one was chosen.

    Columns: those of `official_texts`, and `kind_name`, `languages` (text), `wording` ("" where it is not known to us).
    """
    rows = published()
    chosen = differences().loc[difference]
    wordings = {one: chosen["wording_a"] for one in chosen["version_a_ids"]}
    wordings |= {one: chosen["wording_b"] for one in chosen["version_b_ids"]}
    return rows.assign(
        kind_name=rows["kind"].map(KINDS),
        languages=[listing(LANGUAGES.get(one, one) for one in some) for some in rows["language"]],
        wording=[wordings.get(one, "") for one in rows["text_id"]],
    )


def describe_versions(rows: pd.DataFrame, difference: str) -> str:
    """Say how many differences we found and of what kind, and who has which wording of the chosen one."""
    all_, chosen = differences(), differences().loc[difference]
    drafts = int(all_["draft"].sum())
    official = int((rows["kind"] == "official").sum())
    return (
        f"Among {count(len(rows), 'version')} ({official} of them official pages) we noted {count(len(all_), 'difference')}; "
        f"in {drafts} of them one wording stands only in the version that circulated in the night. {chosen['name']}: "
        f"{chosen['why_it_matters']}"
    )


def card(text_id: str) -> Card:
    """Return the card of a version: who published it, in which language, and how much of it we read."""
    row = tables.load("official_texts").set_index("text_id").loc[text_id]
    read = {"whole": "all of it", "part": "a part", "address_only": "not read, only its address"}[row["read"]]
    facts = [
        ("Row", f"official_texts, {text_id}"),
        ("What it is", KINDS[row["kind"]]),
        ("Language", listing(LANGUAGES.get(one, one) for one in row["language"])),
        ("What we read", row["what_was_read"] if isinstance(row["what_was_read"], str) else read),
    ]
    return Card(
        title=row["issued_by"],
        date=date_text(row["date"]),
        facts=tuple(facts),
        source_ids=row["source_ids"],
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )


def compare_versions() -> Scene:
    """Two wordings of one clause, who published each, and what hangs on it."""
    names = differences()["name"].to_dict()
    return Scene(
        id="ceasefire-versions",
        question="One statement, several published texts: where do the words differ?",
        rows=select_versions,
        reading=describe_versions,
        panels=lambda rows, difference: [panel(difference)],
        controls=(Choice("difference", "Difference", names, value="p6_cede_return"),),
        columns={
            "issued_by": "Published by",
            "kind_name": "What it is",
            "languages": "Language",
            "wording": "Its wording here",
            "what_was_read": "What we read",
            "confidence": "Confidence",
        },
        key="text_id",
        card=card,
        note="Wordings are told in a few words, quoted where a single word matters. An empty cell means that we did not read "
        "that clause in that version. Open “Sources” for the addresses of the pages.",
    )
