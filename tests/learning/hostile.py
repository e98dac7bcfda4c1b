"""Answers that nobody sensible gives, shared by the tests of questions and exercises."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd


class AlwaysEqual:
    """Says yes to every comparison."""

    def __eq__(self, other):
        return True

    def __repr__(self):  # without its place in memory: tests are named by it, the same in every process
        return "AlwaysEqual()"

    __hash__ = None


class Fails:
    """Raises from whatever is asked of it."""

    def __getattr__(self, name):
        raise RuntimeError("hostile")

    def _fail(self, *_):
        raise RuntimeError("hostile")

    __iter__ = __len__ = __str__ = __repr__ = __eq__ = __bool__ = __float__ = __int__ = __index__ = _fail
    __hash__ = None


class FailsAtOnce:
    """Raises as soon as somebody asks what it is."""

    def __getattribute__(self, name):
        raise RuntimeError("hostile")


def nested(levels: int = 5000) -> list:
    deep: list = []
    for _ in range(levels):
        deep = [deep]
    return deep


def itself() -> list:
    endless: list = []
    endless.append(endless)
    return endless


HTML = "<img src=x onerror=alert(1)><script>alert(2)</script>"
ODD = {
    "a number": 7,
    "a float": 3.5,
    "true": True,
    "a list": ["a"],
    "an empty list": [],
    "a dict": {"a": 1},
    "bytes": b"12",
    "a function": print,
    "a type": int,
    "a set": {1.5},
    "a table": pd.DataFrame({"a": [1]}),
    "an array": np.array([[1, 2], [3, 4]]),
    "a column": pd.Series([None, "x"]),
    "not a time": pd.NaT,
    "a missing value": pd.NA,
    "a complex number": 1j,
}
HOSTILE = {
    "10,000 characters": "x" * 10_000,
    "10,000 digits": "9" * 10_000,
    "HTML": HTML,
    "HTML in a list": [HTML],
    "always equal": AlwaysEqual(),
    "always equal in a list": [AlwaysEqual()] * 4,
    "fails": Fails(),
    "fails in a list": [Fails()],
    "fails at once": FailsAtOnce(),
    "NaN": float("nan"),
    "infinity": float("inf"),
    "a huge whole number": 10**400,
    "a number too long to write": 10**5000,
    "nested lists": nested(),
    "a list in itself": itself(),
    "many": ["x"] * 100_000,
    "controls": "\0\x1b[31m\u202e\ud83d",
    "a formula": "=HYPERLINK(1)",
    "Python": "__import__('os').abort()",
}
ENDLESS = {"a range": range(10**15), "a count": itertools.count()}
