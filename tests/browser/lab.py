"""A real JupyterLab in a real browser with the network cut: start it, open a notebook, run all, read what is there."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError

ROOT = Path(__file__).parents[2]
LOCAL = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:|about:")
# --no-sandbox: Chromium refuses to start as root without it. The others keep the browser itself off the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
IDLE = """() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.sessionContext?.isReady && panel.sessionContext.session?.kernel?.status === "idle";
}"""


def chromium() -> str | None:
    """Return the path of a Chromium: the one that run.py found, or one of the system."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("NINE_POINTS_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _stop(server: subprocess.Popen) -> None:
    """End the server with all its kernels."""
    if os.name == "nt":
        server.kill()
        return
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
            return


@contextlib.contextmanager
def lab(folder: Path):
    """Serve a folder with JupyterLab and yield the address."""
    port = _free_port()
    state = Path(tempfile.mkdtemp())
    homes = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython"}
    environment = os.environ | {name: str(state / sub) for name, sub in homes.items()}
    environment["PYTHONPATH"] = str(ROOT)
    settings = state / "config" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}  # the news prompt would cover the notebook
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.root_dir": folder,
        "IdentityProvider.token": "",
        "ServerApp.password": "",
        "ServerApp.disable_check_xsrf": True,
        "ServerApp.open_browser": False,
        "LabApp.expose_app_in_browser": True,
        "LabApp.extension_manager": "readonly",
    }
    with open(state / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--allow-root",
                *(f"--{name}={value}" for name, value in options.items()),
            ],
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(address, server, state / "log")
        yield address
    finally:
        _stop(server)
        shutil.rmtree(state, ignore_errors=True)


def _wait_until_it_answers(address: str, server: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address + "/api/status", timeout=1)
            return
        time.sleep(0.1)
    raise RuntimeError("JupyterLab did not start:\n" + log.read_text(encoding="utf-8")[-2000:])


class Browser:
    """One page of a Chromium that reaches this machine only.

    Attributes
    ----------
    page : playwright Page
    console : list of str
        Errors that the page wrote to its console, or threw.
    outside : list of str
        Requests for anything but this machine; each was refused.
    received : int
        Characters and bytes that came over web sockets.
    """

    def __init__(self, playwright, width: int = 1280, height: int = 900, dark: bool = False):
        self.dark = dark
        self._browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        self.page = self._browser.new_page(viewport={"width": width, "height": height}, accept_downloads=True)
        self.console: list[str] = []
        self.outside: list[str] = []
        self.received = 0
        self.page.route("**/*", self._pass_or_refuse)
        self.page.on("console", lambda said: self.console.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda problem: self.console.append(str(problem)))
        self.page.on("websocket", lambda wire: wire.on("framereceived", self._count))

    def _pass_or_refuse(self, route) -> None:
        if LOCAL.match(route.request.url):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _count(self, frame) -> None:
        self.received += len(frame)

    def open(self, address: str, notebook: str) -> None:
        """Open a notebook alone in its window and wait for its kernel."""
        self.page.goto(f"{address}/doc/tree/{notebook}?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
        self.page.wait_for_function(IDLE, timeout=90_000)
        self.theme(self.dark)  # the server remembers the last one, whoever chose it

    def theme(self, dark: bool) -> None:
        """Choose JupyterLab's dark or light theme and wait until the page wears it."""
        self.command("apputils:change-theme", theme=f"JupyterLab {'Dark' if dark else 'Light'}")
        worn = f"() => document.body.dataset.jpThemeLight === '{str(not dark).lower()}'"
        self.page.wait_for_function(worn, timeout=30_000)

    def forget(self) -> None:
        """Begin anew on a page that was used before: the theme, the errors told, what came over the wire."""
        self.console.clear()
        self.outside.clear()
        self.received = 0
        self.theme(self.dark)

    def command(self, name: str, **arguments) -> None:
        """Execute one of JupyterLab's commands."""
        self.page.evaluate("([name, args]) => { window.jupyterapp.commands.execute(name, args); }", [name, arguments])

    def run_all(self, seconds: float = 90) -> None:
        """Run all cells, bringing each into view (JupyterLab draws only what is near), until all charts are drawn."""
        self.page.set_default_timeout(30_000)
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")  # awaits the last cell
        self.page.wait_for_function(IDLE, timeout=seconds * 1000)
        cells = self.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.widgets.length")
        for i in range(cells):
            self.page.evaluate(
                "async i => { const c = window.jupyterapp.shell.currentWidget.content; await c.scrollToItem(i); }", i
            )
            self.page.wait_for_timeout(25)
        self.settle(seconds)

    def settle(self, seconds: float = 90) -> None:
        """Wait until every open chart is drawn and the kernel has nothing to do."""
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.npt-chart:not([hidden])')].every(c => c.querySelector('.main-svg'))",
            timeout=seconds * 1000,
        )
        self.page.wait_for_function(IDLE, timeout=seconds * 1000)

    def restart_and_run_all(self) -> None:
        """Restart the kernel and run all cells. A kernel that died is first let come back by itself.

        Two restarts at once can leave JupyterLab waiting for an answer that never comes.
        """
        self.page.wait_for_timeout(1500)
        self.page.wait_for_function(IDLE, timeout=60_000)
        self.page.evaluate("() => { window.jupyterapp.shell.currentWidget.sessionContext.restartKernel(); }")
        self.page.wait_for_timeout(1500)
        self.page.wait_for_function(IDLE, timeout=60_000)
        self.run_all()

    def lay_out_all(self) -> None:
        """Have the browser lay out all cells: JupyterLab leaves out those that are off the screen."""
        self.page.add_style_tag(content=".jp-Notebook .jp-Cell { content-visibility: visible !important; }")

    def at_rest(self, place):
        """Return what `place()` says once it says the same twice: JupyterLab may still lay out the cells above."""
        before = None
        for _ in range(50):
            now = place()
            if now == before:
                return now
            before = now
            self.page.wait_for_timeout(200)
        raise AssertionError(f"The page does not come to rest: {now}.")

    def click_spot(self, spot) -> None:
        """Click where `spot()` says, in pixels.

        The pointer rests there for a moment, as a hand's does: Plotly takes no click on a mark that it was not shown.
        """
        now = self.at_rest(spot)
        self.page.mouse.move(*now)
        self.page.wait_for_timeout(100)
        self.page.mouse.click(*now)

    def scene(self, heading: str):
        """Return the widget with a heading that holds some text: a scene, "My work" or a set of tasks."""
        scene = self.page.locator(".npt-scene").filter(has=self.page.get_by_role("heading", level=3, name=heading))
        scene.scroll_into_view_if_needed()
        return scene

    def task(self, prompt: str):
        """Return the task with a prompt."""
        task = self.page.locator(".npt-task").filter(has=self.page.get_by_role("heading", level=3, name=prompt))
        task.scroll_into_view_if_needed()
        return task

    def errors(self) -> list[str]:
        """Return every error that the notebook shows: in an output area, or as a scene's sentence."""
        return self.page.evaluate("""() => [
            ...document.querySelectorAll('.jp-RenderedText[data-mime-type*="stderr"], [data-mime-type*="error"]'),
            ...[...document.querySelectorAll(".npt-alert")].filter(e => e.textContent.trim()),
        ].map(e => e.textContent.slice(0, 300))""")

    def close(self) -> None:
        """End the notebook's kernel, so that the next one to open it begins afresh, and close the browser."""
        end = """() => Promise.race([window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown(),
                                     new Promise(done => setTimeout(done, 5000))])"""
        with contextlib.suppress(PlaywrightError):  # a page that is gone has no kernel to end
            self.page.evaluate(end)
        self._browser.close()
