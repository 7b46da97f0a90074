"""HTML from Python values: everything that is not markup already is escaped. Nothing here knows what is reported."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)
_EMPTY = frozenset({"br", "hr", "img", "meta"})

LONGEST_LINE = 200
"""Characters of a name or a label that are shown; what is cut off is marked by an ellipsis."""


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Part = str | int | None
"""What an element may hold: markup as it is, other text escaped, a whole number with commas, nothing."""


def visible(text: str) -> str:
    """Returns text in which characters that cannot be seen, or that turn the writing round, are shown as signs."""
    return _UNSEEN.sub(_sign, text)


def line(text: str, limit: int = LONGEST_LINE) -> str:
    """Returns text on one line, cut at a number of characters."""
    # What is far beyond the limit is not looked at: a name may be megabytes long.
    joined = " ".join(text[: 4 * limit + 64].split())
    whole = len(joined) <= limit and len(text) <= 4 * limit + 64
    return visible(joined if whole else joined[: limit - 1].rstrip() + "…")


def tag(element: str, *parts: Part, **attributes: Part) -> Html:
    """Returns an element.

    Args:
        element: Its name.
        parts: What it holds.
        attributes: Underscores in a name stand for hyphens, one at the end is dropped; None leaves an attribute out.
    """
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(visible(str(value)))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = joined(parts)
    return Html(f"<{element}{given}>" if element in _EMPTY else f"<{element}{given}>{inner}</{element}>")


def joined(parts: Iterable[Part], between: str = "") -> Html:
    """Returns parts one after the other."""
    return Html(between.join(map(_written, parts)))


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Part]], *, numbers_from: int) -> Html:
    """Returns a table that scrolls by itself where it is too wide.

    Args:
        caption: What it shows.
        head: The names of the columns.
        rows: Cells; the first of a row names it.
        numbers_from: The first column that holds numbers and is set flush right.
    """
    cells = [_cell(name, column, numbers_from, head=True) for column, name in enumerate(head)]
    body = [
        tag("tr", *(_cell(part, column, numbers_from, head=False) for column, part in enumerate(row))) for row in rows
    ]
    whole = tag("table", tag("caption", caption), tag("thead", tag("tr", *cells)), tag("tbody", *body))
    return tag("div", whole, class_="scroll", tabindex=0, role="region", aria_label=caption)


def _cell(part: Part, column: int, numbers_from: int, *, head: bool) -> Html:
    kind = "number" if column >= numbers_from else None
    if head or column == 0:
        return tag("th", part, scope="col" if head else "row", class_=kind)
    return tag("td", part, class_=kind)


def _written(part: Part) -> str:
    if part is None:
        return ""
    if isinstance(part, Html):
        return part
    return f"{part:,}" if isinstance(part, int) else html.escape(visible(part))


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟨U+{code:04X}⟩"
