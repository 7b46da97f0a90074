from __future__ import annotations

import json
import shutil

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import Split, UnusableReason


def test_json_gives_the_same_clips_as_the_csv(read, data, tmp_path):
    table = tmp_path / "table" / "train.csv"
    table.parent.mkdir()
    table.write_text(
        "label,youtube_id,time_start,time_end,split\n"
        "playing guitar,-aB_c-d_E0f,5,15,train\n"
        "punching person (boxing),abcdefghij0,22,32,train\n",
        encoding="utf-8",
    )
    assert read("kinetics", data / "kinetics_json" / "train.json").clips == read("kinetics", table).clips


def test_every_entry_gives_one_row_that_its_key_names(read, data):
    source = read("kinetics", data / "kinetics_json" / "train.json")
    assert len(source.rows) == 9
    details = {row.where.partition(":")[2]: row.detail for row in source.skipped}
    assert "22.5" in details["abcdefghij1"]
    assert "'holdout'" in details["abcdefghij4"]
    assert "$.annotations.segment" in details["abcdefghij6"]


def test_the_test_file_without_labels_gives_no_clips(read, data):
    rows = read("kinetics", data / "kinetics_json" / "test.json").rows
    assert [row.reason for row in rows] == [UnusableReason.UNSUPPORTED_LABEL] * 2


def test_a_folder_of_json_is_read_and_the_list_of_classes_left_alone(read, data):
    source = read("kinetics", data / "kinetics_json")
    assert [clip.split for clip in source.clips] == [Split.TRAIN, Split.TRAIN, Split.VALIDATION]
    assert not any(row.where.startswith("classes") for row in source.skipped)


def test_a_folder_with_both_is_read_from_its_tables(read, data, tmp_path):
    shutil.copytree(data / "kinetics_json", tmp_path, dirs_exist_ok=True)
    shutil.copy(data / "kinetics" / "val.csv", tmp_path)
    assert read("kinetics", tmp_path).rows == read("kinetics", data / "kinetics" / "val.csv").rows


def test_finds_the_video_of_a_clip(read, videos, data):
    place = "train/playing_guitar/-aB_c-d_E0f_000005_000015.mkv"
    assert read("kinetics", data / "kinetics_json" / "train.json", videos(place)).clips[0].video == place


def test_without_a_subset_the_name_of_the_file_tells_the_split(read, tmp_path):
    entry = {"annotations": {"label": "abseiling", "segment": [0.0, 10.0]}}
    for name, split in (("kinetics_val.json", Split.VALIDATION), ("kinetics.json", None)):
        path = tmp_path / name
        path.write_text(json.dumps({"abcdefghij0": entry}), encoding="utf-8")
        row = read("kinetics", path).rows[0]
        assert getattr(row, "split", None) is split
    assert "`subset`" in row.detail


@pytest.mark.parametrize(("content", "message"), [("[]", "another form"), ("", "not JSON"), ("{}", "no entries")])
def test_a_file_of_another_form_is_an_error(read, tmp_path, content, message):
    (tmp_path / "train.json").write_text(content, encoding="utf-8")
    with pytest.raises(AnnotationError, match=message) as problem:
        read("kinetics", tmp_path / "train.json")
    assert "train.json" in str(problem.value)
