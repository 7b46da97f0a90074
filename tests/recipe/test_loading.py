"""Recipes as people write them: found, overridden, checked, resolved, saved."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent
from typing import Any

import msgspec
import pytest

from vstar_data.errors import RecipeError, UnknownNameError
from vstar_data.recipe.loading import load_recipe, packaged_recipes, recipe_yaml, save_recipe
from vstar_data.recipe.recipe import SECTIONS, Recipe
from vstar_data.records import Split

ONE = """
    adapter: table
    adapter_options: {columns: {class: label}}
    annotations: a.csv
    videos: clips/
    split: test
    model: demo
    generate: {samples: 2, temperature: 2e-1}
"""
TWO = """
    sources:
      - {adapter: table, name: first, annotations: a.csv}
      - {adapter: table, name: second, annotations: b.csv}
    model: demo
"""


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("VSTAR_DATA_ROOT", raising=False)
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")


def write(folder: Path, text: str, name: str = "mine.yaml") -> str:
    path = folder / name
    path.write_text(dedent(text))
    return str(path)


def refused(path: str, **changes: Any) -> RecipeError:
    with pytest.raises(RecipeError) as caught:
        load_recipe(path, **changes)
    return caught.value


@pytest.mark.parametrize("name", packaged_recipes())
def test_every_packaged_recipe_loads(name: str) -> None:
    recipe = load_recipe(name)
    assert recipe.name == name
    assert recipe.model
    # NExT-GQA and THUMOS14 have windows in validation and test alone. No recipe trains on a test split.
    split = Split.VALIDATION if name in ("next_gqa", "thumos14") else Split.TRAIN
    assert all(source.split is split for source in recipe.sources)


def test_the_demo_is_packaged() -> None:
    assert {"demo", "kinetics700"} <= set(packaged_recipes())
    assert load_recipe("demo").render == "demo"


def test_a_recipe_that_does_not_exist_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        load_recipe("kinetics70")
    assert caught.value.mend is not None
    assert "kinetics700" in caught.value.mend
    assert caught.value.exit_code == 2
    with pytest.raises(UnknownNameError, match="check the path"):
        load_recipe("kinetics70.yaml")


def test_a_single_source_may_stand_at_the_top_level(tmp_path: Path) -> None:
    flat = load_recipe(write(tmp_path, ONE))
    (source,) = flat.sources
    assert (source.adapter, source.split, source.source) == ("table", Split.TEST, "table")
    assert flat.name == "mine"
    assert flat.generate.temperature == 0.2
    nested = """
        sources:
          - adapter: table
            adapter_options: {columns: {class: label}}
            annotations: a.csv
            videos: clips/
            split: test
        model: demo
        generate: {samples: 2, temperature: 0.2}
    """
    assert load_recipe(write(tmp_path, nested)) == flat


def test_source_keys_beside_sources_are_refused(tmp_path: Path) -> None:
    error = refused(write(tmp_path, TWO + "    adapter: table\n"))
    assert "`adapter`" in error.what


def test_a_recipe_without_source_is_refused(tmp_path: Path) -> None:
    assert "no source" in refused(write(tmp_path, "model: demo\n")).what
    assert "sources" in refused(write(tmp_path, "sources: []\n")).what
    assert "adapter" in refused(write(tmp_path, "annotations: a.csv\n")).what


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        (ONE + "    generat: {samples: 1}\n", "generat", "generate"),
        (ONE + "    vidoes: clips\n", "vidoes", "videos"),
        ("    adaptor: table\n    model: demo\n", "adaptor", "adapter"),
        (ONE + "    frames: {cuont: 8}\n", "frames.cuont", "count"),
        (ONE.replace("samples", "smaples"), "generate.smaples", "samples"),
        (ONE + "    verification: {profil: strict}\n", "verification.profil", "profile"),
        (ONE + "    questions: {kind: [class]}\n", "questions.kind", "kinds"),
        (ONE + "    blocks: {clip: 4}\n", "blocks.clip", "clips"),
        (TWO.replace("annotations: b", "anotations: b"), "sources.1.anotations", "annotations"),
    ],
)
def test_an_unknown_key_names_the_nearest(text: str, key: str, meant: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    error = refused(path)
    assert f"`{key}`" in error.what
    assert error.mend == f'did you mean "{meant}"?'
    assert error.where == path


def test_every_section_of_a_recipe_is_checked() -> None:
    structs = {
        field.name
        for field in msgspec.structs.fields(Recipe)
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct)
    }
    assert structs == set(SECTIONS)


@pytest.mark.parametrize(
    ("assignment", "path", "said"),
    [
        ("generate.samples=four", "$.generate.samples", "int"),
        ("generate.samples=0", "$.generate", "`samples`"),
        ("generate.samples=", "$.generate.samples", "int"),
        ("generate.temperature=.nan", "$.generate", "`temperature`"),
        ("generate.temperature=.inf", "$.generate", "`temperature`"),
        ("generate.temperature=-0.1", "$.generate", "`temperature`"),
        ("generate.top_p=0", "$.generate", "`top_p`"),
        ("generate.top_p=1.1", "$.generate", "`top_p`"),
        ("generate.top_k=-1", "$.generate", "`top_k`"),
        ("generate.batch_size=0", "$.generate", "`batch_size`"),
        ("generate.threads=0", "$.generate", "`threads`"),
        ("generate.rationalizations=-1", "$.generate", "`rationalizations`"),
        ("generate.max_new_tokens=0", "$.generate", "`max_new_tokens`"),
        ("blocks.clips=0", "$.blocks", "`clips`"),
        ("frames.count=7", "$.frames", "`count`"),
        ("questions.kinds=[klass]", "$.questions", "klass"),
        ("verification.profile=lenient", "$.verification.profile", "lenient"),
        ("split=trian", "$.sources[0].split", "trian"),
        ("render=film", "$", "film"),
    ],
)
def test_a_bad_value_names_its_path(assignment: str, path: str, said: str, tmp_path: Path) -> None:
    error = refused(write(tmp_path, ONE), assignments=(assignment,))
    assert error.where is not None
    assert error.where.endswith(f", {path}")
    assert said in str(error)


def test_settings_of_the_command_line_come_last(tmp_path: Path) -> None:
    recipe = load_recipe(
        write(tmp_path, ONE),
        overrides={"model": "org/other", "videos": "/videos", "verification.profile": "paper", "engine": None},
        assignments=(
            "generate.samples=4",
            "generate.temperature=1e-1",
            "adapter_options.columns.id=name",
            "model=demo",
        ),
    )
    assert (recipe.generate.samples, recipe.generate.temperature) == (4, 0.1)
    assert recipe.sources[0].adapter_options == {"columns": {"class": "label", "id": "name"}}
    assert recipe.sources[0].videos == "/videos"
    assert (recipe.verification.profile, recipe.engine, recipe.model) == ("paper", "transformers", "demo")


@pytest.mark.parametrize("key", ["split", "sources.0.split"])
@pytest.mark.parametrize("nested", [False, True])
def test_keys_of_the_only_source_are_set_by_either_name(key: str, nested: bool, tmp_path: Path) -> None:
    text = "    sources:\n      - {adapter: table, split: test}\n" if nested else ONE
    recipe = load_recipe(write(tmp_path, text), assignments=(f"{key}=validation",))
    assert recipe.sources[0].split is Split.VALIDATION


def test_keys_of_one_of_several_sources_need_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, TWO)
    error = refused(path, assignments=("split=test",))
    assert error.mend is not None
    assert "sources.0.split" in error.mend
    recipe = load_recipe(path, assignments=("sources.1.split=test", "name=both"))
    assert [source.split for source in recipe.sources] == [Split.TRAIN, Split.TEST]
    assert recipe.name == "both"


@pytest.mark.parametrize("text", ["generate.samples", "=4", ""])
def test_a_setting_without_key_or_value_is_refused(text: str, tmp_path: Path) -> None:
    error = refused(write(tmp_path, ONE), assignments=(text,))
    assert (error.where, error.expected, error.found) == ("--set", "KEY=VALUE", text)


def test_an_unknown_key_of_the_command_line_names_the_nearest(tmp_path: Path) -> None:
    assert refused(write(tmp_path, ONE), assignments=("generate.sample=4",)).mend == 'did you mean "samples"?'


def test_sources_have_names_of_their_own(tmp_path: Path) -> None:
    assert "'first'" in refused(write(tmp_path, TWO.replace("second", "first"))).what
    assert "'table'" in refused(write(tmp_path, TWO.replace("name: second, ", "").replace("first", "table"))).what
    assert [source.source for source in load_recipe(write(tmp_path, TWO)).sources] == ["first", "second"]


def test_paths_are_looked_up_beside_the_recipe_and_then_here(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / "cwd" / "a.csv").touch()
    (tmp_path / "cwd" / "clips").mkdir()
    (source,) = load_recipe(write(tmp_path, ONE)).sources
    assert source.annotations == str(tmp_path / "a.csv")
    assert source.videos == str(tmp_path / "cwd" / "clips")


def test_uris_and_absolute_paths_stay(tmp_path: Path) -> None:
    text = "adapter: table\nannotations: s3://bucket/a.csv\nvideos: /nowhere/clips\nchat_template: chat.jinja\n"
    (tmp_path / "chat.jinja").touch()
    recipe = load_recipe(write(tmp_path, text))
    assert recipe.sources[0].annotations == "s3://bucket/a.csv"
    assert recipe.sources[0].videos == "/nowhere/clips"
    assert recipe.chat_template == str(tmp_path / "chat.jinja")


def test_a_root_of_data_fills_in_what_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    for source in ("table", "named"):
        (root / source / "videos").mkdir(parents=True)
        (root / source / "annotations").mkdir()
    monkeypatch.setenv("VSTAR_DATA_ROOT", str(root))
    text = """
        sources:
          - {adapter: table}
          - {adapter: table, name: named, videos: /mine}
          - {adapter: table, name: absent}
    """
    first, named, absent = load_recipe(write(tmp_path, text)).sources
    assert (first.annotations, first.videos) == (str(root / "table/annotations"), str(root / "table/videos"))
    assert (named.annotations, named.videos) == (str(root / "named/annotations"), "/mine")
    assert (absent.annotations, absent.videos) == (None, None)


def test_the_folder_of_a_recipe_comes_before_that_of_its_only_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("mine", "table"):
        (tmp_path / "root" / name / "annotations").mkdir(parents=True)
    (tmp_path / "root" / "table" / "videos").mkdir()
    monkeypatch.setenv("VSTAR_DATA_ROOT", str(tmp_path / "root"))
    (source,) = load_recipe(write(tmp_path, "adapter: table\n")).sources
    assert source.annotations == str(tmp_path / "root/mine/annotations")
    assert source.videos == str(tmp_path / "root/table/videos")


@pytest.mark.parametrize(("name", "split"), [("val", "validation"), ("dev", "validation"), ("test", "test")])
def test_splits_may_have_the_names_that_datasets_give_them(name: str, split: str, tmp_path: Path) -> None:
    path = write(tmp_path, ONE.replace("split: test", f"split: {name}"))
    assert load_recipe(path).sources[0].split == split
    assert load_recipe(write(tmp_path, ONE), overrides={"split": name}).sources[0].split == split


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("demo", "demo"),
        ("org/name", "org/name"),
        ("org/name@0123abc", "org/name@0123abc"),
        ("./weights", "{beside}/weights"),
        ("weights", "{beside}/weights"),
        ("local", "{here}/local"),
        ("./local", "{here}/local"),
        ("/models/x", "/models/x"),
        ("./demo", "{here}/demo"),
        ("weights/deep", "{beside}/weights/deep"),
    ],
)
def test_a_model_is_a_path_where_one_exists(model: str, found: str, tmp_path: Path) -> None:
    (tmp_path / "weights" / "deep").mkdir(parents=True)
    (tmp_path / "cwd" / "local").mkdir()
    (tmp_path / "cwd" / "demo").mkdir()
    recipe = load_recipe(write(tmp_path, f"adapter: table\nmodel: {model}\n"))
    assert recipe.model == found.format(beside=tmp_path, here=tmp_path / "cwd")


def test_a_saved_recipe_loads_as_it_was(tmp_path: Path) -> None:
    text = ONE.replace("class: label", "class: '1e5', number: {value: score, minimum: 0, tolerance: 2e-5}")
    recipe = load_recipe(write(tmp_path, text), assignments=("generate.threads=1",))
    save_recipe(recipe, tmp_path / "run" / "recipe.yaml")
    again = load_recipe(str(tmp_path / "run" / "recipe.yaml"))
    assert again == recipe
    assert again.sources[0].adapter_options["columns"]["class"] == "1e5"
    assert load_recipe(str(tmp_path / "run")) == recipe
    assert recipe_yaml(again) == recipe_yaml(recipe) == (tmp_path / "run" / "recipe.yaml").read_text()


@pytest.mark.parametrize("name", packaged_recipes())
def test_every_packaged_recipe_survives_saving(name: str, tmp_path: Path) -> None:
    recipe = load_recipe(name)
    save_recipe(recipe, tmp_path / "recipe.yaml")
    assert load_recipe(str(tmp_path / "recipe.yaml")) == recipe


@pytest.mark.parametrize(
    "line", ['name: "\\uD800"', 'base_model: "\\uDCFF"', 'model: "\\uDCFF"', 'adapter_options: {license: "\\uD800"}']
)
def test_text_that_cannot_be_published_is_refused(line: str, tmp_path: Path) -> None:
    problem = refused(write(tmp_path, f"adapter: table\nannotations: a.csv\n{line}\n"))
    assert "no valid Unicode" in problem.what
    assert f"`{line.partition(':')[0]}`" in problem.what


def test_bytes_that_are_no_text_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, ONE)
    assert "no valid Unicode" in refused(path, overrides={"split": os.fsdecode(b"\xff")}).what
    folder = tmp_path / os.fsdecode(b"\xff")
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert "no valid Unicode" in refused(path, overrides={"model": "./mine"}).what


@pytest.mark.parametrize("key", ["samples", "rationalizations", "threads"])
def test_numbers_that_nobody_can_mean_are_refused(key: str, tmp_path: Path) -> None:
    problem = refused(write(tmp_path, f"adapter: table\ngenerate: {{{key}: 99999999999}}\n"))
    assert f"`{key}` must be" in problem.what
