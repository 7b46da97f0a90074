"""What two written datasets differ in, told by rows, verdicts, settings and numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.comparing.versions import called, difference, rows_of, version, with_question, with_text, with_verdict
from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE, clip, judged
from vstar_data.arrow import UnusableRow
from vstar_data.comparing.answers import FEWER, NO_CLIP, NO_QUESTION, OTHER_QUESTION, OTHER_TEXT, REVIEWED, Turn
from vstar_data.comparing.answers import JUDGED as JUDGED_OTHERWISE
from vstar_data.comparing.answers import UNUSABLE as UNUSABLE_CLIP
from vstar_data.comparing.difference import compare
from vstar_data.comparing.sides import side
from vstar_data.errors import RecordError, StorageError, UsageError
from vstar_data.records import ClassLabel, RejectReason, UnusableReason


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return version(tmp_path_factory.mktemp("a") / "dataset")


def changed(*numbers: int, to: Any) -> list[Any]:
    """The answers, some of them changed."""
    return [to(answer) if number in numbers else answer for number, answer in enumerate(JUDGED)]


def test_the_same_dataset_differs_in_nothing(first: Path, tmp_path: Path) -> None:
    found = difference(first, version(tmp_path / "b"))
    assert not found.differs
    assert found.answers is None
    assert {(rows.added, rows.removed, rows.changed) for rows in found.rows} == {(0, 0, 0)}
    assert sum(rows.unchanged for rows in found.rows if rows.config == "sft") == 3


def test_the_same_rows_in_other_files_differ_in_nothing(first: Path, tmp_path: Path) -> None:
    found = difference(first, version(tmp_path / "b", shard_rows=1))
    assert not found.differs
    assert found.answers is not None
    assert (found.answers.both, found.answers.other_text, found.answers.turns) == (7, 0, [])


def test_rows_that_repeat_an_id_are_counted(first: Path, tmp_path: Path) -> None:
    second = version(tmp_path / "b")
    path = next((second / "data" / "sft").glob("train-*.parquet"))
    table = pq.read_table(path)
    pq.write_table(pa.concat_tables([table, table.slice(0, 1)]), path)
    found = difference(first, second)
    rows = rows_of(found, "sft")
    assert (rows.repeated_a, rows.repeated_b, rows.unchanged, found.differs) == (0, 1, rows.a, True)
    said = called("diff", str(first), str(second))
    assert "B: rows of sft train with the id of a row before them, left out: 1\n" in said


def test_a_verdict_that_turned_is_told_with_its_reason(first: Path, tmp_path: Path) -> None:
    second = version(tmp_path / "b", judged=changed(1, to=lambda answer: with_verdict(answer, RejectReason.HEDGED)))
    found = difference(first, second)
    turn = Turn("circus", "class", "direct", "accepted", "hedged", JUDGED_OTHERWISE, 1, ["circus/a#0/direct-1"])
    assert found.answers is not None
    assert (found.answers.turns, found.answers.lone, found.answers.other_text) == ([turn], [], 0)
    assert (rows_of(found, "sft").removed, rows_of(found, "rejected").added) == (1, 1)
    example = found.examples[0]
    assert (example.answer_a, example.answer_b) == ("Three balls fly: juggling.", "Three balls fly: juggling.")
    assert [(one.mode, one.accepted_a, one.accepted_b, one.points) for one in found.yields if one.kind == "class"] == [
        ("direct", 2, 1, -33.33),
        ("rationalized", 1, 1, 0.0),
        ("total", 3, 2, -33.33),
    ]
    assert [(one.reason, one.a, one.b) for one in found.tallies if one.a != one.b] == [("hedged", 0, 1)]


def test_other_reasons_of_a_reject_are_told(first: Path, tmp_path: Path) -> None:
    two = (RejectReason.ABSENT, RejectReason.NEGATED)
    found = difference(first, version(tmp_path / "b", judged=changed(0, to=lambda answer: with_verdict(answer, *two))))
    assert found.answers is not None
    assert [(turn.a, turn.b, turn.turned) for turn in found.answers.turns] == [("absent", "absent+negated", False)]
    assert rows_of(found, "rejected").changed_in == {"verdict": 1}


def test_another_text_is_told_apart_from_another_verdict(first: Path, tmp_path: Path) -> None:
    second = version(
        tmp_path / "b", judged=changed(1, 6, to=lambda answer: with_text(answer, answer.completion.text + " Yes."))
    )
    found = difference(first, second)
    assert found.answers is not None
    assert (found.answers.other_text, found.answers.other_outcome) == (2, 0)
    assert found.differs
    assert rows_of(found, "sft").changed_in == {"text": 2}
    both = difference(
        first,
        version(tmp_path / "c", judged=changed(0, to=lambda answer: with_verdict(with_text(answer, "Juggling.")))),
    )
    assert both.answers is not None
    assert [(turn.a, turn.b, turn.why) for turn in both.answers.turns] == [("absent", "accepted", OTHER_TEXT)]


def test_a_thought_counts_as_text(first: Path, tmp_path: Path) -> None:
    told = "<think>Another thought.</think>This is riding a unicycle."
    found = difference(first, version(tmp_path / "b", judged=changed(3, to=lambda answer: with_text(answer, told))))
    assert rows_of(found, "sft", "validation").changed_in == {"text": 1}


def test_other_labels_and_a_person_are_named_as_the_reason(first: Path, tmp_path: Path) -> None:
    def relabelled(answer: Any) -> Any:
        return with_verdict(with_question(answer, targets=(ClassLabel(name="standing"),)))

    found = difference(first, version(tmp_path / "b", judged=changed(0, to=relabelled)))
    assert found.answers is not None
    assert [turn.why for turn in found.answers.turns] == [OTHER_QUESTION]
    overruled = changed(0, to=lambda answer: replace(with_verdict(answer), reviewed="accept", overruled=True))
    found = difference(first, version(tmp_path / "c", judged=overruled))
    assert found.answers is not None
    assert [(turn.b, turn.why) for turn in found.answers.turns] == [("accepted", REVIEWED)]


def test_answers_of_one_side_alone_are_told_with_what_the_other_lacks(first: Path, tmp_path: Path) -> None:
    kept = [answer for number, answer in enumerate(JUDGED) if number in (1, 4)]
    second = version(
        tmp_path / "b",
        judged=kept,
        clips=[one for one in CLIPS if one.id != "circus/b"],
        unusable=[*UNUSABLE, UnusableRow(clip_id="circus/c", video="c.mp4", reason=UnusableReason.EMPTY, detail="")],
    )
    found = difference(first, second)
    assert found.answers is not None
    assert found.answers.only_a == 5
    assert found.answers.only_b == 0
    assert {(one.ids[0], one.a, one.why) for one in found.answers.lone} == {
        ("circus/a#0/direct-0", "absent", FEWER),
        ("circus/a#1/direct-0", "wrong_value", NO_QUESTION),
        ("circus/b#0/direct-0", "accepted", NO_CLIP),
        ("circus/c#0/direct-1", "rival", UNUSABLE_CLIP),
        ("circus/c#0/rationalized-0", "accepted", UNUSABLE_CLIP),
    }
    back = difference(second, first)
    assert back.answers is not None
    assert (back.answers.only_a, back.answers.only_b) == (0, 5)
    assert {(one.ids[0], one.b, one.why) for one in back.answers.lone} == {
        (one.ids[0], one.a, one.why) for one in found.answers.lone
    }
    assert ("unusable", "empty", 0, 1) in {(one.what, one.reason, one.a, one.b) for one in found.tallies}


def test_a_clip_that_moved_to_another_split_is_gone_here_and_new_there(first: Path, tmp_path: Path) -> None:
    moved = clip("b", *CLIPS[1].labels, license=None)
    answers = changed(3, to=lambda answer: replace(answer, clip=moved))
    found = difference(first, version(tmp_path / "b", judged=answers, clips=[moved, *CLIPS[:1], *CLIPS[2:]]))
    assert (rows_of(found, "sft").added, rows_of(found, "sft", "validation").removed) == (1, 1)
    assert rows_of(found, "clips").added == 1
    assert found.answers is not None
    assert (found.answers.turns, found.answers.lone) == ([], [])


def test_what_it_was_made_from_is_told_by_dotted_keys(first: Path, tmp_path: Path) -> None:
    recipe = {"generate": {"samples": 4, "top_k": None}, "frames": {"count": 8}}
    other = replace(PROVENANCE, recipe=recipe, model="larger@1", verifier="2", prompts={"direct": "Explain."})
    found = difference(first, version(tmp_path / "b", provenance=other))
    assert {setting.key: (setting.a, setting.b) for setting in found.settings} == {
        "model": ("tiny-model@0123abcd", "larger@1"),
        "verifier.version": ("1", "2"),
        "prompts.rationalized": ("The answer is: {hint}.\nExplain.", None),
        "recipe.generate.samples": (2, 4),
    }
    assert found.differs


def test_columns_of_one_side_are_named_and_not_compared(first: Path, tmp_path: Path) -> None:
    second = version(tmp_path / "b")
    file = second / "data/sft/train-00000-of-00001.parquet"
    table = pq.read_table(file)
    table = table.drop(["seed"]).append_column("extra", pa.array(["x"] * table.num_rows))
    table = table.set_column(table.schema.get_field_index("cycle"), "cycle", table["cycle"].cast(pa.string()))
    pq.write_table(table, file)
    found = difference(first, second)
    assert [(one.config, one.only_a, one.only_b, one.retyped) for one in found.columns] == [
        ("sft", ("seed",), ("extra",), ("cycle",))
    ]
    assert rows_of(found, "sft").unchanged == 2


def test_files_that_are_no_longer_what_the_manifest_says_are_read(first: Path, tmp_path: Path) -> None:
    second = version(tmp_path / "b")
    file = second / "data/sft/train-00000-of-00001.parquet"
    pq.write_table(pq.read_table(file).slice(1), file)
    assert rows_of(difference(first, second), "sft").removed == 1


def test_every_answer_that_differs_is_in_the_frame(first: Path, tmp_path: Path) -> None:
    answers = [*changed(1, to=lambda answer: with_verdict(answer, RejectReason.HEDGED))[:6]]
    _, rows = compare(side(str(first)), side(str(version(tmp_path / "b", judged=answers))))
    assert rows.sort("id").to_dicts() == [
        {"id": "circus/a#0/direct-1", "source": "circus", "kind": "class", "mode": "direct", "a": "accepted",
         "b": "hedged", "same_text": True, "why": JUDGED_OTHERWISE},
        {"id": "circus/c#0/rationalized-0", "source": "circus", "kind": "class", "mode": "rationalized",
         "a": "accepted", "b": None, "same_text": None, "why": FEWER},
    ]  # fmt: skip


def test_an_id_that_stands_twice_counts_once(first: Path, tmp_path: Path) -> None:
    second = version(tmp_path / "b")
    file = second / "data/rejected/train-00000-of-00001.parquet"
    table = pq.read_table(file)
    pq.write_table(pa.concat_tables([table, table]), file)
    rows = rows_of(difference(first, second), "rejected")
    assert (rows.b, rows.unchanged, rows.added) == (4, 4, 0)


def test_a_config_without_rows_on_one_side(first: Path, tmp_path: Path) -> None:
    second = version(tmp_path / "b", judged=[judged(CLIPS[0], "Somebody stands.", RejectReason.ABSENT)])
    found = difference(second, first)
    assert (rows_of(found, "sft").a, rows_of(found, "sft").added) == (0, 2)
    assert found.columns == []


def test_broken_datasets_are_errors_that_name_the_file(first: Path, tmp_path: Path) -> None:
    second = version(tmp_path / "b")
    file = second / "data/sft/train-00000-of-00001.parquet"
    pq.write_table(pq.read_table(file).drop(["labels"]), file)
    with pytest.raises(StorageError, match="column labels"):
        difference(first, second)
    file.write_bytes(b"PAR1 no more")
    with pytest.raises(StorageError, match="train-00000-of-00001"):
        difference(first, second)
    manifest = second / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"model"', '"modell"'))
    with pytest.raises(RecordError, match="model"):
        difference(first, second)
    with pytest.raises(UsageError, match="no dataset here"):
        difference(first, tmp_path)
