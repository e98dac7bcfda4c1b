"""Plans for a settlement as readers meet them: what each text says of each matter of a full settlement."""

from __future__ import annotations

import pandas as pd

from utils import tables, theme
from utils.grid import Look
from utils.scenes.cards import Card
from utils.wording import date_text

STATEMENT = "2020_trilateral_statement"
COVERAGE = {
    "settled": Look("R", "has a rule", theme.TEXT),
    "named": Look("W", "words without a rule", theme.PAGE, "/"),
    "deferred": Look("F", "left for the future", theme.PAGE, "."),
    "absent": Look("A", "not there", theme.PAGE),
}
SHORT = {  # of the texts, above narrow columns
    "1997_package": "1997<br>package",
    "1997_step_by_step": "1997<br>steps",
    "1998_common_state": "1998<br>common<br>state",
    "2001_paris_key_west": "2001<br>Key<br>West",
    "2006_prague_principles": "2006<br>Prague",
    "2007_2009_madrid": "2007<br>Madrid",
    "2011_kazan": "2011<br>Kazan",
    "2016_2019_lavrov_phased": "2016-<br>2019<br>phased",
    STATEMENT: "2020<br>nine<br>points",
    "2022_five_principles": "2022<br>five",
    "2022_six_points": "2022<br>six",
    "2022_russian_paper": "2022<br>Russian<br>paper",
    "2022_prague_alma_ata": "2022<br>Prague",
}


def elements() -> pd.DataFrame:
    """Return the matters in their order (columns of `settlement_elements`, index `element_id`)."""
    return tables.load("settlement_elements").sort_values("number").set_index("element_id")


def texts() -> pd.DataFrame:
    """Return all texts, oldest first (columns of `proposals`, index `proposal_id`)."""
    return tables.load("proposals").set_index("proposal_id").sort_values("date", kind="stable")


def coverage(matters: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """Return what some texts say of some matters, as far as our sources tell, matter by matter, oldest text first.

    Columns: those of `settlement_coverage`; `number`, `element` (title), `text` (title of the text), `year`,
    `coverage_name`; `row`, `column`, `look`, `key`, `hover` (see `grid.cells`).
    """
    rows = tables.load("settlement_coverage")
    rows = rows[rows["proposal_id"].isin(plans.index) & rows["element_id"].isin(matters.index)]
    rows = rows.assign(
        number=[matters.at[one, "number"] for one in rows["element_id"]],
        element=[matters.at[one, "title"] for one in rows["element_id"]],
        text=[plans.at[one, "title"] for one in rows["proposal_id"]],
        year=[plans.at[one, "date"].year for one in rows["proposal_id"]],
        coverage_name=[COVERAGE[one].name for one in rows["coverage"]],
        row=[matters.index.get_loc(one) for one in rows["element_id"]],
        column=[plans.index.get_loc(one) for one in rows["proposal_id"]],
        look=rows["coverage"],
        key=rows["element_id"] + "/" + rows["proposal_id"],
    )
    rows = rows.assign(
        hover=[f"{row.element}, {row.text}: {row.coverage_name}. {row.told}" for row in rows.itertuples()]
    )
    return rows.sort_values(["row", "column"]).reset_index(drop=True)


def of_text(proposal_id: str) -> pd.Series:
    """Return what one text says of each matter (index: element id); none where our sources do not tell."""
    rows = tables.load("settlement_coverage")
    return rows[rows["proposal_id"] == proposal_id].set_index("element_id")["coverage"]


def card(key: str) -> Card:
    """Return the card of a matter in a text, such as "final_status/2020_trilateral_statement". Raise `KeyError`."""
    element_id, proposal_id = key.split("/")
    row = tables.load("settlement_coverage").set_index(["element_id", "proposal_id"]).loc[(element_id, proposal_id)]
    matter, plan = elements().loc[element_id], texts().loc[proposal_id]
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
