"""A scene as plain HTML: what a page shows that cannot run widgets. Question, reading and the first rows."""

from __future__ import annotations

from html import escape

from utils.scenes.scene import Scene, State, table_of

ROWS = 20


def static_html(scene: Scene, state: State) -> str:
    """Return question, reading (or error) and the first rows of a state as HTML, all text escaped."""
    table = table_of(scene, state.rows, limit=ROWS)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in table["head"])
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table["rows"])
    return (
        f"<h3>{escape(scene.question)}</h3><p>{escape(state.error or state.reading)}</p>"
        f"<table><caption>{escape(table['caption'])}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
