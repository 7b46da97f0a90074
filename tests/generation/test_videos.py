"""Looking at the video files: what is there, what it is, and what need not be read again."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.generation.small_run import clip
from vstar_data import video
from vstar_data.adapters import VideoRoot
from vstar_data.generation.videos import VideoRecord, check_unchanged, identified, read_videos, write_videos
from vstar_data.records import UnusableReason

Known = dict[tuple[str, str], VideoRecord]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "videos"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.mp4").write_bytes(name.encode() * 1000)
    (folder / "c.mp4").touch()
    return folder


def look(root: Path, names: Iterable[str] = "ab", known: Known | None = None) -> tuple[Known, dict[str, str]]:
    return identified([clip(name) for name in names], {"s": VideoRoot(root)}, known or {})


def test_files_are_told_apart_by_what_they_hold(root: Path) -> None:
    records, unread = look(root)
    assert unread == {}
    assert set(records) == {("s", "a.mp4"), ("s", "b.mp4")}
    assert len({record.identity for record in records.values()}) == 2
    assert all(record.reason is None and len(record.identity) == 64 for record in records.values())


def test_what_cannot_be_used_has_its_reason(root: Path) -> None:
    records, unread = look(root, "acz")
    reasons = {video: record.reason for (_, video), record in records.items()}
    assert reasons == {"a.mp4": None, "c.mp4": UnusableReason.EMPTY, "z.mp4": UnusableReason.MISSING}
    assert all(record.detail for record in records.values() if record.reason)
    assert unread == {}


def test_an_unchanged_file_is_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known, _ = look(root)
    read: list[str] = []

    def identity(path: Path) -> str:
        read.append(path.name)
        return "new"

    monkeypatch.setattr(video, "identity", identity)
    assert look(root, known=known)[0] == known
    assert read == []
    (root / "a.mp4").write_bytes(b"x" * 1000)
    os.utime(root / "a.mp4", ns=(1, 1))
    assert look(root, known=known)[0]["s", "a.mp4"].identity == "new"
    assert read == ["a.mp4"]


def test_a_mended_file_counts_anew(root: Path) -> None:
    known, _ = look(root, "c")
    (root / "c.mp4").write_bytes(b"mended")
    assert look(root, "c", known)[0]["s", "c.mp4"].reason is None


def test_a_file_that_cannot_be_read_just_now_has_no_record(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def identity(path: Path) -> str:
        if path.name == "a.mp4":
            raise OSError(5, "Input/output error")
        return "b"

    monkeypatch.setattr(video, "identity", identity)
    records, unread = look(root)
    assert set(records) == {("s", "b.mp4")}
    assert unread == {"a": "a.mp4: Input/output error"}


def test_without_videos_there_is_nothing_to_look_at() -> None:
    records, unread = identified([clip("a")], {"s": None}, {})
    assert records == {("s", "a.mp4"): VideoRecord(source="s", video="a.mp4")}
    assert unread == {}


def test_what_is_known_is_kept_on_disk(root: Path, tmp_path: Path) -> None:
    records, _ = look(root, "abcz")
    write_videos(tmp_path / "videos.parquet", reversed(list(records.values())))
    assert read_videos(tmp_path / "videos.parquet") == records


def test_a_file_that_changes_after_the_look_is_told(root: Path) -> None:
    records, _ = look(root)
    record = records["s", "a.mp4"]
    check_unchanged(root / "a.mp4", record)
    (root / "a.mp4").write_bytes(b"c" * 999)
    with pytest.raises(OSError, match="has changed"):
        check_unchanged(root / "a.mp4", record)
    (root / "a.mp4").unlink()
    with pytest.raises(FileNotFoundError):
        check_unchanged(root / "a.mp4", record)
