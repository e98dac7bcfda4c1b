"""Write docs/DATA.md from the tables: `python run.py describe-data`. A test says when it is out of date.

The prose stands in tools/DATA.template.md; everything that could become false when a CSV changes is computed here.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from string import Template

import pandas as pd

from tools import data_rules
from utils import tables, verdicts
from utils.citations import CONFIDENCE, PERSPECTIVES
from utils.wording import date_text, listing

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "tools" / "DATA.template.md"
PAGE = ROOT / "docs" / "DATA.md"
COMMON = ("note", "source_ids", "confidence")  # explained once, above the tables
SERIES = ("deaths_monthly", "deaths_yearly", "ukraine_monthly", "macro")  # taken whole from open datasets
OFFICIAL = {"armenia": "armenian_official", "azerbaijan": "azerbaijani_official"}


def page() -> str:
    """Return docs/DATA.md as it should be for the tables of `tables.folder()`."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        overview=overview(),
        perspectives=perspectives(),
        contested=contested_summary(),
        lacking=lacking_list(),
        rules="\n".join(f"- {rule.__doc__.splitlines()[0]}" for rule in data_rules.RULES),
        confidence=_list(CONFIDENCE),
        equal_space=data_rules.EQUAL_SPACE,
        words=", ".join(verdicts.word_list()),
        dates=listing([date_text(f"{day:%Y-%m-%d}") for day in sorted(set(tables.load("commitment_status")["as_of"]))]),
        common=_table(["column", "meaning"], ((one.name, one.meaning) for one in _common_fields())),
        dictionary="\n\n".join(entry(name) for name in tables.names()),
    )


def main() -> int:
    """Write the page, or say why the tables cannot be described. Return the exit code."""
    try:
        text = page()
    except tables.TableError as error:
        print(error, file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(f"docs/DATA.md describes {len(tables.names())} tables.")
    return 0


# ---------------------------------------------------------------- what is measured


def sources_of_rows(name: str) -> pd.Series:
    """Return the source ids of each row of a table (tuples), those of the row that it belongs to where it has none."""
    rows, origin = tables.load(name), tables.schema(name).sources_from
    if name == "sources" or not tables.schema(name).holds_facts:
        return pd.Series([()] * len(rows))
    if origin is None:
        return rows["source_ids"]
    parents = tables.load(origin[1])
    return rows[origin[0]].map(dict(zip(parents[origin[0]], parents["source_ids"], strict=True)))


def share_with_two(names: Iterable[str]) -> float:
    """Return the share of rows of the tables that rest on two sources or more."""
    counts = pd.concat([sources_of_rows(name).map(len) for name in names])
    return float((counts >= 2).mean())


def voices(cited: Iterable[Iterable[str]]) -> Counter[str]:
    """Return how often rows cite a source of each perspective."""
    perspective = _perspective()
    return Counter(perspective[one] for ids in cited for one in ids)


def contested_rows() -> pd.DataFrame:
    """Return the rows on which the two sides differ.

    Contested events with their accounts, contested links, the nine points with their readings, and flare-ups.

    Returns
    -------
    pandas.DataFrame
        Columns `table`, `row` (its id), `importance` (1 to 3; the points count as 1, links and flare-ups as 2)
        and `source_ids` (tuple): what the row and its accounts cite, each source once.
    """
    events = tables.load("events")
    told = tables.load("event_accounts").groupby("event_id")["source_ids"].sum()
    read = tables.load("ceasefire_readings").groupby("point")["source_ids"].sum()
    found = [
        ("events", row.event_id, row.importance, row.source_ids + told.get(row.event_id, ()))
        for row in events[events["contested"]].itertuples()
    ]
    found += [
        ("ceasefire_points", f"point {row.point}", 1, row.source_ids + read.get(row.point, ()))
        for row in tables.load("ceasefire_points").itertuples()
    ]
    links = tables.load("transport_links")
    found += [("transport_links", row.link_id, 2, row.source_ids) for row in links[links["contested"]].itertuples()]
    found += [("flareups", row.flareup_id, 2, row.source_ids) for row in tables.load("flareups").itertuples()]
    rows = pd.DataFrame(found, columns=["table", "row", "importance", "source_ids"])
    return rows.assign(source_ids=rows["source_ids"].map(lambda ids: tuple(dict.fromkeys(ids))))


def lacking() -> pd.DataFrame:
    """Return the contested rows without an official source of a side: those of `contested_rows`, and `side`."""
    rows, perspective = contested_rows(), _perspective()
    has = {
        side: rows["source_ids"].map(lambda ids, voice=voice: any(perspective[one] == voice for one in ids))
        for side, voice in OFFICIAL.items()
    }
    return pd.concat([rows[~found].assign(side=side) for side, found in has.items()]).sort_values(
        ["importance", "table", "row", "side"]
    )


def balance() -> float:
    """Return how many Armenian official sources the contested rows cite for each Azerbaijani official one."""
    count = voices(contested_rows()["source_ids"])
    return count[OFFICIAL["armenia"]] / count[OFFICIAL["azerbaijan"]]


# ---------------------------------------------------------------- how it is told


def overview() -> str:
    """Return one line a table: rows, what it holds, how well its rows are sourced, licence."""
    every = [name for name in tables.names() if name != "sources" and tables.schema(name).holds_facts]
    by_hand = [name for name in every if name not in SERIES]
    heads = ["table", "what it holds", "rows", "two sources", "confidence two", "licence"]
    lines = [_line(name) for name in tables.names()]
    sums = [(label, "", *_sourcing(names), "") for label, names in (("all but sources", every), ("by hand", by_hand))]
    return _table(heads, [*lines, *sums])


def _line(name: str) -> tuple[str, ...]:
    about = tables.schema(name)
    rows, two, sure = _sourcing([name])
    if about.sources_from:
        two, sure = f"{two} (of its {about.sources_from[1]})", ""
    elif name == "sources" or not about.holds_facts:
        two = sure = ""
    return f"[{name}](#{name})", about.title, rows, two, sure, ", ".join(about.licences)


def _sourcing(names: list[str]) -> tuple[str, str, str]:
    """Return the rows of the tables, the share with two sources, and the share with confidence two."""
    frames = [tables.load(name) for name in names]
    sure = [rows["confidence"] == "two" for rows in frames if "confidence" in rows]
    sure = _percent(float(pd.concat(sure).mean())) if sure else ""
    return f"{sum(map(len, frames)):,}", _percent(share_with_two(names)), sure


def perspectives() -> str:
    """Return how many sources there are of each perspective, and how often they are cited."""
    held = tables.load("sources")["perspective"].value_counts()
    cited = voices(ids for name in data_rules.sourced_tables() for ids in tables.load(name)["source_ids"])
    contested = voices(contested_rows()["source_ids"])
    rows = [
        (voice, words, held.get(voice, 0), f"{cited[voice]:,}", contested[voice])
        for voice, words in PERSPECTIVES.items()
    ]
    return _table(["perspective", "meaning", "sources", "cited by rows", "cited by contested rows"], rows)


def contested_summary() -> str:
    """Return the balance over contested rows in two sentences."""
    rows, missing = contested_rows(), lacking()
    count = voices(rows["source_ids"])
    both = len(rows) - missing["row"].nunique()
    return (
        f"The package holds {len(rows)} rows on which the sides differ: contested events and links, the points of the"
        " statement, the flare-ups. They and their accounts cite Armenian official sources"
        f" {count[OFFICIAL['armenia']]} times"
        f" and Azerbaijani ones {count[OFFICIAL['azerbaijan']]} times: {balance():.2f} to 1."
        f" {both} of the rows rest on an official source of each side."
    )


def lacking_list() -> str:
    """Return the contested rows that lack an official source of a side, as a table or a sentence."""
    missing = lacking()
    if missing.empty:
        return "None: every contested row rests on an official source of each side."
    rows = ((one.table, one.row, one.importance, one.side.title()) for one in missing.itertuples())
    return _table(["table", "row", "importance", "no official source of"], rows)


def entry(name: str) -> str:
    """Return the entry of one table: what it holds, its key, sources by perspective, its columns."""
    about, rows = tables.schema(name), tables.load(name)
    key = ", ".join(f"`{one}`" for one in about.key)
    facts = [f"`{about.path}`, {len(rows):,} rows, key {key}, licence {', '.join(about.licences)}."]
    if about.sources_from:
        facts.append(f"It rests on the sources of `{about.sources_from[1]}`.")
    elif not about.holds_facts:
        facts.append("Its rows are tasks, not facts: they cite no sources.")
    elif name != "sources":
        count = voices(rows["source_ids"])
        named = ", ".join(f"{PERSPECTIVES[voice]} {count[voice]:,}" for voice in PERSPECTIVES if count[voice])
        facts.append(f"Rows with two sources: {_percent(share_with_two([name]))}. Citations by voice: {named}.")
    fields = [one for one in about.fields if one.name not in COMMON or name == "sources"]
    columns = tables.columns(name).set_index("column")
    lines = (
        (
            f"`{one.name}`" + ("*" if one.required else ""),
            columns["type"][one.name],
            _meaning(one),
            columns["allowed values"][one.name],
        )
        for one in fields
    )
    shared = [f"`{one.name}`" for one in about.fields if one.name in COMMON and name != "sources"]
    also = f"\n\nAnd {', '.join(shared)}, as in every table." if shared else ""
    table = _table(["column", "type", "meaning", "allowed"], lines)
    return f"### {name}\n\n**{about.title}.** {about.meaning}\n\n{' '.join(facts)}\n\n{table}{also}"


# ---------------------------------------------------------------- helpers


def _perspective() -> dict[str, str]:
    return tables.load("sources").set_index("source_id")["perspective"].to_dict()


def _common_fields():
    fields = {one.name: one for one in tables.schema("events").fields}
    return [fields[name] for name in COMMON]


def _meaning(field) -> str:
    """Return what a column means, with its voice; that a list is separated by | stands beside it already."""
    voice = "" if field.voice == "ours" else f" Voice: {field.voice}."
    return field.meaning.removesuffix(" Several values are separated by |.") + voice


def _percent(share: float) -> str:
    return f"{share:.0%}" if share in (0, 1) else f"{share:.1%}"


def _list(words: dict[str, str]) -> str:
    return "\n".join(f"- `{one}`: {meaning}" for one, meaning in words.items())


def _table(heads: list[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table; | in a cell is escaped."""
    lines = [heads, ["---"] * len(heads), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    raise SystemExit(main())
