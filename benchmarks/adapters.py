"""Measures how many clips a second the adapters read, and whether their memory stays flat.

Run: python benchmarks/adapters.py [--clips N] [NAME ...]. Each adapter reads N made-up clips (200,000 unless told
otherwise; of AVA, whose clips have several lines each, N lines) in its dataset's own form, as a build reads them, in a
process of its own. `growth` is by how much more memory the process held, at its peak, for N clips than for a thousand.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vstar_data.adapters import make_adapter, read_source

FEW = 1_000


@dataclass(frozen=True)
class Form:
    """An adapter with the file that its clips are written to: a line for each, after some for all."""

    adapter: str
    file: str
    head: str
    line: Callable[[int], str]
    options: dict[str, Any] = field(default_factory=dict)
    tail: str = ""
    unit: str = "clips"
    beside: dict[str, str] = field(default_factory=dict)


FORMS = {
    "kinetics, CSV": Form(
        "kinetics",
        "train.csv",
        "label,youtube_id,time_start,time_end,split\n",
        lambda n: f"playing guitar {n % 700},{n:011x},5,15,train\n",
    ),
    "table, CSV": Form("table", "t.csv", "video,id,label\n", lambda n: f"{n}.mp4,{n},playing guitar {n % 700}\n"),
    "table, CSV without ids": Form("table", "t.csv", "video,label\n", lambda n: f"{n}.mp4,playing guitar {n % 700}\n"),
    "table, JSONL": Form(
        "table", "t.jsonl", "", lambda n: json.dumps({"video": f"{n}.mp4", "id": str(n), "label": "guitar"}) + "\n"
    ),
    "jsonl": Form(
        "jsonl",
        "c.jsonl",
        "",
        lambda n: (
            json.dumps({"id": str(n), "video": f"{n}.mp4", "labels": [{"kind": "class", "name": "guitar"}]}) + "\n"
        ),
    ),
    "nextqa, CSV": Form(
        "nextqa",
        "train.csv",
        "video,frame_count,width,height,question,answer,qid,type,a0,a1,a2,a3,a4\n",
        lambda n: f"{n // 9},900,640,480,what is the boy doing,{n % 5},{n % 9},DC,run {n},sit,eat,jump,sing\n",
        beside={"map_vid_vidorID.json": '{"0": "0000/0"}'},
    ),
    "flat_qa, CSV": Form(
        "flat_qa",
        "MSVD_QA.csv",
        "video_name,question,answer,question_id\n",
        lambda n: f"v{n // 9}.avi,what is the boy doing?,running,{n}\n",
    ),
    "epic_kitchens, CSV": Form(
        "epic_kitchens",
        "EPIC_100_train.csv",
        "narration_id,participant_id,video_id,narration_timestamp,start_timestamp,stop_timestamp,start_frame,stop_frame,"
        "narration,verb,verb_class,noun,noun_class,all_nouns,all_noun_classes\n",
        lambda n: (
            f"P01_11_{n},P01,P01_11,00:00:01.10,00:{n % 60:02d}:00.14,00:{n % 60:02d}:03.37,8,202,take plate,take,"
            f'0,plate:dinner,2,"[\'plate:dinner\']","[2]"\n'
        ),
    ),
    "ava, CSV": Form(
        "ava",
        "ava_train_v2.2.csv",
        "",
        lambda n: f"{n // 6230:011x},{902 + n // 7 % 890:04d},0.1,0.2,0.5,0.9,{(12, 17, 80)[n % 3]},{n % 7 // 3}\n",
        unit="lines",
        beside={
            "ava_action_list_v2.2.pbtxt": "".join(
                f'label {{\n  name: "{name}"\n  label_id: {number}\n  label_type: PERSON_MOVEMENT\n}}\n'
                for number, name in ((12, "stand"), (17, "carry/hold (an object)"), (80, "watch (a person)"))
            )
        },
    ),
    "activitynet, JSON": Form(
        "activitynet",
        "activity_net.v1-3.min.json",
        '{"version": "1.3", "taxonomy": [], "database": {"first": {"duration": 9.0, "subset": "training", '
        '"annotations": [{"segment": [1, 2], "label": "Bowling"}]}',
        lambda n: (
            f', "{n:011x}": {{"duration": 120.5, "subset": "training", "annotations": ['
            f'{{"segment": [{n % 50}.25, {n % 50 + 9}.5], "label": "Long jump"}}]}}'
        ),
        tail="}}",
    ),
}


def write(form: Form, folder: Path, clips: int) -> Path:
    """Writes the annotations of a form and returns their path."""
    for name, content in form.beside.items():
        (folder / name).write_text(content, encoding="utf-8")
    path = folder / form.file
    with path.open("w", encoding="utf-8") as file:
        file.write(form.head)
        file.writelines(map(form.line, range(clips)))
        file.write(form.tail)
    return path


def read(name: str, path: Path) -> None:
    """Reads annotations once and prints what it took as JSON: seconds, clips, and the peak of memory in bytes."""
    form = FORMS[name]
    adapter = make_adapter(form.adapter, form.options)
    start = time.perf_counter()
    rows = sum(1 for _ in read_source(adapter, path, None, source=form.adapter, split=None))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "rows": rows, "peak": peak}))


def measured(name: str, clips: int) -> Iterator[dict[str, float]]:
    """Yields what three processes took to read a form."""
    with tempfile.TemporaryDirectory() as temporary:
        path = write(FORMS[name], Path(temporary), clips)
        for _ in range(3):
            command = [sys.executable, __file__, "--read", name, str(path)]
            yield json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FORMS))
    parser.add_argument("--clips", type=int, default=200_000)
    parser.add_argument("--read", nargs=2, metavar=("NAME", "PATH"), help="read once and print what it took")
    arguments = parser.parse_args()
    if arguments.read:
        read(arguments.read[0], Path(arguments.read[1]))
        return
    today = f"{datetime.now(UTC):%d %b %Y}"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {today}")
    print(f"{arguments.clips:,} clips, the best of three processes")
    for name in arguments.names or FORMS:
        runs = list(measured(name, arguments.clips))
        base = min(run["peak"] for run in measured(name, FEW))
        rate = arguments.clips / min(run["seconds"] for run in runs)
        growth = (min(run["peak"] for run in runs) - base) / 2**20
        print(f"{name:<26}{rate:>10,.0f} {FORMS[name].unit}/s   growth {growth:>6.1f} MB", flush=True)


if __name__ == "__main__":
    main()
