"""Questions about boxes: where a thing is, which thing is in a box, whether two boxes show the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from vstar_data.questions import derived_wordings
from vstar_data.questions.asking import Asking, asking, figure, rank
from vstar_data.questions.native import alone, of_kind
from vstar_data.records import BooleanLabel, BoxLabel, ClassLabel, Clip

SAME = "the two boxes show the same object"
"""The statement whose truth a comparison of two boxes asks for."""

_MOST_BOXES = 60
"""Boxes of a clip that are compared with each other: pairs grow with the square."""

_MOST_PAIRS = 50

_COVERS = 0.5
"""IoU from which a box shows the thing of another box as well."""


def box_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for each thing that has one box at a time: where is it then?"""
    boxes = of_kind(clip.labels, BoxLabel)
    for label in alone(boxes, [(label.name, figure(label.time)) for label in boxes]):
        yield asking("box", derived_wordings.BOX, [label], "box", name=label.name, time=figure(label.time))


def object_in_box_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for each box: which thing is there? What covers the same place at the time is true too."""
    boxes = _legible(clip)
    together: dict[str, list[BoxLabel]] = {}
    for label in boxes:
        together.setdefault(figure(label.time), []).append(label)
    for label in alone(boxes, [(_shown(label), figure(label.time)) for label in boxes]):
        at_once = (other for other in together[figure(label.time)] if other.name != label.name)
        yield asking(
            "object_in_box",
            derived_wordings.OBJECT_IN_BOX,
            [ClassLabel(name=label.name, aliases=label.aliases)],
            "name",
            also_true=[
                ClassLabel(name=each.name, aliases=each.aliases) for each in at_once if _overlap(each, label) >= _COVERS
            ],
            box=_shown(label),
            time=figure(label.time),
        )


def same_object_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for pairs of boxes at two times whether they show the same thing, yes and no in turn.

    Boxes with a track show the same thing when the track is the same; without one, boxes of different names show
    different things, and of one name nobody can tell. A clip that would always be asked for the same answer is not
    asked at all: it would do without looking.
    """
    boxes = sorted(_legible(clip), key=lambda label: rank(clip.id, _shown(label), figure(label.time), str(label.track)))
    pairs = combinations(boxes[:_MOST_BOXES], 2)
    known = [
        (pair, same)
        for pair in pairs
        if figure(pair[0].time) != figure(pair[1].time) and (same := _same(*pair)) is not None
    ]
    alike = [pair for pair, same in known if same]
    different = [pair for pair, same in known if not same]
    for pair_of_each in list(zip(alike, different, strict=False))[:_MOST_PAIRS]:
        for pair, holds in zip(pair_of_each, (True, False), strict=True):
            first, second = sorted(pair, key=lambda label: label.time)
            yield _comparison(first, second, holds)


def _legible(clip: Clip) -> list[BoxLabel]:
    """Returns the boxes that are still boxes as a question shows them: very small ones have no size."""
    boxes = of_kind(clip.labels, BoxLabel)
    return [label for label in boxes if len({*_figures(label)[::2]}) == 2 == len({*_figures(label)[1::2]})]


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
    # A thing may go by an alias at one time and by its name at the other.
    return None if {first.name, *first.aliases} & {second.name, *second.aliases} else False


def _overlap(first: BoxLabel, second: BoxLabel) -> float:
    """Returns the IoU of two boxes, 0..1."""
    (a, b, c, d), (e, f, g, h) = first.box, second.box
    inner = max(0.0, min(c, g) - max(a, e)) * max(0.0, min(d, h) - max(b, f))
    return inner / ((c - a) * (d - b) + (g - e) * (h - f) - inner)


def _shown(label: BoxLabel) -> str:
    return f"[{', '.join(_figures(label))}]"


def _figures(label: BoxLabel) -> list[str]:
    return [figure(edge) for edge in label.box]
