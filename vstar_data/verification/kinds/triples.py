"""Relations that are written as triples: records with a subject, a predicate and an object, or `a -> b -> c`."""

from __future__ import annotations

import re
from itertools import pairwise

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
    rf"(?:\A|[\n:])[ \t\-*\u2022\"'`(<\[|]{{0,6}}{_PART}{_ARROW}{_PART}{_ARROW}{_PART}[ \t\"'`)>\].|]{{0,6}}(?=\n|\Z)"
)


def triples(raw: str) -> list[tuple[str, str, str]]:
    """Returns each subject, predicate and object of an answer that writes them as triples; none for any other.

    Args:
        raw: The answer. Of several records each has to begin with the same key, and to have all three.
    """
    found = [list(pattern.finditer(raw)) for pattern in _FIELDS.values()] if re.search("[:=]", raw) else []
    count = len(found[0]) if found else 0
    if count and all(len(places) == count for places in found):
        records = list(zip(*found, strict=True))
        spans = [(min(m.start() for m in record), max(m.start() for m in record)) for record in records]
        parts = [_parts(record[0][1], record[1][1], record[2][1]) for record in records]
        if all(end < begin for (_, end), (begin, _) in pairwise(spans)) and all(all(part) for part in parts):
            return parts
    return [part for arrows in _ARROWS.finditer(raw) if all(part := _parts(*arrows.groups()))]


def _parts(subject: str, predicate: str, thing: str) -> tuple[str, str, str]:
    one, two, three = (part.strip().replace("_", " ") for part in (subject, predicate, thing))
    return one, two, three
