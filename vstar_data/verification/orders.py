"""The orders in which a name's words can come in a sentence, and what may stand before each of them.

`peeling potatoes` is said as `peels a potato`, `a potato is peeled` or `potato peeling`. Knows no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from vstar_data.verification import lemmas, words
from vstar_data.verification.phrases import Pattern, Slot


@dataclass(frozen=True, slots=True)
class Step:
    """A slot at its place in an order.

    Attributes:
        slot: What is to be said.
        gap: What may stand before it.
        both: Base forms that say this slot and the next in one word; empty where no word can.
        start: How a word that says both begins.
        keys: Base forms of which a token must have one to begin what fills the slot by words of its own.
        near_keys: The same for words that stand for them.
        needed: Whether it cannot be passed over, nor be said by the word of the slot before.
        beginnings: What the first part of a word written in two can be (`base ball`), as base forms have it.
        number: The same for steps that the same tokens can fill, in whichever pattern.
    """

    slot: Slot
    gap: str
    both: frozenset[str] = frozenset()
    start: str = ""
    keys: frozenset[str] = frozenset()
    near_keys: frozenset[str] = frozenset()
    needed: bool = False
    beginnings: tuple[str, ...] = ()
    number: int = 0


_MOVING = frozenset({"put", "take", "turn", "switch", "pull", "get", "set", "lay"})
"""Verbs that have an object before a preposition: who puts keys on shoes does not put on the shoes."""

Order = tuple[tuple[Step, ...], int | None, bool]


@lru_cache(maxsize=65_536)
def orders(pattern: Pattern) -> tuple[tuple[Order, ...], tuple[Step, ...]]:
    """Returns the orders in which a pattern's words can come, and the steps that none of them can do without.

    An order is its steps, the place of the verb, and whether it is passive. Of what is needed the longest word comes
    first: it is the rarest as a rule.
    """
    every = tuple((_prepared(steps), verb, passive) for steps, verb, passive in _orders(pattern))
    needed = [{step.number: step for step in steps if step.needed} for steps, _, _ in every]
    always = [step for step in needed[0].values() if all(step.number in own for own in needed)] if needed else []
    return every, tuple(sorted(always, key=lambda step: (step.slot.role == "preposition", -len(step.slot.word))))


_COUNTED = count()


@lru_cache(maxsize=65_536)
def _number(keys: frozenset[str], near_keys: frozenset[str], word: str, role: str) -> int:
    """Returns a number for what fills a step: once forgotten, the same gets another, which costs time alone."""
    return next(_COUNTED)


def _prepared(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Adds to the steps what is looked for first."""
    ready: list[Step] = []
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        slot, both, start = step.slot, frozenset[str](), ""
        keys = slot.keys
        if slot.role == "preposition":
            keys = keys | {"out"} if "from" in keys else keys
        elif following is not None and (
            following.gap in ("next", "predicate") or following.slot.word in words.PARTICLES
        ):
            both, start = lemmas.form(slot.word + following.slot.word).keys, (slot.word + following.slot.word)[:3]
            keys = keys | both
        near = keys | {other[0] for other in slot.near}
        if step.gap == "object":
            near |= lemmas.form("it").keys | lemmas.form("them").keys
        needed = not (slot.optional or step.gap == "filled" or (ready and ready[-1].both))
        number = _number(keys, near, slot.word, slot.role)
        apart = len(slot.word) > 5 and slot.role not in ("preposition", "any")
        parts = tuple(slot.word[:end] for end in range(1, len(slot.word))) if apart else ()
        ready.append(Step(slot, step.gap, both, start, keys, near, needed, parts, number))
    return tuple(ready)


def _orders(pattern: Pattern) -> Iterator[Order]:
    """Yields the orders with the gap that is allowed before each word."""
    slots, verb = list(pattern.slots), pattern.verb
    yield from _in_a_manner(pattern)
    if verb is None:
        yield tuple(Step(slot, _noun_step(slots, place)) for place, slot in enumerate(slots)), None, False
        if len(slots) == 2 and _names_act(slots[1]):
            thing = lemmas.form(slots[0].word)
            if thing.noun and not thing.adjective:
                yield (Step(slots[1], "action"), Step(slots[0], "object")), 0, False
                yield (Step(slots[0], ""), Step(slots[1], "passive")), 1, True
        return
    head, rest = slots[:verb], slots[verb + 1 :]
    action = slots[verb]
    if head:
        subject = _group(head)
        yield (*subject, Step(action, "predicate"), *_after(rest)), len(head), False
        if rest and rest[0].role == "word" and not action.word.endswith("ing"):
            front = _group(rest)
            agent = [Step(slot, "next" if place else "loose") for place, slot in enumerate(head)]
            yield (*front, Step(action, "passive"), *agent), len(front), True
        if not rest:
            after = [Step(slot, "next" if place else "object") for place, slot in enumerate(head)]
            yield (Step(action, "action"), *after), 0, False
        return
    after = _after(rest)
    if len(rest) > 1 and rest[0].role == "preposition" and rest[0].word in words.PARTICLES and action.keys & _MOVING:
        after[0] = replace(after[0], gap="direct")
    yield (Step(action, "action" if rest else "alone"), *after), 0, False
    if rest and rest[0].role == "preposition" and rest[0].word in words.PARTICLES and len(rest) > 1:
        size = next((place for place, slot in enumerate(rest[1:]) if slot.role == "preposition"), len(rest) - 1)
        moved = rest[1 : 1 + size]
        if moved:
            yield (Step(action, "action"), *_after([*moved, rest[0], *rest[1 + size :]])), 0, False
    if action.keys & words.DOING_VERBS and rest:
        doing = replace(action, keys=action.keys | words.DOING_VERBS)
        yield (Step(doing, "action"), *_after(rest)), 0, False
    if action.keys & (words.DOING_VERBS | {"play"}) and rest and all(slot.role == "word" for slot in rest):
        yield tuple(Step(slot, "next" if place else "contest") for place, slot in enumerate(rest)), None, True
    if action.keys & words.DOING_VERBS and rest and all(slot.role == "word" for slot in rest):
        yield tuple(Step(slot, "next" if place else "identified") for place, slot in enumerate(rest)), None, True
    if rest and rest[0].role == "any":
        yield (Step(action, "undergoes"), *_after(rest[1:])), 0, True
    yield from _fronted(action, rest)
    if rest and all(slot.role == "word" for slot in rest) and any(lemmas.form(key).noun for key in action.keys):
        yield (*_group(rest), Step(action, "act")), len(rest), True
    objects: list[Slot] = []
    others = list(rest)
    if others and others[0].role == "preposition" and len(others) > 1 and others[1].role == "word":
        particle = [others.pop(0)]
    else:
        particle = []
    while others and others[0].role == "word":
        objects.append(others.pop(0))
    if objects:
        yield (*_group(objects), Step(action, "passive"), *_after([*particle, *others])), len(objects), True
        if len(objects) > 1 and _result(objects[-1]):
            front, back = _group(objects[:-1]), _after([*particle, objects[-1], *others])
            yield (*front, Step(action, "passive"), *back), len(front), True


def _in_a_manner(pattern: Pattern) -> Iterator[Order]:
    """Yields the orders of a name that ends in a manner: `somersaults in pike position` are `piked` or `in a pike`."""
    *deed, preposition, manner, light = (None, None, None, *pattern.slots)
    if light is None or manner is None or preposition is None or len(deed) < 4:
        return
    if not (light.optional and preposition.optional and preposition.role == "preposition"):
        return
    named = _group([slot for slot in deed if slot is not None])
    verb = pattern.verb if pattern.verb is not None and pattern.verb < len(named) else None
    yield (*named, Step(manner, "manner")), verb, False
    after = None if verb is None else verb + 1
    yield (Step(manner, ""), replace(named[0], gap="manner"), *named[1:]), after, False


def _names_act(slot: Slot) -> bool:
    """Whether a noun names the doing of a verb: `throw`, or `proposal`, for which `propose` stands."""
    return any(lemmas.form(key).verb for key in slot.keys) or any(
        len(other) == 1 and other[0] not in slot.keys and lemmas.form(other[0]).verb == {other[0]}
        for other in slot.near
    )


def _fronted(action: Slot, rest: list[Slot]) -> Iterator[Order]:
    """Yields the order in which a name's last prepositions come first: `from left to right he pushes a car`."""
    at = next((place for place, slot in enumerate(rest) if slot.role == "preposition"), None)
    if at is None or any(slot.role == "any" or slot.result for slot in rest[at:]):
        return
    tail = [Step(slot, "loose" if slot.role == "preposition" else "object") for slot in rest[at:]]
    yield (*tail, Step(action, "fronted"), *_after(rest[:at])), len(tail), False


def _group(slots: list[Slot]) -> list[Step]:
    return [Step(slot, ("next" if slot.follows else "object") if place else "") for place, slot in enumerate(slots)]


def _result(slot: Slot) -> bool:
    """Whether the last word of an object says how it ends up: `upright` in `turn the cabinet upright`."""
    shape = lemmas.form(slot.word)
    return shape.adverb or (shape.adjective and not slot.word.endswith("s"))


def _noun_step(slots: list[Slot], place: int) -> str:
    if place == 0:
        return ""
    if slots[place].role == "preposition":
        return "loose_next"
    return "next" if slots[place].follows else "object"


def _after(slots: list[Slot]) -> list[Step]:
    steps = []
    for place, slot in enumerate(slots):
        if slot.role == "any":
            continue
        filler = place > 0 and slots[place - 1].role == "any"
        if slot.result:
            steps.append(Step(slot, "result"))
        elif slot.directs:
            steps.append(Step(slot, "direction"))
        elif slot.role == "preposition":
            told = place > 0 and slots[place - 1].directs and not (place > 1 and slots[place - 2].role == "preposition")
            steps.append(
                Step(slot, "direct" if slot.direct else "loose_next" if told else "filler" if filler else "loose")
            )
        else:
            steps.append(Step(slot, "next" if slot.follows else "object"))
    if slots and slots[-1].role == "any":
        steps.append(Step(slots[-1], "filled"))
    return steps
