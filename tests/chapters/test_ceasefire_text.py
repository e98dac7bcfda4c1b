"""Chapter 3, the text: points, versions, phrases and what is missing, against the tables read without our code."""

from __future__ import annotations

import re

import pytest

from tests.chapters.test_history import assert_sound
from tests.raw import ids, rows
from utils.chapters.ceasefire import phrases, points, settlement, standing, versions
from utils.settlement import card as card_of_matter
from utils.verdicts import verdict_words

POINTS = [row["point"] for row in rows("ceasefire_points")]
COMMITMENTS = rows("commitments")
SHORT = {row["actor_id"]: row["short_name"] for row in rows("actors")}
END_OF_2022 = "2022-12-31"
AT_THE_END = {
    row["commitment_id"]: row["status"]
    for row in rows("commitment_status")
    if (row["as_of"], row["assessor"]) == (END_OF_2022, "third_party")
}


def of(table: str, column: str, value: str) -> list[dict]:
    return [row for row in rows(table) if row[column] == value]


# ---- point by point ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def of_point() -> dict:
    scene = points.text_by_point()
    return {point: scene.state(point=point) for point in points.steps()}


def test_a_reader_can_choose_all_points_or_any_of_them():
    assert list(points.steps()) == ["all", *POINTS]


@pytest.mark.parametrize("point", ["all", *POINTS])
def test_every_state_shows_every_promise_and_tells_nothing_that_the_reader_is_asked_to_guess(point, of_point):
    state = of_point[point]
    assert_sound(points.text_by_point(), state)
    assert state.rows["commitment_id"].tolist() == [row["commitment_id"] for row in COMMITMENTS]
    assert not {"status", "status_id"} & set(state.rows)
    assert "by our third-party reading" not in f"{state.reading} {state.aside}"


@pytest.mark.parametrize("promise", COMMITMENTS, ids=lambda row: row["commitment_id"])
def test_the_arrows_of_a_promise_say_who_owes_it_and_who_receives_it(promise, of_point):
    cells = points.promise_cells(of_point["all"].rows).query("key == @promise['commitment_id']")
    drawn = {row.who: row.look for row in cells.itertuples()}
    owes, gets = set(ids(promise["obliged_ids"])), set(ids(promise["beneficiary_ids"]))
    assert {who for who, look in drawn.items() if look in ("owes", "both")} == owes
    assert {who for who, look in drawn.items() if look in ("gets", "both")} == gets


def test_the_overview_counts_promises_by_who_owes_them_and_by_day(of_point):
    reading = of_point["all"].reading
    for who in ("armenia", "azerbaijan", "russia"):
        mine = [ids(row["obliged_ids"]) for row in COMMITMENTS if who in ids(row["obliged_ids"])]
        assert f"{SHORT[who]} owes {len(mine)}, {mine.count([who])} of them alone" in reading
    dated = sum(bool(row["deadline"]) for row in COMMITMENTS)
    assert f"{dated} have a day or a term in the text, {len(COMMITMENTS) - dated} have none" in reading


def test_the_days_on_the_chart_are_those_of_the_table_with_the_one_that_was_moved(of_point):
    (days,) = (trace for trace in of_point["all"].figure.data if trace.text and "no day" in trace.text)
    told = dict(zip([row["commitment_id"] for row in COMMITMENTS], days.text, strict=True))
    assert {one for one, day in told.items() if day == "no day"} == {
        row["commitment_id"] for row in COMMITMENTS if not row["deadline"]
    }
    assert told["p2_agdam_akna"] == "20 Nov 2020"
    assert told["p6_karvachar_kelbajar"] == "15 → 25 Nov 2020"


@pytest.mark.parametrize("point", POINTS)
def test_a_chosen_point_opens_its_text_its_gaps_its_readings_and_its_wordings(point, of_point):
    state = of_point[point]
    (row,) = of("ceasefire_points", "point", point)
    assert row["paraphrase"] in state.reading
    assert f"Left open: {row['left_open']}" in state.aside.items
    for promise in of("commitments", "point", point):
        assert any(promise["commitment"][1:] in item for item in state.aside.items)
    readings, *wordings = state.panels
    assert readings.open and not any(panel.open for panel in wordings)
    said = {
        "armenia": [one.text for one in readings.left.statements],
        "azerbaijan": [one.text for one in readings.right.statements],
        "russia": [one.text for one in readings.below.statements] if readings.below else [],
    }
    for actor, told in said.items():
        wanted = [one for one in of("ceasefire_readings", "point", point) if one["actor_id"] == actor]
        assert sorted(told) == sorted(one["reading"] for one in wanted)
    assert {(panel.left.statements[0].text, panel.right.statements[0].text) for panel in wordings} == {
        (one["wording_a"], one["wording_b"]) for one in of("ceasefire_wording", "point", point)
    }


def test_every_reading_names_its_speaker_and_its_day(of_point):
    for point in POINTS:
        readings = of_point[point].panels[0]
        for column in (readings.left, readings.right, readings.below):
            assert all(one.speaker and one.date for one in (column.statements if column else ()))


@pytest.mark.parametrize("point", POINTS)
def test_the_article_is_heard_on_the_points_that_it_takes_up_and_only_there(point, of_point):
    told = [item for item in of_point[point].aside.items if "article of September 2022" in item]
    claims = [row for row in rows("article_claims") if point in ids(row["points"])]
    assert len(told) == max(1, len(claims))
    assert ("does not take up this point" in told[0]) == (not claims)


def test_the_articles_claims_on_points_belong_to_claims_that_the_chapter_or_a_later_one_takes_up():
    assert {row["claim_id"] for row in rows("article_claims") if row["points"]} >= {"a04", "a05"}
    assert any("cemented" in item for item in points.article_on(None))


@pytest.mark.parametrize("promise", COMMITMENTS, ids=lambda row: row["commitment_id"])
def test_every_promise_has_a_card_that_says_who_what_when_and_how_one_could_tell(promise):
    card = points.card(promise["commitment_id"])
    facts = dict(card.facts)
    assert card.title == promise["commitment"]
    assert facts["How one could tell"] == promise["measure"]
    assert (facts["Due"] == "no day given") == (not promise["deadline"])
    assert facts["At 31 December 2022"].startswith(standing.CLASSES[AT_THE_END[promise["commitment_id"]]].name)
    assert set(ids(promise["source_ids"])) <= set(card.source_ids)


# ---- versions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("difference", rows("ceasefire_wording"), ids=lambda row: row["difference_id"])
def test_every_difference_shows_both_wordings_and_who_published_each(difference):
    scene = versions.compare_versions()
    state = scene.state(difference=difference["difference_id"])
    assert_sound(scene, state)
    (panel,) = state.panels
    assert panel.left.statements[0].text == difference["wording_a"]
    assert panel.right.statements[0].text == difference["wording_b"]
    assert difference["why_it_matters"] in state.reading
    texts = {row["text_id"]: row for row in rows("official_texts")}
    for column, side in ((panel.left, "version_a_ids"), (panel.right, "version_b_ids")):
        assert all(texts[one]["issued_by"] in column.statements[0].speaker for one in ids(difference[side]))
    here = dict(zip(state.rows["text_id"], state.rows["wording"], strict=True))
    for side, wording in (("version_a_ids", "wording_a"), ("version_b_ids", "wording_b")):
        assert all(here[one] == difference[wording] for one in ids(difference[side]) if one in here)


def test_the_reading_counts_versions_official_pages_and_drafts():
    texts = of("official_texts", "document_id", "nine_points_2020")
    drafts = {row["text_id"] for row in texts if row["kind"] == "circulated_draft"}
    only_draft = sum(
        set(ids(row["version_a_ids"])) <= drafts or set(ids(row["version_b_ids"])) <= drafts
        for row in rows("ceasefire_wording")
    )
    reading = versions.compare_versions().state().reading
    official = sum(row["kind"] == "official" for row in texts)
    assert f"Among {len(texts)} versions ({official} of them official pages)" in reading
    assert f"{len(rows('ceasefire_wording'))} differences; in {only_draft} of them" in reading


def test_every_version_has_a_card_with_what_was_read_of_it():
    for row in of("official_texts", "document_id", "nine_points_2020"):
        card = versions.card(row["text_id"])
        assert card.title == row["issued_by"]
        assert dict(card.facts)["What we read"] == row["what_was_read"]


# ---- phrases -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phrase", rows("ceasefire_phrases"), ids=lambda row: row["phrase_id"])
def test_every_phrase_opens_two_readings_and_what_followed(phrase):
    scene = phrases.ambiguity_finder()
    state = scene.state(phrase=phrase["phrase_id"])
    assert_sound(scene, state)
    read = {row["reading_id"]: row for row in rows("ceasefire_readings")}
    (panel,) = state.panels
    assert panel.left.statements[0].text == read[phrase["armenian_reading_id"]]["reading"]
    assert panel.right.statements[0].text == read[phrase["azerbaijani_reading_id"]]["reading"]
    assert (panel.below is not None) == bool(phrase["russian_reading_id"])
    assert phrase["followed"] in state.reading
    assert phrase["left_open"] in state.reading
    named = [trace for trace in state.figure.data if trace.text]
    assert list(named[0].customdata) == ids(phrase["event_ids"])


def test_all_events_of_all_phrases_are_drawn_and_have_cards():
    scene = phrases.ambiguity_finder()
    state = scene.state()
    drawn = sorted(one for trace in state.figure.data for one in trace.customdata)
    assert drawn == sorted(one for row in rows("ceasefire_phrases") for one in ids(row["event_ids"]))
    assert all(scene.card(one).title for one in set(drawn))


def test_what_followed_passes_no_verdict():
    for row in rows("ceasefire_phrases"):
        assert verdict_words(re.sub(r"“[^”]*”", "", row["followed"] + row["left_open"])) == []


# ---- what is not there -------------------------------------------------------------------------------------


def said(proposal: str) -> dict[str, str]:
    return {row["element_id"]: row["coverage"] for row in of("settlement_coverage", "proposal_id", proposal)}


EARLIER = [row["proposal_id"] for row in rows("proposals") if row["date"] < "2020-11-10"]


@pytest.mark.parametrize("plan", EARLIER)
def test_every_plan_can_be_compared_with_the_statement(plan):
    scene = settlement.what_is_missing()
    state = scene.state(plan=plan)
    assert_sound(scene, state)
    statement, other = said("2020_trilateral_statement"), said(plan)
    missing = {one for one, coverage in statement.items() if coverage == "absent"}
    titles = {row["element_id"]: row["title"][0].lower() + row["title"][1:] for row in rows("settlement_elements")}
    assert f"leave out {len(missing)}: " in state.reading
    first, second = state.reading.split("Of these, ", 1)
    assert all(titles[one] in first for one in missing)
    told = {one for one in missing if other.get(one) in ("settled", "named", "deferred")}
    assert {one for one in missing if titles[one] in second} == told
    marked = state.rows.loc[state.rows["marked"], ["element_id", "proposal_id"]].to_numpy().tolist()
    assert sorted(marked) == sorted([one, plan] for one in missing if other.get(one) in ("settled", "named"))


def test_every_row_of_coverage_is_drawn_once_with_its_letter():
    state = settlement.what_is_missing().state()
    (letters,) = (trace for trace in state.figure.data if trace.type == "scatter")
    drawn = dict(zip(letters.customdata, re.findall(r"<b>(.)</b>", "".join(letters.text)), strict=True))
    wanted = {
        f"{row['element_id']}/{row['proposal_id']}": settlement.COVERAGE[row["coverage"]].letter
        for row in rows("settlement_coverage")
        if not row["proposal_id"].startswith("2022_")
    }
    assert drawn == wanted
    for key in wanted:
        card = card_of_matter(key)
        assert card.source_ids and card.text


def test_the_statement_is_told_on_all_twelve_matters():
    assert set(said("2020_trilateral_statement")) == {row["element_id"] for row in rows("settlement_elements")}
    assert len(rows("settlement_elements")) == 12
