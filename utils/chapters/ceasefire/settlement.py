"""What is not there: matters of a full settlement that the statement rules on, names, or leaves out, beside earlier plans."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, grid, settlement, theme
from utils.scenes import Choice, Scene
from utils.settlement import COVERAGE, SHORT, STATEMENT
from utils.wording import count, listing, plain, span_text

LEGEND_ROWS = 2


def plans() -> pd.DataFrame:
    """Return the statement and the plans before it, oldest first (columns of `proposals`, index `proposal_id`)."""
    rows = settlement.texts()
    return rows[rows["date"] <= rows.at[STATEMENT, "date"]]


def select_coverage(plan: str) -> pd.DataFrame:
    """Return what each text says of each matter, as far as our sources tell.

    Columns: those of `settlement.coverage`, and `marked` (bool: the chosen plan rules on or names what the statement
    leaves out).
    """
    rows = settlement.coverage(settlement.elements(), plans())
    there = rows["coverage"].isin(["settled", "named"])
    return rows.assign(marked=(rows["proposal_id"] == plan) & there & rows["element_id"].isin(left_out()))


def left_out() -> list[str]:
    """Return the matters that the statement does not name, in their order."""
    said = settlement.of_text(STATEMENT)
    return [one for one in settlement.elements().index if said[one] == "absent"]


def coverage_figure(rows: pd.DataFrame, plan: str) -> go.Figure:
    """Draw a row for each matter and a column for each text, the statement last; an empty place is not known to us."""
    matters = settlement.elements()
    labels = [plain(title) for title in matters["title"]]
    names = [f"<b>{SHORT[one]}</b>" if one in (plan, STATEMENT) else SHORT[one] for one in plans().index]
    last = plans().index.get_loc(STATEMENT)
    edge = dict(type="rect", xref="x", x0=last - 0.5, x1=last + 0.5, yref="y", y0=-0.5, y1=len(matters) - 0.5)
    band = edge | dict(fillcolor=theme.BAND.light, line=dict(width=0), layer="below")
    figure = grid.drawn(grid.cells(rows, COVERAGE), labels, names, LEGEND_ROWS, shapes=[band])
    return figure.update_xaxes(tickfont_size=11)


def describe_coverage(rows: pd.DataFrame, plan: str) -> str:
    """Count what the statement rules on, names and leaves out, and say which of that the chosen plan had."""
    said = settlement.of_text(STATEMENT)
    sizes = said.value_counts()
    matters = settlement.elements()["title"].map(lambda title: title[0].lower() + title[1:])
    missing = left_out()
    told = (
        f"Of {count(len(matters), 'matter')} the nine points rule on {sizes.get('settled', 0) or 'none'}, only name "
        f"{sizes.get('named', 0) or 'none'}, put off {sizes.get('deferred', 0) or 'none'} and leave out {len(missing)}: {listing(matters[one] for one in missing)}."
    )
    other = settlement.of_text(plan)
    had = [one for one in missing if other.get(one) in ("settled", "named")]
    later = [one for one in missing if other.get(one) == "deferred"]
    unknown = [one for one in missing if one not in other.index]
    parts = [
        f"{verb} {listing(matters[one] for one in some)}"
        for verb, some in (("spoke of", had), ("put off", later))
        if some
    ]
    title = plans().at[plan, "title"]
    told += (
        f" Of these, “{title}” ({plans().at[plan, 'date'].year}) "
        + (listing(parts) if parts else "spoke of none that we know of")
        + "."
    )
    return told + (f" On {len(unknown)} of them our sources for it do not tell." if unknown else "")


def signed() -> str:
    """Return the days between which the statement was signed."""
    return span_text(events.moment("trilateral_statement_2020"), events.moment("trilateral_statement_2020", end=True))


def what_is_missing() -> Scene:
    """Twelve matters of a full settlement, in the statement and in the plans before it."""
    earlier = plans().drop(index=STATEMENT)
    return Scene(
        id="ceasefire-missing",
        question="What would a full settlement rule on that the nine points leave out?",
        rows=select_coverage,
        figure=coverage_figure,
        reading=describe_coverage,
        controls=(
            Choice(
                "plan",
                "Compare with",
                {one: f"{row['title']} ({row['date'].year})" for one, row in earlier.iterrows()},
                value="2007_2009_madrid",
            ),
        ),
        columns={
            "element": "Matter",
            "text": "Text",
            "year": "Year",
            "coverage_name": "What it does",
            "told": "In our words",
            "confidence": "Confidence",
        },
        key="key",
        card=settlement.card,
        height=grid.height(len(settlement.elements()), LEGEND_ROWS),
        note=f"An empty place means that our sources do not tell: several plans were never published. The list of {len(settlement.elements())} is "
        "for comparison; no rule says that a ceasefire must settle them. An outline marks what the chosen plan spoke of and the nine "
        f"points leave out. The nine points ended a war in the night of {signed()}.",
    )
