"""Judges an open answer, one without choices: is it, or an alias of it, asserted as the answer to the question?"""

from __future__ import annotations

import re

from vstar_data.records import QALabel, RejectReason, TargetVerdict
from vstar_data.verification import cues, words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.commitment import conclusion, retracted
from vstar_data.verification.kinds import sentence_answers
from vstar_data.verification.kinds.picks import denied_after, own_keys
from vstar_data.verification.kinds.spoken import in_other_words, spoken
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text

_SHORT_FORM = re.compile(r"\(([A-Z][A-Z0-9.&-]{1,7})\)\s*\Z")
_MENTIONS = 200
"""How many mentions are looked at, the last ones: no answer needs more."""
_TRAILING = re.compile(r"\s*\([^()]*\)\s*\Z")
_QUOTED = re.compile(r"[\"\u201c]([^\"\u201c\u201d]{3,}?)[\"\u201d]")


def judge(label: QALabel, case: Case) -> TargetVerdict:
    """Returns the verdict on an answer that is neither yes nor no alone.

    Args:
        label: The question, its answer and the aliases.
        case: The answer and what is known about it.
    """
    text = case.answer
    given = (label.answer, *label.aliases)
    head = sentence_answers.headline(label.answer)
    given = (*given, head) if head else given
    bare = [_TRAILING.sub("", name) for name in given]
    short = [found[1] for found in map(_SHORT_FORM.search, given) if found is not None]
    names = tuple(dict.fromkeys(filter(None, (*given, *bare, *short))))
    against = sentence_answers.contradicts(label, case)
    if against is not None:
        return rejected(RejectReason.WRONG_CHOICE, against, text.raw[slice(*against)])
    found = spoken(text, names, case.question) or in_other_words(text, names)
    if not found:
        return sentence_answers.judge(label, case) or rejected(RejectReason.ABSENT)
    own = own_keys(names)
    asked = {key for token in case.question.tokens for key in token.keys}
    last, reason = _last_asserted(found, own, asked, case)
    if last is None:
        return rejected(reason, text.span(found[-1].first, found[-1].last))
    span = text.span(last.first, last.last)
    end = conclusion(text)
    if end is not None and last.last < end and not _agrees(text, end, own, asked):
        return rejected(RejectReason.CONTRADICTED, span)
    if retracted(text, last.last, False):
        return rejected(RejectReason.CONTRADICTED, span)
    return accepted(span, text.raw[span[0] : span[1]])


def _last_asserted(
    found: list[Match], own: frozenset[str], asked: set[str], case: Case
) -> tuple[Match | None, RejectReason]:
    text = case.answer
    last, reason = None, RejectReason.ABSENT
    echoes = _echoes(text, case.question)
    for match in found[-_MENTIONS:]:
        span = text.span(match.first, match.last)
        if _beside(text, match.first, asked, own) or any(a <= span[0] and span[1] <= b for a, b in echoes):
            continue
        how = _stance(text, match, found, own)
        if how is Stance.NEGATED and _asked_denied(text, match, case.question):
            how = Stance.ASSERTED
        if how is Stance.MENTIONED and _asked_belief(text, match, case.question):
            how = Stance.ASSERTED
        if how in (Stance.ASSERTED, Stance.MILD) and denied_after(text, match.last, asked):
            how = Stance.NEGATED
        if how in (Stance.ASSERTED, Stance.MILD):
            last = match
            continue
        reason = {Stance.NEGATED: RejectReason.NEGATED, Stance.ASKED: RejectReason.RESTATED}.get(
            how, RejectReason.HEDGED
        )
        if last is not None and how is Stance.NEGATED:
            last, reason = None, RejectReason.CONTRADICTED
    return last, reason


def _stance(text: Text, match: Match, found: list[Match], own: frozenset[str]) -> Stance:
    """Returns the stance to a passage; two names of the same thing, joined by `or`, are one passage."""
    first, last = match.first, match.last
    at = found.index(match)
    for other in found[max(0, at - 2) : at + 3]:
        for left, right in ((match, other), (other, match)):
            between = {token.word for token in text.tokens[left.last + 1 : right.first]}
            if left.last < right.first <= left.last + 3 and "or" in between <= {"or", "a", "an", "the"}:
                first, last = left.first, right.last
    how = stance(text, first, last, own)
    if how is Stance.ASKED and _title_asks(text, last):
        return Stance.ASSERTED
    return how


def _title_asks(text: Text, last: int) -> bool:
    """Whether the question mark of a sentence belongs to a title in quotes after the passage."""
    end = text.bounds(last)[1]
    tail = text.raw[text.tokens[last].end : text.tokens[end - 1].end + 3]
    return bool(re.search(r"[\"\u201c][^\"\u201c\u201d?]*\?[\"\u201d]", tail))


def _asked_belief(text: Text, match: Match, question: Text) -> bool:
    """Whether a passage is only believed because the question asks what is believed."""
    begin = text.bounds(match.first)[0]
    here = {token.word for token in text.tokens[begin : match.first]} & cues.BELIEVED
    return bool(here) and here <= {token.word for token in question.tokens}


def _asked_denied(text: Text, match: Match, question: Text) -> bool:
    """Whether what denies a passage is the question's own: `he did not take the broom` to `what did he not take?`."""
    here = _denials(text, text.bounds(match.first)[0], match.first)
    asked = _denials(question, 0, len(question.tokens))
    return bool(here) and all(any(mine <= other for other in asked) for mine in here)


def _denials(text: Text, begin: int, end: int) -> list[frozenset[str]]:
    """Returns for each denying word of a range the base forms of itself, or `not`, and of the word that it denies."""
    found = []
    for place in range(begin, end):
        token = text.tokens[place]
        denying = {"not"} if token.word in cues.NEGATORS else token.keys & cues.DENYING
        if denying:
            denied = next((t for t in text.tokens[place + 1 :] if t.word not in words.FUNCTION), None)
            found.append(frozenset(denying) | (denied.keys if denied is not None else frozenset()))
    return found


def _echoes(text: Text, question: Text) -> list[tuple[int, int]]:
    """Returns the code points of quotations of the question, where they are more than an answer of its own."""
    asked = question.raw.lower()
    return [
        quote.span(1)
        for quote in _QUOTED.finditer(text.raw)
        if " " in quote[1] and quote[1].lower().strip(" ?.,") in asked
    ]


def _beside(text: Text, first: int, asked: set[str], own: frozenset[str]) -> bool:
    """Whether a passage only says what is near the thing asked for: `holds a flute in front of a microphone`."""
    begin = text.bounds(first)[0]
    place = first - 1
    while place > begin and (text.tokens[place].word in words.DETERMINERS or text.tokens[place].form.adjective):
        place -= 1
    near = text.tokens[place].word if place >= begin else ""
    of = near in ("of", "to") and place > begin and text.tokens[place - 1].word in ("front", "next")
    if not (of or near in ("behind", "near", "beside", "under", "above", "below", "against")):
        return False
    return near not in asked | own and "where" not in asked and place - 2 > begin


def _agrees(text: Text, end: int, own: frozenset[str], asked: set[str]) -> bool:
    """Whether a later conclusion says nothing new: its words are the answer's own, the question's or empty ones."""
    begin, stop = text.bounds(end)
    fresh = [
        token
        for token in text.tokens[begin:stop]
        if token.word not in words.FUNCTION
        and not token.keys & (own | asked | {"answer", "final", "conclusion", "confident", "video", "correct"})
    ]
    return not fresh
