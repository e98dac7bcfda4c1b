"""My starting view: five estimates, kept to be opened again at the end of the pack."""

from __future__ import annotations

from utils.learning.feedback import Feedback
from utils.learning.tasks import Task
from utils.scenes.controls import Estimates

VIEWS = {  # what is estimated, for somebody who stands at the end of September 2022
    "treaty": "How likely was it, seen from the end of September 2022, that a peace treaty would be signed by the end of that year?",
    "moscow": "How much did Russia's war in Ukraine have to do with the fighting of September 2022?",
    "tracks": "How much did it matter that there were three mediation tracks and not one?",
    "kept": "How much of the nine points had been carried out two years later?",
    "mind": "How likely are you to change your mind on at least one of these by the end of the pack?",
}


def task() -> Task:
    """Five sliders from 0 to 100, each with “I don't know”."""

    def words(given: tuple[int | None, ...]) -> str:
        return "; ".join(
            f"{label} {'I do not know' if one is None else one}"
            for label, one in zip(VIEWS.values(), given, strict=True)
        )

    return Task(
        id="v00_start",
        kind="view",
        prompt="Where do you stand now? Set each slider, or leave it at “I don't know”.",
        control=Estimates("views", "From 0 (not at all) to 100 (certain, or entirely)", items=VIEWS),
        reply=lambda given: Feedback("saved", "You will meet these five again when you have seen the evidence."),
        words=words,
        label="Your view: there is no right answer",
        verb="Save",
        empty="All five stand at “I don't know”. That is an answer, too, but there is nothing to save yet.",
    )
