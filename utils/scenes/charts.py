"""Charts as plain JSON, and how one differs from another.

A map repeats its outlines in every state. So the page gets the first chart whole, and each state then tells what to
change in it. `page.js` has the counterpart, `changed`.
"""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
from plotly.io.json import to_json_plotly

SAME: dict = {}


def figure_json(figure: go.Figure | None) -> dict | None:
    """Return a figure as plain JSON, data and layout, without a template: the page adds the reader's theme."""
    if figure is None:
        return None
    spec = figure.to_plotly_json()
    spec["layout"].pop("template", None)
    return json.loads(to_json_plotly(spec))


def changes(old: Any, new: Any) -> dict:
    """Return what turns one plain JSON value into another.

    `{}` if they are the same; `{"new": value}` where one stands for the other; for two objects
    `{"keys": {name: changes}}`, with `"gone": [name]` if any went; for two lists `{"items": {place: changes}, "length": how many}`.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        pairs = ((name, changes(old[name], new[name]) if name in old else {"new": new[name]}) for name in new)
        differing = {name: change for name, change in pairs if change}
        gone = [name for name in old if name not in new]
        return ({"keys": differing} if differing or gone else SAME) | ({"gone": gone} if gone else {})
    if isinstance(old, list) and isinstance(new, list) and any(isinstance(one, (dict, list)) for one in new):
        pairs = ((str(place), changes(*both)) for place, both in enumerate(zip(old, new, strict=False)))
        differing = {place: change for place, change in pairs if change}
        differing |= {str(place): {"new": new[place]} for place in range(len(old), len(new))}
        return {"items": differing, "length": len(new)} if differing or len(old) != len(new) else SAME
    return SAME if _alike(old, new) else {"new": new}


def _alike(old: Any, new: Any) -> bool:
    """Say whether two scalars, or two lists of scalars, are the same to JSON, which tells 1 from True."""
    if isinstance(old, list) and isinstance(new, list):
        return old == new and list(map(type, old)) == list(map(type, new))
    return type(old) is type(new) and old == new


def changed(old: Any, change: dict) -> Any:
    """Return the value that `change` makes of another one; what is not changed is shared, not copied."""
    if "new" in change:
        return change["new"]
    if "keys" in change:
        kept = {name: value for name, value in old.items() if name not in change.get("gone", ())}
        return kept | {name: changed(kept.get(name), one) for name, one in change["keys"].items()}
    if "items" in change:
        items = (list(old) + [None] * change["length"])[: change["length"]]
        for place, one in change["items"].items():
            items[int(place)] = changed(items[int(place)], one)
        return items
    return old
