from __future__ import annotations

import pytest

from vstar_data.adapters import find_adapter
from vstar_data.errors import AnnotationError
from vstar_data.records import Split

HEADER = "video_name,question,question_id,answer\n"


@pytest.fixture
def table(tmp_path):
    def _table(video, name="Set_QA.csv", header=HEADER):
        (tmp_path / name).write_text(f"{header}{video},what is it,q1,a cup\n", encoding="utf-8")
        return tmp_path / name

    return _table


def test_it_is_a_benchmark_with_choices_or_open_answers(read, data):
    assert find_adapter("flat_qa").benchmark
    chosen = read("flat_qa", data / "flat_qa" / "IntentQA.csv").clips[0]
    assert chosen.split is Split.TEST
    assert (len(chosen.labels[0].choices), chosen.labels[0].answer) == (5, "the wind blew")
    opened = read("flat_qa", data / "flat_qa" / "MSVD_QA.csv").clips[1]
    assert (opened.labels[0].choices, opened.labels[0].question) == ((), "Is the athlete wearing a hat?")


def test_the_name_of_the_set_is_an_option_else_that_of_the_file(read, table):
    assert read("flat_qa", table("a")).clips[0].id == "flat_qa/Set_QA/a/q1"
    named = read("flat_qa", table("a"), dataset="My-QA", license="MIT").clips[0]
    assert (named.id, named.metadata["dataset"], named.license) == ("flat_qa/My-QA/a/q1", "My-QA", "MIT")


def test_questions_that_share_an_id_and_a_video_are_told_apart_by_the_other_id(read, data):
    ids = [clip.id for clip in read("flat_qa", data / "flat_qa" / "MSVD_QA.csv").clips if "tumblr" in clip.id]
    assert ids == [f"flat_qa/MSVD_QA/tumblr_no0000000_250/FRAMEQA{number}/27138" for number in (11, 12)]


@pytest.mark.parametrize(
    ("name", "source", "window"),
    [
        ("v_aB-dE_gHi0k", "aB-dE_gHi0k", None),
        ("aB-dE_gHi0k_162_169", "aB-dE_gHi0k", (162, 169)),
        ("6H00X_11.1_19.6", "6H00X", (11.1, 19.6)),
        ("9000000001", "9000000001", None),
        ("video6513", "video6513", None),
        ("abcde_12_34", "abcde_12_34", None),
    ],
)
def test_the_source_video_is_read_from_the_name(read, table, name, source, window):
    metadata = read("flat_qa", table(name)).clips[0].metadata
    assert metadata["video_id"] == source
    assert (metadata.get("time_start"), metadata.get("time_end")) == (window or (None, None))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("6H00X_11.1_19.6", "6H00X_11.1_19.6.mp4"),
        ("v_aB-dE_gHi0k", "videos/v_aB-dE_gHi0k.mkv"),
        ("v_aB-dE_gHi0k", "aB-dE_gHi0k.mp4"),
        ("9000000001", "NExTVideo/0101/9000000001.mp4"),
        ("9000000001", "NExTVideo/9000000001.mp4"),
    ],
)
def test_finds_the_video_in_every_layout(read, table, videos, tmp_path, name, place):
    (tmp_path / "map_vid_vidorID.json").write_text('{"9000000001": "0101/9000000001"}')
    assert read("flat_qa", table(name), videos(place)).clips[0].video == place


def test_a_wrong_column_or_a_folder_is_named(read, table, tmp_path):
    with pytest.raises(AnnotationError, match=r'did you mean "video"\?') as problem:
        read("flat_qa", table("a", header=HEADER.replace("video_name", "video")))
    assert "Set_QA.csv" in str(problem.value)
    with pytest.raises(AnnotationError, match=r"found: +Set_QA\.csv"):
        read("flat_qa", tmp_path)
