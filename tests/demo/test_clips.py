"""Rendering: the same bytes every time, files whole or not at all, and every kind of label in every split."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from label_adapters.jsonl import JsonLines
from vstar_data.demo import render_demo
from vstar_data.demo.clips import ANNOTATIONS, render, scenes_and_clips
from vstar_data.demo.scenes import MOTIONS
from vstar_data.errors import StorageError
from vstar_data.records import Clip, Split, kind_of

FEW = {Split.TRAIN: 4, Split.TEST: 2}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_rendering_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    render(tmp_path / "a", FEW)
    render(tmp_path / "b", FEW)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert len(contents(tmp_path / "a")) == 7


def test_files_that_are_there_are_kept_and_missing_ones_are_made_again(tmp_path: Path) -> None:
    annotations = render(tmp_path, FEW)
    before = contents(tmp_path)
    (tmp_path / "train-001.mp4").unlink()
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    assert render(tmp_path, FEW) == annotations
    assert contents(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir() if path.stat().st_mtime > 1] == ["train-001.mp4"]


def test_videos_of_other_annotations_are_not_kept(tmp_path: Path) -> None:
    render(tmp_path / "a", FEW, seed=1)
    render(tmp_path / "a", FEW, seed=2)
    render(tmp_path / "b", FEW, seed=2)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="file"):
        render(tmp_path / "file" / "videos", FEW)


def test_the_demo_is_read_by_the_plain_adapter(tmp_path: Path) -> None:
    annotations = render_demo(tmp_path / "videos")
    assert annotations == tmp_path / "videos" / ANNOTATIONS
    clips = list(JsonLines().clips(annotations, None))
    assert clips == [clip for _, clip in scenes_and_clips()]
    for clip in clips:
        assert isinstance(clip, Clip)
        assert (tmp_path / "videos" / clip.video).is_file()


@pytest.mark.parametrize("split", list(Split))
def test_every_split_holds_every_motion_and_every_kind(split: Split) -> None:
    clips = [clip for _, clip in scenes_and_clips() if clip.split is split]
    motions = Counter(label.name for clip in clips for label in clip.labels if kind_of(label) == "class")
    assert set(motions) == set(MOTIONS)
    assert len(set(motions.values())) == 1
    kinds = Counter(kind_of(label) for clip in clips for label in clip.labels)
    assert min(kinds[kind] for kind in ("class", "qa", "number", "segment")) >= len(clips) // 4
