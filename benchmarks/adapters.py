"""Measures how many clips a second the adapters read. Run: python benchmarks/adapters.py [--clips N]."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

from vstar_data.adapters import VideoRoot, make_adapter, read_source
from vstar_data.records import Split

HEADER = "label,youtube_id,time_start,time_end,split\n"


def measure(name: str, adapter: str, annotations: Path, clips: int, videos: VideoRoot | None = None) -> None:
    reader = make_adapter(adapter, {})
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        read = sum(1 for _ in read_source(reader, annotations, videos, source=adapter, split=Split.TRAIN))
        best = min(best, time.perf_counter() - start)
        assert read == clips
    print(f"{name:<32}{clips / best:>12,.0f} clips/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=200_000)
    clips = parser.parse_args().clips
    today = f"{datetime.now(UTC):%d %b %Y}"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {today}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ids = [f"{number:011x}" for number in range(clips)]
        kinetics = folder / "train.csv"
        kinetics.write_text(HEADER + "".join(f"playing guitar,{each},5,15,train\n" for each in ids))
        table = folder / "table.csv"
        table.write_text("video,id,label\n" + "".join(f"{each}.mp4,{each},playing guitar\n" for each in ids))
        lines = folder / "table.jsonl"
        lines.write_text(
            "".join(json.dumps({"video": f"{each}.mp4", "id": each, "label": "playing guitar"}) + "\n" for each in ids)
        )
        videos = folder / "videos" / "train" / "playing guitar"
        videos.mkdir(parents=True)
        for each in ids[: clips // 10]:
            (videos / f"{each}_000005_000015.mp4").touch()
        measure("kinetics, CSV", "kinetics", kinetics, clips)
        measure("kinetics, CSV and class folders", "kinetics", kinetics, clips, VideoRoot(folder / "videos"))
        measure("table, CSV", "table", table, clips)
        measure("table, JSONL", "table", lines, clips)
        tracemalloc.start()
        for _ in read_source(make_adapter("kinetics", {}), kinetics, None, source="kinetics", split=Split.TRAIN):
            pass
        print(f"{'kinetics, peak memory':<32}{tracemalloc.get_traced_memory()[1] / clips:>12,.0f} bytes a clip")


if __name__ == "__main__":
    main()
