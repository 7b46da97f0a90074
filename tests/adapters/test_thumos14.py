from __future__ import annotations

import json

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, SegmentLabel, Split, UnusableReason

VIDEO = "video_validation_0000901"


def class_file(folder, name, *lines):
    (folder / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def test_a_video_is_put_together_from_the_files_of_all_classes(read, data):
    source = read("thumos14", data / "thumos14")
    clip = next(clip for clip in source.clips if clip.id.endswith(VIDEO))
    assert clip.labels == (
        ClassLabel(name="cliff diving", aliases=("CliffDiving",)),
        ClassLabel(name="diving", aliases=("Diving",)),
        SegmentLabel(name="cliff diving", start=0.2, end=1.1),
        SegmentLabel(name="diving", start=0.2, end=1.1),
        SegmentLabel(name="cliff diving", start=11.5, end=12.0),
        SegmentLabel(name="diving", start=11.5, end=12.0),
    )
    assert clip.metadata["left_out"] == {"duplicate": 1}
    assert {clip.split for clip in source.clips} == {Split.VALIDATION, Split.TEST}


def test_ambiguous_stretches_are_counted_and_alone_give_no_clip(read, data):
    source = read("thumos14", data / "thumos14")
    clip = next(clip for clip in source.clips if clip.id.endswith("0902"))
    assert clip.metadata["left_out"]["ambiguous"] == 1
    row = next(row for row in source.skipped if row.video == "video_validation_0000904")
    assert (row.reason, "ambiguous" in row.detail) == (UnusableReason.UNSUPPORTED_LABEL, True)


def test_one_class_may_be_read_alone(read, data):
    source = read("thumos14", data / "thumos14" / "validation" / "CliffDiving_val.txt")
    assert [len(clip.labels) for clip in source.clips] == [3, 2]


@pytest.mark.parametrize(
    ("published", "words"),
    [("CleanAndJerk", "clean and jerk"), ("Shotput", "shot put"), ("VolleyballSpiking", "volleyball spiking")],
)
def test_classes_are_put_into_words(read, tmp_path, published, words):
    class_file(tmp_path, f"{published}_test.txt", "video_test_0000004  3.0 4.5")
    assert read("thumos14", tmp_path).clips[0].labels[0] == ClassLabel(name=words, aliases=(published,))


def test_the_length_cuts_ends_where_the_file_tells_it(read, data):
    clip = read("thumos14", data / "thumos14_json" / "thumos14.json").clips[0]
    assert clip.labels[-1] == SegmentLabel(name="clean and jerk", start=12.5, end=40.2)


def test_the_text_files_tell_no_length_to_cut_at(read, tmp_path):
    class_file(tmp_path, "Diving_val.txt", f"{VIDEO} 0.5 900.0")
    clip = read("thumos14", tmp_path).clips[0]
    assert clip.labels[-1].end == 900
    assert "duration" not in clip.metadata


def test_the_object_without_database_and_parallel_lists_are_read(read, tmp_path):
    path = tmp_path / "thumos14.json"
    one = {"subset": "Validation", "duration": 9.0, "annotations": [{"segment": [1, 2], "label": "Diving"}]}
    two = {"duration": 9.0, "segments": [[1, 2]], "labels": ["Diving"]}
    path.write_text(json.dumps({VIDEO: one, "video_test_0000004": two}), encoding="utf-8")
    first, second = read("thumos14", path).clips
    assert first.labels == second.labels
    assert (first.split, second.split) == (Split.VALIDATION, Split.TEST)


@pytest.mark.parametrize("folder", ["", "videos/", "validation/", "videos/val/"])
def test_finds_the_video_in_every_layout(read, videos, tmp_path, folder):
    class_file(tmp_path, "Diving_val.txt", f"{VIDEO} 0.5 9.0")
    assert read("thumos14", tmp_path, videos(f"{folder}{VIDEO}.mp4")).clips[0].video == f"{folder}{VIDEO}.mp4"


def test_wrong_files_are_errors(read, tmp_path):
    class_file(tmp_path, "Diving.txt", f"{VIDEO} 0.5 9.0")
    with pytest.raises(AnnotationError, match="does not tell the class") as problem:
        read("thumos14", tmp_path / "Diving.txt")
    assert "BaseballPitch_val.txt" in str(problem.value)
    with pytest.raises(AnnotationError, match="no annotation file"):
        read("thumos14", tmp_path)
    class_file(tmp_path, "Diving_val.txt")
    with pytest.raises(AnnotationError, match="no lines"):
        read("thumos14", tmp_path)
