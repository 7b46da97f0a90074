"""Whether a deed comes off, where an answer says only that: `he has a go but cannot`, `she manages it`."""

from __future__ import annotations

import re

from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.replies import View, token_at
from vstar_data.verification.kinds.statement_parts import Statement
from vstar_data.verification.text import Text

_END = r"(?=\s*(?:[.,;:!\u2014\u2013]|\Z|at |on |in the end|after |again|but |though ))"
_TRYING = r"\b(?:tri(?:es|ed)|attempt(?:s|ed)?|ha(?:s|ve|d) a (?:go|try)|makes? (?:an|one|several) attempts?)\b"
_UNABLE = r"(?:can(?:not|['\u2019]t| not)|could(?: not|n['\u2019]t)|(?:is|are|was|were) (?:not able|unable))\b"
_FAILS = re.compile(
    rf"{_TRYING}[^.;!?]*\b(?:but|yet|though|only to)\b[^.;!?]*\b{_UNABLE}"
    rf"|{_TRYING}[^.;!?]*?\b(?:without (?:any )?success|in vain|to no avail|unsuccessfully)"
    rf"|{_TRYING}[^.;!?]*?\b(?:but|yet|and) (?:it |he |she |they )?(?:fails?|failed|gives? up|gave up){_END}"
    rf"|\b(?:fails?|failed|gives? up|gave up|is unsuccessful|are unsuccessful|does not succeed|doesn['\u2019]t succeed"
    rf"|does not manage(?: it| to)?|doesn['\u2019]t manage(?: it| to)?){_END}",
    re.IGNORECASE,
)
_SUCCEEDS = re.compile(
    rf"\b(?:manages? it|managed it|manages? to do so|succeeds?|succeeded|(?:is|are|was|were) successful|pulls? it off"
    rf"|pulled it off){_END}",
    re.IGNORECASE,
)


def by_attempt(statement: Statement | None, text: Text) -> list[View]:
    """Returns what an answer says of the outcome of the deed that it was asked about.

    Args:
        statement: The statement, taken apart.
        text: The answer, which does not say the statement itself.
    """
    if statement is None or not statement.verb or statement.nobody or not statement.holds:
        return []
    fails = [(False, match) for match in _FAILS.finditer(text.raw)]
    found = fails + [
        (True, match)
        for match in _SUCCEEDS.finditer(text.raw)
        if not any(other.start() <= match.start() < other.end() for _, other in fails)
    ]
    views: list[View] = []
    for value, match in sorted(found, key=lambda each: each[1].start()):
        place = token_at(text, match.start())
        if place is None or not _of(statement, text, place):
            continue
        how = stance(text, place, place)
        if how in (Stance.ASSERTED, Stance.MILD):
            views.append((value, match.start(), match.end()))
        elif how is Stance.NEGATED and value:
            views.append((False, match.start(), match.end()))
    return views


def _of(statement: Statement, text: Text, place: int) -> bool:
    """Whether the one who tries is the statement's subject, or a pronoun."""
    begin = text.bounds(place)[0]
    before = text.tokens[begin:place]
    return any(token.keys & statement.subject or token.word in words.SUBJECT_PRONOUNS for token in before)
