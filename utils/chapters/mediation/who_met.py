"""Who met whom: how often each pair of actors sat at one table, by period."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import axes, events, meetings, names, tables, theme
from utils.scenes import Card, Choice, Scene
from utils.wording import count, date_text, listing, plain

ACTORS = ("armenia", "azerbaijan", "nk_authorities", "russia", "france", "usa", "osce", "eu", "turkey", "georgia")
SHORT = ("Arm.", "Azer.", "de<br>facto", "Rus.", "Fra.", "US", "OSCE", "EU", "Tur.", "Geo.")  # under narrow columns
ROW, HEAD = 38, 44  # px
HEIGHT = HEAD + ROW * len(ACTORS) + 16
LARGEST, SMALLEST = 16, 4  # px, width of a disc
LEFT, BESIDE = 0.18, 5  # of a column: how far left of its middle a disc stands; px between a disc and its number


def periods() -> dict[str, tuple[str, pd.Timestamp, pd.Timestamp]]:
    """Return the periods: key to (label, first day, last day), cut at the full co-chairmanship and at the ceasefire."""
    began = events.moment("minsk_conference_1992")
    troika = pd.Timestamp("1997-02-14")  # row 1997-02-14_not_applicable_minsk of `meetings`
    ended = events.moment("trilateral_statement_2020")
    day = pd.Timedelta(days=1)
    return {
        "early": (f"{began.year} to the three co-chairs of 1997", began, troika - day),
        "cochairs": ("the three co-chairs, 1997 to 2020", troika, ended - day),
        "after": (f"after the ceasefire, {ended.year} to {meetings.PERIOD_END.year}", ended, meetings.PERIOD_END),
    }


def select_meetings(period: str) -> pd.DataFrame:
    """Return who was at one table, or in one call, in a period, one row an actor and meeting.

    Columns: `meeting_id`, `actor_id`, `actor`, `topic`, `when`, `place`, `lane_name`, `date_start`, `source_ids`, `confidence`.
    """
    _, first, last = periods()[period]
    met = meetings.at_one_table()
    met = met[met["date_start"].between(first, last)]
    there = tables.load("meeting_participants")[["meeting_id", "actor_id"]].drop_duplicates()
    there = there[there["actor_id"].isin(ACTORS)]
    columns = ["meeting_id", "topic", "when", "place", "lane_name", "date_start", "source_ids", "confidence"]
    rows = met[columns].merge(there, on="meeting_id")
    return rows.assign(actor=names.labels(rows["actor_id"]))


def together(rows: pd.DataFrame) -> pd.DataFrame:
    """Return at how many meetings each pair of actors was (index and columns: actors; on the diagonal, one's own)."""
    there = pd.crosstab(rows["meeting_id"], rows["actor_id"]).clip(upper=1).reindex(columns=list(ACTORS), fill_value=0)
    return there.T.dot(there)


def matrix_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw a disc for each pair, below the diagonal, with its number; hollow on the diagonal: an actor's own meetings."""
    table = together(rows)
    cells = [
        (row, column, int(table.iat[row, column]))
        for row in range(len(ACTORS))
        for column in range(row + 1)
        if table.iat[row, column]
    ]
    most = max((many for *_, many in cells), default=1)
    sizes = [max(SMALLEST, LARGEST * (many / most) ** 0.5) for *_, many in cells]
    last = len(ACTORS) - 0.4
    layout = dict(
        margin=dict(t=8, b=HEAD),
        xaxis=axes.columns(SHORT, side="bottom", range=[-0.6, last]),
        yaxis=axes.lines([plain(one) for one in names.labels(ACTORS)], showgrid=False, range=[last, -0.6]),
        annotations=[
            *(_number(*cell, size) for cell, size in zip(cells, sizes, strict=True)),
            *(_number(place, place, 0, 0) for place in range(len(ACTORS)) if not table.iat[place, place]),
        ],
    )
    return go.Figure(dict(data=[_discs(cells, sizes)], layout=layout))


def _discs(cells: list[tuple[int, int, int]], sizes: list[float]) -> dict:
    """Return a disc for each cell (row, column, meetings), of so many px."""
    symbols = ["circle-open" if row == column else "circle" for row, column, _ in cells]
    ink = theme.NEUTRAL.light
    return dict(
        type="scatter",
        x=[column - LEFT for _, column, _ in cells],
        y=[row for row, _, _ in cells],
        mode="markers",
        customdata=[f"{ACTORS[row]}/{ACTORS[column]}" for row, column, _ in cells],
        hovertext=[plain(_told(ACTORS[row], ACTORS[column], many)) for row, column, many in cells],
        hoverinfo="text",
        marker=dict(symbol=symbols, size=sizes, color=ink, opacity=1, line=dict(width=1.5, color=ink)),
        showlegend=False,
    )


def _told(one: str, other: str, many: int) -> str:
    if one == other:
        return f"{names.actor(one)}: {count(many, 'meeting')}"
    return f"{names.actor(other)} and {names.actor(one)}: {count(many, 'meeting')}"


def _number(row: int, column: int, many: int, size: float) -> dict:
    """Return the number of a cell, right of its disc of so many px."""
    at = dict(x=column - LEFT, y=row, xanchor="left", xshift=size / 2 + BESIDE, showarrow=False)
    at |= dict(borderpad=0, font=dict(size=12, color=theme.TEXT.light))
    return at | dict(text=str(many) if row == column else f"<b>{many}</b>")


def describe_matrix(rows: pd.DataFrame, period: str) -> str:
    """Say how often the two sides met with each other, who was with them most, and who was not at any table."""
    table = together(rows)
    both = int(table.at["armenia", "azerbaijan"])
    _, first, last = periods()[period]
    told = f"From {date_text(first)} to {date_text(last)}, Armenia and Azerbaijan sat at one table {count(both, 'time')} in our records. "
    pairs = rows[rows["meeting_id"].isin(meetings.of_both_sides()["meeting_id"])]
    others = pairs[~pairs["actor_id"].isin(["armenia", "azerbaijan"])]["actor_id"].value_counts()
    if len(others):
        told += f"With them: {listing(f'{names.within(one)} ({many})' for one, many in others.items())}. "
    absent = [one for one in ACTORS if not table.at[one, one]]
    return told + (
        f"Not named at any table: {listing(names.labels(absent, names.within))}."
        if absent
        else "Each of these actors is named at some table."
    )


def card(key: str) -> Card:
    """Return the card of a pair, such as "azerbaijan/armenia", with the meetings at which both were, or of one meeting.

    Raise `KeyError` for an unknown one.
    """
    if "/" not in key:
        return meetings.card(key)
    one, other = key.split("/")
    met = pd.concat([select_meetings(period) for period in periods()])
    shared = set(met[met["actor_id"] == one]["meeting_id"]) & set(met[met["actor_id"] == other]["meeting_id"])
    if not shared:
        raise KeyError(key)
    rows = met[met["meeting_id"].isin(shared)].drop_duplicates("meeting_id").sort_values("date_start")
    latest = rows.tail(12)
    return Card(
        title=names.actor(one) if one == other else f"{names.actor(other)} and {names.actor(one)}",
        date=f"{count(len(rows), 'meeting')}, {rows['when'].iloc[0]} to {rows['when'].iloc[-1]}",
        facts=tuple((row.when, f"{row.place}: {row.topic} ({row.lane_name})") for row in latest.itertuples()),
        text="" if len(rows) == len(latest) else f"The last {len(latest)} of them; the rows below the chart have all.",
        source_ids=tuple(dict.fromkeys(one for ids in latest["source_ids"] for one in ids)),
    )


def who_met_whom() -> Scene:
    """Pairs of actors at one table, by period."""
    return Scene(
        id="mediation-pairs",
        question="Who sat at the table, and who no longer does?",
        rows=select_meetings,
        figure=matrix_figure,
        reading=describe_matrix,
        controls=(Choice("period", "Time", {key: label for key, (label, *_) in periods().items()}, value="after"),),
        columns={
            "topic": "Meeting",
            "when": "Date",
            "place": "Place",
            "lane_name": "Lane",
            "actor": "Took part",
            "confidence": "Confidence",
        },
        key="meeting_id",
        card=card,
        height=HEIGHT,
        note="Number and area of a disc: meetings at which both were; hollow, on the diagonal: at how many an actor was. For the first "
        "rounds of the Minsk Group our records name the CSCE or OSCE, and not each of its states. A meeting that we did not find is not counted; to sit at a table is not to have a say.",
    )
