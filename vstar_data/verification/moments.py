"""Single times in running text: seconds, `m:ss`, `h:mm:ss`, minutes in words, ordinal seconds, percent, frames."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vstar_data.verification.numbers import FRACTIONS, ORDINALS, TENS
from vstar_data.verification.text import Text, Token
from vstar_data.verification.withdrawal import apposition, margin

_CLOCK = re.compile(r"(?<![\d.:])(?:(\d{1,2}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)(?!\d|:\d)")
_CLOCK_UNIT = re.compile(r"\s?(?:mins?|minutes?|s|secs?|seconds?|hours?|hrs?|h)\b\.?", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"\s?(?:[ap]\.?m\b|o'clock)", re.IGNORECASE)
_PRIMES = re.compile(
    r"(\d{1,3})['\u2019\u2032](\d{1,2}(?:[.,]\d+)?)(?:[\"\u201d\u2033]|''|\u2019\u2019|(?![\w'\u2019]))"
)
_UNIT = re.compile(
    r"\s*-?\s*(?:(?P<ms>ms|milliseconds?|msecs?)|(?P<s>s|secs?|seconds?|\"|\u2033)|"
    r"(?P<min>m|mins?|minutes?)|(?P<h>h|hours?|hrs?)"
    r"|(?P<percent>%|percent|per cent)|(?P<frame>frames?))(?![^\W\d_])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)\s+(?P<name>seconds?|frames?|minutes?)\b", re.IGNORECASE)
_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
_ONE = {"a", "an", "one", "half"}
_WHOLE = (["full"], ["whole"], ["good"])
_NAMED = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b", re.IGNORECASE)
_PART_OF = re.compile(
    r"(?:(?P<one>an?|one|two|three)\s+)?(?P<part>half|third|quarter|fifth|tenth)s?\s+(?:of\s+)?(?:an?|one)?\s*"
    r"(?P<name>minute|hour|second)\b",
    re.IGNORECASE,
)
_PRECISELY = re.compile(r"\s*(?:to be (?:precise|exact)|precisely|exactly)\b", re.IGNORECASE)
_ORDINAL_OF_TWO = re.compile(
    r"(?:st|nd|rd|th)\s*(?:and|to|until|till|through|-|\u2013)\s*(?:the\s+)?\d+(?:st|nd|rd|th)\s+(?P<name>seconds?|frames?)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:just|shortly|a (?:bit|little|second|moment)|slightly|soon|well|somewhat|not quite) ?"
    r"(?:over|after|before|under|more than|less than)?\s*\Z|\b(?:less|more) than\s*\Z",
    re.IGNORECASE,
)
_FRAME_BEFORE = re.compile(r"\bframes?\s*(?:no\.?|number|#)?\s*\Z", re.IGNORECASE)
_SECOND_BEFORE = re.compile(
    r"(?:\b(?:seconds?|secs?|sec\.|t\s*[=\u2248]|time:?)|\bt(?:ime)?(?:stamp)?(?:_?s|_?sec|_?seconds)?[\"']?\s*[:=])\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One time as written.

    Attributes:
        value: Seconds; for `unit` "percent" a share 0..1, for "frame" a frame number.
        unit: `s` where a unit of time or a clock was written, `percent`, `frame`, `day` for a time of day, or an
            empty string.
        start: First code point.
        end: One past the last.
        token: The first token.
    """

    value: float
    unit: str
    start: int
    end: int
    token: int


def moments(text: Text) -> list[Moment]:
    """Returns all numbers of a text that could be times, in order."""
    found: list[Moment] = []
    covered = 0
    clocks = {match.start(): match for match in _CLOCK.finditer(text.raw)}
    primes = {match.start(): match for match in _PRIMES.finditer(text.raw)}
    for place, token in enumerate(text.tokens):
        if token.start < covered:
            continue
        if token.value is None:
            moment = _spelled(text, place) if token.word in _ONE else _counted(text, place, 0)
        elif part := _share(text, place):
            moment = part
        elif pair := _listed(text, place, token):
            found += pair
            covered = token.end
            continue
        elif token.start in clocks:
            moment = _clock(text, place, clocks[token.start])
        elif token.start in primes:
            match = primes[token.start]
            value = 60.0 * int(match[1]) + float(match[2].replace(",", "."))
            moment = Moment(value, "s", match.start(), match.end(), place)
        else:
            moment = _number(text, place, token)
        if moment is None:
            continue
        covered = moment.end
        before = text.raw[max(0, moment.start - 32) : moment.start]
        if margin(before) or (token.value is None and _VAGUE.search(before)):
            continue
        if found and _same(text, found[-1], moment):
            found[-1] = replace(found[-1], end=moment.end)
        else:
            found.append(moment)
    return found


def _same(text: Text, before: Moment, moment: Moment) -> bool:
    """Whether a time is only written again in another way: `1:05, that is 65 seconds`, `a minute (60 s)`."""
    if moment.unit != "s" or abs(before.value - moment.value) > 0.01 or before.unit == "frame":
        return False
    between = text.raw[before.end : moment.start]
    if between.strip() == "," and _PRECISELY.match(text.raw, moment.end):
        return True
    return len(between) < 24 and bool(between.strip(" ,-")) and apposition(between)


def _clock(text: Text, place: int, match: re.Match[str]) -> Moment:
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), float(match[3].replace(",", "."))
    value = hours * 3600 + minutes * 60 + seconds
    if of_day := _TIME_OF_DAY.match(text.raw, match.end()):
        return Moment(value, "day", match.start(), of_day.end(), place)
    unit = _CLOCK_UNIT.match(text.raw, match.end())
    return Moment(value, "s", match.start(), unit.end() if unit else match.end(), place)


def _spelled(text: Text, place: int) -> Moment | None:
    """Reads `a minute`, `half a minute`, `an hour`: one of a unit of time, or half of it."""
    if part := _share(text, place):
        return part
    words = [token.word for token in text.tokens[place : place + 3]]
    half = words[0] == "half"
    skip = 2 if (half and words[1:2] in (["a"], ["an"])) or words[1:2] in _WHOLE else 1
    if len(words) <= skip or words[skip] not in _NAMED:
        return None
    if not half and words[skip] == "second" and _describes(text, place + skip):
        return None
    size = _NAMED[words[skip]]
    value, end = size * (0.5 if half else 1.0), text.tokens[place + skip].end
    if not half and size > 1:
        value, end = _more(text, place + skip, value, end)
    return Moment(value, "s", text.tokens[place].start, end, place)


def _share(text: Text, place: int) -> Moment | None:
    """Reads a share of a unit of time in words: `a quarter of a minute`, `two thirds of a second`."""
    part = _PART_OF.match(text.raw, text.tokens[place].start)
    if part is None:
        return None
    share = FRACTIONS[part["part"].lower()] * {"two": 2, "three": 3}.get((part["one"] or "").lower(), 1)
    return Moment(share * _NAMED[part["name"].lower()], "s", part.start(), part.end(), place)


def _listed(text: Text, place: int, token: Token) -> list[Moment]:
    """Reads two times in brackets without a space: `[30,60]` is no 30.6."""
    around = text.raw[max(0, token.start - 1) : token.start] + text.raw[token.end : token.end + 1]
    if around not in ("[]", "()") or not re.fullmatch(r"\d+,\d+", token.word):
        return []
    comma = token.start + token.word.index(",")
    first, second = (float(part) for part in token.word.split(","))
    return [
        Moment(first, "", token.start, comma, place),
        Moment(second, "", comma + 1, token.end, place),
    ]


def _counted(text: Text, place: int, tens: int) -> Moment | None:
    """Reads an ordinal in words before `second`: `the fifteenth second`, `the twenty-fifth second`."""
    if place + 1 >= len(text.tokens) or text.tokens[place + 1].word != "second":
        return None
    value = ORDINALS.get(text.tokens[place].word)
    first = place - 1 if tens else place
    return (
        None
        if value is None
        else Moment(tens + value, "s", text.tokens[first].start, text.tokens[place + 1].end, first)
    )


def _describes(text: Text, place: int) -> bool:
    """Whether a `second` is an ordinal: `a second man`, `a second time`."""
    following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    return following is not None and following.glue == " " and (following.form.noun or following.form.adjective)


def _number(text: Text, place: int, token: Token) -> Moment:
    value, end, unit = float(token.value or 0.0), token.end, ""
    if value % 10 == 0 and token.word in TENS and (counted := _counted(text, place + 1, int(value))):
        return counted
    if two := _ORDINAL_OF_TWO.match(text.raw, end):
        return Moment(value, "frame" if two["name"].startswith("f") else "s", token.start, end + 2, place)
    if ordinal := _ORDINAL.match(text.raw, end):
        name = ordinal["name"].lower()
        if name.startswith("m"):
            return Moment(60 * value, "", token.start, ordinal.end(), place)
        return Moment(value, "frame" if name.startswith("f") else "s", token.start, ordinal.end(), place)
    after = _UNIT.match(text.raw, end)
    if after and not (after["s"] in ("s", "S") and after.start() == end and token.word.isalpha()):
        name = str(after.lastgroup)
        end = after.end()
        if name in _SECONDS:
            value, unit = value * _SECONDS[name], "s"
            if name in ("min", "h"):
                value, end = _more(text, place, value, end)
        elif name == "percent":
            value, unit = value / 100, "percent"
        else:
            unit = "frame"
    before = text.raw[max(0, token.start - 24) : token.start]
    if not unit and _FRAME_BEFORE.search(before):
        unit = "frame"
    elif not unit and _SECOND_BEFORE.search(before):
        unit = "s"
    return Moment(value, unit, token.start, end, place)


def _more(text: Text, place: int, value: float, end: int) -> tuple[float, int]:
    """Adds the rest of a time in minutes: `1 minute and 5 seconds`, `one minute five`, `a minute and a half`."""
    if half := _AND_A_HALF.match(text.raw, end):
        already = text.tokens[place].value is not None and float(text.tokens[place].value or 0) % 1 == 0.5
        return (value, half.end()) if already else (value + 30.0, half.end())
    following = next((t for t in text.tokens[place + 1 : place + 4] if t.value is not None and t.start >= end), None)
    if following is None or following.value is None or following.value >= 60:
        return value, end
    between = text.raw[end : following.start]
    if not re.fullmatch(r"\.?,?\s*(?:and\s+)?", between):
        return value, end
    after = _UNIT.match(text.raw, following.end)
    if after and after.lastgroup == "s":
        return value + following.value, after.end()
    if after is None and between == " ":
        return value + following.value, following.end
    return value, end
