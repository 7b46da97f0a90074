"""Every kind of question from end to end: question, failed answer, rationalization, verdict, row, and verdict again."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import polars as pl
import pytest

from tests.building.conftest import vstar_data
from vstar_data.arrow import label_from
from vstar_data.generation.prompts import hint
from vstar_data.questions.bank import LeakingQuestion, questions_of
from vstar_data.questions.kinds import QUESTION_KINDS, kind_of_id
from vstar_data.questions.settings import QuestionSettings
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
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
    kind_of,
)

DIVE: tuple[Label, ...] = (
    ClassLabel(name="forward dive in pike position", aliases=("103B",)),
    SequenceLabel(
        steps=("forward take-off", "one and a half somersaults in pike position", "one and a half twists", "entry"),
        step_aliases=(("Forward",), ("1.5 Soms.Pike",), ("1.5 Twists",), ("Entry",)),
    ),
    NumberLabel(name="degree of difficulty", value=3.2, tolerance=0.05),
    NumberLabel(name="dive score", value=83.25, minimum=0, maximum=120, tolerance=5),
)
ROOM: tuple[Label, ...] = (
    TimestampLabel(name="the ball is released", time=2.4),
    SegmentLabel(name="person opens the door", start=3.2, end=7.9),
    SegmentLabel(name="What did the person open?", start=3.0, end=8.0),
    BoxLabel(name="cup", time=2.0, box=(0.1, 0.2, 0.4, 0.6), track="o1"),
    BoxLabel(name="cup", time=5.0, box=(0.12, 0.2, 0.42, 0.6), track="o1"),
    BoxLabel(name="towel", time=5.0, box=(0.5, 0.5, 0.9, 0.9), track="o2"),
    QALabel(question="What did the person open?", answer="The door.", choices=("The door.", "The box.")),
    RelationLabel(subject="person", predicate="holding", object="broom"),
    BooleanLabel(name="the light is on", holds=False),
    CaptionLabel(text="a man with a broom opens a door"),
)
CLIPS = [Clip(id="dive", video="dive.mp4", labels=DIVE), Clip(id="room", video="room.mp4", labels=ROOM)]
VIDEOS = [msgspec.structs.replace(clip, id=f"jsonl/{clip.id}", source="jsonl") for clip in CLIPS]


def said(label: Label, kind: str) -> str:
    """A sentence that a person would say for a target."""
    match label:
        case ClassLabel(name=name):
            start = {"class": "This is a ", "object_in_box": "The box shows a "}.get(kind, "It is followed by the ")
            return f"{'The step before is the ' if kind == 'before' else start}{name}."
        case SequenceLabel(steps=steps):
            return (
                f"First comes the {steps[0]}, then the {', then the '.join(steps[1:-1])}, and finally the {steps[-1]}."
            )
        case NumberLabel(name=name, value=value):
            return f"The {name} is {value:g}."
        case TimestampLabel(time=time):
            return f"It happens at {time:g} seconds."
        case SegmentLabel(start=start_time, end=end):
            return f"It lasts from {start_time:g} to {end:g} seconds."
        case BoxLabel(box=box):
            return f"It is at {list(box)}."
        case QALabel(answer=answer):
            return answer
        case RelationLabel(subject=subject, predicate=predicate, object=thing):
            return f"The {subject} is {predicate} the {thing}."
        case BooleanLabel(name=name, holds=holds):
            return "Yes, they do." if holds else ("No, the light is off." if "light" in name else "No, they differ.")
    raise AssertionError(f"{label} is no target")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every-kind")
    (folder / "clips.jsonl").write_bytes(b"".join(msgspec.json.encode(clip) + b"\n" for clip in CLIPS))
    with (folder / "answers.jsonl").open("w", encoding="utf-8") as file:
        for clip in VIDEOS:
            for question in questions_of(clip, QuestionSettings()):
                assert not isinstance(question, LeakingQuestion), question
                kind = kind_of_id(question.id)
                right = " ".join(said(target, kind) for target in question.targets)
                if kind == "between":
                    right = "The person opens the door."
                row = {"question_id": question.id, "text": "A thing can be seen, and nothing else is certain."}
                file.write(json.dumps(row) + "\n" + json.dumps({**row, "text": right, "mode": "rationalized"}) + "\n")
    answers, out = str(folder / "answers.jsonl"), str(folder / "run")
    built = vstar_data("build", str(_recipe(folder)), "--engine", "replay", "--model", answers, "--out", out)
    assert built.code == 0, built.stderr
    return folder / "run"


def _recipe(folder: Path) -> Path:
    path = folder / "kinds.yaml"
    path.write_text("adapter: jsonl\nannotations: clips.jsonl\n", encoding="utf-8")
    return path


def rows(run: Path, config: str) -> pl.DataFrame:
    return pl.concat([pl.read_parquet(path) for path in sorted((run / "dataset" / "data" / config).glob("*.parquet"))])


def test_each_kind_is_asked_failed_rationalized_and_accepted(run: Path) -> None:
    accepted = rows(run, "sft")
    kinds = {kind_of_id(question) for question in accepted["question_id"]}
    assert kinds == set(QUESTION_KINDS), rows(run, "rejected").select("question_id", "answer", "mode", "reasons").rows()
    assert set(accepted["mode"]) == {"rationalized"}
    rejected = rows(run, "rejected")
    assert set(rejected["question_id"]) == set(accepted["question_id"])
    assert set(rejected["mode"]) == {"direct"}


def test_each_label_kind_but_a_caption_becomes_a_target(run: Path) -> None:
    targets = [label_from(label) for labels in rows(run, "sft")["labels"].to_list() for label in labels]
    assert {kind_of(target) for target in targets} == set(LABEL_KINDS) - {"caption"}
    assert ("Entry",) in [
        alias for target in targets if isinstance(target, SequenceLabel) for alias in target.step_aliases
    ]


def test_no_stored_question_holds_its_hint(run: Path) -> None:
    for row in rows(run, "sft").to_dicts():
        for label in row["labels"]:
            # The answer to a question with choices stands among them, as the dataset has it.
            assert label["kind"] == "qa" or hint(label_from(label)) not in row["question"]
        assert "step by step what" not in row["question"]


def test_verify_accepts_every_row_that_was_published(run: Path, tmp_path: Path) -> None:
    rows(run, "sft").write_parquet(tmp_path / "sft.parquet")
    judged = vstar_data("verify", str(tmp_path / "sft.parquet"), "--output", str(tmp_path / "judged.parquet"))
    assert judged.code == 0, judged.stderr
    verdicts = pl.read_parquet(tmp_path / "judged.parquet")
    assert verdicts["accepted"].all(), (
        verdicts.filter(~pl.col("accepted")).select("question", "answer", "reasons").rows()
    )
    rows(run, "rejected").drop("reasons").write_parquet(tmp_path / "rejected.parquet")
    vstar_data("verify", str(tmp_path / "rejected.parquet"), "--output", str(tmp_path / "again.parquet"))
    assert not pl.read_parquet(tmp_path / "again.parquet")["accepted"].any()
