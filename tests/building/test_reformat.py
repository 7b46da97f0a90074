"""Other styles on a run: asked for by assemble, made without a model, verified as published, kept, and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import polars as pl
import pytest

from tests.building.conftest import contents, vstar_data
from tests.dataset.reformat_samples import CLIPS, questions, told
from vstar_data.generation.kept_settings import with_styles_of_run
from vstar_data.generation.run_folder import RunFolder
from vstar_data.recipe.loading import load_recipe
from vstar_data.recipe.reformat import ReformatSettings, Style

STYLES = ("--set", "reformat.styles=[rationale_answer, short_answer, multiple_choice]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run on two clips of six, with two answers to each question: a wrong one and a right one."""
    folder = tmp_path_factory.mktemp("styles")
    clips = [msgspec.structs.replace(clip, id=clip.id.partition("/")[2], source="") for clip in CLIPS]
    (folder / "clips.jsonl").write_bytes(b"".join(msgspec.json.encode(clip) + b"\n" for clip in clips))
    kinds = "questions: {kinds: [class, number, qa, segment], most: 1}"
    (folder / "films.yaml").write_text(f"adapter: jsonl\nannotations: clips.jsonl\nname: films\n{kinds}\n")
    with (folder / "answers.jsonl").open("w", encoding="utf-8") as file:
        for clip in CLIPS:
            for question in questions(msgspec.structs.replace(clip, id=clip.id.replace("films", "jsonl"))):
                for text in ("Nothing of the kind can be made out.", told(question)):
                    file.write(json.dumps({"question_id": question.id, "text": text}) + "\n")
    done = vstar_data(*build(folder))
    assert done.code == 0, done.stderr
    return folder


def build(folder: Path) -> list[str]:
    given = ["--engine", "replay", "--model", str(folder / "answers.jsonl"), "--set", "generate.samples=2"]
    return ["build", str(folder / "films.yaml"), *given, "--limit", "2", "--out", str(folder / "run")]


def sft(run: Path) -> pl.DataFrame:
    return pl.concat([pl.read_parquet(path) for path in sorted((run / "dataset" / "data" / "sft").glob("*"))])


def test_assemble_adds_styles_that_verify_accepts_and_takes_them_back(folder: Path) -> None:
    run = folder / "run"
    plain, before = sft(run), contents(run / "dataset")
    assert "reformat" not in json.loads((run / "dataset" / "manifest.json").read_bytes())["recipe"]
    done = vstar_data("assemble", str(run), *STYLES)
    assert done.code == 0, done.stderr
    rows, styled = sft(run), contents(run / "dataset")
    manifest = json.loads((run / "dataset" / "manifest.json").read_bytes())
    counted = manifest["reformat"]["rows"]
    assert dict(rows["style"].value_counts().iter_rows()) == {"plain": plain.height, **counted}
    assert min(counted.values()) > 10
    assert f"{counted['multiple_choice']} multiple_choice" in done.stdout
    assert manifest["recipe"]["reformat"]["styles"] == list(Style)
    assert rows["id"].is_unique().all()

    rows.drop("asks").write_parquet(folder / "sft.parquet")
    judged = vstar_data("verify", str(folder / "sft.parquet"), "--output", str(folder / "judged.parquet"))
    assert judged.code == 0, judged.stderr
    verdicts = pl.read_parquet(folder / "judged.parquet")
    assert verdicts["accepted"].all(), verdicts.filter(~pl.col("accepted")).select("id", "question", "answer").rows()

    (run / "reformatted.parquet").unlink()
    again = vstar_data(*build(folder))
    assert again.code == 0, again.stderr
    assert "reformat.styles of the run stay in force" in again.stderr
    assert contents(run / "dataset") == styled
    assert vstar_data("assemble", str(run), "--set", "reformat.styles=[]").code == 0
    assert contents(run / "dataset") == before


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("reformat.styles=[limerick]", "multiple_choice, rationale_answer, short_answer"),
        ("reformat.styles=[short_answer, short_answer]", "'short_answer' twice"),
        ("reformat.choices=1", "2 to 26"),
        ("reformat.styls=[short_answer]", "styles"),
        ("reformat.keep_original=false", "no row would be left"),
    ],
)
def test_a_wrong_setting_is_named(folder: Path, setting: str, words: str) -> None:
    wrong = vstar_data("assemble", str(folder / "run"), "--set", setting)
    assert wrong.code == 2
    assert words in wrong.stderr


def test_a_build_keeps_the_styles_of_its_run_unless_its_recipe_has_others(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    text = "adapter: jsonl\nannotations: a.jsonl\nname: films\n"
    of_run = RunFolder(run)
    (run / "run.json").write_text("{}")
    (run / "recipe.yaml").write_text(f"{text}reformat: {{styles: [short_answer], keep_original: false}}\n")
    (tmp_path / "films.yaml").write_text(text)
    recipe, said = load_recipe(str(tmp_path / "films.yaml")), list[str]()
    kept = with_styles_of_run(recipe, of_run, said.append).reformat
    assert kept == ReformatSettings(styles=(Style.SHORT_ANSWER,), keep_original=False)
    assert "--set reformat.styles=[] --set reformat.keep_original=true" in said[0]
    other = msgspec.structs.replace(recipe, reformat=ReformatSettings(styles=(Style.MULTIPLE_CHOICE,)))
    assert with_styles_of_run(other, of_run, said.append) == other
    assert "takes the place of the run's" in said[1]
    assert with_styles_of_run(recipe, RunFolder(tmp_path / "none"), said.append) == recipe
    assert len(said) == 2
