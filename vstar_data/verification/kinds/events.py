"""Which event a time in an answer belongs to: the words of its clause against the event's name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vstar_data.records import RejectReason, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.matching import Match
from vstar_data.verification.paraphrases import paraphrased
from vstar_data.verification.pieces import pieces, within
from vstar_data.verification.reference import placed
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_COMMA = re.compile(r"[,:\u2013\u2014]|\s-\s")

_TALK = word_set(
    "event action activity happen take place start begin end finish stop last occur run go continue video "
    "clip scene second minute time answer start_time end_time interval span segment window be do can see "
    "visible show about approximately roughly around exactly frame mark moment point duration s sec secs "
    "seconds approx part whole range period finally conclude complete open_at during until first last step "
    "next then also estimate think believe would say final good well correct timestamp give from to note "
    "follow all over seem appear likely probably look find observe observed seen long wait no not correction "
    "actually sorry mean mistake think thought rather either maybe approximately early late later earlier "
    "shortly just right after before half way min mins sec onset offset sort start_time end_time interval row exact "
    "fill cover occupy length later onward onwards mid total clock timeline time_s oops scratch apology"
)


def judge_event(name: str, case: Case) -> TargetVerdict:
    """Returns the verdict on an event that must be asserted, without its times."""
    found = said(case.answer, (name,)) or paraphrased(case.answer, (name,), case.vocabulary.names)[0]
    hows = [(match, stance(case.answer, match.first, match.last)) for match in found]
    for match, how in reversed(hows):
        span = case.answer.span(match.first, match.last)
        if how in (Stance.ASSERTED, Stance.MILD):
            return accepted(span, case.answer.raw[span[0] : span[1]])
        if how is Stance.NEGATED:
            return rejected(RejectReason.NEGATED, span)
    return rejected(RejectReason.HEDGED if hows else RejectReason.ABSENT)


@dataclass(frozen=True, slots=True)
class Times:
    """The times of an answer, and the stretch of it that tells about each.

    Attributes:
        text: The answer.
        stretches: Code points of the stretch of each time, by the first code point of the time.
        covered: The tokens that are part of a time.
    """

    text: Text
    stretches: dict[int, tuple[int, int]]
    covered: frozenset[int]


def times_of(text: Text, written: Sequence[tuple[int, int]], others: Collection[tuple[int, int]] = ()) -> Times:
    """Returns where an answer tells about each of its times.

    Args:
        text: The answer.
        written: Code points of the times, a span being one time; in order.
        others: Code points of numbers that could be times and are none of these: they say nothing about an event.
    """
    ranges = sorted((*written, *others))
    covered = frozenset(place for place, token in enumerate(text.tokens) if within(ranges, token.start))
    outside = {text.tokens[place].start for place in covered}
    stretches = pieces(text, written, lambda token: token.start not in outside and _tells(token))
    return Times(text, dict(zip((start for start, _ in written), stretches, strict=True)), covered)


def bearing(name: str, start: int, token: int, case: Case, found: list[Match], times: Times) -> int:
    """Returns how a time bears on an event.

    Args:
        name: The event.
        start: First code point of the time.
        token: The token whose clause tells about it.
        case: The answer and the question.
        found: Where the answer says the event.
        times: All times of the answer.

    Returns:
        2 where its clause says the event, 1 where it says no event at all, 0 where it says another one.
    """
    text = case.answer
    begin, end = _clause(text, token)
    if start in times.stretches and text.tokens[token].start == start and len(times.stretches) > 1:
        low, high = times.stretches[start]
        while begin < token and text.tokens[begin].start < low:
            begin += 1
        while end - 1 > token and text.tokens[end - 1].start >= high:
            end -= 1
    if any(begin <= match.first and match.last < end for match in found):
        return 2
    event = _event(name)
    content = _content(text, begin, end, times.covered)
    if not content:
        return _carried(event, text, begin, end, found, times.covered)
    whole = _weighed(event, text, content)
    if whole:
        return whole
    low, high = _part(text, token, begin, end)
    inner = _content(text, low, high, times.covered)
    if any(text.tokens[place].keys & event.actions for place in inner):
        return _weighed(event, text, inner)
    return 2 if _headed(event, text, begin, content) else 0


def _headed(event: _Event, text: Text, begin: int, content: list[int]) -> bool:
    """Whether a heading of a word or two names the event that the sentence tells: `Dismount! She leaves the beam`."""
    if begin != text.bounds(begin)[0] or not begin or not re.search(r"[!:\n]", text.tokens[begin].glue):
        return False
    low, high = text.bounds(begin - 1)
    heading = [token for token in text.tokens[low:high] if _tells(token)]
    named = any(token.keys & event.actions for token in heading) and all(token.keys & event.known for token in heading)
    told = any(text.tokens[place].keys & thing for place in content for thing in event.things)
    return high - low <= 3 and named and told


@dataclass(frozen=True, slots=True)
class _Event:
    """An event's name: the keys of its verb, of each thing in it, and of all its words; and how many words it has."""

    actions: frozenset[str]
    things: tuple[frozenset[str], ...]
    known: frozenset[str]
    size: int


@lru_cache(maxsize=4096)
def _event(name: str) -> _Event:
    parts = [part for part in tokens_of_name(name).tokens if part.word not in words.FUNCTION]
    verbs = [part for part in parts if part.form.verb and part.word not in words.GENERIC_SUBJECTS]
    inflected = [part for part in verbs if part.word not in part.form.verb]
    actions = inflected[:1] or verbs[:1]
    things = tuple(
        _widened(part.keys)
        for part in parts
        if part not in actions and part.form.noun and not part.keys & words.PERSONS
    )
    acted = _widened(frozenset(key for part in actions for key in part.keys))
    known = acted.union(*things, *(part.keys for part in parts))
    return _Event(acted, things, known, len(parts))


def _widened(keys: frozenset[str]) -> frozenset[str]:
    """Returns base forms with the single words that can stand for them: `entry` for `enter`."""
    return keys | {other[0] for key in keys for other in synonyms(key) if len(other) == 1}


def _content(text: Text, begin: int, end: int, covered: frozenset[int]) -> list[int]:
    """Returns the tokens of a range that say something about an event."""
    found = []
    for place in range(begin, end):
        part = text.tokens[place]
        after = text.tokens[place + 1] if place + 1 < end else None
        took = "take" in part.keys and after is not None and after.word != "place" and place + 1 not in covered
        took = took and not (place and text.tokens[place - 1].word == "or")
        if place not in covered and (_tells(part) or took):
            found.append(place)
    return found


def _weighed(event: _Event, text: Text, content: list[int]) -> int:
    """Returns how the words of a clause bear on an event, as `bearing` does."""
    parts = [text.tokens[place] for place in content]
    strange = [place for place in content if not text.tokens[place].keys & event.known]
    acting = [p for p in strange if text.tokens[p].form.verb and text.tokens[p].word.endswith(("s", "ing", "ed"))]
    if not any(part.keys & event.actions for part in parts):
        return 0 if acting or strange else 1
    pronoun = any(
        text.tokens[at].word in ("it", "them")
        for place in content
        if text.tokens[place].keys & event.actions
        for at in range(max(0, place - 3), min(place + 2, len(text.tokens)))
    )
    missing = [] if pronoun else [thing for thing in event.things if not any(part.keys & thing for part in parts)]
    objects = [p for p in strange if text.tokens[p].form.noun and not placed(text, p)]
    if not (missing and objects) and len(strange) <= 2 and len(content) - len(strange) >= max(1, event.size - 2):
        return 2
    others = [place for place in acting if not placed(text, place)]
    if (missing and (objects or others)) or len(others) > 1:
        return 0
    return 1 if missing else 2


def _carried(event: _Event, text: Text, begin: int, end: int, found: list[Match], covered: frozenset[int]) -> int:
    """Returns how a clause that only says `it` or `this` bears on an event: as the sentence before it does."""
    first = next((text.tokens[place].word for place in range(begin, end) if place not in covered), "")
    start = text.bounds(begin)[0]
    if first not in ("it", "this", "that", "which") or begin != start or not begin:
        return 1
    low, high = text.bounds(begin - 1)
    if any(low <= match.first and match.last < high for match in found):
        return 2
    content = _content(text, low, high, covered)
    if any(place in covered for place in range(low, high)) or not content:
        return 1
    said = any(text.tokens[place].keys & event.known for place in content)
    return 1 if said and _weighed(event, text, content) else 0 if said else 1


def _part(text: Text, token: int, begin: int, end: int) -> tuple[int, int]:
    """Returns the part of a clause between two commas or dashes that a token stands in."""
    first, last = token, token
    while first > begin and not _COMMA.search(text.tokens[first].glue):
        first -= 1
    while last + 1 < end and not _COMMA.search(text.tokens[last + 1].glue):
        last += 1
    return first, last + 1


def _tells(token: Token) -> bool:
    """Whether a token says something about an event, rather than about times or the answer itself."""
    if token.value is not None or token.word in words.FUNCTION or token.keys & _TALK or len(token.word) == 1:
        return False
    return not (token.keys & words.PERSONS or (token.form.adverb and not token.form.noun))


def _clause(text: Text, token: int) -> tuple[int, int]:
    """Returns the token range around a time up to the next full stop, semicolon, or `and then`."""
    begin, end = text.bounds(token)
    first, last = token, token
    while first > begin and not _breaks(text, first):
        first -= 1
    while last + 1 < end and not _breaks(text, last + 1):
        last += 1
    return first, last + 1


def _breaks(text: Text, place: int) -> bool:
    token = text.tokens[place]
    if ";" in token.glue:
        return True
    if token.word in ("while", "but", "before", "after", "whereas"):
        return True
    following = text.tokens[place + 1].word if place + 1 < len(text.tokens) else ""
    if token.word == "and" and (following == "then" or following in words.SUBJECT_PRONOUNS):
        return True
    starts = place + 1 < len(text.tokens) and text.tokens[place + 1].form.verb and following not in words.FUNCTION
    if token.word == "and" and (following in words.DETERMINERS or starts) and _timed_on_both_sides(text, place):
        return True
    return token.word == "then" and "," in token.glue


def _timed_on_both_sides(text: Text, place: int) -> bool:
    begin, end = text.bounds(place)
    left = any(token.value is not None for token in text.tokens[begin:place])
    return left and any(token.value is not None for token in text.tokens[place + 1 : end])
