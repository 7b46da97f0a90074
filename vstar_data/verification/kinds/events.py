"""Which event a time in an answer belongs to: the words of its clause against the event's name."""

from __future__ import annotations

from vstar_data.records import RejectReason, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.words import word_set

_TALK = word_set(
    "event action activity happen take place start begin end finish stop last occur run go continue video "
    "clip scene second minute time answer start_time end_time interval span segment window be do can see "
    "visible show about approximately roughly around exactly frame mark moment point duration s sec secs "
    "seconds approx part whole range period finally conclude complete open_at during until first last step "
    "next then also estimate think believe would say final good well correct timestamp give from to note "
    "follow all over seem appear likely probably look find observe observed seen long wait no not correction "
    "actually sorry mean mistake think thought rather either maybe approximately early late later earlier "
    "shortly just right after before half"
)


def judge_event(name: str, case: Case) -> TargetVerdict:
    """Returns the verdict on an event that must be asserted, without its times."""
    found = said(case.answer, (name,))
    hows = [(match, stance(case.answer, match.first, match.last)) for match in found]
    for match, how in reversed(hows):
        span = case.answer.span(match.first, match.last)
        if how in (Stance.ASSERTED, Stance.MILD):
            return accepted(span, case.answer.raw[span[0] : span[1]])
        if how is Stance.NEGATED:
            return rejected(RejectReason.NEGATED, span)
    return rejected(RejectReason.HEDGED if hows else RejectReason.ABSENT)


def bearing(name: str, token: int, case: Case, found: list[Match]) -> int:
    """Returns how a time bears on an event.

    Args:
        name: The event.
        token: The first token of the time.
        case: The answer and the question.
        found: Where the answer says the event.

    Returns:
        2 where its clause says the event, 1 where it says no event at all, 0 where it says another one.
    """
    text = case.answer
    begin, end = _clause(text, token)
    event = [part for part in tokens_of_name(name).tokens if part.word not in words.FUNCTION]
    inside = [match for match in found if begin <= match.first and match.last < end]
    if inside:
        return 2
    following = [*text.tokens[begin + 1 : end], None]
    content = [
        part
        for part, after in zip(text.tokens[begin:end], following, strict=False)
        if _tells(part) or ("take" in part.keys and after is not None and after.word != "place")
    ]
    strange = [part for part in content if not any(part.keys & other.keys for other in event)]
    if not content:
        return 1
    actions = [part for part in event if part.form.verb and part.word not in words.GENERIC_SUBJECTS]
    inflected = [part for part in actions if part.word.endswith(("s", "ing", "ed"))]
    actions = inflected[:1] or actions[:1]
    known = {key for part in event for key in part.keys}
    acting = [part for part in strange if part.form.verb and part.word.endswith(("s", "ing", "ed"))]
    said_action = any(part.keys & other.keys for part in content for other in actions)
    if said_action and len(strange) <= 2 and len(content) - len(strange) >= max(1, len(event) - 2):
        return 2
    others = [part for part in strange if not part.keys & known]
    if acting or len(others) > 1 or (others and said_action is False and content != strange):
        return 0
    return 1 if not others else 0


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
