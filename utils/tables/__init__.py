"""Read a curated table, typed and checked; a bad file gives one sentence that says where and what to do.

The contract is data/datapackage.json (Frictionless Table Schema, version 1). Two properties of a field are
our own: `list: true` (several values separated by |) and `references: {resource, field}` (each value stands
in that column of that table). Of a table, `sourcesFrom` and `holdsFacts` say where its rows have their sources. `python -m utils.tables` checks all tables and tells every problem.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from utils.tables._cells import convert, series
from utils.tables._csv_reading import Grid, Unreadable, read_grid
from utils.tables._descriptor import TYPES, Table, described
from utils.tables._problems import LIMIT, Place, Problem, TableError, meant, shown
from utils.tables._problems import listed as listed
from utils.tables._rows import misordered, repeated, unknown

PACKAGE = "nine-points-three-tracks"
VARIABLE = "NINE_POINTS_DATA"
_CODE = Path(__file__).resolve().parents[1]  # utils


class _Mark(NamedTuple):
    """What tells one state of a file from another. A cache keyed on it never needs to be told of an edit."""

    path: Path
    mtime_ns: int
    size: int


# ---------------------------------------------------------------- what readers call


def load(name: str) -> pd.DataFrame:
    """Return a table, its columns in the order of the descriptor and its rows in the order of the file.

    Parameters
    ----------
    name : str
        A table of `names()`.

    Returns
    -------
    pandas.DataFrame
        The caller's own copy, free to be changed. Dtypes follow from the descriptor alone: text is `str`, a
        whole number or a year `int64` (`Int64` in a column that may be empty), a number `float64`, a day or a
        month (its first day) `datetime64[us]`, yes or no `bool` (`boolean` in a column that may be empty). A
        column of lists holds tuples of str. A missing value is NaN, <NA> or NaT, so that `isna` and `dropna`
        see it, and never ""; a missing list is the empty tuple.

    Raises
    ------
    TableError
        If the file, or one that its ids refer to, does not keep to the descriptor. Nothing is half-loaded.
    """
    root = folder()
    descriptor = _mark(root / "datapackage.json")
    tables = _package(descriptor)
    table = _table(tables, name)
    used = dict.fromkeys([table.name] + [field.references[0] for field in table.fields if field.references])
    files = tuple(_mark(root / tables[one].path) for one in used)
    return _frame(descriptor, files, table.name).copy(deep=False)  # pandas copies what is written to


def names() -> list[str]:
    """Return the names of all tables, in the order of the descriptor. Raise `TableError` if there is none."""
    return list(_tables())


def title(name: str) -> str:
    """Return a table's title for headings. Raise `TableError` for an unknown name."""
    return schema(name).title


def schema(name: str) -> Table:
    """Return what the descriptor says of a table. Raise `TableError` for an unknown name."""
    return _table(_tables(), name)


def columns(name: str) -> pd.DataFrame:
    """Return the help page of a table: one row a column, in its order.

    Returns
    -------
    pandas.DataFrame
        The texts `column`, `type`, `meaning` and `allowed values` ("" where any value of the type will do),
        and the bool `required`.

    Raises
    ------
    TableError
        For an unknown name.
    """
    heads = ["column", "type", "meaning", "allowed values", "required"]
    rows = [(one.name, TYPES[one.type], one.meaning, one.allowed, one.required) for one in schema(name).fields]
    return pd.DataFrame(rows, columns=heads)


def folder() -> Path:
    """Return the folder that holds the tables and their datapackage.json.

    The first that there is: the one that the environment variable NINE_POINTS_DATA names; data/ of the
    checkout that this file belongs to; data/ of the checkout in which we stand (on Binder the package is
    installed away from it, yet an instructor's edits must count); the copy inside the installed package.
    Raise `TableError` if there is none.
    """
    if stated := os.environ.get(VARIABLE):
        if (_root(stated) / "datapackage.json").is_file():
            return _root(stated)
        where = f"The environment variable {VARIABLE} names the folder {shown(stated, 99)}"
        raise TableError(f"{where}, which holds no datapackage.json; correct it or unset it.")
    for path in _candidates():
        if _is_ours(_mark(path / "datapackage.json")):
            return path
    raise TableError(
        f"The tables were found neither beside the code nor in a folder data in {shown(str(Path.cwd()), 99)};"
        f" start in the project's folder, or name the tables' folder in the environment variable {VARIABLE}."
    )


def check(folder: str | Path | None = None) -> list[str]:
    """Return every problem of every table as a sentence, about 50 a table at most; [] if all is well.

    Parameters
    ----------
    folder : path, optional
        Where the tables and their datapackage.json are; by default `folder()`.
    """
    try:
        descriptor = _mark(_root(folder) / "datapackage.json")
        tables = _package(descriptor)
    except TableError as error:
        return list(error.sentences)
    found: dict[str, None] = {}  # in order and once: several tables may stumble over the same third one
    for name in tables:
        try:
            _read(descriptor, name)
        except TableError as error:
            found.update(dict.fromkeys(error.sentences))
    return list(found)


def sentence(name: str, row: int, column: str, message: str) -> str:
    """Return a sentence about one row of `load(name)` in the form of all our sentences: file, line, column."""
    path = folder() / schema(name).path
    places = _places(_mark(folder() / "datapackage.json"), _mark(path), name)
    return Problem(message, places[row], column).sentence(_called(path))


def _tables() -> dict[str, Table]:
    return _package(_mark(folder() / "datapackage.json"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Check all tables; print every problem, or a line a table if there is none. Return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m utils.tables", description="Check all tables.")
    parser.add_argument("folder", nargs="?", help="where datapackage.json is (by default, the pack's data)")
    path = parser.parse_args(arguments).folder
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may know no ə: better spelled out than a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if problems := check(path):
        print(*problems, sep="\n", file=sys.stderr)
        print(f"Problems found: {len(problems)}. Correct them and check again.", file=sys.stderr)
        return 1
    descriptor = _mark(_root(path) / "datapackage.json")
    for name in _package(descriptor):
        rows, width = _read(descriptor, name).shape
        print(f"{name}: {rows} rows, {width} columns, no problem")
    return 0


# ---------------------------------------------------------------- folders and files


def _candidates() -> Iterator[Path]:
    yield _CODE.parent / "data"
    yield from (path / "data" for path in (Path.cwd(), *Path.cwd().parents))
    yield _CODE / "_data"


@lru_cache(maxsize=64)
def _is_ours(descriptor: _Mark) -> bool:
    """Say whether a file is this pack's descriptor, even a damaged one; other projects have a data/ too."""
    try:
        return f'"{PACKAGE}"'.encode() in descriptor.path.read_bytes()
    except OSError:
        return False


def _root(stated: str | Path | None) -> Path:
    return Path(stated).expanduser().resolve() if stated else folder()


def _mark(path: Path) -> _Mark:
    try:
        state = path.stat()
    except OSError:  # told when the file is read
        return _Mark(path, 0, 0)
    return _Mark(path, state.st_mtime_ns, state.st_size)


def _called(path: Path) -> str:
    """Return a file's name for sentences: from the tables' folder on, for there may be several copies."""
    root = next((one for one in path.parents if (one / "datapackage.json").is_file()), path.parent)
    return f"{root.name}/{path.relative_to(root).as_posix()}"


def _bytes(path: Path) -> bytes:
    """Return a file's bytes. Raise `TableError` if it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        others = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
        same = next((one for one in others if Path(one).stem == path.stem), None)  # saved as another kind
        near = f" (perhaps {shown(same)} was meant)" if same else meant(path.name, others)
        problem = Problem(f"there is no such file{near}; bring it back into the folder {shown(str(path.parent), 99)}")
    except OSError as error:
        problem = Problem(f"the file cannot be read ({error.strerror}); close it in other programs and try again")
    raise TableError(problem.sentence(_called(path)))


# ---------------------------------------------------------------- from the descriptor to a frame


@lru_cache(maxsize=8)
def _package(descriptor: _Mark) -> dict[str, Table]:
    """Return the tables of a descriptor by name. Raise `TableError` if it is damaged."""
    file = _called(descriptor.path)
    try:
        return described(_bytes(descriptor.path))
    except json.JSONDecodeError as error:
        problem = f"{file}, line {error.lineno}: this is no JSON ({error.msg}); undo the last edit."
    except (ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        problem = f"{file}: it does not describe tables ({shown(str(error), 99)}); undo the last edit."
    raise TableError(problem)


def _table(tables: dict[str, Table], name: str) -> Table:
    if name in tables:
        return tables[name]
    near = meant(str(name), tables)
    raise TableError(f"There is no table {shown(str(name))}{near}; docs/DATA.md lists all {len(tables)}.")


# The marks of all files concerned are the key, so that an edit of any is seen. A failure is never kept.
@lru_cache(maxsize=64)
def _frame(descriptor: _Mark, files: tuple[_Mark, ...], name: str) -> pd.DataFrame:
    return _read(descriptor, name)


@lru_cache(maxsize=64)
def _ids(descriptor: _Mark, file: _Mark, name: str, column: str) -> frozenset[str]:
    """Return a column that others refer to, unchecked: so tables may refer to each other in rings."""
    grid = _grid(file.path, _package(descriptor)[name])
    if grid.problems:  # rows left out: their ids would seem unknown
        raise TableError(*(problem.sentence(_called(file.path)) for problem in grid.problems[:LIMIT]))
    return frozenset(grid.columns[column])


@lru_cache(maxsize=64)
def _places(descriptor: _Mark, file: _Mark, name: str) -> Sequence[Place]:
    """Return where the rows of a table stand, read once for all sentences about it."""
    return _grid(file.path, _package(descriptor)[name]).places


def _grid(path: Path, table: Table) -> Grid:
    """Return a table as text. Raise `TableError` if the file cannot be taken apart."""
    try:
        return read_grid(_bytes(path), [field.name for field in table.fields])
    except Unreadable as error:
        sentences = [problem.sentence(_called(path)) for problem in error.problems]
    raise TableError(*sentences)


def _read(descriptor: _Mark, name: str) -> pd.DataFrame:
    """Return a table, or raise `TableError` with everything that is wrong with it."""
    tables, root = _package(descriptor), descriptor.path.parent
    table = tables[name]
    grid = _grid(root / table.path, table)
    values: dict[str, list[object]] = {}
    problems, elsewhere = list(grid.problems), []
    for field in table.fields:
        cells = grid.columns[field.name]
        values[field.name], faults = convert(field, cells)
        if faults:
            spots = zip(cells, grid.places, strict=True)
            problems += [Problem(faults[cell], place, field.name) for cell, place in spots if cell in faults]
    problems += repeated(table, values, grid.places)
    problems += misordered(values, grid.places)
    for field in (field for field in table.fields if field.references):
        other, column = field.references
        try:
            known = _ids(descriptor, _mark(root / tables[other].path), other, column)
            problems += unknown(field, values[field.name], grid.places, known)
        except TableError as error:  # the other file cannot be taken apart: its own sentences say why
            elsewhere += error.sentences
    if problems or elsewhere:
        raise TableError(*_told(problems, table, _called(root / table.path)), *elsewhere)
    return pd.DataFrame({field.name: series(field, values[field.name]) for field in table.fields})


def _told(problems: list[Problem], table: Table, file: str) -> list[str]:
    """Return problems as sentences in reading order, the first `LIMIT` of them."""
    order = {field.name: i for i, field in enumerate(table.fields)}
    problems = sorted(problems, key=lambda one: (one.place or Place(0, 0), order.get(one.column, -1)))
    sentences = [problem.sentence(file) for problem in problems[:LIMIT]]
    rest = f"{file}: there are more problems than these {LIMIT}; correct them and check again."
    return sentences + [rest] * (len(problems) > LIMIT)
