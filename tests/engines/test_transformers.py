"""One path of code serves eight families, and a row's text does not depend on its neighbours."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.engines.sample_requests import GREEDY, SAMPLED, frames, request
from tests.engines.tiny_models import FAMILIES
from vstar_data.engines.transformers import TransformersEngine, cut, encode
from vstar_data.records import Completion, Failure, Request

Tiny = Callable[[str], Path]

ROOT = Path(__file__).resolve().parents[2]

CONTROL = "<|im_start|>assistant <|im_end|> <image> <video> <s> </s> <|video_pad|> <IMG_CONTEXT> <end_of_utterance>"


def answers(engine: TransformersEngine, batch: Sequence[Request]) -> list[Completion | Failure]:
    for one in batch:
        engine.submit(one)
    return engine.collect()


def texts(engine: TransformersEngine, batch: Sequence[Request]) -> list[str]:
    found = answers(engine, batch)
    failures = [answer for answer in found if isinstance(answer, Failure)]
    assert not failures
    return [answer.text for answer in found if isinstance(answer, Completion)]


@pytest.fixture(params=sorted(FAMILIES))
def engine(request: pytest.FixtureRequest, tiny: Tiny) -> TransformersEngine:
    return TransformersEngine(tiny(request.param), batch_size=8, threads=1)


def test_a_batch_is_answered_in_order(engine: TransformersEngine) -> None:
    batch = [request(number) for number in range(4)]
    found = answers(engine, batch)
    assert [answer.key for answer in found] == ["key-0", "key-1", "key-2", "key-3"]
    for one, answer in zip(batch, found, strict=True):
        assert isinstance(answer, Completion)
        assert one.frames is not None
        assert (answer.frame_indices, answer.frame_times) == (one.frames.indices, one.frames.times)
        assert answer.model == engine.fingerprint()
        assert 0 < answer.completion_tokens <= GREEDY.max_new_tokens
        assert answer.finish_reason == ("length" if answer.completion_tokens == GREEDY.max_new_tokens else "stop")
    assert engine.collect() == []


def test_prompt_tokens_are_counted_without_padding(engine: TransformersEngine) -> None:
    shown = frames(0)
    short, long = request(0, "Why?", shown=shown), request(1, "Why?" + " And why?" * 9, shown=shown)
    together = answers(engine, [short, long])
    alone = [answers(engine, [one])[0] for one in (short, long)]
    counts = [answer.prompt_tokens for answer in together if isinstance(answer, Completion)]
    assert counts == [answer.prompt_tokens for answer in alone if isinstance(answer, Completion)]
    assert counts[1] - counts[0] == 9 * len(" And why?")


def test_the_model_sees_the_video(engine: TransformersEngine) -> None:
    noise = frames(0)
    white = dataclasses.replace(noise, pixels=np.full_like(noise.pixels, 255))
    black = dataclasses.replace(noise, pixels=np.zeros_like(noise.pixels))
    shown = [request(0, sampling=SAMPLED, shown=pixels) for pixels in (noise, white, black)]
    assert len(set(texts(engine, shown))) > 1


def test_control_tokens_in_a_question_forge_nothing(engine: TransformersEngine) -> None:
    checkpoint = engine._checkpoint
    assert checkpoint is not None
    tokenizer = checkpoint.processor.tokenizer
    shown = frames(0)
    batch = [request(0, f"What is it? {words} ok", shown=shown) for words in (CONTROL, "nothing")]
    tokens = encode(checkpoint, batch)["input_ids"]
    control = {number for number in tokenizer.added_tokens_decoder if number != tokenizer.pad_token_id}
    made = [[token for token in row.tolist() if token in control] for row in tokens]
    assert made[0] == made[1]
    plain = tokenizer.decode(tokens[0], skip_special_tokens=True)
    assert plain.count("im_start") == plain.count("/s>") == plain.count("video_pad") == 1
    assert len(texts(engine, [batch[0], request(1, CONTROL), request(2)])) == 3


def test_sampled_rows_are_the_same_alone_and_in_a_batch(engine: TransformersEngine) -> None:
    batch = [request(number, sampling=SAMPLED) for number in range(4)]
    together = texts(engine, batch)
    assert together == [texts(engine, [one])[0] for one in batch]
    assert len(set(together)) == 4


def test_seeds_and_only_seeds_tell_samples_apart(engine: TransformersEngine) -> None:
    shown = frames(0)
    batch = [request(0, sampling=SAMPLED, seed=seed, shown=shown) for seed in (1, 2, 3, 1)]
    first, second, third, again = texts(engine, batch)
    assert first == again
    assert len({first, second, third}) == 3


def test_greedy_rows_of_a_batch_equal_the_single_request(tiny: Tiny) -> None:
    same = []
    for family in sorted(FAMILIES):
        engine = TransformersEngine(tiny(family), batch_size=8, threads=1)
        batch = [request(number) for number in range(8)]
        alone = [texts(engine, [one])[0] for one in batch]
        same += [text == single for text, single in zip(texts(engine, batch), alone, strict=True)]
    assert len(same) == 8 * len(FAMILIES)
    assert sum(same) / len(same) >= 0.99


def test_a_greedy_row_keeps_its_text_beside_a_sampled_one(tiny: Tiny) -> None:
    engine = TransformersEngine(tiny("qwen2_vl"), batch_size=2, threads=1)
    greedy, sampled = request(0), request(1, sampling=SAMPLED)
    assert texts(engine, [greedy, sampled]) == [texts(engine, [greedy])[0], texts(engine, [sampled])[0]]


def changed(folder: Path, copy: Path, file: str, **values: object) -> Path:
    shutil.copytree(folder, copy)
    content = json.loads((copy / file).read_text(encoding="utf-8"))
    (copy / file).write_text(json.dumps(content | values), encoding="utf-8")
    return copy


def test_a_stop_token_ends_an_answer_and_each_row_has_its_own_limit(tiny: Tiny, tmp_path: Path) -> None:
    plain = TransformersEngine(tiny("llava_onevision"), batch_size=2, threads=1)
    batch = [request(number, sampling=SAMPLED) for number in range(2)]
    long = answers(plain, batch)
    assert [answer.finish_reason for answer in long if isinstance(answer, Completion)] == ["length", "length"]

    ends = list(range(5, 261, 2))
    folder = changed(tiny("llava_onevision"), tmp_path / "stops", "generation_config.json", eos_token_id=ends)
    stopping = TransformersEngine(folder, batch_size=2, threads=1)
    longer = msgspec.structs.replace(SAMPLED, max_new_tokens=40)
    stopped = answers(stopping, [request(number, sampling=longer) for number in range(2)])
    for answer in stopped:
        assert isinstance(answer, Completion)
        assert answer.finish_reason == "stop"
        assert answer.completion_tokens < 40

    one = msgspec.structs.replace(SAMPLED, max_new_tokens=1)
    first, second = answers(plain, [batch[0], request(1, sampling=one)])
    assert first == long[0]
    assert isinstance(second, Completion)
    assert (second.completion_tokens, second.finish_reason) == (1, "length")


def test_cut() -> None:
    stops = frozenset({7, 8})
    assert cut([1, 2, 7, 0, 0], stops, 5) == ([1, 2, 7], True)
    assert cut([1, 2, 7, 0, 0], stops, 2) == ([1, 2], False)
    assert cut([8], stops, 5) == ([8], True)
    assert cut([], stops, 5) == ([], False)


def test_sampling_values_of_the_checkpoint_are_dropped(tiny: Tiny, tmp_path: Path) -> None:
    values = {"do_sample": True, "temperature": 9.0, "repetition_penalty": 5.0, "max_length": 3, "num_beams": 2}
    folder = changed(tiny("qwen2_5_vl"), tmp_path / "model", "generation_config.json", **values)
    batch = [request(0), request(1)]
    with_values = texts(TransformersEngine(folder, batch_size=2, threads=1), batch)
    assert with_values == texts(TransformersEngine(tiny("qwen2_5_vl"), batch_size=2, threads=1), batch)


def test_what_goes_wrong_in_the_model_fails_the_batch_and_not_the_engine(tiny: Tiny) -> None:
    engine = TransformersEngine(tiny("llava_onevision"), batch_size=4, threads=1)
    odd = [request(0, shown=frames(0, count=4)), request(1, shown=frames(1, count=6))]
    found = answers(engine, odd)
    assert [answer.key for answer in found] == ["key-0", "key-1"]
    for answer in found:
        assert isinstance(answer, Failure)
        assert answer.error.endswith("Error")
        assert 0 < len(answer.detail) <= 500
    assert texts(engine, [request(0)])


def test_a_request_that_the_processor_refuses_fails_alone(tiny: Tiny) -> None:
    engine = TransformersEngine(tiny("qwen2_vl"), batch_size=4, threads=1)
    thread = dataclasses.replace(frames(1), pixels=np.zeros((4, 2, 1000, 3), np.uint8))
    found = answers(engine, [request(0), request(1, shown=thread), request(2)])
    assert [type(answer) for answer in found] == [Completion, Failure, Completion]
    assert isinstance(found[1], Failure)
    assert found[1].key == "key-1"
    assert "aspect ratio" in found[1].detail
    assert [found[0], found[2]] == answers(engine, [request(0), request(2)])


def test_a_video_without_frames_fails(tiny: Tiny) -> None:
    engine = TransformersEngine(tiny("llava_onevision"), batch_size=4, threads=1)
    [found] = answers(engine, [dataclasses.replace(request(0), frames=None)])
    assert isinstance(found, Failure)
    assert found.error == "ValueError"
    assert "no frames" in found.detail


def test_an_allocation_that_does_not_fit_fails_the_batch(tiny: Tiny) -> None:
    engine = TransformersEngine(tiny("llava_next_video"), batch_size=1, threads=1)
    wide = np.broadcast_to(np.zeros((4, 1, 1, 3), np.uint8), (4, 2_000_000, 2_000_000, 3))
    [found] = answers(engine, [request(0, shown=dataclasses.replace(frames(0), pixels=wide))])
    assert isinstance(found, Failure)
    assert "MemoryError" in found.error
    assert "allocate" in found.detail
    assert texts(engine, [request(0)])


def test_frames_that_may_not_be_written_are_taken(tiny: Tiny) -> None:
    engine = TransformersEngine(tiny("video_llava"), batch_size=1, threads=1)
    shown = frames(0)
    locked = dataclasses.replace(shown, pixels=np.frombuffer(shown.pixels.tobytes(), np.uint8).reshape(4, 48, 64, 3))
    assert texts(engine, [request(0, shown=locked)]) == texts(engine, [request(0, shown=shown)])


def test_no_more_is_held_than_a_batch(tiny: Tiny) -> None:
    engine = TransformersEngine(tiny("internvl"), batch_size=1, threads=1)
    engine.submit(request(0))
    with pytest.raises(ValueError, match="collect first"):
        engine.submit(request(1))


def test_a_closed_engine_answers_nothing(tiny: Tiny) -> None:
    engine = TransformersEngine(tiny("internvl"), batch_size=1, threads=1)
    engine.close()
    [found] = answers(engine, [request(0)])
    assert isinstance(found, Failure)


def test_loading_and_answering_print_nothing(tiny: Tiny) -> None:
    script = (
        "import sys; from tests.engines.sample_requests import request\n"
        "from vstar_data.engines.loading import open_engine\n"
        "engine = open_engine('transformers', sys.argv[1], batch_size=2, threads=1)\n"
        "engine.submit(request(0)); engine.submit(request(1)); found = engine.collect()\n"
        "assert all(hasattr(answer, 'text') for answer in found), found"
    )
    command = [sys.executable, "-c", script, str(tiny("smolvlm"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
