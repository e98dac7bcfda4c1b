"""The plan on the table: the six basic principles, and what each side said of them in public."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from utils import events, names, tables, theme
from utils.scenes import Ballot, Column, Gate, Panel, Scene, Statement
from utils.wording import count, date_text, listing, plain

GUESSES = {"armenia": "Armenia", "azerbaijan": "Azerbaijan", "alike": "Both alike"}
ROOM = ("no room voiced", "little", "some", "much", "accepted or left open")  # the values 0 to 4 of `flexibility`


def principles() -> pd.DataFrame:
    """Return the six elements in the order of the statement (columns of the table `principles`)."""
    return tables.load("principles").sort_values("number")


def select_positions(guesses: tuple[str, ...], seen: str) -> pd.DataFrame:
    """Return what each side said before the war of 2020 about the opened elements: those guessed, or all once `seen`.

    Columns: those of `positions`, and `number`, `element` (title), `actor` (name), `said` (date as text),
    `guess` (the reader's, "" if none). Ordered by element, then by side in alphabetical order, then by date.
    """
    elements = principles().assign(guess=list(guesses))
    opened = elements if seen else elements[elements["guess"] != ""]
    positions = tables.load("positions")
    before = positions[positions["from_date"] < events.moment("war_begins_2020")]
    rows = before.merge(
        opened[["principle_id", "number", "title", "guess"]], left_on="issue_id", right_on="principle_id"
    )
    said = [date_text(row.from_date, row.date_precision) for row in rows.itertuples()]
    rows = rows.rename(columns={"title": "element"}).assign(actor=names.labels(rows["actor_id"]), said=said)
    return rows.sort_values(["number", "actor", "from_date"])


def room(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the room that each side last voiced on each element: columns armenia and azerbaijan, by `number`."""
    latest = rows.sort_values("from_date").groupby(["number", "actor_id"])["flexibility"].last()
    return latest.unstack("actor_id").reindex(columns=list(theme.PARTY_INK))


def plan_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw for each opened element how much room each side voiced, joined by a line; the others stay empty."""
    figure = go.Figure()
    elements = principles()
    heights = dict(zip(elements["number"], reversed(range(len(elements))), strict=True))  # the first on top
    names_on_axis = [wrapped(f"{row.number}. {row.title}") for row in elements.itertuples()]
    voiced = room(rows) if len(rows) else pd.DataFrame(columns=list(theme.PARTY_INK))
    for number, pair in voiced.iterrows():
        figure.add_scatter(
            x=pair.tolist(),
            y=[heights[number]] * 2,
            mode="lines",
            line=dict(color=theme.GRID.light, width=3),
            hoverinfo="skip",
            showlegend=False,
        )
    for side, shift in zip(theme.PARTY_INK, ("top center", "bottom center"), strict=True):
        some = voiced[side].dropna() if len(voiced) else pd.Series(dtype=float)
        figure.add_scatter(
            x=some.tolist(),
            y=[heights[number] for number in some.index],
            mode="markers+text",
            name=names.actor(side),
            text=[names.actor(side)] * len(some),
            textposition=shift,
            marker=theme.claimed(theme.PARTY_INK[side], theme.PARTY_SYMBOL[side], 14),
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_xaxes(
        range=[-0.5, 4.5],
        tickvals=list(range(5)),
        ticktext=[name.replace(" or ", " or<br>") for name in ROOM],
        title_text="room voiced in public (our judgement)",
    )
    figure.update_yaxes(
        range=[-0.6, len(heights) - 0.4],
        tickvals=list(heights.values()),
        ticktext=names_on_axis,
        zeroline=False,
        ticks="",
    )
    return figure.update_layout(showlegend=True)


def wrapped(text: str, width: int = 26) -> str:
    """Return text broken into lines for an axis."""
    return "<br>".join(textwrap.wrap(plain(text), width))


def describe_plan(rows: pd.DataFrame, guesses: tuple[str, ...], seen: str) -> str:
    """Say how many elements are open, on which each side voiced less room, and how the guesses compare."""
    total = len(principles())
    if rows.empty:
        return f"Guess for each of the {total} elements which side found it harder; what they said then opens below."
    voiced = room(rows).dropna()
    less = {
        side: voiced.index[voiced[side] < voiced[other]]
        for side, other in (("armenia", "azerbaijan"), ("azerbaijan", "armenia"))
    }
    alike = voiced.index[voiced["armenia"] == voiced["azerbaijan"]]
    parts = [
        f"{names.actor(side)} voiced less room on {_elements(numbers)}"
        for side, numbers in less.items()
        if len(numbers)
    ]
    parts += [f"both voiced the same on {_elements(alike)}"] if len(alike) else []
    told = f"Of {rows['number'].nunique()} opened: {'; '.join(parts)}."
    made = [guess for guess in guesses if guess]
    if not made:
        return told
    harder = {number: side for side, numbers in less.items() for number in numbers} | dict.fromkeys(alike, "alike")
    agree = sum(guess == harder.get(number) for number, guess in enumerate(guesses, start=1) if guess)
    yours = f"{agree} of your {count(len(made), 'guess', 'guesses')}"
    return f"{told} {yours} read the record as we did; you may well read it otherwise."


def _elements(numbers) -> str:
    return f"element {numbers[0]}" if len(numbers) == 1 else f"elements {listing(str(number) for number in numbers)}"


def plan_panels(rows: pd.DataFrame) -> list[Panel]:
    """Return the two sides' statements on each opened element, side by side."""
    return [
        Panel(f"{number}. {some['element'].iloc[0]}", *(_column(some, side) for side in theme.PARTY_INK))
        for number, some in rows.groupby("number")
    ]


def _column(rows: pd.DataFrame, side: str) -> Column:
    said = (
        Statement(
            text=row.position,
            speaker=row.speaker if isinstance(row.speaker, str) else "",
            date=row.said,
            source_ids=row.source_ids,
            confidence=row.confidence,
        )
        for row in rows[rows["actor_id"] == side].itertuples()
    )
    return Column(names.actor(side), tuple(said))


def plan_on_the_table() -> Scene:
    """The six basic principles: guess which side found each harder, then read what both said."""
    return Scene(
        id="history-plan",
        question="Six principles were on the table. Which side found which one harder?",
        rows=select_positions,
        figure=plan_figure,
        reading=describe_plan,
        panels=plan_panels,
        controls=(
            Ballot(
                "guesses",
                "Your guess: who found it harder to accept?",
                items={f"{row.number}. {row.title}": row.paraphrase for row in principles().itertuples()},
                options=GUESSES,
            ),
            Gate("seen", "Open all six", skip_label="", again_label="Close those not guessed"),
        ),
        columns={
            "element": "Element",
            "actor": "Side",
            "said": "Date",
            "speaker": "Speaker",
            "position": "What was said",
            "flexibility": "Room voiced (0-4, our judgement)",
            "flexibility_reason": "Why this value",
            "confidence": "Confidence",
        },
        note="Where a mark stands is our editorial judgement of public words, with its reason in the rows below. "
        "There is no right answer: this is a poll of one. " + events_note(),
    )


def events_note() -> str:
    """Return when and where the principles were made public, from the events table."""
    return f"The elements were made public on {date_text(events.moment('laquila_2009'))}."
