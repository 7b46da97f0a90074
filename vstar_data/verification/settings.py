"""The `verification` section of a recipe."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Literal

import msgspec

ProfileName = Literal["strict", "paper", "released"]


class VerificationSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How answers are judged.

    `profile` is `strict` (the default), `paper` (the rules of the Video-STaR paper) or `released` (the rules of the
    code that its authors released). `embedder` is a model of sentence embeddings, a folder or a Hub id: without one,
    the profiles that compare meanings take the one that the authors took, and under `strict` no caption is a target.
    `parser` lets `strict` ask an installed `en_core_web_sm` of spaCy about a class that its rules do not find.
    """

    profile: ProfileName = "strict"
    embedder: str | None = None
    parser: bool = True

    def portable(self) -> dict[str, Any]:
        """Returns the settings as JSON values that mean the same on every machine: of a folder the name alone."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        if self.embedder is not None and (
            self.embedder.startswith((".", "~")) or PurePath(self.embedder).is_absolute()
        ):
            values["embedder"] = PurePath(self.embedder).name
        return values


def in_words(settings: VerificationSettings) -> str:
    """Returns the settings as a person would say them: `the profile paper with the embedder models/mini`."""
    embedder = f" with the embedder {settings.embedder}" if settings.embedder is not None else ""
    return f"the profile {settings.profile}{embedder}"
