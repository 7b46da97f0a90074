"""Which numbers of an answer are set aside for others beside them: parts of a total, other people, other places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vstar_data.verification import words
from vstar_data.verification.number_outcomes import no_answers, taken_back
from vstar_data.verification.readings import Reading
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.words import word_set

_SETS_OF = re.compile(
    r"\b(?:sets?|rounds?|groups?|series|blocks?|batches|rows?|bouts?|bundles?|clusters?) of\s+(?:about |around )?\Z",
    re.IGNORECASE,
)
_TOTAL_BEFORE = re.compile(
    r"\b(?:total(?:s|ling|ing)?(?: of| is| comes? to)?|altogether|in all|all in all)[\s:,]*(?:\w+ )?\Z", re.I
)
_TOTAL_AFTER = re.compile(r"(?:\s+[\w-]+){0,3}?,?\s+(?:in total|altogether|in all|all told|overall)\b", re.IGNORECASE)
_MORE = word_set("more others other further additional extra")
_NEW_CLAUSE = word_set("while but whereas though although")
_STARTS = words.DETERMINERS | words.SUBJECT_PRONOUNS | {"and"}
_ELSE = word_set("other another second")
_RANKED = word_set("winner leader champion rival opponent runner-up favourite favorite")
_ANYONE = words.PERSONS | _RANKED
_OTHER_THAN_HE = words.POSSESSIVES | _ELSE
_REPORTING = word_set(
    "count say tell announce estimate report give award call note claim shout score reckon think guess show hear want"
)
_ANYWHERE = word_set("clip video picture image frame scene shot footage recording total all view way case moment time")


def set_aside(
    text: Text, found: Sequence[Reading], tied: Sequence[int], strange: Sequence[bool], name: str, question: Text | None
) -> list[int]:
    """Returns how firmly numbers are tied to what was asked for, where others beside them may have the better claim.

    Args:
        text: The answer.
        found: Its numbers.
        tied: How firmly each is tied by itself.
        strange: Whether each stands before a noun of another matter.
        name: What was asked for.
        question: The question.
    """
    kept = list(tied)
    per_set = "per" in name.split() or "each" in name.split() or "in a" in name
    for place, reading in enumerate(found):
        if not per_set and _SETS_OF.search(_before(text, reading, 40)):
            kept[place] = 0
        if taken_back(text, reading):
            kept[place] = 0
    if len(found) < 2:
        alone = bool(found) and question is not None and any(token.keys & words.PERSONS for token in question.tokens)
        told_of_else = alone and _of_others(text, found[0], question)
        return [0] if told_of_else or any(no_answers(text, found, name, question)) else kept
    kept = _without_parts(text, found, kept)
    claims = [
        [not other for other in no_answers(text, found, name, question)],
        [not odd for odd in strange],
        [not _more(text, reading) for reading in found],
        [not _of_others(text, reading, question) for reading in found],
        _claims_by_place(text, found, kept, name),
    ]
    for claim in claims:
        better = [bool(number and good) for number, good in zip(kept, claim, strict=True)]
        if any(better):
            kept = [number if good else 0 for number, good in zip(kept, better, strict=True)]
    return kept


def _before(text: Text, reading: Reading, size: int) -> str:
    start = text.tokens[reading.first].start
    return text.raw[max(0, start - size) : start]


def _told_in_parts(text: Text, found: Sequence[Reading], place: int) -> bool:
    """Whether the numbers after a colon or a bracket make up the one before it: `14 cars: 8 go left and 6 go right`."""
    reading = found[place]
    parts = [part for part in found[place + 1 :] if _same_sentence(text, reading, part)]
    if len(parts) < 2 or sum(part.low for part in parts) != reading.low:
        return False
    between = text.raw[text.tokens[reading.last].end : text.tokens[parts[0].first].start]
    return re.search(r"[:(\u2013\u2014]|\s-\s", between) is not None


def _same_sentence(text: Text, one: Reading, other: Reading) -> bool:
    return text.tokens[one.first].sentence == text.tokens[other.first].sentence


def _called_until(text: Text, reading: Reading) -> int:
    """Returns the end of the words after a number that call it the total (`41 times in total`), or 0."""
    after = _TOTAL_AFTER.match(text.raw[: text.tokens[reading.last].end + 48], text.tokens[reading.last].end)
    return after.end() if after else 0


def _summed(text: Text, reading: Reading, called: int) -> bool:
    """Whether a number is called the total, by words after those that call the one before it so."""
    start = text.tokens[reading.first].start
    before = _TOTAL_BEFORE.search(text.raw[max(called, start - 40) : start])
    return before is not None or _called_until(text, reading) > 0


def _without_parts(text: Text, found: Sequence[Reading], tied: Sequence[int]) -> list[int]:
    """Returns the ties without those of the parts that a total is made of: `five in total: four here, one there`."""
    kept = list(tied)
    total: Reading | None = None
    called = 0
    for place, reading in enumerate(found):
        if total is not None and text.tokens[total.first].sentence != text.tokens[reading.first].sentence:
            total = None
        if _summed(text, reading, called):
            total = reading
            called = _called_until(text, reading)
            before = [
                n for n in range(place) if text.tokens[found[n].first].sentence == text.tokens[reading.first].sentence
            ]
            if sum(found[n].low for n in before) == reading.low:
                kept = [0 if n in before else number for n, number in enumerate(kept)]
        elif _told_in_parts(text, found, place):
            inside = [n for n in range(place + 1, len(found)) if _same_sentence(text, reading, found[n])]
            kept = [0 if n in inside else number for n, number in enumerate(kept)]
        elif total is not None and (kept[place] < 3 or not reading.unit):
            kept[place] = 0
    return kept


def _more(text: Text, reading: Reading) -> bool:
    """Whether a number, in a clause of its own, counts some that come on top: `; two more are standing outside`."""
    following = text.tokens[reading.last + 1].word if reading.last + 1 < len(text.tokens) else ""
    before = text.tokens[reading.first - 1].word if reading.first else ""
    if before == "plus":
        return True
    if following not in _MORE or not reading.first:
        return False
    parted = bool(re.search(r"[;,.:\n\u2013\u2014]", text.tokens[reading.first].glue)) or before in _NEW_CLAUSE
    joined = before == "and" and re.search(r"[;,]", text.tokens[reading.first - 1].glue) is not None
    return parted or joined


def _of_others(text: Text, reading: Reading, question: Text | None) -> bool:
    """Whether a number is told of somebody beside the one asked about: `while his friend manages eight`."""
    begin = text.bounds(reading.first)[0]
    first = reading.first
    while first > begin and ";" not in text.tokens[first].glue and text.tokens[first].word not in _NEW_CLAUSE:
        if "," in text.tokens[first].glue and text.tokens[first].word in _STARTS:
            break
        first -= 1
    clause = text.tokens[first : reading.first]
    asked = {key for token in question.tokens for key in token.keys} if question is not None else set()
    for place, token in enumerate(clause[:6]):
        if token.word in words.SUBJECT_PRONOUNS:
            return False
        if token.keys & _ANYONE and token.form.noun:
            marks = {other.word for other in clause[:place]}
            if any(other.keys & _REPORTING for other in clause[place + 1 : place + 3]):
                return False
            return bool(marks & _OTHER_THAN_HE or token.keys & _RANKED) and not token.keys & asked
    return False


def _claims_by_place(text: Text, found: Sequence[Reading], tied: Sequence[int], name: str) -> list[bool]:
    """Returns which numbers are told of the place in the name, or of none: `three at the table`."""
    parts = tokens_of_name(name).tokens
    at = next((n for n, part in enumerate(parts) if n and part.word in words.PLACING), None)
    if at is None:
        return [True] * len(found)
    wanted = frozenset(key for part in parts[at + 1 :] if part.form.noun for key in part.keys)
    where = [_place(text, found, number, wanted) for number in range(len(found))]
    if not any(here == "here" and tied[number] for number, here in enumerate(where)):
        return [True] * len(found)
    return [here != "elsewhere" for here in where]


def _place(text: Text, found: Sequence[Reading], number: int, wanted: frozenset[str]) -> str:
    """Returns whether a number is told of a place: `here`, `elsewhere`, or an empty string where no place is named."""
    reading = found[number]
    begin, end = text.bounds(reading.first)
    if number + 1 < len(found):
        end = min(end, found[number + 1].first)
    after = _noun_of_place(text, reading.last + 1, end)
    if after is None and (number == 0 or found[number - 1].last < begin):
        after = _noun_of_place(text, begin, reading.first)
    if after is None or text.tokens[after].keys & _ANYWHERE:
        return ""
    return "here" if text.tokens[after].keys & wanted else "elsewhere"


def _noun_of_place(text: Text, begin: int, end: int) -> int | None:
    """Returns the first noun after a preposition of place in a clause."""
    placing = False
    for place in range(begin, end):
        token = text.tokens[place]
        if place > begin and (";" in token.glue or token.word in _NEW_CLAUSE):
            return None
        if token.word in words.PLACING:
            placing = True
        elif placing and token.form.noun and token.word not in words.FUNCTION and token.value is None:
            return place
    return None
