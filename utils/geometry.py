"""Outlines of countries, districts, control areas and lines, in degrees, and what can be computed from them.

The files stand in data/geo (GeoJSON, made by tools/build_geometry.py); data/geo/README.md tells where they come from and
how far they can be trusted. They hold ids and shapes only: names and facts come from the tables.
"""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from utils import tables

LAYERS = ("countries", "districts", "control_areas", "lines")
EARTH_RADIUS_KM = 6371.0072  # of the sphere with the Earth's surface: areas come out right to about 0.5 per cent
Ring = tuple[tuple[float, float], ...]


class Outline(NamedTuple):
    """One shape: `rings` of (longitude, latitude); a polygon's holes are rings of the other direction."""

    id: str
    kind: str
    rings: tuple[Ring, ...]


@cache
def layer(name: str) -> dict[str, Outline]:
    """Return the shapes of one layer by id. Raise `KeyError` for a layer that does not exist."""
    if name not in LAYERS:
        raise KeyError(name)
    text = (tables.folder() / "geo" / f"{name}.geojson").read_text(encoding="utf-8")
    outlines = (_outline(feature) for feature in json.loads(text)["features"])
    return {outline.id: outline for outline in outlines}


def _outline(feature: dict) -> Outline:
    shape, properties = feature["geometry"], feature["properties"]
    parts = shape["coordinates"]
    rings = {
        "Polygon": lambda: parts,
        "MultiPolygon": lambda: [ring for polygon in parts for ring in polygon],
        "LineString": lambda: [parts],
        "MultiLineString": lambda: parts,
    }[shape["type"]]()
    return Outline(properties["id"], properties.get("kind", ""), tuple(tuple(map(tuple, ring)) for ring in rings))


def path(*outlines: Outline) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    """Return longitudes and latitudes to draw shapes as one line, with None between rings."""
    points = [point for outline in outlines for ring in outline.rings for point in (*ring, (None, None))][:-1]
    return tuple(x for x, _ in points), tuple(y for _, y in points)


def area_km2(outline: Outline) -> float:
    """Return a polygon's area in square kilometres on the sphere of equal surface; holes count against it."""
    return abs(sum(map(_signed_area, outline.rings)))


def _signed_area(ring: Ring) -> float:
    """Line integral of sin(latitude) over longitude, as in Chamberlain and Duquette, 2007 (JPL 07-03)."""
    total = sum(
        math.radians(east - west) * (2 + math.sin(math.radians(south)) + math.sin(math.radians(north)))
        for (west, south), (east, north) in pairwise(ring)
    )
    return total * EARTH_RADIUS_KM**2 / 2


def contains(outline: Outline, longitude: float, latitude: float) -> bool:
    """Say whether a point lies inside a polygon: a ray to the east crosses its rings an odd number of times."""
    crossed = False
    for ring in outline.rings:
        for (x, y), (next_x, next_y) in pairwise(ring):
            if (y > latitude) != (next_y > latitude):
                crossed ^= longitude < x + (latitude - y) * (next_x - x) / (next_y - y)
    return crossed
