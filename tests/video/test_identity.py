from __future__ import annotations

import os
from pathlib import Path

import pytest

from vstar_data.errors import UnusableClipError
from vstar_data.video import identity

LONG = bytes(range(256)) * 1024


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def folder_of_frames(folder: Path, **changes: bytes) -> Path:
    frames = {"frame1": b"one", "frame2": b"two", "frame10": b"ten"} | changes
    for name, content in frames.items():
        written(folder / f"{name}.png", content)
    return folder


def test_a_moved_or_touched_file_keeps_its_identity(tmp_path: Path) -> None:
    here, there = written(tmp_path / "a" / "x.mp4", LONG), written(tmp_path / "b" / "other name.avi", LONG)
    os.utime(there, (1, 1))
    assert identity(here) == identity(there)
    assert len(identity(here)) == 64


@pytest.mark.parametrize("at", [0, 64 * 1024 - 1, len(LONG) - 64 * 1024, len(LONG) - 1])
def test_a_change_at_either_end_changes_it(tmp_path: Path, at: int) -> None:
    changed = bytearray(LONG)
    changed[at] ^= 1
    assert identity(written(tmp_path / "a", LONG)) != identity(written(tmp_path / "b", bytes(changed)))


def test_a_change_of_size_alone_changes_it(tmp_path: Path) -> None:
    assert identity(written(tmp_path / "a", bytes(200_000))) != identity(written(tmp_path / "b", bytes(200_001)))


def test_short_and_empty_files_have_one(tmp_path: Path) -> None:
    assert identity(written(tmp_path / "a", b"")) != identity(written(tmp_path / "b", b"x"))


def test_a_moved_folder_keeps_its_identity(tmp_path: Path) -> None:
    here, there = folder_of_frames(tmp_path / "a"), folder_of_frames(tmp_path / "b")
    os.utime(there / "frame2.png", (1, 1))
    assert identity(here) == identity(there)


@pytest.mark.parametrize(
    "change",
    [{"frame1": b"uno"}, {"frame10": b"dec"}, {"frame2": b"three"}, {"frame11": b"eleven"}],
    ids=["content of the first", "content of the last", "size of a middle one", "one more"],
)
def test_a_changed_folder_has_another(tmp_path: Path, change: dict[str, bytes]) -> None:
    assert identity(folder_of_frames(tmp_path / "a")) != identity(folder_of_frames(tmp_path / "b", **change))


def test_what_is_no_image_does_not_count(tmp_path: Path) -> None:
    here, there = folder_of_frames(tmp_path / "a"), folder_of_frames(tmp_path / "b")
    written(there / "Thumbs.db", b"noise")
    written(there / "._frame1.png", b"noise")
    assert identity(here) == identity(there)


def test_nothing_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UnusableClipError) as caught:
        identity(tmp_path / "nothing.mp4")
    assert caught.value.reason == "missing"


def test_a_pipe_is_not_a_video(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(UnusableClipError) as caught:
        identity(tmp_path / "pipe.mp4")
    assert caught.value.reason == "not_a_video"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux: a file whose reading fails")
def test_a_disk_that_fails_is_no_verdict() -> None:
    with pytest.raises(OSError, match="Input/output error"):
        identity(Path("/proc/self/mem"))
