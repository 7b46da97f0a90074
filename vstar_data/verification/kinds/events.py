"""Which event a time in an answer belongs to: the words of its clause against the event's name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from vstar_data.records import RejectReason, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.cues import STOPPING
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.kinds.event_doers import by_its_person, of_another
from vstar_data.verification.kinds.event_names import Event, acts, event_of, phrase_words
from vstar_data.verification.kinds.event_phases import elsewhere, moves, other_phase, other_way, stopped
from vstar_data.verification.matching import Match
from vstar_data.verification.paraphrases import paraphrased
from vstar_data.verification.pieces import pieces, within
from vstar_data.verification.reference import placed
from vstar_data.verification.text import Text, Token
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
    "fill cover occupy length later onward onwards mid total clock timeline time_s oops scratch apology "
    "hear audible everything"
)
_BESIDE = word_set("with as when because since apart except aside besides")
"""After a comma, what goes along with an event and is not told of the time itself."""
_THEN = word_set("then at after when whereupon thereafter afterwards only")
"""With what a clause begins that tells what happens at a time before it: `red until 0:30, when it turns green`."""
_STRETCHES = word_set("stretch portion section slot label caption description category name")
_EMPTY_VERBS = word_set("make come do get perform execute")
_ASKING = word_set(
    "locate localize find identify determine specify provide name tell state report mark describe read use"
)
_WHOSE = word_set("mine yours his hers ours theirs")
_FROM_THE_START = re.compile(
    r"after (?:the )?(?:(?:very )?(?:start|beginning|opening)\b|(?:clip|video|footage|recording) (?:start|begin))", re.I
)


def judge_event(name: str, case: Case) -> TargetVerdict:
    """Returns the verdict on an event that must be asserted, without its times."""
    found = said(case.answer, (name,)) or by_its_person(name, case)
    found = found or paraphrased(case.answer, (name,), case.vocabulary.names)[0]
    hows = [(match, _held(case.answer, match)) for match in found]
    for match, how in reversed(hows):
        span = case.answer.span(match.first, match.last)
        if how in (Stance.ASSERTED, Stance.MILD):
            return accepted(span, case.answer.raw[span[0] : span[1]])
        if how is Stance.NEGATED:
            return rejected(RejectReason.NEGATED, span)
    return rejected(RejectReason.HEDGED if hows else RejectReason.ABSENT)


def _held(text: Text, match: Match) -> Stance:
    """Returns how an answer stands to an event: to the whole, and to its verb: `she is about to dive` tells no dive."""
    how = stance(text, match.first, match.last)
    if how is not Stance.ASSERTED or match.verb is None or match.verb == match.first or match.passive:
        return how
    return stance(text, match.verb, match.last)


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


def bearing(name: str, asked: str, start: int, token: int, case: Case, found: list[Match], times: Times) -> int:
    """Returns how a time bears on an event.

    Args:
        name: The event.
        asked: Another verb that the question has for it, or an empty string.
        start: First code point of the time.
        token: The token whose clause tells about it.
        case: The answer and the question.
        found: Where the answer says the event.
        times: All times of the answer.

    Returns:
        2 where its clause says the event, 1 where it says no event at all, 0 where it says another one.
    """
    text, event = case.answer, event_of(name, asked)
    begin, end = _stretch(text, start, token, times)
    if len(times.stretches) < 2:
        end = next((at for at in range(token + 1, end) if _aside(text, at, times)), end)
    if of_another(text, begin, end, event.known, event.persons) or other_phase(event, text, begin, end):
        return 0
    if stopped(event, text, begin, token, end) or other_way(event, text, begin, end):
        return 0
    if any(begin <= match.first and match.last < end for match in found):
        return 2
    content = _content(text, begin, end, times.covered, event)
    if not content:
        return _carried(event, text, begin, end, found, times.covered)
    whole = _weighed(event, text, content)
    if whole:
        return whole
    low, high = _part(text, token, begin, end)
    inner = _content(text, low, high, times.covered, event)
    if any(acts(event, text, place) for place in inner):
        return _weighed(event, text, inner)
    return 2 if _headed(event, text, begin, content) else 0


def _aside(text: Text, place: int, times: Times) -> bool:
    """Whether a `when` only says what else is seen at a time: `at 1:05, when the rain starts`."""
    return text.tokens[place].word == "when" and place - 1 in times.covered and "," in text.tokens[place].glue


def denied(name: str, asked: str, start: int, token: int, last: int, case: Case, times: Times) -> bool:
    """Whether an answer denies the event of a time after the time: `from 10 s to 20 s nobody sings`.

    Args:
        name: The event.
        asked: Another verb that the question has for it, or an empty string.
        start: First code point of the time.
        token: The token whose clause tells about it.
        last: The time's last token.
        case: The answer and the question.
        times: All times of the answer.
    """
    text, event = case.answer, event_of(name, asked)
    begin, end = _stretch(text, start, token, times)
    told = next((p for p in range(begin, end) if acts(event, text, p) and p not in times.covered), None)
    if told is None or told <= last:
        return False
    return bool(text.tokens[told - 1].keys & STOPPING) or stance(text, told, told) is Stance.NEGATED


def other_said(start: int, token: int, case: Case, found: list[Match], others: list[Match], times: Times) -> bool:
    """Whether what is told about a time is another class by name, and not the event.

    Args:
        start: First code point of the time.
        token: The token whose clause tells about it.
        case: The answer and the question.
        found: Where the answer says the event.
        others: Where it says other classes.
        times: All times of the answer.
    """
    if not others:
        return False
    begin, end = _stretch(case.answer, start, token, times)
    own = [match for match in found if begin <= match.first and match.last < end]
    return not own and any(begin <= match.first and match.last < end for match in others)


def asked_verb(name: str, question: Text) -> str:
    """Returns the verb that a question has for an event where it has another one than its name; else an empty string.

    Args:
        name: The event: `the diver enters the water`.
        question: The question: `When does the diver hit the water?`
    """
    known = event_of(name, "").known
    if not question.sentences:
        return ""
    begin, end = question.sentences[0]
    strange = [token for token in question.tokens[begin:end] if _tells(token) and not token.keys & known]
    found = [token.word for token in strange if token.form.verb and not token.keys & _ASKING]
    return found[0] if len(found) == 1 else ""


def _stretch(text: Text, start: int, token: int, times: Times) -> tuple[int, int]:
    """Returns the half-open range of tokens that tell about a time."""
    begin, end = _clause(text, token)
    if text.tokens[token].start == start and text.tokens[token].word in _THEN:
        return token, end
    if start in times.stretches and text.tokens[token].start == start and len(times.stretches) > 1:
        low, high = times.stretches[start]
        while begin < token and text.tokens[begin].start < low:
            begin += 1
        while end - 1 > token and text.tokens[end - 1].start >= high:
            end -= 1
    return begin, end


def _headed(event: Event, text: Text, begin: int, content: list[int]) -> bool:
    """Whether a heading of a word or two names the event that the sentence tells: `Dismount! She leaves the beam`."""
    if begin != text.bounds(begin)[0] or not begin or not re.search(r"[!:\n]", text.tokens[begin].glue):
        return False
    low, high = text.bounds(begin - 1)
    heading = [token for token in text.tokens[low:high] if _tells(token)]
    named = any(token.keys & event.actions for token in heading) and all(token.keys & event.known for token in heading)
    told = any(text.tokens[place].keys & thing for place in content for thing in event.things)
    timed = any(token.value is not None for token in text.tokens[low:high])
    return high - low <= 3 and named and told and not timed


def _content(text: Text, begin: int, end: int, covered: frozenset[int], event: Event) -> list[int]:
    """Returns the tokens of a range that say something about an event."""
    found = []
    for place in range(begin, end):
        part = text.tokens[place]
        after = text.tokens[place + 1] if place + 1 < end else None
        took = "take" in part.keys and after is not None and after.word != "place" and place + 1 not in covered
        took = took and not (place and text.tokens[place - 1].word == "or")
        if place in covered or _key(text, place):
            continue
        if (
            took
            or (not part.keys & _STRETCHES and _tells(part))
            or _subject(event, text, place)
            or moves(text, place)
            or part.keys & event.known & _STRETCHES
            or acts(event, text, place)
        ):
            found.append(place)
    return found


def _key(text: Text, place: int) -> bool:
    """Whether a word is the key of a written value: `"label": "kneading"`."""
    following = text.tokens[place + 1].glue if place + 1 < len(text.tokens) else ""
    return re.search(r"[\"']\s*:\s*[\"']", following) is not None


def _subject(event: Event, text: Text, place: int) -> bool:
    """Whether a word that mostly is talk about time is what the event happens to: `the window breaks`."""
    before = text.tokens[place - 1].word if place else ""
    after = text.tokens[place + 1].keys if place + 1 < len(text.tokens) else frozenset()
    return text.tokens[place].form.noun and before in words.DETERMINERS and bool(after & event.actions)


def _weighed(event: Event, text: Text, content: list[int]) -> int:
    """Returns how the words of a clause bear on an event, as `bearing` does."""
    parts = [text.tokens[place] for place in content]
    known = event.known | _EMPTY_VERBS | phrase_words(event, text, content)
    strange = [p for p in content if not text.tokens[p].keys & known or (moves(text, p) and not acts(event, text, p))]
    acting = [p for p in strange if text.tokens[p].form.verb and text.tokens[p].word.endswith(("s", "ing", "ed"))]
    if not any(acts(event, text, place) for place in content):
        return 0 if acting or strange or elsewhere(event, text, content[0], content[-1] + 1) else 1
    pronoun = any(
        text.tokens[at].word in ("it", "them")
        for place in content
        if acts(event, text, place)
        for at in range(max(0, place - 3), min(place + 2, len(text.tokens)))
    )
    missing = [thing for thing in event.things if not any(part.keys & thing for part in parts)]
    missing = missing[1:] if pronoun else missing
    objects = [p for p in strange if _acted_on(event, text, p)]
    if not (missing and objects) and len(strange) <= 2 and len(content) - len(strange) >= max(1, event.size - 2):
        return 2
    others = [place for place in acting if not placed(text, place)]
    if (missing and (objects or others)) or len(others) > 1:
        return 0
    return 1 if missing else 2


def _acted_on(event: Event, text: Text, place: int) -> bool:
    """Whether a word is what the event's verb acts on, or what something becomes: `picks up the cup`, `turns red`."""
    form = text.tokens[place].form
    if form.adjective and place and acts(event, text, place - 1):
        return True
    return form.noun and (not placed(text, place) or _of_verb(event, text, place))


def _of_verb(event: Event, text: Text, place: int) -> bool:
    """Whether a noun after the event's verb and its particle is what is acted on: `picks up the cup`."""
    at = next((n for n in range(place - 1, max(0, place - 4), -1) if text.tokens[n].word == event.particle), None)
    return at is not None and acts(event, text, at - 1)


def _carried(event: Event, text: Text, begin: int, end: int, found: list[Match], covered: frozenset[int]) -> int:
    """Returns how a clause that only says `it` or `this` bears on an event: as the sentence before it does."""
    first = next((text.tokens[place].word for place in range(begin, end) if place not in covered), "")
    start = text.bounds(begin)[0]
    if first not in ("it", "this", "that", "which") or begin != start or not begin:
        return 1
    low, high = text.bounds(begin - 1)
    if any(low <= match.first and match.last < high for match in found):
        return 2
    content = _content(text, low, high, covered, event)
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
    if token.value is not None or token.word in words.FUNCTION | _WHOSE or token.keys & _TALK or len(token.word) == 1:
        return False
    return not (token.keys & words.PERSONS or (token.form.adverb and not token.form.noun))


def _clause(text: Text, token: int) -> tuple[int, int]:
    """Returns the token range around a time up to the next full stop, semicolon, or `and then`."""
    begin, end = text.bounds(token)
    first, last = token, token
    while first > begin and not _breaks(text, first):
        first -= 1
    while last + 1 < end and not (_breaks(text, last + 1) or _goes_along(text, last + 1)):
        last += 1
    return first, last + 1


def _goes_along(text: Text, place: int) -> bool:
    """Whether after a time something begins that goes along with the event: `..., just as the banner comes up`."""
    token = text.tokens[place]
    following = text.tokens[place + 1].word if place + 1 < len(text.tokens) else ""
    return "," in token.glue and (token.word in _BESIDE or (token.word == "just" and following == "as"))


def _breaks(text: Text, place: int) -> bool:
    token = text.tokens[place]
    if ";" in token.glue:
        return True
    if token.word in ("while", "but", "before", "after", "whereas"):
        return not _FROM_THE_START.match(text.raw, token.start)
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
