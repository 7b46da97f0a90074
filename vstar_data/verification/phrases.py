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

_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_LIGHT = re.compile(r"(?P<before>.* )?(?P<what>\w+) in (?:an? |the )?(?P<how>\w+) (?P<light>\w+)")
_PHRASAL = re.compile(r"(?P<how>\w+(?: \w+)*) (?P<verb>\w+)-(?P<particle>\w+)")
_ALIKE = (
    frozenset({"into", "in", "inside", "to"}),
    frozenset({"onto", "on", "upon"}),
    frozenset({"toward", "towards", "to"}),
    frozenset({"under", "underneath", "beneath", "below"}),
    frozenset({"beside", "next", "alongside"}),
    frozenset({"off", "from"}),
    frozenset({"around", "round"}),
    frozenset({"through", "across"}),
)


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
    """

    word: str
    keys: frozenset[str]
    near: frozenset[tuple[str, ...]]
    role: str
    follows: bool
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """One reading of a name.

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


@lru_cache(maxsize=16_384)
def patterns(name: str) -> tuple[Pattern, ...]:
    """Returns the readings of a name; any of them, found in an answer, says the name.

    Args:
        name: A class, a step, an event or a choice, in words or with underscores.
    """
    plain = name.replace("_", " ")
    negated: list[frozenset[str]] = []
    context: set[str] = set()
    for inner in _PARENTHESIS.findall(plain):
        tokens = tokens_of(inner).tokens
        content = [token for token in tokens if token.word not in words.FUNCTION]
        if tokens and tokens[0].word in ("not", "no", "without", "except"):
            negated += [token.keys for token in content]
        else:
            context |= {key for token in content for key in token.keys}
    bare = _PARENTHESIS.sub(" ", plain).strip() or plain.strip("() ")
    found: dict[tuple[str, ...], Pattern] = {}
    for reading in _readings(bare):
        for as_noun in (False, True):
            pattern = _pattern(reading, tuple(negated), frozenset(context), as_noun)
            if pattern is not None:
                found.setdefault((*(slot.word for slot in pattern.slots), str(pattern.verb)), pattern)
    return tuple(found.values())


def _readings(name: str) -> list[str]:
    """Expands slashes and an `or` between two verbs."""
    if re.search(r"\s/|/\s", name):
        return [reading for side in re.split(r"\s*/\s*", name) if side.strip() for reading in _readings(side)]
    lone = re.match(r"(\w+)/\w+ (\w+)\b", name)
    alone = [lone[1]] if lone and lone[2].lower() in words.PREPOSITIONS else []
    parts = [[side for side in part.split("/") if side] or [part] for part in name.split()]
    expanded = [" ".join(choice) for choice in list(product(*parts))[:8]]
    readings: list[str] = list(alone)
    for reading in expanded:
        coordinated = re.match(r"(\w+ing) or (\w+ing) (.+)\Z", reading, re.IGNORECASE)
        objects = re.match(r"(\w+ing) (\w+) or (\w+)\Z", reading, re.IGNORECASE)
        if coordinated:
            readings += [f"{coordinated[1]} {coordinated[3]}", f"{coordinated[2]} {coordinated[3]}"]
        elif objects:
            readings += [f"{objects[1]} {objects[2]}", f"{objects[1]} {objects[3]}"]
        readings += [reading, *_reordered(reading)]
    return readings


def _reordered(name: str) -> list[str]:
    """Returns a name in the other orders that English has for its construction.

    `somersaults in pike position` are `pike somersaults`, at a `forward take-off` one takes off forward, and who does
    `two twists` twists two times.
    """
    orders = []
    light = _LIGHT.fullmatch(name)
    if light is not None and light["light"].lower() in words.LIGHT_NOUNS:
        orders.append(f"{light['before'] or ''}{light['how']} {light['what']}")
    phrasal = _PHRASAL.fullmatch(name)
    if phrasal is not None and phrasal["particle"].lower() in words.PARTICLES:
        orders.append(f"{phrasal['verb']} {phrasal['particle']} {phrasal['how']}")
    count, doing = [*tokens_of(name).tokens, None, None][:2]
    if count is None or doing is None or count.value in (None, 1) or doing.glue != " ":
        return orders
    if doing.form.verb and doing.form.noun and not name.startswith("-", doing.end):
        orders.append(f"{name[doing.start : doing.end]} {name[count.start : count.end]} times{name[doing.end :]}")
    return orders


def _pattern(name: str, excluded: tuple[frozenset[str], ...], context: frozenset[str], as_noun: bool) -> Pattern | None:
    tokens = tokens_of(name).tokens
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
    slots: list[Slot] = []
    verb: int | None = None
    before_was_noun = False
    for place in range(first, len(tokens)):
        token = tokens[place]
        word = token.word
        if word in words.DETERMINERS or (word in words.BE and len(tokens) > 1) or word in ("'s", "it", "so", "that"):
            before_was_noun = before_was_noun and word in words.BE
            continue
        role = _role(tokens, place, first, as_noun)
        if role == "verb" and verb is None:
            verb = len(slots)
        elif role == "verb":
            role = "word"
        follows = bool(slots) and role == "word" and before_was_noun
        slots.append(_slot(token, role, follows, not slots))
        before_was_noun = role == "word"
    if not slots:
        slots = [_slot(token, "word", bool(place), not place) for place, token in enumerate(tokens)]
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
        return Slot(token.word, alike, frozenset(), role, False)
    if token.word in ("person", "people") and not first:
        keys = keys | words.ANYONE
    near = frozenset(other for key in keys for other in synonyms(key)) if len(keys) < 10 else frozenset()
    optional = token.word in words.LIGHT_NOUNS
    return Slot(token.word, keys, near, role, follows, optional)
