"""Bounding boxes in running text: four numbers in the notations that people and common models use, as xyxy in 0..1."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vstar_data.verification.roles import NUMBER as _N
from vstar_data.verification.roles import Box, scaled, told

_FOUR = re.compile(rf"[\[(<{{]\s*({_N})\s*[,;\s]\s*({_N})\s*[,;\s]\s*({_N})\s*[,;\s]\s*({_N})\s*[\])>}}]")
_BARE = re.compile(rf"(?<![\d.,])({_N})\s*,\s*({_N})\s*,\s*({_N})\s*,?\s*(?:and\s+)?({_N})(?![\d])")
_POINTS = re.compile(
    rf"[(\[]\s*({_N})\s*,\s*({_N})\s*[)\]]\s*(?:,|-|to|and|\u2013|through|until|"
    rf"[a-z\s-]{{1,60}}?)?\s*[(\[]\s*({_N})\s*,\s*({_N})\s*[)\]]",
    re.IGNORECASE,
)
_LOC = re.compile(r"<loc(\d{1,4})>\s*<loc(\d{1,4})>\s*<loc(\d{1,4})>\s*<loc(\d{1,4})>")
_XYWH = re.compile(r"\bxywh\b|\bwidth\b|\[?\s*x\s*,\s*y\s*,\s*w(?:idth)?\s*,\s*h(?:eight)?\b", re.IGNORECASE)
_CENTRE = re.compile(r"\bcxcywh\b|\bcent(?:er|re)\b|\bcx\b", re.IGNORECASE)
_YXYX = re.compile(r"\byxyx\b|\[?\s*y_?(?:1|min)\s*,\s*x_?(?:1|min)", re.IGNORECASE)


_SIZE = re.compile(r"(?<![\d.])(\d{3,4})\s?(?:x|\u00d7|by)\s?(\d{3,4})(?!\d|\.\d)", re.IGNORECASE)
_FRAME = r"(?:frame|image|video|picture|screen|clip|resolution)\b"
_FRAME_BEFORE = re.compile(
    rf"\b{_FRAME}(?: (?:is|of|has|size|resolution|measures|at|in|dimensions))*\W{{0,3}}\Z", re.IGNORECASE
)
_FRAME_AFTER = re.compile(rf"[ -]?(?:px|pixels?)?[ -](?:\w+ )?{_FRAME}", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


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
    size = _frame_size(text)
    most = 1000.0 if size is None else float(max(1000, *size))

    def add(box: Box | None, start: int, end: int) -> None:
        if box is not None and size is not None and _in_pixels(text[start:end]):
            across, down = 1000 / size[0], 1000 / size[1]
            box = box[0] * across, box[1] * down, box[2] * across, box[3] * down
        if box is not None and not any(start < other.end and other.start < end for other in found):
            found.append(Found(box, start, end))

    for match in _LOC.finditer(text):
        top, left, bottom, right = (int(match[number]) / 1024 for number in range(1, 5))
        add((left, top, right, bottom), *match.span())
    for match in _FOUR.finditer(text):
        add(_read(text, match, most), *match.span())
    for box, start, end in told(text, most):
        add(box, start, end)
    for match in _POINTS.finditer(text):
        add(_read(text, match, most), *match.span())
    for match in _BARE.finditer(text):
        add(_read(text, match, most), *match.span())
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


def _frame_size(text: str) -> tuple[int, int] | None:
    """Returns the width and height that an answer says its frame has, in pixels; None where it says none."""
    if "<box" in text or "<|box" in text:
        return None
    for size in _SIZE.finditer(text):
        led = _FRAME_BEFORE.search(text, max(0, size.start() - 40), size.start())
        if led or _FRAME_AFTER.match(text, size.end()):
            return int(size[1]), int(size[2])
    return None


def _in_pixels(written: str) -> bool:
    return "%" not in written and any(float(number) > 1 for number in _NUMBER.findall(written))


def _read(text: str, match: re.Match[str], most: float) -> Box | None:
    box = scaled([match[number] for number in range(1, 5)], most)
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
