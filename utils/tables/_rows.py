"""Rules that a cell cannot break alone: keys, the order of two columns, ids that another table holds.

A value of None, where a cell is empty or faulty, breaks none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from utils.tables._descriptor import Field, Table
from utils.tables._problems import LIMIT, Place, Problem, meant, shown

Columns = dict[str, list[object]]


def repeated(table: Table, values: Columns, places: Sequence[Place]) -> Iterator[Problem]:
    """Yield rows whose key, or whose value in a column that is to be unique, stood before."""
    unique = [(field.name,) for field in table.fields if field.constraints.get("unique")]
    for key in dict.fromkeys([table.key] * bool(table.key) + unique):
        first: dict[tuple, Place] = {}
        for found, place in zip(zip(*(values[one] for one in key), strict=True), places, strict=True):
            before = first.setdefault(found, place)
            if before is not place and None not in found:
                value = shown(", ".join(map(str, found)))
                message = f"{value} stands in {before} already; give each row its own or remove one of the two"
                yield Problem(message, place, ", ".join(key))


def misordered(values: Columns, places: Sequence[Place]) -> Iterator[Problem]:
    """Yield rows in which an end comes before its start, or a high value is below its low one."""
    for low, high in _ordered(list(values)):
        for one, other, place in zip(values[low], values[high], places, strict=True):
            if one is not None and other is not None and _before(other, one):
                less = "is less than" if isinstance(one, (int, float)) else "comes before"
                message = f"{shown(str(other))} {less} {shown(str(one))} in {low}; correct one of the two"
                yield Problem(message, place, high)


def _before(one: object, other: object) -> bool:
    """Say whether a value is below another; of dates that are text, 2018 is not before 2018-05."""
    if isinstance(one, str):
        size = min(len(one), len(other))
        return one[:size] < other[:size]
    return one < other


def _ordered(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of columns whose order follows from their names."""
    lows = [name.removesuffix("_low") for name in names if name.endswith("_low")]
    pairs = [("date_start", "date_end"), ("started", "ended"), ("from_date", "to_date")]
    pairs += [pair for x in lows for pair in ((f"{x}_low", x), (x, f"{x}_high"), (f"{x}_low", f"{x}_high"))]
    return (pair for pair in pairs if set(pair) <= set(names))


def unknown(
    field: Field, values: Sequence[object], places: Sequence[Place], known: frozenset[str]
) -> Iterator[Problem]:
    """Yield each value that the table referred to does not hold, once, where it stands first."""
    found: dict[str, list[Place]] = {}
    for value, place in zip(values, places, strict=True):
        for one in (value or ()) if field.is_list else (value,):
            if one is not None and str(one) not in known:
                found.setdefault(one, []).append(place)
    table, column = field.references
    for i, (one, spots) in enumerate(found.items()):
        near = meant(str(one), known) if i < LIMIT else ""  # looking for what was meant takes time
        again = f", also further down in {len(spots) - 1} more" if len(spots) > 1 else ""
        message = (
            f"{shown(str(one))} is no {column} of the table {table}{near}{again}; correct it or add it there first"
        )
        yield Problem(message, spots[0], field.name)
