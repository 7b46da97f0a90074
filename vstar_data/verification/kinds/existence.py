"""What an answer says to whether there is something: `there are none`, `it is not among them`, `only in a picture`."""

from __future__ import annotations

import re

from vstar_data.verification import words
from vstar_data.verification.kinds.replies import View, token_at
from vstar_data.verification.text import Text, tokens_of_name

_EXISTENCE = re.compile(
    r"\bthere (?:is|are|was|were)( not| never|n['\u2019]t)?(?: (one|any|some|none|indeed))?"
    r"(?=\s*(?:(?P<tag>\?)|[.,;:!]|\Z))",
    re.IGNORECASE,
)
"""`there is one`, `there are none`: a reply to whether there is something."""
_ONLY_THERE = re.compile(r"\bthere (?:is|are|was|were) (?:only|just|nothing but) [^.;!?]+", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"[^.;!?]*(?:\bnot|n['\u2019]t|\bnever)(?: one)? (?:among|amongst|part of|one of) (?:them|these|those)\b",
    re.IGNORECASE,
)
_DEPICTED = re.compile(
    r"[^.;!?]*?\b(?:only|just|merely) (?:in|on|as) (?:a|an|the|some)(?: \w+)? (?:photo\w*|pictures?|paintings?|posters?"
    r"|drawings?|screens?|tv|televisions?|murals?|prints?|toys?|statues?|reflections?|ornaments?|logos?|stickers?)\b",
    re.IGNORECASE,
)


def existence(name: str, text: Text) -> list[View]:
    """Returns what an answer says to a statement that begins with `there`, beside the statement itself.

    Args:
        name: The statement, such as `there is a cat`.
        text: The answer.
    """
    found: list[View] = [
        (not match[1] and match[2] != "none", match.start(), match.end())
        for match in _EXISTENCE.finditer(text.raw)
        if not match["tag"]
    ]
    things = {key for token in tokens_of_name(name).tokens[2:] for key in token.keys} - words.FUNCTION
    found += [
        (False, match.start(), match.end())
        for match in _ONLY_THERE.finditer(text.raw)
        if not _names(text, match.start(), match.end(), things)
    ]
    return found


def not_really_there(text: Text, view: View) -> bool:
    """Whether what seems to be there is left out of a list, or is only a picture.

    Args:
        text: The answer.
        view: The passage that names it.
    """
    return any(pattern.match(text.raw, view[1]) is not None for pattern in (_LEFT_OUT, _DEPICTED))


def _names(text: Text, start: int, end: int, things: set[str]) -> bool:
    """Whether one of some things is named between two code points."""
    place = token_at(text, start)
    while place is not None and place < len(text.tokens) and text.tokens[place].start < end:
        if text.tokens[place].keys & things:
            return True
        place += 1
    return False
