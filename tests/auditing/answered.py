"""Questions with answers that the real verifier judges, small enough to follow by hand."""

from __future__ import annotations

from typing import Any

from vstar_data.auditing.answers import Answers
from vstar_data.dataset.judged import Judged
from vstar_data.generation.judging import Judge, also_true
from vstar_data.questions.bank import questions_of
from vstar_data.questions.settings import QuestionSettings
from vstar_data.records import Clip, Completion, Label, Mode, Question
from vstar_data.verification.settings import VerificationSettings

CLASSES = ("bowling", "juggling", "archery", "sailing")
NAMES = {"s": CLASSES}


def clip(name: str, *labels: Label, **changes: Any) -> Clip:
    return Clip(**{"id": f"s/{name}", "video": f"{name}.mp4", "labels": labels, "source": "s", **changes})


def asked(of: Clip, kind: str) -> Question:
    """The first question of a kind that the bank makes for a clip."""
    made = questions_of(of, QuestionSettings(kinds=(kind,)))
    return next(question for question in made if isinstance(question, Question))


def answered(
    of: Clip,
    kind: str,
    *texts: str,
    mode: Mode = Mode.DIRECT,
    profile: str = "strict",
    duration: float | None = None,
    names: dict[str, tuple[str, ...]] | None = None,
) -> Answers:
    """The answers to a clip's question of a kind, judged."""
    question = asked(of, kind)
    judge = Judge(VerificationSettings(profile=profile), NAMES if names is None else names)  # type: ignore[arg-type]
    found = []
    for number, text in enumerate(texts):
        completion = Completion(
            key=f"{question.id}/{mode}-{number}",
            question_id=question.id,
            clip_id=of.id,
            mode=mode,
            sample_index=number,
            seed=number,
            text=text,
            finish_reason="stop",
            prompt_tokens=1,
            completion_tokens=1,
            model="tiny@1",
            duration=duration,
        )
        verdict = judge.verdict(completion, question, of)
        found.append(Judged(question, of, completion, verdict, also_true(question, of), duration))
    return tuple(found)
