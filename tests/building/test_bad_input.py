"""A user's mistakes: one clear message, the right exit code, nothing half written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.building.conftest import COLUMNS, Labelled, build_arguments, vstar_data
from vstar_data.demo import model_folder

Mistake = Callable[[Labelled, Path], list[str]]


def table(labelled: Labelled, run: Path, *more: str) -> list[str]:
    given = ["--annotations", str(labelled.table), "--videos", str(labelled.videos), "--model", "demo"]
    return ["build", "table", *given, "--out", str(run), "--set", f"adapter_options.columns={COLUMNS}", *more]


def replaced(arguments: list[str], option: str, value: str) -> list[str]:
    place = arguments.index(option) + 1
    return [*arguments[:place], value, *arguments[place + 1 :]]


def model_without(labelled: Labelled, *names: str) -> str:
    """A copy of the shipped model that lacks files."""
    copy = labelled.folder / "model"
    shutil.copytree(model_folder(), copy)
    for name in names:
        (copy / name).unlink()
    return str(copy)


def no_annotations(labelled: Labelled, run: Path) -> list[str]:
    return replaced(table(labelled, run), "--annotations", str(labelled.folder / "nowhere.csv"))


def wrong_column(labelled: Labelled, run: Path) -> list[str]:
    return table(labelled, run, "--set", "adapter_options.columns.class=acton")


def empty_table(labelled: Labelled, run: Path) -> list[str]:
    labelled.table.write_text("")
    return table(labelled, run)


def header_alone(labelled: Labelled, run: Path) -> list[str]:
    labelled.write([])
    return table(labelled, run)


def unknown_recipe(labelled: Labelled, run: Path) -> list[str]:
    return ["build", "kinetics70", *table(labelled, run)[2:]]


def unknown_key(labelled: Labelled, run: Path) -> list[str]:
    return table(labelled, run, "--set", "generate.sampels=4")


def bad_value(labelled: Labelled, run: Path) -> list[str]:
    return table(labelled, run, "--set", "frames.count=5")


def misspelt_kind(labelled: Labelled, run: Path) -> list[str]:
    clip = {"id": "a", "video": "train-000.mp4", "labels": [{"kind": "clas", "name": "rising"}]}
    annotations = labelled.folder / "clips.jsonl"
    annotations.write_text(json.dumps(clip) + "\n")
    recipe = labelled.folder / "mine.yaml"
    recipe.write_text(f"adapter: jsonl\nannotations: {annotations}\nvideos: {labelled.videos}\nmodel: demo\n")
    return ["build", str(recipe), "--out", str(run), "--fail-on-unusable"]


def no_processor(labelled: Labelled, run: Path) -> list[str]:
    return replaced(table(labelled, run), "--model", model_without(labelled, "processor_config.json"))


def no_chat_template(labelled: Labelled, run: Path) -> list[str]:
    return replaced(table(labelled, run), "--model", model_without(labelled, "chat_template.jinja"))


def no_model(labelled: Labelled, run: Path) -> list[str]:
    return replaced(table(labelled, run), "--model", str(labelled.folder / "no-model"))


def unknown_engine(labelled: Labelled, run: Path) -> list[str]:
    return table(labelled, run, "--engine", "transformer")


def no_videos(labelled: Labelled, run: Path) -> list[str]:
    return replaced(table(labelled, run), "--videos", str(labelled.folder / "no-videos"))


def unwritable(labelled: Labelled, run: Path) -> list[str]:
    file = labelled.folder / "file"
    file.touch()
    return replaced(table(labelled, run), "--out", str(file / "run"))


def another_folder(labelled: Labelled, run: Path) -> list[str]:
    return replaced(table(labelled, run), "--out", str(labelled.folder))


def no_paths(labelled: Labelled, run: Path) -> list[str]:
    return ["build", "kinetics700", "--out", str(run)]


def wrong_split(labelled: Labelled, run: Path) -> list[str]:
    return table(labelled, run, "--split", "trian")


def empty_split(labelled: Labelled, run: Path) -> list[str]:
    return table(labelled, run, "--split", "test")


def wrong_profile(labelled: Labelled, run: Path) -> list[str]:
    return table(labelled, run, "--profile", "strikt")


def profile_without_rules(labelled: Labelled, run: Path) -> list[str]:
    return table(labelled, run, "--profile", "released")


def duplicate_key(labelled: Labelled, run: Path) -> list[str]:
    recipe = labelled.folder / "mine.yaml"
    recipe.write_text("adapter: table\nmodel: demo\nmodel: demo\n")
    return ["build", str(recipe), "--out", str(run)]


@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        (no_annotations, ["nowhere.csv"]),
        (wrong_column, ["acton", "action"]),
        (empty_table, ["clips.csv", "no header"]),
        (header_alone, ["clips.csv"]),
        (unknown_recipe, ["kinetics70", "kinetics700"]),
        (unknown_key, ["generate.sampels", '"samples"']),
        (bad_value, ["frames", "count", "even"]),
        (no_processor, ["processor"]),
        (no_chat_template, ["chat template", "--chat-template"]),
        (no_model, ["no-model"]),
        (unknown_engine, ['"transformers"']),
        (no_videos, ["no-videos"]),
        (unwritable, ["file/run"]),
        (another_folder, ["something else than a run", "--out"]),
        (no_paths, ["--annotations", "--videos", "train.csv", "VSTAR_DATA_ROOT"]),
        (wrong_split, ["trian", "train"]),
        (empty_split, ["test", "train"]),
        (wrong_profile, ["strikt", "strict"]),
        (duplicate_key, ["model", "line 3"]),
        (profile_without_rules, ["released", "qa"]),
    ],
)
def test_a_mistake_gets_one_clear_message(
    tmp_path: Path, labelled: Labelled, mistake: Mistake, says: list[str]
) -> None:
    run = tmp_path / "run"
    done = vstar_data(*mistake(labelled, run))
    assert done.code == 2, done.stderr
    for words in says:
        assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not run.exists() or not [path for path in run.rglob("*") if path.is_file()]


def test_a_misspelt_kind_is_counted_and_named(tmp_path: Path, labelled: Labelled) -> None:
    done = vstar_data(*misspelt_kind(labelled, tmp_path / "run"))
    assert done.code in (1, 2)
    assert "clips.jsonl" in done.stderr
    assert "clas" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_lost_when_a_later_command_is_wrong(tmp_path: Path, labelled: Labelled) -> None:
    run = tmp_path / "run"
    assert vstar_data(*build_arguments(labelled, run, "--limit", "2")).code == 0
    before = {path: path.stat().st_mtime_ns for path in run.rglob("*") if path.is_file()}
    assert vstar_data(*build_arguments(labelled, run, "--set", "frames.count=7")).code == 2
    labelled.write(labelled.rows[:-1])
    done = vstar_data(*build_arguments(labelled, run))
    assert done.code == 2
    assert "1 removed" in done.stderr
    assert "--update" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in run.rglob("*") if path.is_file()} == before
    assert vstar_data(*build_arguments(labelled, run, "--limit", "2", "--update")).code == 0
