"""Clips, questions and judged answers for the tests of the dataset."""

from __future__ import annotations

from typing import Any

from vstar_data.arrow import UnusableRow
from vstar_data.dataset import Judged, Provenance
from vstar_data.records import (
    ClassLabel,
    Clip,
    Completion,
    Label,
    Mode,
    NumberLabel,
    Question,
    RejectReason,
    Split,
    TargetVerdict,
    UnusableReason,
    Verdict,
)

PROVENANCE = Provenance(
    name="juggling",
    recipe={"generate": {"samples": 2}, "frames": {"count": 8}},
    model="tiny-model@0123abcd",
    profile="strict",
    verifier="1",
    code="0.1.0",
    prompts={"direct": "Explain.", "rationalized": "The answer is: {hint}.\nExplain."},
)


def clip(name: str, *labels: Label, **fields: Any) -> Clip:
    fields = {"source": "circus", "license": "CC BY 4.0", **fields}
    return Clip(id=f"{fields['source']}/{name}", video=f"{name}.mp4", labels=labels, **fields)


def judged(
    clip: Clip,
    text: str,
    reason: RejectReason | None = None,
    *,
    mode: Mode = Mode.DIRECT,
    sample: int = 0,
    question: str = "What happens in the clip?",
    number: int = 0,
) -> Judged:
    target = clip.labels[number]
    asked = Question(
        id=f"{clip.id}#{number}",
        clip_id=clip.id,
        text=question,
        targets=(target,),
        asks=(("name",) if isinstance(target, ClassLabel) else ("value",),),
        origin="bank:class/0",
    )
    completion = Completion(
        key=f"{clip.id}-{number}-{mode}-{sample}",
        question_id=asked.id,
        clip_id=clip.id,
        mode=mode,
        sample_index=sample,
        seed=2**63 - 1,
        text=text,
        finish_reason="stop",
        prompt_tokens=90,
        completion_tokens=12,
        model="tiny-model@0123abcd",
        frame_indices=(0, 10),
        frame_times=(0.0, 0.4),
    )
    verdict = Verdict(
        accepted=reason is None,
        reasons=() if reason is None else (reason,),
        per_label=(TargetVerdict(accepted=reason is None, reason=reason, score=float(reason is None)),),
    )
    return Judged(question=asked, clip=clip, completion=completion, verdict=verdict)


CLIPS = [
    clip("a", ClassLabel(name="juggling", aliases=("toss juggling",)), NumberLabel(name="balls", value=3.0)),
    clip("b", ClassLabel(name="riding a unicycle"), split=Split.VALIDATION, license=None),
    clip("c", ClassLabel(name="walking a tightrope"), start=1.5, end=4.0, metadata={"take": 2, "angle": "left"}),
    clip("d", ClassLabel(name="fire breathing")),
]

JUDGED = [
    judged(CLIPS[0], "Someone stands still.", RejectReason.ABSENT),
    judged(CLIPS[0], "Three balls fly: juggling.", sample=1),
    judged(CLIPS[0], "There are 7 balls.", RejectReason.WRONG_VALUE, number=1, question="How many balls are there?"),
    judged(CLIPS[1], "<think>One wheel only.</think>This is riding a unicycle."),
    judged(CLIPS[2], "I cannot tell.", RejectReason.REFUSED),
    judged(CLIPS[2], "A person is dancing.", RejectReason.RIVAL, sample=1),
    judged(CLIPS[2], "High up on a rope: walking a tightrope.", mode=Mode.RATIONALIZED),
]

UNUSABLE = [
    UnusableRow(clip_id="circus/d", video="d.mp4", reason=UnusableReason.TRUNCATED, detail="ends in frame 3"),
    UnusableRow(clip_id=None, video=None, reason=UnusableReason.MALFORMED_ROW, detail="acts.csv:9: no label"),
]
