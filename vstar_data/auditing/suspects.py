"""Suspect labels: questions whose direct answers all claim one and the same thing that the label is not.

Either the model has a habit or the label is wrong. Where the model is usually right about this label, a wrong label is
the likelier of the two; so the suspects are ordered by that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from vstar_data.auditing.answers import Answers, direct
from vstar_data.auditing.claims import common_claim
from vstar_data.auditing.words import in_words
from vstar_data.records import Clip, Question


@dataclass(frozen=True)
class Suspect:
    """A label to look at.

    Attributes:
        clip: The clip.
        question: The question about it.
        kind: The label kind of its targets.
        label: The targets in words.
        claim: What all its direct answers claim instead.
        samples: How many answers these are.
        others: Other questions with this label, and how many of them have an accepted direct answer.
    """

    clip: Clip
    question: Question
    kind: str
    label: str
    claim: str
    samples: int
    others: tuple[int, int] = (0, 0)

    @property
    def known(self) -> float:
        """The share of other questions with this label that the model answers, 0..1; 0 where there is none."""
        asked, answered = self.others
        return answered / asked if asked else 0.0


class SuspectSearch:
    """Looks through questions one after the other.

    Args:
        least: The fewest direct answers that a question must have.
        class_names: See `Judge`.
    """

    def __init__(self, least: int, class_names: Mapping[str, tuple[str, ...]]) -> None:
        self._least, self._class_names = least, class_names
        self._found: list[Suspect] = []
        self._asked: Counter[tuple[str, str]] = Counter()
        self._answered: Counter[tuple[str, str]] = Counter()

    def look_at(self, found: Answers) -> None:
        """Looks at the answers to one question."""
        samples = direct(found)
        if not samples:
            return
        clip, question = found[0].clip, found[0].question
        label = in_words(question)
        self._asked[clip.source, label] += 1
        if any(judged.verdict.accepted for judged in samples):
            self._answered[clip.source, label] += 1
        elif len(samples) >= self._least:
            claim = common_claim(samples, self._class_names)
            if claim is not None:
                self._found.append(Suspect(clip, question, found[0].kind, label, claim, len(samples)))

    def suspects(self) -> list[Suspect]:
        """Returns what was found: first where the model knows the label best, then by the number of answers."""
        told = [
            replace(
                one, others=(self._asked[one.clip.source, one.label] - 1, self._answered[one.clip.source, one.label])
            )
            for one in self._found
        ]
        return sorted(told, key=lambda one: (-one.known, -one.samples, one.question.id))
