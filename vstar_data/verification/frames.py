"""Finds a name whose words are bound to its verb, wherever they stand in the sentence.

`out of a bag the hand takes a croissant`, `potatoes are what they peel`, `feeds - by the handful - a dozen goats`,
`takes a stone and skips it`, `the removal of the curlers`. Asked only where a name is not found in a usual order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vstar_data.verification import chunks as cut
from vstar_data.verification import gaps, lemmas, words
from vstar_data.verification.chunks import Chunk
from vstar_data.verification.clauses import Frame, of_deed, of_verb, resolved
from vstar_data.verification.deeds import verbs_of
from vstar_data.verification.matching import WIDE, Lens, Match
from vstar_data.verification.phrases import Pattern, Slot, patterns
from vstar_data.verification.text import Text

_LIST = re.compile(r"something(?:, something)* and something", re.IGNORECASE)


def framed(text: Text, names: tuple[str, ...], lens: Lens = WIDE) -> list[Match]:
    """Returns where the verb of a name is bound to all that the name has beside it, in text order.

    Args:
        text: The answer.
        names: A name and its aliases. Names without a verb or with nothing beside it are not looked for.
        lens: Whether synonyms count.
    """
    found: dict[tuple[int, ...], Match] = {}
    known: dict[int, list[Chunk]] = {}
    for name in names:
        for pattern in patterns(name):
            if _suits(pattern) and could_say(text, pattern, lens):
                for match in _matches(text, pattern, lens, known, listed(name)):
                    found.setdefault(match.filled, match)
    return sorted(found.values(), key=lambda match: (match.first, match.last))


@lru_cache(maxsize=4096)
def listed(name: str) -> int:
    """Returns how many things a name has done to at once: two for `putting something and something on the table`."""
    found = _LIST.search(name)
    return found[0].lower().count("something") if found and "each other" not in name.lower() else 0


def _suits(pattern: Pattern) -> bool:
    rest = pattern.slots[1:]
    return (
        pattern.verb == 0
        and bool(rest)
        and not any((slot.result and slot.word != "and") or slot.directs for slot in rest)
    )


def could_say(text: Text, pattern: Pattern, lens: Lens = WIDE) -> bool:
    """Whether each word of a name is said at all; what else is asked takes longer."""
    said = text.places().keys()
    for slot in pattern.slots:
        if slot.role == "any" or slot.optional or not said.isdisjoint(slot.keys):
            continue
        if slot.role == "preposition":
            continue
        if lens.synonyms and any(other[0] in said for other in slot.near):
            continue
        if slot.role != "verb" or not (slot.keys & words.USING or _nominal(text, slot)):
            return False
    return True


def _nominal(text: Text, slot: Slot) -> list[int]:
    """Returns the nouns that name the doing of a verb by their ending."""
    deeds = text.kept("deeds", _deeds)
    return sorted({place for key in slot.keys for place in deeds.get(key, ())})


def _deeds(text: Text) -> dict[str, list[int]]:
    """Returns for each verb the nouns that name its doing by their ending."""
    deeds: dict[str, list[int]] = {}
    for place, token in enumerate(text.tokens):
        for verb in verbs_of(token.word):
            deeds.setdefault(verb, []).append(place)
    return deeds


def _matches(text: Text, pattern: Pattern, lens: Lens, known: dict[int, list[Chunk]], things: int) -> Iterator[Match]:
    verb = pattern.slots[0]
    places = {place for key in verb.keys for place in text.places().get(key, ())}
    if lens.synonyms:
        places |= {place for other in verb.near for place in text.places().get(other[0], ())}
    places.update(_nominal(text, verb))
    if lens.synonyms and verb.keys & words.USING:
        places.update(place for place, token in enumerate(text.tokens) if token.form.verb)
    for place in sorted(places):
        number = text.tokens[place].sentence
        if number not in known:
            known[number] = cut.chunks(text, *text.sentences[number])
        here = known[number]
        at = next((n for n, chunk in enumerate(here) if chunk.first <= place <= chunk.last), None)
        if at is None:
            continue
        for verb_places, frame in _frames(text, here, at, place, verb, lens):
            if things and _number(text, frame.objects) != things:
                continue
            filled = _filled(text, pattern, frame, verb_places, lens)
            if filled is not None and not _excluded(text, pattern, filled) and not _corrected(text, max(filled)):
                yield Match(min(filled), max(filled), tuple(sorted(set(filled))), place, False, frame.passive)


def _frames(
    text: Text, here: list[Chunk], at: int, place: int, verb: Slot, lens: Lens
) -> Iterator[tuple[tuple[int, ...], Frame]]:
    """Yields the readings of a word as the verb: its tokens, and what belongs to it."""
    chunk = here[at]
    token = text.tokens[place]
    if chunk.kind == "noun":
        frame = of_deed(text, here, at, place)
    elif chunk.kind in ("verb", "aux"):
        frame = of_verb(text, here, at)
        if not frame.passive and not gaps.acts(text, place):
            return
    else:
        return
    if frame is None:
        return
    if token.keys & verb.keys or verbs_of(token.word) & verb.keys:
        yield (place,), frame
    elif verb.keys & words.USING and frame.objects and not token.keys & (words.HAVING | words.BE):
        means = [chunk for preposition, chunk in frame.led if text.tokens[preposition.first].word == "with"]
        someone = frame.passive and any(text.tokens[one.last].keys & words.PERSONS for one in frame.objects)
        if means and chunk.kind == "verb" and not someone:
            yield (place,), Frame(objects=means)
    if not lens.synonyms:
        return
    for other in verb.near:
        if other[0] not in token.keys:
            continue
        if len(other) == 1:
            yield (place,), frame
        elif len(other) == 2:
            for particle in frame.particles:
                if other[1] in text.tokens[particle].keys:
                    yield (place, particle), frame


def _number(text: Text, objects: list[Chunk]) -> int:
    """Returns how many things some noun groups are, as far as they tell: `two cups` are two."""
    if len(objects) != 1:
        return len(objects)
    for token in text.tokens[objects[0].first : objects[0].last + 1]:
        if token.value is not None:
            return int(token.value)
        if token.word in ("both", "couple", "pair"):
            return 2
    return 1


def _filled(text: Text, pattern: Pattern, frame: Frame, verb: tuple[int, ...], lens: Lens) -> tuple[int, ...] | None:
    """Returns the tokens that fill a name, where all its words are bound to the verb; else None."""
    slots = pattern.slots
    filled = list(verb)
    place = 1
    used: list[Chunk] = []
    while place < len(slots):
        slot = slots[place]
        phrase = slots[place : place + _phrase_size(slots, place)]
        if slot.role == "preposition" or len(phrase) > 1:
            if slot.direct and frame.objects:
                return None
            place += len(phrase)
            size = _group_size(slots, place)
            taken = _led(text, phrase, slots[place : place + size], frame, lens, alone=slot is slots[1])
            if taken is None and not slot.optional:
                return None
            filled += taken or ()
            place += size
            continue
        if slot.word == "and":
            place += 1
            continue
        size = _group_size(slots, place)
        if slots[place - 1].role == "any" and _adjective(slot):
            taken = _described(text, slot, frame, lens)
        else:
            taken = _object(text, slots[place : place + size], frame, used, lens)
        if taken is None:
            return None
        filled += taken
        place += size
    return tuple(filled)


def _adjective(slot: Slot) -> bool:
    return slot.role == "word" and lemmas.form(slot.word).adjective


def _described(text: Text, slot: Slot, frame: Frame, lens: Lens) -> tuple[int, ...] | None:
    """Fills an adjective that a name has after its placeholder: `something wet` is `a wet towel`."""
    places = (place for chunk in frame.objects for place in range(chunk.first, chunk.last + 1))
    return next(((place,) for place in places if _says(text, place, slot, lens)), None)


def _phrase_size(slots: tuple[Slot, ...], place: int) -> int:
    """Returns how many slots say one preposition: three for `in front of`, two for `closer to` and `off of`."""
    named = [slot.word for slot in slots[place : place + 3]]
    for phrase in cut.COMPOUND:
        if len(named) >= len(phrase) and all(word.startswith(part) for word, part in zip(named, phrase, strict=False)):
            return len(phrase)
    size = 1
    while place + size < len(slots) and slots[place + size].role == "preposition" == slots[place].role:
        size += 1
    return size


def _group_size(slots: tuple[Slot, ...], place: int) -> int:
    size = 0
    while place + size < len(slots) and slots[place + size].role != "preposition":
        if size and (slots[place + size].role == "any" or not slots[place + size].follows):
            break
        size += 1
    return size


def _object(text: Text, group: tuple[Slot, ...], frame: Frame, used: list[Chunk], lens: Lens) -> tuple[int, ...] | None:
    for chunk in frame.objects:
        if chunk in used and (len(frame.objects) > 1 or group[0].role != "any"):
            continue
        taken = _named(text, chunk, group, lens)
        if taken is not None:
            used.append(chunk)
            return taken
    return None


def _led(
    text: Text, phrase: tuple[Slot, ...], group: tuple[Slot, ...], frame: Frame, lens: Lens, *, alone: bool
) -> tuple[int, ...] | None:
    """Fills a preposition and the group after it, or a particle where nothing follows.

    Args:
        text: The answer.
        phrase: The words of the preposition: `in front of`.
        group: What it leads to.
        frame: The verb with what belongs to it.
        lens: Whether synonyms count.
        alone: Whether it stands right after the verb of the name, which may make it a particle.
    """
    slot = phrase[0]
    if slot.word in words.PARTICLES:
        for particle in frame.particles:
            if text.tokens[particle].keys & slot.keys:
                if not group:
                    return (particle,)
                named = _object(text, group, frame, [], lens)
                if named is not None and not (named and named[-1] < particle and gaps.leads(text, particle)):
                    return (particle, *named)
    if frame.means is not None and slot.keys & {"with", "using"} and group:
        named = _named(text, frame.means, group, lens)
        if named is not None:
            return named or (frame.means.last,)
    if "to" in slot.keys and group and group[0].role == "any" and len(frame.objects) > 1 and not frame.passive:
        return ()
    if alone and slot.word in words.PARTICLES and frame.objects:
        return None
    for preposition, chunk in frame.led:
        said = {key for token in text.tokens[preposition.first : preposition.last + 1] for key in token.keys}
        whole = all(other.role != "preposition" or other.keys & said or _spared(slot, other) for other in phrase)
        if whole and _leads(text, preposition, slot):
            named = _named(text, chunk, group, lens) if group else ()
            if named is not None:
                return (preposition.first, *named)
    return None


def _spared(first: Slot, other: Slot) -> bool:
    """Whether a word of a preposition need not be said: `off` is `off of`, `beside` is `next to`."""
    return (first.word, other.word) in (("off", "of"), ("next", "to"))


def _leads(text: Text, preposition: Chunk, slot: Slot) -> bool:
    """Whether a preposition is the one of a name, perhaps after a particle: `up onto` for `onto`, not `next to`."""
    first, last = text.tokens[preposition.first], text.tokens[preposition.last]
    if first.word.startswith("close") and slot.word.startswith("close"):
        return True
    if slot.role == "preposition" and text.words(preposition.first, preposition.last + 1) == ["on", "top", "of"]:
        return bool(slot.keys & {"on", "onto"})
    if last.word == "of" and first.word == "in" and slot.word != "in":
        return False
    if first.keys & slot.keys:
        return True
    if "from" in slot.keys and [first.word, last.word] == ["out", "of"]:
        return True
    return first.word in words.PARTICLES - {"in", "on"} and bool(last.keys & slot.keys)


def _named(text: Text, chunk: Chunk, group: tuple[Slot, ...], lens: Lens) -> tuple[int, ...] | None:
    """Fills the words of a noun group in a chunk, the last of them by its head; a placeholder by any chunk."""
    if group[0].role == "any":
        return ()
    if chunk.first == chunk.last and text.tokens[chunk.first].word in ("it", "them"):
        chunk = resolved(text, cut.chunks(text, *text.bounds(chunk.first)), chunk)
    filled = []
    for number, slot in enumerate(group):
        head = number == len(group) - 1
        places = (chunk.last,) if head else range(chunk.first, chunk.last + 1)
        if head and slot.optional:
            continue
        at = next((place for place in places if _says(text, place, slot, lens)), None)
        if at is None:
            return None
        filled.append(at)
    return tuple(filled)


def _says(text: Text, place: int, slot: Slot, lens: Lens) -> bool:
    keys = text.tokens[place].keys
    if keys & slot.keys:
        return True
    return lens.synonyms and any(len(other) == 1 and other[0] in keys for other in slot.near)


def _corrected(text: Text, last: int) -> bool:
    """Whether a correction follows: `a coin... no, sits down`."""
    following = text.tokens[last + 1 : last + 8]
    return any(token.word == "no" and ".." in token.glue for token in following)


def _excluded(text: Text, pattern: Pattern, filled: tuple[int, ...]) -> bool:
    near = range(max(0, min(filled) - 1), min(len(text.tokens), max(filled) + 6))
    return any(text.tokens[place].keys & excluded for excluded in pattern.excluded for place in near)
