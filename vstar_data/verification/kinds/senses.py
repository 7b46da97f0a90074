"""Which sense of a class name is meant: what its parentheses say, what its object is, what a longer class adds.

`push (an object)` and `push (another person)` are told apart by what is pushed, `hurling (sport)` is not done to an
axe, and `pull ups` are not what one does with socks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from vstar_data.records import ClassLabel
from vstar_data.verification import gaps, lemmas, words
from vstar_data.verification.case import Case
from vstar_data.verification.codes import by_itself
from vstar_data.verification.matching import Match
from vstar_data.verification.phrases import patterns
from vstar_data.verification.subjects import person
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.vocabulary import Vocabulary

_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_FIELDS = frozenset({"sport", "game", "dance", "exercise", "art", "gymnastics"})
_ADDED = re.compile(r"[\s,]+(?:but|so|and|until|without|while|then)\b")
_THING_ASKED = re.compile(r"\b(?:objects?|things?|box|region|corners|framed)\b|\[[\d., ]+\]", re.IGNORECASE)
_DOING = words.DOING_VERBS | {"play", "make", "use", "solve"}
_PARTICLES = re.compile(r"[ -](?:up|down|out|in|over)s\Z")
_PARTICLE = re.compile(r"\A(?!\w+ing\b)\w+[ -](?:up|down|out|in|over)\Z")
_EACH = frozenset({"other", "another"})
"""The last words of `each other` and `one another`."""
_ENOUGH = 0.6
"""The share of what a longer class adds that must be said for that class to be meant."""


def of_sense(label: ClassLabel, gold: list[Match], case: Case) -> list[Match]:
    """Keeps the places that say a label in its own sense.

    Args:
        label: The class.
        gold: Where its words are said.
        case: The answer and what is known about it.
    """
    context = _context(label.name)
    kept = [match for match in gold if not _of_another_kind(case.answer, match, context)]
    kept = [match for match in kept if not _does_another(case, match) and not _only_a_noun(label, case, match)]
    kept = [match for match in kept if not _things(label, case.answer, match) and not _compound(label, case, match)]
    if _PARTICLES.search(label.name.lower()) or (_PARTICLE.search(label.name.lower()) and _gerunds(case)):
        kept = [match for match in kept if not _particle_with_object(case.answer, match)]
    return kept


def of_context(name: str, found: list[Match], case: Case) -> list[Match]:
    """Keeps the places where a class is said whose object fits the parentheses of its name."""
    context = _context(name) if "(" in name else frozenset()
    return [match for match in found if not _of_another_kind(case.answer, match, context)]


def thing_asked(case: Case) -> bool:
    """Whether a question asks for a thing rather than for a deed."""
    return _THING_ASKED.search(case.question.raw) is not None


def elsewhere(label: ClassLabel, gold: list[Match], case: Case) -> bool:
    """Whether the answer as a whole means another class that the same words begin: by its setting, by what it adds."""
    if not gold:
        return False
    bare = _bare(label.name)
    context, excluded = _context(label.name), _excluded(label.name)
    said = set(case.answer.places())
    for name in case.vocabulary.names if context or excluded else case.vocabulary.beginning(bare):
        if excluded and name != label.name and _bare(name) == bare and _context(name) & excluded & said:
            return True
        if context and not context & said and _names_its_thing(case.answer, name, gold):
            return True
        longer = name.lower().startswith(bare) and _ADDED.match(name.lower(), len(bare))
        if longer and _adds(name[len(bare) :], bare, said):
            return True
    return False


def _gerunds(case: Case) -> bool:
    """Whether most classes are called by an `-ing`: then a bare `push up` among them is a noun, and no verb."""
    names = case.vocabulary.names
    return sum("ing" in name for name in names) * 2 > len(names)


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    return " ".join(_PARENTHESIS.sub(" ", name.lower()).split())


def _context(name: str) -> frozenset[str]:
    """Returns the words of the parentheses of a name that exclude nothing; of `(not in a game)` none."""
    return _inside(name, negative=False)


def _excluded(name: str) -> frozenset[str]:
    return _inside(name, negative=True)


def _inside(name: str, *, negative: bool) -> frozenset[str]:
    found: set[str] = set()
    for inner in _PARENTHESIS.findall(name):
        tokens = tokens_of_name(inner).tokens
        denies = bool(tokens) and tokens[0].word in ("not", "no", "without", "except")
        if denies == negative:
            found |= {key for token in tokens if token.word not in words.FUNCTION for key in token.keys}
    return frozenset(found)


def _of_another_kind(text: Text, match: Match, context: frozenset[str]) -> bool:
    """Whether what the verb acts on does not fit the parentheses of the name."""
    if context & _FIELDS:
        if match.first != match.last or not _more(text, match):
            return any(token.word in words.BE for token in text.tokens[match.first : match.last])
        contest = text.tokens[match.last + 1].keys & words.ACTIVITY_HEADS
        return not contest and gaps.phrase_follows(text, match.last + 1)
    if not context & {"person", "object"} or context >= {"person", "object"} or not text.tokens[match.first].form.verb:
        return False
    thing = _object(text, match)
    return thing is not None and _somebody(thing) != ("person" in context)


def _does_another(case: Case, match: Match) -> bool:
    """Whether the object of a lone verb is what another class plays or does: `tackles a sudoku`."""
    if match.first != match.last or not case.answer.tokens[match.first].form.verb:
        return False
    thing = _object(case.answer, match)
    if thing is None:
        return False
    return not thing.keys.isdisjoint(_done_things(case.vocabulary))


@lru_cache(maxsize=32)
def _done_things(vocabulary: Vocabulary) -> frozenset[str]:
    """Returns the base forms of the things that classes say are played or done: of `chess` for `playing chess`."""
    read = (pattern for name in vocabulary.names for pattern in patterns(name))
    return frozenset(
        key
        for pattern in read
        if pattern.verb == 0 and len(pattern.slots) == 2 and pattern.slots[0].keys & _DOING
        for key in pattern.slots[1].keys
    )


def _things(label: ClassLabel, text: Text, match: Match) -> bool:
    """Whether a deed is found as a thing: `their ice skates` for ice skating, `a bed made of oak` for making a bed."""
    last = text.tokens[match.last]
    following = text.tokens[match.last + 1].word if match.last + 1 < len(text.tokens) else ""
    if following == "of" and last.word == "made":
        return True
    if match.first == match.last or not label.name.lower().endswith("ing") or last.word.endswith("ing"):
        return False
    plural = last.word.endswith("s") and last.form.noun and match.last == match.first + 1
    before = text.tokens[match.first - 1].word if match.first else ""
    return plural and before in words.POSSESSIVES | {"the", "a", "of", "with", "on"}


def _only_a_noun(label: ClassLabel, case: Case, match: Match) -> bool:
    """Whether a reading of one word that is a verb (`shoot`) is found as a noun that nobody does: `a photo shoot`."""
    text = case.answer
    token = text.tokens[match.first]
    if match.first != match.last or token.word.endswith("ing") or not token.form.noun or thing_asked(case):
        return False
    alone = [pattern.slots[0].word for pattern in patterns(label.name) if len(pattern.slots) == 1]
    if not any(token.keys & {word} and lemmas.form(word).noun and word in lemmas.form(word).verb for word in alone):
        return False
    stands = by_itself(text, match) or text.tokens[match.first - 1].word in words.BE if match.first else True
    return not (stands or gaps.verbal(text, match.first) or gaps.performed(text, match.first))


def _compound(label: ClassLabel, case: Case, match: Match) -> bool:
    """Whether a verb and its noun are found as one noun that is a thing: `looks at a sailboat` for `sail boat`."""
    token = case.answer.tokens[match.first]
    if match.first != match.last or match.verb != match.first or token.form.verb or token.word.endswith("ing"):
        return False
    readings = [pattern.slots for pattern in patterns(label.name) if pattern.verb == 0 and len(pattern.slots) == 2]
    joined = any(key.endswith(last) for slots in readings[:1] for key in token.keys for last in slots[1].keys)
    stands = by_itself(case.answer, match) or thing_asked(case) or gaps.performed(case.answer, match.first)
    return joined and token.form.noun and not stands


def _more(text: Text, match: Match) -> bool:
    return match.last + 1 < text.bounds(match.last)[1] and text.tokens[match.last + 1].glue == " "


def _object(text: Text, match: Match) -> Token | None:
    """Returns the noun or pronoun after a verb that says what it acts on, or None."""
    if (receiver := _receiver(text, match)) is not None:
        return receiver
    end = min(text.bounds(match.last)[1], match.last + 7)
    thing: Token | None = None
    for place in range(match.last + 1, end):
        token = text.tokens[place]
        if "," in token.glue or ";" in token.glue or (thing is not None and token.form.adverb):
            break
        if token.word in words.OBJECT_PRONOUNS:
            return token
        if token.word in words.PREPOSITIONS - words.PARTICLES or (token.word in ("on", "in") and thing is None):
            break
        if token.word in words.DETERMINERS or (token.form.adjective and thing is None and not token.form.noun):
            continue
        if token.word in words.FUNCTION or not token.form.noun:
            break
        thing = token
    return thing


def _receiver(text: Text, match: Match) -> Token | None:
    """Returns whom or what is given the deed that a noun names: `gives the door a push`; or None."""
    begin = max(text.bounds(match.first)[0], match.first - 7)
    article = next((at for at in range(match.first - 1, begin, -1) if text.tokens[at].word in ("a", "an")), None)
    if article is None or not any("give" in token.keys for token in text.tokens[begin:article]):
        return None
    before = text.tokens[article - 1]
    received = before.form.noun or before.word in words.OBJECT_PRONOUNS or before.word in _EACH
    return before if received else None


def _somebody(token: Token) -> bool:
    return person(token) or token.word in words.OBJECT_PRONOUNS - {"it"} or token.word in _EACH


def _particle_with_object(text: Text, match: Match) -> bool:
    """Whether a verb and its particle, which are the whole name, have an object: `pulls up her socks`."""
    if match.verb is None or len(match.filled) != 2 or not _more(text, match):
        return False
    if text.tokens[match.last].word not in words.PARTICLES:
        return False
    following = text.tokens[match.last + 1]
    return gaps.phrase_follows(text, match.last + 1) and following.word not in words.ADVERBS


def _names_its_thing(text: Text, name: str, gold: list[Match]) -> bool:
    """Whether the thing of another class, of two words or more, is named apart from the label: `ice hockey`."""
    own = {place for match in gold for place in match.filled}
    for pattern in patterns(name):
        if pattern.verb != 0:
            continue
        thing = [slot for slot in pattern.slots[1:] if slot.role == "word"]
        if len(thing) != 2 or not thing[1].follows:
            continue
        for place, (left, right) in enumerate(pairwise(text.tokens)):
            if left.keys & thing[0].keys and right.keys & thing[1].keys and not {place, place + 1} & own:
                return True
    return False


def _adds(rest: str, bare: str, said: set[str]) -> bool:
    """Whether most of what a longer name adds to a shorter one is said."""
    known = {key for token in tokens_of_name(bare).tokens for key in token.keys}
    added = [
        token
        for token in tokens_of_name(rest).tokens
        if token.word not in words.FUNCTION - words.PARTICLES - {"out"}
        and token.word not in words.PLACEHOLDERS
        and not token.keys & known
    ]
    return bool(added) and sum(bool(token.keys & said) for token in added) >= _ENOUGH * len(added)
