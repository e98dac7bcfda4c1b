"""Chapter 5, Two sticking points: under “status” and “corridor”, what did each side need?

One module a scene, each made of pure functions; `whys_chart` and `zone_chart` draw for `whys` and `zone`, `rungs` is the ladder of status, `floors` holds the arithmetic
of the zone, `exercises` what the notebook asks. What a notebook calls stands here.
"""

from utils.atlas.agreement import agreement_map
from utils.chapters.kit import Kit
from utils.chapters.positions.exercises import EXERCISES, interests, sentences
from utils.chapters.positions.roads import two_roads
from utils.chapters.positions.rungs import status_ladder
from utils.chapters.positions.shrinking import shrinking_deal
from utils.chapters.positions.terms import prediction as five_and_six
from utils.chapters.positions.whys import why_why_why
from utils.chapters.positions.zone import zone_of_agreement
from utils.controversy import controversy_sheet
from utils.learning.views import Tasks
from utils.scenes import Scene

OPEN_QUESTION, WHOSE_WORDS = "q05_20", "q05_02"
KIT = Kit(
    chapter=5,
    exercises=EXERCISES,
    closing=("q05_03", "q05_04", "q05_07", "q04_06", "q03_04"),  # the last two come back from chapters 4 and 3
    writing=("n05_whys", "n05_roads", "n05_ladder", "n05_trade", "n05_joint", "n05_discuss", "e05_voice"),
    predictions=("p05_terms",),
    other=(OPEN_QUESTION, WHOSE_WORDS),
)
check, write, retrieval, words, my_work = KIT.check, KIT.write, KIT.retrieval, KIT.words, KIT.my_work


def whose_words() -> Tasks:
    """Match sentences with the side and the question that they belong to."""
    return KIT.question(WHOSE_WORDS)


def which_mattered_most() -> Tasks:
    """A poll: which open question mattered most in 2022?"""
    return KIT.question(OPEN_QUESTION)


def controversy() -> Scene:
    """The sheets for a structured controversy in pairs."""
    return controversy_sheet(5)


__all__ = [
    "KIT",
    "OPEN_QUESTION",
    "WHOSE_WORDS",
    "agreement_map",
    "check",
    "controversy",
    "five_and_six",
    "interests",
    "my_work",
    "retrieval",
    "sentences",
    "shrinking_deal",
    "status_ladder",
    "two_roads",
    "which_mattered_most",
    "whose_words",
    "why_why_why",
    "words",
    "write",
    "zone_of_agreement",
]
