"""The reader's own record: every prediction, answer, note and essay, kept in the folder my_work.

One entry is one small file, written once and never changed. So nothing has to be locked: two notebooks may write at
the same time, a killed kernel leaves whole files only, and a damaged file costs one entry. (A single file would need
locks, which fail on the network folders that many universities use.) What is read from the folder is never trusted.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

VARIABLE = "NINE_POINTS_WORK"
KINDS = ("prediction", "question", "exercise", "note", "essay", "view")
LONGEST_TEXT = 100_000  # characters of one text; a longer one is cut, and says so
DEEPEST = 100  # levels of lists in lists; no answer or chart has more, and Python gives up at a thousand
_CODE = Path(__file__).resolve().parents[2]  # the checkout, if the code runs from one
_README = """This folder holds your own work in "Nine Points, Three Tracks": predictions, answers, notes and essays.
Each file in "entries" is one of them, as plain text (JSON). Keep the folder, and your work is there when you come back.
To take it elsewhere, use "Download my work" at the end of a chapter.
"""


class LogbookError(OSError):
    """Something could not be saved. The text is one sentence for the reader."""


@dataclass(frozen=True)
class Entry:
    """One thing that the reader did.

    Attributes
    ----------
    id : str
        The prediction, question, exercise or text that it belongs to, such as "q01_03": the digits are the chapter.
    kind : str
        One of `KINDS`.
    value : JSON value
        What was answered, in the form that its control takes.
    prompt, words : str
        The question, and the answer, as readers see them.
    status, feedback : str
        How a check took it ("" where nothing is checked), and what was said.
    reading, source_ids, chart : str, tuple of str, dict or None
        For a prediction: what the chart said when it opened, the sources behind it, and the chart as it stood.
    time : str
        When, in UTC (ISO 8601).
    key : str
        The file's name without its ending; entries sort by it.
    """

    id: str
    kind: str
    value: Any = None
    prompt: str = ""
    words: str = ""
    status: str = ""
    feedback: str = ""
    reading: str = ""
    source_ids: tuple[str, ...] = ()
    chart: dict | None = None
    time: str = ""
    key: str = ""

    @property
    def chapter(self) -> str:
        """The two digits of the chapter, "" if the id holds none."""
        found = re.match(r"\D+(\d\d)", self.id)
        return found[1] if found else ""


@dataclass
class _Shelf:
    """What was read of one folder; an entry's file never changes, so each is read once."""

    entries: dict[str, Entry] = field(default_factory=dict)
    set_aside: dict[str, str] = field(default_factory=dict)


_shelves: dict[Path, _Shelf] = {}
_listeners: list[Callable[[], None]] = []
_last_moment = datetime.min.replace(tzinfo=UTC)


# ---- where ---------------------------------------------------------------------------------------------------------


def folder() -> Path:
    """Return the folder of the reader's work, whether or not it exists yet.

    The one that the environment variable NINE_POINTS_WORK names; else my_work in the project's folder, where the
    code or the notebook lies in one that can be written to; else my_work beside the notebook.
    """
    if stated := os.environ.get(VARIABLE):
        return Path(stated).expanduser().resolve()
    here = Path.cwd().resolve()
    for project in (_CODE, here, *here.parents):
        if (project / "notebooks").is_dir() and (project / "data").is_dir() and os.access(project, os.W_OK):
            return project / "my_work"
    return here / "my_work"


def forgets(environ: dict[str, str] | None = None) -> bool:
    """Say whether this machine forgets everything when the reader leaves, as Binder's do."""
    environ = os.environ if environ is None else environ
    return any(name.startswith("BINDER_") for name in environ)


# ---- writing -------------------------------------------------------------------------------------------------------


def write(entry: Entry) -> Entry:
    """Save an entry and return it with its time and key. When this returns, the entry is on the disk.

    Raise `LogbookError` if it cannot be saved.
    """
    moment = _next_moment()
    key = f"{moment:%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(3)}"
    entry = _checked(vars(entry) | {"time": moment.isoformat(timespec="seconds"), "key": key})
    _put(entry)
    for listener in list(_listeners):
        listener()
    return entry


def _next_moment() -> datetime:
    """Return the time, later than any returned before: the order of entries is the order of their keys."""
    global _last_moment
    _last_moment = max(datetime.now(UTC), _last_moment + timedelta(microseconds=1))
    return _last_moment


def _put(entry: Entry) -> None:
    """Write an entry under its key, whole or not at all."""
    place = _entries_folder()
    text = json.dumps(vars(entry), ensure_ascii=True, allow_nan=False)  # ASCII: half a surrogate pair survives, too
    waiting = place / f".{entry.key}.tmp"
    try:
        place.mkdir(parents=True, exist_ok=True)
        _explain(place.parent)
        with open(waiting, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(waiting, place / f"{entry.key}.json")
        _sync(place)
    except OSError as problem:
        with contextlib.suppress(OSError):
            waiting.unlink()
        raise LogbookError(
            f"This could not be saved in {place.parent} ({problem.strerror or problem}). Copy what you wrote, "
            "make room or choose a folder that can be written to, and try again."
        ) from problem


def _sync(place: Path) -> None:
    """Make a new name last through a power cut, where the system can (Windows cannot, and need not)."""
    with contextlib.suppress(OSError):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _explain(place: Path) -> None:
    with contextlib.suppress(FileExistsError), open(place / "README.txt", "x", encoding="utf-8") as file:
        file.write(_README)


def _entries_folder() -> Path:
    return folder() / "entries"


# ---- reading -------------------------------------------------------------------------------------------------------


def entries(id: str | None = None) -> list[Entry]:
    """Return all entries, or those of one id, the oldest first. A damaged file is set aside (see `problems`)."""
    shelf = _shelves.setdefault(_entries_folder(), _Shelf())
    try:
        there = {path.stem: path for path in _entries_folder().iterdir() if path.suffix == ".json"}
    except OSError:  # no folder yet
        there = {}
    for gone in set(shelf.entries) - set(there):
        del shelf.entries[gone]
    for key in sorted(set(there) - set(shelf.entries)):
        try:
            shelf.entries[key] = _read(there[key])
        except ValueError as problem:
            _set_aside(there[key], str(problem), shelf)
        except OSError:  # being moved, or not ours to read: leave it, and look again next time
            continue
    found = (shelf.entries[key] for key in sorted(shelf.entries))
    return [entry for entry in found if id is None or entry.id == id]


def last(id: str) -> Entry | None:
    """Return the newest entry of an id, or None."""
    found = entries(id)
    return found[-1] if found else None


def problems() -> list[str]:
    """Return one sentence for each damaged file that lies in my_work/set_aside."""
    entries()
    place = folder() / "set_aside"
    names = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
    told = _shelves.setdefault(_entries_folder(), _Shelf()).set_aside
    return [
        f"The file {name} could not be read ({told.get(name, 'it is damaged')}) and was set aside in {place}; "
        "all other entries are safe."
        for name in names
    ]


def _read(path: Path) -> Entry:
    """Return the entry of a file. Raise `ValueError`, with what is wrong, if it holds none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:  # also a wrong encoding
        raise ValueError("it is no JSON, or cut short") from problem
    except RecursionError as problem:
        raise ValueError("it is nested too deeply") from problem
    return _checked(content | {"key": path.stem} if isinstance(content, dict) else content)


def _checked(content: Any) -> Entry:
    """Return content as an entry. Raise `ValueError` if it is none."""
    if not isinstance(content, dict):
        raise ValueError("it is no entry")
    known = {one.name for one in fields(Entry)}
    content = {name: value for name, value in content.items() if name in known}
    texts = known - {"value", "chart", "source_ids"}
    if not isinstance(content.get("id"), str) or content.get("kind") not in KINDS:
        raise ValueError("it names no task")
    if wrong := [name for name in texts if not isinstance(content.get(name, ""), str)]:
        raise ValueError(f"its {wrong[0]} is no text")
    if not isinstance(content.get("chart"), (dict, type(None))) or not _plain(content.get("chart")):
        raise ValueError("its chart is none")
    ids = content.get("source_ids", ())
    if not isinstance(ids, (list, tuple)) or not all(isinstance(one, str) for one in ids):
        raise ValueError("its sources are no ids")
    if not _plain(content.get("value")):
        content["value"] = None  # `words` tells it
    short = {name: _cut(content[name]) for name in texts if name in content}
    return Entry(**content | short | {"source_ids": tuple(ids)})


def _plain(value: Any) -> bool:
    """Say whether a value can be kept: plain JSON, without NaN, and not nested without end."""
    level = [value]
    for _ in range(DEEPEST):
        inside = (
            one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list, tuple))
        )
        level = [child for one in inside for child in one]
    try:
        json.dumps(None if level else value, allow_nan=False)
    except (TypeError, ValueError):
        return False
    return not level


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + " [cut here: longer than can be kept]"


def _set_aside(path: Path, why: str, shelf: _Shelf) -> None:
    """Move a damaged file out of the way under a name that nothing has yet."""
    place = folder() / "set_aside"
    name, number = path.name, 1
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        while (place / name).exists():
            number += 1
            name = f"{path.stem}-{number}{path.suffix}"
        path.rename(place / name)
        shelf.set_aside[name] = why


# ---- taking it elsewhere -------------------------------------------------------------------------------------------


def as_json() -> str:
    """Return all entries as one JSON text, which `bring_back` reads."""
    content = {"pack": "nine-points-three-tracks", "entries": [vars(entry) for entry in entries()]}
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode("utf-8")


def bring_back(text: str) -> int:
    """Add the entries of a downloaded JSON text that are not here yet, and return how many these were.

    Nothing that is here is changed. Raise `ValueError`, with a sentence, if the text is no download of this pack.
    """
    try:
        content = json.loads(text)
        found = [_checked(one) for one in content["entries"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("This is no file that “Download my work (JSON)” made; nothing was changed.") from None
    here = {entry.key for entry in entries()}
    new = [entry for entry in found if re.fullmatch(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{6}", entry.key)]
    new = list({entry.key: entry for entry in new if entry.key not in here}.values())
    for entry in new:
        _put(entry)
    for listener in list(_listeners) if new else []:
        listener()
    return len(new)


def listen(listener: Callable[[], None]) -> Callable[[], None]:
    """Call a function after each entry saved in this kernel. Return a function that stops it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener) if listener in _listeners else None
