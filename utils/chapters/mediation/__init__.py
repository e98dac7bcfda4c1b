"""Chapter 4, Three tracks: who mediated, why, and did it matter that there were three?

One module a scene, each made of pure functions; `lanes_chart` draws the swim lanes, `exercises` holds what the notebook
asks. What a notebook calls stands here: a scene with a guess is shown with the guess kept.
"""

from utils.chapters.kit import Kit
from utils.chapters.mediation.announced import november_round
from utils.chapters.mediation.exercises import EXERCISES, eu_summits, meetings_held, reports
from utils.chapters.mediation.lanes import swim_lanes
from utils.chapters.mediation.means import prediction as means_of_mediators
from utils.chapters.mediation.pace import pace_of_tracks
from utils.chapters.mediation.readings import one_statement
from utils.chapters.mediation.rooms import who_talked_about_what
from utils.chapters.mediation.stakes import interests_and_clashes
from utils.chapters.mediation.stances import standing_of_tracks
from utils.chapters.mediation.texts import prediction as texts_of_tracks
from utils.chapters.mediation.who_met import who_met_whom
from utils.controversy import controversy_sheet
from utils.learning.views import Tasks
from utils.scenes import Scene

RIVALRY, WHICH_TRACK = "q04_20", "q04_01"
KIT = Kit(
    chapter=4,
    exercises=EXERCISES,
    closing=("q04_03", "q04_04", "q04_08", "q03_05", "q02_03"),  # the last two come back from chapters 3 and 2
    writing=("n04_lanes", "n04_stances", "n04_readings", "n04_joint", "n04_discuss", "e04_rivalry"),
    predictions=("p04_texts", "p04_means"),
    other=(RIVALRY, WHICH_TRACK),
)
check, write, retrieval, words, my_work = KIT.check, KIT.write, KIT.retrieval, KIT.words, KIT.my_work


def which_track() -> Tasks:
    """Match texts and meetings with their track."""
    return KIT.question(WHICH_TRACK)


def rivalry_or_insurance() -> Tasks:
    """A poll: were three tracks a rivalry or an insurance?"""
    return KIT.question(RIVALRY)


def controversy() -> Scene:
    """The sheet for a structured controversy in pairs."""
    return controversy_sheet(4)


__all__ = [
    "KIT",
    "RIVALRY",
    "WHICH_TRACK",
    "check",
    "controversy",
    "eu_summits",
    "interests_and_clashes",
    "means_of_mediators",
    "meetings_held",
    "my_work",
    "november_round",
    "one_statement",
    "pace_of_tracks",
    "reports",
    "retrieval",
    "rivalry_or_insurance",
    "standing_of_tracks",
    "swim_lanes",
    "texts_of_tracks",
    "which_track",
    "who_met_whom",
    "who_talked_about_what",
    "words",
    "write",
]
