"""The controls of a scene: what a reader may set, which values it takes, and which it takes at the start.

A control is a plain description. It knows nothing of widgets: `scene.js` draws it from `spec()`, tests walk
its `states()`, and `check()` turns whatever arrives (from the page as JSON, from a test as Python) into the
one form that the scene's functions see, or refuses it in a sentence.
"""

from utils.scenes.controls.arranging import Ballot, Match, Order
from utils.scenes.controls.base import Control, SettingError
from utils.scenes.controls.choosing import Choice, Choices, Gate, Pick, Step, Toggle
from utils.scenes.controls.numbers import Curve, Estimates, Number, Range
from utils.scenes.controls.writing import Entry, Writing

__all__ = [
    "Ballot",
    "Choice",
    "Choices",
    "Control",
    "Curve",
    "Entry",
    "Estimates",
    "Gate",
    "Match",
    "Number",
    "Order",
    "Pick",
    "Range",
    "SettingError",
    "Step",
    "Toggle",
    "Writing",
]
