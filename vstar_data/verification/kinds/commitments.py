"""The choice that an answer commits itself to, where it goes on to explain: what the explanation names is no pick.

An answer commits itself by opening with a mark (`C. butterfly`), by announcing (`the best caption is B`), or by a first
sentence that names one choice, where others are named only by contrast (`if it were ...`, `the other option`).
"""

from __future__ import annotations

import re

from vstar_data.verification.commitment import retracted
from vstar_data.verification.kinds.picks import Pick
from vstar_data.verification.text import Text

_THING = (
    r"(?:answers?|options?|choices?|captions?|sentences?|descriptions?|statements?|information|letter|match|one|fit"
    r"|alternative|candidate)"
)
_GOOD = (
    r"(?:best|correct|right|better|most|final|closest|more (?:accurate|suitable|appropriate|fitting)|accurate|suitable"
    r"|appropriate|true|matching)"
)
_FITS = r"(?:captures?|describes?|match(?:es)?|fits?|represents?|reflects?)"
_OPENS = re.compile(
    rf"\W*(?:(?:the |my |i (?:choose|pick|select|would (?:choose|pick|select)) )?(?:{_GOOD} )*(?:{_THING}\b)?"
    rf"(?: (?:is|would be))?\W*)?(?:(?:the )?{_THING}\b\W*)?\Z",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    rf"\b(?:{_GOOD}\b[^.!?\n]{{0,80}}\b(?:is|be|are)\b|{_GOOD}\b[^.!?\n]{{0,80}}:"
    rf"|(?:the|my) (?:final )?{_THING} (?:is|would be)\b|answer\W{{0,4}}:|\bi (?:choose|pick|select|would go with)\b)",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|isn't|incorrect|wrong|less|worse|neither|nor|n't)\b", re.IGNORECASE)
_IS_BEST = re.compile(
    rf"[\s*_`\"'):]*(?:is|are|would be|seems|was)\s+(?:\w+ly )?(?:the |a |an )?(?:\w+ly )?{_GOOD}\b"
    rf"|[\s*_`\"')]*(?:better|best|more|most) (?:\w+ )?{_FITS}\b"
    rf"|[\s*_`\"')]*{_FITS} [^.!?\n]{{0,60}}\b(?:better|best|more|most)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(r"[\W_]*(?:is|that|the|a|an|and|or)?[\W_]*", re.IGNORECASE)
_CONTRASTS = re.compile(
    r"\b(?:others?|if|would|were|unlike|contrast|whereas|compared|comparison|than|rather|option|caption|sentence"
    r"|choice|not|instead of|opposed)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\b(?:no|wait|actually|in fact|sorry|rather|correction|instead|however|but)\b[^.!?]{0,40}\Z", re.I)


def committed(text: Text, stated: list[Pick]) -> list[Pick]:
    """Returns the picks by which an answer commits itself to one choice; none where it does not, or to several.

    Args:
        text: The answer.
        stated: The choices that it asserts, in order; at least one.
    """
    firm = [pick for pick in stated if _opens(text, pick) or _announced(text, pick)]
    if not firm:
        return _by_the_first_sentence(text, stated)
    firm = firm + [pick for pick in stated if pick not in firm and _beside(text, pick, firm)]
    if len({pick.choice for pick in firm}) != 1:
        return []
    last = max(firm, key=lambda pick: pick.start)
    later = [pick for pick in stated if pick.start > last.end and pick.choice != last.choice]
    turned = any(_TURNS.search(text.raw[last.end : pick.start]) for pick in later if _marked(pick))
    return [] if turned or (later and retracted(text, last.last, False)) else firm


def _marked(pick: Pick) -> bool:
    return pick.end - pick.start == 1


def _opens(text: Text, pick: Pick) -> bool:
    """Whether an answer opens with a mark."""
    return pick.first <= 12 and _marked(pick) and bool(_OPENS.match(text.raw[: pick.start]))


def _announced(text: Text, pick: Pick) -> bool:
    """Whether a choice is announced as the one: before it, or by what is said of it."""
    begin, end = text.bounds(pick.first)
    sentence = text.tokens[begin].start
    if begin and ":" in text.tokens[begin].glue:
        sentence = text.tokens[text.bounds(begin - 1)[0]].start
    before = text.raw[sentence : pick.start]
    if _ANNOUNCES.search(before) and not _DENIES.search(before):
        return True
    return bool(_IS_BEST.match(text.raw[pick.end : text.tokens[end - 1].end]))


def _beside(text: Text, pick: Pick, firm: list[Pick]) -> bool:
    """Whether a choice is named right after one that the answer commits itself to: `B: the light goes on`."""
    return any(
        0 <= pick.start - other.end <= 12 and _JOINS.fullmatch(text.raw[other.end : pick.start]) for other in firm
    )


def _by_the_first_sentence(text: Text, stated: list[Pick]) -> list[Pick]:
    first = text.tokens[stated[0].first].sentence
    here = [pick for pick in stated if text.tokens[pick.first].sentence == first]
    later = [pick for pick in stated if pick not in here and pick.choice != here[0].choice]
    if first > 1 or len({pick.choice for pick in here}) != 1 or not later:
        return []
    return here if all(_by_contrast(text, pick) for pick in later) else []


def _by_contrast(text: Text, pick: Pick) -> bool:
    begin, end = text.bounds(pick.first)
    return bool(_CONTRASTS.search(text.raw[text.tokens[begin].start : text.tokens[end - 1].end]))
