"""Checks of labels as words: whether each clip has some, whether they read as a person would say them.

What matters is that a verifier compares these words with what a model writes in plain language. Warnings go by shape
alone, so a name that is right as it is ("iPhone") may draw one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Clip,
    Label,
    NumberLabel,
    QALabel,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    Skipped,
    TimestampLabel,
    kind_of,
)
from vstar_data.testing.results import Findings, Outcome, Result, counted, result_of

NAMES_KEPT = 100_000
"""Different names that are compared with each other; a dataset of free texts has more, and no need of it."""

_UNDERSCORE = re.compile(r"[^\W_]_+[^\W_]")
_CAMEL_CASE = re.compile(r"\b[^\W\d_]*[a-z][A-Z][^\W\d_]*\b")
_SPACING = re.compile(r"[\s_-]+")
_CODE = re.compile(r"[A-Za-z]{0,3}[-_#]?\d+(?:[.:_-]\d+)*")


class LabelKinds:
    """Which kinds of labels there are, and whether each clip has one."""

    name = "labels"

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.bare = Findings()

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        if not isinstance(row, Clip):
            return
        self.kinds.update(kind_of(label) for label in row.labels)
        if not row.labels:
            self.bare.add(row.id)
        left_out = row.metadata.get("left_out")
        for kind, count in left_out.items() if isinstance(left_out, dict) else ():
            self.left_out[str(kind)] += count if isinstance(count, int) else 1

    def result(self) -> Result:
        """Fails where a clip has no label: nothing can be asked about it."""
        good = _counted(self.kinds)
        if self.left_out:
            good += f"; left out of their clips: {_counted(self.left_out)}"
        return result_of(self.name, self.bare, good=good, noun="clip", bad="without any label")


class CleanTexts:
    """Whether texts have no blanks at their ends, and names no line breaks or other characters that cannot be seen."""

    name = "clean texts"

    def __init__(self) -> None:
        self.wrong = Findings()

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        for label in row.labels if isinstance(row, Clip) else ():
            for name in _names(label):
                if not name or name != name.strip() or not _printable(name):
                    self.wrong.add(f"{kind_of(label)} {name!r}")
            for text in _sentences(label):
                if not text or text != text.strip():
                    self.wrong.add(f"{kind_of(label)} {text!r}")

    def result(self) -> Result:
        """Fails where a text wants cleaning."""
        good, bad = "no blanks at the ends, nothing unprintable", "with blanks at the ends or something unprintable"
        return result_of(self.name, self.wrong, good=good, noun="text", bad=bad)


class PlainWords:
    """Whether names are words and no codes: no underscores for spaces, no CamelCase, no bare numbers."""

    name = "plain words"

    def __init__(self) -> None:
        self.wrong = Findings()
        self._known: set[str] = set()

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        for label in row.labels if isinstance(row, Clip) else ():
            for name in _names(label):
                if name not in self._known and len(self._known) < NAMES_KEPT:
                    self._known.add(name)
                    if problem := _problem_of_words(name):
                        self.wrong.add(f"{kind_of(label)} {name!r}: {problem}")

    def result(self) -> Result:
        """Warns of names that look like a dataset's codes."""
        good = f"{counted(len(self._known), 'name')}, all in words"
        bad = "in the shape of a code: the name wants words, the code may be an alias"
        return result_of(self.name, self.wrong, good=good, noun="name", bad=bad, outcome=Outcome.WARNING)


class OneSpelling:
    """Whether each class, step and thing is spelled in one way."""

    name = "one spelling"

    def __init__(self) -> None:
        self.spellings: dict[str, str] = {}
        self.other: dict[str, str] = {}

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        for label in row.labels if isinstance(row, Clip) else ():
            if not isinstance(label, ClassLabel | SequenceLabel | BoxLabel):
                continue
            for name in _names(label):
                folded = _SPACING.sub("", name).casefold()
                if folded in self.spellings or len(self.spellings) < NAMES_KEPT:
                    first = self.spellings.setdefault(folded, name)
                    if first != name:
                        self.other.setdefault(name, first)

    def result(self) -> Result:
        """Warns of names that differ by case or spacing alone: they would be rivals of each other."""
        findings = Findings()
        for name, first in self.other.items():
            findings.add(f"{first!r} and {name!r}")
        good = f"{counted(len(self.spellings), 'name')} of classes, steps and things, each spelled in one way"
        bad = "unlike another by case or spacing alone"
        return result_of(self.name, findings, good=good, noun="name", bad=bad, outcome=Outcome.WARNING)


def _names(label: Label) -> Iterator[str]:
    """Yields the names in a label: words for a class, a step, a thing, an event or a statement."""
    match label:
        case ClassLabel() | NumberLabel() | TimestampLabel() | SegmentLabel() | BoxLabel() | BooleanLabel():
            yield label.name
        case SequenceLabel():
            yield from label.steps
        case RelationLabel():
            yield from (label.subject, label.predicate, label.object)
        case QALabel() | CaptionLabel():
            return


def _sentences(label: Label) -> Iterator[str]:
    """Yields the texts in a label that are sentences, in the words of whoever wrote them."""
    if isinstance(label, QALabel):
        yield from (label.question, label.answer, *label.choices)
    elif isinstance(label, CaptionLabel):
        yield label.text


def _problem_of_words(name: str) -> str:
    """Says why a name is a code rather than words; empty where it is none."""
    if _CODE.fullmatch(name):
        return "a number or a code"
    if _UNDERSCORE.search(name):
        return "underscores for spaces"
    if _CAMEL_CASE.search(name):
        return "words run together"
    return ""


def _printable(text: str) -> bool:
    return all(letter.isprintable() or letter == "\u00a0" for letter in text)


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counter.items())) or "none"
