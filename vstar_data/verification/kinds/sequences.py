"""Judges `sequence` targets: all steps, in the asserted order, none too many."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from vstar_data.records import RejectReason, SequenceLabel, TargetVerdict
from vstar_data.verification import gaps
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.kinds.doers import done_by_another
from vstar_data.verification.kinds.ellipsis import objects, tellable, unsaid
from vstar_data.verification.kinds.telling import Told, corrected, corrects, dropped, in_order, replaced
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text, tokens_of

_PLACING = frozenset({"before", "after"})
_STATED = (Stance.ASSERTED, Stance.MILD)
_AGAIN = re.compile(
    r"\s*(?:[(\[=]|,?\s*(?:i\.\s?e\.,?|or|also (?:called|known as)|that is,?|in short,?|short:?)\s)\s*\"?"
)
_FACTOR = re.compile(
    r"\s*\(?[x\u00d7]\s?(?P<digit>[1-5])\b|\s*\(?(?P<before>[1-5])\s?(?:[x\u00d7]\B|x\b|times\b)"
    r"|(?:\s(?!and\b|then\b)[\w'-]+){0,5}?\s(?P<word>twice|thrice|two times|three times)\b"
)
_FACTORS = {"twice": 2, "thrice": 3, "two times": 2, "three times": 3}
_FACTOR_BEFORE = re.compile(r"\b([1-5])\s?[x\u00d7]\s*\Z")
_REPEATED = re.compile(
    r",? (?:and )?(?:then )?(?:repeats (?:it|that|this)|does (?:it|that|this) (?:again|once more|a second time))\b"
)
_DETAIL = re.compile(
    r"\b(?:in (?:more )?detail|more (?:precisely|exactly)|step by step|to be (?:precise|exact)|in order|the steps"
    r"|namely|specifically|to recap|in summary|to sum up|in short|in brief|to repeat|once more)\b",
    re.IGNORECASE,
)


def judge(label: SequenceLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a sequence of steps.

    Args:
        label: The steps in order; any alias of a step will do.
        asks: Ignored: a sequence has one part, its order.
        case: The answer and what is known about it.
    """
    case = _listed(case)
    text = case.answer
    names = _names(label)
    told: list[Told] = []
    for step, aliases in names.items():
        told += ((step, match) for match in said_once(text, (step, *aliases)))
    told = _with_unsaid(told, names, case)
    told = [(step, m) for step, m in told if stance(text, m.first, m.last) in _STATED]
    told = corrected(text, _without_parts(told))
    told = [item for n, item in enumerate(told) if not any(replaced(text, item[1], m) for _, m in told[n + 1 : n + 2])]
    told = [item for item in told if not dropped(text, item[1])]
    worked_on = objects(tuple(names))
    own = [item for item in told if not done_by_another(case, item[1], worked_on)]
    if len({step for step, _ in own}) < len(names):
        others = len({step for step, _ in told}) == len(names)
        return rejected(RejectReason.OTHER_SUBJECT if others else RejectReason.ABSENT)
    told = own
    starts = sorted(text.tokens[match.first].start for _, match in told)
    limits = dict(pairwise([*starts, len(text.raw)]))
    told = [
        item
        for item in in_order(text, told)
        for _ in range(_times(text, item[1], limits[text.tokens[item[1].first].start]))
    ]
    span = (min(text.tokens[m.first].start for _, m in told), max(text.tokens[m.last].end for _, m in told))
    order = [step for step, _ in told]
    extra = _extra(label, case, told)
    if extra is not None:
        return rejected(RejectReason.RIVAL, extra, " > ".join(order))
    steps = list(label.steps)
    if order == steps or _told_again(text, told, steps):
        return accepted(span, " > ".join(order))
    reason = RejectReason.ABSENT if len(order) < len(steps) else RejectReason.WRONG_ORDER
    in_place = sum(1 for left, right in zip(order, steps, strict=False) if left == right)
    return rejected(reason, span, " > ".join(order), in_place / max(len(steps), len(order)))


def _listed(case: Case) -> Case:
    """Reads the slashes of a list (`peel / cut / boil`) as what parts its items, not as alternatives."""
    raw = case.answer.raw
    if raw.count(" / ") < 2:
        return case
    return replace(case, answer=tokens_of(raw.replace(" / ", " ; ")))


def _with_unsaid(told: list[Told], names: dict[str, tuple[str, ...]], case: Case) -> list[Told]:
    """Adds steps that are told by their verb alone, and puts all in the order of the text."""
    text = case.answer
    counts = {step: sum(step == other for other, _ in told) for step in names}
    taken = {place for _, match in told for place in match.filled}
    others = (*names, *tellable(text, case.vocabulary.names))
    anew = corrects(text) or _DETAIL.search(text.raw) is not None
    placed = not text.places().keys().isdisjoint(_PLACING)
    for step, count in counts.items():
        anchors = bool(count) and not anew
        if anchors and not placed:
            continue
        for match in unsaid(text, step, others, brief=anchors):
            if not taken & set(match.filled) and not (anchors and not _anchor(text, match, step, told)):
                told = [*told, (step, match)]
    return sorted(told, key=lambda item: (item[1].first, item[1].last))


def _anchor(text: Text, match: Match, step: str, told: list[Told]) -> bool:
    """Whether a step is named by its verb only to place others: `before pouring, ...`, where it was told before."""
    led = match.first > 0 and text.tokens[match.first - 1].word in _PLACING
    return led and any(name == step and other.last < match.first for name, other in told)


def _told_again(text: Text, told: list[Told], steps: list[str]) -> bool:
    """Whether an answer tells all steps in order after a summary of them: told again, they are no repeats."""
    order = [step for step, _ in told]
    if order == steps * 2:
        return True
    summary, detail = order[: -len(steps)], order[-len(steps) :]
    if detail != steps or not summary or len(summary) > len(steps):
        return False
    begin, end = text.tokens[told[len(summary) - 1][1].last].end, text.tokens[told[len(summary)][1].first].start
    remaining = iter(steps)
    return all(step in remaining for step in summary) and bool(_DETAIL.search(text.raw[begin:end]))


def _names(label: SequenceLabel) -> dict[str, tuple[str, ...]]:
    """Returns the aliases of each step, of all its occurrences together."""
    names: dict[str, tuple[str, ...]] = {}
    for step, aliases in zip(label.steps, label.step_aliases or ((),) * len(label.steps), strict=True):
        names[step] = (*names.get(step, ()), *aliases)
    return names


def said_once(text: Text, names: tuple[str, ...]) -> list[Match]:
    """Returns where a step is told under any of its names; a second name in brackets tells it no second time."""
    found = [_at_verb(text, match) for match in said(text, names)]
    told: list[Match] = []
    for match in found:
        within = any(set(match.filled) < set(other.filled) for other in found)
        if not within and not (told and _in_other_words(text, told[-1], match)):
            told.append(match)
    return told


def _at_verb(text: Text, match: Match) -> Match:
    """Lets a step stand where its verb does, where only its object was named in a part of the sentence before."""
    verb = match.verb
    if verb is None or verb <= match.first:
        return match
    between = text.tokens[match.first + 1 : verb + 1]
    parted = any(
        token.word == "and" or token.word in _PLACING or "," in token.glue or gaps.HARD.search(token.glue)
        for token in between
    )
    after = tuple(place for place in match.filled if place >= verb)
    return replace(match, first=verb, last=max(after), filled=after) if parted else match


def _in_other_words(text: Text, before: Match, match: Match) -> bool:
    """Whether a passage only repeats the one before it by another name: `a back handspring (BHS)`, `BHS, i.e. ...`."""
    if before.last >= match.first:
        return True
    between = text.raw[text.tokens[before.last].end : text.tokens[match.first].start]
    return before.first != match.first and bool(_AGAIN.fullmatch(between))


def _times(text: Text, match: Match, limit: int) -> int:
    """Returns how many times a step is said to happen: twice for `two half twists`; the next step begins at `limit`."""
    begin = text.bounds(match.first)[0]
    first, last = text.tokens[match.first], text.tokens[match.last]
    if match.first > begin and last.word.endswith("s"):
        before = text.tokens[match.first - 1]
        value = before.value
        if before.word == "of" and text.tokens[match.first - 2].word in ("pair", "couple"):
            return 2
        if value is not None and value in (2, 3, 4, 5):
            return int(value)
    if leading := _FACTOR_BEFORE.search(text.raw, max(0, first.start - 5), first.start):
        return int(leading[1])
    after = text.raw[last.end : min(last.end + 60, limit)].lower()
    if factor := _FACTOR.match(after):
        digit = factor["digit"] or factor["before"]
        return int(digit) if digit else _FACTORS[factor["word"]]
    return 2 if _REPEATED.match(after) else 1


def _without_parts(told: list[Told]) -> list[Told]:
    """Drops a step found inside the words of a longer one."""
    return [item for item in told if not any(set(item[1].filled) < set(other[1].filled) for other in told)]


def _inside(text: Text, match: Match, own: list[set[int]]) -> bool:
    """Whether the verb found is half of a step's hyphenated one: `stir-fried` is not fried."""
    at = match.verb
    return at is not None and text.tokens[at].glue == "-" and any({at - 1, at} <= taken for taken in own)


def _extra(label: SequenceLabel, case: Case, told: list[Told]) -> tuple[int, int] | None:
    """Returns where the answer tells a step that is another of the class names, or None."""
    own = [set(match.filled) for _, match in told]
    for name, found in case.vocabulary.matches(case.answer).items():
        if name in label.steps:
            continue
        for match in found:
            if any(set(match.filled) <= taken for taken in own) or _inside(case.answer, match, own):
                continue
            if any(replaced(case.answer, match, other) for _, other in told) or done_by_another(case, match):
                continue
            if stance(case.answer, match.first, match.last) in _STATED:
                return case.answer.span(match.first, match.last)
    taken = {place for places in own for place in places}
    others = tellable(case.answer, case.vocabulary.names)
    names = (*label.steps, *others)
    for name in others:
        for match in unsaid(case.answer, name, names) if name not in label.steps else ():
            if not taken & set(match.filled) and stance(case.answer, match.first, match.last) in _STATED:
                return case.answer.span(match.first, match.last)
    return None
