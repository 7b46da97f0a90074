"""A small run with real clips and answers that were made elsewhere: right ones, wrong ones, one with foreign text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import av
import numpy as np
import pytest

from tests.commands import vstar_data
from vstar_data.review.session import Review

HOSTILE = "<script>window.hit=1</script><img src=x onerror=window.hit=1>${window.hit=1}{{window.hit}}`"
LABELS = {"a": "juggling", "b": "bowling", "c": HOSTILE, "d": "archery"}
START, END = 0.5, 1.5


def write_video(path: Path, codec: str = "libx264", seconds: float = 2.0) -> None:
    """A video that grows brighter with time, at ten frames a second."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        frames = round(10 * seconds)
        for number in range(frames):
            pixels = np.full((64, 64, 3), 250 * number // frames, dtype=np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        out.mux(stream.encode(None))


@pytest.fixture(scope="session")
def reviewed_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clips a, b, c as windows of H.264 files, d a file that browsers do not play; a right and a wrong answer each."""
    folder = tmp_path_factory.mktemp("to review")
    (folder / "videos").mkdir()
    for name in "abc":
        write_video(folder / "videos" / f"{name}.mp4")
    write_video(folder / "videos" / "d.avi", "mpeg4")
    (folder / "videos" / "secret.mp4").write_bytes(b"not a clip of the run")
    (folder / "labels.jsonl").write_text(
        "".join(
            json.dumps(
                {"file": f"{name}.{'avi' if name == 'd' else 'mp4'}", "id": name, "label": label}
                | ({} if name == "d" else {"t0": START, "t1": END})
            )
            + "\n"
            for name, label in LABELS.items()
        ),
        encoding="utf-8",
    )
    wrong = {"d": "Nobody does archery here."}
    said = [
        {"question_id": f"clips/{name}#class", "sample_index": sample, "text": text}
        for name, label in LABELS.items()
        for sample, text in enumerate([f"A man is {label}.", wrong.get(name, "A man is sailing.")])
    ]
    (folder / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in said), encoding="utf-8")
    (folder / "mine.yaml").write_text(
        "sources:\n  - adapter: table\n    name: clips\n    annotations: labels.jsonl\n    videos: videos\n"
        "    adapter_options: {columns: {video: file, id: id, start: t0, end: t1, class: label}}\n"
        "engine: replay\nmodel: answers.jsonl\nquestions: {kinds: [class]}\n"
        "generate: {samples: 2, rationalizations: 0}\n",
        encoding="utf-8",
    )
    done = vstar_data("build", str(folder / "mine.yaml"), "--out", str(folder / "run"))
    assert done.code == 0, done.stderr
    return folder / "run"


@pytest.fixture
def run(tmp_path: Path, reviewed_run: Path) -> Path:
    """A copy of the run."""
    return Path(shutil.copytree(reviewed_run, tmp_path / "run"))


@pytest.fixture
def review(tmp_path: Path, run: Path) -> Review:
    """The run under review."""
    made = tmp_path / "made"
    made.mkdir()
    return Review(run, "anna", made)


def row_of(review: Review, answer: str) -> int:
    """The row of an answer such as a/direct-0."""
    clip, _, sample = answer.partition("/")
    row = review.index.row(f"clips/{clip}#class/{sample}")
    assert row is not None
    return row
