"""Numbers in running text: digits, words, commas, fractions. What a number is about is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * place
    for place, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
} | {"fourty": 40}
_FIRST = [
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
]
ORDINALS = {word: value for value, word in enumerate(_FIRST, start=1)} | {
    word[:-1] + "ieth": value for word, value in TENS.items()
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
FRACTIONS = {
    "half": 0.5,
    "halves": 0.5,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 0.25,
    "quarters": 0.25,
    "fourth": 0.25,
    "fourths": 0.25,
    "fifth": 0.2,
    "fifths": 0.2,
    "tenth": 0.1,
    "tenths": 0.1,
}

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")


def digits(text: str) -> float | None:
    """Reads a number in digits: `83.25`, `1,234`, `3,2` (decimal comma), `-5`, `7.`.

    Returns:
        The value, or None where the text is no number in digits.
    """
    text = text.strip().rstrip(".,")
    if _GROUPED.match(text.lstrip("+-")):
        text = text.replace(",", "")
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def in_words(words: Sequence[str]) -> tuple[float, int] | None:
    """Reads the number that a list of lower-case words begins with.

    Args:
        words: Words without hyphens: `["three", "and", "a", "half", "somersaults"]`.

    Returns:
        The value and how many words it takes (3.5 and 4 here), or None.
    """
    half = list(words[:3]) == ["half", "a", "dozen"] or list(words[:2]) == ["half", "dozen"]
    if half:
        return 6.0, list(words[:3]).index("dozen") + 1
    value, taken = _whole(words)
    if taken == 0:
        return None
    rest = list(words[taken : taken + 4])
    if rest[:1] == ["point"]:
        decimals = []
        for word in rest[1:]:
            if word not in UNITS or UNITS[word] > 9:
                break
            decimals.append(str(UNITS[word]))
        if decimals:
            return value + float("0." + "".join(decimals)), taken + 1 + len(decimals)
    part = added_fraction(rest)
    return (value, taken) if part is None else (value + part[0], taken + part[1])


def added_fraction(words: Sequence[str]) -> tuple[float, int] | None:
    """Reads the fraction after a whole number that a list of lower-case words begins with: `and three quarters`.

    Returns:
        The value, between 0 and 1, and how many words it takes; or None.
    """
    if words[:1] != ["and"]:
        return None
    if words[1:2] == ["half"]:
        return 0.5, 2
    count = 1 if words[1:2] in (["a"], ["one"]) else UNITS.get(words[1], 0) if len(words) > 1 else 0
    if len(words) < 3 or words[2] not in FRACTIONS or not 0 < count * FRACTIONS[words[2]] < 1:
        return None
    return count * FRACTIONS[words[2]], 3


def _whole(words: Sequence[str]) -> tuple[float, int]:
    total, current, taken, last = 0.0, 0.0, 0, ""
    place = 0
    if len(words) > 1 and words[0] == "a" and words[1] in (*SCALES, "dozen"):
        current, place, taken, last = 1.0, 1, 1, "unit"
    while place < len(words):
        word = words[place]
        if (word in UNITS and last in ("", "scale")) or (word in UNITS and last == "ten" and 0 < UNITS[word] < 10):
            current, last = current + UNITS[word], "unit"
        elif word in TENS and last in ("", "scale"):
            current, last = current + TENS[word], "ten"
        elif word in SCALES and last in ("unit", "ten", "scale"):
            if SCALES[word] == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * SCALES[word], 0.0
            last = "scale"
        elif word == "dozen" and last in ("", "unit"):
            current, last = max(current, 1) * 12, "dozen"
        elif word == "and" and last == "scale" and _follows(words, place + 1):
            place += 1
            continue
        else:
            break
        place += 1
        taken = place
    return total + current, taken


def _follows(words: Sequence[str], place: int) -> bool:
    return place < len(words) and (words[place] in UNITS or words[place] in TENS)
