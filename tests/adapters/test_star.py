from __future__ import annotations

import json
import pickle
import shutil

import pytest

from tests.video.barcode_videos import render
from vstar_data.adapters import VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import BoxLabel, QALabel, RelationLabel, SegmentLabel, Split, UnusableReason

FIRST = "star/Interaction_T1_1"


@pytest.fixture
def star(data, tmp_path):
    """A copy of the fixture that a test may change."""
    return shutil.copytree(data / "star", tmp_path / "star")


def labels(clip, kind):
    return [label for label in clip.labels if isinstance(label, kind)]


def first(source):
    return next(clip for clip in source.clips if clip.id == FIRST)


def test_a_folder_is_read_split_by_split_and_the_test_file_has_no_answers(read, data):
    source = read("star", data / "star")
    assert [clip.split for clip in source.clips] == [Split.TRAIN] * 6 + [Split.VALIDATION] * 2
    unanswered = [row for row in source.skipped if row.where.startswith("STAR_test.json")]
    assert [row.reason for row in unanswered] == [UnusableReason.UNSUPPORTED_LABEL] * 2
    assert {"time_start": 2.0, "time_end": 6.0}.items() <= first(source).metadata.items()


def test_either_side_of_a_slash_answers(read, data):
    clip = first(read("star", data / "star"))
    choices = ("The chest/trunk.", "The globe.", "The scarf.", "The helmet.")
    aliases = ("The chest.", "The trunk.")
    question = "Which object was shut by the person?"
    assert labels(clip, QALabel) == [QALabel(question=question, answer=choices[0], choices=choices, aliases=aliases)]


def test_relations_and_verbs_are_in_words_and_never_unknown(read, data):
    clips = read("star", data / "star").clips
    relations = [label for clip in clips for label in labels(clip, RelationLabel)]
    assert {label.predicate for label in relations} == {"in front of", "holding", "on the side of", "on"}
    assert RelationLabel(subject="person", predicate="in front of", object="chest/trunk") in relations
    verbs = {action["verb"] for clip in clips for action in clip.metadata.get("actions", ())}
    assert verbs == {"lift", "fold", "watch", "shut", "polish"}


def test_a_list_of_relations_in_the_place_of_the_verbs_is_an_error(read, star):
    shutil.copy(star / "STAR_classes" / "relationship_classes.txt", star / "STAR_classes" / "verb_classes.txt")
    with pytest.raises(AnnotationError, match="list of classes is of another form") as problem:
        read("star", star)
    for part in ("verb_classes.txt:1", "v000", "r000 on"):
        assert part in str(problem.value)


@pytest.mark.parametrize(("rate", "seconds"), [(30.0, 5.0), (25.0, 6.0), (29.97002997002997, 5.005)])
def test_keyframes_are_numbered_at_the_native_rate_of_the_video(read, star, rate, seconds):
    (star / "STAR_classes" / "video_fps").unlink()
    (star / "STAR_classes" / "video_fps.json").write_text(json.dumps({"KITE1.mp4": rate}))
    clip = first(read("star", star, whole_video=True))
    lifted = next(label for label in labels(clip, SegmentLabel) if label.name == "lift a kite/lantern")
    assert (lifted.start, lifted.end) == (round(48 / rate, 6), seconds)
    assert clip.metadata["fps"] == rate


def test_windows_of_actions_are_cut_to_the_clip(read, data):
    clip = first(read("star", data / "star"))
    assert labels(clip, SegmentLabel) == [
        SegmentLabel(name="lift a kite/lantern", start=0.0, end=3.0),
        SegmentLabel(name="shut a chest/trunk", start=1.0, end=4.0),
    ]
    assert clip.metadata["left_out"]["segment"] == 1


def test_the_whole_video_has_a_window_named_as_the_question(read, data):
    clip = first(read("star", data / "star", whole_video=True))
    asked = labels(clip, QALabel)[0].question
    assert (clip.start, clip.end) == (None, None)
    assert SegmentLabel(name=asked, start=2.0, end=6.0) in clip.labels
    cut = first(read("star", data / "star"))
    assert asked not in [label.name for label in labels(cut, SegmentLabel)]


def test_boxes_are_parts_of_the_picture_at_the_time_of_their_keyframe(read, data, tmp_path):
    (tmp_path / "videos").mkdir()
    render(tmp_path / "videos" / "KITE1.mp4", frames=5)
    clip = first(read("star", data / "star", VideoRoot(tmp_path / "videos")))
    boxes = labels(clip, BoxLabel)
    # 160 x 96 pixels; the box of the keyframe before the clip is left out.
    assert boxes[0] == BoxLabel(
        name="chest/trunk",
        time=1.0,
        box=(0.0625, 0.208333, 0.25, 0.635417),
        track="o004",
        aliases=("chest", "trunk"),
    )
    assert [(label.name, label.time) for label in boxes[1:]] == [("chest/trunk", 3.0), ("person", 3.0), ("person", 4.0)]
    assert clip.metadata["left_out"] == {"box": 1, "relation": 1, "segment": 1}
    assert clip.metadata["fps"] == 30.0


def test_boxes_are_in_pixels_of_the_video_scaled_to_480(read, data, tmp_path):
    (tmp_path / "videos" / "Charades_v1").mkdir(parents=True)
    render(tmp_path / "videos" / "Charades_v1" / "KITE1.mp4", frames=5, size=(1280, 960))
    clip = first(read("star", data / "star", VideoRoot(tmp_path / "videos")))
    assert labels(clip, BoxLabel)[0].box == (round(10 / 480, 6), round(20 / 360, 6), round(40 / 480, 6), 0.169444)


def test_the_rate_is_measured_where_no_file_tells_it(read, star, tmp_path):
    (star / "STAR_classes" / "video_fps").unlink()
    (tmp_path / "videos").mkdir()
    render(tmp_path / "videos" / "KITE1.mp4", frames=5, rate=20)
    clip = first(read("star", star, VideoRoot(tmp_path / "videos"), whole_video=True))
    assert clip.metadata["fps"] == 20.0
    assert labels(clip, BoxLabel)[0].time == 2.4


def test_what_needs_a_rate_or_a_size_is_counted_where_there_is_none(read, data, videos):
    clip = next(each for each in read("star", data / "star", videos("NORATE.mp4")).clips if "T2_4" in each.id)
    assert clip.video == "NORATE.mp4"
    assert clip.metadata["left_out"] == {"box": 1, "segment": 1}
    assert [type(label) for label in clip.labels] == [QALabel, RelationLabel]


def test_labels_without_names_are_left_out_and_counted(read, data):
    clip = read("star", data / "star_single" / "question.json").clips[0]
    assert [type(label) for label in clip.labels] == [QALabel]
    assert clip.metadata["left_out"] == {"box": 5, "relation": 4, "segment": 3}


@pytest.mark.parametrize(
    "place",
    [
        "KITE1.mp4",
        "Charades_v1_480/KITE1.mp4",
        "Charades_v1/KITE1.mkv",
        "videos/KITE1.mp4",
    ],
)
def test_finds_the_whole_video_in_every_layout(read, data, videos, place):
    clip = first(read("star", data / "star", videos(place)))
    assert (clip.video, clip.start, clip.end, clip.fps) == (place, 2.0, 6.0, None)


@pytest.mark.parametrize(
    "place", ["KITE1_2.0_6.0.mp4", "KITE1_2_6.mp4", "STAR_clips/KITE1_2_6.mp4", "clips/KITE1_2_6.avi"]
)
def test_prefers_a_clip_that_was_cut_out(read, data, videos, place):
    root = videos(place, "KITE1.mp4")
    clip = first(read("star", data / "star", root))
    assert (clip.video, clip.start, clip.end) == (place, None, None)
    assert labels(clip, SegmentLabel)[1] == SegmentLabel(name="shut a chest/trunk", start=1.0, end=4.0)
    assert first(read("star", data / "star", root, whole_video=True)).video == "KITE1.mp4"


def test_a_folder_of_frames_has_24_a_second(read, data, videos):
    clip = first(read("star", data / "star", videos("Charades_v1_rgb/KITE1/KITE1-000001.jpg")))
    assert (clip.video, clip.fps, clip.start) == ("Charades_v1_rgb/KITE1", 24.0, 2.0)


@pytest.mark.parametrize("folder", ["", "STAR_classes", "classes", "annotations/STAR_classes", "../STAR_classes"])
def test_finds_the_lists_of_classes_where_the_archives_put_them(read, star, folder):
    lists = shutil.move(star / "STAR_classes", star / "moved")
    target = star / folder
    target.mkdir(parents=True, exist_ok=True)
    for path in lists.iterdir():
        shutil.move(path, target / path.name)
    clip = first(read("star", star / "STAR_train.json"))
    assert len(labels(clip, SegmentLabel)) == 2
    assert clip.metadata["fps"] == 30.0


def test_a_video_with_several_people_is_marked(read, data):
    marks = {
        clip.metadata["video_id"]: clip.metadata.get("several_people") for clip in read("star", data / "star").clips
    }
    assert marks == {"KITE1": None, "KITE2": None, "NORATE": None, "KITE5": None, "KITE3": True}


class _Stranger:
    pass


def test_frame_rates_that_hold_more_than_numbers_are_not_loaded(read, star):
    (star / "STAR_classes" / "video_fps").write_bytes(pickle.dumps({"KITE1.mp4": _Stranger()}))
    with pytest.raises(AnnotationError, match="video_fps"):
        read("star", star)


@pytest.mark.parametrize("rate", ["NaN", "0", '"30"', "null", "-3.0"])
def test_a_frame_rate_that_is_none_is_named(read, star, rate):
    (star / "STAR_classes" / "video_fps.json").write_text(f'{{"KITE1.mp4": {rate}}}')
    with pytest.raises(AnnotationError, match=r"video_fps\.json"):
        read("star", star)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "no entries"),
        ('{"KITE1": {"duration": 3}}', "another form"),
        ("vid,question", "not JSON"),
        ('[{"question_id": "a"', "not whole JSON"),
    ],
)
def test_a_file_of_another_form_is_an_error(read, tmp_path, content, message):
    (tmp_path / "STAR_train.json").write_text(content)
    with pytest.raises(AnnotationError, match=message) as problem:
        read("star", tmp_path / "STAR_train.json")
    assert "STAR_train.json" in str(problem.value)


def test_a_folder_without_questions_says_what_is_expected(read, tmp_path):
    (tmp_path / "split_file.json").write_text("{}")
    with pytest.raises(AnnotationError, match=r"STAR_train\.json"):
        read("star", tmp_path)


def test_a_keyframe_that_cannot_be_read_costs_its_labels_alone(read, data, tmp_path):
    records = json.loads((data / "star" / "STAR_train.json").read_text(encoding="utf-8"))
    record = next(each for each in records if each.get("situations") and each.get("answer"))
    keyframe = next(iter(record["situations"]))
    record["situations"] = {**record["situations"], keyframe: {"actions": None}, "": []}
    (tmp_path / "STAR_train.json").write_text(json.dumps([record, {**record, "question_id": "b", "situations": []}]))
    first, second = read("star", tmp_path / "STAR_train.json").clips
    assert first.metadata["left_out"]["keyframe"] == 2
    assert [type(label) for label in second.labels] == [QALabel]
