"""The same chart made three ways, each with one slider: a scene, a `FigureWidget`, and `interact`."""

from __future__ import annotations

import ipywidgets
import pandas as pd
import plotly.graph_objects as go

from utils.scenes import Number, Scene

LAST = 200


def values(points: int, factor: int) -> list[int]:
    return [(i * factor) % 97 for i in range(points)]


def scene(points: int) -> Scene:
    def rows(factor: int) -> pd.DataFrame:
        return pd.DataFrame({"x": range(points), "y": values(points, factor)})

    return Scene(
        id=f"bench-{points}",
        question="How fast does it redraw?",
        rows=rows,
        figure=lambda rows: go.Figure(go.Scatter(x=rows["x"], y=rows["y"], mode="markers")),
        reading=lambda rows: f"The sum is {rows['y'].sum()}.",
        columns={"x": "X", "y": "Y"},
        controls=(Number("factor", "Factor", first=1, last=LAST, value=1),),
    )


def figure_widget(points: int) -> ipywidgets.VBox:
    figure = go.FigureWidget(go.Scatter(x=list(range(points)), y=values(points, 1), mode="markers"))
    slider = ipywidgets.IntSlider(min=1, max=LAST, value=1, description="Factor")

    def move(change) -> None:
        figure.data[0].y = values(points, change["new"])

    slider.observe(move, "value")
    return ipywidgets.VBox([slider, figure])


def interactive(points: int) -> None:
    def draw(factor: int) -> go.Figure:
        return go.Figure(go.Scatter(x=list(range(points)), y=values(points, factor), mode="markers"))

    ipywidgets.interact(draw, factor=ipywidgets.IntSlider(min=1, max=LAST, value=1))
