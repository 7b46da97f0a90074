from __future__ import annotations

import csv
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vstar_data.adapters import make_adapter, read_source
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Skipped, Split, UnusableReason

REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "annotations" / "kinetics"
HEADER = "label,youtube_id,time_start,time_end,split\n"


def table(folder: Path, *rows: str, header: str = HEADER, name: str = "train.csv") -> Path:
    path = folder / name
    path.write_text(header + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_reads_rows_and_says_why_others_give_no_clip(read, data):
    source = read("kinetics", data / "kinetics" / "train.csv")
    assert [clip.id for clip in source.clips] == [
        "kinetics/-aB_c-d_E0f_000005_000015",
        "kinetics/abcdefghij0_000000_000010",
        "kinetics/abcdefghij0_000022_000032",
    ]
    first = source.clips[0]
    assert first.labels == (ClassLabel(name="playing guitar"),)
    assert (first.start, first.end, first.split, first.source) == (None, None, Split.TRAIN, "kinetics")
    assert first.metadata == {"youtube_id": "-aB_c-d_E0f", "time_start": 5, "time_end": 15}
    assert first.license == "CC-BY-4.0"
    malformed, unsupported = UnusableReason.MALFORMED_ROW, UnusableReason.UNSUPPORTED_LABEL
    assert [row.reason for row in source.skipped] == [malformed] * 4 + [unsupported] + [malformed] * 2
    assert [row.where for row in source.skipped[1:]] == [f"train.csv:{line}" for line in (6, 7, 8, 9, 10, 11)]
    assert "'ten'" in source.skipped[1].detail
    assert "'holdout'" in source.skipped[3].detail


def test_a_folder_is_read_file_by_file_and_other_tables_are_left_alone(read, data):
    source = read("kinetics", data / "kinetics")
    assert Counter(clip.split for clip in source.clips) == {Split.TRAIN: 3, Split.VALIDATION: 2}
    assert len(source.rows) == 10 + 2 + 2
    unlabelled = [row for row in source.skipped if row.where.startswith("test.csv")]
    assert [row.reason for row in unlabelled] == [UnusableReason.UNSUPPORTED_LABEL] * 2


def test_a_split_keeps_its_clips_and_an_empty_one_lists_those_present(read, data):
    source = read("kinetics", data / "kinetics", split=Split.VALIDATION)
    assert {clip.split for clip in source.clips} == {Split.VALIDATION}
    with pytest.raises(AnnotationError, match="no clip of the split test") as problem:
        read("kinetics", data / "kinetics", split=Split.TEST)
    assert "3 clips of train" in str(problem.value)
    assert "2 clips of validation" in str(problem.value)
    assert "rows skipped as unsupported_label" in str(problem.value)


@pytest.mark.parametrize(
    "place",
    [
        "{name}.mp4",
        "{name}.mkv",
        "{name}.MP4",
        "train/{name}.mp4",
        "videos_train/{name}.webm",
        "playing guitar/{name}.mp4",
        "playing_guitar/{name}.mp4",
        "train/playing guitar/{name}.mp4",
        "train/playing_guitar/{name}.avi",
    ],
)
def test_finds_the_video_in_every_layout(read, videos, tmp_path, place):
    place = place.format(name="-aB_c-d_E0f_000005_000015")
    source = read("kinetics", table(tmp_path, "playing guitar,-aB_c-d_E0f,5,15,train"), videos(place))
    assert source.clips[0].video == place


@pytest.mark.parametrize("folder", ["val", "validate", "validation", "videos_val"])
def test_finds_the_validation_folder_however_spelled(read, videos, tmp_path, folder):
    place = f"{folder}/abcdefghij0_000000_000010.mp4"
    source = read("kinetics", table(tmp_path, "abseiling,abcdefghij0,0,10,validate"), videos(place))
    assert source.clips[0].video == place


def test_a_missing_video_gives_a_clip_with_the_usual_path(read, videos, tmp_path):
    root = videos("train/abcdefghij1_000000_000010.mp4", "val/abcdefghij0_000000_000010.mp4")
    source = read("kinetics", table(tmp_path, "abseiling,abcdefghij0,0,10,train"), root)
    assert source.clips[0].video == "abcdefghij0_000000_000010.mp4"


def test_the_name_of_the_file_tells_the_split_where_no_column_does(read, tmp_path):
    header = "label,youtube_id,time_start,time_end\n"
    path = table(tmp_path, "abseiling,abcdefghij0,0,10", header=header, name="kinetics-700_val.csv")
    assert read("kinetics", path).clips[0].split is Split.VALIDATION
    with pytest.raises(AnnotationError, match='no column "split"'):
        read("kinetics", table(tmp_path, "abseiling,abcdefghij0,0,10", header=header, name="rows.csv"))


def test_a_wrong_header_names_what_is_missing_present_and_nearest(read, tmp_path):
    path = table(tmp_path, "abseiling,x,0,10,train", header="label,youtubeid,time_start,time_end,split\n")
    with pytest.raises(AnnotationError) as problem:
        read("kinetics", path)
    for part in ("youtube_id", "time_start", 'did you mean "youtubeid"?', str(path)):
        assert part in str(problem.value)


@pytest.mark.parametrize(("content", "message"), [(b"", "no header"), (HEADER.encode(), "no rows")])
def test_a_file_without_rows_is_an_error(read, tmp_path, content, message):
    (tmp_path / "train.csv").write_bytes(content)
    with pytest.raises(AnnotationError, match=message):
        read("kinetics", tmp_path / "train.csv")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(read, tmp_path):
    path = tmp_path / "train.csv"
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.strip().encode() + b"\r\nabseiling,abcdefghij0,0,10,train\r\n")
    assert read("kinetics", path).clips[0].id == "kinetics/abcdefghij0_000000_000010"


def test_a_file_that_is_not_utf8_is_named_with_the_line(read, tmp_path):
    path = tmp_path / "train.csv"
    path.write_bytes(HEADER.encode() + b"caf\xe9,abcdefghij0,0,10,train\n")
    with pytest.raises(AnnotationError, match=r"train\.csv:2") as problem:
        read("kinetics", path)
    assert "0xe9" in str(problem.value)


CELLS = st.one_of(
    st.sampled_from(["playing guitar", "abcdefghij0", "0", "10", "7", "train", "val", ""]),
    st.text(st.characters(codec="utf-8"), max_size=12),
)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=6), min_size=1, max_size=8))
def test_random_cells_give_one_record_a_row(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("random") / "train.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([HEADER.strip().split(","), *rows])
    read = list(read_source(make_adapter("kinetics", {}), path, None, source="k", split=None))
    assert len(read) == len(rows)


@given(st.binary(max_size=200))
def test_random_bytes_give_records_or_an_annotation_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("random") / "train.csv"
    path.write_bytes(HEADER.encode() + content)
    try:
        read = list(read_source(make_adapter("kinetics", {}), path, None, source="k", split=None))
    except AnnotationError:
        return
    assert read
    assert all(isinstance(row, Clip | Skipped) for row in read)


@pytest.mark.parametrize("name", sorted(path.relative_to(REAL).as_posix() for path in REAL.rglob("*.csv")) or ["none"])
def test_every_row_of_the_real_slices_gives_a_clip_unless_it_has_no_label(read, tmp_path, name):
    if name == "none":
        pytest.skip("the slices of the real annotations are not beside this checkout")
    with (REAL / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    source = read("kinetics", REAL / name)
    labelled = [row for row in rows if row.get("label")]
    assert len(source.clips) == len(labelled)
    assert len(source.skipped) == len(rows) - len(labelled)
    assert {row.reason for row in source.skipped} <= {UnusableReason.UNSUPPORTED_LABEL}
    assert [clip.labels[0].name for clip in source.clips] == [row["label"] for row in labelled]
    assert [clip.metadata["youtube_id"] for clip in source.clips] == [row["youtube_id"] for row in labelled]
    lines = (REAL / name).read_text(encoding="utf-8").splitlines(keepends=True)
    shuffled = tmp_path / Path(name).name
    shuffled.write_text(lines[0] + "".join(random.Random(7).sample(lines[1:], len(lines) - 1)), encoding="utf-8")
    assert sorted(clip.id for clip in read("kinetics", shuffled).clips) == sorted(clip.id for clip in source.clips)
