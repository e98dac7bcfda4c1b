"""Chapter 1, From truce to war: why did a truce without peace last so long, and why did it break?

One module a scene, each made of pure functions; `exercises` holds what the notebook asks. What a notebook calls stands
here: a scene with a guess is shown with the guess kept.
"""

from utils.chapters.history import deaths, first, held, principles
from utils.chapters.history.april import april_2016
from utils.chapters.history.deaths import truce_deaths
from utils.chapters.history.economy import money_and_arms
from utils.chapters.history.exercises import EXERCISES, SOURCED_EVENT, cards_to_order, order_cards
from utils.chapters.history.long_line import leaders_meetings, timeline
from utils.chapters.kit import Kit
from utils.learning import sourcing
from utils.learning.predictions import Prediction
from utils.learning.views import Tasks

STRIPS = "q01_20"
KIT = Kit(
    chapter=1,
    exercises=EXERCISES,
    closing=("q01_02", "q01_04", "q01_07", "q00_02", "q00_04"),  # the last two come back from chapter 0
    writing=(
        "n01_line",
        "n01_curve",
        "n01_april",
        "n01_plan",
        "n01_money",
        "n01_accounts",
        "n01_discuss",
        "e01_frozen",
    ),
    predictions=("p01_first", "p01_draw", "p01_held", "p01_plan", "p01_sourcing"),
    other=(STRIPS,),
)
check, write, retrieval, words, my_work = KIT.check, KIT.write, KIT.retrieval, KIT.words, KIT.my_work
predict_first = first.prediction
draw_first = deaths.prediction
plan_on_the_table = principles.prediction
who_held_what = held.prediction


def two_accounts() -> Prediction:
    """Sourcing: four guesses about two accounts of one event, then their texts."""
    question = "Two accounts of one event: what do you expect before you read?"
    return sourcing.sourcing("p01_sourcing", SOURCED_EVENT, question)


def causal_strips() -> Tasks:
    """Bring the strips of a paragraph into order, and leave out those that do not belong."""
    return KIT.question(STRIPS)


__all__ = [
    "KIT",
    "STRIPS",
    "april_2016",
    "cards_to_order",
    "causal_strips",
    "check",
    "draw_first",
    "leaders_meetings",
    "money_and_arms",
    "my_work",
    "order_cards",
    "plan_on_the_table",
    "predict_first",
    "retrieval",
    "timeline",
    "truce_deaths",
    "two_accounts",
    "who_held_what",
    "words",
    "write",
]
