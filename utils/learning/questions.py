"""The questions of the tables `questions` and `question_options` as tasks.

What a table holds is computed, never stored: numbers by a named function, the order of events by their dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from utils import tables
from utils.learning import readers
from utils.learning.feedback import Feedback
from utils.learning.tasks import Task
from utils.scenes.controls import Choices, Control, Entry, Match, Order, Pick
from utils.wording import count, listing, number

Answers = Mapping[str, Callable[[], Any]]
LABELS = {
    "single": "Choose one",
    "several": "Choose any number",
    "order": "Bring into order",
    "match": "Find the partners",
    "number": "Give a number",
    "text": "Give a word or a name",
    "poll": "Your view: no answer is right or wrong",
}
EMPTY = {
    "several": "Choose at least one.",
    "match": "Choose a partner for each.",
    "number": "Type a number first.",
    "text": "Type a word first.",
}


def questions(ids: list[str], answers: Answers) -> list[Task]:
    """Return several questions as tasks, numbered in their order. Raise `KeyError` for an unknown id."""
    whole = len(ids)
    return [question(one, answers, f"Question {place} of {whole}") for place, one in enumerate(ids, 1)]


def question(question_id: str, answers: Answers, label: str = "") -> Task:
    """Return one question as a task.

    Parameters
    ----------
    question_id : str
        A row of `questions`.
    answers : mapping of name to function
        Where `computed_by` is looked up.
    label : str
        Stands above the prompt, such as "Question 2 of 5".
    """
    row = tables.load("questions").set_index("question_id").loc[question_id]
    options = tables.load("question_options").query("question_id == @question_id").set_index("option_id")
    control, grade, words = KINDS[row["kind"]](row, options, answers)
    return Task(
        id=question_id,
        kind="question",
        prompt=row["prompt"],
        control=control,
        reply=grade,
        words=words,
        label=label or ("Poll" if row["kind"] == "poll" else "Question"),
        verb="Save" if row["kind"] == "poll" else "Check",
        hints=tuple(hint for hint in (row["hint_1"], row["hint_2"]) if isinstance(hint, str)),
        empty=EMPTY.get(row["kind"], "Choose first."),
        source_ids=row["source_ids"],
    )


# ---- one maker a kind: (row, options, answers) -> (control, grade, words) ---------------------------------------------

Kind = tuple[Control, Callable[[Any], Feedback], Callable[[Any], str]]


def _single(row: pd.Series, options: pd.DataFrame, _: Answers) -> Kind:
    def grade(chosen: str) -> Feedback:
        option = options.loc[chosen]
        return Feedback("right", row["why"]) if option["right"] else Feedback("not yet", option["feedback"])

    return Pick("answer", LABELS["single"], options["text"].to_dict()), grade, options["text"].get


def _poll(row: pd.Series, options: pd.DataFrame, _: Answers) -> Kind:
    def grade(chosen: str) -> Feedback:
        return Feedback("saved", f"{options['feedback'][chosen]} {row['why']}")

    return Pick("answer", LABELS["poll"], options["text"].to_dict()), grade, options["text"].get


def _several(row: pd.Series, options: pd.DataFrame, _: Answers) -> Kind:
    right = set(options.index[options["right"].fillna(False).astype(bool)])

    def grade(chosen: tuple[str, ...]) -> Feedback:
        wrong = [one for one in chosen if one not in right]
        missing = len(right - set(chosen))
        if not wrong and not missing:
            said = ((options["text"][one], options["feedback"][one]) for one in chosen)
            return Feedback("right", row["why"], tuple(one for one in said if isinstance(one[1], str)))
        met = len(chosen) - len(wrong)
        told = f"{met or 'None'} of your choices {'is' if met == 1 else 'are'} right"
        told += f"; {count(missing, 'right one')} {'is' if missing == 1 else 'are'} still missing." if missing else "."
        said = tuple((options["text"][one], options["feedback"][one]) for one in wrong)
        return Feedback("not yet", told, said)

    def words(chosen: tuple[str, ...]) -> str:
        return "; ".join(options["text"][one] for one in chosen)

    return Choices("answer", LABELS["several"], options["text"].to_dict(), value=()), grade, words


def right_order(options: pd.DataFrame) -> list[str]:
    """Return the option ids in their right order: by the date of their events, or by place; others are left out."""
    dates = tables.load("events").set_index("event_id")["date_start"]
    dated = options[options["event_id"].notna()]
    if len(dated):
        return dated.index[dated["event_id"].map(dates).argsort(kind="stable")].tolist()
    return options[options["place"].notna()].sort_values("place").index.tolist()


def start_order(options: pd.DataFrame) -> dict[str, str]:
    """Return the options as they stand at first: by the alphabet, turned by one where that would be the answer."""
    order = options["text"].sort_values(key=lambda texts: texts.str.casefold()).index.tolist()
    if [one for one in order if one in right_order(options)] == right_order(options):
        order = [*order[1:], order[0]]
    return {one: options["text"][one] for one in order}


def _order(row: pd.Series, options: pd.DataFrame, _: Answers) -> Kind:
    right = right_order(options)
    spare = [one for one in options.index if one not in right]
    texts = options["text"]

    def grade(given: tuple[str, ...]) -> Feedback:
        if list(given) == right:
            return Feedback("right", row["why"])
        if strangers := [one for one in given if one in spare]:
            said = tuple((texts[one], options["feedback"][one]) for one in strangers)
            return Feedback("not yet", f"{count(len(strangers), 'part')} should be left out.", said)
        if missing := len(right) - len(given):
            return Feedback(
                "not yet", f"{count(missing, 'part')} left out {'belongs' if missing == 1 else 'belong'} here."
            )
        wrong = next(i for i, (mine, theirs) in enumerate(zip(given, right, strict=True)) if mine != theirs)
        start = f"The first {wrong} stand right. " if wrong > 1 else "The first one stands right. " if wrong else ""
        where = f"“{texts[given[wrong]]}” does not belong in place {wrong + 1}."
        return Feedback("not yet", " ".join([start + where, *_otherwise(row)]))

    def words(given: tuple[str, ...]) -> str:
        return " > ".join(texts[one] for one in given)

    return Order("answer", "The first on top", start_order(options), spare=bool(spare)), grade, words


def partners(options: pd.DataFrame) -> dict[str, str]:
    """Return each option's partner: as written, or the year of its event."""
    dates = tables.load("events").set_index("event_id")["date_start"]
    return {
        one: option["partner"] if isinstance(option["partner"], str) else str(dates[option["event_id"]].year)
        for one, option in options.iterrows()
    }


def _match(row: pd.Series, options: pd.DataFrame, _: Answers) -> Kind:
    right = list(partners(options).values())
    texts = options["text"].tolist()
    offered = sorted(set(right), key=str.casefold)
    if offered == right:  # partners must not stand line by line beside their own
        offered = [*offered[1:], offered[0]]
    control = Match(
        "answer",
        LABELS["match"],
        items={f"{place}": text for place, text in enumerate(texts)},
        options={partner: partner for partner in offered},
    )

    def grade(given: tuple[str, ...]) -> Feedback:
        if (gaps := given.count("")) > 0:
            return Feedback("not yet", f"{count(gaps, 'partner')} still to choose.")
        wrong = [text for text, mine, theirs in zip(texts, given, right, strict=True) if mine != theirs]
        if not wrong:
            return Feedback("right", row["why"])
        said = f"{len(texts) - len(wrong)} of {len(texts)} are right. Look again at {listing(f'“{one}”' for one in wrong)}."
        return Feedback("not yet", " ".join([said, *_otherwise(row)]))

    def words(given: tuple[str, ...]) -> str:
        return "; ".join(f"{text}: {mine or 'no answer'}" for text, mine in zip(texts, given, strict=True))

    return control, grade, words


def _number(row: pd.Series, _: pd.DataFrame, answers: Answers) -> Kind:
    unit = row["unit"] if isinstance(row["unit"], str) else ""
    within = 0 if pd.isna(row["within"]) else row["within"]
    spare = unit.casefold().split()[:1]  # with “billion cubic metres” asked for, “20 billion” means 20

    def grade(given: str) -> Feedback:
        try:
            mine = readers.number(" ".join(word for word in given.casefold().split() if word not in spare))
        except readers.Unreadable as problem:
            return Feedback("unclear", str(problem))
        solved = answers[row["computed_by"]]()
        if abs(mine - solved) <= within:
            return Feedback("right", row["why"].replace("{answer}", written(solved, unit)))
        return Feedback("not yet", " ".join(_otherwise(row)) or "Look again, or ask for a hint.")

    return Entry("answer", "Your number", longest=200, numeric=True, unit=unit), grade, str


def written(solved: float, unit: str) -> str:
    """Return a computed number for a sentence: a year, which has no unit, without a comma."""
    return number(solved, 0 if float(solved).is_integer() else 1) if unit else str(int(solved))


def _text(row: pd.Series, _: pd.DataFrame, answers: Answers) -> Kind:
    def grade(given: str) -> Feedback:
        name = row["computed_by"]
        solved = answers[name]() if isinstance(name, str) else row["accepted"]
        forms = [solved] if isinstance(solved, str) else list(solved)
        if readers.plain_words(given) in map(readers.plain_words, forms):
            return Feedback("right", row["why"].replace("{answer}", forms[0]))
        return Feedback("not yet", " ".join(_otherwise(row)) or "Look again, or ask for a hint.")

    return Entry("answer", "Your answer", longest=200), grade, str


def _otherwise(row: pd.Series) -> list[str]:
    return [row["otherwise"]] if isinstance(row["otherwise"], str) else []


KINDS = {
    "single": _single,
    "several": _several,
    "order": _order,
    "match": _match,
    "number": _number,
    "text": _text,
    "poll": _poll,
}


def gaps(ids: list[str], answers: Answers) -> list[str]:
    """Return the names that questions are computed by and that `answers` lacks."""
    rows = tables.load("questions").set_index("question_id").loc[ids]
    return [name for name in rows["computed_by"].dropna() if name not in answers]
