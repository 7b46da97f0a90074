"""What goes into a dataset: judged answers, and what the dataset was made from. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from vstar_data.dataset.audited import Audited
from vstar_data.dataset.filtering.reasons import Drop
from vstar_data.dataset.sources import SourceTerms
from vstar_data.dataset.thoughts import Thought, split_thought
from vstar_data.generation.prompts import HINT, REASON
from vstar_data.records import Clip, Completion, Label, Question, Verdict, kind_of

PLAIN = "plain"
"""The style of an answer as the model made it, see `vstar_data.dataset.reformatting`."""

REVIEWER = "reviewer"
"""The reason of an answer that the verifier accepts and a person rejects."""


@dataclass(frozen=True)
class Judged:
    """An answer with all that it is published with.

    Attributes:
        question: The plain question.
        clip: The clip it is about.
        completion: The text as the model made it.
        verdict: The verdict on that text; the verifier passes over the thought itself.
        also_true: Labels that hold of the clip too and are no rivals of the targets.
        duration: Length of the clip in seconds, None where unknown.
        cycle: The cycle of self-training, from 0.
        drop: Why a quality filter keeps the answer back, though it is accepted.
        reviewed: What a person decided, where that counts; `verdict` then says the same.
        overruled: Whether the verifier's verdict was the opposite.
        style: `plain`, or the style that the answer was put into.
    """

    question: Question
    clip: Clip
    completion: Completion
    verdict: Verdict
    also_true: tuple[Label, ...] = ()
    duration: float | None = None
    cycle: int = 0
    drop: Drop | None = None
    reviewed: str | None = None
    overruled: bool = False
    style: str = PLAIN

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the answer is rejected: the verifier's reasons, or `reviewer` where only a person rejects it."""
        if self.overruled and not self.verdict.accepted:
            return (REVIEWER,)
        return tuple(map(str, self.verdict.reasons))

    @property
    def taught(self) -> bool:
        """Whether the answer goes into `sft`: it is accepted, and no filter keeps it back."""
        return self.verdict.accepted and self.drop is None

    @cached_property
    def thought(self) -> Thought:
        """The thought and the answer."""
        return split_thought(self.completion.text)

    @property
    def id(self) -> str:
        """The id of the published row."""
        plain = f"{self.question.id}/{self.completion.mode}-{self.completion.sample_index}"
        return plain if self.style == PLAIN else f"{plain}/{self.style}"

    @property
    def kind(self) -> str:
        """The label kind of the targets; several are joined by a plus sign."""
        return kind_of_question(self.question)


def kind_of_question(question: Question) -> str:
    """Returns the label kind of a question's targets; several are joined by a plus sign."""
    return "+".join(sorted({kind_of(target) for target in question.targets}))


def _prompts() -> dict[str, str]:
    return {"direct": REASON, "rationalized": f"{HINT}\n{REASON}"}


@dataclass(frozen=True)
class Provenance:
    """All that is needed to make a dataset again, besides the clips.

    Attributes:
        name: The recipe's name, for the title of the card.
        recipe: The resolved recipe, without paths, workers or shards; JSON values only.
        model: `Hub id@commit`, or `folder name@fingerprint`.
        profile: The verifier's profile.
        verifier: The verifier's version.
        code: The version of vstar-data.
        cycle: The cycle of self-training, from 0.
        prompts: What was said after the question, by mode.
        audit: What a person's marks say of the verdicts, where they hold for these answers.
        sources: By name the sources with what is stated of their terms.
    """

    name: str
    recipe: Mapping[str, Any]
    model: str
    profile: str
    verifier: str
    code: str
    cycle: int = 0
    prompts: Mapping[str, str] = field(default_factory=_prompts)
    audit: Audited | None = None
    sources: Mapping[str, SourceTerms] = field(default_factory=dict)
