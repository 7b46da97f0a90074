"""Rows in other styles: of every kind of question, judged again as published, the same in whatever order."""

from __future__ import annotations

from pathlib import Path

import msgspec
import polars as pl
import pytest

from tests.dataset.judged_samples import PROVENANCE
from tests.dataset.reformat_samples import CLIPS, accepted, judge, questions, told
from vstar_data import verify
from vstar_data.dataset import Judged, write_dataset
from vstar_data.dataset.reformatting.reformatter import Reformatter
from vstar_data.dataset.rows import styled_row
from vstar_data.questions.kinds import QUESTION_KINDS, kind_of_id
from vstar_data.questions.lint import leaked
from vstar_data.recipe.reformat import ReformatSettings, Style
from vstar_data.records import ClassLabel, Clip, Mode, QALabel, Question, RejectReason, Verdict

ALL = ReformatSettings(styles=tuple(Style))
SAMPLES = [[accepted(clip, question, told(question))] for clip in CLIPS for question in questions(clip)]
GUITAR = Question(
    id="films/0#class",
    clip_id="films/0",
    text="What is happening in this video?",
    targets=(ClassLabel(name="playing guitar"),),
    asks=(("name",),),
    origin="bank:class/0",
)


def reformatted(settings: ReformatSettings = ALL, clips: list[Clip] = CLIPS) -> tuple[Reformatter, list[Judged]]:
    made = Reformatter(settings, judge(), lambda: clips)
    return made, [row for samples in SAMPLES for row in made.rows(samples)]


@pytest.fixture(scope="module")
def made() -> tuple[Reformatter, list[Judged]]:
    return reformatted()


def rows_of(*samples: Judged, styles: tuple[Style, ...]) -> tuple[Reformatter, list[Judged]]:
    one = Reformatter(ReformatSettings(styles=styles), judge(), lambda: CLIPS)
    return one, list(one.rows(samples))


def test_each_kind_has_each_style_that_suits_it(made: tuple[Reformatter, list[Judged]]) -> None:
    reformatter, rows = made
    kinds = {(row.style, kind_of_id(row.question.id)) for row in rows}
    for style in Style:
        lacking = {"assessment"} if style is Style.MULTIPLE_CHOICE else set()
        assert {kind for name, kind in kinds if name == style} == set(QUESTION_KINDS) - lacking
    assert {reason for _, reason in reformatter.counts.dropped} == {"unsuited"}
    assert sum(reformatter.counts.rows.values()) == len(rows)
    assert len(rows) + reformatter.counts.dropped.total() == 3 * len(SAMPLES)


@pytest.mark.parametrize("given", ["with asks", "read from the question"])
def test_verify_accepts_every_row_as_published(made: tuple[Reformatter, list[Judged]], given: str) -> None:
    for row in map(styled_row, made[1]):
        verdict = verify(
            row["answer"],
            row["labels"],
            question=row["question"],
            asks=row["asks"] if given == "with asks" else None,
            also_true=row["also_true"],
            mode=row["mode"],
            duration=row["duration"],
            finish_reason=row["finish_reason"],
        )
        assert verdict.accepted, (row["id"], row["question"], row["answer"], verdict.reasons)


def test_only_a_multiple_choice_shows_what_it_asks_for(made: tuple[Reformatter, list[Judged]]) -> None:
    plain = {samples[0].question.id: samples[0].question for samples in SAMPLES}
    for row in made[1]:
        asked = plain[row.question.id]
        if row.style != Style.MULTIPLE_CHOICE:
            assert row.question.text.startswith(asked.text.removesuffix(", and say why."))
            assert row.style == Style.RATIONALE_ANSWER or "say why" not in row.question.text
            assert row.question.targets == asked.targets
            for target in asked.targets:
                assert leaked(row.question.text, target) == leaked(asked.text, target)


def test_a_letter_stands_for_its_option_alone(made: tuple[Reformatter, list[Judged]]) -> None:
    seen = 0
    for row in made[1]:
        if row.style == Style.MULTIPLE_CHOICE:
            (target,) = row.question.targets
            assert isinstance(target, QALabel)
            for letter, choice in zip("ABCD", target.choices, strict=False):
                right = choice == target.answer
                assert verify(f"({letter})", [target], question=row.question.text).accepted is right
                assert verify(f"({letter}) {choice}", [target], question=row.question.text).accepted is right
                assert f"\n({letter}) {choice}\n" in row.question.text
                seen += 1
    assert seen > 100


def test_neither_the_order_of_clips_nor_of_questions_plays_a_part(made: tuple[Reformatter, list[Judged]]) -> None:
    again = Reformatter(ALL, judge(), lambda: list(reversed(CLIPS)))
    rows = [row for samples in reversed(SAMPLES) for row in again.rows(samples)]
    encode = msgspec.json.encode
    assert {encode(styled_row(row)) for row in rows} == {encode(styled_row(row)) for row in made[1]}
    other = reformatted(ReformatSettings(styles=tuple(Style), seed=1))[1]
    assert {row.question.text for row in other} != {row.question.text for row in made[1]}


def test_the_label_has_one_row_and_each_rationale_its_own() -> None:
    texts = (
        "A rationalized tale of strings: playing guitar.",
        "Strings swing: playing guitar.",
        "Wood: playing guitar.",
    )
    samples = [
        accepted(CLIPS[0], GUITAR, texts[0], key="r", mode=Mode.RATIONALIZED),
        accepted(CLIPS[0], GUITAR, texts[1], key="a", sample_index=1),
        accepted(CLIPS[0], GUITAR, texts[2], key="b", sample_index=2),
    ]
    assert [row.id for row in rows_of(*samples, styles=(Style.SHORT_ANSWER, Style.RATIONALE_ANSWER))[1]] == [
        "films/0#class/direct-1/short_answer",
        "films/0#class/rationalized-0/rationale_answer",
        "films/0#class/direct-1/rationale_answer",
        "films/0#class/direct-2/rationale_answer",
    ]


def test_what_is_rejected_or_kept_back_has_no_row() -> None:
    rejected = accepted(CLIPS[0], GUITAR, "Strings swing: playing guitar.")
    verdict = Verdict(accepted=False, reasons=(RejectReason.RIVAL,))
    rejected = Judged(rejected.question, rejected.clip, rejected.completion, verdict)
    assert rows_of(rejected, styles=tuple(Style))[1] == []


@pytest.mark.parametrize(
    ("text", "thought", "answer"),
    [
        ("Strings swing, so playing guitar.", None, "Strings swing, so playing guitar.\n\nAnswer: playing guitar"),
        ("Strings swing.\nAnswer: playing guitar.", None, "Strings swing.\n\nAnswer: playing guitar"),
        ("Strings swing.\n\n**Final answer:** playing guitar", None, "Strings swing.\n\nAnswer: playing guitar"),
        ("<think>Strings swing.</think>playing guitar", "Strings swing.", "playing guitar\n\nAnswer: playing guitar"),
        ("<think>Strings.</think><answer>a guitar</answer>", "Strings.", "a guitar\n\nAnswer: playing guitar"),
    ],
)
def test_a_rationale_ends_in_one_line_with_the_answer(text: str, thought: str | None, answer: str) -> None:
    (row,) = map(styled_row, rows_of(accepted(CLIPS[0], GUITAR, text), styles=(Style.RATIONALE_ANSWER,))[1])
    assert row["answer"] == answer
    assert row["rationale"] == thought
    assert row["messages"][1]["content"][0]["text"].count("Answer:") == 1
    assert row["messages"][0]["content"][1]["text"] == row["question"]
    assert row["prompt_tokens"] is row["completion_tokens"] is None


@pytest.mark.parametrize(
    ("text", "finish_reason", "reason"),
    [
        ("playing guitar", "stop", "no_rationale"),
        ("Strings swing: playing guitar. And the", "length", "cut_off"),
        ("the strings swing and " * 40, "stop", "degenerate"),
    ],
)
def test_a_rationale_that_is_none_is_counted(text: str, finish_reason: str, reason: str) -> None:
    answer = accepted(CLIPS[0], GUITAR, text, finish_reason=finish_reason)
    made, rows = rows_of(answer, styles=(Style.RATIONALE_ANSWER,))
    assert rows == []
    assert made.counts.dropped == {(Style.RATIONALE_ANSWER.value, reason): 1}


def write(folder: Path, settings: ReformatSettings | None) -> None:
    reject = accepted(CLIPS[0], GUITAR, "A person dances.", key="no", sample_index=1)
    verdict = Verdict(accepted=False, reasons=(RejectReason.RIVAL,))
    rejected = Judged(reject.question, reject.clip, reject.completion, verdict)
    write_dataset(
        folder,
        clips=CLIPS,
        unusable=(),
        judged=[accepted(CLIPS[0], GUITAR, "Strings swing: playing guitar."), rejected],
        provenance=PROVENANCE,
        styles=None if settings is None else Reformatter(settings, judge(), lambda: CLIPS),
    )


def table(folder: Path, config: str) -> pl.DataFrame:
    return pl.read_parquet(folder / "data" / config / "train-00000-of-00001.parquet")


def test_styles_stand_beside_the_plain_rows_or_in_their_place(tmp_path: Path) -> None:
    write(tmp_path / "plain", None)
    write(tmp_path / "both", ALL)
    write(tmp_path / "only", ReformatSettings(styles=tuple(Style), keep_original=False))
    plain, both, only = (table(tmp_path / name, "sft") for name in ("plain", "both", "only"))
    assert both.columns == [*plain.columns, "style"]
    assert both["style"].to_list() == ["plain", *Style]
    assert both.drop("style")[:1].equals(plain)
    assert only.equals(both[1:])
    for name in ("both", "only"):
        assert table(tmp_path / name, "rejected")["style"].to_list() == ["plain"]
        assert table(tmp_path / name, "preference").equals(table(tmp_path / "plain", "preference"))
    assert "## Styles" not in (tmp_path / "plain" / "README.md").read_text()
    assert "| `short_answer` | none | 1 |" in (tmp_path / "both" / "README.md").read_text()
    assert "direct-0/short_answer" in (tmp_path / "only" / "README.md").read_text()


def test_the_folder_loads_with_its_declared_types(tmp_path: Path) -> None:
    import datasets

    write(tmp_path / "both", ALL)
    for config in ("sft", "rejected"):
        assert datasets.load_dataset(str(tmp_path / "both"), config, split="train").features["style"].dtype == "string"
