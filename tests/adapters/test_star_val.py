from __future__ import annotations

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import QALabel, Split

HEADER = ",video_name,question,answer_number,question_id,question_type,a0,a1,a2,a3,answer\n"
ROW = (
    "1,{name},What will the person do next?,0,Prediction_T1_1,Prediction_T1,Take the cup/mug.,Sit.,Run.,Eat.,{answer}\n"
)


@pytest.fixture
def table(tmp_path):
    def _table(name="KITE1_2.4_8", answer="Take the cup/mug."):
        (tmp_path / "STAR.csv").write_text(HEADER + ROW.format(name=name, answer=answer))
        return tmp_path / "STAR.csv"

    return _table


def test_only_questions_of_the_validation_file_are_asked(read, data):
    source = read("star_val", data / "star")
    assert [clip.split for clip in source.clips] == [Split.VALIDATION] * 2
    assert all([type(label) for label in clip.labels] == [QALabel] for clip in source.clips)
    assert not source.skipped


def test_the_table_gives_the_clips_of_the_json(read, data):
    assert read("star_val", data / "star_table" / "STAR.csv").clips[:2] == read("star_val", data / "star").clips


def test_either_side_of_a_slash_answers_in_the_table_too(read, table):
    label = read("star_val", table()).clips[0].labels[0]
    assert (label.answer, label.aliases) == ("Take the cup/mug.", ("Take the cup.", "Take the mug."))


@pytest.mark.parametrize(
    ("name", "window"), [("KITE1_2.4_8", (2.4, 8.0)), ("KITE1_0_7.6", (0.0, 7.6)), ("KITE1_17_22", (17.0, 22.0))]
)
def test_the_window_is_read_from_the_name_of_the_video(read, table, videos, name, window):
    clip = read("star_val", table(name), videos("Charades_v1_480/KITE1.mp4")).clips[0]
    assert (clip.video, clip.start, clip.end) == ("Charades_v1_480/KITE1.mp4", *window)
    assert clip.metadata["video_id"] == "KITE1"


@pytest.mark.parametrize("place", ["KITE1_2.4_8.mp4", "KITE1_2.4_8.0.mp4", "STAR_clips/KITE1_2.4_8.mp4"])
def test_prefers_a_clip_that_was_cut_out(read, table, videos, place):
    clip = read("star_val", table(), videos(place, "KITE1.mp4")).clips[0]
    assert (clip.video, clip.start, clip.end) == (place, None, None)


def test_a_folder_without_the_validation_file_is_an_error(read, data, tmp_path):
    (tmp_path / "STAR_train.json").write_bytes((data / "star" / "STAR_train.json").read_bytes())
    with pytest.raises(AnnotationError, match=r"STAR_val\.json"):
        read("star_val", tmp_path)
