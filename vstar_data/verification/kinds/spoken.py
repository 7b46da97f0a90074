"""Where an answer says a choice or an answer in words: its pattern, or its own words one after another.

Of what `said` finds, that is left out which lacks a word that decides: `one hand` for `both hands`, `is dark` for
`getting darker`. A word that describes something (`red`) has to describe what the question asks about.
"""

from __future__ import annotations

from functools import lru_cache

from vstar_data.verification import words
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.literal import literal
from vstar_data.verification.matching import Match
from vstar_data.verification.paraphrases import paraphrased
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.words import word_set

_AMOUNTS = (
    word_set("both two two's couple pair"),
    word_set("all every each everyone everybody everything entire whole"),
    word_set("no neither none nobody nothing not never without"),
    word_set("several many multiple various numerous"),
    word_set("few"),
    word_set("once single"),
    word_set("twice"),
)
_CHANGING = word_set(
    "more get gets got getting become becomes became becoming grow grows grew growing turn turns turned "
    "turning go goes going much even"
)
_WIDE_NOUNS = word_set("color colour colored coloured tone shade one direction manner way shape material object thing")
_LEADS = ("yes", "no")


def spoken(text: Text, names: tuple[str, ...], question: Text) -> list[Match]:
    """Returns the places where any of some names is said, in text order.

    Args:
        text: The answer.
        names: A name and its aliases.
        question: The question: what it asks about is what a describing word has to describe.
    """
    found = {match.filled: match for match in said(text, names) if _decided(text, match, names)}
    exact = {match.filled for match in found.values() if match.exact}
    covered = {place for filled in exact if len(filled) > 1 for place in filled}
    for name in names:
        for match in (*literal(text, name), *_changed(text, name)):
            if match.filled not in exact and not covered.issuperset(match.filled):
                found[match.filled] = match
    kept = [match for match in found.values() if not _describes_another(text, match, question)]
    return sorted(kept, key=lambda match: (match.first, match.last))


def in_other_words(text: Text, names: tuple[str, ...]) -> list[Match]:
    """Returns the places where only the lexicon knows that a name is said; as with `spoken`, its amounts are needed."""
    return [match for match in paraphrased(text, names)[0] if _decided(text, match, names)]


def _changed(text: Text, name: str) -> list[Match]:
    """Finds `is becoming darker` for `getting darker`."""
    tokens = tokens_of_name(name).tokens
    if len(tokens) < _TWO or tokens[0].word not in _CHANGING or not tokens[0].keys & {"get", "become", "grow", "turn"}:
        return []
    rest = name[tokens[1].start :]
    return [
        Match(match.first - 1, match.last, (match.first - 1, *match.filled), match.first - 1, True)
        for match in literal(text, rest)
        if match.first and text.tokens[match.first - 1].word in _CHANGING
    ]


_TWO = 2


def _decided(text: Text, match: Match, names: tuple[str, ...]) -> bool:
    """Whether a passage has the amounts and degrees of one of the names."""
    window = text.tokens[max(text.bounds(match.first)[0], match.first - 3) : match.last + 1]
    said_words = {token.word for token in window}
    return any(
        all(not group.isdisjoint(said_words) or _counts_two(group, window) for group in amounts)
        and all(_compared(text, match, key) for key in degrees)
        for amounts, degrees in map(_demands, names)
    )


def _counts_two(group: frozenset[str], window: list[Token]) -> bool:
    return "both" in group and any(token.value == 2 for token in window)


@lru_cache(maxsize=8192)
def _demands(name: str) -> tuple[tuple[frozenset[str], ...], tuple[str, ...]]:
    """Returns the groups of amounts of which a name has one, and the base forms of its comparatives."""
    tokens = tokens_of_name(name).tokens
    inner = tokens[1:] if tokens and tokens[0].word in _LEADS else tokens
    amounts = tuple(group for group in _AMOUNTS if any(token.word in group for token in inner) and len(inner) > 1)
    degrees = tuple(
        base
        for token in tokens
        if token.word.endswith("er") and token.form.adjective
        for base in token.keys
        if base != token.word and token.word.startswith(base[:3]) and not base.endswith("er")
    )
    return amounts, degrees


def _compared(text: Text, match: Match, base: str) -> bool:
    """Whether an adjective that a name has in the comparative is compared here too, or becomes so."""
    places = [place for place in match.filled if base in text.tokens[place].keys and text.tokens[place].word == base]
    return all(any(token.word in _CHANGING for token in text.tokens[max(0, place - 2) : place]) for place in places)


def _describes_another(text: Text, match: Match, question: Text) -> bool:
    """Whether a describing word stands before another thing than the one asked about, which the answer has too."""
    token = text.tokens[match.last]
    if match.first != match.last or not token.form.adjective or match.last + 1 >= text.bounds(match.last)[1]:
        return False
    following = text.tokens[match.last + 1]
    if following.glue != " " or not following.form.noun or following.word in words.FUNCTION:
        return False
    group = _group(text, match.last)
    asked = {
        key for other in question.tokens if other.form.noun and other.word not in words.FUNCTION for key in other.keys
    } - _WIDE_NOUNS
    if any(text.tokens[place].keys & (asked | _WIDE_NOUNS) for place in group):
        return False
    counts = token.value is not None
    return any(
        other.keys & asked and place not in (match.last, *group) and _described(text, place, counts)
        for place, other in enumerate(text.tokens)
    )


def _group(text: Text, place: int) -> range:
    """Returns the rest of the noun group that a describing word opens: `base units` after `seven`."""
    end = min(text.bounds(place)[1], place + 5)
    stop = place + 1
    while stop < end:
        token = text.tokens[stop]
        if token.glue not in (" ", "-", ".") or token.word in words.FUNCTION or token.value is not None:
            break
        stop += 1
    return range(place + 1, stop)


def _described(text: Text, place: int, counts: bool) -> bool:
    """Whether an adjective of its own, or a number, stands before a noun."""
    before = text.tokens[place - 1] if place else None
    if counts:
        return before is not None and before.value is not None
    return before is not None and before.form.adjective and before.word not in words.FUNCTION
