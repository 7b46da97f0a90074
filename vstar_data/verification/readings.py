"""The numbers of an answer with what is written about them: unit, scale, range, bound.

What they are about is decided in `ties`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vstar_data.verification import words
from vstar_data.verification.numbers import FRACTIONS
from vstar_data.verification.text import Text
from vstar_data.verification.units import unit_after
from vstar_data.verification.withdrawal import margin

_RANGE = re.compile(r"\s*(?:-|\u2013|\u2014|\bto\b|\band\b)\s*", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"\b(?:between|from)\s+(?:about |roughly )?\Z", re.IGNORECASE)
_SCALE = re.compile(
    r"\s*(?:out of|/|of (?:a |the )?(?:possible|maximum)(?: of)?|on a scale (?:of|to|up to))\s*\Z", re.IGNORECASE
)
_SCALE_BEFORE = re.compile(
    r"\b(?:out of(?: a (?:possible|maximum))?|scale (?:of|from|between|to)|"
    r"scale that (?:goes|runs) from|maximum (?:of|is|score (?:of|is))|"
    r"up to a maximum of|ranges? from|range of)\s*\Z",
    re.IGNORECASE,
)
_OUT_OF_BEFORE = re.compile(r"\bout of(?: a (?:possible|maximum))?\s*\Z", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?:at least|at most|more than|less than|fewer than|over|under|above|below|up to|"
    r"exceeds?|greater than|higher than|lower than"
    r"|no more than|not more than|beyond|minimum of|maximum of)\s+(?:a |an |the )?\Z",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"\s*(?:[^\W\d_]+\s+)?(?:below|above|short of|away from|behind|ahead of|or (?:more|less|fewer))\b"
)
_PERCENT = re.compile(r"\s*(?:%|percent\b|per cent\b)", re.IGNORECASE)
REPETITIONS = words.word_set("rep reps repetition repetitions repeats ones times go goes occurrences instances")
"""Nouns that count whatever a number's name counts: `12 clean reps`."""
_THOUSANDS = {"thousand": 1e3, "k": 1e3, "grand": 1e3, "million": 1e6}
_GROUP_GLUE = (" ", "\u00a0", "\u2009", "\u202f")
_MARKER = re.compile(r"(?:\A|\n)\s*[#>*-]*\s*\Z")
_CHANGED_FROM = re.compile(
    r"\b(?:up|down|improv\w+|ris(?:es|ing)|rose|falls?|fell|climb\w*|jump\w*|reduc\w+|lower\w+|fill\w*|grow\w*|empt\w+|drain\w*|charg\w+|sink\w*|shrink\w*|rais\w+|increas\w+|decreas\w+|goes|going|chang\w+|correct\w+|drop\w*)"
    r"\s+from\s+(?:about |around |a |an )?\Z|\bcompared (?:with|to)\s+(?:a |an |the )?\Z",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"\s*(?:out )?of (?:the|his|her|their|its|all)(?: \w+)?\s*", re.IGNORECASE)
POINTS = ("points", "marks")
_PREDICATES = words.word_set("is was has had looks stands sits gets being")
_COUNTING = words.word_set("only just exactly and be is")
"""Before these, `one is` speaks of one of those counted, after those it counts: `nine, although one is hidden`."""
_DIRECTIONS = words.word_set("forward forwards backward backwards inward reverse back front")
"""After these, halves are turns in the name of a figure: `an inward two and a half`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A number, or a range of numbers, in an answer.

    Attributes:
        low: Lower end.
        high: Upper end; the same for a single number.
        first: First token.
        last: Last token.
        percent: Whether a percent sign or word follows.
        scale: The `b` of `a out of b`, else None.
        bound: Whether it is only a bound (`at least`).
        unit: The word after it, where that is a noun; else empty.
        measure: The unit of measure after it, in its shortest spelling; else None.
    """

    low: float
    high: float
    first: int
    last: int
    percent: bool
    scale: float | None
    bound: bool
    unit: str
    measure: str | None = None


def readings(text: Text) -> list[Reading]:
    """Returns the numbers of an answer in order.

    List markers, ordinals, clock times, scale ends and margins (`give or take 2`) are left out.
    """
    found: list[Reading] = []
    possible: tuple[int, float | None] = (-1, None)
    tokens = text.tokens
    places = [place for place, token in enumerate(tokens) if token.value is not None]
    used: set[int] = set()
    for index, place in enumerate(places):
        if place in used or _no_number(text, place):
            continue
        low = high = _signed(text, place)
        last, scale = place, None
        while (group := _group(text, last)) is not None:
            low = high = low * 1000 + group
            last += 1
            used.add(last)
            index += 1
        if _CHANGED_FROM.search(text.raw[max(0, tokens[place].start - 40) : tokens[place].start]):
            continue
        if index + 1 < len(places):
            following = places[index + 1]
            between = text.raw[tokens[last].end : tokens[following].start]
            percent_between = _PERCENT.sub("", between)
            before = text.raw[max(0, tokens[place].start - 20) : tokens[place].start]
            if _SCALE.match(between.strip("*_` ") or " "):
                scale = tokens[following].value
                last = following
                used.add(following)
            elif _SHARE_OF.fullmatch(between):
                used.add(following)
                if place == text.bounds(place)[0] and _unit(text, following):
                    place = following
                    low = high = float(tokens[following].value or 0.0)
                last = following
            elif _RANGE.fullmatch(percent_between) and not _no_number(text, following):
                joined = "and" in percent_between.lower()
                if not joined or _RANGE_BEFORE.search(before):
                    low, high = sorted((low, float(tokens[following].value or 0.0)))
                    last = following
                    used.add(following)
        before = text.raw[max(0, tokens[place].start - 40) : tokens[place].start]
        if margin(before):
            continue
        if _SCALE_BEFORE.search(before):
            if _OUT_OF_BEFORE.search(before) and _unit(text, place) in ("", *POINTS):
                possible = (tokens[place].sentence, tokens[place].value)
            continue
        if scale is None and possible[0] == tokens[place].sentence:
            scale = possible[1]
        possible = (-1, None)
        if (times := _thousands(text, last)) > 1:
            low, high, last = (low * times if low < times else low), high * times, last + 1
        percent = bool(_PERCENT.match(text.raw, tokens[last].end))
        bound = bool(_BOUND.search(before) or _BOUND_AFTER.match(text.raw, tokens[last].end))
        found.append(
            Reading(
                low, high, place, last, percent, scale, bound, _unit(text, last), unit_after(text.raw, tokens[last].end)
            )
        )
    return found


def _group(text: Text, last: int) -> float | None:
    """Returns the three digits after a space that go on a number: the `400` of `32 400`."""
    if last + 1 >= len(text.tokens):
        return None
    token, following = text.tokens[last], text.tokens[last + 1]
    if following.glue not in _GROUP_GLUE or not (following.word.isdigit() and len(following.word) == 3):
        return None
    first = token.word.isdigit() and len(token.word) <= 3 and not token.word.startswith("0")
    return following.value if first else None


def _thousands(text: Text, last: int) -> float:
    """Returns by what the word after a number in digits multiplies it: `32.4 thousand`, `32.4k`; else 1."""
    following = text.tokens[last + 1] if last + 1 < len(text.tokens) else None
    if following is None or not text.tokens[last].word[:1].isdigit() or following.glue not in ("", " ", "-"):
        return 1.0
    if following.word == "k" and following.glue:
        return 1.0
    return _THOUSANDS.get(following.word, 1.0)


def shares(text: Text) -> list[Reading]:
    """Returns the fractions in words that say a share, as percent: `half of them`, `three quarters`, `a third`."""
    found = []
    for place, token in enumerate(text.tokens):
        if token.word not in FRACTIONS or token.value is not None:
            continue
        before = text.tokens[place - 1] if place else None
        count = before.value if before is not None and before.value is not None and token.glue in (" ", "-") else 1.0
        if before is not None and before.word in ("the", "his", "her") and token.word != "half":
            continue
        share = 100 * float(count) * FRACTIONS[token.word]
        first = place - 1 if before is not None and before.value is not None else place
        found.append(Reading(share, share, first, place, True, None, False, ""))
    return found


def _signed(text: Text, place: int) -> float:
    value = float(text.tokens[place].value or 0.0)
    glue = text.tokens[place].glue
    minus = glue.endswith(("-", "\u2212")) and (len(glue) > 1 or place == 0)
    return -value if minus and not glue.rstrip("-\u2212").endswith(("-", "\n", "*")) and glue not in ("- ",) else value


def _no_number(text: Text, place: int) -> bool:
    """Whether digits are no quantity: list markers, ordinals, clock times, parts of a name such as `3D`."""
    token = text.tokens[place]
    start, end = token.start, token.end
    after = text.raw[end : end + 3]
    if token.word[:1].isdigit():
        if re.match(r"(?:st|nd|rd|th)\b|[A-Za-z]{0,2}\d|:\d\d", after) or re.search(
            r"[A-Za-z]\Z|\d:\Z", text.raw[max(0, start - 2) : start]
        ):
            return True
        if re.match(r"[.)]\s", after) and _MARKER.search(text.raw[max(0, start - 12) : start]) and token.word.isdigit():
            if place == 0 and int(token.word) > 1 and not re.search(rf"\n\W*{int(token.word) + 1}[.)]\s", text.raw):
                return False
            return place + 1 < len(text.tokens) and "\n" not in text.tokens[place + 1].glue
    if place and text.tokens[place - 1].word in _DIRECTIONS and (token.value or 0.0) % 1 == 0.5:
        return True
    if token.word == "one":
        following = text.tokens[place + 1].word if place + 1 < len(text.tokens) else ""
        before = text.tokens[place - 1].word if place else ""
        if place and token.glue == " " and text.tokens[place - 1].form.adjective and before not in words.FUNCTION:
            return True
        if place and following in _PREDICATES and before not in _COUNTING:
            return True
        return following in ("of", "can", "another", "who", "by", "might") or before in (
            "no",
            "this",
            "that",
            "each",
            "any",
            "the",
        )
    return False


def _unit(text: Text, last: int) -> str:
    """Returns the noun that a number counts: the head of what follows it, past adjectives; not the verb after it."""
    end = text.bounds(last)[1]
    head, describes = "", False
    for place in range(last + 1, min(end, last + 5)):
        token = text.tokens[place]
        if token.glue not in (" ", "-") or token.word in words.FUNCTION - {"ones"} or token.value is not None:
            break
        if head.endswith("s") and token.form.verb and token.word in token.form.verb:
            break
        if (head and token.glue == "-") or (
            token.form.noun and not (token.form.verb and head and not describes and token.word.endswith("s"))
        ):
            head, describes = token.word, token.form.adjective
        elif not token.form.adjective:
            break
    return head


def unit_place(text: Text, reading: Reading) -> int:
    """Returns the token of a number's noun."""
    places = range(reading.last + 1, min(len(text.tokens), reading.last + 6))
    return max((place for place in places if text.tokens[place].word == reading.unit), default=reading.last)
