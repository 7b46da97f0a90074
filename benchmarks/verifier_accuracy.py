"""Prints how often the `strict` verifier agrees with labelled cases, by phenomenon, and how long a call takes.

Usage: python benchmarks/verifier_accuracy.py [CASES.jsonl ...]

A case is a row of `vstar-data verify` with `expected` ("accept" or "reject") and `phenomenon`. Without files the
project's own cases are taken.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from vstar_data.verification import VERSION, verify

OWN = Path(__file__).parent.parent / "tests" / "data" / "verification"
OPTIONS = ("question", "class_names", "mode", "asks", "also_true", "duration", "finish_reason")


def main(paths: list[Path]) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    confusion: Counter[str] = Counter()
    wrong: list[str] = []
    seconds = 0.0
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            case: dict[str, Any] = json.loads(line)
            options = {key: case[key] for key in OPTIONS if case.get(key) is not None}
            begin = time.perf_counter()
            verdict = verify(case["answer"], case["labels"], **options)
            seconds += time.perf_counter() - begin
            said = "accept" if verdict.accepted else "reject"
            total[case["phenomenon"]] += 1
            right[case["phenomenon"]] += said == case["expected"]
            confusion[f"{case['expected']} judged {said}"] += 1
            if said != case["expected"]:
                wrong.append(
                    f"{case['id']}  {case['phenomenon']}: expected {case['expected']}, found {said} "
                    f"({', '.join(verdict.reasons)})"
                )
    for phenomenon in sorted(total):
        share = right[phenomenon] / total[phenomenon]
        print(f"{share:7.1%}  {right[phenomenon]:4} of {total[phenomenon]:<4} {phenomenon}")
    everything = sum(total.values())
    print(f"{sum(right.values()) / everything:7.1%}  {sum(right.values()):4} of {everything:<4} all")
    print(", ".join(f"{count} {what}" for what, count in sorted(confusion.items())))
    print(f"verifier {VERSION}: {seconds / everything * 1000:.2f} ms a call")
    print("\n".join(wrong))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or sorted(OWN.glob("*.jsonl")))
