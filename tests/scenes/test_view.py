"""The widget without a browser: what it sends, what it answers, how it is driven."""

import gzip
import json

import pytest

from tests.conftest import points_scene
from utils.scenes import SettingError
from utils.scenes.view import SceneView, open_views


class Page:
    """Stands in for the page: collects what the view sends."""

    def __init__(self, view: SceneView):
        self.view, self.heard = view, []
        view.send = lambda content, buffers=None: self.heard.append((content, buffers or []))

    def ask(self, what: str, **details):
        self.view._answer(None, {"ask": what, "id": "1", **details}, [])
        return self.heard[-1]


def test_shows_the_first_state_at_once(scene):
    view = SceneView(scene)
    assert json.loads(view.state)["reading"] == "The sum is 10."
    assert view in open_views()


def test_can_be_driven_from_python_and_from_the_page(scene):
    view = SceneView(scene)
    assert view.drive(factor=3).reading == "The sum is 30."
    view.settings = {**view.settings, "factor": 4}  # as the page does
    shown = json.loads(view.state)
    assert shown["reading"] == "The sum is 40."
    assert shown["settings"]["factor"] == 4


def test_driving_refuses_what_a_reader_could_not_set(scene):
    view = SceneView(scene)
    with pytest.raises(SettingError):
        view.drive(factor=0)
    assert view.state_now.reading == "The sum is 10."


def test_a_failing_function_shows_its_sentence_and_recovers(scene):
    view = SceneView(scene)
    assert "ZeroDivisionError" in view.drive(broken=True).error
    assert "ZeroDivisionError" in json.loads(view.state)["error"]
    assert view.drive(broken=False).error == ""


def test_settings_that_the_page_should_not_send_become_a_sentence(scene):
    view = SceneView(scene)
    view.settings = {"factor": "many"}
    assert "Factor" in json.loads(view.state)["error"]


def test_answers_with_plotly_gzipped_in_at_most_a_megabyte_and_a_half(scene):
    content, buffers = Page(SceneView(scene)).ask("plotly.js")
    assert content == {"id": "1", "answer": "gzip"}
    assert len(buffers[0]) <= 1_500_000
    assert b"plotly.js" in gzip.decompress(buffers[0])[:200]


def test_answers_with_a_card_and_with_all_rows_as_csv():
    page = Page(SceneView(points_scene(600)))
    card, _ = page.ask("card", key="k3")
    assert card["answer"]["title"] == "Point k3"
    csv, _ = page.ask("csv")
    assert len(csv["answer"].splitlines()) == 601


def test_a_question_that_cannot_be_answered_gets_a_sentence_not_silence(scene):
    page = Page(SceneView(scene))
    for what in ("no such thing", "references"):
        content, _ = page.ask(what, ids=["no_such_source"])
        assert content["id"] == "1"
        assert "could not be looked up" in content["error"]
    assert len(page.view.problems) == 2


def test_hears_of_what_the_page_could_not_do(scene):
    page = Page(SceneView(scene))
    page.ask("problem", text="The chart could not be drawn.")
    assert page.view.problems == ["The chart could not be drawn."]


def test_front_ends_without_widgets_get_words_and_a_table(scene):
    bundle, _ = SceneView(scene).mimebundle()
    assert bundle["text/plain"] == "The sum is 10."
    assert "<table>" in bundle["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundle
