"""Judges open answers whose label is a sentence: what the question says already need not be said again.

`No, she has blonde hair` to `Is her hair brown?` asks for the no; an explanation may be left out, but not replaced by
another one. `The writing surface is white` to `What color is the writing surface?` asks for the white.
"""

from __future__ import annotations

import re
from itertools import pairwise

from vstar_data.records import QALabel, RejectReason, TargetVerdict
from vstar_data.verification import cues, words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.commitment import retracted
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_LEAD = re.compile(r"\W*(yes|no)\b(?=\s*[,.;:!\u2013\u2014-]|\s+(?:it|he|she|they|there|the|this)\b|\s*\Z)", re.IGNORECASE)
_CLOSED_QUESTION = re.compile(
    r"\W*(?:(?:in|at|during|by|after|before|when|while|as|from|throughout|on|based|according)\b[^?]{1,90}, )?"
    r"(?:did|does|do|is|are|was|were|can|could|has|have|had|will|would)\b",
    re.IGNORECASE,
)
_ASKS_MORE = re.compile(
    r"\bor\b|\bif (?:so|yes|not|affirmative)\b|[,?.] *(?:and |then )?(?:what|which|how|why|who|where|when|describe|name)\b"
    r"|\band (?:what|which|how|why|who|where|when)\b",
    re.IGNORECASE,
)
_EMPTY = word_set(
    "video clip footage scene frame image show see seen depict depiction appear seem indicate provide base throughout "
    "person man woman individual yes no describe observe visible present given be mention suggest"
)
_KINDS = (
    word_set("red blue green yellow orange purple pink brown black white grey gray beige gold golden silver maroon navy"),
    word_set("left right leftwards rightwards leftward rightward"),
    word_set("up down upward downward upwards downwards"),
    word_set("clockwise counterclockwise anticlockwise"),
    word_set("indoors outdoors indoor outdoor inside outside"),
    word_set("forward backward forwards backwards"),
    word_set("before after"),
    word_set("first second third fourth last"),
    word_set("small large big tiny huge little"),
    word_set("slow fast slowly quickly"),
    word_set("happy sad angry excited calm"),
    word_set("man woman boy girl"),
)
_WHERE = word_set("up down in into off onto on under over above below behind beside near away from through around out")
_TIMES = {"both": 2.0, "twice": 2.0, "once": 1.0}
_SHORT = 30
_FEW = 3


def contradicts(label: QALabel, case: Case) -> tuple[int, int] | None:
    """Returns the code points of an opening yes or no that is the opposite of the label's, or None."""
    wanted, said = _LEAD.match(label.answer), _LEAD.match(case.answer.raw)
    if wanted is None or said is None or wanted[1].lower() == said[1].lower():
        return None
    return said.span(1)


def judge(label: QALabel, case: Case) -> TargetVerdict | None:
    """Returns the verdict on an answer that does not say the label in full, or None where it cannot be told.

    Args:
        label: The question and its answer.
        case: The answer and what is known about it.
    """
    question = case.question if case.question.tokens else tokens_of_name(label.question)
    gold = tokens_of_name(label.answer)
    if not question.tokens or len(gold.tokens) < _FEW or _conflict(case.answer, gold, question):
        return None
    closed = bool(_CLOSED_QUESTION.match(question.raw)) and not _ASKS_MORE.search(question.raw)
    wanted = _polarity(gold, question) if closed else None
    if wanted is not None:
        return _by_reply(wanted, gold, question, case.answer)
    return _by_news(gold, question, case.answer)


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
    here = [token for token in text.tokens[begin:end] if token.word != "no"]
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


def _by_news(gold: Text, question: Text, text: Text) -> TargetVerdict | None:
    """Judges by the words of the label that the question lacks: all are asserted, in one sentence of a short answer."""
    if " or " in question.raw or len(text.tokens) > _SHORT:
        return None
    if any(token.word in cues.NEGATORS for token in gold.tokens):
        return None
    asked = {key for token in question.tokens for key in token.keys}
    placed = [token for token in gold.tokens if token.word in _WHERE and not token.keys & asked]
    news = [token for token in _content(gold) if not token.keys & asked] + placed
    if not 1 <= len(news) <= _FEW:
        return None
    for begin, end in text.sentences:
        places = [_place(text, begin, end, token) for token in news]
        if all(place is not None for place in places):
            first, last = min(filter(None.__ne__, places)), max(filter(None.__ne__, places))
            if all(stance(text, place, place) is Stance.ASSERTED for place in places if place is not None):
                return accepted(text.span(first, last), None)
    return None


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


_ALIKE = (word_set("in into inside within"), word_set("on onto upon"), word_set("near beside by"), word_set("under below"))


def _conflict(text: Text, gold: Text, question: Text) -> bool:
    """Whether an answer gives another colour, side or number than the label, where the label gives one."""
    said = {token.word for token in text.tokens if not any(token.keys & other.keys for other in question.tokens)}
    mine = {token.word for token in gold.tokens}
    for kind in _KINDS:
        if said & kind - mine and mine & kind:
            return True
    named, known = _counts(gold), _counts(question)
    return bool(named and _counts(text) - named - known)


def _counts(text: Text) -> set[float]:
    """Returns the numbers that a text gives; `both` is two, and a `one` without a noun is a pronoun."""
    found = {token.value for token in text.tokens if token.value is not None and token.word != "one"}
    found |= {_TIMES[token.word] for token in text.tokens if token.word in _TIMES}
    for token, following in pairwise(text.tokens):
        if token.word == "one" and following.form.noun and following.word not in words.FUNCTION:
            found.add(1.0)
    return found
