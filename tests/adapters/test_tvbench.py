from __future__ import annotations

import json

import pytest

from vstar_data.adapters import find_adapter
from vstar_data.errors import AnnotationError
from vstar_data.records import UnusableReason


@pytest.fixture
def clips(read, data):
    return {clip.id.partition("/")[2]: clip for clip in read("tvbench", data / "tvbench" / "TVBench.jsonl").clips}


def test_options_are_taken_off_the_question_and_the_letter_is_looked_up(clips):
    assert find_adapter("tvbench").benchmark
    label = clips["action_antonym/0"].labels[0]
    assert label.question == "What is the action being performed in the video?"
    assert (label.answer, label.choices) == ("Take off a coat.", ("Put on a coat.", "Take off a coat."))


def test_an_option_may_go_on_in_the_next_line_and_come_twice(clips):
    assert clips["scene_transition/2258"].labels[0].answer == "From the creek to the stairs."
    assert len(clips["egocentric_sequence/1453"].labels[0].choices) == 3


def test_a_window_is_that_of_the_clip(clips):
    assert (clips["action_localization/857"].start, clips["action_localization/857"].end) == (3.5, 12.25)
    assert (clips["egocentric_sequence/1453"].start, clips["egocentric_sequence/1453"].end) == (2, None)
    assert clips["action_antonym/0"].start is None


@pytest.mark.parametrize(
    ("row", "source", "dataset"),
    [
        ("action_antonym/0", "S099C001P001R001A014", "NTU RGB+D"),
        ("action_count/321", "video_90001", "Perception Test"),
        ("unexpected_action/2443", "C_KT_99", "FunQA"),
        ("9000", "video_1", None),
    ],
)
def test_the_source_video_is_named_with_its_dataset(clips, row, source, dataset):
    assert (clips[row].metadata["video_id"], clips[row].metadata.get("video_dataset")) == (source, dataset)


def test_a_question_without_a_reference_is_unsupported(read, data):
    skipped = read("tvbench", data / "tvbench" / "TVBench.jsonl").skipped
    unsupported = [row.where for row in skipped if row.reason is UnusableReason.UNSUPPORTED_LABEL]
    assert unsupported == ["TVBench.jsonl:9"]


def test_the_files_of_the_home_page_are_read_with_their_windows(read, data):
    first, second = read("tvbench", data / "tvbench_json").clips
    assert (first.start, first.labels[0].answer) == (None, "3")
    assert (second.video, second.start, second.end) == ("action_sequence/QQ00Z.mp4", 4.1, 19.6)


@pytest.mark.parametrize("root", ["", "video/", "videos/"])
def test_finds_the_video(read, data, videos, root):
    place = f"{root}action_antonym/S099C001P001R001A014_rgb.avi"
    assert read("tvbench", data / "tvbench" / "TVBench.jsonl", videos(place)).clips[0].video == place
    place = f"{root}action_count/video_90001.mp4"
    assert read("tvbench", data / "tvbench_json", videos(place)).clips[0].video == place


def test_a_file_that_is_none_of_these_is_named(read, tmp_path):
    (tmp_path / "TVBench.jsonl").write_text("\n\n")
    with pytest.raises(AnnotationError, match="holds no questions"):
        read("tvbench", tmp_path / "TVBench.jsonl")
    (tmp_path / "results.json").write_text(json.dumps([]))
    with pytest.raises(AnnotationError, match="not that of a task") as problem:
        read("tvbench", tmp_path / "results.json")
    assert "action_antonym, action_count" in str(problem.value)
    with pytest.raises(AnnotationError, match="holds no questions"):
        read("tvbench", tmp_path)
