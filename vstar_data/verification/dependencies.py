"""What a dependency parse says of a verb: its objects, wherever they stand, its doer, and whether it is told as a fact.

The relations are those of ClearNLP's scheme, which spaCy's English models use. Knows no name and no label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from vstar_data.verification.lemmas import form
from vstar_data.verification.words import BE, word_set


class Node(Protocol):
    """A token of a parse, as spaCy has it."""

    i: int
    dep_: str
    tag_: str
    lower_: str

    @property
    def head(self) -> Node:
        """The token that it depends on; itself for the root."""

    @property
    def children(self) -> Iterable[Node]:
        """The tokens that depend on it, in text order."""


_RELATIVE = frozenset({"which", "who", "whom", "what", "that"})
_GOING_ON = word_set("begin start continue proceed go keep manage help get happen stop finish be see watch show film")
"""Verbs whose infinitive tells what is really done."""
_SHUNNING = word_set(
    "avoid consider imagine suggest deny resist mind miss like love hate dislike prefer recommend fear risk"
)
"""Verbs whose participle tells what may not be done at all."""
_MIGHT = frozenset(
    {"would", "'d", "could", "might", "may", "should", "must", "can", "ca", "will", "'ll", "wo", "shall"}
)
_UNREAL_MARKS = frozenset({"if", "unless", "though", "whether"})
_AVOIDING = frozenset({"without", "before", "from", "instead", "of", "for", "about", "against", "than"})
_AMOUNTS = word_set(
    "pile stack heap bunch pair couple lot number handful piece slice bit part half cup glass bottle bowl plate group "
    "kind type sort sheet row set bag box basket bucket"
)
_BESIDE_A_SHARED_OBJECT = frozenset({"cc", "punct", "conj", "advmod", "prt", "npadvmod"})
_HIGHEST = 12
"""Steps that are followed up a tree."""


def objects(verb: Node) -> list[Node]:
    """Returns the nouns that a verb is done to.

    They can be its objects, the subject of its passive, the noun of its relative clause or participle (`the letter
    that she burned`, `the letter burned by her`), or shared with a verb beside it (`folds and burns the letter`).
    """
    own = _own_objects(verb)
    return _with_others(own or _object_before(verb) or _object_after(verb))


def led(verb: Node, prepositions: frozenset[str]) -> list[Node]:
    """Returns the nouns that one of some prepositions binds to a verb, also `the bench that she sat on`."""
    found: list[Node] = []
    for preposition in _prepositions(verb):
        if preposition.lower_ not in prepositions:
            continue
        nouns = [child for child in preposition.children if child.dep_ == "pobj"]
        if nouns:
            found += [noun for each in nouns for noun in _meant(each, verb)]
        elif not list(preposition.children) and preposition.dep_ == "prep":
            found += _relativized(verb)
    return _with_others(found)


def particle(verb: Node, words: frozenset[str]) -> Node | None:
    """Returns the particle of a verb, if it is one of some words: `puts the coat on`."""
    return next((child for child in verb.children if child.dep_ == "prt" and child.lower_ in words), None)


def doer(verb: Node) -> Node | None:
    """Returns the noun or pronoun that does what a verb says; None where the sentence names nobody."""
    for _ in range(_HIGHEST):
        by = next((child for child in verb.children if child.dep_ == "agent"), None)
        if by is not None:
            return next((child for child in by.children if child.dep_ == "pobj"), None)
        if _passive(verb):
            return None
        own = next((child for child in verb.children if child.dep_ in ("nsubj", "csubj")), None)
        if own is not None:
            return next(iter(_meant(own, verb)), own)
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            return verb.head
        if verb.dep_ == "xcomp" and (asked := _plain_objects(verb.head)):
            return asked[0]
        if verb.dep_ == "pcomp":
            verb = verb.head
        elif verb.dep_ not in ("conj", "xcomp", "advcl", "prep"):
            return None
        verb = verb.head
    return None


def told(verb: Node) -> bool:
    """Whether a deed is told as done: not denied, not possible, wanted or supposed, nor the aim of another deed."""
    for _ in range(_HIGHEST):
        for child in verb.children:
            if child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ in _MIGHT):
                return False
            if child.dep_ == "mark" and child.lower_ in _UNREAL_MARKS:
                return False
            if child.dep_ == "preconj" and child.lower_ == "neither":
                return False
        if verb.dep_ == "relcl" and verb.tag_ == "VBD" and not _in_the_past(verb.head):
            return False
        infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
        if verb.dep_ == "xcomp":
            governing = form(verb.head.lower_).keys
            if (infinitive and not governing & _GOING_ON) or governing & _SHUNNING:
                return False
        elif infinitive and verb.dep_ != "conj":
            return False
        elif verb.dep_ == "pcomp":
            if verb.head.lower_ in _AVOIDING:
                return False
            verb = verb.head
        elif verb.dep_ not in ("conj", "ccomp"):
            return True
        if verb.head is verb:
            return True
        verb = verb.head
    return False


def _in_the_past(noun: Node) -> bool:
    """Whether a noun is told about in the past; else a past deed is an earlier one: `the door she opened is red`."""
    for _ in range(_HIGHEST):
        if noun.head is noun or _is_verb(noun):
            break
        noun = noun.head
    return noun.tag_ == "VBD" or any(child.tag_ == "VBD" for child in noun.children if child.dep_ in ("aux", "auxpass"))


def crowded(verb: Node) -> bool:
    """Whether a parse gives a verb two objects that nothing joins: one of them belongs to another verb."""
    return len(_plain_objects(verb)) > 1


def modifiers(noun: Node) -> list[Node]:
    """Returns the adjectives and nouns that describe a noun from before it, with those joined to them by `and`."""
    found = [child for child in noun.children if child.dep_ in ("amod", "compound", "nmod") and child.i < noun.i]
    return [*found, *(other for each in found for other in _joined(each) if other.i < noun.i)]


def denied(noun: Node) -> bool:
    """Whether a noun has a `no` of its own: `burns no letter`."""
    return any(child.dep_ in ("det", "neg", "preconj") and child.lower_ in ("no", "neither") for child in noun.children)


def _is_verb(node: Node) -> bool:
    return node.tag_[:2] == "VB"


def _passive(verb: Node) -> bool:
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def _relative(node: Node) -> bool:
    return node.lower_ in _RELATIVE and node.tag_ in ("WDT", "WP", "IN", "DT")


def _plain_objects(verb: Node) -> list[Node]:
    return [child for child in verb.children if child.dep_ == "dobj" and not _relative(child)]


def _own_objects(verb: Node) -> list[Node]:
    """Returns the objects that a verb has itself; those of a relative pronoun are what it stands for."""
    wanted = ("dobj", "nsubjpass")
    found = [noun for child in verb.children if child.dep_ in wanted for noun in _meant(child, verb)]
    if not found and verb.dep_ == "acl" and verb.tag_ == "VBN":
        return [verb.head]
    return found


def _meant(noun: Node, verb: Node) -> list[Node]:
    """Returns what a noun or a relative pronoun in the clause of a verb stands for."""
    if not _relative(noun):
        return [noun]
    for top in _clauses_above(verb):
        if top.dep_ == "relcl":
            return [top.head]
        if top.dep_ in ("csubj", "ccomp") and top.head.lower_ in BE:
            return [child for child in top.head.children if child.dep_ == "attr"]
    return []


def _clauses_above(verb: Node) -> Iterator[Node]:
    """Yields a verb and those that it continues: joined by `and`, or as `burning` continues `began burning`."""
    for _ in range(_HIGHEST):
        yield verb
        if verb.dep_ not in ("conj", "xcomp"):
            return
        verb = verb.head


def _relativized(verb: Node) -> list[Node]:
    """Returns the noun of the relative clause that a verb stands in, for a gap that is not yet filled."""
    for top in _clauses_above(verb):
        if top.dep_ == "relcl":
            return [top.head]
    return []


def _object_before(verb: Node) -> list[Node]:
    """Returns the object that stands before a verb which has none itself."""
    before = verb.head
    if (topic := _topic(verb)) is not None:
        return [topic]
    if verb.tag_ == "VBN" and verb.dep_ in ("acomp", "conj"):
        state = before.head if before.dep_ == "acomp" else before
        if state.lower_ in BE and (verb.dep_ == "acomp" or before.dep_ == "acomp"):
            return [child for child in state.children if child.dep_ in ("nsubj", "nsubjpass")]
    if verb.dep_ == "relcl":
        return [before] if _open(verb) else []
    if not _is_verb(before) or _has_subject(verb):
        return []
    if verb.dep_ == "conj":
        taken = _own_objects(before) or _object_before(before)
        moved = [noun for noun in taken if noun.i < before.i]
        active = any(child.dep_ == "dobj" and _relative(child) for child in before.children)
        return moved if active or verb.tag_ == "VBN" or before.dep_ == "relcl" else []
    if verb.dep_ == "xcomp":
        if (topic := _topic(before)) is not None:
            return [topic]
        if any(child.dep_ == "auxpass" for child in verb.children):
            return [child for child in before.children if child.dep_ in ("nsubj", "nsubjpass")]
        return [
            noun
            for child in before.children
            if child.dep_ == "dobj" and _relative(child)
            for noun in _meant(child, before)
        ]
    return []


def _topic(verb: Node) -> Node | None:
    """Returns the noun that is named ahead of the subject: `the tie he ties`; None without one."""
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and not _relative(child)]
    pronoun = len(subjects) == 2 and subjects[1].tag_ == "PRP"
    return subjects[0] if pronoun and subjects[0].tag_[:2] == "NN" else None


def _open(verb: Node) -> bool:
    """Whether the verb of a relative clause lacks its object: it has a subject, and no pronoun or preposition does."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ in ("which", "who", "that"):
        return False
    if any(child.lower_ in ("when", "where", "why", "whose") for child in verb.children):
        return False
    if any(child.lower_ == "whose" for child in subject.children):
        return False
    for child in verb.children:
        if child.dep_ in ("dobj", "ccomp", "xcomp"):
            return False
        if child.dep_ == "prep" and any(_relative(noun) for noun in child.children):
            return False
        if child.dep_ == "prep" and not list(child.children):
            return False
    return True


def _object_after(verb: Node) -> list[Node]:
    """Returns the object of a verb joined by `and`, where nothing else follows this one: `lifts and washes a plate`."""
    if any(child.i > verb.i and child.dep_ not in _BESIDE_A_SHARED_OBJECT for child in verb.children):
        return []
    if _passive(verb):
        return []
    for other in verb.children:
        if other.dep_ == "conj" and _is_verb(other) and not _has_subject(other) and other.tag_ == verb.tag_:
            return [noun for noun in _plain_objects(other) if noun.i > other.i] or _object_after(other)
    return []


def _has_subject(verb: Node) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _joined(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.dep_ in ("conj", "appos") and not _is_verb(child):
            yield child
            yield from _joined(child)


def _with_others(nouns: list[Node]) -> list[Node]:
    """Adds what is joined to some nouns, and what they are an amount of: `a pile of letters`."""
    found = [node for noun in nouns for node in (noun, *_joined(noun))]
    amounts = [
        noun
        for each in found
        if form(each.lower_).keys & _AMOUNTS
        for child in each.children
        if child.dep_ == "prep" and child.lower_ == "of"
        for noun in child.children
        if noun.dep_ == "pobj"
    ]
    return [*found, *amounts]


def _prepositions(verb: Node) -> Iterator[Node]:
    """Yields the prepositions of a verb, and those that a parse hangs on its object instead."""
    after = (noun for noun in _plain_objects(verb) if noun.i > verb.i)
    for owner in (verb, *after):
        for child in owner.children:
            if child.dep_ == "prep":
                yield child
                yield from (inner for inner in child.children if inner.dep_ == "prep")
