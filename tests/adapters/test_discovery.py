from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from vstar_data.adapters import discovered, find_adapter, make_adapter, read_source, split_named
from vstar_data.errors import AnnotationError, RecipeError, UnknownNameError
from vstar_data.records import Clip, Skipped, Split, UnusableReason

OWN = '''
from __future__ import annotations

from typing import ClassVar

from label_adapters.table import Table
from vstar_data.adapters import LabelAdapter
from vstar_data.records import ClassLabel, Clip, Split


class Lines(LabelAdapter):
    """One word a line."""

    name = "lines"
    needs = "a text file"
    fail_at: int | None = None
    copies: int = 1

    def clips(self, annotations, videos):
        for number, line in enumerate(annotations.read_text().split(), start=1):
            if number == self.fail_at:
                raise KeyError("label")
            for _ in range(self.copies):
                yield Clip(id=line, video=line + ".mp4", labels=(ClassLabel(name=line),), split=Split.TRAIN)
'''


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "lines.py"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text("juggling rowing fencing", encoding="utf-8")
    return path


def test_the_bundled_package_is_the_only_entry_point_and_is_scanned():
    entries = [
        entry for entry in importlib.metadata.entry_points(group="vstar_data.adapters") if entry.name == "builtin"
    ]
    assert [entry.value for entry in entries] == ["label_adapters"]
    assert {"kinetics", "table", "jsonl"} <= discovered().by_name.keys()
    assert not discovered().broken


def test_every_bundled_adapter_says_what_it_is_and_needs():
    for name, adapter in discovered().by_name.items():
        assert adapter.name == name
        assert adapter.__doc__
        assert adapter.needs


def test_an_unknown_adapter_names_the_nearest():
    with pytest.raises(UnknownNameError, match='did you mean "kinetics"'):
        find_adapter("kinetic")


def test_a_file_of_the_user_is_loaded_by_path(own, words):
    adapter = make_adapter("lines", {}, own)
    clips = list(read_source(adapter, words, None, source="mine", split=Split.TRAIN))
    assert [clip.id for clip in clips if isinstance(clip, Clip)] == ["mine/juggling", "mine/rowing", "mine/fencing"]
    assert {clip.source for clip in clips if isinstance(clip, Clip)} == {"mine"}
    assert find_adapter("kinetics", own).name == "kinetics"


def test_what_a_file_only_imports_is_not_its_own(own):
    with pytest.raises(UnknownNameError) as problem:
        find_adapter("linse", own)
    assert 'did you mean "lines"?' in str(problem.value)
    assert find_adapter("table", own).__module__ == "label_adapters.table"


@pytest.mark.parametrize(
    ("text", "line"),
    [("def broken(:\n", 1), ("x = 1\n\nraise RuntimeError('no')\n", 3), ("import not_there_at_all\n", 1)],
)
def test_a_file_that_fails_is_named_with_the_line(tmp_path, text, line):
    path = tmp_path / "bad.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnnotationError, match="cannot be loaded") as problem:
        find_adapter("bad", path)
    assert f"bad.py:{line}" in str(problem.value)


def test_a_file_without_adapter_or_without_file_is_an_error(tmp_path):
    (tmp_path / "empty.py").write_text("", encoding="utf-8")
    for name in ("empty.py", "absent.py"):
        with pytest.raises(AnnotationError, match="adapter"):
            find_adapter("empty", tmp_path / name)


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({"colums": {}}, ["`colums`", 'did you mean "columns"?']),
        ({"columns": {"vidoe": "a"}}, ["`columns.vidoe`", 'did you mean "video"?']),
        ({"columns": {"qa": {"question": "q", "answr": "a"}}}, ["`columns.qa.answr`", 'did you mean "answer"?']),
        ({"columns": {"number": [{"valu": "s"}]}}, ["number", 'did you mean "value"?']),
        ({"columns": {"video": 3}}, ["$.columns.video", "str"]),
        ({"columns": {"number": {"value": "s", "minimum": 5, "maximum": 1}}}, ["`minimum` must be below `maximum`"]),
    ],
)
def test_a_bad_option_names_the_key(options, parts):
    with pytest.raises(RecipeError) as problem:
        make_adapter("table", options)
    for part in parts:
        assert part in str(problem.value)


def test_an_adapter_without_options_says_so():
    with pytest.raises(RecipeError, match="this adapter has no options"):
        make_adapter("kinetics", {"version": 700})


def test_a_second_clip_of_one_id_is_skipped(own, words):
    rows = list(read_source(make_adapter("lines", {"copies": 2}, own), words, None, source="s", split=None))
    second = [row for row in rows if isinstance(row, Skipped)]
    assert len(rows) == 6
    assert [row.reason for row in second] == [UnusableReason.MALFORMED_ROW] * 3
    assert "juggling" in second[0].detail


def test_an_exception_of_an_adapter_names_it_the_record_and_the_place(own, words):
    rows = read_source(make_adapter("lines", {"fail_at": 3}, own), words, None, source="s", split=None)
    with pytest.raises(AnnotationError, match="record 3") as problem:
        list(rows)
    line = OWN[: OWN.index("raise KeyError")].count("\n") + 1
    for part in ('"lines"', "KeyError", f"lines.py:{line}", str(words)):
        assert part in str(problem.value)


@pytest.mark.parametrize(
    "body", ["yield None", "return None", "yield from (1, 2)", "raise UnusableClipError('empty', 'x')"]
)
def test_an_adapter_that_gives_something_else_is_an_error(tmp_path, words, body):
    path = tmp_path / f"other{len(body)}.py"
    path.write_text(
        "from vstar_data.adapters import LabelAdapter\nfrom vstar_data.errors import UnusableClipError\n"
        f"class Other(LabelAdapter):\n    name = 'other'\n    def clips(self, annotations, videos):\n        {body}\n",
        encoding="utf-8",
    )
    with pytest.raises(AnnotationError, match='"other" failed'):
        list(read_source(make_adapter("other", {}, path), words, None, source="s", split=None))


def test_missing_annotations_are_an_error_that_says_what_is_needed(own, tmp_path):
    rows = read_source(make_adapter("lines", {}, own), tmp_path / "absent.txt", None, source="s", split=None)
    with pytest.raises(AnnotationError, match="not there") as problem:
        list(rows)
    assert "a text file" in str(problem.value)


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("train", Split.TRAIN),
        ("Training", Split.TRAIN),
        ("val", Split.VALIDATION),
        ("validate", Split.VALIDATION),
        ("valid", Split.VALIDATION),
        (" dev ", Split.VALIDATION),
        ("VALIDATION", Split.VALIDATION),
        ("test", Split.TEST),
        ("testing", Split.TEST),
    ],
)
def test_splits_go_by_many_names(text, split):
    assert split_named(text) is split


def test_an_unknown_split_is_an_error():
    with pytest.raises(AnnotationError, match="'holdout'"):
        split_named("holdout")
