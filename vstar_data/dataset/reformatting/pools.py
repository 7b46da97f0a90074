"""Pools: labels of the same source and kind, from which distractors are drawn. Bounded, whatever the dataset's size."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vstar_data.dataset.reformatting.words import label_in_words
from vstar_data.questions.asking import rank
from vstar_data.questions.kinds import QUESTION_KINDS, kind_of_id
from vstar_data.records import (
    BoxLabel,
    ClassLabel,
    Clip,
    Label,
    NumberLabel,
    QALabel,
    Question,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
)

Key = tuple[str, ...]
"""What labels of one pool have in common: the source first."""

MOST_LABELS = 400
"""Labels of a pool: those with the smallest hashes stay, in whatever order they come."""

LONGEST = 300
"""Characters of a distractor. What is longer is no option that anybody reads."""

_WORD = re.compile(r"[^\W_]+")


class Pools:
    """The pools of a run.

    Args:
        clips: The clips whose labels may be distractors.
    """

    def __init__(self, clips: Iterable[Clip]) -> None:
        self._held: dict[Key, dict[int, Label]] = defaultdict(dict)
        for clip in clips:
            for key, label in _filed(clip):
                self._add((clip.source, *key), label)
        for pool in self._held.values():
            _prune(pool)

    def of(self, key: Key) -> list[Label]:
        """Returns the labels of a pool, in no order to rely on."""
        return list(self._held.get(key, {}).values())

    def _add(self, key: Key, label: Label) -> None:
        words = label_in_words(label)
        if len(words) > LONGEST:
            return
        pool, place = self._held[key], rank(words.casefold())
        if place not in pool or _fuller(label) > _fuller(pool[place]):
            pool[place] = label
        if len(pool) >= 2 * MOST_LABELS:
            _prune(pool)


def keys_of(question: Question, target: Label, source: str) -> list[Key]:
    """Returns the pools that fit a question's target, the best first.

    Args:
        question: The plain question.
        target: Its only target.
        source: The source of its clip.
    """
    kind = QUESTION_KINDS.get(kind_of_id(question.id))
    match target:
        case ClassLabel():
            keys: list[Key] = [(kind.rivals if kind else "class",)]
        case NumberLabel(name=name, unit=unit):
            keys = [("number", name, unit or "")]
        case QALabel(question=asked):
            keys = list(_forms(asked))
        case RelationLabel(object=thing):
            keys = [("relation", thing.casefold()), ("relation",)]
        case SequenceLabel():
            keys = [("sequence",)]
        case TimestampLabel():
            keys = [("timestamp",)]
        case SegmentLabel():
            keys = [("segment",)]
        case BoxLabel(name=name):
            keys = [("box", name.casefold()), ("box",)]
        case _:
            keys = []
    return [(source, *key) for key in keys]


def _filed(clip: Clip) -> Iterator[tuple[Key, Label]]:
    """Yields the labels of a clip, each with the pools that it goes to."""
    questions = {label.question for label in clip.labels if isinstance(label, QALabel)}
    for label in clip.labels:
        match label:
            case ClassLabel():
                yield ("class",), label
            case SequenceLabel(steps=steps, step_aliases=aliases):
                yield ("sequence",), label
                for place, step in enumerate(steps):
                    yield ("step",), ClassLabel(name=step, aliases=aliases[place] if aliases else ())
            case NumberLabel(name=name, unit=unit):
                yield ("number", name, unit or ""), label
            case TimestampLabel():
                yield ("timestamp",), label
            case SegmentLabel(name=name):
                yield ("segment",), label
                if name not in questions:
                    yield ("event",), ClassLabel(name=name)
            case BoxLabel(name=name, aliases=aliases):
                yield ("box", name.casefold()), label
                yield ("box",), label
                yield ("object",), ClassLabel(name=name, aliases=aliases)
            case QALabel(question=question, choices=()):
                for key in _forms(question):
                    yield key, label
            case RelationLabel(object=thing):
                yield ("relation", thing.casefold()), label
                yield ("relation",), label
            case _:
                pass


def _forms(question: str) -> Iterator[Key]:
    """Yields the forms of a question, the narrowest first: its words, then its beginning with its end, its beginning.

    Answers to questions of one form are of one kind: colours, places, numbers of people.
    """
    words: Sequence[str] = [word.casefold() for word in _WORD.findall(question)]
    yield "qa", " ".join(words)
    if len(words) > 3:
        yield "qa", " ".join([*words[:2], "...", words[-1]])
        yield "qa", " ".join([*words[:3], "..."])


def _fuller(label: Label) -> tuple[int, bytes]:
    """Orders labels of the same words: more other spellings first, so that it does not matter which came first."""
    return len(getattr(label, "aliases", ())), msgspec.json.encode(label)


def _prune(pool: dict[int, Label]) -> None:
    for place in sorted(pool)[MOST_LABELS:]:
        del pool[place]
