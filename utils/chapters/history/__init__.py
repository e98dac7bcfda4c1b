"""Chapter 1, From truce to war: why did a truce without peace last so long, and why did it break?

One module a scene, each made of pure functions; `exercises` holds what the notebook asks.
"""

from utils.chapters.history.april import april_2016
from utils.chapters.history.deaths import draw_first, truce_deaths
from utils.chapters.history.economy import money_and_arms
from utils.chapters.history.exercises import cards_to_order, check, order_cards
from utils.chapters.history.long_line import leaders_meetings, timeline
from utils.chapters.history.principles import plan_on_the_table

__all__ = [
    "april_2016",
    "cards_to_order",
    "check",
    "draw_first",
    "leaders_meetings",
    "money_and_arms",
    "order_cards",
    "plan_on_the_table",
    "timeline",
    "truce_deaths",
]
