"""Ways in which a curated table gets broken, and ways in which spreadsheets change it without harm.

A `Broken` is applied to a table of the real descriptor, in the small package made here or in a copy of the
real data. Python's csv module writes it from a `Sheet`, so line n of the file is row n of the sheet.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
DESCRIPTOR = DATA / "datapackage.json"
ROWS = 5  # of each table of the small package
LINE = 4  # where most mutations strike: neither the first row nor the last


def resources() -> list[dict]:
    """Return the tables of the real descriptor."""
    return json.loads(DESCRIPTOR.read_text(encoding="utf-8"))["resources"]


def fields(table: str) -> dict[str, dict]:
    """Return the columns of a table of the real descriptor by name."""
    found = next(one for one in resources() if one["name"] == table)
    return {field["name"]: field for field in found["schema"]["fields"]}


@dataclass
class Sheet:
    """A table as rows of text, the column names first; lines count from 1 as in a spreadsheet."""

    rows: list[list[str]]

    @classmethod
    def read(cls, path: Path) -> Sheet:
        with path.open(encoding="utf-8", newline="") as file:
            return cls(list(csv.reader(file)))

    def flat(self) -> Sheet:
        """Return the sheet with one line a row."""
        return Sheet([[cell.replace("\n", " ") for cell in row] for row in self.rows])

    def at(self, column: str, line: int = LINE) -> str:
        return self.rows[line - 1][self.rows[0].index(column)]

    def put(self, column: str, value: str, line: int = LINE) -> Sheet:
        self.rows[line - 1][self.rows[0].index(column)] = value
        return self

    def text(self, separator: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
        file = io.StringIO()
        csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting).writerows(self.rows)
        return file.getvalue()


# ---------------------------------------------------------------- a small package from the real descriptor


def _value(table: str, field: dict, i: int) -> str:
    """Return an allowed value for row i of a column, from what the descriptor says of it."""
    rules = field.get("constraints", {})
    if "references" in field and field["type"] == "string":
        other = field["references"]["resource"]
        return f"{other}_{i}|{other}_{(i + 1) % ROWS}" if field.get("list") and i % 2 else f"{other}_{i}"
    if "enum" in rules:
        return str(rules["enum"][i % len(rules["enum"])])
    if i == 0 and not rules.get("required"):
        return ""
    if "references" in field:  # a whole number, which is i + 1 in every table
        return str(i + 1)
    if field["type"] == "boolean":
        return [*field["trueValues"], *field["falseValues"]][i % 2]
    of_type = {
        "date": f"202{i}-02-28",
        "yearmonth": f"202{i}-02",
        "year": f"202{i}",
        "integer": str(max(rules.get("minimum", 0), min(i + 1, rules.get("maximum", 9)))),
        "number": f"{i + 1}.25",
    }
    of_form = {
        r"^\d{4}(-\d{2}(-\d{2})?)?$": ["2020", "2020-11", "2020-11-10"][i % 3],
        r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$": f"2020-10-1{i}T08:00",
        r"^https?://\S+$": f"https://example.org/page?id={i}&lang=az",
        r"^[a-z]{2}$": "az",
        r"^[a-z]{2}(\|[a-z]{2})*$": ["az", "en|ru"][i % 2],
        r"^\d{1,2}(\|\d{1,2})*$": ["3", "4|10"][i % 2],
        r"^[a-z0-9][a-z0-9_-]*(\|[a-z0-9][a-z0-9_-]*)*$": ["events", "events|meetings"][i % 2],
        r"^[a-z0-9][a-z0-9_-]*$": f"{table}_{i}",
    }
    text = 'Göyçə, "Սևան"; 50°\nГейча' if field["name"] == "note" else f"{field['name']} of Şuşi {i}"
    return of_type.get(field["type"]) or of_form.get(rules.get("pattern")) or text


def small_package(folder: Path) -> Path:
    """Write the real descriptor with made-up rows, some of their cells empty, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "datapackage.json").write_bytes(DESCRIPTOR.read_bytes())
    for one in resources():
        columns = one["schema"]["fields"]
        rows = [[field["name"] for field in columns]]
        rows += [[_value(one["name"], field, i) for field in columns] for i in range(ROWS)]
        (folder / one["path"]).parent.mkdir(exist_ok=True)
        (folder / one["path"]).write_text(Sheet(rows).text(), encoding="utf-8", newline="")
    return folder


def real_package(folder: Path) -> Path:
    """Copy the real descriptor and tables, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ["datapackage.json", *(one["path"] for one in resources())]:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((DATA / name).read_bytes())
    return folder


# ---------------------------------------------------------------- what breaks a table


@dataclass(frozen=True)
class Broken:
    """A mutation: `spoil` turns the sheet into new bytes; the rest is what the sentence must name."""

    name: str
    table: str
    spoil: Callable[[Sheet], bytes]
    line: int | None = LINE
    column: str = ""
    value: str = ""
    says: str = ""


def cell(name: str, table: str, column: str, value: str | Callable[[Sheet], str], says: str = "", seen: str = ""):
    """Return the mutation that puts one value into one cell. `seen` is what the sentence shows of it."""

    def spoil(sheet: Sheet) -> bytes:
        return sheet.put(column, value if isinstance(value, str) else value(sheet)).text().encode()

    return Broken(name, table, spoil, column=column, value=seen or (value if isinstance(value, str) else ""), says=says)


def lines(name: str, table: str, change: Callable[[list[str]], object], **what):
    """Return the mutation that changes the lines of a file in place."""

    def spoil(sheet: Sheet) -> bytes:
        text = sheet.text().splitlines(keepends=True)
        change(text)
        return "".join(text).encode()

    return Broken(name, table, spoil, **what)


def rows(name: str, table: str, change: Callable[[Sheet], object], **what):
    """Return the mutation that changes the rows of a sheet in place."""

    def spoil(sheet: Sheet) -> bytes:
        change(sheet)
        return sheet.text().encode()

    return Broken(name, table, spoil, **what)


def _each(change: Callable[[int, list[str]], object]) -> Callable[[Sheet], object]:
    return lambda sheet: [change(i, row) for i, row in enumerate(sheet.rows)]


def _twice(*columns: str) -> Callable[[Sheet], object]:
    """Return the change that repeats the values of line 2 in line 4."""
    return lambda sheet: [sheet.put(column, sheet.at(column, 2)) for column in columns]


def _end_first(start: str, end: str) -> Callable[[Sheet], object]:
    return lambda sheet: sheet.put(start, "2020-11-10").put(end, "2020-09-27")


def _bytes_in(column: str, table: str, encoding: str, text: str) -> Callable[[Sheet], bytes]:
    """Return the change that saves one value in another encoding than the rest of the file."""
    return lambda sheet: sheet.put(column, "@@@").text().encode().replace(b"@@@", text.encode(encoding))


CELLS = [
    cell("a day that is not in the calendar", "events", "date_start", "2020-02-30", "YYYY-MM-DD"),
    cell("an American date", "events", "date_start", "11/10/2020", "YYYY-MM-DD"),
    cell("a European date", "meetings", "date_end", "10.11.2020", "YYYY-MM-DD"),
    cell("an inner number of Excel for a date", "tracks", "started", "44145", "YYYY-MM-DD"),
    cell("a date with a time", "events", "date_end", "2020-11-10 00:00:00", "time"),
    cell("a date in words", "proposals", "date", "10 November 2020", "YYYY-MM-DD"),
    cell("a date with one digit too few", "events", "date_start", "2020-11-1", "YYYY-MM-DD"),
    cell("the year zero", "events", "date_start", "0000-01-01", "YYYY-MM-DD"),
    cell("a month as Excel shows it", "deaths_monthly", "month", "Nov-20", "YYYY-MM"),
    cell("a thirteenth month", "deaths_monthly", "month", "2020-13", "YYYY-MM"),
    cell("a year with decimals", "macro", "year", "2020.0", "four digits"),
    cell("separators of thousands", "deaths_monthly", "deaths", "1,960", "thousands"),
    cell("thousands set apart by a space", "deaths_monthly", "deaths", "1 960", "thousands"),
    cell("decimals in a whole number", "deaths_yearly", "deaths", "12.0", "decimals"),
    cell("words for a whole number", "deaths_yearly", "deaths", "about ten", "digits"),
    cell("a whole number beyond 64 bits", "casualty_claims", "figure", "9" * 20, "18 digits"),
    cell("Arabic digits", "deaths_yearly", "deaths", "٣", "digits"),
    cell("a decimal comma", "places", "latitude", "39,82", "decimal point"),
    cell("not a number", "macro", "value", "nan", "number"),
    cell("infinity", "macro", "value", "inf", "number"),
    cell("a number that Excel has shortened", "macro", "value", "1.05E+10", "all digits"),
    cell("a number with its unit", "places", "longitude", "46.75 E", "number"),
    cell("a number below the minimum", "deaths_monthly", "deaths", "-1", "0 or more"),
    cell("a number above the maximum", "places", "latitude", "391.2", "90 or less"),
    cell("a word that is not on the list", "sources", "kind", "newspaper", "news"),
    cell("a capital in a listed word", "events", "confidence", "Two", "perhaps “two” was meant"),
    cell("a number that is not on the list", "events", "importance", "4", "1, 2, 3"),
    cell("Excel's TRUE", "events", "contested", "TRUE", "yes, no"),
    cell("a capital Yes", "events", "contested", "Yes", "yes, no"),
    cell("an empty cell where a value is required", "events", "title", "", "empty", seen="“”"),
    cell("nothing but spaces where a value is required", "events", "summary", " \u00a0 ", "empty", seen="“”"),
    cell("an empty list where one is required", "events", "actor_ids", "", "actors", seen="“”"),
    cell("capitals and a space in an id", "events", "event_id", "Kavburo 1921", "small letters"),
    cell("a no-break space inside an id", "events", "event_id", "a\u00a0b", "small letters", seen="a\\xa0b"),
    cell("an address without http", "sources", "url", "www.osce.org", "http"),
    cell("a publication date in another form", "sources", "published", "2020/11", "YYYY-MM"),
    cell("a text that is too long", "events", "title", "long " * 30, "80 at most", seen="long long"),
    cell("an id that the other table lacks", "event_accounts", "event_id", "no_such_event", "events"),
    cell("an id of another table", "events", "actor_ids", lambda s: s.at("event_id"), "actors"),
    cell("an id with a slip", "events", "place_ids", lambda s: s.at("place_ids").split("|")[0] + "x", "perhaps"),
    cell("an end before its start, of unequal precision", "persons", "to_date", "1987", "comes before"),
    cell("a list with one unknown id", "events", "actor_ids", lambda s: s.at("actor_ids") + "|nobody", "nobody"),
    cell("a list separated by semicolons", "events", "actor_ids", "armenia; azerbaijan", "by |"),
    cell("a list separated by commas", "events", "source_ids", "one,two", "by |"),
    cell("a list with a value twice", "events", "place_ids", lambda s: "|".join([s.at("place_ids")] * 2), "twice"),
    cell("a list with a hole", "events", "source_ids", lambda s: s.at("source_ids") + "||" + "x", "empty value"),
    cell("a list that ends in its separator", "events", "source_ids", lambda s: s.at("source_ids") + "|", "empty"),
    cell("a formula", "events", "summary", "=1+1", "formula"),
    cell("a formula that begins with +", "events", "note", "+A1", "formula"),
    cell("a formula that begins with @", "events", "note", "@SUM(A1)", "formula"),
    cell("a lost reference of Excel", "events", "note", "#REF!", "error value"),
    cell("an unknown name of Excel", "events", "note", "#NAME?", "error value"),
    cell("an error value in a column of numbers", "macro", "value", "#DIV/0!", "error value"),
    cell("UTF-8 read as Windows Latin", "places", "name_azerbaijani", "Göygöl".encode().decode("cp1252"), "CSV UTF-8"),
    cell("the letter ə read as Windows Latin", "places", "name_azerbaijani", "Gəncə".encode().decode("cp1252"), "CSV"),
    cell("the letter İ read as Windows Latin", "events", "note", "İlham".encode().decode("cp1252"), "CSV UTF-8"),
    cell("the letter İ read as Windows Cyrillic", "events", "note", "İlham".encode().decode("cp1251"), "CSV UTF-8"),
    cell("UTF-8 read as Windows Turkish", "places", "name_azerbaijani", "Ağdam".encode().decode("cp1254"), "CSV UTF-8"),
    cell("UTF-8 read as Windows Cyrillic", "places", "name_azerbaijani", "Göygöl".encode().decode("cp1251"), "CSV"),
    cell("UTF-8 read as Mac Roman", "places", "name_azerbaijani", "Göygöl".encode().decode("mac_roman"), "CSV UTF-8"),
    cell("an apostrophe read as Windows Latin", "events", "note", "Armenia’s".encode().decode("cp1252"), "CSV UTF-8"),
    cell("a replacement character", "places", "name_azerbaijani", "G\ufffdyg\ufffdl", "lost letters", seen="G�yg�l"),
    cell("letters replaced by question marks", "places", "name_azerbaijani", "X?nk?ndi", "lost letters"),
    cell("a control character", "events", "note", "a\x07b", "control", seen="a\\x07b"),
]

STRUCTURES = [
    Broken("an empty file", "events", lambda sheet: b"", line=None, says="empty"),
    Broken("a file of blank lines", "events", lambda sheet: b"\xef\xbb\xbf\r\n,,,\r\n", line=None, says="empty"),
    lines("column names and no rows", "events", lambda text: text.__delitem__(slice(1, None)), line=1, says="no rows"),
    lines("no column names", "events", lambda text: text.__delitem__(0), line=1, says="column names are missing"),
    rows("a misspelt column", "events", lambda s: s.put("title", "tilte", 1), line=1, value="tilte", says="“title”"),
    rows("a capital in a column", "events", lambda s: s.put("kind", "Kind", 1), line=1, value="Kind", says="“kind”"),
    rows(
        "a column of one's own",
        "events",
        _each(lambda i, row: row.append("x" if i else "my_remarks")),
        line=1,
        value="my_remarks",
        says="remove",
    ),
    rows("a missing column", "events", _each(lambda i, row: row.pop()), line=1, value="confidence", says="missing"),
    rows("a column twice", "events", _each(lambda i, row: row.append(row[0])), line=1, value="event_id", says="twice"),
    rows(
        "a column without a name", "events", _each(lambda i, row: row.insert(2, "x" * (i > 0))), line=1, says="no name"
    ),
    rows("a cell too many", "events", lambda s: s.rows[LINE - 1].append("surplus"), value="surplus", says="18 cells"),
    rows("a cell too few", "events", lambda s: s.rows[LINE - 1].pop(), says="16 cells"),
    lines(
        "a comma in a text without quotation marks",
        "principles",
        lambda text: text.__setitem__(LINE - 1, "a,1,b,c, d,,x,two\n"),
        value="two",
        says="quotation marks",
    ),
    lines(
        "a quotation mark that is never closed",
        "principles",
        lambda text: text.__setitem__(LINE - 1, text[LINE - 1].replace(",", ',"Self', 1)),
        value="Self",
        says="not closed",
    ),
    lines(
        "a quotation mark that the next quoted text closes",
        "principles",
        lambda text: text.__setitem__(slice(LINE - 1, None), ['a,1,"Begin,c,,x,two\n', 'b,2,"Title",c,,x,two\n']),
        value="Begin",
        says="not closed",
    ),
    lines(
        "a quotation mark inside a quoted text",
        "principles",
        lambda text: text.__setitem__(LINE - 1, 'a,1,"The "link" road",c,,x,two\n'),
        value="The",
        says="twice",
    ),
    Broken(
        "a NUL byte",
        "events",
        lambda s: s.put("title", "a@@@b").text().encode().replace(b"@@@", b"\0"),
        column="title",
        value="a\\x00b",
        says="NUL",
    ),
    Broken(
        "a Western Windows encoding",
        "places",
        _bytes_in("name_azerbaijani", "places", "cp1252", "Göygöl"),
        column="name_azerbaijani",
        value="G\\xf6yg\\xf6l",
        says="CSV UTF-8",
    ),
    Broken(
        "a Cyrillic Windows encoding",
        "events",
        _bytes_in("summary", "events", "cp1251", "Шуша"),
        column="summary",
        value="\\xd8",
        says="CSV UTF-8",
    ),
    Broken("UTF-16 without its mark", "events", lambda s: s.text().encode("utf-16-le"), line=1, says="NUL"),
    Broken("UTF-16 cut off", "events", lambda s: s.text().encode("utf-16")[:-1], line=None, says="CSV UTF-8"),
    Broken("an Excel workbook", "events", lambda s: b"PK\x03\x04\x14\x00\x06\x00", line=None, says="CSV UTF-8"),
    rows("an id twice", "events", _twice("event_id"), column="event_id", says="line 2"),
    rows(
        "a key of three columns twice",
        "macro",
        _twice("country_id", "year", "indicator"),
        column="country_id, year, indicator",
        says="line 2",
    ),
    rows(
        "an end before its start",
        "events",
        _end_first("date_start", "date_end"),
        column="date_end",
        value="2020-09-27",
        says="“2020-11-10” in date_start",
    ),
    rows(
        "a track that ended before it started",
        "tracks",
        _end_first("started", "ended"),
        column="ended",
        value="2020-09-27",
        says="“2020-11-10” in started",
    ),
    rows(
        "a high value below the low one",
        "casualty_claims",
        lambda s: s.put("figure_low", "30").put("figure", "").put("figure_high", "20"),
        column="figure_high",
        value="20",
        says="“30” in figure_low",
    ),
]

BROKEN = CELLS + STRUCTURES


# ---------------------------------------------------------------- what spreadsheets do without harm

_SEMICOLONS = {"separator": ";", "end": "\r\n"}


def _with_blank_lines(sheet: Sheet) -> str:
    width = len(sheet.rows[0])
    return Sheet([[], *(row for one in sheet.rows for row in (one, [], [""] * width, [" "]))]).text()


def _in_other_order(sheet: Sheet) -> str:
    return Sheet([row[::-1] for row in sheet.rows]).text()


def _padded(sheet: Sheet, left: str, right: str) -> str:
    return Sheet([[left + cell + right for cell in row] for row in sheet.rows]).text()


def _spaced_lists(sheet: Sheet) -> str:
    return Sheet([[re.sub(r"(?<=\w)\|(?=\w)", " | ", cell) for cell in row] for row in sheet.rows]).text()


NOISE: dict[str, Callable[[Sheet], bytes]] = {
    "a byte order mark": lambda s: s.text().encode("utf-8-sig"),
    "semicolons": lambda s: s.text(**_SEMICOLONS).encode("utf-8-sig"),
    "tabs": lambda s: s.text("\t").encode(),
    "Excel's line sep=;": lambda s: ("sep=;\r\n" + s.text(**_SEMICOLONS)).encode(),
    "Excel's line sep=, after a mark": lambda s: ("sep=,\r\n" + s.text(end="\r\n")).encode("utf-8-sig"),
    "Windows line ends": lambda s: s.text(end="\r\n").encode(),
    "old Mac line ends, in texts too": lambda s: s.text().replace("\n", "\r").encode(),
    "Excel's Unicode text": lambda s: b"\xff\xfe" + s.text("\t", "\r\n").encode("utf-16-le"),
    "UTF-16 of the other byte order": lambda s: b"\xfe\xff" + s.text().encode("utf-16-be"),
    "blank lines and lines of commas": lambda s: _with_blank_lines(s).encode(),
    "empty columns at the end": lambda s: Sheet([[*row, "", " "] for row in s.rows]).text().encode(),
    "commas after the rows only": lambda s: Sheet([s.rows[0], *([*r, ""] for r in s.rows[1:])]).text().encode(),
    "spaces around the values": lambda s: _padded(s, "  ", " ").encode(),
    "no-break spaces around the values": lambda s: _padded(s, "\u00a0", "\u202f").encode(),
    "line ends around the values": lambda s: _padded(s, "\n", "\r\n").encode(),
    "columns in another order": lambda s: _in_other_order(s).encode(),
    "quotation marks around everything": lambda s: s.text(quoting=csv.QUOTE_ALL).encode(),
    "no line end at the end": lambda s: s.text().rstrip("\n").encode(),
    "spaces around the separator of lists": lambda s: _spaced_lists(s).encode(),
}
