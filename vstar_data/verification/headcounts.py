"""Adds up the people that an answer lists, where nothing else says how many there are: `two men and a boy`."""

from __future__ import annotations

from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.lexicon import people
from vstar_data.verification.readings import Reading
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_GROUPS = {"couple": 2.0, "pair": 2.0, "duo": 2.0, "trio": 3.0, "quartet": 4.0, "quintet": 5.0}
"""Nouns that say of how many persons they are."""
_LINKS = word_set("and with plus alongside his her their its accompanied by")
_ONE = word_set("a an another")


def headcount(text: Text) -> Reading | None:
    """Returns the number of all persons in the one list of them that an answer has, or None.

    Args:
        text: The answer.
    """
    found: list[Reading] = []
    for begin, end in text.sentences:
        place = begin
        while place < end:
            listed = _list(text, place, end)
            if listed is None:
                place += 1
                continue
            found.append(listed)
            place = listed.last + 1
    if len(found) != 1 or stance(text, found[0].first, found[0].last) not in (Stance.ASSERTED, Stance.MILD):
        return None
    return found[0]


def _list(text: Text, begin: int, end: int) -> Reading | None:
    """Returns the sum of a list of two or more groups of persons that begins at a token."""
    total, groups, place, last = 0.0, 0, begin, begin
    while place < end:
        group = _group(text, place, end)
        if group is None or (groups and any(sign in text.tokens[place].glue for sign in ":;(")):
            break
        number, last = group
        total, groups, place = total + number, groups + 1, last + 1
        while place < end and (text.tokens[place].word in _LINKS):
            place += 1
    if not groups or (groups == 1 and text.tokens[last].word not in _GROUPS):
        return None
    return Reading(total, total, begin, last, False, None, False, "people", None)


def _group(text: Text, place: int, end: int) -> tuple[float, int] | None:
    """Returns how many persons a noun phrase names, and its last token: `three young women`."""
    token = text.tokens[place]
    number = 1.0 if token.word in _ONE else token.value
    if number is None:
        return None
    for at in range(place + 1, min(end, place + 4)):
        noun = text.tokens[at]
        if any(sign in noun.glue for sign in ",;:"):
            return None
        if noun.word in _GROUPS and not (at + 1 < end and text.tokens[at + 1].word == "of"):
            return number * _GROUPS[noun.word], at
        if noun.keys & (words.PERSONS | people()) and noun.form.noun:
            return number, at
        if not noun.form.adjective:
            return None
    return None
