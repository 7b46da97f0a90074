"""What sets an answer's clause against a statement: another hand, colour or number; `not the table`, `instead of it`.

The verb alone does not make a statement hold: `hits it with his right hand` denies a hit with the left one.
"""

from __future__ import annotations

from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.opposites import is_color, opposites
from vstar_data.verification.kinds.replies import View
from vstar_data.verification.text import Text, Token
from vstar_data.verification.words import word_set

_STOPS = ",;:.!?()\u2026\u2013\u2014"
_QUANTITIES = {"both": 2.0, "single": 1.0, "one": 1.0, "only": None}
_PRONOUNS = words.OBJECT_PRONOUNS | {"them", "one", "this", "that", "so"}
_MEANS = word_set("by with on without")
_LED = word_set("not never")


def qualified(tail: tuple[Token, ...], text: Text, verb: int) -> bool | None:
    """Whether a clause says of the verb what the statement's modifiers say of it.

    Args:
        tail: The statement after its verb.
        text: The answer.
        verb: The token of the verb.

    Returns:
        True where it does, or where the statement has none; False where it says the opposite; None where a modifier
        that has an opposite is left out.
    """
    end = _clause_end(text, verb)
    clause = text.tokens[verb + 1 : end]
    if _by_pronoun(clause):
        clause = []
    found: bool | None = True
    for number, token in enumerate(tail):
        head = tail[number + 1] if number + 1 < len(tail) else None
        said = _modifier(token, head, clause)
        if said is False:
            return False
        if said is None and clause:
            found = None
    return found


def _by_pronoun(clause: list[Token]) -> bool:
    """Whether a verb acts on a pronoun, so that what was asked about is meant as a whole: `throws it`."""
    for number, token in enumerate(clause[:3]):
        following = clause[number + 1] if number + 1 < len(clause) else None
        owned = following is not None and (following.form.noun or following.form.adjective)
        if token.word in _PRONOUNS and not (owned and following is not None and following.word not in words.FUNCTION):
            return not any(other.form.adjective and other.word not in words.FUNCTION for other in clause)
    return False


def _modifier(token: Token, head: Token | None, clause: list[Token]) -> bool | None:
    """Whether a clause has a modifier of the statement (True), one that excludes it (False), or neither (None)."""
    number = token.value if token.value is not None else _QUANTITIES.get(token.word)
    if number is not None and head is not None:
        for at, other in enumerate(clause):
            said = other.value if other.value is not None else _QUANTITIES.get(other.word)
            near = any(later.keys & head.keys for later in clause[at + 1 : at + 4])
            if said is not None and near:
                return said == number
        return True
    plain = (token.form.adjective or token.form.adverb) and not token.form.verb and token.word not in words.FUNCTION
    if not plain and not is_color(token.word) and token.word not in ("same", "left", "right", "open"):
        return True
    against = {phrase[0] for key in (token.word, *token.keys) for phrase in opposites((key,)) if len(phrase) == 1}
    if not against:
        return True
    if any(other.keys & token.keys or other.word == token.word for other in clause):
        return True
    for at, other in enumerate(clause):
        if not against & {other.word, *other.keys} or (other.word in words.PREPOSITIONS and other.word != "opposite"):
            continue
        before = clause[at - 1].word if at else ""
        return before in _LED
    return None


def _clause_end(text: Text, verb: int) -> int:
    end = text.bounds(verb)[1]
    for at in range(verb + 1, end):
        token = text.tokens[at]
        if any(sign in token.glue for sign in _STOPS) or (at > verb + 1 and token.word in words.CLAUSE_BREAKS):
            return at
    return end


def elsewhere(tail: tuple[Token, ...], text: Text, verb: int, related: frozenset[str]) -> bool | None:
    """Whether a verb leads to another place or thing than the statement's, by the same preposition.

    Args:
        tail: The statement after its verb.
        text: The answer.
        verb: The token of the verb.
        related: Base forms that can name the statement's own landmark.

    Returns:
        None where it only tells by what other means or in what other way.
    """
    lead = next((number for number, token in enumerate(tail) if token.word in words.PREPOSITIONS | {"to"}), None)
    if lead is None or not related:
        return False
    end = _clause_end(text, verb)
    place = next((at for at in range(verb + 1, end) if text.tokens[at].word == tail[lead].word), None)
    if place is None:
        means = any(token.word in _MEANS for token in text.tokens[verb + 1 : end])
        named = any(token.keys & related for token in text.tokens[verb + 1 : end])
        return None if tail[lead].word in _MEANS and means and not named else False
    nouns = [token for token in text.tokens[place + 1 : end] if token.word not in words.FUNCTION]
    pronoun = any(token.word in _PRONOUNS | {"there"} for token in text.tokens[place + 1 : place + 3])
    head = next((token for token in nouns if token.form.noun), None)
    return head is not None and not pronoun and not any(token.keys & related for token in nouns)


def set_against(things: frozenset[str], text: Text) -> list[View]:
    """Reads `a plate, not a cup`, `a plate instead of a cup` as denials of a statement about a cup.

    Args:
        things: Base forms of what the statement says of its subject.
        text: The answer.
    """
    views: list[View] = []
    for place, token in enumerate(text.tokens):
        following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
        if following is None or text.asked[token.sentence]:
            continue
        pair = (token.word, following.word)
        if pair in (("instead", "of"), ("rather", "than")):
            begin = place + 2
        elif token.word == "not" and not (place and text.tokens[place - 1].word in words.AUXILIARIES | words.MODALS):
            begin = place + 1
        else:
            continue
        head = _only_of(things, text, begin)
        if head is None or stance(text, place, place, frozenset({"not", "instead", "rather"})) is Stance.HEDGED:
            continue
        views.append((False, *text.span(place, head)))
    return views


def _only_of(things: frozenset[str], text: Text, begin: int) -> int | None:
    """Returns the last token of a noun phrase that says nothing but some things and is over after them."""
    end = text.bounds(begin)[1] if begin < len(text.tokens) else begin
    last = None
    for at in range(begin, min(end, begin + 7)):
        token = text.tokens[at]
        if at > begin and (any(sign in token.glue for sign in _STOPS) or token.word in ("but", "and", "as", "like")):
            break
        if token.word in words.DETERMINERS | words.PREPOSITIONS | {"to"}:
            continue
        if not token.keys & things:
            return None
        last = at
    return last
