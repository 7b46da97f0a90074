"""Boxes told in words: edges, corners, sizes and spans along an axis, each with its number, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Box = tuple[float, float, float, float]

NUMBER = r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:\s*(?:%|percent\b|per cent\b))?"
_IS = (
    r"[\"'*_`]*\s*(?:(?:edge|side|coordinate|border|margin|value|position)s?\b\s*)?[\"']?\s*"
    r"(?:=|:|\bis\b|\blies\b|\bat\b|\bof\b|\babout\b|\baround\b|\u2248|~|\s)*\s*"
)
_NAMES = {
    "left": r"x_?1|x_?min|xmin|left",
    "top": r"y_?1|y_?min|ymin|top|upper",
    "right": r"x_?2|x_?max|xmax|right",
    "bottom": r"y_?2|y_?max|ymax|bottom|lower",
    "width": r"width|w",
    "height": r"height|h",
    "cx": r"x_?c|x_?center|c_?x|cent(?:er|re)[ _]?x",
    "cy": r"y_?c|y_?center|c_?y|cent(?:er|re)[ _]?y",
    "x": r"x",
    "y": r"y",
}
_NAMED = re.compile(
    r"(?<![\w])[\"']?(?:" + "|".join(f"(?P<{role}>{names})" for role, names in _NAMES.items()) + rf")\b{_IS}"
    rf"(?P<value>{NUMBER})(?!\s*(?:-|\u2013|to\b)\s*[\d.])",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?P<value>{NUMBER})\s*(?:(?:of the (?:frame|image|picture)(?:'s)? )?"
    r"(?:(?P<width>(?:wide|broad|in width|of width)\b)|(?P<height>(?:high|tall|in height|of height)\b)))",
    re.IGNORECASE,
)
_FROM_EDGE = re.compile(
    rf"(?P<value>{NUMBER})\s*(?:in |away |down |up )?from (?:the |its )?(?P<edge>left|top|right|bottom)\b",
    re.IGNORECASE,
)
_POINT = r"[(\[]\s*({0})\s*[,;]\s*({0})\s*[)\]]".replace("{0}", NUMBER)
_CORNERS = {
    ("left", "top"): r"(?:top|upper)[ -]*left|left[ -]*(?:top|upper)|starts? at|starting at|origin|anchored at",
    ("right", "bottom"): r"(?:bottom|lower)[ -]*right|right[ -]*(?:bottom|lower)",
    ("right", "top"): r"(?:top|upper)[ -]*right|right[ -]*(?:top|upper)",
    ("left", "bottom"): r"(?:bottom|lower)[ -]*left|left[ -]*(?:bottom|lower)",
    ("cx", "cy"): r"cent(?:er|re)(?:d|s|red)?|middle point|midpoint",
}
_CORNER = re.compile(
    "(?:"
    + "|".join(f"(?P<c{n}>{names})" for n, names in enumerate(_CORNERS.values()))
    + r")[^()\[\]\d\n;]{0,40}"
    + _POINT,
    re.IGNORECASE,
)
_SIZE = re.compile(
    rf"\b(?:size|dimensions?|measur\w+|extent)\b[^\d()\[\]\n]{{0,24}}[(\[]?\s*({NUMBER})\s*(?:x|\u00d7|by|,|\*)\s*({NUMBER})",
    re.IGNORECASE,
)
_TO = r"\s*(?:to|-|\u2013|\u2014|and|,|until|down to|up to|through|\.\.+|\u2026)\s*(?:about |around )?"
_HORIZONTAL = r"horizontal\w*|x|width|left[ -]to[ -]right|across"
_VERTICAL = r"vertical\w*|y|height|top[ -]to[ -]bottom|down(?:wards?)?(?! to\b)"
_SAME_AXIS = r"(?:(?(x)x|y)\s?[=:]?\s?)?"
_ALONG = r"(?:of |in |along |across |on )?(?:the )?(?:(?:frame|image|picture|screen)(?:'s)? )?"
_AXIS_FIRST = re.compile(
    rf"(?<!\w)(?:(?P<x>{_HORIZONTAL})|(?P<y>{_VERTICAL}))\b(?!_?\d)"
    rf"(?:(?!horizontal|vertical|\bwidth|\bheight|\b[xy]\b)[^\d;\n()]){{0,30}}?[\[(]?\s*"
    rf"(?P<from>{NUMBER}){_TO}{_SAME_AXIS}(?P<to>{NUMBER})",
    re.IGNORECASE,
)
_AXIS_LAST = re.compile(
    rf"(?:(?:from|between)\s+)?(?:about )?(?P<from>{NUMBER})\s*(?:{_ALONG}(?:width|height)\s*)?{_TO}"
    rf"(?P<to>{NUMBER})\s*{_ALONG}(?:(?!and\b)\w+\s+)?(?:(?P<x>{_HORIZONTAL})|(?P<y>{_VERTICAL}))\b",
    re.IGNORECASE,
)
_FARTHEST = 90
"""Characters that may lie between two parts of one box."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of a box's numbers, by role, as they are written; those in `inverted` count from the far edge."""

    start: int
    end: int
    values: dict[str, str]
    inverted: bool = False


def told(text: str, most: float = 1000.0) -> list[tuple[Box | None, int, int]]:
    """Returns the boxes that a text tells in words, with their code points; None for one out of range.

    Args:
        text: The answer.
        most: As for `scaled`.
    """
    found: list[tuple[Box | None, int, int]] = []
    held: list[_Part] = []
    for part in _parts(text):
        known = {role for one in held for role in one.values}
        if held and (known & part.values.keys() or part.start - held[-1].end > _FARTHEST):
            held = []
        held.append(part)
        written = [(role, value, one.inverted) for one in held for role, value in one.values.items()]
        if len(written) == 4:
            found.append((_box(written, most), held[0].start, part.end))
            held = []
    return found


def _parts(text: str) -> list[_Part]:
    """Returns the parts of boxes in a text, in order; where two overlap, the one read first."""
    found: list[_Part] = []
    taken = bytearray(len(text))
    for part in _all_parts(text):
        if not any(taken[part.start : part.end]):
            found.append(part)
            taken[part.start : part.end] = b"\x01" * (part.end - part.start)
    return sorted(found, key=lambda part: part.start)


def _all_parts(text: str) -> Iterator[_Part]:
    for match in _CORNER.finditer(text):
        roles = next(roles for n, roles in enumerate(_CORNERS) if match[f"c{n}"])
        first, second = match.groups()[-2:]
        yield _Part(*match.span(), dict(zip(roles, (first, second), strict=True)))
    for match in _SIZE.finditer(text):
        yield _Part(*match.span(), {"width": match[1], "height": match[2]})
    for pattern in (_AXIS_LAST, _AXIS_FIRST):
        for match in pattern.finditer(text):
            one, two = ("left", "right") if match["x"] else ("top", "bottom")
            yield _Part(*match.span(), {one: match["from"], two: match["to"]})
    for match in _FROM_EDGE.finditer(text):
        edge = match["edge"].lower()
        yield _Part(*match.span(), {edge: match["value"]}, inverted=edge in ("right", "bottom"))
    for match in _AFTER.finditer(text):
        yield _Part(*match.span(), {str(match.lastgroup): match["value"]})
    for match in _NAMED.finditer(text):
        role = next(role for role in _NAMES if match[role])
        yield _Part(*match.span(), {role: match["value"]})


def _box(written: list[tuple[str, str, bool]], most: float) -> Box | None:
    numbers = scaled([value for _, value, _ in written], most)
    if numbers is None:
        return None
    value = {
        role: 1 - number if inverted else number for (role, _, inverted), number in zip(written, numbers, strict=True)
    }
    across = _side(value, "left", "right", "cx", "x", "width")
    down = _side(value, "top", "bottom", "cy", "y", "height")
    if across is None or down is None:
        return None
    return across[0], down[0], across[1], down[1]


def _side(
    value: dict[str, float], low: str, high: str, centre: str, plain: str, size: str
) -> tuple[float, float] | None:
    """Returns both ends of a box along one axis, from any two of its roles."""
    first = value.get(low, value.get(plain))
    if first is not None and high in value:
        return first, value[high]
    if size not in value:
        return None
    if first is not None:
        return first, first + value[size]
    if high in value:
        return value[high] - value[size], value[high]
    if centre in value:
        return value[centre] - value[size] / 2, value[centre] + value[size] / 2
    return None


def scaled(values: list[str], most: float = 1000.0) -> Box | None:
    """Returns four written numbers in 0..1: shares, percent, or thousandths; None where they are too large.

    Args:
        values: The numbers.
        most: The largest that they may be: more than a thousand where they count pixels of a wider frame.
    """
    numbers = [
        float(value.lower().replace("percent", "").replace("per cent", "").strip().rstrip("% ")) for value in values
    ]
    largest = max(abs(number) for number in numbers)
    if any("%" in value or "per" in value.lower() for value in values):
        divisor = 100.0
    elif largest <= 1.0:
        divisor = 1.0
    elif largest <= most:
        divisor = 1000.0
    else:
        return None
    first, second, third, fourth = (number / divisor for number in numbers)
    return first, second, third, fourth
