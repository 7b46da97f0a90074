from __future__ import annotations

import pytest

from vstar_data.adapters import find_adapter
from vstar_data.errors import AnnotationError

CHARADES = "star/Charades_v1_480/"


@pytest.fixture
def clips(read, data):
    return {clip.id.partition("/")[2]: clip for clip in read("mvbench", data / "mvbench").clips}


def test_it_is_a_benchmark_and_was_never_run_on_the_real_files():
    adapter = find_adapter("mvbench")
    assert (adapter.benchmark, adapter.experimental) == (True, True)


def test_the_folder_above_json_the_folder_and_a_file_of_it_are_read(read, data):
    above = read("mvbench", data / "mvbench").rows
    assert read("mvbench", data / "mvbench" / "json").rows == above
    assert read("mvbench", data / "mvbench" / "json" / "action_antonym.json").rows == above[:1]


def test_the_clip_is_the_window_in_the_tasks_that_have_one(clips):
    assert (clips["object_interaction/0"].start, clips["object_interaction/0"].end) == (2.5, 7.5)
    assert (clips["object_interaction/3"].start, clips["object_interaction/3"].end) == (1, 4.5)
    assert clips["action_antonym/0"].start is None


def test_the_accurate_window_serves_where_start_is_end(clips):
    assert (clips["object_interaction/1"].start, clips["object_interaction/1"].end) == (0, 8)


def test_a_file_that_is_named_by_its_window_is_the_clip(clips):
    clip = clips["object_interaction/2"]
    assert (clip.start, clip.end) == (None, None)
    assert clip.metadata["video_id"] == "QQ01Z"
    assert (clip.metadata["time_start"], clip.metadata["time_end"]) == (21.4, 37.6)


def test_frames_have_a_rate(clips):
    clip = clips["episodic_reasoning/0"]
    assert (clip.video, clip.fps) == ("tvqa/frames_fps3_hq/show_s01e01_seg02_clip_00", 3)
    assert clips["moving_count/0"].fps is None


def test_numbers_are_answers(clips):
    assert (clips["moving_count/0"].labels[0].answer, clips["moving_count/0"].labels[0].choices) == (
        "2",
        ("0", "1", "2"),
    )


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("object_interaction/0", f"{CHARADES}QQ00Z.mp4"),
        ("object_interaction/0", f"video/{CHARADES}QQ00Z.mp4"),
        ("object_interaction/0", f"video/data0613/{CHARADES}QQ00Z.mp4"),
        ("action_antonym/0", "ssv2_video/990001.webm"),
        ("action_antonym/0", "video/ssv2_video_mp4/990001.mp4"),
        ("fine_grained_pose/0", "nturgbd/S099C001P001R001A014_rgb.avi"),
        ("fine_grained_pose/0", "nturgbd_convert/S099C001P001R001A014_rgb.mp4"),
        ("moving_count/0", "clevrer/video_validation/video_90002.mp4"),
    ],
)
def test_finds_the_video_in_every_layout(read, data, videos, row, place):
    found = {clip.id: clip.video for clip in read("mvbench", data / "mvbench", videos(place)).clips}
    assert found[f"mvbench/{row}"] == place


def test_finds_a_folder_of_frames(read, data, videos):
    root = videos("video/tvqa/frames_fps3_hq/show_s01e01_seg02_clip_00/00001.jpg")
    clip = read("mvbench", data / "mvbench", root).clips[1]
    assert (clip.video, clip.fps) == ("video/tvqa/frames_fps3_hq/show_s01e01_seg02_clip_00", 3)


def test_a_file_that_was_cut_to_the_window_is_the_clip(read, data, videos):
    names = [
        "star/Charades_segment/QQ00Z_2.5_7.5.mp4",
        "tvqa/video_fps3_hq_segment/show_s01e01_seg02_clip_00_5.64_11.07.mp4",
    ]
    found = {clip.video: clip for clip in read("mvbench", data / "mvbench", videos(*names)).clips}
    for name, window in zip(names, [(2.5, 7.5), (5.64, 11.07)], strict=True):
        clip = found[name]
        assert (clip.start, clip.end, clip.fps) == (None, None, None)
        assert (clip.metadata["time_start"], clip.metadata["time_end"]) == window


def test_a_file_of_no_task_is_named(read, data, tmp_path):
    with pytest.raises(AnnotationError, match="not that of a task") as problem:
        read("mvbench", data / "mvbench" / "json" / "notes.json")
    assert "episodic_reasoning" in str(problem.value)
    with pytest.raises(AnnotationError, match="holds no questions"):
        read("mvbench", tmp_path)
