"""What is not there: matters of a full settlement that the statement rules on, names, or leaves out, beside earlier plans."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events, grid, tables, theme
from utils.grid import Look
from utils.scenes import Card, Choice, Scene
from utils.wording import count, date_text, listing, plain, span_text

STATEMENT = "2020_trilateral_statement"
COVERAGE = {
    "settled": Look("R", "has a rule", theme.TEXT),
    "named": Look("W", "words without a rule", theme.PAGE, "/"),
    "deferred": Look("F", "left for the future", theme.PAGE, "."),
    "absent": Look("A", "not there", theme.PAGE),
}
SHORT = {  # of the plans, above narrow columns
    "1997_package": "1997<br>package",
    "1997_step_by_step": "1997<br>steps",
    "1998_common_state": "1998<br>common<br>state",
    "2001_paris_key_west": "2001<br>Key<br>West",
    "2006_prague_principles": "2006<br>Prague",
    "2007_2009_madrid": "2007<br>Madrid",
    "2011_kazan": "2011<br>Kazan",
    "2016_2019_lavrov_phased": "2016-<br>2019<br>phased",
    STATEMENT: "2020<br>nine<br>points",
}
LEGEND_ROWS = 2


def elements() -> pd.DataFrame:
    """Return the twelve matters in their order (columns of `settlement_elements`, index `element_id`)."""
    return tables.load("settlement_elements").sort_values("number").set_index("element_id")


def plans() -> pd.DataFrame:
    """Return the statement and the plans before it, oldest first (columns of `proposals`, index `proposal_id`)."""
    rows = tables.load("proposals").set_index("proposal_id")
    return rows[rows["date"] <= rows.at[STATEMENT, "date"]].sort_values("date", kind="stable")


def select_coverage(plan: str) -> pd.DataFrame:
    """Return what each text says of each matter, as far as our sources tell.

    Columns: those of `settlement_coverage`; `number`, `element` (title), `text` (title of the plan), `year`,
    `coverage_name`; `row`, `column`, `look`, `marked` (bool: the chosen plan rules on or names what the statement leaves
    out), `key`, `hover`.
    """
    rows = tables.load("settlement_coverage")
    rows = rows[rows["proposal_id"].isin(plans().index)]
    matters, texts = elements(), plans()
    missing = set(left_out())
    rows = rows.assign(
        number=[matters.at[one, "number"] for one in rows["element_id"]],
        element=[matters.at[one, "title"] for one in rows["element_id"]],
        text=[texts.at[one, "title"] for one in rows["proposal_id"]],
        year=[texts.at[one, "date"].year for one in rows["proposal_id"]],
        coverage_name=[COVERAGE[one].name for one in rows["coverage"]],
        row=[matters.index.get_loc(one) for one in rows["element_id"]],
        column=[texts.index.get_loc(one) for one in rows["proposal_id"]],
        look=rows["coverage"],
        key=rows["element_id"] + "/" + rows["proposal_id"],
    )
    there = rows["coverage"].isin(["settled", "named"])
    rows = rows.assign(
        marked=(rows["proposal_id"] == plan) & there & rows["element_id"].isin(missing),
        hover=[f"{row.element}, {row.text}: {row.coverage_name}. {row.told}" for row in rows.itertuples()],
    )
    return rows.sort_values(["row", "column"]).reset_index(drop=True)


def of_text(proposal_id: str) -> pd.Series:
    """Return what one text says of each matter (index: element id); none where our sources do not tell."""
    rows = tables.load("settlement_coverage")
    return rows[rows["proposal_id"] == proposal_id].set_index("element_id")["coverage"]


def left_out() -> list[str]:
    """Return the matters that the statement does not name, in their order."""
    said = of_text(STATEMENT)
    return [one for one in elements().index if said[one] == "absent"]


def coverage_figure(rows: pd.DataFrame, plan: str) -> go.Figure:
    """Draw a row for each matter and a column for each text, the statement last; an empty place is not known to us."""
    matters = elements()
    labels = [plain(title) for title in matters["title"]]
    names = [f"<b>{SHORT[one]}</b>" if one in (plan, STATEMENT) else SHORT[one] for one in plans().index]
    last = plans().index.get_loc(STATEMENT)
    edge = dict(type="rect", xref="x", x0=last - 0.5, x1=last + 0.5, yref="y", y0=-0.5, y1=len(matters) - 0.5)
    band = edge | dict(fillcolor=theme.BAND.light, line=dict(width=0), layer="below")
    figure = grid.drawn(grid.cells(rows, COVERAGE), labels, names, LEGEND_ROWS, shapes=[band])
    return figure.update_xaxes(tickfont_size=11)


def describe_coverage(rows: pd.DataFrame, plan: str) -> str:
    """Count what the statement rules on, names and leaves out, and say which of that the chosen plan had."""
    said = of_text(STATEMENT)
    sizes = said.value_counts()
    matters = elements()["title"].map(lambda title: title[0].lower() + title[1:])
    missing = left_out()
    told = (
        f"Of {count(len(matters), 'matter')} the nine points rule on {sizes.get('settled', 0) or 'none'}, only name "
        f"{sizes.get('named', 0) or 'none'}, put off {sizes.get('deferred', 0) or 'none'} and leave out {len(missing)}: {listing(matters[one] for one in missing)}."
    )
    other = of_text(plan)
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


def card(key: str) -> Card:
    """Return the card of a matter in a text, such as "final_status/2020_trilateral_statement". Raise `KeyError`."""
    element_id, proposal_id = key.split("/")
    row = tables.load("settlement_coverage").set_index(["element_id", "proposal_id"]).loc[(element_id, proposal_id)]
    matter, plan = elements().loc[element_id], plans().loc[proposal_id]
    return Card(
        title=f"{matter['title']}: {COVERAGE[row['coverage']].name}",
        date=f"{plan['title']}, {date_text(plan['date'], plan['date_precision'])}",
        facts=(
            ("Row", f"settlement_coverage, {key}"),
            ("The matter", matter["meaning"]),
            ("The text", plan["title"]),
            ("By", plan["authors"]),
            ("Accepted by", plan["accepted_by"]),
            ("Rejected by", plan["rejected_by"]),
        ),
        text=row["told"],
        source_ids=tuple(dict.fromkeys([*row["source_ids"], *plan["source_ids"]])),
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )


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
        card=card,
        height=grid.height(len(elements()), LEGEND_ROWS),
        note=f"An empty place means that our sources do not tell: several plans were never published. The list of {len(elements())} is "
        "for comparison; no rule says that a ceasefire must settle them. An outline marks what the chosen plan spoke of and the nine "
        f"points leave out. The nine points ended a war in the night of {signed()}.",
    )
