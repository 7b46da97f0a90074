"""Judges `relation` targets: subject, predicate and object bound together, in any voice or tense."""

from __future__ import annotations

from vstar_data.records import RejectReason, RelationLabel, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text, tokens_of_name


def judge(label: RelationLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a relation target.

    Args:
        label: Subject, predicate and object.
        asks: Ignored: a relation has one part.
        case: The answer and what is known about it.
    """
    text = case.answer
    predicate = label.predicate.replace("_", " ")
    own = frozenset(key for token in tokens_of_name(predicate).tokens for key in token.keys)
    reason, shown = RejectReason.ABSENT, None
    for match in reversed(said(text, (f"{predicate} {label.object}",))):
        span = text.span(match.first, match.last)
        how = stance(text, match.first, match.last, own)
        if how in (Stance.ASSERTED, Stance.MILD):
            if _done_by(text, match, label.subject):
                return accepted(span, text.raw[span[0] : span[1]])
            reason, shown = RejectReason.OTHER_SUBJECT, span
        elif how is Stance.NEGATED:
            return rejected(RejectReason.NEGATED, span)
        elif shown is None:
            reason, shown = RejectReason.HEDGED, span
    return rejected(reason, shown)


def _done_by(text: Text, match: Match, subject: str) -> bool:
    """Whether the relation's subject is the label's: any person stands for a person."""
    wanted = frozenset(key for token in tokens_of_name(subject).tokens[-1:] for key in token.keys)
    begin, end = text.bounds(match.first)
    around = range(match.last + 1, end) if match.passive else range(begin, match.first)
    if wanted & words.PERSONS:
        nearby = [text.tokens[place] for place in around]
        people = [token for token in nearby if token.keys & words.PERSONS or token.word in words.SUBJECT_PRONOUNS]
        others = [token for token in nearby if token.form.noun and token not in people and not token.form.verb]
        return bool(people) or not others or match.passive
    return any(text.tokens[place].keys & wanted for place in range(begin, end) if place not in match.filled)
