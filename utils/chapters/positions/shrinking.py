"""How the possible deal shrank: what the texts from 1997 to 2022 say of status, land, links and the rest."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import grid, settlement
from utils.scenes import Choice, Column, Panel, Scene, Statement
from utils.settlement import COVERAGE
from utils.wording import count, listing, wrapped

MATTERS = ("final_status", "districts", "link", "rights", "peacekeepers", "return_of_displaced", "transport", "border")
SHORT = {  # above the columns
    "final_status": "final<br>status",
    "districts": "land",
    "link": "link",
    "rights": "rights",
    "peacekeepers": "peace<br>force",
    "return_of_displaced": "return",
    "transport": "trans-<br>port",
    "border": "border",
}
LABEL_LETTERS, LEGEND_ROWS, ROW = 26, 2, 36
SAID_OF = {  # coverage of a matter: words of the reading
    "settled": "A rule on it:",
    "named": "Words without a rule:",
    "deferred": "Left for the future:",
    "absent": "Not there:",
}


def matters() -> pd.DataFrame:
    """Return the matters of the chart in its order (columns of `settlement_elements`, index `element_id`)."""
    return settlement.elements().loc[list(MATTERS)]


def select_texts(matter: str) -> pd.DataFrame:
    """Return what each text says of each matter, the oldest text first (columns as those of `settlement.coverage`).

    `row` is the text and `column` the matter; `marked` (bool) sets off the cells of the chosen matter.
    """
    rows = settlement.coverage(matters(), settlement.texts())
    rows = rows.assign(row=rows["column"], column=rows["row"], marked=rows["element_id"] == matter)
    return rows.sort_values(["row", "column"]).reset_index(drop=True)


def texts_figure(rows: pd.DataFrame, matter: str) -> go.Figure:
    """Draw a row for each text, oldest on top, and a column for each matter; an empty place is not known to us."""
    labels = [wrapped(f"{row.date.year} {row.title}", LABEL_LETTERS) for row in settlement.texts().itertuples()]
    columns = [f"<b>{SHORT[one]}</b>" if one == matter else SHORT[one] for one in MATTERS]
    return grid.drawn(grid.cells(rows, COVERAGE), labels, columns, LEGEND_ROWS)


def ruled(rows: pd.DataFrame) -> pd.Series:
    """Return on how many of the matters each text has a rule (index: proposal id, oldest first)."""
    order = settlement.texts().index
    sizes = rows[rows["coverage"] == "settled"].groupby("proposal_id").size()
    return sizes.reindex(order, fill_value=0)


def describe_texts(rows: pd.DataFrame, matter: str) -> str:
    """Say what each text does with the chosen matter, which has the most rules, and how many have none."""
    plans = settlement.texts()
    mine = rows[rows["element_id"] == matter]
    title = settlement.elements().at[matter, "title"]
    title = title[0].lower() + title[1:]

    def named(kind: str) -> list[str]:
        return [f"{row.text} ({row.year})" for row in mine[mine["coverage"] == kind].itertuples()]

    told = [f"{words} {listing(some)}." for kind, words in SAID_OF.items() if (some := named(kind))]
    untold = [f"{row.title} ({row.date.year})" for one, row in plans.iterrows() if one not in set(mine["proposal_id"])]
    if untold:
        told.append(f"Not told by our sources: {listing(untold)}.")
    sizes = ruled(rows)
    most = listing(
        f"{plans.at[one, 'title']} ({plans.at[one, 'date'].year})" for one in sizes[sizes == sizes.max()].index
    )
    none = int((sizes == 0).sum())
    return (
        f"{title[0].upper()}{title[1:]}. {' '.join(told)} As far as our sources tell, the most rules are "
        f"in {most}, on {sizes.max()} of {count(len(MATTERS), 'matter')}; {count(none, 'text')} of {len(sizes)} {'has' if none == 1 else 'have'} a rule on none of them."
    )


def what_texts_say(rows: pd.DataFrame, matter: str) -> list[Panel]:
    """Return what each text says of the chosen matter, oldest first, the earlier half left and the later one right."""
    mine = rows[rows["element_id"] == matter].reset_index(drop=True)
    half = (len(mine) + 1) // 2
    columns = (_column(some) for some in (mine.iloc[:half], mine.iloc[half:]))
    return [Panel(f"{settlement.elements().at[matter, 'title']}, text by text", *columns, open=True)]


def _column(rows: pd.DataFrame) -> Column:
    years = rows["year"].unique()
    title = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
    return Column(
        title,
        tuple(
            Statement(row.told, f"{row.year}, {row.text}", source_ids=row.source_ids, confidence=row.confidence)
            for row in rows.itertuples()
        ),
    )


def shrinking_deal() -> Scene:
    """What the texts from 1997 to 2022 say of each matter."""
    titles = matters()["title"]
    years = settlement.texts()["date"].dt.year
    return Scene(
        id="positions-texts",
        question=f"What could have been agreed, from {years.min()} to {years.max()}, and what dropped out?",
        rows=select_texts,
        figure=texts_figure,
        reading=describe_texts,
        panels=what_texts_say,
        controls=(Choice("matter", "Matter", dict(titles), value="final_status"),),
        columns={
            "text": "Text",
            "year": "Year",
            "element": "Matter",
            "coverage_name": "What it does",
            "told": "In our words",
            "confidence": "Confidence",
        },
        key="key",
        card=settlement.card,
        height=grid.HEAD + ROW * len(years) + 8 + grid.LEGEND_ROW * LEGEND_ROWS,
        note="An empty place means that our sources do not tell: several texts were never published. None of these plans came into force but "
        "the nine points; a fuller text is not a better one, and each of these was refused by somebody or overtaken.",
    )
