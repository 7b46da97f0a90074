"""Reads labelled cases: rows of `vstar-data verify` with `expected` and `phenomenon`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vstar_data.records import Verdict
from vstar_data.verification import verify

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "data" / "verification"
SHARED = ROOT / ".." / "shared" / "verification" / "dev_cases.jsonl"
OPTIONS = ("question", "class_names", "mode", "asks", "also_true", "duration", "finish_reason")


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def judge(case: dict[str, Any]) -> Verdict:
    return verify(case["answer"], case["labels"], **{key: case[key] for key in OPTIONS if case.get(key) is not None})
