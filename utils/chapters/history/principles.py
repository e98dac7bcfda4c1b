"""The plan on the table: the six basic principles, and what each side said of them in public."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from utils import events, names, tables, theme
from utils.scenes import Ballot, Column, Gate, Panel, Scene, Statement
from utils.wording import count, date_text, listing, plain

GUESSES = {"armenia": "Armenia", "azerbaijan": "Azerbaijan", "alike": "Both alike"}
SCALE = (  # the values 0 to 4 of `nearness`
    "refused",
    "something else instead",
    "with conditions that change it",
    "with conditions of order or form",
    "as written",
)


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


def latest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each side's last judged words on each element: columns of `rows`, one row an element and side."""
    judged = rows.dropna(subset=["nearness"]).sort_values("from_date")
    return judged.drop_duplicates(["number", "actor_id"], keep="last")


def plan_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw how near each side's words come to each opened element; the elements not yet opened stay empty."""
    elements = principles()
    heights = dict(zip(elements["number"], reversed(range(len(elements))), strict=True))  # the first on top
    figure = go.Figure()
    last = latest(rows)
    for side, (lift, where) in {"armenia": (0.15, "middle left"), "azerbaijan": (-0.15, "middle right")}.items():
        some = last[last["actor_id"] == side]
        figure.add_scatter(
            x=some["nearness"].astype(int),
            y=some["number"].map(heights) + lift,
            mode="markers+text",
            name=names.actor(side),
            text=some["from_date"].dt.year.astype(str),
            textposition=where,
            textfont=dict(size=12),
            marker=theme.claimed(theme.PARTY_INK[side], theme.PARTY_SYMBOL[side], 13),
            hovertext=[plain(f"{row.actor}, {row.said}: {SCALE[int(row.nearness)]}") for row in some.itertuples()],
            hoverinfo="text",
        )
    figure.update_xaxes(
        range=[-0.5, 4.5],
        tickvals=list(range(len(SCALE))),
        ticktext=[wrapped(name, 11) for name in SCALE],
        title_text="how near the words come to the element (our judgement)",
        tickangle=0,
        tickfont=dict(size=12),
    )
    figure.update_yaxes(
        range=[-0.6, len(heights) - 0.4],
        tickvals=list(heights.values()),
        ticktext=[wrapped(f"{row.number}. {row.title}") for row in elements.itertuples()],
        zeroline=False,
        ticks="",
    )
    return figure.update_layout(showlegend=True)


def wrapped(text: str, width: int = 26) -> str:
    """Return text broken into lines for an axis."""
    return "<br>".join(textwrap.wrap(plain(text), width))


def harder(rows: pd.DataFrame) -> dict[int, str]:
    """Return for each opened element the side whose last words stood further off, or "alike".

    Elements on which the words of one side could not be judged are left out.
    """
    near = latest(rows).pivot(index="number", columns="actor_id", values="nearness")
    near = near.reindex(columns=list(theme.PARTY_INK)).dropna()
    return {
        number: "alike" if pair["armenia"] == pair["azerbaijan"] else pair.astype(int).idxmin()
        for number, pair in near.iterrows()
    }


def describe_plan(rows: pd.DataFrame, guesses: tuple[str, ...], seen: str) -> str:
    """Say on which opened elements each side's words stood further off, and how the guesses compare."""
    if rows.empty:
        return f"Guess for each of the {len(principles())} elements which side found it harder; what they said opens below."
    judged = harder(rows)
    of = {who: [number for number, side in judged.items() if side == who] for who in GUESSES}
    parts = [
        f"{names.actor(side)}'s words stand further off on {_elements(of[side])}"
        for side in theme.PARTY_INK
        if of[side]
    ]
    parts += [f"both stand alike on {_elements(of['alike'])}"] if of["alike"] else []
    told = f"{count(rows['number'].nunique(), 'element')} opened. " + (
        "By our reading, " + "; ".join(parts) + "." if parts else ""
    )
    made = {number: guess for number, guess in enumerate(guesses, start=1) if guess and number in judged}
    if not made:
        return told.strip()
    agree = sum(guess == judged[number] for number, guess in made.items())
    yours = f"{agree} of your {count(len(made), 'guess', 'guesses')}"
    return f"{told} {yours} read the record as we did; you may well read it otherwise."


def _elements(numbers) -> str:
    return f"element {numbers[0]}" if len(numbers) == 1 else f"elements {listing(map(str, numbers))}"


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
            "nearness": "How near (0-4, our judgement)",
            "judgement_reason": "Why this value",
            "confidence": "Confidence",
        },
        height=500,
        note="Where a mark stands is our editorial judgement of public words, with its reason in the rows below. "
        "There is no right answer: this is a poll of one. " + events_note(),
    )


def events_note() -> str:
    """Return when and where the principles were made public, from the events table."""
    return f"The elements were made public on {date_text(events.moment('laquila_2009'))}."
