"""Zone of agreement: two floors on one line, then the same floors on a plane of two issues. Invented for teaching."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils.chapters.positions.floors import (
    LAST,
    WEIGHTS,
    Weights,
    deals,
    deals_in_zone,
    share_of_deals,
    worth,
    zone_on_line,
    zone_width,
)
from utils.chapters.positions.zone_chart import HEIGHT, line_figure, plane_figure
from utils.scenes import Choice, Number, Scene
from utils.wording import number

__all__ = ["WEIGHTS", "Weights", "share_of_deals", "zone_of_agreement", "zone_width"]

ONE, TWO = "one", "two"
FLOOR = 60  # of both sides at the start: no zone on one line, one on the plane
EXAMPLES = {
    ONE: (("No checks", 0), ("A quarter", 25), ("Half-way", 50), ("Three quarters", 75), ("Full checks", LAST)),
    TWO: (
        ("Half-way on both", 50, 50),
        ("Swap: full checks, A pays", LAST, 0),
        ("Other swap: no checks, B pays", 0, LAST),
        ("A gets both", LAST, LAST),
        ("B gets both", 0, 0),
    ),
}


def select_deals(issues: str, floor_a: int, floor_b: int) -> pd.DataFrame:
    """Return five deals as examples.

    Columns: `deal`, `checks`, with two issues also `cost` (percent that B pays), `points_a`, `points_b`, `both` (bool: both
    floors are met).
    """
    rows = pd.DataFrame(EXAMPLES[issues], columns=["deal", "checks", "cost"][: 2 if issues == ONE else 3])
    if issues == ONE:
        rows = rows.assign(points_a=rows["checks"], points_b=LAST - rows["checks"])
    else:
        for_a, for_b = worth(rows["checks"], rows["cost"])
        rows = rows.assign(points_a=for_a // 100, points_b=for_b // 100)
    return rows.assign(both=(rows["points_a"] >= floor_a) & (rows["points_b"] >= floor_b))


def zone_figure(rows: pd.DataFrame, issues: str, floor_a: int, floor_b: int) -> go.Figure:
    """Draw the line or the plane."""
    return line_figure(floor_a, floor_b) if issues == ONE else plane_figure(rows, floor_a, floor_b)


# ---- words -------------------------------------------------------------------------------------------------


def describe_zone(rows: pd.DataFrame, issues: str, floor_a: int, floor_b: int) -> str:
    """Say how large the zone is, and why one issue leaves less room than two."""
    if issues == TWO:
        return f"{_on_plane(floor_a, floor_b)} {_why_more_room()}"
    return (
        f"A accepts checks of {floor_a} or more. B keeps what A does not get: it needs {floor_b} of {LAST}, so it accepts checks of {LAST - floor_b} or less. {_on_line(floor_a, floor_b)} "
        f"On one line each point that A gains is lost to B: floors of more than {LAST} together leave no zone."
    )


def _on_line(floor_a: int, floor_b: int) -> str:
    first, last = zone_on_line(floor_a, floor_b)
    if last < first:
        return f"No point on the line gives each side its floor, the least that it accepts: the sides are {first - last} points apart."
    if last == first:
        return f"One deal alone gives both their floor: {first}."
    wide = number(zone_width(floor_a, floor_b))
    return f"Deals from {first} to {last} give both at least their floor: a zone {wide} points wide."


def _on_plane(floor_a: int, floor_b: int) -> str:
    many = deals_in_zone(floor_a, floor_b)
    share = f"{number(many)} ({_percent(share_of_deals(floor_a, floor_b))})" if many else "none"
    return (
        f"Of {number(deals())} deals in whole numbers, {share} {'give' if many > 1 else 'gives'} both at least their floor; "
        f"on checks alone the same floors leave {_left(*zone_on_line(floor_a, floor_b))}."
    )


def _left(first: int, last: int) -> str:
    if last > first:
        return f"a zone {last - first} points wide"
    return "one deal" if last == first else "no zone"


def _percent(share: float) -> str:
    return f"{number(share * 100, 1)} percent" if share >= 0.0005 else "less than 0.1 percent"


def _why_more_room() -> str:
    """Say from the weights what the swap and half-way are worth."""
    (swap_a, swap_b), (half_a, half_b) = ([one // 100 for one in worth(*deal)] for deal in ((LAST, 0), (50, 50)))
    return (
        f"For A checks make {WEIGHTS.a[0]} of {LAST} points, for B cost makes {WEIGHTS.b[1]}: so a swap (full checks, and A "
        f"pays) is worth {swap_a} points to A and {swap_b} to B, where half-way on both is worth {half_a} and {half_b}."
    )


def zone_of_agreement() -> Scene:
    """Floors of two invented sides, on one issue or on two."""

    def floor(side: str) -> Number:
        return Number(f"floor_{side.lower()}", f"{side} needs at least", 0, LAST, step=5, value=FLOOR, unit="points")

    return Scene(
        id="positions-zone",
        question="Can a second issue make room for a deal where one issue leaves none?",
        rows=select_deals,
        figure=zone_figure,
        reading=describe_zone,
        controls=(
            Choice("issues", "Talk about", {ONE: "One issue: checks", TWO: "Two issues: checks and cost"}),
            floor("A"),
            floor("B"),
        ),
        columns={
            "deal": "Deal",
            "checks": "Checks",
            "cost": "B pays (percent)",
            "points_a": "Points for A",
            "points_b": "Points for B",
            "both": "Both floors met",
        },
        height=HEIGHT,
        note="All of it is invented for teaching; the stripes mark that. A road crosses A and is used by B: A wants strict checks and that B pays, B wants "
        "neither. A and B are no side of the conflict: there, each state is crossed by one road and asks for the other.",
    )
