"""The ladder of status: where each actor stood in public, from citizens like all others to statehood, and when."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import meetings, names, tables, theme
from utils.scenes import Card, Choice, Choices, Column, Panel, Scene, Statement, Step
from utils.wording import count, date_text, plain

RUNGS = {  # from the lowest to the highest
    1: "citizens like all others, no arrangement",
    2: "guaranteed rights and security, no form named",
    3: "self-rule in culture and local affairs",
    4: "wide self-rule inside Azerbaijan",
    5: "a status still to be settled",
    6: "a vote of its own, any result open",
    7: "statehood, or union with Armenia",
}
WRAPPED = {  # beside the chart
    1: "citizens like all<br>others, no arrangement",
    2: "guaranteed rights<br>and security",
    3: "self-rule in culture<br>and local affairs",
    4: "wide self-rule<br>inside Azerbaijan",
    5: "a status still<br>to be settled",
    6: "a vote of its own,<br>any result open",
    7: "statehood, or union<br>with Armenia",
}
ACTORS = ("armenia", "azerbaijan", "nk_authorities")
LOOKS = {  # colour, symbol, dash
    "armenia": (theme.ARMENIA, theme.PARTY_SYMBOL["armenia"], theme.PARTY_DASH["armenia"]),
    "azerbaijan": (theme.AZERBAIJAN, theme.PARTY_SYMBOL["azerbaijan"], theme.PARTY_DASH["azerbaijan"]),
    "nk_authorities": (theme.NEUTRAL, "hexagon", "dot"),
}
SPREAD = 0.2  # of a rung: actors stand a little apart where they share one
HEIGHT = 480
LATE = pd.Timestamp("2019-07-01")  # from here on the marks stand close
SPANS = {"all": "all years", "late": f"from {LATE.year} on"}


def marks() -> pd.DataFrame:
    """Return all marks, oldest first.

    Columns: those of `status_marks`; `actor_id`, `from_date`, `date_precision`, `speaker`, `position`, `source_ids`, `confidence`
    of the position that was judged; `actor`, `day`, `rung_name` (text: one rung, or from the lower to the higher).
    """
    said = tables.load("positions").set_index("position_id")
    rows = tables.load("status_marks")
    columns = ["actor_id", "from_date", "date_precision", "speaker", "position", "source_ids", "confidence"]
    rows = rows.join(said[columns], on="position_id")
    rows = rows.assign(
        actor=names.labels(rows["actor_id"]),
        day=[date_text(*pair) for pair in zip(rows["from_date"], rows["date_precision"], strict=True)],
        rung_name=[span_of(row.rung, row.rung_to) for row in rows.itertuples()],
    )
    rows = rows[rows["from_date"] <= meetings.PERIOD_END]
    return rows.sort_values(["from_date", "position_id"]).reset_index(drop=True)


def span_of(rung: int, rung_to) -> str:
    """Return the rung in words, or the two between which words leave room."""
    if pd.isna(rung_to) or rung_to == rung:
        return f"{rung}, {RUNGS[rung]}"
    return f"{rung} to {int(rung_to)}, from “{RUNGS[rung]}” to “{RUNGS[int(rung_to)]}”"


def select_marks(actors: tuple[str, ...]) -> pd.DataFrame:
    """Return the marks of the chosen actors, oldest first (columns as those of `marks`)."""
    rows = marks()
    return rows[rows["actor_id"].isin(actors)].reset_index(drop=True)


def days() -> dict[str, str]:
    """Return the days to step through: each day with a mark of one of the two states."""
    rows = marks()
    rows = rows[rows["actor_id"].isin(names.SIDES)].drop_duplicates("from_date")
    return {f"{row.from_date:%Y-%m-%d}": row.day for row in rows.itertuples()}


def last_word(rows: pd.DataFrame, actor: str, day: pd.Timestamp) -> pd.Series | None:
    """Return an actor's latest mark at a day, or None before its first."""
    mine = rows[(rows["actor_id"] == actor) & (rows["from_date"] <= day)]
    return None if mine.empty else mine.iloc[-1]


def ladder_figure(rows: pd.DataFrame, day: str, span: str) -> go.Figure:
    """Draw the marks over time, one step line an actor; a bar where words leave room for several rungs."""
    shown = [actor for actor in ACTORS if actor in set(rows["actor_id"])]
    shifts = {actor: ((len(shown) - 1) / 2 - place) * SPREAD for place, actor in enumerate(shown)}
    traces = [trace for actor in shown for trace in _of_actor(rows[rows["actor_id"] == actor], actor, shifts[actor])]
    traces.append(_key())
    first = marks()["from_date"].min() if span == "all" else LATE
    end = meetings.PERIOD_END
    edge = (end - first) * 0.03
    layout = dict(
        margin=dict(t=36, b=8),
        xaxis=dict(
            type="date",
            range=[first - edge, end + edge],
            dtick="M48" if span == "all" else "M12",
            tick0="2006-01-01",
            tickformat="%Y",
            tickfont=dict(size=12),
        ),
        yaxis=dict(
            range=[0.5, 7.5],
            tickvals=list(RUNGS),
            ticktext=[f"{text} <b>{rung}</b>" for rung, text in WRAPPED.items()],
            tickfont=dict(size=12),
            ticks="",
            zeroline=False,
        ),
        shapes=[_line(day)],
    )
    return go.Figure(dict(data=traces, layout=layout))


def _of_actor(rows: pd.DataFrame, actor: str, shift: float) -> list[dict]:
    """Return an actor's step line with its marks, and a bar for each mark that spans several rungs."""
    ink, symbol, dash = LOOKS[actor]
    places = (rows["rung"] + shift).tolist()
    line = dict(
        type="scatter",
        x=[*rows["from_date"], meetings.PERIOD_END],
        y=[*places, places[-1]],
        mode="lines+markers",
        name=plain(names.actor(actor)),
        line=dict(shape="hv", color=ink.light, width=2, dash=dash),
        marker=dict(symbol=symbol, size=[11] * len(rows) + [0], color=ink.light, opacity=1),
        customdata=[*rows["position_id"], None],
        hovertext=[*(plain(f"{row.day}, {row.speaker}: {row.rung_name}") for row in rows.itertuples()), ""],
        hoverinfo="text",
    )
    wide = rows[rows["rung_to"].notna()]
    bars = [
        dict(
            type="scatter",
            x=[row.from_date, row.from_date],
            y=[row.rung + shift, row.rung_to + shift],
            mode="lines",
            line=dict(color=ink.light, width=5),
            opacity=1,
            hoverinfo="skip",
            showlegend=False,
        )
        for row in wide.itertuples()
    ]
    return [line, *bars]


def _key() -> dict:
    """Return the entry of the bars in the legend."""
    line = dict(color=theme.TEXT.light, width=5)
    return dict(type="scatter", x=[None], y=[None], mode="lines", name="words that leave several rungs open", line=line)


def _line(day: str) -> dict:
    line = dict(color=theme.TEXT.light, width=1.5, dash="dot")
    return dict(type="line", x0=day, x1=day, yref="paper", y0=0, y1=1, line=line, layer="below")


def describe_ladder(rows: pd.DataFrame, actors: tuple[str, ...], day: str) -> str:
    """Say where each chosen actor stood at the day, and on which rungs its first and its last mark are."""
    if rows.empty:
        return "Choose at least one actor."
    when = pd.Timestamp(day)
    told = []
    for actor in (one for one in ACTORS if one in actors):
        now = last_word(rows, actor, when)
        told.append(
            f"{names.actor(actor)}: " + ("no mark yet" if now is None else f"rung {now['rung_name']} ({now['day']})")
        )
    ends = [_ends(rows[rows["actor_id"] == actor], actor) for actor in ACTORS if actor in actors]
    return (
        f"{days().get(day, date_text(when))}. {'. '.join(told)}. First and last marks in our table: {'; '.join(ends)}."
    )


def _ends(mine: pd.DataFrame, actor: str) -> str:
    """Return the rungs of an actor's first and last mark with their years."""
    first, last = (
        f"{row.rung}{'' if pd.isna(row.rung_to) else f' to {int(row.rung_to)}'} ({row.from_date.year})"
        for row in mine.iloc[[0, -1]].itertuples()
    )
    return f"{names.within(actor)} {first} and {last}"


def words_behind(rows: pd.DataFrame, actors: tuple[str, ...], day: str) -> list[Panel]:
    """Return the words behind the marks at the day: of both states side by side, and of the de facto authorities below.

    Both states have a column whoever is chosen, so that neither is read alone; none is shown where nobody is.
    """
    if not actors:
        return []
    when, everything = pd.Timestamp(day), marks()
    columns = {one: Column(names.actor(one), _words(last_word(everything, one, when))) for one in ACTORS}
    below = columns["nk_authorities"] if "nk_authorities" in actors else None
    return [Panel("What each side said, in our words", *(columns[one] for one in names.SIDES), below=below, open=True)]


def _words(mark: pd.Series | None) -> tuple[Statement, ...]:
    if mark is None:
        return (Statement("No mark in our table up to this day."),)
    said = Statement(mark["position"], mark["speaker"], mark["day"], mark["source_ids"], mark["confidence"])
    return (said, Statement(f"Rung {mark['rung_name']}. Why: {mark['reason']}", "Our judgement"))


def card(position_id: str) -> Card:
    """Return the card of a mark: the words, the rung and the reason for it. Raise `KeyError` for an unknown one."""
    mark = marks().set_index("position_id").loc[position_id]
    position = tables.load("positions").set_index("position_id").loc[position_id]
    room = position["flexibility"]
    judged = (
        ()
        if pd.isna(room)
        else (("Room that the words leave", f"{int(room)} of 4, our judgement: {position['judgement_reason']}"),)
    )
    red_line = (("Ruled out by the speaker", position["red_line"]),) if isinstance(position["red_line"], str) else ()
    return Card(
        title=f"{mark['actor']}: rung {mark['rung_name']}",
        date=mark["day"],
        facts=(
            ("Row", f"positions, {position_id}"),
            ("Speaker", mark["speaker"]),
            ("Our judgement of the rung", mark["reason"]),
            *judged,
            *red_line,
        ),
        text=mark["position"],
        source_ids=mark["source_ids"],
        confidence=mark["confidence"],
        note=position["note"] if isinstance(position["note"], str) else "",
    )


def status_ladder() -> Scene:
    """The public place of each side on a ladder of seven rungs, over time."""
    steps = days()
    return Scene(
        id="positions-ladder",
        question="Status: on which rung did each side stand in public, and when did it move?",
        rows=select_marks,
        figure=ladder_figure,
        reading=describe_ladder,
        panels=words_behind,
        controls=(
            Choices("actors", "Whose marks", dict(zip(ACTORS, names.labels(ACTORS), strict=True)), value=names.SIDES),
            Step("day", "Day", steps, value=list(steps)[-1]),
            Choice("span", "Years", SPANS),
        ),
        columns={
            "actor": "Who",
            "day": "Day",
            "speaker": "Speaker",
            "rung_name": "Rung",
            "position": "What was said",
            "reason": "Why this rung",
            "confidence": "Confidence",
        },
        key="position_id",
        card=card,
        height=HEIGHT,
        note=f"{count(len(RUNGS), 'rung')} from “citizens like all others” to statehood. A rung is our judgement of words said in public, with its reason; it does "
        "not say what a side would have signed. No rung is the right one, and to move is neither a merit nor a fault. A thick bar: words that leave several rungs open; the line follows the lowest.",
    )
