"""Binds the verb of a name to its objects and prepositional phrases, wherever they stand in the sentence.

`out of a bag the hand takes a croissant`, `potatoes are what they peel`, `feeds - by the handful - a dozen goats`,
`takes a stone and skips it`, `the removal of the curlers`. Asked only where a name is not found in a usual order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from vstar_data.verification import chunks as cut
from vstar_data.verification import gaps, lemmas, words
from vstar_data.verification.chunks import Chunk
from vstar_data.verification.deeds import verbs_of
from vstar_data.verification.matching import WIDE, Lens, Match
from vstar_data.verification.phrases import Pattern, Slot, patterns
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_LIST = re.compile(r"something(?:, something)* and something", re.IGNORECASE)
_FARTHEST = 16
"""Chunks that are looked at to either side of a verb."""
_ENDS = frozenset({"stop", "clause", "relative"})


@dataclass(slots=True)
class _Frame:
    """A verb with what belongs to it.

    Attributes:
        objects: Noun groups that it is done to.
        led: Prepositional phrases: the preposition and the noun group.
        particles: The tokens of its particles.
        passive: Whether it is done to the subject.
        means: What is used for it, where that comes first: `a cloth is used to cover the plate`.
    """

    objects: list[Chunk] = field(default_factory=list)
    led: list[tuple[Chunk, Chunk]] = field(default_factory=list)
    particles: list[int] = field(default_factory=list)
    passive: bool = False
    means: Chunk | None = None


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
    return [place for place, token in enumerate(text.tokens) if verbs_of(token.word) & slot.keys]


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
) -> Iterator[tuple[tuple[int, ...], _Frame]]:
    """Yields the readings of a word as the verb: its tokens, and what belongs to it."""
    chunk = here[at]
    token = text.tokens[place]
    if chunk.kind == "noun":
        frame = _deed(text, here, at, place)
    elif chunk.kind in ("verb", "aux"):
        frame = _clause(text, here, at)
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
            yield (place,), _Frame(objects=means)
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


def _clause(text: Text, here: list[Chunk], at: int) -> _Frame:
    """Returns what belongs to a verb of a clause."""
    frame = _Frame()
    _after(text, here, at, frame)
    subject = _subject(text, here, at)
    frame.passive = _passive(text, here, at, subject)
    if frame.passive:
        if subject is not None:
            frame.objects = _subjects(here, subject)
            _before(text, here, _clause_start(here, at), subject, frame)
            pairs = pairwise(here[subject + 1 : at])
            frame.led += [(one, two) for one, two in pairs if one.kind == "prep" and two.kind == "noun"]
            if text.tokens[here[subject].last].keys & words.QUANTITIES:
                frame.objects += [two for one, two in frame.led[:2] if text.tokens[one.first].word == "of"]
        return frame
    frame.means = _used(text, here, at)
    finite = not text.tokens[here[at].first].word.endswith("ing")
    if subject is not None and finite and _own_part(text, here[subject]):
        frame.objects.append(here[subject])
    first = _clause_start(here, at)
    if subject is not None and not any(chunk.kind == "verb" for chunk in here[subject:at]):
        _before(text, here, first, subject, frame)
        if not frame.objects:
            frame.objects = _fronted_objects(text, here, subject, at)
    frame.objects = [_resolved(text, here, chunk) for chunk in frame.objects]
    return frame


def _used(text: Text, here: list[Chunk], at: int) -> Chunk | None:
    """Returns what `is used to` do it, or `is used for` doing it."""
    verb = next((place for place in range(at - 1, max(-1, at - 3), -1) if here[place].kind == "verb"), None)
    if verb is None or text.tokens[here[verb].first].word != "used":
        return None
    subject = _subject(text, here, verb)
    return here[subject] if subject is not None and _passive(text, here, verb, subject) else None


def _own_part(text: Text, chunk: Chunk) -> bool:
    """Whether a subject is a part of the doer's body: who raises eyebrows has `her eyebrows rise`."""
    return text.tokens[chunk.first].word in words.POSSESSIVES and bool(text.tokens[chunk.last].keys & _BODY)


def _after(text: Text, here: list[Chunk], at: int, frame: _Frame) -> None:
    """Adds what follows a verb: objects, phrases, particles, up to the next clause."""
    place, end = at + 1, min(len(here), at + _FARTHEST)
    preposition: Chunk | None = None
    while place < end:
        chunk = here[place]
        kind = chunk.kind
        if kind in _ENDS or kind in ("verb", "aux"):
            return
        if kind in ("comma", "dash"):
            after = past_aside(text, here, place)
            if after is None and not (kind == "comma" and _listed(here, place)):
                return
            place = after if after is not None else place + 1
            continue
        if kind == "and":
            following = here[place + 1].kind if place + 1 < len(here) else "stop"
            if following == "verb" and not frame.objects and not frame.led:
                place += 2
                continue
            if following != "noun" or _governs(here, place + 1):
                return
        elif kind == "particle":
            frame.particles.append(chunk.first)
        elif kind == "prep":
            preposition = chunk
            word = text.tokens[chunk.first].word
            if word in words.PARTICLES and (place == at + 1 or here[place - 1].kind == "noun"):
                frame.particles.append(chunk.first)
            place += 1
            if place < end and here[place].kind == "noun":
                _lead(text, here, place, preposition, frame, place - 2 == at)
            else:
                return
        elif kind == "noun":
            if _governs(here, place) and (frame.objects or frame.led or here[place - 1].kind != "verb"):
                return
            if preposition is not None and here[place - 1].kind == "and":
                frame.led.append((preposition, chunk))
            else:
                frame.objects.append(chunk)
        place += 1


def _lead(text: Text, here: list[Chunk], place: int, preposition: Chunk, frame: _Frame, first: bool) -> None:
    """Adds a prepositional phrase; `of` after a quantity leads to the object, after a gerund too."""
    chunk = here[place]
    frame.led.append((preposition, chunk))
    if text.tokens[preposition.first].word == "of" and preposition.first == preposition.last:
        before = here[place - 2]
        quantity = before.kind == "noun" and bool(text.tokens[before.last].keys & words.QUANTITIES)
        if (quantity and before in frame.objects) or first:
            frame.objects.append(chunk)
    elif first and preposition.first == preposition.last and text.tokens[preposition.first].word in words.PARTICLES:
        frame.objects.append(chunk)


def past_aside(text: Text, here: list[Chunk], place: int) -> int | None:
    """Returns the chunk after an aside that begins with a comma or dash, or None where none does."""
    kind = here[place].kind
    first = here[place + 1] if place + 1 < len(here) else None
    if first is None:
        return None
    if kind == "comma" and first.kind not in ("prep", "adverb", "relative"):
        named = first.kind == "noun" and place and here[place - 1].kind == "noun"
        closing = next((n for n in range(place + 2, min(len(here), place + 6)) if here[n].kind == "comma"), None)
        if not named or closing is None or [chunk.kind for chunk in here[closing + 1 : closing + 2]] != ["aux"]:
            return None
    for end in range(place + 2, min(len(here), place + 12)):
        if here[end].kind == kind:
            return end + 1
        joins = here[end].kind == "and" and end + 1 < len(here) and here[end + 1].kind in ("noun", "adverb")
        if here[end].kind in ("stop", "clause", "not") or (
            here[end].kind == "and" and not joins and first.kind != "relative"
        ):
            return None
        described = end == place + 2 and first.kind == "adverb" and gaps.participle(text.tokens[here[end].first])
        if here[end].kind == "verb" and first.kind != "relative" and not described:
            return None
    return None


def _listed(here: list[Chunk], place: int) -> bool:
    """Whether a comma goes on a list of noun groups: `a pen, a key and a coin`."""
    kinds = [chunk.kind for chunk in here[place - 1 : place + 6]]
    return (
        kinds[0] == "noun"
        and kinds[2:3] == ["noun"]
        and kinds[3:5] in (["and", "noun"], ["comma", "noun"], ["comma", "and"])
    )


def _governs(here: list[Chunk], place: int) -> bool:
    """Whether a noun group is the subject of a verb after it."""
    for chunk in here[place + 1 : place + 3]:
        if chunk.kind in ("verb", "aux"):
            return True
        if chunk.kind not in ("adverb", "not"):
            return False
    return False


def _subject(text: Text, here: list[Chunk], at: int) -> int | None:
    """Returns the noun group before a verb that is its subject: past auxiliaries, adverbs, asides and phrases."""
    place = at - 1
    while place >= 0:
        kind = here[place].kind
        if kind == "noun":
            while place >= 2 and here[place - 1].kind == "prep" and here[place - 2].kind == "noun":
                place -= 2
            if place == 0 or here[place - 1].kind != "prep":
                return place
            place -= 2
            continue
        if kind in ("comma", "dash"):
            opening = next((n for n in range(place - 1, max(-1, place - 10), -1) if here[n].kind == kind), None)
            if opening is None or past_aside(text, here, opening) != place + 1:
                return place - 1 if kind == "comma" and place and here[place - 1].kind == "noun" else None
            place = opening - 1
        elif kind in ("aux", "adverb", "not"):
            place -= 1
        elif kind == "and":
            earlier = next((n for n in range(place - 1, -1, -1) if here[n].kind in ("verb", "stop", "clause")), None)
            if earlier is None or here[earlier].kind != "verb":
                return None
            place = earlier - 1
        elif kind in ("verb", "particle", "relative"):
            opener = next((n for n in range(place, max(0, place - 5), -1) if here[n].kind == "relative"), None)
            if opener is None or here[opener - 1].kind != "noun":
                return None
            place = opener - 1
        else:
            return None
    return None


def _subjects(here: list[Chunk], subject: int) -> list[Chunk]:
    """Returns a subject with those joined to it: `a pen and a key are put`."""
    found = [here[subject]]
    place = subject - 1
    while place >= 1 and here[place].kind in ("and", "comma"):
        place -= 1 if here[place - 1].kind != "comma" else 2
        while place >= 2 and here[place].kind == "noun" and here[place - 1].kind == "prep":
            place -= 2
        if place < 0 or here[place].kind != "noun":
            break
        found.append(here[place])
        place -= 1
    return found


def _passive(text: Text, here: list[Chunk], at: int, subject: int | None) -> bool:
    """Whether a verb is done to its subject."""
    token = text.tokens[here[at].first]
    if subject is None or token.word.endswith("s") or not gaps.participle(token):
        return False
    between = here[subject + 1 : at]
    if any(text.tokens[chunk.first].word in words.BE for chunk in between if chunk.kind == "aux"):
        return True
    if any(chunk.kind == "aux" for chunk in between) or token.word in token.form.verb:
        return False
    followed = here[at + 1].kind if at + 1 < len(here) else "stop"
    person = text.tokens[here[subject].last].keys & (words.PERSONS | words.SUBJECT_PRONOUNS)
    apart = text.raw[text.tokens[here[at].first - 1].end : token.start] != " "
    return not person and followed != "noun" and apart


def _clause_start(here: list[Chunk], at: int) -> int:
    for place in range(at - 1, -1, -1):
        if here[place].kind in ("stop", "clause"):
            return place + 1
    return 0


def _before(text: Text, here: list[Chunk], first: int, subject: int, frame: _Frame) -> None:
    """Adds the phrases that a clause begins with: `out of a bag the hand takes`."""
    place = first
    while place + 1 < len(here) and place < subject:
        if here[place].kind == "prep" and here[place + 1].kind == "noun" and place + 1 <= subject:
            frame.led.append((here[place], here[place + 1]))
            place += 2
        elif here[place].kind == "comma":
            after = past_aside(text, here, place)
            place = after if after is not None and after <= subject else place + 1
        elif here[place].kind in ("adverb", "and"):
            place += 1
        else:
            return


def _fronted_objects(text: Text, here: list[Chunk], subject: int, at: int) -> list[Chunk]:
    """Returns the object that comes before the verb: `potatoes are what they peel`, `the guitar that he plays`."""
    before = here[subject - 1] if subject else None
    opening = text.tokens[before.first].word if before is not None and before.kind == "relative" else ""
    found: list[Chunk] = []
    if opening in ("that", "which") and subject >= 2 and here[subject - 2].kind == "noun":
        found.append(here[subject - 2])
    elif opening == "what":
        found += _identified(text, here, subject - 2, -1)
        found += _identified(text, here, at + 1, 1)
    elif before is not None and before.kind == "noun" and here[subject].first == here[subject].last:
        if text.tokens[here[subject].first].word in words.SUBJECT_PRONOUNS:
            found.append(before)
    if found and opening != "what":
        found += _identified(text, here, at + 1, 1)
    return found


def _identified(text: Text, here: list[Chunk], place: int, step: int) -> list[Chunk]:
    """Returns the noun group on the other side of `is`, from a chunk on."""
    seen = False
    while 0 <= place < len(here):
        chunk = here[place]
        if chunk.kind in ("comma", "dash"):
            other = next(
                (
                    n
                    for n in range(place + step, place + 10 * step, step)
                    if 0 <= n < len(here) and here[n].kind == chunk.kind
                ),
                None,
            )
            if other is None:
                return []
            place = other + step
            continue
        if chunk.kind == "aux" and text.tokens[chunk.first].word in words.BE:
            seen = True
        elif chunk.kind == "noun" and seen:
            return [chunk]
        elif chunk.kind != "adverb":
            return []
        place += step
    return []


def _resolved(text: Text, here: list[Chunk], chunk: Chunk) -> Chunk:
    """Returns the noun group that a pronoun means: the last that fits it and is no part of a phrase; or the pronoun."""
    word = text.tokens[chunk.first].word
    if chunk.first != chunk.last or word not in ("it", "them"):
        return chunk
    number = text.tokens[chunk.first].sentence
    earlier = cut.chunks(text, *text.sentences[number - 1]) if number else []
    before = [*earlier, Chunk("stop", 0, -1), *(other for other in here if other.last < chunk.first)]
    for place in range(len(before) - 1, -1, -1):
        other = before[place]
        led = place > 0 and before[place - 1].kind == "prep"
        if led and before[place - 1].first == before[place - 1].last and place > 1 and before[place - 2].kind == "verb":
            led = text.tokens[before[place - 1].first].word not in words.PARTICLES
        if other.kind != "noun" or led:
            continue
        head = text.tokens[other.last]
        many = head.word.endswith("s") and not head.word.endswith("ss")
        joined = place > 1 and before[place - 1].kind in ("and", "comma")
        if other.first == other.last and head.word in words.FUNCTION:
            continue
        if (
            head.keys & words.PERSONS
            or head.keys & (_BODY | {"moment", "time"}) - {"hair"}
            or (many != (word == "them") and not joined)
        ):
            continue
        return other
    return chunk


_BODY = word_set(
    "eyebrow toe chin neck hair cheek wrist hand arm finger head eye face foot leg knee shoulder back mouth lip elbow thumb"
)


def _deed(text: Text, here: list[Chunk], at: int, place: int) -> _Frame | None:
    """Returns what belongs to a noun that names a deed: `the removal of the curlers`, `gives the mug a push off`."""
    chunk, token = here[at], text.tokens[place]
    tail = text.tokens[place + 1 : chunk.last + 1]
    if place != chunk.last and not all(other.word in words.PARTICLES for other in tail):
        return None
    if not (token.word.endswith("ing") or token.keys & words.ACTS or verbs_of(token.word)):
        return None
    frame = _Frame(particles=list(range(place + 1, chunk.last + 1)))
    of = here[at + 1] if at + 1 < len(here) else None
    if of is not None and of.kind in ("prep", "particle") and text.tokens[of.last].word == "of":
        frame.particles += range(of.first, of.last)
        if at + 2 < len(here) and here[at + 2].kind == "noun":
            frame.objects.append(here[at + 2])
            _after(text, here, at + 2, frame)
            return frame
    if at < 2 or here[at - 1].kind != "noun" or here[at - 2].kind != "verb":
        return None
    if "give" not in text.tokens[here[at - 2].first].keys or not token.keys & words.ACTS:
        return None
    _after(text, here, at, frame)
    frame.objects = [here[at - 1]]
    return frame


def _filled(text: Text, pattern: Pattern, frame: _Frame, verb: tuple[int, ...], lens: Lens) -> tuple[int, ...] | None:
    """Returns the tokens that fill a name, where all its words are bound to the verb; else None."""
    slots = pattern.slots
    filled = list(verb)
    place = 1
    used: list[Chunk] = []
    while place < len(slots):
        slot = slots[place]
        if slot.role == "preposition":
            if slot.direct and frame.objects:
                return None
            place += _phrase_size(slots, place) - 1
            size = _group_size(slots, place + 1)
            taken = _led(text, slots, slot, place + 1, size, frame, lens)
            if taken is None:
                if not slot.optional:
                    return None
                taken = ()
            filled += taken
            place += 1 + size
            continue
        if _phrase_size(slots, place) > 1:
            place += _phrase_size(slots, place) - 1
            size = _group_size(slots, place + 1)
            taken = _led(text, slots, slot, place + 1, size, frame, lens)
            if taken is None:
                return None
            filled += taken
            place += 1 + size
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


def _described(text: Text, slot: Slot, frame: _Frame, lens: Lens) -> tuple[int, ...] | None:
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


def _object(
    text: Text, group: tuple[Slot, ...], frame: _Frame, used: list[Chunk], lens: Lens
) -> tuple[int, ...] | None:
    for chunk in frame.objects:
        if chunk in used and (len(frame.objects) > 1 or group[0].role != "any"):
            continue
        taken = _named(text, chunk, group, lens)
        if taken is not None:
            used.append(chunk)
            return taken
    return None


def _led(
    text: Text, slots: tuple[Slot, ...], slot: Slot, place: int, size: int, frame: _Frame, lens: Lens
) -> tuple[int, ...] | None:
    """Fills a preposition and the group after it, or a particle where nothing follows."""
    group = slots[place : place + size]
    if slot.word in words.PARTICLES:
        for particle in frame.particles:
            if text.tokens[particle].keys & slot.keys:
                if not group:
                    return (particle,)
                named = _object(text, group, frame, [], lens)
                if named is not None:
                    return (particle, *named)
    if frame.means is not None and slot.keys & {"with", "using"} and group:
        named = _named(text, frame.means, group, lens)
        if named is not None:
            return named or (frame.means.last,)
    if "to" in slot.keys and group and group[0].role == "any" and len(frame.objects) > 1 and not frame.passive:
        return ()
    if slot is slots[1] and slot.word in words.PARTICLES and frame.objects:
        return None
    for preposition, chunk in frame.led:
        if _leads(text, preposition, slot):
            named = _named(text, chunk, group, lens) if group else ()
            if named is not None:
                return (preposition.first, *named)
    return None


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
        chunk = _resolved(text, cut.chunks(text, *text.bounds(chunk.first)), chunk)
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
