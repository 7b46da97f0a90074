"""The `verification` section of a recipe."""

from __future__ import annotations

from typing import Literal

import msgspec

ProfileName = Literal["strict", "paper", "released"]


class VerificationSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How answers are judged.

    `profile` is `strict` (the default), `paper` (the rules of the Video-STaR paper) or `released` (the rules of the
    code that its authors released).
    """

    profile: ProfileName = "strict"
