"""Golden files of the adapters: what each fixture gives, row by row, and what each real slice gives, in numbers.

`python -m tests.adapters.golden [NAME ...]` writes them anew, all or those named; look at the difference before you
commit it. A case is a file in `cases/`: `{"adapter", "annotations", "options", "rows"}` with `annotations` below
tests/data/adapters and `rows` counted by hand. A file in `slices/` has the same keys, with `annotations` below
`annotations/` or `benchmarks/` of the folder of real data; its golden numbers stand in it, since the data may not be
copied.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from vstar_data.adapters import make_adapter, read_source
from vstar_data.records import Clip, Skipped, kind_of

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data" / "adapters"
GOLDEN = DATA / "golden"
REAL = HERE.parents[1].parent / "shared"


def named(folder: str) -> list[str]:
    return sorted(path.stem for path in (HERE / folder).glob("*.json"))


def settings(folder: str, name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((HERE / folder / f"{name}.json").read_text(encoding="utf-8"))
    return case


def rows_of(case: dict[str, Any], root: Path) -> list[Clip | Skipped]:
    adapter = make_adapter(case["adapter"], case.get("options", {}))
    return list(read_source(adapter, root / case["annotations"], None, source=case["adapter"], split=None))


def lines_of(rows: list[Clip | Skipped]) -> bytes:
    return b"".join(msgspec.json.encode(row, order="deterministic") + b"\n" for row in rows)


def numbers_of(rows: list[Clip | Skipped]) -> dict[str, Any]:
    clips = [row for row in rows if isinstance(row, Clip)]
    return {
        "rows": len(rows),
        "clips": len(clips),
        "splits": dict(sorted(Counter(clip.split.value for clip in clips).items())),
        "labels": dict(sorted(Counter(kind_of(label) for clip in clips for label in clip.labels).items())),
        "skipped": dict(sorted(Counter(row.reason.value for row in rows if isinstance(row, Skipped)).items())),
        "sha256": hashlib.sha256(lines_of(rows)).hexdigest(),
    }


def write(names: list[str]) -> None:
    for name in named("cases"):
        if not names or name in names:
            (GOLDEN / f"{name}.jsonl").write_bytes(lines_of(rows_of(settings("cases", name), DATA)))
    for name in named("slices"):
        if (not names or name in names) and REAL.is_dir():
            case = settings("slices", name)
            case["golden"] = numbers_of(rows_of(case, REAL))
            (HERE / "slices" / f"{name}.json").write_text(json.dumps(case, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1:])
