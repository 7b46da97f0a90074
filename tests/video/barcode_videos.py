"""Videos whose every frame shows its own number as a bar code, so that a decoded picture says which frame it is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

BITS = 10
WIDTH, HEIGHT = 160, 96

VIDEOS: dict[str, dict[str, Any]] = {
    "faststart.mp4": {"container_options": {"movflags": "faststart"}},
    "index_last.mp4": {},
    "fragmented.mp4": {"container_options": {"movflags": "frag_keyframe+empty_moov"}},
    "open_gop.mp4": {"codec_options": {"x264-params": "open-gop=1:keyint=30:bframes=3:b-adapt=0"}, "b_frames": 3},
    "intra_refresh.mp4": {"codec_options": {"x264-params": "intra-refresh=1:keyint=30"}},
    "one_keyframe.mp4": {"keyframe_every": 250},
    "x264.mkv": {},
    "x264.flv": {},
    "x264.ts": {},
    "x264.avi": {},
    "raw.h264": {"container": "h264"},
    "mpeg4.avi": {"codec": "mpeg4"},
    "mpeg4_without_b_frames.avi": {"codec": "mpeg4", "b_frames": 0},
    "mpeg2.mpg": {"codec": "mpeg2video"},
    "mpeg1.mpg": {"codec": "mpeg1video", "container": "mpeg"},
    "vp8.webm": {"codec": "libvpx", "b_frames": None, "codec_options": {"deadline": "realtime", "cpu-used": "8"}},
    "vp9.webm": {"codec": "libvpx-vp9", "b_frames": None, "codec_options": {"deadline": "realtime", "cpu-used": "8"}},
}
"""250 frames at 25 frames a second each; by file name, what is special about them."""


def barcode(number: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Paints a number: ten vertical bars, the lowest bit left, white is 1. The top left corner is red."""
    picture = np.zeros((height, width, 3), np.uint8)
    bar = width // BITS
    for bit in range(BITS):
        if number >> bit & 1:
            picture[height // 4 : 3 * height // 4, bit * bar : (bit + 1) * bar] = 255
    picture[: height // 6, : width // 4] = (255, 0, 0)
    return picture


def number_in(picture: np.ndarray[Any, np.dtype[np.uint8]]) -> int:
    height, width = picture.shape[:2]
    middles = [picture[height // 2, int((bit + 0.5) * width / BITS)] for bit in range(BITS)]
    return sum(1 << bit for bit, colour in enumerate(middles) if colour.mean() > 127)


def numbers_in(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> list[int]:
    return [number_in(picture) for picture in pixels]


def render(
    path: Path,
    frames: int = 250,
    *,
    codec: str = "libx264",
    container: str | None = None,
    rate: int = 25,
    keyframe_every: int = 12,
    b_frames: int | None = 2,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    ticks: Sequence[int] | None = None,
    codec_options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
) -> Path:
    """Encodes frames 0, 1, 2, ... of a bar code video.

    Args:
        path: Where to write; the suffix chooses the container unless `container` does.
        frames: How many.
        codec: Encoder.
        container: Muxer.
        rate: Frames per second; with `ticks`, ticks per second.
        keyframe_every: Frames from one keyframe to the next.
        b_frames: Most B-frames in a row; None leaves the encoder's default.
        size: Width and height.
        ticks: Time of each frame, for a variable frame rate.
        codec_options: For the encoder.
        container_options: For the muxer.
        metadata: Titles and the like.

    Returns:
        `path`.
    """
    with av.open(str(path), "w", format=container, options=container_options or {}) as output:
        output.metadata.update(metadata or {})
        stream = output.add_stream(codec, rate=rate)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.gop_size = keyframe_every
        if b_frames is not None:
            stream.codec_context.max_b_frames = b_frames
        stream.codec_context.options = codec_options or {}
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(barcode(number, *size))
            frame.pts = number if ticks is None else ticks[number]
            frame.time_base = Fraction(1, rate)
            output.mux(stream.encode(frame))
        output.mux(stream.encode())
    return path
