"""Who talked about what in which room: questions by track, as the rows of the meetings tell."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import axes, meetings, tables, theme
from utils.meetings import LANE_INK, LANES, SAID
from utils.scenes import Card, Choice, Scene
from utils.wording import count, listing, number, plain, times, wrapped

WEIGHTS = {"all": "raised or agreed", "agreed": "agreed only"}
ROUTES = {
    "raised": "raised, nothing agreed",
    "agreed": "something agreed",
    "agreed_by_host": "something agreed, as the host alone tells it",
}
TIMES = {"all": "November 2020 to December 2022", "2021": "to the end of 2021", "2022": "2022 alone"}
QUESTIONS = (  # in the order of the rows
    "transport_link",
    "border_delimitation",
    "peace_treaty",
    "prisoners_mines",
    "security_guarantees_2020",
    "corridor",
    "peacekeepers",
    "return_of_displaced",
    "cultural_heritage",
    "surrounding_territories",
    "status_of_nk",
)
SHORT = {
    "transport_link": "Transport links",
    "border_delimitation": "Border",
    "peace_treaty": "Peace treaty",
    "prisoners_mines": "Prisoners, mine maps",
    "security_guarantees_2020": "Security and rights",
    "corridor": "Berdzor/Lachin road",
    "peacekeepers": "Peacekeepers",
    "return_of_displaced": "Return of the displaced",
    "cultural_heritage": "Heritage",
    "surrounding_territories": "Districts around the former oblast",
    "status_of_nk": "Status of Nagorno-Karabakh",
}
ENOUGH = 3  # meetings or statements that a question needs before a room counts as its home
ROW, HEAD = 38, 62  # px
HEIGHT = HEAD + ROW * len(QUESTIONS) + 40


def select_rooms(weight: str, time: str) -> pd.DataFrame:
    """Return which questions the meetings and statements after the ceasefire of 2020 dealt with, one row each and question.

    Columns: those of `meeting_issues`; `question`, `room` (lane in words), `lane`, `when`, `date_start`, `place`,
    `weight_name`, `source_ids`, `confidence` (of the meeting); `key` (question and lane: for the card).
    """
    rows = tables.load("meeting_issues")
    met = meetings.of_period().set_index("meeting_id")
    rows = rows[rows["meeting_id"].isin(met.index)]
    of = met.loc[rows["meeting_id"]]
    rows = rows.assign(
        question=rows["issue_id"].map(SHORT),
        lane=of["lane"].tolist(),
        room=of["lane_name"].tolist(),
        when=of["when"].tolist(),
        date_start=of["date_start"].tolist(),
        place=of["place"].tolist(),
        weight_name=rows["weight"].map(ROUTES),
        source_ids=of["source_ids"].tolist(),
        confidence=of["confidence"].tolist(),
        key=rows["issue_id"] + "/" + of["lane"].to_numpy(),
    )
    if weight == "agreed":
        rows = rows[rows["weight"] != "raised"]
    if time != "all":
        rows = rows[(rows["date_start"].dt.year == 2022) == (time == "2022")]
    order = rows["issue_id"].map(QUESTIONS.index)
    return rows.assign(order=order).sort_values(["order", "date_start"]).drop(columns="order").reset_index(drop=True)


def sizes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many meetings and statements dealt with each question in each room (index: questions; columns: lanes)."""
    return pd.crosstab(rows["issue_id"], rows["lane"]).reindex(index=QUESTIONS, columns=list(LANES), fill_value=0)


def rooms_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw a disc for each question and room: its area and its number are the meetings and statements."""
    table = sizes(rows)
    labels = [f"<b>{plain(name).replace(' ', '<br>')}</b>" for name in LANES.values()]
    layout = dict(
        margin=dict(t=HEAD - 20, b=8),
        xaxis=axes.columns(labels, range=[-0.5, len(labels) - 0.35]),
        yaxis=axes.lines([wrapped(SHORT[one], 18) for one in QUESTIONS]),
        annotations=_numbers(table),
    )
    return go.Figure(dict(data=[_discs(table[lane], column) for column, lane in enumerate(table)], layout=layout))


def _discs(lane: pd.Series, column: int) -> dict:
    """Return the discs of a lane: how many meetings by question, those with none left out."""
    there = lane[lane > 0]
    ink = LANE_INK[lane.name].light
    return dict(
        type="scatter",
        x=[column] * len(there),
        y=[QUESTIONS.index(one) for one in there.index],
        mode="markers",
        marker=dict(size=[_size(many) for many in there], color=ink, opacity=1, line=dict(width=0)),
        customdata=[f"{one}/{lane.name}" for one in there.index],
        hovertext=[plain(f"{SHORT[one]}, {LANES[lane.name]}: {number(int(many))}") for one, many in there.items()],
        hoverinfo="text",
        showlegend=False,
    )


def _size(many: int) -> float:
    """Return the width of a disc in px: its area grows with the meetings."""
    return 8.5 * many**0.5


def _numbers(table: pd.DataFrame) -> list[dict]:
    """Return the number of each disc, right of it, and a small 0 where there is none."""
    return [
        dict(
            x=column,
            y=row,
            text=f"<b>{table.iat[row, column]}</b>" if table.iat[row, column] else "0",
            xshift=_size(table.iat[row, column]) / 2 + 4 if table.iat[row, column] else 0,
            xanchor="left" if table.iat[row, column] else "center",
            bgcolor=None if table.iat[row, column] else theme.PAGE.light,
            showarrow=False,
            font=dict(size=12, color=theme.TEXT.light if table.iat[row, column] else theme.NEUTRAL.light),
        )
        for row in range(len(table))
        for column in range(table.shape[1])
    ]


def at_home(table: pd.DataFrame) -> dict[str, list[str]]:
    """Return for each lane the questions that it dealt with more often than any other, of those with `ENOUGH` meetings."""
    homes: dict[str, list[str]] = {}
    for lane in LANES:
        ahead = (table[lane] > table.drop(columns=lane).max(axis=1)) & (table.sum(axis=1) >= ENOUGH)
        if ahead.any():
            homes[lane] = table.index[ahead].tolist()
    return homes


def describe_rooms(rows: pd.DataFrame, weight: str, time: str) -> str:
    """Say for each question of several meetings in which room it was most at home, and what became of status."""
    if rows.empty:
        return "No meeting of this kind is in our table."
    table = sizes(rows)
    many = rows["meeting_id"].nunique()
    dealt = "dealt with" if weight == "all" else "came to something agreed on"
    told = f"{count(many, 'meeting or statement', 'meetings and statements')} "
    told += "whose questions we know. " if weight == "all" else "at which something was agreed"
    if weight == "agreed":
        by_host = rows.groupby("meeting_id")["weight"].agg(lambda ways: (ways == "agreed_by_host").all()).sum()
        told += f", {by_host} of them as the host alone tells it. " if by_host else ". "
    homes = [
        f"{SAID[lane]} {dealt} {listing(f'“{SHORT[one]}”' for one in some)} more often than any other room"
        for lane, some in at_home(table).items()
    ]
    if homes:
        told += f"Of the questions that came up {ENOUGH} times or more, {'; '.join(homes)}. "
    return told + _on_status(select_rooms("all", time), weight)


def _on_status(rows: pd.DataFrame, weight: str) -> str:
    """Say in which rooms status was raised, and whether anything was agreed on it."""
    rows = rows[rows["issue_id"] == "status_of_nk"]
    where = rows["lane"].value_counts(sort=False)
    each = "" if len(where) == 1 else "{} "  # one room alone needs no count of its own
    rooms = listing(f"{each.format(times(many))}in {SAID[lane]}" for lane, many in where.items())
    came_up = f"status came up {times(len(rows))}, {rooms}" if len(rows) else "status never came up"
    agreed = int((rows["weight"] != "raised").sum())
    if weight == "all":
        return f"{came_up[0].upper()}{came_up[1:]}."
    return f"Agreed on status: {agreed or 'nothing'}; {came_up}."


def card(key: str) -> Card:
    """Return the card of a question in a room, such as "transport_link/eu". Raise `KeyError` for an unknown one."""
    issue_id, lane = key.split("/")
    issue = tables.load("issues").set_index("issue_id").loc[issue_id]
    rows = select_rooms("all", "all")
    rows = rows[(rows["issue_id"] == issue_id) & (rows["lane"] == lane)]
    if rows.empty:
        raise KeyError(key)
    return Card(
        title=f"{issue['title']}: {LANES[lane]}",
        facts=tuple((row.when, f"{row.told} ({row.weight_name}; {row.place})") for row in rows.itertuples()),
        text=issue["question"],
        source_ids=tuple(dict.fromkeys(one for ids in rows["source_ids"] for one in ids)),
    )


def who_talked_about_what() -> Scene:
    """Questions by room: where each was dealt with after the ceasefire of 2020."""
    return Scene(
        id="mediation-rooms",
        question="Who talked about what, and in which room?",
        rows=select_rooms,
        figure=rooms_figure,
        reading=describe_rooms,
        controls=(Choice("weight", "Count meetings where it was", WEIGHTS), Choice("time", "Time", TIMES)),
        columns={
            "question": "Question",
            "room": "Room",
            "when": "Meeting",
            "place": "Place",
            "weight_name": "How",
            "told": "What",
            "confidence": "Confidence",
        },
        key="key",
        card=card,
        height=HEIGHT,
        note="A number counts meetings and statements whose row in our table names the question; the coding is ours. What was said behind closed "
        "doors is not in it. Agreed means that both sides agreed on something about the question, be it a step or a text; at some meetings only the text of the host says so, as the rows tell.",
    )
