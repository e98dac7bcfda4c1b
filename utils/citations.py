"""A row's sources as references that a student may paste."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from utils import tables
from utils.wording import date_text

PERSPECTIVES = {
    "armenian_official": "Armenian official voice",
    "azerbaijani_official": "Azerbaijani official voice",
    "armenian_media": "Armenian voice, no office",
    "azerbaijani_media": "Azerbaijani voice, no office",
    "russian_official": "Russian official voice",
    "eu_official": "EU official voice",
    "us_official": "US official voice",
    "turkish_official": "Turkish official voice",
    "iranian_official": "Iranian official voice",
    "international": "international organisation",
    "third_party": "other voice, no office",
}
CONFIDENCE = {
    "two": "core fact seen in two pages or more",
    "one": "core fact seen in one page, or in pages of one side only",
    "memory": "no page found: general knowledge",
}


class Reference(NamedTuple):
    """One source, ready to show: `text` to paste, `url` ("" if there is none), `perspective` in words."""

    source_id: str
    text: str
    url: str
    perspective: str


def reference(source: pd.Series) -> Reference:
    """Return one row of `sources` as a reference: publisher, title, date, address."""
    url = source["url"] if isinstance(source["url"], str) else ""
    published = source["published"] if isinstance(source["published"], str) else ""
    date = date_text(published) or "no date"
    text = f"{source['publisher']}: “{source['title']}”, {date}." + (f" {url}" if url else "")
    return Reference(source.name, text, url, PERSPECTIVES[source["perspective"]])


def references(source_ids: Iterable[str]) -> list[Reference]:
    """Return the references of several ids, each once, in the order of first mention.

    Raise `KeyError` for an id that `sources` does not hold.
    """
    sources = tables.load("sources").set_index("source_id")
    return [reference(sources.loc[one]) for one in dict.fromkeys(source_ids)]


def sources_of(rows: pd.DataFrame) -> list[str]:
    """Return the ids of all sources that the rows cite, each once, in the order of first mention."""
    return list(dict.fromkeys(one for ids in rows.get("source_ids", ()) for one in ids))


def cite(row: pd.Series | pd.DataFrame) -> str:
    """Return the references of a row (or of several) as text to paste, one a line."""
    ids = sources_of(row) if isinstance(row, pd.DataFrame) else row["source_ids"]
    return "\n".join(one.text for one in references(ids))
