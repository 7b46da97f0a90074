"""What the judges of all label kinds are given: the answer in tokens, the question, the rivals."""

from __future__ import annotations

from dataclasses import dataclass

from vstar_data.records import Label, Mode, RejectReason, TargetVerdict
from vstar_data.verification.embedding import Embedder
from vstar_data.verification.text import Text
from vstar_data.verification.vocabulary import Vocabulary


@dataclass(frozen=True)
class Case:
    """One answer to be judged.

    Attributes:
        answer: What follows the thought, with the offsets of the whole answer.
        question: The question in tokens; empty where none was given.
        vocabulary: The other classes of the dataset.
        targets: All targets of the question.
        also_true: Labels that hold of the clip too.
        mode: Direct or rationalized.
        duration: Length of the clip in seconds, where known.
        cut: Whether the answer was cut off at the token limit.
        embedder: What embeds sentences, where that was asked for.
        parser: Whether an installed parser is asked where the rules find nothing.
    """

    answer: Text
    question: Text
    vocabulary: Vocabulary
    targets: tuple[Label, ...] = ()
    also_true: tuple[Label, ...] = ()
    mode: Mode = Mode.DIRECT
    duration: float | None = None
    cut: bool = False
    embedder: Embedder | None = None
    parser: bool = True


def accepted(evidence: tuple[int, int] | None, parsed: str | None, score: float = 1.0) -> TargetVerdict:
    """Returns the verdict on a target that the answer contains."""
    return TargetVerdict(accepted=True, evidence=evidence, parsed=parsed, score=min(1.0, max(0.0, score)))


def rejected(
    reason: RejectReason, evidence: tuple[int, int] | None = None, parsed: str | None = None, score: float = 0.0
) -> TargetVerdict:
    """Returns the verdict on a target that the answer does not contain."""
    return TargetVerdict(
        accepted=False, reason=reason, evidence=evidence, parsed=parsed, score=min(1.0, max(0.0, score))
    )
