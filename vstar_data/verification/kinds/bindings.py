"""Other ways of saying that a relation holds, from small tables: the converse, the passive, where a thing is held.

`The couch is in front of her` puts her behind it, `a bag, carried by a boy` has him carry it, and what is in somebody's
hand is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from vstar_data.verification import words
from vstar_data.verification.matching import Match
from vstar_data.verification.phrases import patterns
from vstar_data.verification.subjects import person
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.words import word_set

_CONVERSE = {
    "in front of": ("behind",),
    "behind": ("in front of",),
    "above": ("below", "under"),
    "over": ("below", "under"),
    "below": ("above", "over"),
    "under": ("above", "over"),
    "beneath": ("above", "over"),
    "underneath": ("above", "over"),
    "on top of": ("under",),
    "next to": ("next to",),
    "beside": ("beside",),
    "near": ("near",),
    "close to": ("close to",),
    "opposite": ("opposite",),
}
"""What the object is to the subject, where the subject is this to the object."""

OTHER_SIDE = {"left": "right", "right": "left"}
_SIDES = {
    f"{lead}{side}{rest} of": side
    for side in OTHER_SIDE
    for lead, rest in (("", ""), ("to the ", ""), ("on the ", ""), ("at the ", ""), ("on the ", " side"))
}

_ALSO = {
    ("sit", "on"): ("sit in", "seated on", "seated in", "perched on"),
    ("sit", "in"): ("seated in",),
    ("sit", "at"): ("seated at",),
    ("lie", "on"): ("lie in", "lie across", "sprawled on", "sprawled across", "stretched out on"),
    ("lean", "on"): ("lean against", "propped against", "propped on"),
    ("lean", "against"): ("lean on",),
    ("write", "on"): ("write in",),
    ("write", "in"): ("write on",),
    ("on", "the side of"): ("at the side of", "by the side of", "beside", "next to"),
    ("cover", "by"): ("covered with", "covered in", "wrapped in"),
    ("wear", ""): ("dressed in", "clad in"),
    ("hold", ""): ("hold on to",),
    ("chase", ""): ("run after",),
    ("close", ""): ("pull it shut", "push it shut", "slide it shut", "slam it shut", "swing it shut"),
    ("feed", ""): ("give food to", "give it food"),
    ("hug", ""): ("pull it into hug", "wrap it in hug", "wrap arms around"),
    ("open", ""): ("pull it open", "push it open", "slide it open", "swing it open", "throw it open"),
    ("lift", ""): ("pick up",),
    ("pat", ""): ("pet", "stroke"),
    ("sniff", ""): ("smell", "sniff at"),
    ("not", "looking at"): ("look away from", "turn away from"),
    ("drink", "from"): ("sip from", "take sip from", "take gulp from", "take swig from", "drink out of"),
    ("eat", "from"): ("eat out of", "take bite from"),
}
"""Predicates that say the same, by their verb and preposition; an `it` is the object's place."""

_KEPT = {
    "hold": {"in": word_set("hand fist palm finger grip grasp")},
    "carry": {
        "in": word_set("hand arm fist"),
        "on": word_set("back shoulder head"),
        "over": word_set("shoulder"),
        "under": word_set("arm"),
    },
    "wear": {
        "on": word_set("head foot nose hand face wrist finger ear shoulder"),
        "over": word_set("shoulder eye"),
        "around": word_set("neck waist wrist shoulder"),
    },
}
"""Where a thing is that somebody holds, carries or wears: a preposition, and parts of the body."""

_RESTING = word_set("rest lie sit hang")

_FAR = 8
"""Tokens between the place on the body and the thing."""
_THERE = words.BE | word_set("there has have had holds sits lies rests he she they")


@dataclass(frozen=True)
class Binding:
    """A place where a relation is said in other words.

    Attributes:
        match: The place.
        doer: The token of the one who does it, where the wording shows it; None where the subject is to be looked for.
    """

    match: Match
    doer: int | None = None


@lru_cache(maxsize=2048)
def also(predicate: str, thing: str) -> tuple[str, ...]:
    """Returns the names that a predicate and its object have together, the first as the label has it.

    Args:
        predicate: In words: `sitting on`; an `it` in it is the object's place.
        thing: The object.
    """
    tokens = tokens_of_name(predicate).tokens
    spelled = [token.word for token in tokens]
    if "it" in spelled[1:]:
        return (" ".join(thing if word == "it" else word for word in spelled),)
    rest = " ".join(spelled[1:])
    found = [other for key in sorted(tokens[0].keys) for other in _ALSO.get((key, rest), ())] if tokens else []
    return (
        f"{predicate} {thing}",
        *(other.replace(" it ", f" {thing} ") if " it " in other else f"{other} {thing}" for other in found),
    )


def converse(predicate: str, subject: str) -> tuple[str, ...]:
    """Returns what is said of the object where a place is the predicate; nothing for a predicate with a verb."""
    return tuple(f"{other} {subject}" for other in _CONVERSE.get(predicate, ()))


def side_of(predicate: str) -> str | None:
    """Returns `left` or `right` where a predicate is that side of something: `to the left of`; else None."""
    return _SIDES.get(predicate)


def sided(text: Text, side: str, thing: str) -> list[Match]:
    """Returns where an answer says that something is on one side of a thing: `left of it`, `on its left side`.

    Args:
        text: The answer.
        side: `left` or `right`.
        thing: What it is beside.
    """
    heads = frozenset(key for pattern in patterns(thing) for key in pattern.slots[-1].keys)
    found = []
    for at in text.places().get(side, ()):
        begin, end = text.bounds(at)
        of = (
            at
            + 1
            + (text.words(at + 1, at + 2) in (["side"], ["hand"]))
            + (text.words(at + 1, at + 3) == ["hand", "side"])
        )
        if of >= end or text.tokens[of].word != "of":
            continue
        noun = _noun_after(text, of, end)
        if noun is None or not text.tokens[noun].keys & heads:
            continue
        start = at - 1 if at > begin and text.tokens[at - 1].word == "the" else at
        start -= start > begin and text.tokens[start - 1].word in ("to", "on", "at")
        found.append(Match(start, noun, tuple(sorted({start, at, of, noun})), None, False))
    return found


def bindings(text: Text, predicate: str, thing: str) -> list[Binding]:
    """Returns where a relation is said by a participle with `by`, or by where the thing is kept.

    Args:
        text: The answer.
        predicate: In words.
        thing: The object.
    """
    tokens = tokens_of_name(predicate).tokens
    heads = [pattern.slots[-1].keys for pattern in patterns(thing)]
    keys = frozenset(key for head in heads for key in head)
    places = sorted({place for key in keys for place in text.places().get(key, ())})
    if not tokens or not places:
        return []
    found = _passives(text, tokens, places)
    if len(tokens) == 2 and tokens[1].word in words.PREPOSITIONS:
        found += _piped(text, tokens, places)
    for verb in sorted(tokens[0].keys & _KEPT.keys()) if len(tokens) == 1 else ():
        found += _kept(text, _KEPT[verb], places)
        found += _worn(text, places) if verb == "wear" else []
    return found


def _passives(text: Text, predicate: list[Token], places: list[int]) -> list[Binding]:
    """Reads `a bag, carried by a boy`: a participle with its doer, said of the noun before it, or of its sentence's."""
    verbs = predicate[0].form.verb - {predicate[0].word} or predicate[0].form.verb
    found = []
    for at, token in enumerate(text.tokens):
        if token.word.endswith("ing") or not token.form.verb & verbs:
            continue
        begin, doer = text.bounds(at)[0], doer_after(text, at)
        if doer is None:
            continue
        reduced = token.glue == " " and text.tokens[at - 1].form.noun and text.tokens[at - 1].word not in words.FUNCTION
        done_to = at - 1 if reduced and at > begin else _first_noun(text, begin, at)
        if done_to is not None and done_to in places:
            filled = (done_to, at)
            found.append(Binding(Match(done_to, at, filled, at, False, passive=True), doer))
    return found


def _piped(text: Text, predicate: list[Token], places: list[int]) -> list[Binding]:
    """Reads `a bottle, from which she drinks`."""
    verb, preposition = predicate
    found = []
    for place in places:
        if text.words(place + 1, place + 3) not in ([preposition.word, "which"], [preposition.word, "whom"]):
            continue
        near = range(place + 3, min(text.bounds(place)[1], place + 10))
        at = next((n for n in near if text.tokens[n].form.verb and text.tokens[n].keys & verb.keys), None)
        between = text.tokens[place + 3 : at + 1] if at is not None else []
        parted = any(token.glue.strip() for token in between) or any(_acting(token) for token in between[:-1])
        if at is not None and not parted:
            found.append(Binding(Match(place, at, (place, at), at, False)))
    return found


def _acting(token: Token) -> bool:
    return bool(token.form.verb) and not token.form.noun and token.word not in words.FUNCTION


def doer_after(text: Text, participle: int) -> int | None:
    """Returns the token of the one by whom something is done, named with `by` after a participle; or None."""
    end = text.bounds(participle)[1]
    for at in range(participle + 1, min(end, participle + 8)):
        token = text.tokens[at]
        if token.word == "by" and text.tokens[at - 1].word != text.tokens[min(at + 1, end - 1)].word:
            return _noun_after(text, at, end)
        if token.word in words.CLAUSE_BREAKS or token.word == "and" or ";" in token.glue:
            return None
    return None


def _kept(text: Text, where: dict[str, frozenset[str]], places: list[int]) -> list[Binding]:
    """Reads `with a book in her hands`, `the book is in his hand` and `in her hand there is a book`."""
    found = []
    for at, token in enumerate(text.tokens):
        begin, end = text.bounds(at)
        start = _phrase_start(text, at, begin)
        if start is None or not token.keys & where.get(text.tokens[start].word, frozenset()):
            continue
        owner = next((n for n in range(start + 1, at) if _owner(text.tokens[n])), None)
        before = start - 1
        while before >= begin and _is_there(text.tokens[before]):
            before -= 1
        if before in places and "," not in text.tokens[start].glue:
            found.append(Binding(Match(before, at, tuple(sorted({before, start, at})), None, False), owner))
            continue
        thing = next((n for n in range(at + 1, min(end, at + _FAR)) if n in places), None)
        lead = text.tokens[at + 1 : thing] if thing is not None else []
        plain = all(t.word in _THERE | words.DETERMINERS or t.form.adjective or t.value is not None for t in lead)
        if thing is not None and plain and any(t.word in _THERE for t in lead):
            found.append(Binding(Match(start, thing, (start, at, thing), None, False), owner))
    return found


def _is_there(token: Token) -> bool:
    resting = token.keys & _RESTING and token.word not in token.form.verb
    return token.word in words.BE or token.form.adverb or bool(resting)


def _worn(text: Text, places: list[int]) -> list[Binding]:
    """Reads `has a hat on` and `a woman in a red hat`."""
    found = []
    for place in places:
        begin, end = text.bounds(place)
        start = place - 1
        while start > begin and (text.tokens[start].word in words.DETERMINERS or text.tokens[start].form.adjective):
            if text.tokens[start].word in ("in", "with"):
                break
            start -= 1
        lead, before = text.tokens[start], text.tokens[start - 1] if start > begin else None
        clothed = lead.word == "in" and before is not None and person(before) and text.tokens[start].glue == " "
        after = text.tokens[place + 1] if place + 1 < end else None
        later = text.tokens[place + 2] if place + 2 < end else None
        closed = later is None or later.glue != " " or later.word in words.CONJUNCTIONS
        having = "have" in lead.keys or lead.word == "with"
        on = having and after is not None and after.word == "on" and closed
        if start < place and (clothed or on):
            owner = start - 1 if clothed else None
            found.append(Binding(Match(start, place, (start, place), None, False), owner))
    return found


def _owner(token: Token) -> bool:
    return person(token) or token.word in words.POSSESSIVES - {"its"}


def _phrase_start(text: Text, at: int, begin: int) -> int | None:
    """Returns the preposition that leads to a noun over its determiners, owner and adjectives; or None."""
    place = at - 1
    while place >= begin and at - place < 6:
        token = text.tokens[place]
        if token.word in words.PREPOSITIONS:
            return place
        if not (token.word in words.DETERMINERS or token.form.adjective or person(token)):
            return None
        place -= 1
    return None


def _noun_after(text: Text, place: int, end: int) -> int | None:
    """Returns the head of the noun group that follows a preposition."""
    head = None
    for at in range(place + 1, min(end, place + 7)):
        token = text.tokens[at]
        if head is not None and (token.glue != " " or token.word in words.FUNCTION or not token.form.noun):
            break
        if (token.form.noun and token.word not in words.FUNCTION) or token.word in words.OBJECT_PRONOUNS | {"nobody"}:
            head = at
        elif not (token.word in words.DETERMINERS or token.form.adjective):
            break
    return head


def _first_noun(text: Text, begin: int, end: int) -> int | None:
    """Returns the head of the noun group that a clause begins with: `there is a big bag` has `bag`."""
    for at in range(begin, end):
        token = text.tokens[at]
        if token.word in words.FUNCTION or not token.form.noun:
            continue
        following = text.tokens[at + 1]
        if following.glue == " " and following.form.noun and following.word not in words.FUNCTION and at + 1 < end:
            continue
        return at
    return None
