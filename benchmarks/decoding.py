"""Times the decoding of clips beside a plain full decode of the same files with PyAV, in the same run.

    python benchmarks/decoding.py [FOLDER] [--count 8] [--max-side 448] [--repeat 3]

Without a folder, clips of the demo are drawn and used. Each file is one clip, read whole. `frames` is `read_frames` on
a file that it has not met, `again` on one whose timeline it still knows, `last second` a clip of the last second of
such a file; `full` decodes every frame with PyAV, one thread, and converts none. Figures are the best of the repeats,
in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import av

from vstar_data.demo.clips import render
from vstar_data.errors import UnusableClipError
from vstar_data.records import Split
from vstar_data.video import FrameSettings, probe, read_frames

COLUMNS = ("frames", "again", "last second", "full")


def full_decode(path: Path) -> None:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_type, stream.codec_context.thread_count = "NONE", 1
        for _ in container.decode(stream):
            pass


def milliseconds(work: Callable[[], object], repeat: int, before: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(repeat):
        before()
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best * 1000


def measured(path: Path, settings: FrameSettings, repeat: int) -> list[float]:
    duration = probe(path).duration

    def clip(start: float | None) -> Callable[[], object]:
        return lambda: read_frames(path, start=start, end=None, fps=None, settings=settings)

    # A touched file is a new one to the memory of timelines; its content is in the page cache either way.
    work = [
        (clip(None), lambda: os.utime(path)),
        (clip(None), lambda: None),
        (clip(max(0.0, duration - 1)), lambda: None),
        (lambda: full_decode(path), lambda: None),
    ]
    return [milliseconds(timed, repeat, before) for timed, before in work]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--max-side", type=int, default=448)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    settings = FrameSettings(count=arguments.count, max_side=arguments.max_side)
    with tempfile.TemporaryDirectory() as temporary:
        if arguments.folder is None:
            render(Path(temporary), {Split.TEST: 10})
        compare(arguments.folder or Path(temporary), settings, arguments.repeat)


def compare(folder: Path, settings: FrameSettings, repeat: int) -> None:
    """Prints a line a file, and the means."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, PyAV {av.__version__}")
    print(f"{'file':28}" + "".join(f"{name:>13}" for name in COLUMNS))
    rows: list[list[float]] = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".jsonl"):
        try:
            rows.append(measured(path, settings, repeat))
        except UnusableClipError as error:
            print(f"{path.name:28}  {error}")
            continue
        print(f"{path.name:28}" + "".join(f"{value:13.1f}" for value in rows[-1]))
    if rows:
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(f"{'mean per clip':28}" + "".join(f"{value:13.1f}" for value in means))


if __name__ == "__main__":
    main()
