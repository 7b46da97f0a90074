"""What the filters keep back is in none of the configs, is counted wherever counts are told, and stands in a ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE, clip, judged
from vstar_data.dataset import Judged, write_dataset
from vstar_data.dataset.counts import BlindQuestions, BlindUnit, Counts, Filtered
from vstar_data.dataset.filtering.ledger import ledger_row, write_ledger
from vstar_data.dataset.filtering.reasons import Drop, FilterReason
from vstar_data.dataset.rows import preference_row
from vstar_data.records import ClassLabel, Mode, RejectReason

SHORT = Drop(FilterReason.TOO_SHORT, "3 words")
JUGGLER = clip("a", ClassLabel(name="juggling"))


def dropped(answer: Judged, drop: Drop = SHORT) -> Judged:
    return replace(answer, drop=drop)


def write(folder: Path, answers: list[Judged], blind: dict[BlindUnit, BlindQuestions] | None = None) -> Counts:
    return write_dataset(
        folder, clips=CLIPS, unusable=UNUSABLE, judged=answers, provenance=PROVENANCE, blind=blind or {}
    )


def rows(folder: Path, config: str) -> list[str]:
    files = sorted((folder / "data" / config).glob("*.parquet"))
    return sorted(row for path in files for row in pl.read_parquet(path)["id"])


def test_a_dropped_row_is_in_no_config_and_is_counted(tmp_path: Path) -> None:
    twin = write(tmp_path / "all", JUDGED)
    counts = write(tmp_path / "some", [*JUDGED[:1], dropped(JUDGED[1]), *JUDGED[2:6], dropped(JUDGED[6])])
    assert rows(tmp_path / "all", "sft") == [
        "circus/a#0/direct-1",
        "circus/b#0/direct-0",
        "circus/c#0/rationalized-0",
    ]
    assert rows(tmp_path / "some", "sft") == ["circus/b#0/direct-0"]
    assert rows(tmp_path / "some", "rejected") == rows(tmp_path / "all", "rejected")
    assert rows(tmp_path / "all", "preference") == ["circus/a#0", "circus/c#0"]
    assert rows(tmp_path / "some", "preference") == []
    assert counts.filtered == {
        Filtered("too_short", "circus", "class", "direct"): 1,
        Filtered("too_short", "circus", "class", "rationalized"): 1,
    }
    # The model answered no worse for it.
    assert counts.questions == twin.questions
    assert counts.answers == twin.answers
    assert twin.filtered == {}


def test_another_accepted_answer_is_chosen_in_its_place() -> None:
    reject = judged(JUGGLER, "A person dances.", RejectReason.RIVAL)
    first, second = (judged(JUGGLER, text, sample=number) for number, text in ((1, "juggling"), (2, "It is juggling.")))
    rationalized = judged(JUGGLER, "Balls fly, so juggling.", mode=Mode.RATIONALIZED)

    def chosen(*samples: Judged) -> str | None:
        pair = preference_row(samples)
        return pair["chosen"][0]["content"][0]["text"] if pair else None

    assert chosen(reject, first, second) == "juggling"
    assert chosen(reject, dropped(first), second) == "It is juggling."
    assert chosen(reject, dropped(first), dropped(second), rationalized) == "Balls fly, so juggling."
    assert chosen(reject, dropped(first), dropped(second), dropped(rationalized)) is None


def test_card_and_manifest_tell_what_was_filtered_and_what_was_answered_blind(tmp_path: Path) -> None:
    blind = {BlindUnit("one_frame", "circus", "class"): BlindQuestions(asked=3, right=2, missing=1)}
    write(tmp_path / "some", [*JUDGED[:1], dropped(JUDGED[1]), *JUDGED[2:]], blind)
    card = (tmp_path / "some" / "README.md").read_text()
    assert "| `too_short` | circus | class | direct | 1 |" in card
    assert "| `one_frame` | circus | class | 3 | 2 | 66.7 % |" in card
    assert "Three balls fly" not in card
    counts = json.loads((tmp_path / "some" / "manifest.json").read_bytes())["counts"]
    assert counts["filtered"] == [
        {"reason": "too_short", "source": "circus", "kind": "class", "mode": "direct", "rows": 1}
    ]
    assert counts["blind"] == [
        {"variant": "one_frame", "source": "circus", "kind": "class", "asked": 3, "right": 2, "missing": 1}
    ]
    write(tmp_path / "all", JUDGED)
    assert "## Filtered" not in (tmp_path / "all" / "README.md").read_text()
    assert "## Answered without" not in (tmp_path / "all" / "README.md").read_text()


def test_the_ledger_names_each_row_and_why(tmp_path: Path) -> None:
    write_ledger(tmp_path / "filtered.parquet", [ledger_row(dropped(JUDGED[6]))])
    assert pl.read_parquet(tmp_path / "filtered.parquet").to_dicts() == [
        {
            "key": "circus/c-0-rationalized-0",
            "id": "circus/c#0/rationalized-0",
            "clip_id": "circus/c",
            "question_id": "circus/c#0",
            "mode": "rationalized",
            "reason": "too_short",
            "detail": "3 words",
        }
    ]
    write_ledger(tmp_path / "filtered.parquet", [])
    assert pl.read_parquet(tmp_path / "filtered.parquet").is_empty()
