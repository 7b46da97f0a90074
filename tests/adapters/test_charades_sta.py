from __future__ import annotations

import random

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import SegmentLabel, Split


@pytest.fixture
def lines(tmp_path):
    def _lines(*texts, name="charades_sta_train.txt"):
        (tmp_path / name).write_text("".join(text + "\n" for text in texts), encoding="utf-8")
        return tmp_path / name

    return _lines


def test_a_line_is_a_whole_video_with_one_window(read, lines):
    clip = read("charades_sta", lines("LAMP1 24.3 30.4##a person lifts a lantern.")).clips[0]
    assert clip.labels == (SegmentLabel(name="a person lifts a lantern", start=24.3, end=30.4),)
    assert (clip.video, clip.start, clip.end, clip.split) == ("LAMP1.mp4", None, None, Split.TRAIN)
    assert clip.metadata == {"video_id": "LAMP1"}


def test_sentences_with_one_window_have_ids_of_their_own_in_whatever_order(read, lines):
    texts = [f"LAMP1 0.0 6.9##person does {what}." for what in ("this", "that", "more", "less")]
    source = read("charades_sta", lines(*texts))
    shuffled = read("charades_sta", lines(*random.Random(3).sample(texts, 4)))
    assert len(source.clips) == 4
    assert {clip.id: clip.labels for clip in source.clips} == {clip.id: clip.labels for clip in shuffled.clips}


@pytest.mark.parametrize("line", ["LAMP1 6.9 6.9##a b.", "LAMP1 6.9 2##a b.", "LAMP1 -1 2##a b.", "LAMP1 nan 2##a b."])
def test_a_window_that_does_not_end_after_its_start_is_malformed(read, lines, line):
    source = read("charades_sta", lines("LAMP2 0.0 1.0##a person waits.", line))
    assert [clip.metadata["video_id"] for clip in source.clips] == ["LAMP2"]
    assert source.skipped[0].where == "charades_sta_train.txt:2"
    assert "start < end" in source.skipped[0].detail


def test_the_name_of_the_file_tells_the_split(read, data, lines):
    assert read("charades_sta", data / "charades_sta", split=Split.TEST).clips[0].metadata == {"video_id": "LAMPA"}
    with pytest.raises(AnnotationError, match="tells no split"):
        read("charades_sta", lines("LAMP1 0.0 1.0##a person waits.", name="lines.txt"))


@pytest.mark.parametrize("place", ["LAMP1.mp4", "Charades_v1/LAMP1.mp4", "Charades_v1_480/LAMP1.mp4"])
def test_finds_the_video_in_every_layout(read, lines, videos, place):
    assert read("charades_sta", lines("LAMP1 0.0 1.0##a person waits."), videos(place)).clips[0].video == place


def test_a_folder_of_frames_has_24_a_second(read, lines, videos):
    root = videos("Charades_v1_rgb/LAMP1/LAMP1-000001.jpg")
    clip = read("charades_sta", lines("LAMP1 0.0 1.0##a person waits."), root).clips[0]
    assert (clip.video, clip.fps) == ("Charades_v1_rgb/LAMP1", 24.0)


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_a_file_without_lines_is_an_error(read, tmp_path, content):
    (tmp_path / "charades_sta_train.txt").write_bytes(content)
    with pytest.raises(AnnotationError, match="no lines"):
        read("charades_sta", tmp_path)


def test_a_folder_without_such_files_says_what_is_expected(read, tmp_path):
    with pytest.raises(AnnotationError, match=r"charades_sta_train\.txt"):
        read("charades_sta", tmp_path)
