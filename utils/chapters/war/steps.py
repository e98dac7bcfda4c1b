"""The map in steps: who held what on named days, what had changed since the step before, and in which order."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import events
from utils.atlas import base, control
from utils.scenes import Aside, Choices, Scene, Step
from utils.wording import count, date_text, listing

STEPS = {  # event: a short name of its day
    "moscow_truce_2020": "first truce",
    "truce_26_october_2020": "third truce",
    "shusha_2020": "Shusha/Shushi",
    "trilateral_statement_2020": "the statement",
    "aghdam_handover_2020": "first hand-over",
    "kalbajar_handover_2020": "second hand-over",
    "lachin_handover_2020": "third hand-over",
}
LAYERS = {
    "line_of_contact": "line of contact until 2020",
    "oblast": "former autonomous oblast",
    "lachin_road_old": "Berdzor/Lachin road",
}
LEGEND = (
    "armenian_forces",
    "fighting",
    "azerbaijan_taken",
    "handover_agreed",
    "azerbaijan_handed_over",
    "peacekeepers",
    "corridor",
    "azerbaijan",
)
LEGEND_ROWS = 6


def days() -> dict[str, str]:
    """Return the named days in order of time: "2020-09-26" to "26 September 2020: the day before the war"."""
    named = {events.moment("war_begins_2020") - pd.Timedelta(days=1): "the day before the war"}
    named |= {events.moment(one, end=True): name for one, name in STEPS.items()}
    return {f"{day:%Y-%m-%d}": f"{date_text(day)}: {name}" for day, name in sorted(named.items())}


def step_before(day: str) -> pd.Timestamp:
    """Return the named day before a named day; for the first one, that day itself."""
    known = list(days())
    return pd.Timestamp(known[max(0, known.index(day) - 1)])


def select_control(day: str) -> pd.DataFrame:
    """Return who held each area on a day, those that changed since the step before first.

    Columns: those of `atlas.control.history`, and `changed` ("yes" or "": since the step before).
    """
    rows = control.on(pd.Timestamp(day))
    fresh = rows["from_date"] > step_before(day)
    rows = rows.assign(changed=fresh.map({True: "yes", False: ""}))
    return rows.sort_values(["changed", "km2"], ascending=[False, False])


def steps_figure(rows: pd.DataFrame, day: str, layers: tuple[str, ...]) -> go.Figure:
    """Draw the map on a day, with the areas that changed since the step before in a heavy outline."""
    changed = rows.loc[rows["changed"] != "", "area_id"].tolist()
    traces = [
        *base.land(),
        # Where nearly everything changes, as on the day of the statement, outlines would set nothing off.
        *base.holders(base.REGION, rows, LEGEND, changed if len(changed) < len(rows) / 2 else ()),
        *base.borders(),
        *base.lines(tuple(LAYERS), visible=layers),
        *base.written(base.REGION),
    ]
    heading = f"Control on {date_text(pd.Timestamp(day))}"
    return base.drawn(base.REGION, heading, LEGEND_ROWS, traces)


def changes_since(day: str) -> Aside:
    """Return the list beside the map: each change since the step before, with its day."""
    before = step_before(day)
    items = control.told(control.between(before, pd.Timestamp(day)))
    if before == pd.Timestamp(day):
        return Aside("Where it began", empty="Choose the next day to see what changed.")
    return Aside(f"What changed after {date_text(before)}", items, empty="No area changed its holder.")


def describe_steps(rows: pd.DataFrame, day: str) -> str:
    """Say how much of the land on the map each holder had, and in which order towns were announced as taken."""
    told = f"The land on this map on {date_text(pd.Timestamp(day))}, to the nearest 100 km². {control.shares(rows)}."
    return f"{told} {order_of_the_towns(day)}".strip()


def order_of_the_towns(day: str) -> str:
    """Say in which order Azerbaijan had announced the capture of chief towns, up to a day; "" if of none."""
    rows = control.history()
    announced = rows[(rows["status"] == "fighting") & (rows["from_date"] <= pd.Timestamp(day))]
    if announced.empty:
        return ""
    announced = announced.sort_values("from_date", kind="stable")
    first, last = announced["from_date"].iloc[0], announced["from_date"].iloc[-1]
    span = f"from {date_text(first)} to {date_text(last)}" if first < last else f"on {date_text(first)}"
    places = listing(dict.fromkeys(announced["chief_place"]))
    return f"Azerbaijan had announced the capture of {count(len(announced), 'chief place')}, {span}: {places}."


def map_in_steps() -> Scene:
    """Control on named days, from the eve of the war to the third hand-over."""
    return Scene(
        id="war-steps",
        question="Where did the line move first, and what changed hands without a fight?",
        rows=select_control,
        figure=steps_figure,
        reading=describe_steps,
        aside=lambda rows, day: changes_since(day),
        controls=(
            Step("day", "Day", days(), value=f"{events.moment('trilateral_statement_2020', end=True):%Y-%m-%d}"),
            Choices("layers", "Also show", LAYERS, value=("oblast",)),
        ),
        columns={
            "area": "Area",
            "holder": "Held by",
            "from_date": "Since",
            "changed": "Changed since the step before",
            "km2": "km² (as drawn)",
            "confidence": "Confidence",
        },
        key="area_id",
        card=control.card,
        height=base.chart_height(base.REGION, LEGEND_ROWS),
        zoom=True,
        note=f"{base.NOT_DRAWN} Choose an area on the map, or in the rows below, to read its history with its sources.",
    )
