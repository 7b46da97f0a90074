from __future__ import annotations

import os
from pathlib import Path

import pytest

from vstar_data.adapters import VideoRoot
from vstar_data.errors import UnusableClipError, UsageError


def reason(root: VideoRoot, video: str) -> str:
    with pytest.raises(UnusableClipError) as problem:
        root.path(video)
    return problem.value.reason


def test_finds_the_first_candidate_that_exists(videos):
    root = videos("b/clip.mp4", "c/clip.webm")
    assert root.find("a/clip", "c/clip", "b/clip") == "c/clip.webm"
    assert root.find("b/clip.mp4") == "b/clip.mp4"
    assert root.find("a/clip", "clip") is None
    assert root.find() is None


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".webm", ".avi", ".mov", ".mpg", ".m4v", ".MP4"])
def test_completes_the_suffix(videos, suffix):
    assert videos(f"x/one.two{suffix}").find("x/one.two") == f"x/one.two{suffix}"


def test_names_are_compared_case_by_case(videos):
    root = videos("Clip.mp4")
    assert root.find("clip.mp4", "clip", "CLIP") is None
    assert root.find("Clip") == "Clip.mp4"


def test_a_folder_of_frames_is_a_video_and_another_folder_is_not(videos):
    root = videos("frames/a1/00001.jpg", "notes/readme.txt")
    assert root.find("frames/a1") == "frames/a1"
    assert root.path("frames/a1").is_dir()
    assert root.find("notes", "frames") is None
    assert reason(root, "notes") == "no_frames"


def test_a_candidate_may_be_written_with_dots_or_from_the_root_of_the_disk(videos):
    root = videos("a/clip.mp4")
    assert root.find("./a/clip.mp4") == "a/clip.mp4"
    assert root.find("b/../a//clip.mp4") == "a/clip.mp4"
    assert root.find(str(root.root / "a" / "clip.mp4")) == "a/clip.mp4"
    assert root.find("../videos/a/clip.mp4") is None


def test_the_folder_is_scanned_once(videos):
    root = videos("a.mp4")
    assert root.find("a") == "a.mp4"
    (root.root / "b.mp4").write_bytes(b"x")
    assert root.find("b") is None


def test_resolves_a_video(videos):
    root = videos("a/clip.mp4")
    assert root.path("a/clip.mp4") == root.root / "a" / "clip.mp4"
    assert root.path("b/../a/clip.mp4").samefile(root.root / "a" / "clip.mp4")


@pytest.mark.parametrize("video", ["../outside.mp4", "a/../../outside.mp4", "..", "/etc/hostname"])
def test_a_path_that_climbs_out_is_outside_even_where_links_may_leave(videos, video):
    root = videos("a/clip.mp4", follow_links=True)
    (root.root.parent / "outside.mp4").write_bytes(b"x")
    assert reason(root, video) == "outside_root"


@pytest.mark.parametrize("video", ["absent.mp4", "clip.mp4/more.mp4", "a\0b.mp4", "x" * 5000, "\udc80\ud800.mp4"])
def test_what_is_not_there_is_missing(videos, video):
    assert reason(videos("clip.mp4"), video) == "missing"


def test_zero_bytes_are_empty(videos):
    root = videos("clip.mp4")
    (root.root / "clip.mp4").write_bytes(b"")
    assert reason(root, "clip.mp4") == "empty"


def test_a_pipe_is_no_video(videos):
    root = videos("clip.mp4")
    os.mkfifo(root.root / "pipe.mp4")
    assert reason(root, "pipe.mp4") == "not_a_video"


def linked(videos, tmp_path: Path, *, follow_links: bool) -> VideoRoot:
    root = videos("inside/clip.mp4", follow_links=follow_links)
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "far.mp4").write_bytes(b"x")
    (root.root / "folder").symlink_to(outside)
    (root.root / "file.mp4").symlink_to(outside / "far.mp4")
    (root.root / "near").symlink_to(root.root / "inside")
    (root.root / "inside" / "loop").symlink_to(root.root)
    (root.root / "circle.mp4").symlink_to(root.root / "circle.mp4")
    (root.root / "broken.mp4").symlink_to(outside / "absent.mp4")
    return root


def test_links_that_leave_are_found_but_not_followed(videos, tmp_path):
    root = linked(videos, tmp_path, follow_links=False)
    assert root.find("file") == "file.mp4"
    assert reason(root, "file.mp4") == "outside_root"
    assert root.find("folder/far") == "folder/far.mp4"
    assert reason(root, "folder/far.mp4") == "outside_root"
    assert root.find("folder") == "folder"
    assert reason(root, "folder") == "outside_root"
    assert reason(root, "broken.mp4") == "outside_root"


def test_links_that_stay_are_followed_and_loops_end(videos, tmp_path):
    root = linked(videos, tmp_path, follow_links=False)
    assert root.find("near/clip") == "near/clip.mp4"
    assert root.path("near/clip.mp4").is_file()
    assert root.find("inside/clip") == "inside/clip.mp4"
    assert reason(root, "circle.mp4") == "missing"


def test_links_that_leave_are_followed_when_allowed(videos, tmp_path):
    root = linked(videos, tmp_path, follow_links=True)
    assert root.find("folder/far") == "folder/far.mp4"
    assert root.path("folder/far.mp4").is_file()
    assert root.path("file.mp4").is_file()
    assert reason(root, "broken.mp4") == "missing"


def test_a_root_that_is_a_link_is_the_root(videos, tmp_path):
    videos("clip.mp4")
    (tmp_path / "link").symlink_to(tmp_path / "videos")
    root = VideoRoot(tmp_path / "link")
    assert root.find("clip") == "clip.mp4"
    assert root.path("clip.mp4").is_file()


@pytest.mark.parametrize("name", ["absent", "file"])
def test_a_root_that_is_no_folder_is_an_error(tmp_path, name):
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(UsageError, match="not there"):
        VideoRoot(tmp_path / name)
