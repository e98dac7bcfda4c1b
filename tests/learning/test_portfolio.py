"""What the reader takes away: one page that needs no network and lets no text out of its place."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.learning.hostile import HTML
from utils import citations
from utils.learning import logbook, portfolio
from utils.learning.logbook import Entry

SOURCE = "pmam_statement_2020"
IDS = {"prediction": ("p07_a", "p07_b"), "question": ("q07_01", "q07_02"), "note": ("n07_a",)}


class Page(HTMLParser):
    """What a browser would make of a page: its tags with attributes, its texts, and what stands in each script."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.texts: list[str] = []
        self.scripts: dict[str, str] = {}
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._inside = dict(attrs).get("id") or tag

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._inside = ""

    def handle_data(self, data):
        if self._inside:
            self.scripts[self._inside] = self.scripts.get(self._inside, "") + data
        else:
            self.texts.append(data)

    def names(self) -> set[str]:
        return {tag for tag, _ in self.tags}

    def words(self) -> str:
        return " ".join(self.texts)


def page(**options) -> Page:
    return Page(portfolio.page(**options))


def prediction(**changes) -> Entry:
    chart = {
        "figure": {"data": [{"y": [1, 2], "name": "</script><script>alert(1)</script>"}], "layout": {}},
        "height": 300,
    }
    parts = dict(
        id="p07_a", kind="prediction", prompt="How many?", words="30", reading="It is 7.", source_ids=(SOURCE,)
    )
    return Entry(**(parts | {"chart": chart} | changes))


# ---- progress ----------------------------------------------------------------------------------------------------


def told(chapter: str = "Chapter 7") -> dict[str, str]:
    """Return the parts of the progress line by their last words."""
    line = portfolio.progress(chapter, IDS)
    assert line.startswith(f"{chapter}: ")
    assert line.endswith(".")
    return dict(zip(IDS, line.removeprefix(f"{chapter}: ").removesuffix(".").split("; "), strict=True))


def test_at_first_nothing_is_done():
    assert told() == {"prediction": "0 of 2 predictions", "question": "0 of 2 questions", "note": "0 of 1 note"}


def test_the_last_answer_to_each_thing_counts_and_a_skipped_one_is_told_apart():
    logbook.write(Entry(id="q07_01", kind="question", status="right"))
    logbook.write(Entry(id="q07_01", kind="question", status="not yet"))
    logbook.write(Entry(id="q07_02", kind="question", status="not yet"))
    logbook.write(Entry(id="q07_02", kind="question", status="right"))
    logbook.write(Entry(id="p07_a", kind="prediction"))
    logbook.write(Entry(id="p07_b", kind="prediction", status="skipped"))
    logbook.write(Entry(id="q99_01", kind="question", status="right"))  # of another chapter
    assert told() == {
        "prediction": "1 of 2 predictions, 1 skipped",
        "question": "2 of 2 questions, 1 right",
        "note": "0 of 1 note",
    }


def test_where_the_reader_left_off_is_the_newest_entry():
    assert portfolio.place_left() is None
    logbook.write(Entry(id="q07_02", kind="question"))
    newest = logbook.write(Entry(id="q07_01", kind="question"))
    assert portfolio.place_left() == newest


def test_the_place_where_the_work_lies_is_named(work):
    assert str(work) in portfolio.kept_where()
    assert "no entries" in portfolio.kept_where()
    logbook.write(Entry(id="q07_02", kind="question"))
    logbook.write(Entry(id="q10_02", kind="question"))
    logbook.write(Entry(id="free", kind="note"))
    assert "3 entries, in chapters 7 and 10" in portfolio.kept_where()


def test_binder_and_damaged_files_are_called_to_mind(monkeypatch, work):
    assert portfolio.reminders() == []
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://example.org")
    (work / "entries").mkdir(parents=True)
    (work / "entries" / "torn.json").write_bytes(b"")
    binder, torn = portfolio.reminders()
    assert "this machine forgets" in binder
    assert "torn.json" in torn


# ---- the page ----------------------------------------------------------------------------------------------------


def test_an_empty_page_says_so():
    assert "Nothing is written yet." in page().words()
    assert "script" not in page().names()


def test_the_page_holds_the_first_and_the_last_answer_with_what_was_said():
    for words, status, said in (
        ("1991", "not yet", "Too early."),
        ("1992", "not yet", "Still."),
        ("1994", "right", "Yes."),
    ):
        logbook.write(
            Entry(
                id="q07_01",
                kind="question",
                prompt="When?",
                words=words,
                status=status,
                feedback=said,
                source_ids=(SOURCE,),
            )
        )
    shown = page(titles={"07": "A test"}).words()
    assert "Chapter 7: A test" in shown
    assert re.search(r"When\?\s+First answer\s+\([^)]{8,40}\): 1991", shown)
    assert re.search(r"Last answer\s+\([^)]{8,40}\): 1994 \[right\]\s+Yes\.", shown)
    assert "1992" not in shown
    (reference,) = citations.references([SOURCE])
    assert reference.text in shown
    assert "from 3 entries" in shown


def test_one_answer_is_shown_once():
    logbook.write(Entry(id="q07_01", kind="question", prompt="When?", words="1994", status="right"))
    shown = page().words()
    assert "First answer" not in shown
    assert shown.count("1994") == 1


@pytest.mark.parametrize("kind", ["note", "essay"])
def test_a_text_stands_as_it_was_written(kind):
    text = f"One.\n\n  Two, “quoted”. {HTML} 😀 Հայերեն, Azərbaycan"
    logbook.write(Entry(id="e07_a", kind=kind, prompt="Write.", words="An old edition."))
    logbook.write(Entry(id="e07_a", kind=kind, prompt="Write.", words=text))
    shown = page()
    assert text in shown.words()
    assert "An old edition." not in shown.words()
    assert "white-space: pre-wrap" in shown.scripts["style"]


def test_a_prediction_keeps_its_chart_its_reading_and_its_sources():
    logbook.write(prediction(chart=None, reading="", source_ids=()))
    logbook.write(prediction())
    shown = page()
    assert "It is 7." in shown.words()
    assert ("div", {"class": "chart", "id": "chart0", "aria-hidden": "true"}) in shown.tags
    (chart,) = json.loads(shown.scripts["charts"])["charts"]
    assert chart == prediction().chart
    assert gzip.decompress(base64.b64decode(shown.scripts["packed"])).lstrip()[:20].startswith(b"/**")
    assert citations.references([SOURCE])[0].text in shown.words()


@pytest.mark.parametrize("chart", [{}, {"figure": None}, {"figure": "x"}, {"height": 3}], ids=str)
def test_a_chart_that_cannot_be_drawn_does_not_stop_the_others(chart):
    logbook.write(prediction(chart=chart))
    logbook.write(prediction(id="p07_b"))
    shown = page()
    assert json.loads(shown.scripts["charts"])["charts"] == [prediction().chart]
    assert [attributes["id"] for _, attributes in shown.tags if attributes.get("class") == "chart"] == ["chart0"]


def test_no_text_can_end_the_script_of_the_charts():
    logbook.write(prediction())
    text = portfolio.page()
    assert "</script><script>alert(1)" not in text
    assert len(re.findall(r"<script\b", text)) == len(re.findall(r"</script>", text)) == 3
    assert "<!--" not in Page(text).scripts["charts"]


FIELDS = ("prompt", "words", "feedback", "reading")


@pytest.mark.parametrize("kind", logbook.KINDS)
def test_hostile_text_in_any_field_stays_text(kind):
    hostile = HTML + "\"'><svg onload=alert(3)></p></article></main><!-- <iframe src=//evil>"
    changes = dict.fromkeys(FIELDS, hostile)
    logbook.write(
        Entry(id="x07_a", kind=kind, status=hostile, source_ids=(hostile,), **{**changes, "words": "first" + hostile})
    )
    logbook.write(Entry(id="x07_a", kind=kind, status=hostile, source_ids=(hostile,), **changes))
    shown = page(titles={"07": hostile})
    assert not {"script", "img", "svg", "iframe"} & shown.names()
    assert not any(name.startswith("on") for _, attributes in shown.tags for name in attributes)
    assert hostile in shown.words()


def test_a_time_or_an_id_that_somebody_edited_does_no_harm(work):
    (work / "entries").mkdir(parents=True)
    for i, (id, time) in enumerate(((HTML, HTML), ("q\u0661\u0662_a", ""), ("", "9" * 999), ("q99_01", "0001-01-01"))):
        entry = {"id": id, "kind": "question", "words": "kept", "time": time}
        (work / "entries" / f"{i}.json").write_text(json.dumps(entry), encoding="utf-8")
    shown = page()
    assert shown.words().count("kept") == 4
    assert "script" not in shown.names()


def test_the_page_asks_nothing_of_the_network():
    logbook.write(prediction())
    logbook.write(Entry(id="q07_01", kind="question", words="https://example.org/", source_ids=(SOURCE,)))
    shown = page()
    addresses = [
        (tag, name)
        for tag, attributes in shown.tags
        for name in attributes
        if name in ("src", "href", "srcset", "data", "action", "poster", "background")
    ]
    assert addresses == []
    assert not {"link", "img", "iframe", "object", "embed", "base", "form"} & shown.names()
    (policy,) = (one[1]["content"] for one in shown.tags if one[0] == "meta" and "http-equiv" in one[1])
    assert policy.startswith("default-src 'none';"), "a chart that was brought back cannot load anything either"
    assert "http" not in policy
    assert "url(" not in shown.scripts["style"]
    assert "@import" not in shown.scripts["style"]
    assert not re.search(r"https?://|fetch\(|import\(", shown.scripts["script"])


def test_the_page_is_one_that_a_screen_reader_can_walk():
    logbook.write(prediction())
    logbook.write(Entry(id="q07_01", kind="question", words="1994"))
    logbook.write(Entry(id="q00_01", kind="question", words="a"))
    shown = page()
    headings = [tag for tag, _ in shown.tags if re.fullmatch(r"h\d", tag)]
    assert headings[0] == "h1"
    assert all(int(later[1]) - int(one[1]) <= 1 for one, later in pairwise(headings))
    assert dict(shown.tags)["html"] == {"lang": "en"}
    assert shown.words().index("Chapter 0") < shown.words().index("Chapter 7")
