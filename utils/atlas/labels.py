"""Where the labels of a map stand, so that none covers another.

A map keeps its scale whatever the width of the page (a wider page shows more of the neighbours), so places can be found
once, in px, without a browser.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

LETTER_PX, LINE_PX, DOT_PX = 7.2, 16, 5  # a letter of 12 px type on average, a line of it, half a town's dot


class Box(NamedTuple):
    """A rectangle in px; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Label(NamedTuple):
    """A label and its point, in px."""

    id: str
    text: str  # lines apart by <br>
    x: float
    y: float


POSITIONS = {  # Plotly's name: the part of the label's width and height by which it lies left of and above its point
    "top center": (0.5, 1),
    "bottom center": (0.5, 0),
    "middle right": (0, 0.5),
    "middle left": (1, 0.5),
    "top right": (0, 1),
    "bottom right": (0, 0),
    "top left": (1, 1),
    "bottom left": (1, 0),
}


def size(text: str) -> tuple[float, float]:
    """Return width and height of a label in px."""
    lines = text.split("<br>")
    return max(map(len, lines)) * LETTER_PX, len(lines) * LINE_PX


def box(label: Label, position: str) -> Box:
    """Return the room that a label takes in one of Plotly's positions."""
    width, height = size(label.text)
    part_left, part_above = POSITIONS[position]
    beside = {0: DOT_PX, 0.5: 0, 1: -DOT_PX}
    left = label.x - part_left * width + beside[part_left]
    top = label.y - part_above * height + beside[part_above]
    return Box(left, top, left + width, top + height)


def dot(label: Label) -> Box:
    return Box(label.x - DOT_PX, label.y - DOT_PX, label.x + DOT_PX, label.y + DOT_PX)


def placed(labels: Iterable[Label], kept_free: Iterable[Box] = ()) -> dict[str, str]:
    """Return the position of each label, by id, most important first; a label that finds no room is left out.

    No label covers another one, a dot, or a box of `kept_free`.
    """
    labels = list(labels)
    taken = list(kept_free)
    positions: dict[str, str] = {}
    for label in labels:
        others = [dot(one) for one in labels if one.id != label.id]
        for position in POSITIONS:
            room = box(label, position)
            if not any(room.meets(one) for one in (*taken, *others)):
                positions[label.id] = position
                taken.append(room)
                break
    return positions
