"""Finds a name said word for word, whatever stands between its words and whatever its grammar is.

`matching` looks for the words of a name in their relation and may fail at a name that is a sentence, a date or a title;
its own words, in its own order, say it all the same. Case, quotes, dashes, commas and a first article are ignored;
`26 March 1973` is `March 26th, 1973`, and a name of a person may have its middle names in between.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from vstar_data.verification import words
from vstar_data.verification.matching import Match
from vstar_data.verification.phrases import in_words
from vstar_data.verification.text import Text, Token, key_of, tokens_of_name
from vstar_data.verification.words import word_set

_DROPPED = frozenset({"a", "an", "the", "to"})
_GENERATIONS = frozenset({"sr", "jr", "senior", "junior"})
_PASSED = frozenset({"the", "of", "th", "st", "nd", "rd"})
_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec"
)
_PLACES = word_set("city state county river island islands mountains university")
_LAST_DAY = 31
_MIDDLE = 2
"""How many names may stand between the first and the last name of a person."""


def literal(text: Text, name: str) -> list[Match]:
    """Returns the places where a name is said word for word, in text order.

    Args:
        text: The answer.
        name: A choice, an answer or an alias.
    """
    wanted = _wanted(name)
    if not wanted:
        return []
    dated = _dated(wanted)
    found = []
    for start in _starts(text, wanted, dated):
        places = _date(text, start, wanted) if dated else _run(text, start, wanted)
        places = places or _with_middle_names(text, start, wanted, name)
        if places and not _goes_on(text, places[-1], wanted, name):
            found.append(Match(places[0], places[-1], places, None, True))
    return found


@lru_cache(maxsize=8192)
def _wanted(name: str) -> tuple[Token, ...]:
    tokens = tokens_of_name(in_words(name)).tokens
    first = 0
    while first < len(tokens) - 1 and tokens[first].word in _DROPPED:
        first += 1
    return tuple(tokens[first:])


def _starts(text: Text, wanted: tuple[Token, ...], dated: bool) -> list[int]:
    firsts = wanted if dated else wanted[:1]
    known = text.places()
    found = {place for token in firsts for key in token.keys or {token.word} for place in known.get(key, ())}
    if not dated and len(wanted) > 2 and len(wanted[0].word) == len(wanted[1].word) == 1:
        found |= {place - len(wanted) + 1 for key in wanted[-1].keys for place in known.get(key, ())}
    return sorted(place for place in found if place >= 0)


def _same(token: Token, wanted: Token) -> bool:
    return token.word == wanted.word or (token.value is not None and token.value == wanted.value)


def _run(text: Text, start: int, wanted: tuple[Token, ...]) -> tuple[int, ...]:
    """Returns the tokens that are the wanted words in a row, or nothing."""
    tokens = text.tokens
    if start + len(wanted) > len(tokens):
        return ()
    if all(_same(tokens[start + number], token) for number, token in enumerate(wanted)):
        return tuple(range(start, start + len(wanted)))
    return ()


def _dated(wanted: tuple[Token, ...]) -> bool:
    """Whether a name is a date: a month and numbers."""
    months = [token for token in wanted if token.word in _MONTHS]
    numbers = [token for token in wanted if token.value is not None]
    rest = len(wanted) - len(months) - len(numbers) - sum(token.word in _PASSED for token in wanted)
    return len(months) == 1 and bool(numbers) and rest == 0


def _date(text: Text, start: int, wanted: tuple[Token, ...]) -> tuple[int, ...]:
    """Returns the tokens that give the same month and numbers, in any order, from a first token on."""
    lacking = Counter(_part(token) for token in wanted if token.word not in _PASSED)
    places: list[int] = []
    for place in range(start, min(len(text.tokens), start + 2 * len(wanted) + 3)):
        token = text.tokens[place]
        if token.word in _PASSED and places:
            continue
        if not lacking[_part(token)]:
            if places and token.value is not None and token.value <= _LAST_DAY and not _with_day(wanted):
                continue
            return ()
        lacking[_part(token)] -= 1
        places.append(place)
        if not +lacking:
            return tuple(places)
    return ()


def _with_day(wanted: tuple[Token, ...]) -> bool:
    """Whether a date names the day: one that does not is said by any day of its month."""
    return any(token.value is not None and token.value <= _LAST_DAY for token in wanted)


def _part(token: Token) -> str:
    return token.word[:3] if token.word in _MONTHS else key_of(token.value) if token.value is not None else token.word


def _with_middle_names(text: Text, start: int, wanted: tuple[Token, ...], name: str) -> tuple[int, ...]:
    """Finds `Richard Crispin Armitage` for `Richard Armitage`: names of two capitalised words, with others between."""
    tokens = text.tokens
    if len(wanted) < 2 or not all(name[token.start : token.end][:1].isupper() for token in wanted):
        return ()
    if any(token.value is not None or token.word in words.FUNCTION for token in wanted):
        return ()
    if len(wanted) > 2:
        return _without_middle_names(text, start, wanted)
    if not _same(tokens[start], wanted[0]):
        return ()
    for place in range(start + 1, min(len(tokens), start + _MIDDLE + 2)):
        token = tokens[place]
        if place > start + 1 and _same(token, wanted[1]):
            return tuple(range(start, place + 1))
        if not text.raw[token.start].isupper() or "," in token.glue or token.word in words.FUNCTION:
            return ()
    return ()


def _without_middle_names(text: Text, start: int, wanted: tuple[Token, ...]) -> tuple[int, ...]:
    """Finds `Richard Armitage` for `Richard Crispin Armitage`, and a name written out for its initials."""
    tokens = text.tokens
    if start + 1 < len(tokens) and _same(tokens[start], wanted[0]) and _same(tokens[start + 1], wanted[-1]):
        capital = text.raw[tokens[start].start].isupper() and text.raw[tokens[start + 1].start].isupper()
        return (start, start + 1) if capital and len(wanted[0].word) > 1 else ()
    group = tokens[start : start + len(wanted)]
    if len(group) == len(wanted) and _same(group[-1], wanted[-1]):
        initials = all(one.word[:1] == two.word[:1] for one, two in zip(group, wanted, strict=True))
        if initials and all(len(token.word) == 1 for token in wanted[:-1]):
            return tuple(range(start, start + len(wanted)))
    return ()


def _goes_on(text: Text, last: int, wanted: tuple[Token, ...], name: str) -> bool:
    """Whether the words are only the beginning of another name or of a compound: `New York Times`, `guitar case`."""
    if last + 1 >= len(text.tokens):
        return False
    token, following = text.tokens[last], text.tokens[last + 1]
    if following.glue not in (" ", "-") or following.word in words.FUNCTION or following.sentence != token.sentence:
        return False
    if following.word in words.POSSESSIVES | _GENERATIONS | _PLACES or following.value is not None:
        return False
    if text.raw[following.start].isupper() and text.raw[token.start].isupper():
        return not _finite(following) and following.end - following.start > 1
    if len(wanted) > 1 or wanted[0].value is not None or not following.form.noun or _finite(following):
        return False
    return not (token.form.adjective or name[:1].isupper()) or following.glue == "-"


def _finite(token: Token) -> bool:
    """Whether a word is a verb that has a subject: `sang`, `plays`."""
    return bool(token.form.verb) and (token.word.endswith(("s", "ed")) or token.word not in token.form.verb)
