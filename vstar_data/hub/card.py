"""What a pushed card says beside that of the run: that videos are included, and whose permission is claimed. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from vstar_data.dataset.markdown import plain
from vstar_data.hub.videos import FOLDER

REFERENCED = "Videos are referenced, not included: `video` is relative to the folder of the videos"
"""How the card of a run begins to say where the videos are."""

_INCLUDED = f"Videos are included, in the folder `{FOLDER}/`: `video` is relative to it"
_INCLUDED_BY_SOURCE = (
    f"Videos are included, in the folder `{FOLDER}/`: `video` is relative to the folder of the `source` in it"
)


def with_videos(card: str, number: int, by_source: bool) -> str:
    """Returns a card that says that the videos are in the repository.

    Args:
        card: The card of the run.
        number: How many files they are.
        by_source: Whether each source has a folder of its own.
    """
    folder = f"{FOLDER}/<source>/" if by_source else f"{FOLDER}/"
    said = card.replace(REFERENCED, _INCLUDED_BY_SOURCE if by_source else _INCLUDED)
    return _with_section(
        said,
        "Videos",
        f"The videos are part of this repository: {number:,} files in `{folder}`, beside the Parquet files. The "
        "`video` of a row is a path below that folder.",
    )


def with_permission(card: str, licenses: Mapping[str, str]) -> str:
    """Returns a card that says that a permission is claimed.

    Args:
        card: The card.
        licenses: The sources that the permission is claimed for, each with its licence.
    """
    named = "; ".join(f"{plain(name)} (licence: {plain(text)})" for name, text in sorted(licenses.items()))
    return _with_section(
        card,
        "Permission",
        "The licences of these annotations forbid passing them on. Whoever pushed this dataset states to have the "
        f"permission of their owners: {named}.",
    )


def _with_section(card: str, title: str, text: str) -> str:
    return f"{card.rstrip()}\n\n## {title}\n\n{text}\n"
