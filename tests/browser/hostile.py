"""A scene whose data try to enter the page as HTML, everywhere that text goes."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from utils.scenes import Card, Choice, Column, Panel, Scene, Statement
from utils.wording import plain

BAD = "<img src=x onerror='window.stolen=true'><b>bold</b> & more"


def hostile_scene() -> Scene:
    rows = pd.DataFrame({"key": ["k"], "title": [BAD], "x": [1]})
    said = Statement(BAD, speaker=BAD, date=BAD)
    panel = Panel(BAD, Column(BAD, (said,)), Column(BAD, (said,)), after=BAD)
    return Scene(
        id="hostile",
        question=BAD,
        rows=lambda: rows,
        figure=lambda rows: go.Figure(go.Scatter(x=rows["x"], y=rows["x"], text=[plain(BAD)], mode="markers+text")),
        reading=lambda rows: BAD,
        panels=lambda rows: [panel],
        columns={"title": BAD, "x": "X"},
        controls=(Choice("choice", BAD, {BAD: BAD, "b": BAD}),),
        key="key",
        card=lambda key: Card(title=BAD, date=BAD, facts=((BAD, BAD),), text=BAD, panels=(panel,), note=BAD),
        note=BAD,
    )
