"""The order in which an answer tells its steps to happen, whatever the order of its words.

`Before X, Y` puts Y first, and so do `X once Y` and `X; before that, Y`; ordinals that stand at every step decide
alone; what a correction takes back does not count.
"""

from __future__ import annotations

import re
from enum import Enum

from vstar_data.verification.kinds.ordinals import FIRST, LAST, closing, ordinal, pinned
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text


class Where(Enum):
    """Where a step belongs: after all that was told, before the last one told, after the next ones.

    `SINCE` leads on from a step, which may have been told before: `after peeling it, she cuts it`.
    """

    NEXT = "next"
    EARLIER = "earlier"
    LATER = "later"
    SINCE = "since"


Told = tuple[str, Match]
"""A step as told: its name, and where it is said."""

_EARLIER = re.compile(
    r"\b(?:before|prior to) (?:even )?(?:all (?:of )?)?(?:(?:that|this|these|which|then|doing (?:so|that|this))\b|it,)"
    r"|\bbeforehand\b|\bpreceded by\b"
    r"|\bhad (?:already|previously|first)\b|\bpreviously\b"
)
_BEFORE = re.compile(r"\b(?:before|prior to)\b")
_AFTER = re.compile(
    r"\b(?:after|once|as soon as|having)\b(?! (?:that|this|which|a (?:while|moment|bit)|some|again|more)\b)"
)
_FRONT = re.compile(r"(?:[;:.\n]|\b(?:and|but|then|so|first|next|finally),?)\W*\Z")
_BACKWARDS = re.compile(
    r"\b(?:(?:told|telling it|going|working|listed|read) backwards?"
    r"|in (?:the )?(?:exact )?(?:reverse|opposite)(?: order)?|the other way a?round"
    r"|from (?:the )?last to (?:the )?first)\b|\u2190|<-{1,2}(?!>)"
)
_WITHDRAWN = re.compile(
    r"\b(?:no,? wait|wait,|scratch that|correction\b|i (?:was|am) (?:wrong|mistaken)|i mixed (?:that|it|them) up"
    r"|that(?:'s| is| was) (?:wrong|not right|the wrong order)|on second thoughts?"
    r"|let me (?:correct|start over|try again)"
    r"|i made a mistake|my mistake|or rather,?|(?:no,? )?sorry[,:.]|no,? sorry\b|i meant\b|actually,? no\b)"
)
_TAKING_BACK = r"(?:no|sorry|wait|oops|i mean|i meant|or rather|make that|correction|scratch that)"
_REPLACED = re.compile(
    rf"[\s,.:;(\-\u2013\u2014\u2026]*\b{_TAKING_BACK}\b"
    rf"(?:\W+(?:{_TAKING_BACK}|rather|(?:it|that)(?:'s| is| was)))*\W+(?:an? |the )?\Z"
)
_DROPPED = re.compile(
    r"[\s,;:(.\-\u2013\u2014\u2026]+"
    r"(?:wait\b|scratch that\b|correction\b|oops\b|sorry,|no,? (?:wait|sorry)\b|no, (?:that|it|not)\b)"
)
_SAID_BEFORE = re.compile(
    r"(?: \w+){0,2} (?:earlier|beforehand|previously|(?:before|prior to) (?:that|this|it|then))(?=[,;.:!)]|\s+and\b|\Z)"
)
_BEFORE_ALL = re.compile(r"\b(?:before|prior to) all (?:of )?(?:that|this|these|those|it)\b")
_FOLLOWS = re.compile(r"\bfollow(?:s|ed|ing)? (?:up )?(?:on )?(?:an? |the |his |her |their )?\Z")
_AFRESH = re.compile(r"\W*(?:\w+ )?(?:again|once more|anew|another time|a (?:second|third) time)\b")
_RESUMED = re.compile(r"\bfrom (?:the )?\Z")
_BETWEEN = re.compile(r"\bbetween (?:an? |the |its |his |her |their )?\Z")


def in_order(text: Text, told: list[Told]) -> list[Told]:
    """Returns steps in the order in which they happen.

    Args:
        text: The answer.
        told: The steps, in the order of the text.

    Returns:
        The steps; one that is only named again to place another (`before boiling it`) is there once.
    """
    told = _parted(text, told)
    numbers = [ordinal(*_beside(text, told, place)) for place in range(len(told))]
    given = [number for number in numbers if number is not None]
    for place in range(1, len(told)):
        if numbers[place] is None and _joined(text, told, place, then=True):
            numbers[place] = numbers[place - 1]
    if len(told) > 1 and None not in numbers and 1 < len(given) == len(set(given)):
        return [item for _, item in sorted(zip(numbers, told, strict=True), key=lambda pair: pair[0] or 0)]
    places = [_where(text, told, place) for place in range(len(told))]
    told, places = _without_anchors(text, told, places)
    main = {name for (name, _), where in zip(told, places, strict=True) if where is Where.NEXT}
    line, anchors = _Line(), set[str]()
    fronted: Match | None = None
    for place, (item, where) in enumerate(zip(told, places, strict=True)):
        held = line.holds(item[0]) and not _AFRESH.match(_beside(text, told, place)[1])
        if held and (where is Where.LATER or (where is Where.EARLIER and item[0] in main)):
            line.point_at(item[0], before=where is Where.LATER)
            fronted = item[1] if where is Where.LATER else None
            continue
        if held and (where is Where.SINCE or _RESUMED.search(_beside(text, told, place)[0])):
            continue
        if held and item[0] in anchors and places[place + 1 : place + 2] == [Where.EARLIER]:
            line.return_to(item[0])
            continue
        anchors |= {item[0]} if where in (Where.EARLIER, Where.LATER) else set()
        if fronted is not None and text.tokens[fronted.first].sentence != text.tokens[item[1].first].sentence:
            fronted = None
        line.take(item, where, joined=_joined(text, told, place, then=fronted is not None))
    ordered = line.steps()
    if _BACKWARDS.search(text.raw.lower()) and Where.EARLIER not in places:
        return ordered[::-1]
    pins = [pinned(*_beside(text, told, n)) for n in range(len(told))]
    start = max((n for n, pin in enumerate(pins) if pin == FIRST), default=0)
    for n in range(start):
        if pins[n] is None and closing(_beside(text, told, n)[0]):
            pins[n] = LAST
    return _turned(ordered, {item[1].filled: pin for item, pin in zip(told, pins, strict=True)})


def _without_anchors(text: Text, told: list[Told], places: list[Where]) -> tuple[list[Told], list[Where]]:
    """Drops a step that is only named to place others before it, and told afterwards: `before boiling it, ...`."""
    kept = []
    for place, ((name, _), where) in enumerate(zip(told, places, strict=True)):
        if where is Where.LATER:
            later = next((n for n in range(place + 2, len(told)) if told[n][0] == name), None)
            if later is not None and not _AFRESH.match(_beside(text, told, later)[1]):
                continue
        kept.append(place)
    return [told[n] for n in kept], [places[n] for n in kept]


def _turned(ordered: list[Told], pins: dict[tuple[int, ...], int | None]) -> list[Told]:
    """Puts what is said to be the first step first, with all that was told from there on, and the last one last."""
    first, last = ([item for item in ordered if pins[item[1].filled] == rank] for rank in (FIRST, LAST))
    if len(first) == 1:
        at = ordered.index(first[0])
        ordered = [*ordered[at:], *ordered[:at]]
    if len(last) == 1:
        ordered = [*(item for item in ordered if item != last[0]), last[0]]
    return ordered


def _parted(text: Text, told: list[Told]) -> list[Told]:
    """Puts a step that `comes between` two others, named after it, between them."""
    for place in range(len(told) - 2):
        before, after = (_beside(text, told, place + n)[0] for n in (1, 2))
        joined = after.strip() in ("and", "and a", "and an", "and the", "and then")
        if joined and _BETWEEN.search(before) and len(before) < 60:
            return [*told[:place], told[place + 1], told[place], *told[place + 2 :]]
    return told


def _beside(text: Text, told: list[Told], place: int) -> tuple[str, str]:
    """Returns what stands before a step, from the end of the step before on, and after it up to the next step.

    A `>` stands at the end where another step follows.
    """
    match = told[place][1]
    start = text.tokens[told[place - 1][1].last].end if place else 0
    stop = text.tokens[told[place + 1][1].first].start if place + 1 < len(told) else len(text.raw)
    before = text.raw[start : text.tokens[match.first].start].lower()
    after = text.raw[text.tokens[match.last].end : stop].lower()
    return before, after + ">" if place + 1 < len(told) else after


class _Line:
    """Steps as they are put in order, one after the other."""

    def __init__(self) -> None:
        self._order: list[Told] = []
        self._waiting: list[Told] = []
        self._since = 0
        self._last: int | None = None
        self._at: int | None = None

    def holds(self, name: str) -> bool:
        return any(name == other for other, _ in self._order)

    def point_at(self, name: str, *, before: bool) -> None:
        """Lets the next step follow, or precede, one that is there."""
        found = max(place for place, (other, _) in enumerate(self._order) if other == name)
        self._at = found if before else found + 1

    def return_to(self, name: str) -> None:
        """Speaks on of a step that is there: what comes earlier now is earlier than that."""
        self._last = max(place for place, (other, _) in enumerate(self._order) if other == name)

    def take(self, item: Told, where: Where, *, joined: bool) -> None:
        """Puts a step in.

        Args:
            item: The step.
            where: Where it belongs.
            joined: Whether it is a second verb beside the step before it.
        """
        if where is Where.LATER:
            self._waiting.append(item)
            self._since = 0
            return
        if self._since and not joined:
            self._order += self._waiting
            self._waiting, self._since = [], 0
        at = len(self._order)
        if self._at is not None:
            at = self._at
        elif where is Where.EARLIER and self._last is not None:
            at = self._last
        elif joined and self._last is not None:
            at = self._last + 1
        self._order[at:at] = [item]
        self._last, self._at = at, None
        self._since += bool(self._waiting)

    def steps(self) -> list[Told]:
        return [*self._order, *self._waiting]


def corrects(text: Text) -> bool:
    """Whether an answer takes something back."""
    return _WITHDRAWN.search(text.raw.lower()) is not None


def corrected(text: Text, told: list[Told]) -> list[Told]:
    """Drops the steps that a correction takes back, where it tells the steps anew."""
    found = list(_WITHDRAWN.finditer(text.raw.lower()))
    if not found:
        return told
    later = [item for item in told if text.tokens[item[1].first].start >= found[-1].end()]
    earlier = [item for item in told if item not in later]
    again = {name for name, _ in later} & {name for name, _ in earlier}
    if len(later) < 2 or not again:
        return told
    kept = next(place for place, (name, _) in enumerate(earlier) if name in again)
    return [*earlier[:kept], *later]


def dropped(text: Text, match: Match) -> bool:
    """Whether a passage is taken back right after it, whatever is said instead: `paints the wall - wait, no, ...`."""
    end = text.tokens[match.last].end
    return bool(_DROPPED.match(text.raw[end : end + 40].lower()))


def replaced(text: Text, match: Match, following: Match) -> bool:
    """Whether a passage is taken back for the one after it: `a tuck - sorry, I mean a roll`."""
    if following.first <= match.last or following.first > match.last + 9:
        return False
    between = text.raw[text.tokens[match.last].end : text.tokens[following.first].start].lower()
    return bool(_REPLACED.match(between))


def _joined(text: Text, told: list[Told], place: int, *, then: bool) -> bool:
    """Whether a step is a second verb of the same form beside the one before it: `peeling and cutting it`.

    Args:
        text: The answer.
        told: The steps.
        place: Which one.
        then: Whether a `then` may stand between the two.
    """
    if not place:
        return False
    before, match = told[place - 1][1], told[place][1]
    between = text.raw[text.tokens[before.last].end : text.tokens[match.first].start]
    verbs = [text.tokens[m.first if m.verb is None else m.verb] for m in (before, match)]
    alike = verbs[0].word[-1:] == verbs[1].word[-1:]
    return alike and bool(re.fullmatch(r"[\s,]*(?:and|and then|then)\s*" if then else r"[\s,]*and\s*", between))


def _where(text: Text, told: list[Told], place: int) -> Where:
    """Returns where a step belongs, by the words between it and the step before it, or its sentence's beginning."""
    match = told[place][1]
    sentence = text.tokens[match.first].sentence
    earlier = place > 0 and text.tokens[told[place - 1][1].last].sentence == sentence
    start = text.tokens[told[place - 1][1].last].end if earlier else text.tokens[text.sentences[sentence][0]].start
    between = text.raw[start : text.tokens[match.first].start].lower()
    if earlier:
        between = _SAID_BEFORE.sub("", between, count=1) if _SAID_BEFORE.match(between) else between
    if place and _SAID_BEFORE.match(_beside(text, told, place)[1]):
        return Where.EARLIER
    if _BEFORE_ALL.search(between):
        return Where.NEXT
    if earlier and _FOLLOWS.search(between):
        return Where.EARLIER
    if _EARLIER.search(between):
        return Where.EARLIER if place else Where.NEXT
    later = place + 1 < len(told) and text.tokens[told[place + 1][1].first].sentence == sentence
    if (cue := _last(_BEFORE, between)) and "," in between[cue.end() :]:
        return Where.NEXT  # `before drying, the cup was washed`: the step is not what comes later
    if cue:
        fronted = not earlier or _FRONT.search(between[: cue.start()])
        return Where.LATER if fronted and later else Where.NEXT
    cue = _last(_AFTER, between)
    if cue is None:
        return Where.NEXT
    return Where.SINCE if not earlier or _FRONT.search(between[: cue.start()]) else Where.EARLIER


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007
        pass
    return found
