"""What a check says: an outcome, one line of detail, up to three examples; and the report of all checks together."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

EXAMPLES = 3
"""Examples that a result shows."""

_LONGEST = 160


class Outcome(StrEnum):
    """How a check ended. Only `failed` makes an adapter unfit; a warning wants a look."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Result:
    """What one check found.

    Attributes:
        name: The check, as the table calls it.
        outcome: How it ended.
        detail: One line: what was counted, or what is wrong.
        examples: Up to `EXAMPLES` places where it is wrong.
    """

    name: str
    outcome: Outcome
    detail: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What all checks found in one adapter.

    Attributes:
        adapter: Its name.
        results: One for each check.
        rows: Records that were read: clips and skipped rows.
        clips: Clips among them.
    """

    adapter: str
    results: tuple[Result, ...]
    rows: int
    clips: int

    @property
    def failed(self) -> tuple[Result, ...]:
        """The checks that failed."""
        return self._with(Outcome.FAILED)

    @property
    def warnings(self) -> tuple[Result, ...]:
        """The checks that want a look."""
        return self._with(Outcome.WARNING)

    @property
    def summary(self) -> str:
        """One line: how many rows were read, how many checks ended in which way."""
        counts = ((outcome, len(self._with(outcome))) for outcome in Outcome)
        ends = ", ".join(f"{count} {outcome.value}" for outcome, count in counts if count)
        return f"{self.adapter}: {counted(self.rows, 'row')}, {counted(self.clips, 'clip')}; checks: {ends}"

    def of(self, name: str) -> Result:
        """Returns the result of one check.

        Raises:
            KeyError: There is no check of that name.
        """
        for result in self.results:
            if result.name == name:
                return result
        raise KeyError(name)

    def __str__(self) -> str:
        """The table as plain text."""
        name_width = max((len(result.name) for result in self.results), default=0)
        outcome_width = max(len(outcome.value) for outcome in Outcome)
        margin = " " * (name_width + outcome_width + 4)
        lines = []
        for result in self.results:
            lines.append(
                f"{result.name:{name_width}}  {result.outcome.value:{outcome_width}}  {result.detail}".rstrip()
            )
            lines += [f"{margin}- {example}" for example in result.examples]
        return "\n".join([*lines, self.summary])

    def _with(self, outcome: Outcome) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.outcome is outcome)


@dataclass
class Findings:
    """Counts what was found and keeps the first few as examples."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        """Counts one more."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(shown(example))


def result_of(
    name: str, findings: Findings, *, good: str, noun: str, bad: str, outcome: Outcome = Outcome.FAILED
) -> Result:
    """Returns the result of a check that looks for one thing.

    Args:
        name: The check.
        findings: Where it is wrong.
        good: The detail where nothing was found.
        noun: What was counted, in the singular.
        bad: What is wrong with those; the detail is `<number> <noun> <bad>`.
        outcome: How the check ends where something was found.
    """
    if not findings.count:
        return Result(name, Outcome.PASSED, good)
    return Result(name, outcome, f"{counted(findings.count, noun)} {bad}", tuple(findings.examples))


def counted(count: int, noun: str) -> str:
    """Returns a number with what it counts: `1 row`, `1,200 rows`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def shown(text: str) -> str:
    """Returns a text as it can be printed anywhere: in one line, cut where it is long, what is not text escaped."""
    plain = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 3] + "..."
