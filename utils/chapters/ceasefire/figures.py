"""Counting what was carried out: figures of peacekeepers, prisoners and people returning, claimants kept apart."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import axes, claims, names, tables, theme
from utils.chapters.ceasefire import standing
from utils.scenes import Card, Choice, Scene
from utils.wording import count, date_text, listing, number, plain

SUBJECTS = {
    "peacekeepers": "Peacekeepers (point 3)",
    "displaced": "People returning (point 7)",
    "prisoners": "Prisoners returned (point 8)",
}
GROUPS = {"armenia": "Returned to Armenia", "azerbaijan": "Returned to Azerbaijan"} | {
    "armenian": "Armenians returning to Nagorno-Karabakh",
    "azerbaijani": "Azerbaijanis returning to the districts",
}
SERVICEMEN = "Servicemen"
LOOKS = {  # of a maker's mark: ink and symbol; all others are grey
    "armenia": (theme.ARMENIA, "circle"),
    "nk_authorities": (theme.ARMENIA, "hexagon"),
    "azerbaijan": (theme.AZERBAIJAN, "square"),
    "russia": (theme.RUSSIA_TRACK, "triangle-up"),
}
NOT_A_COUNT = ("joint_centre_2021_01_30",)  # servicemen in the centre, not the strength of the contingent
LINE, HEAD, FOOT, MOST = 27, 12, 70, 11  # px; the largest number of lines of any subject
ROOM = 1.3  # the axis reaches beyond the largest figure, so that the figure fits beside its mark


def select_figures(subject: str) -> pd.DataFrame:
    """Return the dated figures of a subject, to the end of 2022, by group, maker and date.

    Columns: `key` (table, slash, id), `group` (what is counted), `makers` (ids), `claimant` (as the table names it),
    `kind_of_count`, `date`, `when` (text), `figure` (int: people), `what`, `note`, `source_ids`, `confidence`.
    Figures of different makers count differently and are never added up.
    """
    rows = {"peacekeepers": _strength, "displaced": _going_back, "prisoners": _returned}[subject]()
    rows = rows[rows["date"] <= standing.last_of_period()]
    rows = rows.assign(
        makers=rows["claimed_by"],
        kind_of_count=[kind_of_count(makers) for makers in rows["claimed_by"]],
        when=[date_text(row.date, row.date_precision) for row in rows.itertuples()],
        figure=rows["figure"].astype(int),
        maker=[_maker(row) for row in rows.itertuples()],
    )
    rows = rows.sort_values(["group", "maker", "date"], kind="stable")
    return rows[
        [
            "key",
            "group",
            "makers",
            "maker",
            "claimant",
            "kind_of_count",
            "date",
            "when",
            "figure",
            "what",
            "note",
            "source_ids",
            "confidence",
        ]
    ]


def _maker(row) -> str:
    """Return who gave a figure, in short: compilers and the press by their own name."""
    if set(row.claimed_by) >= set(standing.PARTIES):
        return "The text"
    return row.claimant if row.claimed_by == ("reference_compilers",) else listing(names.labels(row.claimed_by))


def _strength() -> pd.DataFrame:
    rows = tables.load("peacekeepers").dropna(subset=["personnel"])
    rows = rows[~rows["figure_id"].isin(NOT_A_COUNT)]
    return rows.assign(
        key="peacekeepers/" + rows["figure_id"], group=SERVICEMEN, claimant=rows["stated_by"], figure=rows["personnel"]
    )


def _going_back() -> pd.DataFrame:
    rows = tables.load("displaced").query("kind == 'returned'")
    what = rows["group"] + ". " + rows["what"]
    return rows.assign(
        key="displaced/" + rows["figure_id"],
        group=rows["side"].map(GROUPS),
        claimant=rows["counted_by"],
        figure=rows["number"],
        what=what,
    )


def _returned() -> pd.DataFrame:
    rows = tables.load("prisoners").query("kind == 'total'")
    return rows.assign(
        key="prisoners/" + rows["release_id"],
        group=rows["returned_to"].map(GROUPS),
        claimant=rows["stated_by"],
        figure=rows["number"],
    )


def kind_of_count(makers: tuple[str, ...]) -> str:
    """Say whose number it is: "claim of a signatory", of the de facto authorities, of media of one side, or "count by others"."""
    if set(makers) >= set(standing.PARTIES):
        return "the text itself"
    if set(makers) & set(standing.PARTIES):
        return "claim of a signatory"
    return claims.kind_of_count(makers[0])


def figures_figure(rows: pd.DataFrame, subject: str) -> go.Figure:
    """Draw one line for each figure, under its group: hollow marks for claims, filled for counts by others."""
    lines = _lines(rows)
    place = {key: at for at, (key, _) in enumerate(lines)}
    most = int(rows["figure"].max())
    figure = go.Figure()
    for row in rows.itertuples():
        ink, symbol = (
            LOOKS.get(row.makers[0], (theme.NEUTRAL, "diamond")) if len(row.makers) == 1 else (theme.TEXT, "x")
        )
        hollow = row.kind_of_count not in ("count by others", "the text itself")
        figure.add_scatter(
            x=[0, row.figure],
            y=[place[row.key]] * 2,
            mode="lines+markers+text",
            line=dict(color=theme.GRID.light, width=2),
            cliponaxis=False,
            marker=_ends(theme.claimed(ink, symbol) if hollow else theme.counted(ink, symbol, 12)),
            text=["", f" {number(row.figure)}"],
            textposition="middle right",
            textfont=dict(size=13, color=theme.TEXT.light),
            customdata=[row.key] * 2,
            hovertext=plain(f"{row.claimant}, {row.when}: {number(row.figure)}"),
            hoverinfo="text",
            showlegend=False,
        )
    figure.update_xaxes(
        range=[-0.03 * most, most * ROOM], title_text="people, as counted or claimed", tickformat=",", nticks=5
    )
    figure.update_yaxes(axes.lines([text for _, text in lines], range=[MOST - 0.5, -0.5], showgrid=False))
    headings = [(place, key) for place, (key, label) in enumerate(lines) if not label]
    return figure.update_layout(margin=dict(t=HEAD), annotations=[_heading(*one) for one in headings])


def _heading(place: int, text: str) -> dict:
    at = dict(x=0, xref="paper", y=place, yref="y", xanchor="left", showarrow=False)
    return at | dict(text=f"<b>{plain(text)}</b>", font=dict(size=13, color=theme.TEXT.light), bgcolor=theme.PAGE.light)


def _ends(marker: dict) -> dict:
    """Return a mark for the second of two points only."""
    return marker | dict(size=[0, marker["size"]])


def _lines(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return key and label of each line of the chart: for each group its name without a label, then its figures."""
    return [
        line
        for group, some in rows.groupby("group", sort=False)
        for line in [
            (group, ""),
            *((row.key, plain(f"{row.maker}, {row.date.day} {row.date:%b %Y}")) for row in some.itertuples()),
        ]
    ]


def describe_figures(rows: pd.DataFrame, subject: str) -> str:
    """Say for each group who gave the lowest and the highest figure, and whether anybody outside the signatories counted."""
    told = " ".join(_told_of_group(group, some) for group, some in rows.groupby("group", sort=False))
    others = sorted(set(rows.loc[rows["kind_of_count"] == "count by others", "maker"]))
    outside = (
        f"Others than the signatories who gave a figure: {listing(others)}."
        if others
        else "Nobody but the signatories gave a figure."
    )
    return f"{told} {outside} Figures of different makers count differently: they are not to be added up."


def _told_of_group(group: str, rows: pd.DataFrame) -> str:
    low, high = rows.loc[rows["figure"].idxmin()], rows.loc[rows["figure"].idxmax()]
    makers = count(rows["maker"].nunique(), "maker")
    if len(rows) == 1:
        return f"{group}: one figure, {number(low['figure'])} ({low['maker']}, {low['when']})."
    ends = (f"{number(one['figure'])} ({one['maker']}, {one['when']})" for one in (low, high))
    return f"{group}: {count(len(rows), 'figure')} by {makers}, from {' to '.join(ends)}."


def card(key: str) -> Card:
    """Return the card of a figure, such as "prisoners/total_to_armenia_2022". Raise `KeyError` for an unknown one."""
    rows = pd.concat([select_figures(subject) for subject in SUBJECTS]).set_index("key")
    row = rows.loc[key]
    return Card(
        title=f"{row['group']}: {number(row['figure'])}",
        date=row["when"],
        facts=(("Row", key.replace("/", ", ")), ("Given by", row["claimant"]), ("What it is", row["kind_of_count"])),
        text=row["what"],
        source_ids=row["source_ids"],
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )


def rival_figures() -> Scene:
    """Figures of what was carried out, each under its maker."""
    return Scene(
        id="ceasefire-figures",
        question="Who counted, and what exactly?",
        rows=select_figures,
        figure=figures_figure,
        reading=describe_figures,
        controls=(Choice("subject", "Count of", SUBJECTS, value="displaced"),),
        columns={
            "claimant": "Given by",
            "when": "Date",
            "group": "What",
            "figure": "Figure",
            "kind_of_count": "Kind of count",
            "what": "What it counts",
            "confidence": "Confidence",
        },
        key="key",
        card=card,
        height=HEAD + LINE * MOST + FOOT,
        note="Hollow = claimed by a signatory, an authority or media of one side; filled = counted by others, or the text itself. "
        "Rows of one maker are running totals in order of time.",
    )
