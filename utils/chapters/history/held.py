"""Who held what: control in 1994 and in 2020, against whose land it was by recognition."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import claims, events, geometry, tables
from utils.atlas import base, control
from utils.learning.predictions import Prediction
from utils.scenes import Choice, Column, Gate, Number, Panel, Scene, Statement
from utils.wording import date_text, listing, number

LEGEND = ("armenian_forces", "azerbaijan", "recognised_armenia", "recognised_azerbaijan")
LEGEND_ROWS = 3


def moments() -> dict[str, pd.Timestamp]:
    """Return the two days that the map shows: that of the ceasefire, and the eve of the war of 2020."""
    return {
        "ceasefire": events.moment("truce_1994", end=True),
        "eve": events.moment("war_begins_2020") - pd.Timedelta(days=1),
    }


def views() -> dict[str, str]:
    """Return what the map can show: who held it on either day, or whose it was by recognition."""
    held = {one: f"Control on {date_text(day)}" for one, day in moments().items()}
    return held | {"recognition": "Recognition, on both days"}


def select_held(seen: str, view: str) -> pd.DataFrame:
    """Return the areas as the chosen view shows them (columns of `atlas.control`); no rows before the guess."""
    rows = control.recognised() if view == "recognition" else control.on(moments()[view])
    return rows if seen else rows.head(0)


def held_share() -> tuple[float, float, float]:
    """Return what Armenian forces held on the day of the ceasefire: in km², of how many km², in per cent of these.

    Both areas are those drawn on the map; Azerbaijan is the country within its recognised border. Land of Armenia
    is not counted.
    """
    rows = control.on(moments()["ceasefire"])
    mine = rows[(rows["shown"] == "armenian_forces") & ~rows["area_id"].isin(control.EXCLAVES_OF_ARMENIA)]
    held, whole = float(mine["km2"].sum()), geometry.area_km2(geometry.layer("countries")["azerbaijan"])
    return held, whole, 100 * held / whole


def held_figure(rows: pd.DataFrame, view: str) -> go.Figure | None:
    """Draw control or recognition, the recognised border in both; nothing before the guess."""
    if rows.empty:
        return None
    recognised = view == "recognition"
    traces = [
        *base.land(base.RECOGNISED if recognised else base.UNTOLD),
        *base.holders(base.REGION, rows, LEGEND),
        *base.borders(),
        *base.lines(("line_of_contact", "oblast")),
        *base.written(base.REGION),
    ]
    return base.drawn(base.REGION, views()[view], LEGEND_ROWS, traces, "recognition" if recognised else "who held it")


def describe_held(rows: pd.DataFrame, guess: int, seen: str, view: str) -> str:
    """Before: ask. After: the share held, beside the guess; whether anything changed between the two days."""
    if not seen:
        return "Guess first. The map opens when you have guessed, or skipped."
    held, whole, share = held_share()
    told = f"As drawn, Armenian forces held about {number(round(held, -2))} of {number(round(whole, -2))} km² within Azerbaijan's recognised border: {number(share)} per cent."
    told += f" Your guess was {guess} per cent." if seen == "answered" else ""
    told += f" {_told_by_others()}"
    if view == "recognition":
        return f"{told} By recognition all of this land is Azerbaijan's, and the line of contact is no border."
    first, last = (control.on(day).set_index("area_id")["status"].sort_index() for day in moments().values())
    changed = int((first != last).sum())
    how_many = "no area" if not changed else f"{changed} of {len(first)} areas"
    return f"{told} Between the two days {how_many} on this map changed its holder."


def _told_by_others() -> str:
    """Say which shares have been claimed, from the lowest to the highest."""
    shares = sorted({float(one) for one in tables.load("control_claims")["per_cent"]})
    return f"Others have said {listing(f'{one:g}' for one in shares)}: see under the map."


def claims_panel(rows: pd.DataFrame, seen: str) -> list[Panel]:
    """Return what each side has said of the share, side by side; nothing before the guess."""
    if not seen:
        return []
    said = tables.load("control_claims")
    said = said.assign(side=said["claimed_by"].map(claims.party)).sort_values("as_of")

    def column(side: str) -> Column:
        return Column(
            events.SIDES[side],
            tuple(
                Statement(row.claim, row.stated_by, date_text(row.as_of), row.source_ids, row.confidence)
                for row in said[said["side"] == side].itertuples()
            ),
        )

    return [Panel("The share, as each side has told it", *(column(side) for side in events.SIDES))]


def who_held_what() -> Scene:
    """Control on two days twenty-six years apart, and recognition."""
    return Scene(
        id="history-held",
        question="How much of Azerbaijan's recognised territory did Armenian forces hold after the ceasefire?",
        rows=select_held,
        figure=held_figure,
        reading=describe_held,
        panels=claims_panel,
        controls=(
            Number("guess", "Your guess", first=0, last=50, value=25, unit="per cent"),
            Gate("seen", "Open the map", skip_label="Skip the guess"),
            Choice("view", "Show", views(), value="eve"),
        ),
        columns={
            "area": "Area",
            "holder": "Held by",
            "from_date": "Since",
            "km2": "km² (as drawn)",
            "confidence": "Confidence",
        },
        key="area_id",
        card=control.card,
        height=base.chart_height(base.REGION, LEGEND_ROWS),
        zoom=True,
        note=f"{base.NOT_DRAWN} Control is what was so on the ground; recognition is whose land other states hold it to be.",
    )


def prediction() -> Prediction:
    """The scene with the reader's guess kept."""
    return Prediction(
        id="p01_held", scene=who_held_what(), guess="guess", gate="seen", words=lambda guess: f"{guess} per cent"
    )
