from __future__ import annotations

import pytest

from vstar_data.adapters import find_adapter
from vstar_data.errors import AnnotationError


@pytest.fixture
def clips(read, data):
    return {clip.id.partition("/")[2]: clip for clip in read("tempcompass", data / "tempcompass").clips}


def test_it_is_a_benchmark():
    assert find_adapter("tempcompass").benchmark


@pytest.mark.parametrize(
    ("row", "question", "answer", "choices"),
    [
        (
            "multi-choice/7000000001/action/1",
            "What can be seen in the video?",
            "man drinking water",
            ("man reading", "man singing", "man drinking water"),
        ),
        ("yes_no/7000000001_concat_0/order/1", "Does the man catch first?", "no", ()),
        (
            "caption_matching/7000000001_7000000002_0/order/0",
            "Which description is a more suitable match for the video?",
            "A man catches a ball.",
            ("The man throws.", "A man catches a ball."),
        ),
        (
            "captioning/7000000001/action/0",
            "You will be presented with a video and several pieces of information. "
            "Please write a caption for the one that fits.",
            "catching a ball",
            ("throwing a ball", "catching a ball"),
        ),
    ],
)
def test_each_kind_of_task_gives_a_question_with_its_answer(clips, row, question, answer, choices):
    label = clips[row].labels[0]
    assert (label.question, label.answer, label.choices, label.aliases) == (question, answer, choices, ())


def test_words_of_a_choice_count_more_than_the_letter(clips):
    clip = clips["captioning/7000000001/action/2"]
    assert clip.labels[0].answer == "faster than the closer train"
    assert clip.metadata["published_answer"] == "C. faster than the closer train"


def test_words_of_no_choice_are_an_alias_of_the_one_with_the_letter(clips):
    label = clips["captioning/7000000001/action/1"].labels[0]
    assert (label.answer, label.aliases) == ("reading a book while bathing", ("reading a book",))


@pytest.mark.parametrize(
    ("row", "source", "joined"),
    [
        ("multi-choice/7000000001_reverse/direction/0", "7000000001", None),
        ("yes_no/7000000001_concat_0/order/0", "7000000001", None),
        ("caption_matching/7000000001_7000000002_0/order/0", "7000000001", ["7000000001", "7000000002"]),
    ],
)
def test_an_edited_copy_is_known_by_the_videos_it_is_made_from(clips, row, source, joined):
    assert (clips[row].metadata["video_id"], clips[row].metadata.get("video_ids")) == (source, joined)
    assert clips[row].video == f"videos/{row.split('/')[1]}.mp4"


def test_aspect_sub_aspect_and_subject_are_told(clips):
    metadata = clips["captioning/7000000001/action/0"].metadata
    assert (metadata["aspect"], metadata["sub_aspect"], metadata["subject"]) == ("action", "fine-grained action", "man")
    assert clips["caption_matching/7000000001_7000000002_0/order/0"].metadata["sub_aspect"] == "order"
    assert "sub_aspect" not in clips["multi-choice/7000000001_reverse/direction/0"].metadata


def test_the_folder_of_questions_and_a_file_of_it_are_read(read, data):
    above = read("tempcompass", data / "tempcompass").rows
    assert read("tempcompass", data / "tempcompass" / "questions").rows == above
    assert read("tempcompass", data / "tempcompass" / "questions" / "multi-choice.json").rows == above[:12]


@pytest.mark.parametrize("place", ["videos/7000000001_reverse.mp4", "7000000001_reverse.mkv"])
def test_finds_the_video(read, data, videos, place):
    source = read("tempcompass", data / "tempcompass", videos(place))
    assert source.clips[2].video == place


def test_a_file_of_no_task_is_named(read, data, tmp_path):
    with pytest.raises(AnnotationError, match="not that of a task") as problem:
        read("tempcompass", data / "tempcompass" / "meta_info.json")
    assert "caption_matching.json" in str(problem.value)
    with pytest.raises(AnnotationError, match="holds no questions"):
        read("tempcompass", tmp_path)
