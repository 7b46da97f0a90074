"""Finds a name's pattern in an answer: in any inflection, voice and word order, with modifiers between its words.

Says only that the words stand there in the right relation; whether the answer asserts them is `assertion`'s matter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from vstar_data.verification import between, gaps, lemmas, reference, words
from vstar_data.verification.orders import Step, orders
from vstar_data.verification.phrases import Pattern
from vstar_data.verification.text import Text
from vstar_data.verification.typos import misspells


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
        whole: Whether it has its own denials: of an outcome that does not come.
    """

    first: int
    last: int
    filled: tuple[int, ...]
    verb: int | None
    exact: bool
    passive: bool = False
    coordinated: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Lens:
    """How closely to look: whether synonyms and one-letter typos count."""

    synonyms: bool = False
    typos: bool = False


_TAKEN = words.DETERMINERS | words.OBJECT_PRONOUNS
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
    known = text.kept(lens, _nothing)
    every, always = orders(pattern)
    for step in always:
        places = known.get(step.number)
        if places is None:
            places = known[step.number] = _places(text, step, lens)
        if not places:
            return []
    for slots, verb, passive in every:
        ahead = _ahead(text, slots, lens, known)
        if not ahead:
            continue
        for start in ahead[0]:
            for filled, exact in _from(text, slots, start, lens, ahead):
                flat = tuple(place for group in filled for place in group)
                at = filled[verb][0] if verb is not None and filled[verb] else None
                inside = text.tokens[min(flat) + 1 : max(flat) + 1]
                joined = any(token.word == "and" or "," in token.glue for token in inside)
                match = Match(min(flat), max(flat), tuple(sorted(flat)), at, exact, passive, joined)
                if _sound(text, pattern, slots, match):
                    found.setdefault(match.filled, match)
    return sorted(found.values(), key=lambda match: (match.first, match.last))


def _nothing(text: Text) -> dict[int, list[int]]:
    """Returns where the steps of all patterns are found that were looked for so far: none."""
    return {}


_Ahead = list[list[int]]


def _ahead(text: Text, steps: tuple[Step, ...], lens: Lens, known: dict[int, list[int]]) -> _Ahead:
    """Returns for each step the tokens that can begin what fills it; nothing where a step lacks any after the last."""
    ahead: _Ahead = []
    least = 0
    for step in steps:
        places = known.get(step.number)
        if places is None:
            places = known[step.number] = _places(text, step, lens)
        if step.needed:
            if not places or places[-1] < least:
                return []
            least = max(least, places[0]) + 1
        ahead.append(places)
    return ahead


def _places(text: Text, step: Step, lens: Lens) -> list[int]:
    """Returns the tokens that can begin what fills a step, and perhaps others, in order: `_fill` looks closer."""
    known = text.places()
    found: list[list[int]] = []
    for keys in (step.near_keys if lens.synonyms else step.keys, step.beginnings):
        if not known.keys().isdisjoint(keys):
            for key in keys:
                if key in known:
                    found.append(known[key])
    if lens.typos and step.slot.role != "preposition" and (strange := text.strange()):
        found.append([place for place in strange if misspells(text.tokens[place], step.slot)])
    if len(found) < 2:
        return found[0] if found else []
    return sorted(set(chain.from_iterable(found)))


def _from(
    text: Text, steps: tuple[Step, ...], start: int, lens: Lens, ahead: _Ahead
) -> Iterator[tuple[list[tuple[int, ...]], bool]]:
    """Yields the ways to fill the steps from a first token on: the tokens of each slot, and whether all are exact."""
    first = _fill(text, steps, 0, start, lens)
    if first is None:
        return
    taken, slots_taken, exact = first
    known = exact or lemmas.is_word(text.tokens[start].word)
    if known and steps[0].gap == "action" and not (gaps.acts(text, start) or gaps.performed(text, start)):
        return
    if known and steps[0].gap == "alone" and not (gaps.done(text, start) or gaps.performed(text, start)):
        return
    if steps[0].gap == "identified" and not gaps.identified(text, start):
        return
    if steps[0].gap == "undergoes" and not gaps.in_passive(text, start):
        return
    yield from _rest(text, steps, slots_taken, [taken] + [()] * (slots_taken - 1), exact, lens, ahead)


def _rest(
    text: Text,
    steps: tuple[Step, ...],
    place: int,
    filled: list[tuple[int, ...]],
    exact: bool,
    lens: Lens,
    ahead: _Ahead,
) -> Iterator[tuple[list[tuple[int, ...]], bool]]:
    if place == len(steps):
        yield filled, exact
        return
    step = steps[place]
    at = len(filled) - 1
    while not filled[at]:
        at -= 1
    group = filled[at]
    last = group[-1] if group[-1] - group[0] < len(group) else group[0]
    end = text.sentences[text.tokens[last].sentence][1]
    if step.gap == "filled":
        of = last + 2 < end and text.tokens[last + 1].word == "of" and text.tokens[last].word.endswith("ing")
        if last + 1 < end and gaps.phrase_follows(text, last + 2 if of else last + 1):
            yield [*filled, ()], exact
        return
    found = False
    reach = min(last + 3 if step.gap in ("next", "loose_next") else last + 1 + between.REACH, end)
    places = ahead[place]
    for at in range(bisect_right(places, last), len(places)):
        place_in_text = places[at]
        if place_in_text >= reach:
            break
        fill = _fill(text, steps, place, place_in_text, lens)
        if fill is None or not between.allowed(step.gap, text, last, place_in_text):
            continue
        taken, slots_taken, as_named = fill
        found = True
        more = [taken] + [()] * (slots_taken - 1)
        reached = False
        for way in _rest(text, steps, place + slots_taken, [*filled, *more], exact and as_named, lens, ahead):
            reached = True
            yield way
        if reached or step.slot.role != "preposition":
            break
    if not found and step.slot.optional:
        yield from _rest(text, steps, place + 1, [*filled, ()], exact, lens, ahead)


def _fill(
    text: Text, steps: tuple[Step, ...], place: int, at: int, lens: Lens
) -> tuple[tuple[int, ...], int, bool] | None:
    """Fills a slot at a token: the tokens taken, how many slots they fill, and whether by the name's own words."""
    tokens, step = text.tokens, steps[place]
    slot = step.slot
    token = tokens[at]
    if token.keys & slot.keys:
        near = token.word == "to" and at and tokens[at - 1].word in ("next", "close")
        beside = near and "next" not in slot.keys and not (place and steps[place - 1].slot.word in ("next", "close"))
        return None if beside else ((at,), 1, True)
    if slot.role == "preposition":
        away = token.word == "out" and "from" in slot.keys and at + 1 < len(tokens) and tokens[at + 1].word == "of"
        return ((at, at + 1), 1, True) if away else None
    joins = at + 1 < len(tokens) and tokens[at + 1].glue in (" ", "-") and slot.role != "any"
    if joins and token.value is None and len(slot.word) > 5:
        joined = token.word + tokens[at + 1].word
        if joined[:3] == slot.word[:3] and _inflects(joined, slot.keys):
            return (at, at + 1), 1, True
    if step.both and token.word[:3] == step.start and token.keys & step.both:
        return (at,), 2, True
    if lens.synonyms:
        if step.gap == "object" and token.word in ("it", "them"):
            return _referred(text, steps, place, at)
        for other in slot.near:
            if places := _said(text, at, other):
                return places, 1, False
    if lens.typos and misspells(token, slot):
        return (at,), 1, False
    return None


def _inflects(word: str, keys: frozenset[str]) -> bool:
    """Whether some letters are a form of a word with certain base forms."""
    return word in keys or (lemmas.can_inflect(word) and not lemmas.form(word).keys.isdisjoint(keys))


def _referred(text: Text, steps: tuple[Step, ...], place: int, at: int) -> tuple[tuple[int, ...], int, bool] | None:
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
        end = min(text.bounds(at)[1], following + (4 if word in words.PARTICLES or word == "go" else 1))
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
    after = match.last + 1
    if (
        pattern.verb == len(pattern.slots) - 1
        and match.last == match.verb
        and after < len(text.tokens)
        and text.tokens[match.verb].glue != "-"
    ):
        following = text.tokens[after]
        if following.glue == " " and following.word in _TAKEN:
            return True
    named = pattern.slots[0].word
    return text.tokens[match.first].word not in (named, lemmas.american(named)) and pattern.slots[-1].word.endswith(
        "ing"
    )


def _sound(text: Text, pattern: Pattern, steps: tuple[Step, ...], match: Match) -> bool:
    """Whether the words found make up the name: the noun is the head, nothing excluded is there, no mere entity."""
    last_slot = steps[-1].slot
    tokens = text.tokens
    moved = last_slot.word in words.PARTICLES and last_slot is not pattern.slots[-1] and match.verb is not None
    if moved and not match.passive and gaps.leads(text, match.last):
        return False
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
        if not match.exact and any(tokens[place].keys & keys for keys in pattern.excluded for place in match.filled):
            return False
        for excluded in pattern.excluded:
            for place in near:
                if place not in match.filled and tokens[place].keys & excluded:
                    denied = any(tokens[k].word in ("not", "no", "without") for k in range(match.first, place))
                    if not denied:
                        return False
    agent = pattern.verb is None and pattern.context and gaps.is_agent(text, match.first, match.last)
    return not agent or gaps.performed(text, match.first)
