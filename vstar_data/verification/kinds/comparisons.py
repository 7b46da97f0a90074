"""Statements that compare two things (`the red car is faster than the blue one`): read from either side of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.opposites import opposites
from vstar_data.verification.kinds.replies import View
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_DEGREES = {"more": 1, "less": -1, "fewer": -1, "greater": 1, "most": 1, "fewest": -1, "least": -1}
_IRREGULAR = {"better": "good", "worse": "bad", "farther": "far", "further": "far", "best": "good", "worst": "bad"}
_MANY = "many"
_WEIGHING = {"weigh": "heavy", "cost": "expensive"}
_VERBS = {
    "outnumber": _MANY,
    "overtake": "fast",
    "outrun": "fast",
    "outpace": "fast",
    "outweigh": "heavy",
    "tower": "tall",
}
"""Verbs that say that their subject is more so than their object."""
_BEHIND = {("leave", "behind"): 1, ("lag", "behind"): -1, ("fall", "behind"): -1, ("keep", "up"): 1}
_EQUAL = re.compile(
    r"\b(?:equal(?:ly|s)?|the (?:very )?same|identical(?:ly)?|no difference|tied?|alike|neither|a draw)\b", re.I
)
_GENDER = {"he": "male", "she": "female", "his": "male", "her": "female"}
_SEXES = {
    "male": word_set("man boy male guy father son husband gentleman brother"),
    "female": word_set("woman girl female lady mother daughter wife sister"),
}
_RATIO = word_set("twice double")


@dataclass(frozen=True)
class Comparison:
    """Which of two things is more so.

    Attributes:
        left: Base forms that only the one has which the statement is about.
        right: Base forms that only the other has.
        base: What is compared: `fast`, or `many` for how many there are.
        sign: 1 where the first is more so, -1 where it is less so.
        there: Whether the two are counted themselves (`there are more women than men`), rather than what they have.
    """

    left: frozenset[str]
    right: frozenset[str]
    base: str
    sign: int
    there: bool


@lru_cache(maxsize=2048)
def comparison_of(name: str) -> Comparison | None:
    """Returns what a statement compares, or None for any other statement."""
    text = tokens_of_name(name)
    tokens = text.tokens
    than = next((place for place, token in enumerate(tokens) if token.word == "than"), None)
    if than is None or any(token.word in ("not", "never") for token in tokens):
        return None
    found = next(((place, grade) for place in range(than) if (grade := _grade(text, place)) is not None), None)
    if found is None or tokens[than + 1 : than + 2] == [] or tokens[than + 1].value is not None:
        return None
    at, (base, sign) = found
    there = any(token.word == "there" for token in tokens[:at])
    before = tokens[at + 1 : than] if there else tokens[: _verb(tokens, at)]
    left, right = _content(before), _content(tokens[than + 1 :])
    left, right = left - right, right - left
    if not left or not right:
        return None
    return Comparison(left, right, base, sign, there)


def _verb(tokens: list[Token], at: int) -> int:
    """Returns the first token of the predicate before a comparative."""
    for place in range(1, at + 1):
        token = tokens[place]
        if token.word in words.AUXILIARIES | words.BE or (
            token.form.verb and token.word.endswith("s") and tokens[place - 1].form.noun
        ):
            return place
    return at


def _content(tokens: list[Token]) -> frozenset[str]:
    return frozenset(key for token in tokens if token.word not in words.FUNCTION for key in token.keys)


def _grade(text: Text, place: int) -> tuple[str, int] | None:
    """Returns what a comparative says: its base form, and whether it says more or less of it."""
    token = text.tokens[place]
    following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    if token.word in _DEGREES:
        before = text.tokens[place - 1] if place else None
        verb = next((key for key in before.keys if key in _WEIGHING), None) if before is not None else None
        if verb is not None:
            return _WEIGHING[verb], _DEGREES[token.word]
        quality = following is not None and (following.form.adjective or following.form.adverb)
        if following is not None and quality and not following.form.noun and following.word != "than":
            return following.word, _DEGREES[token.word]
        return _MANY, _DEGREES[token.word]
    if token.word in _IRREGULAR:
        return _IRREGULAR[token.word], 1
    if token.word.endswith(("er", "est")) and (token.form.adjective or token.form.adverb):
        base = next((key for key in sorted(token.keys) if key != token.word and token.word.startswith(key[:2])), None)
        return (base, 1) if base is not None else None
    return None


def by_comparison(comparison: Comparison, text: Text) -> list[View]:
    """Returns what an answer says about a comparison.

    Args:
        comparison: What the statement asserts.
        text: The answer.
    """
    views: list[View] = []
    for number, (begin, end) in enumerate(text.sentences):
        if not text.asked[number]:
            views += _in_sentence(comparison, text, begin, end)
    return views


def _in_sentence(comparison: Comparison, text: Text, begin: int, end: int) -> Iterator[View]:
    told = False
    for place in range(begin, end):
        relation = _relation(comparison, text, place)
        if relation is None:
            continue
        side = _side(comparison, text, place)
        if side is None:
            continue
        told = True
        how = stance(text, place, place)
        if how is Stance.HEDGED:
            yield None, *text.span(place, place)
            continue
        value = (relation == comparison.sign) is side
        if how is Stance.NEGATED and _at_most_equal(text, place):
            how = Stance.ASSERTED
        if how is Stance.NEGATED and value:
            yield False, *text.span(place, place)
        elif how in (Stance.ASSERTED, Stance.MILD):
            yield value, *text.span(place, place)
    if told:
        return
    counted = _counted(comparison, text, begin, end)
    if counted is not None:
        yield counted, *text.span(begin, end - 1)
        return
    yield from _equal(comparison, text, begin, end)


def _relation(comparison: Comparison, text: Text, place: int) -> int | None:
    """Returns 1 where a token says that its subject is more so, -1 for less so, None where it says neither."""
    token = text.tokens[place]
    grade = _grade(text, place)
    if grade is not None:
        before = text.tokens[place - 1].word if place else ""
        if before in _DEGREES and text.tokens[place - 1].glue != "":
            return None
        kin = _kinship(comparison.base, grade[0])
        return kin * grade[1] if kin else None
    verb = next((key for key in token.form.verb if key in _VERBS), None)
    if verb is not None:
        return _kinship(comparison.base, _VERBS[verb]) or None
    following = text.words(place + 1, min(text.bounds(place)[1], place + 7))
    for (first, second), sign in _BEHIND.items():
        if first in token.form.verb and second in following and comparison.base in ("fast", "quick", "slow"):
            turned = -1 if comparison.base == "slow" else 1
            if first == "keep":
                return -turned if _denied(text, place) else None
            return sign * turned
    if token.word in _RATIO and following[:1] == ["as"] and len(following) > 1:
        return _kinship(comparison.base, following[1]) or None
    closed = place + 2 >= text.bounds(place)[1] or ("as" in following[1:])
    if token.word in ("as", "so") and following and closed and _denied(text, place):
        return -_kinship(comparison.base, following[0]) or None
    return None


def _at_most_equal(text: Text, place: int) -> bool:
    """Whether a denial makes a comparison of a measure: `not as fast as`, `cannot keep up with`."""
    token = text.tokens[place]
    return token.word in ("as", "so") or "keep" in token.form.verb


def _denied(text: Text, place: int) -> bool:
    before = text.words(max(text.bounds(place)[0], place - 3), place)
    return "not" in before or "nearly" in before


def _kinship(own: str, other: str) -> int:
    """Returns 1 for what means the same, -1 for opposites, 0 for neither."""
    if own == other or (other,) in synonyms(own):
        return 1
    against = opposites((own,))
    if (other,) in against:
        return -1
    return 1 if any((other,) in opposites(phrase) for phrase in against if len(phrase) == 1) else 0


def _side(comparison: Comparison, text: Text, place: int) -> bool | None:
    """Returns whether the first of the two things (True) or the second is what a comparative is said of."""
    begin, end = text.bounds(place)
    than = next((at for at in range(place, min(end, place + 6)) if text.tokens[at].word == "than"), None)
    if text.tokens[place].word in _DEGREES and comparison.base == _MANY and comparison.there:
        sides = [_marked(comparison, text, at) for at in range(place + 1, than if than is not None else end)]
        return next((side for side in sides if side is not None), None)
    if "by" in text.words(place + 1, min(end, place + 4)):
        after = [_marked(comparison, text, at) for at in range(place + 1, min(end, place + 8))]
        return next((side for side in after if side is not None), None)
    other = None
    if than is not None:
        beyond = [_marked(comparison, text, at) for at in range(than + 1, min(end, than + 9))]
        other = next((side for side in beyond if side is not None), None)
    start = begin
    for at in range(place - 1, begin, -1):
        if re.search(r"[;:()\u2013\u2014]", text.tokens[at].glue) or text.tokens[at].word in (
            "but",
            "while",
            "whereas",
        ):
            start = at
            break
    before = [side for at in range(start, place) if (side := _marked(comparison, text, at)) is not None]
    if other is not None:
        return None if before and before[-1] is other else not other
    if before:
        return before[-1]
    after = [_marked(comparison, text, at) for at in range(place + 1, min(end, place + 9))]
    found = next((side for side in after if side is not None), None)
    if found is not None and text.tokens[place - 1 if place else 0].word == "the":
        return found
    topic = {"it", "yes"} if _told_by_sex(comparison) else {"it", "yes", "he", "she"}
    return True if found is None and set(text.words(start, place)) & topic else found


def _told_by_sex(comparison: Comparison) -> bool:
    """Whether a pronoun tells the two apart, as far as one can know."""
    return any(bool(comparison.left & sex) is not bool(comparison.right & sex) for sex in _SEXES.values())


def _marked(comparison: Comparison, text: Text, place: int) -> bool | None:
    """Returns which of the two things a token names, or None."""
    token = text.tokens[place]
    left, right = bool(token.keys & comparison.left), bool(token.keys & comparison.right)
    if left is not right:
        return left
    sex = _GENDER.get(token.word)
    if sex is not None:
        left, right = bool(comparison.left & _SEXES[sex]), bool(comparison.right & _SEXES[sex])
        return left if left is not right else None
    return None


def _counted(comparison: Comparison, text: Text, begin: int, end: int) -> bool | None:
    """Compares the numbers that a sentence gives of both: `five women and two men`."""
    if comparison.base != _MANY or not comparison.there:
        return None
    found: dict[bool, float] = {}
    for place in range(begin, end):
        side = _marked(comparison, text, place)
        number = next(
            (t.value for t in reversed(text.tokens[max(begin, place - 3) : place]) if t.value is not None), None
        )
        none = any(t.word == "no" for t in text.tokens[max(begin, place - 2) : place])
        if side is not None and (number is not None or none):
            found.setdefault(side, 0.0 if none or number is None else number)
    if len(found) < 2 or any(stance(text, at, at) is Stance.HEDGED for at in range(begin, end)):
        return None
    return (found[True] - found[False]) * comparison.sign > 0


def _equal(comparison: Comparison, text: Text, begin: int, end: int) -> Iterator[View]:
    """Reads that the two are equal: `equally fast`, `as many men as women`, `the same height`."""
    raw = text.raw[text.tokens[begin].start : text.tokens[end - 1].end]
    sides = {side for at in range(begin, end) if (side := _marked(comparison, text, at)) is not None}
    together = len(sides) == 2 or bool(set(text.words(begin, end)) & {"they", "both", "two", "neither", "there"})
    match = _EQUAL.search(raw)
    place = next((at for at in range(begin, end) if text.tokens[at].word == "as"), None)
    if match is not None:
        place = next(
            at for at in range(begin, end) if text.tokens[at].start >= text.tokens[begin].start + match.start()
        )
    elif (
        place is None
        or "as" not in text.words(place + 1, min(end, place + 5))
        or not _kinship(comparison.base, text.tokens[place + 1].word)
    ):
        return
    if (
        place is not None
        and (together or match is None)
        and stance(text, place, place) in (Stance.ASSERTED, Stance.MILD)
    ):
        yield False, *text.span(place, place)
