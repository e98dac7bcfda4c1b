"""The chapters of the pack: what they are called, what they ask, how long they take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chapter:
    """One notebook: file name without ending, title, question, minutes for a self-learner."""

    notebook: str
    title: str
    question: str
    minutes: int


CHAPTERS = (
    Chapter("00_start_here", "Start here", "How can I study a conflict whose facts are disputed?", 30),
    Chapter(
        "01_truce_to_war", "From truce to war", "Why did a truce without peace last so long, and why did it break?", 60
    ),
    Chapter("02_war_of_2020", "The war of 2020", "What happened in the war of autumn 2020, and how do we know?", 45),
    Chapter("03_nine_points", "The nine points", "What was promised on 10 November 2020, and what was kept?", 55),
    Chapter("04_three_tracks", "Three tracks", "Who mediated, why, and did it matter that there were three?", 40),
    Chapter(
        "05_two_sticking_points", "Two sticking points", "Under “status” and “corridor”, what did each side need?", 45
    ),
    Chapter(
        "06_ukraine_factor", "The Ukraine factor", "Did Moscow's fortunes in Ukraine drive the escalation of 2022?", 60
    ),
    Chapter("07_armenias_dilemmas", "Armenia's dilemmas", "What would you have advised in September 2022?", 35),
    Chapter("08_negotiating_table", "The negotiating table", "Could a deal have been struck?", 50),
    Chapter("09_capstone", "Your own answer", "What is your own answer, and how sure are you?", 60),
    Chapter("10_after_2022", "After 2022", "How do the judgements of 2022 look now?", 30),
)


TITLES = {chapter.notebook[:2]: chapter.title for chapter in CHAPTERS}
