"""What a cell of a table holds: a text, a number, a list, a truth. From CSV every cell is a text; others have types."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterable
from typing import Any

import msgspec

Cells = dict[str, Any]
"""The cells of a row by column. What the row lacks is absent or None."""

_ARROW = re.compile(r"\s*(?:->|=>|\u2192|>)\s*")
_BETWEEN_NUMBERS = re.compile(r"[\s,;|]+")
_TRUTHS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0"), False),
}


def text_of(cell: Any) -> str | None:
    """Returns a cell as text without blanks around it; None for an empty one, which NaN is too.

    Raises:
        ValueError: The cell holds something else.
    """
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        # A column of whole numbers with a gap is a column of floats in many a writer.
        return repr(cell).removesuffix(".0")
    raise ValueError(f"text was expected, found {cell!r}")


def number_of(cell: Any) -> float | None:
    """Returns a cell as a number; None for an empty one.

    Raises:
        ValueError: The cell holds something else, or a number that is not finite.
    """
    text = text_of(cell)
    if text is None:
        return None
    try:
        value = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"a number was expected, found {text!r}")
    return value


def texts_of(cell: Any) -> tuple[str, ...]:
    """Returns the texts of a cell: a list, a list written in JSON or Python, or parted by `|` or else by `;`.

    Raises:
        ValueError: A text of the list is empty, or the list is not closed.
    """
    items: Iterable[Any]
    if isinstance(cell, list | tuple):
        items = cell
    else:
        text = text_of(cell)
        if text is None:
            return ()
        items = _listed(text) if text.startswith("[") else text.split("|" if "|" in text else ";")
    texts = [text_of(item) for item in items]
    if None in texts:
        raise ValueError(f"a text of the list is empty: {cell!r}")
    return tuple(text for text in texts if text is not None)


def _listed(text: str) -> list[Any]:
    try:
        items = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        try:
            items = ast.literal_eval(text)
            # Python, unlike JSON, lets half a character be written, which no file can hold.
            "".join(item for item in items if isinstance(item, str)).encode()
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            items = None
    if not isinstance(items, list):
        raise ValueError(f"a list was expected, found {text!r}")
    return items


def steps_of(cell: Any) -> tuple[str, ...]:
    """Returns the steps of a cell: a list as `texts_of` reads it, or texts with arrows between them (`->` or `>`).

    Raises:
        ValueError: See `texts_of`.
    """
    text = text_of(cell) if isinstance(cell, str) else None
    if text is not None and not text.startswith("[") and _ARROW.search(text):
        return texts_of(_ARROW.split(text))
    return texts_of(cell)


def numbers_of(cell: Any) -> tuple[float, ...]:
    """Returns the numbers of a cell: a list, a list in JSON, or numbers parted by blanks, commas, `;` or `|`.

    Raises:
        ValueError: One is no finite number, or only some of a list are there.
    """
    if isinstance(cell, str):
        cell = [part for part in _BETWEEN_NUMBERS.split(cell.strip().strip("[]()")) if part]
    if not isinstance(cell, list | tuple):
        cell = [] if text_of(cell) is None else [cell]
    numbers = [number_of(each) for each in cell]
    if all(number is None for number in numbers):
        return ()
    return tuple(_there(number) for number in numbers)


def truth_of(cell: Any) -> bool | None:
    """Returns whether a cell says yes; None for an empty one.

    Raises:
        ValueError: It says neither.
    """
    if isinstance(cell, bool):
        return cell
    text = text_of(cell)
    if text is None:
        return None
    if text.lower() not in _TRUTHS:
        raise ValueError(f"true or false, yes or no, 1 or 0 is expected, found {text!r}")
    return _TRUTHS[text.lower()]


def _there(number: float | None) -> float:
    if number is None:
        raise ValueError("a number is missing in a list")
    return number
