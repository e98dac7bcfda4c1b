"""Make the outlines of data/geo from Natural Earth and from our own lines. For maintainers; nobody else needs it.

    python -m tools.build_geometry            write data/geo from tools/natural_earth.json.gz and geometry_lines.py
    python -m tools.build_geometry --check    say whether data/geo is what this would write
    python -m tools.build_geometry --fetch    make the extract anew from the two npm packages, then write

The extract holds the units that we use, so that the build needs no network and gives the same bytes each time.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

import shapely
from shapely import coverage_simplify, make_valid, set_precision, transform
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.ops import linemerge, polygonize, split, unary_union

from tools import geometry_lines as drawn
from utils.geometry import LAYERS, Outline, area_km2

ROOT = Path(__file__).parents[1]
EXTRACT = Path(__file__).with_name("natural_earth.json.gz")
GEO = ROOT / "data" / "geo"
DISTRICTS_PACKAGE = "@superset-ui/legacy-plugin-chart-country-map@0.20.3"
COUNTRIES_PACKAGE = "world-atlas@2.0.2"
PACKAGES = {  # npm package: its file, and what the file must be
    DISTRICTS_PACKAGE: (
        "superset-ui-legacy-plugin-chart-country-map-0.20.3.tgz",
        "bf91529316458929485ff415b15a4d6d7def98ddf5ad26252061311074e5050f",
    ),
    COUNTRIES_PACKAGE: ("world-atlas-2.0.2.tgz", "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"),
}
WINDOW = box(42.9, 38.0, 50.9, 42.3)  # neighbours are cut off here
NEIGHBOURS = {"Georgia": "georgia", "Iran": "iran", "Turkey": "turkey", "Russia": "russia"}
# Natural Earth calls the Lachin district “Lankaran”, ISO AZ-LAN; towns that are units of their own join their district.
CONFLICT = {
    "AZ-KAL": "kelbajar",
    "AZ-LAN": "lachin",
    "AZ-QBI": "gubadli",
    "AZ-ZAN": "zangilan",
    "AZ-CAB": "jabrayil",
    "AZ-FUZ": "fuzuli",
    "AZ-AGM": "agdam",
    "AZ-SUS": "shusha",
    "AZ-X01~": "shusha",
    "AZ-XCI": "khojaly",
    "AZ-XA": "khojaly",
    "AZ-XVD": "khojavend",
    "AZ-TAR": "tartar",
}
NAKHCHIVAN = {"AZ-SAR", "AZ-SAD", "AZ-KAN", "AZ-BAB", "AZ-SAH", "AZ-CUL", "AZ-ORD", "AZ-NX"}
OBLAST_SOUTH = ("khojaly", "shusha", "khojavend")
GRID = 0.001  # degrees: about 100 m, far finer than the lines are true
SIMPLIFIED = 0.008
SMALL = 20  # km²: a smaller piece joins its neighbour, for it comes from two lines that mean the same
SMALL_STRIP = 3
STRIP_KM = 2.5  # to each side of a Lachin road
EXCLAVES = {  # a point inside, in degrees: its id
    (45.23, 41.00): "exclave_barkhudarli",
    (45.02, 41.06): "exclave_yukhari_askipara",
    (45.57, 40.64): "exclave_artsvashen_bashkend",
}


# ---------------------------------------------------------------- the extract


def fetch() -> dict:
    """Return the units that we use, from the two npm packages: {"units": {iso: geometry}, "neighbours": {...}}."""
    with tempfile.TemporaryDirectory() as folder:
        with _package(DISTRICTS_PACKAGE, Path(folder)) as packed:
            units = {}
            for country in ("armenia", "azerbaijan"):
                file = packed.extractfile(f"package/esm/countries/{country}.geojson")
                for feature in json.load(file)["features"]:
                    units.setdefault(feature["properties"]["ISO"], []).append(shape(feature["geometry"]))
        with _package(COUNTRIES_PACKAGE, Path(folder)) as packed:
            countries = dict(_countries(json.load(packed.extractfile("package/countries-10m.json"))))
    near = {ours: countries[name].intersection(WINDOW) for name, ours in NEIGHBOURS.items()}
    return {
        "units": {iso: mapping(unary_union(parts)) for iso, parts in units.items()},
        "neighbours": {name: mapping(_areas(area)) for name, area in near.items()},
    }


def _package(name: str, folder: Path) -> tarfile.TarFile:
    """Return an npm package, opened. End with a sentence if it is not the one that we know."""
    file, expected = PACKAGES[name]
    subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256((folder / file).read_bytes()).hexdigest()
    if found != expected:
        sys.exit(f"{file} has the sha256 {found}, not {expected}: it is not the package that was examined.")
    return tarfile.open(folder / file)


def _countries(topology: dict) -> Iterable[tuple[str, BaseGeometry]]:
    """Yield name and shape of each neighbour in a TopoJSON file."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(arc)

    def ring(indexes: list[int]) -> list[tuple[float, float]]:
        points: list = []
        for index in indexes:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    wanted = (one for one in topology["objects"]["countries"]["geometries"] if one["properties"]["name"] in NEIGHBOURS)
    for one in wanted:
        polygons = one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]]
        rings = [[ring(indexes) for indexes in polygon] for polygon in polygons]
        yield one["properties"]["name"], make_valid(shape({"type": "MultiPolygon", "coordinates": rings}))


def packed(extract: dict) -> bytes:
    """Return the extract as bytes that depend on nothing but its content."""
    rounded = json.loads(json.dumps(extract), parse_float=lambda text: round(float(text), 4))
    text = json.dumps(rounded, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


# ---------------------------------------------------------------- the layers


def build(extract: dict) -> dict[str, str]:
    """Return the text of each layer's file."""
    units = _units(extract["units"])
    armenia = _areas(unary_union([one for name, one in units.items() if name.startswith("AM")]))
    azerbaijan = _areas(unary_union([one for name, one in units.items() if not name.startswith("AM")]))
    districts = {name: units[name] for name in dict.fromkeys(CONFLICT.values())}
    oblast = _oblast(districts, azerbaijan)
    areas = _control_areas(districts, oblast) | _exclaves(armenia, azerbaijan)
    neighbours = {name: _neighbour(shape(one)) for name, one in extract["neighbours"].items()}
    nakhchivan = unary_union([one for name, one in units.items() if name in NAKHCHIVAN])
    features = {
        "countries": [
            *(_feature(name, "country", area) for name, area in sorted(neighbours.items())),
            _feature("armenia", "country", armenia),
            _feature("azerbaijan", "country", azerbaijan),
            _feature("lake_sevan", "lake", Polygon(drawn.LAKE_SEVAN)),
        ],
        "districts": [
            *(_feature(name, "conflict", area) for name, area in sorted(districts.items())),
            _feature("nakhchivan", "nakhchivan", nakhchivan),
        ],
        "control_areas": [_feature(name, "control", area) for name, area in sorted(areas.items())],
        "lines": [
            _feature("line_of_contact", "boundary", _line_of_contact(areas, azerbaijan)),
            _feature("oblast", "boundary", _lines(oblast.boundary)),
            *(_feature(name, "road", LineString(path)) for name, path in sorted(drawn.ROADS.items())),
            *(_feature(name, "railway", LineString(path)) for name, path in sorted(drawn.RAILWAYS.items())),
        ],
    }
    return {layer: _geojson(features[layer]) for layer in LAYERS}


def _units(raw: dict) -> dict[str, BaseGeometry]:
    """Return corrected districts by our name, other units by their ISO code, with shared borders kept shared."""
    parts: dict[str, list] = {}
    for iso, geometry in raw.items():
        parts.setdefault(CONFLICT.get(iso, iso), []).append(_areas(shape(geometry)))
    units = {name: _areas(unary_union(some)) for name, some in parts.items()}
    for path, loser, gainer in drawn.CORRECTIONS:
        gainer = "AM-SU" if gainer == "armenia" else gainer
        piece = _areas(units[loser].intersection(Polygon(path)))
        units[loser] = _areas(units[loser].difference(piece))
        units[gainer] = _areas(units[gainer].union(piece))
    names = sorted(units)
    simple = coverage_simplify([units[name] for name in names], SIMPLIFIED)
    return {name: _areas(set_precision(one, GRID)) for name, one in zip(names, simple, strict=True)}


def _oblast(districts: dict[str, BaseGeometry], azerbaijan: BaseGeometry) -> BaseGeometry:
    south = [districts[name] for name in OBLAST_SOUTH]
    whole = unary_union([Polygon(drawn.OBLAST_NORTH), *south]).buffer(0.008).buffer(-0.008)
    return _largest(set_precision(_areas(whole.intersection(azerbaijan)), GRID))


def _control_areas(districts: dict[str, BaseGeometry], oblast: BaseGeometry) -> dict[str, BaseGeometry]:
    """Return the districts cut along all our lines, each piece with the area that it belongs to.

    The pieces are the faces between the lines, so that areas neither overlap nor leave gaps.
    """
    whole = unary_union(list(districts.values()))
    edge = box(44, 38, 51, 42)
    contact = LineString([(44, 40.9), (46.25, 40.9), *drawn.LINE_OF_CONTACT, (47.33, 38.0)])
    held = next(part for part in split(edge, contact).geoms if part.contains(Point(46.75, 39.8)))
    south = min(
        split(edge, LineString([(44, 39.56), *drawn.LACHIN_SPLIT, (51, 39.60)])).geoms, key=lambda part: part.centroid.y
    )
    peacekeepers = Polygon(drawn.PEACEKEEPERS)
    old, new = (_strip(drawn.ROADS[road]) for road in ("lachin_road_old", "lachin_road_new"))
    cuts = [one.boundary for one in (*districts.values(), oblast, held, south, peacekeepers, old, new)]
    near = [cut.intersection(whole.buffer(0.01)) for cut in cuts]
    faces = polygonize(shapely.unary_union(near, grid_size=GRID))

    def area_of(point: Point) -> str:
        district = next((name for name, one in districts.items() if one.contains(point)), "")
        return district and _area_of(
            district,
            inside=oblast.contains(point),
            held=held.contains(point),
            peacekeepers=peacekeepers.contains(point),
            old=old.contains(point),
            new=new.contains(point),
            south=south.contains(point),
        )

    pieces = [(area_of(face.representative_point()), face) for face in faces]
    return _joined([(name, face) for name, face in pieces if name])


def _area_of(district: str, inside: bool, held: bool, peacekeepers: bool, old: bool, new: bool, south: bool) -> str:
    """Return the area to which a piece of a district belongs, by which side of each line it lies on."""
    parts = {  # district: its part east of the old line, with the peacekeepers, and the rest
        "agdam": ("agdam_east", "agdam_west", "agdam_west"),
        "fuzuli": ("fuzuli_east", "fuzuli_west", "fuzuli_west"),
        "kelbajar": ("kelbajar_outside", "kelbajar_outside", "kelbajar_outside"),
        "khojaly": ("khojaly_main", "khojaly_main", "khojaly_south"),
        "khojavend": ("khojavend_east", "khojavend_north", "khojavend_south"),
        "shusha": ("shusha_west", "shusha_west", "shusha_south_east"),
        "tartar": ("tartar_east", "tartar_centre", "tartar_north_east"),
    }
    if district == "lachin":
        strip = {(True, True): "lachin_both_roads", (True, False): "lachin_old_road", (False, True): "lachin_new_road"}
        return strip.get((old, new)) or ("lachin_south" if south else "lachin_north")
    if district == "kelbajar" and inside:
        return "kelbajar_inside"
    if district not in parts:
        return district
    east, with_peacekeepers, rest = parts[district]
    return east if not held else with_peacekeepers if peacekeepers else rest


def _strip(road: drawn.Path) -> BaseGeometry:
    """Return the land along a road, in true width: a degree of longitude is shorter here than one of latitude."""
    squeeze, km_per_degree = 0.768, 111.2
    square = transform(LineString(road), lambda points: points * [squeeze, 1])
    wide = square.buffer(STRIP_KM / km_per_degree, cap_style="flat")
    return set_precision(transform(wide, lambda points: points / [squeeze, 1]), GRID)


def _joined(pieces: list[tuple[str, BaseGeometry]]) -> dict[str, BaseGeometry]:
    """Return the areas by id; a piece too small to mean anything joins the neighbour with the longest common edge."""
    whole: dict[str, BaseGeometry] = {}
    for name in sorted({name for name, _ in pieces}):
        whole[name] = unary_union([face for one, face in pieces if one == name])
    loose = []
    for name, area in whole.items():
        parts = sorted(getattr(area, "geoms", [area]), key=_km2, reverse=True)
        least = SMALL_STRIP if name.endswith(("road", "roads")) else SMALL
        kept = [part for i, part in enumerate(parts) if i == 0 or _km2(part) >= least]
        loose += [part for part in parts if part not in kept]
        whole[name] = unary_union(kept)
    for part in sorted(loose, key=lambda one: one.wkt):
        best = max(whole, key=lambda name: whole[name].boundary.intersection(part.boundary).length)
        whole[best] = unary_union([whole[best], part])
    return {name: _areas(area) for name, area in whole.items()}


def _exclaves(armenia: BaseGeometry, azerbaijan: BaseGeometry) -> dict[str, BaseGeometry]:
    parts = [*getattr(armenia, "geoms", [armenia]), *getattr(azerbaijan, "geoms", [azerbaijan])]
    near = lambda spot: min((one for one in parts if _km2(one) < 200), key=Point(spot).distance)  # noqa: E731
    return {name: near(spot) for spot, name in EXCLAVES.items()}


def _line_of_contact(areas: dict[str, BaseGeometry], azerbaijan: BaseGeometry) -> BaseGeometry:
    """Return the edge of what Armenian forces held, without the state borders."""
    east = {"agdam_east", "fuzuli_east", "khojavend_east", "tartar_east"}
    held = unary_union([one for name, one in areas.items() if name not in east and not name.startswith("exclave_")])
    inland = azerbaijan.buffer(-0.02)
    return _lines(LineString(_largest(held).exterior.coords).intersection(inland))


def _neighbour(area: BaseGeometry) -> BaseGeometry:
    # A little too large: Armenia and Azerbaijan are drawn over it, and no seam shows.
    return _areas(set_precision(_areas(area.simplify(0.01).buffer(0.01).intersection(WINDOW)), GRID))


# ---------------------------------------------------------------- small helpers


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, without stray points and lines."""
    geometry = make_valid(geometry)
    parts = getattr(geometry, "geoms", [geometry])
    return unary_union([one for one in parts if one.geom_type in ("Polygon", "MultiPolygon")])


def _largest(area: BaseGeometry) -> Polygon:
    return max(getattr(area, "geoms", [area]), key=lambda one: one.area)


def _lines(geometry: BaseGeometry) -> BaseGeometry:
    merged = linemerge(geometry) if geometry.geom_type == "MultiLineString" else geometry
    simple = merged.simplify(0.004)
    parts = [one for one in getattr(simple, "geoms", [simple]) if one.length > 0.06]
    return parts[0] if len(parts) == 1 else MultiLineString(parts)


def _km2(area: Polygon) -> float:
    rings = [area.exterior.coords, *(ring.coords for ring in area.interiors)]
    return area_km2(Outline("", "", tuple(tuple(map(tuple, ring)) for ring in rings)))


def _feature(id: str, kind: str, geometry: BaseGeometry) -> dict:
    if geometry.geom_type == "MultiPolygon":  # in an order of their own, outer rings one way round, holes the other
        geometry = type(geometry)(sorted(map(orient, geometry.geoms), key=lambda one: (-one.area, one.wkt)))
    elif geometry.geom_type == "Polygon":
        geometry = orient(geometry)
    return {"type": "Feature", "properties": {"id": id, "kind": kind}, "geometry": _rounded(mapping(geometry))}


def _rounded(geometry: dict) -> dict:
    def each(part):
        return [each(one) for one in part] if isinstance(part[0], (list, tuple)) else [round(one, 3) for one in part]

    return {"type": geometry["type"], "coordinates": each(geometry["coordinates"])}


def _geojson(features: list[dict]) -> str:
    """Return the file: one feature a line, so that a change can be read."""
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fetch", action="store_true", help="make the extract anew from the npm packages")
    parser.add_argument("--check", action="store_true", help="write nothing; say whether data/geo is up to date")
    wanted = parser.parse_args(arguments)
    if wanted.fetch:
        EXTRACT.write_bytes(packed(fetch()))
    layers = build(json.loads(gzip.decompress(EXTRACT.read_bytes())))
    stale = []
    for layer, text in layers.items():
        path = GEO / f"{layer}.geojson"
        if wanted.check:
            stale += [] if path.is_file() and path.read_text(encoding="utf-8") == text else [path.name]
        else:
            GEO.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"data/geo/{name} is not what tools/build_geometry.py makes; run it without --check.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
