"""The plan on the table: the six basic principles, and what each side said of them in public."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, names, tables, theme
from utils.learning.predictions import Prediction
from utils.scenes import Ballot, Column, Gate, Panel, Scene, Statement
from utils.wording import count, date_text, listing, plain, wrapped

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


def judged(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each element, side and nearness, with the years of all words that stand there.

    Columns: `number`, `actor_id`, `actor`, `nearness` (int), `years` (text).
    """
    some = rows.dropna(subset=["nearness"]).astype({"nearness": int})
    years = some.assign(years=some["from_date"].dt.year.astype(str)).groupby(
        ["number", "actor_id", "actor", "nearness"]
    )
    return years["years"].agg(lambda one: ", ".join(dict.fromkeys(sorted(one)))).reset_index()


def plan_figure(rows: pd.DataFrame) -> go.Figure | None:
    """Draw how near each side's words come to each opened element; the elements not yet opened stay empty."""
    if rows.empty:  # nothing is opened: no chart, not even an empty one
        return None
    elements = principles()
    heights = dict(zip(elements["number"], reversed(range(len(elements))), strict=True))  # the first on top
    figure = go.Figure()
    marks = judged(rows)
    for side, (lift, where) in {"armenia": (0.15, "middle left"), "azerbaijan": (-0.15, "middle right")}.items():
        some = marks[marks["actor_id"] == side]
        figure.add_scatter(
            x=some["nearness"],
            y=some["number"].map(heights) + lift,
            mode="markers+text",
            name=names.actor(side),
            text=some["years"],
            textposition=where,
            textfont=dict(size=12),
            marker=theme.claimed(theme.PARTY_INK[side], theme.PARTY_SYMBOL[side], 13),
            hovertext=[plain(f"{row.actor}, {row.years}: {SCALE[row.nearness]}") for row in some.itertuples()],
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
        ticktext=[wrapped(f"{row.number}. {row.title}", 26) for row in elements.itertuples()],
        zeroline=False,
        ticks="",
    )
    return figure.update_layout(showlegend=True)


def describe_plan(rows: pd.DataFrame) -> str:
    """Say how many statements are opened, from when, and where a side's words could not be judged."""
    if rows.empty:
        return f"Guess for each of the {len(principles())} elements which side found it harder; what they said opens below."
    early = int((rows["from_date"] < events.moment("laquila_2009")).sum())
    first, last = rows["from_date"].dt.year.min(), rows["from_date"].dt.year.max()
    told = (
        f"{count(rows['number'].nunique(), 'element')} opened, with {count(len(rows), 'statement')} from {first} to {last}; "
        f"{early or 'none'} of them came before the elements were made public. "
    )
    known = set(judged(rows)[["number", "actor_id"]].itertuples(index=False, name=None))
    for side in theme.PARTY_INK:
        unknown = [number for number in sorted(rows["number"].unique()) if (number, side) not in known]
        told += f"What {names.actor(side)} said on {_elements(unknown)} could not be judged. " if unknown else ""
    return told + "No guess is scored: read the words, and ask whether you would guess the same again."


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


def prediction() -> Prediction:
    """The scene with the reader's guesses kept; each opens its own element."""
    titles = principles()["title"].tolist()

    def words(guesses: tuple[str, ...]) -> str:
        return "; ".join(f"{title}: {GUESSES.get(one, 'no guess')}" for title, one in zip(titles, guesses, strict=True))

    return Prediction(id="p01_plan", scene=plan_on_the_table(), guess="guesses", words=words)


def events_note() -> str:
    """Return when the principles were made public, from the events table."""
    return f"The elements were made public on {date_text(events.moment('laquila_2009'))}."
