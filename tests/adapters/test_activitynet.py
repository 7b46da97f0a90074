from __future__ import annotations

import json

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, SegmentLabel, Split, UnusableReason


def database(folder, *annotations, duration=60.0, key="aaaaAAAA001", **more):
    entry = {"duration": duration, "subset": "training", "annotations": list(annotations), **more}
    path = folder / "activity_net.v1-3.min.json"
    path.write_text(json.dumps({"version": "VERSION 1.3", "database": {key: entry}}), encoding="utf-8")
    return path


def segment(start, end, label="Hula hoop"):
    return {"segment": [start, end], "label": label}


def test_a_video_with_all_its_segments_is_one_clip(read, data):
    clip = read("activitynet", data / "activitynet").clips[0]
    assert clip.labels == (
        ClassLabel(name="Playing flute", aliases=("Playing flauta",)),
        ClassLabel(name="Carving jack-o-lanterns"),
        SegmentLabel(name="Playing flute", start=2.0, end=10.75),
        SegmentLabel(name="Carving jack-o-lanterns", start=10.0, end=12.0),
        SegmentLabel(name="Playing flute", start=30.25, end=60.5),
    )
    assert (clip.id, clip.start, clip.end, clip.split) == ("activitynet/aaaaAAAA001", None, None, Split.TRAIN)


def test_the_testing_subset_has_no_annotations(read, tmp_path):
    row = read("activitynet", database(tmp_path, subset="testing")).skipped[0]
    assert row.reason is UnusableReason.UNSUPPORTED_LABEL
    assert "'testing'" in row.detail


def test_ends_are_cut_and_segments_without_length_are_counted(read, tmp_path):
    path = database(tmp_path, segment(50, 60.04), segment(9, 9), segment(60, 61), segment(9, 3), segment(50, 60.5))
    clip = read("activitynet", path).clips[0]
    assert clip.labels[1:] == (SegmentLabel(name="Hula hoop", start=50, end=60),)
    assert clip.metadata["left_out"] == {"segment": 3, "duplicate": 1}


@pytest.mark.parametrize("duration", [None, 0, -1])
def test_a_length_that_is_not_known_cuts_nothing(read, tmp_path, duration):
    clip = read("activitynet", database(tmp_path, segment(50, 700), duration=duration)).clips[0]
    assert clip.labels[1].end == 700
    assert "duration" not in clip.metadata


@pytest.mark.parametrize(("key", "video_id"), [("v_abcdefghijk", "abcdefghijk"), ("v_abcdefghi", "v_abcdefghi")])
def test_the_prefix_is_taken_off_but_not_off_an_id_that_begins_so(read, tmp_path, key, video_id):
    clip = read("activitynet", database(tmp_path, segment(1, 2), key=key)).clips[0]
    assert (clip.metadata["video_id"], clip.video) == (video_id, f"v_{video_id}.mp4")


@pytest.mark.parametrize(
    "place",
    [
        "v_aaaaAAAA001.mp4",
        "v_aaaaAAAA001.mkv",
        "aaaaAAAA001.mp4",
        "videos/v_aaaaAAAA001.mp4",
        "train/v_aaaaAAAA001.webm",
        "validation/v_aaaaAAAA001.mp4",
        "v1-3/train_val/v_aaaaAAAA001.mp4",
    ],
)
def test_finds_the_video_in_every_layout(read, videos, tmp_path, place):
    source = read("activitynet", database(tmp_path, segment(1, 2)), videos(place))
    assert source.clips[0].video == place


def test_a_missing_video_gives_the_usual_name(read, videos, tmp_path):
    source = read("activitynet", database(tmp_path, segment(1, 2)), videos("train/v_other.mp4"))
    assert source.clips[0].video == "v_aaaaAAAA001.mp4"


def test_the_object_without_database_is_read_alike(read, data):
    source = read("activitynet", data / "activitynet_bare" / "gt.json")
    assert [clip.id for clip in source.clips] == ["activitynet/bbbbBBBB001", "activitynet/bbbbBBBB002"]
    assert source.clips[0].labels[0] == ClassLabel(name="Mopping floor", aliases=("Mooping floor",))


@pytest.mark.parametrize("first", ["results", "external_data"])
def test_predictions_are_refused(read, tmp_path, first):
    path = tmp_path / "predictions.json"
    path.write_text(json.dumps({"version": "VERSION 1.3", first: {"a": []}}), encoding="utf-8")
    with pytest.raises(AnnotationError, match="predictions of a model") as problem:
        read("activitynet", path)
    for part in (str(path), first, "database"):
        assert part in str(problem.value)


def test_the_lines_of_a_table_are_grouped_by_video(read, data):
    source = read("activitynet", data / "activitynet_tsp" / "activitynet_v1-3_valid_tsp_groundtruth.csv")
    first = source.clips[0]
    assert first.split is Split.VALIDATION
    assert [(label.start, label.end) for label in first.labels[1:]] == [(3.25, 9.5), (50.0, 60.0)]
    again = [row for row in source.skipped if "stand together" in row.detail]
    assert [(row.where.rpartition(":")[2], row.video) for row in again] == [("9", "ccccCCCC001")]


def test_regions_without_action_are_no_rows(read, tmp_path):
    header = "video-name,t-start,t-end,action-label,video-duration,temporal-region-label\n"
    path = tmp_path / "train.csv"
    path.write_text(header + "a,1,2,Archery,9,Action\na,0,1,,9,No action\na,2,9,,9,No action\n", encoding="utf-8")
    assert [len(clip.labels) for clip in read("activitynet", path).rows] == [2]
    path.write_text(header + "a,0,1,,9,No action\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match="tells no segments"):
        read("activitynet", path)


def test_a_table_needs_its_columns_and_a_split_in_its_name(read, tmp_path):
    path = tmp_path / "groundtruth.csv"
    path.write_text("video-name,t-start,t-end,action-label,video-duration\na,1,2,Archery,9\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match="does not tell its split") as problem:
        read("activitynet", path)
    assert "rename the file" in str(problem.value)
    path = path.rename(tmp_path / "train.csv")
    path.write_text("video-name,t-start,t-end,action,video-duration\na,1,2,Archery,9\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match='no column "action-label"'):
        read("activitynet", path)


def test_a_folder_without_the_file_or_with_two_is_an_error(read, tmp_path):
    with pytest.raises(AnnotationError, match="holds no annotation file"):
        read("activitynet", tmp_path)
    for name in ("activity_net.v1-2.min.json", "activity_net.v1-3.min.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(AnnotationError, match="several") as problem:
        read("activitynet", tmp_path)
    assert "name the file instead" in str(problem.value)


@pytest.mark.parametrize(
    ("content", "message"), [("[]", "another form"), ("{}", "no entries"), ("{", "not whole JSON")]
)
def test_a_file_of_another_form_is_an_error(read, tmp_path, content, message):
    path = tmp_path / "activity_net.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AnnotationError, match=message):
        read("activitynet", path)
