"""Turns labelled video datasets into verified, reasoning-rich instruction-tuning data, and trains on it, in cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vstar_data.verification import verify

    __version__: str

__all__ = ["__version__", "verify"]


def __getattr__(name: str) -> Any:
    """Loads what the package offers when it is first asked for, so that importing it costs nothing."""
    if name == "verify":
        from vstar_data.verification import verify

        return verify
    if name == "__version__":
        from importlib.metadata import version

        return version("vstar-data")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
