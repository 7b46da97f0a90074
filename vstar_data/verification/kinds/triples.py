"""A relation that is written as a triple: a record with a subject, a predicate and an object, or `a -> b -> c`."""

from __future__ import annotations

import re

_KEYS = {
    "subject": "subject|agent|actor|doer|who",
    "predicate": "predicate|relation(?:ship)?|verb|action",
    "object": "object|target|thing",
}
_FIELDS = {
    role: re.compile(
        rf"(?:\A|[\n,;|{{(])[\s\-*\u2022>\"'_`]{{0,10}}(?:{names})[\"'*_`]{{0,4}}\s{{0,3}}[:=][ \t\"'*_`]{{0,6}}"
        r"([^,;|\n\"}{)*`]{1,60})",
        re.IGNORECASE,
    )
    for role, names in _KEYS.items()
}
_PART, _ARROW = r"([\w /\-]{1,40}?)", r"[ \t]*(?:-{1,2}>|=>|\u2192|>|\|)[ \t]*"
_ARROWS = re.compile(
    rf"(?:\A|[\n:])[ \t\-*\u2022\"'`(<\[|]{{0,6}}{_PART}{_ARROW}{_PART}{_ARROW}{_PART}[ \t\"'`)>\].|]{{0,6}}(?:\n|\Z)"
)


def triple(raw: str) -> tuple[str, str, str] | None:
    """Returns the subject, predicate and object of an answer that writes them as a triple; None for any other.

    Args:
        raw: The answer.
    """
    found = {role: list(pattern.finditer(raw)) for role, pattern in _FIELDS.items()} if re.search("[:=]", raw) else {}
    if found and all(len(places) == 1 for places in found.values()):
        values = [found[role][0][1].strip().replace("_", " ") for role in ("subject", "predicate", "object")]
        if all(values):
            return values[0], values[1], values[2]
    arrows = list(_ARROWS.finditer(raw))
    if len(arrows) != 1:
        return None
    one, two, three = (part.strip().replace("_", " ") for part in arrows[0].groups())
    return (one, two, three) if one and two and three else None
