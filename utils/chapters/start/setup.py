"""The map of the chapters, where the reader left off, and the check of the set-up."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from utils.chapters.contents import CHAPTERS
from utils.learning import logbook, portfolio
from utils.wording import count, date_text, listing

DISTRIBUTION = "nine-points-three-tracks"


@dataclass(frozen=True)
class Note:
    """Text that a notebook shows as Markdown, and a terminal as it stands."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


def chapter_map(folder: Path | str = ".") -> Note:
    """Return the chapters as a table: a link, question and minutes for each notebook that lies in the folder."""
    here = [chapter for chapter in CHAPTERS if (Path(folder) / f"{chapter.notebook}.ipynb").exists()]
    done = Counter(entry.chapter for entry in {entry.id: entry for entry in logbook.entries()}.values())
    lines = ["| Chapter | Question | Minutes | Your answers |", "| --- | --- | ---: | ---: |"]
    for chapter in here:
        link = f"[{chapter.title}]({chapter.notebook}.ipynb)"
        mine = done[chapter.notebook[:2]] or "none yet"
        lines.append(f"| {link} | {chapter.question} | {chapter.minutes} | {mine} |")
    later = [chapter.title for chapter in CHAPTERS if chapter not in here]
    if later:
        lines += ["", f"In preparation: {listing(later)}."]
    return Note("\n".join(lines))


def go_on() -> Note:
    """Return a line that leads back to where the reader left off, and what the machine may forget."""
    entry = portfolio.place_left()
    lines = [f"**{sentence}**" for sentence in portfolio.reminders()]
    chapter = next((one for one in CHAPTERS if entry and one.notebook.startswith(entry.chapter or "-")), None)
    if chapter is None:
        return Note("\n\n".join([*lines, "You have not answered anything yet: read on."]))
    when = date_text(datetime.fromisoformat(entry.time))
    done = count(len({one.id for one in logbook.entries()}), "answer")
    return Note(
        "\n\n".join(
            [
                *lines,
                f"Welcome back. You gave {done} so far; the last one, on {when}, in [{chapter.title}]({chapter.notebook}.ipynb).",
            ]
        )
    )


# ---- the set-up ------------------------------------------------------------------------------------------------

SHOWN = ("jupyterlab", "ipywidgets", "anywidget", "plotly", "pandas")


def _pinned() -> dict[str, str]:
    """Return the version of each package that this pack was tested with, as its own description pins them."""
    try:
        required = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return {}
    return dict(one.split(";")[0].strip().split("==") for one in required if "==" in one and "extra" not in one)


def _found(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def check_setup() -> Note:
    """Return the versions found, each beside the tested one, and a verdict in words."""
    pinned = _pinned()
    found = {package: _found(package) for package in SHOWN}
    lines = ["| Package | Found | Tested with |", "| --- | --- | --- |"]
    lines.append(f"| Python | {sys.version.split()[0]} | 3.11 or newer |")
    lines += [f"| {package} | {found[package] or 'missing'} | {pinned.get(package, '?')} |" for package in SHOWN]
    return Note("\n".join([*lines, "", verdict(found, pinned)]))


def verdict(found: dict[str, str], pinned: dict[str, str]) -> str:
    """Say in words whether the packages are those that the pack was tested with, and what to do if not."""
    missing = [package for package, version in found.items() if not version]
    if missing:
        return (
            f"**Missing here: {listing(missing)}.** The notebook runs in another Python than the one that was set up. "
            "Close JupyterLab and start it with `python run.py lab`, or choose the right kernel in the menu *Kernel*."
        )
    if not pinned:
        return "**The versions could not be compared:** the pack itself is not installed. `python run.py lab` does it."
    other = [f"{package} {version}" for package, version in found.items() if pinned.get(package, version) != version]
    if other:
        return (
            f"**Other versions than tested: {listing(other)}.** If the scene below appears, go on; if not, start with "
            "`python run.py lab`, which installs the tested ones in a folder of their own."
        )
    return "**All packages are the tested ones.**"
