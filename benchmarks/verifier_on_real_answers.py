"""Prints how often the `strict` verifier agrees with verdicts of people or judges on real answers, beside baselines.

Usage: python benchmarks/verifier_on_real_answers.py ROWS.jsonl ...

A row is one of `vstar-data verify` with `expected` ("accept" or "reject") and, if known, `source`. The baselines see
the answer and the labels' names only: all content words of the label in the answer; the label as a substring; the
label with a partial ratio over 85. No rows are kept in the project: they belong to those who published them.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import partial_ratio

from vstar_data.errors import VstarDataError
from vstar_data.verification import VERSION, verify
from vstar_data.verification.files import chunks, rows_of
from vstar_data.verification.words import FUNCTION

OPTIONS = ("question", "class_names", "mode", "asks", "also_true", "duration", "finish_reason")
NEEDS = """Nothing to measure: give files of rows, one JSON object a line, such as
  {"id": "1", "question": "What is he doing?", "answer": "He juggles.", "labels": [{"kind": "class",
   "name": "juggling"}], "expected": "accept", "source": "a benchmark's name"}
`expected` is the verdict of a person or a judge. Public sources of such verdicts: TempCompass (auto_eval_results),
CVRR-ES (Judge-results), EVOUNA of QA-Eval (judged by people)."""
_LIMIT = 85.0
_WORD = re.compile(r"[^\W_]+")


@dataclass
class Tally:
    """Counts of verdicts against what is expected."""

    right_accepts: int = 0
    false_accepts: int = 0
    right_rejects: int = 0
    false_rejects: int = 0

    def add(self, *, accepted: bool, expected: bool) -> None:
        """Counts one verdict."""
        if accepted:
            self.right_accepts += expected
            self.false_accepts += not expected
        else:
            self.false_rejects += expected
            self.right_rejects += not expected

    def line(self) -> str:
        """Returns accuracy, precision and recall of accepting, as percent."""
        right = self.right_accepts + self.right_rejects
        accepts = self.right_accepts + self.false_accepts
        wanted = self.right_accepts + self.false_rejects
        shares = ((right, wanted + self.false_accepts + self.right_rejects), (self.right_accepts, accepts))
        return " ".join(
            f"{part / whole:6.1%}" if whole else "     -" for part, whole in (*shares, (self.right_accepts, wanted))
        )


def by_verifier(row: dict[str, Any]) -> bool:
    options = {key: row[key] for key in OPTIONS if row.get(key) is not None}
    return verify(row["answer"], row["labels"], **options).accepted


def by_words(row: dict[str, Any]) -> bool:
    said = set(_words(row["answer"]))
    return all(any(set(_content(name)) <= said for name in names) for names in _names(row))


def by_substring(row: dict[str, Any]) -> bool:
    answer = row["answer"].lower()
    return all(any(name.lower() in answer for name in names) for names in _names(row))


def by_ratio(row: dict[str, Any]) -> bool:
    answer = row["answer"].lower()
    return all(any(partial_ratio(name.lower(), answer) > _LIMIT for name in names) for names in _names(row))


METHODS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "strict": by_verifier,
    "content words": by_words,
    "substring": by_substring,
    "ratio > 85": by_ratio,
}


def kind_of_row(row: dict[str, Any]) -> str:
    """Returns the kind of a row's first label; of `qa` also what form question and answer have."""
    label = row["labels"][0]
    if label["kind"] != "qa":
        return str(label["kind"])
    if label.get("choices"):
        return "qa, a letter" if len(_words(row["answer"])) == 1 else "qa, choices"
    return "qa, yes or no" if label["answer"].lower().strip(" .") in ("yes", "no") else "qa, open"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _content(name: str) -> list[str]:
    found = _words(name)
    return [word for word in found if word not in FUNCTION] or found


def _names(row: dict[str, Any]) -> list[tuple[str, ...]]:
    return [(str(label.get("answer") or label.get("name") or ""), *label.get("aliases", ())) for label in row["labels"]]


def main(paths: list[str]) -> int:
    """Prints the table; returns the exit code."""
    if not paths:
        print(NEEDS)
        return 0
    tallies: dict[tuple[str, str], dict[str, Tally]] = {}
    seconds = 0.0
    count = 0
    for path in paths:
        for where, row in chain.from_iterable(map(rows_of, chunks(path))):
            if row.get("expected") not in ("accept", "reject"):
                print(f"{where}: `expected` must be accept or reject, found {row.get('expected')!r}", file=sys.stderr)
                return 2
            expected = row["expected"] == "accept"
            source = str(row.get("source") or Path(path).stem)
            places = [(source, kind_of_row(row)), ("all", "all")]
            count += 1
            for method, judge in METHODS.items():
                begin = time.perf_counter()
                accepted = judge(row)
                seconds += time.perf_counter() - begin if method == "strict" else 0.0
                for place in places:
                    table = tallies.setdefault(place, {name: Tally() for name in METHODS})
                    table[method].add(accepted=accepted, expected=expected)
    print(f"{'':52}" + "".join(f"  {method:^20}" for method in METHODS))
    print(f"{'source':29} {'kind':14} {'rows':>7}" + "  accur. precis. recall" * len(METHODS))
    for (source, kind), table in sorted(tallies.items(), key=lambda entry: (entry[0][0] == "all", entry[0])):
        strict = table["strict"]
        total = strict.right_accepts + strict.false_accepts + strict.right_rejects + strict.false_rejects
        print(f"{source[:29]:29} {kind:14} {total:7}" + "".join(f"  {tally.line()}" for tally in table.values()))
    print(f"verifier {VERSION}: {seconds / max(count, 1) * 1000:.2f} ms a call")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except VstarDataError as problem:
        sys.exit(str(problem))
