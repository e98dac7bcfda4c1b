"""How each actor stood towards a track over time; “defunct” depends on who speaks."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import axes, meetings, names, tables, theme
from utils.grid import Look
from utils.meetings import SAID
from utils.scenes import Card, Choice, Scene, Step
from utils.wording import date_text, listing, plain

STANCES = {
    "leads": Look("L", "leads or hosts", theme.TEXT),
    "committed": Look("B", "backs it, at least in words", theme.NEUTRAL),
    "participates": Look("P", "takes part", theme.BAND),
    "sceptical": Look("S", "sceptical", theme.PAGE, "."),
    "refuses": Look("R", "turns it down", theme.PAGE, "/"),
    "declares_defunct": Look("D", "says that it has ended", theme.PAGE, "x"),
    "absent": Look("A", "no part in it", theme.PAGE),
}
TRACKS = {
    "minsk": "OSCE Minsk Group",
    "trilateral": "Russia's trilateral track",
    "eu": "EU track",
    "other_us_led": "talks hosted by the United States",
}
IN_SENTENCE = SAID | {"other_us_led": "the talks hosted by the United States"}
NEEDED = {  # without whom a track cannot meet: the two sides and its hosts
    "minsk": ("armenia", "azerbaijan", "france", "russia", "usa"),
    "trilateral": ("armenia", "azerbaijan", "russia"),
    "eu": ("armenia", "azerbaijan", "eu"),
    "other_us_led": ("armenia", "azerbaijan", "usa"),
}
DAYS = ("2020-09-26", "2021-12-31", "2022-03-31", "2022-09-30", "2022-12-31")
ORDER = (
    "armenia",
    "azerbaijan",
    "nk_authorities",
    "russia",
    "france",
    "usa",
    "eu",
    "turkey",
    "osce",
    "un",
    "georgia",
    "iran",
)
FIRST = pd.Timestamp("2020-07-01")  # where the chart begins: earlier stances are drawn from its edge
ROW, HEAD, LEGEND = 34, 44, 84  # px


def select_stances(track: str) -> pd.DataFrame:
    """Return all stances towards a track, by actor and time; the chart leaves out those that ended before its first day.

    Columns: those of `track_standing`, and `actor` (name), `stance_name`, `since`, `until` (text), `until_day` (Timestamp,
    the end of the period where none is given), `key` (actor, track and first day: for the card).
    """
    rows = tables.load("track_standing")
    rows = rows[(rows["track_id"] == track) & (rows["from_date"] <= meetings.PERIOD_END)]
    until = rows["to_date"].fillna(meetings.PERIOD_END).clip(upper=meetings.PERIOD_END)
    rows = rows.assign(
        actor=names.labels(rows["actor_id"]),
        stance_name=[STANCES[one].name for one in rows["stance"]],
        since=[date_text(*pair) for pair in zip(rows["from_date"], rows["date_precision"], strict=True)],
        until=["the end of 2022 and on" if pd.isna(day) else date_text(day) for day in rows["to_date"]],
        until_day=until,
        key=rows["actor_id"] + "/" + rows["track_id"] + "/" + rows["from_date"].dt.strftime("%Y-%m-%d"),
        place=rows["actor_id"].map(ORDER.index),
    )
    return rows.sort_values(["place", "from_date"]).drop(columns="place").reset_index(drop=True)


def at(rows: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Return the stance of each actor at a day (index: actor id); actors without a row at that day are left out."""
    rows = rows[(rows["from_date"] <= day) & (rows["until_day"] >= day)]
    return rows.set_index("actor_id")["stance"]


def stances_figure(rows: pd.DataFrame, day: str) -> go.Figure:
    """Draw a bar for each stance along the time, a line for each actor; letter and pattern name the stance."""
    shown = rows[rows["until_day"] >= FIRST]
    actors = list(dict.fromkeys(shown["actor_id"]))
    traces = [_bars(shown[shown["stance"] == one], actors, look) for one, look in STANCES.items()]
    layout = dict(
        barmode="overlay",
        margin=dict(t=HEAD, b=LEGEND),
        xaxis=dict(
            type="date",
            side="top",
            range=[FIRST, meetings.PERIOD_END],
            dtick="M6",
            tick0="2020-07-01",
            tickformat="%b<br>%Y",
            tickfont=dict(size=12),
        ),
        yaxis=axes.lines([plain(one) for one in names.labels(actors)], showgrid=False),
        shapes=[_line(day)],
        annotations=_letters(shown, actors),
        legend=dict(y=-0.02, yanchor="top"),
    )
    return go.Figure(dict(data=traces, layout=layout))


def _bars(some: pd.DataFrame, actors: list[str], look: Look) -> dict:
    start = some["from_date"].clip(lower=FIRST)
    length = (some["until_day"] - start) / pd.Timedelta(milliseconds=1)
    pattern = dict(shape=look.pattern, fillmode="overlay", fgcolor=look.ink.light, fgopacity=1, size=7, solidity=0.22)
    return dict(
        type="bar",
        orientation="h",
        y=[actors.index(one) for one in some["actor_id"]] or [None],
        base=start.tolist() or [None],
        x=length.tolist() or [None],
        width=0.66,
        name=f"{look.letter} {plain(look.name)}",
        customdata=some["key"].tolist(),
        hovertext=[plain(f"{row.actor}: {row.stance_name}, {row.since} to {row.until}") for row in some.itertuples()],
        hoverinfo="text",
        marker=dict(color=look.ground.light, pattern=pattern, line=_edge(look)),
    )


def _edge(look: Look) -> dict:
    """Return the outline of a bar: light between dark bars that follow each other, else grey."""
    dark = look.ground in (theme.TEXT, theme.NEUTRAL)
    return dict(color=(theme.PAGE if dark else theme.NEUTRAL).light, width=1.5 if dark else 1)


def _letters(rows: pd.DataFrame, actors: list[str]) -> list[dict]:
    """Return the letter of each stance, on a patch of the page's colour in the middle of its bar, where it has room."""
    letters = []
    for row in rows.itertuples():
        start = max(row.from_date, FIRST)
        if row.until_day - start < pd.Timedelta(days=25):
            continue
        letters.append(
            dict(
                x=start + (row.until_day - start) / 2,
                y=actors.index(row.actor_id),
                text=f"<b>{STANCES[row.stance].letter}</b>",
                showarrow=False,
                bgcolor=theme.PAGE.light,
                borderpad=1,
                font=dict(size=12, color=theme.TEXT.light),
            )
        )
    return letters


def _line(day: str) -> dict:
    line = dict(color=theme.TEXT.light, width=2, dash="dot")
    return dict(type="line", x0=day, x1=day, yref="paper", y0=0, y1=1, line=line)


def describe_stances(rows: pd.DataFrame, track: str, day: str) -> str:
    """Say who stood how towards the track at the day, and who says that it has ended."""
    when = pd.Timestamp(day)
    stances = at(rows, when)
    told = f"On {date_text(when)}, towards {IN_SENTENCE[track]}. "
    if stances.empty:
        return told + "Our table has no stance for this day."
    groups = []
    for one, look in STANCES.items():
        some = stances[stances == one].index
        if len(some):
            groups.append(f"{look.name.capitalize()}: {listing(names.labels(some, names.within))}.")
    told += " ".join(groups)
    needed = stances.reindex(NEEDED[track])
    over = needed == "declares_defunct"
    if over.any() and not over.all():
        ended, others = (listing(names.labels(needed[which].index, names.within)) for which in (over, ~over))
        told += (
            f" Of the {len(needed)} without whom it cannot meet, {ended} {'says' if over.sum() == 1 else 'say'} that it has ended; "
            f"{others} {'does' if (~over).sum() == 1 else 'do'} not say so."
        )
    return told


def card(key: str) -> Card:
    """Return the card of a stance, such as "russia/minsk/2022-04-08". Raise `KeyError` for an unknown one."""
    actor, track, day = key.split("/")
    rows = tables.load("track_standing").set_index(["actor_id", "track_id", "from_date"]).sort_index()
    row = rows.loc[(actor, track, pd.Timestamp(day))]
    until = "the end of the period" if pd.isna(row["to_date"]) else date_text(row["to_date"])
    return Card(
        title=f"{names.actor(actor)}: {STANCES[row['stance']].name}",
        date=f"{date_text(pd.Timestamp(day), row['date_precision'])} to {until}",
        facts=(
            ("Row", f"track_standing, {key}"),
            ("Track", tables.load("tracks").set_index("track_id").at[track, "name"]),
            ("Class", "our judgement of what was said and done"),
        ),
        text=row["what"],
        source_ids=row["source_ids"],
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )


def standing_of_tracks() -> Scene:
    """The stance of each actor towards a track, over time."""
    return Scene(
        id="mediation-stances",
        question="Was the Minsk Group “defunct”, as the article reports? According to whom?",
        rows=select_stances,
        figure=stances_figure,
        reading=describe_stances,
        controls=(
            Choice("track", "Track", TRACKS),
            Step("day", "Day", {day: date_text(day) for day in DAYS}, value=DAYS[-1]),
        ),
        columns={
            "actor": "Who",
            "since": "From",
            "until": "To",
            "stance_name": "Stance",
            "what": "What was said or done",
            "confidence": "Confidence",
        },
        key="key",
        card=card,
        height=HEAD + ROW * 9 + LEGEND,
        note="A stance is our judgement of what an actor said and did; choose a bar to read the reason and its sources. A bar that "
        "is divided has a new row: the words changed, the stance did not. A bar shows one stance: who backs a track may take part in it too. An actor without a bar has no row in our table, which does not mean that it had no view.",
    )
