"""Marks that would cover each other are set on levels, one above the other."""

from __future__ import annotations

import pandas as pd


def stack(days: pd.Series, apart: float) -> list[int]:
    """Return a level for each day such that no two on one level lie closer than `apart` days.

    Days come in order. Level 0 is filled first, then 1, and so on: crowded months grow, quiet years stay low.
    """
    last_on_level: list[pd.Timestamp] = []
    levels = []
    for day in days:
        free = (i for i, last in enumerate(last_on_level) if (day - last).days >= apart)
        level = next(free, len(last_on_level))
        last_on_level[level : level + 1] = [day]
        levels.append(level)
    return levels
