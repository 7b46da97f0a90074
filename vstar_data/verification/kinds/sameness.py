"""Statements that two things are the same: read from answers that say so in other words, or that name both things."""

from __future__ import annotations

import re

from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.clauses import one_of, subject_before
from vstar_data.verification.kinds.opposites import is_color, opposites
from vstar_data.verification.kinds.replies import View
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_SAME = re.compile(r"\b(?:same|identical|alike)\b")
_SIGNS = {
    **dict.fromkeys(("same", "identical", "alike", "equal", "match", "matches", "identically"), True),
    **dict.fromkeys(("different", "differ", "differs", "differently", "distinct", "unlike", "another"), False),
}
_ABOUT = word_set("color box shape size kind type clip frame image picture")
_THINGS = word_set("object thing one item")
_SHOWING = word_set(
    "show contain hold enclose include frame depict display surround cover capture have feature present outline mark"
)
_DIFFERENCE = re.compile(
    r"\b(?P<no>no|without (?:any|a)|not any|n['\u2019]t any) (?:visible |real |obvious )?differences?\b"
    r"|\b(?P<apart>(?:cannot|can['\u2019]t|can not|impossible to|hard to)[^.;]{0,20}\b(?:told|tell)[^.;]{0,12} apart)\b"
    r"|\bone\b[^.;]{0,30}\b(?P<more>\w+er|more \w+|less \w+) than the other\b",
    re.IGNORECASE,
)
_DIRECTIONS = word_set("left right up down forward forwards backward backwards north south east west")
_SECOND = frozenset({"second", "other", "latter"})


def by_sameness(name: str, text: Text) -> list[View]:
    """Returns what an answer says about a statement that two things are the same; nothing for any other statement.

    Args:
        name: The statement.
        text: The answer.
    """
    if not _SAME.search(name):
        return []
    return _said(name, text) or _by_difference(text) or _both(text) or _named(text) or _compared(name, text)


def _determined(text: Text, noun: Token) -> bool:
    """Whether a noun has an article or the like before it."""
    begin = text.sentences[noun.sentence][0]
    place = next(at for at in range(begin, len(text.tokens)) if text.tokens[at] is noun)
    return place > begin and text.tokens[place - 1].word in words.DETERMINERS | {"only"}


def _by_difference(text: Text) -> list[View]:
    """Reads `there is no difference`, `cannot be told apart`; and that one is larger than the other."""
    views: list[View] = []
    for match in _DIFFERENCE.finditer(text.raw):
        views.append((not match["more"] and bool(match["no"] or match["apart"]), match.start(), match.end()))
    return views


def _compared(name: str, text: Text) -> list[View]:
    """Compares what is said of the one and of the other (`one is red, the other blue`), or of both (`both are red`)."""
    asked = {key for token in tokens_of_name(name).tokens for key in token.keys}
    for begin, end in text.sentences:
        if text.asked[text.tokens[begin].sentence]:
            continue
        both = next((n for n in range(begin, end) if text.tokens[n].word in ("both", "each", "all")), None)
        values = [n for n in range(begin, end) if _valued(text.tokens[n], asked)]
        subject = subject_before(text, both) if both is not None else None
        named = {key for n in range(both or begin, end) for key in text.tokens[n].keys} & (asked - words.FUNCTION)
        strange = subject is not None and subject.form.noun and not one_of(subject, frozenset(asked))
        if strange or (both is not None and both > begin and subject is None and not named):
            both = None
        if both is not None and len({text.tokens[n].word for n in values if n > both}) == 1:
            place = next(n for n in values if n > both)
            if stance(text, place, place) is Stance.ASSERTED:
                return [(True, *text.span(both, place))]
        first = next((n for n in range(begin, end) if text.tokens[n].word in ("one", "first", "left", "former")), None)
        if first is None:
            continue
        others = _SECOND | {"right", "another"}
        second = next((n for n in range(first + 1, end) if text.tokens[n].word in others), None)
        left = [n for n in values if second is not None and first < n < second]
        right = [n for n in values if second is not None and n > second]
        if len(left) == 1 and len(right) == 1 and all(stance(text, n, n) is Stance.ASSERTED for n in (*left, *right)):
            one, two = text.tokens[left[0]].word, text.tokens[right[0]].word
            if one == two or (two,) in opposites((one,)):
                return [(one == two, *text.span(first, right[0]))]
    return []


def _valued(token: Token, asked: set[str]) -> bool:
    """Whether a word is a value of what two things are asked to share: a color, a direction."""
    if "color" in asked:
        return is_color(token.word)
    return bool(asked & {"direction", "way", "side"}) and token.word in _DIRECTIONS


def _said(name: str, text: Text) -> list[View]:
    """Reads the property itself, whatever it is said of: `the objects differ`, `identical in both boxes`."""
    about = {key for token in tokens_of_name(name).tokens for key in token.keys} | _THINGS
    views: list[View] = []
    for place, token in enumerate(text.tokens):
        sign = _SIGNS.get(token.word)
        following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
        if sign is None or (token.word == "another" and not (following and following.keys & about)):
            continue
        how = stance(text, place, place)
        subject = subject_before(text, place)
        named = subject is not None and place and _determined(text, subject)
        if subject is not None and named and not one_of(subject, frozenset(about) | _ABOUT):
            continue
        if how in (Stance.ASSERTED, Stance.MILD, Stance.NEGATED):
            views.append(((how is not Stance.NEGATED) is sign, token.start, token.end))
    return views


def _both(text: Text) -> list[View]:
    """Reads `both boxes contain the cup`: one definite thing, seen twice."""
    for begin, end in text.sentences:
        both = next((place for place in range(begin, end) if text.tokens[place].word == "both"), None)
        verb = _showing(text, both, end) if both is not None else None
        if both is None or verb is None or verb + 1 >= end or text.tokens[verb + 1].word not in ("the", "this", "that"):
            continue
        thing = _head(text, verb + 1, end)
        if thing is not None and stance(text, thing, thing) is Stance.ASSERTED:
            return [(True, *text.span(both, thing))]
    return []


def _named(text: Text) -> list[View]:
    """Compares what is said to be in the first with what is said to be in the second."""
    tokens = text.tokens
    first = next((place for place, token in enumerate(tokens) if token.word in ("first", "one")), None)
    if first is None:
        return []
    second = next((n for n in range(first + 1, len(tokens)) if tokens[n].word in _SECOND), None)
    if second is None:
        return []
    left = _thing_of(text, first, second)
    right = _thing_of(text, second, text.bounds(second)[1])
    if left is None or right is None:
        return []
    if any(stance(text, place, place) is not Stance.ASSERTED for place in (left, right)):
        return []
    span = text.span(min(first, left), right)
    if not tokens[left].keys & tokens[right].keys:
        return [] if _may_be_one(tokens[left], tokens[right]) else [(False, *span)]
    return [(True, *span)] if _definite(text, right) and _described(text, left) == _described(text, right) else []


def _may_be_one(left: Token, right: Token) -> bool:
    """Whether two words can name one thing: a man is a person too, and a couch a sofa."""
    alike = {other[0] for key in left.keys for other in synonyms(key) if len(other) == 1}
    back = {other[0] for key in right.keys for other in synonyms(key) if len(other) == 1}
    return bool((left.keys & words.PERSONS and right.keys & words.PERSONS) or alike & right.keys or back & left.keys)


def _described(text: Text, head: int) -> set[frozenset[str]]:
    """Returns the words of a noun phrase up to its noun, in base forms."""
    begin = head
    while begin > 0 and text.tokens[begin - 1].word not in words.FUNCTION and text.tokens[begin].glue == " ":
        begin -= 1
    return {token.keys for token in text.tokens[begin : head + 1]}


def _thing_of(text: Text, place: int, end: int) -> int | None:
    """Returns the thing that is said of the first or the second: after its verb, or right after it."""
    verb = _showing(text, place, end)
    if verb is not None:
        return _head(text, verb + 1, end)
    after = next((n for n in range(place + 1, min(end, place + 4)) if text.tokens[n].word in ("a", "an", "the")), None)
    return _head(text, after, end) if after is not None else None


def _showing(text: Text, place: int, end: int) -> int | None:
    for at in range(place + 1, min(end, place + 7)):
        following = text.tokens[at + 1].word if at + 1 < end else ""
        if text.tokens[at].keys & _SHOWING or (text.tokens[at].word in words.BE and following in words.DETERMINERS):
            return at
    return None


def _head(text: Text, place: int, end: int) -> int | None:
    """Returns the noun of the noun phrase that begins at a token."""
    head = None
    for at in range(place, min(end, place + 7)):
        token: Token = text.tokens[at]
        if at > place and re.search(r"[,;:.]", token.glue):
            break
        if token.word in words.DETERMINERS or token.value is not None:
            continue
        if token.word in words.FUNCTION or not (token.form.noun or token.form.adjective):
            break
        if token.form.noun:
            head = at
    return head


def _definite(text: Text, place: int) -> bool:
    before = text.tokens[max(0, place - 3) : place]
    return any(token.word in ("the", "this", "that", "it") for token in before)
