"""Requests and frames for the tests of the engines."""

from __future__ import annotations

import numpy as np

from vstar_data.records import Frames, Message, Mode, Part, Request, Sampling

GREEDY = Sampling(max_new_tokens=12, temperature=0.0, top_k=0, top_p=1.0)
SAMPLED = Sampling(max_new_tokens=12, temperature=1.0, top_k=40, top_p=0.95)

SIZES = ((48, 64), (30, 50), (64, 48), (100, 60))
"""Heights and widths: the clips of a batch differ in size."""


def frames(number: int, *, count: int = 4) -> Frames:
    """Noise as large as `SIZES` says in turn, one frame a second of a file of 25 frames per second."""
    height, width = SIZES[number % len(SIZES)]
    pixels = np.random.default_rng(number).integers(0, 256, (count, height, width, 3), dtype=np.uint8)
    times = tuple(float(second) for second in range(count))
    indices = tuple(round(time * 25) for time in times)
    return Frames(pixels=pixels, indices=indices, times=times, total=5000, fps=25.0, duration=200.0)


def request(
    number: int,
    text: str | None = None,
    *,
    sampling: Sampling = GREEDY,
    seed: int | None = None,
    shown: Frames | None = None,
    mode: Mode = Mode.DIRECT,
    sample_index: int = 0,
) -> Request:
    """A question about a clip of its own, longer with each number."""
    words = text if text is not None else "What happens " + "and then " * number + "in the video?"
    return Request(
        key=f"key-{number}",
        question_id=f"clips/{number}#class",
        clip_id=f"clips/{number}",
        mode=mode,
        sample_index=sample_index,
        seed=number if seed is None else seed,
        messages=(Message(role="user", content=(Part(type="video"), Part(type="text", text=words))),),
        sampling=sampling,
        frames=shown or frames(number),
    )
