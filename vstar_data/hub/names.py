"""Names on the Hub: of a repository, and of a version, which is a tag like v1.2.0. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vstar_data.errors import UsageError

FIRST_VERSION = "v0.1.0"

_NUMBER = r"(0|[1-9]\d{0,8})"
_VERSION = re.compile(rf"v{_NUMBER}\.{_NUMBER}\.{_NUMBER}")
_TAG = re.compile(rf"{_VERSION.pattern}(-[0-9A-Za-z]+([.-][0-9A-Za-z]+)*)?")
_LONGEST = 96


def check_repository(name: str) -> None:
    """Checks the name of a repository: OWNER/NAME.

    Raises:
        UsageError: It is none.
    """
    owner, _, rest = name.partition("/")
    words = all(re.fullmatch(r"[\w.-]+", part, re.ASCII) for part in (owner, rest))
    odd = any(pattern in name for pattern in ("--", "..", "-.", ".-")) or name.endswith(".git")
    edges = any(part[:1] in ("-", ".") or part[-1:] in ("-", ".") for part in (owner, rest))
    if not words or odd or edges or len(name) > _LONGEST:
        raise UsageError(
            "This is no name of a repository on the Hub.",
            where="REPO_ID",
            expected="OWNER/NAME of letters, digits, -, _ and ., at most 96 characters, such as ann/kinetics-reasons",
            found=ascii(name[:200]),
        )


def check_tag(tag: str) -> None:
    """Checks a tag: vX.Y.Z, or vX.Y.Z-WORD for a version that is not final.

    Raises:
        UsageError: It is none.
    """
    if len(tag) > _LONGEST or not _TAG.fullmatch(tag):
        expected = "vX.Y.Z with three numbers, such as v0.2.0 or v1.0.0-rc1"
        raise UsageError("This is no name of a version.", where="--tag", expected=expected, found=ascii(tag[:200]))


def versions(tags: Iterable[str]) -> list[str]:
    """Returns the tags that are final versions, the newest first."""
    return sorted((tag for tag in tags if _VERSION.fullmatch(tag)), key=_numbers, reverse=True)


def next_version(tags: Iterable[str]) -> str:
    """Returns the version for new content: the next minor one after the newest of the tags."""
    newest = next(iter(versions(tags)), None)
    if newest is None:
        return FIRST_VERSION
    major, minor, _ = _numbers(newest)
    return f"v{major}.{minor + 1}.0"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.removeprefix("v").split("."))
