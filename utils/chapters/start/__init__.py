"""Chapter 0, Start here: how can I study a conflict whose facts are disputed?

One module a scene, each made of pure functions; `exercises` holds what the notebook asks. What a notebook calls stands
here: a scene with a guess is shown with the guess kept.
"""

from utils.chapters.kit import Kit
from utils.chapters.start import alike, name_pairs, sorting, starting_view
from utils.chapters.start.coverage import in_the_pack
from utils.chapters.start.exercises import EXERCISES, places_of_events, row_to_cite
from utils.chapters.start.setup import chapter_map, check_setup, go_on
from utils.chapters.start.voices import three_voices
from utils.learning.views import Tasks

KIT = Kit(
    chapter=0,
    exercises=EXERCISES,
    closing=("q00_01", "q00_02", "q00_03", "q00_04", "q00_05"),
    writing=("n00_three_voices", "n00_sources", "e00_both_sides"),
    predictions=("p00_alike", "p00_names"),
    views=("v00_start",),
    other=("q00_50",),
)
check, write, retrieval, words, my_work = KIT.check, KIT.write, KIT.retrieval, KIT.words, KIT.my_work
predict_alike = alike.prediction
match_names = name_pairs.prediction


def sort_sentences() -> Tasks:
    """Sort the founding article's sentences: fact, claim by a party, inference."""
    return Tasks(sorting.task())


def my_starting_view() -> Tasks:
    """Five estimates, kept for the end of the pack."""
    return Tasks(starting_view.task())


__all__ = [
    "KIT",
    "chapter_map",
    "check",
    "check_setup",
    "go_on",
    "in_the_pack",
    "match_names",
    "my_starting_view",
    "my_work",
    "places_of_events",
    "predict_alike",
    "retrieval",
    "row_to_cite",
    "sort_sentences",
    "three_voices",
    "words",
    "write",
]
