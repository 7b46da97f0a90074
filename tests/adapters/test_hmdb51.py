from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Split, UnusableReason

REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "annotations" / "hmdb51"
NAME = "Old_Film_climb_stairs_u_nm_np1_ba_goo_0"


def listed(folder: Path, line: str = f"{NAME}.avi 1 ", name: str = "climb_stairs_test_split1.txt") -> Path:
    (folder / name).write_text(line + "\n", encoding="utf-8")
    return folder / name


def test_one_is_train_two_is_test_and_zero_is_unused(read, data):
    source = read("hmdb51", data / "hmdb51")
    assert Counter(clip.split for clip in source.clips) == {Split.TRAIN: 2, Split.TEST: 2}
    unused = [row for row in source.skipped if row.reason is UnusableReason.UNSUPPORTED_LABEL]
    assert [(row.detail, row.where) for row in unused] == [("unused in split 1", "brush_hair_test_split1.txt:3")]
    assert [row.where for row in source.skipped if row not in unused] == [
        f"brush_hair_test_split1.txt:{line}" for line in (4, 5, 7)
    ]


@pytest.mark.parametrize(
    ("folder", "label"),
    [
        ("climb_stairs", ClassLabel(name="climb stairs", aliases=("climb_stairs",))),
        ("golf", ClassLabel(name="golf")),
        ("situp", ClassLabel(name="sit-up", aliases=("situp",))),
        ("sword", ClassLabel(name="sword fight", aliases=("sword",))),
    ],
)
def test_the_class_is_in_words(read, tmp_path, folder, label):
    assert read("hmdb51", listed(tmp_path, name=f"{folder}_test_split1.txt")).clips[0].labels == (label,)


def test_the_source_is_what_stands_before_the_class_and_the_tags(read, tmp_path):
    assert read("hmdb51", listed(tmp_path)).clips[0].metadata["video_id"] == "Old_Film"
    assert read("hmdb51", listed(tmp_path, "a_b_c_d_e_f_g_h.avi 1")).clips[0].metadata["video_id"] == "a_b_c_d_e_f_g_h"


def test_the_option_chooses_the_split_and_a_missing_one_names_those_there(read, data):
    assert [clip.split for clip in read("hmdb51", data / "hmdb51", split_number=2).clips] == [Split.TEST]
    with pytest.raises(AnnotationError, match="files of split 1, 2") as problem:
        read("hmdb51", data / "hmdb51", split_number=3)
    assert "brush_hair_test_split3.txt" in str(problem.value)
    assert "split_number" in str(problem.value)


def test_a_single_file_is_read_whatever_its_number(read, data):
    clip = read("hmdb51", data / "hmdb51" / "brush_hair_test_split2.txt").clips[0]
    assert clip.metadata["split_number"] == 2


def test_a_file_that_tells_no_class_is_refused(read, data):
    with pytest.raises(AnnotationError, match="tells no class") as problem:
        read("hmdb51", data / "hmdb51" / "class_list.txt")
    assert "brush_hair_test_split1.txt" in str(problem.value)


@pytest.mark.parametrize(
    "place",
    [
        f"climb_stairs/{NAME}.avi",
        f"climb_stairs/{NAME}.mp4",
        f"hmdb51_org/climb_stairs/{NAME}.avi",
        f"videos/climb_stairs/{NAME}.webm",
        f"{NAME}.avi",
    ],
)
def test_finds_the_video_in_every_layout(read, videos, tmp_path, place):
    assert read("hmdb51", listed(tmp_path), videos(place)).clips[0].video == place


def test_the_folder_of_the_archive_may_be_one_below(read, tmp_path):
    (tmp_path / "testTrainMulti_7030_splits").mkdir()
    listed(tmp_path / "testTrainMulti_7030_splits")
    assert len(read("hmdb51", tmp_path).clips) == 1


def test_all_real_classes_get_names_that_differ(read, tmp_path):
    if not REAL.exists():
        pytest.skip("the slices of the real annotations are not beside this checkout")
    classes = (REAL / "label_map.txt").read_text(encoding="utf-8").split()
    for folder in classes:
        listed(tmp_path, f"{folder}.avi 1", f"{folder}_test_split1.txt")
    names = {clip.labels[0].name for clip in read("hmdb51", tmp_path).clips}
    assert len(names) == len(classes) == 51
    assert not any("_" in name for name in names)
