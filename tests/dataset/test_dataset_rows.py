"""The rows of the published configs."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tests.dataset.judged_samples import CLIPS, JUDGED, clip, judged
from vstar_data.dataset import Judged
from vstar_data.dataset.rows import answer_row, clips_row, preference_row, rejected_row
from vstar_data.dataset.schemas import schema_of
from vstar_data.generation.prompts import HINT, REASON
from vstar_data.records import ClassLabel, Mode, NumberLabel, RejectReason

FIRST_COLUMNS = """
    id video start end frames question answer messages labels mode cycle sample_index model source split
    rationale asks also_true duration finish_reason
"""
PREFERENCE_COLUMNS = """
    id video start end frames question prompt chosen rejected chosen_mode rejected_mode labels model source split
"""


def test_columns_and_their_order() -> None:
    sft = schema_of("sft")
    first = FIRST_COLUMNS.split()
    assert sft.names[: len(first)] == first
    assert schema_of("rejected").names == [*sft.names, "reasons"]
    assert schema_of("preference").names == PREFERENCE_COLUMNS.split()
    assert {"labels", "unusable"} < set(schema_of("clips").names)


def test_every_row_fills_every_column_and_no_other() -> None:
    assert set(answer_row(JUDGED[1])) == set(schema_of("sft").names)
    assert set(rejected_row(JUDGED[0])) == set(schema_of("rejected").names)
    assert set(preference_row(JUDGED[:2]) or ()) == set(schema_of("preference").names)
    assert set(clips_row(CLIPS[0], None)) == set(schema_of("clips").names)


def test_messages_have_parts_of_exactly_type_and_text() -> None:
    assert answer_row(JUDGED[1])["messages"] == [
        {
            "role": "user",
            "content": [{"type": "video", "text": None}, {"type": "text", "text": "What happens in the clip?"}],
        },
        {"role": "assistant", "content": [{"type": "text", "text": "Three balls fly: juggling."}]},
    ]


def test_neither_hint_nor_request_to_reason_is_published() -> None:
    rationalized = JUDGED[-1]
    assert rationalized.completion.mode is Mode.RATIONALIZED
    row = answer_row(rationalized)
    asked = row["messages"][0]["content"][1]["text"]
    assert asked == row["question"] == rationalized.question.text
    for told in (REASON, HINT.partition("{")[0].strip()):
        assert told not in str(row["messages"][0])


def test_a_thought_is_the_rationale_and_stays_in_the_messages() -> None:
    row = answer_row(JUDGED[3])
    assert row["rationale"] == "One wheel only."
    assert row["answer"] == "This is riding a unicycle."
    assert row["messages"][1]["content"][0]["text"] == "<think>One wheel only.</think>This is riding a unicycle."


def test_ids_name_question_mode_and_sample() -> None:
    assert answer_row(JUDGED[1])["id"] == "circus/a#0/direct-1"
    assert answer_row(JUDGED[-1])["id"] == "circus/c#0/rationalized-0"
    assert len({judged.id for judged in JUDGED}) == len(JUDGED)


def test_labels_of_a_row_are_the_targets_and_fit_the_schema() -> None:
    row = answer_row(JUDGED[1])
    stored = pa.RecordBatch.from_pylist([row], schema=schema_of("sft")).to_pylist()[0]
    assert [(label["kind"], label["name"], label["value"]) for label in stored["labels"]] == [
        ("class", "juggling", None)
    ]
    assert stored["asks"] == [["name"]]
    assert stored["frames"] == {"indices": [0, 10], "times": [0.0, 0.4]}


ACT = clip("x", ClassLabel(name="juggling"), NumberLabel(name="balls", value=3.0))
GOOD = judged(ACT, "juggling", sample=2)
GOOD_LATER = judged(ACT, "surely juggling", sample=3)
WRONG = judged(ACT, "dancing", RejectReason.RIVAL, sample=0)
HINTED = judged(ACT, "so it is juggling", mode=Mode.RATIONALIZED)
SAME_TEXT = judged(ACT, "juggling", RejectReason.HEDGED)
HINTED_WRONG = judged(ACT, "no idea", RejectReason.ABSENT, mode=Mode.RATIONALIZED, sample=1)


def test_a_pair_prefers_the_direct_answer() -> None:
    pair = preference_row([WRONG, GOOD, GOOD_LATER, HINTED])
    assert pair is not None
    assert (pair["chosen_mode"], pair["rejected_mode"]) == ("direct", "direct")
    assert pair["chosen"] == [{"role": "assistant", "content": [{"type": "text", "text": "juggling"}]}]
    assert pair["rejected"] == [{"role": "assistant", "content": [{"type": "text", "text": "dancing"}]}]
    assert [message["role"] for message in pair["prompt"]] == ["user"]
    assert pair["id"] == GOOD.question.id


def test_a_pair_falls_back_to_the_rationalized_answer() -> None:
    pair = preference_row([WRONG, HINTED])
    assert pair is not None
    assert pair["chosen_mode"] == "rationalized"


@pytest.mark.parametrize(
    "samples",
    [
        [WRONG],
        [GOOD],
        [GOOD, HINTED_WRONG],
        [WRONG, HINTED_WRONG],
        [HINTED],
        [GOOD, judged(ACT, "juggling", RejectReason.LEAK)],
    ],
)
def test_no_pair_without_both_sides(samples: list[Judged]) -> None:
    assert preference_row(samples) is None


@pytest.mark.parametrize(
    "reason", [RejectReason.TRUNCATED, RejectReason.DEGENERATE, RejectReason.REFUSED, RejectReason.LEAK]
)
def test_rejects_that_say_nothing_of_the_video_are_passed_over(reason: RejectReason) -> None:
    useless = judged(ACT, "I cannot help", reason, sample=0)
    assert preference_row([useless, GOOD]) is None
    pair = preference_row([useless, judged(ACT, "dancing", RejectReason.ABSENT, sample=1), GOOD])
    assert pair is not None
    assert pair["rejected"][0]["content"][0]["text"] == "dancing"
