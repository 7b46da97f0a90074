"""From a request to what a processor takes: a conversation with its frames, and what is known of the frames' times.

The same for every family. Control tokens in a question are the processor's business (`sanitize_control_tokens` encodes
them as plain text); those that it cannot deal with are broken up here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from vstar_data.records import Frames, Message, Request


@dataclass(frozen=True)
class Footage:
    """What a processor is told of a video: the fields of transformers' `VideoMetadata`.

    Attributes:
        total_num_frames: Number of frames of the clip.
        fps: Frames per second.
        duration: Length of the clip in seconds.
        frames_indices: For each frame its number in the clip; divided by `fps` its time from the clip's start.
        width: Pixels across.
        height: Pixels down.
    """

    total_num_frames: int
    fps: float
    duration: float
    frames_indices: list[int]
    width: int
    height: int


def footage(frames: Frames) -> Footage:
    """Describes the clip that frames were taken from.

    The numbers of the frames are made from their times, so that models that write times into the prompt write the right
    ones for files with a varying frame rate too.

    Args:
        frames: Frames with times counted from the clip's start, as its labels have them.
    """
    fps = frames.fps if frames.fps > 0 else 1.0
    indices = [max(0, round(time * fps)) for time in frames.times]
    _, height, width, _ = frames.pixels.shape
    return Footage(
        total_num_frames=max(frames.total, indices[-1] + 1),
        fps=fps,
        duration=frames.duration,
        frames_indices=indices,
        width=width,
        height=height,
    )


def conversation(request: Request, to_break: re.Pattern[str] | None = None) -> list[dict[str, Any]]:
    """Returns the messages of a request in the form of a chat template, with the frames in place of the video.

    A content part has no null: templates of some families ask whether a key is there, not what it holds.

    Args:
        request: The request; its frames go into every video part.
        to_break: Control tokens to break up with a space, see `tokens_to_break`.

    Raises:
        ValueError: A message shows a video and the request has no frames.
    """
    return [_turn(message, request.frames, to_break) for message in request.messages]


def _turn(message: Message, frames: Frames | None, to_break: re.Pattern[str] | None) -> dict[str, Any]:
    content: list[dict[str, Any]] = []
    for part in message.content:
        if part.type == "video":
            if frames is None:
                raise ValueError("the request shows a video and has no frames")
            content.append({"type": "video", "video": _writable(frames.pixels)})
        else:
            text = part.text or ""
            content.append({"type": "text", "text": to_break.sub(_broken, text) if to_break else text})
    return {"role": message.role, "content": content}


def _writable(pixels: Any) -> Any:
    """Torch warns of arrays that it may not write to, such as views of a buffer; those are copied."""
    import numpy as np

    return np.require(pixels, requirements=["C", "W"])


def _broken(match: re.Match[str]) -> str:
    return f"{match[0][0]} {match[0][1:]}"


def tokens_to_break(processor: Any, template: str) -> re.Pattern[str] | None:
    """Finds the control tokens that must not stand in a text even where the processor neutralises such tokens.

    These are the placeholders of images and videos, which some families count in the text as it was written, and the
    tokens that a tokenizer makes even from plain text, as one of whole words does: sanitising raises on those. Either
    would fail the whole batch of the question that holds one.

    Args:
        processor: The processor, with its tokenizer.
        template: The chat template: tokens that it writes are control tokens too.

    Returns:
        A pattern of those tokens, the longest first; null where there are none.
    """
    placeholders = (getattr(processor, f"{medium}_token", None) for medium in ("image", "video", "audio"))
    found = {token for token in placeholders if isinstance(token, str) and len(token) > 1}
    tokenizer = processor.tokenizer
    for number, token in tokenizer.added_tokens_decoder.items():
        text = token.content
        control = len(text) > 1 and text.strip() and (token.special or text in template)
        if control and number in tokenizer.encode("\n" + text, add_special_tokens=False, split_special_tokens=True):
            found.add(text)
    longest_first = sorted(found, key=lambda text: (-len(text), text))
    return re.compile("|".join(map(re.escape, longest_first))) if found else None


def with_opening(template: str, opening: str, rendered: str) -> str:
    """Returns a chat template that writes the tokens with which a tokenizer opens every text, such as `<s>`.

    A tokenizer that puts them in front by itself cannot do so in a sanitised conversation. Where the template writes
    them already it stays as it is.

    Args:
        template: The chat template.
        opening: The tokens as text, empty where there are none.
        rendered: Any conversation as the template renders it.
    """
    if not opening or rendered.startswith(opening):
        return template
    return "{{ " + repr(opening) + " }}" + template
