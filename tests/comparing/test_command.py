"""`vstar-data diff` as a user calls it: on folders, on runs, on what is neither."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from tests.commands import vstar_data
from tests.comparing.versions import called, replayed, version, with_text, with_verdict
from tests.dataset.judged_samples import JUDGED, PROVENANCE, clip, judged
from vstar_data.errors import UsageError
from vstar_data.records import ClassLabel, RejectReason

ANSWERS = {f"{name}.mp4": ["A man is juggling."] for name in "abcd"} | {
    "e.mp4": ["He is juggling three balls in the park."]
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with five right answers, four of them of four words."""
    return replayed(tmp_path_factory.mktemp("run") / "one", ANSWERS)


def test_a_run_and_its_dataset_do_not_differ(run: Path) -> None:
    for other in (run, run / "dataset"):
        assert called("diff", str(run), str(other)).splitlines()[-1] == "no difference"


def test_points_are_rounded_once(tmp_path: Path) -> None:
    for name, accepted in (("a", 10), ("b", 11)):
        file = version(tmp_path / name) / "manifest.json"
        manifest = json.loads(file.read_text())
        counts = manifest["counts"]
        counts["questions"] = [counts["questions"][0] | {"asked": 26, "accepted_direct": accepted}]
        file.write_text(json.dumps(manifest))
    said = called("diff", str(tmp_path / "a"), str(tmp_path / "b"))
    line = next(line for line in said.splitlines() if "11 of 26" in line)
    # 100 / 26 is 3.846: 3.85 to two places, and that is 3.9 to one.
    assert line.split()[-1] == "+3.8"


def test_the_exit_code_is_0_whether_they_differ_or_not(run: Path, tmp_path: Path) -> None:
    done = vstar_data("diff", str(run), str(version(tmp_path / "b")))
    assert (done.code, done.stderr) == (0, "")
    assert "no difference" not in done.stdout


def test_answers_that_a_filter_keeps_back_are_told_by_the_run_and_not_by_its_dataset_alone(
    run: Path, tmp_path: Path
) -> None:
    filtered = Path(shutil.copytree(run, tmp_path / "with blanks"))
    called("assemble", str(filtered), "--set", "filters.length.min_words=6")
    found, rows = tmp_path / "out" / "found.json", tmp_path / "rows.parquet"
    said = called("diff", str(run), str(filtered), "--output", str(found), "--rows", str(rows))
    told = json.loads(found.read_text())
    assert [(turn["a"], turn["b"], turn["why"], turn["answers"]) for turn in told["answers"]["turns"]] == [
        ("accepted", "kept back: too_short", "a filter", 4)
    ]
    assert (told["answers"]["other_text"], told["answers"]["lone"]) == (0, [])
    assert pl.read_parquet(rows).height == 4
    assert "recipe.filters.length.min_words" in said
    assert called("diff", str(filtered), str(filtered)).endswith("no difference\n")

    alone = Path(shutil.copytree(filtered / "dataset", tmp_path / "alone"))
    said = called("diff", str(run), str(alone))
    assert "no answer to its question" in said
    assert "B is a dataset without its run: its filters kept 4 accepted answers back" in said
    assert called("diff", str(filtered), str(alone)).endswith("no difference\n")


def test_a_kept_back_answer_of_another_text_is_another_text(run: Path, tmp_path: Path) -> None:
    other = replayed(tmp_path / "two", ANSWERS | {"a.mp4": ["Somebody is juggling."]}, "filters.length.min_words=6")
    found = tmp_path / "found.json"
    called("diff", str(run), str(other), "-o", str(found))
    turns = json.loads(found.read_text())["answers"]["turns"]
    assert {(turn["why"], turn["answers"]) for turn in turns} == {("a filter", 3), ("another text", 1)}


def test_names_and_texts_are_shown_as_they_are(tmp_path: Path) -> None:
    odd = clip("[red]x[/red]\x1b[31m", ClassLabel(name="<script>:smile:"), source="[bold]")
    answers = [judged(odd, "[link=http://x]a[/link]\n\x1b]0;owned\x07 said", RejectReason.ABSENT)]
    first = version(tmp_path / "a", clips=[odd], judged=answers)
    second = version(tmp_path / "b", clips=[odd], judged=[with_verdict(answers[0])])
    said = called("diff", str(first), str(second))
    assert "[link=http://x]a[/link] \ufffd]0;owned\ufffd said" in said
    assert "[red]x[/red]\ufffd[31m" in said.replace("\n", "")
    assert "\x1b" not in said


def test_many_changes_are_cut_and_counted(tmp_path: Path) -> None:
    recipe = {f"key_{number:02}": number for number in range(30)}
    first = version(tmp_path / "a", provenance=replace(PROVENANCE, recipe=recipe))
    second = version(tmp_path / "b", provenance=replace(PROVENANCE, recipe=dict.fromkeys(recipe, -1)))
    said = called("diff", str(first), str(second))
    assert "and 10 more: --output FILE.json has all" in said


def test_a_changed_text_is_told(tmp_path: Path) -> None:
    first = version(tmp_path / "a")
    second = version(tmp_path / "b", judged=[with_text(answer, f"{answer.completion.text} ") for answer in JUDGED])
    said = called("diff", str(first), str(second))
    assert "answers on both sides: 7; 7 with another text, 0 with another outcome" in said
    assert "made from the same" in said
    assert "yields: the same" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing/here/at/all", "There is no such folder"),
        ("nothing\nhere", "There is no such folder"),
        ("long" * 2000 + "/name@tag", "There is no such folder"),
        ("someone/data@../../x", "There is no such folder"),
        ("empty", "There is no dataset here"),
        ("empty/file", "This is a file"),
    ],
)
def test_what_is_no_dataset_is_wrong_usage(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "file").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=said):
        called("diff", str(run), name)


def test_an_output_that_is_a_folder_is_refused_before_the_work(run: Path, tmp_path: Path) -> None:
    done = vstar_data("diff", str(run), str(tmp_path / "nothing"), "--output", str(tmp_path))
    assert (done.code, done.stdout) == (2, "")
    assert "this is a folder" in done.stderr
    assert "Traceback" not in done.stderr
