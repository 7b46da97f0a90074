"""manifest.json: what a dataset was made from and what is in it, the same bytes for the same dataset.

No clock, host or absolute path enters it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from vstar_data.dataset.counts import Counts
from vstar_data.dataset.judged import Provenance
from vstar_data.dataset.shards import WrittenFile
from vstar_data.dataset.sources import with_licenses_of_clips
from vstar_data.records import Clip

FORMAT = 1
"""The version of the manifest's own shape."""


class AnnotationsDigest:
    """A hash over a set of clips that does not depend on their order; holds 32 bytes for each clip."""

    def __init__(self) -> None:
        self._clips: list[bytes] = []

    def add(self, clip: Clip) -> None:
        """Takes a clip with all its fields."""
        self._clips.append(hashlib.sha256(msgspec.json.encode(clip, order="sorted")).digest())

    def hexdigest(self) -> str:
        """Returns the SHA-256 over the sorted hashes of the clips."""
        return hashlib.sha256(b"".join(sorted(self._clips))).hexdigest()


def annotations_digest(clips: Iterable[Clip]) -> str:
    """Returns the hash of annotations: over the sorted records of all clips, in hexadecimal."""
    digest = AnnotationsDigest()
    for clip in clips:
        digest.add(clip)
    return digest.hexdigest()


def manifest(provenance: Provenance, annotations: str, counts: Counts, files: Sequence[WrittenFile]) -> bytes:
    """Returns the content of manifest.json.

    Args:
        provenance: What the dataset was made from.
        annotations: The hash of the clips.
        counts: What is in the dataset.
        files: The other files of the dataset.
    """
    content: dict[str, Any] = {
        "format": FORMAT,
        "name": provenance.name,
        "recipe": provenance.recipe,
        "annotations": {"sha256": annotations, "clips": counts.clips.total()},
        "model": provenance.model,
        "prompts": {
            mode: {"text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}
            for mode, text in provenance.prompts.items()
        },
        "verifier": {"profile": provenance.profile, "version": provenance.verifier},
        "code": {"name": "vstar-data", "version": provenance.code},
        "cycle": provenance.cycle,
        "counts": counts.as_json(),
        "empty": counts.empty,
        "sources": {
            name: source.published()
            for name, source in with_licenses_of_clips(provenance.sources, counts.licenses).items()
        },
        "files": {
            file.path: {"sha256": file.sha256} | ({} if file.rows is None else {"rows": file.rows}) for file in files
        },
    }
    if counts.reformatted is not None:
        content["reformat"] = counts.reformatted.published()
    if provenance.audit is not None:
        content["audit"] = provenance.audit.published()
    return msgspec.json.format(msgspec.json.encode(content, order="sorted"), indent=2) + b"\n"
