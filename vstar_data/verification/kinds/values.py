"""Judges `number` targets: the number that was asked for, within its tolerance, and no other number."""

from __future__ import annotations

import re

from vstar_data.records import NumberLabel, RejectReason, TargetVerdict, allowed_error
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.commitment import conclusion, retracted
from vstar_data.verification.headcounts import headcount
from vstar_data.verification.last_ones import counted_by_the_last
from vstar_data.verification.number_names import name_heads
from vstar_data.verification.number_outcomes import no_answers
from vstar_data.verification.readings import Reading, readings, shares
from vstar_data.verification.tables import judged
from vstar_data.verification.text import Text
from vstar_data.verification.ties import weights
from vstar_data.verification.units import unit_of
from vstar_data.verification.withdrawal import withdrawn

_CHOICE = re.compile(
    r"\s*(?:points?|%)?,?\s*(?:or|/|maybe|perhaps)\b(?! (?:so|thereabouts|less|more)\b)", re.IGNORECASE
)
_OR_ELSE = re.compile(
    r"(?:\s+\w+){0,2}\s*,?\s*\(?(?:or|maybe|perhaps|possibly|if not|alternatively)\b\s*"
    r"(?:maybe|perhaps|possibly|even|also)?\s*(?:about|around|at|a|some)?\s*",
    re.IGNORECASE,
)
_THIS = re.compile(r"\b(?:this|here|today|now)\b", re.IGNORECASE)
_GENERAL = words.word_set("total sum number count answer value result family group team party crew set pack")
"""Nouns that say nothing of what a number counts."""
_PEOPLE = words.word_set("person people individual human")
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|last|previous|other|next)\b", re.IGNORECASE)


def judge(label: NumberLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a number target.

    Args:
        label: The number with its scale.
        asks: Ignored: a number has one part, its value.
        case: The answer and what is known about it.
    """
    return judged(case, lambda told: _judge(label, told))


def _judge(label: NumberLabel, case: Case) -> TargetVerdict:
    text = case.answer
    numbers = readings(text)
    name = f"{label.name} {label.unit}" if label.unit else label.name
    measure = unit_of(label.name, label.unit)
    found = list(zip(weights(text, numbers, name, measure, case.question), numbers, strict=True))
    found += [(3, reading) for reading in counted_by_the_last(text, name)]
    found.sort(key=lambda one: one[1].first)
    if _of_percent(label) and not any(reading.percent for _, reading in found):
        found = [(3 if part.percent else 0, part) for part in shares(text)] or found
    if len(found) == 1 and found[0][0] == 0 and len(text.tokens) <= 4 and _bare(case, found[0][1], name):
        found = [(1, found[0][1])]
    found = _with_headcount(text, found, name)
    best = max((tied for tied, _ in found), default=0)
    if best == 0:
        return rejected(RejectReason.WRONG_VALUE if found else RejectReason.INCOMPLETE)
    final = max(place for place, (tied, _) in enumerate(found) if tied == best)
    own = [reading for place, (tied, reading) in enumerate(found) if tied == best or (place > final and tied >= 3)]
    held = [(reading, stance(text, reading.first, reading.last)) for reading in own]
    stated = [reading for reading, how in held if how in (Stance.ASSERTED, Stance.MILD, Stance.HEDGED)]
    if not stated:
        how = held[-1][1]
        reason = (
            RejectReason.NEGATED
            if how is Stance.NEGATED
            else RejectReason.RESTATED
            if how is Stance.ASKED
            else RejectReason.ABSENT
        )
        return rejected(reason, text.span(own[-1].first, own[-1].last))
    chosen = _chosen(case, stated)
    if retracted(text, chosen.last, rival_after=False) and chosen is stated[-1]:
        return rejected(RejectReason.CONTRADICTED, text.span(chosen.first, chosen.last))
    span = text.span(chosen.first, chosen.last)
    parsed = f"{chosen.low:g}" if chosen.low == chosen.high else f"{chosen.low:g}-{chosen.high:g}"
    how = next(how for reading, how in held if reading is chosen)
    if how is Stance.HEDGED or _offered(text, chosen) or _one_of_two(text, numbers, chosen):
        return rejected(RejectReason.HEDGED, span, parsed)
    ends = _on_scale(label, chosen)
    if ends is None or chosen.bound:
        return rejected(RejectReason.WRONG_VALUE, span, parsed)
    error = max(abs(end - label.value) for end in ends)
    allowed = allowed_error(label)
    size = max(abs(label.value), allowed, 1e-12)
    score = 1.0 - error / size
    if error > allowed + 1e-9 * max(1.0, abs(label.value)):
        return rejected(RejectReason.WRONG_VALUE, span, parsed, score)
    later = [r for r in stated if r is not chosen and r.first > chosen.first and _off(label, r, allowed)]
    earlier = [r for r in stated if r is not chosen and r.first < chosen.first and _off(label, r, allowed)]
    if later or (earlier and not _settled(case, earlier[-1], chosen)):
        return rejected(RejectReason.HEDGED, span, parsed, score)
    return accepted(span, parsed, score)


def _with_headcount(text: Text, found: list[tuple[int, Reading]], name: str) -> list[tuple[int, Reading]]:
    """Takes the sum of the one list of persons in an answer for its numbers, where persons are counted."""
    if not name_heads(name)[0] & _PEOPLE:
        return found
    whole = headcount(text)
    if whole is None or any(not whole.first <= reading.first <= whole.last for _, reading in found):
        return found
    return [(3, whole)]


def _bare(case: Case, reading: Reading, name: str) -> bool:
    """Whether a short answer gives a number with no noun of its own beside it, as `the difficulty is 83` has."""
    if reading.unit or no_answers(case.answer, [reading], name, case.question)[0]:
        return False
    asked = {key for token in case.question.tokens for key in token.keys}
    return not any(
        token.form.noun
        and not token.form.verb
        and token.word not in words.FUNCTION | words.ADVERBS | _GENERAL
        and not token.keys & asked
        for place, token in enumerate(case.answer.tokens)
        if not reading.first <= place <= reading.last
    )


def _chosen(case: Case, stated: list[Reading]) -> Reading:
    """Returns the number that counts: of several that of the person asked about, else the last."""
    if len({(reading.low, reading.high) for reading in stated}) == 1:
        return stated[-1]
    if withdrawn(case.answer.raw[case.answer.tokens[stated[-2].last].end : case.answer.tokens[stated[-1].first].start]):
        return stated[-1]
    asked = {key for token in case.question.tokens for key in token.keys if token.form.noun or token.form.adjective}

    def about(reading: Reading) -> int:
        begin = _begin(case.answer, reading)
        return sum(1 for token in case.answer.tokens[begin : reading.first] if token.keys & asked)

    here = [reading for reading in stated if _THIS.search(_clause(case.answer, reading))]
    if here and any(_ORDINAL.search(_clause(case.answer, r)) for r in stated if r not in here):
        return here[-1]
    most = max(about(reading) for reading in stated)
    closest = [reading for reading in stated if about(reading) == most]
    return closest[-1]


def _begin(text: Text, reading: Reading) -> int:
    begin = text.bounds(reading.first)[0]
    for place in range(reading.first, begin, -1):
        if ";" in text.tokens[place].glue or text.tokens[place].word in ("while", "but", "whereas"):
            return place
    return begin


def _clause(text: Text, reading: Reading) -> str:
    """Returns what is written before a number in its clause."""
    return text.raw[text.tokens[_begin(text, reading)].start : text.tokens[reading.first].start]


def _settled(case: Case, before: Reading, chosen: Reading) -> bool:
    """Whether a number given before another is dropped for it: by a correction, a conclusion, or another subject."""
    text = case.answer
    between = text.raw[text.tokens[before.last].end : text.tokens[chosen.first].start]
    if withdrawn(between) or re.search(r"\bso\b|\btherefore\b|\btotal\b|\bhence\b|\baltogether\b", between, re.I):
        return True
    end = conclusion(text)
    if end is not None and before.last < end <= chosen.first:
        return True
    return bool(re.search(r";|\bwhile\b|\bwhereas\b|\bbut\b|\bthis (?:one|time)\b", between))


def _offered(text: Text, chosen: Reading) -> bool:
    after = text.raw[text.tokens[chosen.last].end : text.tokens[chosen.last].end + 40]
    found = _CHOICE.match(after)
    return bool(
        found and re.match(r"\s*(?:\d|\w+)", after[found.end() :]) and not re.match(r"\s*so\b", after[found.end() :])
    )


def _one_of_two(text: Text, numbers: list[Reading], chosen: Reading) -> bool:
    """Whether a number is offered beside the one before or after it: `9 or 10`, `four, maybe five`."""
    place = numbers.index(chosen) if chosen in numbers else -1
    for one, two in ((place - 1, place), (place, place + 1)):
        if place < 0 or one < 0 or two >= len(numbers) or numbers[one].low == numbers[two].low:
            continue
        between = text.raw[text.tokens[numbers[one].last].end : text.tokens[numbers[two].first].start]
        if _OR_ELSE.fullmatch(between) and not withdrawn(between):
            return True
    return False


def _on_scale(label: NumberLabel, reading: Reading) -> tuple[float, float] | None:
    """Returns both ends on the label's scale, or None where the answer uses another scale or unit."""
    if reading.scale and _of_percent(label) and reading.low <= reading.scale != 100:
        return 100 * reading.low / reading.scale, 100 * reading.high / reading.scale
    if reading.scale is not None and label.maximum is not None and reading.scale != label.maximum:
        return None
    if reading.percent:
        if label.maximum is not None and label.maximum <= 1:
            return reading.low / 100, reading.high / 100
        if not _of_percent(label) and label.maximum != 100:
            return None
    return reading.low, reading.high


def _of_percent(label: NumberLabel) -> bool:
    unit = (label.unit or "").lower()
    return "percent" in label.name.lower() or "%" in label.name or unit in ("%", "percent", "per cent")


def _off(label: NumberLabel, reading: Reading, allowed: float) -> bool:
    ends = _on_scale(label, reading)
    return ends is None or max(abs(end - label.value) for end in ends) > allowed
