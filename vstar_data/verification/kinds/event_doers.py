"""Whether what an answer tells is done by, or happens to, another one than the event's own: another plane, the girl."""

from __future__ import annotations

from collections.abc import Collection

from vstar_data.verification import words
from vstar_data.verification.case import Case
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.matching import Match
from vstar_data.verification.reference import placed
from vstar_data.verification.subjects import agent, another, subject
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_OTHER = word_set("other another different")
_ANYBODY = word_set(
    "person people individual someone somebody human one athlete player competitor performer participant figure child "
    "kid adult worker team group they"
)


def of_another(text: Text, begin: int, end: int, known: frozenset[str], persons: frozenset[str]) -> bool:
    """Whether a clause tells of another one than the event's own.

    Args:
        text: The answer.
        begin: First token of the clause.
        end: One past its last.
        known: Base forms of the event's words.
        persons: Base forms of the persons among them.
    """
    for place in range(begin, end):
        token = text.tokens[place]
        following = text.tokens[place + 1] if place + 1 < end else None
        if token.word in _OTHER and token.word not in known and following is not None and following.glue == " ":
            at = place - 1 if place and text.tokens[place - 1].word != "the" else place - 2
            located = begin <= at and text.tokens[at].word in words.PREPOSITIONS
            return bool(following.keys & (known | words.PERSONS) and not located)
    if not persons:
        return False
    doer = next((p for p in range(begin, end) if text.tokens[p].keys & words.PERSONS and _noun(text, p)), None)
    if doer is None or placed(text, doer):
        return False
    keys = text.tokens[doer].keys
    if keys & persons or keys & _ANYBODY or persons & _ANYBODY:
        return False
    if _opposed(keys, persons):
        return True
    gendered = words.MALE | words.FEMALE
    if keys & gendered or persons & gendered:
        return False
    return any(token.keys & persons for token in (*text.tokens[:begin], *text.tokens[end:]))


def _noun(text: Text, place: int) -> bool:
    return text.tokens[place].word not in words.SUBJECT_PRONOUNS and text.tokens[place].form.noun


def _opposed(one: Collection[str], other: Collection[str]) -> bool:
    """Whether of two persons one is a man by name and the other a woman."""

    def sexes(keys: Collection[str]) -> tuple[bool, bool]:
        return any(key in words.MALE for key in keys), any(key in words.FEMALE for key in keys)

    return {sexes(one), sexes(other)} == {(True, False), (False, True)}


def by_its_person(name: str, case: Case) -> list[Match]:
    """Returns where the answer tells an event of its own person, named otherwise or by a pronoun.

    Args:
        name: The event, such as `the gymnast dismounts from the beam`.
        case: The answer and the question.
    """
    parts = tokens_of_name(name).tokens
    at = next((n for n, part in enumerate(parts[:4]) if part.keys & words.PERSONS and part.form.noun), None)
    if at is None or at + 1 >= len(parts):
        return []
    own = parts[at].keys | {other[0] for key in parts[at].keys for other in synonyms(key) if len(other) == 1}
    rest = name[parts[at + 1].start :]
    found = []
    for match in said(case.answer, (rest,)):
        doer = agent(case.answer, match.last) if match.passive else None
        if doer is None or not doer.keys:
            doer = subject(case.answer, match.first, match.last, None if match.passive else match.verb)
        known = not doer.keys or bool(doer.keys & (own | words.SUBJECT_PRONOUNS | _ANYBODY))
        if match.passive and not doer.keys & own and not (doer.thing or not doer.keys):
            known = False
        if known and not another(doer, own, case.question, case.answer):
            found.append(match)
    return found
