"""The order in which an answer tells things: where each stands in time, and whether two are told as neighbours."""

from __future__ import annotations

import re

from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case
from vstar_data.verification.commitment import conclusion
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text

_AFTER = re.compile(r"\b(?:after|next|follows?|followed|(?<!the )following|successor)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|preced(?:es|ed|ing)|predecessor|leads? up|just ended)\b", re.IGNORECASE)
_PARTED = re.compile(
    r"[,.;\n>\u2192]|\b(?:then|next|later|after(?:wards?)?|before|follow\w*|preced\w*|finally|subsequently)\b"
)


def rank(text: Text, match: Match) -> float:
    """Returns where something told stands in time: its place in the text, moved by `before` and `after`."""
    begin = text.bounds(match.first)[0]
    for place in range(match.first - 1, max(begin - 1, match.first - 4), -1):
        word = text.tokens[place].word
        if word == "before" and place == begin:
            return text.bounds(match.first)[1] - 0.5
        if word == "after" and place > begin and text.tokens[place - 1].word not in ("and", "then", "shortly", "that"):
            return begin - 0.5
    return float(match.first)


def neighbour_of(case: Case, own: frozenset[str]) -> tuple[str, frozenset[str]] | None:
    """Returns whether a question asks for what comes right `after` or right `before` something, and what that is.

    Args:
        case: The question and the dataset's other classes.
        own: The names of the target.

    Returns:
        The side and the classes that the question names, or None for any other question.
    """
    named = {
        name: found for name, found in case.vocabulary.matches_of_question(case.question).items() if name not in own
    }
    raw = case.question.raw
    for found in named.values():
        for match in found:
            start, end = case.question.span(match.first, match.last)
            raw = raw[:start] + " " * (end - start) + raw[end:]
    after, before = bool(_AFTER.search(raw)), bool(_BEFORE.search(raw))
    if not named or after == before:
        return None
    return ("after" if after else "before"), frozenset(named)


def parted(case: Case, side: str, gold: list[Match], anchors: list[Match], others: list[Match]) -> bool:
    """Whether an answer tells something else between its label and the step that the question names.

    Args:
        case: The answer.
        side: `after` or `before`: on which side of the named step the label is asked for.
        gold: Where the answer says the label.
        anchors: Where it says the step that the question names; where it does not, it sets out from there.
        others: Where it says other steps.
    """
    text = case.answer
    end = conclusion(text)
    if end is not None and any(match.first >= end for match in gold):
        return False
    golds, steps = ([match for match in group if _stated(text, match)] for group in (gold, others))
    starts = [rank(text, match) for match in anchors if _stated(text, match)]
    starts = starts or [-1.0 if side == "after" else float(len(text.tokens))]
    return bool(golds) and all(
        any(_between(text, step, match, start) for step in steps) for match in golds for start in starts
    )


def _between(text: Text, step: Match, gold: Match, start: float) -> bool:
    low, high = sorted((rank(text, gold), start))
    first, last = sorted((step, gold), key=lambda match: match.first)
    apart = text.raw[text.tokens[first.last].end : text.tokens[last.first].start].lower()
    return low < rank(text, step) < high and bool(_PARTED.search(apart))


def _stated(text: Text, match: Match) -> bool:
    return stance(text, match.first, match.last) in (Stance.ASSERTED, Stance.MILD)
