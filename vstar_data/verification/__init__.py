"""Verification: does an answer assert its labels? `verify` judges one answer; parsers and judges lie in the modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vstar_data.verification.settings import VerificationSettings

if TYPE_CHECKING:
    from vstar_data.verification.verifier import verify

VERSION = "3"
"""Raised whenever any verdict can change."""

__all__ = ["VERSION", "VerificationSettings", "edition", "verify"]


def edition(settings: VerificationSettings) -> str:
    """Returns the version of the verifier under some settings: with a parser that is installed and asked, its name too.

    Args:
        settings: The settings of a recipe.
    """
    from vstar_data.verification.parsing import edition as of_parser

    return VERSION + (of_parser() if settings.parser and settings.profile == "strict" else "")


def __getattr__(name: str) -> Any:
    """Loads the verifier when it is first asked for: the settings and the version cost nothing."""
    if name == "verify":
        from vstar_data.verification.verifier import verify

        return verify
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
