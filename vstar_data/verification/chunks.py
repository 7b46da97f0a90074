"""Cuts a sentence into chunks: noun groups, prepositions, particles, verbs and what parts clauses.

A rough cut by closed word classes and endings, made only where a name's words are all there but not in one of its usual
orders; `frames` binds verbs to their groups by it.
"""

from __future__ import annotations

from dataclasses import dataclass

from vstar_data.verification import gaps, words
from vstar_data.verification.text import Text, Token
from vstar_data.verification.words import word_set

_BE_LIKE = words.BE | words.AUXILIARIES | words.MODALS
_RELATIVE = word_set("who whom which what whose")
COMPOUND = (("in", "front", "of"), ("on", "top", "of"), ("at", "top", "of"), ("next", "to"), ("close", "to"))
_DENYING = word_set("not never neither nor without hardly barely")
_DASHES = "\u2013\u2014("
_OWN = words.POSSESSIVES | {"'s"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some tokens that belong together.

    Attributes:
        kind: `noun`, `prep`, `particle`, `verb`, `aux`, `adverb`, `not`, `and`, `comma`, `dash`, `relative`, `clause`
            or `stop`.
        first: Its first token.
        last: Its last token; the head of a noun group.
    """

    kind: str
    first: int
    last: int


def chunks(text: Text, begin: int, end: int) -> list[Chunk]:
    """Returns the chunks of some tokens of one sentence, in order.

    Args:
        text: The answer.
        begin: The first token.
        end: One past the last token.
    """
    found: list[Chunk] = []
    place = begin
    while place < end:
        if place > begin:
            mark = _mark(text.tokens[place].glue)
            if mark:
                found.append(Chunk(mark, place, place - 1))
        chunk = _chunk(text, found, place, end)
        found.append(chunk)
        place = chunk.last + 1
    return found


def _mark(glue: str) -> str:
    """Returns what the punctuation before a word makes of it."""
    if any(mark in glue for mark in ";:[]{}\u2192>"):
        return "stop"
    if any(mark in glue for mark in _DASHES) or ")" in glue or " - " in glue or "--" in glue:
        return "dash"
    return "comma" if "," in glue else ""


def _chunk(text: Text, found: list[Chunk], place: int, end: int) -> Chunk:
    """Returns the chunk that begins at a token."""
    tokens = text.tokens
    token = tokens[place]
    word = token.word
    before = next((chunk for chunk in reversed(found) if chunk.kind not in ("adverb", "not")), None)
    for phrase in COMPOUND:
        if tuple(text.words(place, place + len(phrase))) == phrase or (
            len(phrase) == 2 and word.startswith(phrase[0]) and text.words(place + 1, place + 2) == ["to"]
        ):
            return Chunk("prep", place, place + len(phrase) - 1)
    if (word, *text.words(place + 1, place + 2)) in (("one", "another"), ("each", "other")):
        return Chunk("noun", place, place + 1)
    if word in ("and", "or", "plus", "&", "then"):
        return Chunk("and", place, place)
    if word in _DENYING:
        return Chunk("not", place, place)
    following = tokens[place + 1] if place + 1 < end else None
    if word == "that" and before is not None and (before.kind in ("noun", "comma", "clause") or _subject(following)):
        return Chunk("relative", place, place)
    if word in _RELATIVE:
        return Chunk("relative", place, place)
    if word in words.CLAUSE_BREAKS - {"that", "as"} or (word == "as" and before is not None):
        return Chunk("clause", place, place)
    possessive = word == "her" and following is not None and _can_head(following)
    if word in ("both", "each") and following is not None and following.form.verb and _is(before, "aux"):
        return Chunk("adverb", place, place)
    counting = word in ("one", "both", "each")
    pronoun = counting or word in words.SUBJECT_PRONOUNS | words.OBJECT_PRONOUNS
    if pronoun and not possessive and (following is None or not (counting and _nominal(following))):
        return Chunk("noun", place, place)
    helping = word in _BE_LIKE and not (word == "to" and following is not None and not _base_verb(following))
    if helping and (word != "'s" or (_is(before, "noun") and not _owns(text, place, end))):
        return Chunk("aux", place, place)
    if word in words.PREPOSITIONS or word in words.PARTICLES or word == "to":
        return _led(text, place, end)
    if word in words.ADVERBS | words.SIDES or (token.form.adverb and not token.form.noun and not token.form.adjective):
        return Chunk("adverb", place, place)
    if _verb_here(text, before, place, end):
        return Chunk("verb", place, place)
    last = _group_end(text, place, end)
    if last == place and not token.form.noun and token.word not in words.DETERMINERS and token.value is None:
        return Chunk("adverb" if token.form.adjective or token.form.adverb else "noun", place, place)
    timed = bool(tokens[last].keys & words.TIMES) and (before is None or before.kind not in ("prep", "aux"))
    return Chunk("adverb" if timed else "noun", place, last)


def _is(chunk: Chunk | None, kind: str) -> bool:
    return chunk is not None and chunk.kind == kind


def _base_verb(token: Token) -> bool:
    return token.word in token.form.verb and token.word not in words.DETERMINERS | words.SIDES


def _subject(token: Token | None) -> bool:
    return token is not None and token.word in words.SUBJECT_PRONOUNS | words.DETERMINERS


def _owns(text: Text, place: int, end: int) -> bool:
    """Whether `'s` says whose: a noun follows, and no verb or article."""
    following = text.tokens[place + 1] if place + 1 < end else None
    return following is not None and _nominal(following) and not following.word.endswith("ing")


def _can_head(token: Token) -> bool:
    return (token.form.noun or token.form.adjective) and token.word not in words.FUNCTION


def _nominal(token: Token) -> bool:
    return token.word not in words.FUNCTION and (token.form.noun or token.form.adjective or token.value is not None)


def _led(text: Text, place: int, end: int) -> Chunk:
    """Returns a preposition with those that follow it (`out of`), or a particle where no noun group follows."""
    last = place
    while last + 1 < end and text.tokens[last + 1].word in words.PREPOSITIONS and not _mark(text.tokens[last + 1].glue):
        last += 1
    following = text.tokens[last + 1] if last + 1 < end and not _mark(text.tokens[last + 1].glue) else None
    opens = following is not None and (
        following.word in words.DETERMINERS | words.OBJECT_PRONOUNS
        or following.value is not None
        or _nominal(following)
        or following.word in _RELATIVE
    )
    kind = "particle" if last == place and text.tokens[place].word in words.PARTICLES and not opens else "prep"
    return Chunk(kind, place, last)


def _verb_here(text: Text, before: Chunk | None, place: int, end: int) -> bool:
    """Whether a word outside a noun group is a verb."""
    tokens = text.tokens
    token = tokens[place]
    if not token.form.verb or token.word in words.DETERMINERS or token.value is not None:
        return False
    if not token.form.noun and not token.form.adjective:
        return True
    if token.word.endswith("ing"):
        return True
    if token.word in token.form.verb and token.form.noun and (before is None or before.kind in ("stop", "comma")):
        following = tokens[place + 1] if place + 1 < end else None
        if following is None or following.word in words.AUXILIARIES | {"of"} or "," in following.glue:
            return False
    if before is not None and before.kind == "prep":
        return False
    described = token.word in token.form.verb and token.form.adjective
    if described and (before is None or before.kind in ("comma", "dash", "stop", "and", "verb")):
        return False
    if before is not None and before.kind == "aux":
        return True
    if before is not None and before.kind == "verb" and token.form.noun:
        return False
    return gaps.verbal(text, place)


def _group_end(text: Text, place: int, end: int) -> int:
    """Returns the last token of the noun group that begins at a token."""
    tokens = text.tokens
    last = place
    headed = _heads(text, place, end) and tokens[place].word not in words.DETERMINERS
    while last + 1 < end:
        token, before = tokens[last + 1], tokens[last]
        if token.word == "'s" and before.form.noun and _owns(text, last + 1, end):
            last, headed = last + 1, False
            continue
        if token.glue == "-":
            last, headed = last + 1, token.form.noun
            continue
        modified = before.word in words.DETERMINERS and (token.word in words.ADVERBS or token.word == "can")
        if token.glue not in (" ", "") or (token.word in words.FUNCTION - words.DETERMINERS and not modified):
            break
        if headed and (token.value is not None or (token.form.adjective and not token.form.noun)):
            break
        if token.word in words.DETERMINERS:
            if headed or before.word in _OWN:
                break
            last += 1
            continue
        if headed and _predicate(text, place, last + 1, end):
            break
        nominal = _nominal(token) or token.word.endswith(("ing", "ed", "en", "n", "t"))
        if not nominal and (not token.form.adverb or headed):
            break
        if headed and token.form.adverb and not token.form.noun:
            break
        last += 1
        headed = token.word == "can" or _heads(text, last, end)
    return last


def _heads(text: Text, place: int, end: int) -> bool:
    """Whether a word can be the head of its group; an adjective is none where a noun goes on."""
    token = text.tokens[place]
    if not token.form.noun or token.word in words.ADVERBS:
        return False
    following = text.tokens[place + 1] if place + 1 < end else None
    goes_on = following is not None and following.glue in (" ", "-") and _nominal(following)
    return not (token.form.adjective and goes_on)


def _predicate(text: Text, first: int, place: int, end: int) -> bool:
    """Whether a word after the head of a noun group is its verb: `the hand puts`, `huskies pull`, `a man juggling`."""
    token, before = text.tokens[place], text.tokens[place - 1]
    if not token.form.verb:
        return False
    if not token.form.noun or token.word.endswith("ing"):
        return not token.form.adjective or token.word.endswith(("ing", "ed", "en")) or not token.form.noun
    plural = before.word.endswith("s") or before.word in ("people", "men", "women", "children", "sheep")
    if token.word in token.form.verb:
        return plural and place + 1 < end and text.tokens[first].glue != "-"
    later = text.tokens[place + 1] if place + 1 < end else None
    if token.word.endswith("s") and (later is None or _mark(later.glue)):
        return bool(before.keys & words.PERSONS)
    if token.word.endswith("s"):
        return (
            later is not None
            and not plural
            and (
                later.word in words.DETERMINERS | words.PREPOSITIONS | words.OBJECT_PRONOUNS | words.PARTICLES
                or later.form.adverb
                or (later.glue == " " and _nominal(later))
            )
        )
    return True
