from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vstar_data.adapters import make_adapter, read_source
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, NumberLabel, QALabel, SegmentLabel, Skipped, Split, UnusableReason

COLUMNS: dict[str, Any] = {
    "video": "file",
    "id": "id",
    "start": "t0",
    "end": "t1",
    "split": "fold",
    "class": "label",
    "qa": {"question": "q", "answer": "a", "choices": "c"},
    "number": {"value": "score", "name": "dive score", "minimum": 0, "maximum": 110, "tolerance": 5},
}
ROWS: list[dict[str, Any]] = [
    {"file": "a.mp4", "id": "one", "t0": 1.5, "t1": 4.0, "fold": "train", "label": "diving", "q": "Who?", "a": "A man",
     "c": ["A man", "A cat"], "score": 83.25},
    {"file": "b.mp4", "id": "two", "t0": None, "t1": None, "fold": "dev", "label": None, "q": None, "a": None,
     "c": None, "score": 12.0},
    {"file": "c.mp4", "id": "three", "t0": None, "t1": None, "fold": "test", "label": "rowing, upstream\nslowly",
     "q": 'What is "it"?', "a": "Wasser für alle", "c": None, "score": None},
]  # fmt: skip


def cell(value: Any, choices: str) -> str:
    if isinstance(value, list):
        text = json.dumps(value) if choices == "json" else choices.join(value)
    else:
        text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\t') else text


def delimited(path: Path, rows: list[dict[str, Any]], mark: str = ",", choices: str = "|") -> Path:
    lines = [mark.join(rows[0])] + [mark.join(cell(value, choices) for value in row.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def written(folder: Path, form: str, rows: list[dict[str, Any]]) -> Path:
    path = folder / f"table.{form.partition(' ')[0]}"
    if path.suffix == ".jsonl":
        lines = [json.dumps({key: value for key, value in row.items() if value is not None}) for row in rows]
        path.write_text("\n\n".join(lines), encoding="utf-8")
    elif path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet

        pyarrow.parquet.write_table(pa.Table.from_pylist(rows), path)
    else:
        delimited(path, rows, "\t" if path.suffix == ".tsv" else ",", form.partition(" ")[2] or "|")
    return path


@pytest.mark.parametrize("form", ["csv", "csv ;", "csv json", "tsv", "jsonl", "parquet"])
def test_the_form_of_the_recipe_reads_alike_from_every_format(read, tmp_path, form):
    source = read("table", written(tmp_path, form, ROWS), columns=COLUMNS)
    score = {"name": "dive score", "minimum": 0.0, "maximum": 110.0, "tolerance": 5.0}
    assert not source.skipped
    assert [clip.id for clip in source.clips] == ["table/one", "table/two", "table/three"]
    assert [clip.split for clip in source.clips] == [Split.TRAIN, Split.VALIDATION, Split.TEST]
    assert [(clip.start, clip.end) for clip in source.clips] == [(1.5, 4.0), (None, None), (None, None)]
    assert [clip.labels for clip in source.clips] == [
        (
            ClassLabel(name="diving"),
            NumberLabel(value=83.25, **score),
            QALabel(question="Who?", answer="A man", choices=("A man", "A cat")),
        ),
        (NumberLabel(value=12.0, **score),),
        (ClassLabel(name="rowing, upstream\nslowly"), QALabel(question='What is "it"?', answer="Wasser für alle")),
    ]


def test_usual_names_are_recognised_without_columns(read, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Path,label,question,answer,choices,split,start,end\na.mp4,rowing,Q?,b,a|b,val,1,2\n")
    clip = read("table", path).clips[0]
    assert clip.labels == (ClassLabel(name="rowing"), QALabel(question="Q?", answer="b", choices=("a", "b")))
    assert (clip.video, clip.id, clip.split) == ("a.mp4", "table/a.mp4@1-2", Split.VALIDATION)


def test_several_columns_of_one_kind(read, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "file,verb,noun,s1,s2,q1,a1,q2,a2,o1,o2,ev,from,to\nx,cut,bread,1,2.5,A?,y,B?,n,y,n,slicing,0.5,3\n"
        "y,cut,,,2,A?,,B?,n,y,n,,,\n"
    )
    source = read(
        "table",
        path,
        columns={
            "class": ["verb", "noun"],
            "number": [{"value": "s1", "unit": "points"}, {"value": "s2", "name": "height"}],
            "qa": [{"question": "q1", "answer": "a1", "choices": ["o1", "o2"]}, {"question": "q2", "answer": "a2"}],
            "segment": [
                {"name": "ev", "start": "from", "end": "to"},
                {"name": "the whole", "start": "from", "end": "to"},
            ],
        },
    )
    assert source.clips[0].labels == (
        ClassLabel(name="cut"),
        ClassLabel(name="bread"),
        NumberLabel(name="s1", value=1.0, unit="points"),
        NumberLabel(name="height", value=2.5),
        SegmentLabel(name="slicing", start=0.5, end=3.0),
        SegmentLabel(name="the whole", start=0.5, end=3.0),
        QALabel(question="A?", answer="y", choices=("y", "n")),
        QALabel(question="B?", answer="n"),
    )
    assert source.clips[1].labels == (
        ClassLabel(name="cut"),
        NumberLabel(name="height", value=2.0),
        QALabel(question="B?", answer="n"),
    )


@pytest.mark.parametrize(
    ("row", "reason", "detail"),
    [
        ("a,x,1,2,train,rowing,", "malformed_row", "7 cells are expected|found"),
        (",x,1,2,train,rowing,,5", "malformed_row", "video is empty"),
        ("a,,1,2,train,rowing,,5", "malformed_row", "id is empty"),
        ("a,x,one,2,train,rowing,,5", "malformed_row", "'one'"),
        ("a,x,nan,2,train,rowing,,5", "malformed_row", "'nan'"),
        ("a,x,1_0,20,train,rowing,,5", "malformed_row", "'1_0'"),
        ("a,x,-1,2,train,rowing,,5", "malformed_row", "at least 0"),
        ("a,x,5,2,train,rowing,,5", "malformed_row", "`end` must be after `start`"),
        ("a,x,1,2,train,rowing,,five", "malformed_row", "'five'"),
        ("a,x,1,2,holdout,rowing,,5", "malformed_row", "'holdout'"),
        ("a,x,1,2,train,,,", "unsupported_label", "empty"),
        ('a,x,1,2,train,"row"ing,,5', "malformed_row", "expected after"),
    ],
)
def test_a_bad_row_is_skipped_with_its_line(read, tmp_path, row, reason, detail):
    path = tmp_path / "t.csv"
    path.write_text(f'file,id,t0,t1,fold,label,note,score\nok,0,,,,"two\nlines",,\n{row}\nok,1,,,,diving,,\n')
    columns = {key: COLUMNS[key] for key in ("video", "id", "start", "end", "split", "class", "number")}
    source = read("table", path, columns=columns)
    assert [clip.id for clip in source.clips] == ["table/0", "table/1"]
    assert [(skip.reason.value, skip.where) for skip in source.skipped] == [(reason, "t.csv:4")]
    assert any(part in source.skipped[0].detail for part in detail.split("|"))


def test_a_label_that_contradicts_itself_is_skipped(read, tmp_path):
    path = tmp_path / "t.jsonl"
    rows = [{"video": "a", "question": "Q", "answer": "x", "choices": choices} for choices in (["y"], "[y", "x||y", {})]
    path.write_text("\n".join(map(json.dumps, rows)) + '\n{"video": \n[1]\n')
    source = read("table", path)
    assert [skip.where for skip in source.skipped] == [f"t.jsonl:{line}" for line in range(1, 7)]
    assert {skip.reason for skip in source.skipped} == {UnusableReason.MALFORMED_ROW}


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_missing_column_is_named_before_any_row_with_the_nearest(read, tmp_path, form):
    with pytest.raises(AnnotationError) as problem:
        read("table", written(tmp_path, form, ROWS), columns=COLUMNS | {"class": "labels"})
    for part in ('no column "labels"', "file, id", "score", 'did you mean "label"?'):
        assert part in str(problem.value)


def test_a_key_that_only_a_late_line_has_is_a_column(read, tmp_path):
    path = tmp_path / "t.jsonl"
    lines = [json.dumps({"video": f"{number}.mp4", "label": "x"}) for number in range(1500)]
    path.write_text("\n".join([*lines, json.dumps({"video": "z.mp4", "late": "y"})]))
    source = read("table", path, columns={"class": ["label", "late"]})
    assert len(source.clips) == 1501
    assert source.clips[-1].labels == (ClassLabel(name="y"),)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", "", "no header"),
        ("t.csv", "video,label\n", "no rows"),
        ("t.csv", "clip,label\na,b\n", "hold the videos"),
        ("t.csv", "video,score\na,1\n", "hold the labels"),
        ("t.csv", "video,label,label\na,b,c\n", 'Several columns are called "label"'),
        ("t.csv", 'video,label\na,"b\nc,d\n', "does not end"),
        ("t.tsv", "video,label\na,b\n", "hold the videos"),
        ("t.jsonl", "\n\n", "no row"),
        ("t.jsonl", "[1, 2]\n", "no row"),
        ("t.parquet", "video,label\n", "not a Parquet file"),
        ("t.xlsx", "", "suffix of the table"),
    ],
)
def test_a_table_that_cannot_be_read_is_an_error(read, tmp_path, name, content, message):
    (tmp_path / name).write_text(content)
    with pytest.raises(AnnotationError, match=message) as problem:
        read("table", tmp_path / name)
    assert str(tmp_path / name) in str(problem.value)


def test_annotations_that_are_a_pipe_are_refused(read, tmp_path):
    os.mkfifo(tmp_path / "t.csv")
    with pytest.raises(AnnotationError, match="neither a file nor a folder"):
        read("table", tmp_path / "t.csv")


def test_a_damaged_parquet_file_is_an_error_of_the_input(read, tmp_path):
    path = tmp_path / "t.parquet"
    texts = pa.array([f"{number:03d}.mp4" for number in range(300)])
    pq.write_table(pa.table({"video": texts, "label": texts}), path)
    whole = path.read_bytes()
    path.write_bytes(whole[:20] + b"\xff" * 60 + whole[80:])
    with pytest.raises(AnnotationError, match="damaged") as problem:
        read("table", path)
    assert str(path) in str(problem.value)
    path.write_bytes(whole[:-60] + b"\xff" * 50 + whole[-10:])
    with pytest.raises(AnnotationError, match="not a Parquet file"):
        read("table", path)


def test_text_in_parquet_that_is_not_utf8_is_named(read, tmp_path):
    wrong = pa.array([b"\xff\xfe"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"video": ["a.mp4"], "label": wrong}), tmp_path / "t.parquet")
    with pytest.raises(AnnotationError, match=r"damaged.*\n.*after row 0"):
        read("table", tmp_path / "t.parquet")


def test_choices_that_are_too_deep_are_skipped(read, tmp_path):
    row = "a.mp4,q,x," + "[" * 9000
    (tmp_path / "t.csv").write_text(f"video,question,answer,choices\n{row}\nb.mp4,q,x,x|y\n")
    source = read("table", tmp_path / "t.csv")
    assert [clip.video for clip in source.clips] == ["b.mp4"]
    assert "a list was expected" in source.skipped[0].detail


def test_the_wrong_separator_is_recognised(read, tmp_path):
    (tmp_path / "t.csv").write_text("file;label\na;b\n")
    with pytest.raises(AnnotationError, match="separated by ';'"):
        read("table", tmp_path / "t.csv", columns={"video": "file", "class": "label"})


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_rows_that_share_a_video_get_ids_that_do_not_depend_on_the_order(read, tmp_path, form):
    rows = [{"video": f"{number % 4}.mp4", "question": f"Q{number}?", "answer": "yes"} for number in range(9)]
    rows += [{"video": "alone.mp4", "question": "Q?", "answer": "no"}, dict(rows[0])]
    source = read("table", written(tmp_path, form, rows))
    again = read("table", written(tmp_path, form, random.Random(3).sample(rows, len(rows))))
    assert {clip.id: clip.labels for clip in source.clips} == {clip.id: clip.labels for clip in again.clips}
    assert len({clip.id for clip in source.clips}) == len(source.clips) == 10
    assert "table/alone.mp4" in {clip.id for clip in source.clips}
    assert all("#" in clip.id for clip in source.clips if clip.video != "alone.mp4")
    assert [skip.reason for skip in source.skipped] == [UnusableReason.MALFORMED_ROW]


def test_ids_are_the_same_in_every_format(read, tmp_path):
    columns = {key: value for key, value in COLUMNS.items() if key != "id"}
    rows = [*ROWS, ROWS[0] | {"q": "When?"}, ROWS[1] | {"score": 3.0}]
    ids = [
        [clip.id for clip in read("table", written(tmp_path, form, rows), columns=columns).clips]
        for form in ("csv", "tsv", "jsonl", "parquet")
    ]
    assert len(set(ids[0])) == 5
    assert ids[1:] == ids[:1] * 3


def test_whole_numbers_and_gaps_of_parquet_are_read_as_meant(read, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet

    columns = {"video": [41775.0, 7.0], "label": ["a", "b"], "start": [float("nan"), 3.0]}
    pyarrow.parquet.write_table(pa.table(columns), tmp_path / "t.parquet")
    clips = read("table", tmp_path / "t.parquet").clips
    assert [(clip.video, clip.start) for clip in clips] == [("41775", None), ("7", 3.0)]


def test_videos_are_looked_up_with_and_without_suffix(read, videos, tmp_path):
    root = videos("clips/a.webm", "b.mp4")
    path = tmp_path / "t.csv"
    path.write_text(f"video,label\nclips/a,x\n{root.root}/b.mp4,x\nabsent,x\n")
    assert [clip.video for clip in read("table", path, root).clips] == ["clips/a.webm", "b.mp4", "absent"]


def test_a_byte_order_mark_changes_nothing(read, tmp_path):
    (tmp_path / "t.csv").write_bytes("\ufeffvideo,label\na,é\n".encode())
    (tmp_path / "t.jsonl").write_bytes('\ufeff{"video": "a", "label": "é"}\n'.encode())
    for name in ("t.csv", "t.jsonl"):
        assert read("table", tmp_path / name).clips[0].labels == (ClassLabel(name="é"),)


def test_the_licence_goes_into_every_clip(read, tmp_path):
    (tmp_path / "t.csv").write_text("video,label\na,b\n")
    assert read("table", tmp_path / "t.csv", license="MIT").clips[0].license == "MIT"


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["a.mp4", "1", "2.5", "train", "[1", "x|y", "x"]),
    st.text(st.characters(codec="utf-8"), max_size=8),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.lists(st.sampled_from(["x", ""]), max_size=2),
)
NAMES = ["video", "start", "end", "split", "label", "question", "answer", "choices"]
LINES = st.lists(st.fixed_dictionaries({name: CELLS for name in NAMES}), min_size=1, max_size=6)


@given(LINES, st.sampled_from(["csv", "tsv", "jsonl"]), st.randoms())
def test_random_cells_give_one_record_a_row_in_any_order(tmp_path_factory, rows, form, order):
    folder = tmp_path_factory.mktemp("random")

    def outcome(ordered: list[dict[str, Any]]) -> tuple[set[Any], int]:
        path = folder / f"t.{form}"
        if form == "jsonl":
            path.write_text("".join(json.dumps(row).replace("NaN", "null") + "\n" for row in ordered))
        else:
            mark = "\t" if form == "tsv" else ","
            lines = [",".join(NAMES).replace(",", mark)]
            lines += [mark.join('"' + cell(v, "|").replace('"', '""') + '"' for v in row.values()) for row in ordered]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
        read = list(read_source(make_adapter("table", {}), path, None, source="s", split=None))
        assert all(isinstance(row, Clip | Skipped) for row in read)
        return {(row.id, row.labels) for row in read if isinstance(row, Clip)}, len(read)

    clips, records = outcome(rows)
    assert records == len(rows)
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert outcome(shuffled) == (clips, records)
