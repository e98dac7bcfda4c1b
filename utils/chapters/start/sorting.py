"""Fact, claim or inference: sentences of the founding article, to be sorted, each with an answer that explains."""

from __future__ import annotations

import pandas as pd

from utils import tables
from utils.learning.feedback import Feedback
from utils.learning.tasks import Task
from utils.scenes.controls import Ballot
from utils.wording import count

BOXES = {"fact": "Fact", "claim": "Claim by a party", "inference": "Inference"}
BOX_OF_KIND = {
    "fact": "fact",
    "account_of_a_position": "claim",
    "interpretation": "inference",
    "cause": "inference",
    "forecast": "inference",
}
CHOSEN = ("a02", "a03", "a04", "a06", "a09", "a10", "a11", "a12", "a13", "a17", "a20", "a22")


def sentences() -> pd.DataFrame:
    """Return the sentences to sort: columns of `article_claims`, and `box`, in the order of the article."""
    table = tables.load("article_claims")
    return table[table["claim_id"].isin(CHOSEN)].assign(box=lambda rows: rows["kind"].map(BOX_OF_KIND))


def short(sentence: str) -> str:
    """Return a sentence without “The article says that”, which all of them share."""
    rest = sentence.removeprefix("The article says that ").replace(", and that ", ", and ").replace(", that ", ", ")
    return rest[0].upper() + rest[1:]


def task() -> Task:
    """Sort the article's sentences into three boxes."""
    table = sentences()
    titles = [f"Sentence {place}" for place in range(1, len(table) + 1)]
    right = table["box"].tolist()
    reasons = table["kind_reason"].tolist()

    def reply(given: tuple[str, ...]) -> Feedback:
        said = [
            (title, f"{BOXES[box] if mine == box else f'rather “{BOXES[box].lower()}”'}. {reason}")
            for title, mine, box, reason in zip(titles, given, right, reasons, strict=True)
            if mine
        ]
        met = sum(mine == box for mine, box in zip(given, right, strict=True))
        done = sum(map(bool, given))
        told = f"{count(done, 'sentence')} sorted, {met} of them as we would."
        if met < done == len(right):
            told += " Where we differ, read the reason: sentences that mix two kinds are open to debate."
        return Feedback("right" if met == len(right) else "saved", told, tuple(said))

    def words(given: tuple[str, ...]) -> str:
        return "; ".join(f"{title}: {BOXES.get(mine, 'not sorted')}" for title, mine in zip(titles, given, strict=True))

    cited = dict.fromkeys(one for ids in table["source_ids"] for one in ids)
    return Task(
        id="q00_50",
        kind="question",
        prompt="Fact, claim by a party, or inference? Sort what the founding article says.",
        control=Ballot(
            "boxes",
            "Where does each sentence belong?",
            items=dict(zip(titles, map(short, table["claim"]), strict=True)),
            options=BOXES,
        ),
        reply=reply,
        words=words,
        label="Sorting: each choice is answered at once",
        verb="",
        source_ids=tuple(cited),
    )
