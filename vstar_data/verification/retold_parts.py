"""Names told in parts: `picks up a guitar and plays`, `takes off the flat tire and puts on the spare one`.

And events that a noun names, `a dog sled race`. What a name is told by is bound to its words, not only near them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from vstar_data.verification import gaps, lemmas, words
from vstar_data.verification import retelling_words as known
from vstar_data.verification.matching import WIDE, Match, matches
from vstar_data.verification.phrases import Pattern, Slot, in_words, patterns
from vstar_data.verification.text import Text, tokens_of_name

_FARTHEST = 16
"""Tokens within which the second part follows the first."""


def shared(text: Text, name: str) -> list[Match]:
    """Returns where what is held or sat at is what the next verb, without an object, is done to."""
    simple = _simple(name)
    if simple is None or text.places().keys().isdisjoint(simple.slots[0].keys):
        return []
    found = []
    for pattern in _held(name):
        for held in matches(text, pattern, WIDE):
            at = _then(text, held, simple.slots[0])
            if at is not None:
                filled = tuple(sorted({*held.filled[1:], at}))
                found.append(Match(min(filled), at, filled, at, False, coordinated=True))
    return found


def turned(text: Text, name: str) -> Iterator[Match]:
    """Yields where a thing does what a name does to it: `the kite flies`, `with her tongue sticking out`."""
    for pattern in _turning(name):
        for match in matches(text, pattern, WIDE):
            if match.verb is None or match.verb < match.first + 1:
                continue
            word = text.tokens[match.verb].word
            if word.endswith(("ing", "s")) and _bare(text, match.last):
                yield match


@lru_cache(maxsize=4096)
def _turning(name: str) -> tuple[Pattern, ...]:
    """Returns what a name is with its thing as the subject, for verbs that tell of it so."""
    read = next((pattern for pattern in patterns(name) if pattern.verb == 0), None)
    if read is None or not lemmas.form(read.slots[0].word).verb & known.TURNING:
        return ()
    verb, *rest = read.slots
    things = [slot for slot in rest if slot.role == "word"]
    others = [slot.word for slot in rest if slot.role != "word"]
    if not things or len(others) > 1 or not set(others) <= words.PARTICLES or any(slot.directs for slot in things):
        return ()
    told = " ".join([*(slot.word for slot in things), verb.word, *others])
    particles = [slot.word for slot in things if slot.word in words.PARTICLES]
    if particles:
        told = " ".join([*(slot.word for slot in things if slot.word not in particles), verb.word, *particles])
    return tuple(pattern for pattern in patterns(told) if pattern.verb)


def _simple(name: str) -> Pattern | None:
    """Returns the reading of a name as a verb and its thing; None where it has none."""
    return next(
        (
            pattern
            for pattern in patterns(name)
            if pattern.verb == 0 and len(pattern.slots) > 1 and all(slot.role == "word" for slot in pattern.slots[1:])
        ),
        None,
    )


@lru_cache(maxsize=4096)
def _held(name: str) -> tuple[Pattern, ...]:
    simple = _simple(name)
    if simple is None:
        return ()
    things = " ".join(slot.word for slot in simple.slots[1:])
    found = []
    for made, doing, near, linking in (
        (f"holding {things}", known.HANDLING, frozenset(known.HANDLED), None),
        (f"sitting with {things}", known.BESIDE, frozenset[tuple[str, ...]](), known.AT),
    ):
        pattern = next((each for each in patterns(made) if each.verb == 0), None)
        if pattern is None:
            continue
        verb = replace(pattern.slots[0], keys=doing, near=near)
        rest = (
            replace(slot, keys=linking) if linking and slot.role == "preposition" else slot
            for slot in pattern.slots[1:]
        )
        found.append(replace(pattern, slots=(verb, *rest), excluded=simple.excluded, context=simple.context))
    return tuple(found)


def _then(text: Text, held: Match, verb: Slot) -> int | None:
    """Returns the verb without an object that is joined on to what is held, or None."""
    end = min(text.bounds(held.last)[1], held.last + _FARTHEST)
    for place in range(held.last + 1, end):
        if text.tokens[place].keys & verb.keys and gaps.verbal(text, place) and _bare(text, place):
            before = place - 1
            while before > held.last and (text.tokens[before].form.adverb or text.tokens[before].word == "then"):
                before -= 1
            joined = text.tokens[before].word == "and" and before > held.last
            if joined or "," in text.tokens[before + 1].glue:
                return place
    return None


def _bare(text: Text, place: int) -> bool:
    """Whether a verb has no object after it."""
    if place + 1 >= text.bounds(place)[1]:
        return True
    following = text.tokens[place + 1]
    if following.glue != " ":
        return not _resumes(text, place + 1)
    if following.word in ("from", "of", "on", "about", "that"):
        return False
    return following.form.adverb or following.word in words.PREPOSITIONS | words.CONJUNCTIONS | words.CLAUSE_BREAKS


def _resumes(text: Text, place: int) -> bool:
    """Whether an object comes after an aside that begins at a token: `lifts, in one movement, his son`."""
    if "," not in text.tokens[place].glue and "-" not in text.tokens[place].glue:
        return False
    return text.tokens[place].word not in ("and", "then", "but", "while", "as", "who", "which")


def renewed(text: Text, name: str) -> list[Match]:
    """Returns where a thing is taken away and a new one put in its place, for names of a change."""
    found = []
    for off in _taken_off(name):
        for taken in matches(text, off, WIDE):
            at = _fresh(text, taken)
            if at is not None and _rest_said(text, name, taken):
                filled = tuple(sorted({*taken.filled, at}))
                found.append(Match(filled[0], filled[-1], filled, taken.verb, False, coordinated=True))
    return found


@lru_cache(maxsize=4096)
def _taken_off(name: str) -> tuple[Pattern, ...]:
    simple = _simple(name)
    if simple is None or not simple.slots[0].keys & {"change", "replace"}:
        return ()
    thing = simple.slots[-1].word
    pattern = next((each for each in patterns(f"removing {thing}") if each.verb == 0), None)
    if pattern is None:
        return ()
    verb = replace(pattern.slots[0], keys=known.REMOVAL)
    return (replace(pattern, slots=(verb, *pattern.slots[1:])),)


def _rest_said(text: Text, name: str, taken: Match) -> bool:
    """Whether what the thing belongs to has been said by then: the phone of `phone battery`."""
    simple = _simple(name)
    said = {key for token in text.tokens[: taken.last + _FARTHEST] for key in token.keys}
    return simple is not None and all(
        slot.keys & said or any(len(other) == 1 and other[0] in said for other in slot.near)
        for slot in simple.slots[1:-1]
        if slot.word not in ("mobile", "cell")
    )


def _fresh(text: Text, taken: Match) -> int | None:
    """Returns the verb that puts a new thing in the place of the one that was taken away, or None."""
    sentence = text.tokens[taken.last].sentence
    for place in range(taken.last + 1, min(len(text.tokens), taken.last + 2 * _FARTHEST)):
        token = text.tokens[place]
        if token.sentence > sentence + 1:
            return None
        if token.keys & known.FITTING and gaps.verbal(text, place):
            end = min(text.bounds(place)[1], place + 5)
            for at in range(place + 1, end):
                if "," in text.tokens[at].glue or (text.tokens[at].word in ("and", "on", "but") and at > place + 1):
                    break
                if text.tokens[at].keys & known.FRESH and _same_thing(text, at, taken):
                    return place
    return None


def _same_thing(text: Text, place: int, taken: Match) -> bool:
    """Whether `new`, `spare` or `another` goes with the thing that was taken away, or with `one`."""
    if place + 1 >= text.bounds(place)[1] or text.tokens[place + 1].glue != " ":
        return True
    following = text.tokens[place + 1]
    return (
        following.word in ("one", "ones")
        or bool(following.keys & text.tokens[taken.last].keys)
        or not (following.form.noun or following.form.adjective)
    )


def bouts(text: Text, name: str) -> Iterator[Match]:
    """Yields where a noun names the event that a name tells by its `-ing`: `a dog sled race`, `it is a bullfight`."""
    for group, event in events(name):
        for place in text.places().get(event, ()):
            token = text.tokens[place]
            if token.word.endswith(("ing", "ed")) or not gaps.is_head(text, place):
                continue
            first = place - len(group)
            begin = text.bounds(place)[0]
            if first < begin or any(
                not text.tokens[first + number].keys & keys or text.tokens[first + number + 1].glue not in (" ", "-")
                for number, keys in enumerate(group)
            ):
                continue
            if _takes_place(text, first, place):
                yield Match(first, place, tuple(range(first, place + 1)), None, False)


@lru_cache(maxsize=4096)
def events(name: str) -> tuple[tuple[tuple[frozenset[str], ...], str], ...]:
    """Returns the words before the event's noun, in any order that English has, and the noun."""
    found: list[tuple[tuple[frozenset[str], ...], str]] = []
    tokens = tokens_of_name(in_words(name).partition("(")[0]).tokens
    if not tokens or not tokens[-1].word.endswith("ing") or not all(token.form.noun for token in tokens[:-1]):
        return ()
    before, last = tokens[:-1], tokens[-1]
    if not before:
        stem = last.word[:-3]
        if stem not in known.BOUTS and lemmas.form(stem).noun and any(stem.endswith(event) for event in known.BOUTS):
            found.append(((), stem))
        return tuple(found)
    event = next((base for base in sorted(lemmas.form(last.word).verb) if base in known.BOUTS), None)
    if event is not None:
        group = tuple(token.keys for token in before if token)
        found += [(group, event)] if len(group) == 1 else [(group, event), (tuple(reversed(group)), event)]
    return tuple(found)


def _takes_place(text: Text, first: int, last: int) -> bool:
    """Whether an event is said to take place: it is what a scene is, or what somebody is in the midst of."""
    begin, end = text.bounds(first)
    start = first
    while (
        start > begin
        and text.tokens[start].glue == " "
        and (text.tokens[start - 1].form.adjective or text.tokens[start - 1].word in words.DETERMINERS)
    ):
        start -= 1
    led = {text.tokens[at].word for at in range(start, first)}
    if not led & (words.DETERMINERS - words.POSSESSIVES):
        return False
    earlier = {key for token in text.tokens[begin:start] for key in (*token.keys, token.word)}
    if earlier & known.SEEN:
        return False
    if start == begin or gaps.HARD.search(text.tokens[start].glue) or text.tokens[start].glue.startswith(":"):
        return last + 1 >= end or text.tokens[last + 1].word not in ("poster", "'s")
    before = text.tokens[start - 1]
    return before.word in words.BE | {"in", "during", "of", "as"} or bool(
        before.keys & (words.DOING_VERBS | {"have", "be", "show", "run", "stage"})
    )
