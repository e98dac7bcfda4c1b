"""The exercises of chapter 1: filter, compare, order, source. Answers are computed when they are checked."""

from __future__ import annotations

from functools import partial

import pandas as pd

from utils import events, tables
from utils.chapters.history.deaths import deaths_by_year, truce_deaths, truce_years
from utils.chapters.history.long_line import longest_gap
from utils.learning import readers
from utils.learning.exercises import Exercise, Exercises
from utils.learning.sourcing import two_accounts
from utils.verdicts import verdict_words
from utils.wording import count, date_text, days_text, listing

SOURCED_EVENT = "shusha_lachin_1992"  # its two accounts stand side by side in the sourcing exercise
DEADLY = 25  # the number from which UCDP speaks of an active conflict
CARDS = (
    "minsk_conference_1992",
    "truce_1994",
    "minsk_cochairs_1997",
    "madrid_principles_2007",
    "kazan_2011",
    "four_day_war_2016",
    "velvet_revolution_2018",
    "war_begins_2020",
)


def deadly_years() -> frozenset[int]:
    """Return the truce years in which 25 or more deaths were counted month by month."""
    deaths = truce_deaths()
    return frozenset(deaths.loc[deaths["deaths_single_month"] >= DEADLY, "year"].tolist())


def explain_deadly_years(given: frozenset[int], solved: frozenset[int]) -> str:
    if given == solved:
        middle = sum(truce_years()) // 2
        late = sum(year > middle for year in solved)
        return f"{count(len(solved), 'year')}: {listing(map(str, sorted(solved)))}; {late} of them lie after {middle}."
    missing, extra = solved - given, given - solved
    first, last = truce_years()
    if outside := {year for year in extra if not first <= year <= last}:
        return f"{listing(map(str, sorted(outside)))}: not in the truce years {first} to {last}."
    by_year = deaths_by_year(first, last).dropna(subset=["deaths_above_threshold"])["year"]
    if extra and extra <= set(by_year):
        years = listing(map(str, sorted(extra)))
        return f"Only the yearly count reaches {DEADLY} in {years}; the question asks for the monthly one."
    parts = [f"{count(len(missing), 'year')} missing"] if missing else []
    parts += [f"{count(len(extra), 'year')} too many"] if extra else []
    return f"{listing(parts).capitalize()}. Filter the column deaths_single_month for values of {DEADLY} or more."


def pause_before_war() -> int:
    """Return the longest interval in days without a leaders' meeting, between the truce and the war of 2020."""
    first, last = truce_years()
    return int(longest_gap((first - 1, last + 1))["days"])


def explain_pause(given: int, solved: int) -> str:
    first, last = truce_years()
    gap = longest_gap((first - 1, last + 1))
    if given == solved:
        return (
            f"{count(solved, 'day')}, about {days_text(solved)}, from {date_text(gap['start'])} to {date_text(gap['end'])}. "
            "The table holds the meetings we found, so read it as “at most”."
        )
    if given in (solved - 1, solved + 1):
        return "One day off: count from the day of one meeting to the day of the next, leaving one of the two out."
    if given == _pause_at_any_level():
        return "That is the longest gap between meetings at any level; the question asks for the leaders alone."
    if 0 < given <= 3 or given == round(solved / 30.4375):
        return f"That looks like {'years' if given <= 3 else 'months'}; give the number of days."
    return "Take the time from each meeting's date to the one before it (`.diff()`), and of these the longest."


def _pause_at_any_level() -> int:
    first, last = truce_years()
    meetings = tables.load("meetings").query("contact in ('together', 'apart')")
    days = meetings["date_start"].drop_duplicates().sort_values()
    return int(days[days.dt.year.between(first - 1, last + 1)].diff().dt.days.max())


def order_cards() -> pd.DataFrame:
    """Return the eight cards to put in order: `title`, by letter, in alphabetical order of the titles."""
    table = tables.load("events").set_index("event_id")
    titles = sorted(table.loc[list(CARDS), "title"])
    return pd.DataFrame({"title": titles}, index=pd.Index(list("ABCDEFGH"), name="card"))


def cards_to_order():
    """Return the eight cards as a table for the page, with whole titles."""
    return order_cards().style.set_properties(**{"text-align": "left"})


def right_order() -> str:
    """Return the letters of the cards in order of date."""
    table = tables.load("events").set_index("event_id").loc[list(CARDS)].sort_values("date_start")
    letter = {title: card for card, title in order_cards()["title"].items()}
    return "".join(letter[title] for title in table["title"])


def explain_order(given: str, solved: str) -> str:
    dates = {title: event_id for event_id, title in tables.load("events").set_index("event_id")["title"].items()}
    titles = order_cards()["title"]

    def dated(card: str) -> str:
        return f"{card} ({date_text(events.moment(dates[titles[card]]), 'month')})"

    if given == solved:
        return (
            f"From {dated(solved[0])} to {dated(solved[-1])}. Put the gaps between them beside the deaths of scene 2."
        )
    wrong = next(i for i, (mine, theirs) in enumerate(zip(given, solved, strict=True)) if mine != theirs)
    start = f"The first {count(wrong, 'card')} stand right. " if wrong else ""
    return f"{start}{given[wrong]} does not belong in place {wrong + 1}. Look for the card's year in the timeline."


def words_of_verdict() -> frozenset[str]:
    """Return the words of the two accounts of `SOURCED_EVENT` that stand on the pack's list of verdict words."""
    return frozenset(word for text in two_accounts(SOURCED_EVENT)["account"] for word in verdict_words(text))


def explain_words(given: frozenset[str], solved: frozenset[str]) -> str:
    texts = " ".join(two_accounts(SOURCED_EVENT)["account"]).casefold()
    if given == solved:
        return f"{listing(f'“{word}”' for word in sorted(solved))}. Each is somebody's judgement. The pack prints such words only with their speaker."
    absent = sorted(word for word in given if word not in texts)
    if absent:
        return f"{listing(f'“{word}”' for word in absent)}: not in either text. Give words as they stand there."
    extra, missing = sorted(given - solved), len(solved - given)
    parts = (
        [
            f"{listing(f'“{word}”' for word in extra)} {'is' if len(extra) == 1 else 'are'} not on the pack's list, though you may be right that it weighs something"
        ]
        if extra
        else []
    )
    parts += (
        [f"{count(missing, 'word')} of the list {'is' if missing == 1 else 'are'} still missing"] if missing else []
    )
    return f"{'. '.join(part[0].upper() + part[1:] for part in parts)}. Ask of each word: could both sides use it?"


EXERCISES = Exercises(
    {
        "ex01_deadly_years": Exercise(
            read=readers.whole_numbers,
            solve=deadly_years,
            explain=explain_deadly_years,
            start="Put a list of years in place of None.",
            hints=(
                "Keep the rows whose deaths are at least the number asked for.",
                "The example above has all you need but the sign and the number.",
            ),
            prompt=f"In which truce years were {DEADLY} or more deaths counted month by month?",
        ),
        "ex01_gap": Exercise(
            read=readers.whole_number,
            solve=pause_before_war,
            explain=explain_pause,
            start="Put a number of days in place of None.",
            hints=(
                "The line under the chart of scene 1 names both ends of the pause.",
                "Count the days from the one date to the other, or take the longest difference in the table.",
            ),
            prompt="How many days lay between the two leaders' meetings that were furthest apart?",
        ),
        "ex01_order": Exercise(
            read=partial(readers.letters, how_many=len(CARDS)),
            solve=right_order,
            explain=explain_order,
            start="Put the letters in order between the quotes, such as “HGFEDCBA”.",
            hints=(
                "Anchor the ceasefire first, then place the rest before or after it.",
                "Three of the cards concern mediation: think of which came before any text.",
            ),
            prompt="Put eight turning points in order of time.",
        ),
        "ex01_words": Exercise(
            read=readers.words,
            solve=words_of_verdict,
            explain=explain_words,
            start="Put words between the quotes, with commas between them.",
            hints=(
                "A verdict word already says who was right, or what a court would have to find.",
                "Look inside the quotation marks first: they mark a speaker's own words.",
            ),
            prompt="Which words in the two accounts carry a verdict?",
        ),
    }
)
