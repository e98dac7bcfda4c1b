"""Five principles and six points: the two lists of spring 2022 as columns, with lines where they speak of the same; with a guess."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import names, tables, theme
from utils.learning.predictions import Prediction
from utils.scenes import Card, Choice, Column, Gate, Number, Panel, Scene, Statement
from utils.wording import listing, plain, times, wrapped

LISTS = {"six": "armenia", "five": "azerbaijan"}  # list: whose; Armenia left, as the alphabet says
HEADS = {"six": "Armenia's six points", "five": "Azerbaijan's five principles"}
KINDS = {"same": ("say nearly the same", "solid", 3.0), "near": ("same subject, with a difference", "dash", 2.0)}
ALL = "all"
LABEL_LETTERS = 24
TOP, STEP = 0.0, 1.0
HEIGHT = 460


def terms() -> pd.DataFrame:
    """Return the terms of both lists (columns of `peace_terms`, index `term_id`), Armenia's first."""
    rows = tables.load("peace_terms")
    place = rows["list"].map(list(LISTS).index)
    return rows.assign(place=place).sort_values(["place", "number"]).drop(columns="place").set_index("term_id")


def links() -> pd.DataFrame:
    """Return where the lists meet, by the number of the five (columns of `term_links`)."""
    number = terms()["number"]
    rows = tables.load("term_links")
    return rows.assign(five=rows["five_id"].map(number), six=rows["six_id"].map(number)).sort_values(["five", "six"])


def unacceptable() -> int:
    """Return how many of Azerbaijan's terms Armenia called unacceptable."""
    rows = terms()
    refused = rows["refused_by"].map(lambda ids: isinstance(ids, tuple) and LISTS["six"] in ids)
    return int(((rows["list"] == "five") & refused).sum())


def select_terms(seen: str) -> pd.DataFrame:
    """Return the terms of both lists; none before the guess.

    Columns: those of `peace_terms`, and `whose` (the list in words), `meets` (titles of the terms of the other list that it
    meets, as a list).
    """
    rows = terms().reset_index()
    met = links()
    titles = rows.set_index("term_id")["title"]
    rows = rows.assign(
        whose=rows["list"].map(HEADS),
        meets=[
            [titles[one] for one in [*met[met["five_id"] == term]["six_id"], *met[met["six_id"] == term]["five_id"]]]
            for term in rows["term_id"]
        ],
    )
    return rows if seen else rows.head(0)


def places() -> dict[str, tuple[float, float]]:
    """Return the spot of each term: x is 0 or 1 by list, y runs down, both columns as long as each other."""
    rows = terms()
    longest = rows.groupby("list").size().max()
    spots = {}
    for x, which in enumerate(LISTS):
        some = rows[rows["list"] == which]
        gap = (longest - 1) / max(1, len(some) - 1)
        spots |= {term: (float(x), TOP + place * gap * STEP) for place, term in enumerate(some.index)}
    return spots


def terms_figure(rows: pd.DataFrame, seen: str, term: str) -> go.Figure:
    """Draw the two columns of terms, and a line between two that meet: solid where they say the same."""
    spots = places()
    met = links() if seen else links().head(0)
    traces = [trace for kind in KINDS for trace in _lines(met[met["kind"] == kind], kind, spots, term)]
    traces += [_ends(rows, spots)]
    bottom = max(y for _, y in spots.values())
    layout = dict(
        margin=dict(t=44, b=36, l=8, r=8),
        xaxis=dict(range=[-0.95, 1.95], visible=False, fixedrange=True),
        yaxis=dict(range=[bottom + 0.6, -0.85], visible=False, fixedrange=True),
        annotations=[*_heads(), *(_label(row, spots[row.term_id], term) for row in rows.itertuples())],
        legend=dict(y=-0.01, yanchor="top"),
    )
    return go.Figure(dict(data=traces, layout=layout))


def _lines(met: pd.DataFrame, kind: str, spots: dict, term: str) -> list[dict]:
    """Return one trace for the key of a kind of line, and one for each line; those of the chosen term are dark."""
    name, dash, width = KINDS[kind]
    look = dict(type="scatter", mode="lines", hoverinfo="skip")
    traces = [look | dict(x=[None], y=[None], name=name, line=dict(dash=dash, width=width, color=theme.TEXT.light))]
    for row in met.itertuples():
        (x0, y0), (x1, y1) = spots[row.six_id], spots[row.five_id]
        mine = term in (ALL, row.six_id, row.five_id)
        ink = theme.TEXT if mine else theme.GRID
        line = dict(dash=dash, width=width, color=ink.light)
        traces.append(look | dict(x=[x0 + 0.02, x1 - 0.02], y=[y0, y1], line=line, showlegend=False))
    return traces


def _ends(rows: pd.DataFrame, spots: dict) -> dict:
    return dict(
        type="scatter",
        x=[spots[one][0] for one in rows["term_id"]] or [None],
        y=[spots[one][1] for one in rows["term_id"]] or [None],
        mode="markers",
        customdata=rows["term_id"].tolist(),
        hovertext=[plain(f"{row.whose}, {row.number}: {row.told}") for row in rows.itertuples()],
        hoverinfo="text",
        marker=dict(
            symbol=[theme.PARTY_SYMBOL[LISTS[one]] for one in rows["list"]],
            color=[theme.PARTY_INK[LISTS[one]].light for one in rows["list"]],
            size=13,
            opacity=1,
        ),
        showlegend=False,
    )


def _heads() -> list[dict]:
    at = dict(y=-0.75, showarrow=False, yanchor="bottom", font=dict(size=13, color=theme.TEXT.light))
    return [
        at | dict(x=x, xanchor=("right", "left")[x], text=f"<b>{plain(HEADS[which]).replace('s ', 's<br>', 1)}</b>")
        for x, which in enumerate(LISTS)
    ]


def _label(row, spot: tuple[float, float], term: str) -> dict:
    text = wrapped(f"{row.number}. {row.title}", LABEL_LETTERS)
    left = spot[0] == 0
    return dict(
        x=spot[0] + (-0.06 if left else 0.06),
        y=spot[1],
        xanchor="right" if left else "left",
        align="right" if left else "left",
        showarrow=False,
        text=f"<b>{text}</b>" if row.term_id == term else text,
        font=dict(size=12, color=theme.TEXT.light),
    )


def describe_terms(rows: pd.DataFrame, seen: str, guess: int, term: str) -> str:
    """Say how many terms of either list meet the other, or which ones the chosen term meets, and answer the guess."""
    if not seen:
        return "Make a guess, or skip it; then the two lists open."
    told = f"{describe_overlap(rows) if term == ALL else describe_term(term)} {both_verdicts()}"
    if seen == "skipped":
        return told
    return f"{told} Your guess was {guess}."


def describe_overlap(rows: pd.DataFrame) -> str:
    """Say how many terms of either list meet the other, and which have no partner."""
    met = links()
    sizes = rows["list"].value_counts()
    same, near = (int((met["kind"] == kind).sum()) for kind in KINDS)
    told = (
        f"{met['five_id'].nunique()} of the {sizes['five']} principles and {met['six_id'].nunique()} of the {sizes['six']} points meet the other "
        f"list: {times(same)} they say nearly the same, {times(near)} they differ in something that matters. "
    )
    alone = [row.title for row in rows.itertuples() if not row.meets]
    return told + (f"Without a partner: {listing(f'“{one}”' for one in alone)}." if alone else "Each has a partner.")


def describe_term(term: str) -> str:
    """Say which terms of the other list a term meets, and how closely."""
    said, met = terms(), links()
    mine, other = ("six_id", "five_id") if said.at[term, "list"] == "six" else ("five_id", "six_id")
    met = met[met[mine] == term]
    name = f"“{said.at[term, 'title']}”"
    theirs = HEADS[other.removesuffix("_id")]
    if met.empty:
        return f"{name} has no partner in {theirs}."
    partners = (f"“{said.at[getattr(row, other), 'title']}” ({KINDS[row.kind][0]})" for row in met.itertuples())
    return f"In {theirs}, {name} meets {listing(partners)}."


def both_verdicts() -> str:
    """Return what each side said of the other's list, as the table of proposals tells it, and what that makes of the guess."""
    right, principles = unacceptable(), (terms()["list"] == "five").sum()
    texts = tables.load("proposals").set_index("proposal_id")
    of_five, of_six = texts.at["2022_five_principles", "accepted_by"], texts.at["2022_six_points", "rejected_by"]
    return f"On the five principles: {of_five}: so Armenia called {right or 'none'} of the {principles} unacceptable. On the six points: {of_six}."


def chosen_pairs(rows: pd.DataFrame, seen: str, term: str) -> list[Panel]:
    """Return each pair of terms that meet, of the chosen term or all, with what both say and where they differ."""
    if not seen:
        return []
    met = links()
    met = met if term == ALL else met[(met["five_id"] == term) | (met["six_id"] == term)]
    return [_pair(row, is_open=term != ALL) for row in met.itertuples()]


def _pair(row, is_open: bool) -> Panel:
    said = terms()
    left, right = (
        Column(
            f"{HEADS[which]}, {said.at[one, 'number']}",
            (
                Statement(
                    said.at[one, "told"], source_ids=said.at[one, "source_ids"], confidence=said.at[one, "confidence"]
                ),
            ),
        )
        for which, one in (("six", row.six_id), ("five", row.five_id))
    )
    ours = [Statement(row.shared, "What both say")]
    if isinstance(row.differs, str):
        ours.append(Statement(row.differs, "Where they differ"))
    title = f"“{said.at[row.six_id, 'title']}” and “{said.at[row.five_id, 'title']}”: {KINDS[row.kind][0]}"
    return Panel(title, left, right, below=Column("Our comparison", tuple(ours)), open=is_open)


def card(term_id: str) -> Card:
    """Return the card of a term. Raise `KeyError` for an unknown one."""
    row = terms().loc[term_id]
    refused = names.labels(row["refused_by"]) if isinstance(row["refused_by"], tuple) else []
    return Card(
        title=row["title"],
        date=f"{HEADS[row['list']]}, {row['number']}",
        facts=(
            ("Row", f"peace_terms, {term_id}"),
            ("It or its subject ruled out in public by", listing(refused) or "nobody that we found"),
        ),
        text=row["told"],
        source_ids=row["source_ids"],
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )


def five_and_six() -> Scene:
    """The two lists of spring 2022, and where they meet, after a guess."""
    rows = terms()
    principles = int((rows["list"] == "five").sum())
    options = {ALL: "all"} | {
        one: f"{row['number']}. {row['title']} ({names.actor(LISTS[row['list']])})" for one, row in rows.iterrows()
    }
    return Scene(
        id="positions-terms",
        question="Five principles, six points: how far apart were the two lists of spring 2022?",
        rows=select_terms,
        figure=terms_figure,
        reading=describe_terms,
        panels=chosen_pairs,
        controls=(
            Number(
                "guess",
                "Your guess: how many of Azerbaijan's principles did Armenia call unacceptable?",
                first=0,
                last=principles,
                value=principles // 2,
                unit=f"of {principles}",
            ),
            Gate("seen", "Open the two lists"),
            Choice("term", "Follow one term", options),
        ),
        columns={
            "title": "Term",
            "whose": "List",
            "number": "Number",
            "told": "What it says",
            "meets": "Meets",
            "confidence": "Confidence",
        },
        key="term_id",
        card=card,
        height=HEIGHT,
        note="Which terms meet is our comparison of what was made public; the six were published in parts. A term without a partner is where "
        "the other list is silent: silence is not yet a refusal.",
    )


def prediction() -> Prediction:
    """The two lists with the reader's guess kept."""
    total = int((terms()["list"] == "five").sum())
    return Prediction(
        id="p05_terms", scene=five_and_six(), guess="guess", gate="seen", words=lambda guess: f"{guess} of {total}"
    )
