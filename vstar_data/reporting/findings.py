"""What one pass over the judged answers of a run finds that its manifest does not tell. Counting only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from vstar_data.auditing.answers import Answers
from vstar_data.dataset.judged import Judged
from vstar_data.labels import ClassLabel
from vstar_data.records import Mode
from vstar_data.reporting.choice import Choice
from vstar_data.reporting.deviations import Deviations


@dataclass
class Tried:
    """Direct answers about a class, and those that contain it."""

    answers: int = 0
    accepted: int = 0


@dataclass
class Findings:
    """What was found.

    Attributes:
        answers: Judged answers; `right` those of them that are accepted.
        classes: The answers about each class, per source and name.
        deviations: How far off numbers and times are.
        tokens: Tokens in the answers; `cut` answers that end at the token limit.
        accepted, rejected: The examples of either outcome.
    """

    answers: int = 0
    right: int = 0
    classes: dict[tuple[str, str], Tried] = field(default_factory=dict)
    deviations: Deviations = field(default_factory=Deviations)
    tokens: int = 0
    cut: int = 0
    accepted: Choice = field(default_factory=Choice)
    rejected: Choice = field(default_factory=Choice)

    def add(self, found: Answers, kept_back: Collection[str]) -> None:
        """Takes in all answers to a question.

        Args:
            found: The answers.
            kept_back: Ids of accepted answers that a quality filter keeps out of the dataset: they are no examples.
        """
        for judged in found:
            self.answers += 1
            self.right += judged.verdict.accepted
            self.tokens += judged.completion.completion_tokens
            self.cut += judged.completion.finish_reason == "length"
            if judged.completion.mode is Mode.DIRECT:
                self._add_direct(judged)
            if not judged.verdict.accepted:
                self.rejected.offer(judged)
            elif judged.id not in kept_back:
                self.accepted.offer(judged)

    def _add_direct(self, judged: Judged) -> None:
        source, question = judged.clip.source, judged.question
        for target, asks, verdict in zip(question.targets, question.asks, judged.verdict.per_label, strict=False):
            if isinstance(target, ClassLabel):
                tried = self.classes.setdefault((source, target.name), Tried())
                tried.answers += 1
                tried.accepted += judged.verdict.accepted if judged.overruled else verdict.accepted
            else:
                self.deviations.add(source, target, asks, verdict)
