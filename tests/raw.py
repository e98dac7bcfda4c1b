"""The tables read with nothing but the standard library, so that a test can count for itself."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


@cache
def rows(name: str) -> list[dict[str, str]]:
    """Return a table as text cells."""
    with open(DATA / path_of(name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def path_of(name: str) -> str:
    """Return where a table lies in data/."""
    resources = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return next(one["path"] for one in resources if one["name"] == name)


def ids(cell: str) -> list[str]:
    return cell.split("|") if cell else []
