"""Questions about boxes: where a thing is, which thing is in a box, whether two boxes show the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from vstar_data.questions import derived_wordings
from vstar_data.questions.asking import Asking, asking, figure, rank
from vstar_data.questions.native import of_kind
from vstar_data.records import BooleanLabel, BoxLabel, ClassLabel, Clip

SAME = "the two boxes show the same object"
"""The statement whose truth a comparison of two boxes asks for."""

_MOST_BOXES = 60
"""Boxes of a clip that are compared with each other: pairs grow with the square."""

_COVERS = 0.5
"""IoU from which a box shows the thing of another box as well."""


def box_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for each thing that has one box at a time: where is it then?"""
    boxes = of_kind(clip.labels, BoxLabel)
    for label in boxes:
        if sum(other.name == label.name and other.time == label.time for other in boxes) == 1:
            yield asking("box", derived_wordings.BOX, [label], "box", name=label.name, time=figure(label.time))


def object_in_box_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for each box: which thing is there? What covers the same place at the time is true too."""
    boxes = of_kind(clip.labels, BoxLabel)
    for label in boxes:
        at_once = (other for other in boxes if other.time == label.time and other.name != label.name)
        yield asking(
            "object_in_box",
            derived_wordings.OBJECT_IN_BOX,
            [ClassLabel(name=label.name, aliases=label.aliases)],
            "name",
            also_true=[ClassLabel(name=each.name) for each in at_once if _overlap(each, label) >= _COVERS],
            box=_shown(label),
            time=figure(label.time),
        )


def same_object_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for pairs of boxes at two times whether they show the same thing, yes and no in turn.

    Boxes with a track show the same thing when the track is the same; without one, boxes of different names show
    different things, and of one name nobody can tell.
    """
    boxes = sorted(of_kind(clip.labels, BoxLabel), key=lambda label: rank(clip.id, label.name, _shown(label)))
    pairs = combinations(boxes[:_MOST_BOXES], 2)
    known = [(pair, same) for pair in pairs if pair[0].time != pair[1].time and (same := _same(*pair)) is not None]
    alike = [pair for pair, same in known if same]
    different = [pair for pair, same in known if not same]
    for place in range(max(len(alike), len(different))):
        for group, holds in ((alike, True), (different, False)):
            # As many of the one as of the other: else the commoner answer would do without looking.
            if place < min(len(group), max(1, min(len(alike), len(different)))):
                first, second = sorted(group[place], key=lambda label: label.time)
                yield _comparison(first, second, holds)


def _comparison(first: BoxLabel, second: BoxLabel, holds: bool) -> Asking:
    return asking(
        "same_object",
        derived_wordings.SAME_OBJECT,
        [BooleanLabel(name=SAME, holds=holds)],
        "holds",
        also_true=(),
        box=_shown(first),
        time=figure(first.time),
        other=_shown(second),
        later=figure(second.time),
    )


def _same(first: BoxLabel, second: BoxLabel) -> bool | None:
    if first.track is not None and second.track is not None:
        return first.track == second.track
    return None if first.name == second.name else False


def _overlap(first: BoxLabel, second: BoxLabel) -> float:
    """Returns the IoU of two boxes, 0..1."""
    (a, b, c, d), (e, f, g, h) = first.box, second.box
    inner = max(0.0, min(c, g) - max(a, e)) * max(0.0, min(d, h) - max(b, f))
    return inner / ((c - a) * (d - b) + (g - e) * (h - f) - inner)


def _shown(label: BoxLabel) -> str:
    return f"[{', '.join(figure(edge) for edge in label.box)}]"
