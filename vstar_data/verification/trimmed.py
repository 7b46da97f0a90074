"""An answer without its asides: `is pushed - slowly, with one finger - from right to left` reads on past the dashes.

Asked only where a name is not found in the answer as it stands. What is found keeps the places of the answer.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from vstar_data.verification import chunks as cut
from vstar_data.verification.clauses import past_aside
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text


def trimmed(text: Text) -> tuple[Text, list[int]] | None:
    """Returns a text without what stands between dashes, brackets or commas beside its sentences; None without any.

    Args:
        text: The answer.

    Returns:
        The text, and for each of its tokens the place in the answer.
    """
    if not any(mark in text.raw for mark in (",", " - ", "\u2013", "\u2014", "(")):
        return None
    kept: list[int] = []
    bare = Text(text.raw, [], [], list(text.asked))
    joined: set[int] = set()
    for begin, end in text.sentences:
        first = len(kept)
        here = cut.chunks(text, begin, end)
        place = 0
        while place < len(here):
            chunk = here[place]
            after = past_aside(text, here, place) if chunk.kind in ("comma", "dash") else None
            if after is not None:
                place = after
                if after < len(here):
                    joined.add(here[after].first)
                continue
            kept.extend(range(chunk.first, chunk.last + 1))
            place += 1
        bare.sentences.append((first, len(kept)))
    if len(kept) == len(text.tokens):
        return None
    for at in kept:
        token = text.tokens[at]
        bare.tokens.append(msgspec.structs.replace(token, glue=" ") if at in joined else token)
    return bare, kept


def placed(match: Match, kept: list[int]) -> Match:
    """Returns a match in a trimmed text as one in the answer."""
    verb = None if match.verb is None else kept[match.verb]
    filled = tuple(kept[place] for place in match.filled)
    return replace(match, first=kept[match.first], last=kept[match.last], filled=filled, verb=verb)
