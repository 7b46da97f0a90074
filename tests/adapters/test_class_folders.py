from __future__ import annotations

import pytest

from vstar_data.adapters import VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Split, UnusableReason


def test_the_folder_is_the_label(read, videos):
    root = videos("playing_guitar/b.mp4", "playing_guitar/a.webm", "rowing/c.avi", "rowing/notes.txt")
    source = read("table", root.root)
    assert [clip.id for clip in source.clips] == [
        "table/playing_guitar/a.webm",
        "table/playing_guitar/b.mp4",
        "table/rowing/c.avi",
    ]
    assert source.clips[0].labels == (ClassLabel(name="playing guitar", aliases=("playing_guitar",)),)
    assert source.clips[2].labels == (ClassLabel(name="rowing"),)
    assert source.clips[0].video == "playing_guitar/a.webm"
    assert not source.skipped


def test_split_folders_above_the_classes_tell_the_split(read, videos):
    root = videos("train/rowing/a.mp4", "val/rowing/b.mp4", "test/rowing/c.mp4")
    splits = {clip.video: clip.split for clip in read("table", root.root).clips}
    assert splits == {
        "train/rowing/a.mp4": Split.TRAIN,
        "val/rowing/b.mp4": Split.VALIDATION,
        "test/rowing/c.mp4": Split.TEST,
    }


def test_a_video_elsewhere_is_skipped(read, videos):
    root = videos("loose.mp4", "rowing/a.mp4", "rowing/deep/er/b.mp4", "other/rowing/c.mp4")
    source = read("table", root.root)
    assert [clip.video for clip in source.clips] == ["rowing/a.mp4"]
    assert sorted(skip.where for skip in source.skipped) == ["loose.mp4", "other/rowing/c.mp4", "rowing/deep/er/b.mp4"]
    assert {skip.reason for skip in source.skipped} == {UnusableReason.UNSUPPORTED_LABEL}


def test_paths_start_from_the_video_root(read, videos):
    root = videos("data/ucf/rowing/a.mp4")
    assert read("table", root.root / "data" / "ucf", root).clips[0].video == "data/ucf/rowing/a.mp4"
    own = VideoRoot(root.root / "data" / "ucf")
    assert read("table", root.root / "data" / "ucf", own).clips[0].video == "rowing/a.mp4"


def test_a_folder_without_videos_and_a_folder_with_columns_are_errors(read, videos):
    root = videos("rowing/notes.txt")
    with pytest.raises(AnnotationError, match="holds no videos"):
        read("table", root.root)
    with pytest.raises(AnnotationError, match="has no columns"):
        read("table", root.root, columns={"class": "label"})


def test_folders_that_are_all_splits_are_no_classes(read, videos):
    root = videos("train/pouring/1.mp4", "test/2.mp4")
    source = read("table", root.root, root)
    assert [(clip.video, clip.labels[0].name) for clip in source.clips] == [("train/pouring/1.mp4", "pouring")]
    assert [row.video for row in source.skipped] == ["test/2.mp4"]


def test_among_other_classes_a_split_s_name_is_a_class(read, videos):
    root = videos("train/1.mp4", "bus/2.mp4")
    assert {clip.labels[0].name for clip in read("table", root.root, root).clips} == {"train", "bus"}
