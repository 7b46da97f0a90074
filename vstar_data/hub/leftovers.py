"""Which files of the version before a new one must go, so that no old row is loaded with the new ones. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from vstar_data.dataset.schemas import CONFIGS
from vstar_data.hub.content import Content


class _Old(msgspec.Struct, frozen=True):
    files: dict[str, msgspec.Raw] = {}


def leftovers(files: Iterable[str], manifest: bytes | None, content: Content) -> set[str]:
    """Returns the files to remove.

    Files that a user has put there stay: only those go that the old manifest names, and those in the place of ours that
    the card's patterns would load.

    Args:
        files: All files that are there.
        manifest: The manifest that is there, if there is one; any bytes.
        content: The new version.
    """
    try:
        named = set(msgspec.json.decode(manifest, type=_Old).files) if manifest is not None else set()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        named = set()
    loaded = re.compile(rf"data/({'|'.join(CONFIGS)})/[^/]+\.parquet")
    return {path for path in files if (path in named or loaded.fullmatch(path)) and path not in content.files}
