from __future__ import annotations

import shutil

import pytest

from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, SegmentLabel, Split, UnusableReason

HEADER = "id,subject,scene,quality,relevance,verified,script,objects,descriptions,actions,length\n"


@pytest.fixture
def table(data, tmp_path):
    def _table(*rows, header=HEADER, name="Charades_v1_train.csv"):
        shutil.copy(data / "charades" / "Charades_v1_classes.txt", tmp_path)
        (tmp_path / name).write_text(header + "".join(row + "\n" for row in rows))
        return tmp_path / name

    return _table


def row(actions="c000 1.00 2.50", captions="A person waits.", length="12.00"):
    return f"LAMP1,ZZ01,Bedroom,6,7,Yes,Someone waits.,lantern,{captions},{actions},{length}"


def test_reads_actions_in_words_with_their_times(read, table):
    clip = read("charades", table(row("c003 0.50 4.00;c001 2.00 11.90"))).clips[0]
    assert clip.labels == (
        SegmentLabel(name="watching a globe / reading a globe / looking at a globe", start=0.5, end=4.0),
        SegmentLabel(name="putting a scarf", start=2.0, end=11.9),
        CaptionLabel(text="A person waits."),
    )
    assert (clip.id, clip.start, clip.end) == ("charades/LAMP1", None, None)
    facts = {"video_id": "LAMP1", "duration": 12.0, "scene": "Bedroom", "script": "Someone waits.", "verified": True}
    assert facts.items() <= clip.metadata.items()


def test_the_end_of_an_action_is_cut_to_the_length_of_the_video(read, table):
    clip = read("charades", table(row("c000 1.00 13.20"))).clips[0]
    assert clip.labels[0] == SegmentLabel(name="holding some lanterns", start=1.0, end=12.0)
    assert "left_out" not in clip.metadata


@pytest.mark.parametrize(
    "action", ["c000 5.00 2.00", "c000 12.00 15.00", "c000 nan 2.00", "c777 1.00 2.00", "c000 1.00"]
)
def test_an_action_that_cannot_be_used_is_left_out_and_counted(read, table, action):
    clip = read("charades", table(row(f"{action};c000 3.00 4.00"))).clips[0]
    assert [label.start for label in clip.labels if isinstance(label, SegmentLabel)] == [3.0]
    assert clip.metadata["left_out"] == {"segment": 1}


def test_a_video_without_actions_keeps_its_captions_and_none_is_no_clip(read, table):
    source = read("charades", table(row(actions="")))
    assert source.clips[0].labels == (CaptionLabel(text="A person waits."),)
    source = read("charades", table(row(actions="", captions="")))
    assert [each.reason for each in source.skipped] == [UnusableReason.UNSUPPORTED_LABEL]


def test_the_name_of_the_file_tells_the_split(read, data, table):
    assert read("charades", data / "charades", split=Split.TEST).clips[0].id == "charades/LAMPA"
    with pytest.raises(AnnotationError, match="tells no split") as problem:
        read("charades", table(row(), name="rows.csv"))
    assert "Charades_v1_train.csv" in str(problem.value)


@pytest.mark.parametrize("place", ["LAMP1.mp4", "Charades_v1/LAMP1.mp4", "Charades_v1_480/LAMP1.MP4"])
def test_finds_the_video_in_every_layout(read, table, videos, place):
    clip = read("charades", table(row()), videos(place)).clips[0]
    assert (clip.video, clip.fps) == (place, None)


@pytest.mark.parametrize("place", ["Charades_v1_rgb/LAMP1", "LAMP1"])
def test_a_folder_of_frames_has_24_a_second(read, table, videos, place):
    clip = read("charades", table(row()), videos(f"{place}/LAMP1-000001.jpg")).clips[0]
    assert (clip.video, clip.fps) == (place, 24.0)


def test_without_the_list_of_classes_nothing_can_be_named(read, table, tmp_path):
    path = table(row())
    (tmp_path / "Charades_v1_classes.txt").unlink()
    with pytest.raises(AnnotationError, match="names of the actions are not there") as problem:
        read("charades", path)
    assert "Charades_v1_classes.txt" in str(problem.value)


def test_the_list_of_classes_may_lie_one_folder_above(read, table, tmp_path):
    path = table(row())
    (tmp_path / "split").mkdir()
    assert len(read("charades", shutil.move(path, tmp_path / "split" / path.name)).clips) == 1


def test_a_wrong_header_names_what_is_missing(read, table):
    with pytest.raises(AnnotationError, match='no column "actions"'):
        read("charades", table("LAMP1,12.0", header="id,length\n"))
