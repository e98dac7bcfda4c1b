"""How each commitment stood at a date, and in whose eyes: the strip of all commitments over time."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import commitments, grid, tables
from utils.chapters.ceasefire import standing
from utils.chapters.ceasefire.judgements import card
from utils.chapters.ceasefire.standing import CLASSES, OUTSIDE, PARTIES
from utils.chapters.ceasefire.strip_words import BESIDE, days, describe_strip, rules
from utils.learning.predictions import Prediction
from utils.scenes import Choice, Gate, Number, Scene, Step
from utils.wording import date_text

LEGEND_ROWS = 3


def assessors() -> dict[str, str]:
    """Return whose eyes a reader can choose."""
    parties = {one: f"What {standing.assessor(one)} claimed" for one in PARTIES}
    return {OUTSIDE: standing.assessor(OUTSIDE), **parties, BESIDE: "All four at the date"}


def select_status(seen: str, assessor: str, as_of: str) -> pd.DataFrame:
    """Return the judgements up to a day by an assessor or, side by side, by all four at that day; none before the guess.

    Columns: those of `commitment_status`; `point` (int), `commitment`, `title`; `whose` (assessor in words), `day`
    (as text), `class_name`; `row`, `column` (int: the cell), `look` (the status), `marked` (bool: changed since the
    day before or, in a party's words, another class than our third-party reading at that day), `key`, `hover`.
    """
    rows = tables.load("commitment_status")
    chosen = pd.Timestamp(as_of)
    if not seen:
        rows = rows.head(0)
    elif assessor == BESIDE:
        rows = rows[rows["as_of"] == chosen]
    else:
        rows = rows[(rows["assessor"] == assessor) & (rows["as_of"] <= chosen)]
    order = commitments.owed().reset_index(names="row")[["commitment_id", "row", "point", "commitment", "title"]]
    rows = rows.merge(order, on="commitment_id")
    place = [OUTSIDE, *PARTIES].index if assessor == BESIDE else standing.dates().index
    rows = rows.assign(
        column=[place(one) for one in rows["assessor" if assessor == BESIDE else "as_of"]],
        look=rows["status"],
        class_name=[CLASSES[one].name for one in rows["status"]],
        whose=[standing.assessor(one) for one in rows["assessor"]],
        day=[date_text(one) for one in rows["as_of"]],
        key=[f"{row.commitment_id}/{row.as_of:%Y-%m-%d}/{row.assessor}" for row in rows.itertuples()],
    )
    outside = {day: standing.at(day).to_dict() for day in standing.dates()}
    rows = rows.assign(
        marked=[_marked(row, chosen, outside, assessor) for row in rows.itertuples()],
        hover=[f"{row.title}, {row.day}, {row.whose}: {row.class_name}" for row in rows.itertuples()],
    )
    return rows.sort_values(["row", "column"]).reset_index(drop=True)


def _marked(row, chosen: pd.Timestamp, outside: dict[pd.Timestamp, dict[str, str]], view: str) -> bool:
    """Say whether a judgement is outlined, given our third-party readings by day: see `select_status`."""
    if row.assessor != OUTSIDE:
        return outside[row.as_of][row.commitment_id] != row.status
    earlier = [day for day in outside if day < chosen]
    changed = bool(earlier) and outside[max(earlier)][row.commitment_id] != row.status
    return view == OUTSIDE and row.as_of == chosen and changed


def strip_figure(rows: pd.DataFrame, seen: str, assessor: str, as_of: str) -> go.Figure | None:
    """Draw a row for each commitment and a column for each day, or for each assessor; nothing before the guess."""
    if not seen:
        return None
    order = commitments.owed()
    labels = [f"{row.point}  {row.title}" for row in order.itertuples()]
    starts = [place for place, new in enumerate(order["point"] != order["point"].shift()) if new and place]
    columns = _columns(assessor, as_of)
    return grid.drawn(
        grid.cells(rows, standing.classes(pd.Timestamp(as_of))),
        labels,
        columns,
        LEGEND_ROWS,
        shapes=grid.rules_between(starts),
    )


def _columns(assessor: str, as_of: str) -> list[str]:
    """Return the columns' names. Days after the period have a column only when one of them is chosen."""
    if assessor == BESIDE:
        return ["Our<br>reading", *(standing.assessor(one) for one in PARTIES)]
    last = max(standing.last_of_period(), pd.Timestamp(as_of))
    shown = standing.dates() if last > standing.last_of_period() else [day for day in standing.dates() if day <= last]
    chosen = pd.Timestamp(as_of)
    names = {day: f"{day.day} {day:%b}<br>{day:%Y}" for day in shown}
    return [f"<b>{name}</b>" if day == chosen else name for day, name in names.items()]


def status_strip() -> Scene:
    """All commitments at the days of judgement, in the eyes of a third party, of each signatory, or of all four."""
    total = len(commitments.owed())
    return Scene(
        id="ceasefire-strip",
        question=f"How many of the {total} commitments had been carried out by the end of 2022?",
        rows=select_status,
        figure=strip_figure,
        reading=describe_strip,
        aside=rules,
        controls=(
            Number("guess", f"Your guess, of {total}", first=0, last=total, value=total // 2, unit="carried out"),
            Gate("seen", "Open the strip", skip_label="Skip the guess"),
            Choice("assessor", "Whose judgement", assessors()),
            Step("as_of", "Date", days(), value=f"{standing.last_of_period():%Y-%m-%d}"),
        ),
        columns={
            "title": "Commitment",
            "point": "Point",
            "day": "As of",
            "whose": "Whose judgement",
            "class_name": "Class",
            "finding": "What it rests on",
            "assessed_by": "Reported or said by",
            "confidence": "Confidence",
        },
        key="key",
        card=card,
        height=grid.height(total, LEGEND_ROWS),
        note="Each class is a judgement at a date, and names whose it is; none is a legal finding. “Breached” does not say "
        "by whom: the finding does. Choose a cell to read what it rests on.",
    )


def prediction() -> Prediction:
    """The strip with the reader's guess kept."""
    return Prediction(
        id="p03_kept",
        scene=status_strip(),
        guess="guess",
        gate="seen",
        words=lambda guess: f"{guess} of {len(commitments.owed())}",
    )
