"""Steps that are told without their object, which the text before names: `cracks the eggs and stirs them`."""

from __future__ import annotations

from functools import lru_cache

from vstar_data.verification import gaps, words
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text, Token, tokens_of_name

_FAR = 45
"""How many tokens back the object may have been named."""
_SOME = frozenset({"some", "little", "bit", "few", "lot", "half", "more", "part"})
_CLOSING = (words.PREPOSITIONS - {"of"}) | words.CONJUNCTIONS
_PRONOUNS = frozenset({"it", "them", "this", "these", "those", "one", "both", "everything", "all"})


def tellable(text: Text, names: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the names whose verb and object a text both has somewhere: only those can be told so.

    Args:
        text: The answer.
        names: Any number of names.
    """
    index, places = _by_verb(names), text.places()
    found = dict.fromkeys(name for key in sorted(index.keys() & places.keys()) for name in index[key])
    return tuple(name for name in found if _has(text, _parts(name)[1]))


def objects(names: tuple[str, ...]) -> frozenset[str]:
    """Returns the base forms of what the names' verbs are done to: `egg` for `crack egg`.

    Args:
        names: Any number of names.
    """
    return frozenset(key for name in names if (thing := _parts(name)[1]) is not None for key in thing.keys)


def _has(text: Text, thing: Token | None) -> bool:
    return thing is not None and not text.places().keys().isdisjoint(thing.keys)


@lru_cache(maxsize=64)
def _by_verb(names: tuple[str, ...]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for name in names:
        verb = _parts(name)[0]
        for key in verb[0].keys if verb else ():
            index.setdefault(key, []).append(name)
    return index


def unsaid(text: Text, step: str, others: tuple[str, ...], *, brief: bool = False) -> list[Match]:
    """Returns the places where a step is told by its verb alone, or with a pronoun for its object.

    Args:
        text: The answer.
        step: A name that begins with its verb: `pour egg to pan`.
        others: The other steps and classes: of those with the same verb, the one whose object was named last is meant.
        brief: Whether what follows the object in the name may be left out as well.
    """
    verb, thing, rest = _parts(step)
    rest = [] if brief else rest
    if not verb or thing is None or not _has(text, thing):
        return []
    alike = [
        other for name in others if name != step for other in (_parts(name),) if _same(verb, other[0]) and other[1]
    ]
    found = []
    known = text.places()
    for place in sorted({place for key in verb[0].keys for place in known.get(key, ())}):
        if not _verb_at(text, place, verb):
            continue
        last = place + len(verb) - 1
        shared = _shared_object(text, last)
        if shared is None:
            continue
        named = _named_before(text, place, thing)
        if named is None and shared == last:
            named = _named_after(text, last, thing)
        if named is None:
            continue
        if any((again := _named_before(text, place, other[1])) is not None and again > named for other in alike):
            continue
        end = _rest_after(text, shared, rest)
        if end is not None:
            found.append(Match(place, end, tuple(range(place, shared + 1)), place, False))
    return found + _shared_verb(text, verb, thing, rest)


@lru_cache(maxsize=16_384)
def _parts(name: str) -> tuple[list[Token], Token | None, list[Token]]:
    """Cuts a name into its verb (`stir-fry` is one), the head of its object, and the nouns of what follows.

    Shared: not to be changed.
    """
    tokens = [token for token in tokens_of_name(name).tokens if token.word not in words.DETERMINERS]
    if len(tokens) < 2 or not tokens[0].form.verb:
        return [], None, []
    size = 2 if tokens[1].glue == "-" and len(tokens) > 2 else 1
    thing: Token | None = None
    place = size
    while place < len(tokens) and tokens[place].word not in words.PREPOSITIONS | words.FUNCTION:
        thing = tokens[place]
        place += 1
    return tokens[:size], thing, [token for token in tokens[place:] if token.word not in words.FUNCTION]


def _same(left: list[Token], right: list[Token]) -> bool:
    return len(left) == len(right) and all(a.keys & b.keys for a, b in zip(left, right, strict=True))


def _verb_at(text: Text, place: int, verb: list[Token]) -> bool:
    tokens = text.tokens[place : place + len(verb)]
    if not _same(tokens, verb) or (
        len(verb) == 1 and place + 1 < len(text.tokens) and text.tokens[place + 1].glue == "-"
    ):
        return False
    return gaps.verbal(text, place) or gaps.participle(text.tokens[place])


def _shared_object(text: Text, last: int) -> int | None:
    """Returns the last token of a verb with its pronoun, or of the verb alone where no object follows; else None."""
    end = text.bounds(last)[1]
    if last + 1 >= end:
        return last
    following = text.tokens[last + 1]
    if "(" in following.glue or "[" in following.glue:
        return last
    if following.word in _PRONOUNS and following.glue == " ":
        return last + 1
    if (part := _part_of_it(text, last + 1, end)) is not None:
        return part
    if not following.glue.startswith(" ") or following.word in words.PREPOSITIONS | words.CONJUNCTIONS | {
        "then",
        "until",
    }:
        return last
    if following.word in words.SUBJECT_PRONOUNS or (following.form.adverb and not following.form.noun):
        return last
    # `boiling follows`: the doing itself is the subject.
    doing = text.tokens[last].word.endswith("ing") and following.form.verb and following.word.endswith("s")
    return last if doing else None


def _part_of_it(text: Text, place: int, end: int) -> int | None:
    """Returns the last token of words for some of what was named before, with no noun of their own; or None.

    `a little from the carton` and `some of it` are, `some milk` and `a little milk` are not.
    """
    if text.tokens[place].word in ("a", "just", "only") and place + 1 < end:
        place += 1
    if text.tokens[place].word not in _SOME or text.tokens[place].glue.strip():
        return None
    following = text.tokens[place + 1] if place + 1 < end else None
    if following is None or following.glue.strip():
        return place
    if following.word == "of" and text.words(place + 2, place + 3) in (["it"], ["them"]):
        return place + 2
    return place if following.word in _CLOSING else None


def _named_before(text: Text, place: int, thing: Token | None) -> int | None:
    """Returns the latest place, not too far before another, where a thing is named."""
    if thing is None:
        return None
    for at in range(place - 1, max(-1, place - _FAR), -1):
        if text.tokens[at].keys & thing.keys and text.tokens[at].form.noun:
            return at
    return None


def _named_after(text: Text, last: int, thing: Token) -> int | None:
    """Returns where verbs that are strung together name their object: `peel, then cut the carrot`; or None."""
    end = text.bounds(last)[1]
    following = text.tokens[last + 1] if last + 1 < end else None
    if following is None or not ("," in following.glue or following.word in ("and", "then")):
        return None
    return next((at for at in range(last + 2, end) if text.tokens[at].keys & thing.keys), None)


def _rest_after(text: Text, last: int, rest: list[Token]) -> int | None:
    """Returns the token at which the last noun of what follows the object is said; the verb's own place without any."""
    end = min(text.bounds(last)[1], last + 10)
    for noun in rest:
        last = next((at for at in range(last + 1, end) if text.tokens[at].keys & noun.keys), -1)
        if last < 0:
            return None
    return last


def _shared_verb(text: Text, verb: list[Token], thing: Token, rest: list[Token]) -> list[Match]:
    """Finds an object whose verb stands at an earlier object: `pours coffee, then milk`."""
    found = []
    for place in sorted({place for key in thing.keys for place in text.places().get(key, ())}):
        begin, end = text.bounds(place)
        joined = _joined(text, place, begin)
        if joined is None:
            continue
        if place + 1 < end and text.tokens[place + 1].word in words.AUXILIARIES:
            continue
        at = joined
        while at >= begin and not (text.tokens[at].form.verb and not text.tokens[at].form.noun):
            at -= 1
        size = len(verb)
        if (
            at >= begin
            and _same(text.tokens[at - size + 1 : at + 1], verb)
            and _rest_after(text, place, rest) is not None
        ):
            found.append(Match(place, place, (place,), None, False))
    return found


def _joined(text: Text, place: int, begin: int) -> int | None:
    """Returns the token before the comma, `and` or `then` that joins a noun group to what comes before it; or None."""
    at = place
    while at > begin and (text.tokens[at - 1].word in words.DETERMINERS or text.tokens[at - 1].form.adjective):
        if "," in text.tokens[at].glue:
            break
        at -= 1
    joins = "," in text.tokens[at].glue
    while at > begin and text.tokens[at - 1].word in ("and", "then", "next", "finally", "also"):
        at -= 1
        joins = True
    return at - 1 if joins and at > begin else None
