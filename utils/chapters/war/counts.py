"""How a number of dead grows: dated counts and claims of the war of autumn 2020, by who made them."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from utils import claims, events, theme
from utils.learning.predictions import Prediction
from utils.scenes import Choice, Gate, Pick, Scene
from utils.wording import date_text, number, plain

EPISODE = "war_2020"
COUNTED = {"military_killed": "Soldiers killed", "civilian_killed": "Civilians killed", "missing": "Missing"}
WHOSE = {"both": "Both", "armenian": "Armenian side", "azerbaijani": "Azerbaijani side"}
HARMED = {
    "armenian": "Armenian side",
    "azerbaijani": "Azerbaijani side",
    "both": "Both sides together",
    "other": "Others",
}
OWN = {"armenian": "armenia", "azerbaijani": "azerbaijan"}  # the side whose officials count their own people
GUESSES = {"armenian": "The Armenian side's", "azerbaijani": "The Azerbaijani side's", "alike": "About the same"}
ALIKE = 5.0  # per cent points: growths that lie no further apart count as about the same
PLAIN = "its usual count"
WIDE, NARROW = 0.5, 0.14  # the war's share of the axis: where counts were made in it, and where none was


class Axis(NamedTuple):
    """A time axis in two parts: from 0 to `share` the war, from there to 1 the time from the ceasefire to `last`."""

    share: float
    first: pd.Timestamp
    ceasefire: pd.Timestamp
    last: pd.Timestamp


# ---- rows --------------------------------------------------------------------------------------------------


def claims_of_war(counted: str) -> pd.DataFrame:
    """Return the dated figures of the war of autumn 2020 in one category, by side harmed, then by date.

    Columns: those of `claims.of_episode` with `definition` filled in (`PLAIN` as a rule), and `harmed` (in words),
    `own` (bool: the officials of the side harmed count their own people).
    """
    table = claims.of_episode(EPISODE, counted)
    order = table["side_harmed"].map({side: place for place, side in enumerate(HARMED)})
    table = table.assign(
        harmed=table["side_harmed"].map(HARMED),
        definition=table["definition"].fillna(PLAIN),
        own=table["claimed_by"].map(claims.OFFICIALS) == table["side_harmed"].map(OWN),
        order=order,
    )
    return table.sort_values(["order", "as_of", "figure"]).drop(columns="order")


def select_claims(counted: str, whose: str, seen: str) -> pd.DataFrame:
    """Return the claims in one category about one side's people or all; no rows before the gate is open.

    Columns: those of `claims_of_war`.
    """
    rows = claims_of_war(counted)
    rows = rows if whose == "both" else rows[rows["side_harmed"] == whose]
    return rows if seen else rows.head(0)


def growth(side: str, counted: str = "military_killed") -> pd.DataFrame:
    """Return how much each of a side's own counts grew from its first report to its last, one row a maker.

    Parameters
    ----------
    side : {"armenian", "azerbaijani"}
        Whose people are counted, by that side's own officials.
    counted : {"military_killed", "civilian_killed", "missing"}

    Returns
    -------
    DataFrame
        Columns: `claimed_by` (actor id), `claimant` (name); `first_date`, `first` (figure), `first_definition` of the
        first report, `last_date`, `last`, `last_definition` of the last; `reports` (int, how many in between and
        at the ends), `percent` (float, 100 * last / first - 100), `source_ids`. Makers with fewer than two dated
        reports, or whose first figure is 0, are left out. A count with those still to be identified is no report of
        its own: it was given beside another of the same day. Counts under another definition than most of a maker's
        are left out, and makers are never chained.
    """
    rows = claims_of_war(counted)
    rows = rows[rows["own"] & (rows["side_harmed"] == side)]
    grown = []
    for maker, some in rows.sort_values("as_of").groupby("claimed_by", sort=False):
        by_day = alike(some)
        first, last = by_day.iloc[0], by_day.iloc[-1]
        if len(by_day) < 2 or not first["figure"]:
            continue
        grown.append(
            {
                "claimed_by": maker,
                "claimant": first["claimant"],
                **{
                    f"{end}{suffix}": row[column]
                    for end, row in (("first", first), ("last", last))
                    for suffix, column in (("_date", "as_of"), ("", "figure"), ("_definition", "definition"))
                },
                "reports": len(by_day),
                "percent": 100 * float(last["figure"]) / float(first["figure"]) - 100,
                "source_ids": tuple(dict.fromkeys([*first["source_ids"], *last["source_ids"]])),
            }
        )
    columns = [
        "claimed_by",
        "claimant",
        "first_date",
        "first",
        "first_definition",
        "last_date",
        "last",
        "last_definition",
        "reports",
        "percent",
        "source_ids",
    ]
    return pd.DataFrame(grown, columns=columns)


def grew_more() -> str:
    """Return the option whose own counts of soldiers killed grew more: a side, "alike", or "" if it depends on the maker."""
    armenian, azerbaijani = (growth(side)["percent"] for side in OWN)
    if armenian.empty or azerbaijani.empty:
        return ""
    if armenian.min() - azerbaijani.max() > ALIKE:
        return "armenian"
    if azerbaijani.min() - armenian.max() > ALIKE:
        return "azerbaijani"
    apart = max(armenian.max(), azerbaijani.max()) - min(armenian.min(), azerbaijani.min())
    return "alike" if apart <= ALIKE else ""


def first_own_count(rows: pd.DataFrame) -> pd.Series | None:
    """Return the first count of its own soldiers by Azerbaijan, if its note says that it published none before."""
    own = rows[rows["own"] & (rows["side_harmed"] == "azerbaijani")].sort_values("as_of")
    if own.empty or not isinstance(own.iloc[0]["note"], str):
        return None
    note = own.iloc[0]["note"].casefold()
    return own.iloc[0] if "first official figure" in note or "none before" in note else None


# ---- chart -------------------------------------------------------------------------------------------------


def axis_of(counted: str) -> Axis:
    """Return the axis for all claims in a category, the same whichever side is shown."""
    first, ceasefire = events.moment("war_begins_2020"), events.moment("trilateral_statement_2020", end=True)
    days = claims_of_war(counted)["as_of"]
    share = WIDE if (days <= ceasefire).any() else NARROW
    return Axis(share, first, ceasefire, max(days.max(), ceasefire + pd.Timedelta(days=1)))


def place_on_axis(days: pd.Series, axis: Axis) -> pd.Series:
    """Return where days stand on the axis (float, 0 to 1)."""
    in_war = (days - axis.first) / (axis.ceasefire - axis.first) * axis.share
    after = axis.share + (days - axis.ceasefire) / (axis.last - axis.ceasefire) * (1 - axis.share)
    return in_war.where(days <= axis.ceasefire, after).clip(lower=0)


def ticks(axis: Axis) -> tuple[list[float], list[str]]:
    """Return the places and words of the axis: weeks of the war where there is room, its end, then every half-year."""
    end = axis.ceasefire
    weeks = [day for day in pd.date_range(axis.first, end, freq="14D") if (end - day).days > 10]
    weeks = weeks if axis.share == WIDE else []
    later = pd.Series(pd.date_range(end, axis.last, freq="MS"))
    later = later[later.dt.month.isin((1, 7)) & (place_on_axis(later, axis) > axis.share + 0.12)]
    days = pd.Series([*weeks, end, *later])
    words = [f"{day.day} {day:%b}" for day in (*weeks, end)] + [f"{day:%b %Y}" for day in later]
    return place_on_axis(days, axis).tolist(), words


def counts_figure(rows: pd.DataFrame, counted: str) -> go.Figure | None:
    """Draw each claim by date, one panel for each side harmed, and a step line along each maker's like counts of its own side."""
    if rows.empty:  # the gate is closed, or no count is on record: no chart, not even an empty one
        return None
    panels = [harmed for harmed in HARMED.values() if harmed in set(rows["harmed"])]
    axis = axis_of(counted)
    figure = make_subplots(
        rows=len(panels), cols=1, shared_xaxes=True, vertical_spacing=0.09, subplot_titles=panels, shared_yaxes="all"
    )
    symbols = claims.symbols(rows["claimed_by"])
    for maker, some in rows.groupby("claimed_by"):
        for place, harmed in enumerate(panels, start=1):
            _draw_maker(figure, some[some["harmed"] == harmed], symbols[maker], place, axis)
    figure.update_annotations(x=0, xanchor="left", font=dict(size=14, color=theme.TEXT.light))  # the panels' titles
    notes = figures_at_ends(rows, panels, axis) + remarks(rows, panels, axis.share)
    figure.layout.annotations += tuple(notes)
    figure.layout.shapes = days_of_war(panels, axis.share)
    _name_once(figure)
    places, words = ticks(axis)
    figure.update_xaxes(range=[-0.06, 1.1], tickvals=places, ticktext=words, showgrid=False, tickangle=0)
    figure.update_xaxes(title_text="shaded: the war, its days drawn wider than those after it", row=len(panels), col=1)
    most = int(rows["high"].max())
    figure.update_yaxes(range=[-0.06 * most, 1.2 * most], tickformat=",", nticks=5, title_text="people", zeroline=False)
    figure.update_layout(showlegend=True, legend=dict(y=1.08), margin=dict(t=64))
    return figure


def _draw_maker(figure: go.Figure, some: pd.DataFrame, symbol: str, place: int, axis: Axis) -> None:
    """Draw one maker's claims about one side: a line along its own side's that count the same, and marks."""
    if some.empty:
        return
    maker = some["claimed_by"].iloc[0]
    ink = claims.ink(maker)
    # A side's claims about the other's dead are too far apart to be one count that grows: they stay single marks.
    for _, joined in some[some["own"]].groupby("definition", sort=False):
        if len(joined) > 1:
            figure.add_scatter(
                x=place_on_axis(joined["as_of"], axis),
                y=joined["figure"],
                mode="lines",
                line=dict(color=ink.light, width=1.5, shape="hv"),
                hoverinfo="skip",
                showlegend=False,
                row=place,
                col=1,
            )
    figure.add_scatter(
        x=place_on_axis(some["as_of"], axis),
        y=some["figure"],
        mode="markers",
        name=some["claimant"].iloc[0],
        legendgroup=maker,
        customdata=some["claim_id"],
        marker=claims.marker(maker, symbol, 9),
        error_y=claims.whiskers(some["figure"], some["low"], some["high"], ink),
        hovertext=[
            plain(f"{row.claimant}: {number(row.figure)} ({date_text(row.as_of)}; {row.definition})")
            for row in some.itertuples()
        ],
        hoverinfo="text",
        row=place,
        col=1,
    )


def figures_at_ends(rows: pd.DataFrame, panels: list[str], axis: Axis) -> list[dict]:
    """Return, as notes, the first and the last figure of each side's own counts, where there are at least two."""
    notes = []
    for (maker, harmed), some in rows[rows["own"]].groupby(["claimed_by", "harmed"]):
        place = panels.index(harmed) + 1
        for row, at_end in ends(some):
            beside = dict(xanchor="left", xshift=7) if at_end else dict(xanchor="right", xshift=-7)
            notes.append(
                dict(
                    x=float(place_on_axis(pd.Series([row["as_of"]]), axis).iloc[0]),
                    y=int(row["figure"]),
                    text=number(row["figure"]),
                    showarrow=False,
                    font=dict(size=12, color=claims.ink(maker).light),
                    **beside,
                    **_refs(place),
                )
            )
    return notes


def _refs(place: int) -> dict:
    """Return which axes the panel in a place has."""
    return dict(xref=f"x{place}", yref=f"y{place}") if place > 1 else dict(xref="x", yref="y")


def ends(some: pd.DataFrame) -> list[tuple[pd.Series, bool]]:
    """Return the first and the last of one maker's like counts, and for each whether it is the last.

    Both or none: a maker with one dated count only has no growth to show.
    """
    by_day = alike(some)
    if len(by_day) < 2:
        return []
    first, last = by_day.iloc[0], by_day.iloc[-1]
    return [(first, False), (last, True)]


def alike(some: pd.DataFrame) -> pd.DataFrame:
    """Return one maker's counts, one a day, oldest first: only those under the definition of most of them."""
    by_day = reports(some)
    return by_day[by_day["definition"] == by_day["definition"].mode().iloc[0]]


def reports(some: pd.DataFrame) -> pd.DataFrame:
    """Return one maker's counts, one a day, oldest first: of two that were given together, the usual one."""
    aside = some.assign(aside=some["definition"] != PLAIN).sort_values(["as_of", "aside", "figure"])
    return aside.drop_duplicates("as_of").drop(columns="aside")


def days_of_war(panels: list[str], share: float) -> list[dict]:
    """Return a shape for each panel that sets off the days of the war."""
    band = dict(type="rect", x0=0, x1=share, y0=0, y1=1, fillcolor=theme.BAND.light, line_width=0, layer="below")
    refs = [_refs(place) for place in range(1, len(panels) + 1)]
    return [band | one | dict(yref=f"{one['yref']} domain") for one in refs]


def remarks(rows: pd.DataFrame, panels: list[str], share: float) -> list[dict]:
    """Return the notes that name the ceasefire and say until when Azerbaijan published no count of its soldiers."""
    look = dict(xanchor="left", showarrow=False, font=dict(size=12, color=theme.NEUTRAL.light))
    notes = [dict(x=share, y=1, xref="x", yref="y domain", yanchor="top", xshift=4, text="ceasefire", **look)]
    silent = first_own_count(rows)
    if silent is not None and silent["category"] == "military_killed":
        text = f"no count of its soldiers before {date_text(silent['as_of'])}"
        place = panels.index(HARMED["azerbaijani"]) + 1
        refs = {name: f"{one} domain" for name, one in _refs(place).items()}
        notes.append(look | refs | dict(x=1, y=1, xanchor="right", yanchor="bottom", text=text))
    return notes


def _name_once(figure: go.Figure) -> None:
    """Let each maker stand once in the key, however many panels it has marks in."""
    named: set[str] = set()
    for trace in figure.data:
        if trace.mode == "markers":
            trace.showlegend = trace.name not in named
            named.add(trace.name)


# ---- words -------------------------------------------------------------------------------------------------


def describe_counts(rows: pd.DataFrame, counted: str, whose: str, guess: str, seen: str) -> str:
    """Before: ask. After: how much each side's own counts grew, and the guess beside it."""
    if not seen:
        return "Choose, then open the chart. You may also skip the guess."
    sides = list(OWN) if whose == "both" else [whose]
    told = " ".join(_told_of_growth(side, counted) for side in sides)
    if whose == "both" and counted == "military_killed":
        told = f"{told} {_told_of_beginnings()}"
    if counted == "military_killed" and seen == "answered" and guess:
        return f"{told} {_told_of_guess(guess)}"
    return told


def _told_of_growth(side: str, counted: str) -> str:
    grown = growth(side, counted)
    what = f"own count of {'the missing' if counted == 'missing' else COUNTED[counted].lower()}"
    if grown.empty:
        return f"The {side.capitalize()} side's {what} has fewer than two dated reports in our tables."
    parts = [
        f"{row.claimant} {changed(row.percent)}, from {_figure(row.first, row.first_definition)} "
        f"({date_text(row.first_date)}) to {_figure(row.last, row.last_definition)} ({date_text(row.last_date)})"
        for row in grown.itertuples()
    ]
    return f"The {side.capitalize()} side's {what}: {'; '.join(parts)}."


def _told_of_beginnings() -> str:
    """Say when each maker first counted its own side's soldiers, and what that does to growth."""
    own = claims_of_war("military_killed").query("own").sort_values("as_of").drop_duplicates("claimed_by")
    began = "; ".join(f"{row.claimant} on {date_text(row.as_of)}" for row in own.itertuples())
    return f"The counts did not begin together: {began}. One that begins later has less room to grow."


def _figure(figure: int, definition: str) -> str:
    return number(figure) if definition == PLAIN else f"{number(figure)} {definition}"


def changed(percent: float) -> str:
    """Return a change in words: "up 65 per cent", "down 42 per cent", "unchanged"."""
    if abs(percent) < 0.05:
        return "unchanged"
    digits = 1 if abs(percent) < 10 else 0
    return f"{'up' if percent > 0 else 'down'} {number(abs(percent), digits)} per cent"


def _told_of_guess(guess: str) -> str:
    answer = grew_more()
    mine = GUESSES[guess][0].lower() + GUESSES[guess][1:]
    if not answer:
        return f"Your guess: {mine}; the answer depends on which of a side's counts one takes."
    same = {"alike": "they grew about the same"}.get(
        answer, f"{GUESSES[answer][0].lower()}{GUESSES[answer][1:]} grew more"
    )
    return f"Your guess: {mine}; by these counts {same}."


def growing_scene() -> Scene:
    """How a number of dead grows, by who counted and when."""
    return Scene(
        id="war-counts",
        question="How does a number of dead grow? Which side's own count of its soldiers killed rose more, in per cent, "
        "from its first to its last report?",
        rows=select_claims,
        figure=counts_figure,
        reading=describe_counts,
        controls=(
            Pick("guess", "Your guess", GUESSES),
            Gate("seen", "Open the chart", skip_label="Skip the guess"),
            Choice("counted", "What is counted", COUNTED),
            Choice("whose", "Whose people", WHOSE),
        ),
        columns={
            "claimant": "Who says so",
            "harmed": "Whose people",
            "figure": "Figure",
            "figure_low": "Low",
            "figure_high": "High",
            "as_of": "As of",
            "definition": "What was counted",
            "kind_of_count": "Kind",
            "note": "Remark",
            "confidence": "Confidence",
        },
        key="claim_id",
        card=claims.card,
        height=600,
        note=f"Key: {theme.KEY_LINE}. A line joins own counts of one maker that count the same thing; a bar is the range of a "
        "claim. The shaded days of the war are drawn wider than the months after them. During the war the authorities in "
        "Khankendi/Stepanakert counted for the Armenian side, after it Armenia did too: their counts are not joined. "
        "Claims are never added up.",
    )


def growing_numbers() -> Prediction:
    """The scene with its guess kept."""
    return Prediction(
        id="p02_growth",
        scene=growing_scene(),
        guess="guess",
        gate="seen",
        words=lambda guess: GUESSES.get(guess, "no choice made"),
    )
