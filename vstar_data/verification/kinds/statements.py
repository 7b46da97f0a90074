"""Judges `boolean` targets by meaning: what the answer, however it is put, says about the statement."""

from __future__ import annotations

import re
from functools import lru_cache

from vstar_data.records import BooleanLabel, RejectReason, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.commitment import conclusion
from vstar_data.verification.cues import NEGATORS
from vstar_data.verification.kinds.answer_fields import by_fields
from vstar_data.verification.kinds.attempts import by_attempt
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.kinds.clauses import agent_after, one_of, subject_before
from vstar_data.verification.kinds.comparisons import by_comparison, comparison_of
from vstar_data.verification.kinds.counts import by_count, count_of
from vstar_data.verification.kinds.event_order import by_order, order_of
from vstar_data.verification.kinds.existence import existence, not_really_there
from vstar_data.verification.kinds.opposites import opposites
from vstar_data.verification.kinds.predicates import partial, said_of
from vstar_data.verification.kinds.presence import presence_of, present
from vstar_data.verification.kinds.replies import View, replies, token_at
from vstar_data.verification.kinds.sameness import by_sameness
from vstar_data.verification.kinds.statement_parts import FAILING, Statement, statement_of
from vstar_data.verification.matching import Match
from vstar_data.verification.text import Text, tokens_of_name

_WITHDRAWS = re.compile(
    r"\b(?:wait|hold on|scratch that|take (?:that|it) back|correction|i was wrong|mistaken?|strike that|sorry"
    r"|misspoke|disregard|on reflection|on (?:a )?(?:closer|second) (?:inspection|look|viewing|thoughts?)"
    r"|(?:looking|looked|look|checking|watching|watched) (?:\w+ ){0,3}(?:again|closer|closely)"
    r"|hmm+|actually|in fact|in reality|well,|in truth|rather"
    r"|so|therefore|thus|hence|in the end|in conclusion|to conclude|finally|settles|the answer|final answer"
    r"|however|but|yet|although|though|despite|even if|no,)\b|\.\.\.\s*no\b|\u2026\s*no\b"
)
"""What lets a later word stand against an earlier one: a correction, or a conclusion after weighing."""
_TIMES = (
    re.compile(
        r"\b(?:at (?:the )?(?:very )?(?:first|start|beginning|outset)|initially|in the beginning|to begin with"
        r"|(?:in|by) the (?:very )?(?:first|opening) (?:\w+ )?(?:frames?|seconds?|shots?|moments?)|originally"
        r"|(?:starts|started|begins|began)(?: out| off)?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:at|by|in) the (?:very )?end|finally|eventually|later|afterwards|subsequently|(?:ends|ended)(?: up)?"
        r"|(?:when|before|as|by the time) the (?:clip|video|footage|scene) (?:ends|is over)"
        r"|(?:in|by|on) the (?:very )?(?:last|final|closing) (?:\w+ )?(?:frames?|seconds?|shots?|moments?))\b",
        re.IGNORECASE,
    ),
)
_PART = re.compile(r"[;:,\u2013\u2014]|\s-\s|\b(?:but|and|then|while)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:both|all|every|each|everyone|everybody)\b", re.IGNORECASE)
_NOT_ALL = re.compile(
    r"\b(?:only|just) (?:one|two|three|four|five|six|some|half|a few|a couple|the (?:first|second|left|right|one))\b"
    r"|\b(?:the (?!two|both|all)\w+(?: one| \w+)?|another(?: one)?|one(?: of \w+)?|some(?: of \w+)?)(?: \w+)?"
    r" (?:does|do|is|are|has|have|did|was|were)(?: not|n['\u2019]t)(?=\s*(?:[.,;:!]|\Z))"
    r"|\bthere (?:is|was|are|were) (?:one|some|a few)(?: \w+)? (?:that|who|which)\b[^.;]*(?: not|n['\u2019]t)\b"
    r"|\bnot (?:all|both|every|everyone|everybody|each)\b"
    r"|\bneither\b|\bnone\b|\ball (?:\w+ )?(?:but|except)\b",
    re.IGNORECASE,
)
_WRONG_TO_SAY = re.compile(
    r"\b(?:wrong|incorrect|false|inaccurate|untrue|a mistake|mistaken)(?: to (?:say|claim|think|believe|state|assume))?"
    r" that\b[^.;:]*\Z",
    re.IGNORECASE,
)
_POINTER = re.compile(r"\bthe (former|latter|first|second)(?= one\b|\s*(?:[.,;:!]|\Z))", re.IGNORECASE)
_AUXILIARY = words.word_set("does do did is are was were has have had can could will would 's")
_NEARLY = frozenset({"almost", "nearly", "narrowly"})
_ENDERS = words.word_set("but and because as since although though while so indeed too")
_TAG = re.compile(r"\A(?:is|are|was|were|does|do|did|has|have|can|could|will|would)n['\u2019]t\b", re.IGNORECASE)


def judge(label: BooleanLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a statement that holds or does not.

    Args:
        label: The statement and whether it holds.
        asks: Ignored: a statement has one part.
        case: The answer and what is known about it.
    """
    text = case.answer
    if not text.tokens:
        return rejected(RejectReason.ABSENT)
    views = _views(label.name, case)
    if not views:
        return rejected(RejectReason.ABSENT)
    last, start, end = views[-1]
    if last is None:
        return rejected(RejectReason.HEDGED, (start, end))
    earlier = [view for view in views if view[0] is not None and view[0] is not last]
    if earlier and not withdrawn(text, earlier[-1][1], start):
        return rejected(RejectReason.CONTRADICTED, (start, end))
    parsed = "true" if last else "false"
    if last is label.holds:
        return accepted((start, end), parsed)
    if earlier and label.holds:
        return rejected(RejectReason.CONTRADICTED, (start, end), parsed)
    return rejected(RejectReason.WRONG_VALUE if not label.holds else RejectReason.NEGATED, (start, end), parsed)


def withdrawn(text: Text, before: int, after: int) -> bool:
    """Whether a cue between two places lets the later one stand against the earlier, or the later one concludes.

    Args:
        text: The answer.
        before: Code point of the earlier.
        after: Code point of the later.
    """
    if _WITHDRAWS.search(text.raw[before:after].lower()):
        return True
    end = conclusion(text)
    return end is not None and before < text.tokens[end].start <= after


def _views(name: str, case: Case) -> list[View]:
    """Returns all that the answer says about the statement, in order: true, false, or undecided.

    What is inferred (from an opposite, an order, a count) speaks only where nothing is said outright.
    """
    text = case.answer
    statement = statement_of(name)
    fields = by_fields(statement, name, text)
    if fields:
        return fields
    views = _replied(name, statement, case)
    order, count, comparison = order_of(name), count_of(name), comparison_of(name)
    ordered = by_order(order, text) if order is not None else []
    compared = by_comparison(comparison, text) if comparison is not None else []
    outright = [] if comparison is not None else _outright(name, text)
    if presence_of(name) is not None:
        own, against = present(name, text)
    else:
        own, against = said_of(statement, text) if statement is not None and comparison is None else ([], [])
    if comparison is not None:
        views += compared
    elif order is not None:
        views += ordered or outright
    else:
        partial_views = _by_quantity(text) if _ALL.search(name) else []
        parts = {_sentence(text, view[1]) for view in partial_views}
        views = [view for view in views if _sentence(text, view[1]) not in parts or view[0] is not True]
        outright = [view for view in outright if _sentence(text, view[1]) not in parts]
        own = [view for view in own if _sentence(text, view[1]) not in parts]
        views += outright + partial_views
        spans = [(start, end) for _, start, end in views]
        views += [view for view in own if not any(start <= view[1] < end for start, end in spans)]
    if name.lower().startswith("there "):
        views = [(False, *view[1:]) if view[0] and not_really_there(text, view) else view for view in views]
    views = _at_the_time(name, text, list(dict.fromkeys(views)))
    if not any(value is not None for value, _, _ in views):
        views += (by_count(count, text) if count is not None else []) or by_sameness(name, text) or against
        views = views or by_attempt(statement, text)
    views = [_turned(text, view) for view in _at_the_time(name, text, list(dict.fromkeys(views)))]
    return sorted(views, key=lambda view: view[1])


def _turned(text: Text, view: View) -> View:
    """Turns what is said after `it would be wrong to say that`."""
    value, start, end = view
    place = token_at(text, start)
    if value is None or place is None:
        return view
    begin = text.tokens[text.bounds(place)[0]].start
    wrong = _WRONG_TO_SAY.search(text.raw[begin:start])
    return (not value, start, end) if wrong is not None else view


def _at_the_time(name: str, text: Text, views: list[View]) -> list[View]:
    """Returns the views that are of the part of the clip that the statement is about, if it is about one."""
    asked = [number for number, pattern in enumerate(_TIMES) if pattern.search(name)]
    if len(asked) != 1:
        return views
    times = [_time_of(text, view[1]) for view in views]
    told = [view for view, time in zip(views, times, strict=True) if time == asked[0]]
    return told or [view for view, time in zip(views, times, strict=True) if time is None]


def _time_of(text: Text, start: int) -> int | None:
    """Returns 0 for what is told of the start of the clip, 1 for its end, None for neither."""
    bounds = text.sentences[_sentence(text, start)]
    span = text.span(bounds[0], bounds[1] - 1)
    begin = max((match.end() for match in _PART.finditer(text.raw, span[0], start)), default=span[0])
    end = next((match.start() for match in _PART.finditer(text.raw, start, span[1])), span[1])
    found = [(match.start(), time) for time, cue in enumerate(_TIMES) for match in cue.finditer(text.raw, *span)]
    near = [(abs(at - start), time) for at, time in found if begin <= at < end]
    if near:
        return min(near)[1]
    before = [(at, time) for at, time in found if span[0] <= at < start]
    return max(before)[1] if before else None


def _sentence(text: Text, start: int) -> int:
    """Returns the number of the sentence that a code point stands in; the last one's beyond all tokens."""
    place = token_at(text, start)
    return text.tokens[place].sentence if place is not None else len(text.sentences) - 1


def _by_quantity(text: Text) -> list[View]:
    """Reads `only one does`, `not all of them` to a statement about both or all."""
    return [
        (False, match.start(), match.end())
        for match in _NOT_ALL.finditer(text.raw)
        if (place := token_at(text, match.start())) is not None
        and stance(text, place, place, frozenset(NEGATORS)) is Stance.ASSERTED
    ]


def _replied(name: str, statement: Statement | None, case: Case) -> list[View]:
    """Reads replies to the question: `yes`, `it does`; nothing where it offers alternatives."""
    if _alternative(case.question):
        return _by_pointer(statement, case)
    about = {key for token in tokens_of_name(name).tokens if token.word not in words.FUNCTION for key in token.keys}
    turned = _orientation(name, case.question)
    said_so = replies(case.answer, frozenset(about)) + _by_ellipsis(case.answer, statement)
    if name.lower().startswith("there "):
        said_so += existence(name, case.answer)
    return [(None if value is None else value is turned, start, end) for value, start, end in said_so]


def _by_pointer(statement: Statement | None, case: Case) -> list[View]:
    """Reads `the former`, `the latter` to a question that offers two: which of them is the statement."""
    tokens = case.question.tokens
    middle = next((place for place, token in enumerate(tokens) if token.word == "or"), None)
    if statement is None or middle is None:
        return []
    head = statement.verb or frozenset(key for token in statement.quality for key in token.keys)
    left, right = (any(token.keys & head for token in part) for part in (tokens[:middle], tokens[middle:]))
    if left is right:
        return []
    return [
        ((match[1].lower() in ("former", "first")) is left, match.start(), match.end())
        for match in _POINTER.finditer(case.answer.raw)
    ]


def _outright(name: str, text: Text) -> list[View]:
    """Reads the whole statement, in any voice and tense."""
    views: list[View] = []
    statement = statement_of(name)
    for match in said(text, (name,)):
        if statement is not None and _of_another(statement, text, match):
            continue
        if statement is not None and statement.quality and partial(text, match.last, match.first):
            continue
        how = stance(text, match.first, match.last)
        span = text.span(match.first, match.last)
        if how is Stance.HEDGED:
            views.append((None, *span))
        elif how in (Stance.ASSERTED, Stance.MILD, Stance.NEGATED):
            views.append((how is not Stance.NEGATED, *span))
    return views


def _of_another(statement: Statement, text: Text, match: Match) -> bool:
    """Whether a match without the statement's subject is said of somebody else: `the woman wears a hat`."""
    doer = agent_after(text, match.last)
    if doer is not None and statement.subject and not statement.passive and not one_of(doer, statement.subject):
        return True
    if not statement.subject or any(text.tokens[place].keys & statement.subject for place in match.filled):
        return False
    subject = subject_before(text, match.first)
    return subject is not None and not one_of(subject, statement.things)


def _by_ellipsis(text: Text, statement: Statement | None) -> list[View]:
    """Reads `it does`, `it doesn't`, `he almost did`, `it doesn't fail to`: an auxiliary that ends its clause."""
    views: list[View] = []
    for place, token in enumerate(text.tokens):
        if token.word not in _AUXILIARY or not place or text.asked[token.sentence]:
            continue
        begin, end = text.bounds(place)
        signs, subject = 0, place - 1
        while subject > begin and (text.tokens[subject].form.adverb or text.tokens[subject].word in ("very", "indeed")):
            signs += text.tokens[subject].word in _NEARLY
            subject -= 1
        if subject < begin or not _is_subject(text, subject, begin, statement):
            continue
        if statement is not None and not statement.holds and text.tokens[min(place + 2, end - 1)].keys & FAILING:
            continue
        closed, more = _closes(text, place, end)
        counted = text.tokens[subject - 2].word if text.tokens[subject].word == "them" else text.tokens[subject].word
        signs += counted in NEGATORS and not (statement is not None and statement.nobody)
        how = stance(text, place, place) if closed else Stance.ASKED
        if how is Stance.HEDGED:
            views.append((None, token.start, token.end))
        elif how is not Stance.ASKED and how is not Stance.MENTIONED:
            views.append(((signs + more) % 2 == 0, text.tokens[subject].start, token.end))
    return views


def _closes(text: Text, place: int, end: int) -> tuple[bool, int]:
    """Returns whether a clause is over after an auxiliary and its negation, and how many cues deny it."""
    cues = 0
    for at in range(place + 1, end + 1):
        if at == end:
            return True, cues
        token = text.tokens[at]
        if at > place and re.search(r"[,;:.!?\u2013\u2014\u2026)]|\s-\s", token.glue):
            return True, cues
        if token.word in NEGATORS or token.keys & FAILING or token.word in _NEARLY:
            cues += 1
        elif token.word in _ENDERS:
            following = text.tokens[at + 1] if at + 1 < end else None
            return token.word != "too" or following is None or following.glue != " ", cues
        elif not (token.word == "to" or token.word in words.ADVERBS or token.word.endswith("ly")) or (
            token.form.adjective
        ):
            return False, cues
    return True, cues


def _is_subject(text: Text, place: int, begin: int, statement: Statement | None) -> bool:
    token = text.tokens[place]
    if token.word == "them" and place > begin + 1 and text.tokens[place - 1].word == "of":
        return text.tokens[place - 2].word in ("both", "all", "none", "neither", "each")
    if token.word in ("it", "he", "she", "they", "this", "that", "both", "all", "nobody", "none", "neither"):
        return not (token.word == "that" and place > begin and text.tokens[place - 1].form.noun)
    return statement is not None and bool(token.keys & statement.subject)


_FORMS = {("yes", "no"), ("no", "yes"), ("true", "false"), ("false", "true"), ("right", "wrong")}
"""The two forms of an answer, which a question may name."""


def _alternative(question: Text) -> bool:
    """Whether a question offers alternatives, so that a bare yes or no answers nothing."""
    tokens = question.tokens
    for place, token in enumerate(tokens):
        if token.word == "or" and 0 < place < len(tokens) - 1:
            if (tokens[place - 1].word, tokens[place + 1].word) in _FORMS:
                continue
            following = tokens[place + 1].word
            verbal = following in words.AUXILIARIES | words.SUBJECT_PRONOUNS | {"just", "only", "merely"}
            if verbal and following not in ("not",):
                return True
            if tokens[0].word in words.AUXILIARIES and following != "not" and place >= 3:
                left = tokens[place - 1]
                return _opposed(left.word, tokens[place + 1].word) or "," in token.glue
    return False


def _opposed(left: str, right: str) -> bool:
    return any((right,) == other for other in opposites((left,)))


@lru_cache(maxsize=4096)
def _stated(name: str) -> tuple[frozenset[str], int]:
    """Returns the words of a statement and how many cues deny it."""
    tokens = tokens_of_name(name).tokens
    return frozenset(token.word for token in tokens), sum(token.word in ("not", "never") for token in tokens)


def _orientation(name: str, question: Text) -> bool:
    """Whether a yes to the question asserts the statement: not so where the question asks for the opposite."""
    asked = {token.word for token in question.tokens}
    stated, denials = _stated(name)
    sign = True
    denied = sum(token.word in ("not", "never") for token in question.tokens)
    if re.search(r"n['\u2019]t (?:it|he|she|they|there)\?", question.raw) or _TAG.match(question.raw):
        denied -= 1
    if question.tokens and (denied - denials) % 2:
        sign = not sign
    keys = {key for token in question.tokens for key in token.keys}
    for token in tokens_of_name(name).tokens:
        if token.word in asked or token.keys & keys:
            continue
        for key in (token.word, *sorted(token.keys)):
            if any(
                len(other) == 1 and other[0] in asked | keys and other[0] not in stated for other in opposites((key,))
            ):
                return not sign
    return sign
