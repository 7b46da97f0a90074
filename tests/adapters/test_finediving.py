from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.adapters.small_videos import write_frames, write_video
from vstar_data.adapters import VideoRoot
from vstar_data.errors import AnnotationError, RecipeError
from vstar_data.records import ClassLabel, NumberLabel, SegmentLabel, SequenceLabel, Split, UnusableReason
from vstar_data.video.decode import read_frames
from vstar_data.video.settings import FrameSettings

FINE, COARSE = "FineDiving_fine-grained_annotation.pkl", "FineDiving_coarse_annotation.pkl"
NAMES = {2: "Back", 15: "2.5 Soms.Pike", 31: "1.5 Twists", 36: "Entry", 35: "3.5 Twists"}
KEY = ("InventedOpen2032_Men10m", 4)
PLACE = f"{KEY[0]}/{KEY[1]}"


def dive(labels: list[int], code: str = "5253b", **changes: Any) -> dict[str, Any]:
    names = {np.int64(label): NAMES[label] for label in sorted(set(labels)) if label in NAMES}
    entry = {"action_type": code, "dive_score": 61.2, "difficulty": 3.4, "sub-action_types": names}
    return {**entry, "steps_transit_frames": np.array([-1, 3]), "frames_labels": np.array(labels), **changes}


def annotations(folder: Path, fine: dict[Any, Any], coarse: dict[Any, Any] | None = None, **splits: Any) -> Path:
    folder = folder / "annotations"
    folder.mkdir(exist_ok=True)
    contents = {FINE: fine, COARSE: coarse, "train_split.pkl": list(fine), "test_split.pkl": [], **splits}
    for name, content in contents.items():
        if content is not None:
            (folder / name).write_bytes(pickle.dumps(content, protocol=3))
    return folder


def labels_of(clip: Any, kind: type) -> list[Any]:
    return [label for label in clip.labels if isinstance(label, kind)]


def test_steps_are_in_the_order_of_time_though_their_numbers_are_not(read, tmp_path):
    labels = [2, 2, 31, 31, 31, 15, 15, 36]
    assert labels != sorted(labels)
    clip = read("finediving", annotations(tmp_path, {KEY: dive(labels)})).clips[0]
    (sequence,) = labels_of(clip, SequenceLabel)
    assert sequence.steps == (
        "back take-off",
        "one and a half twists",
        "two and a half somersaults in pike position",
        "entry",
    )
    assert sequence.step_aliases == (("Back",), ("1.5 Twists",), ("2.5 Soms.Pike",), ("Entry",))


def test_repeated_steps_are_kept(read, tmp_path):
    clip = read("finediving", annotations(tmp_path, {KEY: dive([2, 15, 15, 31, 15, 36])})).clips[0]
    (sequence,) = labels_of(clip, SequenceLabel)
    assert [aliases[0] for aliases in sequence.step_aliases] == [
        "Back",
        "2.5 Soms.Pike",
        "1.5 Twists",
        "2.5 Soms.Pike",
        "Entry",
    ]
    assert len(labels_of(clip, SegmentLabel)) == 5


def test_windows_of_steps_come_from_the_frames_not_from_the_list_of_transitions(read, tmp_path):
    clip = read("finediving", annotations(tmp_path, {KEY: dive([2, 2, 31, 31, 31, 15, 36, 36])}), fps=10).clips[0]
    assert [(each.start, each.end) for each in labels_of(clip, SegmentLabel)] == [
        (0, 0.2),
        (0.2, 0.5),
        (0.5, 0.6),
        (0.6, 0.8),
    ]
    assert clip.fps == 10


def test_the_entry_that_is_written_as_a_twist_is_mended_where_the_dive_has_no_such_twist(read, tmp_path):
    fine = {KEY: dive([2, 15, 35], "612b"), (KEY[0], 5): dive([2, 15, 35], "5337d")}
    slip, right = read("finediving", annotations(tmp_path, fine)).clips
    assert labels_of(slip, SequenceLabel)[0].steps[-1] == "entry"
    assert slip.metadata["last_step_as_written"] == "3.5 Twists"
    assert labels_of(right, SequenceLabel)[0].steps[-1] == "three and a half twists"
    assert "last_step_as_written" not in right.metadata


def test_class_score_difficulty_and_metadata(read, data):
    clip = read("finediving", data / "finediving").clips[1]
    name = "back two and a half somersaults with one and a half twists in pike position"
    assert labels_of(clip, ClassLabel) == [ClassLabel(name=name, aliases=("5253b", "5253B"))]
    assert labels_of(clip, NumberLabel) == [
        NumberLabel(name="dive score", value=64.6, minimum=0, maximum=120, tolerance=5),
        NumberLabel(name="degree of difficulty", value=3.4, tolerance=0.05),
    ]
    assert clip.license == "FineDiving agreement: no redistribution"
    assert {key: clip.metadata[key] for key in ("video_id", "dive", "start_frame", "end_frame", "judge_scores")} == {
        "video_id": "InventedCup2031_Women3m_final_r1",
        "dive": 1,
        "start_frame": 601,
        "end_frame": 621,
        "judge_scores": [7.0, 7.5, 8.0],
    }
    assert [type(score) for score in clip.metadata["judge_scores"]] == [float] * 3


def test_a_label_that_cannot_be_used_is_left_out_and_counted(read, data):
    clips = {clip.metadata["dive"]: clip for clip in read("finediving", data / "finediving").clips}
    assert clips[10].metadata["left_out"] == {"class": 1}
    assert clips[11].metadata["left_out"] == {"number": 2, "sequence": 1, "segment": 1}
    assert labels_of(clips[11], SequenceLabel) == []


def test_the_official_splits_and_the_keys_that_are_in_none_or_both(read, data):
    source = read("finediving", data / "finediving")
    assert [clip.metadata["dive"] for clip in source.clips if clip.split is Split.TEST] == [8, 9]
    details = {row.where.rpartition("/")[2]: row for row in source.skipped}
    assert details["12"].detail == "the key is in several splits"
    assert details["13"].detail == "the key is in no split"
    assert details["13"].where == f"{FINE}:03/13"
    assert details["15"].reason is UnusableReason.UNSUPPORTED_LABEL


def test_the_names_of_steps_come_from_the_table_where_the_annotation_has_none(read, data):
    steps = [labels_of(clip, SequenceLabel) for clip in read("finediving", data / "finediving_aqa").clips]
    assert steps[:6] == [labels_of(clip, SequenceLabel) for clip in read("finediving", data / "finediving").clips][:6]


def test_the_coarse_annotation_alone_gives_no_steps(read, tmp_path, data):
    for name in (COARSE, "train_split.pkl", "test_split.pkl"):
        os.link(data / "finediving" / name, tmp_path / name)
    clip = read("finediving", tmp_path).clips[0]
    assert [type(label) for label in clip.labels] == [ClassLabel, NumberLabel, NumberLabel]
    assert clip.metadata["frames"] == 24


@pytest.mark.parametrize(
    "place",
    [
        f"FineDiving/{PLACE}",
        PLACE,
        f"FINADiving_MTL_256s/{PLACE}",
        f"Trimmed_Video_Frames/FINADiving_MTL_256s/{PLACE}",
        f"{KEY[0]}_{KEY[1]}",
        f"{KEY[0]}__{KEY[1]}",
    ],
)
def test_finds_the_frames_of_the_clip_in_every_layout(read, videos, tmp_path, place):
    folder = annotations(tmp_path, {KEY: dive([2, 2, 15, 15, 36])})
    clip = read("finediving", folder, videos(*(f"{place}/{number:05d}.jpg" for number in range(489, 494)))).clips[0]
    assert (clip.video, clip.start, clip.end, clip.fps) == (place, None, None, 12)
    assert len(labels_of(clip, SegmentLabel)) == 3


@pytest.mark.parametrize("place", [f"FineDiving/{PLACE}", f"FineDiving/{KEY[0]}", KEY[0]])
@pytest.mark.parametrize("fps", [12, 25, 29.97])
def test_the_window_is_right_where_a_folder_holds_more_frames_than_the_clip(read, tmp_path, place, fps):
    write_frames(tmp_path / "videos" / place, range(31, 120))
    coarse = {KEY: {"action_type": "5253b", "start_frame": 45, "end_frame": 52}}
    folder = annotations(tmp_path, {KEY: dive([2, 2, 31, 31, 31, 15, 36, 36])}, coarse)
    clip = read("finediving", folder, VideoRoot(tmp_path / "videos"), fps=fps).clips[0]
    assert clip.video == place
    settings = FrameSettings(count=4, max_side=16)
    frames = read_frames(tmp_path / "videos" / place, start=clip.start, end=clip.end, fps=clip.fps, settings=settings)
    assert [index + 31 for index in frames.indices] == [46, 48, 50, 52]
    inside = [number for index, number in enumerate(range(31, 120)) if clip.start <= index / fps < clip.end]
    assert inside == list(range(45, 53))
    assert labels_of(clip, SegmentLabel)[-1].end == pytest.approx(clip.end - clip.start, abs=2e-6)


def test_segments_are_left_out_where_nobody_knows_which_frames_are_meant(read, videos, tmp_path):
    folder = annotations(tmp_path, {KEY: dive([2, 2, 15, 36])})
    clip = read("finediving", folder, videos(*(f"{PLACE}/{number:05d}.jpg" for number in range(9)))).clips[0]
    assert (clip.start, clip.end, clip.fps) == (None, None, 12)
    assert labels_of(clip, SegmentLabel) == []
    assert clip.metadata["left_out"] == {"segment": 3}


@pytest.mark.parametrize("place", [f"{KEY[0]}_{KEY[1]}.mp4", f"FineDiving/{PLACE}.mp4", f"{PLACE}.avi"])
def test_windows_of_steps_in_a_file_come_from_its_length(read, tmp_path, place):
    write_video(tmp_path / "videos" / place, frames=8, rate=4)
    folder = annotations(tmp_path, {KEY: dive([2, 2, 31, 31, 31, 15, 36, 36])})
    clip = read("finediving", folder, VideoRoot(tmp_path / "videos")).clips[0]
    assert (clip.video, clip.start, clip.end, clip.fps) == (place, None, None, None)
    assert [each.end for each in labels_of(clip, SegmentLabel)] == [0.5, 1.25, 1.5, 2.0]


def test_a_file_that_cannot_be_read_costs_the_segments_alone(read, videos, tmp_path):
    clip = read("finediving", annotations(tmp_path, {KEY: dive([2, 15, 36])}), videos(f"{PLACE}.mp4")).clips[0]
    assert clip.metadata["left_out"] == {"segment": 3}
    assert labels_of(clip, SequenceLabel)


def test_a_missing_video_gives_a_clip_with_the_usual_path(read, videos, tmp_path):
    clip = read("finediving", annotations(tmp_path, {KEY: dive([2, 15, 36])}), videos(f"{KEY[0]}.mp4")).clips[0]
    assert (clip.video, clip.fps) == (f"FineDiving/{PLACE}", 12)


def test_a_folder_without_annotations_or_splits_says_what_is_needed(read, tmp_path):
    with pytest.raises(AnnotationError) as problem:
        read("finediving", tmp_path)
    for part in (str(tmp_path), FINE, "an empty folder", "signed agreement"):
        assert part in str(problem.value)
    folder = annotations(tmp_path, {KEY: dive([2, 15, 36])}, **{"test_split.pkl": None})
    with pytest.raises(AnnotationError, match="A split is not there") as problem:
        read("finediving", folder)
    assert "test_split.pkl" in str(problem.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (FINE, [1], "The pickle holds no dives"),
        (FINE, {}, "an empty dict"),
        ("train_split.pkl", {KEY: 1}, "The pickle is no split"),
        ("train_split.pkl", [KEY, 4], "The split has a bad key"),
    ],
)
def test_a_pickle_of_another_form_is_named(read, tmp_path, name, content, message):
    folder = annotations(tmp_path, {KEY: dive([2, 15, 36])})
    (folder / name).write_bytes(pickle.dumps(content, protocol=3))
    with pytest.raises(AnnotationError, match=message) as problem:
        read("finediving", folder)
    assert name in str(problem.value)


class Runs:
    def __reduce__(self) -> Any:
        return os.mkdir, ("ran",)


@pytest.mark.parametrize("name", [FINE, COARSE, "train_split.pkl", "Sub_action_Types_Table.pkl"])
def test_no_pickle_of_the_dataset_runs_code(read, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    folder = annotations(tmp_path, {KEY: dive([2, 15, 36])})
    (folder / name).write_bytes(pickle.dumps({KEY: Runs()}))
    with pytest.raises(AnnotationError, match="more than plain data") as problem:
        read("finediving", folder)
    assert name in str(problem.value)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("fps", [0, -1, "fast"])
def test_a_bad_frame_rate_is_an_error_of_the_recipe(read, data, fps):
    with pytest.raises(RecipeError, match="fps"):
        read("finediving", data / "finediving", fps=fps)
