from __future__ import annotations

import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.small_videos import write_frames, write_video
from vstar_data.adapters import VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, ClassLabel, NumberLabel, Split, UnusableReason
from vstar_data.video.decode import read_frames
from vstar_data.video.settings import FrameSettings

KEY = (7, 12)


def annotations(folder: Path, **changes: Any) -> Path:
    folder = folder / "annotations"
    folder.mkdir(exist_ok=True)
    entry = {
        "start_frame": 20,
        "end_frame": 28,
        "position": 1,
        "armstand": 0,
        "rotation_type": 0,
        "ss_no": 5,
        "tw_no": 3,
    }
    entry |= {"primary_view": 0, "difficulty": 3.2, "final_score": 70.4, **changes}
    contents = {"final_annotations_dict": {KEY: entry}, "train_split_0": [KEY], "test_split_0": []}
    for name, content in contents.items():
        (folder / f"{name}.pkl").write_bytes(pickle.dumps(content, protocol=3))
    return folder


def test_reads_class_score_difficulty_and_commentary(read, data):
    source = read("mtl_aqa", data / "mtl_aqa")
    assert source.clips[0].labels == (
        ClassLabel(name="inward three and a half somersaults in tuck position", aliases=("407c", "407C")),
        NumberLabel(name="dive score", value=81.6, minimum=0, maximum=120, tolerance=5),
        NumberLabel(name="degree of difficulty", value=3.2, tolerance=0.05),
        CaptionLabel(text="a tidy start and it's in"),
    )
    assert [clip.id for clip in source.clips if clip.split is Split.TEST] == ["mtl_aqa/1/2"]
    assert [row.reason for row in source.skipped].count(UnusableReason.MALFORMED_ROW) == 5


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"position": 0, "ss_no": 0, "tw_no": 0, "rotation_type": 3}, "reverse dive in straight position"),
        ({"position": 0, "ss_no": 3, "tw_no": 1}, "back one and a half somersaults with half a twist in free position"),
        ({"armstand": 1, "ss_no": 6, "tw_no": 0, "position": 2}, "armstand back three somersaults in tuck position"),
        (
            {"rotation_type": 1, "ss_no": 9, "tw_no": 0, "position": 2},
            "forward four and a half somersaults in tuck position",
        ),
        ({"dive_number": "5152B"}, "forward two and a half somersaults with one twist in pike position"),
    ],
)
def test_the_dive_is_built_from_its_parts_or_from_its_number(read, tmp_path, parts, name):
    assert read("mtl_aqa", annotations(tmp_path, **parts)).clips[0].labels[0].name == name


@pytest.mark.parametrize(
    "parts", [{"position": 4}, {"rotation_type": -1}, {"armstand": 2}, {"ss_no": 40}, {"tw_no": None}]
)
def test_parts_that_are_no_dive_leave_the_class_out(read, tmp_path, parts):
    clip = read("mtl_aqa", annotations(tmp_path, **parts)).clips[0]
    assert clip.metadata["left_out"] == {"class": 1}
    assert not any(isinstance(label, ClassLabel) for label in clip.labels)


@pytest.mark.parametrize("place", ["whole_videos_frames/07", "new/new_total_frames_256s/07", "07"])
@pytest.mark.parametrize(("first", "fps"), [(1, 25), (1, 29.97), (15, 25)])
def test_the_window_among_the_frames_of_an_event(read, tmp_path, place, first, fps):
    write_frames(tmp_path / "videos" / place, range(first, 60), "{:06d}.jpg")
    clip = read("mtl_aqa", annotations(tmp_path), VideoRoot(tmp_path / "videos"), fps=fps).clips[0]
    assert (clip.video, clip.fps) == (place, fps)
    settings = FrameSettings(count=4, max_side=16)
    frames = read_frames(tmp_path / "videos" / place, start=clip.start, end=clip.end, fps=clip.fps, settings=settings)
    assert [index + first for index in frames.indices] == [22, 24, 26, 28]
    inside = [number for index, number in enumerate(range(first, 60)) if clip.start <= index / fps < clip.end]
    assert inside == list(range(21, 29))


def test_the_window_in_the_video_of_an_event_is_at_its_own_rate(read, tmp_path):
    write_video(tmp_path / "videos" / "whole_videos" / "07.mp4", frames=40, rate=10)
    clip = read("mtl_aqa", annotations(tmp_path), VideoRoot(tmp_path / "videos")).clips[0]
    assert (clip.video, clip.start, clip.end, clip.fps) == ("whole_videos/07.mp4", 2.0, 2.8, None)


def test_a_video_of_an_event_that_cannot_be_read_gives_no_clip(read, videos, tmp_path):
    source = read("mtl_aqa", annotations(tmp_path), videos("whole_videos/07.mp4"))
    assert [(row.reason, row.where) for row in source.skipped] == [
        (UnusableReason.NOT_A_VIDEO, "final_annotations_dict.pkl:7/12")
    ]


@pytest.mark.parametrize("place", ["07/12/00021.jpg", "FINADiving_MTL_256s/07/12/00021.jpg", "07_12.mp4", "7_12.mp4"])
def test_a_dive_that_is_cut_out_is_the_clip(read, videos, tmp_path, place):
    clip = read("mtl_aqa", annotations(tmp_path), videos(place)).clips[0]
    assert clip.video == place.removesuffix("/00021.jpg")
    assert (clip.start, clip.end, clip.fps) == (None, None, None if place.endswith(".mp4") else 25)


def test_a_folder_that_lacks_a_file_says_what_is_needed(read, tmp_path, data):
    with pytest.raises(AnnotationError, match="no annotations of MTL-AQA") as problem:
        read("mtl_aqa", tmp_path)
    assert "final_annotations_dict.pkl" in str(problem.value)
    shutil.copy(data / "mtl_aqa" / "final_annotations_dict.pkl", tmp_path)
    with pytest.raises(AnnotationError, match="A split is not there") as problem:
        read("mtl_aqa", tmp_path)
    assert "train_split_0.pkl" in str(problem.value)
