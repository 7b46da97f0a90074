"""Judges `boolean` targets by meaning: what the answer, however it is put, says about the statement."""

from __future__ import annotations

import re

from vstar_data.records import BooleanLabel, RejectReason, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.cues import NEGATORS
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.kinds.sameness import by_sameness
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.yesno import polarity

_OPPOSITES = tuple(
    (left, right)
    for left, _, right in (
        pair.partition("/")
        for pair in [
            "same/different",
            "identical/different",
            "alike/different",
            "open/closed",
            "inside/outside",
            "empty/full",
            "on/off",
            "left/right",
            "before/after",
            "above/below",
            "more/fewer",
            "moving/still",
            "visible/hidden",
            "standing/sitting",
            "dry/wet",
            "present/absent",
            "more/less",
            "faster/slower",
            "bigger/smaller",
            "larger/smaller",
            "success/failure",
            "succeed/fail",
            "true/false",
        ]
    )
)
_ELLIPSIS = re.compile(
    r"\b(?:it|he|she|they|this|that|the \w+(?: \w+)?)\s+(?:does|do|did|is|are|was|were|has|have|can|will)"
    r"(?P<rest>[^.,;:!?]{0,40})(?=[.,;:!?]|\Z)",
    re.IGNORECASE,
)


def judge(label: BooleanLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a statement that holds or does not.

    Args:
        label: The statement and whether it holds.
        asks: Ignored: a statement has one part.
        case: The answer and what is known about it.
    """
    text = case.answer
    if not text.tokens:
        return rejected(RejectReason.ABSENT)
    views = _views(label.name, case)
    if not views:
        return rejected(RejectReason.ABSENT)
    last, start, end = views[-1]
    if last is None:
        return rejected(RejectReason.HEDGED, (start, end))
    if any(view is not None and view is not last for view, _, _ in views):
        return rejected(RejectReason.CONTRADICTED, (start, end))
    parsed = "true" if last else "false"
    if last is label.holds:
        return accepted((start, end), parsed)
    return rejected(RejectReason.WRONG_VALUE if not label.holds else RejectReason.NEGATED, (start, end), parsed)


def _views(name: str, case: Case) -> list[tuple[bool | None, int, int]]:
    """Returns all that the answer says about the statement, in order: true, false, or undecided."""
    text = case.answer
    views: list[tuple[bool | None, int, int]] = []
    turned = _orientation(name, case.question)
    first = text.tokens[0]
    said_yes = polarity(text.raw[first.start :])
    if said_yes is not None:
        views.append((said_yes is turned, first.start, first.end))
    for version, sign in _versions(name):
        for match in said(text, (version,)):
            how = stance(text, match.first, match.last)
            span = text.span(match.first, match.last)
            if how is Stance.HEDGED:
                views.append((None, *span))
            elif how in (Stance.ASSERTED, Stance.MILD, Stance.NEGATED):
                views.append(((how is not Stance.NEGATED) is sign, *span))
    views.sort(key=lambda view: view[1])
    if not views:
        views += _by_opposite(name, text) or by_sameness(name, text) or _by_ellipsis(text, turned)
    return views


def _versions(name: str) -> list[tuple[str, bool]]:
    """Returns the statement and its wordings by an opposite word, with what each says about the statement."""
    versions = [(name, True)]
    for left, right in _OPPOSITES:
        for word, other in ((left, right), (right, left)):
            if re.search(rf"\b{word}\b", name):
                versions.append((re.sub(rf"\b{word}\b", other, name), False))
    return versions


def _by_opposite(name: str, text: Text) -> list[tuple[bool | None, int, int]]:
    """Reads an answer that names the property alone: `they are different items`."""
    said_words = {token.word for token in tokens_of_name(name).tokens}
    views: list[tuple[bool | None, int, int]] = []
    for left, right in _OPPOSITES:
        for word, other in ((left, right), (right, left)):
            if word not in said_words or word in words.PREPOSITIONS:
                continue
            for place, token in enumerate(text.tokens):
                if token.word in (word, other):
                    how = stance(text, place, place)
                    if how in (Stance.ASSERTED, Stance.MILD, Stance.NEGATED):
                        views.append(((how is not Stance.NEGATED) is (token.word == word), token.start, token.end))
    return sorted(set(views), key=lambda view: view[1])


def _by_ellipsis(text: Text, turned: bool) -> list[tuple[bool | None, int, int]]:
    """Reads `it does`, `it doesn't`, `it doesn't fail to`."""
    for match in _ELLIPSIS.finditer(text.raw):
        inside = [token for token in text.tokens if match.start("rest") <= token.start < match.end("rest")]
        rest = [token for token in inside if token.word not in NEGATORS and token.word not in words.FUNCTION]
        cues = sum(1 for token in inside if token.word in NEGATORS)
        failing = [token for token in rest if token.keys & {"fail", "refuse", "miss"}]
        if len(rest) == len(failing):
            return [((cues + len(failing)) % 2 == 0 if turned else (cues + len(failing)) % 2 == 1, *match.span())]
    return []


def _orientation(name: str, question: Text) -> bool:
    """Whether a yes to the question asserts the statement: not so where the question asks for the opposite."""
    asked = {token.word for token in question.tokens}
    stated = {token.word for token in tokens_of_name(name).tokens}
    for left, right in _OPPOSITES:
        for word, other in ((left, right), (right, left)):
            if word in stated and other in asked and word not in asked:
                return False
    return True
