"""What a count of the dead leaves out: other harm of the war of autumn 2020, by side, with the gaps."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import claims, names, tables, theme
from utils.scenes import Card, Choice, Scene
from utils.wording import count, date_text, listing, number, plain

EPISODE = "war_2020"
NO_FIGURE = "no figure found"
KINDS = {
    "wounded": "Wounded",
    "missing": "Missing",
    "captured": "Captured (held or returned)",
    "displaced": "Displaced",
    "homes": "Homes damaged",
    "mines": "Mine victims after the war",
}
ASKED = {"all": "All, the latest figures", **{kind: f"{name}, all figures" for kind, name in KINDS.items()}}
WHOSE = {"both": "Both", "armenian": "Armenian side", "azerbaijani": "Azerbaijani side"}
SIDES = {"armenian": "Armenian side", "azerbaijani": "Azerbaijani side"}
RUNNING = ("missing", "captured", "mines")  # counted on and on: the latest figure of each maker stands for all
DISPLACED = ("az_displaced_2020", "am_displaced_2020", "am_still_displaced_2021")  # of `displaced`, those of this war
RETURNED_TO = {"armenia": "armenian", "azerbaijan": "azerbaijani"}
COLUMNS = [
    "key",
    "kind",
    "kind_name",
    "side",
    "side_name",
    "figure",
    "figure_low",
    "figure_high",
    "counted_by",
    "party",
    "as_of",
    "definition",
    "source_ids",
    "confidence",
]
LINE, HEAD = 26, 36  # px: one figure, and one kind's heading


# ---- rows --------------------------------------------------------------------------------------------------


def harm() -> pd.DataFrame:
    """Return every figure of our tables on harm of the war of autumn 2020 other than deaths.

    Columns: `key` (table, slash, id of the row), `kind` (of `KINDS`), `kind_name`; `side` ("armenian" or
    "azerbaijani": who was harmed), `side_name`; `figure` (Int64: people, or homes for that kind), `figure_low`, `figure_high` (Int64, missing
    where there is no range); `counted_by` (text), `party` ("armenia", "azerbaijan" or "": whose officials or media
    count), `as_of` (Timestamp), `definition` (what the row's remark says), `source_ids`, `confidence`.
    Rows overlap and are never added up.
    """
    parts = [_of_claims(), _of_prisoners(), _of_displaced(), _of_mines()]
    rows = pd.concat([part for part in parts if len(part)], ignore_index=True)
    same = rows["kind"].eq("displaced") & rows.duplicated(["kind", "side", "figure"])
    rows = rows[~same]  # one figure, held by two tables
    whole = {name: rows[name].astype("Int64") for name in ("figure", "figure_low", "figure_high")}
    rows = rows.assign(kind_name=rows["kind"].map(KINDS), side_name=rows["side"].map(SIDES), **whole)
    order = rows["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return rows.assign(order=order).sort_values(["order", "side", "as_of", "figure"])[COLUMNS].reset_index(drop=True)


def _of_claims() -> pd.DataFrame:
    made = tables.load("casualty_claims").query("episode_id == @EPISODE and figure.notna()")
    made = made[made["category"].isin(KINDS) & made["side_harmed"].isin(SIDES)]
    return made.assign(
        key="casualty_claims/" + made["claim_id"],
        kind=made["category"],
        side=made["side_harmed"],
        counted_by=names.labels(made["claimed_by"]),
        party=[claims.party(one) for one in made["claimed_by"]],
        definition=made["note"].fillna(""),
    )


def _of_prisoners() -> pd.DataFrame:
    """Return the running totals of those who came back; a total for another year's captives is none of them."""
    totals = tables.load("prisoners")
    totals = totals[totals["kind"] == "total"]
    return totals.assign(
        key="prisoners/" + totals["release_id"],
        kind="captured",
        side=totals["returned_to"].map(RETURNED_TO),
        figure=totals["number"],
        counted_by=totals["stated_by"],
        party=totals["claimed_by"].map(party_of),
        as_of=totals["date"],
        definition=totals["what"],
    )


def _of_displaced() -> pd.DataFrame:
    rows = tables.load("displaced")
    rows = rows[rows["figure_id"].isin(DISPLACED)]
    return rows.assign(
        key="displaced/" + rows["figure_id"],
        kind="displaced",
        figure=rows["number"],
        party=rows["claimed_by"].map(party_of),
        as_of=rows["date"],
        definition=rows["group"] + ". " + rows["what"],
    )


def _of_mines() -> pd.DataFrame:
    """Return the running totals of mine victims of all kinds of people, up to the end of the period of this pack."""
    mines = tables.load("mines")
    total = (mines["scope"] == "total") & (mines["kind"] == "victims") & (mines["counted"] == "everybody")
    mines = mines[total & mines["side_harmed"].isin(SIDES) & (mines["date"] <= last_day())]
    return mines.assign(
        key="mines/" + mines["figure_id"],
        kind="mines",
        side=mines["side_harmed"],
        figure=mines["value"],
        counted_by=names.labels(mines["claimed_by"]),
        party=[claims.party(one) for one in mines["claimed_by"]],
        as_of=mines["date"],
        definition=mines["stated_by"] + ". " + mines["what"],
    )


def last_day() -> pd.Timestamp:
    """Return the last day before the epilogue."""
    table = tables.load("events")
    return table.loc[table["period"] == "after_ceasefire_2020_2022", "date_start"].max().replace(month=12, day=31)


def party_of(makers: tuple[str, ...]) -> str:
    """Return the side whose officials or media the makers of a count are; "" for others."""
    (party, *others) = dict.fromkeys(claims.party(one) for one in makers)
    return "" if others else party


def select_harm(kind: str, whose: str) -> pd.DataFrame:
    """Return the figures of one kind, or of every kind the latest, and a row without a figure where a side has none.

    Columns: those of `harm`, and `figure_text` ("1,245", or "no figure found": never zero).
    """
    rows = harm()
    kinds = list(KINDS) if kind == "all" else [kind]
    sides = list(SIDES) if whose == "both" else [whose]
    rows = rows[rows["kind"].isin(kinds) & rows["side"].isin(sides)]
    if kind == "all":
        newest = ~rows.duplicated(["kind", "side", "counted_by"], keep="last")
        rows = rows[~rows["kind"].isin(RUNNING) | newest]
    have = set(rows[["kind", "side"]].itertuples(index=False, name=None))
    gaps = [
        dict(kind=one, kind_name=KINDS[one], side=side, side_name=SIDES[side], definition=remark(one, side))
        for one in kinds
        for side in sides
        if (one, side) not in have
    ]
    empty = pd.DataFrame(gaps, columns=COLUMNS).assign(
        key=[f"none/{gap['kind']}/{gap['side']}" for gap in gaps], counted_by="", party="", confidence=""
    )
    empty["source_ids"] = [()] * len(empty)
    rows = pd.concat([rows.astype(object), empty.astype(object)], ignore_index=True)
    rows = rows.assign(
        order=[(kinds.index(row.kind), sides.index(row.side)) for row in rows.itertuples()],
        as_of=pd.to_datetime(rows["as_of"]),
        **{name: rows[name].astype("Int64") for name in ("figure", "figure_low", "figure_high")},
    )
    rows = rows.sort_values(["order", "as_of", "figure"]).drop(columns="order").reset_index(drop=True)
    return rows.assign(figure_text=[NO_FIGURE if pd.isna(one) else number(one) for one in rows["figure"]])


def remark(kind: str, side: str) -> str:
    """Return what our tables do hold where a side has no figure of a kind: for mines, single blasts."""
    if kind != "mines":
        return ""
    mines = tables.load("mines")
    people = mines["kind"].isin(("killed", "injured", "victims")) & (mines["date"] <= last_day())
    single = mines[people & (mines["scope"] == "single") & (mines["side_harmed"] == side)]
    if single.empty:
        return ""
    return f"No running total; our tables hold {count(single['date'].nunique(), 'single blast')}."


# ---- chart -------------------------------------------------------------------------------------------------


def harm_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw one panel a kind with an axis of its own, and one line a figure: who counted, when and how many."""
    kinds = list(dict.fromkeys(rows["kind"]))
    sizes = [int((rows["kind"] == kind).sum()) for kind in kinds]
    whole = sum(sizes) * LINE + len(kinds) * HEAD
    figure = make_subplots(
        rows=len(kinds),
        cols=1,
        row_heights=[size / sum(sizes) for size in sizes],
        vertical_spacing=HEAD / whole if len(kinds) > 1 else 0,
        subplot_titles=[KINDS[kind] for kind in kinds],
    )
    for place, kind in enumerate(kinds, start=1):
        _draw_kind(figure, rows[rows["kind"] == kind].reset_index(drop=True), place)
    figure.update_annotations(
        selector=lambda note: note.text in KINDS.values(),
        x=0,
        xanchor="left",
        font=dict(size=14, color=theme.TEXT.light),
    )
    if len(kinds) == 1:  # there is room for what was counted
        figure.layout.annotations += tuple(definitions(rows.reset_index(drop=True)))
    figure.update_xaxes(showgrid=False, zeroline=True, zerolinewidth=2, ticks="", showticklabels=False)
    return figure.update_layout(margin=dict(t=28), showlegend=False)


def _draw_kind(figure: go.Figure, rows: pd.DataFrame, place: int) -> None:
    """Draw one kind: a thin line from nothing to each figure, its mark and its words; words alone where there is none."""
    rows = rows.assign(y=-rows.index)
    found, gaps = rows[rows["figure"].notna()], rows[rows["figure"].isna()]
    most = max(1, int(found["figure"].max())) if len(found) else 1
    where = dict(row=place, col=1)
    figure.add_scatter(
        x=[end for figure_ in found["figure"].astype(int) for end in (0, figure_, None)],
        y=[end for y in found["y"] for end in (y, y, None)],
        mode="lines",
        line=dict(color=theme.GRID.light, width=1),
        hoverinfo="skip",
        **where,
    )
    for party, some in found.groupby("party"):
        ink, symbol = theme.PARTY_INK.get(party, theme.NEUTRAL), theme.PARTY_SYMBOL.get(party, "diamond")
        figure.add_scatter(
            x=some["figure"].astype(int),
            y=some["y"],
            mode="markers+text",
            customdata=some["key"],
            text=[
                f" <b>{row.figure_text}</b> {plain(shortened(row.counted_by))}, {row.as_of:%b %Y}"
                for row in some.itertuples()
            ],
            textposition="middle right",
            textfont=dict(size=12, color=theme.TEXT.light),
            cliponaxis=False,
            marker=theme.claimed(ink, symbol, 11) if party else theme.counted(ink, symbol),
            error_x=claims.whiskers(some["figure"], some["figure_low"], some["figure_high"], ink),
            hovertext=[
                wrapped(f"{row.counted_by}, {date_text(row.as_of)}: {row.figure_text}. {row.definition}", 70)
                for row in some.itertuples()
            ],
            hoverinfo="text",
            **where,
        )
    if len(gaps):
        figure.add_scatter(
            x=[0] * len(gaps),
            y=gaps["y"],
            mode="text",
            text=[f" <i>{NO_FIGURE}</i>"] * len(gaps),
            textposition="middle right",
            textfont=dict(size=12, color=theme.NEUTRAL.light),
            cliponaxis=False,
            hoverinfo="skip",
            **where,
        )
    figure.update_yaxes(
        range=[-len(rows) + 0.4, 0.6],
        tickvals=rows["y"].tolist(),
        ticktext=rows["side_name"].tolist(),
        ticks="",
        showgrid=False,
        zeroline=False,
        **where,
    )
    # Each mark has its figure beside it, so the axis needs no numbers: only where nothing is.
    figure.update_xaxes(range=[-0.02 * most, 2.7 * most], **where)


def definitions(rows: pd.DataFrame) -> list[dict]:
    """Return, as notes on the one panel there is, what was counted under each figure, as far as there is room."""
    longest = 225 if len(rows) <= 5 else 150
    look = dict(xref="x", yref="y", xanchor="left", yanchor="top", yshift=-9, align="left", showarrow=False)
    font = dict(size=12, color=theme.NEUTRAL.light)
    told = rows[rows["definition"].astype(bool)]["definition"]
    return [
        dict(x=0, y=-place, text=wrapped(textwrap.shorten(text, longest, placeholder=" …"), 76), font=font, **look)
        for place, text in told.items()
    ]


def wrapped(text: str, width: int) -> str:
    """Return text from a table broken into lines for a chart."""
    return "<br>".join(plain(line) for line in textwrap.wrap(text, width))


def shortened(counted_by: str, width: int = 30) -> str:
    """Return who counted, cut at a word to what the chart has room for; a person's office without the name."""
    return textwrap.shorten(counted_by.split(", ")[0], width, placeholder=" …")


# ---- words -------------------------------------------------------------------------------------------------


def describe_harm(rows: pd.DataFrame, kind: str) -> str:
    """Say how many figures there are for each side, and where a side has none."""
    found, gaps = rows[rows["figure"].notna()], rows[rows["figure"].isna()]
    missing = "; ".join(
        f"{listing(some['kind_name'].str.lower())} ({name})" for name, some in gaps.groupby("side_name")
    )
    blank = f" {NO_FIGURE.capitalize()}: {missing}. A missing number is not a zero." if missing else ""
    if found.empty:
        return blank.strip()
    sizes = found["side_name"].value_counts().sort_index()
    by_side = listing(f"{number(size)} on the {name}" for name, size in sizes.items())
    first = (
        f"{count(len(found), 'figure')} on the {sizes.index[0]}"
        if len(sizes) == 1
        else f"{len(found)} figures, {by_side}"
    )
    parties = int((found["party"] != "").sum())
    others = len(found) - parties
    made = f"{parties or 'none'} by officials or media of one of the two sides, {others or 'none'} by others"
    shown = f"{first}: {made}."
    apart = " They count by different rules on different days, so none is added to another." if len(found) > 1 else ""
    return shown + (blank or apart)


def card_of_harm(key: str) -> Card:
    """Return the card of one figure, or of one that is missing."""
    table, _, row_id = key.partition("/")
    if table == "casualty_claims":
        return claims.card(row_id)
    if table == "none":
        kind, _, side = row_id.partition("/")
        return Card(
            title=f"{KINDS[kind]}, {SIDES[side]}: {NO_FIGURE}",
            text=f"{remark(kind, side)} Our tables hold no figure. That is not a zero.".strip(),
        )
    row = harm().set_index("key").loc[key]
    return Card(
        title=f"{row['counted_by']}: {number(row['figure'])}",
        date=f"as of {date_text(row['as_of'])}",
        facts=(
            ("Row", f"{table}, {row_id}"),
            ("Harm", f"{row['kind_name']}, {row['side_name']}"),
            ("Kind", "claim of a party" if row["party"] else "count by others"),
        ),
        text=row["definition"],
        source_ids=row["source_ids"],
        confidence=row["confidence"],
    )


def left_out() -> Scene:
    """What a count of the dead leaves out."""
    return Scene(
        id="war-left-out",
        question="What does a count of the dead leave out?",
        rows=select_harm,
        figure=harm_figure,
        reading=describe_harm,
        controls=(Choice("kind", "Harm", ASKED), Choice("whose", "Whose people", WHOSE)),
        columns={
            "kind_name": "Harm",
            "side_name": "Whose people",
            "figure_text": "Figure",
            "figure_low": "Low",
            "figure_high": "High",
            "counted_by": "Who counted",
            "as_of": "As of",
            "definition": "What was counted",
            "confidence": "Confidence",
        },
        key="key",
        card=card_of_harm,
        height=780,
        note=f"Key: {theme.KEY_LINE}. Each kind has its own axis: compare figures within a kind only. All count people but “Homes damaged”. “{NO_FIGURE.capitalize()}” "
        "means that our tables hold none, not that nobody was harmed. Figures overlap and are never added up.",
    )
