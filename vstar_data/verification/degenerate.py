"""Answers that are none: loops, refusals, thoughts that never end. Looks at form alone, never at the label."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from vstar_data.verification.hints import Hinted
from vstar_data.verification.text import Text

_OPEN = re.compile(
    r"<\s*(think|thinking|thought|thoughts|reasoning|reflection|analysis)\s*>|\[THINK\]|\u25c1think\u25b7", re.I
)
_CLOSE = re.compile(
    r"<\s*/\s*(?:think|thinking|thought|thoughts|reasoning|reflection|analysis)\s*>|\[/THINK\]|\u25c1/think\u25b7", re.I
)
_MARKS = ("<", "[", "\u25c1")
"""One of these begins whatever opens or closes a thought."""

_ANSWER = re.compile(r"<\s*answer\s*>(.*?)(?:<\s*/\s*answer\s*>|\Z)", re.I | re.S)
_REFUSAL = Hinted(
    r"\b(?:i(?:'|\u2019)?m sorry|i am sorry|i apologi[sz]e|as an ai|"
    r"as a (?:large )?language model|i(?:'|\u2019)?m (?:just )?an ai"
    r"|i (?:can(?:no|'|\u2019)t|can not|am (?:not able|unable) to|do(?:n['\u2019]t|"
    r" not) have (?:the ability|access|enough information)"
    r"|could(?:n['\u2019]t| not)|won['\u2019]t|will not|(?:would )?prefer not to|must decline|decline)"
    r"|i(?:'|\u2019)m (?:not able|unable) to|(?:it is|it(?:'|\u2019)s) (?:not possible|impossible) (?:for me )?to"
    r"|unable to (?:view|watch|see|access|process|determine|answer|identify|tell)|no video (?:was|is|has been)"
    r"|cannot be (?:determined|identified|answered)|not enough information)\b",
    re.I,
)
_BLIND = Hinted(
    r"\b(?:i (?:can(?:no|'|\u2019)t|can not|am (?:not able|unable) to)|i(?:'|\u2019)m (?:not able|unable) to)"
    r" (?:\w+ly )?(?:watch|view|access|process|open|play|see|analy[sz]e) (?:the |this |any |your )?(?:\w+ )?"
    r"(?:videos?|clips?|footage)\b",
    re.I,
)
_GUESS = re.compile(r"\b(?:perhaps|maybe|might|may|could|guess|would|probably|possibly|likely)\b", re.I)
_STUTTER = re.compile(r"([^\W_]{1,8}?)\1{9,}")
_STRUCK = re.compile(r"~~[^~\n]{1,200}~~|<(?:s|del|strike)>[^<\n]{1,200}</(?:s|del|strike)>", re.I)
_LONGEST_PERIOD = 60
_SHORTEST_RUN = 5
"""No loop has fewer words in a row that agree with those one period earlier, see `_enough`."""


def conclusion_start(answer: str) -> int | None:
    """Returns where the answer proper begins: after the thought of a model that thinks aloud.

    Args:
        answer: The text as the model made it.

    Returns:
        A code point; 0 for an answer without a thought; None for a thought that never ends or that nothing follows.
    """
    if not any(mark in answer for mark in _MARKS):
        return 0
    closes = list(_CLOSE.finditer(answer))
    start = closes[-1].end() if closes else 0
    if _OPEN.search(answer, start) is not None:
        return None
    if closes and not answer[start:].strip():
        return None
    return start


def proper(answer: str) -> str | None:
    """Returns the answer with its thought and its answer tags blanked out, so that offsets stay; None as above."""
    start = conclusion_start(answer)
    if start is None:
        return None
    tagged = list(_ANSWER.finditer(answer, start)) if "<" in answer else []
    if tagged and tagged[-1][1].strip():
        first, last = tagged[-1].span(1)
        return " " * first + answer[first:last]
    return " " * start + answer[start:] if start else answer


def unstruck(answer: str) -> str:
    """Returns the answer with what it strikes out blanked, so that offsets stay: that is withdrawn."""
    if "~~" not in answer and "<" not in answer:
        return answer
    return _STRUCK.sub(lambda match: " " * len(match[0]), answer)


def loops(text: Text) -> bool:
    """Whether an answer repeats itself without end: a run of words over and over, or one syllable.

    Args:
        text: The answer in tokens.
    """
    words = [token.word for token in text.tokens]
    for period in _periods(words):
        run, enough = 0, _enough(period)
        for earlier, word in zip(words, words[period:], strict=False):
            run = run + 1 if word == earlier else 0
            if run >= enough:
                return True
    if len(words) >= 300 and len(set(words)) < len(words) * 0.08:
        return True
    stuttered = {word for word in words if len(word) > 9 and _stutters(word)}
    return bool(stuttered) and any(token.word in stuttered and token.value is None for token in text.tokens)


def _periods(words: list[str]) -> list[int]:
    """Returns the distances at which a run of words comes again: a loop has one of these periods."""
    # A run of five that comes again is four pairs that come again.
    if len(words) - len(set(pairwise(words))) < _SHORTEST_RUN:
        return []
    runs = list(zip(*(words[shift:] for shift in range(_SHORTEST_RUN)), strict=False))
    if len(set(runs)) == len(runs):
        return []
    seen: dict[tuple[str, ...], list[int]] = {}
    periods: set[int] = set()
    for place, run in enumerate(runs):
        earlier = seen.setdefault(run, [])
        for other in reversed(earlier[-_LONGEST_PERIOD:]):
            if place - other > _LONGEST_PERIOD:
                break
            periods.add(place - other)
        earlier.append(place)
    return sorted(periods)


@lru_cache(maxsize=8192)
def _stutters(word: str) -> bool:
    return _STUTTER.search(word) is not None


def _enough(period: int) -> int:
    """Returns how many words must agree with those one period earlier: more copies of a short phrase than of a long."""
    if period == 1:
        return 5
    return period * 3 if period < 6 else period * 2


def unseen(text: Text) -> bool:
    """Whether an answer says that it saw nothing and then guesses: `I cannot watch videos. Perhaps ...`."""
    found = _BLIND.search(text.raw)
    return found is not None and _GUESS.search(text.raw, found.end()) is not None


def refusal(text: Text) -> int | None:
    """Returns the code point at which an answer declines to answer, or None."""
    found = _REFUSAL.search(text.raw)
    return found.start() if found else None
