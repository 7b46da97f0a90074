"""Markdown that foreign text cannot break: every label, answer and name goes through `plain`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# Underscores inside a word are no markup; brackets, colons, dots and at signs only where they would begin a link.
_SPECIAL = re.compile(r"[&<>`|\\*~$]|(?<![^\W_])_|_(?![^\W_])|\](?=[(\[])|:(?=//)|(?<=www)\.|(?<!\w)@", re.IGNORECASE)
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


Cells = Sequence[str | int]
"""A row of a table: Markdown, and whole numbers."""


def plain(text: str, limit: int = 200) -> str:
    """Returns text that shows as it is in a table cell or a paragraph: no markup, no HTML, one line.

    Args:
        text: Any text.
        limit: The most characters to show; what is cut off is marked by an ellipsis.
    """
    line = _INVISIBLE.sub("\ufffd", " ".join(text.split()))
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", line)


def table(head: Sequence[str], rows: Iterable[Cells], *, numbers_from: int) -> str:
    """Returns a table.

    Args:
        head: The names of the columns.
        rows: Cells that are Markdown already (`plain`), and whole numbers.
        numbers_from: The first column that holds numbers and is set flush right.
    """
    rule = ["---" if column < numbers_from else "---:" for column in range(len(head))]
    cells = [list(head), rule, *([f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)


def percent(part: int, whole: int) -> str:
    """Returns a share with one decimal, or a dash where there is no whole."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def fenced(text: str, language: str) -> str:
    """Returns a block of code that its text cannot end.

    Args:
        text: Any text; characters that do not show are replaced.
        language: For the highlighting.
    """
    shown = _INVISIBLE.sub("\ufffd", text)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence}{language}\n{shown}\n{fence}"
