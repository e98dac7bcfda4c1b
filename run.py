#!/usr/bin/env python3
"""Nine Points, Three Tracks: one command to start the seminar.

    python run.py                 make the environment and open JupyterLab at chapter 0
    python run.py lab -- OPTIONS  the same, with options for JupyterLab (say --no-browser)
    python run.py check-data      check the tables in data/ after an edit
    python run.py describe-data   make docs/DATA.md anew from the tables
    python run.py answer-key      write instructor/answer_key.md from the tables
    python run.py test [OPTIONS]  lint and the whole test suite (OPTIONS go to pytest)
    python run.py bench           the benchmarks
    python run.py binder-link URL print the Binder badge for a GitHub repository
    python run.py lock            make requirements*.txt anew from pyproject.toml

Needs Python 3.11 to 3.14 and, the first time, the network. Everything is kept
in the folder .venv beside this file; delete that folder to start afresh.
"""

# Standard library only, and nothing that Python 3.6 cannot parse: an old Python
# must get far enough to say that it is too old.

import contextlib
import errno
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent
OLDEST, NEWEST = (3, 11), (3, 14)  # a test compares them with pyproject.toml
START = "notebooks/00_start_here.ipynb"
WORKSPACE = "nine-points"
PORT = 8888  # JupyterLab's own first choice
ROOM_NEEDED_MB = 900  # the finished environment and pip's work files, measured and rounded up
LOCKS = {"lab": ["requirements.txt"], "test": ["requirements.txt", "requirements-dev.txt"]}
INTERRUPTED = 130  # what a shell reports after Ctrl-C


class Stop(Exception):
    """The run cannot go on; the message is the one sentence the reader gets."""


def say(text, end="\n"):
    """Print now, also on a console that lacks a letter (Windows cp1252 has no schwa)."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    print(text.encode(encoding, "replace").decode(encoding), end=end, flush=True)


# ---------------------------------------------------------------- which Python


def dotted(version):
    return ".".join(str(n) for n in version[:2])


def python_fits(version):
    return OLDEST <= tuple(version[:2]) <= NEWEST


def python_problem(version):
    """One sentence on a Python that does not fit, or None."""
    if python_fits(version):
        return None
    fault = "too old" if tuple(version[:2]) < OLDEST else "newer than the pinned packages support"
    return (
        f"This is Python {dotted(version)}, which is {fault}: install Python 3.13 from python.org"
        f" (any from {dotted(OLDEST)} to {dotted(NEWEST)} will do) and call run.py with it."
    )


def other_pythons(windows):
    """Commands that may start a Python that fits, the best tested first."""
    names = ["3.13", "3.12", "3.11", "3.14"]
    return [["py", "-" + n] for n in names] if windows else [["python" + n] for n in names]


def find_other_python(commands):
    """The first of the commands that really starts a Python that fits, or None."""
    ask = "import sys; print('%d %d' % sys.version_info[:2])"
    for command in commands:
        if not shutil.which(command[0]):
            continue
        answer = output_of(command + ["-c", ask])  # a pyenv shim exists and yet may not start
        if answer and python_fits([int(n) for n in answer.split()]):
            return command
    return None


def output_of(command):
    """What a short command prints, or None when it does not run well."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None


# ---------------------------------------------------------------- the environment in .venv


def venv_python(venv, windows=os.name == "nt"):
    return venv / ("Scripts/python.exe" if windows else "bin/python")


def child_environment(environ, venv, windows=os.name == "nt"):
    """The caller's variables without those that would mix another Python's packages into ours."""
    foreign = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__", "PIP_TARGET", "PIP_PREFIX")
    env = {name: value for name, value in environ.items() if name not in foreign}
    env["VIRTUAL_ENV"] = str(venv)
    env["PATH"] = str(venv_python(venv, windows).parent) + os.pathsep + env.get("PATH", "")
    env["PYTHONNOUSERSITE"] = "1"
    env["PIP_USER"] = "0"  # some campus machines set it to 1, and pip then refuses to install in a venv
    env["JUPYTER_PREFER_ENV_PATH"] = "1"  # our kernel, not one registered in the home folder
    return env


def fingerprint(root, kind):
    """Changes whenever an installation made for `kind` ("lab" or "test") is out of date."""
    digest = hashlib.sha256()
    for name in LOCKS[kind] + ["pyproject.toml"]:
        digest.update(name.encode("utf-8") + b"\0" + (root / name).read_bytes() + b"\0")
    return digest.hexdigest()


def record_path(venv):
    return venv / "nine-points.json"


def read_record(venv):
    """What run.py noted about the environment; empty when there is none or it is damaged."""
    try:
        with open(str(record_path(venv)), encoding="utf-8") as file:
            record = json.load(file)
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write_text(path, text):
    with open(str(path), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def write_record(venv, record):
    """Write the note in one move, so that an interruption leaves the old one or none."""
    draft = record_path(venv).with_suffix(".draft")
    write_text(draft, json.dumps(record, indent=1, sort_keys=True))
    os.replace(str(draft), str(record_path(venv)))


def why_rebuild(record, root, version, answer):
    """Why the environment must be made anew (a few words), or None when it is good.

    `answer` is the version that the environment's own Python reports: None when it does not start.
    """
    if not record:
        return "it was not finished"
    if record.get("place") != str(root):
        return "the folder was moved"
    if answer is None:
        return "its Python no longer starts"
    if answer != dotted(version):
        return f"it was made with Python {answer}"
    return None


def steps_needed(record, root, kind, rebuild):
    """The steps to run: any of "make" and "install", in order. With no `kind` nothing is installed."""
    current = not kind or (not rebuild and record.get(kind) == fingerprint(root, kind))
    return (["make"] if rebuild else []) + ([] if current else ["install"])


def ask_version(venv):
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    return output_of([str(venv_python(venv)), "-c", ask])


def prepare(root, kind):
    """Bring .venv up to date for `kind` ("lab", "test" or None: empty); return its Python."""
    venv = root / ".venv"
    record = read_record(venv)
    rebuild = why_rebuild(record, root, sys.version_info, ask_version(venv))
    steps = steps_needed(record, root, kind, rebuild)
    if steps:
        check_room(root)
    if "make" in steps:
        if venv.exists():
            say(f"Making .venv anew: {rebuild}.")
        make_venv(venv, root)
    if "install" in steps:
        install(venv, root, kind)
    return venv_python(venv)


def check_room(root):
    free = shutil.disk_usage(str(root)).free // 1000000
    if free < ROOM_NEEDED_MB:
        need = f"about {ROOM_NEEDED_MB} MB are needed"
        raise Stop(f"The disk has {free} MB free and {need}: make room and call again.")


def make_venv(venv, root):
    try:
        remove(venv)
        venv.mkdir()
    except OSError as error:
        raise Stop(explain_folder(error, root)) from error
    log = venv / "setup.log"
    code = run_logged("Making a private Python environment", [sys.executable, "-m", "venv", str(venv)], log)
    if code:
        raise Stop(explain_venv(read_tail(log), sys.version_info, log))
    write_record(venv, {"place": str(root), "python": dotted(sys.version_info)})


def remove(venv):
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(str(venv))


def install(venv, root, kind):
    record = read_record(venv)
    for each in LOCKS:
        record.pop(each, None)  # from here until the end, an interruption leaves no valid note
    write_record(venv, record)
    log = venv / "setup.log"
    lock = LOCKS[kind][-1]
    pip = [str(venv_python(venv)), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    label = "Installing the pinned packages (once, some minutes)"
    if run_logged(label, pip + ["-r", lock], log, cwd=root, env=child_environment(os.environ, venv)):
        raise Stop(explain_pip(read_tail(log), log))
    # The test lock contains the run-time lock.
    for each in LOCKS if kind == "test" else [kind]:
        record[each] = fingerprint(root, each)
    write_record(venv, record)


def run_logged(label, command, log, cwd=None, env=None):
    """Run a command with its output in the log and one progress line on the console; return its exit code."""
    began = time.monotonic()
    live = sys.stdout.isatty()
    say(f"{label} ...", end="" if live else "\n")
    with open(str(log), "ab") as out:
        child = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=cwd and str(cwd), env=env
        )
        with stopping(child):
            while True:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(1)
                    break
                if live:
                    say(f"\r{label} ... {time.monotonic() - began:.0f} s", end="")
    outcome = "failed" if child.returncode else "done"
    say(f"{chr(13) if live else ''}{label} ... {outcome}, {time.monotonic() - began:.0f} s")
    return child.returncode


@contextlib.contextmanager
def stopping(child, patience=3):
    """Leave no child behind, whatever ends the block."""
    try:
        yield
    finally:
        # Ctrl-C in a terminal reaches the child too: give it the time to end by itself.
        for end in (None, child.terminate, child.kill):
            if child.poll() is not None:
                break
            if end:
                end()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(patience)


def read_tail(log, size=20000):
    try:
        return log.read_bytes()[-size:].decode("utf-8", "replace")
    except OSError:
        return ""


# ---------------------------------------------------------------- one sentence for each failure

PIP_FAILURES = [
    (
        r"No space left on device|Errno 28|WinError 112|not enough space on the disk",
        "The disk is full: make about {room} MB of room and call again.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "A secure connection to the package index was refused (often a campus network that checks traffic):"
        " try another network, or ask your IT desk for its certificate and set PIP_CERT.",
    ),
    (
        r"name resolution|getaddrinfo failed|nodename nor servname|NewConnectionError|ConnectTimeoutError"
        r"|ReadTimeoutError|ProxyError|ProtocolError|Network is unreachable|Connection refused"
        r"|Max retries exceeded",
        "The package index cannot be reached: connect to the network (needed this once) and call again.",
    ),
    (
        r"WinError 206|name too long|Long Path|file name or extension is too long",
        "The folder's path is too long for Windows: move the project to a short one, say C:\\seminar, and call again.",
    ),
    (
        r"Permission denied|Errno 13|WinError 5|WinError 32|Read-only file system",
        "A file in .venv cannot be written: close any JupyterLab that still runs from this folder and call again.",
    ),
    (
        r"No matching distribution found|requires a different Python|Requires-Python",
        "A pinned package has no version for this computer's Python: install Python 3.13 from python.org"
        " and call again.",
    ),
]


def explain_pip(output, log):
    """Why pip failed, in one sentence, and where its own words are."""
    known = (sentence for pattern, sentence in PIP_FAILURES if re.search(pattern, output, re.IGNORECASE))
    unknown = "The packages could not be installed; pip's last words are at the end of the log."
    return next(known, unknown).format(room=ROOM_NEEDED_MB) + f"\n(Details: {log})"


def explain_venv(output, version, log):
    if re.search(r"ensurepip|No module named '?venv", output):
        name = dotted(version)
        return (
            "This Python cannot make environments because its venv part is missing:"
            f" on Debian or Ubuntu run `sudo apt install python{name}-venv` and call again."
        )
    if re.search(r"No space left on device|Errno 28|WinError 112", output):
        return f"The disk is full: make about {ROOM_NEEDED_MB} MB of room and call again."
    return f"The private Python environment could not be made.\n(Details: {log})"


def explain_folder(error, root):
    """Why .venv cannot be made or removed, in one sentence."""
    if error.errno == errno.ENOSPC:
        return f"The disk is full: make about {ROOM_NEEDED_MB} MB of room and call again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"Nothing can be written in {root}: copy the project to a folder of your own"
            " (or close the JupyterLab that runs from it) and call again."
        )
    return f"The folder .venv cannot be made in {root}: {error.strerror or error}."


# ---------------------------------------------------------------- lab


def port_taken(port):
    with contextlib.closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def workspace_file(folder):
    """Where JupyterLab looks for our workspace: it adds four digits of the name's SHA-256."""
    digits = hashlib.sha256(WORKSPACE.encode("utf-8")).hexdigest()[:4]
    return folder / f"{WORKSPACE}-{digits}.jupyterlab-workspace"


def write_workspace(folder):
    """Lay out JupyterLab with the left bar closed: written at each start, so that all starts look alike."""
    layout = {"left": {"collapsed": True}, "right": {"collapsed": True}}
    content = {"data": {"layout-restorer:data": layout}, "metadata": {"id": WORKSPACE}}
    folder.mkdir(parents=True, exist_ok=True)
    write_text(workspace_file(folder), json.dumps(content))


def quieten_kernel(venv):
    """Keep kernels' warnings off the console: ipykernel's on unencrypted local sockets alarms for nothing."""
    folder = venv / "etc" / "ipython"
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / "ipython_kernel_config.json", json.dumps({"IPKernelApp": {"log_level": "ERROR"}}))


def lab_command(python, root, workspaces, extra, is_root):
    """JupyterLab's command line. The reader's own options come last and so win."""
    command = [
        str(python),
        "-m",
        "jupyterlab",
        "--ServerApp.root_dir=" + str(root),
        f"--LabApp.default_url=/lab/workspaces/{WORKSPACE}/tree/{START}",
        "--LabApp.workspaces_dir=" + str(workspaces),
        "--LabApp.news_url=None",  # nothing is fetched at run time
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--ServerApp.answer_yes=True",  # one Ctrl-C ends it, with no question
        "--Application.log_level=ERROR",  # the address, and nothing a student need not read
    ]
    return command + (["--allow-root"] if is_root else []) + list(extra)


def lab(root, extra):
    python = prepare(root, "lab")
    venv = root / ".venv"
    workspaces = venv / "workspaces"
    write_workspace(workspaces)
    quieten_kernel(venv)
    if port_taken(PORT) and not any("port" in option for option in extra):
        say(f"Port {PORT} is in use: JupyterLab takes the next free one by itself.")
    opening = "Starting JupyterLab" if "--no-browser" in extra else "Opening JupyterLab in your browser"
    say(opening + ". Leave this window open; press Ctrl-C here to end.")
    command = lab_command(python, root, workspaces, extra, is_root())
    return run_shown(command, root, child_environment(os.environ, venv))


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def run_shown(command, root, env):
    """Run a command that talks to the reader; return its exit code."""
    child = subprocess.Popen(command, cwd=str(root), env=env)
    with stopping(child):
        child.wait()
    return child.returncode


# ---------------------------------------------------------------- test, bench, check-data, describe-data, answer-key


def is_ci(environ):
    return environ.get("CI", "").lower() not in ("", "0", "false")


def browser_candidates(environ, platform):
    """Names and paths under which a Chromium may be found, in order."""
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"]
    if platform == "win32":
        places = [environ.get(v) for v in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        tails = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"]
        return [place + "\\" + tail for tail in tails for place in places if place]
    if platform == "darwin":
        apps = ["Google Chrome", "Chromium", "Microsoft Edge"]
        return [f"/Applications/{app}.app/Contents/MacOS/{app}" for app in apps] + names
    return names


def find_browser(environ, platform, which=shutil.which):
    """The path of a Chromium on this computer, or None."""
    wanted = environ.get("CHROMIUM")
    if wanted:
        found = which(wanted)
        if not found:
            raise Stop(f"The variable CHROMIUM names {wanted}, which cannot be started: correct or unset it.")
        return found
    return next((found for found in map(which, browser_candidates(environ, platform)) if found), None)


def install_browser(python, root, env):
    """Get a Chromium by the system's package manager where we may, else by the test tool; None on failure."""
    log = root / ".venv" / "browser.log"
    if is_root() and shutil.which("apt-get"):
        quiet = dict(env, DEBIAN_FRONTEND="noninteractive")
        get = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
        run_logged("Reading Debian's package list", ["apt-get", "update"], log, env=quiet)
        if run_logged("Installing Chromium from Debian", get, log, env=quiet) == 0:
            return shutil.which("chromium")
    fetch = [str(python), "-m", "playwright", "install", "chromium"]
    if run_logged("Fetching Chromium with Playwright", fetch, log, env=env):
        return None
    ask = "from playwright.sync_api import sync_playwright as start\n"
    ask += "with start() as p: print(p.chromium.executable_path)"
    return output_of([str(python), "-c", ask])


def no_browser(ci):
    """What to do without a Chromium: a failure in CI, else a plain line and the tests that need none."""
    advice = "install Chromium, Chrome or Edge, or set CHROMIUM to its path"
    if ci:
        raise Stop(f"No Chromium for the browser tests, and CI may not leave them out: {advice}.")
    say(f"No Chromium was found, so the browser tests are left out; to run them, {advice}.")
    return ["-m", "not browser"]


def test_environment(root):
    """Prepare for tests: (python, variables, extra pytest options)."""
    python = prepare(root, "test")
    env = child_environment(os.environ, root / ".venv")
    browser = find_browser(os.environ, sys.platform) or install_browser(python, root, env)
    if not browser:
        return python, env, no_browser(is_ci(os.environ))
    return python, dict(env, NINE_POINTS_CHROMIUM=browser), []


def test(root, extra):
    python, env, options = test_environment(root)
    lint = run_shown([str(python), "-m", "ruff", "check", "."], root, env)
    # Two processes: tests/conftest.py says which of them takes which tests.
    side_by_side = ["-n", "2"] if (os.cpu_count() or 1) > 1 else []
    tests = run_shown([str(python), "-m", "pytest"] + side_by_side + options + extra, root, env)
    return tests or lint


def bench(root, extra):
    python, env, _ = test_environment(root)
    return run_shown([str(python), "-m", "tests.bench"] + extra, root, env)


def check_data(root, extra):
    python = prepare(root, "lab")
    env = child_environment(os.environ, root / ".venv")
    return run_shown([str(python), "-m", "tools.check_data"] + extra, root, env)


def describe_data(root, extra):
    python = prepare(root, "lab")
    env = child_environment(os.environ, root / ".venv")
    return run_shown([str(python), "-m", "tools.data_dictionary"] + extra, root, env)


def answer_key(root, extra):
    python = prepare(root, "lab")
    env = child_environment(os.environ, root / ".venv")
    return run_shown([str(python), "-m", "tools.answer_key"] + extra, root, env)


# ---------------------------------------------------------------- binder-link, lock


def binder_badge(address, branch="HEAD"):
    """The Markdown of a badge that opens chapter 0 on mybinder.org."""
    match = re.match(r"^(?:https?://)?github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?$", address)
    if not match:
        raise Stop("Give the address as https://github.com/OWNER/REPOSITORY.")
    # doc/tree is JupyterLab with one document and the left bar closed.
    page = "doc/tree/" + START
    project = "/".join(match.groups())
    target = f"https://mybinder.org/v2/gh/{project}/{branch}?urlpath={page.replace('/', '%2F')}"
    return f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({target})"


def binder_link(root, extra):
    if not 1 <= len(extra) <= 2:
        raise Stop("Call it as: python run.py binder-link https://github.com/OWNER/REPOSITORY [BRANCH]")
    say(binder_badge(*extra))
    return 0


UV = "uv==0.13.9"  # the resolver that makes the locks; needed for nothing else
LOCK_HEADER = """\
# {what}
# Made from pyproject.toml by `python run.py lock`: change versions there, not here.
# One file for Linux, macOS and Windows, and for every Python from {oldest} to {newest}.
"""


def lock_header(what):
    return LOCK_HEADER.format(what=what, oldest=dotted(OLDEST), newest=dotted(NEWEST))


def lock(root, extra):
    python = prepare(root, None)
    env = child_environment(os.environ, root / ".venv")
    log = root / ".venv" / "setup.log"
    pip = [str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", UV]
    if run_logged("Installing the resolver", pip, log, env=env):
        raise Stop(explain_pip(read_tail(log), log))

    def resolve(*source):
        # No registry's address in the files: they must work behind any mirror.
        command = [str(python), "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--universal"]
        command += ["--python-version", dotted(OLDEST), "--no-emit-index-url", "--no-emit-find-links"]
        done = subprocess.run(command + list(source) + extra, cwd=str(root), env=env, stdout=subprocess.PIPE)
        if done.returncode:
            raise Stop("The resolver found no set of versions that fits; its own words are above.")
        return done.stdout.decode("utf-8")

    runtime, dev = root / "requirements.txt", root / "requirements-dev.txt"
    what = "The exact run-time environment, for pip, Binder and CI alike."
    pins = lock_header(what) + resolve("pyproject.toml")
    write_text(runtime, pins)  # uv takes no -e line among constraints: it is added at the end
    extras = resolve("--group", "dev", "-c", runtime.name)
    what = "What the tests need on top of requirements.txt."
    write_text(dev, lock_header(what) + "-r requirements.txt\n" + extras)
    write_text(runtime, pins + "# the pack itself, from this checkout\n-e .\n")
    say("requirements.txt and requirements-dev.txt are written.")
    return 0


# ---------------------------------------------------------------- main

COMMANDS = {
    "lab": lab,
    "test": test,
    "bench": bench,
    "check-data": check_data,
    "describe-data": describe_data,
    "answer-key": answer_key,
    "binder-link": binder_link,
    "lock": lock,
}


def parse(arguments):
    """(command, its own options). A lone -- only separates and is dropped once."""
    if not arguments:
        return "lab", []
    command, extra = arguments[0], list(arguments[1:])
    if command in ("-h", "--help", "help"):
        return "help", []
    if command not in COMMANDS:
        known = ", ".join(COMMANDS)
        options = "JupyterLab's options come after `lab --`"
        raise Stop(f"There is no command {command}: use one of {known}, or --help; {options}.")
    if extra and extra[0] == "--":
        extra = extra[1:]
    elif command == "lab" and extra:
        raise Stop("Put JupyterLab's own options after --, as in: python run.py lab -- " + " ".join(extra))
    return command, extra


def inside(prefix, venv):
    return pathlib.Path(prefix).resolve() == venv.resolve()


def hand_over(command):
    """Go on with another Python; return its exit code."""
    child = subprocess.Popen(command + [str(ROOT / "run.py")] + sys.argv[1:])
    with stopping(child, patience=15):
        child.wait()
    return child.returncode


def main(arguments):
    # `python -m venv` would otherwise rebuild the very environment it runs from.
    if python_fits(sys.version_info) and inside(sys.prefix, ROOT / ".venv"):
        return hand_over([sys._base_executable])
    command, extra = parse(arguments)
    if command == "help":
        say(__doc__.strip())
        return 0
    problem = python_problem(sys.version_info)
    if problem:
        other = find_other_python(other_pythons(os.name == "nt"))
        if not other:
            raise Stop(problem)
        say(f"This is Python {dotted(sys.version_info)}; going on with {' '.join(other)}.")
        return hand_over(other)
    return COMMANDS[command](ROOT, extra)


def on_terminate(number, frame):
    # A closed terminal or `kill` must not leave JupyterLab running.
    raise SystemExit(128 + number)


if __name__ == "__main__":
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), on_terminate)
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        say(str(stop))
        sys.exit(1)
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(INTERRUPTED)
