"""Swim lanes: all meetings, one lane a track, and what came of each."""

from __future__ import annotations

import pandas as pd

from utils import meetings
from utils.chapters.mediation import lanes_chart
from utils.meetings import JOINT, SAID, years_text
from utils.scenes import Choice, Range, Scene
from utils.wording import count, listing

LEVELS = {  # choices of a reader: the levels they take in
    "all": "all, from envoys to leaders",
    "ministers": "ministers and leaders",
    "leaders": "leaders only",
}
Spans = dict[str, list[tuple[int, int]]]  # key of `LANES`: years, each span with its first and last
TAKEN_IN = {"ministers": ("leaders", "foreign_ministers"), "leaders": ("leaders",)}


def select_meetings(years: tuple[int, int], level: str) -> pd.DataFrame:
    """Return the meetings that begin in the years (both included), down to a level.

    Columns: those of `meetings.of_period`, and `look` (key of `lanes_chart.LOOKS`).
    """
    rows = meetings.of_period()
    rows = rows[rows["date_start"].dt.year.between(*years)]
    if level in TAKEN_IN:
        rows = rows[rows["level"].isin(TAKEN_IN[level])]
    return rows.assign(look=[lanes_chart.look_of(kind) for kind in rows["outcome_kind"]])


def leading(rows: pd.DataFrame) -> tuple[Spans, Spans]:
    """Return for each track (key of `LANES`) the years in which it alone met, and those in which it met most of several.

    Years are spans (first, last). Contacts outside the three tracks are left aside, and years with a tie.
    """
    rows = rows[rows["held"] & (rows["lane"] != "outside")]
    alone, most = {}, {}
    for year, some in rows.groupby(rows["date_start"].dt.year):
        sizes = some["lane"].value_counts()
        top = sizes[sizes == sizes.max()].index
        if len(top) > 1:
            continue
        spans = (alone if len(sizes) == 1 else most).setdefault(top[0], [])
        if spans and spans[-1][1] == year - 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return alone, most


def describe_lanes(rows: pd.DataFrame, years: tuple[int, int]) -> str:
    """Count the meetings by lane, say where the most were in each year, and what came of them."""
    if rows.empty:
        return f"Our table holds no meeting of this kind in {years_text(*years)}."
    sizes = rows["lane"].value_counts()
    lanes = listing(f"{sizes[one]} of {name}" for one, name in SAID.items() if one in sizes)
    told = f"{count(len(rows), 'mark')} in {years_text(*years)}: {lanes}. "
    alone, most = leading(rows)
    if alone:
        told += f"Only one of the three tracks met: {_in_years(alone)}. "
    if most:
        told += f"Where several met in a year, the most meetings were those of {_in_years(most)}. "
    joint = int(rows["outcome_kind"].isin(JOINT).sum())
    off = int((rows["outcome_kind"] == "cancelled").sum())
    return f"{told}{joint or 'No mark'} brought a text or a step that both sides agreed to; {off or 'none'} {'was' if off == 1 else 'were'} called off."


def _in_years(spans: Spans) -> str:
    return listing(f"{SAID[one]} in {listing(years_text(*span) for span in some)}" for one, some in spans.items())


def swim_lanes() -> Scene:
    """All meetings from 1992 to 2022 in three lanes, with contacts outside them in a fourth."""
    first = int(meetings.of_period()["date_start"].dt.year.min())
    last = meetings.PERIOD_END.year
    return Scene(
        id="mediation-lanes",
        question="Who brought the two sides together, and who did so most often, when?",
        rows=select_meetings,
        figure=lanes_chart.drawn,
        reading=describe_lanes,
        controls=(
            Range("years", "Years", first=first, last=last, value=(last - 4, last)),
            Choice("level", "Level", LEVELS),
        ),
        columns={
            "topic": "Meeting",
            "when": "Date",
            "place": "Place",
            "lane_name": "Lane",
            "level_name": "Level",
            "came": "What came of it",
            "confidence": "Confidence",
        },
        key="meeting_id",
        card=meetings.card,
        height=lanes_chart.HEIGHT,
        note="Each mark is a meeting, one that was called off, or a statement without a meeting; where a month was full, marks stand on each other. Large marks are leaders, middle ones "
        "foreign ministers, small ones all others. Outside the three tracks: talks without a mediator, those that the United "
        "States hosted, and Armenia with Turkey. A grey band is the war of 2020. The table holds the meetings that we found, not all that took place.",
    )
