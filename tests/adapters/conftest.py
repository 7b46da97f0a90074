"""What the tests of adapters share: reading a source in one go, and videos that are files of one byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vstar_data.adapters import VideoRoot, make_adapter, read_source
from vstar_data.records import Clip, Skipped, Split

DATA = Path(__file__).resolve().parents[1] / "data" / "adapters"


class Source:
    """What one source gave, clips apart from skipped rows."""

    def __init__(self, rows: list[Clip | Skipped]) -> None:
        self.rows = rows
        self.clips = [row for row in rows if isinstance(row, Clip)]
        self.skipped = [row for row in rows if isinstance(row, Skipped)]


Read = Callable[..., Source]


@pytest.fixture
def read() -> Read:
    def _read(
        name: str, annotations: Path, videos: VideoRoot | None = None, split: Split | None = None, **options: Any
    ) -> Source:
        adapter = make_adapter(name, options)
        return Source(list(read_source(adapter, annotations, videos, source=name, split=split)))

    return _read


@pytest.fixture
def data() -> Path:
    return DATA


@pytest.fixture
def videos(tmp_path: Path) -> Callable[..., VideoRoot]:
    def _videos(*names: str, follow_links: bool = False) -> VideoRoot:
        root = tmp_path / "videos"
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(b"x")
        return VideoRoot(root, follow_links)

    return _videos
