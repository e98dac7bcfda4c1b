"""What places, actors and persons are called: both toponyms, in alphabetical order, always.

The policy is in docs/NAMING.md. No author chooses the order of a pair; this module computes it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from utils import tables

SIDES = ("armenia", "azerbaijan")  # the two states whose dispute this is, in alphabetical order
WITHIN = {  # actors whose name changes within a sentence
    "eu": "the EU",
    "nk_authorities": "the de facto authorities",
    "osce": "the OSCE",
    "un": "the UN",
    "usa": "the United States",
}
FORMS = ("name", "name_armenian_usage", "name_azerbaijani_usage")  # columns of a name: one form, or the two sides'


def pair(*forms: str) -> str:
    """Return the forms of one name in alphabetical order, joined by a slash.

    >>> pair("Stepanakert", "Khankendi")
    'Khankendi/Stepanakert'
    """
    return "/".join(sorted({form for form in forms if form}, key=str.casefold))


def place_label(row: pd.Series) -> str:
    """Return the name of one row of `places`: its one English form, or the pair."""
    return _label(*(row[column] for column in FORMS))


def place_labels(rows: pd.DataFrame) -> list[str]:
    """Return the names of several rows of `places`, or of another table that has the same columns of names."""
    return [_label(*forms) for forms in zip(*(rows[column] for column in FORMS), strict=True)]


def _label(*forms: object) -> str:
    return pair(*(form for form in forms if isinstance(form, str)))


def place(place_id: str) -> str:
    """Return the label of a place. Raise `KeyError` for an id that `places` does not hold."""
    return _place_labels()[place_id]


def _place_labels() -> dict[str, str]:
    rows = tables.load("places")
    return dict(zip(rows["place_id"], place_labels(rows), strict=True))


def actor(actor_id: str) -> str:
    """Return the short name of an actor. Raise `KeyError` for an id that `actors` does not hold."""
    return _short_names()[actor_id]


def within(actor_id: str) -> str:
    """Return the short name of an actor as it stands within a sentence: "the EU", "the de facto authorities"."""
    return WITHIN.get(actor_id) or actor(actor_id)


def person(person_id: str) -> str:
    """Return the short name of a person. Raise `KeyError` for an id that `persons` does not hold."""
    return _short_names("persons")[person_id]


def _short_names(table: str = "actors") -> dict[str, str]:
    rows = tables.load(table)
    return dict(zip(rows.iloc[:, 0], rows["short_name"], strict=True))


def paired_forms() -> list[tuple[str, str]]:
    """Return the two forms of every place that has two, each pair in its order on screen."""
    both = tables.load("places").dropna(subset=["name_armenian_usage", "name_azerbaijani_usage"])
    labels = (place_label(row) for _, row in both.iterrows())
    return [tuple(label.split("/")) for label in labels if "/" in label]


def labels(ids: Iterable[str], name=actor) -> list[str]:
    """Return the names of several actors (or, with another of this module's names, such as `name=place`), in their given order."""
    known = {
        actor: _short_names,
        within: lambda: _short_names() | WITHIN,
        place: _place_labels,
        person: lambda: _short_names("persons"),
    }[name]()
    return [known[one] for one in ids]
