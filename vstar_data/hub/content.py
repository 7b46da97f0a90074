"""What a push uploads: the files of a dataset, checked against its manifest. Reads files, knows nothing of the Hub."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import StorageError, UsageError

MANIFEST, CARD = "manifest.json", "README.md"

_IN_MEMORY = 1 << 20
"""Files up to this size are held, so that what is uploaded is what was checked."""


@dataclass(frozen=True)
class PushedFile:
    """One file to upload.

    Attributes:
        path: Its path in the repository.
        sha256: Of its content, in hexadecimal.
        size: In bytes.
        source: The content, or where it lies.
    """

    path: str
    sha256: str
    size: int
    source: bytes | Path

    @classmethod
    def of(cls, path: str, content: bytes) -> PushedFile:
        """Returns a file of which the content is at hand."""
        return cls(path, hashlib.sha256(content).hexdigest(), len(content), content)

    def content(self) -> bytes:
        """Returns the content, for small files.

        Raises:
            OSError: It cannot be read.
        """
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()

    @classmethod
    def at(cls, path: str, place: Path) -> PushedFile:
        """Reads a file.

        Raises:
            StorageError: It cannot be read.
        """
        try:
            size = place.stat().st_size
            if size <= _IN_MEMORY:
                return cls.of(path, place.read_bytes())
            with place.open("rb") as file:
                return cls(path, hashlib.file_digest(file, "sha256").hexdigest(), size, place)
        except OSError as problem:
            raise StorageError(
                "A file that is to be pushed cannot be read.",
                where=str(place),
                found=problem.strerror or str(problem),
                mend="see that it is there and may be read",
            ) from None


@dataclass(frozen=True)
class Content:
    """All that a version holds.

    Attributes:
        manifest: The bytes of manifest.json, which tell one version from another.
        files: The files by path, manifest.json among them.
    """

    manifest: bytes
    files: dict[str, PushedFile]

    @property
    def size(self) -> int:
        """All bytes together."""
        return sum(file.size for file in self.files.values())

    def mentions(self, secret: str) -> list[str]:
        """Returns the files that people read, the card and the manifest, in which a text occurs."""
        return [
            path for path in (CARD, MANIFEST) if path in self.files and secret.encode() in self.files[path].content()
        ]


def checked_files(dataset: PublishedDataset) -> dict[str, PushedFile]:
    """Reads the files that a dataset's manifest names and compares them with it; other files are left alone.

    Raises:
        UsageError: A file is missing or is not what the manifest says.
        StorageError: A file cannot be read.
    """
    files: dict[str, PushedFile] = {}
    root = os.path.realpath(dataset.path)
    for path, stated in sorted(dataset.files.items()):
        place = dataset.path / path
        if not is_plain_path(path) or os.path.commonpath([root, os.path.realpath(place)]) != root:
            raise _mismatch(dataset, path, "the path of a file in this folder", ascii(path[:200]))
        if not place.is_file():
            raise _mismatch(dataset, path, "a file", "nothing")
        file = PushedFile.at(path, place)
        if file.sha256 != stated.get("sha256"):
            raise _mismatch(dataset, path, f"sha256 {stated.get('sha256')}", f"sha256 {file.sha256}")
        files[path] = file
    return files


def content_of(
    dataset: PublishedDataset,
    files: Mapping[str, PushedFile],
    *,
    card: bytes | None = None,
    added: Mapping[str, PushedFile] | None = None,
    stated: Mapping[str, Any] | None = None,
) -> Content:
    """Returns what is pushed of a dataset: its own bytes, unless something is added to them.

    Args:
        dataset: The dataset.
        files: Its files, as `checked_files` returns them.
        card: Another card in place of its own.
        added: Files beside those of the dataset; the manifest names them too.
        stated: More keys of the manifest.
    """
    pushed = dict(files)
    manifest = dataset.manifest_bytes
    if card is not None:
        pushed[CARD] = PushedFile.of(CARD, card)
    pushed.update(added or {})
    if card is not None or added or stated:
        named = dataset.manifest["files"]
        named = {path: {**named.get(path, {}), "sha256": file.sha256} for path, file in pushed.items()}
        changed = {**dataset.manifest, **(stated or {}), "files": named}
        manifest = msgspec.json.format(msgspec.json.encode(changed, order="sorted"), indent=2) + b"\n"
    pushed[MANIFEST] = PushedFile.of(MANIFEST, manifest)
    return Content(manifest, pushed)


def is_plain_path(path: str) -> bool:
    """Whether a path can be that of a file in a repository: relative, in plain parts, and none of git's own."""
    parts = path.split("/")
    return (
        all(part and part not in (".", "..", ".git", ".cache") for part in parts)
        and not re.search(r"[\x00-\x1f\x7f\\]", path)
        and len(path) <= 1000
    )


def _mismatch(dataset: PublishedDataset, path: str, expected: str, found: str) -> UsageError:
    return UsageError(
        "The dataset is not what its manifest says.",
        where=f"{dataset.path / MANIFEST}: files: {path[:200]!a}",
        expected=expected,
        found=found,
        mend="assemble it again: vstar-data assemble RUN",
    )
