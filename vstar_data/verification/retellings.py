"""Finds a name told otherwise: `runs a brush through her hair`, `comes down the slope on his snowboard`.

Asked only where neither the words of a name nor what the tables have for them are found, and no other class either.
The ways of telling are constructions and general verbs, and hold for any name of the same form. A way that another
class can be told in as well, by the same words, says neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from vstar_data.verification import lemmas, words
from vstar_data.verification import retelling_words as known
from vstar_data.verification.codes import part_of
from vstar_data.verification.matching import WIDE, Match, matches
from vstar_data.verification.paraphrases import owned, owners
from vstar_data.verification.phrases import Pattern, Slot, patterns
from vstar_data.verification.retold_parts import bouts, events, renewed, shared, turned
from vstar_data.verification.text import Text

_Phrases = frozenset[tuple[str, ...]]
_NONE: frozenset[str] = frozenset()


def retold(text: Text, names: tuple[str, ...], others: Iterable[str] = ()) -> tuple[list[Match], list[Match]]:
    """Returns where a name is told otherwise, and where another class could be meant by the same words.

    Args:
        text: The answer.
        names: A name and its aliases.
        others: Names of other classes; those among `names` are none.
    """
    whole = [name for name in names if not part_of(name, names[0])]
    found = {name: places for name in whole if (places := _found(text, name, frozenset()))}
    if not found:
        return [], []
    having = owners(tuple(name for name in others if name not in names))
    own: dict[tuple[int, ...], Match] = {}
    claimed: list[Match] = []
    for name, places in found.items():
        taken = frozenset(phrase for phrase in _borrowed(name) if owned(phrase, having))
        clear = _found(text, name, taken) if taken else places
        rivals = {rival for key in _things(name) for rival in having.get(key, ())}
        meant = [match for rival in sorted(rivals) for match in _found(text, rival, frozenset())]
        for match in places:
            if match not in clear or any(set(match.filled) & set(other.filled) for other in meant):
                claimed.append(match)
            else:
                own[match.filled] = match
    return sorted(own.values(), key=lambda match: (match.first, match.last)), claimed


def _found(text: Text, name: str, taken: _Phrases) -> list[Match]:
    needed = _needed(name)
    if needed and needed.isdisjoint(text.places()):
        return []
    told = [match for pattern in _ways(name, taken) for match in matches(text, pattern, WIDE)]
    told += turned(text, name)
    told += shared(text, name)
    told += renewed(text, name)
    told += bouts(text, name)
    return [replace(match, exact=False) for match in told]


@lru_cache(maxsize=16_384)
def _needed(name: str) -> frozenset[str]:
    """Returns base forms of which any way of telling a name has one; none where nothing can be said of that."""
    found: set[str] = set()
    for pattern in (*patterns(name), *_of_carrier(name)):
        things = [slot for slot in pattern.slots if slot.role == "word"]
        if not things or len(pattern.slots) == 1:
            return _NONE
        for slot in pattern.slots[-1:] if pattern.verb == 0 and pattern.slots[-1].role == "word" else things:
            found |= slot.keys | {phrase[0] for phrase in slot.near | _for_noun(slot)}
        found |= {key for event in events(name) for key in (event[1],)}
    return frozenset(found | {"it", "they"})


@lru_cache(maxsize=4096)
def _things(name: str) -> frozenset[str]:
    """Returns the base forms of what a name has beside its verb."""
    read = patterns(name)
    return frozenset(key for slot in read[0].slots[1:] if slot.role == "word" for key in slot.keys) if read else _NONE


@lru_cache(maxsize=4096)
def _borrowed(name: str) -> _Phrases:
    """Returns what stands for the words of a name and could be another class's."""
    found: set[tuple[str, ...]] = set()
    for pattern in patterns(name):
        bare = not any(slot.role == "word" for slot in pattern.slots[1:])
        for place, slot in enumerate(pattern.slots):
            found |= _for_verb(slot) if place == pattern.verb and bare else _for_noun(slot)
    return frozenset(found)


def _for_verb(slot: Slot) -> _Phrases:
    return frozenset(phrase for base in lemmas.form(slot.word).verb for phrase in known.done_to(base))


def _for_noun(slot: Slot) -> _Phrases:
    if slot.role != "word":
        return frozenset()
    return frozenset(phrase for key in slot.keys for phrase in known.kinds(key))


@lru_cache(maxsize=4096)
def _ways(name: str, taken: _Phrases) -> tuple[Pattern, ...]:
    """Returns the patterns of the ways in which a name can be told, without the words that are taken."""
    found: list[Pattern] = []
    for pattern in patterns(name):
        if pattern.verb is None and len(pattern.slots) > 1:
            continue
        slots = tuple(
            replace(slot, near=slot.near | ((_for_verb(slot) if place == pattern.verb else _for_noun(slot)) - taken))
            for place, slot in enumerate(pattern.slots)
        )
        if slots != pattern.slots:
            found.append(replace(pattern, slots=slots))
    simple = next((pattern for pattern in patterns(name) if pattern.verb == 0), None)
    if simple is not None and len(simple.slots) > 1 and all(slot.role == "word" for slot in simple.slots[1:]):
        things = " ".join(slot.word for slot in simple.slots[1:])
        for way in _of_deed(simple, things):
            nouns = tuple(
                replace(slot, near=slot.near | (_for_noun(slot) - taken)) if place else slot
                for place, slot in enumerate(way.slots)
            )
            found.append(replace(way, slots=nouns, excluded=simple.excluded, context=simple.context))
    found += _of_carrier(name)
    found += _of_template(name)
    return tuple(found)


def _of_deed(simple: Pattern, things: str) -> Iterator[Pattern]:
    """Yields the ways to tell a deed on a thing: with its tool, by its parts, by what closes or soils it."""
    verb = simple.slots[0]
    bases = {base for base in lemmas.form(verb.word).verb if base != verb.word} or {verb.word}
    for base in sorted(bases):
        if base in known.TOOLS:
            yield from _way(f"running {base} over {things}", known.APPLYING, known.OVER)
        machine = base + ("r" if base.endswith("e") else "er")
        if lemmas.is_word(machine) and lemmas.form(machine).noun:
            yield from _way(f"pushing {things} {machine} across something", known.MACHINES, known.WORKING)
        if base in ("clean", "wash", "wipe", "scrub"):
            yield from _way(f"removing dirt from {things}", known.DIRT_OFF, known.OFF | {"out"}, {"dirt": known.DIRT})
        if base in ("open", "uncork", "unwrap"):
            yield from _way(f"removing lid from {things}", known.OPENED, known.OFF, {"lid": known.CLOSURES})
        if base in ("close", "shut"):
            yield from _way(
                f"putting lid on {things}", known.LID_ON, frozenset({"on", "onto"}), {"lid": known.CLOSURES}
            )
        if base in known.TOUCHED:
            doing = verb.keys | {other[0] for other in verb.near | known.done_to(base) if len(other) == 1}
            yield from _way(
                f"{verb.word} surface of {things}", doing, frozenset({"of", "on"}), {"surface": known.PARTS}
            )
            yield from _way(f"{verb.word} {things} surface", doing, None, {"surface": known.PARTS})
        if base == "water":
            for way in _way(f"giving {things} water", frozenset({"give"})):
                yield replace(way, slots=(*way.slots[:-1], replace(way.slots[-1], follows=False)))
        if base in ("squeeze", "wring", "press", "drain"):
            yield from _way(f"{verb.word} juice out of {things}", verb.keys, None, {"juice": known.JUICE})


@lru_cache(maxsize=4096)
def _of_template(name: str) -> tuple[Pattern, ...]:
    """Returns what names of the kind `doing something` mean by other plain words."""
    found: list[Pattern] = []
    for template, way, doing, linking in known.TEMPLATES:
        meant = template.fullmatch(name)
        if meant is not None:
            found += _way(meant.expand(way), doing, linking or None)
    for pattern in patterns(name):
        verb = pattern.slots[pattern.verb] if pattern.verb is not None else pattern.slots[0]
        said = tuple(slot.keys for slot in pattern.slots)
        others = list(known.same_phrases(said)) if len(said) > 1 else []
        if all(slot is verb or slot.role in ("any", "preposition") for slot in pattern.slots):
            others += [saying for base in sorted(lemmas.form(verb.word).verb) for saying in known.alone(base)]
        found += [other for saying in others for other in patterns(saying)]
    return tuple(found)


def _of_carrier(name: str) -> Iterator[Pattern]:
    """Yields the ways to tell a ride by where the rider is: `glides along on a longboard`."""
    for pattern in patterns(name)[:1]:
        *before, last = pattern.slots
        on = " ".join(slot.word for slot in before)
        if pattern.verb == 0 and before and before[0].keys & words.RIDING | {"ride"} and last.role == "word":
            on = " ".join(slot.word for slot in (*before[1:], last))
        elif last.role in ("verb", "word") and last.word.endswith("ing"):
            base = next((key for key in sorted(lemmas.form(last.word).keys) if key in known.CARRIERS), None)
            if base is None:
                continue
            on = f"{on} {base}".strip()
        else:
            continue
        yield from _way(f"going on {on}", known.GOING, frozenset({"on", "aboard", "in", "upon"}))


def _way(
    name: str,
    doing: frozenset[str],
    linking: frozenset[str] | None = None,
    instead: dict[str, frozenset[str]] | None = None,
) -> Iterator[Pattern]:
    """Yields the pattern of a made name whose verb may be any of some, and its preposition and nouns likewise."""
    pattern = next((each for each in patterns(name) if each.verb == 0), None)
    if pattern is None:
        return
    slots = []
    for place, slot in enumerate(pattern.slots):
        if place == 0:
            slot = replace(slot, keys=slot.keys | doing, near=frozenset())
        elif slot.role == "preposition" and linking is not None:
            slot = replace(slot, keys=linking)
        elif instead and slot.word in instead:
            slot = replace(slot, near=frozenset((word,) for word in instead[slot.word]))
        slots.append(slot)
    yield replace(pattern, slots=tuple(slots))
