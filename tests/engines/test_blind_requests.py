"""Requests without the video: every family answers text alone, one frame in all places, and frames in another order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.engines.sample_requests import SAMPLED, frames, request
from tests.engines.tiny_models import FAMILIES
from vstar_data.engines.transformers import TransformersEngine
from vstar_data.generation.blind import order_of, rearranged
from vstar_data.recipe.quality import BlindVariant
from vstar_data.records import Completion, Message, Part, Request

Tiny = Callable[[str], Path]


@pytest.fixture(params=sorted(FAMILIES))
def engine(request: pytest.FixtureRequest, tiny: Tiny) -> TransformersEngine:
    return TransformersEngine(tiny(request.param), batch_size=8, threads=1)


def made(engine: TransformersEngine, batch: Sequence[Request]) -> list[Completion]:
    for one in batch:
        engine.submit(one)
    found = engine.collect()
    assert [answer for answer in found if not isinstance(answer, Completion)] == []
    return [answer for answer in found if isinstance(answer, Completion)]


def blind(number: int, seed: int | None = None) -> Request:
    plain = request(number, sampling=SAMPLED, seed=seed)
    text = next(part for part in plain.messages[0].content if part.type == "text")
    turn = Message(role="user", content=(Part(type="text", text=text.text),))
    return dataclasses.replace(plain, messages=(turn,), frames=None)


def test_text_alone_is_answered_alone_and_in_a_batch(engine: TransformersEngine) -> None:
    batch = [blind(number) for number in range(4)]
    together = made(engine, batch)
    assert [answer.text for answer in together] == [made(engine, [one])[0].text for one in batch]
    seeing = made(engine, [request(number, sampling=SAMPLED) for number in range(4)])
    assert all(
        without.prompt_tokens < with_video.prompt_tokens for without, with_video in zip(together, seeing, strict=True)
    )


def test_text_alone_and_videos_go_into_one_batch(engine: TransformersEngine) -> None:
    batch = [blind(0), request(1, sampling=SAMPLED), blind(2)]
    assert len(made(engine, batch)) == 3


@pytest.mark.parametrize("variant", [BlindVariant.ONE_FRAME, BlindVariant.SHUFFLED_FRAMES])
def test_other_frames_in_the_same_places_are_answered(engine: TransformersEngine, variant: BlindVariant) -> None:
    shown = frames(0)
    changed = rearranged(shown, order_of(variant, 4, seed=5))
    assert (changed.indices, changed.times) == (shown.indices, shown.times)
    if variant is BlindVariant.ONE_FRAME:
        assert all(np.array_equal(picture, shown.pixels[2]) for picture in changed.pixels)
    plain, other = made(engine, [request(0, sampling=SAMPLED, seed=3, shown=each) for each in (shown, changed)])
    assert plain.prompt_tokens == other.prompt_tokens
