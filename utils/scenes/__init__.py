"""The scene engine: `Scene` and its controls; `open_views` for tests."""

from utils.scenes.cards import Card, Column, Panel, Statement
from utils.scenes.controls import Ballot, Choice, Choices, Curve, Gate, Number, Range, SettingError, Step, Toggle
from utils.scenes.scene import Scene, State, TooManyStates

__all__ = [
    "Ballot",
    "Card",
    "Choice",
    "Choices",
    "Column",
    "Curve",
    "Gate",
    "Number",
    "Panel",
    "Range",
    "Scene",
    "SettingError",
    "State",
    "Statement",
    "Step",
    "Toggle",
    "TooManyStates",
]
