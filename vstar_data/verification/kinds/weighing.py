"""Which of several choices that an answer names it settles on: by a conclusion, or by what the question is about."""

from __future__ import annotations

import re

from vstar_data.verification import words
from vstar_data.verification.commitment import conclusion
from vstar_data.verification.kinds.picks import Pick
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_CONCLUDES = re.compile(
    r"\b(?:so|hence|therefore|thus|(?:what )?remains?|that leaves|leaves (?:us|me|only|just)|left is|must (?:be|have)"
    r"|i(?:['\u2019]d| would|['\u2019]ll)? (?:choose|pick|select|go (?:with|for)|say|take|opt)"
    r"|answer|in the end|by elimination)\b"
)
_PARTS = re.compile(
    r"[.;!?\n]|\s-\s|[\u2013\u2014]|,? (?:but|while|whereas)\b|, (?:and|then|after|before)\b|\b(?:and )?then\b|: ", re.I
)
_TIMES = {"after": "before", "before": "after"}
_LEADING = word_set("after before having once")
_DONE = re.compile(r"\b(?:already|earlier|previously)\b")


def concluded(text: Text, stated: list[Pick], picks: list[Pick]) -> list[Pick]:
    """Returns the choices that count: those from the conclusion on, where the answer weighs several and concludes.

    Args:
        text: The answer.
        stated: The choices that it asserts, in order; at least one.
        picks: All that it names, in order.
    """
    end = conclusion(text)
    if end is not None:
        begin = text.tokens[end].start
        after = [pick for pick in stated if pick.start >= begin]
        if after:
            return after
    last = stated[-1]
    others = [pick for pick in stated if pick.choice != last.choice]
    weighed = {pick.choice for pick in picks if pick.start < last.start and pick.choice != last.choice}
    if not others or len(weighed) < 2:
        return stated
    between = text.raw[others[-1].end : last.start].lower()
    return [pick for pick in stated if pick.start > others[-1].end] if _CONCLUDES.search(between) else stated


def of_the_question(text: Text, question: Text, stated: list[Pick]) -> list[Pick]:
    """Returns of choices that contradict each other those that are said of what the question asks about.

    Args:
        text: The answer.
        question: The question.
        stated: The choices that the answer asserts, in order.
    """
    when = next((token.word for token in question.tokens if token.word in _TIMES), None)
    clauses = [_clause(text, pick) for pick in stated]
    if when is not None:
        fitting = [p for p, clause in zip(stated, clauses, strict=True) if _TIMES[when] not in _spoken(clause)]
        if fitting and len(fitting) < len(stated):
            return fitting
    main = [pick for pick in stated if not _subordinate(text, pick)]
    if main and len(main) < len(stated):
        return main
    until = next((n for n, token in enumerate(question.tokens) if token.word in _TIMES), len(question.tokens))
    asked = {
        key for token in question.tokens[:until] if token.word not in words.FUNCTION for key in token.keys
    } - _GENERIC
    hits = [len({key for key in asked if key in clause[1]}) for clause in clauses]
    best = [pick for pick, count in zip(stated, hits, strict=True) if count == max(hits)]
    chosen = {pick.choice for pick in best}
    left_out = [pick for pick in stated if pick.choice not in chosen]
    if len(chosen) != 1 or not max(hits) or not all(_of_another(text, pick, asked) for pick in left_out):
        return stated
    return best


def _of_another(text: Text, pick: Pick, asked: set[str]) -> bool:
    """Whether the clause around a choice names a thing of its own: `his jacket is green, but the kite is red`."""
    start, stop = _clause_span(text, pick)
    return any(
        start <= token.start < stop
        and not pick.start <= token.start < pick.end
        and token.form.noun
        and token.word not in words.FUNCTION
        and not token.keys & (asked | _GENERIC)
        for token in text.tokens
    )


_GENERIC = words.PERSONS | word_set("video clip object thing colour color kind type happen")


def _clause(text: Text, pick: Pick) -> tuple[str, set[str]]:
    """Returns the clause around a choice, and the base forms of its words."""
    start, stop = _clause_span(text, pick)
    keys = {key for token in text.tokens if start <= token.start < stop for key in token.keys}
    return text.raw[start:stop].lower(), keys


def _clause_span(text: Text, pick: Pick) -> tuple[int, int]:
    begin, end = text.span(text.bounds(pick.first)[0], text.bounds(pick.first)[1] - 1)
    start = max(
        (
            m.end() if m[0].strip(", ")[:1] not in "abt" else m.start()
            for m in _PARTS.finditer(text.raw, begin, pick.start)
        ),
        default=begin,
    )
    stop = next((m.start() for m in _PARTS.finditer(text.raw, pick.end, end)), end)
    return start, stop


def _spoken(clause: tuple[str, set[str]]) -> set[str]:
    return set(re.findall(r"[a-z]+", clause[0]))


def _subordinate(text: Text, pick: Pick) -> bool:
    """Whether a choice only says what came before or after: `after closing the cabinet, he ...`."""
    begin, end = text.bounds(pick.first)
    before = text.tokens[max(begin, pick.first - 3) : pick.first]
    leads = any(token.word in _LEADING for token in before) and not any("," in t.glue for t in before[1:])
    comma = next((n for n in range(pick.last + 1, end) if "," in text.tokens[n].glue), None)
    stop = text.tokens[comma - 1].end if comma is not None else text.tokens[end - 1].end
    return leads or bool(_DONE.search(text.raw[pick.end : stop].lower()))
