"""Numbers that an answer arrives at, and numbers it measures them by: results, goals, wholes, first guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vstar_data.verification.commitment import moment_asked
from vstar_data.verification.number_names import name_heads
from vstar_data.verification.number_turns import CALLED_BY_NUMBER, of_another_turn
from vstar_data.verification.readings import Reading
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.words import word_set

_ABOUT = r"(?:about |around |roughly |approximately |exactly |just |only |a total of |some |the |a |an )*"
_RESULT = re.compile(
    r"(?:(?<=\d )makes?|\b(?:that|this|which|it|all of (?:that|this|it)) (?:then |now |would |will )?makes?"
    r"(?: it| for)?|, making(?: it| for)?|\bcomes? (?:out )?(?:to|at)|coming (?:out )?(?:to|at)"
    r"|works? out (?:at|to|as|to be)|(?:adds?|adding|sums?|summing) up to|amounts? to|amounting to"
    r"|(?:rais|chang|revis|correct|bump|lower|reduc|adjust|updat)\w+ "
    r"(?:that|it|this|(?:my|the) \w+(?: \w+)?) (?:up |down )?to"
    r"|(?:i|we) (?:arrive at|settle on)|end(?:s|ed|ing)? up (?:at|with|on)"
    r"|[,;:.\u2013\u2014-]\s*(?:that(?:'s| is)|so(?: (?:that(?:'s| is)|it(?:'s| is)|i (?:get|say|count)))?)"
    r"|for a (?:grand |final )?total of|brings? (?:it|that|the \w+(?: \w+)?) (?:up |down )?to)\s+" + _ABOUT + r"\Z",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"\b(?:(?:that|this|which|it|and|so) leaves?|, leaving|(?:is|are|am) left with|down to)\s+"
    r"(?:us |me |him |her |them )?" + _ABOUT + r"\Z",
    re.IGNORECASE,
)
_ASKS_WHAT_IS_LEFT = word_set("leave left remain remaining end final finally still finish last rest")
_WHOLE = re.compile(
    r"(?:\A|[.;:,\n]\s*|\b(?:and|but)\s+)(?:out )?of "
    r"(?:the|his|her|their|its|these|those|all|all the)(?: [a-z]+)?\s+\Z",
    re.IGNORECASE,
)
_REMAINS = re.compile(
    r"(?:\s+[a-z]+){0,3}?\s+(?:remain(?:s|ing)?|(?:is|are) (?:still )?(?:left|there)|left over|to go)\b", re.IGNORECASE
)
_GOAL = re.compile(
    r"\b(?:goal|target|aim|quota|limit|maximum|record|personal best|allowance|objective)(?:,? (?:which|that))?"
    r"(?: (?:of|is|was|at|being|set at|to (?:do|reach|be))|:)\s+" + _ABOUT + r"\Z"
    r"|\b(?:aim(?:s|ed|ing)? (?:for|at)|sets? out (?:to do|for)|hop(?:es|ed|ing) for|(?:had |was |is )?planned"
    r"|intend\w* to do|instead of|rather than)\s+" + _ABOUT + r"\Z",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"\s+(?:[a-z-]+\s+){0,2}?(?:was|were|is|are|had been|being) "
    r"(?:needed|required|planned|allowed|expected|the (?:goal|target|plan|aim|record|limit|maximum))\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\b(?:(?:leav(?:es|ing)|left|leave) out|(?:not|without) counting|(?:exclud|discount|disregard|ignor|skipp)\w+"
    r"|apart from|except(?: for)?|aside from)\s+(?:the |those |these |his |her |about |first |last )*\Z",
    re.IGNORECASE,
)
_OUT_OF_ALL = re.compile(
    r"\bout of (?:the|his|her|their|its|all|all the|these|those|a total of)(?: [a-z]+)?\s+\Z", re.IGNORECASE
)
_PART = re.compile(r"\s+of (?:which|whom)\b", re.IGNORECASE)
_GONE = re.compile(
    r"\s+(?:(?:of (?:the|them|these|those)\s+)?\w+\s+){0,2}?(?:is|are|was|were|has been|have been|gets?|got) "
    r"(?:\w+ly |now )?(?:missing|gone|taken|removed|sold|eaten|used|knocked|broken|lost)\b",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"\b(?:takes?|took|taking|removes?|removed|removing|eats?|ate|sells?|sold|loses?|lost|knocks?|knocked|uses?|used)"
    r"\s+(?:away |off |out |down |over )?" + _ABOUT + r"\Z",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:at (?:first|the (?:very )?(?:start|beginning|outset))|initially|to begin with"
    r"|in the beginning|originally"
    r"|start(?:s|ed|ing) (?:out |off )?(?:at|from|with))\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:(?:at|by|towards?) the (?:very )?end|in the end|eventually|finally|later(?: on)?|afterwards|remain(?:s|ing)?"
    r"|(?:are|is) left|end(?:s|ed|ing) (?:up )?(?:at|with|on))\b",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\s*(?:[^\W\d_]+\s+)?(?:short of|shy of|away from|(?:more|less|fewer|better|worse|higher|lower) than)\b",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"\b(?:(?:(?:initially|originally|first(?:ly)?),? (?:i|it|we)|(?:i|it|we) (?:initially|originally|first|had))"
    r" (?:\w+ )?(?:thought|counted|guessed|looked(?: like)?|seemed|had|got|said)"
    r"|(?:first|initial|original|earlier|rough|early) "
    r"(?:guess|count|impression|estimate|thought|tally|answer|reading)"
    r" (?:was|is|of|said|gave|had been|would (?:be|have been))"
    r"|at first (?:glance )?(?:i|it|one|you) (?:\w+ )?"
    r"(?:thought|count(?:ed)?|guess(?:ed)?|looks?(?: like)?|looked(?: like)?|seems?|would say))"
    r"\s+(?:it (?:was|is) |there (?:were|are) |to be |like )?" + _ABOUT + r"\Z",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"[^.!?\n]*?\b(?:but|however|though)\b|[^.!?\n]*[.!?]\s+(?:but|however|on second|then again)\b", re.IGNORECASE
)
_RATE = re.compile(r"\s+(?:per|an?|each|every|more|fewer|less|of|times \d)\b", re.IGNORECASE)
"""After a number, what makes it no result of its own: `that is two per second`."""
_GRADED = re.compile(r"\b(?:total|score|result|mark|points) *\Z", re.IGNORECASE)
_SIZES = word_set("difficulty degree tariff speed height age rate temperature weight length distance")
"""What no total is: `the difficulty is 3.2 and the total comes to 81.6`."""
_USUAL = re.compile(
    r"\b(?:most(?: (?:\w+ )?\w+)?|the (?:others?|rest)|usual(?:ly)?|typical(?:ly)?|normal(?:ly)?)\s+"
    r"(?:(?:are|is|were|was|have|has|get|gets|of|at|rated)\s+){0,3}" + _ABOUT + r"\Z",
    re.IGNORECASE,
)
_REACH = 72


def result(text: Text, reading: Reading, name: str, question: Text | None) -> bool:
    """Whether an answer arrives at a number: `that makes five`, `the dive comes to 64.5`, `which leaves three`.

    Args:
        text: The answer.
        reading: The number.
        name: What was asked for.
        question: The question: only where it asks what is left does a number that is left count.
    """
    before = _before(text, reading)
    found = _RESULT.search(before)
    if found and _GRADED.search(before[: found.start()]) and name_heads(name)[1] & _SIZES:
        return False
    if _RATE.match(text.raw, text.tokens[reading.last].end):
        return False
    return bool(found or (_LEAVES.search(before) and _left_asked(name, question)))


def no_answers(text: Text, found: Sequence[Reading], name: str, question: Text | None) -> list[bool]:
    """Returns which numbers of an answer others are measured by: goals, wholes, distances, first guesses, what is left.

    Args:
        text: The answer.
        found: Its numbers.
        name: What was asked for.
        question: The question.
    """
    asked = moment_asked(question) if question is not None else None
    strange = of_another_turn(text, found, name)
    remaining = [_remains(text, reading) for reading in found] if _left_asked(name, question) else []
    if any(remaining):
        strange = [other or not left for other, left in zip(strange, remaining, strict=True)]
    elif _left_asked(name, question):
        strange = [other or _gone(text, reading) for other, reading in zip(strange, found, strict=True)]
    return [
        _no_answer(text, reading, place + 1 < len(found), name, question)
        or strange[place]
        or (place > 0 and _part(text, reading, name))
        or (asked is not None and _at_another_moment(text, found, place, asked))
        for place, reading in enumerate(found)
    ]


def taken_back(text: Text, reading: Reading) -> bool:
    """Whether a number is only a first guess that a `but` follows: `my first guess was five, but ...`."""
    if not _GUESS.search(_before(text, reading)):
        return False
    return _BUT.match(text.raw, text.tokens[reading.last].end) is not None


def _no_answer(text: Text, reading: Reading, followed: bool, name: str, question: Text | None) -> bool:
    before, end = _before(text, reading), text.tokens[reading.last].end
    if _names_one(text, reading, name):
        return True
    if _GOAL.search(before) or _SHORT.match(text.raw, end) or _NEEDED.match(text.raw, end):
        return True
    if _LEFT_OUT.search(before) or _USUAL.search(before) or _OUT_OF_ALL.search(before):
        return True
    if followed and (_WHOLE.search(before) or _GUESS.search(before)):
        return True
    return _LEAVES.search(before) is not None and not _left_asked(name, question)


def _names_one(text: Text, reading: Reading, name: str) -> bool:
    """Whether a number is the name of one of several things: of the second set in `he does 8 in set two`."""
    if not reading.first or text.tokens[reading.first].glue != " " or reading.unit:
        return False
    noun = text.tokens[reading.first - 1].keys & CALLED_BY_NUMBER
    return bool(noun) and not noun & name_heads(name)[0]


def _remains(text: Text, reading: Reading) -> bool:
    """Whether a number is said to be that of what is left: `two plates remain`, `that leaves two`."""
    after = _REMAINS.match(text.raw, text.tokens[reading.last].end)
    return after is not None or _LEAVES.search(_before(text, reading)) is not None


def _gone(text: Text, reading: Reading) -> bool:
    """Whether a number is said to be that of what is no longer there: `two are missing`, `he takes two of them`."""
    return bool(_GONE.match(text.raw, text.tokens[reading.last].end) or _TAKES.search(_before(text, reading)))


def _part(text: Text, reading: Reading, name: str) -> bool:
    """Whether a number is that of some of those before it, and not of those asked for: `six, two of which fly off`."""
    if not _PART.match(text.raw, text.tokens[reading.last].end):
        return False
    every = name_heads(name)[1]
    return not any(token.keys & every for token in text.tokens[reading.last + 3 : reading.last + 8])


def _at_another_moment(text: Text, found: Sequence[Reading], place: int, asked: str) -> bool:
    """Whether a number is told of the end of the clip where its start is asked about, or reversely."""
    begin, end = text.bounds(found[place].first)
    if place:
        begin = max(begin, found[place - 1].last + 1)
    if place + 1 < len(found):
        end = min(end, found[place + 1].first)
    told = text.raw[text.tokens[begin].start : text.tokens[end - 1].end]
    first, last = _FIRST.search(told) is not None, _LAST.search(told) is not None
    return first != last and (last if asked == "start" else first and asked == "end")


def _left_asked(name: str, question: Text | None) -> bool:
    asked = question.tokens if question is not None else ()
    return any(token.keys & _ASKS_WHAT_IS_LEFT for token in (*tokens_of_name(name).tokens, *asked))


def _before(text: Text, reading: Reading) -> str:
    start = text.tokens[reading.first].start
    return text.raw[max(0, start - _REACH) : start]
