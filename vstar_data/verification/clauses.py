"""What belongs to the verb of a clause: its objects, its phrases and its particles, wherever they stand.

A rough reading of `chunks`; which names it says is the matter of `frames`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from vstar_data.verification import chunks as cut
from vstar_data.verification import gaps, words
from vstar_data.verification.chunks import Chunk
from vstar_data.verification.deeds import verbs_of
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_FARTHEST = 16
"""Chunks that are looked at to either side of a verb."""
_ENDS = frozenset({"stop", "clause", "relative"})


@dataclass(slots=True)
class Frame:
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


def of_verb(text: Text, here: list[Chunk], at: int) -> Frame:
    """Returns what belongs to a verb of a clause."""
    frame = Frame()
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
    frame.objects = [resolved(text, here, chunk) for chunk in frame.objects]
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


def _after(text: Text, here: list[Chunk], at: int, frame: Frame) -> None:
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


def _lead(text: Text, here: list[Chunk], place: int, preposition: Chunk, frame: Frame, first: bool) -> None:
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
        elif kind in ("aux", "adverb", "not") or (kind == "prep" and here[place + 1].kind == "adverb"):
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


def _before(text: Text, here: list[Chunk], first: int, subject: int, frame: Frame) -> None:
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
    elif before is not None and _told_of(text, here, subject):
        found.append(before)
    if found and opening != "what":
        found += _identified(text, here, at + 1, 1)
    return found


def _told_of(text: Text, here: list[Chunk], subject: int) -> bool:
    """Whether a pronoun right after a noun begins a clause about it: `the guitar she plays`, not `by it she plays`."""
    free = here[subject - 1].kind == "noun" and (subject < 2 or here[subject - 2].kind != "prep")
    return free and text.tokens[here[subject].last].word in words.SUBJECT_PRONOUNS


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


def resolved(text: Text, here: list[Chunk], chunk: Chunk) -> Chunk:
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
    "eyebrow toe chin neck hair cheek wrist hand arm finger head eye face foot leg knee shoulder back mouth lip elbow "
    "thumb"
)


def of_deed(text: Text, here: list[Chunk], at: int, place: int) -> Frame | None:
    """Returns what belongs to a noun that names a deed: `the removal of the curlers`, `gives the mug a push off`."""
    chunk, token = here[at], text.tokens[place]
    tail = text.tokens[place + 1 : chunk.last + 1]
    if place != chunk.last and not all(other.word in words.PARTICLES for other in tail):
        return None
    named = token.word.endswith("ing") or token.keys & words.ACTS or verbs_of(token.word)
    if not named or token.keys & words.QUANTITIES:
        return None
    frame = Frame(particles=list(range(place + 1, chunk.last + 1)))
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
