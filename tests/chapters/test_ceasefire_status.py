"""Chapter 3, status and dates: every date in the eyes of every assessor, against counts made without our code."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache

import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils import theme
from utils.chapters.ceasefire import dates, judgements, standing, strip, strip_words
from utils.learning import logbook
from utils.scenes.scene import state_json

DATES = sorted({row["as_of"] for row in rows("commitment_status")})
ASSESSORS = ("third_party", "armenia", "azerbaijan", "russia")
VIEWS = (*ASSESSORS, strip_words.BESIDE)
TITLES = {row["commitment_id"]: row["title"] for row in rows("commitments")}
EVERY = pytest.mark.parametrize(("assessor", "as_of"), [(one, day) for one in VIEWS for day in DATES])
END_OF_2022 = "2022-12-31"


def classes(as_of: str, assessor: str = "third_party") -> dict[str, str]:
    return {
        row["commitment_id"]: row["status"]
        for row in rows("commitment_status")
        if (row["as_of"], row["assessor"]) == (as_of, assessor)
    }


@cache
def state_of(assessor: str = "third_party", as_of: str = END_OF_2022, guess: int = 10, seen: str = "answered"):
    return strip.status_strip().state(assessor=assessor, as_of=as_of, guess=guess, seen=seen)


def cells(state) -> list[tuple[str, str]]:
    """Return the key and the letter of each cell that is drawn."""
    (letters,) = (trace for trace in state.figure.data if trace.type == "scatter")
    return list(zip(letters.customdata, re.findall(r"<b>(.)</b>", "".join(letters.text)), strict=True))


def test_the_scene_offers_every_date_and_every_assessor_of_the_table():
    assert list(strip_words.days()) == DATES
    assert set(strip.assessors()) == {*{row["assessor"] for row in rows("commitment_status")}, strip_words.BESIDE}


@EVERY
def test_every_state_is_sound_and_draws_just_the_rows_of_the_table(assessor, as_of):
    state = state_of(assessor, as_of)
    assert_sound(strip.status_strip(), state)
    wanted = [
        row
        for row in rows("commitment_status")
        if (
            row["as_of"] == as_of
            if assessor == strip_words.BESIDE
            else (row["assessor"] == assessor and row["as_of"] <= as_of)
        )
    ]
    expected = {
        f"{row['commitment_id']}/{row['as_of']}/{row['assessor']}": standing.CLASSES[row["status"]].letter
        for row in wanted
    }
    assert dict(cells(state)) == expected
    assert len(cells(state)) == len(expected)


@EVERY
def test_every_cell_stands_in_the_row_of_its_commitment_and_the_column_of_its_date_or_assessor(assessor, as_of):
    state = state_of(assessor, as_of)
    order = [row["commitment_id"] for row in rows("commitments")]
    for row in state.rows.itertuples():
        assert row.row == order.index(row.commitment_id)
        wanted = (
            ASSESSORS.index(row.assessor) if assessor == strip_words.BESIDE else DATES.index(f"{row.as_of:%Y-%m-%d}")
        )
        assert row.column == wanted


@pytest.mark.parametrize("as_of", DATES)
def test_the_reading_counts_every_class_and_names_what_changed(as_of):
    reading = state_of(as_of=as_of).reading
    for status, many in Counter(classes(as_of).values()).items():
        assert f"{many} {standing.CLASSES[status].name}" in reading
    earlier = [day for day in DATES if day < as_of]
    if not earlier:
        assert "first day" in reading
        return
    old, new = classes(earlier[-1]), classes(as_of)
    moved = {one for one in old if old[one] != new[one]}
    changes = reading.split("Since ", 1)[1]
    assert {one for one, title in TITLES.items() if title in changes} == moved
    assert re.search(rf"{len(moved)} commitments? changed", changes)


@pytest.mark.parametrize("as_of", DATES)
@pytest.mark.parametrize("party", ASSESSORS[1:])
def test_a_partys_reading_names_each_class_that_differs_from_the_third_partys(party, as_of):
    said, outside = classes(as_of, party), classes(as_of)
    reading = state_of(party, as_of).reading
    apart = {one for one in said if said[one] != outside[one]}
    if not said:
        assert "found no statement" in reading
        return
    assert f"gives a class to {len(said)} of {len(outside)} commitments" in reading
    for one in apart:
        assert (
            f"{TITLES[one]} ({standing.CLASSES[said[one]].name}, not {standing.CLASSES[outside[one]].name})" in reading
        )
    assert reading.count(", not ") == len(apart)


@pytest.mark.parametrize("as_of", DATES)
def test_all_four_side_by_side_tell_where_the_two_parties_part(as_of):
    one, other = classes(as_of, "armenia"), classes(as_of, "azerbaijan")
    apart = {name for name in one if name in other and one[name] != other[name]}
    assert set(strip_words.parted(as_of)) == apart
    reading = state_of(strip_words.BESIDE, as_of).reading
    assert all(TITLES[name] in reading for name in apart)


@EVERY
def test_outlines_mark_what_changed_or_what_differs_and_nothing_else(assessor, as_of):
    state = state_of(assessor, as_of)
    earlier = [day for day in DATES if day < as_of]
    for row in state.rows.itertuples():
        day = f"{row.as_of:%Y-%m-%d}"
        if row.assessor == "third_party":
            changed = bool(earlier) and classes(earlier[-1])[row.commitment_id] != row.status
            assert row.marked == (assessor == "third_party" and day == as_of and changed)
        else:
            assert row.marked == (classes(day)[row.commitment_id] != row.status)


@pytest.mark.parametrize("guess", range(25))
def test_the_guess_stands_beside_the_number_that_was_carried_out(guess):
    done = sum(one in ("met", "met_late") for one in classes(END_OF_2022).values())
    state = state_of(guess=guess)
    assert f"on time or late: {done}; your guess was {guess}." in state.reading
    assert "your guess" not in state_of(guess=guess, seen="skipped").reading


def test_nothing_is_shown_before_the_guess():
    state = state_of(seen="")
    assert_sound(strip.status_strip(), state)
    assert state.figure is None
    assert state.rows.empty
    assert "Guess first" in state.reading


def test_days_after_the_period_are_shown_only_when_a_reader_chooses_one():
    columns = state_of().figure.layout.xaxis.ticktext
    assert len(columns) == sum(day <= END_OF_2022 for day in DATES)
    assert len(state_of(as_of=DATES[-1]).figure.layout.xaxis.ticktext) == len(DATES)
    assert [day for day, name in strip_words.days().items() if "look ahead" in name] == [
        day for day in DATES if day > END_OF_2022
    ]


def test_every_class_has_its_own_letter_its_own_look_and_a_rule():
    looks = list(standing.CLASSES.values())
    assert (
        len({look.letter for look in looks}) == len({(look.ground, look.pattern) for look in looks}) == len(looks) == 8
    )
    assert set(standing.RULES) == set(standing.CLASSES) == {row["status"] for row in rows("commitment_status")}
    rules = strip_words.rules(state_of().rows, "answered", "third_party", DATES[-1]).items
    assert all(any(item.startswith(f"{look.letter}, {look.name}:") for item in rules) for look in looks)


def test_a_class_that_no_commitment_had_within_the_period_is_explained_only_with_later_dates():
    within = {row["status"] for row in rows("commitment_status") if row["as_of"] <= END_OF_2022}
    assert within == set(standing.CLASSES) - set(standing.LATER_ONLY)
    for day in DATES:
        legend = {trace.name for trace in state_of(as_of=day).figure.data if trace.showlegend}
        assert legend == {
            f"{look.letter} {look.name}" for one, look in standing.CLASSES.items() if one in within or day > END_OF_2022
        }


def test_letters_stand_on_the_pages_own_colour():
    (letters,) = (trace for trace in state_of().figure.data if trace.type == "scatter")
    assert letters.marker.color == theme.PAGE.light
    assert letters.textfont.color == theme.TEXT.light


def test_every_row_of_the_table_has_a_card_with_its_finding_its_assessor_and_its_sources():
    known = {row["source_id"] for row in rows("sources")}
    for row in rows("commitment_status"):
        card = judgements.card(f"{row['commitment_id']}/{row['as_of']}/{row['assessor']}")
        facts = dict(card.facts)
        assert card.text == row["finding"]
        assert facts["Rests on"] == row["assessed_by"]
        assert facts["Class"] == standing.CLASSES[row["status"]].name
        assert set(ids(row["source_ids"])) <= set(card.source_ids) <= known
        claimed = {one for one in ASSESSORS[1:] if row["commitment_id"] in classes(row["as_of"], one)}
        assert bool(card.panels) == bool(claimed)


def test_a_card_says_which_of_its_sources_were_written_after_the_date_and_names_no_ids():
    sources = {row["source_id"]: row for row in rows("sources")}
    for row in rows("commitment_status"):
        note = judgements.card(f"{row['commitment_id']}/{row['as_of']}/{row['assessor']}").note
        later = [sources[one] for one in ids(row["source_ids"]) if sources[one]["published"] > row["as_of"]]
        assert ("Written after the date" in note) == bool(later)
        assert all(one["publisher"] in note for one in later)
        assert not re.search(r"\b[a-z0-9]+_[a-z0-9_]+ \(", note)


def test_an_unknown_cell_has_no_card():
    with pytest.raises(KeyError):
        judgements.card("p2_agdam_akna/2020-12-01/russia")


def test_a_step_of_the_strip_stays_small():
    assert len(state_json(strip.status_strip(), state_of())) < 250_000


def test_the_guess_is_kept():
    view = strip.prediction().show()
    view.drive(guess=7)
    view.drive(seen="answered")
    assert logbook.last("p03_kept").words == f"7 of {len(TITLES)}"


# ---- dates -------------------------------------------------------------------------------------------------


def group_of(row: dict) -> str:
    dated, alone = bool(row["deadline"]), len(ids(row["obliged_ids"])) == 1
    return dates.GROUPS[dated, alone]


def late_by_hand() -> dict[str, int]:
    return {
        row["commitment_id"]: (date.fromisoformat(row["done_on"]) - date.fromisoformat(row["deadline"])).days
        for row in rows("commitments")
        if row["deadline"] and row["done_on"]
    }


@pytest.mark.parametrize("as_of", [day for day in DATES if day <= END_OF_2022])
def test_each_group_counts_its_promises_and_those_carried_out(as_of):
    state = dates.dates_kept().state(as_of=as_of)
    assert_sound(dates.dates_kept(), state)
    found = classes(as_of)
    for group in dates.GROUPS.values():
        mine = [row["commitment_id"] for row in rows("commitments") if group_of(row) == group]
        done = sum(found[one] in ("met", "met_late") for one in mine)
        assert f"“{group}”, {done} of {len(mine)}" in state.reading
        assert any(f"{group}: {done} of {len(mine)} done" in one.text for one in state.figure.layout.annotations)


def test_lateness_is_counted_in_days_from_the_day_in_the_text():
    found = dates.select_dates(END_OF_2022).dropna(subset=["days_late"]).set_index("commitment_id")["days_late"]
    assert found.to_dict() == late_by_hand()
    assert late_by_hand()["p6_karvachar_kelbajar"] == 10


def test_the_postponement_is_told_with_the_day_that_was_kept():
    reading = dates.dates_kept().state().reading
    assert (
        "Return Karvachar/Kelbajar was due on 15 November 2020 and done on 25 November 2020, 10 days later" in reading
    )
    assert "moved by 10 days, and the new one was kept" in reading
    assert reading.count("days later") == sum(days > 0 for days in late_by_hand().values())


def test_every_day_of_the_table_has_its_mark():
    state = dates.dates_kept().state()
    drawn = {
        name: sorted(str(day)[:10] for trace in state.figure.data if trace.name == name for day in trace.x)
        for name in ("day in the text", "later day agreed", "done")
    }
    for name, column in (
        ("day in the text", "deadline"),
        ("later day agreed", "deadline_changed_to"),
        ("done", "done_on"),
    ):
        assert drawn[name] == sorted(row[column] for row in rows("commitments") if row[column])


def test_every_mark_lies_inside_its_part_of_the_chart():
    figure = dates.dates_kept().state().figure
    for trace in figure.data:
        if trace.name in ("day in the text", "later day agreed", "done"):
            low, high = (str(end)[:10] for end in figure.layout["xaxis" + trace.xaxis[1:]].range)
            assert all(low <= str(day)[:10] <= high for day in trace.x)


# ---- questions whose answers stand in the bank ----------------------------------------------------------------


def test_who_owes_what_in_the_question_agrees_with_the_commitments():
    about = {
        "q03_12_a": "p2_agdam_akna",
        "q03_12_b": "p6_safe_passage",
        "q03_12_c": "p6_corridor_control",
        "q03_12_d": "p6_route_plan",
    }
    names = {row["actor_id"]: row["short_name"] for row in rows("actors")}
    partners = {row["option_id"]: row["partner"] for row in rows("question_options") if row["question_id"] == "q03_12"}
    owing = {row["commitment_id"]: row["obliged_ids"] for row in rows("commitments")}
    assert partners == {one: " and ".join(names[who] for who in ids(owing[name])) for one, name in about.items()}


def test_what_is_met_in_the_question_agrees_with_the_table():
    about = {
        "q03_08_a": "p2_agdam_akna",
        "q03_08_b": "p6_route_plan",
        "q03_08_c": "p6_karvachar_kelbajar",
        "q03_08_d": "p9_unblock",
        "q03_08_e": "p5_centre",
        "q03_08_f": "p7_unhcr",
    }
    found = classes("2022-06-30")
    right = {
        row["option_id"]: row["right"] == "yes" for row in rows("question_options") if row["question_id"] == "q03_08"
    }
    assert right == {one: found[name] in ("met", "met_late") for one, name in about.items()}


def test_the_days_in_the_question_on_districts_agree_with_the_commitments():
    due = {
        row["title"].partition(" ")[2].removeprefix("over "): row["deadline"]
        for row in rows("commitments")
        if row["deadline"]
    }
    partners = {row["text"]: row["partner"] for row in rows("question_options") if row["question_id"] == "q03_03"}
    told = {place: f"{date.fromisoformat(due[place]).day} {date.fromisoformat(due[place]):%B %Y}" for place in partners}
    assert partners == told
