"""Chapter 3, The nine points: what was promised on 10 November 2020, and what was kept?

One module a scene, each made of pure functions; `standing` holds the eight classes, `exercises` what the notebook asks.
What a notebook calls stands here: a scene with a guess is shown with the guess kept.
"""

from utils.atlas.agreement import agreement_map
from utils.chapters.ceasefire.dates import dates_kept
from utils.chapters.ceasefire.exercises import EXERCISES, claims_of, judged
from utils.chapters.ceasefire.figures import rival_figures
from utils.chapters.ceasefire.links import link_network
from utils.chapters.ceasefire.phrases import ambiguity_finder
from utils.chapters.ceasefire.points import text_by_point
from utils.chapters.ceasefire.settlement import what_is_missing
from utils.chapters.ceasefire.strip import prediction as status_at_a_date
from utils.chapters.ceasefire.versions import compare_versions
from utils.chapters.kit import Kit
from utils.learning.views import Tasks

WAS_IT_WISE, WHO_OWES = "q03_20", "q03_12"
KIT = Kit(
    chapter=3,
    exercises=EXERCISES,
    closing=("q03_08", "q03_05", "q03_09", "q02_03", "q01_04"),  # the last two come back from chapters 2 and 1
    writing=("n03_strip", "n03_phrases", "n03_links", "n03_cases", "n03_redraft", "n03_discuss", "e03_memo"),
    predictions=("p03_kept",),
    other=(WAS_IT_WISE, WHO_OWES),
)
check, write, retrieval, words, my_work = KIT.check, KIT.write, KIT.retrieval, KIT.words, KIT.my_work


def who_owes_what() -> Tasks:
    """Match commitments with who owes them."""
    return KIT.question(WHO_OWES)


def was_it_wise() -> Tasks:
    """A poll: was it wise to leave out the question of status?"""
    return KIT.question(WAS_IT_WISE)


__all__ = [
    "KIT",
    "WAS_IT_WISE",
    "WHO_OWES",
    "agreement_map",
    "ambiguity_finder",
    "check",
    "claims_of",
    "compare_versions",
    "dates_kept",
    "judged",
    "link_network",
    "my_work",
    "retrieval",
    "rival_figures",
    "status_at_a_date",
    "text_by_point",
    "was_it_wise",
    "what_is_missing",
    "who_owes_what",
    "words",
    "write",
]
