"""What the page gets of a widget: one ES module and one style sheet, put together from files.

There is no build step: a widget's module is `page.js`, which all widgets share, followed by the widget's own file.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def module(own: Path) -> str:
    """Return the JavaScript of a widget: what all share, then its own."""
    return (HERE / "page.js").read_text(encoding="utf-8") + "\n" + own.read_text(encoding="utf-8")


def style() -> str:
    """Return the style sheet of all widgets."""
    return (HERE / "scene.css").read_text(encoding="utf-8")
