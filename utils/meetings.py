"""The meetings as readers meet them: three tracks and the contacts outside them, rows ready for a chart, and the card of one."""

from __future__ import annotations

import pandas as pd

from utils import names, tables, theme
from utils.atlas.base import locator
from utils.scenes.cards import Card
from utils.wording import listing, span_text

PERIOD_END = pd.Timestamp("2022-12-31")  # of the pack; later rows belong to its epilogue
TRACKS = ("minsk", "trilateral", "eu")  # the three of the article
LANES = {"minsk": "Minsk Group", "trilateral": "Russia's track", "eu": "EU track", "outside": "Outside them"}
SAID = {  # the lanes in a sentence
    "minsk": "the Minsk Group",
    "trilateral": "Russia's track",
    "eu": "the EU track",
    "outside": "contacts outside them",
}
LANE_INK = {
    "minsk": theme.MINSK_TRACK,
    "trilateral": theme.RUSSIA_TRACK,
    "eu": theme.EU_TRACK,
    "outside": theme.NEUTRAL,
}
LEVELS = {
    "leaders": "leaders",
    "foreign_ministers": "foreign ministers",
    "deputy_prime_ministers": "deputy prime ministers",
    "security_council_secretaries": "security advisers",
    "special_envoys": "envoys",
    "border_commissions": "border commissions",
    "statement_only": "a statement, no meeting",
}
OUTCOMES = {
    "agreement": "an agreed step",
    "joint_statement": "a joint text",
    "mediators_statement": "a text of the hosts alone",
    "process_step": "a step in the talks",
    "no_result": "no published result",
    "cancelled": "called off",
}
JOINT = ("agreement", "joint_statement")  # both sides agreed to it


def of_period() -> pd.DataFrame:
    """Return the meetings up to the end of 2022, oldest first, those called off and statements without a meeting too.

    Columns: those of `meetings`; `lane` (key of `LANES`), `lane_name`, `track` (name), `place`, `when`, `level_name`,
    `came` (kind of outcome), all as text; `held` (bool: people met or were in a call, if only with the mediator).
    """
    rows = tables.load("meetings")
    rows = rows[rows["date_start"] <= PERIOD_END].sort_values(["date_start", "meeting_id"])
    tracks = tables.load("tracks").set_index("track_id")["name"]
    lane = rows["track_id"].where(rows["track_id"].isin(list(LANES)), "outside")
    spans = zip(rows["date_start"], rows["date_end"], rows["date_precision"], strict=True)
    return rows.assign(
        lane=lane,
        lane_name=lane.map(LANES),
        track=rows["track_id"].map(tracks),
        place=names.labels(rows["place_id"], names.place),
        when=[span_text(*span) for span in spans],
        level_name=rows["level"].map(LEVELS),
        came=rows["outcome_kind"].map(OUTCOMES),
        held=rows["contact"].isin(["together", "apart"]),
    )


def talks() -> pd.DataFrame:
    """Return the meetings of the period at which people met; columns as those of `of_period`."""
    rows = of_period()
    return rows[rows["held"]]


def at_one_table() -> pd.DataFrame:
    """Return the talks at which those named sat at one table, or in one call; columns as those of `of_period`."""
    rows = of_period()
    return rows[rows["contact"] == "together"]


def of_both_sides() -> pd.DataFrame:
    """Return the talks at which Armenia and Azerbaijan sat at one table, or in one call; columns as those of `of_period`."""
    present = tables.load("meeting_participants").groupby("meeting_id")["actor_id"].agg(set)
    rows = at_one_table()
    return rows[rows["meeting_id"].map(present).map({"armenia", "azerbaijan"}.issubset)]


def took_part(meeting_id: str) -> list[str]:
    """Return who took part in a meeting: persons where the table names them, else states and bodies."""
    rows = tables.load("meeting_participants")
    rows = rows[rows["meeting_id"] == meeting_id]
    return [
        f"{names.person(row.person_id)} ({names.actor(row.actor_id)})"
        if isinstance(row.person_id, str)
        else names.actor(row.actor_id)
        for row in rows.itertuples()
    ]


def years_text(first: int, last: int) -> str:
    """Return a span of years: "2021", or "2018 to 2022"."""
    return f"{first}" if first == last else f"{first} to {last}"


def card(meeting_id: str) -> Card:
    """Return the card of a meeting. Raise `KeyError` for an unknown id."""
    row = of_period().set_index("meeting_id").loc[meeting_id]
    agreed = (("Agreed", row["agreed_points"]),) if isinstance(row["agreed_points"], str) else ()
    who = took_part(meeting_id)
    return Card(
        title=f"{row['place']}: {row['topic']}" if row["place_id"] != "not_applicable" else row["topic"],
        date=row["when"],
        facts=(
            ("Row", f"meetings, {meeting_id}"),
            ("Track", row["track"]),
            ("Level", row["level_name"]),
            *((("Who", listing(who)),) if who else ()),
            ("What came of it", row["came"]),
            *agreed,
        ),
        text=row["outcome"],
        source_ids=row["source_ids"],
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
        chart=locator((row["place_id"],)),
    )
