"""Turns the situations of STAR, which say what each keyframe of a question shows, into labels.

Keyframes are numbered at the video's native frame rate, and boxes are in pixels of the video. Where a rate or a size
is not known, what needs it is left out and counted. Not here: reading the files.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from label_adapters.charades_words import spellings
from label_adapters.star_files import SideFiles, Situation
from vstar_data.records import BoxLabel, Label, RelationLabel, SegmentLabel

_SLACK = 1.0
"""Pixels by which a box may leave the picture: annotators' boxes are rounded."""


@dataclass(frozen=True)
class Place:
    """Where a clip lies in its video, and how the video is measured.

    Attributes:
        start: Seconds in the video at which the clip begins.
        length: Length of the clip in seconds; infinite where it is the whole video.
        rate: Native frames a second, where known.
        size: Width and height that boxes are measured in, where known.
    """

    start: float
    length: float
    rate: float | None
    size: tuple[float, float] | None

    def seconds(self, keyframe: str) -> float | None:
        """Returns the time of a keyframe from the start of the clip, whether or not in it; None where unknown."""
        if self.rate is None or not keyframe.isdecimal() or len(keyframe) > 9:
            return None
        return int(keyframe) / self.rate - self.start

    def cut(self, seconds: float) -> float:
        """Returns a time that lies in the clip."""
        return round(min(max(seconds, 0.0), self.length), 6)

    def holds(self, seconds: float) -> bool:
        """Whether a time lies in the clip; as frames are counted from 1, the last may seem to be just behind it."""
        frame = 1 / self.rate if self.rate else 0.0
        return -1e-6 <= seconds <= self.length + frame + 1e-6


def labels_of(situations: Mapping[str, Situation], place: Place, side: SideFiles) -> tuple[list[Label], dict[str, int]]:
    """Returns the labels of a question's keyframes, and by kind how many had to be left out.

    Args:
        situations: What each keyframe shows, by its number.
        place: Where the clip lies.
        side: Names by code.
    """
    left_out: Counter[str] = Counter()
    frames = sorted(situations.items())
    labels = [
        *_segments(frames, place, side, left_out),
        *_boxes(frames, place, side, left_out),
        *_relations(frames, place, side, left_out),
    ]
    return labels, {kind: left_out[kind] for kind in sorted(left_out)}


def actions_of(situations: Mapping[str, Situation], side: SideFiles) -> list[dict[str, Any]]:
    """Returns each action of the situations in words, with its verb and its object where the mapping is at hand."""
    actions = []
    for code in dict.fromkeys(code for _, each in sorted(situations.items()) for code in each.actions):
        verb, thing = side.parts.get(code, ("", ""))
        named = {"name": side.actions.get(code), "verb": side.verbs.get(verb), "object": side.objects.get(thing)}
        if known := {key: name for key, name in named.items() if name}:
            actions.append(known)
    return actions


def _segments(
    frames: list[tuple[str, Situation]], place: Place, side: SideFiles, left_out: Counter[str]
) -> Iterator[Label]:
    """Yields for each action the window from the first to the last keyframe that shows it."""
    active: dict[str, list[float]] = {}
    for keyframe, situation in frames:
        seconds = place.seconds(keyframe)
        for code in situation.actions:
            active.setdefault(code, []).extend([] if seconds is None else [seconds])
    found = []
    for code, times in active.items():
        window = (place.cut(min(times)), place.cut(max(times))) if times else (0.0, 0.0)
        if code in side.actions and window[0] < window[1]:
            found.append(SegmentLabel(name=side.actions[code], start=window[0], end=window[1]))
        else:
            left_out["segment"] += 1
    yield from sorted(found, key=lambda label: (label.start, label.end, label.name))


def _boxes(
    frames: list[tuple[str, Situation]], place: Place, side: SideFiles, left_out: Counter[str]
) -> Iterator[Label]:
    for keyframe, situation in frames:
        seconds = place.seconds(keyframe)
        inside = seconds is not None and place.holds(seconds)
        paired = list(zip(situation.bbox, situation.bbox_labels, strict=False))
        left_out["box"] += max(len(situation.bbox), len(situation.bbox_labels)) - len(paired)
        for pixels, code in paired:
            box = _normalised(pixels, place.size) if inside and pixels and place.size else None
            name = side.objects.get(code or "")
            if seconds is None or box is None or name is None:
                left_out["box"] += 1
                continue
            yield BoxLabel(name=name, time=place.cut(seconds), box=box, track=code, aliases=spellings(name))
    if not left_out["box"]:
        del left_out["box"]


def _normalised(pixels: list[float], size: tuple[float, float]) -> tuple[float, float, float, float] | None:
    """Returns a box in parts of the picture; None where it is none or leaves the picture."""
    width, height = size
    if len(pixels) != 4 or not all(math.isfinite(edge) for edge in pixels):
        return None
    left, top, right, bottom = pixels
    if min(left, top) < -_SLACK or right > width + _SLACK or bottom > height + _SLACK:
        return None
    box = (
        round(max(left, 0.0) / width, 6),
        round(max(top, 0.0) / height, 6),
        round(min(right, width) / width, 6),
        round(min(bottom, height) / height, 6),
    )
    return box if box[0] < box[2] and box[1] < box[3] else None


def _relations(
    frames: list[tuple[str, Situation]], place: Place, side: SideFiles, left_out: Counter[str]
) -> Iterator[Label]:
    """Yields each relation of the clip once."""
    found: dict[tuple[str, str, str], bool] = {}
    for keyframe, situation in frames:
        seconds = place.seconds(keyframe)
        inside = seconds is None or place.holds(seconds)
        paired = list(zip(situation.rel_pairs, situation.rel_labels, strict=False))
        if missing := max(len(situation.rel_pairs), len(situation.rel_labels)) - len(paired):
            left_out["relation"] += missing
        for (subject, thing), predicate in paired:
            triple = (subject, predicate, thing)
            found[triple] = found.get(triple, False) or inside
    for (subject, predicate, thing), inside in found.items():
        known = subject in side.objects and predicate in side.relations and thing in side.objects
        if known and inside:
            names = side.objects[subject], side.relations[predicate], side.objects[thing]
            yield RelationLabel(subject=names[0], predicate=names[1], object=names[2])
        else:
            left_out["relation"] += 1
