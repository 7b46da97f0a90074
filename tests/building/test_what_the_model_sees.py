"""Frames with their number burned in: what reaches the model lies inside the clip, at the stored indices."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet

from tests.commands import script
from tests.video.barcode_videos import render

ROOT = Path(__file__).resolve().parents[2]

WATCH = """
import json, sys
sys.path.insert(0, sys.argv.pop(1))
from tests.video.barcode_videos import numbers_in
from vstar_data.engines import transformers
encode = transformers.encode
def watched(checkpoint, batch):
    with open(LOG, "a") as log:
        for request in batch:
            seen = numbers_in(request.frames.pixels)
            log.write(json.dumps([request.key, request.mode, seen, list(request.frames.times)]) + "\\n")
    return encode(checkpoint, batch)
LOG = sys.argv.pop(1)
transformers.encode = watched
from vstar_data.cli import main
main()
"""

WINDOWS = {"whole": ("", ""), "early": ("0.5", "2.0"), "late": ("7.2", "9.9"), "short": ("4.0", "4.2")}


def test_the_pixels_are_those_of_the_stored_indices_inside_the_window(tmp_path: Path) -> None:
    videos = tmp_path / "videos"
    videos.mkdir()
    render(videos / "a.mp4")
    with (tmp_path / "clips.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["video", "id", "start", "end", "label"])
        writer.writerows(["a.mp4", name, start, end, "rising"] for name, (start, end) in WINDOWS.items())
    given = ["--annotations", str(tmp_path / "clips.csv"), "--videos", str(videos), "--model", "demo"]
    frames = ["--set", "frames.count=6", "--set", "frames.max_side=160", "--set", "generate.max_new_tokens=4"]
    log, watch = tmp_path / "log", tmp_path / "watch.py"
    watch.write_text(WATCH)
    done = script(watch, str(ROOT), str(log), "build", "table", *given, *frames, "--out", str(tmp_path / "run"))
    assert done.code == 0, done.stderr
    seen = {}
    for line in log.read_text().splitlines():
        key, mode, numbers, times = json.loads(line)
        seen[key] = (mode, numbers, times)
    lines = [
        json.loads(line)
        for path in (tmp_path / "run").glob("completions/*/*.jsonl")
        for line in path.read_text().splitlines()
    ]
    assert {line["mode"] for line in lines} == {"direct", "rationalized"}
    assert len(lines) == len(seen) == 2 * len(WINDOWS)
    for line in lines:
        _, numbers, shown_times = seen[line["key"]]
        assert numbers == line["frame_indices"]
        assert line["frame_times"] == [number / 25 for number in numbers]
        start, end = WINDOWS[line["clip_id"].removeprefix("table/")]
        first = float(start or 0)
        assert all(first <= moment <= float(end or 10) for moment in line["frame_times"])
        assert [round(moment - first, 6) for moment in line["frame_times"]] == [
            round(moment, 6) for moment in shown_times
        ]
    rows = [
        row
        for path in (tmp_path / "run" / "dataset" / "data").glob("*/*.parquet")
        if path.parent.name in ("sft", "rejected")
        for row in pyarrow.parquet.read_table(path).to_pylist()
    ]
    by_id = {(line["question_id"], line["mode"]): line for line in lines}
    for row in rows:
        stored = by_id[row["question_id"], row["mode"]]
        assert row["frames"] == {"indices": stored["frame_indices"], "times": stored["frame_times"]}
        start, end = WINDOWS[row["clip_id"].removeprefix("table/")]
        assert row["duration"] == (float(end) - float(start) if end else 10.0)
