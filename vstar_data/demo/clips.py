"""Renders the demo's clips to h264 files and writes their labels to a `clips.jsonl`. The same clips every time."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from vstar_data.demo import labels
from vstar_data.demo.scenes import LENGTH, MOTIONS, RATE, SIDE, STEPS, Scene, draw, random_scene
from vstar_data.files import storage_error, write_whole
from vstar_data.records import Clip, Label, Split

ANNOTATIONS = "clips.jsonl"
SIZES: Mapping[Split, int] = {Split.TRAIN: 80, Split.VALIDATION: 30, Split.TEST: 30}
"""Clips of each split; multiples of ten have as many of each motion."""
SEED = 7
LICENSE = "CC0-1.0"
# Looking ahead makes x264 decide otherwise in about one file of a hundred, even with one thread.
_CODEC = {
    "preset": "veryfast",
    "crf": "18",
    "threads": "1",
    "x264-params": "bframes=0:mbtree=0:rc-lookahead=0:sync-lookahead=0:scenecut=0",
}


def render(destination: Path, sizes: Mapping[Split, int] = SIZES, seed: int = SEED) -> Path:
    """Renders clips into a folder. A file that is there already is kept: files appear whole or not at all.

    Args:
        destination: The folder; it is made if absent.
        sizes: How many clips of each split.
        seed: Another seed gives other clips; into a folder of its own.

    Returns:
        The path of `clips.jsonl`: one Clip a line, videos relative to the folder.

    Raises:
        StorageError: The folder cannot be written.
    """
    drawn = list(scenes_and_clips(sizes, seed))
    annotations, text = destination / ANNOTATIONS, b"".join(msgspec.json.encode(clip) + b"\n" for _, clip in drawn)
    try:
        if annotations.exists() and annotations.read_bytes() != text:
            # The videos beside other annotations may show other scenes under the same names.
            annotations.unlink()
            for _, clip in drawn:
                (destination / clip.video).unlink(missing_ok=True)
        for scene, clip in drawn:
            if not (destination / clip.video).exists():
                write_whole(destination / clip.video, encoded(scene))
        if not annotations.exists():
            write_whole(annotations, text)
    except OSError as problem:
        raise storage_error("Cannot render the demo's clips.", destination, problem) from None
    return annotations


def scenes_and_clips(sizes: Mapping[Split, int] = SIZES, seed: int = SEED) -> Iterator[tuple[Scene, Clip]]:
    """Yields each clip of the demo with its scene; each has a seed of its own, so that sizes do not matter."""
    for split, size in sizes.items():
        for number in range(size):
            random_ = random.Random(f"{seed}/{split.value}/{number}")
            scene = random_scene(random_, MOTIONS[number % len(MOTIONS)])
            asked = (number + number // len(MOTIONS)) % 3
            if asked == 2 and scene.lit is None:
                first = random_.randrange(STEPS - 1)
                scene = dataclasses.replace(scene, lit=(first, first + 1))
            name = f"{split.value}-{number:03}"
            yield (
                scene,
                Clip(
                    id=name,
                    video=f"{name}.mp4",
                    labels=(labels.class_label(scene), *_further(scene, asked, random_)),
                    split=split,
                    license=LICENSE,
                    metadata={"scene": hashlib.sha256(repr(scene).encode()).hexdigest()[:16]},
                ),
            )


def encoded(scene: Scene) -> bytes:
    """Returns a scene as an mp4 file: h264, `LENGTH` frames of `SIDE` x `SIDE` pixels at `RATE` per second.

    One encoder thread that does not look ahead, so that the bytes are the same every time.
    """
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE, options=_CODEC)
        stream.width = stream.height = SIDE
        stream.pix_fmt = "yuv420p"
        stream.thread_count = 1
        for pixels in draw(scene, range(LENGTH)):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return file.getvalue()


def _further(scene: Scene, asked: int, random_: random.Random) -> tuple[Label, ...]:
    """What a clip is labelled with beside its motion: by turns the colour, the dots and the shape, the border."""
    match asked:
        case 0:
            return (labels.colour_label(scene, random_),)
        case 1:
            return (labels.number_label(scene), labels.shape_label(scene, random_))
        case _:
            segment = labels.segment_label(scene)
            return (labels.number_label(scene),) if segment is None else (segment,)
