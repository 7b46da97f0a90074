"""Names of a deed and what comes of it: `pushing something so that it falls`, `throwing something and catching it`.

Each half is looked for by itself, the outcome after the deed, with the name's own polarity: `it stays on` and `it does
not fall` say that nothing fell. Names without an outcome are not this module's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from vstar_data.verification import words
from vstar_data.verification.frames import framed
from vstar_data.verification.matching import WIDE, Lens, Match, matches
from vstar_data.verification.phrases import patterns
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_LINKS = (
    "so that|so it|so they|so (?=the\\b)|so (?=something\\b)|so lightly that|so nothing|until|, then|then"
    "|(?<!trying )but|without|because|and (?!some)(?=\\w+ing\\b)"
)
_PARTED = re.compile(
    rf"(?P<deed>.+?)(?:,? (?P<link>{_LINKS})|, (?P<doing>(?!some)(?=\w+ing\b)))\s*(?P<outcome>.+)", re.IGNORECASE
)
_ATTEMPT = re.compile(
    r"(?P<attempt>failing to|trying to|trying but failing to)\s+(?P<verb>\w+)(?P<rest>.*)", re.IGNORECASE
)
_TRIED = word_set("try attempt fail struggle unable cannot can could manage effort want")
_DENIED = word_set("not never no nothing without hardly barely neither fail refuse scarcely nor prevent")
_NEARLY = word_set("almost nearly")
_EMPTY = word_set(
    "let get start begin be do have actually right down up off over out on as you your hand remove something it they "
    "enough for around really to with each other where is cannot can and so that the a"
)
_MOVING = word_set("fall collapse move roll glide slide drop topple tip")
_STAYING = word_set("stay remain hold")
_LINKING = words.CLAUSE_BREAKS | {"and"}
_FEIGNED = word_set("pretend feign fake mime simulate")
_PRETENDING = re.compile(
    r"pretending to (?:be )?(?P<deed>.+?)(?:,? (?:without|but not) (?:actually |really )?\w+ing .+| that is not \w+)?",
    re.IGNORECASE,
)
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
        pretended = _PRETENDING.fullmatch(name)
        if pretended is not None:
            found.update((match.filled, match) for match in _feigned(text, pretended["deed"], lens))
            continue
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
        deed = re.sub(r"\bsomething un\w+able\b", "something", attempt["verb"] + attempt["rest"])
    tokens = tokens_of_name(outcome).tokens
    denied = link in ("without", "so nothing") or any(
        token.word in _DENIED or token.word == "nothing" for token in tokens
    )
    nearly = any(token.word in _NEARLY for token in tokens)
    telling = [
        token for token in tokens if not token.keys & _EMPTY and token.word not in words.FUNCTION | _DENIED | _NEARLY
    ]
    named = {after.word for before, after in pairwise(tokens) if before.word in words.DETERMINERS}
    verb = next((token for token in telling if token.form.verb and token.word not in named), None)
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


def _feigned(text: Text, deed: str, lens: Lens) -> Iterator[Match]:
    """Yields where a deed is only pretended: `acts as if he opened the jar`."""
    if text.places().keys().isdisjoint(_FEIGNED | {"if", "though"}):
        return
    told = [match for pattern in patterns(deed) for match in matches(text, pattern, lens)]
    for match in told or framed(text, (deed,), lens):
        begin = max(text.bounds(match.first)[0], match.first - 7)
        cue = next((at for at in range(match.first - 1, begin - 1, -1) if _feigns(text, at)), None)
        if cue is not None:
            filled = tuple(sorted({*match.filled, cue}))
            yield replace(match, first=cue, filled=filled, exact=False, whole=True)


def _feigns(text: Text, place: int) -> bool:
    """Whether a word says that what follows is not done: `pretends`, the verb of `acts as if`."""
    if text.tokens[place].keys & _FEIGNED:
        return True
    return text.words(place + 1, place + 3) in (["as", "if"], ["as", "though"]) and bool(text.tokens[place].form.verb)


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
        if not _of_the_deed(text, place, deed, name):
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


def _of_the_deed(text: Text, place: int, deed: Match, name: _Name) -> bool:
    """Whether the outcome befalls what was told of before: not so in `pushes the cup, and the spoon falls`."""
    clause = _clause(text, place, deed)
    doing = deed.verb is not None and text.tokens[deed.verb].word.endswith("ing")
    if doing and not any("," in text.tokens[at].glue or text.tokens[at].word in _LINKING for at in clause):
        return True
    first = min(clause, default=place)
    told = {key for token in text.tokens[text.bounds(deed.first)[0] : first] for key in token.keys}
    known = told.union(*name.also) | name.verbs | {"nothing"}
    nouns = (text.tokens[at] for at in clause if at not in deed.filled and not text.tokens[at].keys & _EMPTY)
    return all(
        token.word in words.FUNCTION or token.form.adverb or not token.form.noun or token.keys & known
        for token in nouns
    )


def _clause(text: Text, place: int, deed: Match) -> list[int]:
    """Returns the tokens before a verb that are of its clause."""
    found = []
    for at in range(place - 1, max(deed.first, place - 8), -1):
        if at in deed.filled and at != place - 1:
            break
        found.append(at)
        if "," in text.tokens[at].glue or ";" in text.tokens[at].glue or text.tokens[at].word in _LINKING:
            break
        if text.tokens[at].sentence != text.tokens[place].sentence:
            break
    return found


def _denial(text: Text, place: int, deed: Match) -> bool:
    before = [text.tokens[at] for at in _clause(text, place, deed)]
    return any(token.word in _DENIED or token.keys & {"fail", "refuse", "prevent"} for token in before)


def _nearly(text: Text, place: int, deed: Match) -> bool:
    return any(text.tokens[at].word in _NEARLY for at in _clause(text, place, deed))
