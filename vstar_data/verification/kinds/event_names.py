"""An event as its name has it: its verb, the things and persons in it, and all words that can say its verb."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from vstar_data.verification import words
from vstar_data.verification.kinds.event_words import other_words
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.thesaurus import synonyms


@dataclass(frozen=True, slots=True)
class Event:
    """An event by its name.

    Attributes:
        actions: Base forms of its verb and of single words that say the same.
        things: Those of each thing in it.
        known: Those of all its words.
        size: How many words it has.
        persons: Base forms of the persons in it.
        phrases: Phrases of several words that say its verb.
        particle: The particle of its verb: `up` for picking up; or an empty string.
        named: Base forms of the verb of its name alone.
        led: Each thing with the prepositions before it: `net` with `into`; things without any are left out.
    """

    actions: frozenset[str]
    things: tuple[frozenset[str], ...]
    known: frozenset[str]
    size: int
    persons: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    particle: str = ""
    named: frozenset[str] = frozenset()
    led: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()


@lru_cache(maxsize=4096)
def event_of(name: str, asked: str) -> Event:
    """Returns an event from its name.

    Args:
        name: The event: `the diver enters the water`.
        asked: Another verb that a question has for it, or an empty string.
    """
    parts = [part for part in tokens_of_name(name).tokens if part.word not in words.FUNCTION]
    verbs = [part for part in parts if part.form.verb and part.word not in words.GENERIC_SUBJECTS]
    inflected = [part for part in verbs if part.word not in part.form.verb]
    actions = inflected[:1] or verbs[:1]
    led = _led(name)
    things = tuple(
        _widened(part.keys) | _one_word(part.keys, led)
        for part in parts
        if part not in actions and part.form.noun and not part.keys & words.PERSONS and part.word not in words.PARTICLES
    )
    actions += tokens_of_name(asked).tokens
    verb = frozenset(key for part in actions for key in part.form.verb)
    every = verb.union(*(part.keys for part in tokens_of_name(name).tokens))
    phrases = other_words(verb, every)
    joined = {a + b for a, b in pairwise([part.word for part in tokens_of_name(name).tokens]) if b in words.PARTICLES}
    acted = _widened(frozenset(key for part in actions for key in part.keys))
    acted |= joined | {phrase[0] for phrase in phrases if len(phrase) == 1}
    known = acted.union(*things, *(part.keys for part in parts))
    persons = frozenset(key for part in parts if part.keys & words.PERSONS and part.form.noun for key in part.keys)
    longer = tuple(phrase for phrase in phrases if len(phrase) > 1)
    particle = next(
        (b.word for a, b in pairwise(tokens_of_name(name).tokens) if a in verbs and b.word in words.PARTICLES), ""
    )
    named = frozenset(key for part in (inflected[:1] or verbs[:1]) for key in part.form.verb)
    return Event(acted, things, known, len(parts), persons, longer, particle, named, led)


def _one_word(thing: frozenset[str], led: tuple[tuple[frozenset[str], frozenset[str]], ...]) -> frozenset[str]:
    """Returns a thing together with the preposition before it, as one word: `overhead` for `over her head`."""
    return frozenset(lead + key for keys, leads in led if keys == thing for lead in leads for key in keys)


def _led(name: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Returns the things of a name that a preposition leads, each with the words that do."""
    found = []
    leads: set[str] = set()
    for token in tokens_of_name(name).tokens:
        if token.word in words.PREPOSITIONS | words.PARTICLES:
            leads.add(token.word)
        elif token.form.noun and leads and token.word not in words.FUNCTION:
            found.append((token.keys, frozenset(leads)))
            leads = set()
        elif token.word not in words.DETERMINERS and not token.form.adjective:
            leads = set()
    return tuple(found)


def acts(event: Event, text: Text, place: int) -> bool:
    """Whether a word says the event's verb, by itself or as the first of a phrase."""
    if text.tokens[place].keys & event.actions:
        return True
    return any(_begins(phrase, text, place) for phrase in event.phrases)


def phrase_words(event: Event, text: Text, places: list[int]) -> frozenset[str]:
    """Returns the base forms of the phrases for the event's verb that begin at some tokens: of `takes a seat`."""
    said = (phrase for phrase in event.phrases if any(_begins(phrase, text, place) for place in places))
    return frozenset(word for phrase in said for word in phrase)


def _begins(phrase: tuple[str, ...], text: Text, place: int) -> bool:
    """Whether a phrase stands at a token, with a noun and its article or so between its words: `lets the bar fall`."""
    if phrase[0] not in text.tokens[place].keys:
        return False
    end = min(text.bounds(place)[1], place + len(phrase) + 3)
    for word in phrase[1:]:
        place = next((at for at in range(place + 1, end) if word in text.tokens[at].keys), end)
        if place == end:
            return False
    return True


def _widened(keys: frozenset[str]) -> frozenset[str]:
    """Returns base forms with the single words that can stand for them: `entry` for `enter`."""
    return keys | {other[0] for key in keys for other in synonyms(key) if len(other) == 1}
