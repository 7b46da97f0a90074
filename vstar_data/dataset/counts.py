"""Counts of a dataset: what was asked, accepted and rejected, and what could not be used. Counting only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vstar_data.dataset.judged import Judged
from vstar_data.dataset.reformatting.counts import Reformatted
from vstar_data.records import Clip, Mode


class Group(NamedTuple):
    """What a yield is counted for: the source, the label kind of the targets, the split, the mode."""

    source: str
    kind: str
    split: str
    mode: str


class Unit(NamedTuple):
    """Questions of one source, kind and split."""

    source: str
    kind: str
    split: str


class Filtered(NamedTuple):
    """What rows that a filter keeps back are counted for; `reason` is a `FilterReason`."""

    reason: str
    source: str
    kind: str
    mode: str


class BlindUnit(NamedTuple):
    """Questions of one source and kind in one variant, see `vstar_data.recipe.quality.BlindVariant`."""

    variant: str
    source: str
    kind: str


@dataclass
class BlindQuestions:
    """Questions with an accepted direct answer: those that have all their blind answers, and those with a right one.

    `missing` have not been asked yet, or not as often as the recipe says.
    """

    asked: int = 0
    right: int = 0
    missing: int = 0


@dataclass
class Answers:
    """The judged answers of a group. An answer with several reasons counts under each of them."""

    questions: int = 0
    questions_accepted: int = 0
    answers: int = 0
    accepted: int = 0
    rejected: Counter[str] = field(default_factory=Counter)


@dataclass
class Questions:
    """The questions of a unit: all that were asked (answered or not), accepted directly, only by rationalization."""

    asked: int = 0
    direct: int = 0
    rationalized: int = 0


@dataclass
class Counts:
    """All counts of a dataset.

    Attributes:
        answers: Per source, kind, split and mode.
        questions: Per source, kind and split.
        clips: Clips per source and split.
        licenses: Clips per source and licence; "" where none is stated.
        unusable: Lines of the ledger per reason.
        rows: Published rows per config and split.
        withheld: Clips that are left out altogether per reason: named by an exclusion list, or of a benchmark's video.
        filtered: Accepted answers that a quality filter keeps back, per reason, source, kind and mode.
        blind: Questions that were asked without the video, per variant, source and kind.
        reviewed: Answers that a person decided on, per decision (`accept`, `reject`); their verdict is that decision.
        overruled: Of these, those whose verdict by the verifier is the opposite.
        reformatted: Rows in other styles than the plain one; None where the recipe asks for none.
        stale_decisions: Decisions of people that found no answer as it was then; no part of the dataset.
        ignored_decisions: Lines among these decisions that are none; no part of the dataset.
        audit_dropped: Why the marks that the run was audited with are not published; no part of the dataset.
    """

    answers: dict[Group, Answers] = field(default_factory=lambda: defaultdict(Answers))
    questions: dict[Unit, Questions] = field(default_factory=lambda: defaultdict(Questions))
    clips: Counter[tuple[str, str]] = field(default_factory=Counter)
    licenses: Counter[tuple[str, str]] = field(default_factory=Counter)
    unusable: Counter[str] = field(default_factory=Counter)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    withheld: Counter[str] = field(default_factory=Counter)
    filtered: Counter[Filtered] = field(default_factory=Counter)
    blind: dict[BlindUnit, BlindQuestions] = field(default_factory=dict)
    reviewed: Counter[str] = field(default_factory=Counter)
    overruled: int = 0
    reformatted: Reformatted | None = None
    stale_decisions: int = 0
    ignored_decisions: int = 0
    audit_dropped: str = ""

    def add_clip(self, clip: Clip) -> None:
        """Counts a clip."""
        self.clips[clip.source, str(clip.split)] += 1
        self.licenses[clip.source, clip.license or ""] += 1

    def add_question(self, samples: Sequence[Judged]) -> None:
        """Counts a question with all its judged answers, at least one."""
        first = samples[0]
        unit = Unit(first.clip.source, first.kind, str(first.clip.split))
        accepted = {judged.completion.mode for judged in samples if judged.verdict.accepted}
        questions = self.questions[unit]
        questions.asked += 1
        questions.direct += Mode.DIRECT in accepted
        questions.rationalized += accepted == {Mode.RATIONALIZED}
        for mode in sorted({judged.completion.mode for judged in samples}):
            group = self.answers[Group(*unit, mode=str(mode))]
            group.questions += 1
            group.questions_accepted += mode in accepted
        for judged in samples:
            if judged.reviewed is not None:
                self.reviewed[judged.reviewed] += 1
                self.overruled += judged.overruled
            group = self.answers[Group(*unit, mode=str(judged.completion.mode))]
            group.answers += 1
            group.accepted += judged.verdict.accepted
            if not judged.verdict.accepted:
                group.rejected.update(judged.reasons)
            elif judged.drop is not None:
                place = Filtered(str(judged.drop.reason), unit.source, unit.kind, str(judged.completion.mode))
                self.filtered[place] += 1

    def accepted(self, mode: Mode | None = None) -> int:
        """Returns the number of accepted answers, of one mode or of both."""
        return sum(group.accepted for key, group in self.answers.items() if mode in (None, key.mode))

    def judged(self, mode: Mode | None = None) -> int:
        """Returns the number of judged answers, of one mode or of both."""
        return sum(group.answers for key, group in self.answers.items() if mode in (None, key.mode))

    def rejected(self, mode: Mode | None = None) -> Counter[str]:
        """Returns how many answers were rejected for each reason, of one mode or of both."""
        chosen = (group.rejected for key, group in self.answers.items() if mode in (None, key.mode))
        return sum(chosen, Counter())

    @property
    def asked(self) -> int:
        """The number of questions with at least one judged answer."""
        return sum(questions.asked for questions in self.questions.values())

    @property
    def accepted_directly(self) -> int:
        """The number of questions with an accepted direct answer."""
        return sum(questions.direct for questions in self.questions.values())

    @property
    def accepted_by_rationalization(self) -> int:
        """The number of questions with an accepted answer, all of them rationalized."""
        return sum(questions.rationalized for questions in self.questions.values())

    @property
    def empty(self) -> list[str]:
        """The configs without a row: they cannot be loaded and are not in the card's YAML."""
        return [config for config, splits in self.rows.items() if not splits]

    def as_json(self) -> dict[str, Any]:
        """Returns the counts for the manifest, in a fixed order."""
        return {
            "answers": [
                {
                    **group._asdict(),
                    "questions": answers.questions,
                    "questions_accepted": answers.questions_accepted,
                    "answers": answers.answers,
                    "accepted": answers.accepted,
                    "rejected": ordered(answers.rejected),
                }
                for group, answers in sorted(self.answers.items())
            ],
            "questions": [
                {
                    **unit._asdict(),
                    "asked": questions.asked,
                    "accepted_direct": questions.direct,
                    "accepted_rationalized": questions.rationalized,
                }
                for unit, questions in sorted(self.questions.items())
            ],
            "clips": [
                {"source": source, "split": split, "clips": number}
                for (source, split), number in sorted(self.clips.items())
            ],
            "unusable": ordered(self.unusable),
            "rows": self.rows,
            "withheld": ordered(self.withheld),
            "filtered": [{**place._asdict(), "rows": rows} for place, rows in sorted(self.filtered.items())],
            "blind": [
                {**unit._asdict(), "asked": asked.asked, "right": asked.right, "missing": asked.missing}
                for unit, asked in sorted(self.blind.items())
            ],
            "reviewed": ordered(self.reviewed) | ({"overruled": self.overruled} if self.reviewed else {}),
        }


def ordered(counter: Mapping[str, int]) -> dict[str, int]:
    """Returns a counter as a dict sorted by name."""
    return dict(sorted(counter.items()))
