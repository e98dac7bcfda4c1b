"""What the strip says in words: the classes counted, what changed, and where the judgements part."""

from __future__ import annotations

import pandas as pd

from utils import commitments
from utils.chapters.ceasefire import standing
from utils.chapters.ceasefire.standing import CLASSES, OUTSIDE, PARTIES
from utils.scenes import Aside
from utils.wording import count, date_text, listing

BESIDE = "beside"  # all four assessors at one date


def days() -> dict[str, str]:
    """Return the days of judgement: "2022-12-31" to "31 December 2022"; those after the period are called a look ahead."""
    last = standing.last_of_period()
    return {f"{day:%Y-%m-%d}": date_text(day) + (" (a look ahead)" if day > last else "") for day in standing.dates()}


def day_before(as_of: str) -> pd.Timestamp | None:
    """Return the day of judgement before one, None for the first."""
    earlier = [day for day in standing.dates() if day < pd.Timestamp(as_of)]
    return max(earlier, default=None)


def describe_strip(rows: pd.DataFrame, guess: int, seen: str, assessor: str, as_of: str) -> str:
    """Before: ask. After: count the classes at the day, beside the guess, and say what changed or where views part."""
    if not seen:
        return "Guess first. The strip opens when you have guessed, or skipped."
    if assessor == OUTSIDE:
        return f"{_told_of_outside(as_of)} {_told_of_guess(guess, seen, as_of)}{changes(as_of)}"
    if assessor == BESIDE:
        return _told_of_all(as_of)
    return _told_of_party(assessor, as_of)


def _told_of_outside(as_of: str) -> str:
    classes = standing.at(pd.Timestamp(as_of))
    return (
        f"{days()[as_of]}: of {standing.told(len(classes))}, our third-party reading has {standing.counted(classes)}."
    )


def _told_of_guess(guess: int, seen: str, as_of: str) -> str:
    day = standing.last_of_period()
    when = "Fully carried out" if day == pd.Timestamp(as_of) else f"Fully carried out at {date_text(day)}"
    told = f"{when}, on time or late: {standing.carried_out(standing.at(day))}"
    return f"{told}; your guess was {guess}. " if seen == "answered" else f"{told}. "


def changes(as_of: str) -> str:
    """Say which commitments changed their class since the day of judgement before, by the class that they went to."""
    before = day_before(as_of)
    if before is None:
        return "This is the first day at which we judge; choose a later one to see what changed."
    old, new = standing.at(before), standing.at(pd.Timestamp(as_of))
    titles = commitments.owed().set_index("commitment_id")["title"]
    moved = [one for one in titles.index if old[one] != new[one]]
    if not moved:
        return f"Nothing changed since {date_text(before)}."
    groups = (
        f"now {look.name}: {listing(titles[one] for one in moved if new[one] == status)}"
        for status, look in CLASSES.items()
        if any(new[one] == status for one in moved)
    )
    return f"Since {date_text(before)} {standing.told(len(moved))} changed, {'; '.join(groups)}."


def _told_of_party(party: str, as_of: str) -> str:
    day = pd.Timestamp(as_of)
    said, outside = standing.at(day, party), standing.at(day)
    name = standing.assessor(party)
    if said.empty:
        return f"{days()[as_of]}: we found no statement by which {name} could be given a class. Choose another date."
    apart = said[said != outside[said.index]]
    titles = commitments.owed().set_index("commitment_id")["title"]
    told = (
        f"{days()[as_of]}: what {name}'s officials said gives a class to {len(said)} of {standing.told(len(outside))}: "
        f"{standing.counted(said)}. "
    )
    if apart.empty:
        return f"{told}No class differs from our third-party reading."
    differing = (
        f"{titles[one]} ({CLASSES[status].name}, not {CLASSES[outside[one]].name})" for one, status in apart.items()
    )
    return f"{told}{count(len(apart), 'class', 'classes').capitalize()} differ from our third-party reading: {listing(differing)}."


def parted(as_of: str) -> list[str]:
    """Return the commitments to which Armenia's and Azerbaijan's officials gave different classes for a day."""
    one, other = (standing.at(pd.Timestamp(as_of), side) for side in PARTIES[:2])
    both = [name for name in commitments.owed()["commitment_id"] if name in one.index and name in other.index]
    return [name for name in both if one[name] != other[name]]


def _told_of_all(as_of: str) -> str:
    day = pd.Timestamp(as_of)
    said = {party: standing.at(day, party) for party in PARTIES}
    spoke = listing(f"{standing.assessor(party)} on {len(some) or 'none'}" for party, some in said.items())
    told = f"{days()[as_of]}: of {standing.told(len(standing.at(day)))}, we found words of {spoke}."
    both = set(said["armenia"].index) & set(said["azerbaijan"].index)
    if not both:
        return f"{told} On none of them did we find words of both Armenia and Azerbaijan."
    titles = commitments.owed().set_index("commitment_id")["title"]
    apart = parted(as_of)
    names = f": {listing(titles[one] for one in apart)}" if apart else ""
    return f"{told} Armenia and Azerbaijan both spoke of {len(both)}, and differ on {len(apart) or 'none'}{names}."


def rules(rows: pd.DataFrame, seen: str, assessor: str, as_of: str) -> Aside:
    """Return how a class is chosen, beside the strip: our rules, or what a party's class is."""
    if not seen:
        return Aside(
            "Before you guess", empty="Fully carried out means: done, on the day or later, and not in dispute."
        )
    if assessor == OUTSIDE:
        day = pd.Timestamp(as_of)
        items = [f"{look.letter}, {look.name}: {standing.RULES[one]}" for one, look in standing.classes(day).items()]
        items += [standing.EXCEPTION] if day > standing.last_of_period() else []
        return Aside("How we choose a class", (*items, "An outline marks what changed since the date before."))
    return Aside(
        "Whose words these are",
        (
            "A party's class is what its officials said, on or for that date, put into the same eight classes by us.",
            "An empty cell means that we found no such statement. It does not mean that there was none, or that a party agreed.",
            "An outline marks a class other than that of our third-party reading.",
            "A party that says another one broke a promise is a claim, not a finding. Choose a cell to read it.",
        ),
    )
