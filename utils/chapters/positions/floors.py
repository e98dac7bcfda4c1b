"""Floors and zones, invented for teaching: which deals give two sides at least what they need.

A road crosses the land of A and is used by B. A deal is one whole number, or two, from 0 to 100:
`checks` (how strictly A checks the road) and `cost` (the percent of its cost that B pays). A wants more of both, B less.
Each side gives a deal from 0 to 100 points and signs nothing below its floor.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np

LAST = 100  # of both issues, and of the points
Corner = tuple[float, float]


class Weights(NamedTuple):
    """What the two issues, checks and cost, are worth to A and to B: each pair of whole numbers adds up to 100."""

    a: tuple[int, int] = (80, 20)
    b: tuple[int, int] = (20, 80)


WEIGHTS = Weights()


# ---- one issue ---------------------------------------------------------------------------------------------


def zone_on_line(floor_a: int, floor_b: int) -> tuple[int, int]:
    """Return the fewest checks that A accepts and the most that B accepts: the ends of the zone, if first <= last.

    A deal is worth `checks` points to A and 100 - `checks` to B.
    """
    return floor_a, LAST - floor_b


def zone_width(floor_a: int, floor_b: int) -> float:
    """Return how many points of the line give both sides at least their floor: 0.0 where no deal, or only one, does."""
    first, last = zone_on_line(floor_a, floor_b)
    return float(max(0, last - first))


# ---- two issues --------------------------------------------------------------------------------------------


def worth(checks, cost, weights: Weights = WEIGHTS) -> tuple:
    """Return what a deal, or arrays of deals, are worth to A and to B, in hundredths of a point: whole numbers stay whole."""
    for_a = weights.a[0] * checks + weights.a[1] * cost
    for_b = weights.b[0] * (LAST - checks) + weights.b[1] * (LAST - cost)
    return for_a, for_b


def deals() -> int:
    """Return how many deals in whole numbers there are on the plane: 101 x 101."""
    return (LAST + 1) ** 2


def deals_in_zone(floor_a: int, floor_b: int, weights: Weights = WEIGHTS) -> int:
    """Return how many of the deals in whole numbers give both sides at least their floor."""
    checks, cost = np.meshgrid(np.arange(LAST + 1), np.arange(LAST + 1))
    for_a, for_b = worth(checks, cost, weights)
    return int(((for_a >= 100 * floor_a) & (for_b >= 100 * floor_b)).sum())


def share_of_deals(floor_a: int, floor_b: int, weights: Weights = WEIGHTS) -> float:
    """Return the share of the deals in whole numbers that give both sides at least their floor, from 0 to 1."""
    return deals_in_zone(floor_a, floor_b, weights) / deals()


# ---- outlines, for a chart ---------------------------------------------------------------------------------


def accepted(floor_a: int | None, floor_b: int | None, weights: Weights = WEIGHTS) -> list[Corner]:
    """Return the corners (checks, cost) of the deals that A accepts, or B, or both; None leaves a side's floor out.

    A list of fewer than three corners is a point, a line, or nothing.
    """
    corners: list[Corner] = [(0, 0), (LAST, 0), (LAST, LAST), (0, LAST)]
    if floor_a is not None:
        corners = _cut(corners, lambda at: worth(*at, weights)[0] - 100 * floor_a)
    if floor_b is not None:
        corners = _cut(corners, lambda at: worth(*at, weights)[1] - 100 * floor_b)
    return corners


def _cut(corners: list[Corner], over: Callable[[Corner], float]) -> list[Corner]:
    """Return the part of a polygon where `over` (linear) is not negative."""
    kept: list[Corner] = []
    for one, following in pairwise([*corners, *corners[:1]]):
        here, there = over(one), over(following)
        if here >= 0:
            kept.append(one)
        if here * there < 0:
            part = here / (here - there)
            kept.append(tuple(start + part * (end - start) for start, end in zip(one, following, strict=True)))
    return list(dict.fromkeys(kept))
