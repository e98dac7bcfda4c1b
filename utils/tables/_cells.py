"""From a cell's text to a value: one reader a type, and what their refusals are called."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from utils.tables._descriptor import Field, words_of
from utils.tables._problems import LIMIT, listed, meant, shown
from utils.tables._spoiled import spoiled

# The second of each pair is for a column that may be empty. The descriptor decides and not the rows, so that
# filling the last gap of a column does not change what it is.
_DTYPES = {
    "string": ("str", "str"),
    "integer": ("int64", "Int64"),
    "number": ("float64", "float64"),
    "date": ("datetime64[us]", "datetime64[us]"),
    "yearmonth": ("datetime64[us]", "datetime64[us]"),
    "year": ("int64", "Int64"),
    "boolean": ("bool", "boolean"),
}


class Fault(Exception):
    """A cell that cannot be read; str() says what is wrong and what to do, without the place."""


def convert(field: Field, cells: Sequence[str]) -> tuple[list[object], dict[str, str]]:
    """Return a column's values, None where a cell is empty or faulty, and the faults by the cell's text.

    Each different text is looked at once. After more than `LIMIT` different faults the rest is left unread.
    """
    read = _reader(field)
    values: dict[str, object] = {}
    faults: dict[str, str] = {}
    for cell in dict.fromkeys(cells):
        try:
            values[cell] = read(cell)
        except Fault as fault:
            faults[cell] = str(fault)
            if len(faults) > LIMIT:
                break
    return [values.get(cell) for cell in cells], faults


def series(field: Field, values: Sequence[object]) -> pd.Series:
    """Return the values of a column in its dtype."""
    if field.is_list:
        return pd.Series(values, dtype=object)
    dtype = _DTYPES[field.type][not field.required]
    if dtype.startswith("datetime64"):
        values = np.array(values, dtype="datetime64[D]").astype(dtype)
    return pd.Series(values, dtype=dtype)


def _reader(field: Field) -> Callable[[str], object]:
    """Return the function from a cell's text to its value; it raises `Fault`."""
    parse = _list if field.is_list else _PARSERS[field.type]
    rules = field.constraints
    pattern = re.compile(rules["pattern"]) if "pattern" in rules else None
    least, most = (parse(str(rules[one]), field) if one in rules else None for one in ("minimum", "maximum"))

    def read(cell: str) -> object:
        if cell in field.missing:
            if field.required:
                allowed = f", with {field.allowed.replace('; ', ', ')}" if field.allowed else ""
                raise Fault(f"the cell is empty (“”); fill it in{allowed}")
            return () if field.is_list else None
        if trouble := spoiled(cell, field.format == "uri"):
            raise Fault(trouble)
        value = parse(cell, field)
        for one in (value if field.is_list else (value,)) if "enum" in rules else ():
            if one not in rules["enum"]:
                near = meant(str(one), map(str, rules["enum"]))
                raise Fault(f"{shown(cell)} is not allowed here{near}; write one of {listed(rules['enum'], 40)}")
        if pattern and not pattern.search("|".join(value) if field.is_list else cell):
            raise Fault(f"{shown(cell)} has the wrong form; write {words_of(pattern.pattern)}")
        if least is not None and value < least:
            raise Fault(f"{shown(cell)} is too small; write {rules['minimum']} or more")
        if most is not None and value > most:
            raise Fault(f"{shown(cell)} is too large; write {rules['maximum']} or less")
        if len(cell) > (most_signs := rules.get("maxLength", len(cell))):
            raise Fault(f"the text {shown(cell)} has {len(cell)} characters; shorten it to {most_signs} at most")
        return value

    return read


# ---------------------------------------------------------------- one function a type


def _text(cell: str, field: Field) -> str:
    return cell


def _list(cell: str, field: Field) -> tuple[str, ...]:
    items = tuple(item.strip() for item in cell.split("|"))
    for wrong in ";,\n":
        if wrong in cell:
            raise Fault(f"{shown(cell)} holds {shown(wrong)} between values; separate several values by |")
    if "" in items:
        raise Fault(f"{shown(cell)} has an empty value beside a |; remove the | that is too much")
    if twice := next((item for i, item in enumerate(items) if item in items[:i]), None):
        raise Fault(f"{shown(cell)} names {shown(twice)} twice; name it once")
    return items


def _integer(cell: str, field: Field) -> int:
    if re.fullmatch(r"-?[0-9]{1,18}", cell):
        return int(cell)
    if re.fullmatch(r"-?[0-9]+", cell):
        raise Fault(f"{shown(cell)} has too many digits; write a whole number of 18 digits at most")
    if re.fullmatch(r"-?\d{1,3}([,.'’ \u00a0\u202f]\d{3})+", cell):
        raise Fault(f"{shown(cell)} is not plain digits; write the whole number with no separators of thousands")
    if re.fullmatch(r"-?\d+[.,]\d+", cell):
        raise Fault(f"{shown(cell)} is not a whole number; write it with no decimals")
    raise Fault(f"{shown(cell)} is not a whole number; write digits only, or nothing if it is unknown")


def _number(cell: str, field: Field) -> float:
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell):
        return float(cell)
    if re.fullmatch(r"-?\d+,\d+", cell):
        raise Fault(f"{shown(cell)} has a comma; write a decimal point, and no separators of thousands")
    if re.fullmatch(r"-?[\d.,]+[eE][+-]?\d+", cell):
        raise Fault(f"{shown(cell)} was shortened by a spreadsheet; write all digits, with no E")
    raise Fault(f"{shown(cell)} is not a number; write digits with a decimal point, or nothing if it is unknown")


def _date(cell: str, field: Field) -> datetime.date:
    form = "write the day as YYYY-MM-DD (year, month, day)"
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        try:
            return datetime.date.fromisoformat(cell)
        except ValueError:
            raise Fault(f"{shown(cell)} is no day of the calendar; {form}") from None
    if re.fullmatch(r"\d{1,2}([./-])\d{1,2}\1\d{2,4}", cell):
        raise Fault(f"{shown(cell)} is a date in another form; {form}")  # 11/10/2020: we do not guess
    if re.fullmatch(r"\d{5}([.,]\d+)?", cell):
        raise Fault(f"{shown(cell)} is a spreadsheet's inner number for a date; format the column as text and {form}")
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", cell):
        raise Fault(f"{shown(cell)} holds a time of day; leave it out and {form}")
    raise Fault(f"{shown(cell)} is not a date; {form}")


def _month(cell: str, field: Field) -> datetime.date:
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", cell) and cell[:4] != "0000":
        return datetime.date(int(cell[:4]), int(cell[5:]), 1)
    raise Fault(f"{shown(cell)} is not a month; format the column as text and write it as YYYY-MM (year, month)")


def _year(cell: str, field: Field) -> int:
    if re.fullmatch(r"[0-9]{4}", cell):
        return int(cell)
    raise Fault(f"{shown(cell)} is not a year; write four digits")


def _truth(cell: str, field: Field) -> bool:
    if cell in field.truths:
        return field.truths[cell]
    raise Fault(f"{shown(cell)} is not allowed here; write one of {listed(list(field.truths))}")


_PARSERS: dict[str, Callable[[str, Field], object]] = {
    "string": _text,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "yearmonth": _month,
    "year": _year,
    "boolean": _truth,
}
