from __future__ import annotations

import shutil

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import QALabel, Split

HEADER = "video,frame_count,width,height,question,answer,qid,type,a0,a1,a2,a3,a4\n"
ROW = "9000000002,2697,640,360,how did the baker open the bag,3,0,CH,knife,teeth,scissors,hand,saw\n"


@pytest.fixture
def table(tmp_path):
    def _table(content=HEADER + ROW, name="val.csv", vidor='{"9000000002": "1164/9000000002"}'):
        (tmp_path / name).write_text(content, encoding="utf-8")
        if vidor is not None:
            (tmp_path / "map_vid_vidorID.json").write_text(vidor, encoding="utf-8")
        return tmp_path / name

    return _table


def test_the_answer_is_the_choice_at_the_index_and_the_question_becomes_a_sentence(read, table):
    clip = read("nextqa", table()).clips[0]
    choices = ("knife", "teeth", "scissors", "hand", "saw")
    assert clip.labels == (QALabel(question="How did the baker open the bag?", answer="hand", choices=choices),)
    assert (clip.id, clip.split, clip.license) == ("nextqa/9000000002_0", Split.VALIDATION, "MIT")
    assert (clip.start, clip.end) == (None, None)
    sizes = {"frame_count": 2697, "width": 640, "height": 360}
    assert clip.metadata == {"video_id": "9000000002", "qid": "0", "type": "CH", **sizes}


def test_a_folder_is_read_split_by_split(read, data):
    source = read("nextqa", data / "nextqa", split=Split.TRAIN)
    assert [clip.id for clip in source.clips] == ["nextqa/9000000005_0", "nextqa/9000000005_1"]


def test_choices_that_are_alike_stay_where_they_are(read, data):
    clip = next(clip for clip in read("nextqa", data / "nextqa").clips if clip.id.endswith("9000000003_2"))
    assert clip.labels[0].choices == ("three", "one", "two", "seven", "three")


@pytest.mark.parametrize(
    "place",
    [
        "NExTVideo/1164/9000000002.mp4",
        "1164/9000000002.mkv",
        "videos/1164/9000000002.mp4",
        "NExTVideo/9000000002.mp4",
        "9000000002.webm",
        "videos/9000000002.mp4",
    ],
)
def test_finds_the_video_in_every_layout(read, table, videos, place):
    assert read("nextqa", table(), videos(place)).clips[0].video == place


def test_the_map_may_lie_one_folder_above_or_be_missing(read, table, tmp_path):
    path = table()
    (tmp_path / "nextqa").mkdir()
    moved = shutil.move(path, tmp_path / "nextqa" / "val.csv")
    assert read("nextqa", moved).clips[0].video == "NExTVideo/1164/9000000002.mp4"
    (tmp_path / "map_vid_vidorID.json").unlink()
    assert read("nextqa", moved).clips[0].video == "9000000002.mp4"


def test_a_broken_map_is_named(read, table):
    with pytest.raises(AnnotationError, match=r"map_vid_vidorID\.json") as problem:
        read("nextqa", table(vidor='{"9000000002": 7}'))
    assert "got `int`" in str(problem.value)


def test_a_file_of_next_gqa_is_sent_to_its_adapter(read, table):
    with pytest.raises(AnnotationError, match=r'no column "video"') as problem:
        read("nextqa", table(HEADER.replace("video", "video_id", 1) + ROW))
    assert "adapter next_gqa" in str(problem.value)


def test_a_name_must_tell_the_split(read, table, tmp_path):
    with pytest.raises(AnnotationError, match="does not tell the split") as problem:
        read("nextqa", table(name="questions.csv"))
    assert "train.csv, val.csv or test.csv" in str(problem.value)
    with pytest.raises(AnnotationError, match="no CSV that is named by a split") as problem:
        read("nextqa", tmp_path)
    assert "questions.csv" in str(problem.value)
