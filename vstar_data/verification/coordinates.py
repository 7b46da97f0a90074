"""Bounding boxes in running text: four numbers in the notations that people and common models use, as xyxy in 0..1."""

from __future__ import annotations

import re
from dataclasses import dataclass

Box = tuple[float, float, float, float]

_N = r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)\s*%?"
_FOUR = re.compile(rf"[\[(<{{]\s*({_N})\s*[,;\s]\s*({_N})\s*[,;\s]\s*({_N})\s*[,;\s]\s*({_N})\s*[\])>}}]")
_BARE = re.compile(rf"(?<![\d.,])({_N})\s*,\s*({_N})\s*,\s*({_N})\s*,?\s*(?:and\s+)?({_N})(?![\d])")
_POINTS = re.compile(
    rf"[(\[]\s*({_N})\s*,\s*({_N})\s*[)\]]\s*(?:,|-|to|and|\u2013|through|until|"
    rf"[a-z\s-]{{1,60}}?)?\s*[(\[]\s*({_N})\s*,\s*({_N})\s*[)\]]",
    re.IGNORECASE,
)
_LOC = re.compile(r"<loc(\d{1,4})>\s*<loc(\d{1,4})>\s*<loc(\d{1,4})>\s*<loc(\d{1,4})>")
_AXES = re.compile(
    rf"from\s+({_N})\s+to\s+({_N})\s+(?:of the |in |along |"
    rf"across )?(?:the )?(?:\w+\s+)?(?:width|horizontal\w*|x)\b.{{0,40}}?"
    rf"from\s+({_N})\s+to\s+({_N})\s+(?:of the |in |along |across )?(?:the )?(?:\w+\s+)?(?:height|vertical\w*|y)\b",
    re.IGNORECASE | re.DOTALL,
)
_ROLE = re.compile(
    r"[\"']?\b(?P<role>x_?1|y_?1|x_?2|y_?2|x_?min|y_?min|x_?max|y_?max|left|top|right|"
    r"bottom|width|height|w|h|x_?c(?:enter)?|y_?c(?:enter)?"
    r"|c_?x|c_?y|cent(?:er|re)[ _]?x|cent(?:er|re)[ _]?y"
    r"|x|y)\b[\"']?(?:\s+(?:edge|side|coordinate))?\s*(?:=|:|\bis\b|\bat\b)\s*(?P<value>" + _N + ")",
    re.IGNORECASE,
)
_NAMES = {
    "left": ("x1", "xmin", "left"),
    "top": ("y1", "ymin", "top"),
    "right": ("x2", "xmax", "right"),
    "bottom": ("y2", "ymax", "bottom"),
    "width": ("width", "w"),
    "height": ("height", "h"),
    "cx": ("xc", "xcenter", "cx", "centerx"),
    "cy": ("yc", "ycenter", "cy", "centery"),
    "x": ("x",),
    "y": ("y",),
}
_ROLES = {written: role for role, names in _NAMES.items() for written in names}
_XYWH = re.compile(r"\bxywh\b|\bwidth\b|\[?\s*x\s*,\s*y\s*,\s*w(?:idth)?\s*,\s*h(?:eight)?\b", re.IGNORECASE)
_CENTRE = re.compile(r"\bcxcywh\b|\bcent(?:er|re)\b|\bcx\b", re.IGNORECASE)
_YXYX = re.compile(r"\byxyx\b|\[?\s*y_?(?:1|min)\s*,\s*x_?(?:1|min)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A box as written: xyxy in 0..1 (reversed corners stay reversed) and its code points."""

    box: Box
    start: int
    end: int


def boxes(text: str) -> list[Found]:
    """Returns the boxes of a text in order.

    Args:
        text: The answer.
    """
    found: list[Found] = []

    def add(box: Box | None, start: int, end: int) -> None:
        if box is not None and not any(start < other.end and other.start < end for other in found):
            found.append(Found(box, start, end))

    for match in _LOC.finditer(text):
        top, left, bottom, right = (int(match[number]) / 1024 for number in range(1, 5))
        add((left, top, right, bottom), *match.span())
    for match in _AXES.finditer(text):
        add(_scaled([match[1], match[3], match[2], match[4]]), *match.span())
    for match in _POINTS.finditer(text):
        add(_read(text, match), *match.span())
    for match in _FOUR.finditer(text):
        add(_read(text, match), *match.span())
    for box, start, end in _by_role(text):
        add(box, start, end)
    for match in _BARE.finditer(text):
        add(_read(text, match), *match.span())
    return sorted(found, key=lambda item: item.start)


def iou(left: Box, right: Box) -> float:
    """Returns the intersection over union of two xyxy boxes, 0..1; 0 where a box is empty or reversed."""
    if left[2] <= left[0] or left[3] <= left[1] or right[2] <= right[0] or right[3] <= right[1]:
        return 0.0
    width = min(left[2], right[2]) - max(left[0], right[0])
    height = min(left[3], right[3]) - max(left[1], right[1])
    if width <= 0 or height <= 0:
        return 0.0
    common = width * height
    areas = (left[2] - left[0]) * (left[3] - left[1]) + (right[2] - right[0]) * (right[3] - right[1])
    return common / (areas - common)


def _scaled(values: list[str]) -> Box | None:
    numbers = [float(value.strip().rstrip("% ")) for value in values]
    largest = max(abs(number) for number in numbers)
    if any("%" in value for value in values):
        divisor = 100.0
    elif largest <= 1.0:
        divisor = 1.0
    elif largest <= 1000:
        divisor = 1000.0
    else:
        return None
    first, second, third, fourth = (number / divisor for number in numbers)
    return first, second, third, fourth


def _read(text: str, match: re.Match[str]) -> Box | None:
    box = _scaled([match[number] for number in range(1, 5)])
    if box is None:
        return None
    near = text[max(0, match.start() - 60) : match.start()] + " " + text[match.end() : match.end() + 60]
    a, b, c, d = box
    if _YXYX.search(near):
        return b, a, d, c
    if _CENTRE.search(near) and re.search(r"\bw(?:idth)?\b|cxcywh|\bsize\b", near, re.IGNORECASE):
        return a - c / 2, b - d / 2, a + c / 2, b + d / 2
    if _XYWH.search(near) and not re.search(r"\bof the (?:frame|image)\b", near):
        return a, b, a + c, b + d
    return box


def _by_role(text: str) -> list[tuple[Box | None, int, int]]:
    """Reads boxes whose numbers are named: `left 0.1, top 0.2, ...`, JSON objects, `x=.. y=.. w=.. h=..`."""
    results: list[tuple[Box | None, int, int]] = []
    parts: dict[str, str] = {}
    start = end = 0
    for match in _ROLE.finditer(text):
        role = _ROLES[re.sub(r"[ _]", "", match["role"].lower()).replace("centre", "center")]
        if role in parts or (parts and match.start() - end > 40):
            parts = {}
        if not parts:
            start = match.start()
        parts[role] = match["value"]
        end = match.end()
        if len(parts) == 4:
            results.append((_from_roles(parts), start, end))
            parts = {}
    return results


def _from_roles(parts: dict[str, str]) -> Box | None:
    roles = set(parts)
    scaled = _scaled(list(parts.values()))
    if scaled is None:
        return None
    value = dict(zip(parts, scaled, strict=True))
    if roles == {"left", "top", "right", "bottom"}:
        return value["left"], value["top"], value["right"], value["bottom"]
    if roles in ({"x", "y", "width", "height"}, {"left", "top", "width", "height"}):
        left, top = value.get("x", value.get("left", 0.0)), value.get("y", value.get("top", 0.0))
        return left, top, left + value["width"], top + value["height"]
    if roles == {"cx", "cy", "width", "height"}:
        half, tall = value["width"] / 2, value["height"] / 2
        return value["cx"] - half, value["cy"] - tall, value["cx"] + half, value["cy"] + tall
    return None
