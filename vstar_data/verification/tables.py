"""Tables in answers, told as lines: `| x | y |` over `| 1 | 2 |` reads `x: 1, y: 2`. Markdown, and rows with commas."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from vstar_data.records import RejectReason, TargetVerdict
from vstar_data.verification.case import Case, rejected
from vstar_data.verification.text import tokens_of
from vstar_data.verification.words import word_set

_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*\Z")
_HEADING = re.compile(r"[^\W\d][^\d,|;:.]{0,24}\Z")
_VALUE = re.compile(r"[\"']?-?\d[\d.:]*\s?(?:%|s|px)?[\"']?\Z")
_KEYS = word_set("item metric field key name parameter property attribute quantity measure aspect category")
_MOST_LINES = 200
_MOST_NUMBERS = 600
"""An answer with more numbers than this answers nothing; it also bounds the work."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A text whose tables are told as lines.

    Attributes:
        raw: The text.
        places: For each stretch that both texts have, its first code point here and in the original; ascending.
    """

    raw: str
    places: tuple[tuple[int, int], ...]

    def original(self, span: tuple[int, int]) -> tuple[int, int]:
        """Returns the code points of the original for those of this text."""
        start, end = (self._place(place) for place in (span[0], max(span[0], span[1] - 1)))
        return start, max(start, end) + 1

    def _place(self, place: int) -> int:
        here, there = self.places[max(0, bisect_right(self.places, (place, 1 << 60)) - 1)]
        return there + place - here


def judged(case: Case, judge: Callable[[Case], TargetVerdict]) -> TargetVerdict:
    """Returns a judge's verdict on an answer whose tables are told as lines; the evidence is that of the original.

    An answer that is nothing but a heap of numbers is not judged: it offers all of them.

    Args:
        case: The answer and what is known about it.
        judge: What judges it.
    """
    if sum(1 for token in case.answer.tokens if token.value is not None) > _MOST_NUMBERS:
        return rejected(RejectReason.HEDGED)
    lines = in_lines(case.answer.raw)
    if lines is None:
        return judge(case)
    verdict = judge(replace(case, answer=tokens_of(lines.raw)))
    if verdict.evidence is None:
        return verdict
    return TargetVerdict(
        accepted=verdict.accepted,
        reason=verdict.reason,
        evidence=lines.original(verdict.evidence),
        parsed=verdict.parsed,
        score=verdict.score,
    )


def in_lines(raw: str) -> Lines | None:
    """Returns a text with its tables told as lines, or None where it has no table."""
    if "\n" not in raw or not ("--" in raw or "," in raw or "\t" in raw):
        return None
    written = raw.split("\n")
    if len(written) > _MOST_LINES:
        return None
    starts = [0]
    for line in written:
        starts.append(starts[-1] + len(line) + 1)
    out: list[tuple[str, int | None]] = []
    heads: list[str] | None = None
    sign, found, number = "|", False, 0
    while number < len(written):
        line = written[number]
        following = written[number + 1] if number + 1 < len(written) else ""
        if "|" in line and "|" in following and _RULE.match(following):
            heads, sign, found = _names(_cells(line, "|")), "|", True
            number += 2
            continue
        if heads is None and (mark := _separated(line, following)):
            heads, sign, found = _names(_cells(line, mark)), mark, True
            number += 1
            continue
        cells = _cells(line, sign) if heads is not None and sign in line else []
        if heads is not None and len(cells) == len(heads):
            out += _told(heads, cells, starts[number])
        else:
            heads = None
            out.append((line, starts[number]))
        out.append(("\n", None))
        number += 1
    return _joined(out) if found else None


def _separated(line: str, following: str) -> str | None:
    """Returns the sign between the cells of a heading over a row of values, or None: `x, y, w` over `1, 2, 3`."""
    for mark in ("\t", ","):
        heads = [cell for cell, _ in _cells(line, mark)]
        values = [cell for cell, _ in _cells(following, mark)]
        if (
            len(heads) == len(values) > 1
            and all(_HEADING.match(cell) for cell in heads)
            and sum(1 for cell in values if _VALUE.match(cell)) * 2 >= len(values)
        ):
            return mark
    return None


def _cells(line: str, sign: str) -> list[tuple[str, int]]:
    """Returns the cells of a row with the place of each in its line."""
    begin = 0
    if sign == "|":
        begin = len(line) - len(line.lstrip())
        begin += line[begin:].startswith("|")
        line = line.rstrip()
        line = line[:-1] if line.endswith("|") and len(line) > begin else line
    cells, place = [], begin
    for cell in line[begin:].split(sign):
        cells.append((cell.strip(), place + len(cell) - len(cell.lstrip())))
        place += len(cell) + 1
    return cells


def _names(cells: list[tuple[str, int]]) -> list[str]:
    return [cell.strip('*_`" ') for cell, _ in cells]


def _told(heads: list[str], cells: list[tuple[str, int]], start: int) -> list[tuple[str, int | None]]:
    """Returns a row as `name: value, name: value`, with the place of each value in the original."""
    told: list[tuple[str, int | None]] = []
    if len(heads) == 2 and (heads[0].lower() in _KEYS or not heads[0]):
        return [(cells[0][0], start + cells[0][1]), (": ", None), (cells[1][0], start + cells[1][1])]
    for head, (cell, place) in zip(heads, cells, strict=True):
        told += [(", " if told else "", None), (f"{head}: " if head else "", None), (cell, start + place)]
    return told


def _joined(parts: list[tuple[str, int | None]]) -> Lines:
    places: list[tuple[int, int]] = []
    length, last = 0, 0
    for part, there in parts:
        if there is not None:
            last = there
        places.append((length, last))
        length += len(part)
    return Lines("".join(part for part, _ in parts), tuple(places))
