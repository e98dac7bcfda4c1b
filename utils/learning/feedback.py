"""What is said to an answer."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

TITLES = {
    "right": "Right.",
    "not yet": "Not yet.",
    "not answered": "Not answered yet.",
    "unclear": "Unclear.",
    "saved": "Saved.",
    "hint": "Hint.",
}


@dataclass(frozen=True)
class Feedback:
    """The reply to an answer.

    Attributes
    ----------
    status : str
        "right", "not yet", "not answered", "unclear", "saved" (nothing is checked) or "hint".
    text : str
        What explains it.
    items : tuple of (str, str)
        What is said of single parts of the answer: the part, and the remark.
    """

    status: str
    text: str = ""
    items: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The status in a word or two, for the reader."""
        return TITLES[self.status]

    @property
    def lines(self) -> list[str]:
        """What is said of single parts, a line each."""
        return [f"{part}{'' if part.endswith(('.', '?', '!')) else ':'} {said}" for part, said in self.items]

    def __repr__(self) -> str:
        return f"{self.title} {self.text}".strip() + "".join(f"\n- {line}" for line in self.lines)

    def _repr_html_(self) -> str:
        listed = "".join(f"<li>{escape(line)}</li>" for line in self.lines)
        items = f"<ul>{listed}</ul>" if listed else ""
        return f'<div role="status"><p><strong>{self.title}</strong> {escape(self.text)}</p>{items}</div>'

    def json(self) -> dict:
        return {"status": self.status, "title": self.title, "text": self.text, "items": list(self.items)}
