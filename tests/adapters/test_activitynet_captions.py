from __future__ import annotations

import json

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, SegmentLabel, Split


def test_sentences_name_the_segments_and_together_are_the_caption(read, data):
    clip = read("activitynet_captions", data / "activitynet_captions" / "train.json").clips[0]
    assert clip.labels == (
        SegmentLabel(name="A man sits down on a chair", start=0.0, end=35.5),
        SegmentLabel(name="He plays the flute", start=30.0, end=60.5),
        CaptionLabel(text="A man sits down on a chair. He plays the flute."),
    )
    assert clip.metadata["video_id"] == "aaaaAAAA001"


def test_the_caption_keeps_a_sentence_whose_times_are_bad(read, data):
    clip = read("activitynet_captions", data / "activitynet_captions" / "train.json").clips[1]
    assert [label.name for label in clip.labels[:-1]] == ["Guests come in"]
    assert clip.labels[-1] == CaptionLabel(text="The café opens. Guests come in.")
    assert clip.metadata["left_out"] == {"segment": 2}


def test_the_two_annotators_of_the_validation_split_stay_apart(read, data):
    source = read("activitynet_captions", data / "activitynet_captions", split=Split.VALIDATION)
    assert [clip.id for clip in source.clips] == [f"activitynet_captions/aaaaAAAA003_{number}" for number in (1, 2)]
    assert [clip.video for clip in source.clips] == ["v_aaaaAAAA003.mp4"] * 2
    assert [clip.metadata["annotator"] for clip in source.clips] == ["1", "2"]


@pytest.mark.parametrize("place", ["v_aaaaAAAA001.mkv", "aaaaAAAA001.mp4", "train/v_aaaaAAAA001.mp4"])
def test_finds_the_video_in_every_layout(read, videos, data, place):
    source = read("activitynet_captions", data / "activitynet_captions" / "train.json", videos(place))
    assert source.clips[0].video == place


def test_a_file_whose_name_tells_no_split_is_an_error(read, tmp_path):
    path = tmp_path / "captions.json"
    path.write_text(json.dumps({"v_a": {"timestamps": [[0, 1]], "sentences": ["It snows."]}}), encoding="utf-8")
    with pytest.raises(AnnotationError, match="named by its split") as problem:
        read("activitynet_captions", path)
    for part in ("captions.json", "val_1.json"):
        assert part in str(problem.value)
