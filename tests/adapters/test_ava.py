from __future__ import annotations

from pathlib import Path

import pytest

from vstar_data.errors import AnnotationError, RecipeError
from vstar_data.records import BoxLabel, ClassLabel, Split, UnusableReason

LINE = "aaaaaaaaaaa,0902,0.1,0.2,0.5,0.9,12,0"


def folder(path: Path, *lines: str, name: str = "ava_train_v2.2.csv") -> Path:
    (path / "label_map.txt").write_text("12: stand\n17: carry/hold (an object)\n", encoding="utf-8")
    (path / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path / name


def test_a_second_is_a_clip_with_the_actions_of_all_and_a_box_for_each_person(read, data):
    clip = read("ava", data / "ava").clips[0]
    assert (clip.id, clip.start, clip.end, clip.split) == ("ava/aaaaaaaaaaa_0902", 900.5, 903.5, Split.TRAIN)
    assert [label.name for label in clip.labels if isinstance(label, ClassLabel)] == [
        "stand",
        "talk to",
        "carry/hold (an object)",
    ]
    assert [(label.track, label.time) for label in clip.labels if isinstance(label, BoxLabel)] == [
        ("0", 1.5),
        ("1", 1.5),
    ]
    assert clip.metadata["people"]["1"] == ["stand", "carry/hold (an object)"]


def test_a_damaged_line_is_left_out_and_counted_and_a_group_of_such_is_malformed(read, tmp_path):
    source = read("ava", folder(tmp_path, LINE, LINE.replace("12,0", "17,0_"), LINE.replace("0902", "0903")[:-2]))
    assert [label.name for label in source.clips[0].labels] == ["stand", "person"]
    assert source.clips[0].metadata["left_out"] == {"line": 1}
    assert [(row.reason, row.where) for row in source.skipped] == [
        (UnusableReason.MALFORMED_ROW, "ava_train_v2.2.csv:3")
    ]


def test_an_action_that_the_list_lacks_is_left_out_and_its_box_kept(read, tmp_path):
    clip = read("ava", folder(tmp_path, LINE.replace("12,0", "44,0"))).clips[0]
    assert [type(label) for label in clip.labels] == [BoxLabel]
    assert clip.metadata["left_out"] == {"action": 1}


def test_lines_of_a_second_must_stand_together(read, tmp_path):
    source = read("ava", folder(tmp_path, LINE, LINE.replace("0902", "0903"), LINE.replace("12,0", "17,0")))
    assert len(source.clips) == 2
    assert "must stand together" in source.skipped[0].detail
    assert source.skipped[0].where == "ava_train_v2.2.csv:3"


def test_excluded_seconds_are_skipped_however_they_are_spelled(read, tmp_path):
    (tmp_path / "ava_train_excluded_timestamps_v2.2.csv").write_text("aaaaaaaaaaa,902.000\n", encoding="utf-8")
    source = read("ava", folder(tmp_path, LINE, LINE.replace("0902", "0903")))
    assert [clip.id for clip in source.clips] == ["ava/aaaaaaaaaaa_0903"]
    assert source.skipped[0].reason is UnusableReason.UNSUPPORTED_LABEL
    assert "excluded" in source.skipped[0].detail


def test_empty_label_fields_are_unsupported(read, tmp_path):
    source = read("ava", folder(tmp_path, "aaaaaaaaaaa,0902,,,,,,", LINE.replace("0902", "0903")))
    assert [row.reason for row in source.skipped] == [UnusableReason.UNSUPPORTED_LABEL]


@pytest.mark.parametrize(
    ("options", "window", "time"),
    [
        ({"seconds": 2.0, "offset": 900.0}, (1.0, 3.0), 1.0),
        ({"offset": 901.0}, (0.0, 2.5), 1.0),
        ({"offset": 902.0}, (0.0, 1.5), 0.0),
    ],
)
def test_the_window_is_of_the_file_and_stays_inside(read, tmp_path, options, window, time):
    clip = read("ava", folder(tmp_path, LINE), **options).clips[0]
    assert (clip.start, clip.end) == window
    assert clip.labels[-1].time == time


def test_a_second_before_the_file_is_outside(read, tmp_path):
    source = read("ava", folder(tmp_path, LINE), offset=903.0)
    assert [row.reason for row in source.rows] == [UnusableReason.WINDOW_OUTSIDE]


@pytest.mark.parametrize(
    "options", [{"seconds": 0.0}, {"seconds": float("inf")}, {"offset": -1.0}, {"offset": float("nan")}]
)
def test_options_out_of_range_are_refused(read, tmp_path, options):
    with pytest.raises(RecipeError):
        read("ava", folder(tmp_path, LINE), **options)


@pytest.mark.parametrize("place", ["{id}.mp4", "{id}.mkv", "{id}.webm", "trainval/{id}.mkv", "videos_15min/{id}.mp4"])
def test_finds_the_movie_in_every_layout(read, videos, tmp_path, place):
    place = place.format(id="aaaaaaaaaaa")
    assert read("ava", folder(tmp_path, LINE), videos(place)).clips[0].video == place


def test_the_list_with_the_shortest_name_or_the_one_given_is_used(read, data):
    table = data / "ava" / "ava_val_v2.2.csv"
    assert read("ava", table).clips[0].labels[0] == ClassLabel(name="stand")
    given = read("ava", table, actions="label_names.txt")
    assert given.clips[0].labels[0] == ClassLabel(name="be on the feet")
    with pytest.raises(AnnotationError, match=r"nothing\.txt"):
        read("ava", table, actions="nothing.txt")


def test_without_a_list_of_actions_the_error_says_what_to_do(read, tmp_path):
    table = folder(tmp_path, LINE)
    (tmp_path / "label_map.txt").unlink()
    with pytest.raises(AnnotationError, match="option `actions`") as problem:
        read("ava", table)
    assert str(tmp_path) in str(problem.value)


@pytest.mark.parametrize(("name", "content"), [("label_map.txt", "stand\n"), ("x_excluded_timestamps.csv", "aaa\n")])
def test_a_side_file_of_another_form_is_named(read, tmp_path, name, content):
    table = folder(tmp_path, LINE)
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(AnnotationError) as problem:
        read("ava", table)
    assert name in str(problem.value)
    assert "expected" in str(problem.value)


def test_an_empty_table_is_an_error(read, tmp_path):
    with pytest.raises(AnnotationError, match="no lines"):
        read("ava", folder(tmp_path))
