from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, ClassLabel, Split, UnusableReason

HEADER = "narration_id,participant_id,video_id,start_timestamp,stop_timestamp,narration,verb,noun\n"


def table(folder: Path, *rows: str, header: str = HEADER, name: str = "EPIC_100_train.csv") -> Path:
    (folder / name).write_text(header + "".join(row + "\n" for row in rows), encoding="utf-8")
    return folder / name


def row(start: str = "00:00:01.50", stop: str = "00:00:02.00", verb: str = "take", noun: str = "cup") -> str:
    return f"P01_11_0,P01,P01_11,{start},{stop},take the cup,{verb},{noun}"


def test_a_line_is_a_window_of_the_video_with_verb_and_noun(read, tmp_path):
    clip = read("epic_kitchens", table(tmp_path, row("01:02:03.45", "01:02:04.5"))).clips[0]
    assert (clip.id, clip.start, clip.end) == ("epic_kitchens/P01_11_0", 3723.45, 3724.5)
    assert clip.labels == (ClassLabel(name="take cup"), CaptionLabel(text="take the cup"))
    assert clip.metadata["video_id"] == "P01_11"


@pytest.mark.parametrize(
    ("verb", "noun", "name"),
    [
        ("put-down", "bag:garbage", "put down garbage bag"),
        ("turn-on", "tap", "turn on tap"),
        ("wash", "board:chopping", "wash chopping board"),
    ],
)
def test_codes_become_words_and_stay_as_alias(read, tmp_path, verb, noun, name):
    clip = read("epic_kitchens", table(tmp_path, row(verb=verb, noun=noun))).clips[0]
    assert clip.labels[0] == ClassLabel(name=name, aliases=(f"{verb} {noun}",))


@pytest.mark.parametrize(
    ("start", "stop"),
    [
        ("00:00:02.00", "00:00:02.00"),
        ("00:00:03.00", "00:00:02.00"),
        ("", "00:00:02.00"),
        ("nan", "00:00:02.00"),
        ("00:00:01.00", "00:00:inf"),
        ("00:00:01.00", "00:60:02.00"),
        ("00:00:01.00", "00:00:60.00"),
        ("00:00:01.00", "00:01:0_2"),
        ("-1:00:01.00", "00:01:02.00"),
        ("00:00:01.00", "00:01:02:03"),
        ("1.0", "2.0"),
    ],
)
def test_bad_times_are_malformed(read, tmp_path, start, stop):
    source = read("epic_kitchens", table(tmp_path, row(start, stop)))
    assert [(each.reason, each.where) for each in source.rows] == [
        (UnusableReason.MALFORMED_ROW, "EPIC_100_train.csv:2")
    ]


def test_a_folder_is_read_without_its_other_tables(read, data):
    source = read("epic_kitchens", data / "epic_kitchens")
    assert Counter(clip.split for clip in source.clips) == {Split.TRAIN: 3, Split.VALIDATION: 1}
    unsupported = [each for each in source.skipped if each.reason is UnusableReason.UNSUPPORTED_LABEL]
    assert [each.where for each in unsupported] == ["EPIC_100_train.csv:9", "EPIC_100_test_timestamps.csv:2"]


@pytest.mark.parametrize(
    "place",
    [
        "P01/videos/P01_11.MP4",
        "EPIC-KITCHENS/P01/videos/P01_11.MP4",
        "videos/train/P01/P01_11.MP4",
        "train/P01/P01_11.mp4",
        "P01/P01_11.MP4",
        "P01_11.MP4",
    ],
)
def test_finds_the_video_in_every_layout(read, videos, tmp_path, place):
    assert read("epic_kitchens", table(tmp_path, row()), videos(place)).clips[0].video == place


def test_a_training_table_without_labels_is_refused(read, tmp_path):
    with pytest.raises(AnnotationError, match='no column "verb"'):
        read("epic_kitchens", table(tmp_path, "a,P01,P01_11,0,1", header=HEADER.partition(",narration,")[0] + "\n"))


def test_a_wrong_header_names_the_nearest_column(read, tmp_path):
    with pytest.raises(AnnotationError, match='did you mean "video"') as problem:
        read("epic_kitchens", table(tmp_path, row(), header=HEADER.replace("video_id", "video")))
    assert "EPIC_100_train.csv" in str(problem.value)


def test_a_folder_without_tables_says_what_is_expected(read, tmp_path):
    with pytest.raises(AnnotationError, match=r"EPIC_100_validation\.csv"):
        read("epic_kitchens", tmp_path)
