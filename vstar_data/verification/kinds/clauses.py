"""The clause around a verb in an answer: its subject, what it acts on, and how the answer stands to it."""

from __future__ import annotations

from collections.abc import Iterable

from vstar_data.verification import gaps, words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.opposites import Phrase
from vstar_data.verification.kinds.replies import View, token_at
from vstar_data.verification.kinds.statement_parts import FAILING, HELPING, Statement
from vstar_data.verification.text import Text, Token
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

PRETENDING = word_set("pretend feign fake mime simulate pretense pretence")
UNDONE = word_set("try attempt want intend plan hope wish prepare threaten")
_NEAR_MISS = word_set("almost nearly narrowly")
_TURNING = word_set("change")
"""Verbs whose object can be told as their subject: `the color changes`, to `the liquid changes color`."""
_WHILES = word_set("time while second moment clip day night video way minute hour")
"""Nouns that say how long, and are not acted on: `it runs the whole time`."""
_SOME = word_set("all some none most many few both each one any neither half every")
_THERE = word_set("there here")


def subject_before(text: Text, place: int) -> Token | None:
    """Returns the noun or pronoun that stands as the subject before a verb, or None where the clause names none."""
    begin = text.bounds(place)[0]
    crossed = False
    for at in range(place - 1, max(begin, place - 12) - 1, -1):
        token, after = text.tokens[at], text.tokens[at + 1]
        if any(sign in after.glue for sign in ";:.!?\u2026(") or " - " in after.glue:
            return None
        crossed = crossed or "," in after.glue
        if token.word in ("who", "which", "that") and at > begin:
            continue
        if token.word in words.SUBJECT_PRONOUNS | {"it", "this", "both", "neither", "none", "one"}:
            return token
        if token.word in words.CLAUSE_BREAKS and token.word not in ("as", "so"):
            return None
        if token.word in words.CONJUNCTIONS:
            crossed = True
        elif _can_head(text, at, begin) and not (crossed and _governed(text, at, begin)):
            return token
    return None


def _can_head(text: Text, at: int, begin: int) -> bool:
    """Whether a token before a verb can be the noun of its subject, rather than a verb or part of a phrase."""
    token = text.tokens[at]
    before = text.tokens[at - 1] if at > begin else None
    if token.word in words.FUNCTION or token.form.adverb or not token.form.noun:
        return False
    if token.keys & (FAILING | HELPING | UNDONE | PRETENDING):
        return False
    if before is None:
        return True
    if token.form.verb and token.word not in token.form.verb and before.word not in words.DETERMINERS:
        acts = before.word in words.SUBJECT_PRONOUNS or before.word in words.CONJUNCTIONS | {"to", "not"}
        if acts or (before.form.noun and not before.form.adjective and before.word not in words.FUNCTION):
            return False
    if before.word in words.PREPOSITIONS:
        return False
    if not (before.word in words.DETERMINERS and at - 2 >= begin and text.tokens[at - 2].word in words.PREPOSITIONS):
        return True
    counted = text.tokens[at - 3] if at - 3 >= begin else None
    of = text.tokens[at - 2].word == "of" and counted is not None
    return of and counted is not None and (counted.value is not None or counted.word in _SOME)


def _governed(text: Text, at: int, begin: int) -> bool:
    """Whether a noun is the object of an earlier predicate: `takes the ball and throws`, `stays upright and falls`."""
    place = at - 1
    while place >= begin and (text.tokens[place].word in words.DETERMINERS or text.tokens[place].form.adjective):
        place -= 1
    if place < begin:
        return False
    return bool(text.tokens[place].form.verb) and text.tokens[place].word not in words.DETERMINERS


def acts_on(text: Text, verb: int, last: int, things: frozenset[str]) -> bool:
    """Whether a verb has one of some things, a pronoun or nothing named as what it acts on.

    Args:
        text: The answer.
        verb: The token of the verb.
        last: The last token of the verb with its particle.
        things: Base forms of the things.
    """
    end = text.bounds(verb)[1]
    if gaps.in_passive(text, verb):
        subject = subject_before(text, verb)
        return subject is None or one_of(subject, things)
    patient, particle = _after(text, verb, end)
    if particle in words.PARTICLES and particle not in text.words(verb, last + 1):
        return False
    return patient is None or one_of(patient, things)


def fits(statement: Statement, text: Text, place: int, same_verb: bool, size: int = 1) -> bool:
    """Whether a clause speaks of the statement's own things: named, by a pronoun, or not named at all.

    Args:
        statement: The statement.
        text: The answer.
        place: The verb.
        same_verb: Whether it is the statement's own verb, rather than an opposite of it.
        size: How many tokens the verb has with its particle.
    """
    tokens = text.tokens
    token = tokens[place]
    begin, end = text.bounds(place)
    passive = gaps.in_passive(text, place)
    subject = subject_before(text, place)
    patient, particle = _after(text, place, end, size)
    led = text.tokens[min(place + 1, end - 1)].word in words.PREPOSITIONS
    if not statement.object and led and statement.verb:
        patient = None
    if patient is None and subject is not None:
        patient = antecedent(text, subject)
    if same_verb and not _same_particle(statement.particle, particle):
        return False
    agents = statement.object if statement.passive else statement.subject
    patients = statement.subject if statement.passive else statement.object
    if passive:
        doer = _by(text, place, end)
        if doer is not None and agents and not statement.passive and not one_of(doer, agents):
            return False
        return subject is None or one_of(subject, patients or statement.things)
    if token.word.endswith("ing") and subject is None and place > begin and tokens[place - 1].word in words.DETERMINERS:
        return False
    if patient is not None and not one_of(patient, patients | (statement.things if not patients else frozenset())):
        return False
    if statement.passive:
        return True
    if subject is None:
        return True
    if one_of(subject, statement.subject) or not statement.subject:
        return True
    if same_verb and patient is None and not particle and one_of(subject, statement.object) and token.keys & _TURNING:
        return True
    return not same_verb and patient is not None and one_of(subject, statement.things) and not patients & patient.keys


def antecedent(text: Text, subject: Token) -> Token | None:
    """Returns the noun that a clause describes as what its verb acts on: `it is a bottle that he holds`.

    Args:
        text: The answer.
        subject: The subject of the clause.
    """
    begin, end = text.sentences[subject.sentence]
    place = next(at for at in range(begin, end) if text.tokens[at] is subject) - 1
    while place > begin and text.tokens[place].word not in ("that", "which"):
        if not (text.tokens[place].word in words.DETERMINERS or text.tokens[place].form.adjective):
            break
        place -= 1
    if place <= begin or text.tokens[place].word not in ("that", "which") or text.tokens[place].glue != " ":
        return None
    noun = text.tokens[place - 1]
    sure = not noun.form.verb or (place - 1 > begin and text.tokens[place - 2].word in words.DETERMINERS)
    return noun if noun.form.noun and sure and noun.word not in words.FUNCTION else None


def _after(text: Text, place: int, end: int, size: int = 1) -> tuple[Token | None, str]:
    """Returns the noun that a verb acts on, and its particle."""
    particle = ""
    head: Token | None = None
    skip = place + size if size > 1 and text.tokens[min(place + 1, end - 1)].word not in words.PARTICLES else place + 1
    for at in range(skip, min(end, place + 8)):
        token = text.tokens[at]
        if any(sign in token.glue for sign in ",;:.(\u2026\u2013\u2014") or " - " in token.glue:
            break
        if token.word in words.PARTICLES or token.word in ("to", "from", "into"):
            particle = particle or token.word
            if at == place + 1:
                continue
            break
        if token.word in words.PREPOSITIONS | words.CLAUSE_BREAKS | words.CONJUNCTIONS | {"to"}:
            break
        if token.word in words.FUNCTION or token.form.adverb or token.value is not None:
            continue
        if token.form.noun and not token.keys & _WHILES:
            head = token
        elif head is not None:
            break
    if head is not None and head.word.endswith("ing"):
        head = None
    if (
        particle
        and head is not None
        and place + 1 < end
        and text.tokens[place + 1].word in words.PREPOSITIONS - words.PARTICLES
    ):
        head = None
    return head, particle


_OPPOSED = {"on": "off", "off": "on", "up": "down", "down": "up", "in": "out", "out": "in"}


def _same_particle(own: str, other: str) -> bool:
    return not own or not other or own == other or (own not in _OPPOSED and other not in _OPPOSED)


def one_of(token: Token, keys: frozenset[str]) -> bool:
    """Whether a noun or pronoun can stand for one of some things."""
    if token.word in words.SUBJECT_PRONOUNS | words.OBJECT_PRONOUNS | {
        "this",
        "that",
        "both",
        "one",
        "neither",
        "none",
    }:
        return True
    if token.keys & keys:
        return True
    if token.keys & words.PERSONS and keys & words.PERSONS:
        return token.word in ("person", "people", "someone") or not keys.isdisjoint({"person", "someone", "people"})
    return any(len(other) == 1 and other[0] in token.keys for key in keys for other in synonyms(key))


def speaks_of(statement: Statement, text: Text, subject: Token) -> bool:
    """Whether a quality is said of the statement's own things, or of something of theirs (`their strokes`)."""
    if one_of(subject, statement.things) or subject.word in _THERE:
        return True
    place = token_at(text, subject.start) or 0
    owned = place > 0 and text.tokens[place - 1].word in ("their", "its", "his", "her")
    return owned and not subject.keys & words.PERSONS


def agent_after(text: Text, place: int) -> Token | None:
    """Returns the noun that a passive names as the one who does it (`carried by the man`), or None.

    Args:
        text: The answer.
        place: The verb.
    """
    return _by(text, place, text.bounds(place)[1])


def _by(text: Text, place: int, end: int) -> Token | None:
    by = next((n for n in range(place + 1, min(end, place + 4)) if text.tokens[n].word == "by"), None)
    if by is None:
        return None
    following = text.tokens[by + 1 : min(end, by + 5)]
    return next((token for token in following if token.form.noun and token.word not in words.FUNCTION), None)


def places_of(text: Text, phrases: Iterable[Phrase]) -> list[int]:
    """Returns the tokens at which one of some phrases begins; a particle may come up to three words later."""
    known = text.places()
    found: list[int] = []
    for phrase in phrases:
        for place in known.get(phrase[0], ()):
            if len(phrase) == 1 or _goes_on(text, place, phrase):
                found.append(place)
    return sorted(set(found))


def _goes_on(text: Text, place: int, phrase: Phrase) -> bool:
    at, end = place, text.bounds(place)[1]
    for word in phrase[1:]:
        reach = at + (5 if word in words.PARTICLES and len(phrase) == 2 else 2)
        following = next((n for n in range(at + 1, min(end, reach)) if _is(text.tokens[n], word)), None)
        if following is None:
            return False
        at = following
    return True


def _is(token: Token, word: str) -> bool:
    return word in token.keys or token.word == word


def stance_view(text: Text, place: int, sign: bool, size: int = 1) -> list[View]:
    """Returns what a place says about a statement, as far as the answer stands by it.

    Args:
        text: The answer.
        place: The first token of the place.
        sign: What it says where it is asserted.
        size: How many tokens it has.
    """
    token = text.tokens[place]
    begin = text.bounds(place)[0]
    before = text.tokens[max(begin, place - 6) : place]
    if any(t.keys & PRETENDING for t in before):
        return [(not sign, token.start, token.end)]
    if any(t.keys & UNDONE for t in before[-4:]):
        return []
    last = min(place + size, text.bounds(place)[1]) - 1
    own = frozenset(key for t in text.tokens[place : last + 1] for key in (t.word, *t.keys))
    own = own if size > 1 or own & FAILING else frozenset()
    how = stance(text, place, last, own)
    if how is Stance.HEDGED:
        return [(None, token.start, token.end)]
    if how not in (Stance.ASSERTED, Stance.MILD, Stance.NEGATED):
        return []
    value = (how is Stance.NEGATED) is not sign
    forgotten = any(t.keys & {"forget", "neglect", "omit"} for t in before[-4:]) and any(t.word == "to" for t in before)
    nearly = any(t.word in _NEAR_MISS for t in before[-4:-1]) and not any(t.word in _NEAR_MISS for t in before[-2:])
    if forgotten or (nearly and how is not Stance.NEGATED):
        value = not value
    return [(value, token.start, token.end)]
