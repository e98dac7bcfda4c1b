"""Text that nobody wrote: formulas and error values of a spreadsheet, letters lost in a wrong encoding."""

from __future__ import annotations

import re

from utils.tables._problems import shown

_ERROR_VALUE = re.compile("#(?:[A-ZÄÖÜÉ/0]+[!?]|N/A|NV|##+)")  # #REF! #NAME? #DIV/0!, in other languages too
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# "Qaraba?da": saving in a one-byte encoding puts ? for a letter that it does not have. Addresses hold ? too.
_LOST = re.compile(r"(?<!\S)[^\s/]*[^\W\d_]\?[^\W\d_]|\ufffd")
# UTF-8 read as Windows Latin (Ã¶ É™), Windows Cyrillic (Г¶ Й™) or Mac Roman (√∂): first what a leading byte
# turns into, then a following one. Quotes and dashes are left out: they follow honestly too ("CAFÉ”").
_MOJIBAKE = re.compile(
    "[ÂÃ][\u0080-\u00bf€ƒ†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]"
    "|[ÄÅÆÉÊÐÑÔÕÖ][\u0080-\u009f¡-ª¬-¯±-º¼-¿€ƒ†‡ˆ‰ŠŒŽ•˜™œŸ]"
    "|â€|ï»¿|ï¿½|вЂ|[ГДЕЙРС][†‡‰•™¤¦§©¬®±¶·џћќ]|√[^\\s\\w]"
    "|[ÄÅÆÉÊÐÑÔÕÖГДЕЙРС]°(?=\\w)"  # Ä°lham; but a degree may end a word: 40 С°
)
_RESCUE = "open the original and save it as “CSV UTF-8”"


def spoiled(cell: str, is_address: bool = False) -> str:
    """Return what is wrong with a cell's text whatever its type, and what to do; "" if nothing is."""
    if cell[0] in "=+@":
        return f"{shown(cell)} begins with {cell[0]} like a formula of a spreadsheet; write its result as text"
    if _ERROR_VALUE.fullmatch(cell):
        return f"{shown(cell)} is an error value of a spreadsheet; write the value that was meant"
    if found := _CONTROL.search(cell):
        return f"{_around(found)} holds an invisible control character; type the text anew"
    if not is_address and ("?" in cell or "\ufffd" in cell) and (found := _LOST.search(cell)):
        return f"{_around(found)} has lost letters; {_RESCUE}"
    if not cell.isascii() and (found := _MOJIBAKE.search(cell)):
        return f"{_around(found)} holds letters of a wrong encoding ({shown(found[0])}); {_RESCUE}"
    return ""


def _around(found: re.Match) -> str:
    """Return a find with the letters before it, so that it can be looked for in a long text."""
    return shown(found.string[max(0, found.start() - 15) :])
