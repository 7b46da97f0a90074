"""Makes the labels of a video out of its segments: cut to the length of the video, in order, each once.

For the adapters whose record is a whole video with the segments in it. Not here: what the segments are called.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from vstar_data.records import ClassLabel, Label, SegmentLabel


class Segments(NamedTuple):
    """The segments of a video in the order of their times, and how many were left out, by reason."""

    labels: tuple[SegmentLabel, ...]
    left_out: dict[str, int]


def known_duration(duration: float | None) -> float | None:
    """Returns the length of a video in seconds, or None where what is given for it cannot be a length."""
    return duration if duration is not None and math.isfinite(duration) and duration > 0 else None


def segments_of(spans: Iterable[tuple[str, float, float]], duration: float | None) -> Segments:
    """Returns the segments that lie in the video.

    An end behind the video's is cut to it. A segment without a name, one that begins before 0, and one that is not
    ahead of its end after the cut, is left out as `segment`; a second one of the same name and times as `duplicate`.

    Args:
        spans: The name, the start and the end of each, in seconds of the video.
        duration: The length of the video in seconds, where it is known; see `known_duration`.
    """
    length = known_duration(duration) or math.inf
    kept: dict[SegmentLabel, None] = {}
    left_out: Counter[str] = Counter()
    for name, start, end in spans:
        if not name.strip() or not (math.isfinite(start) and math.isfinite(end) and 0 <= start < min(end, length)):
            left_out["segment"] += 1
            continue
        label = SegmentLabel(name=name, start=start, end=min(end, length))
        if label in kept:
            left_out["duplicate"] += 1
        kept[label] = None
    return Segments(tuple(sorted(kept, key=lambda label: (label.start, label.end))), dict(left_out))


def none_left(left_out: Mapping[str, int]) -> str:
    """Tells why a video has no segments."""
    found = ", ".join(f"{count} left out as {reason}" for reason, count in left_out.items()) or "none"
    return f"a segment that begins in the video, ahead of its end, is expected; found {found}"


def class_segments(
    spans: Iterable[tuple[str, float, float]], duration: float | None, words: Callable[[str], str]
) -> tuple[tuple[Label, ...], dict[str, int]]:
    """Returns the classes of a video, each once in the order of their first segments, then the segments.

    Args:
        spans: The class as published, the start and the end of each, in seconds of the video.
        duration: The length of the video in seconds, where it is known.
        words: Puts the name of a class into words. Where they differ the name as published is an alias of the class.

    Returns:
        The labels, and how many segments were left out, by reason.
    """
    published: dict[str, str] = {}
    named = []
    for name, start, end in spans:
        word = words(name)
        published.setdefault(word, name)
        named.append((word, start, end))
    segments = segments_of(named, duration)
    classes = [
        ClassLabel(name=word, aliases=(published[word],) if published[word] != word else ())
        for word in dict.fromkeys(segment.name for segment in segments.labels)
    ]
    return (*classes, *segments.labels), segments.left_out
