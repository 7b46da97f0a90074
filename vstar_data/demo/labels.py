"""What is true of a scene, as labels, and what an observer would say of it: the texts that the demo's model learns.

Pure. The rationale never contains a motion's name; only its last sentence says the answer.
"""

from __future__ import annotations

import random

from vstar_data.demo.scenes import COLOURS, LENGTH, PART, SHAPES, STEPS, Scene, is_lit, lit_seconds, placement
from vstar_data.records import ClassLabel, Label, NumberLabel, QALabel, SegmentLabel

NUMBER = "number of dots"
EVENT = "the border lights up"
COLOUR_QUESTION = "What colour is the object?"
SHAPE_QUESTION = "Which shape does the object have?"

_FIRST, _MIDDLE, _LAST = PART // 2, LENGTH // 2 + PART // 2, LENGTH - PART // 2


def class_label(scene: Scene) -> ClassLabel:
    """Returns the motion."""
    return ClassLabel(name=scene.motion)


def number_label(scene: Scene) -> NumberLabel:
    """Returns how many dots there are. The scale reaches beyond what is drawn, so that its ends give nothing away."""
    return NumberLabel(name=NUMBER, value=scene.dots, minimum=0, maximum=10, tolerance=0)


def segment_label(scene: Scene) -> SegmentLabel | None:
    """Returns when the border is lit, or None where it stays dark."""
    seconds = lit_seconds(scene)
    return None if seconds is None else SegmentLabel(name=EVENT, start=seconds[0], end=seconds[1])


def colour_label(scene: Scene, random_: random.Random) -> QALabel:
    """Returns the question about the colour with four choices in an order left to chance."""
    choices = [scene.colour, *random_.sample([name for name in COLOURS if name != scene.colour], 3)]
    random_.shuffle(choices)
    return QALabel(question=COLOUR_QUESTION, answer=scene.colour, choices=tuple(choices))


def shape_label(scene: Scene, random_: random.Random) -> QALabel:
    """Returns the question about the shape with three choices in an order left to chance."""
    return QALabel(question=SHAPE_QUESTION, answer=scene.shape, choices=tuple(random_.sample(SHAPES, len(SHAPES))))


def where(scene: Scene, frame: int) -> str:
    """Says how large the shape is and where: `small at the top left`, or `hidden`."""
    place = placement(scene, frame)
    if not place.visible:
        return "hidden"
    size = "small" if place.radius < 9.5 else "large" if place.radius > 15 else "medium"
    down = "top" if place.y < 37 else "bottom" if place.y > 53 else "middle"
    across = "left" if place.x < 30 else "right" if place.x > 50 else "center"
    return f"{size} at the {down} {across}"


def conclusion(label: Label) -> str:
    """Returns the last sentence: the one that states the answer."""
    match label:
        case ClassLabel(name=name):
            return f"so the action is {name}."
        case QALabel(answer=answer):
            return f"so the answer is {answer.rstrip('. ')}."
        case NumberLabel(name=name, value=value):
            return f"so the {name} is {value:g}."
        case SegmentLabel(name=name, start=start, end=end):
            return f"so {name} from {start:g} to {end:g} seconds."
        case _:
            raise TypeError(f"the demo has no {type(label).__name__}")


def rationale(scene: Scene, label: Label) -> str:
    """Returns what can be seen in the scene as far as a question about the label needs it."""
    thing = f"the {scene.colour} {scene.shape} is"
    match label:
        case ClassLabel():
            return (
                f"{thing} {where(scene, _FIRST)}. then it is {where(scene, _MIDDLE)}. "
                f"at the end it is {where(scene, _LAST)}."
            )
        case NumberLabel():
            return f"{thing} {where(scene, _FIRST)}. above it is a row of dots."
        case SegmentLabel():
            states = ["bright" if is_lit(scene, PART * part) else "dark" for part in range(STEPS)]
            return f"the border is {', '.join(states[:-1])} and {states[-1]}."
        case _:
            return f"{thing} {where(scene, _FIRST)}."


def answer(scene: Scene, label: Label) -> str:
    """Returns the whole answer: the rationale, then the conclusion that states the label."""
    return f"{rationale(scene, label)} {conclusion(label)}"
