"""Judges `relation` targets: subject, predicate and object bound together, in any voice or tense."""

from __future__ import annotations

from dataclasses import replace

from vstar_data.records import RejectReason, RelationLabel, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.matching import Match
from vstar_data.verification.phrases import patterns
from vstar_data.verification.reference import antecedent
from vstar_data.verification.text import Text, tokens_of_name

_BRIEF = 4
"""Words up to which an answer that only says the predicate leaves the object to the question."""


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
    turned = _turned(predicate)
    found = [(match, label.subject) for match in said(text, (f"{predicate} {label.object}",))]
    found += [(match, label.subject) for match in _elliptical(label, predicate, case)]
    if turned is not None:
        found += [(match, label.object) for match in said(text, (f"{turned} {label.subject}",))]
    found.sort(key=lambda item: (item[0].first, item[0].last))
    reason, shown = RejectReason.ABSENT, None
    for match, doer in reversed(found):
        span = text.span(match.first, match.last)
        how = stance(text, match.first, match.last, own)
        if how in (Stance.ASSERTED, Stance.MILD):
            if _done_by(text, match, doer):
                return accepted(span, text.raw[span[0] : span[1]])
            reason, shown = RejectReason.OTHER_SUBJECT, span
        elif how is Stance.NEGATED:
            return rejected(RejectReason.NEGATED, span)
        elif shown is None:
            reason, shown = RejectReason.HEDGED, span
    return rejected(reason, shown)


def _turned(predicate: str) -> str | None:
    """Returns the active verb of a predicate in the passive: what is `covered by` a blanket, the blanket covers."""
    tokens = tokens_of_name(predicate).tokens
    if len(tokens) != 2 or tokens[1].word != "by":
        return None
    return min(tokens[0].form.verb - {tokens[0].word}, default=None)


def _elliptical(label: RelationLabel, predicate: str, case: Case) -> list[Match]:
    """Finds the predicate with a pronoun, or nothing, for an object that the question names: `She is holding it`."""
    text = case.answer
    thing = frozenset(key for pattern in patterns(label.object) for slot in pattern.slots[-1:] for key in slot.keys)
    if not any(token.keys & thing for token in case.question.tokens):
        return []
    found = []
    for match in said(text, (predicate,)):
        end = text.bounds(match.first)[1]
        after = match.last + 1
        alone = after == end and len(text.tokens) <= _BRIEF
        pronoun = after < end and text.tokens[after].word in ("it", "them") and text.tokens[after].glue == " "
        noun = antecedent(text, match.first) if pronoun else None
        if alone or (pronoun and (noun is None or text.tokens[noun].keys & thing)):
            last = after if pronoun else match.last
            found.append(replace(match, last=last, filled=(*match.filled, last) if pronoun else match.filled))
    return found


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
