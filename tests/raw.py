"""The tables read with nothing but the standard library, so that a test can count for itself."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


@cache
def rows(name: str) -> list[dict[str, str]]:
    """Return a table as text cells."""
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(cell: str) -> list[str]:
    return cell.split("|") if cell else []
