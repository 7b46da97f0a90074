"""Answers of `yes` and `no`: what they assert depends on the question."""

from __future__ import annotations

import re

from vstar_data.records import RejectReason, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.matching import WIDE, matches
from vstar_data.verification.phrases import in_words, patterns
from vstar_data.verification.text import tokens_of_name

_YES = re.compile(
    r"\W*(?:(?:yes|yeah|yep|yup|correct|indeed|right|exactly|affirmative|true|of course|sure|certainly)\b"
    r"|(?:he|she|it|they|i|we|there) (?:is|are|was|were|does|do|did|has|have|can)(?=\s*(?:[,.;!]|\Z)))",
    re.I,
)
_NO = re.compile(
    r"\W*(?:(?:no|nope|nah|false|incorrect|negative|not (?:really|at all))\b"
    r"|(?:he|she|it|they|there) (?:is|are|was|were|does|do|did|has|have)(?: not|n['\u2019]t)(?=\s*(?:[,.;!]|\Z)))",
    re.I,
)
_WH = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how)\b(?![^.?!]*,\s*(?:right|correct|is(?:n't)? it)\?)", re.I
)


def polarity(answer: str) -> bool | None:
    """Returns whether an answer begins with a yes (True) or a no (False), or None."""
    if _YES.match(answer):
        return True
    return False if _NO.match(answer) else None


def alternative_taken(case: Case, names: tuple[str, ...]) -> TargetVerdict | None:
    """Judges an answer that only says what tells one of several classes apart that the question offers.

    `A pineapple.` takes `cutting pineapple`, where the question was `cutting a pineapple or a watermelon?`.

    Args:
        case: The answer, which says neither the label nor another class in full.
        names: The label and its aliases.

    Returns:
        The verdict, or None where the question offers no alternatives, the label not among them, or none is taken.
    """
    if not any(token.word == "or" for token in case.question.tokens):
        return None
    named = {key for token in case.question.tokens for key in token.keys}
    offered = [
        name for name in case.vocabulary.names if _content(name) and all(map(named.intersection, _content(name)))
    ]
    gold = next((name for name in names if _content(name) and all(map(named.intersection, _content(name)))), None)
    if gold is None or not offered:
        return None
    others = [keys for name in offered for keys in _content(name)]
    own = [keys for keys in _content(gold) if not any(keys & other for other in others)]
    theirs = [keys for keys in others if not any(keys & mine for mine in _content(gold))]
    tokens = case.answer.tokens
    places = [next((at for at, token in enumerate(tokens) if token.keys & keys), None) for keys in own]
    if not own or None in places or any(token.keys & keys for token in tokens for keys in theirs):
        return None
    first = next(place for place in places if place is not None)
    if stance(case.answer, first, first) not in (Stance.ASSERTED, Stance.MILD):
        return None
    return accepted(case.answer.span(first, first), tokens[first].word)


def object_named(case: Case, names: tuple[str, ...]) -> TargetVerdict | None:
    """Judges an answer that only names the object of a deed that the question names: `A violin.` to `What is played?`.

    Args:
        case: The answer, which says neither the label nor another class in full.
        names: The label and its aliases.

    Returns:
        The verdict, or None where the question does not name the deed, or the answer not the object, or several.
    """
    asked = frozenset(key for token in case.question.tokens for key in token.keys)
    own = [place for name in names if (place := _named_object(case, name, asked)) is not None]
    if not own or any(_named_object(case, name, asked) is not None for name in case.vocabulary.names):
        return None
    return accepted(case.answer.span(own[0], own[0]), case.answer.tokens[own[0]].word)


def _named_object(case: Case, name: str, asked: frozenset[str]) -> int | None:
    """Returns where an answer names the object of a class whose verb the question has, as what it is; or None."""
    content = _content(name)
    said = [keys for keys in content if not keys & asked]
    if len(said) == len(content) or not said or len(content) - len(said) != 1:
        return None
    tokens = case.answer.tokens
    for place in range(len(tokens) - len(said) + 1):
        if not all(tokens[place + at].keys & keys for at, keys in enumerate(said)):
            continue
        start = place
        while start > 0 and (tokens[start - 1].word in words.DETERMINERS - {"'s"} or tokens[start - 1].form.adjective):
            start -= 1
        begin, end = case.answer.bounds(place)
        last = place + len(said) - 1
        leads = start <= begin or tokens[start - 1].word in words.BE | {"but", "namely"}
        ends = last + 1 >= end or tokens[last + 1].glue != " " or tokens[last + 1].word in words.FUNCTION
        if leads and ends and stance(case.answer, place, last) in (Stance.ASSERTED, Stance.MILD):
            return place
    return None


def _content(name: str) -> list[frozenset[str]]:
    """Returns the base forms of each word of a name that is no function word."""
    tokens = tokens_of_name(in_words(name)).tokens
    return [token.keys for token in tokens if token.word not in words.FUNCTION]


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
    if said is None or not asked or _WH.search(case.question.raw):
        return None
    span = (first.start, first.end)
    if not said:
        return rejected(RejectReason.NEGATED, span, first.word)
    if any(token.word == "or" for token in case.question.tokens):
        return rejected(RejectReason.HEDGED, span, first.word)
    return accepted(span, first.word)
