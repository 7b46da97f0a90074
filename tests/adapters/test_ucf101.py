from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Split


def listed(folder: Path, *lines: str, name: str = "testlist01.txt") -> Path:
    (folder / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return folder / name


def test_lists_tell_the_split_and_bad_lines_are_malformed(read, data):
    source = read("ucf101", data / "ucf101")
    assert Counter(clip.split for clip in source.clips) == {Split.TRAIN: 3, Split.TEST: 2}
    assert [row.where for row in source.skipped] == [f"trainlist01.txt:{line}" for line in (4, 5, 6, 7)]
    assert "YoYo is 3" in source.skipped[0].detail
    assert source.clips[0].metadata["video_id"] == "ApplyEyeMakeup_g28_c01"


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("ApplyEyeMakeup", "apply eye makeup"),
        ("BoxingPunchingBag", "boxing punching bag"),
        ("HandstandPushups", "handstand push-ups"),
        ("HandStandPushups", "handstand push-ups"),
        ("TaiChi", "tai chi"),
        ("YoYo", "yo-yo"),
        ("Archery", "archery"),
    ],
)
def test_the_class_is_split_into_words(read, tmp_path, folder, name):
    clip = read("ucf101", listed(tmp_path, f"{folder}/v_{folder}_g01_c01.avi")).clips[0]
    assert clip.labels == (ClassLabel(name=name, aliases=(folder,)),)


@pytest.mark.parametrize(
    "place",
    [
        "UCF-101/YoYo/v_YoYo_g01_c01.avi",
        "YoYo/v_YoYo_g01_c01.avi",
        "YoYo/v_YoYo_g01_c01.mp4",
        "videos/YoYo/v_YoYo_g01_c01.avi",
        "test/YoYo/v_YoYo_g01_c01.avi",
        "v_YoYo_g01_c01.avi",
    ],
)
def test_finds_the_video_in_every_layout(read, videos, tmp_path, place):
    assert read("ucf101", listed(tmp_path, "YoYo/v_YoYo_g01_c01.avi"), videos(place)).clips[0].video == place


@pytest.mark.parametrize("listed_folder", ["HandstandPushups", "HandStandPushups"])
@pytest.mark.parametrize("folder", ["HandstandPushups", "HandStandPushups"])
@pytest.mark.parametrize("file", ["HandstandPushups", "HandStandPushups"])
def test_finds_handstand_pushups_with_either_capital(read, videos, tmp_path, listed_folder, folder, file):
    place = f"UCF-101/{folder}/v_{file}_g01_c01.avi"
    path = listed(tmp_path, f"{listed_folder}/v_HandStandPushups_g01_c01.avi")
    assert read("ucf101", path, videos(place)).clips[0].video == place


def test_the_option_chooses_the_split_and_a_missing_one_names_the_lists_there(read, data):
    assert len(read("ucf101", data / "ucf101", split_number=2).clips) == 1
    with pytest.raises(AnnotationError, match="no lists of split 3") as problem:
        read("ucf101", data / "ucf101", split_number=3)
    assert "trainlist02.txt" in str(problem.value)
    assert "split_number" in str(problem.value)


def test_a_list_whose_name_tells_no_split_is_refused(read, data):
    with pytest.raises(AnnotationError, match="tells no split"):
        read("ucf101", data / "ucf101" / "classInd.txt")


def test_a_list_of_classes_of_another_form_is_named_with_the_line(read, tmp_path):
    path = listed(tmp_path, "YoYo/v_YoYo_g01_c01.avi")
    listed(tmp_path, "1 YoYo", "TaiChi", name="classInd.txt")
    with pytest.raises(AnnotationError, match=r"classInd\.txt:2"):
        read("ucf101", path)
