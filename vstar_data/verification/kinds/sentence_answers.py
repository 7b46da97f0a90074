"""Judges open answers whose label is a sentence: what the question says already need not be said again.

`No, she has blonde hair` to `Is her hair brown?` asks for the no; an explanation may be left out, but not replaced by
another one. `The writing surface is white` to `What color is the writing surface?` asks for the white.
"""

from __future__ import annotations

import re

from vstar_data.records import QALabel, RejectReason, TargetVerdict
from vstar_data.verification import cues, words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.commitment import retracted
from vstar_data.verification.kinds.exclusives import TIMES, conflict
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_LEAD = re.compile(
    r"\W*(yes|no)\b(?=\s*[,.;:!\u2013\u2014-]|\s+(?:it|he|she|they|there|the|this)\b|\s*\Z)", re.IGNORECASE
)
_CLOSED_QUESTION = re.compile(
    r"\W*(?:(?:in|at|during|by|after|before|when|while|as|from|throughout|on|based|according)\b[^?]{1,90}, )?"
    r"(?:did|does|do|is|are|was|were|can|could|has|have|had|will|would)\b",
    re.IGNORECASE,
)
_ASKS_MORE = re.compile(
    r"\bif (?:so|yes|not|affirmative)\b|[,?.] *(?:and |then )?(?:what|which|how|why|who|where|when|describe|name)\b"
    r"|\band (?:what|which|how|why|who|where|when)\b",
    re.IGNORECASE,
)
_EMPTY = word_set(
    "video clip footage scene frame image show see seen depict depiction appear seem indicate provide base throughout "
    "person man woman individual yes no describe observe visible present given be mention suggest thing object"
)
_WHERE = word_set("up down in into off onto on under over above below behind beside near away from through around out")
_SHORT = 30
_FEW = 3


def contradicts(label: QALabel, case: Case) -> tuple[int, int] | None:
    """Returns the code points of an opening yes or no that is the opposite of the label's, or None."""
    wanted, said = _LEAD.match(label.answer), _LEAD.match(case.answer.raw)
    if wanted is None or said is None or wanted[1].lower() == said[1].lower():
        return None
    return said.span(1)


def headline(answer: str) -> str | None:
    """Returns the first sentence of an answer that gives it in a few words and then explains it, or None."""
    text = tokens_of_name(answer)
    if len(text.sentences) < 2 or text.sentences[0][1] > _FEW or _LEAD.match(answer):
        return None
    return answer[: text.tokens[text.sentences[0][1] - 1].end].strip()


def judge(label: QALabel, case: Case) -> TargetVerdict | None:
    """Returns the verdict on an answer that does not say the label in full, or None where it cannot be told.

    Args:
        label: The question and its answer.
        case: The answer and what is known about it.
    """
    question = case.question if case.question.tokens else tokens_of_name(label.question)
    gold = tokens_of_name(label.answer)
    if not question.tokens or len(gold.tokens) < _FEW or conflict(case.answer, gold, question):
        return None
    closed = bool(_CLOSED_QUESTION.match(question.raw)) and not _ASKS_MORE.search(question.raw)
    either = " or " in question.raw
    replies = either and _LEAD.match(gold.raw) is not None and _LEAD.match(case.answer.raw) is not None
    wanted = _polarity(gold, question) if (closed and not either) or replies else None
    if wanted is not None:
        return _by_reply(wanted, gold, question, case.answer)
    if either:
        return _by_alternative(gold, question, case.answer)
    return _by_denial(gold, question, case.answer) or _by_news(gold, question, case.answer)


def _by_reply(wanted: bool, gold: Text, question: Text, text: Text) -> TargetVerdict | None:
    """Judges a yes or no, said as such or as the question's statement; what is added is the label's or nothing."""
    said = _polarity(text, question)
    if said is None:
        return None
    end = text.tokens[min(len(text.tokens), text.sentences[0][1]) - 1].end
    span = (text.tokens[0].start, end)
    if _against_itself(text, question):
        return None
    if said is not wanted:
        return rejected(RejectReason.WRONG_CHOICE, span)
    if retracted(text, 0, True) or _added(text, gold, question):
        return None
    return accepted(span, "yes" if wanted else "no")


def _polarity(text: Text, question: Text) -> bool | None:
    """Returns whether a text affirms (True) or denies (False) what a closed question asks, or None."""
    lead = _LEAD.match(text.raw)
    if lead is not None:
        return lead[1].lower() == "yes"
    begin, end = text.sentences[0]
    content = _content(question)
    here = text.tokens[begin:end]
    known = [token for token in content if any(token.keys & other.keys for other in here)]
    if not content or len(known) < _MOST * len(content):
        return None
    denied = sum(token.word in cues.NEGATORS for token in here)
    asked = sum(token.word in cues.NEGATORS for token in question.tokens)
    if denied == 1 and not asked:
        return False
    return True if denied == asked == 0 and len(known) == len(content) else None


_MOST = 0.75


def _against_itself(text: Text, question: Text) -> bool:
    """Whether a `no` is followed by the question's own statement: `No, the figures are unrelated to animals`."""
    lead = _LEAD.match(text.raw)
    if lead is None or lead[1].lower() == "yes" or any(token.word in cues.NEGATORS for token in question.tokens):
        return False
    begin, end = text.sentences[0]
    if end - begin <= 1 and len(text.sentences) > 1:
        begin, end = text.sentences[1]
    here = text.tokens[max(1, begin) : end]
    content = _content(question)
    if any(token.word in cues.NEGATORS | {"only", "just"} or token.keys & cues.DENYING for token in here):
        return False
    return len(content) > 1 and all(any(token.keys & other.keys for other in here) for token in content)


def _added(text: Text, gold: Text, question: Text) -> list[Token]:
    """Returns the words of an answer that neither the label nor the question has."""
    known = {key for token in (*gold.tokens, *question.tokens) for key in token.keys}
    known |= {key for base in tuple(known) for key in _alike(base)}
    return [token for token in _content(text) if not token.keys & known]


def _content(text: Text) -> list[Token]:
    return [
        token
        for token in text.tokens
        if token.word not in words.FUNCTION and not token.keys & _EMPTY and token.word not in ("s", "not")
    ]


def _alike(base: str) -> frozenset[str]:
    return frozenset(other[0] for other in synonyms(base) if len(other) == 1)


def _by_denial(gold: Text, question: Text, text: Text) -> TargetVerdict | None:
    """Judges where the label denies what the question supposes: `he wears no skates` to `which skates ...?`."""
    denied = _denied_of(gold, question)
    mine = _denied_of(text, question)
    if not denied or not mine or _added(text, gold, question):
        return None
    if not all(any(token.keys & other.keys for other in mine) for token in denied):
        return None
    return accepted(text.span(*_first_sentence(text)), None)


def _denied_of(text: Text, question: Text) -> list[Token]:
    """Returns the words of a question that the first sentence of a text denies; none where it denies nothing."""
    first, last = _first_sentence(text)
    here = text.tokens[first : last + 1]
    negators = [number for number, token in enumerate(here) if token.word in cues.NEGATORS]
    if len(negators) != 1 or any(token.word in cues.NEGATORS for token in question.tokens):
        return []
    if any(token.keys & _UNSURE for token in here) or any("," in token.glue or ";" in token.glue for token in here):
        return []
    asked = {key for token in _content(question) for key in token.keys}
    if any(token.word in words.SUBORDINATORS for token in here[: negators[0]]):
        return []
    after = here[negators[0]].start
    return [token for token in _content(text) if after < token.start <= here[-1].start and token.keys & asked]


def _first_sentence(text: Text) -> tuple[int, int]:
    begin, end = text.sentences[0]
    return begin, end - 1


_UNSURE = word_set("provide information determine clear specify possible tell know sure can able specific mention")


def _by_news(gold: Text, question: Text, text: Text) -> TargetVerdict | None:
    """Judges by the words of the label that the question lacks: all asserted in one sentence of a short answer."""
    if len(text.tokens) > _SHORT:
        return None
    if any(token.word in cues.NEGATORS for token in gold.tokens):
        return None
    asked = {key for token in question.tokens for key in token.keys}
    decisive = _WHERE | TIMES.keys() | {"all", "each", "every"}
    placed = [
        token
        for number, token in enumerate(gold.tokens)
        if token.word in decisive and not token.keys & asked and not _of_the_clip(gold, number)
    ]
    news = [token for token in _content(gold) if not token.keys & asked] + placed
    if not 1 <= len(news) <= _FEW:
        return None
    for begin, end in text.sentences:
        found = [_place(text, begin, end, token) for token in news]
        places = [place for place in found if place is not None]
        if len(places) == len(news) and all(stance(text, place, place) is Stance.ASSERTED for place in places):
            return accepted(text.span(min(places), max(places)), None)
    return None


def _by_alternative(gold: Text, question: Text, text: Text) -> TargetVerdict | None:
    """Judges by the side of `A or B?` that the label takes: its words are asserted, and those of the other are not."""
    sides = _sides(gold, question)
    if sides is None or len(text.tokens) > 2 * _SHORT or any(token.word in cues.NEGATORS for token in gold.tokens):
        return None
    mine, other = sides
    begin, end = text.sentences[0]
    places = [_place(text, begin, end, token) for token in mine]
    if any(place is None for place in places):
        return None
    if any(token.keys & rival.keys for token in text.tokens for rival in other):
        return None
    found = [place for place in places if place is not None]
    if not all(stance(text, place, place) in (Stance.ASSERTED, Stance.MILD) for place in found):
        return None
    return accepted(text.span(min(found), max(found)), None)


def _sides(gold: Text, question: Text) -> tuple[list[Token], list[Token]] | None:
    """Returns the words of the alternative that a label takes and those of the other, without what they share."""
    at = max(place for place, token in enumerate(question.tokens) if token.word == "or")
    content = [(place, token) for place, token in enumerate(question.tokens) if token in _content(question)]
    left = [token for place, token in content if place < at][-_SIDE:]
    right = [token for place, token in content if place > at][:_SIDE]
    known = {key for token in gold.tokens for key in token.keys}
    lefts = {key for token in left for key in token.keys}
    rights = {key for token in right for key in token.keys}
    left = [token for token in left if not token.keys & rights]
    right = [token for token in right if not token.keys & lefts]
    for mine, other in ((left, right), (right, left)):
        taken = [token for token in mine if token.keys & known]
        if taken and other and not any(token.keys & known for token in other):
            return taken, other
    return None


_SIDE = 4


def _of_the_clip(text: Text, place: int) -> bool:
    """Whether a preposition leads to the video itself: `in the scene`."""
    following = [token for token in text.tokens[place + 1 : place + 4] if token.word not in words.FUNCTION]
    return bool(following) and bool(following[0].keys & _EMPTY)


def _place(text: Text, begin: int, end: int, wanted: Token) -> int | None:
    if wanted.word in _WHERE:
        return next((place for place in range(begin, end) if text.tokens[place].word in _same_way(wanted.word)), None)
    keys = wanted.keys | frozenset(key for base in wanted.keys for key in _alike(base))
    return next((p for p in range(begin, end) if text.tokens[p].keys & keys and not _owns(text, p)), None)


def _owns(text: Text, place: int) -> bool:
    """Whether a noun only says whose something is: `the cat's tail`."""
    return place + 1 < len(text.tokens) and text.tokens[place + 1].word in ("'s", "'")


def _same_way(word: str) -> frozenset[str]:
    return next((group for group in _ALIKE if word in group), frozenset({word}))


_ALIKE = (
    word_set("in into inside within"),
    word_set("on onto upon"),
    word_set("near beside by"),
    word_set("under below"),
)
