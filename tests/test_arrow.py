"""Records to Arrow and back, and Parquet files that are the same bytes for the same rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vstar_data.arrow import (
    ROW_GROUP,
    UnusableRow,
    clip_row,
    clips_from,
    clips_schema,
    clips_table,
    label_from,
    label_row,
    label_type,
    questions_from,
    questions_schema,
    questions_table,
    read_batches,
    record_batches,
    unusable_from,
    unusable_schema,
    unusable_table,
    write_parquet,
)
from vstar_data.errors import RecordError, StorageError
from vstar_data.records import (
    LABEL_KINDS,
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Clip,
    Label,
    NumberLabel,
    QALabel,
    Question,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    Split,
    TimestampLabel,
    UnusableReason,
)

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)
several = st.lists(words, max_size=3).map(tuple)
numbers = st.floats(allow_nan=False, allow_infinity=False)
seconds = st.floats(0, 1e6)
spans = st.tuples(seconds, st.floats(0.001, 1e3)).map(lambda span: (span[0], span[0] + span[1]))
edges = st.tuples(st.floats(0, 0.4), st.floats(0.5, 1))
scales = st.one_of(st.just((None, None)), st.tuples(st.floats(-10, 0), st.floats(1, 10)))


def boxes(edges: tuple[tuple[float, float], tuple[float, float]]) -> tuple[float, float, float, float]:
    (left, right), (top, bottom) = edges
    return (left, top, right, bottom)


LABELS: dict[str, st.SearchStrategy[Label]] = {
    "class": st.builds(ClassLabel, name=words, aliases=several),
    "sequence": st.builds(SequenceLabel, steps=st.lists(words, min_size=1, max_size=3).map(tuple)),
    "number": st.builds(
        lambda scale, **fields: NumberLabel(minimum=scale[0], maximum=scale[1], **fields),
        scales,
        name=words,
        value=numbers,
        tolerance=st.none() | st.floats(0, 5),
        unit=st.none() | words,
    ),
    "timestamp": st.builds(TimestampLabel, name=words, time=seconds, tolerance=st.floats(0, 5)),
    "segment": st.builds(lambda name, span: SegmentLabel(name=name, start=span[0], end=span[1]), words, spans),
    "box": st.builds(
        BoxLabel,
        name=words,
        time=numbers,
        box=st.tuples(edges, edges).map(boxes),
        track=st.none() | words,
        aliases=several,
    ),
    "qa": st.builds(
        lambda choices, **fields: QALabel(answer=choices[0], choices=choices if len(choices) > 1 else (), **fields),
        st.lists(words, min_size=1, max_size=4).map(tuple),
        question=words,
        aliases=several,
    ),
    "relation": st.builds(RelationLabel, subject=words, predicate=words, object=words),
    "boolean": st.builds(BooleanLabel, name=words, holds=st.booleans()),
    "caption": st.builds(CaptionLabel, text=words),
}
labels = st.one_of(*LABELS.values())
values = st.recursive(
    st.none() | st.booleans() | st.integers() | numbers | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)
clips = st.builds(
    lambda span, **fields: Clip(start=span[0], end=span[1], **fields),
    st.just((None, None)) | spans,
    id=words,
    video=words,
    labels=st.lists(labels, max_size=3).map(tuple),
    fps=st.none() | st.floats(1, 60),
    source=st.just("") | words,
    split=st.sampled_from(Split),
    license=st.none() | words,
    metadata=st.dictionaries(words, values, max_size=3),
)


def test_every_kind_of_label_has_a_strategy_and_every_field_a_column() -> None:
    assert set(LABELS) == set(LABEL_KINDS)
    fields = {"kind"} | {name for kind in LABEL_KINDS.values() for name in kind.__struct_fields__}
    assert {field.name for field in label_type()} == fields


@pytest.mark.parametrize("kind", sorted(LABELS))
@settings(max_examples=25)
@given(data=st.data())
def test_labels_survive_arrow_exactly(kind: str, data: st.DataObject) -> None:
    label = data.draw(LABELS[kind])
    stored = pa.array([label_row(label)], type=label_type())[0].as_py()
    assert stored["kind"] == kind
    assert set(stored) == {field.name for field in label_type()}
    assert label_from(stored) == label


def test_no_aliases_and_no_such_field_are_told_apart() -> None:
    rows = [label_row(ClassLabel(name="juggling")), label_row(CaptionLabel(text="a man juggles"))]
    assert pa.array(rows, type=label_type()).field("aliases").to_pylist() == [[], None]


@settings(max_examples=50)
@given(st.lists(clips, max_size=4))
def test_clips_survive_arrow_exactly(made: list[Clip]) -> None:
    table = clips_table(made)
    assert table.schema.equals(clips_schema())
    assert list(clips_from(table)) == made


@settings(max_examples=50)
@given(st.lists(labels, max_size=3), words)
def test_questions_survive_arrow_exactly(targets: list[Label], text: str) -> None:
    asks = tuple(("name", "time")[: number % 3] for number, _ in enumerate(targets))
    question = Question(id="q", clip_id="c", text=text, targets=tuple(targets), asks=asks, origin="bank:class/0")
    table = questions_table([question])
    assert table.schema.equals(questions_schema())
    assert list(questions_from(table)) == [question]


def test_the_ledger_survives_arrow_and_takes_any_file_name() -> None:
    rows = [
        UnusableRow(clip_id=None, video=None, reason=UnusableReason.MALFORMED_ROW, detail="a.csv:3"),
        UnusableRow(clip_id="a/1", video="x.mp4", reason=UnusableReason.MISSING, detail=""),
    ]
    assert list(unusable_from(unusable_table(rows))) == rows
    odd = UnusableRow(clip_id="a/2", video="\udcff.mp4", reason=UnusableReason.MISSING, detail="")
    assert unusable_table([odd]).column("video").to_pylist() == ["\\udcff.mp4"]


def test_metadata_is_one_json_text_with_sorted_keys() -> None:
    clip = Clip(id="a", video="a.mp4", labels=(), metadata={"b": float("nan"), "a": {"d": 1, "c": 2}})
    assert clip_row(clip)["metadata"] == '{"a":{"c":2,"d":1},"b":null}'


@pytest.mark.parametrize("value", [object(), "\ud800"])
def test_metadata_that_json_cannot_say_is_an_error_that_names_the_clip(value: Any) -> None:
    with pytest.raises(RecordError, match="'circus/7'"):
        clips_table([Clip(id="circus/7", video="a.mp4", labels=(), metadata={"value": value})])


def test_a_text_that_is_not_unicode_is_an_error_that_names_the_row() -> None:
    good = Clip(id="a/good", video="a.mp4", labels=())
    bad = Clip(id="a/bad", video="b.mp4", labels=(CaptionLabel(text="lone \udc80 surrogate"),))
    with pytest.raises(RecordError, match="'a/bad'"):
        clips_table([good, bad])


def test_a_row_that_is_no_record_is_an_error_that_names_the_row() -> None:
    rows = [clip_row(Clip(id="a", video="a.mp4", labels=())), {"id": "b", "video": "b.mp4", "labels": []}]
    rows[1]["split"] = "holiday"
    table = pa.Table.from_pylist(rows, schema=clips_schema())
    with pytest.raises(RecordError, match="clips, row 2"):
        list(clips_from(table))


def test_columns_without_a_value_keep_their_type(tmp_path: Path) -> None:
    path = tmp_path / "clips.parquet"
    write_parquet(path, clips_table([Clip(id="a", video="a.mp4", labels=())]), clips_schema())
    assert pyarrow.parquet.read_schema(path).equals(clips_schema())
    assert write_parquet(path, [], clips_schema()) == 0
    assert pyarrow.parquet.read_table(path).schema.equals(clips_schema())


def many_clips(number: int) -> list[Clip]:
    return [
        Clip(id=f"a/{index:05d}", video=f"{index % 97}.mp4", labels=(ClassLabel(name=f"class {index % 7}"),))
        for index in range(number)
    ]


def test_the_bytes_do_not_depend_on_the_portions(tmp_path: Path) -> None:
    rows = [clip_row(clip) for clip in many_clips(2 * ROW_GROUP + 7)]
    whole = pa.Table.from_pylist(rows, schema=clips_schema())
    ways = {
        "batches": record_batches(rows, clips_schema()),
        "table": whole,
        "uneven": [whole.slice(0, 3), whole.slice(3, ROW_GROUP), whole.slice(ROW_GROUP + 3)],
    }
    written = []
    for name, tables in ways.items():
        assert write_parquet(tmp_path / f"{name}.parquet", tables, clips_schema()) == len(rows)
        written.append((tmp_path / f"{name}.parquet").read_bytes())
    assert written[0] == written[1] == written[2]
    metadata = pyarrow.parquet.ParquetFile(tmp_path / "table.parquet").metadata
    assert [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)] == [ROW_GROUP, ROW_GROUP, 7]


def test_files_are_read_back_in_order(tmp_path: Path) -> None:
    made = many_clips(1_500)
    write_parquet(tmp_path / "clips.parquet", clips_table(made), clips_schema())
    assert list(clips_from(read_batches(tmp_path / "clips.parquet", clips_schema()))) == made


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "clips.parquet"
    write_parquet(path, clips_table(many_clips(2)), clips_schema())
    before = path.read_bytes()

    def failing() -> Any:
        yield clips_table(many_clips(5))
        raise KeyError("the source broke")

    with pytest.raises(KeyError):
        write_parquet(path, failing(), clips_schema())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [None, b"", b"PAR1 but not really PAR1"])
def test_a_file_that_cannot_be_read_is_an_error_that_names_it(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "clips.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StorageError, match=r"clips\.parquet"):
        list(read_batches(path, clips_schema()))


def test_a_table_of_another_shape_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "clips.parquet"
    write_parquet(path, unusable_table([]), unusable_schema())
    with pytest.raises(StorageError, match="other columns"):
        list(read_batches(path, clips_schema()))


def test_a_folder_that_is_not_there_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nowhere"):
        write_parquet(tmp_path / "nowhere" / "clips.parquet", clips_table([]), clips_schema())


def test_the_module_comes_without_pyarrow() -> None:
    code = "import sys, vstar_data.arrow; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_labels_as_rows_are_what_json_says() -> None:
    label = BoxLabel(name="cup", time=2.0, box=(0.1, 0.2, 0.4, 0.6))
    assert msgspec.json.encode(label_row(label)) == msgspec.json.encode(label)
