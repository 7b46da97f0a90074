from __future__ import annotations

import shutil

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import QALabel, SegmentLabel, Split


@pytest.fixture
def clips(read, data):
    return {clip.id.partition("/")[2]: clip for clip in read("next_gqa", data / "next_gqa").clips}


def test_each_window_is_a_segment_named_as_the_question(clips):
    question, *windows = clips["9000000001_7"].labels
    assert isinstance(question, QALabel)
    assert question.answer == "catching a hat"
    assert windows == [
        SegmentLabel(name=question.question, start=start, end=end) for start, end in [(3.5, 6.25), (9, 14)]
    ]


def test_a_window_that_leaves_the_video_is_cut_to_it_and_an_empty_one_left_out(clips):
    assert clips["9000000001_1"].labels[1].start == 0
    assert clips["9000000001_7"].labels[2].end == clips["9000000001_7"].metadata["duration"] == 14
    assert [len(clips[f"9000000001_{qid}"].labels) for qid in (8, 9)] == [1, 2]
    assert [clips[f"9000000001_{qid}"].metadata["left_out"] for qid in (8, 9)] == [{"segment": 1}, {"segment": 3}]


@pytest.mark.parametrize("row", ["9000000001_10", "9000000002_0", "9000000003_2", "9000000005_0"])
def test_a_question_without_a_window_keeps_its_answer(clips, row):
    assert [type(label) for label in clips[row].labels] == [QALabel]
    assert "left_out" not in clips[row].metadata


def test_the_windows_of_val_and_test_must_lie_beside(read, data, tmp_path):
    shutil.copy(data / "next_gqa" / "val.csv", tmp_path)
    with pytest.raises(AnnotationError, match=r"gsub_val\.json beside val\.csv") as problem:
        read("next_gqa", tmp_path / "val.csv")
    assert "https://github.com/doc-doc/NExT-GQA" in str(problem.value)
    shutil.copy(data / "next_gqa" / "train.csv", tmp_path)
    assert read("next_gqa", tmp_path / "train.csv").clips[0].split is Split.TRAIN


def test_a_file_of_nextqa_is_sent_to_its_adapter(read, data):
    with pytest.raises(AnnotationError, match='no column "video_id"') as problem:
        read("next_gqa", data / "nextqa" / "val.csv")
    assert "adapter nextqa" in str(problem.value)


@pytest.mark.parametrize("place", ["NExTVideo/0101/9000000001.mp4", "0101/9000000001.mp4", "9000000001.mkv"])
def test_finds_the_video(read, data, videos, place):
    source = read("next_gqa", data / "next_gqa", videos(place), split=Split.VALIDATION)
    assert source.clips[0].video == place
