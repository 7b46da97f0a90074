"""Words that give a step its place among the others: `second, ...`, `step three: ...`, `... comes last`.

Ordinals that stand at every step decide alone; some few, such as `the last thing is`, put their step first or last
whatever the others say.
"""

from __future__ import annotations

import re

FIRST, MIDDLE, LAST = 1, 50, 99
"""What stands for the first place, for one between the others, and for the last."""

_RANKS = {
    "first": FIRST, "firstly": FIRST, "second": 2, "secondly": 2, "third": 3, "thirdly": 3, "fourth": 4, "fourthly": 4,
    "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "last": LAST, "lastly": LAST, "finally": LAST, "final": LAST,
}  # fmt: skip
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_CARDINALS = {word: value for value, word in enumerate(_NUMBERS, start=1)}
_RANK = "|".join(_RANKS)
_ANY = re.compile(rf"\b({_RANK})\b")
_DIGITS = re.compile(r"(?:\A|\n|[;,(|{]\s*|\s)[(\"']?(\d{1,2})(?:[\"']?[.):]|\s*\|)\s*[\w\s\"'*]{0,24}\Z")
_NUMBERED = re.compile(rf"\b(?:step|number|phase|stage|part|no\.?|#)\s?({'|'.join(_CARDINALS)}|\d{{1,2}})\b")
_WHAT = r"(?:\w+ )?(?:thing|step|element|move|movement|action|activity|exercise|part|act|stage|one|trick|figure|skill)"
_PHASES = r"(?:the |it |this |things |everything |(?:her|his|their|its) )(?:all |off )?\w*"
_STARTS = r"(?:begins?|began|starts?|started|opens?|opened)"
_ENDS = r"(?:closes?|closed|ends?|ended|concludes?|concluded|finish(?:es|ed)?|rounds? off)"
_FRONTED = r"(?:\A|[.;:,\n(]\s*|\band |\bbut )(?:right )?"
"""Where a phrase can lead a clause."""
_ALL = r"(?:all|everything|it|this|clip|video|routine|procedure|process|sequence|scene|he|she|they)"
_LEADS = (
    (re.compile(rf"(?:\b{_ALL}(?: all)?|,|\band) {_STARTS}(?: off| out)? (?:with|by)\b"), FIRST),
    (re.compile(rf"\b(?:very )?first {_WHAT} (?:is|was)\b|\bbut first\b"), FIRST),
    (re.compile(r"\b(?:before|prior to) all (?:of )?th\w+\b"), FIRST),
    (re.compile(r"\bthe (?:very )?first(?: one)?,? (?:(?:is|was|being) )?an? \Z"), FIRST),
    (
        re.compile(rf"{_FRONTED}(?:(?:at|in) the (?:very )?(?:start|beginning|outset)\b|to (?:start|begin)\b)(?! of)"),
        FIRST,
    ),
    (re.compile(r"\b(?:having|had) (?:begun|started|opened)(?: off| out)? (?:with|by|on)\b"), FIRST),
    (re.compile(rf"\bopening {_WHAT} (?:is|was)\b"), FIRST),
    (re.compile(rf"\b(?:last|final|closing) {_WHAT} (?:is|was)\b"), LAST),
)
_CLOSING = re.compile(
    rf"{_FRONTED}(?:(?:at|in) the (?:very )?end|to (?:finish|end|conclude|close))\b(?! of\b)"
    rf"|\b{_ENDS}(?: off)? (?:with|on|by)\b"
)
"""What stands before the last step: told last as a rule, and first where an answer tells of the beginning later."""
_COMES = r"(?:comes?|came|happens?|happened|is|was|goes)(?: done)?(?: the)?(?: very)?"
_TAILS = (
    (re.compile(rf"(?:\s+of (?:it|them|the \w+))?\s*{_COMES} ({_RANK})\b"), 0),
    (re.compile(rf"\s*{_STARTS} (?:off )?{_PHASES}"), FIRST),
    (re.compile(rf"\s*{_ENDS} (?:off )?{_PHASES}"), LAST),
)
_WITHIN = re.compile(
    r"(?: (?!and\b|then\b)[\w'-]+){0,4} (?:at|in) the (?:very )?(?:(?P<first>start|beginning|outset)|end)\b(?! of\b)"
)
_BARE = re.compile(rf"\s+(?:(?!and|then|but)\w+ )?({_RANK})\s*(?:[,;.!]|\band\b|\Z)")
_BETWEEN = re.compile(r"\bin[- ]between\b|\bbetween (?:them|the two|these|those)\b|\bin the middle\b(?! of)")
_BETWEEN_AFTER = re.compile(
    r"\s+(?:comes |lies |sits |is )?(?:in[- ]between\b|in the middle\b(?! of)|separates (?:them|the two)\b)"
)


def pinned(before: str, after: str) -> int | None:
    """Returns `FIRST` or `LAST` where a step is said to be the first or the last of all; else None.

    Args:
        before: What stands before the step, from the end of the step before on; lower case.
        after: What stands after it, up to the next step.
    """
    for pattern, rank in _LEADS:
        if pattern.search(before):
            return rank
    found = _tail(after)
    if found is None and (bare := _BARE.match(after)):
        found = _RANKS[bare[1]]
    if found is None and (within := _WITHIN.match(after)):
        found = FIRST if within["first"] else LAST
    return found if found in (FIRST, LAST) else None


def ordinal(before: str, after: str) -> int | None:
    """Returns the place that a step is said to have, from 1; `LAST` for the last; None where nothing says.

    Args:
        before: As for `pinned`.
        after: As for `pinned`.
    """
    rank = _tail(after)
    if rank is not None:
        return rank
    if numbered := _last(_NUMBERED, before):
        return _CARDINALS.get(numbered[1]) or int(numbered[1])
    if digits := _DIGITS.search(before):
        return int(digits[1])
    if spoken := _last(_ANY, before):
        return _RANKS[spoken[1]]
    if _BETWEEN.search(before) or _BETWEEN_AFTER.match(after):
        return MIDDLE
    if bare := _BARE.match(after):
        return _RANKS[bare[1]]
    return pinned(before, after) or (LAST if closing(before) else None)


def closing(before: str) -> bool:
    """Whether a step is said to be what all ends with.

    Args:
        before: As for `pinned`.
    """
    return _CLOSING.search(before) is not None


def _tail(after: str) -> int | None:
    for pattern, rank in _TAILS:
        if found := pattern.match(after):
            return rank or _RANKS[found[1]]
    return None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007
        pass
    return found
