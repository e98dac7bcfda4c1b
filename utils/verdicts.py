"""Words that pass a verdict, from utils/loaded_words.txt: they may stand only as somebody's words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("loaded_words.txt")


def word_list() -> list[str]:
    """Return the lines of utils/loaded_words.txt that are no remarks; a * stands for any ending."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def loaded_words() -> re.Pattern[str]:
    """Return the word list as one pattern."""
    words = (re.escape(word).replace(r"\*", r"\w*") for word in word_list())
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def verdict_words(text: str) -> list[str]:
    """Return the words of the list that a text holds, in small letters, each once, in order."""
    return list(dict.fromkeys(found.casefold() for found in loaded_words().findall(text)))
