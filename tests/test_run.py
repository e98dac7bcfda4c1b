"""run.py: what it decides, which sentence each failure gets, and that it starts on the Pythons it must refuse."""

from __future__ import annotations

import ast
import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).parents[1]
ODD = "köl ə naïve folder"  # a space, and letters outside ASCII and outside cp1252


@pytest.fixture
def project(tmp_path):
    """A project folder with locks and nothing to install."""
    root = tmp_path / ODD
    root.mkdir()
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (root / name).write_text("# nothing\n", encoding="utf-8")
    shutil.copy(ROOT / "run.py", root)
    return root


def call(root, *arguments, python=sys.executable, **environ):
    """Run run.py as a reader does, from another folder."""
    env = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [str(python), str(root / "run.py"), *arguments],
        cwd=root.parent,
        env=dict(env, **environ),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


# ---------------------------------------------------------------- which Python


def old_pythons():
    """Pythons on this computer that run.py must be able to refuse."""
    names = ("3.6.15", "3.7.16", "3.8.18", "3.10.13")
    found = [Path.home() / f".pyenv/versions/{name}/bin/python" for name in names]
    return [pytest.param(path, id=path.parts[-3]) for path in found if path.exists()]


@pytest.mark.parametrize("python", old_pythons())
def test_an_old_python_is_refused_in_one_sentence(project, python):
    code, out, err = call(project, python=python, PATH="")
    assert code == 1
    assert "too old: install Python 3.13" in out and len(out.splitlines()) == 1
    assert err == "" and not (project / ".venv").exists()


@pytest.mark.parametrize("python", old_pythons())
def test_an_old_python_can_print_the_help(project, python):
    code, out, err = call(project, "--help", python=python)
    assert (code, err) == (0, "") and "check-data" in out


def test_no_syntax_newer_than_python_3_6():
    # Where no old Python is at hand, its grammar is.
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9), (3, 14, 0)])
def test_a_python_that_fits_has_no_problem(version):
    assert run.python_problem(version) is None


@pytest.mark.parametrize(
    ("version", "fault"), [((3, 10, 14), "too old"), ((2, 7, 18), "too old"), ((3, 15, 0), "newer")]
)
def test_a_python_that_does_not_fit_is_named_with_the_fault(version, fault):
    sentence = run.python_problem(version)
    assert fault in sentence and run.dotted(version) in sentence and "3.11 to 3.14" in sentence


def test_another_python_is_found_only_if_it_starts_and_fits():
    here = [sys.executable]
    assert run.find_other_python([["no-such-python"], here]) == here
    assert run.find_other_python([["no-such-python"]]) is None


def test_windows_is_asked_through_its_launcher():
    assert run.other_pythons(windows=True)[0] == ["py", "-3.13"]
    assert ["python3.12"] in run.other_pythons(windows=False)


# ---------------------------------------------------------------- the command line


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("lab", [])),
        (["lab"], ("lab", [])),
        (["lab", "--", "--no-browser"], ("lab", ["--no-browser"])),
        (["test", "-k", "tables"], ("test", ["-k", "tables"])),
        (["test", "--", "-x"], ("test", ["-x"])),
        (["check-data"], ("check-data", [])),
        (["--help"], ("help", [])),
    ],
)
def test_arguments_are_read(arguments, expected):
    assert run.parse(arguments) == expected


@pytest.mark.parametrize(("arguments", "words"), [(["laab"], "no command laab"), (["lab", "--no-browser"], "after --")])
def test_a_wrong_command_line_gets_a_sentence(project, arguments, words):
    code, out, err = call(project, *arguments)
    assert code == 1 and words in out and err == ""


def test_the_help_names_every_command():
    assert all(name in run.__doc__ for name in run.COMMANDS)


def test_options_for_jupyterlab_come_last(tmp_path):
    command = run.lab_command("python", ROOT, tmp_path, ["--port=9000"], is_root=False)
    assert command[-1] == "--port=9000" and "--allow-root" not in command
    assert "--allow-root" in run.lab_command("python", ROOT, tmp_path, [], is_root=True)


def test_jupyterlab_opens_at_the_first_chapter(tmp_path):
    command = " ".join(run.lab_command("python", ROOT, tmp_path, [], is_root=False))
    assert f"/tree/{run.START}" in command and (ROOT / run.START).is_file()


def test_the_left_bar_is_closed_in_the_file_that_jupyterlab_reads(tmp_path):
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    run.write_workspace(tmp_path / "workspaces")
    loaded = WorkspacesManager(str(tmp_path / "workspaces")).load(run.WORKSPACE)
    assert loaded["data"]["layout-restorer:data"]["left"] == {"collapsed": True}
    assert loaded["metadata"]["id"] == run.WORKSPACE


# ---------------------------------------------------------------- the environment


def good_record(root):
    return {"place": str(root), "lab": run.fingerprint(root, "lab"), "test": run.fingerprint(root, "test")}


def test_a_finished_environment_needs_no_step(project):
    assert run.why_rebuild(good_record(project), project, (3, 11, 7), "3.11") is None
    assert run.steps_needed(good_record(project), project, "lab", None) == []


@pytest.mark.parametrize(
    ("change", "answer", "reason"),
    [({}, None, "no longer starts"), ({}, "3.12", "Python 3.12"), ({"place": "elsewhere"}, "3.11", "moved")],
)
def test_a_broken_environment_is_recognised(project, change, answer, reason):
    why = run.why_rebuild(dict(good_record(project), **change), project, (3, 11, 7), answer)
    assert reason in why
    assert run.steps_needed(good_record(project), project, "lab", why) == ["make", "install"]


def test_an_environment_without_a_note_is_made_anew(project):
    assert run.why_rebuild({}, project, (3, 11, 7), "3.11")


@pytest.mark.parametrize(
    ("edited", "lab", "test"),
    [
        ("requirements.txt", ["install"], ["install"]),
        ("requirements-dev.txt", [], ["install"]),
        ("pyproject.toml", ["install"], ["install"]),
    ],
)
def test_an_edited_lock_is_installed_again(project, edited, lab, test):
    record = good_record(project)
    (project / edited).write_text("# edited\n", encoding="utf-8")
    assert run.steps_needed(record, project, "lab", None) == lab
    assert run.steps_needed(record, project, "test", None) == test


@pytest.mark.parametrize("content", ["", "{", "[]", '"text"', "\xff"])
def test_a_damaged_note_counts_as_none(tmp_path, content):
    run.record_path(tmp_path).write_bytes(content.encode("latin-1"))
    assert run.read_record(tmp_path) == {}


def test_an_interrupted_install_leaves_no_valid_note(project, monkeypatch):
    venv = project / ".venv"
    venv.mkdir()
    run.write_record(venv, good_record(project))

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "run_logged", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.install(venv, project, "lab")
    assert run.steps_needed(run.read_record(venv), project, "lab", None) == ["install"]


def test_a_test_install_serves_the_lab_too(project, monkeypatch):
    (project / ".venv").mkdir()
    monkeypatch.setattr(run, "run_logged", lambda *args, **kwargs: 0)
    run.install(project / ".venv", project, "test")
    record = run.read_record(project / ".venv")
    assert run.steps_needed(record, project, "lab", None) == run.steps_needed(record, project, "test", None) == []


def test_variables_of_another_python_do_not_leak_in(tmp_path):
    outer = {"PYTHONPATH": "/x", "PYTHONHOME": "/y", "PIP_USER": "1", "PATH": "/bin", "LANG": "C"}
    env = run.child_environment(outer, tmp_path, windows=False)
    assert "PYTHONPATH" not in env and "PYTHONHOME" not in env and env["PIP_USER"] == "0" and env["LANG"] == "C"
    assert env["PATH"].split(os.pathsep)[0] == str(tmp_path / "bin")


@pytest.mark.slow
def test_a_real_environment_is_made_once_and_remade_after_a_move(project, monkeypatch, capfd):
    monkeypatch.setattr(run, "check_room", lambda root: None)
    python = run.prepare(project, None)
    started = subprocess.run([python, "-c", "import sys; print(sys.prefix)"], capture_output=True, encoding="utf-8")
    assert Path(started.stdout.strip()) == project / ".venv"
    made = (project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns
    assert "done" in capfd.readouterr().out

    run.prepare(project, None)  # nothing to do, nothing said
    assert (project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made
    assert capfd.readouterr().out == ""

    moved = project.with_name("moved ü")
    project.rename(moved)
    assert "moved" in run.why_rebuild(run.read_record(moved / ".venv"), moved, sys.version_info, "3.11")


# ---------------------------------------------------------------- one sentence for each failure


@pytest.mark.parametrize(
    ("pip_says", "reader_gets"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "network"),
        ("WARNING: Retrying ... ConnectTimeoutError\nERROR: No matching distribution found for plotly", "network"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate"),
        ("ERROR: No matching distribution found for plotly==7.1.0", "no version for this computer's Python"),
        ("PermissionError: [WinError 5] Access is denied", "close any JupyterLab"),
        ("OSError: [WinError 206] The filename or extension is too long", "path is too long"),
        ("something nobody foresaw", "last words"),
    ],
)
def test_pip_failures_in_plain_words(pip_says, reader_gets):
    sentence = run.explain_pip(pip_says, Path("setup.log"))
    assert reader_gets in sentence and "setup.log" in sentence


def test_a_missing_venv_part_names_debians_package():
    said = "The virtual environment was not created successfully because ensurepip is not available."
    assert "sudo apt install python3.12-venv" in run.explain_venv(said, (3, 12, 1), "log")
    assert "python3.11-venv" in run.explain_venv("No module named venv", (3, 11, 2), "log")


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EACCES, "folder of your own"), (errno.EROFS, "folder of your own"), (errno.ENOSPC, "disk is full")],
)
def test_a_folder_that_cannot_be_written(number, words, project, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(run.Stop, match=words):
        run.make_venv(project / ".venv", project)


def test_a_disk_with_too_little_room_is_told_before_anything_starts(project, monkeypatch):
    monkeypatch.setattr(run.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9, 10**7))
    with pytest.raises(run.Stop, match="10 MB free"):
        run.prepare(project, "lab")
    assert not (project / ".venv").exists()


def test_a_failed_step_stops_with_its_sentence_and_leaves_no_note(project, monkeypatch):
    venv = project / ".venv"
    venv.mkdir()
    (venv / "setup.log").write_text("getaddrinfo failed", encoding="utf-8")
    monkeypatch.setattr(run, "run_logged", lambda *args, **kwargs: 1)
    with pytest.raises(run.Stop, match="cannot be reached"):
        run.install(venv, project, "lab")
    assert "lab" not in run.read_record(venv)


def test_a_console_without_the_letters_does_not_break_the_run(project):
    code, out, err = call(project, "lab", f"--{ODD}", PYTHONIOENCODING="ascii")
    assert code == 1 and "k?l ? na?ve folder" in out and err == ""


def test_the_progress_line_says_what_and_how_long(tmp_path, capfd):
    assert run.run_logged("Counting", [sys.executable, "-c", "print('kept')"], tmp_path / "log") == 0
    out = capfd.readouterr().out
    assert "Counting ... done, " in out and "kept" not in out
    assert "kept" in run.read_tail(tmp_path / "log")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signal to one process")
@pytest.mark.parametrize(("number", "expected"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ending_run_py_ends_its_child(number, expected):
    sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    script = (
        "import run, sys, signal\n"
        "signal.signal(signal.SIGTERM, run.on_terminate)\n"
        # a job in the background of a shell inherits an ignored SIGINT
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "try: run.run_shown([sys.executable, '-c', sys.argv[1]], '.', None)\n"
        "except KeyboardInterrupt: sys.exit(run.INTERRUPTED)\n"
    )
    command = [sys.executable, "-c", script, sleeper]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
    with parent:
        child = int(parent.stdout.readline())
        parent.send_signal(number)
        assert parent.wait(20) == expected
    time.sleep(0.1)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_taken_port_is_noticed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run.port_taken(port)
    assert not run.port_taken(port)


# ---------------------------------------------------------------- the browser for the tests


def which_only(*known):
    return lambda name: name if name in known else None


def test_the_stated_browser_wins():
    assert run.find_browser({"CHROMIUM": "mine"}, "linux", which_only("mine", "chromium")) == "mine"


def test_a_stated_browser_that_does_not_start_is_told():
    with pytest.raises(run.Stop, match="CHROMIUM names gone"):
        run.find_browser({"CHROMIUM": "gone"}, "linux", which_only("chromium"))


def test_browsers_are_looked_for_on_each_system():
    assert run.find_browser({}, "linux", which_only("google-chrome")) == "google-chrome"
    edge = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe"
    assert run.find_browser({"PROGRAMFILES(X86)": "C:\\Program Files (x86)"}, "win32", which_only(edge)) == edge
    chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    assert run.find_browser({}, "darwin", which_only(chrome)) == chrome
    assert run.find_browser({}, "linux", which_only()) is None


def test_without_a_browser_ci_fails_and_a_person_is_told(capfd):
    with pytest.raises(run.Stop, match="CI may not leave them out"):
        run.no_browser(ci=True)
    assert run.no_browser(ci=False) == ["-m", "not browser"]
    assert "left out" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("1", True), ("", False), ("false", False), ("0", False)]
)
def test_ci_is_read_from_the_environment(value, expected):
    assert run.is_ci({"CI": value}) is expected
    assert run.is_ci({}) is False


def test_lint_failures_are_not_lost_when_the_tests_pass(monkeypatch):
    codes = {"ruff": 1, "pytest": 0}
    monkeypatch.setattr(run, "test_environment", lambda root: ("python", {}, []))
    monkeypatch.setattr(run, "run_shown", lambda command, root, env: codes[command[2]])
    assert run.test(ROOT, []) == 1
    codes.update(ruff=0, pytest=2)
    assert run.test(ROOT, []) == 2
    codes.update(pytest=0)
    assert run.test(ROOT, []) == 0


# ---------------------------------------------------------------- Binder's badge


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/OWNER/REPO",
        "https://github.com/OWNER/REPO.git",
        "http://github.com/OWNER/REPO/",
        "github.com/OWNER/REPO",
    ],
)
def test_the_badge_opens_the_first_chapter(address):
    badge = run.binder_badge(address)
    assert "/v2/gh/OWNER/REPO/HEAD?urlpath=doc%2Ftree%2Fnotebooks%2F00_start_here.ipynb)" in badge
    assert badge.startswith("[![Open in Binder](")


@pytest.mark.parametrize("address", ["", "https://github.com/OWNER", "https://example.org/OWNER/REPO", "OWNER/REPO"])
def test_an_address_that_is_no_repository_gets_a_sentence(address):
    with pytest.raises(run.Stop, match="Give the address"):
        run.binder_badge(address)


def test_the_note_is_json_a_person_can_read(tmp_path):
    run.write_record(tmp_path, {"place": ODD})
    assert json.loads(run.record_path(tmp_path).read_text(encoding="utf-8")) == {"place": ODD}
