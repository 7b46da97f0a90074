"""What a noun or a pronoun stands for in its sentence: a thing that only locates another, the thing that `it` means."""

from __future__ import annotations

from vstar_data.verification import gaps, words
from vstar_data.verification.text import Text


def beside(text: Text, first: int) -> bool:
    """Whether a noun only says where another thing is: `a lamp on the table`, `next to where the cup was`."""
    begin = text.bounds(first)[0]
    place = first - 1
    while place > begin and (text.tokens[place].word in words.DETERMINERS or text.tokens[place].form.adjective):
        if text.tokens[place].word in words.PREPOSITIONS | {"where"}:
            break
        place -= 1
    if place <= begin:
        return False
    token, before = text.tokens[place], text.tokens[place - 1]
    if token.word == "where":
        return True
    if token.word in ("of", "to"):
        return before.word in ("front", "next", "close")
    located = (
        before.form.noun
        and before.word not in words.FUNCTION
        and not (before.form.verb and gaps.verbal(text, place - 1))
    )
    return token.word in words.PLACING and located


def antecedent(text: Text, place: int) -> int | None:
    """Returns the noun that a pronoun most likely refers to: the last one before it that is no person; or None.

    The sentence before the pronoun's is looked at where its own has none.
    """
    begin = text.bounds(place)[0]
    earliest = text.bounds(begin - 1)[0] if begin else 0
    for at in range(place - 1, earliest - 1, -1):
        token = text.tokens[at]
        if token.word in words.FUNCTION | words.PARTICLES or token.value is not None or not token.form.noun:
            continue
        if not (token.keys & words.PERSONS or (token.form.verb and _predicates(text, at))):
            return at
    return None


def _predicates(text: Text, place: int) -> bool:
    """Whether a word that can be a noun is the verb of its clause, rather than the object of the word before it."""
    begin = text.bounds(place)[0]
    token = text.tokens[place]
    before = text.tokens[place - 1] if place > begin else None
    if before is not None and before.form.verb and before.word not in before.form.verb | words.FUNCTION:
        return False
    if token.word in token.form.verb:
        return before is not None and before.word in words.MODALS | words.SUBJECT_PRONOUNS | words.CONJUNCTIONS
    return gaps.verbal(text, place)


def placed(text: Text, place: int) -> bool:
    """Whether a word stands in a phrase with a preposition: `with locked elbows`, `in a tub`."""
    begin = text.bounds(place)[0]
    for at in range(place - 1, max(begin - 1, place - 8), -1):
        token = text.tokens[at]
        if "," in text.tokens[at + 1].glue:
            return False
        if token.word in words.PREPOSITIONS:
            return True
        joins = token.word in words.DETERMINERS | words.CONJUNCTIONS
        if not (joins or token.form.adjective or token.form.noun or token.word.endswith(("ed", "ing"))):
            return False
    return False
