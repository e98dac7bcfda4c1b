"""Palette, marks and chart style, for the light and the dark theme.

Figures are built in the light palette. The page swaps each colour for its dark twin by `swaps()`, so
Python never has to know which theme a reader uses; every colour of a figure must therefore come from here.
The two parties sit on a purple-ochre axis that is nobody's flag and survives the common colour-vision
deficiencies; a shape and a dash always say the same again.
"""

from __future__ import annotations

from typing import NamedTuple


class Ink(NamedTuple):
    """One colour in both themes. Contrast to the page: at least 4.5 for text, 3 for marks."""

    light: str
    dark: str


ARMENIA = Ink("#7A3E9D", "#B690E0")
AZERBAIJAN = Ink("#8A6A00", "#D9BE4F")
RUSSIA_TRACK = Ink("#37414F", "#EDEFF2")
EU_TRACK = Ink("#2493A6", "#3FA3B5")
MINSK_TRACK = Ink("#8C2F5E", "#F7B9CF")
NEUTRAL = Ink("#57606A", "#A8B0BC")
TEXT = Ink("#1B1F24", "#E8EAED")
GRID = Ink("#D0D7DE", "#39424E")
PAGE = Ink("#FFFFFF", "#111111")  # as JupyterLab paints it, so that a patch behind a number does not show
BAND = Ink("#E9ECF0", "#262D38")  # a period set off behind the marks
# Maps. Ground colours are told apart by tone alone (3 steps of grey) and by pattern; text stands on all of them.
LAND = Ink("#F7F8FA", "#1B2028")  # the two countries, where nothing is said of control
NEIGHBOURS = Ink("#E4E8EC", "#2A313C")
WATER = Ink("#CFDAE4", "#3A4858")
ARMENIAN_GROUND = Ink("#BFA3D6", "#4B3268")
AZERBAIJANI_GROUND = Ink("#EBD794", "#756528")

INKS = {
    "armenia": ARMENIA,
    "azerbaijan": AZERBAIJAN,
    "russia_track": RUSSIA_TRACK,
    "eu_track": EU_TRACK,
    "minsk_track": MINSK_TRACK,
    "neutral": NEUTRAL,
    "text": TEXT,
    "grid": GRID,
    "page": PAGE,
    "band": BAND,
    "land": LAND,
    "neighbours": NEIGHBOURS,
    "water": WATER,
    "armenian_ground": ARMENIAN_GROUND,
    "azerbaijani_ground": AZERBAIJANI_GROUND,
}

GROUNDS = ("page", "grid", "band", "land", "neighbours", "water", "armenian_ground", "azerbaijani_ground")  # no marks

PARTY_INK = {"armenia": ARMENIA, "azerbaijan": AZERBAIJAN}
PARTY_SYMBOL = {"armenia": "circle", "azerbaijan": "square"}
PARTY_DASH = {"armenia": "solid", "azerbaijan": "dash"}

KEY_LINE = "hollow = claimed by a party, filled = counted by others, striped = invented for teaching"

FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Armenian", Arial, sans-serif'
CHART_HEIGHT = 420


def claimed(ink: Ink, symbol: str = "circle", size: float = 12) -> dict:
    """Return the marker of a party's claim: hollow."""
    return dict(symbol=f"{symbol}-open", color=ink.light, size=size, line=dict(color=ink.light, width=2))


def counted(ink: Ink = NEUTRAL, symbol: str = "circle", size: float = 10) -> dict:
    """Return the marker of an independent count: filled."""
    return dict(symbol=symbol, color=ink.light, size=size, line=dict(color=PAGE.light, width=1))


def invented(ink: Ink = NEUTRAL) -> dict:
    """Return the marker of a bar that was invented for teaching: striped."""
    pattern = dict(shape="/", fgcolor=ink.light, bgcolor=PAGE.light, size=6)
    return dict(color=PAGE.light, pattern=pattern, line=dict(color=ink.light, width=1.5))


def swaps() -> dict[str, str]:
    """Return the dark twin of every light colour, as the page needs it."""
    return {ink.light: ink.dark for ink in INKS.values()}


def template(dark: bool = False) -> dict:
    """Return the Plotly template (layout defaults) of one theme. Titles stay in the page, not in the chart."""

    def pick(ink: Ink) -> str:
        return ink.dark if dark else ink.light

    axis = dict(
        fixedrange=True,
        gridcolor=pick(GRID),
        linecolor=pick(NEUTRAL),
        zerolinecolor=pick(GRID),
        ticks="outside",
        tickcolor=pick(NEUTRAL),
        automargin=True,
        title=dict(standoff=8, font=dict(size=14)),
    )
    box = dict(bgcolor=pick(PAGE), bordercolor=pick(NEUTRAL), font=dict(color=pick(TEXT), size=13, family=FONT))
    still = dict(itemclick=False, itemdoubleclick=False)  # a click on the legend would hide part of a chart as well
    layout = dict(
        font=dict(family=FONT, size=13, color=pick(TEXT)),
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        colorway=[pick(NEUTRAL)],
        xaxis=axis,
        yaxis=axis,
        hoverlabel=dict(align="left", **box),
        hovermode="closest",
        dragmode=False,  # a drag by accident would hide part of a chart; the controls choose what is shown
        margin=dict(l=8, r=16, t=36, b=8),
        legend=dict(orientation="h", x=0, y=1.02, xanchor="left", yanchor="bottom", font=dict(size=12), **still),
    )
    return {"layout": layout}
