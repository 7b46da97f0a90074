"""Judges `sequence` targets: all steps, in the asserted order, none too many."""

from __future__ import annotations

import re

from vstar_data.records import RejectReason, SequenceLabel, TargetVerdict
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.kinds.order import rank
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text

_STATED = (Stance.ASSERTED, Stance.MILD)
_AGAIN = re.compile(
    r"\s*(?:[(\[=]|,?\s*(?:i\.\s?e\.,?|or|also (?:called|known as)|that is,?|in short,?|short:?)\s)\s*\"?"
)


_Telling = tuple[float, str, Match]
"""A step as told: its place in time, its name, and where it is said."""


def judge(label: SequenceLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a sequence of steps.

    Args:
        label: The steps in order; any alias of a step will do.
        asks: Ignored: a sequence has one part, its order.
        case: The answer and what is known about it.
    """
    text = case.answer
    told: list[_Telling] = []
    for step, aliases in _names(label).items():
        found = [m for m in said_once(text, (step, *aliases)) if stance(text, m.first, m.last) in _STATED]
        if not found:
            return rejected(RejectReason.ABSENT)
        told += [(rank(text, match), step, match) for match in found for _ in range(_times(text, match))]
    told = _without_parts(told)
    told.sort(key=lambda item: item[0])
    span = (min(text.tokens[m.first].start for _, _, m in told), max(text.tokens[m.last].end for _, _, m in told))
    order = [step for _, step, _ in told]
    extra = _extra(label, case, told)
    if extra is not None:
        return rejected(RejectReason.RIVAL, extra, " > ".join(order))
    steps = list(label.steps)
    if order == steps or (len(order) == 2 * len(steps) and order == steps * 2):
        return accepted(span, " > ".join(order))
    reason = RejectReason.ABSENT if len(order) < len(steps) else RejectReason.WRONG_ORDER
    in_place = sum(1 for left, right in zip(order, steps, strict=False) if left == right)
    return rejected(reason, span, " > ".join(order), in_place / max(len(steps), len(order)))


def _names(label: SequenceLabel) -> dict[str, tuple[str, ...]]:
    """Returns the aliases of each step, of all its occurrences together."""
    names: dict[str, tuple[str, ...]] = {}
    for step, aliases in zip(label.steps, label.step_aliases or ((),) * len(label.steps), strict=True):
        names[step] = (*names.get(step, ()), *aliases)
    return names


def said_once(text: Text, names: tuple[str, ...]) -> list[Match]:
    """Returns where a step is told under any of its names; a second name in brackets tells it no second time."""
    found = said(text, names)
    told: list[Match] = []
    for match in found:
        within = any(set(match.filled) < set(other.filled) for other in found)
        if not within and not (told and _in_other_words(text, told[-1], match)):
            told.append(match)
    return told


def _in_other_words(text: Text, before: Match, match: Match) -> bool:
    """Whether a passage only repeats the one before it by another name: `a back handspring (BHS)`, `BHS, i.e. ...`."""
    if before.last >= match.first:
        return True
    between = text.raw[text.tokens[before.last].end : text.tokens[match.first].start]
    return before.first != match.first and bool(_AGAIN.fullmatch(between))


def _times(text: Text, match: Match) -> int:
    """Returns how many times a step is said to happen: twice for `two half twists`."""
    begin = text.bounds(match.first)[0]
    if match.first > begin:
        value = text.tokens[match.first - 1].value
        if value is not None and value in (2, 3, 4, 5) and text.tokens[match.last].word.endswith("s"):
            return int(value)
    following = text.tokens[match.last + 1].word if match.last + 1 < len(text.tokens) else ""
    return {"twice": 2, "thrice": 3}.get(following, 1)


def _without_parts(told: list[_Telling]) -> list[_Telling]:
    """Drops a step found inside the words of a longer one."""
    return [item for item in told if not any(set(item[2].filled) < set(other[2].filled) for other in told)]


def _extra(label: SequenceLabel, case: Case, told: list[_Telling]) -> tuple[int, int] | None:
    """Returns where the answer tells a step that is another of the class names, or None."""
    own = [set(match.filled) for _, _, match in told]
    for name, found in case.vocabulary.matches(case.answer).items():
        if name in label.steps:
            continue
        for match in found:
            if any(set(match.filled) <= taken for taken in own):
                continue
            if stance(case.answer, match.first, match.last) in _STATED:
                return case.answer.span(match.first, match.last)
    return None
