"""Answers of `yes` and `no`: what they assert depends on the question."""

from __future__ import annotations

import re

from vstar_data.records import RejectReason, TargetVerdict
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.matching import WIDE, matches
from vstar_data.verification.phrases import patterns

_YES = re.compile(
    r"\W*(?:yes|yeah|yep|yup|correct|indeed|right|exactly|affirmative|true|of course|sure|certainly)\b", re.I
)
_NO = re.compile(r"\W*(?:no|nope|nah|false|incorrect|negative|not (?:really|at all))\b", re.I)
_POLAR = re.compile(
    r"(?:^|[.,:;!]\s*|\b(?:tell me|say),?\s*)(?:is|are|was|were|do|does|did|can|could|has|"
    r"have|will|would|isn't|aren't|doesn't)\b",
    re.I,
)


def polarity(answer: str) -> bool | None:
    """Returns whether an answer begins with a yes (True) or a no (False), or None."""
    if _YES.match(answer):
        return True
    return False if _NO.match(answer) else None


def reply(case: Case, names: tuple[str, ...]) -> TargetVerdict | None:
    """Judges a bare yes or no to a question that names the label.

    Args:
        case: The answer, which does not say the label itself.
        names: The label and its aliases.

    Returns:
        The verdict, or None where the question does not name the label or the answer is neither yes nor no.
    """
    if not case.answer.tokens or not case.question.tokens:
        return None
    first = case.answer.tokens[0]
    said = polarity(case.answer.raw[first.start :])
    asked = any(matches(case.question, pattern, WIDE) for name in names for pattern in patterns(name))
    if said is None or not asked or not _POLAR.search(case.question.raw.strip()):
        return None
    span = (first.start, first.end)
    if not said:
        return rejected(RejectReason.NEGATED, span, first.word)
    if any(token.word == "or" for token in case.question.tokens):
        return rejected(RejectReason.HEDGED, span, first.word)
    return accepted(span, first.word)
