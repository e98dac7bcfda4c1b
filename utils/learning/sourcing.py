"""Sourcing: accounts of one event, and four guesses about them before their texts open.

A reader who knows only who spoke, and when, says what to expect of the words. What the words then hold is computed
from them; the fourth guess has no right answer. Chapters bring their texts as `Asked`; two accounts of an event stand
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from utils import events, tables
from utils.learning.predictions import Prediction
from utils.scenes import Ballot, Column, Gate, Panel, Scene, Statement
from utils.verdicts import verdict_words
from utils.wording import count, date_text

A_MONTH = 31  # days; two statements less than that apart are equally near
OPTIONS = {"a": "Account A", "b": "Account B", "both": "Both", "neither": "Neither"}
GUESSES = {  # short name: title, what is asked
    "near": (
        "1. Nearer in time",
        "Which was said nearer in time to the event? Less than a month apart counts as both.",
    ),
    "figures": ("2. Figures", "Which gives figures, apart from dates?"),
    "verdict": ("3. Verdict words", "Which uses words that already pass a verdict, such as those of the pack's list?"),
    "trust": (
        "4. Your trust",
        "Which do you expect to find easier to believe? There is no right answer; it tells you about your own lens.",
    ),
}
NUMBER_WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?)\b", re.IGNORECASE
)
DATES = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?\b|\b(?:19|20)\d\d\b"
)


def two_accounts(event_id: str) -> pd.DataFrame:
    """Return one account of each side of an event, the first of each: A is Armenian, B Azerbaijani, by the alphabet.

    Columns: those of `event_accounts`, and `said` (date as text, "no date" where unknown).
    Raise `KeyError` if a side has none.
    """
    told = tables.load("event_accounts").query("event_id == @event_id")
    rows = pd.concat([told[told["side"] == side].head(1) for side in events.SIDES])
    if len(rows) < 2:
        raise KeyError(event_id)
    said = [date_text(day) if isinstance(day, str) else "no date" for day in rows["statement_date"]]
    return rows.assign(said=said).reset_index(drop=True)


def gives_figures(text: str) -> bool:
    """Say whether a text holds a figure that is no date."""
    rest = DATES.sub("", text)
    return bool(re.search(r"\d", rest) or NUMBER_WORDS.search(rest))


def which(a: bool, b: bool) -> str:
    """Return the option for a property that A has or has not, and B."""
    return {(True, True): "both", (True, False): "a", (False, True): "b", (False, False): "neither"}[a, b]


def distance(event_id: str, said: object) -> float:
    """Return how many days after an event something was said; infinite where the date is unknown."""
    if not isinstance(said, str):
        return float("inf")
    return abs((pd.Timestamp(said) - events.moment(event_id)).days)


def found(event_id: str) -> dict[str, tuple[str, str]]:
    """Return for each guess that can be checked the right option, and in words what the texts hold."""
    rows = two_accounts(event_id)
    texts, days = rows["account"].tolist(), [distance(event_id, said) for said in rows["statement_date"]]
    words = [verdict_words(text) for text in texts]
    near = "both" if days[0] == days[1] or abs(days[0] - days[1]) < A_MONTH else "a" if days[0] < days[1] else "b"
    # How many, not which: an exercise may ask for the words themselves.
    listed = "; ".join(f"{letter}: {len(some) or 'none'} of the list" for letter, some in zip("AB", words, strict=True))
    when = "; ".join(f"{letter}: {said}" for letter, said in zip("AB", rows["said"], strict=True))
    return {
        "near": (near, f"{when}; the event: {date_text(events.moment(event_id))}"),
        "figures": (which(*map(gives_figures, texts)), "counted in the two texts, dates left out"),
        "verdict": (which(*map(bool, words)), listed),
    }


class Text(NamedTuple):
    """One text that opens after the guesses: who spoke and when is known before, `about` only with the text."""

    speaker: str
    said: str
    text: str
    source_ids: tuple[str, ...]
    confidence: str
    about: str = ""


class Asked(NamedTuple):
    """What a reader guesses about two or three texts.

    `noun` is what a text is called ("Account"); `guesses` short name to (title, question); `options` value to label;
    `answers` for each guess that can be checked the right option, and in words what the texts hold.
    """

    title: str
    noun: str
    texts: tuple[Text, ...]
    guesses: dict[str, tuple[str, str]]
    options: dict[str, str]
    answers: dict[str, tuple[str, str]]


LETTERS = "ABC"


def accounts(event_id: str) -> Asked:
    """Return the four guesses about the two accounts of an event."""
    texts = tuple(
        Text(row.speaker, row.said, row.account, row.source_ids, row.confidence)
        for row in two_accounts(event_id).itertuples()
    )
    title = tables.load("events").set_index("event_id")["title"][event_id]
    return Asked(title, "Account", texts, GUESSES, OPTIONS, found(event_id))


def select_guesses(asked: Asked, guesses: tuple[str, ...], seen: str) -> pd.DataFrame:
    """Return one row a guess once the texts are open: `question`, `yours`, `texts`, `detail`, `source_ids`."""
    cited = tuple(dict.fromkeys(one for text in asked.texts for one in text.source_ids))
    answers, options = asked.answers, asked.options
    table = pd.DataFrame(
        {
            "question": [question for _, question in asked.guesses.values()],
            "yours": [options.get(guess, "no guess") for guess in guesses],
            "texts": [options[answers[name][0]] if name in answers else "yours to judge" for name in asked.guesses],
            "detail": [answers[name][1] if name in answers else "no right answer" for name in asked.guesses],
            "source_ids": [cited] * len(asked.guesses),
        }
    )
    return table if seen else table.head(0)


def describe(asked: Asked, guesses: tuple[str, ...], seen: str) -> str:
    """Before: who speaks, and when. After: how the guesses compare with the texts."""
    if not seen:
        named = zip(LETTERS, asked.texts, strict=False)
        who = " ".join(f"{asked.noun} {letter}: {text.speaker}, {text.said}." for letter, text in named)
        return f"{who} The texts open when you have guessed, or skipped."
    mine = dict(zip(asked.guesses, guesses, strict=True))
    made = [name for name in asked.answers if mine[name]]
    met = [name for name in made if mine[name] == asked.answers[name][0]]
    held = "; ".join(
        f"{asked.guesses[name][0][3:].lower()}: {asked.options[option]} ({detail})"
        for name, (option, detail) in asked.answers.items()
    )
    if seen == "skipped" or not made:
        return f"What the texts hold: {held}."
    return f"{len(met)} of your {count(len(made), 'guess', 'guesses')} that can be checked met the texts. What they hold: {held}."


def panels(asked: Asked, seen: str) -> list[Panel]:
    """Return the texts side by side, a third one below; before the guesses, who spoke and when, and no text."""
    columns = [
        Column(f"{asked.noun} {letter}", _statements(text, seen))
        for letter, text in zip(LETTERS, asked.texts, strict=False)
    ]
    return [Panel(asked.title, *columns[:2], below=columns[2] if len(columns) > 2 else None)]


def _statements(text: Text, seen: str) -> tuple[Statement, ...]:
    if not seen:
        return (Statement("The text opens after your guesses.", speaker=text.speaker, date=text.said),)
    told = Statement(text.text, text.speaker, text.said, text.source_ids, text.confidence)
    return (told, Statement(text.about)) if text.about else (told,)


def guess_first(id: str, question: str, asked: Callable[[], Asked], note: str) -> Prediction:
    """Return the exercise: four guesses about some texts, then the texts.

    Parameters
    ----------
    id : str
        As in the logbook, such as "p01_sourcing".
    question : str
        The scene's heading.
    asked : callable -> Asked
        Read anew for each state, as all tables are.
    """
    first = asked()

    def words(guesses: tuple[str, ...]) -> str:
        titles = [title[3:].lower() for title, _ in first.guesses.values()]
        return "; ".join(
            f"{title}: {first.options.get(one, 'no guess')}" for title, one in zip(titles, guesses, strict=True)
        )

    scene = Scene(
        id=id.replace("_", "-"),
        question=question,
        rows=lambda guesses, seen: select_guesses(asked(), guesses, seen),
        reading=lambda rows, guesses, seen: describe(asked(), guesses, seen),
        panels=lambda rows, seen: panels(asked(), seen),
        controls=(
            Ballot(
                "guesses",
                "Your four guesses, before you read",
                items=dict(first.guesses.values()),
                options=first.options,
            ),
            Gate("seen", "Open the texts", skip_label="Skip the guesses"),
        ),
        columns={"question": "Question", "yours": "Your guess", "texts": "What the texts hold", "detail": "Seen by"},
        note=note,
    )
    return Prediction(id=id, scene=scene, guess="guesses", gate="seen", words=words)


def sourcing(id: str, event_id: str, question: str) -> Prediction:
    """Return the exercise on the two accounts of a contested event."""
    note = "Verdict words are those of the pack's list, which both sides' texts are held against."
    return guess_first(id, question, lambda: accounts(event_id), note)
