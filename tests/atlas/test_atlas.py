"""The maps: who held what on a day, how it looks, what it costs to send; against facts counted without our code."""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from tests.test_names_and_words import contrast
from utils import events, geometry, names, theme
from utils.atlas import agreement, base, control, labels
from utils.chapters.history import held
from utils.chapters.war import steps
from utils.scenes.view import SceneView

RECOLOUR_LIMIT, MAP_LIMIT = 10_000, 200_000  # bytes of a step of the map, and of a map
SCENES = {
    "steps": (steps.map_in_steps, [{"day": day} for day in steps.days()]),
    "held": (held.who_held_what, [{"seen": "skipped", "view": view} for view in held.views()]),
    "agreement": (agreement.agreement_map, [{"part": part} for part in agreement.PARTS]),
}
EVERY = [pytest.param(make, settings, id=name) for name, (make, settings) in SCENES.items()]


def status_by_hand(area_id: str, day: str) -> str:
    """Return the status of the last row of the file that begins on the day or before."""
    past = [row for row in rows("control") if row["area_id"] == area_id and row["from_date"] <= day]
    return max(past, key=lambda row: row["from_date"])["status"]


def status_at(place_id: str, day: str) -> str:
    """Return who holds the area in which a town's position lies, on a day."""
    place = next(row for row in rows("places") if row["place_id"] == place_id)
    spot = float(place["longitude"]), float(place["latitude"])
    (area,) = [one.id for one in geometry.layer("control_areas").values() if geometry.contains(one, *spot)]
    return control.on(pd.Timestamp(day)).set_index("area_id")["status"][area]


# ---- control by date ---------------------------------------------------------------------------------------

DAYS = ["1994-05-12", "2020-09-26", "2020-10-04", "2020-11-08", "2020-11-10", "2020-11-25", "2022-08-25", "2022-12-31"]


@pytest.mark.parametrize("day", DAYS)
def test_each_area_has_one_holder_on_a_day(day):
    shown = control.on(pd.Timestamp(day))
    assert sorted(shown["area_id"]) == sorted(row["area_id"] for row in rows("control_areas"))
    for row in shown.itertuples():
        assert row.status == status_by_hand(row.area_id, day)


def test_the_town_of_lachin_changes_on_26_august_2022():
    assert status_at("berdzor_lachin", "2022-08-25") == "corridor"
    assert status_at("berdzor_lachin", "2022-08-26") == "azerbaijan"


def test_kalbajar_changes_on_25_november_2020_and_the_others_on_their_days():
    for place, eve, day in (
        ("karvachar_kelbajar", "2020-11-24", "2020-11-25"),
        ("agdam_akna", "2020-11-19", "2020-11-20"),
    ):
        assert status_at(place, eve) == "handover_agreed"
        assert status_at(place, day) == "azerbaijan"


def test_the_inside_of_the_former_oblast_is_never_drawn_as_handed_over():
    inside = {row["area_id"] for row in rows("control_areas") if row["inside_oblast"] == "yes"}
    assert len(inside) > 5
    past = control.history()
    shown = past[past["area_id"].isin(inside)]
    assert set(shown["shown"]) == {"armenian_forces", "fighting", "azerbaijan_taken", "peacekeepers", "azerbaijan"}
    for day in DAYS:
        colours = control.on(pd.Timestamp(day)).set_index("area_id")["shown"]
        assert not {"azerbaijan_handed_over", "handover_agreed"} & {colours[one] for one in inside}


def test_what_azerbaijan_holds_is_told_apart_by_how_it_came():
    shown = control.on(pd.Timestamp("2022-12-31")).set_index("area_id")["shown"]
    assert shown["jabrayil"] == "azerbaijan_taken"
    assert shown["kelbajar_outside"] == "azerbaijan_handed_over"
    assert shown["fuzuli_east"] == "azerbaijan"


def test_changes_between_two_days_are_those_of_the_file_in_order():
    after, until = "2020-11-08", "2020-11-20"
    expected = sorted(row["from_date"] for row in rows("control") if after < row["from_date"] <= until)
    found = control.between(pd.Timestamp(after), pd.Timestamp(until))
    assert [f"{day:%Y-%m-%d}" for day in found["from_date"]] == expected
    assert len(expected) > 10


def test_recognition_knows_no_line_of_contact_and_rests_on_the_united_nations():
    shown = control.recognised().set_index("area_id")
    assert set(shown.loc[list(control.EXCLAVES_OF_ARMENIA), "shown"]) == {"recognised_armenia"}
    assert set(shown.drop(list(control.EXCLAVES_OF_ARMENIA))["shown"]) == {"recognised_azerbaijan"}
    cited = {one for row in rows("events") if row["event_id"] in control.RESOLUTIONS for one in ids(row["source_ids"])}
    assert set(shown["source_ids"].iloc[0]) == cited


@pytest.mark.parametrize("area_id", [row["area_id"] for row in rows("control_areas")])
def test_the_card_of_an_area_tells_its_whole_history_with_sources(area_id):
    card = control.card(area_id)
    past = [row for row in rows("control") if row["area_id"] == area_id]
    told = [value for label, value in card.facts if label.startswith("From ")]
    assert len(told) == len(past)
    for row in past:
        assert any(row["what"] in value for value in told)
        assert set(ids(row["source_ids"])) <= set(card.source_ids)


# ---- the scenes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("make", "settings"), EVERY)
def test_every_state_is_sound(make, settings):
    scene = make()
    scene = getattr(scene, "scene", scene)
    for one in settings:
        assert_sound(scene, scene.state(**one))


@pytest.mark.parametrize(("make", "settings"), EVERY)
def test_a_map_is_small_and_a_step_of_it_smaller(make, settings):
    view = SceneView(make(), settings=settings[0])
    assert 20_000 < len(view.base.encode()) < MAP_LIMIT
    for one in settings[1:]:
        view.drive(**one)
        assert len(view.state.encode()) < RECOLOUR_LIMIT, one
        assert set(json.loads(view.state)["changes"]["keys"]) <= {"data", "layout"}


@pytest.mark.parametrize(("make", "settings"), EVERY)
def test_a_step_of_a_map_moves_no_outline(make, settings):
    figures = [make().state(**one).figure for one in settings]
    for figure in figures[1:]:
        assert len(figure.data) == len(figures[0].data)
        for was, now in zip(figures[0].data, figure.data, strict=True):
            assert len(was.x or ()) == len(now.x or ()) or was.mode == "text"


@pytest.mark.parametrize(("make", "settings"), EVERY)
def test_date_and_convention_stand_on_the_map_itself(make, settings):
    for one in settings:
        text = make().state(**one).figure.layout.annotations[0].text
        assert "Schematic: lines are right to about 5 km" in text
        assert "recognition" in text or "2020" in text or "1994" in text


def test_what_each_area_shows_is_its_row_and_a_click_finds_it():
    for day in steps.days():
        state = steps.map_in_steps().state(day=day)
        drawn = {trace.meta: trace for trace in state.figure.data if trace.meta}
        assert set(drawn) == set(state.rows["area_id"])
        for row in state.rows.itertuples():
            assert drawn[row.area_id].fillcolor == base.FILLS[row.shown].ground.light
            assert drawn[row.area_id].fillpattern.shape == base.FILLS[row.shown].pattern
            assert row.holder in drawn[row.area_id].name
            assert control.areas()["district"][row.area_id] in drawn[row.area_id].name
            assert steps.map_in_steps().card(row.area_id).title == row.area


def test_the_legend_names_what_is_on_the_map_and_no_more():
    for day in steps.days():
        state = steps.map_in_steps().state(day=day)
        named = {trace.name for trace in state.figure.data if trace.showlegend and trace.visible is not False}
        far = state.rows["area_id"].str.startswith("exclave_")
        assert named >= set(state.rows.loc[~far, "holder"])
        assert not (set(control.HOLDERS.values()) - set(state.rows["holder"])) & named


def test_the_legend_has_room_for_all_its_entries():
    for make, settings, rows_kept in (
        (steps.map_in_steps(), SCENES["steps"][1], steps.LEGEND_ROWS),
        (held.who_held_what(), SCENES["held"][1], held.LEGEND_ROWS),
        (agreement.agreement_map(), SCENES["agreement"][1], agreement.LEGEND_ROWS),
    ):
        for one in settings:
            if any(control.name == "layers" for control in make.controls):
                one = one | {"layers": tuple(steps.LAYERS)}
            shown = [
                trace for trace in make.state(**one).figure.data if trace.showlegend and trace.visible is not False
            ]
            assert math.ceil(len(shown) / 2) <= rows_kept, one


def test_the_list_beside_the_map_holds_each_change_since_the_step_before():
    days = list(steps.days())
    for was, day in itertools.pairwise(days):
        told = " ".join(steps.changes_since(day).items)
        changed = [row for row in rows("control") if was < row["from_date"] <= day]
        for row in changed:
            assert control.areas()["district"][row["area_id"]] in told
        assert bool(changed) == bool(told)
    assert steps.changes_since(days[0]).items == ()


def test_the_reading_adds_up_the_land_of_each_holder():
    state = steps.map_in_steps().state(day="2020-12-01")
    by_hand: Counter = Counter()
    for area_id, outline in geometry.layer("control_areas").items():
        by_hand[status_by_hand(area_id, "2020-12-01")] += geometry.area_km2(outline)
    expected = round(by_hand["peacekeepers"], -2)
    assert f"{control.HOLDERS['peacekeepers']}: {expected:,.0f} km²" in state.reading


def test_the_towns_are_named_in_the_order_in_which_they_were_announced():
    told = steps.order_of_the_towns("2020-11-10")
    announced = sorted((row["from_date"], row["area_id"]) for row in rows("control") if row["status"] == "fighting")
    places = [control.areas()["chief_place"][area] for _, area in announced]
    where = [told.index(place) for place in dict.fromkeys(places)]
    assert sorted(where) == sorted(set(where))
    by_day = [told.index(control.areas()["chief_place"][area]) for _, area in announced]
    for (day, _), (next_day, _), spot, next_spot in zip(announced, announced[1:], by_day, by_day[1:], strict=False):
        assert day == next_day or spot < next_spot
    assert steps.order_of_the_towns("2020-09-26") == ""


def test_the_share_held_is_that_of_the_outlines():
    held_km2 = sum(
        geometry.area_km2(geometry.layer("control_areas")[row["area_id"]])
        for row in rows("control")
        if row["from_date"] == "1994-05-12"
        and row["status"] == "armenian_forces"
        and row["area_id"] not in control.EXCLAVES_OF_ARMENIA
    )
    of, whole, share = held.held_share()
    assert of == pytest.approx(held_km2, rel=0.002)  # areas are rounded to whole km²
    assert whole == pytest.approx(86_600, rel=0.03)  # Azerbaijan's official area
    assert share == pytest.approx(100 * held_km2 / whole, rel=0.002)


def test_nothing_of_the_map_is_shown_before_the_guess():
    state = held.who_held_what().state()
    assert state.figure is None
    assert state.rows.empty
    assert state.panels == state.source_ids == []
    assert not any(sign.isdigit() for sign in state.reading)


def test_what_each_side_said_of_the_share_stands_under_the_map_with_its_sources():
    said = {row["claimed_by"]: row for row in rows("control_claims")}
    assert set(said) == {"armenian_media", "azerbaijan"}
    for view in held.views():
        state = held.who_held_what().state(seen="skipped", view=view)
        (panel,) = state.panels
        for column, maker in ((panel.left, "armenian_media"), (panel.right, "azerbaijan")):
            (statement,) = column.statements
            assert (statement.text, statement.speaker) == (said[maker]["claim"], said[maker]["stated_by"])
            assert set(said[maker]["source_ids"].split("|")) <= set(state.source_ids)
        shares = " and ".join(sorted((row["per_cent"] for row in said.values()), key=float))
        assert f"Others have said {shares}: see under the map." in state.reading


def test_every_commitment_on_the_map_is_drawn_where_it_says():
    known = {row["commitment_id"] for row in rows("commitments")}
    assert set(agreement.AREAS) | set(agreement.LINKS) <= known
    links = {row["link_id"] for row in rows("transport_links")}
    for one in agreement.LINKS.values():
        assert set(one) <= links & set(geometry.layer("lines")) & set(base.LINES)
    areas = {row["area_id"] for row in rows("control_areas")}
    for commitment, some in agreement.AREAS.items():
        assert set(some) <= areas
        statuses = {status_by_hand(one, "2020-11-10") for one in some}
        expected = {"p3": {"peacekeepers"}, "p2": {"handover_agreed"}}.get(commitment[:2])
        assert statuses == (expected or ({"corridor"} if "corridor" in commitment else {"handover_agreed"}))


def test_the_days_of_the_hand_overs_stand_on_the_map():
    figure = agreement.agreement_map().state().figure
    text = " ".join(word for trace in figure.data if trace.mode == "text" for word in trace.text)
    for row in rows("commitments"):
        if row["commitment_id"] in agreement.LAND:
            assert base.plain(row["done_on"][-2:].lstrip("0")) in text
    cards = [agreement.commitment_card(one) for one in {*agreement.AREAS, *agreement.LINKS}]
    assert all(card.source_ids and card.text for card in cards)


# ---- labels ------------------------------------------------------------------------------------------------

boxes = st.lists(st.tuples(st.text("abc/", min_size=1, max_size=14), st.floats(0, 600), st.floats(0, 500)), max_size=25)


@given(boxes)
def test_labels_never_meet_each_other_or_a_dot(spots):
    made = [labels.Label(str(i), text, x, y) for i, (text, x, y) in enumerate(spots)]
    positions = labels.placed(made)
    rooms = {one.id: labels.box(one, positions[one.id]) for one in made if one.id in positions}
    for (a, one), (b, other) in itertools.combinations(rooms.items(), 2):
        assert not one.meets(other), (a, b)
    for label in made:
        assert not any(room.meets(labels.dot(label)) for name, room in rooms.items() if name != label.id)


@given(boxes)
def test_the_first_label_always_finds_room_where_nothing_is_kept_free(spots):
    made = [labels.Label(str(i), text, x * 1000, y * 1000) for i, (text, x, y) in enumerate(spots)]
    apart = all(abs(a.x - b.x) > 300 or abs(a.y - b.y) > 60 for a, b in itertools.combinations(made, 2))
    if made and apart:
        assert len(labels.placed(made)) == len(made)


@pytest.mark.parametrize("view", [base.REGION, agreement.VIEW], ids=["region", "agreement"])
def test_every_town_of_the_map_has_its_two_names_beside_it(view):
    words = base.country_words(view)
    if view is agreement.VIEW:
        words += [*agreement._days_of_hand_over(agreement.select_commitments("all")), *agreement._names_of_regions()]
    shown = base.towns(view, words=words)
    assert len(shown) >= 16
    unplaced = set(shown.loc[shown["position"] == "", "place_id"])
    assert unplaced <= set(base.TOWNS[15:]), "a town of the first rank has no room for its label"
    for row in shown.itertuples():
        assert row.label.replace("<br>", "") == names.place(row.place_id)


def test_the_scale_bar_is_as_long_as_it_says():
    figure = base.drawn(base.REGION, "A day", 1, ())
    (bar,) = figure.layout.shapes
    middle = math.radians((base.REGION.south + base.REGION.north) / 2)
    assert (bar.x1 - bar.x0) * 111.32 * math.cos(middle) == pytest.approx(50, rel=0.01)


# ---- colours: no flags, tones and patterns that can be told apart ------------------------------------------


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_names_can_be_read_on_every_ground_and_patterns_be_seen(theme_name):
    for fill in base.FILLS.values():
        ground = getattr(fill.ground, theme_name)
        assert contrast(getattr(theme.TEXT, theme_name), ground) >= 4.5
        if fill.ink:
            assert contrast(getattr(fill.ink, theme_name), ground) >= 3


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_holders_differ_in_grey_by_pattern_or_by_clear_steps_of_tone(theme_name):
    of_scene = [base.FILLS[one] for one in control.HOLDERS if not one.startswith("recognised")]
    for one, other in itertools.combinations(of_scene, 2):
        tones = contrast(getattr(one.ground, theme_name), getattr(other.ground, theme_name))
        assert one.pattern != other.pattern or tones >= 1.2, (one, other)


def test_the_two_sides_areas_weigh_alike_and_are_nobodys_flag():
    flags = {"#D90012", "#0033A0", "#F2A800", "#0092BC", "#E4002B", "#00AF66"}
    for ink in (theme.ARMENIAN_GROUND, theme.AZERBAIJANI_GROUND):
        for colour in ink:
            channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
            for flag in flags:
                apart = math.dist(channels, [int(flag[i : i + 2], 16) for i in (1, 3, 5)])
                assert apart > 60, (colour, flag)


# ---- the locator -------------------------------------------------------------------------------------------


def test_the_locator_marks_where_an_event_was_and_stays_away_where_it_was_elsewhere():
    shusha = next(row for row in rows("places") if row["place_id"] == "shusha_shushi")
    dots = base.locator(("shusha_shushi", "moscow")).data[-1]
    assert (list(dots.x), list(dots.y)) == ([float(shusha["longitude"])], [float(shusha["latitude"])])
    assert base.locator(("moscow", "not_applicable")) is None
    assert base.locator(()) is None


def test_the_card_of_each_event_carries_the_locator_of_its_places():
    mapped = 0
    for row in rows("events"):
        card = events.card(row["event_id"])
        chart = card.json()["chart"]
        assert (chart is None) == (base.locator(tuple(ids(row["place_ids"]))) is None)
        mapped += chart is not None
        assert len(json.dumps(chart)) < 60_000
    assert mapped > 80
