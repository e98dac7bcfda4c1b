"""What each mediator could bring: seven means, three tracks; after a guess what each of them lacked."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import grid, tables, theme
from utils.grid import Look
from utils.learning.predictions import Prediction
from utils.meetings import LANES, SAID, TRACKS
from utils.scenes import Card, Gate, Match, Scene
from utils.wording import count, listing, plain, wrapped

TOOLS = {
    "mandate": "a mandate given by both sides and an international body",
    "status": "texts of its own on status",
    "signatures": "texts that both leaders signed or agreed",
    "soldiers": "soldiers on the ground",
    "observers": "observers on the ground",
    "money": "money or technical help for links and border",
    "both_ears": "both leaders came when it called",
}
HAS = {
    "yes": Look("Y", "had it", theme.TEXT),
    "partly": Look("P", "in part, or for a time", theme.PAGE, "/"),
    "no": Look("N", "did not have it", theme.PAGE),
}
LABEL_LETTERS, LEGEND_ROWS, ROW = 30, 2, 40
HEIGHT = grid.HEAD + ROW * len(TOOLS) + 8 + grid.LEGEND_ROW * LEGEND_ROWS


def select_means(seen: str) -> pd.DataFrame:
    """Return which means each track had after the ceasefire of 2020, one row a pair; none before the guess.

    Columns: those of `mediator_tools`; `track`, `means`, `judged` (in words); `row`, `column`, `look`, `marked`, `key`, `hover`
    (see `grid.cells`).
    """
    rows = tables.load("mediator_tools")
    tools = list(TOOLS)
    rows = rows.assign(
        track=rows["track_id"].map(LANES),
        means=[TOOLS[one][0].upper() + TOOLS[one][1:] for one in rows["tool"]],
        judged=[HAS[one].name for one in rows["has"]],
        row=[tools.index(one) for one in rows["tool"]],
        column=[TRACKS.index(one) for one in rows["track_id"]],
        look=rows["has"],
        marked=False,
        key=rows["track_id"] + "/" + rows["tool"],
    )
    rows = rows.assign(hover=[f"{row.track}, {row.means}: {row.judged}. {row.told}" for row in rows.itertuples()])
    rows = rows.sort_values(["row", "column"]).reset_index(drop=True)
    return rows if seen else rows.head(0)


def means_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw a row for each means and a column for each track."""
    labels = [wrapped(name[0].upper() + name[1:], LABEL_LETTERS) for name in TOOLS.values()]
    return grid.drawn(grid.cells(rows, HAS), labels, [plain(LANES[one]) for one in TRACKS], LEGEND_ROWS)


def lacked(rows: pd.DataFrame, track: str) -> list[str]:
    """Return the means that a track did not have, as keys of `TOOLS`."""
    return rows[(rows["track_id"] == track) & (rows["has"] == "no")]["tool"].tolist()


def describe_means(rows: pd.DataFrame, seen: str, guess: tuple[str, ...]) -> str:
    """Count what each track had, hold the guess beside it, and say whether any had all."""
    if not seen:
        return "For each mediator, choose a means that it lacked, or skip the guess; then the table opens."
    sizes = pd.crosstab(rows["track_id"], rows["has"]).reindex(index=list(TRACKS), columns=list(HAS), fill_value=0)
    each = listing(
        f"{SAID[one]} had {_many(sizes['yes'][one])} in full and {_many(sizes['partly'][one])} in part"
        for one in TRACKS
    )
    full = [one for one in TRACKS if sizes["yes"][one] == len(TOOLS)]
    told = f"Of {count(len(TOOLS), 'means', 'means')}, {each}. "
    told += f"Only {listing(SAID[one] for one in full)} had all of them." if full else "No track had all."
    if seen == "skipped" or not any(guess):
        return told
    said = []
    for track, tool in zip(TRACKS, guess, strict=True):
        if not tool:
            continue
        has = rows.set_index(["track_id", "tool"]).at[(track, tool), "has"]
        said.append(f"{SAID[track]}, “{TOOLS[tool]}”: {HAS[has].name}")
    return f"{told} Your guess of what was lacking. {'; '.join(said)[0].upper()}{'; '.join(said)[1:]}."


def _many(size: int) -> str:
    return str(size) if size else "none"


def card(key: str) -> Card:
    """Return the card of a means of a track, such as "eu/money". Raise `KeyError` for an unknown one."""
    track_id, tool = key.split("/")
    row = tables.load("mediator_tools").set_index(["track_id", "tool"]).loc[(track_id, tool)]
    track = tables.load("tracks").set_index("track_id").loc[track_id]
    return Card(
        title=f"{LANES[track_id]}: {TOOLS[tool]}",
        facts=(
            ("Row", f"mediator_tools, {key}"),
            ("Our judgement", HAS[row["has"]].name),
            ("Mandate", track["mandate"]),
            ("Founded by", track["founding_document"]),
            ("Strong in", track["strengths"]),
            ("Limited by", track["limits"]),
        ),
        text=row["told"],
        source_ids=tuple(dict.fromkeys([*row["source_ids"], *track["source_ids"]])),
        confidence=row["confidence"],
        note=row["note"] if isinstance(row["note"], str) else "",
    )


def words(guess: tuple[str, ...]) -> str:
    """Return a guess of what each track lacked, as a reader would note it."""
    pairs = zip(TRACKS, guess, strict=True)
    return "; ".join(f"{LANES[track]}: {TOOLS[tool] if tool else 'no guess'}" for track, tool in pairs)


def means_of_mediators() -> Scene:
    """Seven means of mediators, and which track had them, after a guess."""
    return Scene(
        id="mediation-means",
        question="What could each mediator bring to the table, and what not?",
        rows=select_means,
        figure=means_figure,
        reading=describe_means,
        controls=(
            Match(
                "guess",
                "Your guess: what did each of them lack between the ceasefire of 2020 and the end of 2022?",
                items={LANES[one]: SAID[one][0].upper() + SAID[one][1:] for one in TRACKS},
                options=TOOLS,
            ),
            Gate("seen", "Show the means"),
        ),
        columns={
            "means": "Means",
            "track": "Track",
            "judged": "Our judgement",
            "told": "Reason",
            "confidence": "Confidence",
        },
        key="key",
        card=card,
        height=HEIGHT,
        note="From the ceasefire of 2020 to the end of 2022. Each cell is our judgement, with its reason: choose it, and the mandate, the "
        "strengths and the limits of the mediator open too. A means is not yet a success.",
    )


def prediction() -> Prediction:
    """The means with the reader's guess kept."""
    return Prediction(id="p04_means", scene=means_of_mediators(), guess="guess", gate="seen", words=words)
