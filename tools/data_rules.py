"""What the tables promise beyond their schema: sources, both accounts, lifetimes, names, no verdicts of ours.

Each rule is a function that yields what breaks it; its first line says what it asks for, and docs/DATA.md lists
these lines. `broken()` tells everything in sentences with file, line and column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from utils import claims, names, tables
from utils.verdicts import loaded_words
from utils.wording import listing

STATEMENT = "2020_trilateral_statement"  # in the table of plans
EQUAL_SPACE = 1.6  # the longer account may have this many times the letters of the shorter one
WORDS_OF_AN_ACCOUNT = 70
REGION = {"latitude": (38.0, 42.5), "longitude": (42.0, 51.0)}  # Armenia, Azerbaijan, and a margin around them
PERIODS = {  # first and last day of the chapters of the chronology; the days of a truce belong to both
    "background_before_1988": ("1900-01-01", "1987-12-31"),
    "background_1988_1994": ("1988-01-01", "1994-05-12"),
    "frozen_1994_2016": ("1994-05-05", "2016-04-01"),
    "four_day_to_velvet_2016_2020": ("2016-04-01", "2020-09-26"),
    "war_2020": ("2020-09-27", "2020-11-10"),
    "after_ceasefire_2020_2022": ("2020-11-10", "2022-12-31"),
    "epilogue_after_2022": ("2023-01-01", "2099-12-31"),
}
NAMES_OF_TEXTS = ("Shusha declaration", "Shushi declaration", "Lachin corridor")  # names that hold one form of a pair
ACCOUNTS = (("event_accounts", "account"), ("ceasefire_readings", "reading"), ("incident_reports", "text"))
KEPT_APART = {"note", "source_ids", "confidence"}  # columns in which two rows may differ and yet say the same


class Broken(NamedTuple):
    """A rule broken by one row of a table; `message` says what is wrong and what to do."""

    table: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return tables.sentence(self.table, self.row, self.column, self.message)


Rule = Callable[[], Iterator[Broken]]


def broken() -> list[str]:
    """Return everything that breaks a rule, as sentences, in the order of `RULES`."""
    return [str(one) for rule in RULES for one in rule()]


# ---------------------------------------------------------------- sources


def sourced_tables() -> list[str]:
    """Return the tables whose rows cite sources of their own."""
    about = {name: tables.schema(name) for name in tables.names() if name != "sources"}
    return [name for name, one in about.items() if one.holds_facts and not one.sources_from]


def every_row_can_be_looked_up() -> Iterator[Broken]:
    """Every row cites at least one source that has an address, its own or its meeting's; questions of method need none."""
    url = tables.load("sources").set_index("source_id")["url"]
    for name in sourced_tables():
        rows = tables.load(name)
        method = rows["rests_on"].eq("method") if "rests_on" in rows else [False] * len(rows)
        for row, (cited, sure) in enumerate(zip(rows["source_ids"], rows["confidence"], strict=True)):
            if method[row] and not cited:
                continue
            found = [one for one in cited if isinstance(url[one], str)]
            if not found and sure != "memory":
                message = "none of these sources has an address; cite one that can be opened, or write memory"
                yield Broken(name, row, "source_ids", f"{message} in the column confidence")
            if found and sure == "memory":
                message = f"“memory” stands only where no page was found, but {found[0]} has an address"
                yield Broken(name, row, "confidence", f"{message}; write one or two")


def two_means_two() -> Iterator[Broken]:
    """Confidence `two` stands only beside two sources or more."""
    for name in sourced_tables():
        rows = tables.load(name)
        for row in _where((rows["confidence"] == "two") & (rows["source_ids"].map(len) < 2)):
            yield Broken(
                name, row, "confidence", "“two” needs two sources; cite a second source, or set the confidence to “one”"
            )


def turning_points_are_sourced_twice() -> Iterator[Broken]:
    """Every row of importance 1 cites two different publishers and never rests on memory."""
    publisher = tables.load("sources").set_index("source_id")["publisher"]
    for name in sourced_tables():
        rows = tables.load(name)
        if "importance" not in rows:
            continue
        for row in _where(rows["importance"] == 1):
            if rows["confidence"][row] == "memory":
                yield Broken(name, row, "confidence", "a turning point cannot rest on memory; find a page")
            if len({publisher[one] for one in rows["source_ids"][row]}) < 2:
                message = "a turning point needs sources of two different publishers; cite another"
                yield Broken(name, row, "source_ids", message)


def addresses_are_clean() -> Iterator[Broken]:
    """Every address is whole: a real host, no port, no tracking, no fragment, no doubled slash."""
    for row, url in tables.load("sources")["url"].dropna().items():
        parts = urlsplit(url)
        host = parts.netloc
        faults = {
            f"the host “{host}” is no public name": not re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", host, re.I),
            "it ends in a #fragment": bool(parts.fragment),
            "it carries tracking (utm_, fbclid)": bool(re.search(r"[?&](utm_\w+|fbclid)=", url)),
            "a slash is doubled": "//" in parts.path and "http" not in parts.path,
            "it ends in a sign of punctuation": url[-1] in ".,;",
        }
        yield from (
            Broken("sources", row, "url", f"{fault}; correct the address") for fault, true in faults.items() if true
        )


def no_address_stands_twice() -> Iterator[Broken]:
    """No page stands under two ids."""
    first: dict[str, str] = {}
    sources = tables.load("sources")
    for row, (one, url) in sources[["source_id", "url"]].dropna().iterrows():
        same = re.sub(r"^https?://(www\.)?|/$|#.*$", "", url.lower())
        if same in first:
            yield Broken("sources", row, "url", f"this page is {first[same]} already; cite that and remove this row")
        first.setdefault(same, one)


def no_source_is_idle() -> Iterator[Broken]:
    """Every source is cited by some row."""
    cited = {one for name in sourced_tables() for ids in tables.load(name)["source_ids"] for one in ids}
    sources = tables.load("sources")
    for row in _where(~sources["source_id"].isin(cited)):
        yield Broken("sources", row, "source_id", "no row cites this source; cite it or remove it")


# ---------------------------------------------------------------- both sides


def contested_events_have_both_accounts() -> Iterator[Broken]:
    """A contested event has accounts of both sides, in about equal space; an uncontested one has none."""
    events, accounts = tables.load("events"), tables.load("event_accounts")
    letters = accounts["account"].str.len().groupby([accounts["event_id"], accounts["side"]]).sum()
    for row, (event, contested) in enumerate(zip(events["event_id"], events["contested"], strict=True)):
        space = {side: size for side, size in letters.get(event, {}).items() if side in names.SIDES}
        missing = [side for side in names.SIDES if side not in space]
        if contested and missing:
            message = f"“yes”, but event_accounts holds no account of {' or '.join(missing)} for {event}; add it there"
            yield Broken("events", row, "contested", message)
        elif not contested and space:
            message = f"“no”, but event_accounts holds accounts of {event}; write yes or remove them"
            yield Broken("events", row, "contested", message)
        elif space:
            yield from _unequal("events", row, "contested", space, f"the accounts of {event}")


def positions_on_links_come_in_pairs() -> Iterator[Broken]:
    """A contested link and every flare-up have both sides' words, in about equal space."""
    columns = {
        "transport_links": ("armenian_position", "azerbaijani_position"),
        "flareups": ("armenian_account", "azerbaijani_account"),
    }
    for name, pair in columns.items():
        rows = tables.load(name)
        for row in rows.index:
            space = {column: len(rows[column][row]) for column in pair if isinstance(rows[column][row], str)}
            contested = "contested" not in rows or rows["contested"][row]
            missing = [column for column in pair if column not in space]
            if contested and missing:
                yield Broken(name, row, missing[0], "the cell is empty in a contested row; add this side's words")
            elif len(space) == 2:
                yield from _unequal(name, row, pair[0], space, "the two sides' words")


def every_point_has_both_readings() -> Iterator[Broken]:
    """Each of the nine points has a reading of Armenia and one of Azerbaijan."""
    points, readings = tables.load("ceasefire_points"), tables.load("ceasefire_readings")
    for row, point in enumerate(points["point"]):
        read = set(readings["actor_id"][readings["point"] == point])
        for side in (one for one in names.SIDES if one not in read):
            message = f"ceasefire_readings holds no reading of {side} for point {point}; add it there"
            yield Broken("ceasefire_points", row, "point", message)


def accounts_are_short() -> Iterator[Broken]:
    """An account, a reading or a report has at most 70 words."""
    for name, column in ACCOUNTS:
        for row, text in enumerate(tables.load(name)[column]):
            if (count := len(text.split())) > WORDS_OF_AN_ACCOUNT:
                yield Broken(name, row, column, f"this has {count} words; shorten it to {WORDS_OF_AN_ACCOUNT}")


def truces_are_told_by_both_sides() -> Iterator[Broken]:
    """Both sides' reports on a truce take about equal space."""
    rows = tables.load("truces")
    for row in rows.index:
        space = {side: len(rows[f"{side}_report"][row]) for side in ("armenian", "azerbaijani")}
        yield from _unequal("truces", row, "armenian_report", space, "the two sides' reports")


def claims_of_control_are_told_by_both_sides() -> Iterator[Broken]:
    """Each side has a claim about the share of land held, in about equal space."""
    rows = tables.load("control_claims")
    sides = rows["claimed_by"].map(claims.party)
    if missing := set(names.SIDES) - set(sides):
        message = f"no claim is made by {listing(sorted(missing))}, or media there; add one"
        yield Broken("control_claims", 0, "claimed_by", message)
    else:
        space = rows["claim"].str.len().groupby(sides).sum()
        yield from _unequal(
            "control_claims", 0, "claim", {side: int(space[side]) for side in names.SIDES}, "the claims"
        )


def incidents_have_reports_of_both_sides_and_of_others() -> Iterator[Broken]:
    """An incident has a report of each side and one of somebody else, in about equal space."""
    rows = tables.load("incident_reports")
    for event, some in rows.groupby("event_id"):
        spoken = some["speaks_for"].where(some["speaks_for"].notna(), "neither side")
        row = int(some.index[0])
        for side in (one for one in (*names.SIDES, "neither side") if one not in set(spoken)):
            yield Broken("incident_reports", row, "speaks_for", f"{event} has no report that speaks for {side}; add it")
        space = some["text"].str.len().groupby(spoken).sum().to_dict()
        yield from _unequal("incident_reports", row, "text", space, f"the reports on {event}")
    for row in _where((rows["author_kind"] == "party") != rows["speaks_for"].notna()):
        message = f"the author is called {rows['author_kind'][row]}; exactly the reports of a party speak for a side"
        yield Broken("incident_reports", row, "speaks_for", message)


def every_area_has_a_holder_at_every_date() -> Iterator[Broken]:
    """An area has a holder from the ceasefire of 1994 on, each row changes it, and its id says area and day."""
    areas, control = tables.load("control_areas"), tables.load("control")
    start = tables.load("events").set_index("event_id").at["truce_1994", "date_end"]
    first = control.groupby("area_id")["from_date"].min()
    for row, area in enumerate(areas["area_id"]):
        if area not in first or first[area] > start:
            message = f"control holds no row of {area} from {start:%Y-%m-%d} on; add who held it then"
            yield Broken("control_areas", row, "area_id", message)
    ordered = control.sort_values(["area_id", "from_date"])
    same = ordered["status"] == ordered.groupby("area_id")["status"].shift()
    for row in _where(same):
        yield Broken("control", row, "status", f"{control['status'][row]} stands in the row before too; remove one")
    for row in _where(control["control_id"] != control["area_id"] + control["from_date"].dt.strftime("__%Y-%m-%d")):
        yield Broken("control", row, "control_id", "the id is not the area, two underscores and the day; correct it")


def the_former_oblast_is_not_handed_over() -> Iterator[Broken]:
    """Inside the former oblast no area is handed over: the statement of 2020 provides for none."""
    control = tables.load("control")
    inside = tables.load("control_areas").set_index("area_id")["inside_oblast"]
    for row in _where(control["area_id"].map(inside) & control["status"].isin(["handover_agreed", "corridor"])):
        message = f"{control['area_id'][row]} lies inside the former oblast; correct the status or the area"
        yield Broken("control", row, "status", message)


def every_commitment_has_a_status_at_every_date() -> Iterator[Broken]:
    """Each commitment has one third-party status at each date for which any has one."""
    commitments, status = tables.load("commitments"), tables.load("commitment_status")
    outside = status[status["assessor"] == "third_party"]
    dates = set(outside["as_of"])
    for row, one in enumerate(commitments["commitment_id"]):
        for date in sorted(dates - set(outside["as_of"][outside["commitment_id"] == one])):
            message = f"commitment_status holds no third-party status of {one} at {date:%Y-%m-%d}; add it there"
            yield Broken("commitments", row, "commitment_id", message)


def phrases_are_read_by_both_sides() -> Iterator[Broken]:
    """A phrase of the statement is read by both sides, in readings of its own point."""
    readings = tables.load("ceasefire_readings").set_index("reading_id")
    phrases = tables.load("ceasefire_phrases")
    for column, side in (("armenian", "armenia"), ("azerbaijani", "azerbaijan"), ("russian", "russia")):
        column = f"{column}_reading_id"
        for row, one in phrases[column].dropna().items():
            if tuple(readings.loc[one, ["point", "actor_id"]]) != (phrases["point"][row], side):
                message = f"{one} is no reading of point {phrases['point'][row]} by {names.actor(side)}; name one"
                yield Broken("ceasefire_phrases", row, column, message)


def the_statement_is_told_on_every_matter() -> Iterator[Broken]:
    """Of each matter of a full settlement it is told what the statement of 2020 says."""
    coverage = tables.load("settlement_coverage")
    told = set(coverage.loc[coverage["proposal_id"] == STATEMENT, "element_id"])
    for row, one in enumerate(tables.load("settlement_elements")["element_id"]):
        if one not in told:
            message = f"settlement_coverage does not tell what {STATEMENT} says of {one}; add a row there"
            yield Broken("settlement_elements", row, "element_id", message)


def every_link_has_a_state_from_the_first_day() -> Iterator[Broken]:
    """Each transport link has a state from the ceasefire of 1994 on."""
    states = tables.load("link_status").groupby("link_id")["from_date"].min()
    start = pd.Timestamp(PERIODS["background_1988_1994"][1])
    for row, one in enumerate(tables.load("transport_links")["link_id"]):
        if not states.get(one, pd.Timestamp.max) <= start:
            message = f"link_status has no state of {one} from {start:%Y-%m-%d} on; add it there"
            yield Broken("transport_links", row, "link_id", message)


# ---------------------------------------------------------------- questions and terms


def questions_can_be_answered() -> Iterator[Broken]:
    """A question has what its kind needs: options, a right answer or a function that computes it, and feedback."""
    options = tables.load("question_options")
    for row, question in tables.load("questions").iterrows():
        some = options[options["question_id"] == question["question_id"]]
        right = some["right"].fillna(False).astype(bool)
        placed = some["event_id"].notna() | some["place"].notna()
        paired = some["event_id"].notna() | some["partner"].notna()
        faults = {
            "single": (right.sum() != 1 or len(some) < 2, "one right option and at least one other"),
            "several": (right.sum() < 1 or right.all(), "at least one right option and one that is not"),
            "order": (placed.sum() < 3, "at least three options with an event_id or a place"),
            "match": (len(some) < 2 or not paired.all(), "at least two options, each with a partner or an event_id"),
            "number": (not isinstance(question["computed_by"], str), "a function's name in computed_by"),
            "text": (
                not question["accepted"] and not isinstance(question["computed_by"], str),
                "accepted words, or a function's name in computed_by",
            ),
            "poll": (len(some) < 2 or right.any(), "at least two options, none of them right"),
        }
        wrong, needed = faults[question["kind"]]
        if wrong:
            yield Broken("questions", row, "kind", f"“{question['kind']}” needs {needed}; add it or change the kind")
        if question["rests_on"] == "record" and not isinstance(question["confidence"], str):
            yield Broken(
                "questions", row, "confidence", "a question on the record needs a confidence; write two or one"
            )


def wrong_options_are_explained() -> Iterator[Broken]:
    """Every option of a question that a reader may wrongly choose says why it is off."""
    kind = tables.load("questions").set_index("question_id")["kind"]
    for row, option in tables.load("question_options").iterrows():
        asked = kind[option["question_id"]]
        choice = asked == "poll" or (asked in ("single", "several") and option["right"] is not True)
        stray = asked == "order" and pd.isna(option["place"]) and not isinstance(option["event_id"], str)
        if (choice or stray) and not isinstance(option["feedback"], str):
            yield Broken("question_options", row, "feedback", "the cell is empty; say why this option is off")


def usages_come_in_pairs() -> Iterator[Broken]:
    """A term that the sides use differently has both usages, in about equal space."""
    pair = ("armenian_usage", "azerbaijani_usage")
    for row, term in tables.load("glossary").iterrows():
        space = {column: len(term[column]) for column in pair if isinstance(term[column], str)}
        if len(space) == 1:
            missing = next(column for column in pair if column not in space)
            yield Broken("glossary", row, missing, "the other side's usage stands alone; add this one or remove both")
        elif space:
            yield from _unequal("glossary", row, pair[0], space, "the two usages")


# ---------------------------------------------------------------- dates


def events_lie_in_their_period() -> Iterator[Broken]:
    """An event's first day lies in its period."""
    events = tables.load("events")
    for row, (day, period) in enumerate(zip(events["date_start"], events["period"], strict=True)):
        first, last = PERIODS[period]
        if not first <= f"{day:%Y-%m-%d}" <= last:
            message = f"“{period}” runs from {first} to {last}, but the event is of {day:%Y-%m-%d}"
            yield Broken("events", row, "period", f"{message}; correct one of the two")


# (table, column of ids, column of the first day, column of the last day, table that holds the lifetimes)
LIVED = (
    ("events", "actor_ids", "date_start", "date_end", "actors"),
    ("events", "person_ids", "date_start", "date_end", "persons"),
    ("casualty_claims", "claimed_by", "as_of", "as_of", "actors"),
    ("positions", "actor_id", "from_date", "from_date", "actors"),
    ("track_standing", "actor_id", "from_date", "to_date", "actors"),
    ("prisoners", "mediator_ids", "date", "date", "actors"),
    ("mines", "claimed_by", "date", "date", "actors"),
)


def nobody_acts_outside_a_lifetime() -> Iterator[Broken]:
    """A date lies inside the time of the body or the office of the person that the row names."""
    for name, column, first, last, where in LIVED:
        rows, life = tables.load(name), _lifetimes(where)
        precision = rows.get("date_precision", pd.Series("day", index=rows.index))
        for row in rows.index:
            begin, end = _when(rows[first][row], rows[last][row], precision[row])
            ids = rows[column][row]
            for one in ids if isinstance(ids, tuple) else (ids,):
                yield from _outside(name, row, column, one, begin, end, life[one])
    meetings = tables.load("meetings").set_index("meeting_id")
    rows = tables.load("meeting_participants")
    for column, where in (("actor_id", "actors"), ("person_id", "persons")):
        life = _lifetimes(where)
        for row, one in rows[column].dropna().items():
            met = meetings.loc[rows["meeting_id"][row]]
            begin, end = _when(met["date_start"], met["date_end"], met["date_precision"])
            yield from _outside("meeting_participants", row, column, one, begin, end, life[one])


def meetings_lie_in_the_time_of_their_track() -> Iterator[Broken]:
    """A meeting, a proposal or a standing lies between the start and the end of its track."""
    tracks = tables.load("tracks").set_index("track_id")
    for name, column in (("meetings", "date_start"), ("proposals", "date"), ("track_standing", "from_date")):
        rows = tables.load(name)
        for row, (track, day) in enumerate(zip(rows["track_id"], rows[column], strict=True)):
            started, ended = tracks["started"][track], tracks["ended"][track]
            if day < started or day > ended:  # NaT is neither
                message = f"{day:%Y-%m-%d} lies outside the time of the track {track}; correct one of the two"
                yield Broken(name, row, column, message)


def meetings_say_who_was_together() -> Iterator[Broken]:
    """A meeting is called off in both `contact` and `outcome_kind`, and a statement alone brings nobody together."""
    rows = tables.load("meetings")
    off, alone = rows["outcome_kind"] == "cancelled", rows["level"] == "statement_only"
    wrong = (off != (rows["contact"] == "called_off")) | (alone & ~off & (rows["contact"] != "no_meeting"))
    for row in rows.index[wrong]:
        told = " and ".join(f"{column} “{rows[column][row]}”" for column in ("level", "outcome_kind"))
        yield Broken("meetings", row, "contact", f"“{rows['contact'][row]}” does not fit {told}; correct one of them")


def standings_do_not_overlap() -> Iterator[Broken]:
    """An actor has one standing towards a track at a time."""
    rows = tables.load("track_standing").sort_values("from_date")
    for _, spans in rows.groupby(["actor_id", "track_id"]):
        for (_, before), (row, after) in zip(spans.iloc[:-1].iterrows(), spans.iloc[1:].iterrows(), strict=True):
            if pd.isna(before["to_date"]) or before["to_date"] >= after["from_date"]:
                message = f"the standing from {before['from_date']:%Y-%m-%d} on has not ended by then; end it before"
                yield Broken("track_standing", row, "from_date", message)


def no_date_lies_ahead() -> Iterator[Broken]:
    """No event, claim or statement is dated after today."""
    today = pd.Timestamp.today()
    for name in tables.names():
        rows = tables.load(name)
        for field in tables.schema(name).fields:
            if field.type == "date" and not field.name.startswith("deadline"):
                for row in _where(rows[field.name] > today):
                    message = f"{rows[field.name][row]:%Y-%m-%d} lies in the future; correct it"
                    yield Broken(name, row, field.name, message)


def claims_hold_a_figure() -> Iterator[Broken]:
    """A casualty claim holds a figure or an end of a range."""
    claims = tables.load("casualty_claims")
    for row in _where(claims[["figure_low", "figure", "figure_high"]].isna().all(axis="columns")):
        yield Broken("casualty_claims", row, "figure", "the claim holds no figure; fill in one, or an end of a range")


def no_row_stands_twice() -> Iterator[Broken]:
    """No two rows of a table say the same under different ids."""
    for name in tables.names():
        table, rows = tables.schema(name), tables.load(name)
        told = [one for one in rows if one not in KEPT_APART and (len(table.key) > 1 or one not in table.key)]
        if name == "sources":
            told = ["title", "publisher", "published", "url"]
        for row in _where(rows[told].astype(str).duplicated()):
            yield Broken(name, row, told[0], "an earlier row says the same in all columns; remove one of the two")


# ---------------------------------------------------------------- words, names, places


def no_verdict_is_ours() -> Iterator[Broken]:
    """Loaded words stand only in attributed accounts or inside quotation marks."""
    words = loaded_words()
    for name, column, row, text in _texts("ours"):
        if found := dict.fromkeys(words.findall(_unquoted(text))):
            verdicts = listing([f"“{word}”" for word in found])
            message = f"{verdicts} would be a verdict in our own voice; say what happened, or who says so"
            yield Broken(name, row, column, message)


def both_names_stand_in_the_computed_order() -> Iterator[Broken]:
    """A place with two names carries both, in alphabetical order."""
    pairs = names.paired_forms()
    alone = re.compile("|".join(rf"(?<![\w/])(?:{re.escape(a)}|{re.escape(b)})(?![\w/])" for a, b in pairs))
    turned = re.compile("|".join(re.escape(f"{b}/{a}") for a, b in pairs))
    right = re.compile("|".join(re.escape(one) for one in ["/".join(pair) for pair in pairs] + [*NAMES_OF_TEXTS]))
    for name, column, row, text in _texts("ours", "attributed"):
        if found := turned.search(text):
            ordered = names.pair(*found[0].split("/"))
            yield Broken(name, row, column, f"“{found[0]}” is not in alphabetical order; write {ordered}")
        elif found := alone.search(right.sub("", _unquoted(text))):
            both = next("/".join(pair) for pair in pairs if found[0] in pair)
            yield Broken(name, row, column, f"“{found[0]}” stands alone, but the place has two names; write {both}")


def places_lie_where_they_can() -> Iterator[Broken]:
    """A place has both coordinates or none; only towns, meeting places and ends of links lie outside the region."""
    places, links = tables.load("places"), tables.load("transport_links")
    talks = tables.load("events").query("kind in ('mediation', 'agreement', 'ceasefire')")["place_ids"].explode()
    visited = {*tables.load("meetings")["place_id"], *talks, *links["from_place_id"], *links["to_place_id"]}
    for row, place in places.iterrows():
        if place[list(REGION)].isna().sum() == 1:
            yield Broken("places", row, "longitude", "one coordinate without the other; give both or none")
            continue
        for column, (least, most) in REGION.items():
            outside = not least <= place[column] <= most and not pd.isna(place[column])
            if outside and place["kind"] not in ("city", "town") and place["place_id"] not in visited:
                message = (
                    f"{place[column]} lies outside the region ({least} to {most}), where only towns, meeting places"
                )
                yield Broken("places", row, column, f"{message} and ends of links may lie; correct it, or the kind")


def claims_name_tables_and_chapters() -> Iterator[Broken]:
    """A claim of the founding article names tables and chapters that exist, the chapters from 0 to 10."""
    claims = tables.load("article_claims")
    for row, (named, chapters) in enumerate(zip(claims["table_names"], claims["chapters"], strict=True)):
        for one in set(named) - set(tables.names()):
            yield Broken("article_claims", row, "table_names", f"there is no table “{one}”; correct the name")
        for one in (one for one in chapters if int(one) > 10):
            yield Broken("article_claims", row, "chapters", f"there is no chapter {one}; write 0 to 10")


RULES: tuple[Rule, ...] = (
    every_row_can_be_looked_up,
    two_means_two,
    turning_points_are_sourced_twice,
    addresses_are_clean,
    no_address_stands_twice,
    no_source_is_idle,
    contested_events_have_both_accounts,
    positions_on_links_come_in_pairs,
    every_point_has_both_readings,
    accounts_are_short,
    truces_are_told_by_both_sides,
    claims_of_control_are_told_by_both_sides,
    incidents_have_reports_of_both_sides_and_of_others,
    every_area_has_a_holder_at_every_date,
    the_former_oblast_is_not_handed_over,
    every_commitment_has_a_status_at_every_date,
    phrases_are_read_by_both_sides,
    the_statement_is_told_on_every_matter,
    every_link_has_a_state_from_the_first_day,
    questions_can_be_answered,
    wrong_options_are_explained,
    usages_come_in_pairs,
    events_lie_in_their_period,
    nobody_acts_outside_a_lifetime,
    meetings_lie_in_the_time_of_their_track,
    meetings_say_who_was_together,
    standings_do_not_overlap,
    no_date_lies_ahead,
    claims_hold_a_figure,
    no_row_stands_twice,
    no_verdict_is_ours,
    both_names_stand_in_the_computed_order,
    places_lie_where_they_can,
    claims_name_tables_and_chapters,
)


# ---------------------------------------------------------------- helpers


def _where(mask: pd.Series) -> list[int]:
    return list(mask.index[mask.astype(bool)])


def _unquoted(text: str) -> str:
    return re.sub('“[^”]*”|"[^"]*"', "", text)


def _unequal(name: str, row: int, column: str, space: dict[str, int], what: str) -> Iterator[Broken]:
    if max(space.values()) > EQUAL_SPACE * min(space.values()):
        sizes = " and ".join(f"{size} ({one})" for one, size in space.items())
        message = f"{what} take {sizes} letters; the longer may have {EQUAL_SPACE} times the letters of the shorter"
        yield Broken(name, row, column, message)


def _texts(*voices: str) -> Iterator[tuple[str, str, int, str]]:
    """Yield table, column, row and text of every cell of free text in one of the voices."""
    for name in tables.names():
        rows = tables.load(name)
        for field in tables.schema(name).fields:
            free = field.type == "string" and not field.references and not set(field.constraints) & {"enum", "pattern"}
            free = free and not field.is_list
            if free and field.voice in voices and name != "sources":
                yield from ((name, field.name, row, text) for row, text in rows[field.name].dropna().items())


Span = tuple[pd.Timestamp, pd.Timestamp]


@cache
def _spread(day: str) -> Span:
    """Return the first and the last moment of a year, month or day.

    >>> _spread("2018-05")[1].day
    31
    """
    period = pd.Period(day)
    return period.start_time, period.end_time


def _lifetimes(name: str) -> dict[str, Span]:
    """Return the span of every actor or person; an open end is far away."""
    rows = tables.load(name)
    far = pd.Timestamp("1800-01-01"), pd.Timestamp("2100-01-01")
    spans = defaultdict(lambda: far)
    for one, begin, end in zip(rows.iloc[:, 0], rows["from_date"], rows["to_date"], strict=True):
        first = _spread(begin)[0] if isinstance(begin, str) else far[0]
        last = _spread(end)[1] if isinstance(end, str) else far[1]
        spans[one] = first, last
    return spans


def _when(first: pd.Timestamp, last: pd.Timestamp, precision: str) -> Span:
    """Return the span in which something happened, as wide as its precision makes it."""
    length = {"day": 10, "month": 7, "year": 4}[precision]
    last = first if pd.isna(last) else last
    return _spread(str(first)[:length])[0], _spread(str(last)[:length])[1]


def _outside(
    name: str, row: int, column: str, one: str, begin: pd.Timestamp, end: pd.Timestamp, life: Span
) -> Iterator[Broken]:
    if end < life[0] or begin > life[1]:
        span = f"{life[0]:%Y-%m-%d} to {life[1]:%Y-%m-%d}"
        message = f"{one} has the dates {span}, but the row is of {begin:%Y-%m-%d}; correct one of the two"
        yield Broken(name, row, column, message)
