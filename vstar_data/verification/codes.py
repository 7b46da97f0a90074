"""Codes: what a dataset writes for a name and no English phrase: `3.5 Soms.Pike`, or `Forward` for a take-off.

Nobody inflects them or changes their order. One with a full stop inside is looked for letter by letter; one that is an
ordinary word counts only where it stands by itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text, tokens_of_name

_CODE = re.compile(r"[^\W\d_]\.[^\W\d_]")
_ITEM_BEFORE = re.compile(
    r"(?:\A|[\n,;:>\u2192|(\[/\"]|\s-|\A-|\.\s|\b(?:then|and|is|called)\s(?:an? |the )?)[\s*_`\"'\d.)]*\Z",
    re.IGNORECASE,
)
_NEAR = 60
"""Code points beside a passage that are looked at."""
_ITEM_AFTER = re.compile(r"[\s*_`\"')\]]*(?:\Z|[\n,;:.>\u2192|/]|-|=|and\b|then\b)", re.IGNORECASE)


def coded(text: Text, name: str) -> list[Match]:
    """Returns the places where a name that is a code is written, in any case; none for a name in words.

    Args:
        text: The answer.
        name: A name or an alias.
    """
    written = _pattern(name)
    if written is None:
        return []
    found = []
    for match in written.finditer(text.raw):
        places = [n for n, token in enumerate(text.tokens) if match.start() <= token.start < match.end()]
        if places:
            found.append(Match(places[0], places[-1], tuple(places), None, exact=True))
    return found


@lru_cache(maxsize=4096)
def part_of(alias: str, name: str) -> bool:
    """Whether an alias is a part of a name that leaves its noun out, so that its words alone would say anything."""
    parts, whole = (tokens_of_name(text).tokens for text in (alias, name))
    return bool(parts) and {token.word for token in parts} < {token.word for token in whole[:-1]}


def by_itself(text: Text, match: Match) -> bool:
    """Whether a passage is an item of its own: only punctuation, a list marker or an end of the line beside it."""
    start, end = text.tokens[match.first].start, text.tokens[match.last].end
    # The letter stands for what is cut off: only the beginning of the answer is a beginning.
    before = text.raw[:start] if start <= _NEAR else "x" + text.raw[start - _NEAR : start]
    return bool(_ITEM_BEFORE.search(before) and _ITEM_AFTER.match(text.raw[end : end + _NEAR]))


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str] | None:
    if not _CODE.search(name):
        return None
    parts = (re.escape(part) for part in name.split())
    written = r"\s+".join(re.sub(r"\\\.(?=[^\W\d_])", r"\\.\\s*", part) for part in parts)
    return re.compile(rf"(?<![\w.]){written}(?!\w)", re.IGNORECASE)
