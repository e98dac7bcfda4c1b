"""Whose text is it: what came out of each track between the ceasefire of 2020 and a day, in texts; with a guess."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import axes, events, meetings, theme
from utils.learning.predictions import Prediction
from utils.meetings import JOINT, LANE_INK, LANES, SAID, TRACKS
from utils.scenes import Gate, Pick, Scene, Step
from utils.wording import date_text, listing, plain

DAYS = ("2021-06-30", "2021-12-31", "2022-08-31", "2022-12-31")
ASKED = "2022-08-31"  # the day of the last meeting in Brussels before the founding article
LOOKS = {  # whose text: name in the legend, symbol
    "joint": ("a text or step that both sides agreed to", "circle"),
    "hosts": ("a text of the hosts or mediators alone", "diamond-open"),
}
ROW, HEAD = 62, 88  # px
HEIGHT = HEAD + ROW * len(LANES)


def select_texts(seen: str, as_of: str) -> pd.DataFrame:
    """Return the texts and agreed steps of Armenia and Azerbaijan from the ceasefire of 2020 up to a day; none before the guess.

    Columns: those of `meetings.of_period`, and `whose` (key of `LOOKS`), `whose_name`.
    """
    rows = meetings.of_period()
    first = events.moment("trilateral_statement_2020")
    there = rows["outcome_kind"].isin([*JOINT, "mediators_statement"])
    two_sides = rows["track_id"] != "other_turkey_normalisation"
    rows = rows[there & two_sides & rows["date_start"].between(first, pd.Timestamp(as_of))]
    whose = rows["outcome_kind"].map(lambda kind: "joint" if kind in JOINT else "hosts").astype(object)
    rows = rows.assign(whose=whose, whose_name=[LOOKS[one][0] for one in whose])
    return rows if seen else rows.head(0)


def most(as_of: str) -> str:
    """Return the track with the most texts of both sides up to a day: "trilateral", "eu", "minsk", or "alike" for a tie."""
    sizes = _sizes(select_texts("answered", as_of)).loc[list(TRACKS), "joint"]
    top = sizes[sizes == sizes.max()].index
    return top[0] if len(top) == 1 else "alike"


def _sizes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many texts of either kind each lane has (index: lanes; columns: `joint`, `hosts`)."""
    return pd.crosstab(rows["lane"], rows["whose"]).reindex(index=list(LANES), columns=list(LOOKS), fill_value=0)


def texts_figure(rows: pd.DataFrame, seen: str, as_of: str) -> go.Figure:
    """Draw a line for each lane with its texts in time; shape says whose text it is."""
    start, end = events.moment("trilateral_statement_2020"), meetings.PERIOD_END
    keys = [_key(*look) for look in LOOKS.values()]
    marks = [_marks(rows[rows["whose"] == look], symbol) for look, (_, symbol) in LOOKS.items()]
    sizes = _sizes(rows)
    labels = [
        f"<b>{plain(name)}</b>" + (f"<br>{sizes['joint'][lane]} + {sizes['hosts'][lane]}" if seen else "")
        for lane, name in LANES.items()
    ]
    edge = pd.Timedelta(days=40)
    half_years = dict(type="date", dtick="M6", tick0="2021-01-01", tickformat="%b<br>%Y")
    layout = dict(
        margin=dict(t=HEAD - 20, b=8),
        xaxis=half_years | dict(range=[start - edge, end + edge]),
        yaxis=axes.lines(labels),
        shapes=[_until(as_of)] if seen else [],
    )
    return go.Figure(dict(data=[*keys, *marks], layout=layout))


def _marks(rows: pd.DataFrame, symbol: str) -> dict:
    """Return the texts of one kind as marks on their lanes."""
    inks = [LANE_INK[lane].light for lane in rows["lane"]]
    return dict(
        type="scatter",
        x=rows["date_start"].tolist() or [None],
        y=[list(LANES).index(lane) for lane in rows["lane"]] or [None],
        mode="markers",
        showlegend=False,
        customdata=rows["meeting_id"].tolist(),
        hovertext=[plain(f"{row.when}, {row.place}: {row.topic}") for row in rows.itertuples()],
        hoverinfo="text",
        marker=dict(symbol=symbol, size=15, opacity=1, color=inks, line=dict(width=2, color=inks)),
    )


def _key(name: str, symbol: str) -> dict:
    mark = dict(symbol=symbol, size=12, color=theme.TEXT.light, line=dict(width=2, color=theme.TEXT.light))
    return dict(type="scatter", x=[None], y=[None], mode="markers", name=name, marker=mark)


def _until(as_of: str) -> dict:
    line = dict(color=theme.TEXT.light, width=1, dash="dot")
    return dict(type="line", x0=as_of, x1=as_of, yref="paper", y0=0, y1=1, line=line, layer="below")


def describe_texts(rows: pd.DataFrame, seen: str, guess: str, as_of: str) -> str:
    """Count both kinds of texts by track, and hold them beside the guess."""
    if not seen:
        return "Make a guess, or skip it; then the chart opens."
    sizes = _sizes(rows)

    def by_track(look: str) -> str:
        return listing(f"{sizes[look][one] or 'none'} from {SAID[one]}" for one in TRACKS)

    told = f"Up to {date_text(as_of)}, texts and steps that both sides agreed to: {by_track('joint')}. Texts of the hosts alone: {by_track('hosts')}. "
    outside = sizes.loc["outside"]
    told += f"Outside the three tracks: {outside['joint'] or 'none'} of both sides and {outside['hosts'] or 'none'} of hosts alone."
    right = most(ASKED)
    if seen == "skipped" or not guess:
        return told
    if guess == right:
        return f"{told} You had expected {_named(guess)}: so it was by {date_text(ASKED)}, if a text of both sides is what counts."
    return f"{told} You had expected {_named(guess)}; by {date_text(ASKED)} it was {_named(right)}, if a text of both sides is what counts. Would you count a text of the host as well?"


def _named(track: str) -> str:
    return {"": "no guess", "alike": "two tracks with as many each"}.get(track) or SAID[track]


def texts_of_tracks() -> Scene:
    """Which track produced the texts, and whose texts they were, after a guess."""
    return Scene(
        id="mediation-texts",
        question="After the ceasefire of 2020, which track brought the most texts that both sides agreed to?",
        rows=select_texts,
        figure=texts_figure,
        reading=describe_texts,
        controls=(
            Pick(
                "guess",
                f"Your guess, up to {date_text(ASKED)}",
                {
                    "minsk": "the Minsk Group",
                    "trilateral": "Russia's track",
                    "eu": "the EU track",
                    "alike": "two tracks, as many each",
                },
            ),
            Gate("seen", "Show the texts"),
            Step("as_of", "Up to", {day: date_text(day) for day in DAYS}, value=ASKED),
        ),
        columns={
            "topic": "Text or step",
            "when": "Date",
            "lane_name": "Lane",
            "whose_name": "Whose",
            "agreed_points": "Agreed",
            "confidence": "Confidence",
        },
        key="meeting_id",
        card=meetings.card,
        height=HEIGHT,
        note="Beside each lane: texts of both sides + texts of the hosts. A text of the hosts "
        "tells what they heard; neither side has agreed to its words. One text may change much, another little: a count does not show it.",
    )


def prediction() -> Prediction:
    """The texts with the reader's guess kept."""
    return Prediction(id="p04_texts", scene=texts_of_tracks(), guess="guess", gate="seen", words=_named)
