from __future__ import annotations

import json

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import SegmentLabel, Split, UnusableReason

LINE = {
    "qid": 1,
    "query": "A dog barks",
    "duration": 150,
    "vid": "ddddDDDD00__60.0_210.0",
    "relevant_windows": [[0, 8]],
}


def lines(folder, *rows, name="highlight_train_release.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_all_windows_of_a_sentence_have_its_name(read, data):
    clip = read("qvhighlights", data / "qvhighlights", split=Split.TRAIN).clips[0]
    assert clip.labels == (
        SegmentLabel(name="A woman shows her garden.", start=0, end=8),
        SegmentLabel(name="A woman shows her garden.", start=82, end=150),
    )


def test_ids_of_youtube_may_end_in_an_underscore(read, tmp_path):
    clip = read("qvhighlights", lines(tmp_path, LINE)).clips[0]
    assert clip.metadata["video_id"] == "ddddDDDD00_"
    assert (clip.metadata["time_start"], clip.metadata["time_end"]) == (60.0, 210.0)
    assert (clip.start, clip.end) == (None, None)


@pytest.mark.parametrize("key", ["vid", "query"])
def test_a_line_that_names_no_video_or_says_nothing_is_malformed(read, tmp_path, key):
    row = read("qvhighlights", lines(tmp_path, {**LINE, key: " "})).rows[0]
    assert row.reason is UnusableReason.MALFORMED_ROW


def test_scores_go_to_the_metadata_by_the_stretch_they_are_of(read, tmp_path):
    scored = {**LINE, "relevant_clip_ids": [0, 2], "saliency_scores": [[4, 1, 1], [0, 2, 3]]}
    askew = {**LINE, "qid": 2, "relevant_clip_ids": [0], "saliency_scores": [[4, 1, 1], [0, 2, 3]]}
    first, second = read("qvhighlights", lines(tmp_path, scored, askew)).clips
    assert first.metadata["saliency"] == {"0": [4, 1, 1], "2": [0, 2, 3]}
    assert second.metadata["left_out"] == {"saliency": 1}


def test_the_test_split_has_no_windows(read, data):
    rows = read("qvhighlights", data / "qvhighlights" / "highlight_test_release.jsonl").rows
    assert [row.reason for row in rows] == [UnusableReason.UNSUPPORTED_LABEL]


@pytest.mark.parametrize("folder", ["", "videos/", "train/", "videos/val/"])
@pytest.mark.parametrize("name", ["ddddDDDD00__60.0_210.0.mp4", "v_ddddDDDD00__60.0_210.0.mkv"])
def test_finds_the_video_in_every_layout(read, videos, tmp_path, folder, name):
    assert read("qvhighlights", lines(tmp_path, LINE), videos(folder + name)).clips[0].video == folder + name


def test_wrong_files_are_errors(read, tmp_path):
    with pytest.raises(AnnotationError, match="named by its split") as problem:
        read("qvhighlights", lines(tmp_path, LINE, name="queries.jsonl"))
    assert "highlight_val_release.jsonl" in str(problem.value)
    with pytest.raises(AnnotationError, match="no rows"):
        read("qvhighlights", lines(tmp_path))
    with pytest.raises(AnnotationError, match="not JSON Lines") as problem:
        read("qvhighlights", lines(tmp_path, [LINE]))
    assert "highlight_train_release.jsonl:1" in str(problem.value)
