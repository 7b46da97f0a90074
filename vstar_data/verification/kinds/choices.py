"""Judges `qa` targets: the letter, the text, or both if they agree; without choices the text alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vstar_data.records import NumberLabel, QALabel, RejectReason, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.commitment import conclusion, retracted
from vstar_data.verification.kinds import values
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.phrases import patterns
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.words import word_set
from vstar_data.verification.yesno import polarity

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALONE = re.compile(r"\A[\s*_`\"'(\[]*([A-Za-z])[\s*_`\"')\].:]*\Z")
_LEADING = re.compile(r"(?:\A|\n)[\s*_`\"'(\[]*([A-Z])\s*[).:\]]+[*_`]*(?=\s|\Z)|\A\s*\(([a-z])\)|\A\s*([a-z])\)")
_NAMED = re.compile(
    r"\b(?:answer|option|choice|letter|pick|choose|select)\b[\s*_`:]*(?:is|would be|"
    r"must be|=|:)?[\s*_`:]*(?:option |choice |letter )?"
    r"[(\[\"'*_`]*([A-Za-z])(?=[)\]\"'*_`.,:;!]|\s|\Z)(?!['\u2019])",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\bhow many ((?:[^\W\d_]+[- ]?){1,3}?)(?= (?:is|are|was|were|do|does|did|has|have|can|in|on|of)\b|\?|\Z)", re.I
)
_BRACKETED = re.compile(r"\(([A-Z])\)")
_LANDMARK = word_set("behind near beside under over above below at from with against around on next of front by")


@dataclass(frozen=True)
class _Pick:
    choice: int
    first: int
    last: int
    start: int
    end: int
    how: Stance
    aside: bool


def judge(label: QALabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a question's answer.

    Args:
        label: The question, its answer and, where it has them, the choices.
        asks: Ignored: a qa label has one part, its answer.
        case: The answer and what is known about it.
    """
    if not case.answer.tokens:
        return rejected(RejectReason.ABSENT)
    counted = _counted(label)
    if counted is not None and not (label.choices and _letter_picks(label, case.answer)):
        return values.judge(counted, ("value",), case)
    if label.choices:
        return _among(label, case)
    return _open(label, case)


def _counted(label: QALabel) -> NumberLabel | None:
    """Returns the number that a `how many` question with numbers for answers asks for, or None."""
    found = _HOW_MANY.search(label.question)
    tokens = [tokens_of_name(choice).tokens for choice in (label.answer, *label.choices)]
    if found is None or any(len(parts) != 1 or parts[0].value is None for parts in tokens):
        return None
    return NumberLabel(name=f"number of {found[1]}", value=tokens[0][0].value or 0.0, tolerance=0.0)


def _among(label: QALabel, case: Case) -> TargetVerdict:
    gold = label.choices.index(label.answer)
    right = {place for place, choice in enumerate(label.choices) if _plain(choice) == _plain(label.answer)}
    picks = _letter_picks(label, case.answer) + _text_picks(label, case.answer)
    picks.sort(key=lambda pick: (pick.start, pick.end))
    stated = [pick for pick in picks if pick.how in (Stance.ASSERTED, Stance.MILD)]
    if any(not pick.aside for pick in stated):
        stated = [pick for pick in stated if not pick.aside]
    if not stated:
        shown = next((pick for pick in picks if pick.choice in right), None)
        if shown is None:
            return rejected(RejectReason.WRONG_CHOICE if picks else RejectReason.ABSENT)
        reason = {Stance.NEGATED: RejectReason.NEGATED, Stance.ASKED: RejectReason.RESTATED}.get(
            shown.how, RejectReason.HEDGED
        )
        return rejected(reason, (shown.start, shown.end), label.choices[gold])
    end = conclusion(case.answer)
    if end is not None:
        begin = case.answer.tokens[end].start
        concluded = [pick for pick in stated if pick.start >= begin]
        stated = concluded or stated
    final = stated[-1]
    if len({pick.choice in right for pick in stated}) > 1:
        others = [pick for pick in stated if pick.choice not in right]
        mine = [pick for pick in stated if pick.choice in right]
        dropped = retracted(case.answer, others[-1].last, True) and mine[-1].start > others[-1].start
        if not dropped:
            reason = RejectReason.HEDGED if final.choice in right else RejectReason.WRONG_CHOICE
            return rejected(reason, (final.start, final.end), label.choices[final.choice])
    if final.choice not in right:
        return rejected(RejectReason.WRONG_CHOICE, (final.start, final.end), label.choices[final.choice])
    if retracted(case.answer, final.last, False):
        return rejected(RejectReason.CONTRADICTED, (final.start, final.end), label.choices[final.choice])
    return accepted((final.start, final.end), label.choices[final.choice])


def _letter_picks(label: QALabel, text: Text) -> list[_Pick]:
    """Finds choices named by their letter. A lone article `a` is none."""
    found: dict[int, str] = {}
    alone = _ALONE.match(text.raw)
    if alone:
        found[alone.start(1)] = alone[1].upper()
    for pattern in (_LEADING, _NAMED, _BRACKETED):
        for match in pattern.finditer(text.raw):
            group = next(number for number in range(1, len(match.groups()) + 1) if match[number])
            letter = match[group]
            if pattern is _NAMED and letter.islower() and re.match(r"\s+\w", text.raw[match.end(group) :]):
                continue
            if pattern is _NAMED and letter in "AI" and re.match(r"\s+[a-z]", text.raw[match.end(group) :]):
                continue
            found[match.start(group)] = letter.upper()
    picks = []
    for start, letter in sorted(found.items()):
        place = LETTERS.index(letter) if letter in LETTERS else 99
        token = next((number for number, token in enumerate(text.tokens) if token.start == start), None)
        if place < len(label.choices) and token is not None:
            how = stance(text, token, token)
            picks.append(_Pick(place, token, token, start, start + 1, how, False))
    return picks


def _text_picks(label: QALabel, text: Text) -> list[_Pick]:
    """Finds choices by their words; of choices that contain one another the longest counts."""
    matches = []
    for place, choice in enumerate(label.choices):
        names = (choice, *(label.aliases if choice == label.answer else ()))
        for match in said(text, names):
            matches.append((place, match, _own(names)))
    picks = []
    for place, match, own in matches:
        words_taken = set(match.filled)
        if any(
            (other != place and words_taken < set(rival.filled))
            or (other != place and words_taken == set(rival.filled) and rival.exact and not match.exact)
            for other, rival, _ in matches
        ):
            continue
        span = text.span(match.first, match.last)
        how = stance(text, match.first, match.last, own)
        picks.append(_Pick(place, match.first, match.last, *span, how, _landmark(text, match.first)))
    return _without_lists(label, text, picks)


def _without_lists(label: QALabel, text: Text, picks: list[_Pick]) -> list[_Pick]:
    """Drops a restated list: a sentence that names all of three or more choices picks none of them."""
    picks = _without_retold(label, text, picks)
    by_sentence: dict[int, set[int]] = {}
    for pick in picks:
        by_sentence.setdefault(text.tokens[pick.first].sentence, set()).add(pick.choice)
    listed = {
        number for number, choices in by_sentence.items() if len(choices) >= 3 and len(choices) == len(label.choices)
    }
    if not any(number not in listed for number in by_sentence):
        return picks
    return [pick for pick in picks if text.tokens[pick.first].sentence not in listed]


def _without_retold(label: QALabel, text: Text, picks: list[_Pick]) -> list[_Pick]:
    """Keeps the last mention of a sentence that lists all choices and then names one again: `of a, b and c, a`."""
    if not picks or len(label.choices) < 3:
        return picks
    last = max(picks, key=lambda pick: pick.start)
    number = text.tokens[last.first].sentence
    here = [pick for pick in picks if text.tokens[pick.first].sentence == number]
    again = sum(1 for pick in here if pick.choice == last.choice) == 2
    if again and len({pick.choice for pick in here}) == len(label.choices) and len(here) == len(label.choices) + 1:
        return [pick for pick in picks if pick not in here] + [last]
    return picks


def _landmark(text: Text, first: int) -> bool:
    """Whether a passage only says where something else is: `in front of the closet`."""
    begin = text.bounds(first)[0]
    for place in range(first - 1, max(begin - 1, first - 4), -1):
        token = text.tokens[place]
        if token.word in _LANDMARK:
            return True
        if not (token.word in words.DETERMINERS or token.form.adjective):
            return False
    return False


def _open(label: QALabel, case: Case) -> TargetVerdict:
    text = case.answer
    names = (label.answer, *label.aliases)
    plain = _plain(label.answer)
    if plain in ("yes", "no", "true", "false"):
        return _yes_no(plain in ("yes", "true"), case)
    found = said(text, names)
    own = _own(names)
    last = None
    reason = RejectReason.ABSENT
    asked = {key for token in case.question.tokens for key in token.keys}
    for match in found:
        how = stance(text, match.first, match.last, own)
        if _beside(text, match.first, asked, own):
            continue
        if how in (Stance.ASSERTED, Stance.MILD):
            last = match
        else:
            reason = {Stance.NEGATED: RejectReason.NEGATED, Stance.ASKED: RejectReason.RESTATED}.get(
                how, RejectReason.HEDGED
            )
            if last is not None and how is Stance.NEGATED:
                last, reason = None, RejectReason.CONTRADICTED
    if last is None:
        return rejected(reason, text.span(found[-1].first, found[-1].last) if found else None)
    span = text.span(last.first, last.last)
    end = conclusion(text)
    if end is not None and last.last < end and not _agrees(text, end, own, asked):
        return rejected(RejectReason.CONTRADICTED, span)
    if retracted(text, last.last, False):
        return rejected(RejectReason.CONTRADICTED, span)
    return accepted(span, text.raw[span[0] : span[1]])


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


def _yes_no(wanted: bool, case: Case) -> TargetVerdict:
    text = case.answer
    end = conclusion(text)
    start = text.tokens[0].start
    said_yes = polarity(text.raw[start:])
    token = text.tokens[0]
    if end is not None:
        for place in range(end, len(text.tokens)):
            if text.tokens[place].word in ("yes", "no"):
                said_yes, token = text.tokens[place].word == "yes", text.tokens[place]
    if said_yes is None:
        tail = [t for t in text.tokens if t.word in ("yes", "no") and t.glue.strip(" ") != ""]
        if tail:
            said_yes, token = tail[-1].word == "yes", tail[-1]
    if said_yes is None:
        return _restating(wanted, case)
    span = (token.start, token.end)
    if said_yes is wanted:
        return accepted(span, token.word)
    return rejected(RejectReason.WRONG_CHOICE, span, token.word)


def _restating(wanted: bool, case: Case) -> TargetVerdict:
    """Judges an answer that makes the question a statement: `The person is indoors` to `Is the person indoors?`."""
    text = case.answer
    content = [token for token in case.question.tokens if token.word not in words.FUNCTION]
    for begin, end in text.sentences:
        places = [p for p in range(begin, end) if any(text.tokens[p].keys & token.keys for token in content)]
        if content and all(any(text.tokens[p].keys & token.keys for p in places) for token in content):
            how = stance(text, places[-1], places[-1])
            if how in (Stance.ASSERTED, Stance.NEGATED):
                span = text.span(places[0], places[-1])
                if (how is Stance.ASSERTED) is wanted:
                    return accepted(span, "yes" if wanted else "no")
                return rejected(RejectReason.WRONG_CHOICE, span)
    return rejected(RejectReason.ABSENT)


def _plain(choice: str) -> str:
    return " ".join(token.word for token in tokens_of_name(choice).tokens)


def _own(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key for name in names for pattern in patterns(name) for slot in pattern.slots for key in slot.keys)
