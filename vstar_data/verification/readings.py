"""The numbers of an answer with what is said about them: unit, scale, range, bound, and the noun each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vstar_data.verification import words
from vstar_data.verification.gaps import verbal
from vstar_data.verification.number_names import name_heads
from vstar_data.verification.numbers import FRACTIONS
from vstar_data.verification.text import Text, Token
from vstar_data.verification.units import unit_after
from vstar_data.verification.withdrawal import margin
from vstar_data.verification.words import word_set

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
_MARKER = re.compile(r"(?:\A|\n)\s*[#>*-]*\s*\Z")
_FILLER = word_set(
    "be about around roughly approximately exactly estimate equal of at a an the to as is was only just level "
    "value total altogether precisely nearly almost some good high low overall final my would say guess "
    "likely probably it that this reach come stand amount sum make get receive earn score award give rate "
    "achieve show read display count wait no correction sorry mistake thought more somewhere worth board scoreboard "
    "screen counter readout panel jury tally verdict result mark figure number answer set consist monitor sign meter "
    "put end settle announce call flash post arrive land announcer commentator speaker half third quarter"
)
_ANOTHER_TIME = re.compile(
    r"\b(?:previous|preceding|earlier|former|other|another|next|last (?:round|dive|time|attempt|year))\b(?! than)"
)
_COLLECTIVE = word_set("people men women children kg km cm mm m s sec min ml lb ft")
_SCORING = word_set("score receive earn award rate give get achieve grade judge mark estimate rating point points")
_CHANGED_FROM = re.compile(
    r"\b(?:up|down|improv\w+|ris(?:es|ing)|rose|falls?|fell|climb\w*|jump\w*|reduc\w+|lower\w+|rais\w+|increas\w+|decreas\w+|goes|going|chang\w+|correct\w+|drop\w*)"
    r"\s+from\s+(?:about |around |a |an )?\Z|\bcompared (?:with|to)\s+(?:a |an |the )?\Z",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"\s*(?:out )?of (?:the|his|her|their|its|all)(?: \w+)?\s*", re.IGNORECASE)
_POINTS = ("points", "marks")
_REPETITIONS = word_set("rep reps repetition repetitions repeats ones times go goes occurrences instances")
"""Nouns that count whatever a number's name counts: `12 clean reps`."""
_MONEY = word_set("euro euros dollar dollars cent cents pounds pence yen rupees")
_PRICE = word_set("price cost fee bill fare money")
_REPEATED = word_set("rep repetition")
_TOTAL = re.compile(r"\b(?:in total|altogether|in all|overall|total|sum|adds? up|combined|makes?)\b|=", re.IGNORECASE)


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
        if _CHANGED_FROM.search(text.raw[max(0, tokens[place].start - 40) : tokens[place].start]):
            continue
        if index + 1 < len(places):
            following = places[index + 1]
            between = text.raw[tokens[place].end : tokens[following].start]
            percent_between = _PERCENT.sub("", between)
            before = text.raw[max(0, tokens[place].start - 20) : tokens[place].start]
            if _SCALE.match(between.strip("*_` ") or " "):
                scale = tokens[following].value
                last = following
                used.add(following)
            elif _SHARE_OF.fullmatch(between):
                last = following
                used.add(following)
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
            if _OUT_OF_BEFORE.search(before) and _unit(text, place) in ("", *_POINTS):
                possible = (tokens[place].sentence, tokens[place].value)
            continue
        if scale is None and possible[0] == tokens[place].sentence:
            scale = possible[1]
        possible = (-1, None)
        percent = bool(_PERCENT.match(text.raw, tokens[last].end))
        bound = bool(_BOUND.search(before) or _BOUND_AFTER.match(text.raw, tokens[last].end))
        found.append(
            Reading(
                low, high, place, last, percent, scale, bound, _unit(text, last), unit_after(text.raw, tokens[last].end)
            )
        )
    return found


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
            return place + 1 < len(text.tokens) and "\n" not in text.tokens[place + 1].glue
    if token.word == "one":
        following = text.tokens[place + 1].word if place + 1 < len(text.tokens) else ""
        before = text.tokens[place - 1].word if place else ""
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
    """Returns the noun that a number counts: the head of what follows it, past adjectives."""
    end = text.bounds(last)[1]
    head = ""
    for place in range(last + 1, min(end, last + 5)):
        token = text.tokens[place]
        if token.glue not in (" ", "-") or token.word in words.FUNCTION - {"ones"} or token.value is not None:
            break
        if (head and token.glue == "-") or (
            token.form.noun and not (token.form.verb and head and token.word.endswith("s"))
        ):
            head = token.word
        elif not token.form.adjective:
            break
    return head


def _unit_place(text: Text, reading: Reading) -> int:
    """Returns the token of a number's noun."""
    places = range(reading.last + 1, min(len(text.tokens), reading.last + 6))
    return max((place for place in places if text.tokens[place].word == reading.unit), default=reading.last)


def weight(text: Text, reading: Reading, name: str, measure: str | None = None) -> int:
    """Returns how firmly a number is tied to what was asked for.

    Args:
        text: The answer.
        reading: The number.
        name: What was asked for.
        measure: Its unit of measure, in its shortest spelling: a number in another one is none.

    Returns:
        3 where its noun is the name's, 2 where a verb of scoring or the like ties it, 1 where nothing claims it,
        0 where another noun does. One more in a sentence that sums up.
    """
    heads, every = name_heads(name)
    if _ANOTHER_TIME.search(_around(text, reading)):
        return 0
    tied = _tie(text, reading, heads, every, measure)
    if tied == 0:
        return 0
    begin = text.bounds(reading.first)[0]
    before = text.raw[text.tokens[begin].start : text.tokens[reading.first].start]
    after = text.raw[text.tokens[reading.last].end : text.tokens[reading.last].end + 16]
    return tied + (
        1 if _TOTAL.search(before) or re.search(r"\bin total\b|\baltogether\b|\bin all\b", after, re.I) else 0
    )


def _around(text: Text, reading: Reading) -> str:
    """Returns the clause of a number: up to a semicolon, or a comma with a new clause after it."""
    begin, end = text.bounds(reading.first)
    first = reading.first
    while first > begin and not re.search(r"[;,]", text.tokens[first].glue):
        first -= 1
    last = reading.last
    while last + 1 < end and not re.search(r"[;,]", text.tokens[last + 1].glue) and text.tokens[last + 1].word != "and":
        last += 1
    return text.raw[text.tokens[first].start : text.tokens[last].end].lower()


def _foreign(text: Text, reading: Reading, own: frozenset[str]) -> bool:
    """Whether a number counts or measures something else: `24 people`, `72 seconds`."""
    if not reading.unit or reading.unit in ("points", "marks", "percent", "times"):
        return False
    if reading.unit in _REPETITIONS or (reading.unit in _MONEY and own & _PRICE):
        return False
    for token in text.tokens[reading.last + 1 : reading.last + 5]:
        if token.keys & own:
            return False
        if token.word == reading.unit:
            break
    return reading.unit.endswith("s") or reading.unit in _COLLECTIVE


def weights(text: Text, found: list[Reading], name: str, measure: str | None = None) -> list[int]:
    """Returns how firmly each number is tied to what was asked for; a bare number takes over from the one before it.

    `The score is not 60 but 72`, `It is 60. No, wait, it is 72`: the later number is about the same thing.
    """
    tied: list[int] = []
    heads = name_heads(name)[0]
    for place, reading in enumerate(found):
        own = weight(text, reading, name, measure)
        if place and 0 < own < 3 <= tied[-1] and not _names_more(text, found[place - 1], reading, heads):
            own = tied[-1] if own == 1 else tied[-1] + 1
        tied.append(own)
    return tied


def _names_more(text: Text, before: Reading, reading: Reading, heads: frozenset[str]) -> bool:
    """Whether the second of two numbers is new: after a noun, or a verb of scoring where no score is asked for."""
    inner = range(before.last + 1, reading.first)
    scored = any(text.tokens[place].keys & _SCORING and verbal(text, place) for place in inner)
    if (scored or reading.unit in _POINTS) and not heads & _SCORING:
        return True
    between = [
        token
        for place, token in enumerate(text.tokens[before.last + 1 : reading.first], start=before.last + 1)
        if not (before.unit and place <= _unit_place(text, before))
        and not (token.form.verb and token.word.endswith("s") and verbal(text, place))
    ]
    return any(
        token.form.noun
        and token.word not in words.FUNCTION
        and token.word != before.unit
        and not token.keys
        & ((_FILLER - _SCORING) | {"wait", "no", "correction", "sorry", "mistake", "thought", "point", "more"})
        for token in between
    ) and bool(between)


def _complement(text: Text, place: int, begin: int) -> int | None:
    """Returns the `of` whose phrase a token stands in (`the difficulty of these 3.5 somersaults`), or None."""
    for at in range(place - 1, max(begin, place - 5), -1):
        token = text.tokens[at]
        if token.word == "of":
            return at
        if token.value is None and (token.word in words.FUNCTION - words.DETERMINERS or token.glue != " "):
            return None
    return None


def _counts(text: Text, place: int) -> bool:
    """Whether a number counts the noun right after it."""
    following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    plain = following is not None and following.glue == " " and following.word not in words.FUNCTION
    return following is not None and plain and following.form.noun


def _tie(text: Text, reading: Reading, heads: frozenset[str], every: frozenset[str], measure: str | None = None) -> int:
    begin, _ = text.bounds(reading.first)
    counting = not heads & _SCORING
    if measure and reading.measure:
        return 3 if reading.measure == measure else 0
    if counting and reading.unit in _REPETITIONS:
        return 2
    if _foreign(text, reading, heads | every):
        return 0
    if reading.unit:
        shape = text.tokens[reading.last + 1 :][:4]
        unit_keys = {key for token in shape for key in token.keys if token.word == reading.unit or token.keys & heads}
        if unit_keys & heads:
            return 3
    owner: Token | None = None
    complement: int | None = None
    verb = acted = False
    for place in range(reading.first - 1, max(begin - 1, reading.first - 14), -1):
        token = text.tokens[place]
        if (";" in token.glue and place < reading.first - 1) or (acted and "," in text.tokens[place + 1].glue):
            break
        if (
            token.word in ("but", "while", "whereas", "and")
            and owner is None
            and not verb
            and place < reading.first - 1
        ):
            break
        if token.keys & heads:
            return 3
        if counting and token.keys & _REPEATED:
            return 2
        key = place + 1 < len(text.tokens) and ":" in text.tokens[place + 1].glue
        if token.keys & _SCORING and token.form.verb and not key and verbal(text, place):
            verb = True
        if token.value is not None and not (_counts(text, place) and _complement(text, place, begin) is not None):
            break
        if token.form.verb and token.word.endswith("s") and verbal(text, place) and place > begin:
            acted = True
            continue
        if complement is None or place < complement:
            complement = _complement(text, place, begin)
        if complement is not None and place > complement:
            continue
        if owner is None and token.form.noun and not token.keys & _FILLER and token.word not in words.FUNCTION:
            owner = token
            if not (token.keys & (every | words.PERSONS)) and not verb:
                break
    if owner is not None and not owner.keys & (every | words.PERSONS) and not verb:
        return 0
    if verb and not counting:
        return 2
    return 1
