"""An answer with the passages marked that decided its verdict. Pure markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vstar_data.records import TargetVerdict
from vstar_data.reporting.markup import Html, joined, tag

_WHOLE = 1600
"""Answers up to this many characters are shown whole."""
_BEGINNING = 700
_AROUND = 250


class Passage(NamedTuple):
    """A stretch of an answer in code points, half open, and whether its target was found there."""

    start: int
    end: int
    accepted: bool


def passages(text: str, verdicts: Iterable[TargetVerdict]) -> list[Passage]:
    """Returns the evidence of an answer, within the bounds of its text."""
    found = [(verdict.evidence, verdict.accepted) for verdict in verdicts if verdict.evidence is not None]
    cut = [Passage(max(0, span[0]), min(len(text), span[1]), accepted) for span, accepted in found]
    return sorted(passage for passage in cut if passage.start < passage.end)


def marked(text: str, found: Sequence[Passage], *, whole: int = _WHOLE) -> Html:
    """Returns an answer with its evidence marked.

    A long answer is shown in part: its beginning, and what stands around the evidence.

    Args:
        text: The answer.
        found: Its evidence. Where a passage that was accepted and one that was not overlap, the latter shows.
        whole: Up to how many characters an answer is shown whole.
    """
    edges = {0, len(text)}.union(*({passage.start, passage.end} for passage in found))
    kept = [(0, len(text))] if len(text) <= whole else _kept(text, found)
    edges.update(edge for stretch in kept for edge in stretch)
    parts: list[Html] = []
    left_out = 0
    for start, end in zip(sorted(edges), sorted(edges)[1:], strict=False):
        if not any(low <= start and end <= high for low, high in kept):
            left_out += end - start
            continue
        if left_out:
            parts.append(_gap(left_out))
            left_out = 0
        parts.append(_piece(text[start:end], [one.accepted for one in found if one.start <= start and end <= one.end]))
    if left_out:
        parts.append(_gap(left_out))
    return joined(parts)


def _piece(text: str, verdicts: Sequence[bool]) -> Html:
    if not verdicts:
        return joined([text])
    return tag("mark", text, class_="good" if all(verdicts) else "bad")


def _gap(length: int) -> Html:
    return tag("span", f" [{length:,} characters left out] ", class_="gap")


def _kept(text: str, found: Sequence[Passage]) -> list[tuple[int, int]]:
    """Returns the stretches that are shown, in order, apart from each other."""
    edges = [edge for passage in found for edge in (passage.start, passage.end)]
    wanted = sorted([(0, _BEGINNING), *((max(0, edge - _AROUND), min(len(text), edge + _AROUND)) for edge in edges)])
    kept: list[tuple[int, int]] = []
    for low, high in wanted:
        if kept and low <= kept[-1][1]:
            kept[-1] = kept[-1][0], max(kept[-1][1], high)
        else:
            kept.append((low, high))
    return kept
