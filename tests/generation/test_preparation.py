"""The tables of a run: written once, read back, and guarded against inputs that changed."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.generation.small_run import clip
from vstar_data.errors import UsageError
from vstar_data.generation.keys import block_of
from vstar_data.generation.preparation import Tables, clips_digest, open_sources, prepare
from vstar_data.generation.run_folder import RunFolder, clip_order
from vstar_data.questions import wordings
from vstar_data.recipe.loading import recipe_from
from vstar_data.recipe.recipe import Recipe
from vstar_data.records import ClassLabel, Clip, NumberLabel, QALabel

CLIPS = [
    clip(
        f"s/{number}",
        labels=(ClassLabel(name=f"thing {number % 3}"), NumberLabel(name="score", value=float(number))),
        metadata={"row": number},
    )
    for number in range(12)
]


def recipe(**changes: Any) -> Recipe:
    return recipe_from({"name": "r", "adapter": "table", "blocks": {"clips": 2}, **changes}, "here")


def tables(clips: list[Clip] = CLIPS) -> Tables:
    return Tables(tuple(sorted(clips, key=clip_order)), ())


def test_a_run_is_prepared_once_and_found_again(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    state = prepare(folder, recipe(), tables(), update=False)
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert prepare(RunFolder(tmp_path), recipe(), tables(), update=False) == state == folder.state()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files
    assert tuple(folder.clips()) == tables().clips
    assert state.class_names == {"s": ("thing 0", "thing 1", "thing 2")}


def test_blocks_hold_their_clips_with_their_questions(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    state = prepare(folder, recipe(), tables(), update=False)
    blocks = list(folder.blocks(state.block_bits))
    assert state.block_bits > 0
    assert len({block.number for block in blocks}) == len(blocks) > 1
    assert [each for block in blocks for each in block.clips] == list(tables().clips)
    assert [each for block in blocks for each in block.questions] == list(folder.questions())
    for block in blocks:
        assert {block_of(each.id, state.block_bits) for each in block.clips} == {block.number}
        assert {each.clip_id for each in block.questions} == {each.id for each in block.clips}


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    shuffled = list(CLIPS)
    random.Random(1).shuffle(shuffled)
    assert clips_digest(shuffled) == clips_digest(CLIPS)
    state = prepare(RunFolder(tmp_path), recipe(), tables(), update=False)
    assert prepare(RunFolder(tmp_path), recipe(), tables(shuffled), update=False) == state


def test_a_later_wording_orphans_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = RunFolder(tmp_path)
    prepare(folder, recipe(), tables(), update=False)
    before = list(folder.questions())
    monkeypatch.setattr(wordings, "CLASS", ("A wording of a later version?",) * 12)
    prepare(folder, recipe(), tables(), update=False)
    assert list(folder.questions()) == before


@pytest.mark.parametrize(
    ("clips", "changes", "said"),
    [
        ([*CLIPS, clip("s/new")], {}, "1 clips added, 0 removed, 0 changed"),
        (CLIPS[1:], {}, "0 clips added, 1 removed, 0 changed"),
        ([msgspec.structs.replace(CLIPS[0], end=1.0), *CLIPS[1:]], {}, "0 clips added, 0 removed, 1 changed"),
        (CLIPS, {"questions": {"kinds": ["class"]}}, "questions about class"),
    ],
)
def test_changed_inputs_stop_the_build_until_update(
    clips: list[Clip], changes: dict[str, Any], said: str, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path)
    state = prepare(folder, recipe(), tables(), update=False)
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(UsageError) as caught:
        prepare(folder, recipe(**changes), tables(clips), update=False)
    assert said in str(caught.value.found)
    assert "--update" in str(caught.value.mend)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files
    updated = prepare(folder, recipe(**changes), tables(clips), update=True)
    assert updated.block_bits == state.block_bits
    assert tuple(folder.clips()) == tables(clips).clips
    assert prepare(folder, recipe(**changes), tables(clips), update=False) == updated


@pytest.mark.parametrize("gone", [["clips.parquet"], ["questions.parquet"], ["clips.parquet", "questions.parquet"]])
def test_a_table_that_was_removed_is_made_again(gone: list[str], tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    prepare(folder, recipe(), tables(), update=False)
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for name in gone:
        (tmp_path / name).unlink()
    with pytest.raises(UsageError, match="begun with other clips"):
        prepare(folder, recipe(), tables(CLIPS[:5]), update=False)
    prepare(folder, recipe(), tables(), update=False)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files
    for name in gone:
        (tmp_path / name).unlink()
    prepare(folder, recipe(), tables(CLIPS[:5]), update=True)
    assert tuple(folder.clips()) == tables(CLIPS[:5]).clips


def test_the_number_of_blocks_is_fixed_at_the_first_build(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    state = prepare(folder, recipe(), tables(), update=False)
    many = [*CLIPS, *(clip(f"s/more/{number}") for number in range(100))]
    assert prepare(folder, recipe(blocks={"clips": 1}), tables(many), update=True).block_bits == state.block_bits


def test_labels_that_cannot_be_asked_about_are_counted(tmp_path: Path) -> None:
    leaking = clip("s/leak", labels=(QALabel(question="Where is the red car?", answer="red"),))
    state = prepare(RunFolder(tmp_path), recipe(), tables([*CLIPS, leaking]), update=False)
    assert state.leaking_questions == 1
    assert all(question.clip_id != "s/leak" for question in RunFolder(tmp_path).questions())


def test_a_source_without_paths_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        open_sources(recipe_from({"name": "r", "adapter": "kinetics"}, "here"), adapter_file=None, needs_videos=True)
    error = caught.value
    assert "--annotations and --videos" in error.what
    assert error.expected
    assert "VSTAR_DATA_ROOT" in str(error.mend)
    (tmp_path / "a.csv").touch()
    given = {"name": "r", "adapter": "table", "annotations": str(tmp_path / "a.csv")}
    with pytest.raises(UsageError, match="needs --videos"):
        open_sources(recipe_from(given, "here"), adapter_file=None, needs_videos=True)
    (source,) = open_sources(recipe_from(given, "here"), adapter_file=None, needs_videos=False)
    assert source.videos is None
    with pytest.raises(UsageError, match="not there"):
        open_sources(
            recipe_from({**given, "annotations": str(tmp_path / "b.csv")}, "here"),
            adapter_file=None,
            needs_videos=False,
        )


@pytest.mark.parametrize(
    "names",
    [
        ["notes.txt"],
        ["videos", "dataset"],
        ["recipe.yaml", "videos"],
        ["clips.parquet", "thesis.tex"],
        ["clips.parquet"],
        ["videos", "questions.parquet"],
        ["completions"],
    ],
)
def test_a_folder_of_the_user_is_left_alone(names: list[str], tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).touch()
    with pytest.raises(UsageError, match="something else than a run"):
        RunFolder(tmp_path).check_usable()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["videos"],
        ["videos", "clips.parquet", ".questions.parquet.123.tmp"],
        ["clips.parquet", "questions.parquet"],
        ["run.json", "recipe.yaml", "dataset", "report.html", "my notes"],
    ],
)
def test_a_folder_of_a_run_is_taken_up_wherever_it_was_stopped(names: list[str], tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).touch()
    if "clips.parquet" in names:
        RunFolder(tmp_path).write_clips(tables().clips)
    if "questions.parquet" in names:
        RunFolder(tmp_path).write_questions([])
    RunFolder(tmp_path).check_usable()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_an_output_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a file"):
        RunFolder(tmp_path / "file").check_usable()
    with pytest.raises(UsageError, match="cannot be written"):
        RunFolder(tmp_path / "file" / "inside").check_usable()
    with pytest.raises(UsageError, match="no run"):
        RunFolder(tmp_path / "nothing").state()
    with pytest.raises(UsageError, match="cannot be written"):
        RunFolder(tmp_path / ("x" * 300)).check_usable()
    with pytest.raises(UsageError, match="no text"):
        RunFolder(tmp_path / os.fsdecode(b"\xff")).check_usable()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
