"""What an answer finally commits to, given all the places where it speaks of its label and of rivals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vstar_data.records import RejectReason
from vstar_data.verification.assertion import Stance
from vstar_data.verification.hints import Hinted
from vstar_data.verification.subjects import Subject
from vstar_data.verification.text import Text

_STRONG_RETRACTION = Hinted(
    r"\b(?:no,? wait|wait,|on second thoughts?|scratch that|i take (?:that|it) back|"
    r"correction\b|i was wrong|i (?:was|am) "
    r"mistaken|that (?:is|was)(?:n['\u2019]t| not)? (?:wrong|right|correct|a mistake|"
    r"incorrect)|i made a mistake|my mistake"
    r"|strike that|scrap that|forget (?:that|it|what i)|never mind|i stand corrected"
    r"|i(?: have|'ve)? mixed (?:it |that |them )?up|nothing of the (?:kind|sort)"
    r"|sorry,? (?:that|it|this|he|she|they|i mean\w*|no|not|the|a|an|wrong|actually)\b"
    r"|i misspoke|i withdraw|disregard|ignore (?:that|what i)|"
    r"let me correct|(?:and|but) that is (?:wrong|"
    r"not true|false)|that is not true|on reflection|on closer (?:inspection|look)|"
    r"looking (?:closer|again|more closely))"
)
_WEAK_RETRACTION = Hinted(r"\b(?:actually|in fact|in reality|however|instead|no,|in truth)\b")
_CONCLUSION = Hinted(
    r"\b(?:final |my |the |best |correct )*(?:answer|label|action|activity|category|class|conclusion|choice)\b"
    r"(?:\*\*|__|`|\")?\s*(?::|\bis\b|=|\bwould be\b|\bmust be\b|\bwas\b)|\bin conclusion\b|\bi conclude\b"
    r"|\bfinal answer\b|\bi am confident\b|\btherefore\b|\bto sum up\b|\boverall\b"
)
_POINTER = Hinted(
    r"\bthe (?P<pair>former|latter)\b|\bthe (?P<place>first|second|third|last) (?:one|option|hypothesis|possibility"
    r"|guess|candidate|alternative|idea|reading|interpretation|choice|of (?:the two|these|them|those))\b"
    r"|\b(?:choose|pick|take|go with|opt for) the (?P<bare>first|second|third|last)(?=\s*(?:[.,;!)]|\Z))",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"\b(?:not|n['\u2019]t|never|than|instead of|exclude|excludes|rules? out|against|drop|discard)\s*\Z", re.I
)
_ORDER = (
    (
        "start",
        Hinted(r"\b(?:at first|first(?:ly)?|initially|in the beginning|at the (?:start|beginning)|to begin with)\b"),
    ),
    (
        "end",
        Hinted(r"\b(?:at the (?:very )?end|finally|in the end|lastly|at last|eventually|ends up|by the end)\b"),
    ),
    (
        "middle",
        Hinted(r"\b(?:then|next|after(?:wards?| that| this)?|later|before(?: that)?|subsequently|meanwhile)\b"),
    ),
)


@dataclass(frozen=True)
class Mention:
    """A place where an answer speaks of a class.

    Attributes:
        name: The class.
        first: First token.
        last: Last token.
        stance: How the answer stands to it.
        subject: Who does it.
        other: Whether that is someone other than the person asked about.
    """

    name: str
    first: int
    last: int
    stance: Stance
    subject: Subject
    other: bool = False


def conclusion(text: Text) -> int | None:
    """Returns the first token of the last sentence that announces a conclusion (`the answer is`), or None."""
    if not _CONCLUSION.possible(text.raw.lower()):
        return None
    for number in range(len(text.sentences) - 1, -1, -1):
        begin, end = text.sentences[number]
        sentence = text.raw[text.tokens[begin].start : text.tokens[end - 1].end + 1].lower()
        if _CONCLUSION.search(sentence) and not text.asked[number]:
            return begin
    return None


def moment(text: Text, mention: Mention) -> str | None:
    """Returns when within the clip a mention is said to happen: `start`, `middle`, `end`, or None."""
    begin = text.bounds(mention.first)[0]
    before = text.raw[text.tokens[begin].start : text.tokens[mention.first].start].lower()
    best: tuple[int, str] | None = None
    for name, pattern in _ORDER:
        for found in pattern.finditer(before):
            if best is None or found.start() >= best[0]:
                best = (found.start(), name)
    if best is None:
        end = text.bounds(mention.first)[1]
        after = text.raw[text.tokens[mention.last].end : text.tokens[end - 1].end].lower()[:40]
        for name, pattern in _ORDER[:2]:
            found_after = pattern.search(after)
            if found_after and not re.search(r"[,;]|\band\b", after[: found_after.start()]):
                return name
        return None
    return best[1]


def moment_asked(question: Text) -> str | None:
    """Returns which part of the clip a question asks about: `start`, `end`, or None."""
    asked = question.raw.lower()
    for name, pattern in _ORDER[:2]:
        if pattern.search(asked):
            return name
    return None


def retracted(text: Text, last: int, rival_after: bool) -> bool:
    """Whether what was said up to a token is taken back after it.

    Args:
        text: The answer.
        last: The last token of the last assertion.
        rival_after: Whether a rival is asserted after it: then a weaker word (`actually`) withdraws too.
    """
    rest = text.raw[text.tokens[last].end :].lower()
    return bool(_STRONG_RETRACTION.search(rest)) or (rival_after and bool(_WEAK_RETRACTION.search(rest)))


def final(
    text: Text, gold: list[Mention], rivals: list[Mention], asked: str | None
) -> tuple[Mention | None, RejectReason]:
    """Decides whether the label is what the answer finally asserts.

    Args:
        text: The answer.
        gold: The places where it speaks of the label, in order.
        rivals: The places where it speaks of classes that are not true of the clip, in order.
        asked: The part of the clip that the question asks about.

    Returns:
        The mention that asserts the label and a reason of no account, or None and the reason for rejecting.
    """
    firm = [mention for mention in gold if mention.stance is Stance.ASSERTED and not mention.other]
    mild = [mention for mention in gold if mention.stance is Stance.MILD and not mention.other]
    stated = sorted(firm + mild, key=lambda mention: mention.first)
    against = [mention for mention in rivals if mention.stance is Stance.ASSERTED and not mention.other]
    if not stated:
        return None, _why_not(gold, against)
    last = stated[-1]
    later = [mention for mention in against if mention.first > last.last]
    denied = [m for m in gold if m.stance is Stance.NEGATED and m.first > last.last and not m.other]
    hedged = [m for m in gold if m.stance is Stance.HEDGED and m.first > last.last]
    if denied or retracted(text, last.last, bool(later)):
        return None, RejectReason.CONTRADICTED
    if hedged:
        return None, RejectReason.HEDGED
    end = conclusion(text)
    if end is not None and last.last < end and any(mention.first >= end for mention in later):
        return None, RejectReason.RIVAL
    if not firm:
        maybe = [m for m in rivals if m.stance in (Stance.MILD, Stance.HEDGED) and not m.other]
        if later:
            return None, RejectReason.CONTRADICTED
        if maybe:
            return None, RejectReason.HEDGED
    if asked is not None:
        here = [mention for mention in stated if moment(text, mention) in (asked, None)]
        there = [mention for mention in against if moment(text, mention) == asked]
        if there and not here:
            return None, RejectReason.RIVAL
    if _stuffed(text, last, against, end):
        return None, RejectReason.HEDGED
    return last, RejectReason.ABSENT


def pointed_at(text: Text, mentions: list[Mention]) -> Mention | None:
    """Returns the one of several weighed classes that an answer picks by its place: `so the latter`, or None.

    Args:
        text: The answer.
        mentions: All places where it speaks of a class, in order.
    """
    found = [match for match in _POINTER.finditer(text.raw) if not _DROPPED.search(text.raw[: match.start()][-24:])]
    if not found:
        return None
    pointer = found[-1]
    before: dict[str, Mention] = {}
    for mention in mentions:
        if text.tokens[mention.last].end <= pointer.start():
            before.setdefault(mention.name, mention)
    weighed = list(before.values())
    if len(weighed) < 2 or any(text.tokens[m.first].start > pointer.end() for m in mentions):
        return None
    which = (pointer["pair"] or pointer["place"] or pointer["bare"]).lower()
    if which in ("former", "latter"):
        return weighed[-2] if which == "former" else weighed[-1]
    place = {"first": 0, "second": 1, "third": 2, "last": len(weighed) - 1}[which]
    return weighed[place] if place < len(weighed) else None


def _stuffed(text: Text, last: Mention, against: list[Mention], end: int | None) -> bool:
    """Whether three or more other classes are asserted of the same subject at the same time."""
    if end is not None and last.first >= end and text.tokens[last.first].sentence == text.tokens[end].sentence:
        against = [m for m in against if text.tokens[m.first].sentence == text.tokens[last.first].sentence]
    when = moment(text, last)
    together = {
        mention.name
        for mention in against
        if moment(text, mention) == when
        and (not mention.subject.keys or not last.subject.keys or mention.subject.keys & last.subject.keys)
    }
    return len(together) >= 3


def _why_not(gold: list[Mention], against: list[Mention]) -> RejectReason:
    """Returns the reason for rejecting an answer that nowhere asserts its label."""
    stances = [mention.stance for mention in gold]
    if Stance.HEDGED in stances:
        return RejectReason.HEDGED
    if Stance.NEGATED in stances:
        return RejectReason.NEGATED
    if any(m.other and m.stance in (Stance.ASSERTED, Stance.MILD) for m in gold):
        return RejectReason.OTHER_SUBJECT
    if against:
        return RejectReason.RIVAL
    if Stance.ASKED in stances:
        return RejectReason.RESTATED
    return RejectReason.ABSENT
