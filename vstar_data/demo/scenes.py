"""The world of the demo: one coloured shape in one of ten motions, a row of dots, and a border that may light up.

Pure: a scene is drawn from a random generator, and a frame from a scene. Files are written by `vstar_data.demo.clips`.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Pixels = np.ndarray[Any, np.dtype[np.uint8]]

SIDE = 80
"""Height and width of a frame in pixels."""
RATE = 8
"""Frames per second."""
LENGTH = 24
"""Frames of a clip: three seconds."""
STEPS = 6
"""Equal parts of a clip: the border is lit for whole parts, and one frame of each part shows all there is to see."""
PART = LENGTH // STEPS
MOST_DOTS = 5

COLOURS = {
    "red": (225, 45, 45),
    "green": (40, 200, 70),
    "blue": (60, 90, 235),
    "yellow": (230, 220, 50),
    "purple": (175, 60, 205),
}
SHAPES = ("circle", "square", "triangle")
KNOWN_MOTIONS = ("moving left", "moving right", "rising", "falling", "growing", "shrinking")
"""The motions that the shipped model was taught by name."""
NOVEL_MOTIONS = ("orbiting", "blinking", "bouncing", "standing still")
"""The motions that it meets without their names: it learns these from its own rationales, or not at all."""
MOTIONS = KNOWN_MOTIONS + NOVEL_MOTIONS

_BORDER = 4
_BORDER_COLOUR = (120, 235, 235)
_DOT_COLOUR = (245, 245, 245)
_DOT_COLUMNS = tuple(14 + 12 * place for place in range(MOST_DOTS))
_DOT_ROW = 11
_DOT_RADIUS = 3.4
_ROWS, _COLUMNS = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)


@dataclass(frozen=True)
class Scene:
    """All that shapes the pixels of a clip.

    Attributes:
        colour: A key of `COLOURS`.
        shape: One of `SHAPES`.
        motion: One of `MOTIONS`.
        x: Where the shape is, or starts, in pixels; motions along x ignore it.
        y: The same along y.
        radius: Half the size of the shape in pixels, where the motion does not set it.
        phase: Angle at which an orbit starts, in radians.
        dots: How many dots stand in the row, from the left, 1 .. `MOST_DOTS`.
        lit: The parts of the clip, first and last, in which the border is lit, 0..5; None: never.
        background: The darkest colour of the background.
        noise: Seed of the background's noise.
    """

    colour: str
    shape: str
    motion: str
    x: float
    y: float
    radius: float
    phase: float
    dots: int
    lit: tuple[int, int] | None
    background: tuple[int, int, int]
    noise: int


@dataclass(frozen=True)
class Placement:
    """Where the shape is in one frame: its centre and radius in pixels, and whether it can be seen."""

    x: float
    y: float
    radius: float
    visible: bool


def random_scene(random_: random.Random, motion: str) -> Scene:
    """Returns a scene with the motion, and everything else left to chance.

    Args:
        random_: The source of chance; the same state gives the same scene.
        motion: One of `MOTIONS`.
    """
    margin = 22 if motion in ("growing", "shrinking") else 16
    first = random_.randrange(STEPS)
    last = min(STEPS - 1, first + random_.randrange(4))
    return Scene(
        colour=random_.choice(tuple(COLOURS)),
        shape=random_.choice(SHAPES),
        motion=motion,
        x=random_.uniform(margin, SIDE - margin),
        y=random_.uniform(margin + 10, SIDE - margin),
        radius=random_.uniform(10.4, 14.0),
        phase=random_.uniform(0.0, 2 * math.pi),
        dots=random_.randint(1, MOST_DOTS),
        lit=(first, last) if random_.random() < 0.6 else None,
        background=(random_.randrange(28), random_.randrange(28), random_.randrange(28)),
        noise=random_.randrange(2**32),
    )


def placement(scene: Scene, frame: int) -> Placement:
    """Returns where the shape is in a frame (0 .. `LENGTH` - 1)."""
    done = frame / (LENGTH - 1)
    x, y, radius, visible = scene.x, scene.y, scene.radius, True
    match scene.motion:
        case "moving left":
            x = 66 - 52 * done
        case "moving right":
            x = 14 + 52 * done
        case "rising":
            y = 66 - 42 * done
        case "falling":
            y = 24 + 42 * done
        case "growing":
            radius = 6 + 14 * done
        case "shrinking":
            radius = 20 - 14 * done
        case "orbiting":
            angle = scene.phase + 2 * math.pi * done
            x, y = 40 + 20 * math.cos(angle), 45 + 20 * math.sin(angle)
        case "blinking":
            visible = (frame // PART) % 2 == 0
        case "bouncing":
            y = 25 + 40 * abs(2 * done - 1)
    return Placement(x, y, radius, visible)


def is_lit(scene: Scene, frame: int) -> bool:
    """Whether the border is lit in a frame."""
    return scene.lit is not None and scene.lit[0] <= frame // PART <= scene.lit[1]


def lit_seconds(scene: Scene) -> tuple[float, float] | None:
    """Returns when the border goes on and off, in seconds, or None where it stays dark."""
    if scene.lit is None:
        return None
    return scene.lit[0] * PART / RATE, (scene.lit[1] + 1) * PART / RATE


def draw(scene: Scene, frames: Sequence[int]) -> Pixels:
    """Draws frames of a scene.

    Args:
        scene: The scene.
        frames: The numbers of the frames, each 0 .. `LENGTH` - 1.

    Returns:
        uint8, len(frames) x `SIDE` x `SIDE` x 3, RGB.
    """
    backdrop = np.random.default_rng(scene.noise).integers(0, 12, (SIDE, SIDE, 3), dtype=np.uint8)
    backdrop += np.array(scene.background, dtype=np.uint8)
    pixels = np.repeat(backdrop[None], len(frames), axis=0)
    dots = np.zeros((SIDE, SIDE), dtype=bool)
    for column in _DOT_COLUMNS[: scene.dots]:
        dots |= (_COLUMNS - column) ** 2 + (_ROWS - _DOT_ROW) ** 2 < _DOT_RADIUS**2
    for canvas, frame in zip(pixels, frames, strict=True):
        place = placement(scene, frame)
        if place.visible:
            canvas[_covered(scene.shape, place)] = COLOURS[scene.colour]
        canvas[dots] = _DOT_COLOUR
        if is_lit(scene, frame):
            for edge in (canvas[:_BORDER], canvas[-_BORDER:], canvas[:, :_BORDER], canvas[:, -_BORDER:]):
                edge[...] = _BORDER_COLOUR
    return pixels


def _covered(shape: str, place: Placement) -> np.ndarray[Any, np.dtype[np.bool_]]:
    across, down = _COLUMNS - place.x, _ROWS - place.y
    match shape:
        case "circle":
            covered = across**2 + down**2 < place.radius**2
        case "square":
            covered = (abs(across) < 0.9 * place.radius) & (abs(down) < 0.9 * place.radius)
        case _:
            covered = (abs(down) < place.radius) & (abs(across) < (down + place.radius) * 0.55)
    return np.asarray(covered, dtype=np.bool_)
