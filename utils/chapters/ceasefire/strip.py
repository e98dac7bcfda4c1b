"""How each commitment stood at a date, and in whose eyes: the strip of all commitments over time."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils import commitments, grid, tables
from utils.chapters.ceasefire import standing
from utils.chapters.ceasefire.standing import CLASSES, OUTSIDE, PARTIES
from utils.learning.predictions import Prediction
from utils.scenes import Aside, Card, Choice, Column, Gate, Number, Panel, Scene, Statement, Step
from utils.wording import count, date_text, listing

BESIDE = "beside"  # all four assessors at one date
LEGEND_ROWS = 3
AFTER = "Written after the date:"  # how a remark of the table goes on with ids of sources


def assessors() -> dict[str, str]:
    """Return whose eyes a reader can choose."""
    parties = {one: f"What {standing.assessor(one)} claimed" for one in PARTIES}
    return {OUTSIDE: standing.assessor(OUTSIDE), **parties, BESIDE: "All four at the date"}


def days() -> dict[str, str]:
    """Return the days of judgement: "2022-12-31" to "31 December 2022"; those after the period are called a look ahead."""
    last = standing.last_of_period()
    return {f"{day:%Y-%m-%d}": date_text(day) + (" (a look ahead)" if day > last else "") for day in standing.dates()}


def day_before(as_of: str) -> pd.Timestamp | None:
    """Return the day of judgement before one, None for the first."""
    earlier = [day for day in standing.dates() if day < pd.Timestamp(as_of)]
    return max(earlier, default=None)


def select_status(seen: str, assessor: str, as_of: str) -> pd.DataFrame:
    """Return the judgements up to a day by an assessor or, side by side, by all four at that day; none before the guess.

    Columns: those of `commitment_status`; `point` (int), `commitment`, `title`; `whose` (assessor in words), `day`
    (as text), `class_name`; `row`, `column` (int: the cell), `look` (the status), `marked` (bool: changed since the
    day before or, in a party's words, another class than our third-party reading at that day), `key`, `hover`.
    """
    rows = tables.load("commitment_status")
    chosen = pd.Timestamp(as_of)
    if not seen:
        rows = rows.head(0)
    elif assessor == BESIDE:
        rows = rows[rows["as_of"] == chosen]
    else:
        rows = rows[(rows["assessor"] == assessor) & (rows["as_of"] <= chosen)]
    order = commitments.owed().reset_index(names="row")[["commitment_id", "row", "point", "commitment", "title"]]
    rows = rows.merge(order, on="commitment_id")
    place = [OUTSIDE, *PARTIES].index if assessor == BESIDE else standing.dates().index
    rows = rows.assign(
        column=[place(one) for one in rows["assessor" if assessor == BESIDE else "as_of"]],
        look=rows["status"],
        class_name=[CLASSES[one].name for one in rows["status"]],
        whose=[standing.assessor(one) for one in rows["assessor"]],
        day=[date_text(one) for one in rows["as_of"]],
        key=[f"{row.commitment_id}/{row.as_of:%Y-%m-%d}/{row.assessor}" for row in rows.itertuples()],
    )
    outside = {day: standing.at(day).to_dict() for day in standing.dates()}
    rows = rows.assign(
        marked=[_marked(row, chosen, outside, assessor) for row in rows.itertuples()],
        hover=[f"{row.title}, {row.day}, {row.whose}: {row.class_name}" for row in rows.itertuples()],
    )
    return rows.sort_values(["row", "column"]).reset_index(drop=True)


def _marked(row, chosen: pd.Timestamp, outside: dict[pd.Timestamp, dict[str, str]], view: str) -> bool:
    """Say whether a judgement is outlined, given our third-party readings by day: see `select_status`."""
    if row.assessor != OUTSIDE:
        return outside[row.as_of][row.commitment_id] != row.status
    earlier = [day for day in outside if day < chosen]
    changed = bool(earlier) and outside[max(earlier)][row.commitment_id] != row.status
    return view == OUTSIDE and row.as_of == chosen and changed


def strip_figure(rows: pd.DataFrame, seen: str, assessor: str, as_of: str) -> go.Figure | None:
    """Draw a row for each commitment and a column for each day, or for each assessor; nothing before the guess."""
    if not seen:
        return None
    order = commitments.owed()
    labels = [f"{row.point}  {row.title}" for row in order.itertuples()]
    starts = [place for place, new in enumerate(order["point"] != order["point"].shift()) if new and place]
    columns = _columns(assessor, as_of)
    return grid.drawn(grid.cells(rows, CLASSES), labels, columns, LEGEND_ROWS, shapes=grid.rules_between(starts))


def _columns(assessor: str, as_of: str) -> list[str]:
    """Return the columns' names. Days after the period have a column only when one of them is chosen."""
    if assessor == BESIDE:
        return ["Our<br>reading", *(standing.assessor(one) for one in PARTIES)]
    last = max(standing.last_of_period(), pd.Timestamp(as_of))
    shown = standing.dates() if last > standing.last_of_period() else [day for day in standing.dates() if day <= last]
    chosen = pd.Timestamp(as_of)
    names = {day: f"{day.day} {day:%b}<br>{day:%Y}" for day in shown}
    return [f"<b>{name}</b>" if day == chosen else name for day, name in names.items()]


# ---- words -------------------------------------------------------------------------------------------------


def describe_strip(rows: pd.DataFrame, guess: int, seen: str, assessor: str, as_of: str) -> str:
    """Before: ask. After: count the classes at the day, beside the guess, and say what changed or where views part."""
    if not seen:
        return "Guess first. The strip opens when you have guessed, or skipped."
    if assessor == OUTSIDE:
        return f"{_told_of_outside(as_of)} {_told_of_guess(guess, seen, as_of)}{changes(as_of)}"
    if assessor == BESIDE:
        return _told_of_all(as_of)
    return _told_of_party(assessor, as_of)


def _told_of_outside(as_of: str) -> str:
    classes = standing.at(pd.Timestamp(as_of))
    return (
        f"{days()[as_of]}: of {standing.told(len(classes))}, our third-party reading has {standing.counted(classes)}."
    )


def _told_of_guess(guess: int, seen: str, as_of: str) -> str:
    day = standing.last_of_period()
    when = "Fully carried out" if day == pd.Timestamp(as_of) else f"Fully carried out at {date_text(day)}"
    told = f"{when}, on time or late: {standing.carried_out(standing.at(day))}"
    return f"{told}; your guess was {guess}. " if seen == "answered" else f"{told}. "


def changes(as_of: str) -> str:
    """Say which commitments changed their class since the day of judgement before, by the class that they went to."""
    before = day_before(as_of)
    if before is None:
        return "This is the first day at which we judge; choose a later one to see what changed."
    old, new = standing.at(before), standing.at(pd.Timestamp(as_of))
    titles = commitments.owed().set_index("commitment_id")["title"]
    moved = [one for one in titles.index if old[one] != new[one]]
    if not moved:
        return f"Nothing changed since {date_text(before)}."
    groups = (
        f"now {look.name}: {listing(titles[one] for one in moved if new[one] == status)}"
        for status, look in CLASSES.items()
        if any(new[one] == status for one in moved)
    )
    return f"Since {date_text(before)} {standing.told(len(moved))} changed, {'; '.join(groups)}."


def _told_of_party(party: str, as_of: str) -> str:
    day = pd.Timestamp(as_of)
    said, outside = standing.at(day, party), standing.at(day)
    name = standing.assessor(party)
    if said.empty:
        return f"{days()[as_of]}: we found no statement by which {name} could be given a class. Choose another date."
    apart = said[said != outside[said.index]]
    titles = commitments.owed().set_index("commitment_id")["title"]
    told = (
        f"{days()[as_of]}: what {name}'s officials said gives a class to {len(said)} of {standing.told(len(outside))}: "
        f"{standing.counted(said)}. "
    )
    if apart.empty:
        return f"{told}No class differs from our third-party reading."
    differing = (
        f"{titles[one]} ({CLASSES[status].name}, not {CLASSES[outside[one]].name})" for one, status in apart.items()
    )
    return f"{told}{count(len(apart), 'class', 'classes').capitalize()} differ from our third-party reading: {listing(differing)}."


def parted(as_of: str) -> list[str]:
    """Return the commitments to which Armenia's and Azerbaijan's officials gave different classes for a day."""
    one, other = (standing.at(pd.Timestamp(as_of), side) for side in PARTIES[:2])
    both = [name for name in commitments.owed()["commitment_id"] if name in one.index and name in other.index]
    return [name for name in both if one[name] != other[name]]


def _told_of_all(as_of: str) -> str:
    day = pd.Timestamp(as_of)
    said = {party: standing.at(day, party) for party in PARTIES}
    spoke = listing(f"{standing.assessor(party)} on {len(some) or 'none'}" for party, some in said.items())
    told = f"{days()[as_of]}: of {standing.told(len(standing.at(day)))}, we found words of {spoke}."
    both = set(said["armenia"].index) & set(said["azerbaijan"].index)
    if not both:
        return f"{told} On none of them did we find words of both Armenia and Azerbaijan."
    titles = commitments.owed().set_index("commitment_id")["title"]
    apart = parted(as_of)
    names = f": {listing(titles[one] for one in apart)}" if apart else ""
    return f"{told} Armenia and Azerbaijan both spoke of {len(both)}, and differ on {len(apart) or 'none'}{names}."


def rules(rows: pd.DataFrame, seen: str, assessor: str) -> Aside:
    """Return how a class is chosen, beside the strip: our rules, or what a party's class is."""
    if not seen:
        return Aside(
            "Before you guess", empty="Fully carried out means: done, on the day or later, and not in dispute."
        )
    if assessor == OUTSIDE:
        items = (f"{look.letter}, {look.name}: {standing.RULES[one]}" for one, look in CLASSES.items())
        return Aside("How we choose a class", (*items, "An outline marks what changed since the date before."))
    return Aside(
        "Whose words these are",
        (
            "A party's class is what its officials said, on or for that date, put into the same eight classes by us.",
            "An empty cell means that we found no such statement. It does not mean that there was none, or that a party agreed.",
            "An outline marks a class other than that of our third-party reading.",
            "A party that says another one broke a promise is a claim, not a finding. Choose a cell to read it.",
        ),
    )


# ---- cards -------------------------------------------------------------------------------------------------


def card(key: str) -> Card:
    """Return the card of a judgement, such as "p4_term/2022-12-31/third_party". Raise `KeyError` for an unknown one."""
    commitment_id, as_of, assessor = key.split("/")
    status = tables.load("commitment_status")
    status = status[(status["commitment_id"] == commitment_id) & (status["as_of"] == pd.Timestamp(as_of))]
    row = status.set_index("assessor").loc[assessor]
    promised = commitments.card(commitment_id)
    facts = (
        ("Row", f"commitment_status, {key}"),
        ("Class", CLASSES[row["status"]].name),
        ("Whose judgement", standing.assessor(assessor)),
        ("Rests on", row["assessed_by"]),
        *(fact for fact in promised.facts if fact[0] != "Row"),
    )
    return Card(
        title=f"{promised.title}: {CLASSES[row['status']].name}",
        date=f"as of {date_text(row['as_of'])}",
        facts=facts,
        text=row["finding"],
        panels=(_claims(status),) if status["assessor"].isin(PARTIES).any() else (),
        source_ids=row["source_ids"],
        confidence=row["confidence"],
        note=_note(row),
    )


def _note(row: pd.Series) -> str:
    """Return the row's remark, with the sources that were written after the date named as readers know them."""
    remark = row["note"].partition(AFTER)[0] if isinstance(row["note"], str) else ""
    sources = tables.load("sources").set_index("source_id").loc[list(row["source_ids"])]
    later = sources[sources["published"].fillna("") > f"{row['as_of']:%Y-%m-%d}"]
    if later.empty:
        return remark.strip()
    told = listing(f"{one.publisher} ({date_text(one.published)})" for one in later.itertuples())
    return f"{remark} Written after the date, so that a reader on that day could not know it: {told}.".strip()


def _claims(status: pd.DataFrame) -> Panel:
    """Return what the signatories claimed of a commitment for a day, side by side."""

    def column(party: str) -> Column:
        some = status[status["assessor"] == party]
        said = (
            Statement(
                f"{row.finding} (We class this as “{CLASSES[row.status].name}”.)",
                row.assessed_by,
                source_ids=row.source_ids,
                confidence=row.confidence,
            )
            for row in some.itertuples()
        )
        return Column(standing.assessor(party), tuple(said) or (Statement("We found no statement for this date."),))

    russia = column("russia") if (status["assessor"] == "russia").any() else None
    return Panel("What the signatories claimed", column("armenia"), column("azerbaijan"), below=russia)


def status_strip() -> Scene:
    """All commitments at the days of judgement, in the eyes of a third party, of each signatory, or of all four."""
    total = len(commitments.owed())
    return Scene(
        id="ceasefire-strip",
        question=f"How many of the {total} commitments had been carried out by the end of 2022?",
        rows=select_status,
        figure=strip_figure,
        reading=describe_strip,
        aside=rules,
        controls=(
            Number("guess", f"Your guess, of {total}", first=0, last=total, value=total // 2, unit="carried out"),
            Gate("seen", "Open the strip", skip_label="Skip the guess"),
            Choice("assessor", "Whose judgement", assessors()),
            Step("as_of", "Date", days(), value=f"{standing.last_of_period():%Y-%m-%d}"),
        ),
        columns={
            "title": "Commitment",
            "point": "Point",
            "day": "As of",
            "whose": "Whose judgement",
            "class_name": "Class",
            "finding": "What it rests on",
            "assessed_by": "Reported or said by",
            "confidence": "Confidence",
        },
        key="key",
        card=card,
        height=grid.height(total, LEGEND_ROWS),
        note="Each class is a judgement at a date, and names whose it is; none is a legal finding. “Breached” does not say "
        "by whom: the finding does. Choose a cell to read what it rests on.",
    )


def prediction() -> Prediction:
    """The strip with the reader's guess kept."""
    return Prediction(
        id="p03_kept",
        scene=status_strip(),
        guess="guess",
        gate="seen",
        words=lambda guess: f"{guess} of {len(commitments.owed())}",
    )
