"""Counts told by the last one: `he stops after the fifteenth squat`. An ordinal that ends nothing counts nothing."""

from __future__ import annotations

from vstar_data.verification.number_names import name_heads
from vstar_data.verification.numbers import ORDINALS, TENS
from vstar_data.verification.readings import REPETITIONS, Reading
from vstar_data.verification.text import Text, Token
from vstar_data.verification.words import word_set

_STOPPING = word_set("stop end finish quit collapse fail done rack conclude complete")
_GIVING_UP = word_set("give put let lie sit step set break hang")
_UP = word_set("up back down off go in")
_AT = word_set("after with on at upon by following")
_LAST = word_set("last final")
_ENDINGS = ("st", "nd", "rd", "th")


def counted_by_the_last(text: Text, name: str) -> list[Reading]:
    """Returns the counts that an answer tells by an ordinal with which the counting ends.

    Args:
        text: The answer.
        name: What is counted.
    """
    heads = name_heads(name)[0]
    found = []
    for place, token in enumerate(text.tokens):
        ordinal = _ordinal(text, place)
        if ordinal is None:
            continue
        value, last = ordinal
        begin, end = text.bounds(place)
        following = text.tokens[last + 1 : min(end, last + 4)]
        noun = any(other.keys & heads or other.word in REPETITIONS for other in following)
        if noun and (_ends(text, place, begin, end) or any(other.word in _LAST for other in following)):
            first = place - 1 if place and text.tokens[place - 1].word in TENS and token.glue == "-" else place
            found.append(Reading(value, value, first, last, False, None, False, ""))
    return found


def _ordinal(text: Text, place: int) -> tuple[float, int] | None:
    """Returns the value of an ordinal that ends at a token, or begins there in digits, and its last token."""
    token = text.tokens[place]
    if token.value is not None and token.word.isdigit():
        ending = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
        return (token.value, place + 1) if ending and ending.glue == "" and ending.word in _ENDINGS else None
    if token.value is not None or token.word not in ORDINALS:
        return None
    tens = TENS.get(text.tokens[place - 1].word, 0) if place and token.glue in ("-", " ") else 0
    return float(ORDINALS[token.word] + tens), place


def _ends(text: Text, place: int, begin: int, end: int) -> bool:
    """Whether somebody stops at an ordinal: `stops after the tenth`, `with the tenth he puts the bar down`."""
    at = next((n for n in range(place - 1, max(begin - 1, place - 4), -1) if text.tokens[n].word in _AT), None)
    if at is None:
        return False
    before = text.tokens[max(begin, at - 5) : at]
    if any(token.keys & _STOPPING for token in before) or _gives_up(before):
        return True
    following = text.tokens[place + 1 : min(end, place + 12)]
    return at == begin and (any(token.keys & _STOPPING for token in following) or _gives_up(following))


def _gives_up(tokens: list[Token]) -> bool:
    verbs = [number for number, token in enumerate(tokens) if token.keys & _GIVING_UP]
    return any(token.word in _UP for number in verbs for token in tokens[number + 1 : number + 5])
