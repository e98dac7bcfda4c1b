"""The text, point by point: who owes what to whom by when, how each side reads it, and what the article made of it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import commitments, events, grid, names, tables, theme
from utils.chapters.ceasefire import standing, versions
from utils.grid import Look
from utils.scenes import Aside, Card, Column, Panel, Scene, Statement, Step
from utils.wording import count, date_text, listing, plain

ALL = "all"
WHO = {  # signatories by the alphabet, then who did not sign: the name above a narrow column
    "armenia": "Armenia",
    "azerbaijan": "Azerbaijan",
    "russia": "Russia",
    "nk_authorities": "De facto<br>authorities",
}
OWES, GETS, BOTH = "owes", "gets", "both"
LOOKS = {
    OWES: Look("→", "owes it", theme.NEUTRAL),
    GETS: Look("←", "receives it (our reading)", theme.PAGE, ".", theme.NEUTRAL),
    BOTH: Look("↔", "both", theme.BAND, "/", theme.NEUTRAL),
}
LEGEND_ROWS = 1
DUE_AT, LAST = 3.6, 5.6  # where, in columns, the day begins and the chart ends


def points() -> pd.DataFrame:
    """Return the nine points (columns of `ceasefire_points`, index `point`)."""
    return tables.load("ceasefire_points").set_index("point")


def steps() -> dict[str, str]:
    """Return what a reader can choose: all points, or one of them: "6" to "6. Two districts and ..."."""
    return {ALL: "All nine"} | {str(number): f"{number}. {row['title']}" for number, row in points().iterrows()}


def select_promises() -> pd.DataFrame:
    """Return every commitment with who owes it, to whom, by when (columns of `commitments.owed`; `due` is never empty)."""
    rows = commitments.owed()
    return rows.assign(due=rows["due"].replace("", commitments.NO_DAY))


def part(row, who: str) -> str:
    """Say what one of `WHO` has to do with a commitment (a row as a tuple): "owes", "gets", "both" or ""."""
    owes, gets = who in row.obliged_ids, who in row.beneficiary_ids
    return BOTH if owes and gets else OWES if owes else GETS if gets else ""


def promise_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of the grid, as `grid.cells` takes them: a row for each commitment, a column for each of `WHO`."""
    found = [
        dict(
            row=place, column=column, look=part(row, who), marked=False, key=row.commitment_id, who=who, title=row.title
        )
        for place, row in enumerate(rows.itertuples())
        for column, who in enumerate(WHO)
        if part(row, who)
    ]
    some = pd.DataFrame(found)
    return some.assign(
        hover=[f"{names.actor(one.who)}, {one.title}: {LOOKS[one.look].name}" for one in some.itertuples()]
    )


def points_figure(rows: pd.DataFrame, point: str) -> go.Figure:
    """Draw who owes each commitment and who receives it, and its day; the chosen point set off."""
    labels = [f"{row.point}  {row.title}" for row in rows.itertuples()]
    chosen = (rows["point"].astype(str) == point).tolist()
    labels = [f"<b>{plain(label)}</b>" if mine else plain(label) for label, mine in zip(labels, chosen, strict=True)]
    starts = [place for place, new in enumerate(rows["point"] != rows["point"].shift()) if new and place]
    bands = [_band(chosen.index(True), len(chosen) - 1 - chosen[::-1].index(True))] if any(chosen) else []
    traces = [*grid.cells(promise_cells(rows), LOOKS), _dues(rows)]
    shapes = [*bands, *grid.rules_between(starts)]
    figure = grid.drawn(traces, labels, list(WHO.values()), LEGEND_ROWS, shapes=shapes)
    return figure.update_xaxes(
        range=[-0.5, LAST],
        tickvals=[*range(len(WHO)), DUE_AT + 0.5],
        ticktext=[*WHO.values(), "By when"],
        tickfont_size=11,
    )


def _dues(rows: pd.DataFrame) -> dict:
    return dict(
        type="scatter",
        x=[DUE_AT] * len(rows),
        y=list(range(len(rows))),
        mode="text",
        text=[_day(row.deadline, row.deadline_changed_to) for row in rows.itertuples()],
        textposition="middle right",
        textfont=dict(size=12, color=theme.TEXT.light),
        hovertext=rows["due"].tolist(),
        hoverinfo="text",
        showlegend=False,
    )


def _day(first: pd.Timestamp, later: pd.Timestamp) -> str:
    """Return a day in short, with the one to which it was moved: "15 → 25 Nov 2020"."""
    if pd.isna(first):
        return "no day"
    if pd.isna(later):
        return f"{first.day} {first:%b %Y}"
    start = f"{first.day}" if (first.year, first.month) == (later.year, later.month) else f"{first.day} {first:%b %Y}"
    return f"{start} → {later.day} {later:%b %Y}"


def _band(first: int, last: int) -> dict:
    edges = dict(type="rect", xref="paper", x0=0, x1=1, yref="y", y0=first - 0.5, y1=last + 0.5)
    return edges | dict(fillcolor=theme.BAND.light, line=dict(width=0), layer="below")


# ---- words -------------------------------------------------------------------------------------------------


def describe_points(rows: pd.DataFrame, point: str) -> str:
    """Say who owes how much, and how much has a day; for one point, tell it in our words."""
    if point != ALL:
        row = points().loc[int(point)]
        return f"Point {point}, in our words: {row['paraphrase']}"
    owing = {who: sum(who in one for one in rows["obliged_ids"]) for who in WHO}
    alone = rows[[len(one) == 1 for one in rows["obliged_ids"]]]["obliged_ids"].map(lambda one: one[0]).value_counts()
    shares = listing(
        f"{names.actor(who)} owes {many}, {int(alone.get(who, 0)) or 'none'} of them alone"
        for who, many in owing.items()
        if many
    )
    dated = int(rows["dated"].sum())
    return (
        f"We read {standing.told(len(rows))} out of the nine points. {shares}. "
        f"{dated} have a day or a term in the text, {len(rows) - dated} have none."
    )


def beside(rows: pd.DataFrame, point: str) -> Aside:
    """Return what a point leaves open, and what the article of September 2022 says of it."""
    if point == ALL:
        return Aside(
            "How to read it",
            (
                "The number before each line is the point.",
                "Armenia and Azerbaijan are the “Parties” of the text. Russia signed too. The de facto authorities of Nagorno-Karabakh did not.",
                "FSB is Russia’s Federal Security Service; UNHCR is the refugee agency of the United Nations.",
                "The text seldom names who receives something: that is our reading.",
                "Choose a point for its text in our words, what it leaves open, its readings and its wordings.",
                *article_on(None),
            ),
        )
    some = rows[rows["point"] == int(point)]
    promises = (
        f"{row.owes}: {row.commitment[0].lower()}{row.commitment[1:]} ({row.due})." for row in some.itertuples()
    )
    return Aside(
        f"Point {point}", (*promises, f"Left open: {points().loc[int(point), 'left_open']}", *article_on(int(point)))
    )


def article_on(point: int | None) -> tuple[str, ...]:
    """Return what the founding article claims of a point or, for None, of the statement as a whole."""
    claims = tables.load("article_claims")
    if point is None:
        some = claims[
            [
                not one and "ceasefire_points" in names_
                for one, names_ in zip(claims["points"], claims["table_names"], strict=True)
            ]
        ]
    else:
        some = claims[[str(point) in one for one in claims["points"]]]
    if some.empty:
        return ("The Conversation’s article of September 2022 does not take up this point.",)
    return tuple(
        some["claim"].str.replace("The article says", "The Conversation’s article of September 2022 says", regex=False)
    )


def panels(rows: pd.DataFrame, point: str) -> list[Panel]:
    """Return how each side reads a point, then where published versions of its text differ."""
    if point == ALL:
        return []
    return [readings(int(point)), *(versions.panel(one) for one in versions.of_point(int(point)))]


def readings(point: int) -> Panel:
    """Return both sides' readings of a point side by side, and Moscow's below."""
    russia = column_of_readings(point, "russia")
    return Panel(
        f"Point {point} as each side reads it",
        column_of_readings(point, "armenia", events.SIDES["armenia"]),
        column_of_readings(point, "azerbaijan", events.SIDES["azerbaijan"]),
        below=russia if russia.statements else None,
        open=True,
    )


def column_of_readings(point: int, actor: str, title: str = "") -> Column:
    """Return what one signatory's officials said of a point, oldest first."""
    told = tables.load("ceasefire_readings")
    told = told[(told["point"] == point) & (told["actor_id"] == actor)].sort_values("statement_date")
    return Column(title or names.actor(actor), tuple(statement(row) for row in told.itertuples()))


def statement(row) -> Statement:
    """Return a reading (a row of `ceasefire_readings` as a tuple) as a statement."""
    return Statement(row.reading, row.speaker, date_text(row.statement_date), row.source_ids, row.confidence)


def card(commitment_id: str) -> Card:
    """Return the card of a commitment, with its class at the end of 2022."""
    day = standing.last_of_period()
    status = standing.CLASSES[standing.at(day)[commitment_id]].name
    return commitments.card(
        commitment_id, (f"At {date_text(day)}", f"{status} ({standing.assessor(standing.OUTSIDE).lower()})")
    )


def text_by_point() -> Scene:
    """The nine points: what was promised, by whom, to whom and by when."""
    total = len(commitments.owed())
    return Scene(
        id="ceasefire-points",
        question="What was promised, by whom, to whom, and by when?",
        rows=select_promises,
        figure=points_figure,
        reading=describe_points,
        aside=beside,
        panels=panels,
        controls=(Step("point", "Point", steps()),),
        columns={
            "title": "Commitment",
            "point": "Point",
            "commitment": "In full",
            "owes": "Who owes it",
            "owed_to": "To whom",
            "due": "By when",
            "done": "Done",
            "measure": "How one could tell",
            "confidence": "Confidence",
        },
        key="commitment_id",
        card=card,
        height=grid.height(total, LEGEND_ROWS),
        note=f"The text is not divided into commitments: the list of {count(total, 'clause')} is ours, and so are the words. "
        "They are not of equal weight: a count only counts. Whether a promise was kept is asked in scene 2. Choose a cell or a row to read more.",
    )
