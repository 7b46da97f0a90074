from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, ClassLabel, QALabel, Split, UnusableReason

REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "annotations" / "something_something_v2"


def entries(folder: Path, *records: dict[str, Any], name: str = "train.json") -> Path:
    (folder / name).write_text(json.dumps(records), encoding="utf-8")
    return folder / name


def entry(template: str = "Opening [something]", *placeholders: str) -> dict[str, Any]:
    return {"id": "7", "label": "opening jar", "template": template, "placeholders": list(placeholders)}


def test_template_sentence_and_blank_become_labels(read, tmp_path):
    clip = read("something_something_v2", entries(tmp_path, entry("Opening [something]", "jar"))).clips[0]
    assert clip.labels == (
        ClassLabel(name="Opening something", aliases=("Opening [something]",)),
        CaptionLabel(text="opening jar"),
        QALabel(question='Fill in the blank: "Opening ___". What stands in the blank?', answer="jar"),
    )
    assert clip.metadata == {"video_id": "7", "template": "Opening [something]", "placeholders": ["jar"]}


@pytest.mark.parametrize(
    "record",
    [
        entry("Opening [something]", "something"),
        entry("Opening [something]", " "),
        entry("Opening [something]"),
        entry("Opening [something]", "jar", "lid"),
        entry("Putting [something] into [something]", "jar", "box"),
        entry("Opening something", "jar"),
    ],
)
def test_no_blank_is_asked_for_where_several_words_or_none_would_fill_it(read, tmp_path, record):
    clip = read("something_something_v2", entries(tmp_path, record)).clips[0]
    assert [type(label) for label in clip.labels] == [ClassLabel, CaptionLabel]


def test_test_clips_are_joined_with_their_answers(read, data):
    source = read("something_something_v2", data / "something_something_v2" / "test.json")
    assert [(clip.split, clip.labels[0].name) for clip in source.clips] == [(Split.TEST, "Closing something")]
    assert [row.reason for row in source.skipped] == [UnusableReason.UNSUPPORTED_LABEL]


def test_a_folder_is_read_without_the_list_of_labels(read, data):
    source = read("something_something_v2", data / "something_something_v2")
    assert {clip.split for clip in source.clips} == set(Split)
    malformed = [row for row in source.skipped if row.reason is UnusableReason.MALFORMED_ROW]
    assert [row.where for row in malformed] == [f"train.json:{number}" for number in (8, 9, 11, 12, 13)]


@pytest.mark.parametrize(
    "place", ["20bn-something-something-v2/7.webm", "7.webm", "videos/7.mp4", "20bn-something-something-v2/7.mp4"]
)
def test_finds_the_video_in_every_layout(read, videos, tmp_path, place):
    assert read("something_something_v2", entries(tmp_path, entry()), videos(place)).clips[0].video == place


def test_an_answer_without_template_is_named_with_the_line(read, tmp_path):
    (tmp_path / "test-answers.csv").write_text("1;Closing something\n2\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"test-answers\.csv:2") as problem:
        read("something_something_v2", entries(tmp_path, {"id": "1"}, name="test.json"))
    assert "an id, ; and a template" in str(problem.value)


def test_a_folder_without_lists_says_what_is_expected(read, tmp_path):
    entries(tmp_path, name="labels.json")
    with pytest.raises(AnnotationError, match=r"train\.json, validation\.json"):
        read("something_something_v2", tmp_path)


def test_all_real_templates_are_readable_and_distinct(read, tmp_path):
    if not REAL.exists():
        pytest.skip("the slices of the real annotations are not beside this checkout")
    listed = (REAL / "label_map.txt").read_text(encoding="utf-8").splitlines()
    numbered = (REAL / "ssv2_174_labels.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line.partition(",")[2].strip('"') for line in numbered] == listed
    records = [
        {"id": str(number), "label": text.lower(), "template": text.replace("something", "[something]")}
        for number, text in enumerate(listed)
    ]
    names = [clip.labels[0].name for clip in read("something_something_v2", entries(tmp_path, *records)).clips]
    assert names == listed
    assert len(set(names)) == 174
