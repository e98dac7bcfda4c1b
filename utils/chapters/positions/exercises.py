"""The exercises of chapter 5: sort, compare, compute. Answers are computed when they are checked."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import pandas as pd

from utils import names
from utils.chapters.positions import floors
from utils.learning import readers
from utils.learning.exercises import Exercise, Exercises
from utils.tables import load
from utils.wording import count, listing, number

KINDS = {1: "P", 4: "I"}  # layer of a chain of whys: position or interest
CASES = ((35, 45), (70, 55))  # floors of A and B on one issue, in the two cases of exercise 3


# ---------------------------------------------------------------- positions and interests


def sentences() -> pd.DataFrame:
    """Return the positions and interests of the chains of whys, mixed, without saying which is which.

    Columns: `letter` (A, B, ...), `sentence`, `source_ids`, `confidence`; in an order that stays, but says nothing.
    """
    rows = load("whys")
    rows = rows[rows["layer"].isin(KINDS)]
    rows = rows.assign(mixed=[crc32(one.encode()) for one in rows["why_id"]]).sort_values("mixed")
    letters = [chr(ord("A") + place) for place in range(len(rows))]
    return rows.assign(letter=letters)[["letter", "sentence", "source_ids", "confidence"]].reset_index(drop=True)


def kinds() -> str:
    """Return a letter for each sentence in their order: P for a position, I for an interest."""
    layer = load("whys").set_index("sentence")["layer"]
    return "".join(KINDS[layer[one]] for one in sentences()["sentence"])


def kinds_given(answer: Any) -> str:
    """Read a row of the letters P and I, one for each sentence: "PIPI", "p i p i" or ["P", "I"]."""
    many = len(sentences())
    if isinstance(answer, (list, tuple, pd.Series)) and all(isinstance(one, str) for one in answer):
        answer = "".join(list(answer)[: 2 * many])
    if isinstance(answer, str):
        found = "".join(one for one in answer[: 8 * many].upper() if not one.isspace() and one not in ",;/|")
        if len(found) == many and set(found) <= set(KINDS.values()):
            return found
    raise readers.Unreadable(f"Give one letter for each of the {many} sentences in their order: P or I.")


def _inferred() -> str:
    """Return how many of the interests in the exercise are inferred by somebody: "5 of 5"."""
    rows = load("whys")
    rows = rows[rows["layer"] == max(KINDS)]
    return f"{(rows['basis'] == 'inferred').sum()} of {len(rows)}"


def explain_kinds(given: str, solved: str) -> str:
    wrong = [letter for letter, mine, right in zip(sentences()["letter"], given, solved, strict=True) if mine != right]
    if not wrong:
        return (
            f"All {len(solved)} as we have them. A position names one way; an interest says what it is for, and can be met in more than one. "
            f"{_inferred()} of the interests here are inferred: the table says by whom."
        )
    if len(wrong) == len(solved):
        return "You have them the other way round: a position names one way, an interest says what it is for."
    return f"{count(len(wrong), 'sentence')} we would sort otherwise, sentence {wrong[0]} first. Ask of it: does it name one way, or what the way is for?"


# ---------------------------------------------------------------- stakes of both


def stakes() -> tuple[str, ...]:
    """Return all stakes of the table of interests, in alphabetical order."""
    return tuple(sorted(load("interests")["stake"].unique()))


def stakes_of(side: str) -> frozenset[str]:
    """Return the stakes in which a state has an interest on record."""
    rows = load("interests")
    return frozenset(rows[rows["actor_id"] == side]["stake"])


def stakes_of_both() -> frozenset[str]:
    """Return the stakes in which both states have an interest on record."""
    return frozenset.intersection(*map(stakes_of, names.SIDES))


def interests() -> pd.DataFrame:
    """Return the interests of the two states: `who`, `stake`, `interest`, `attributed_to`, `source_ids`, `confidence`."""
    rows = load("interests")
    rows = rows[rows["actor_id"].isin(names.SIDES)]
    rows = rows.assign(who=names.labels(rows["actor_id"]))
    return rows[["who", "stake", "interest", "attributed_to", "source_ids", "confidence"]].sort_values(["stake", "who"])


def explain_stakes(given: frozenset[str], solved: frozenset[str]) -> str:
    if given == solved:
        return (
            f"{listing(sorted(solved)).capitalize()}: there both have something to lose. Whether two interests in one stake clash or can be met "
            "together is another question: compare the sentences in the rows."
        )
    if unknown := given - set(stakes()):
        return f"“{min(unknown)}” is no stake of the table. They are {listing(stakes())}."
    if extra := given - solved:
        having = [side for side in names.SIDES if min(extra) in stakes_of(side)]
        whose = "only one" if having else "neither"
        return f"In “{min(extra)}” {whose} of the two has an interest on record. Filter by the stake and see."
    missing = len(solved - given)
    return f"All of yours are right, and {missing} more {'is' if missing == 1 else 'are'} missing."


# ---------------------------------------------------------------- two zones


def two_widths() -> tuple[float, float]:
    """Return the width of the zone of agreement in each of the two cases; 0 where there is none."""
    first, second = (float(max(0, floors.zone_width(*case))) for case in CASES)
    return first, second


def explain_widths(given: tuple[float, float], solved: tuple[float, float]) -> str:
    first, second = (number(one) for one in solved)
    if given == solved:
        return (
            f"{first} and {second}. On one line what A gains is lost to B, so floors that add up to more than 100 leave no deal. With a second issue "
            "that the two weigh differently, the second pair of floors can have one: try it in the scene."
        )
    gap = [100 - a - b for a, b in CASES]
    if given == tuple(float(one) for one in gap):
        return "A gap is no zone: where the floors add up to more than 100 the width is 0."
    if given == solved[::-1]:
        return "These are the two the other way round."
    return "A accepts from its floor upwards, B up to 100 less its own floor. The width is what both accept."


def cases_text() -> str:
    """Return the floors of both cases as a sentence for the prompt."""
    return "; ".join(f"A needs at least {a} of 100 and B at least {b}" for a, b in CASES)


EXERCISES = Exercises(
    {
        "ex05_sort": Exercise(
            read=kinds_given,
            solve=kinds,
            explain=explain_kinds,
            start="Put a letter for each sentence between the quotes, in their order: P or I.",
            hints=("A position names one way.", "Ask “what for?”: what answers it is an interest."),
            prompt="Position or interest? One letter for each sentence.",
        ),
        "ex05_stakes": Exercise(
            read=readers.words,
            solve=stakes_of_both,
            explain=explain_stakes,
            start="Put the stakes between the quotes, with commas.",
            hints=(
                "Look down the column stake for a word that stands with both states.",
                "Filter by one stake at a time.",
            ),
            prompt="In which stakes do both states have an interest on record?",
        ),
        "ex05_zones": Exercise(
            read=readers.two_numbers,
            solve=two_widths,
            explain=explain_widths,
            start="Put two widths between the quotes, such as “10 / 5”.",
            hints=(
                "Draw a line from 0 to 100 and both ranges on it.",
                "100 less both floors; no zone has the width 0.",
            ),
            prompt=f"How wide is the zone of agreement on one issue, in points? Case 1 and case 2: {cases_text()}.",
        ),
    }
)
