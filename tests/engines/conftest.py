"""The tiny checkpoints, built once for the whole session and only where a test asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Returns the folder of a family's checkpoint; not to be changed by a test."""
    from tests.engines.tiny_models import build

    root = tmp_path_factory.mktemp("checkpoints")
    built: dict[str, Path] = {}

    def folder(family: str) -> Path:
        if family not in built:
            built[family] = build(family, root / family)
        return built[family]

    return folder
