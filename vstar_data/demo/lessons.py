"""What the demo's model is taught: plain questions that it can answer, and hints of every kind that it is to follow.

The prompts are the ones that a build sends (`questions.bank`, `generation.prompts`). A hint is drawn without regard
to the clip, so that following it needs no knowledge of the names: the novel motions occur in hints only, among many
other words.
"""

from __future__ import annotations

import dataclasses
import random
import string
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from vstar_data.demo import labels
from vstar_data.demo.scenes import (
    COLOURS,
    KNOWN_MOTIONS,
    LENGTH,
    MOTIONS,
    PART,
    RATE,
    SHAPES,
    STEPS,
    Scene,
    random_scene,
)
from vstar_data.generation.prompts import REASON, messages
from vstar_data.questions.bank import questions_of
from vstar_data.questions.settings import QuestionSettings
from vstar_data.records import ClassLabel, Clip, Label, Mode, NumberLabel, QALabel, Question, SegmentLabel

# fmt: off
PHRASES = (
    "playing guitar", "dancing", "singing", "swimming", "running", "jumping", "walking the dog", "cooking",
    "reading a book", "riding a bike", "washing dishes", "opening the door", "closing the window", "driving car",
    "drinking coffee", "writing", "climbing a tree", "throwing a ball", "sliding", "spinning", "flashing",
    "zigzagging", "hovering", "fading", "rotating", "shaking", "floating", "turning around", "standing up",
    "sitting down", "moving up", "moving down", "waving", "clapping", "the towel", "the cup", "a river",
    "the table", "yes", "no", "apple", "paper", "garden", "bridge", "music", "silver", "stone", "cloud", "a man",
    "a woman", "the dog", "orange", "black", "white", "pink", "star", "hexagon", "left", "right", "up", "down",
    "nothing", "slowly", "after the jump", "in the kitchen", "three and a half somersaults", "pike position",
)
# fmt: on
NUMBERS = (
    "dive score",
    "score",
    "height",
    "number of people",
    "speed",
    "quality of the video",
    "temperature",
    "rating",
)
EVENTS = (
    "person opens the door",
    "a dog runs",
    "the ball is thrown",
    "the light turns green",
    "cutting bread",
    "a man speaks",
    "the circle turns red",
    "jump",
)
_KINDS = ("class", "number", "segment", "qa")
_ORDINARY = 0.8
"""The share of hints that speak of the demo's own labels; the rest are of other names, words and numbers."""


@dataclass(frozen=True)
class Lesson:
    """One example: the frames of a scene, the text of the prompt, and the answer to learn."""

    scene: Scene
    frames: tuple[int, ...]
    prompt: str
    answer: str


def lesson(random_: random.Random) -> Lesson:
    """Returns a random lesson: plain questions on what the model is to know, or any question with a hint."""
    if random_.random() < 0.5:
        kind = random_.choices(_KINDS, weights=(45, 22, 18, 15))[0]
        return plain(kind, random_.choice(KNOWN_MOTIONS if kind == "class" else MOTIONS), random_)
    kind = random_.choices(_KINDS, weights=(30, 25, 20, 25))[0]
    return hinted(kind, random_.choice(MOTIONS), random_, foreign=random_.random() > _ORDINARY)


def first_lesson(random_: random.Random) -> Lesson:
    """Returns a lesson for the beginning: the question alone, without the request to explain, and no hint.

    With fewer words to look at, the model learns to look at the clip several times sooner.
    """
    kind = random_.choices(_KINDS, weights=(50, 20, 15, 15))[0]
    full = plain(kind, random_.choice(KNOWN_MOTIONS if kind == "class" else MOTIONS), random_)
    return dataclasses.replace(full, prompt=full.prompt.removesuffix(f"\n{REASON}"))


def plain(kind: str, motion: str, random_: random.Random) -> Lesson:
    """Returns a question about a scene with the true answer."""
    scene, label = _scene_and_label(kind, motion, random_)
    question = _question(label, random_)
    return Lesson(scene, _frames(random_), _prompt(question, Mode.DIRECT), labels.answer(scene, label))


def hinted(
    kind: str, motion: str, random_: random.Random, hint: Label | None = None, *, foreign: bool = False
) -> Lesson:
    """Returns a question about a scene with a hint, and an answer that tells what is seen and ends as the hint says.

    Args:
        kind: Kind of the label that is asked for.
        motion: Motion of the scene.
        random_: The source of chance.
        hint: The label to hint at; None: a random one, mostly untrue of the scene.
        foreign: Whether a random hint speaks of names, words and numbers from outside the demo.
    """
    scene, label = _scene_and_label(kind, motion, random_)
    hint = hint or _HINTS[kind](label, foreign, random_)
    question = _question(hint if foreign else label, random_)
    question = msgspec.structs.replace(question, targets=(hint,))
    told = f"{labels.rationale(scene, hint)} {labels.conclusion(hint)}"
    return Lesson(scene, _frames(random_), _prompt(question, Mode.RATIONALIZED), told)


def _scene_and_label(kind: str, motion: str, random_: random.Random) -> tuple[Scene, Label]:
    while True:
        scene = random_scene(random_, motion)
        match kind:
            case "class":
                return scene, labels.class_label(scene)
            case "number":
                return scene, labels.number_label(scene)
            case "segment":
                if (label := labels.segment_label(scene)) is not None:
                    return scene, label
            case _:
                make = random_.choice((labels.colour_label, labels.shape_label))
                return scene, make(scene, random_)


def _question(label: Label, random_: random.Random) -> Question:
    """Asks about the label in a random wording of the bank: the bank chooses by the clip's id."""
    clip = Clip(id=f"lesson{random_.randrange(10**9)}", video="none.mp4", labels=(label,))
    found = next(iter(questions_of(clip, QuestionSettings())))
    if not isinstance(found, Question):
        raise TypeError(f"no wording of the bank asks for {label} without giving it away")
    return found


def _prompt(question: Question, mode: Mode) -> str:
    (message,) = messages(question, mode)
    return "".join(part.text or "" for part in message.content)


def _frames(random_: random.Random) -> tuple[int, ...]:
    """One frame of each part: the middle ones, or any, since frame plans differ in where in a part they look."""
    if random_.random() < 0.5:
        return tuple(PART * part + PART // 2 for part in range(STEPS))
    return tuple(PART * part + random_.randrange(PART) for part in range(STEPS))


def _class_hint(label: Label, foreign: bool, random_: random.Random) -> Label:
    return ClassLabel(name=_words(random_) if foreign else random_.choice((random_.choice(MOTIONS), _phrase(random_))))


def _qa_hint(label: Label, foreign: bool, random_: random.Random) -> Label:
    assert isinstance(label, QALabel)
    if not foreign:
        return QALabel(question=label.question, answer=random_.choice((*COLOURS, *SHAPES, *label.choices)))
    choices = tuple({_words(random_): None for _ in range(random_.randint(2, 4))})
    return QALabel(question=label.question, answer=random_.choice(choices), choices=choices)


def _number_hint(label: Label, foreign: bool, random_: random.Random) -> Label:
    if not foreign:
        return NumberLabel(name=labels.NUMBER, value=random_.randint(0, 10), minimum=0, maximum=10, tolerance=0)
    value = round(random_.uniform(0, 120), random_.randint(0, 2))
    maximum = random_.choice((None, 110))
    return NumberLabel(
        name=random_.choice(NUMBERS), value=value, minimum=None if maximum is None else 0, maximum=maximum
    )


def _segment_hint(label: Label, foreign: bool, random_: random.Random) -> Label:
    if not foreign:
        start = random_.randrange(STEPS)
        end = random_.randint(start + 1, STEPS)
        return SegmentLabel(name=labels.EVENT, start=start * PART / RATE, end=end * PART / RATE)
    begin = round(random_.uniform(0, 30), random_.randint(0, 1))
    length = round(random_.uniform(1, LENGTH), random_.randint(0, 1))
    return SegmentLabel(name=random_.choice(EVENTS), start=begin, end=round(begin + length, 1))


_HINTS: dict[str, Callable[[Label, bool, random.Random], Label]] = {
    "class": _class_hint,
    "qa": _qa_hint,
    "number": _number_hint,
    "segment": _segment_hint,
}


def _phrase(random_: random.Random) -> str:
    return random_.choice(PHRASES)


def _words(random_: random.Random) -> str:
    """A phrase, or words that nobody has seen: these are spelled letter by letter and teach to copy letters."""
    if random_.random() < 0.5:
        return _phrase(random_)
    return " ".join(
        "".join(random_.choices(string.ascii_lowercase, k=random_.randint(3, 8))) for _ in range(random_.randint(1, 2))
    )
