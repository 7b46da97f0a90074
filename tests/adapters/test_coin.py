from __future__ import annotations

import json

import pytest

from label_adapters.camel_case import words_of
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, SegmentLabel, SequenceLabel, Split

STEP = {"id": "8", "segment": [10.0, 20.0], "label": "unfold the tent"}


def database(folder, *steps, **more):
    entry = {"duration": 50.0, "class": "PitchATent", "subset": "training", "annotation": list(steps), **more}
    path = folder / "COIN.json"
    path.write_text(json.dumps({"database": {"eeeeEEEE001": entry}}), encoding="utf-8")
    return path


def test_a_video_has_its_task_its_steps_in_order_and_their_times(read, data):
    clip = read("coin", data / "coin").clips[0]
    assert clip.labels == (
        ClassLabel(name="replace CD drive with SSD", aliases=("ReplaceCDDriveWithSSD",)),
        SequenceLabel(steps=("take out the drive", "take out the drive", "insert the tray")),
        SegmentLabel(name="take out the drive", start=22.0, end=28.0),
        SegmentLabel(name="take out the drive", start=30.0, end=39.0),
        SegmentLabel(name="insert the tray", start=60.0, end=72.0),
    )
    assert (clip.start, clip.end, clip.split) == (None, None, Split.TRAIN)
    assert (clip.metadata["task_start"], clip.metadata["task_end"]) == (20.25, 110.0)


def test_a_sequence_that_would_lack_a_step_is_left_out(read, tmp_path):
    other = {**STEP, "segment": [30.0, 40.0]}
    clip = read("coin", database(tmp_path, STEP, other, {**STEP, "segment": [60.0, 70.0]})).clips[0]
    assert not any(isinstance(label, SequenceLabel) for label in clip.labels)
    assert clip.metadata["left_out"] == {"segment": 1, "sequence": 1}


def test_one_step_is_no_sequence(read, tmp_path):
    assert len(read("coin", database(tmp_path, STEP)).clips[0].labels) == 2


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("ReplaceCDDriveWithSSD", "replace CD drive with SSD"),
        ("MakeRJ45Cable", "make RJ45 cable"),
        ("AttendNBASkillsChallenge", "attend NBA skills challenge"),
        ("PlayFrisbeeWithADog", "play frisbee with a dog"),
        ("ReplaceABulb", "replace a bulb"),
        ("UseEpinephrineAuto-injector", "use epinephrine auto-injector"),
        ("MakeFrenchFries", "make French fries"),
        ("AssembleDesktopPC", "assemble desktop PC"),
        ("Sow", "sow"),
    ],
)
def test_tasks_are_put_into_words(published, words):
    assert words_of(published) == words


@pytest.mark.parametrize("place", ["", "train/", "131/", "PitchATent/", "videos/", "videos/131/"])
def test_finds_the_video_in_every_layout(read, videos, tmp_path, place):
    path = database(tmp_path, STEP, recipe_type=131)
    assert read("coin", path, videos(f"{place}eeeeEEEE001.mkv")).clips[0].video == f"{place}eeeeEEEE001.mkv"


def test_a_list_is_an_error(read, tmp_path):
    (tmp_path / "COIN.json").write_text("[]", encoding="utf-8")
    with pytest.raises(AnnotationError, match="another form") as problem:
        read("coin", tmp_path)
    assert str(tmp_path / "COIN.json") in str(problem.value)
