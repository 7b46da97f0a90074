"""Blocks, seeds and keys: they follow from the ids and from what shapes a text, and from nothing else."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generation.small_run import clip, question
from vstar_data.executors.order import WorkOrder, covers
from vstar_data.generation.keys import block_bits, block_of, clip_hash, completion_key, seed_of
from vstar_data.generation.prompts import messages
from vstar_data.generation.run_folder import clip_order
from vstar_data.records import Mode, Sampling

SAMPLING = Sampling(max_new_tokens=64, temperature=0.2, top_k=0, top_p=1.0)


def key(**changes: Any) -> str:
    values: dict[str, Any] = {
        "clip": clip("a"),
        "identity": "identity of a",
        "frames": {"count": 8, "max_side": 448},
        "messages": messages(question("a"), Mode.DIRECT),
        "fingerprint": "org/model@0123@abcdef",
        "sampling": SAMPLING,
        "seed": 7,
    }
    return completion_key(**{**values, **changes})


@given(st.text(), st.integers(0, 20))
def test_more_bits_only_split_blocks(clip_id: str, bits: int) -> None:
    assert 0 <= block_of(clip_id, bits) < 2**bits
    assert block_of(clip_id, bits + 1) >> 1 == block_of(clip_id, bits)


def test_a_run_of_one_block_has_no_bits() -> None:
    assert block_of("anything", 0) == 0
    assert block_bits(0, 256) == block_bits(1, 256) == block_bits(256, 256) == 0


@pytest.mark.parametrize(("clips", "size"), [(1_000, 256), (100_000, 256), (80, 16), (7, 1), (3_000, 256)])
def test_blocks_hold_about_what_is_asked(clips: int, size: int) -> None:
    bits = block_bits(clips, size)
    assert 0.7 <= clips / 2**bits / size <= 1.5


def test_clips_spread_evenly_over_blocks() -> None:
    held = Counter(block_of(f"kinetics/{number}", 4) for number in range(16_000))
    assert len(held) == 16
    assert all(850 < count < 1150 for count in held.values())


def test_the_hash_of_a_clip_is_for_ever() -> None:
    # Completions of old runs lie in folders that are named by it.
    assert clip_hash("kinetics/-0pU8Tcw64E_000010_000020") == 0xDB06CDB2A4E016A0


def test_limits_nest_and_an_added_clip_moves_no_other() -> None:
    clips = sorted((clip(f"s/{number}") for number in range(50)), key=clip_order)
    chosen = {
        limit: {each.id for each in clips if covers(WorkOrder(run="r", last=clip_order(clips[limit - 1])), each, 3)}
        for limit in (1, 7, 20, 50)
    }
    assert [len(ids) for ids in chosen.values()] == [1, 7, 20, 50]
    assert chosen[1] < chosen[7] < chosen[20] < chosen[50]
    grown = sorted([*clips, clip("s/new")], key=clip_order)
    assert [each for each in grown if each.id != "s/new"] == clips


def test_shards_share_the_blocks_out() -> None:
    clips = [clip(f"s/{number}") for number in range(200)]
    shards = [
        {each.id for each in clips if covers(WorkOrder(run="r", shard=shard, shards=3), each, 4)} for shard in range(3)
    ]
    assert sum(map(len, shards)) == len(set.union(*shards)) == 200
    for shard in shards:
        blocks = {block_of(clip_id, 4) for clip_id in shard}
        assert {each.id for each in clips if block_of(each.id, 4) in blocks} == shard


def test_every_sample_has_a_seed_of_its_own() -> None:
    places = [
        (base, question_id, mode, index)
        for base in (0, 1)
        for question_id in ("a#1", "a#2", "a#1\x00")
        for mode in Mode
        for index in range(3)
    ]
    seeds = [seed_of(*place) for place in places]
    assert len(set(seeds)) == len(places)
    assert all(0 <= seed < 2**63 for seed in seeds)
    assert seeds == [seed_of(*place) for place in places]


@pytest.mark.parametrize(
    "changes",
    [
        {"identity": "identity of b"},
        {"clip": clip("a", start=1.0)},
        {"clip": clip("a", end=1.0)},
        {"clip": clip("a", fps=25.0)},
        {"frames": {"count": 10, "max_side": 448}},
        {"frames": {"count": 8, "max_side": 224}},
        {"messages": messages(question("a"), Mode.RATIONALIZED)},
        {"fingerprint": "org/model@0123@abcdee"},
        {"sampling": msgspec.structs.replace(SAMPLING, max_new_tokens=65)},
        {"sampling": msgspec.structs.replace(SAMPLING, temperature=0.3)},
        {"sampling": msgspec.structs.replace(SAMPLING, top_k=1)},
        {"sampling": msgspec.structs.replace(SAMPLING, top_p=0.9)},
        {"seed": 8},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_shapes_a_text_changes_its_key(changes: dict[str, Any]) -> None:
    assert key(**changes) != key()


@pytest.mark.parametrize(
    "changes",
    [
        {"clip": clip("a", video="moved/elsewhere.mp4")},
        {"clip": clip("b")},
        {"clip": clip("a", source="t", split="test", license="CC0-1.0", metadata={"url": "x"})},
        {"clip": clip("a", labels=())},
        {"fingerprint": "folder-of-another-name@abcdef"},
        {"fingerprint": "abcdef"},
        {"frames": {"max_side": 448, "count": 8}},
    ],
)
def test_whatever_does_not_shape_a_text_leaves_its_key(changes: dict[str, Any]) -> None:
    assert key(**changes) == key()
