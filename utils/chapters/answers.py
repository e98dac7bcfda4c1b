"""Answers to the questions that a table answers, by the name that `questions.computed_by` gives.

They stand apart from the chapters because a question may be asked again in a later one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from utils import tables


def _row(table: str, key: str, value: Any) -> pd.Series:
    """Return the one row of a table with a value in a column. Raise `KeyError` if it is not there."""
    return tables.load(table).set_index(key).loc[value]


def year_of_the_first_ceasefire() -> int:
    """Year in which the ceasefire of 1994 took effect."""
    return int(_row("events", "event_id", "truce_1994")["date_end"].year)


def days_of_the_war_of_2020() -> int:
    """Days from the first day of the war of 2020 to the day of the ceasefire, which is not counted."""
    war = _row("episodes", "episode_id", "war_2020")
    return int((war["date_end"] - war["date_start"]).days)


def growth_of_armenias_count_of_its_dead() -> int:
    """By how many Armenia's count of its soldiers killed in 2020 grew between November 2020 and April 2021."""
    figure = tables.load("casualty_claims").set_index("claim_id")["figure"]
    name = "war_2020_armenian_military_killed_armenia_"
    return int(figure[name + "2021-04-14"] - figure[name + "2020-11-14"])


def names_of_the_seat_of_the_oblast() -> tuple[str, ...]:
    """Both names of the town, in either order, joined in the ways in which people write them: first as we do."""
    town = _row("places", "place_id", "khankendi_stepanakert")
    pair = sorted((town["name_azerbaijani_usage"], town["name_armenian_usage"]), key=str.casefold)
    return tuple(joint.join(order) for order in (pair, pair[::-1]) for joint in ("/", " and ", " or "))


def peacekeepers_of_point_3() -> int:
    """Peacekeepers for whom point 3 of the statement provides."""
    return int(_row("peacekeepers", "figure_id", "ceiling_2020_11_10")["personnel"])


def gas_target_for_2027() -> float:
    """Gas from Azerbaijan to the European Union in 2027, as the memorandum of 2022 aims at, in billion cubic metres."""
    rows = tables.load("gas")
    aimed = rows[(rows["year"] == 2027) & (rows["indicator"] == "gas_azerbaijan_to_eu") & (rows["kind"] == "target")]
    return float(aimed["value"].iloc[0])


def days_from_kharkiv_to_the_border() -> int:
    """Days from the start of the Kharkiv offensive to the first day of the fighting on the border in September 2022."""
    kharkiv = _row("ukraine_milestones", "milestone_id", "kharkiv_offensive_2022")["date"]
    return int((_row("events", "event_id", "september_clashes_2022")["date_start"] - kharkiv).days)


def arrivals_in_armenia_by_30_september_2023() -> int:
    """People who had arrived in Armenia from Nagorno-Karabakh by 30 September 2023, as counted then."""
    return int(_row("displaced", "figure_id", "left_nk_2023_09_30")["number"])


ANSWERS: dict[str, Callable[[], Any]] = {
    one.__name__: one
    for one in (
        year_of_the_first_ceasefire,
        days_of_the_war_of_2020,
        growth_of_armenias_count_of_its_dead,
        names_of_the_seat_of_the_oblast,
        peacekeepers_of_point_3,
        gas_target_for_2027,
        days_from_kharkiv_to_the_border,
        arrivals_in_armenia_by_30_september_2023,
    )
}
