"""Finds a name's pattern in an answer: in any inflection, voice and word order, with modifiers between its words.

Says only that the words stand there in the right relation; whether the answer asserts them is `assertion`'s matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vstar_data.verification import gaps, lemmas, reference, words
from vstar_data.verification.phrases import Pattern, Slot
from vstar_data.verification.text import Text
from vstar_data.verification.typos import misspells

REACH = 14
"""How many tokens may lie between two words of one name."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a name is said.

    Attributes:
        first: First token.
        last: Last token.
        filled: The tokens that fill the name's words, in text order.
        verb: The token of the verb, or None.
        exact: Whether only the name's own words were used: no synonym, no typo.
        passive: Whether the object comes before the verb.
        coordinated: Whether an `and` or a comma stands between its words.
    """

    first: int
    last: int
    filled: tuple[int, ...]
    verb: int | None
    exact: bool
    passive: bool = False
    coordinated: bool = False


@dataclass(frozen=True, slots=True)
class Lens:
    """How closely to look: whether synonyms and one-letter typos count."""

    synonyms: bool = False
    typos: bool = False


LITERAL = Lens()
WIDE = Lens(synonyms=True, typos=True)


def matches(text: Text, pattern: Pattern, lens: Lens = LITERAL) -> list[Match]:
    """Returns the places where a pattern is found, in text order, one per set of tokens.

    Args:
        text: The answer.
        pattern: A reading of a name.
        lens: How closely to look.
    """
    found: dict[tuple[int, ...], Match] = {}
    for slots, verb, passive in _orders(pattern):
        for start in range(len(text.tokens)):
            for filled, exact in _from(text, slots, start, lens):
                flat = tuple(place for group in filled for place in group)
                at = filled[verb][0] if verb is not None and filled[verb] else None
                between = text.tokens[min(flat) + 1 : max(flat) + 1]
                joined = any(token.word == "and" or "," in token.glue for token in between)
                match = Match(min(flat), max(flat), tuple(sorted(flat)), at, exact, passive, joined)
                if _sound(text, pattern, slots, match):
                    found.setdefault(match.filled, match)
    return sorted(found.values(), key=lambda match: (match.first, match.last))


@dataclass(frozen=True, slots=True)
class _Step:
    slot: Slot
    gap: str


_Order = tuple[tuple[_Step, ...], int | None, bool]


def _orders(pattern: Pattern) -> Iterator[_Order]:
    """Yields the orders in which a pattern's words can come, with the gap allowed before each."""
    slots, verb = list(pattern.slots), pattern.verb
    if verb is None:
        yield tuple(_Step(slot, _noun_step(slots, place)) for place, slot in enumerate(slots)), None, False
        if len(slots) == 2 and any(lemmas.form(key).verb for key in slots[1].keys):
            thing = lemmas.form(slots[0].word)
            if thing.noun and not thing.adjective:
                yield (_Step(slots[1], "action"), _Step(slots[0], "object")), 0, False
        return
    head, rest = slots[:verb], slots[verb + 1 :]
    action = slots[verb]
    if head:
        subject = _group(head)
        yield (*subject, _Step(action, "predicate"), *_after(rest)), len(head), False
        if rest and rest[0].role == "word" and not action.word.endswith("ing"):
            front = _group(rest)
            agent = [_Step(slot, "next" if place else "loose") for place, slot in enumerate(head)]
            yield (*front, _Step(action, "passive"), *agent), len(front), True
        if not rest:
            after = [_Step(slot, "next" if place else "object") for place, slot in enumerate(head)]
            yield (_Step(action, "action"), *after), 0, False
        return
    yield (_Step(action, "action" if rest else "alone"), *_after(rest)), 0, False
    if rest and rest[0].role == "preposition" and rest[0].word in words.PARTICLES and len(rest) > 1:
        size = next((place for place, slot in enumerate(rest[1:]) if slot.role == "preposition"), len(rest) - 1)
        moved = rest[1 : 1 + size]
        if moved:
            yield (_Step(action, "action"), *_after([*moved, rest[0], *rest[1 + size :]])), 0, False
    if action.keys & words.DOING_VERBS and rest:
        doing = replace(action, keys=action.keys | words.DOING_VERBS)
        yield (_Step(doing, "action"), *_after(rest)), 0, False
    if action.keys & (words.DOING_VERBS | {"play"}) and rest and all(slot.role == "word" for slot in rest):
        yield tuple(_Step(slot, "next" if place else "contest") for place, slot in enumerate(rest)), None, True
    if rest and rest[0].role == "any":
        yield (_Step(action, "undergoes"), *_after(rest[1:])), 0, True
    objects: list[Slot] = []
    others = list(rest)
    if others and others[0].role == "preposition" and len(others) > 1 and others[1].role == "word":
        particle = [others.pop(0)]
    else:
        particle = []
    while others and others[0].role == "word":
        objects.append(others.pop(0))
    if objects:
        yield (*_group(objects), _Step(action, "passive"), *_after([*particle, *others])), len(objects), True
        if len(objects) > 1 and _result(objects[-1]):
            front, back = _group(objects[:-1]), _after([*particle, objects[-1], *others])
            yield (*front, _Step(action, "passive"), *back), len(front), True


def _group(slots: list[Slot]) -> list[_Step]:
    return [_Step(slot, ("next" if slot.follows else "object") if place else "") for place, slot in enumerate(slots)]


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


def _after(slots: list[Slot]) -> list[_Step]:
    steps = []
    for place, slot in enumerate(slots):
        if slot.role == "any":
            continue
        filler = place > 0 and slots[place - 1].role == "any"
        if slot.role == "preposition":
            steps.append(_Step(slot, "filler" if filler else "loose"))
        else:
            steps.append(_Step(slot, "next" if slot.follows else "object"))
    if slots and slots[-1].role == "any":
        steps.append(_Step(slots[-1], "filled"))
    return steps


def _from(text: Text, steps: tuple[_Step, ...], start: int, lens: Lens) -> Iterator[tuple[list[tuple[int, ...]], bool]]:
    """Yields the ways to fill the steps from a first token on: the tokens of each slot, and whether all are exact."""
    first = _fill(text, steps, 0, start, lens)
    if first is None:
        return
    taken, slots_taken, exact = first
    known = exact or lemmas.is_word(text.tokens[start].word)
    if known and steps[0].gap == "action" and not gaps.acts(text, start):
        return
    if known and steps[0].gap == "alone" and not (gaps.verbal(text, start) or gaps.performed(text, start)):
        return
    if steps[0].gap == "undergoes" and not gaps.in_passive(text, start):
        return
    yield from _rest(text, steps, slots_taken, [taken] + [()] * (slots_taken - 1), exact, lens)


def _rest(
    text: Text, steps: tuple[_Step, ...], place: int, filled: list[tuple[int, ...]], exact: bool, lens: Lens
) -> Iterator[tuple[list[tuple[int, ...]], bool]]:
    if place == len(steps):
        yield filled, exact
        return
    step = steps[place]
    last = next(group[-1] for group in reversed(filled) if group)
    end = text.bounds(last)[1]
    if step.gap == "filled":
        if last + 1 < end and gaps.phrase_follows(text, last + 1):
            yield [*filled, ()], exact
        return
    reach = last + 2 if step.gap in ("next", "loose_next") else min(end, last + 1 + REACH)
    found = False
    for place_in_text in range(last + 1, min(reach, end)):
        fill = _fill(text, steps, place, place_in_text, lens)
        if fill is None or not gaps.allowed(step.gap, text, last, place_in_text):
            continue
        taken, slots_taken, as_named = fill
        found = True
        more = [taken] + [()] * (slots_taken - 1)
        yield from _rest(text, steps, place + slots_taken, [*filled, *more], exact and as_named, lens)
        break
    if not found and step.slot.optional:
        yield from _rest(text, steps, place + 1, [*filled, ()], exact, lens)


def _fill(
    text: Text, steps: tuple[_Step, ...], place: int, at: int, lens: Lens
) -> tuple[tuple[int, ...], int, bool] | None:
    """Fills a slot at a token: the tokens taken, how many slots they fill, and whether by the name's own words."""
    tokens, slot = text.tokens, steps[place].slot
    token = tokens[at]
    if token.keys & slot.keys:
        return (at,), 1, True
    if slot.role == "preposition":
        away = token.word == "out" and "from" in slot.keys and at + 1 < len(tokens) and tokens[at + 1].word == "of"
        return ((at, at + 1), 1, True) if away else None
    joins = at + 1 < len(tokens) and tokens[at + 1].glue in (" ", "-") and slot.role != "any"
    if joins and token.value is None and len(slot.word) > 5:
        joined = token.word + tokens[at + 1].word
        if joined[:3] == slot.word[:3] and lemmas.form(joined).keys & slot.keys:
            return (at, at + 1), 1, True
    following = steps[place + 1] if place + 1 < len(steps) else None
    if following is not None and (following.gap in ("next", "predicate") or following.slot.word in words.PARTICLES):
        both = slot.word + following.slot.word
        if token.word[:3] == both[:3] and token.keys & lemmas.form(both).keys:
            return (at,), 2, True
    if lens.synonyms:
        if steps[place].gap == "object" and token.word in ("it", "them"):
            return _referred(text, steps, place, at)
        for other in slot.near:
            if places := _said(text, at, other):
                return places, 1, False
    if lens.typos and misspells(token, slot):
        return (at,), 1, False
    return None


def _referred(text: Text, steps: tuple[_Step, ...], place: int, at: int) -> tuple[tuple[int, ...], int, bool] | None:
    """Fills a noun group by a pronoun that refers to it: `takes the guitar and plays it`."""
    noun = reference.antecedent(text, at)
    size = 1
    while place + size < len(steps) and steps[place + size].gap == "next":
        size += 1
    if noun is None or noun - size + 1 < 0:
        return None
    named = [step.slot for step in steps[place : place + size]]
    group = text.tokens[noun - size + 1 : noun + 1]
    if all(token.keys & slot.keys for token, slot in zip(group, named, strict=True)):
        return (at,), size, False
    return None


def _said(text: Text, at: int, other: tuple[str, ...]) -> tuple[int, ...] | None:
    """Finds a synonym of one or more words; the last word of a phrasal verb may come later in the clause."""
    tokens = text.tokens
    if other[0] not in tokens[at].keys:
        return None
    places = [at]
    for word in other[1:]:
        following = places[-1] + 1
        end = min(text.bounds(at)[1], following + (4 if word in words.PARTICLES else 1))
        for place in range(following, end):
            if word in tokens[place].keys:
                places.append(place)
                break
        else:
            return None
    return tuple(places)


def _subject_instead(text: Text, pattern: Pattern, match: Match) -> bool:
    """Whether the first noun of a compound is in truth the subject: `bellies dance` for `belly dancing`."""
    if match.verb is None or match.verb == match.first or text.tokens[match.verb].word.endswith("ing"):
        return False
    named = pattern.slots[0].word
    return text.tokens[match.first].word not in (named, lemmas.american(named)) and pattern.slots[-1].word.endswith(
        "ing"
    )


def _sound(text: Text, pattern: Pattern, steps: tuple[_Step, ...], match: Match) -> bool:
    """Whether the words found make up the name: the noun is the head, nothing excluded is there, no mere entity."""
    last_slot = steps[-1].slot
    tokens = text.tokens
    modifies = pattern.verb is not None and pattern.verb > 0
    if modifies and not match.passive and match.exact and _subject_instead(text, pattern, match):
        return False
    if last_slot.role == "word" and not match.passive and not modifies and not gaps.is_head(text, match.last):
        return False
    if steps[0].gap == "contest" and not gaps.contest(text, match.first, match.last):
        return False
    if gaps.subject_of_next(text, match.filled):
        return False
    if pattern.excluded:
        begin, end = text.bounds(match.first)
        near = range(max(begin, match.first - 1), min(end, match.last + 6))
        for excluded in pattern.excluded:
            for place in near:
                if place not in match.filled and tokens[place].keys & excluded:
                    denied = any(tokens[k].word in ("not", "no", "without") for k in range(match.first, place))
                    if not denied:
                        return False
    return not (pattern.verb is None and pattern.context and gaps.is_agent(text, match.first, match.last))
