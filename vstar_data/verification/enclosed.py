"""Cues that do not reach beyond what encloses them: a title, a quotation, a relative clause of the subject.

`"Say You Won't Let Go" is sung by him` denies nothing; `an organ that serves no purpose is called vestigial` neither.
"""

from __future__ import annotations

import re

from vstar_data.verification import words
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_RELATIVE = word_set("that which who whose")
_FINITE = word_set("is are was were 's has had does did will can")
_QUOTES = re.compile(r"[\"\u201c\u201d\u00ab\u00bb]")


def enclosed(text: Text, cue: int, first: int) -> bool:
    """Whether what encloses a cue is over before a passage.

    Args:
        text: The answer.
        cue: The token of a negator.
        first: The first token of the passage, after the cue.
    """
    if cue >= first:
        return False
    return _quoted(text, cue, first) or _title(text, cue, first) or _of_the_subject(text, cue, first)


def _quoted(text: Text, cue: int, first: int) -> bool:
    tokens = text.tokens
    begin = tokens[text.bounds(cue)[0]]
    opening = begin.start - (len(begin.glue) if begin.glue else begin.start)
    before = _QUOTES.findall(text.raw, max(0, opening), tokens[cue].start)
    return len(before) % 2 == 1 and bool(_QUOTES.search(text.raw, tokens[cue].end, tokens[first].start))


def _title(text: Text, cue: int, first: int) -> bool:
    """Whether a cue is a word of a title in capitals, between others: `You'll Never Walk Alone is sung by ...`."""
    tokens = text.tokens
    begin = text.bounds(cue)[0]
    if cue == begin or cue + 2 >= first:
        return False
    capital = [text.raw[tokens[at].start].isupper() for at in (cue - 1, cue, cue + 1)]
    if tokens[cue].glue == "":
        capital[1] = capital[0]
    shouted = text.raw[tokens[first].start : tokens[first].end].isupper()
    return all(capital) and not shouted


def _of_the_subject(text: Text, cue: int, first: int) -> bool:
    """Whether a cue stands in a relative clause of the subject, and the sentence's own verb comes after it."""
    tokens = text.tokens
    begin = text.bounds(cue)[0]
    opener = next((at for at in range(cue - 1, begin, -1) if tokens[at].word in _RELATIVE), None)
    if opener is None or not tokens[opener - 1].form.noun or tokens[opener - 1].word in words.FUNCTION:
        return False
    if any(_acts(text, at) for at in range(begin, opener)):
        return False
    return any(tokens[at].word in _FINITE and tokens[at - 1].word not in words.FUNCTION for at in range(cue + 2, first))


def _acts(text: Text, at: int) -> bool:
    token = text.tokens[at]
    if token.word in words.AUXILIARIES | {"'s"}:
        return True
    return bool(token.form.verb) and not token.form.noun and not token.form.adjective
