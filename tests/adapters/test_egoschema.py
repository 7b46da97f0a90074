from __future__ import annotations

import json
import shutil

import pytest

from vstar_data.adapters import find_adapter
from vstar_data.errors import AnnotationError
from vstar_data.records import UnusableReason

UID = "a0000000-0000-4000-8000-00000000000{}"


def test_an_answer_is_an_index_in_a_file_of_its_own(read, data):
    assert find_adapter("egoschema").benchmark
    clip = read("egoschema", data / "egoschema" / "questions.json").clips[1]
    assert clip.labels[0].answer == clip.labels[0].choices[1] == "C is washing a pan."
    assert clip.labels[0].choices.count("C is painting.") == 2


def test_a_question_whose_answer_is_kept_back_is_unsupported(read, data):
    skipped = read("egoschema", data / "egoschema").skipped
    assert [row.video for row in skipped if row.reason is UnusableReason.UNSUPPORTED_LABEL] == [UID.format(2)]
    assert sum(row.reason is UnusableReason.MALFORMED_ROW for row in skipped) == 6


def test_the_video_of_ego4d_is_named_where_it_is_known(read, data):
    known, unknown, *_ = read("egoschema", data / "egoschema").clips
    assert known.metadata == {
        "video_id": "e4d00000-0000-4000-8000-000000000001",
        "time_start": 240,
        "time_end": 420,
    }
    assert unknown.metadata == {"video_id": UID.format(1)}


def test_the_flat_table_gives_the_same_ids(read, data):
    clips = read("egoschema", data / "egoschema_table" / "EgoSchema.csv").clips
    assert [clip.id for clip in clips] == [f"egoschema/{UID.format(number)}" for number in (0, 1)]
    assert clips[0].labels[0].answer == "C is painting."


@pytest.mark.parametrize("folder", ["", "videos/", "good_clips_git/"])
def test_finds_the_video(read, data, videos, folder):
    place = f"{folder}{UID.format(0)}.mp4"
    assert read("egoschema", data / "egoschema", videos(place)).clips[0].video == place


def test_missing_files_are_named(read, data, tmp_path):
    with pytest.raises(AnnotationError, match=r"questions\.json or EgoSchema\.csv"):
        read("egoschema", tmp_path)
    shutil.copy(data / "egoschema" / "questions.json", tmp_path)
    with pytest.raises(AnnotationError, match=r"subset_answers\.json beside questions\.json") as problem:
        read("egoschema", tmp_path)
    assert "https://github.com/egoschema/EgoSchema" in str(problem.value)
    (tmp_path / "subset_answers.json").write_text(json.dumps([1, 2]))
    with pytest.raises(AnnotationError, match="one JSON object"):
        read("egoschema", tmp_path)
