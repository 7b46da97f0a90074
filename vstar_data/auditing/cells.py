"""Foreign text in cells of a spreadsheet and on a terminal: it shows as it is, and nothing of it is executed."""

from __future__ import annotations

import re

LONGEST = 30_000
"""Characters of a cell: what is longer is cut, since spreadsheets hold 32,767 of them."""

# The last four are the full-width forms of the first four, which some spreadsheets take for the same.
_BEGINS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(rf"\s*[{_BEGINS}']")
_AFTER_SEPARATOR = re.compile(rf"(;[\s\"]*)(?=[{_BEGINS}]|$)")
_NEW_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)\s*")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def cell(text: str) -> str:
    """Returns text on one line that no spreadsheet takes for a formula: an apostrophe goes before what could begin one.

    That holds also where a spreadsheet parts cells at semicolons or tabs, as it does in countries with a decimal comma.
    Text that begins with an apostrophe gets another, so that `original` can tell.

    Args:
        text: Any text.
    """
    line = _NEW_LINE.sub(" \u23ce ", text.strip("\r\n")).replace("\t", " ")
    line = _AFTER_SEPARATOR.sub(r"\1'", _UNSEEN.sub("\ufffd", line))
    if len(line) > LONGEST:
        line = line[: LONGEST - 1] + "\u2026"
    return f"'{line}" if _FORMULA.match(line) else line


def original(text: str) -> str:
    """Returns the text of a cell without the apostrophe that `cell` put before it."""
    return text.removeprefix("'")


def printable(text: str, limit: int) -> str:
    """Returns text for a line of a terminal: without control characters, one line, cut at a number of characters."""
    line = _UNSEEN.sub("\ufffd", " ".join(text.split()))
    return line if len(line) <= limit else line[: limit - 1] + "\u2026"
