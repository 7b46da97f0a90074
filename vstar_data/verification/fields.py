"""Lists of a deed and its parts: `Action: pushed`, `"object": "a pen"`. They are read as the one sentence they make.

Where and when it happens is no part: a swimmer in a pool does not swim the pool.
"""

from __future__ import annotations

import re

_DEED = "action|verb|activity|motion|movement"
_PARTS = (
    "object|noun|target|item|instrument|actor|what|who|how|thing|subject|agent|person|doer|result|outcome|effect"
    "|direction"
)
_KEY = re.compile(
    rf"(?:\A|[\n,;|{{.])[\s\-*\u2022>#\d.)\"'_`]{{0,12}}(?:(?P<deed>{_DEED})|(?:{_PARTS}))[\"'*_`]{{0,4}}\s{{0,3}}[:=]"
    r"[\s\"'*_`]{0,6}",
    re.IGNORECASE,
)

Span = tuple[int, int]


def keys(raw: str) -> list[Span]:
    """Returns where a list's keys are written: code points, with the marks around them; none where no deed is listed.

    Args:
        raw: Any text.
    """
    if ":" not in raw and "=" not in raw:
        return []
    found = list(_KEY.finditer(raw))
    if len(found) < 2 or len(found) > 12 or sum(match["deed"] is not None for match in found) != 1:
        return []
    return [match.span() for match in found]
