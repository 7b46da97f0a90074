"""What identifies a piece of work: a clip's hash and block, a sample's seed, a completion's key. Pure functions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from vstar_data.records import Clip, Message, Mode, Sampling


def clip_hash(clip_id: str) -> int:
    """Returns the hash that orders, limits and blocks clips: 64 bits, from the id alone."""
    return int.from_bytes(hashlib.sha256(clip_id.encode()).digest()[:8])


def block_of(clip_id: str, bits: int) -> int:
    """Returns the block of a clip: the leading `bits` bits of its hash, so that an added clip moves no other."""
    return clip_hash(clip_id) >> (64 - bits) if bits else 0


def block_bits(clips: int, clips_per_block: int) -> int:
    """Returns the number of leading bits for which a block holds about `clips_per_block` clips."""
    bits = 0
    while clips > clips_per_block * 2**bits * 1.5 and bits < 20:
        bits += 1
    return bits


def seed_of(base: int, question_id: str, mode: Mode, sample_index: int) -> int:
    """Returns the seed of one sample, 0 <= seed < 2**63: from what is asked, never from when or where."""
    text = f"{base}\0{question_id}\0{mode.value}\0{sample_index}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1


def blind_id(variant: str, question_id: str) -> str:
    """Returns what a question is called where it is asked blind, as in a file of answers: `blind:no_video:<id>`."""
    return f"blind:{variant}:{question_id}"


def text_key(*, messages: Sequence[Message], fingerprint: str, sampling: Sampling, seed: int) -> str:
    """Returns the key of a text that no video shaped: a hash of all that did; see `completion_key`."""
    shaped_by = {"messages": messages, "model": fingerprint.rpartition("@")[2], "sampling": sampling, "seed": seed}
    return hashlib.sha256(msgspec.json.encode(shaped_by, order="sorted")).hexdigest()[:32]


def completion_key(
    *,
    clip: Clip,
    identity: str,
    frames: dict[str, int],
    messages: Sequence[Message],
    fingerprint: str,
    sampling: Sampling,
    seed: int,
    variant: str | None = None,
) -> str:
    """Returns the key of a completion: a hash of all that shaped its text.

    Args:
        clip: Gives its window and frame rate.
        identity: The identity of the video's content; where the file lies does not matter.
        frames: The frame plan: number of frames and size cap.
        messages: The conversation.
        fingerprint: The engine's; a name before the last `@` does not count.
        sampling: How tokens are chosen.
        seed: The sample's seed.
        variant: What is shown in place of the video; None where the video is.
    """
    shaped_by = {
        "video": identity,
        "window": [clip.start, clip.end, clip.fps],
        "frames": frames,
        "messages": messages,
        "model": fingerprint.rpartition("@")[2],
        "sampling": sampling,
        "seed": seed,
    }
    if variant is not None:
        shaped_by["variant"] = variant
    return hashlib.sha256(msgspec.json.encode(shaped_by, order="sorted")).hexdigest()[:32]
