"""Chapter 0, Start here: the map of the chapters, the check of the set-up, and a first small scene."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from utils import tables, theme
from utils.scenes import Choice, Scene
from utils.wording import count, listing, number

DISTRIBUTION = "nine-points-three-tracks"


@dataclass(frozen=True)
class Chapter:
    """One notebook: file name without ending, title, question, minutes for a self-learner."""

    notebook: str
    title: str
    question: str
    minutes: int


CHAPTERS = (
    Chapter("00_start_here", "Start here", "How can I study a conflict whose facts are disputed?", 10),
    Chapter(
        "01_truce_to_war", "From truce to war", "Why did a truce without peace last so long, and why did it break?", 50
    ),
    Chapter("02_war_of_2020", "The war of 2020", "What happened in the war of autumn 2020, and how do we know?", 45),
    Chapter("03_nine_points", "The nine points", "What was promised on 10 November 2020, and what was kept?", 55),
    Chapter("04_three_tracks", "Three tracks", "Who mediated, why, and did it matter that there were three?", 40),
    Chapter(
        "05_two_sticking_points", "Two sticking points", "Under “status” and “corridor”, what did each side need?", 45
    ),
    Chapter(
        "06_ukraine_factor", "The Ukraine factor", "Did Moscow's fortunes in Ukraine drive the escalation of 2022?", 60
    ),
    Chapter("07_armenias_dilemmas", "Armenia's dilemmas", "What would you have advised in September 2022?", 35),
    Chapter("08_negotiating_table", "The negotiating table", "Could a deal have been struck?", 50),
    Chapter("09_capstone", "Your own answer", "What is your own answer, and how sure are you?", 60),
    Chapter("10_after_2022", "After 2022", "How do the judgements of 2022 look now?", 30),
)


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
    lines = ["| Chapter | Question | Minutes |", "| --- | --- | ---: |"]
    for chapter in here:
        lines.append(f"| [{chapter.title}]({chapter.notebook}.ipynb) | {chapter.question} | {chapter.minutes} |")
    later = [chapter.title for chapter in CHAPTERS if chapter not in here]
    if later:
        lines += ["", f"In preparation: {listing(later)}."]
    return Note("\n".join(lines))


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


# ---- a first scene ----------------------------------------------------------------------------------------------

MEASURES = {"rows": "How many rows", "two": "Share of rows seen in two pages"}


def select_tables() -> pd.DataFrame:
    """Return one row a table whose rows cite sources: `table` (title), `rows` (int), `two` (percent seen twice)."""
    loaded = ((name, tables.load(name)) for name in tables.names())
    cited = [
        (tables.title(name), len(table), (table["confidence"] == "two").mean() * 100)
        for name, table in loaded
        if "confidence" in table
    ]
    return pd.DataFrame(cited, columns=["table", "rows", "two"]).sort_values("rows", ascending=False)


def tables_figure(rows: pd.DataFrame, measure: str) -> go.Figure:
    """Draw one bar a table."""
    values = rows.sort_values(measure)
    unit = "rows" if measure == "rows" else "percent of rows"
    figure = go.Figure()
    figure.add_bar(
        x=values[measure],
        y=values["table"],
        orientation="h",
        marker_color=theme.NEUTRAL.light,
        text=[number(value) for value in values[measure]],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x:,.0f} " + unit + "<extra></extra>",
    )
    figure.update_xaxes(title_text=unit, rangemode="tozero")
    return figure.update_yaxes(ticksuffix=" ")


def describe_tables(rows: pd.DataFrame, measure: str) -> str:
    """Name the size of the whole and its ends by the measure shown."""
    if measure == "rows":
        return f"{count(len(rows), 'table')} hold {number(rows['rows'].sum())} rows; every row names its sources."
    best, worst = rows.loc[rows["two"].idxmax()], rows.loc[rows["two"].idxmin()]
    share = (rows["two"] * rows["rows"]).sum() / rows["rows"].sum()
    return (
        f"{number(share)} percent of all rows were seen in two pages or more. Coverage is uneven: in “{best['table']}” {number(best['two'])} percent of the rows were seen in two pages, "
        f"in “{worst['table']}” {number(worst['two'])} percent."
    )


def in_the_pack() -> Scene:
    """What is in the pack: rows a table, and how many of them were seen in two pages."""
    return Scene(
        id="start-tables",
        question="What is in this pack, and how well is it confirmed?",
        rows=select_tables,
        figure=tables_figure,
        reading=describe_tables,
        controls=(Choice("measure", "Show", MEASURES),),
        columns={"table": "Table", "rows": "Rows", "two": "Percent of rows seen in two pages"},
        height=400,
    )
