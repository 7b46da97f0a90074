"""The plain reader of clips that are written as vstar-data writes them: JSON Lines, one Clip record a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import msgspec

from vstar_data.adapters import LabelAdapter, VideoRoot
from vstar_data.records import Clip, Skipped, UnusableReason


class JsonLines(LabelAdapter, frozen=True):
    """Clips as JSON Lines: what `vstar-data clips` writes, and what the demo renders.

    Annotations: any dataset can be brought in by writing this form. Each line is one object:
    `{"id": "a1", "video": "a1.mp4", "labels": [{"kind": "class", "name": "juggling"}], "split": "train"}`;
    `start`, `end`, `fps`, `license` and `metadata` are optional. Unknown keys are refused. Empty lines are no rows.

    Videos: the folder that the paths start from.

    Labels: all kinds: `class`, `sequence`, `number`, `timestamp`, `segment`, `box`, `qa`, `relation`, `boolean`,
    `caption`.

    Licence: that of the data; a line may carry its own.

    Source: that of the data.
    """

    name: ClassVar[str] = "jsonl"
    needs: ClassVar[str] = (
        "--annotations: a .jsonl file with one Clip record a line\n--videos: the folder that its paths start from"
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields the clip of each line, or why the line gave none."""
        with open(annotations, "rb") as lines:
            for number, line in enumerate(lines, start=1):
                line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if line.strip():
                    yield _clip(line, f"{annotations.name}:{number}")


def _clip(line: bytes, where: str) -> Clip | Skipped:
    try:
        return msgspec.json.decode(line, type=Clip)
    except msgspec.ValidationError as problem:
        unknown_kind = str(problem).startswith("Invalid value '") and str(problem).endswith(".kind`")
        reason = UnusableReason.UNSUPPORTED_LABEL if unknown_kind else UnusableReason.MALFORMED_ROW
        return Skipped(reason=reason, detail=str(problem), where=where)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        return Skipped(reason=UnusableReason.MALFORMED_ROW, detail=f"not JSON: {problem}", where=where)
