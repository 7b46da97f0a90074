"""Prints how often the `strict` verifier agrees with labelled cases, by phenomenon, and how long a call takes.

Usage: python benchmarks/verifier_accuracy.py [--markdown] [CASES.jsonl ...]

A case is a row of `vstar-data verify` with `expected` ("accept" or "reject") and `phenomenon`. Without files the
project's own cases are taken: those that its rules were written against, then the rounds of cases that were written by
people who had not seen the rules. `--markdown` prints the tables of docs/accuracy.md instead.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vstar_data.verification import VerificationSettings, edition, verify

OWN = Path(__file__).parent.parent / "tests" / "data" / "verification"
OPTIONS = ("question", "class_names", "mode", "asks", "also_true", "duration", "finish_reason")


@dataclass
class Score:
    """How verdicts agree with what was expected.

    Attributes:
        right, total: Cases by group.
        outcomes: Cases by expected and found verdict.
        wrong: A line for each case that was judged otherwise.
        seconds: Time of all calls.
    """

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def cases(self) -> int:
        """The number of cases."""
        return sum(self.outcomes.values())

    @property
    def shares(self) -> tuple[float, float, float]:
        """Accuracy, precision and recall, 0..1; precision and recall are those of accepting."""
        kept = self.outcomes["accept", "accept"]
        agreed = kept + self.outcomes["reject", "reject"]
        said = kept + self.outcomes["reject", "accept"]
        wanted = kept + self.outcomes["accept", "reject"]
        return agreed / max(1, self.cases), kept / max(1, said), kept / max(1, wanted)


def kind_of_case(case: dict[str, Any]) -> str:
    """The kind of the targets of a case; several targets are `several`."""
    return str(case["labels"][0]["kind"]) if len(case["labels"]) == 1 else "several"


def score(paths: Iterable[Path], group: str) -> Score:
    """Judges the cases of some files.

    Args:
        paths: Files of cases.
        group: `kind`, or a key of a case such as `phenomenon`.
    """
    found = Score()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            case: dict[str, Any] = json.loads(line)
            options = {key: case[key] for key in OPTIONS if case.get(key) is not None}
            begin = time.perf_counter()
            verdict = verify(case["answer"], case["labels"], **options)
            found.seconds += time.perf_counter() - begin
            said = "accept" if verdict.accepted else "reject"
            name = kind_of_case(case) if group == "kind" else str(case[group])
            found.total[name] += 1
            found.right[name] += said == case["expected"]
            found.outcomes[case["expected"], said] += 1
            if said != case["expected"]:
                reasons = ", ".join(verdict.reasons)
                found.wrong.append(f"{case['id']}  {name}: expected {case['expected']}, found {said} ({reasons})")
    return found


def print_text(paths: list[Path]) -> None:
    """Prints a table for each group of files, and every case that was judged otherwise."""
    found = score(paths, "phenomenon")
    for name in sorted(found.total):
        print(f"{found.right[name] / found.total[name]:7.1%}  {found.right[name]:4} of {found.total[name]:<4} {name}")
    accuracy, precision, recall = found.shares
    print(f"{accuracy:7.1%}  {sum(found.right.values()):4} of {found.cases:<4} all")
    print(f"precision {precision:.1%}, recall {recall:.1%}")
    milliseconds = found.seconds / max(1, found.cases) * 1000
    print(f"verifier {edition(VerificationSettings())}: {milliseconds:.2f} ms a call")
    print("\n".join(found.wrong))


def print_markdown(rounds: list[Path]) -> None:
    """Prints accuracy by round, then by kind and by phenomenon of each round, as Markdown tables."""
    print("| round | cases | accuracy | precision | recall |\n|---|---|---|---|---|")
    for path in rounds:
        found = score([path], "kind")
        accuracy, precision, recall = found.shares
        print(f"| {path.stem} | {found.cases} | {accuracy:.3f} | {precision:.3f} | {recall:.3f} |")
    for group in ("kind", "phenomenon"):
        scores = {path.stem: score([path], group) for path in rounds}
        print(f"\n| {group} | " + " | ".join(scores) + " |\n|---|" + "---|" * len(scores))
        for name in sorted({name for found in scores.values() for name in found.total}):
            cells = (
                f"{found.right[name]} of {found.total[name]}" if found.total[name] else "" for found in scores.values()
            )
            print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    markdown = "--markdown" in arguments
    given = [Path(argument) for argument in arguments if argument != "--markdown"]
    if markdown:
        print_markdown(given or sorted((OWN / "blind").glob("*.jsonl")))
    else:
        print_text(given or [*sorted(OWN.glob("*.jsonl")), *sorted((OWN / "blind").glob("*.jsonl"))])
