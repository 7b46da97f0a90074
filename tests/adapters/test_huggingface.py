"""Datasets of the Hub that lie on disk: downloaded folders, `save_to_disk`, single files; nothing is fetched or run."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys

import datasets
import pytest

from vstar_data.adapters import VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Split

ROWS = {"clip": ["a.mp4", "b.mp4"], "action": [1, 0], "tags": [["fast"], []]}
FEATURES = datasets.Features(
    {
        "clip": datasets.Value("string"),
        "action": datasets.ClassLabel(names=["sitting", "juggling"]),
        "tags": datasets.Sequence(datasets.Value("string")),
    }
)
OPTIONS = {"columns": {"video": "clip", "class": ["action", "tags"]}}


def made(**rows):
    return datasets.Dataset.from_dict({**ROWS, **rows}, features=FEATURES)


def names(source):
    return {clip.id: [label.name for label in clip.labels] for clip in source.clips}


EXPECTED = {"huggingface/a.mp4": ["juggling", "fast"], "huggingface/b.mp4": ["sitting"]}


def test_a_dataset_saved_to_disk_gives_the_names_of_its_classes(read, tmp_path):
    made().save_to_disk(tmp_path / "one")
    assert names(read("huggingface", tmp_path / "one", **OPTIONS)) == EXPECTED
    splits = datasets.DatasetDict({"train": made(), "test": made(clip=["c.mp4", "d.mp4"])})
    splits.save_to_disk(tmp_path / "two")
    source = read("huggingface", tmp_path / "two", **OPTIONS)
    assert {clip.video: clip.split for clip in source.clips} == {
        "a.mp4": Split.TRAIN,
        "b.mp4": Split.TRAIN,
        "c.mp4": Split.TEST,
        "d.mp4": Split.TEST,
    }


def test_a_video_may_have_rows_in_several_splits(read, tmp_path):
    datasets.DatasetDict({"train": made(), "test": made(action=[0, 1])}).save_to_disk(tmp_path / "set")
    source = read("huggingface", tmp_path / "set", **OPTIONS)
    assert len({clip.id for clip in source.clips}) == 4
    assert not source.skipped


@pytest.mark.parametrize("form", ["parquet", "json", "csv", "tsv"])
def test_one_data_file_will_do(read, tmp_path, form):
    path = tmp_path / f"rows.{form}"
    if form == "parquet":
        made().to_parquet(path)
    elif form == "json":
        path.write_text("".join(json.dumps({"clip": f"{name}.mp4", "action": "juggling"}) + "\n" for name in "ab"))
    else:
        mark = {"csv": ",", "tsv": "\t"}[form]
        path.write_text(f"clip{mark}action\na.mp4{mark}juggling\nb.mp4{mark}sitting\n")
    options = OPTIONS if form == "parquet" else {"columns": {"video": "clip", "class": "action"}}
    found = names(read("huggingface", path, **options))
    assert list(found) == ["huggingface/a.mp4", "huggingface/b.mp4"]
    assert found["huggingface/a.mp4"][0] == "juggling"


def test_a_video_column_stands_for_its_path_and_a_video_inside_a_row_for_nothing(read, tmp_path):
    (tmp_path / "videos").mkdir()
    (tmp_path / "videos" / "a.mp4").write_bytes(b"x")
    features = datasets.Features({"clip": datasets.Video(decode=False), "label": datasets.Value("string")})
    rows = {
        "clip": [
            {"path": str(tmp_path / "videos" / "a.mp4"), "bytes": None},
            {"path": None, "bytes": b"a whole video"},
        ],
        "label": ["juggling", "sitting"],
    }
    datasets.Dataset.from_dict(rows, features=features).to_parquet(tmp_path / "rows.parquet")
    options = {"columns": {"video": "clip", "class": "label"}}
    source = read("huggingface", tmp_path / "rows.parquet", VideoRoot(tmp_path / "videos"), **options)
    assert [(clip.video, clip.labels) for clip in source.clips] == [("a.mp4", (ClassLabel(name="juggling"),))]
    assert [row.detail for row in source.skipped] == ["the video is inside the row: write it to a file first"]


def test_of_several_configurations_one_must_be_named(read, tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.jsonl").write_text(json.dumps({"video": f"{name}.mp4", "label": "juggling"}) + "\n")
    configs = "".join(f"- config_name: {name}\n  data_files: {name}.jsonl\n" for name in ("one", "two"))
    (folder / "README.md").write_text(f"---\nconfigs:\n{configs}---\n")
    assert [clip.video for clip in read("huggingface", folder, config="two").clips] == ["two.mp4"]
    with pytest.raises(AnnotationError, match="several configurations") as problem:
        read("huggingface", folder)
    assert "one, two" in str(problem.value)
    with pytest.raises(AnnotationError, match='no configuration "tow"') as problem:
        read("huggingface", folder, config="tow")
    assert '"two"' in str(problem.value)


def test_a_script_is_never_run(read, tmp_path):
    folder = tmp_path / "scripted"
    folder.mkdir()
    (folder / "scripted.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    (folder / "rows.jsonl").write_text('{"video": "a.mp4", "label": "x"}\n')
    with pytest.raises(AnnotationError, match="script"):
        read("huggingface", folder)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("rows.xlsx", b"x", "suffix"),
        ("rows.parquet", b"no parquet", "cannot be read"),
        ("rows.jsonl", b'{"video": ', "no row"),
        ("rows.csv", b"video,colour\na.mp4,red\n", "hold the labels"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(read, tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AnnotationError, match=message) as problem:
        read("huggingface", tmp_path / name)
    assert name in str(problem.value)


@pytest.fixture
def dataset(tmp_path):
    """Writes a dataset of one file, with the settings that its card gives."""

    def _dataset(name, content, card=""):
        folder = tmp_path / "set"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
        (folder / "README.md").write_text(f"---\n{card}\n---\n" if card else "", encoding="utf-8")
        return folder

    return _dataset


def test_a_number_stands_for_the_class_that_the_card_gives_it(read, dataset):
    names = "".join(f"          '{number}': {name}\n" for number, name in enumerate(["sitting", "juggling"]))
    card = (
        "dataset_info:\n  features:\n  - {name: video, dtype: string}\n  - name: label\n    dtype:\n"
        f"      class_label:\n        names:\n{names}"
    )
    rows = "a.mp4,1\nb.mp4,-1\nc.mp4,2\nd.mp4,sitting\n"
    source = read("huggingface", dataset("train.csv", "video,label\n" + rows, card))
    assert [(clip.video, clip.labels) for clip in source.clips] == [
        ("a.mp4", (ClassLabel(name="juggling"),)),
        ("d.mp4", (ClassLabel(name="sitting"),)),
    ]
    assert [(row.reason.value, row.detail) for row in source.skipped] == [
        ("unsupported_label", "the cells of all labels are empty"),
        ("malformed_row", "the number of one of 2 classes was expected, found 2"),
    ]


def test_text_is_read_as_the_card_says(read, dataset):
    card = "configs:\n- config_name: default\n  data_files: train.csv\n  sep: ';'"
    assert [clip.video for clip in read("huggingface", dataset("train.csv", "video;label\na;x\n", card)).clips] == ["a"]


@pytest.mark.parametrize("place", ["https://example.com/a.jsonl", "hf://datasets/org/name/a.jsonl"])
def test_data_that_lies_elsewhere_is_not_fetched(read, dataset, monkeypatch, place):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("a server was asked"))
    card = f"configs:\n- config_name: default\n  data_files:\n  - {{split: train, path: '{place}'}}"
    with pytest.raises(AnnotationError, match="nothing is fetched") as problem:
        read("huggingface", dataset("a.jsonl", '{"video": "a", "label": "x"}\n', card))
    assert place in str(problem.value)


def test_nothing_is_asked_of_a_server_and_nothing_written_into_the_home_folder(tmp_path):
    made().to_parquet(tmp_path / "test.parquet")
    script = (
        "import pathlib, socket, sys\n"
        "asked = []\n"
        "socket.getaddrinfo = lambda host, *_, **__: asked.append(host) or (_ for _ in ()).throw(OSError())\n"
        "from vstar_data.adapters import make_adapter, read_source\n"
        f"adapter = make_adapter('huggingface', {OPTIONS!r})\n"
        "rows = read_source(adapter, pathlib.Path(sys.argv[1]), None, source='s', split=None)\n"
        "print([(row.id, row.split.value) for row in rows], asked)\n"
    )
    home = {"HOME": "/proc/none", "HF_HOME": "/proc/none/hf", "HF_HUB_OFFLINE": "0", "HF_DATASETS_OFFLINE": "0"}
    command = [sys.executable, "-c", script, str(tmp_path / "test.parquet")]
    done = subprocess.run(command, env={**os.environ, **home}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[('s/a.mp4', 'test'), ('s/b.mp4', 'test')] []"


def test_a_folder_of_no_table_and_a_path_that_is_a_pattern_say_what_to_do(read, dataset, tmp_path):
    with pytest.raises(AnnotationError, match="read as `videofolder`") as problem:
        read("huggingface", dataset("a.mp4", "x"))
    assert "the adapter `videofolder`" in str(problem.value)
    odd = tmp_path / "set [2]"
    odd.mkdir()
    (odd / "train.jsonl").write_text('{"video": "a", "label": "x"}\n')
    with pytest.raises(AnnotationError, match="takes for a pattern"):
        read("huggingface", odd)
    assert [clip.video for clip in read("huggingface", odd / "train.jsonl").clips] == ["a"]


def test_a_name_tells_the_split_of_what_is_one_file_or_was_saved_alone(read, tmp_path):
    made().save_to_disk(tmp_path / "test")
    (tmp_path / "val.jsonl").write_text('{"clip": "a.mp4", "action": "juggling", "tags": []}\n')
    assert {clip.split for clip in read("huggingface", tmp_path / "test", **OPTIONS).clips} == {Split.TEST}
    assert {clip.split for clip in read("huggingface", tmp_path / "val.jsonl", **OPTIONS).clips} == {Split.VALIDATION}


def test_a_damaged_offset_in_stored_rows_is_an_error_and_no_crash(read, tmp_path):
    made().save_to_disk(tmp_path / "train")
    (file,) = (tmp_path / "train").glob("*.arrow")
    content, offsets = file.read_bytes(), struct.pack("<3i", 0, 5, 10)
    assert content.count(offsets) == 1
    file.write_bytes(content.replace(offsets, struct.pack("<3i", 0, 2**30, 2**31 - 1)))
    with pytest.raises(AnnotationError, match="cannot be read") as problem:
        read("huggingface", tmp_path / "train", **OPTIONS)
    assert "after row 0" in str(problem.value)
