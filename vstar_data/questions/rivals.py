"""Who the rivals of a target are: the names of its family in the same source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from vstar_data.questions.kinds import QUESTION_KINDS, kind_of_id
from vstar_data.records import BoxLabel, ClassLabel, Clip, SegmentLabel, SequenceLabel

MOST_NAMES = 5_000
"""More names than this are sentences, written anew for each clip, and no classes that could be mistaken."""


def rival_names(clips: Iterable[Clip]) -> dict[str, tuple[str, ...]]:
    """Returns the names of each family of each source, sorted, by `rivals_key`. A source without classes has none."""
    names: dict[str, set[str]] = defaultdict(set)
    for clip in clips:
        names[rivals_key(clip.source, "class")].update(())
        for family, name in _names_of(clip):
            names[rivals_key(clip.source, family)].add(name)
    return {
        key: tuple(sorted(held)) for key, held in sorted(names.items()) if "#" not in key or len(held) <= MOST_NAMES
    }


def rivals_key(source: str, family: str) -> str:
    """Returns the key of a family of names: the source alone for classes; no source has a # in it."""
    return source if family == "class" else f"{source}#{family}"


def rivals_of(question_id: str, source: str) -> str:
    """Returns the key of the names that the targets of a question may be mistaken for."""
    kind = QUESTION_KINDS.get(kind_of_id(question_id))
    return rivals_key(source, kind.rivals if kind else "class")


def _names_of(clip: Clip) -> Iterator[tuple[str, str]]:
    for label in clip.labels:
        match label:
            case ClassLabel(name=name):
                yield "class", name
            case SequenceLabel(steps=steps):
                yield from (("step", step) for step in steps)
            case BoxLabel(name=name):
                yield "object", name
            case SegmentLabel(name=name):
                yield "event", name
