from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import QALabel, Split, UnusableReason


def pair(folder, question, answer, split="train"):
    key = {"question_id": "v_aaaaAAAA001_1"}
    questions = folder / f"{split}_q.json"
    questions.write_text(json.dumps([{"video_name": "aaaaAAAA001", "question": question, **key}]), encoding="utf-8")
    answers = folder / f"{split}_a.json"
    answers.write_text(json.dumps([{"answer": answer, "type": 3, **key}]), encoding="utf-8")
    return questions


@pytest.mark.parametrize(
    ("published", "read_as"),
    [
        ("is the athlete wearing trousers", "Is the athlete wearing trousers?"),
        ("how many  people are there ", "How many people are there?"),
        ("what happened after the man jumped. ", "What happened after the man jumped?"),
        ("Is no. 9 a man?", "Is no. 9 a man?"),
    ],
)
def test_a_question_is_written_as_a_person_would_and_kept_as_published(read, tmp_path, published, read_as):
    clip = read("activitynet_qa", pair(tmp_path, published, "yes")).clips[0]
    assert clip.labels == (QALabel(question=read_as, answer="yes"),)
    assert clip.metadata == {"video_id": "aaaaAAAA001", "question": published, "type": 3, "type_name": "yes or no"}


def test_answers_are_found_by_their_ids_in_whatever_order(read, data):
    source = read("activitynet_qa", data / "activitynet_qa" / "train_q.json")
    assert [clip.labels[0].answer for clip in source.clips] == ["yes", "stand", "2"]
    by_line = {row.where.rpartition(":")[2]: row for row in source.skipped}
    assert by_line["5"].reason is UnusableReason.UNSUPPORTED_LABEL
    assert "'red' and 'blue'" in by_line["4"].detail
    assert "$.answer" in by_line["6"].detail


def test_either_file_and_the_folder_give_the_same(read, data):
    folder = data / "activitynet_qa"
    rows = [read("activitynet_qa", folder / name).rows for name in ("train_q.json", "train_a.json")]
    assert rows[0] == rows[1]
    splits = Counter(clip.split for clip in read("activitynet_qa", folder).clips)
    assert splits == {Split.TRAIN: 3, Split.VALIDATION: 1}


def test_a_number_may_be_an_answer(read, tmp_path):
    assert read("activitynet_qa", pair(tmp_path, "how many are there", 3)).clips[0].labels[0].answer == "3"


def test_a_missing_partner_is_named(read, data, tmp_path):
    shutil.copy(data / "activitynet_qa" / "train_q.json", tmp_path)
    with pytest.raises(AnnotationError, match="one is missing") as problem:
        read("activitynet_qa", tmp_path / "train_q.json")
    for part in ("train_a.json", "github.com/MILVLG"):
        assert part in str(problem.value)


@pytest.mark.parametrize("name", ["questions.json", "train.json", "part_q.json"])
def test_a_file_of_another_name_is_an_error(read, tmp_path, name):
    (tmp_path / name).write_text("[]", encoding="utf-8")
    with pytest.raises(AnnotationError, match="neither its split nor its kind") as problem:
        read("activitynet_qa", tmp_path / name)
    assert "train_q.json" in str(problem.value)


@pytest.mark.parametrize("place", ["v_aaaaAAAA001.mp4", "test/v_aaaaAAAA001.mkv", "v1-2/val/aaaaAAAA001.webm"])
def test_finds_the_video_also_where_activitynet_splits_otherwise(read, videos, tmp_path, place):
    source = read("activitynet_qa", pair(tmp_path, "is it day", "yes"), videos(place))
    assert source.clips[0].video == place
