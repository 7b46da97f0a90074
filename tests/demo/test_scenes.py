"""What the demo's files show is what their labels say, and the rationales give no class away."""

from __future__ import annotations

import io
import random
from itertools import groupby

import av
import numpy as np
import pytest

from vstar_data.demo import labels
from vstar_data.demo.clips import encoded
from vstar_data.demo.scenes import (
    COLOURS,
    KNOWN_MOTIONS,
    LENGTH,
    MOTIONS,
    NOVEL_MOTIONS,
    RATE,
    SIDE,
    Pixels,
    Scene,
    draw,
    random_scene,
)


def scene_of(motion: str, seed: int = 0) -> Scene:
    return random_scene(random.Random(f"{motion} {seed}"), motion)


def decoded(scene: Scene) -> Pixels:
    with av.open(io.BytesIO(encoded(scene))) as container:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)])


def coloured(scene: Scene, pixels: Pixels) -> np.ndarray:
    """Where the shape is in each frame: pixels nearer to its colour than to dark, dots and border left out."""
    inner = pixels[:, 16:-6, 6:-6].astype(int)
    return np.abs(inner - COLOURS[scene.colour]).sum(axis=-1) < 90


@pytest.mark.parametrize("motion", MOTIONS)
def test_a_file_shows_the_border_and_the_dots_that_its_labels_name(motion: str) -> None:
    for seed in range(3):
        scene = scene_of(motion, seed)
        pixels = decoded(scene)
        assert pixels.shape == (LENGTH, SIDE, SIDE, 3)
        lit = [number / RATE for number, frame in enumerate(pixels) if frame[1:3, :, 1].mean() > 120]
        segment = labels.segment_label(scene)
        if segment is None:
            assert lit == []
        else:
            assert (lit[0], lit[-1] + 1 / RATE) == (segment.start, segment.end)
        white = pixels[LENGTH // 2, 11, 6:-6].min(axis=-1) > 150
        assert sum(filled for filled, _ in groupby(white)) == labels.number_label(scene).value


def _across(seen: np.ndarray) -> np.ndarray:
    return np.array([np.nonzero(frame)[1].mean() for frame in seen])


def _down(seen: np.ndarray) -> np.ndarray:
    return np.array([np.nonzero(frame)[0].mean() for frame in seen])


MOVES = {
    "moving left": lambda seen: _across(seen)[0] - _across(seen)[-1] > 30,
    "moving right": lambda seen: _across(seen)[-1] - _across(seen)[0] > 30,
    "rising": lambda seen: _down(seen)[0] - _down(seen)[-1] > 20,
    "falling": lambda seen: _down(seen)[-1] - _down(seen)[0] > 20,
    "growing": lambda seen: seen[-1].sum() > 3 * seen[0].sum(),
    "shrinking": lambda seen: seen[0].sum() > 3 * seen[-1].sum(),
    "orbiting": lambda seen: np.ptp(_across(seen)) > 25 and np.ptp(_down(seen)) > 25,
    "blinking": lambda seen: sum(not frame.any() for frame in seen) == LENGTH // 2,
    "bouncing": lambda seen: _down(seen)[0] - _down(seen)[LENGTH // 2] > 20 and abs(np.diff(_down(seen)[[0, -1]])) < 4,
    "standing still": lambda seen: np.ptp(_across(seen)) < 1 and np.ptp(_down(seen)) < 1,
}


@pytest.mark.parametrize("shown", MOTIONS)
def test_a_file_shows_its_motion_and_no_other(shown: str) -> None:
    scene = scene_of(shown)
    seen = coloured(scene, decoded(scene))
    blank = [number for number, frame in enumerate(seen) if not frame.any()]
    found = [motion for motion in MOTIONS if not (blank and motion != "blinking") and MOVES[motion](seen)]
    assert found == [shown]


def test_the_motions_are_ten_and_at_least_four_of_them_are_novel() -> None:
    assert len(MOTIONS) == 10
    assert len(NOVEL_MOTIONS) >= 4
    assert not set(KNOWN_MOTIONS) & set(NOVEL_MOTIONS)


@pytest.mark.parametrize("motion", MOTIONS)
def test_a_rationale_holds_no_word_of_any_motion(motion: str) -> None:
    words = {word for name in MOTIONS for word in name.split()} - {"left", "right"}
    for seed in range(20):
        scene = scene_of(motion, seed)
        for label in (labels.class_label(scene), labels.number_label(scene), labels.colour_label(scene, random)):
            told = labels.rationale(scene, label)
            assert not words & set(told.replace(".", "").split())
            assert not any(name in told for name in MOTIONS)


def test_the_answers_end_with_what_their_labels_say() -> None:
    scene = Scene("red", "square", "rising", 40, 40, 12, 0.0, 3, (1, 2), (0, 0, 0), 1)
    assert labels.answer(scene, labels.class_label(scene)) == (
        "the red square is medium at the bottom center. then it is medium at the middle center. "
        "at the end it is medium at the top center. so the action is rising."
    )
    assert labels.answer(scene, labels.number_label(scene)).endswith("so the number of dots is 3.")
    segment = labels.segment_label(scene)
    assert segment is not None
    assert labels.answer(scene, segment) == (
        "the border is dark, bright, bright, dark, dark and dark. so the border lights up from 0.5 to 1.5 seconds."
    )


def test_a_scene_is_drawn_the_same_every_time() -> None:
    scene = scene_of("orbiting")
    assert np.array_equal(draw(scene, (0, 5)), draw(scene, (0, 5)))
    assert np.array_equal(draw(scene, (0, 5))[1], draw(scene, (5,))[0])
