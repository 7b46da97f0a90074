from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Split

REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "annotations" / "diving48" / "label_map.txt"


def annotations(folder: Path, vocabulary: list[list[str]], *rows: dict[str, object], name: str = "V2_train") -> Path:
    folder = folder / "annotations"
    folder.mkdir(exist_ok=True)
    (folder / "Diving48_vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    (folder / f"Diving48_{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


def test_reads_the_class_in_words_and_its_attributes(read, data):
    clip = read("diving48", data / "diving48" / "Diving48_V2_train.json").clips[0]
    name = "back one and a half somersaults with half a twist in free position"
    assert clip.labels == (ClassLabel(name=name, aliases=("Back+15som+05Twis+FREE", "Back_15som_05Twis_FREE")),)
    attributes = {key: clip.metadata[key] for key in ("take_off", "somersaults", "twists", "position")}
    assert list(attributes.values()) == ["back", "one and a half somersaults", "half a twist", "free"]
    assert clip.metadata["video_id"] == "_aB3dE-fG1"
    assert (clip.start, clip.end, clip.split) == (None, None, Split.TRAIN)


def test_a_folder_gives_both_splits_and_the_second_version_goes_first(read, tmp_path, data):
    shutil.copytree(data / "diving48", tmp_path, dirs_exist_ok=True)
    shutil.copy(tmp_path / "Diving48_V2_train.json", tmp_path / "Diving48_train.json")
    assert {clip.split for clip in read("diving48", tmp_path).clips} == {Split.TRAIN, Split.TEST}
    assert len(read("diving48", tmp_path).rows) == 11
    for path in tmp_path.glob("*_V2_*"):
        path.unlink()
    assert len(read("diving48", tmp_path).rows) == 10


@pytest.mark.parametrize("place", ["rgb/{}.mp4", "{}.mp4", "videos/{}.avi", "train/{}.mp4"])
def test_finds_the_video_in_every_layout(read, videos, data, place):
    place = place.format("_aB3dE-fG1_00000")
    source = read("diving48", data / "diving48" / "Diving48_V2_train.json", videos(place))
    assert [clip.video for clip in source.clips][:2] == [place, "rgb/_aB3dE-fG1_00001.mp4"]


@pytest.mark.parametrize(
    "attributes",
    [
        ["Back", "15som", "05Twis"],
        ["Sideways", "15som", "05Twis", "FREE"],
        ["Back", "16som", "05Twis", "FREE"],
        ["Back", "15som", "Twis", "FREE"],
        ["Back", "15som", "05Twis", "LOOSE"],
        "Back",
        None,
    ],
)
def test_a_vocabulary_that_is_none_names_the_class(read, tmp_path, attributes):
    vocabulary = [["Back", "15som", "05Twis", "FREE"], attributes]
    with pytest.raises(AnnotationError, match="class 1") as problem:
        read("diving48", annotations(tmp_path, vocabulary, {"vid_name": "a_0", "label": 0}))
    assert "four attributes" in str(problem.value)


def test_what_is_missing_is_named(read, tmp_path):
    folder = annotations(tmp_path, [["Back", "15som", "05Twis", "FREE"]], {"vid_name": "a_0", "label": 0}, name="all")
    for path in (folder, folder / "Diving48_all.json"):
        with pytest.raises(AnnotationError, match=r"the name tells the split"):
            read("diving48", path)
    (folder / "Diving48_all.json").rename(folder / "Diving48_V2_test.json")
    (folder / "Diving48_vocab.json").unlink()
    with pytest.raises(AnnotationError, match="vocabulary") as problem:
        read("diving48", folder)
    assert "svcl.ucsd.edu" in str(problem.value)


@pytest.mark.skipif(not REAL.exists(), reason="the slices of the real annotations are not beside this checkout")
def test_each_of_the_48_real_classes_has_words_of_its_own(read, tmp_path):
    vocabulary = [line.split("+") for line in REAL.read_text(encoding="utf-8").split()]
    rows = [{"vid_name": f"invented_{number:05d}", "label": number} for number in range(len(vocabulary))]
    clips = read("diving48", annotations(tmp_path, vocabulary, *rows)).clips
    assert len({clip.labels[0].name for clip in clips}) == len(vocabulary) == 48
    for clip, attributes in zip(clips, vocabulary, strict=True):
        name = clip.labels[0].name
        assert name.startswith(attributes[0].lower())
        assert ("twist" in name) == (attributes[2] != "NoTwis")
        assert not any(character.isdigit() for character in name)
