"""Takedowns and benchmarks: which clips are left out, by the names of clips and of videos."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.generation.small_run import clip
from vstar_data.errors import AnnotationError, UsageError
from vstar_data.generation.withholding import unmatched_ids, video_ids, withheld
from vstar_data.recipe.filters import BenchmarkSettings, FilterSettings
from vstar_data.records import Clip


def of_video(clip_id: str, video: str, **metadata: Any) -> Clip:
    return msgspec.structs.replace(clip(clip_id), video=video, metadata=metadata)


CLIPS = [
    of_video("s/one", "train/abcdefghijk_000001_000011.mp4", youtube_id="abcdefghijk"),
    of_video("s/two", "v_abcdefghijk.mp4", video_id="abcdefghijk"),
    of_video("s/three", "folder/other.mp4"),
    of_video("s/four", "folder/another.mp4", video_id=7),
]


def listed(folder: Path, text: str) -> FilterSettings:
    (folder / "takedowns.txt").write_text(text, encoding="utf-8")
    return FilterSettings(exclude=str(folder / "takedowns.txt"))


def test_a_video_is_called_what_its_dataset_calls_it_else_by_its_stem() -> None:
    joined = of_video("s/five", "a_b_0.mp4", video_id="a", video_ids=["a", "b"])
    assert video_ids(joined) == {"a", "b"}
    assert [set(video_ids(each)) for each in CLIPS] == [{"abcdefghijk"}, {"abcdefghijk"}, {"other"}, {"another"}]


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("s/one", ["s/one"]),
        ("one", ["s/one"]),
        ("abcdefghijk", ["s/one", "s/two"]),
        ("folder/other.mp4", ["s/three"]),
        ("another", ["s/four"]),
        ("  s/two  \n\n# why: asked for by mail\ns/one", ["s/one", "s/two"]),
        ("abcdefghij", []),
        ("s/one  # asked for by mail", ["s/one"]),
        ("other.mp4", ["s/three"]),
    ],
)
def test_a_line_names_a_clip_or_a_video(tmp_path: Path, line: str, gone: list[str]) -> None:
    found, lists = withheld(CLIPS, listed(tmp_path, line + "\n"))
    assert found == dict.fromkeys(gone, "excluded")
    assert list(lists) == ["excluded"]


def test_the_hash_of_a_list_is_that_of_its_ids_whatever_their_order(tmp_path: Path) -> None:
    first = withheld(CLIPS, listed(tmp_path, "a\nb\n"))[1]
    assert withheld(CLIPS, listed(tmp_path, "# remark\nb\n\na\n"))[1] == first
    assert withheld(CLIPS, listed(tmp_path, "a\nc\n"))[1] != first


def test_a_list_that_is_not_there_or_names_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"filters\.exclude"):
        withheld(CLIPS, FilterSettings(exclude=str(tmp_path / "gone.txt")))
    with pytest.raises(UsageError, match="names nothing"):
        withheld(CLIPS, listed(tmp_path, "\n# nothing\n"))
    (tmp_path / "takedowns.txt").write_bytes(b"caf\xe9\n")
    with pytest.raises(UsageError, match="UTF-8"):
        withheld(CLIPS, FilterSettings(exclude=str(tmp_path / "takedowns.txt")))


def test_clips_of_a_benchmarks_videos_are_left_out_in_every_split(tmp_path: Path) -> None:
    lines = [
        {"id": "q1", "video": "x.mp4", "split": "test", "metadata": {"video_id": "abcdefghijk"}},
        {"id": "q2", "video": "videos/other.webm", "split": "validation"},
    ]
    labels = [{"kind": "qa", "question": "What is it?", "answer": "A cat."}]
    path = tmp_path / "benchmark.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode({**line, "labels": labels}) + b"\n" for line in lines))
    benchmark = BenchmarkSettings(adapter="jsonl", annotations=str(path), name="cats")
    found, lists = withheld(CLIPS, FilterSettings(decontaminate=(benchmark,)))
    assert found == dict.fromkeys(["s/one", "s/two", "s/three"], "contaminated:cats")
    assert list(lists) == ["contaminated:cats"]
    both = FilterSettings(exclude=listed(tmp_path, "other\n").exclude, decontaminate=(benchmark,))
    assert withheld(CLIPS, both)[0]["s/three"] == "excluded"
    with pytest.raises(ValueError, match="cats"):
        FilterSettings(decontaminate=(benchmark, benchmark))
    with pytest.raises(AnnotationError):
        withheld(CLIPS, FilterSettings(decontaminate=(BenchmarkSettings(adapter="jsonl", annotations="gone"),)))


def test_videos_without_a_public_answer_are_held_out_too(tmp_path: Path) -> None:
    path = tmp_path / "questions.json"
    rows = [{"q_uid": "other", "question": "What is it?", **{f"option {n}": f"thing {n}" for n in range(5)}}]
    path.write_bytes(msgspec.json.encode(rows))
    (tmp_path / "subset_answers.json").write_text('{"another question": 1}')
    benchmark = BenchmarkSettings(adapter="egoschema", annotations=str(path))
    assert withheld(CLIPS, FilterSettings(decontaminate=(benchmark,)))[0] == {"s/three": "contaminated:egoschema"}
    (tmp_path / "none.jsonl").write_text("not JSON\n")
    none = BenchmarkSettings(adapter="jsonl", annotations=str(tmp_path / "none.jsonl"))
    with pytest.raises(UsageError, match="names no video"):
        withheld(CLIPS, FilterSettings(decontaminate=(none,)))


def test_lines_that_name_nothing_are_told(tmp_path: Path) -> None:
    filters = listed(tmp_path, "s/one\ntypo/2\n")
    assert unmatched_ids(CLIPS, filters) == ["typo/2"]
    assert unmatched_ids(CLIPS, FilterSettings()) == []
