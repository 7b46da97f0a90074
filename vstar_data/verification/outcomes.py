"""Names of a deed and what comes of it: `pushing something so that it falls`, `throwing something and catching it`.

Each half is looked for by itself, the outcome after the deed, with the name's own polarity: `it stays on` and `it does
not fall` say that nothing fell. Names without an outcome are not this module's matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vstar_data.verification import words
from vstar_data.verification.frames import framed
from vstar_data.verification.matching import WIDE, Lens, Match, matches
from vstar_data.verification.phrases import patterns
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_PARTED = re.compile(
    r"(?P<deed>.+?)(?:,? (?P<link>so that|so it|so they|so the|so lightly that|so nothing|until|, then|then|but|without|because|"
    r"and (?=\w+ing\b))|, (?P<doing>(?=\w+ing\b)))\s*(?P<outcome>.+)",
    re.IGNORECASE,
)
_ATTEMPT = re.compile(r"(?P<attempt>failing to|trying to|trying but failing to)\s+(?P<verb>\w+)(?P<rest>.*)", re.IGNORECASE)
_TRIED = word_set("try attempt fail struggle unable cannot can could manage effort want")
_DENIED = word_set("not never no nothing without hardly barely neither fail refuse scarcely nor prevent")
_NEARLY = word_set("almost nearly")
_EMPTY = word_set(
    "let get start begin be do have actually right down up off over out on as you your hand remove something it they "
    "enough for around really to with each other where is cannot can and so that the a"
)
_MOVING = word_set("fall collapse move roll glide slide drop topple tip")
_STAYING = word_set("stay remain hold")
_FARTHEST = 24
"""Tokens within which the outcome is told after the deed."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in its halves.

    Attributes:
        deed: The first half, as a name.
        tried: Whether the deed is only tried.
        verbs: The base forms that tell the outcome, with those that mean the same.
        also: Words that have to stand beside: `slightly`, `pieces`.
        denied: Whether the outcome does not come.
        nearly: Whether it nearly comes.
    """

    deed: str
    tried: bool
    verbs: frozenset[str]
    also: tuple[frozenset[str], ...]
    denied: bool
    nearly: bool


def composed(text: Text, names: tuple[str, ...], lens: Lens = WIDE) -> list[Match]:
    """Returns where a deed is told and then its outcome, in text order.

    Args:
        text: The answer.
        names: A name and its aliases.
        lens: Whether synonyms count.
    """
    found: dict[tuple[int, ...], Match] = {}
    for name in names:
        halves = _halves(name)
        if halves is None or text.places().keys().isdisjoint(halves.verbs | _STAYING | {"happen"}):
            continue
        deeds = [match for pattern in patterns(halves.deed) for match in matches(text, pattern, lens)]
        for deed in deeds or framed(text, (halves.deed,), lens):
            match = _with_outcome(text, deed, halves)
            if match is not None:
                found.setdefault(match.filled, match)
    return sorted(found.values(), key=lambda match: (match.first, match.last))


@lru_cache(maxsize=4096)
def _halves(name: str) -> _Name | None:
    """Cuts a name; None where it has no outcome."""
    plain = re.sub(r"\s*\([^()]*\)", "", name).replace("_", " ")
    parted = _PARTED.fullmatch(plain)
    if parted is None:
        return None
    deed, outcome, link = parted["deed"].rstrip(" ,"), parted["outcome"], (parted["link"] or "").lower()
    attempt = _ATTEMPT.fullmatch(deed)
    if attempt is not None:
        deed = attempt["verb"] + attempt["rest"]
    tokens = tokens_of_name(outcome).tokens
    denied = link in ("without", "so nothing") or any(token.word in _DENIED or token.word == "nothing" for token in tokens)
    nearly = any(token.word in _NEARLY for token in tokens)
    telling = [token for token in tokens if not token.keys & _EMPTY and token.word not in words.FUNCTION | _DENIED | _NEARLY]
    verb = next((token for token in telling if token.form.verb), None)
    if verb is None:
        return None
    verbs = verb.form.verb | verb.keys
    verbs |= {other[0] for key in verb.form.verb for other in synonyms(key) if len(other) == 1}
    if nearly:
        # `almost falls off but doesn't` nearly comes; `doesn't or almost doesn't move` does not come.
        nearly = "or almost" not in outcome
        denied = not nearly
    also = tuple(_meaning(token.keys) for token in telling if token is not verb)
    return _Name(deed, attempt is not None, frozenset(verbs), also, denied, nearly)


def _meaning(keys: frozenset[str]) -> frozenset[str]:
    return keys | {other[0] for key in keys for other in synonyms(key) if len(other) == 1}


def _with_outcome(text: Text, deed: Match, name: _Name) -> Match | None:
    """Returns a deed with the outcome that is told after it, or None."""
    tokens = text.tokens
    first = deed.first
    if name.tried:
        tried = next((place for place in range(first - 1, max(-1, first - 7), -1) if tokens[place].keys & _TRIED), None)
        if tried is None or tokens[tried].sentence != tokens[first].sentence:
            return None
        first = tried
    number = tokens[deed.last].sentence
    end = min(len(tokens), deed.last + _FARTHEST)
    for place in range(deed.first + 1, end):
        token = tokens[place]
        if token.sentence > number + 1 or place in deed.filled:
            continue
        came = _came(text, place, deed, name)
        if came is None or came == name.denied or name.nearly != _nearly(text, place, deed):
            continue
        near = {key for other in tokens[deed.last + 1 : place + 5] for key in other.keys}
        if not name.denied and not all(near & keys for keys in name.also):
            continue
        return Match(first, place, tuple(sorted({*deed.filled, place})), deed.verb, False, deed.passive, whole=True)
    return None


def _came(text: Text, place: int, deed: Match, name: _Name) -> bool | None:
    """Whether a word says that the outcome came or that it did not; None where it says neither."""
    token = text.tokens[place]
    denied = _denial(text, place, deed)
    if token.keys & name.verbs and token.form.verb:
        return not denied
    if token.keys & _STAYING and name.verbs & _MOVING:
        return denied
    return False if "happen" in token.keys and denied else None


def _clause(text: Text, place: int, deed: Match) -> list[int]:
    """Returns the tokens before a verb that are of its clause."""
    found = []
    for at in range(place - 1, max(deed.first, place - 6), -1):
        if at in deed.filled and at != place - 1:
            break
        found.append(at)
        if "," in text.tokens[at].glue or ";" in text.tokens[at].glue or text.tokens[at].word in ("but", "and", "until"):
            break
        if text.tokens[at].sentence != text.tokens[place].sentence:
            break
    return found


def _denial(text: Text, place: int, deed: Match) -> bool:
    before = [text.tokens[at] for at in _clause(text, place, deed)]
    return any(token.word in _DENIED or token.keys & {"fail", "refuse", "prevent"} for token in before)


def _nearly(text: Text, place: int, deed: Match) -> bool:
    return any(text.tokens[at].word in _NEARLY for at in _clause(text, place, deed))
