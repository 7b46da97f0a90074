"""Judges `sequence` targets: all steps, in the asserted order, none too many."""

from __future__ import annotations

from vstar_data.records import RejectReason, SequenceLabel, TargetVerdict
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text


def judge(label: SequenceLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a sequence of steps.

    Args:
        label: The steps in order.
        asks: Ignored: a sequence has one part, its order.
        case: The answer and what is known about it.
    """
    text = case.answer
    told: list[tuple[float, str, Match]] = []
    for step in dict.fromkeys(label.steps):
        found = [m for m in said(text, (step,)) if stance(text, m.first, m.last) in (Stance.ASSERTED, Stance.MILD)]
        if not found:
            return rejected(RejectReason.ABSENT)
        told += [(_rank(text, match), step, match) for match in found for _ in range(_times(text, match))]
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


def _rank(text: Text, match: Match) -> float:
    """Returns where a step stands in time: its place in the text, moved by `before` and `after`."""
    begin = text.bounds(match.first)[0]
    for place in range(match.first - 1, max(begin - 1, match.first - 4), -1):
        word = text.tokens[place].word
        if word == "before" and place == begin:
            return text.bounds(match.first)[1] - 0.5
        if word == "after" and place > begin and text.tokens[place - 1].word not in ("and", "then", "shortly", "that"):
            return begin - 0.5
    return float(match.first)


def _times(text: Text, match: Match) -> int:
    """Returns how many times a step is said to happen: twice for `two half twists`."""
    begin = text.bounds(match.first)[0]
    if match.first > begin:
        value = text.tokens[match.first - 1].value
        if value is not None and value in (2, 3, 4, 5) and text.tokens[match.last].word.endswith("s"):
            return int(value)
    following = text.tokens[match.last + 1].word if match.last + 1 < len(text.tokens) else ""
    return {"twice": 2, "thrice": 3}.get(following, 1)


def _without_parts(told: list[tuple[float, str, Match]]) -> list[tuple[float, str, Match]]:
    """Drops a step found inside the words of a longer one."""
    return [item for item in told if not any(set(item[2].filled) < set(other[2].filled) for other in told)]


def _extra(label: SequenceLabel, case: Case, told: list[tuple[float, str, Match]]) -> tuple[int, int] | None:
    """Returns where the answer tells a step that is another of the class names, or None."""
    own = [set(match.filled) for _, _, match in told]
    for name, found in case.vocabulary.matches(case.answer).items():
        if name in label.steps:
            continue
        for match in found:
            if any(set(match.filled) <= taken for taken in own):
                continue
            if stance(case.answer, match.first, match.last) in (Stance.ASSERTED, Stance.MILD):
                return case.answer.span(match.first, match.last)
    return None
