"""The plain reader: each line gives one clip or one reason, and a bad line harms no other."""

from __future__ import annotations

import json
from pathlib import Path

from label_adapters.jsonl import JsonLines
from vstar_data.adapters import discovered
from vstar_data.records import Clip, Skipped, UnusableReason

GOOD = {"id": "a", "video": "a.mp4", "labels": [{"kind": "class", "name": "rising"}]}


def rows(tmp_path: Path, *lines: bytes) -> list[Clip | Skipped]:
    (tmp_path / "clips.jsonl").write_bytes(b"\n".join(lines))
    return list(JsonLines().clips(tmp_path / "clips.jsonl", None))


def test_a_line_is_a_clip_and_an_empty_line_is_no_row(tmp_path: Path) -> None:
    (clip,) = rows(tmp_path, json.dumps(GOOD).encode(), b"", b"  \r")
    assert isinstance(clip, Clip)
    assert (clip.id, clip.video, clip.labels[0].name) == ("a", "a.mp4", "rising")


def test_a_bad_line_is_skipped_with_its_place_and_reason(tmp_path: Path) -> None:
    good = json.dumps(GOOD).encode()
    unknown_key = json.dumps({**GOOD, "labelz": []}).encode()
    unknown_kind = json.dumps({**GOOD, "labels": [{"kind": "clas", "name": "rising"}]}).encode()
    bad_time = json.dumps({**GOOD, "start": 3, "end": 2}).encode()
    found = rows(tmp_path, good, b"{", unknown_key, unknown_kind, bad_time, b'{"id": "\xff"}', good)
    assert [type(row) for row in found] == [Clip, *[Skipped] * 5, Clip]
    skipped = [row for row in found if isinstance(row, Skipped)]
    assert [row.where for row in skipped] == [f"clips.jsonl:{line}" for line in range(2, 7)]
    assert [row.reason for row in skipped] == [
        UnusableReason.MALFORMED_ROW,
        UnusableReason.MALFORMED_ROW,
        UnusableReason.UNSUPPORTED_LABEL,
        UnusableReason.MALFORMED_ROW,
        UnusableReason.MALFORMED_ROW,
    ]
    assert "labelz" in skipped[1].detail
    assert "clas" in skipped[2].detail
    assert "`end` must be after `start`" in skipped[3].detail


def test_the_adapter_is_found_by_its_name() -> None:
    assert discovered().by_name["jsonl"] is JsonLines
