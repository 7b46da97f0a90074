"""Who does it: the subject of a passage, and whether it is someone other than the person who was asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vstar_data.verification import lemmas, lexicon, words
from vstar_data.verification.hints import Hinted
from vstar_data.verification.text import Text, Token, tokens_of_name

_BACKGROUND = Hinted(
    r"\bin (?:the|a) (?:\w+ )?(?:background|distance)\b|\bat the back\b|\b(?:(?:far|right|just|way) )?(?:behind|beside|"
    r"next to|near) (?:him|her|them|it)\b"
    r"|\bin the rear\b|\bon (?:the|a) (?:\w+ )?(?:tv|television|screen|billboard|poster|monitor)\b"
)
_OPENERS = frozenset({"while", "whereas", "but", "as", "when", "although", "though", "because"})
_INDEFINITE = frozenset({"a", "an", "another", "some", "two", "three", "several"})
_ANYBODY = frozenset({"person", "people", "individual", "someone", "somebody", "human"})
_WHOEVER = frozenset({"someone", "somebody", "everyone", "everybody", "others"})
FORCES = words.word_set(
    "wind gust breeze storm wave rain machine robot dishwasher engine motor conveyor dog cat puppy kitten horse monkey "
    "bird parrot pig cow goat sheep elephant bear chimpanzee ape"
)
"""What acts by itself and is nobody."""
_STANDING_FOR = words.word_set(
    "hand finger thumb arm palm fist foot leg knee head mouth tooth lip body shoulder elbow fingertip knife brush "
    "needle hammer saw scissors razor spoon fork iron "
    "video clip scene footage camera frame image picture shot action activity "
    "answer label class order sequence routine step list event person it this that one team band pair "
    "duo trio"
)
"""What stands for the person that it belongs to, or for the clip as a whole."""
_OPPOSITES = (
    frozenset({"front", "back", "rear", "middle"}),
    frozenset({"left", "right", "center", "centre", "middle"}),
    frozenset({"foreground", "background"}),
    words.word_set("red blue green yellow black white brown grey gray orange purple pink violet"),
)
_TELLING = frozenset().union(*_OPPOSITES)
_PEOPLE = words.PERSONS | words.ONLOOKERS
_NAMED_BY_PRONOUN = words.SUBJECT_PRONOUNS - {"who", "there"}
_HELPERS = words.AUXILIARIES | {"that", "which", "not"}
_BEFORE_A_CLAUSE = words.CONJUNCTIONS | words.CLAUSE_BREAKS | words.BE
_NO_PART = words.FUNCTION - words.DETERMINERS
_LEADING = words.PREPOSITIONS - {"by"}
_NO_THING = words.SUBJECT_PRONOUNS | _STANDING_FOR
_GROUPS = words.word_set("people person group team couple crowd audience class player child kid everyone everybody")
_ELSE = frozenset({"another", "other", "others", "else", "second"})


@dataclass(frozen=True)
class Subject:
    """The one who does something.

    Attributes:
        keys: Base forms of the noun or pronoun; empty where the sentence names nobody.
        aside: Whether the wording marks them as somebody other than the main person.
        new: The token of the noun, where an article or a number presents them as somebody not spoken of before.
        thing: Whether it is no person: `the kettle is whistling`.
        definite: Whether the noun has the definite article.
        place: Words after the noun that say which one is meant: `in the back`, `in red`.
    """

    keys: frozenset[str]
    aside: bool
    new: int | None = None
    thing: bool = False
    definite: bool = False
    place: frozenset[str] = frozenset()


def subject(text: Text, first: int, last: int, verb: int | None) -> Subject:
    """Returns the subject of a passage.

    Args:
        text: The answer.
        first: First token of the passage.
        last: Last token of the passage.
        verb: The token of its verb, where it has one.
    """
    begin, end = text.bounds(first)
    clause = _clause_start(text, first, begin)
    head = _direct(text, first, clause, verb)
    if head is None and verb is not None and (thing := _thing(text, clause, verb)) is not None:
        return Subject(text.tokens[thing].keys, aside=False, thing=True)
    if head is None:
        head = _relative(text, begin, clause, first)
    if head is None:
        head = _force(text, clause, first)
    if head is None:
        head = _first_person(text, clause, first)
    if head is None and clause > begin:
        clause = begin
        head = _first_person(text, begin, first)
    if head is not None:
        head = _rather(text, begin, head)
    lead = text.raw[text.tokens[begin].start : text.tokens[clause].start].lower().rpartition(";")[2].lstrip()
    aside = bool(_BACKGROUND.match(lead)) or _background(text, clause, first, last, end)
    if head is None:
        return Subject(frozenset(), aside)
    token = text.tokens[head]
    aside = aside or bool(token.keys & words.ONLOOKERS)
    group = head
    while group > max(begin if head < clause else clause, head - 4) and _modifies(text.tokens[group - 1]):
        group -= 1
    for place in range(group, min(head + 2, len(text.tokens))):
        word = text.tokens[place].word
        if word in _ELSE and (word != "second" or place < head):
            aside = True
        if place < head and word in ("his", "her", "their") and token.keys & words.PERSONS:
            aside = True
    new = head if text.tokens[group].word in _INDEFINITE and group < head else None
    return Subject(token.keys, aside, new, definite=text.tokens[group].word == "the", place=_which(text, head))


def _rather(text: Text, begin: int, head: int) -> int:
    """Returns who is meant by `the woman rather than the man`: the woman; the noun itself without such a contrast."""
    at = head - 1
    while at > begin and _modifies(text.tokens[at]):
        at -= 1
    if at <= begin or text.words(at - 1, at + 1) not in (["rather", "than"], ["instead", "of"]):
        return head
    earlier = range(at - 2, max(begin, at - 6) - 1, -1)
    return next((place for place in earlier if person(text.tokens[place])), head)


def _which(text: Text, head: int) -> frozenset[str]:
    """Returns the words that tell one person from others by place or colour, right after the noun."""
    end = min(text.bounds(head)[1], head + 6)
    if head + 1 >= end or text.tokens[head + 1].word not in ("in", "on", "at", "to"):
        return frozenset()
    return frozenset(token.word for token in text.tokens[head + 2 : end]) & _TELLING


def _elsewhere(place: frozenset[str], question: Text) -> bool:
    """Whether a question asks about somebody in the opposite place, or in another colour."""
    if not place:
        return False
    for at, token in enumerate(question.tokens):
        if person(token):
            asked = _which(question, at)
            return bool(asked) and not asked & place and any(asked & group and place & group for group in _OPPOSITES)
    return False


def person(token: Token) -> bool:
    """Whether a word names a person."""
    return _is_person(token.word) if token.value is None else not token.keys.isdisjoint(_PEOPLE)


@lru_cache(maxsize=65_536)
def _is_person(word: str) -> bool:
    form = lemmas.form(word)
    if not form.keys.isdisjoint(_PEOPLE):
        return True
    return form.noun and not form.keys.isdisjoint(lexicon.people()) and word not in words.FUNCTION


def _acts_by_itself(token: Token) -> bool:
    if token.keys & FORCES:
        return True
    return token.form.noun and not person(token) and not token.keys.isdisjoint(lexicon.animals())


def _modifies(token: Token) -> bool:
    return token.word in words.DETERMINERS or token.form.adjective or token.value is not None


def agent(text: Text, last: int) -> Subject:
    """Returns who does what is said in the passive: the noun after `by`, within a few tokens of the passage."""
    end = text.bounds(last)[1]
    for place in range(last + 1, min(end, last + 5)):
        if text.tokens[place].word == "by":
            for after in range(place + 1, min(end, place + 5)):
                token = text.tokens[after]
                owner = after + 1 < end and text.tokens[after + 1].word == "'s"
                if not owner and (person(token) or token.word in ("him", "her", "them")):
                    return Subject(token.keys, False)
    return Subject(frozenset(), False)


def asked_about(question: Text) -> frozenset[str]:
    """Returns the base forms of the person a question asks about; empty for a question about the clip as such."""
    return _person_of(question.raw)


@lru_cache(maxsize=4096)
def _person_of(question: str) -> frozenset[str]:
    for token in tokens_of_name(question).tokens:
        if person(token):
            return token.keys
    return frozenset()


def another(doer: Subject, asked: frozenset[str], question: Text, answer: Text, last: int | None = None) -> bool:
    """Whether the subject is someone other than the person asked about.

    Args:
        doer: The subject of the passage.
        asked: What `asked_about` returned.
        question: The question.
        answer: The answer.
        last: The last token of the passage: the person asked about may be its object.
    """
    if asked and _elsewhere(doer.place, question):
        return True
    if doer.place and any(doer.place & _which(question, at) for at in range(len(question.tokens))):
        return False
    if doer.aside and not (doer.definite and doer.keys & asked):
        return not _BACKGROUND.search(question.raw.lower()) and not any(
            token.word in _ELSE for token in question.tokens
        )
    if not asked or not doer.keys:
        return False
    stranger = doer.new is not None and not doer.keys & (asked | _ANYBODY) and not asked & _GROUPS
    if stranger and any(token.keys & asked and token.glue != "-" for token in answer.tokens):
        return True
    if (doer.keys & _WHOEVER or doer.thing) and not asked & _GROUPS:
        pronoun = "he" if asked & words.MALE else "she" if asked & words.FEMALE else ""
        return any(token.keys & asked or token.word == pronoun for token in answer.tokens)
    if last is not None and not asked & _GROUPS and not doer.keys & (asked | words.SUBJECT_PRONOUNS | _ANYBODY):
        end = min(answer.bounds(last)[1], last + 7)
        if any(token.keys & asked for token in answer.tokens[last + 1 : end]):
            return True
    if doer.keys & FORCES or (not doer.keys & words.PERSONS and not doer.keys.isdisjoint(lexicon.animals())):
        return True
    return bool(
        (asked & words.MALE and doer.keys & words.FEMALE and not doer.keys & words.MALE)
        or (asked & words.FEMALE and doer.keys & words.MALE and not doer.keys & words.FEMALE)
    )


def _clause_start(text: Text, first: int, begin: int) -> int:
    """Returns the first token of the clause that a passage stands in."""
    for place in range(first, begin, -1):
        token = text.tokens[place]
        if ";" in token.glue or " - " in token.glue or "\u2014" in token.glue or "\u2013" in token.glue:
            return place
        if place < first and token.word in _OPENERS:
            return place + 1
        if token.word == "for" and "," in token.glue and _names_someone(text, place + 1, first):
            return place + 1
        if "," in token.glue and _names_someone(text, place, first) and not _inserted(text, place, first):
            return place
        if place < first and token.word == "and" and _names_someone(text, place + 1, first):
            return place + 1
    if text.tokens[begin].word in ("while", "as", "when", "although"):
        return begin
    return begin


def _inserted(text: Text, place: int, first: int) -> bool:
    """Whether a relative clause begins at a token and ends before the passage: `the boy, whose sister yawns, eats`."""
    if text.tokens[place].word not in ("who", "whose", "which", "whom"):
        return False
    return any("," in text.tokens[at].glue for at in range(place + 2, first + 1))


def _names_someone(text: Text, place: int, first: int) -> bool:
    """Whether a noun phrase that can be a subject begins at a token, before the passage."""
    for at in range(place, min(first, place + 5)):
        token = text.tokens[at]
        if token.word in words.SUBJECT_PRONOUNS or person(token):
            following = text.tokens[at + 1].word if at + 1 <= first else ""
            return at == place or following not in ("and", "or") or True
        if token.form.verb and token.word not in token.form.verb and text.tokens[at + 1].word in words.DETERMINERS:
            return False  # `..., hugs the boy`
        if token.word in words.PREPOSITIONS or token.word in words.AUXILIARIES:
            return False
    return False


def _direct(text: Text, first: int, clause: int, verb: int | None) -> int | None:
    """Returns the noun that stands right before the verb: `watches a woman juggling`."""
    at = (verb if verb is not None and verb >= first else first) - 1
    if "," in text.tokens[at + 1].glue:
        return None
    while at >= clause:
        token = text.tokens[at]
        if token.glue == "-" and at > clause:
            at -= 1
            continue
        if token.word in _NAMED_BY_PRONOUN or person(token):
            return at
        if not (token.word in words.AUXILIARIES or token.word in ("who", "that", "not", "'s") or token.form.adverb):
            return None
        at -= 1
    return None


def _thing(text: Text, clause: int, verb: int) -> int | None:
    """Returns the noun that is the subject of an active verb and no person: `the kettle is whistling`; or None.

    Hands and tools stand for who uses them, and a clip that shows something does nothing itself.
    """
    tokens, at = text.tokens, verb - 1
    helped = False
    while at >= clause and (tokens[at].word in _HELPERS or (tokens[at].form.adverb and at < verb)):
        helped = helped or tokens[at].word in words.BE
        at -= 1
    finite = tokens[verb].word not in tokens[verb].form.verb and tokens[verb].word.endswith("s")
    if at < clause or not (helped or finite) or "," in tokens[at + 1].glue:
        return None
    at, start = _group(text, clause, at)
    while start > clause + 1 and tokens[start - 1].word in words.PREPOSITIONS and tokens[start - 2].form.noun:
        at, start = _group(text, clause, start - 2)
    noun = tokens[at]
    other = any(person(token) for token in tokens[start : at + 1]) or noun.keys & _NO_THING
    if not noun.form.noun or other or noun.word in words.FUNCTION or noun.value is not None:
        return None
    before = tokens[start - 1] if start > clause else None
    led = tokens[start].word in words.DETERMINERS and tokens[start].word not in ("his", "her", "their", "my")
    free = before is None or before.word in _BEFORE_A_CLAUSE or "," in tokens[start].glue
    return at if led and free else None


def _group(text: Text, clause: int, at: int) -> tuple[int, int]:
    """Returns the last and the first token of the noun group that ends at a token."""
    tokens, start = text.tokens, at
    while start > clause and "," not in tokens[start].glue and tokens[start - 1].word not in _NO_PART:
        before = tokens[start - 1]
        if not (_modifies(before) or (before.form.noun and tokens[start].glue in (" ", "-"))):
            break
        start -= 1
        if before.word in words.DETERMINERS:
            break
    return at, start


def _relative(text: Text, begin: int, clause: int, first: int) -> int | None:
    """Returns the person that a relative clause tells of: `films her two daughters, who are juggling`."""
    for place in range(first - 1, clause - 1, -1):
        if text.tokens[place].word == "who":
            before = range(place - 1, max(begin, place - 4) - 1, -1)
            return next((at for at in before if person(text.tokens[at])), None)
        if text.tokens[place].word in words.SUBJECT_PRONOUNS:
            return None
    return None


def _force(text: Text, clause: int, first: int) -> int | None:
    """Returns the noun that a clause begins with where it is something that acts by itself: `a gust of wind blows`."""
    place = clause
    while place < first and _modifies(text.tokens[place]) and not _acts_by_itself(text.tokens[place]):
        place += 1
    while place + 1 < first and text.tokens[place + 1].form.noun and text.tokens[place + 1].glue == " ":
        if text.tokens[place + 1].form.verb and not _acts_by_itself(text.tokens[place + 1]):
            break
        place += 1
    return place if place < first and _acts_by_itself(text.tokens[place]) else None


def _first_person(text: Text, begin: int, first: int) -> int | None:
    for place in range(begin, first):
        token = text.tokens[place]
        if token.word in ("there", "who", "it", "i", "you", "we"):
            continue
        if token.word in words.SUBJECT_PRONOUNS or person(token):
            if place > begin and text.tokens[place - 1].word in _LEADING:
                continue
            return place
    return None


def _background(text: Text, clause: int, first: int, last: int, end: int) -> bool:
    """Whether the clause places its subject in the background."""
    before = text.raw[text.tokens[clause].start : text.tokens[first].start].lower()
    found = _BACKGROUND.search(before)
    if (
        found
        and not before[: found.start()].rstrip().endswith(("with", "and"))
        and "with " not in before[: found.start()]
    ):
        return True
    stop = last + 1
    while stop < end and stop < last + 9:
        token = text.tokens[stop]
        if (
            token.word in ("with", "while", "and", "as", "but", "who", "which")
            or "," in token.glue
            or ";" in token.glue
        ):
            break
        stop += 1
    if stop <= last + 1:
        return False
    after = text.raw[text.tokens[last].end : text.tokens[stop - 1].end].lower()
    return bool(
        re.search(r"\bin the (?:\w+ )?(?:background|distance)\b|\bat the back\b|\bbehind (?:him|her|them)\b", after)
    )
