"""Names as patterns: cuts a label's name into slots that can be looked for in any inflection, voice and word order.

A pattern knows no answer; `matching` finds it in one. Parentheses: `(not on a tie)` becomes what must not follow,
`(boxing)` an optional context. `a/b` and `a-ing or b-ing x` become alternatives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from vstar_data.verification import words
from vstar_data.verification.text import Token, tokens_of
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.wordings import Wording, wordings

_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_PLACEHOLDER = re.compile(r"\((?:an|a) \w+\) \w+")
_ALIKE = (
    frozenset({"into", "in", "inside", "to"}),
    frozenset({"onto", "on", "upon"}),
    frozenset({"toward", "towards", "to"}),
    frozenset({"under", "underneath", "beneath", "below"}),
    frozenset({"beside", "next", "alongside"}),
    frozenset({"off", "from"}),
    frozenset({"around", "round"}),
    frozenset({"through", "across"}),
    frozenset({"with", "using"}),
    frozenset({"up", "upward", "upwards"}),
    frozenset({"down", "downward", "downwards"}),
)
_DIRECTIONS = (
    frozenset({"up", "upward", "upwards"}),
    frozenset({"down", "downward", "downwards"}),
    frozenset({"left", "leftward", "leftwards"}),
    frozenset({"right", "rightward", "rightwards"}),
    frozenset({"forward", "forwards"}),
    frozenset({"backward", "backwards"}),
)
_JOINING = frozenset({"'s", "it", "so", "that", "but", "then"})
_CLAUSES = frozenset({"so", "that", "it", "until", "then", "and", "but"})


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a name.

    Attributes:
        word: As the name has it, lower case.
        keys: Base forms that fill it.
        near: Synonyms, each as base forms in order.
        role: `verb`, `word`, `preposition`, or `any` for a placeholder such as `something`.
        follows: Whether it must stand directly after the slot before it (one noun group).
        optional: Whether it may be left out.
        direct: Whether, as a preposition, it may not follow an object of the verb.
        result: Whether it opens another clause of the name: `falls` in `pushing something so that it falls`.
    """

    word: str
    keys: frozenset[str]
    near: frozenset[tuple[str, ...]]
    role: str
    follows: bool
    optional: bool = False
    direct: bool = False
    result: bool = False

    @property
    def directs(self) -> bool:
        """Whether it says where to, as an adverb: `left`, `upwards`."""
        return self.role == "word" and any(self.word in group for group in _DIRECTIONS)


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One reading of a name. Each is itself alone, so that what is prepared for it can be kept beside it.

    Attributes:
        slots: Its words in the order of the name.
        verb: The place of the verb among the slots, or None for a name without one.
        subject: Base forms of the subject, where the name begins with one (`person opens the door`).
        excluded: Words of which none may follow (`(not on a tie)`).
        context: Base forms of an optional context (`(boxing)`).
    """

    slots: tuple[Slot, ...]
    verb: int | None
    subject: frozenset[str]
    excluded: tuple[frozenset[str], ...]
    context: frozenset[str]


def in_words(name: str) -> str:
    """Returns a name in words: `draw_sword` and `ReplaceSIMCard` are cut."""
    plain = name.replace("_", " ")
    return _HUMPS.sub(" ", plain) if " " not in plain.strip() and _CAMEL.search(plain) else plain


@lru_cache(maxsize=16_384)
def patterns(name: str) -> tuple[Pattern, ...]:
    """Returns the readings of a name; any of them, found in an answer, says the name.

    Args:
        name: A class, a step, an event or a choice, in words or with underscores.
    """
    plain = in_words(name)
    negated: list[frozenset[str]] = []
    context: set[str] = set()
    for inner in _PARENTHESIS.findall(plain):
        tokens = tokens_of(inner).tokens
        content = [token for token in tokens if token.word not in words.FUNCTION]
        if tokens and tokens[0].word in ("not", "no", "without", "except"):
            negated += [
                token.keys | {each[0] for key in token.keys for each in synonyms(key) if len(each) == 1}
                for token in content
            ]
        else:
            context |= {key for token in content for key in token.keys}
    bare = " ".join(_PARENTHESIS.sub(" ", plain).split()) or plain.strip("() ")
    found: dict[tuple[str, ...], Pattern] = {}
    for reading in (*_readings(bare), *_with_placeholders(plain)):
        for as_noun in (False, True):
            pattern = _pattern(reading, tuple(negated), frozenset(context), as_noun)
            if pattern is not None:
                said = (
                    *(slot.word for slot in pattern.slots),
                    str(pattern.verb),
                    str((bool(reading.linking), reading.direct)),
                )
                found.setdefault(said, pattern)
    return tuple(found.values())


def _with_placeholders(name: str) -> list[Wording]:
    """Reads parentheses in the middle of a name as what they stand for: `give (an object) to (a person)`."""
    if not _PLACEHOLDER.search(name):
        return []
    return [reading for reading in _readings(" ".join(_PARENTHESIS.sub(" something ", name).split()))]


def _readings(name: str) -> list[Wording]:
    """Expands slashes and an `or`, and adds the other wordings of each name."""
    if re.search(r"\s/|/\s", name):
        return [reading for side in re.split(r"\s*/\s*", name) if side.strip() for reading in _readings(side)]
    lone = re.match(r"(\w+)/\w+ (\w+)\b", name)
    alone = [Wording(lone[1])] if lone and lone[2].lower() in words.PREPOSITIONS else []
    parts = [[side for side in part.split("/") if side] or [part] for part in name.split()]
    expanded = _phrase_sides(name) or [" ".join(choice) for choice in list(product(*parts))[:8]]
    readings: list[Wording] = list(alone)
    for reading in expanded:
        either = _sides(reading)
        readings += [Wording(side) for side in (*either, reading)]
        readings += [wording for side in either or (reading,) for wording in wordings(side)]
    return readings


def _phrase_sides(name: str) -> list[str]:
    """Expands `text on/look at a phone`, whose slash parts two verbs with their prepositions before one object."""
    found = re.fullmatch(r"(\w+ (\w+))/(\w+ (\w+)) ([^/]+)", name)
    if found is None or not {found[2].lower(), found[4].lower()} <= words.PREPOSITIONS:
        return []
    return [f"{found[1]} {found[5]}", f"{found[3]} {found[5]}"]


def _sides(name: str) -> tuple[str, ...]:
    """Expands an `or` between two verbs or two last nouns; nothing where there is none."""
    verbs = re.fullmatch(r"(\w+ing) or (\w+ing)(?: (.+))?", name, re.IGNORECASE)
    if verbs and not verbs[3]:
        return verbs[1], verbs[2]
    led = re.fullmatch(r"(\w+ing) or (\w+ing (\w+)) (.+)", name, re.IGNORECASE)
    if led and led[3].lower() in words.PREPOSITIONS:
        return f"{led[1]} {led[4]}", f"{led[1]} {led[3]} {led[4]}", f"{led[2]} {led[4]}"
    if verbs:
        return f"{verbs[1]} {verbs[3]}", f"{verbs[2]} {verbs[3]}"
    nouns = re.fullmatch(r"((?:\w+ )?\w+ing (?:[\w ]+ )?)(\w+) or (\w+)", name, re.IGNORECASE)
    return (f"{nouns[1]}{nouns[2]}", f"{nouns[1]}{nouns[3]}") if nouns else ()


def _pattern(
    wording: Wording, excluded: tuple[frozenset[str], ...], context: frozenset[str], as_noun: bool
) -> Pattern | None:
    tokens = tokens_of(wording.name).tokens
    if not tokens:
        return None
    subject: frozenset[str] = frozenset()
    first = 0
    while first < len(tokens) - 1 and tokens[first].word in words.DETERMINERS:
        first += 1
    if first + 1 < len(tokens) and tokens[first].word in words.GENERIC_SUBJECTS:
        following = tokens[first + 1]
        if following.form.verb and following.word not in words.PREPOSITIONS:
            subject = tokens[first].keys
            first += 1
    elif first + 1 < len(tokens) and tokens[first].word in words.PLACEHOLDERS and tokens[first + 1].form.verb:
        first += 1
    slots: list[Slot] = []
    verb: int | None = None
    before_was_noun = clause = False
    for place in range(first, len(tokens)):
        token = tokens[place]
        word = token.word
        if word in words.DETERMINERS or (word in words.BE and place > first) or word in _JOINING:
            before_was_noun = before_was_noun and word in words.BE
            led = word == "it" and place > first and tokens[place - 1].word in words.PREPOSITIONS
            clause = bool(slots) and (clause or (word in _CLAUSES and not led))
            continue
        clause = clause or (bool(slots) and "," in token.glue)
        role = _role(tokens, place, first, as_noun)
        if role == "verb" and verb is None:
            verb = len(slots)
        elif role == "verb":
            role = "word"
        follows = bool(slots) and role == "word" and before_was_noun
        slot = _slot(token, role, follows, not slots)
        if slot.directs:
            slot = replace(slot, follows=False)
        if wording.literal:
            slot = replace(slot, near=frozenset())
        if clause and role == "word":
            slot, clause = replace(slot, result=True, follows=False), False
        if role == "preposition":
            slot = replace(slot, keys=wording.linking or slot.keys, direct=wording.direct)
        slots.append(slot)
        # `stir-fry egg`: what follows a hyphenated verb is its object.
        before_was_noun = role == "word" and not (token.glue == "-" and verb == len(slots) - 2 and token.form.verb)
    if not slots:
        slots = [_slot(token, "word", bool(place), not place) for place, token in enumerate(tokens)]
    if verb is not None and wording.doing:
        slots[verb] = replace(slots[verb], keys=slots[verb].keys | wording.doing)
    return Pattern(_with_light_phrases(slots), verb, subject, excluded, context)


def _with_light_phrases(slots: list[Slot]) -> tuple[Slot, ...]:
    """Frees the preposition of `in pike position`: where the light noun may be left out, so may the preposition."""
    freed = list(slots)
    for place, slot in enumerate(slots[:-2]):
        if slot.role == "preposition" and slots[place + 2].optional:
            freed[place] = replace(slot, optional=True)
    return tuple(freed)


def _role(tokens: list[Token], place: int, first: int, as_noun: bool) -> str:
    token = tokens[place]
    if token.word in words.PLACEHOLDERS and len(tokens) > 1:
        return "any"
    if token.word in words.PREPOSITIONS and len(tokens) - first > 1:
        return "preposition"
    if token.word in words.PARTICLES and place == first + 1 < len(tokens) - 1 and tokens[first].form.verb:
        return "preposition"
    if token.form.verb and token.value is None:
        ing = token.word.endswith("ing")
        if place == first and (ing or not as_noun or not _modifier(tokens, place)):
            return "verb" if ing or len(tokens) - first > 1 else "word"
        if place > first and (ing or tokens[place - 1].word in words.BE or _finite(tokens, place)):
            return "verb"
    return "word"


def _finite(tokens: list[Token], place: int) -> bool:
    """Whether a word is the finite verb of a name that is a sentence: `the dog catches the stick`."""
    token, before = tokens[place], tokens[place - 1]
    if not token.word.endswith("s") or token.word in token.form.verb or not before.form.noun:
        return False
    if place + 1 < len(tokens):
        return tokens[place + 1].word in words.DETERMINERS | words.PREPOSITIONS
    return tokens[0].word in words.DETERMINERS


def _modifier(tokens: list[Token], place: int) -> bool:
    """Whether a word that could be a verb rather opens a noun group: `pole vault`, `high jump`, `parkour`."""
    token = tokens[place]
    if place + 1 == len(tokens):
        return token.form.noun and token.word in token.form.keys and not token.word.endswith(("ed", "ing"))
    following = tokens[place + 1]
    if following.word in words.DETERMINERS | words.PLACEHOLDERS:
        return False
    return token.form.adjective or (token.form.noun and not token.word.endswith(("ed", "ing")))


def _slot(token: Token, role: str, follows: bool, first: bool) -> Slot:
    if role == "any":
        return Slot(token.word, frozenset(), frozenset(), role, False)
    keys = token.keys
    if role == "preposition":
        alike = next((group for group in _ALIKE if token.word in group), frozenset({token.word}))
        alike = alike - {"in", "inside"} if token.word == "to" else alike
        return Slot(token.word, alike, frozenset(), role, False)
    if token.word in ("person", "people") and not first:
        keys = keys | words.ANYONE
    keys = next((group for group in _DIRECTIONS if token.word in group), keys)
    near = frozenset(other for key in keys for other in synonyms(key)) if len(keys) < 10 else frozenset()
    optional = token.word in words.LIGHT_NOUNS
    return Slot(token.word, keys, near, role, follows, optional)
