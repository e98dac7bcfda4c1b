"""Chapter 5, zones of agreement: widths and shares against cases worked out by hand, and every state of the scene."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.chapters.test_history import assert_sound
from utils import theme
from utils.chapters.positions import floors, zone
from utils.chapters.positions.floors import WEIGHTS, Weights

FLOORS = st.integers(0, 100)
EQUAL = Weights((50, 50), (50, 50))


@pytest.mark.parametrize(
    ("floor_a", "floor_b", "width"),
    [(60, 60, 0), (50, 50, 0), (0, 0, 100), (30, 45, 25), (100, 0, 0), (10, 20, 70), (100, 100, 0)],
)
def test_on_a_line_the_zone_is_what_the_two_floors_leave_of_a_hundred(floor_a, floor_b, width):
    assert zone.zone_width(floor_a, floor_b) == width


def test_without_floors_every_deal_is_in_the_zone():
    assert zone.share_of_deals(0, 0) == 1


def test_the_highest_floor_of_one_side_leaves_it_one_deal():
    assert floors.deals_in_zone(100, 0) == 1  # full checks, and B pays
    assert floors.deals_in_zone(0, 100) == 1  # no checks, and A pays
    assert floors.deals_in_zone(100, 1) == 0


def test_what_the_swap_is_worth_is_the_end_of_the_zone():
    assert floors.deals_in_zone(80, 80) == 1  # the swap alone: 80 x 100 points for A, 80 x 100 for B
    assert floors.deals_in_zone(85, 80) == floors.deals_in_zone(80, 85) == 0


def test_a_triangle_that_can_be_counted_by_hand():
    # A's floor of 80 asks that 80 checks + 20 cost >= 8000, that is cost >= 400 - 4 checks: 100 at 75 checks (one deal),
    # 96 at 76 (five deals), and so on in steps of four to 0 at 100 (101 deals).
    assert floors.deals_in_zone(80, 0) == sum(range(1, 102, 4)) == 26 * 51


def test_two_issues_that_both_sides_weigh_alike_make_no_room_beyond_one():
    assert floors.deals_in_zone(60, 60, EQUAL) == 0
    assert floors.deals_in_zone(50, 50, EQUAL) == 101  # the line checks + cost = 100


def test_at_the_start_one_issue_leaves_no_zone_and_two_leave_one():
    start = zone.zone_of_agreement().start
    asked = start["floor_a"], start["floor_b"]
    assert start["issues"] == zone.ONE
    assert zone.zone_width(*asked) == 0
    assert zone.share_of_deals(*asked) > 0.01


@settings(max_examples=15)
@given(FLOORS, FLOORS)
def test_the_share_is_that_of_a_plain_count(floor_a, floor_b):
    fits = sum(
        80 * checks + 20 * cost >= 100 * floor_a and 20 * (100 - checks) + 80 * (100 - cost) >= 100 * floor_b
        for checks, cost in product(range(0, 101), repeat=2)
    )
    assert zone.share_of_deals(floor_a, floor_b) == pytest.approx(fits / 101**2)


@given(FLOORS, FLOORS)
def test_the_two_sides_can_change_places(floor_a, floor_b):
    assert floors.deals_in_zone(floor_a, floor_b) == floors.deals_in_zone(floor_b, floor_a)


@given(FLOORS, FLOORS, st.integers(0, 99))
def test_a_higher_floor_never_makes_more_room(floor_a, floor_b, rise):
    higher = min(100, floor_a + rise)
    assert floors.deals_in_zone(higher, floor_b) <= floors.deals_in_zone(floor_a, floor_b)
    assert zone.zone_width(higher, floor_b) <= zone.zone_width(floor_a, floor_b)


@given(FLOORS, FLOORS)
def test_a_zone_on_the_line_never_closes_when_a_second_issue_comes(floor_a, floor_b):
    """With the same percent on both issues, each deal on the line is there on the plane too."""
    if floor_a + floor_b <= 100:
        assert floors.deals_in_zone(floor_a, floor_b) >= zone.zone_width(floor_a, floor_b) + 1


# ---- the outlines ------------------------------------------------------------------------------------------


def area(corners: list) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*corners, *corners[:1]]))) / 2


def test_the_outline_of_the_zone_at_the_start_has_the_corners_worked_out_by_hand():
    # 80x + 20y >= 6000 and 20x + 80y <= 4000 meet at (200/3, 100/3); on the edges y = 0 and x = 100 at 75 and 25.
    wanted = {(75, 0), (100, 0), (100, 25), (Fraction(200, 3), Fraction(100, 3))}
    found = floors.accepted(60, 60)
    assert sorted((round(x, 6), round(y, 6)) for x, y in found) == sorted(
        (round(float(x), 6), round(float(y), 6)) for x, y in wanted
    )
    assert area(found) == pytest.approx(2500 / 3)


@given(FLOORS, FLOORS)
def test_corners_of_the_outline_meet_both_floors_and_its_area_is_the_share(floor_a, floor_b):
    corners = floors.accepted(floor_a, floor_b)
    for at in corners:
        for_a, for_b = floors.worth(*at)
        assert for_a >= 100 * floor_a - 1e-6
        assert for_b >= 100 * floor_b - 1e-6
    # a grid of points counts its edge whole: it differs from the area by at most the length of the edge
    assert area(corners) / 1e4 == pytest.approx(zone.share_of_deals(floor_a, floor_b), abs=0.025)


def test_sides_swapped_have_outlines_of_one_size():
    assert area(floors.accepted(70, None)) == pytest.approx(area(floors.accepted(None, 70)))


# ---- the scene ---------------------------------------------------------------------------------------------


def test_states_all_over_the_sliders_are_sound():
    scene = zone.zone_of_agreement()
    for issues, floor_a, floor_b in product(("one", "two"), range(0, 101, 10), range(0, 101, 20)):
        assert_sound(scene, scene.state(issues=issues, floor_a=floor_a, floor_b=floor_b))


@pytest.mark.parametrize(("floor_a", "floor_b"), list(product((0, 45, 50, 55, 100), repeat=2)))
def test_the_reading_on_one_issue_says_the_zone_or_the_gap(floor_a, floor_b):
    reading = zone.zone_of_agreement().state(issues="one", floor_a=floor_a, floor_b=floor_b).reading
    spare = 100 - floor_a - floor_b
    said = {
        "wide": f"from {floor_a} to {100 - floor_b} give both at least their floor: a zone {spare} points wide",
        "one": f"One deal alone gives both their floor: {floor_a}.",
        "none": f"the sides are {-spare} points apart",
    }
    right = "wide" if spare > 0 else "none" if spare < 0 else "one"
    assert {kind for kind, words in said.items() if words in reading} == {right}


def test_the_reading_on_two_issues_counts_deals_and_says_what_the_swap_is_worth():
    reading = zone.zone_of_agreement().state(issues="two").reading
    many = floors.deals_in_zone(60, 60)
    assert f"Of 10,201 deals in whole numbers, {many} ({many / 10201:.1%}".removesuffix("%") in reading
    assert "the same floors leave no zone" in reading
    assert "worth 80 points to A and 80 to B" in reading
    assert "half-way on both is worth 50 and 50" in reading


def test_examples_carry_the_points_of_both_sides():
    rows = zone.zone_of_agreement().state(issues="two").rows.set_index("deal")
    assert rows["both"].sum() == 1
    assert rows.loc[rows["both"], ["checks", "cost", "points_a", "points_b"]].to_numpy().tolist() == [[100, 0, 80, 80]]


@pytest.mark.parametrize("issues", ["one", "two"])
def test_all_areas_are_striped_because_all_is_invented_and_no_party_has_a_colour_in_it(issues):
    scene = zone.zone_of_agreement()
    drawn = scene.state(issues=issues, floor_a=30, floor_b=30).figure
    areas = [trace for trace in drawn.data if trace.type == "bar" or trace.fill]
    assert len(areas) == 3
    stripes = [(one.marker.pattern if one.type == "bar" else one.fillpattern).shape for one in areas]
    assert sorted(stripes) == ["/", "\\", "x"]
    assert not any(ink.light in str(drawn) for ink in theme.PARTY_INK.values())
    assert "invented for teaching" in scene.note and "stripes" in scene.note


def test_the_weights_of_each_side_add_up():
    assert sum(WEIGHTS.a) == sum(WEIGHTS.b) == 100
    assert WEIGHTS.a == WEIGHTS.b[::-1]
