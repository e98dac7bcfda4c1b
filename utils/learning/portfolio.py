"""What the reader did, told: a progress line a chapter, and everything as one HTML page to take away."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

from utils import citations, tables, theme
from utils.learning import logbook
from utils.learning.logbook import Entry
from utils.scenes.view import plotly_js
from utils.wording import count, date_text, listing

NAMES = {
    "prediction": "prediction",
    "question": "question",
    "exercise": "exercise",
    "note": "note",
    "essay": "essay",
    "view": "starting view",
}
HEADINGS = {
    "prediction": "Predictions",
    "view": "Starting views",
    "exercise": "Exercises",
    "question": "Questions",
    "note": "Notes",
    "essay": "Essays",
}


# ---- progress --------------------------------------------------------------------------------------------------------


def progress(chapter: str, ids: Mapping[str, Sequence[str]]) -> str:
    """Return one line on how far the reader is in a chapter.

    Parameters
    ----------
    chapter : str
        Its name, such as "Chapter 1".
    ids : mapping of kind to ids
        What the chapter asks.
    """
    done = {entry.id: entry for entry in logbook.entries()}  # the last one of each id
    parts = []
    for kind, some in ids.items():
        mine = [done[one] for one in some if one in done]
        skipped = sum(entry.status == "skipped" for entry in mine)
        right = sum(entry.status == "right" for entry in mine)
        told = f"{len(mine) - skipped} of {count(len(some), NAMES[kind])}"
        told += f", {right} right" if kind in ("question", "exercise") and mine else ""
        parts.append(told + (f", {skipped} skipped" if skipped else ""))
    return f"{chapter}: {'; '.join(parts)}."


def place_left() -> Entry | None:
    """Return the reader's newest entry, or None."""
    found = logbook.entries()
    return found[-1] if found else None


# ---- one page ----------------------------------------------------------------------------------------------------------


def page(titles: Mapping[str, str] | None = None) -> str:
    """Return all the reader's work as one HTML page that needs no network: text escaped, charts drawn in the page.

    Parameters
    ----------
    titles : mapping of two digits to title
        What the chapters are called.
    """
    found = logbook.entries()
    by_chapter: dict[str, dict[str, list[Entry]]] = {}
    for entry in found:
        by_chapter.setdefault(entry.chapter, {}).setdefault(entry.id, []).append(entry)
    charts: list[dict] = []
    parts = [
        _chapter(number, (titles or {}).get(number, ""), by_chapter[number], charts) for number in sorted(by_chapter)
    ]
    made = f"Made on {date_text(datetime.now())} from {count(len(found), 'entry', 'entries')}. "
    made += "An entry keeps what was said at the time; charts stand as they stood when you opened them."
    script = _chart_script(charts) if charts else ""
    body = "".join(parts) or "<p>Nothing is written yet.</p>"
    whole = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>My work: Nine Points, Three Tracks</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_NO_NETWORK}">'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        f"<h1>My work</h1><p>Nine Points, Three Tracks. {escape(made)}</p>{body}</main>{script}</body></html>"
    )
    return whole.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no letter that can be sent


def _chapter(number: str, title: str, by_id: Mapping[str, list[Entry]], charts: list[dict]) -> str:
    heading = f"Chapter {int(number)}" if number else "Other"
    parts = [f"<section><h2>{escape(f'{heading}: {title}' if title else heading)}</h2>"]
    for kind, name in HEADINGS.items():
        some = [entries for entries in by_id.values() if entries[-1].kind == kind]
        if some:
            parts.append(f"<h3>{name}</h3>" + "".join(_told(entries, charts) for entries in some))
    parts.append(_sources([entries[-1] for entries in by_id.values()]))
    return "".join(parts) + "</section>"


def _told(entries: list[Entry], charts: list[dict]) -> str:
    """Return one task: its prompt, the first and the last answer, what was said, and the chart."""
    # An answer given in parts is a first answer once it was checked.
    first = next((entry for entry in entries if entry.status in ("right", "not yet")), entries[0])
    last = entries[-1]
    parts = [f"<article><h4>{escape(last.prompt or last.id)}</h4>"]
    if first.words != last.words and last.kind not in ("note", "essay"):
        parts.append(f"<p><b>First answer</b> ({_moment(first)}): {_listed(first.words)}</p>")
    label = "Last answer" if first.words != last.words and last.kind not in ("note", "essay") else "Answer"
    if last.kind in ("note", "essay"):
        parts.append(f'<blockquote>{escape(last.words)}</blockquote><p class="quiet">{_moment(last)}</p>')
    else:
        status = f" [{escape(last.status)}]" if last.status in ("right", "not yet") else ""
        parts.append(f"<p><b>{label}</b> ({_moment(last)}): {_listed(last.words)}{status}</p>")
        parts.append(f"<p>{escape(last.feedback)}</p>" if last.feedback else "")
    if shown := next((entry for entry in reversed(entries) if entry.chart or entry.reading), None):
        if shown.chart and isinstance(shown.chart.get("figure"), dict):  # one that cannot be drawn would stop the rest
            charts.append(shown.chart)
            parts.append(f'<div class="chart" id="chart{len(charts) - 1}" aria-hidden="true"></div>')
        parts.append(
            f"<p><b>{'What the chart said' if shown.chart else 'What was shown'}:</b> {escape(shown.reading)}</p>"
        )
    return "".join(parts) + "</article>"


def _listed(words: str) -> str:
    """Return an answer of several parts with a line for each."""
    parts = words.split("; ")
    return escape(words) if len(parts) < 3 else "".join(f"<br>{escape(part)}" for part in parts)


def _moment(entry: Entry) -> str:
    try:
        when = datetime.fromisoformat(entry.time).astimezone()
        return escape(f"{date_text(when)}, {when:%H:%M}")
    except ValueError:  # a file that somebody edited
        return "no time"


def _sources(entries: Iterable[Entry]) -> str:
    ids = dict.fromkeys(one for entry in entries for one in entry.source_ids)
    known = set(tables.load("sources")["source_id"])
    found = citations.references(one for one in ids if one in known)
    items = "".join(f"<li>{escape(one.text)} <i>({escape(one.perspective)})</i></li>" for one in found)
    return f"<details><summary>Sources ({len(found)})</summary><ol>{items}</ol></details>" if found else ""


def _chart_script(charts: list[dict]) -> str:
    """Return the charts and plotly.js, packed inside the page."""
    look = {"layout": theme.template()["layout"], "charts": charts}
    data = json.dumps(look).replace("<", "\\u003c")  # no text can end the script
    packed = base64.b64encode(plotly_js()).decode("ascii")
    return (
        f'<script type="application/json" id="charts">{data}</script>'
        f'<script type="application/octet-stream" id="packed">{packed}</script><script>{_DRAW}</script>'
    )


_NO_NETWORK = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
_DRAW = """
(async () => {
  const text = id => document.getElementById(id).textContent;
  const bytes = Uint8Array.from(atob(text("packed")), one => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  const { charts, layout } = JSON.parse(text("charts"));
  charts.forEach(({ figure, height }, i) => Plotly.newPlot("chart" + i, figure.data,
    { ...figure.layout, template: { layout }, height: height || 420, autosize: true },
    { displayModeBar: false, responsive: true, doubleClick: false }));
})();
"""
_STYLE = """
body { font: 17px/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; color: #1b1f24; background: #fff; }
main { max-width: 900px; margin: 2em auto; padding: 0 16px; }
article { border-top: 1px solid #d0d7de; padding: 8px 0 12px; } h4 { margin: 4px 0; }
blockquote { margin: 8px 0; padding: 8px 14px; border-left: 4px solid #6b7280; white-space: pre-wrap; overflow-wrap: anywhere; }
p, li { overflow-wrap: anywhere; } .quiet, details { color: #57606a; font-size: 15px; }
@media print { details { display: none; } article { break-inside: avoid; } }
"""


def reminders() -> list[str]:
    """Return what the reader should know now: that this machine forgets, and which files were damaged."""
    told = logbook.problems()
    if logbook.forgets():
        told.insert(
            0,
            "You are on Binder: this machine forgets everything when you leave, or after some minutes without you. "
            "Download your work before you close the page.",
        )
    return told


def kept_where() -> str:
    """Say where the reader's work is kept."""
    found = logbook.entries()
    chapters = listing(map(str, sorted({int(entry.chapter) for entry in found if entry.chapter})))
    held = f"{count(len(found), 'entry', 'entries')}" + (
        f", in chapter{'s' if ' ' in chapters else ''} {chapters}" if chapters else ""
    )
    return f"Kept in {logbook.folder()}: {held}."
