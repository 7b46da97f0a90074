"""What lies between two values of an answer: whether the second replaces, repeats, or stands beside the first."""

from __future__ import annotations

import re

_WITHDRAWS = re.compile(
    r"\bno(?=\s*[,:;.\u2013\u2014-])|\b(?:wait|actually|correction|rather|i mean|sorry|pardon|excuse me|my bad"
    r"|apolog\w+|mistaken?|corrects|corrected|updated?|oops|scratch|strike|misread|misspoke|make (?:that|it)|in fact"
    r"|in truth|second thoughts?|let me correct|i take (?:that|it) back|closer (?:look|inspection)"
    r"|looking (?:closer|again)|instead|better(?=\s*:))\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b|\beither\b|\balternatively\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?]\s|\n")
_MARGIN = re.compile(
    r"(?:\bgive or take|\bplus or minus|\bplus[ /-]*minus|\u00b1|\+/-|\+-|\bwithin|\bmargin (?:of error )?of|"
    r"\berror of|\buncertainty of)\s*(?:about |maybe |perhaps |some )?\Z",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r"\s*(?:[,(\u2013\u2014-]\s*)?(?:that is|that's|which is|i\.\s?e\.|i\.e\.|meaning|in other words|or|equals"
    r"|equal to|=)?,?\s*(?:to say )?(?:at |about |the )?\s*",
    re.IGNORECASE,
)


def withdrawn(between: str) -> bool:
    """Whether the text between two values takes the first back for the second: `60 - no, wait, 72`."""
    return bool(_WITHDRAWS.search(between))


def offered(between: str) -> bool:
    """Whether two values are alternatives: `72 or 90`."""
    return bool(_OR.search(between)) and not _SENTENCE.search(between) and not withdrawn(between)


def margin(before: str) -> bool:
    """Whether a number that follows some text is only how far off another may be: `60, give or take 2`."""
    return bool(_MARGIN.search(before))


def apposition(between: str) -> bool:
    """Whether the text between two equal values lets the second explain the first: `1:05, that is 65 s`."""
    return bool(_APPOSITION.fullmatch(between))
