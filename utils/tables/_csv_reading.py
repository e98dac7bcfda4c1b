"""From the bytes of a CSV file to columns of text, each row with its place in the file.

Spreadsheets' habits are forgiven where they cannot change a value: a byte order mark, UTF-16, `;` or tabs
instead of commas, a first line `sep=;`, any line ends, blank lines, empty columns at the end, spaces around a
value, columns in another order. Whatever could change a value is refused.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from utils.tables._problems import Place, Problem, listed, meant, shown

# Around a value: spaces of all widths, no-break ones too, line ends, marks of no width that come by pasting.
SPACES = " \t\n\r\u00a0\u2007\u202f\u3000\u200b\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
SEPARATORS = ",;\t"  # the first wins a tie
SAVE_AS = "save the file as “CSV UTF-8”"
_DAMAGE = re.compile("[\0\ud800-\udfff]")  # NUL, or a byte that is no UTF-8
_NOT_TEXT = {b"PK\x03\x04": "an Excel or LibreOffice workbook", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}


class Unreadable(Exception):
    """The file cannot be taken apart into columns; `problems` says why."""

    def __init__(self, *problems: Problem):
        super().__init__(*problems)
        self.problems = problems


class Grid(NamedTuple):
    """A file taken apart: cells by column, the place of each row, and the problems of rows left out."""

    columns: dict[str, list[str]]
    places: list[Place]
    problems: list[Problem]


def read_grid(data: bytes, names: Sequence[str]) -> Grid:
    """Return the columns `names` of a CSV file as text. Raise `Unreadable` where it does not hold them."""
    text = _text(data)
    skipped, separator = _dialect(text, names)
    records = list(_records(text, skipped, separator))
    if not records:
        raise Unreadable(Problem("the file is empty; bring back an earlier copy of it"))
    (place, header), *body = records
    header = header[: max(i for i, name in enumerate(header, 1) if name)]
    if _DAMAGE.search(text):
        raise Unreadable(_damage(records, [name if name in names else "" for name in header]))
    if problems := [Problem(message, place) for message in _header_faults(header, names)]:
        raise Unreadable(*problems)
    if not body:
        raise Unreadable(Problem("the table has column names but no rows; bring back an earlier copy of it", place))
    whole = [(place, cells) for place, cells in body if _fits(cells, len(header))]
    return Grid(
        columns={name: [cells[i] for _, cells in whole] for i, name in enumerate(header)},
        places=[place for place, _ in whole],
        problems=[_ragged(place, cells, header) for place, cells in body if not _fits(cells, len(header))],
    )


def _text(data: bytes) -> str:
    """Return the file as text with plain line ends; bytes that are no UTF-8 stay recognisable."""
    for start, what in _NOT_TEXT.items():
        if data.startswith(start):
            raise Unreadable(Problem(f"this is {what} and no CSV file; open it there and {SAVE_AS}"))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what Excel calls "Unicode text"
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable(Problem(f"the file begins as UTF-16 text but is damaged further on; {SAVE_AS}")) from None
    else:
        text = data.decode("utf-8-sig", errors="surrogateescape")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _dialect(text: str, names: Sequence[str]) -> tuple[int, str]:
    """Return how many lines come before the table, and the separator, judged by the column names alone."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip(SPACES)), 0)
    stated = re.fullmatch(r'"?sep=(.)"?[,;\t ]*', lines[first])
    skipped = first + 1 if stated else 0
    header = next((line for line in lines[skipped:] if line.strip(SPACES)), "")
    known = {name.casefold() for name in names}

    def names_found(separator: str) -> int:
        return len(known & {cell.strip(SPACES + '"').casefold() for cell in header.split(separator)})

    return skipped, max(SEPARATORS, key=names_found)


def _records(text: str, skipped: int, separator: str) -> Iterator[tuple[Place, list[str]]]:
    """Yield place and stripped cells of every row that is not blank."""
    lines = text.split("\n")[skipped:]
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True)
    row = 0
    while True:
        before, row = reader.line_num, row + 1
        try:
            cells = [cell.strip(SPACES) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:  # strict: a quote that is never closed, or closed in the middle of a text
            line, message = _open_quote(lines[before:], separator)
            raise Unreadable(Problem(message, Place(skipped + before + line, row))) from None
        if any(cells):
            yield Place(skipped + before + 1, row), cells


def _open_quote(lines: list[str], separator: str) -> tuple[int, str]:
    """Return line (from 1) and fault of the quoted text that breaks the row with which `lines` begin."""
    text = "\n".join(lines)
    quoted = re.compile(rf'(?:^|(?<=[{separator}\n]))"(?:[^"]|"")*+("(?=[{separator}\n]|$))?')
    broken = next((found for found in quoted.finditer(text) if not found[1]), None)
    if broken is None:
        most = csv.field_size_limit()
        return 1, f"a cell of this row has more than {most} characters; shorten it, or close a quotation mark"
    opened = shown(broken[0][1:].strip(SPACES))
    message = f"the quotation mark that opens the text {opened} is not closed at its end"
    advice = "close it, and write a quotation mark inside a text twice"
    return text.count("\n", 0, broken.start()) + 1, f"{message}; {advice}"


def _damage(records: Sequence[tuple[Place, list[str]]], header: Sequence[str]) -> Problem:
    """Return the problem of the first cell that holds a NUL or bytes that are no UTF-8."""
    place, i, cell = next(
        (place, i, cell) for place, cells in records for i, cell in enumerate(cells) if _DAMAGE.search(cell)
    )
    start = _DAMAGE.search(cell).start()
    near = cell[max(0, start - 15) :]  # the letters just before show where to look in a long text
    what = "holds a NUL byte" if cell[start] == "\0" else "holds bytes that are not UTF-8"
    return Problem(
        f"{shown(near)} {what}, so its letters cannot be trusted; open the original and {SAVE_AS}",
        place,
        header[i] if i < len(header) else "",
    )


def _header_faults(header: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the column names."""
    if not set(header) & set(names):
        found = f"the column names are missing, for this line begins with {shown(header[0])}"
        yield f"{found}; it must hold {listed(names, 40)}"
        return
    missing = [name for name in names if name not in header]
    for i, name in enumerate(header):
        if not name:
            yield f"column {i + 1} of {len(header)} has no name; name it or remove it"
        elif name in header[:i]:
            yield f"the column {shown(name)} stands twice; remove one of the two"
        elif name not in names:
            yield f"there is no column {shown(name)} in this table{meant(name, missing)}; rename or remove it"
    for name in missing:
        yield f"the column {shown(name)} is missing; add it, with a value or an empty cell in every row"


def _fits(cells: Sequence[str], width: int) -> bool:
    return len(cells) >= width and not any(cells[width:])


def _ragged(place: Place, cells: Sequence[str], header: Sequence[str]) -> Problem:
    """Return the problem of a row with more or fewer cells than there are columns."""
    counts = f"this row has {len(cells)} cells but there are {len(header)} columns"
    if len(cells) < len(header):
        last = shown(cells[-1])
        return Problem(f"{counts}, for it ends after {last}; add the missing cells, also where they are empty", place)
    surplus = shown(next(cell for cell in cells[len(header) :] if cell))
    return Problem(f"{counts}, so {surplus} is too much; put a text that holds separators in quotation marks", place)
