"""Where the audit of a run lies: RUN/audit/, with the report, the suspects, the sheets and their keys."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import msgspec

from vstar_data.auditing.cells import cell
from vstar_data.auditing.marks import read_lines
from vstar_data.auditing.sheet import SheetKey
from vstar_data.auditing.suspects import Suspect
from vstar_data.decoding import decode_json
from vstar_data.errors import UsageError
from vstar_data.files import write_whole

_SUSPECTS = ("clip_id", "question_id", "video", "start", "end", "kind", "question", "label", "claim", "samples")
_OTHERS = ("others", "others_right")


class AuditFolder:
    """The folder `audit/` of a run.

    Args:
        run: The run's folder.
    """

    def __init__(self, run: Path) -> None:
        self.path = run / "audit"
        self.report = self.path / "audit.json"
        self.suspects = self.path / "suspects.csv"

    def write_report(self, report: object) -> None:
        """Writes audit/audit.json.

        Raises:
            StorageError: The disk refuses.
        """
        write_whole(self.report, msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")

    def write_suspects(self, suspects: Sequence[Suspect]) -> None:
        """Writes audit/suspects.csv, for spreadsheets.

        Raises:
            StorageError: The disk refuses.
        """
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow((*_SUSPECTS, *_OTHERS))
        for one in suspects:
            clip = one.clip
            window = ["" if edge is None else f"{edge:g}" for edge in (clip.start, clip.end)]
            told = (clip.id, one.question.id, clip.video, *window, one.kind, one.question.text, one.label, one.claim)
            writer.writerow([*map(cell, told), one.samples, *one.others])
        write_whole(self.suspects, b"\xef\xbb\xbf" + out.getvalue().encode())

    def keys(self) -> list[SheetKey]:
        """Reads the keys of all sheets, the newest last.

        Raises:
            RecordError: One is not what `write_sheet` writes.
        """
        paths = sorted(self.path.glob("sheet*.key.json"), key=lambda path: (len(path.name), path.name))
        return [decode_json(path.read_bytes(), SheetKey, where=str(path)) for path in paths]

    def write_sheet(self, text: bytes, key: SheetKey) -> tuple[Path, bool]:
        """Writes a sheet and its key. A sheet that somebody has begun to mark is never written over, nor another key.

        Args:
            text: The sheet.
            key: Its key.

        Returns:
            Where the sheet lies, and whether it was written: a marked one of the same rows is left as it is.

        Raises:
            StorageError: The disk refuses.
        """
        number = 0
        while True:
            number += 1
            name = "sheet" if number == 1 else f"sheet-{number}"
            sheet, beside = self.path / f"{name}.csv", self.path / f"{name}.key.json"
            # Whoever marks a copy elsewhere needs the key that was written with it.
            known = decode_json(beside.read_bytes(), SheetKey, where=str(beside)) if beside.exists() else None
            if known not in (None, key) or (known is None and _begun(sheet)):
                continue
            if _begun(sheet):
                return sheet, False
            write_whole(beside, msgspec.json.format(msgspec.json.encode(key), indent=1) + b"\n")
            write_whole(sheet, text)
            return sheet, True


def _begun(sheet: Path) -> bool:
    """Whether a sheet is there and has a mark or a note; one that cannot be read may have."""
    if not sheet.exists():
        return False
    try:
        return any(line.mark is not None or line.note for line in read_lines(sheet))
    except UsageError:
        return True
