from __future__ import annotations

from pathlib import Path

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, SegmentLabel, SequenceLabel, Split, UnusableReason


def truth(folder: Path, name: str, *words: str) -> Path:
    path = folder / "groundTruth" / f"{name}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(word + "\n" for word in words), encoding="utf-8")
    return path


def test_runs_of_frames_become_steps_and_segments_without_the_background(read, data):
    clip = next(clip for clip in read("breakfast", data / "breakfast").clips if "cam01" in clip.id)
    assert clip.labels[0] == ClassLabel(name="preparing cereals", aliases=("making cereals",))
    assert isinstance(clip.labels[1], SequenceLabel)
    assert clip.labels[1].steps == ("take bowl", "pour cereals", "pour milk", "pour milk")
    assert clip.labels[2:4] == (
        SegmentLabel(name="take bowl", start=0.2, end=0.6),
        SegmentLabel(name="pour cereals", start=0.6, end=1.2),
    )
    assert (clip.start, clip.end, clip.metadata["duration"]) == (None, None, 2.0)


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("pour_cereals", "pour cereals"),
        ("put_egg2plate", "put egg onto plate"),
        ("put_toppingOnTop", "put topping on top"),
        ("put_bunTogether", "put bun together"),
        ("add_saltnpepper", "add salt and pepper"),
        ("pour_tea2cup", "pour tea to cup"),
    ],
)
def test_actions_are_in_words_and_the_spelling_is_an_alias(read, tmp_path, word, words):
    clip = read("breakfast", truth(tmp_path, "P03_cam01_P03_tea", word)).clips[0]
    assert clip.labels[1] == SequenceLabel(steps=(words,), step_aliases=((word,),))


@pytest.mark.parametrize(
    ("activity", "name"),
    [
        ("coffee", "preparing coffee"),
        ("milk", "preparing chocolate milk"),
        ("juice", "preparing orange juice"),
        ("tea", "preparing tea"),
        ("cereals", "preparing cereals"),
        ("friedegg", "preparing fried eggs"),
        ("pancake", "preparing pancakes"),
        ("pancakes", "preparing pancakes"),
        ("salat", "preparing fruit salad"),
        ("sandwich", "preparing a sandwich"),
        ("scrambledegg", "preparing scrambled eggs"),
    ],
)
def test_the_name_of_the_file_tells_what_is_prepared(read, tmp_path, activity, name):
    clip = read("breakfast", truth(tmp_path, f"P03_cam01_P03_{activity}", "SIL")).clips[0]
    assert [label.name for label in clip.labels] == [name]
    assert clip.metadata["activity"] == activity


def test_bundles_tell_the_split_and_a_file_in_none_gives_no_clip(read, data):
    source = read("breakfast", data / "breakfast")
    assert {clip.id.partition("/")[2]: clip.split for clip in source.clips} == {
        "P61_cam01_P61_cereals": Split.TRAIN,
        "P61_cam02_P61_toastedBread": Split.TRAIN,
        "P61_stereo01_P61_cereals": Split.TRAIN,
        "P62_cam02_P62_milk": Split.TEST,
        "P62_webcam02_P62_scrambledegg": Split.TEST,
    }
    assert [row.where for row in source.skipped if row.reason is UnusableReason.UNSUPPORTED_LABEL] == [
        "P63_cam01_P63_coffee.txt:1"
    ]
    other = read("breakfast", data / "breakfast", split_number=2)
    assert {clip.id.partition("/")[2]: clip.split for clip in other.clips} == {
        "P61_cam01_P61_cereals": Split.TEST,
        "P62_cam02_P62_milk": Split.TRAIN,
    }


def test_a_split_without_bundles_lists_those_that_are_there(read, data):
    with pytest.raises(AnnotationError, match="no bundle of split 5") as problem:
        read("breakfast", data / "breakfast", split_number=5)
    assert "train.split1.bundle" in str(problem.value)
    assert "split_number" in str(problem.value)


def test_without_bundles_all_are_of_the_training_split(read, tmp_path):
    truth(tmp_path, "P03_cam01_P03_tea", "pour_water")
    assert read("breakfast", tmp_path).clips[0].split is Split.TRAIN


def test_bad_files_are_rows_with_their_line(read, data):
    malformed = [row for row in read("breakfast", data / "breakfast").skipped if "malformed" in row.reason]
    assert [row.where for row in malformed] == [
        "P62_cam01_P62_juice.txt:1",
        "P62_cam01_P62_salat.txt:6",
        "P62_cam01_P62_tea.txt:7",
        "notes.txt:1",
    ]


def test_a_file_that_is_not_utf8_is_a_malformed_row(read, tmp_path):
    truth(tmp_path, "P03_cam01_P03_tea", "pour_water").write_bytes(b"pour_water\npour_\xff\n")
    assert read("breakfast", tmp_path).skipped[0].reason is UnusableReason.MALFORMED_ROW


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("P03_cam01_P03_tea", "P03/cam01/P03_tea.avi"),
        ("P03_cam01_P03_tea", "BreakfastII_15fps_qvga_sync/P03/cam01/P03_tea.avi"),
        ("P03_cam01_P03_tea", "videos/P03_cam01_P03_tea.mp4"),
        ("P03_cam01_P03_tea", "P03_cam01_P03_tea.avi"),
        ("P03_stereo01_P03_tea", "P03/stereo/P03_tea_ch0.avi"),
        ("P03_stereo01_P03_tea", "P03/stereo/P03_tea_ch1.avi"),
        ("P03_stereo01_P03_tea", "P03_stereo01_P03_tea.avi"),
    ],
)
def test_finds_the_video_in_every_layout(read, videos, tmp_path, name, place):
    assert read("breakfast", truth(tmp_path, name, "pour_water"), videos(place)).clips[0].video == place


def test_a_folder_without_ground_truth_is_an_error(read, tmp_path):
    (tmp_path / "groundTruth").mkdir()
    with pytest.raises(AnnotationError, match="no ground truth"):
        read("breakfast", tmp_path)


def test_a_mapping_of_another_form_is_named_with_the_line(read, tmp_path):
    truth(tmp_path, "P03_cam01_P03_tea", "pour_water")
    (tmp_path / "mapping.txt").write_text("0 SIL\npour_water\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"mapping\.txt:2"):
        read("breakfast", tmp_path)
