"""Nothing that was acknowledged is ever lost, and nothing that is damaged is ever trusted or thrown away."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
import time
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from utils.learning import logbook
from utils.learning.logbook import Entry, LogbookError

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from utils.learning.logbook import Entry, write
for i in range(int(sys.argv[2])):
    entry = write(Entry(id="n01_line", kind="note", value=f"{sys.argv[1]} {i}", words="x" * 300))
    sys.stdout.write(f"{entry.key} {i}\\n")  # in one piece
    sys.stdout.flush()
"""
KEY = "20260101T101010.000001Z-abcdef"
GOOD = {"id": "q01_01", "kind": "question", "value": "a", "words": "an answer", "time": "2026-01-01T10:10:10+00:00"}


def start_writer(name: str, how_many: int) -> subprocess.Popen:
    """Start a process of its own that writes entries and prints the key of each that was acknowledged."""
    command = [sys.executable, "-c", WRITER, name, str(how_many)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def note(value: object = "a", **changes) -> Entry:
    return Entry(id="n01_line", kind="note", value=value, **changes)


def lay(work: Path, name: str, content: bytes) -> Path:
    """Put a file among the entries, as a fault or a friend might."""
    place = work / "entries" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place


# ---- killed and crowded ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", range(20))
def test_a_kill_in_the_middle_of_a_thousand_writes_costs_nothing_that_was_acknowledged(run, work):
    writer = start_writer("killed", 1000)
    acknowledged = [writer.stdout.readline().split() for _ in range(1 + 12 * run)]
    time.sleep(0.0013 * run)  # each run hits another moment of a write
    writer.kill()  # kill -9
    acknowledged += [line.split() for line in writer.stdout.read().splitlines(keepends=True) if line[-1:] == "\n"]
    assert writer.wait() != 0
    writer.stdout.close()
    found = {entry.key: entry for entry in logbook.entries()}
    assert all(key in found and found[key].value == f"killed {i}" for key, i in acknowledged)
    assert 1 + 12 * run <= len(acknowledged) <= len(found) < 1000  # killed in the middle, not at the end
    assert len(found) - len(acknowledged) <= 1  # on the disk, and killed before it could say so
    assert all(len(entry.words) == 300 for entry in found.values())
    assert logbook.problems() == []
    assert not (work / "set_aside").exists()


def test_after_a_kill_writing_goes_on():
    writer = start_writer("killed", 1000)
    first = writer.stdout.readline().split()[0]
    writer.kill()
    writer.communicate()
    later = logbook.write(note("later"))
    assert logbook.entries()[0].key == first
    assert logbook.last("n01_line") == later


def test_two_processes_that_write_at_the_same_time_lose_nothing():
    writers = [start_writer(name, 500) for name in ("one", "two")]
    told = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    found = logbook.entries()
    assert len(found) == 1000
    for name, lines in zip(("one", "two"), told, strict=True):
        mine = [entry for entry in found if entry.value.startswith(name)]
        assert [entry.value for entry in mine] == [f"{name} {i}" for i in range(500)]  # in the order of writing
        assert [entry.key for entry in mine] == [line.split()[0] for line in lines.splitlines()]
    turns = sum(one.value[:3] != other.value[:3] for one, other in pairwise(found))
    assert turns > 10  # they did write at the same time
    assert logbook.problems() == []


def test_a_reader_never_sees_half_a_file(work):
    seen, stop = [], threading.Event()

    def look() -> None:
        while not stop.is_set():
            for path in (work / "entries").glob("*.json"):
                seen.append(json.loads(path.read_bytes())["words"])

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        for i in range(40):
            logbook.write(note(i, words="x" * 90_000))
    finally:
        stop.set()
        watcher.join()
    assert seen
    assert set(map(len, seen)) == {90_000}


def test_a_file_that_a_kill_left_half_written_is_no_entry_and_no_problem(work):
    kept = logbook.write(note())
    lay(work, f".{KEY}.tmp", b'{"id": "n01_line", "ki')
    assert logbook.entries() == [kept]
    assert logbook.problems() == []


# ---- what is kept ------------------------------------------------------------------------------------------------


def test_an_entry_comes_back_as_it_was_written_with_its_time():
    before = datetime.now().astimezone()
    whole = Entry(
        id="p01_draw",
        kind="prediction",
        value={"guess": [1, 2], "seen": "answered"},
        prompt="How many?",
        words="line\nbreak, “quotes”, <b>, 😀, Հայերեն, Azərbaycan dili, \ud83d",
        status="skipped",
        feedback="Well.",
        reading="It says 3.",
        source_ids=("mfa_1", "mfa_2"),
        chart={"figure": {"data": [{"x": [1, None]}]}, "height": 420},
    )
    written = logbook.write(whole)
    logbook._shelves.clear()  # as in a kernel that was just started
    (found,) = logbook.entries()
    assert found == written
    for name in ("id", "kind", "value", "prompt", "words", "status", "feedback", "reading", "source_ids", "chart"):
        assert getattr(found, name) == getattr(whole, name)
    assert 0 <= (datetime.fromisoformat(found.time) - before).total_seconds() + 1 < 60
    assert found.chapter == "01"


def test_entries_keep_the_order_in_which_they_were_written_even_within_a_moment(monkeypatch):
    class Stopped(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime(2031, 1, 1, tzinfo=zone)

    monkeypatch.setattr(logbook, "datetime", Stopped)
    monkeypatch.setattr(logbook, "_last_moment", datetime(2001, 1, 1, tzinfo=logbook.UTC))
    falling = iter(range(50, 0, -1))  # so that no luck with these digits gives the order
    monkeypatch.setattr(logbook.secrets, "token_hex", lambda size: f"{next(falling):06x}")
    written = [logbook.write(note(i)) for i in range(50)]
    assert [entry.value for entry in logbook.entries()] == list(range(50))
    assert logbook.last("n01_line") == written[-1]


def test_entries_of_one_id_stand_apart():
    logbook.write(note(1))
    logbook.write(Entry(id="q01_01", kind="question", value="b"))
    logbook.write(note(2))
    assert [entry.value for entry in logbook.entries("n01_line")] == [1, 2]
    assert logbook.last("q01_01").value == "b"
    assert logbook.last("q99_99") is None
    assert logbook.entries("q99_99") == []


def test_an_entry_of_another_process_is_seen_at_the_next_look():
    logbook.write(note("mine"))
    assert len(logbook.entries()) == 1
    start_writer("theirs", 1).communicate()
    assert [entry.value for entry in logbook.entries()] == ["mine", "theirs 0"]


def test_an_answer_that_is_no_plain_value_is_kept_in_words_alone():
    deep = []
    for _ in range(5000):
        deep = [deep]
    for value in (object(), float("nan"), {1, 2}, deep):
        written = logbook.write(note(value, words="what was meant"))
        assert (written.value, written.words) == (None, "what was meant")
    assert len(logbook.entries()) == 4


def test_a_text_without_end_is_cut_and_says_so():
    written = logbook.write(note(words="x" * 2_000_000))
    assert len(written.words) < 101_000
    assert written.words.startswith("x" * 100_000)
    assert "cut here" in written.words


def test_the_folder_says_what_it_is_and_keeps_what_somebody_wrote_into_that_file(work):
    logbook.write(note())
    readme = work / "README.txt"
    assert "your own work" in readme.read_text(encoding="utf-8")
    readme.write_text("mine", encoding="utf-8")
    logbook.write(note())
    assert readme.read_text(encoding="utf-8") == "mine"


def test_listeners_hear_of_each_entry_until_they_stop():
    heard = []
    stop = logbook.listen(lambda: heard.append(len(logbook.entries())))
    logbook.write(note())
    logbook.write(note())
    stop()
    stop()
    logbook.write(note())
    assert heard == [1, 2]


# ---- damaged files -----------------------------------------------------------------------------------------------

WHOLE = json.dumps(GOOD).encode()
DAMAGED = {
    "empty": b"",
    "cut short": WHOLE[:-20],
    "no JSON": b"my dog ate it",
    "binary": bytes(range(256)),
    "zeros": b"\0" * 4096,
    "UTF-16": json.dumps(GOOD).encode("utf-16"),
    "nested without end": b"[" * 100_000,
    "nested too deeply": b'{"id": "q01_01", "kind": "question", "chart": {"a": ' + b"[" * 600 + b"]" * 600 + b"}}",
    "a list": b"[1, 2]",
    "a text": b'"q01_01"',
    "null": b"null",
    "no id": json.dumps({**GOOD, "id": None}).encode(),
    "a list as id": json.dumps({**GOOD, "id": ["q01_01"]}).encode(),
    "another kind": json.dumps({**GOOD, "kind": "spell"}).encode(),
    "an object as kind": json.dumps({**GOOD, "kind": {}}).encode(),
    "a number as words": json.dumps({**GOOD, "words": 7}).encode(),
    "null as time": json.dumps({**GOOD, "time": None}).encode(),
    "a text as chart": json.dumps({**GOOD, "chart": "<svg>"}).encode(),
    "NaN in the chart": json.dumps({**GOOD, "chart": {"x": [float("nan")]}}).encode(),
    "a text as sources": json.dumps({**GOOD, "source_ids": "mfa"}).encode(),
    "numbers as sources": json.dumps({**GOOD, "source_ids": [1]}).encode(),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_set_aside_named_and_kept_while_the_others_stay_readable(content, work):
    before = logbook.write(note("before"))
    damaged = lay(work, f"{KEY}.json", content)
    after = logbook.write(note("after"))
    assert logbook.entries() == [before, after]
    assert not damaged.exists()
    assert (work / "set_aside" / damaged.name).read_bytes() == content
    (sentence,) = logbook.problems()
    assert damaged.name in sentence
    assert str(work / "set_aside") in sentence
    assert "all other entries are safe" in sentence
    assert sentence.count(".json") == 1
    assert len(sentence) < 400


def test_a_good_file_that_somebody_laid_there_is_read(work):
    lay(work, f"{KEY}.json", WHOLE)
    (entry,) = logbook.entries()
    assert (entry.id, entry.value, entry.key) == ("q01_01", "a", KEY)
    assert logbook.problems() == []


def test_what_was_set_aside_is_never_overwritten(work):
    contents = [b"first", b"second", b"third"]
    for content in contents:
        lay(work, f"{KEY}.json", content)
        assert logbook.entries() == []
    aside = {path.name: path.read_bytes() for path in (work / "set_aside").iterdir()}
    assert sorted(aside.values()) == sorted(contents)
    assert aside[f"{KEY}.json"] == b"first"
    assert len(logbook.problems()) == 3
    logbook._shelves.clear()  # a new kernel still names them
    assert len(logbook.problems()) == 3


def test_a_file_damaged_after_it_was_read_is_found_by_the_next_kernel(work):
    written = logbook.write(note())
    lay(work, f"{written.key}.json", b"{")
    logbook._shelves.clear()
    assert logbook.entries() == []
    assert written.key in logbook.problems()[0]


def test_strange_things_in_the_folder_are_left_alone(work):
    kept = logbook.write(note())
    (work / "entries" / "a folder.json").mkdir()
    lay(work, "holiday.jpg", b"\xff\xd8")
    assert logbook.entries() == [kept]
    assert logbook.problems() == []
    assert (work / "entries" / "holiday.jpg").exists()


# ---- what cannot be saved ----------------------------------------------------------------------------------------


def one_sentence(error: Exception, place: Path) -> str:
    text = str(error)
    assert "\n" not in text
    assert str(place) in text
    assert "could not be saved" in text
    assert len(text) < 400
    return text


def test_a_file_where_the_folder_should_be_gives_a_sentence(work):
    work.write_text("I am a file.", encoding="utf-8")
    with pytest.raises(LogbookError) as caught:
        logbook.write(note())
    one_sentence(caught.value, work)
    assert work.read_text(encoding="utf-8") == "I am a file."
    assert logbook.entries() == []
    assert logbook.problems() == []


@pytest.mark.parametrize("step", ["replace", "fsync"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_a_full_or_locked_disk_gives_a_sentence_and_leaves_nothing_behind(step, number, work, monkeypatch):
    kept = logbook.write(note("kept"))

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr(logbook.os, step, refuse)
        with pytest.raises(LogbookError) as caught:
            logbook.write(note("lost"))
    assert os.strerror(number) in one_sentence(caught.value, work)
    assert [path.name for path in (work / "entries").iterdir()] == [f"{kept.key}.json"]
    assert logbook.entries() == [kept]
    again = logbook.write(note("again"))  # when there is room again
    assert logbook.entries() == [kept, again]


def test_an_entry_is_on_the_disk_before_it_has_its_name(work, monkeypatch):
    steps = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(logbook.os, "fsync", lambda handle: (steps.append("sync"), sync(handle))[1])
    monkeypatch.setattr(logbook.os, "replace", lambda *paths: (steps.append("name"), replace(*paths))[1])
    logbook.write(note())
    assert steps[:2] == ["sync", "name"]


# ---- taking it elsewhere -----------------------------------------------------------------------------------------


def test_a_download_brought_back_on_another_machine_is_the_same_and_twice_adds_nothing(monkeypatch, tmp_path):
    for i in range(5):
        logbook.write(note(i, words="Ə, Հ, 😀, \ud83d", source_ids=("a", "b"), chart={"figure": {"data": [i]}}))
    here, text = logbook.entries(), logbook.as_json()
    text.encode("utf-8")  # a browser can write it into a file
    monkeypatch.setenv(logbook.VARIABLE, str(tmp_path / "elsewhere"))
    own = logbook.write(note("own"))
    assert logbook.bring_back(text) == 5
    assert logbook.entries() == sorted([*here, own], key=lambda entry: entry.key)
    assert logbook.bring_back(text) == 0
    assert logbook.bring_back(logbook.as_json()) == 0
    assert len(logbook.entries()) == 6


def test_bringing_back_changes_nothing_that_is_here():
    written = logbook.write(note("mine"))
    forged = json.dumps(
        {"entries": [{**GOOD, "id": "n01_line", "kind": "note", "value": "forged", "key": written.key}]}
    )
    assert logbook.bring_back(forged) == 0
    assert logbook.entries() == [written]


def test_an_entry_that_a_file_holds_twice_is_brought_back_once():
    assert logbook.bring_back(json.dumps({"entries": [{**GOOD, "key": KEY}] * 3})) == 1
    assert len(logbook.entries()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[]",
        "{}",
        "null",
        "7",
        '{"entries": 7}',
        '{"entries": null}',
        '{"entries": [7]}',
        '{"entries": {"a": 1}}',
        "[" * 100_000,
        '{"entries": ' + "[" * 900 + "]" * 900 + "}",
        json.dumps({"entries": [{**GOOD, "key": KEY}, {**GOOD, "kind": "spell"}]}),
        json.dumps({"entries": [{**GOOD, "key": KEY}, {**GOOD, "key": 7}]}),
        json.dumps({"entries": [{**GOOD, "key": KEY, "chart": {"x": float("nan")}}]}),
        json.dumps({"entries": [{**GOOD, "key": KEY}]})[:-2]
        + ', {"id": "q", "kind": "note", "chart": {"a": '
        + "[" * 800
        + "]" * 800
        + "}}]}",
        "x" * 1_000_000,
        '{"entries": [' + "9" * 10_000 + "]}",
    ],
    ids=range(18),
)
def test_a_file_that_is_no_download_is_refused_in_a_sentence_and_changes_nothing(text, work):
    with pytest.raises(ValueError, match=r"^This is no file that .* made; nothing was changed\.$"):
        logbook.bring_back(text)
    assert logbook.entries() == []
    assert not work.exists()


@pytest.mark.parametrize(
    "key",
    ["", "../evil", "..\\evil", "/tmp/evil", f"../{KEY}", f"{KEY}/../evil", f"{KEY}\n", f"{KEY}\0", KEY.upper(), "CON"],
)
def test_a_key_that_is_a_path_is_not_followed(key, work):
    assert logbook.bring_back(json.dumps({"entries": [{**GOOD, "key": key}]})) == 0
    assert not work.exists()
    assert list(work.parent.iterdir()) == []


def test_nothing_is_brought_back_in_part_by_a_bad_entry_at_the_end():
    found = [{**GOOD, "key": f"20260101T101010.00000{i}Z-abcdef"} for i in range(5)] + [{"id": 7}]
    with pytest.raises(ValueError, match="nothing was changed"):
        logbook.bring_back(json.dumps({"entries": found}))
    assert logbook.entries() == []


# ---- where -------------------------------------------------------------------------------------------------------


def test_a_machine_of_binder_forgets_and_another_does_not():
    assert logbook.forgets({"BINDER_REPO_URL": "https://example.org", "PATH": "/bin"})
    assert not logbook.forgets({"PATH": "/bin", "MY_BINDER": "1"})
    assert not logbook.forgets({})


def project(place: Path) -> Path:
    for name in ("notebooks", "data"):
        (place / name).mkdir(parents=True)
    return place.resolve()


def test_the_folder_that_the_variable_names_comes_first(monkeypatch, tmp_path):
    monkeypatch.chdir(project(tmp_path / "pack"))
    monkeypatch.setenv(logbook.VARIABLE, str(tmp_path / "stated"))
    assert logbook.folder() == (tmp_path / "stated").resolve()
    monkeypatch.setenv(logbook.VARIABLE, "~/stated")
    for home in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(home, str(tmp_path))
    assert logbook.folder() == (tmp_path / "stated").resolve()


def test_else_it_lies_in_the_checkout_that_the_code_runs_from(monkeypatch, tmp_path):
    monkeypatch.delenv(logbook.VARIABLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logbook, "_CODE", project(tmp_path / "checkout"))
    assert logbook.folder() == (tmp_path / "checkout" / "my_work").resolve()


def test_else_in_the_project_that_the_notebook_lies_in(monkeypatch, tmp_path):
    monkeypatch.delenv(logbook.VARIABLE)
    monkeypatch.setattr(logbook, "_CODE", tmp_path / "site-packages")
    monkeypatch.chdir(project(tmp_path / "pack") / "notebooks")
    assert logbook.folder() == (tmp_path / "pack" / "my_work").resolve()


def test_else_beside_the_notebook(monkeypatch, tmp_path):
    monkeypatch.delenv(logbook.VARIABLE)
    monkeypatch.setattr(logbook, "_CODE", tmp_path / "site-packages")
    (tmp_path / "alone").mkdir()
    monkeypatch.chdir(tmp_path / "alone")
    assert logbook.folder() == (tmp_path / "alone" / "my_work").resolve()


def test_a_project_that_cannot_be_written_to_is_passed_over(monkeypatch, tmp_path):
    monkeypatch.delenv(logbook.VARIABLE)
    checkout = project(tmp_path / "checkout")
    monkeypatch.setattr(logbook, "_CODE", checkout)
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    monkeypatch.setattr(logbook.os, "access", lambda place, mode: Path(place) != checkout)
    assert logbook.folder() == (tmp_path / "home" / "my_work").resolve()


def test_the_checkout_keeps_the_folder_out_of_git():
    assert "my_work/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
