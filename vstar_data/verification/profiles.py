"""The profiles: `strict` is this package's own; `paper` and `released` follow Video-STaR's rules for comparison.

`paper`: the rules of the paper, section 2.3 and appendix A.1 (keywords at a similarity of 80, numbers within 5 %).
`released`: those of the authors' code (every word above 85, any number within 10 %, temporal IoU above 0.5 with the
last range of the answer), without the errors that lost items. Both look anywhere in the answer: no negation, no rivals.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from vstar_data.errors import UsageError
from vstar_data.records import ClassLabel, Label, NumberLabel, RejectReason, SegmentLabel, TargetVerdict, kind_of
from vstar_data.verification.case import accepted, rejected
from vstar_data.verification.text import tokens_of, tokens_of_name
from vstar_data.verification.times import overlap, spans
from vstar_data.verification.words import AUXILIARIES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS

PROFILES = ("strict", "paper", "released")
_JUDGED = frozenset({"class", "number", "segment"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_STOP = DETERMINERS | PREPOSITIONS | AUXILIARIES | CONJUNCTIONS


def check_kinds(profile: str, kinds: Iterable[str]) -> None:
    """Checks that a profile can judge label kinds, before answers are made for them.

    Args:
        profile: One of `PROFILES`.
        kinds: Label kinds.

    Raises:
        UsageError: The rules of `paper` and `released` for a kind need a language model.
    """
    if beyond := sorted(set(kinds) - _JUDGED) if profile != "strict" else []:
        raise UsageError(
            f"The profile `{profile}` cannot judge {beyond[0]} labels.",
            expected="class, number or segment labels: the other rules need a language or an embedding model",
            mend="use --profile strict, or build without the kind (--set questions.kinds=[class])",
        )


def judge(answer: str, label: Label, profile: str) -> TargetVerdict:
    """Judges one target by the rules of `paper` or `released`.

    Args:
        answer: The whole answer.
        label: The target.
        profile: `paper` or `released`.

    Raises:
        UsageError: A kind that these rules can judge only with a language model.
    """
    match label:
        case ClassLabel(name=name):
            return _words(answer, name, profile)
        case NumberLabel(value=value):
            return _number(answer, value, profile)
        case SegmentLabel(start=start, end=end):
            return _segment(answer, start, end)
        case _:
            check_kinds(profile, [kind_of(label)])
            raise AssertionError("every kind in _JUDGED has a rule above")


def _words(answer: str, name: str, profile: str) -> TargetVerdict:
    from rapidfuzz import fuzz

    said = [token for token in tokens_of(answer).tokens if len(token.word) > 2]
    named = [token.word for token in tokens_of_name(name).tokens]
    wanted = [word for word in named if len(word) > 2 and word not in _STOP] or named
    least = 80.0 if profile == "paper" else math.nextafter(85.0, 100.0)
    places = []
    for word in wanted:
        best = max(said, key=lambda token: fuzz.ratio(word, token.word), default=None)
        if best is None or fuzz.ratio(word, best.word) < least:
            return rejected(RejectReason.ABSENT)
        places.append(best)
    span = (min(token.start for token in places), max(token.end for token in places))
    return accepted(span, " ".join(token.word for token in places))


def _number(answer: str, value: float, profile: str) -> TargetVerdict:
    share = 0.05 if profile == "paper" else 0.1
    found = list(_NUMBER.finditer(answer))
    if not found:
        return rejected(RejectReason.INCOMPLETE)
    closest = min(found, key=lambda match: abs(float(match[0]) - value))
    error = abs(float(closest[0]) - value)
    score = 1.0 - error / max(abs(value), 1e-12)
    if error <= share * abs(value):
        return accepted(closest.span(), closest[0], score)
    return rejected(RejectReason.WRONG_VALUE, closest.span(), closest[0], score)


def _segment(answer: str, start: float, end: float) -> TargetVerdict:
    found = spans(tokens_of(answer))
    if not found:
        return rejected(RejectReason.INCOMPLETE)
    last = found[-1]
    score = overlap(last.begin, last.finish, start, end)
    parsed = f"{last.begin:g}-{last.finish:g}"
    if score > 0.5:
        return accepted((last.start, last.end), parsed, score)
    return rejected(RejectReason.WRONG_TIME, (last.start, last.end), parsed, score)
