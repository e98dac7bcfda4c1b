"""Chapter 2, The war of 2020: what happened in the war of autumn 2020, and how do we know?

A module for each scene, with its rows and its chart in modules of their own; all functions are pure. `exercises` holds
what the notebook asks. What a notebook calls stands here: a scene with a guess is shown with the guess kept.
"""

from utils.atlas.agreement import agreement_map
from utils.chapters.kit import Kit
from utils.chapters.war import reports
from utils.chapters.war.counts import growing_numbers
from utils.chapters.war.days import war_in_days
from utils.chapters.war.exercises import EXERCISES, deaths_of, own_counts, truce_minutes
from utils.chapters.war.steps import map_in_steps
from utils.chapters.war.uncounted import left_out
from utils.learning.predictions import Prediction
from utils.learning.views import Tasks

WHY_NO_TRUCE = "q02_20"
KIT = Kit(
    chapter=2,
    exercises=EXERCISES,
    closing=("q02_02", "q02_03", "q02_07", "q01_04", "q00_04"),  # the last two come back from chapters 1 and 0
    writing=("n02_truces", "n02_counts", "n02_reports", "n02_map", "n02_headline", "n02_discuss", "e02_totals"),
    predictions=("p02_growth", *reports.STRIKES),
    other=(WHY_NO_TRUCE,),
)
check, write, retrieval, words, my_work = KIT.check, KIT.write, KIT.retrieval, KIT.words, KIT.my_work


def khankendi_reports() -> Prediction:
    """Sourcing: three reports on the strike on Khankendi/Stepanakert of 3 and 4 October 2020."""
    return reports.three_reports("p02_khankendi")


def ganja_reports() -> Prediction:
    """Sourcing: three reports on the strike on Ganja of 17 October 2020."""
    return reports.three_reports("p02_ganja")


def why_no_truce() -> Tasks:
    """A poll: what weighed most in the failure of the truces?"""
    return KIT.question(WHY_NO_TRUCE)


__all__ = [
    "KIT",
    "WHY_NO_TRUCE",
    "agreement_map",
    "check",
    "deaths_of",
    "ganja_reports",
    "growing_numbers",
    "khankendi_reports",
    "left_out",
    "map_in_steps",
    "my_work",
    "own_counts",
    "retrieval",
    "truce_minutes",
    "war_in_days",
    "why_no_truce",
    "words",
    "write",
]
