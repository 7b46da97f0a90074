"""Whether a passage of an answer is asserted: negation and its scope, doubt, alternatives, mere mention, questions.

Looks at one passage and the sentence around it. How several passages add up (a rival considered, then dropped) is
decided in `commitment`.
"""

from __future__ import annotations

import re
from enum import StrEnum

from vstar_data.verification import cues, words
from vstar_data.verification.negation import denied_after, negations
from vstar_data.verification.scope import scope
from vstar_data.verification.text import Text
from vstar_data.verification.unreal import unreal

_QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d")
_DETERMINED = words.DETERMINERS | words.AUXILIARIES
_ACTING = words.AUXILIARIES | words.SUBJECT_PRONOUNS
_POSSIBLE = frozenset({"should", "would", "could", "might", "must", "may"})


class Stance(StrEnum):
    """How an answer stands to a passage of its own."""

    ASSERTED = "asserted"
    MILD = "mild"
    HEDGED = "hedged"
    NEGATED = "negated"
    MENTIONED = "mentioned"
    ASKED = "asked"


def stance(text: Text, first: int, last: int, own: frozenset[str] = frozenset()) -> Stance:
    """Returns how the answer stands to the passage from token `first` to token `last`.

    Args:
        text: The answer.
        first: First token of the passage.
        last: Last token of the passage.
        own: Base forms of the name itself: cues among them (`failing to`, `without`) are part of the name.
    """
    begin, end = text.bounds(first)
    number = text.tokens[first].sentence
    if text.asked[number]:
        return _own_reply(text, number)
    if cues.UNCHECKED.search(text.tokens[begin].glue) or cues.CROSSED.match(text.raw, text.tokens[end - 1].end):
        return Stance.NEGATED
    if _written(text, begin, first) or _earlier_still(text, begin, first, end):
        return Stance.MENTIONED
    if _beside_the_answer(text, number):
        return Stance.MENTIONED
    before = scope(text, first, begin)
    clause = text.raw[text.tokens[before].start : text.tokens[first].start].lower()
    if "whether" in clause or cues.UNCLEAR.search(clause):
        return Stance.HEDGED
    if cues.ECHO.search(text.raw[text.tokens[begin].start : text.tokens[first].start].lower()):
        return Stance.ASKED
    if cues.CANDIDATES.search(_under_key(text.raw[text.tokens[begin].start : text.tokens[first].start].lower())):
        return Stance.MENTIONED
    if negations(text, before, first, last, own) % 2 or denied_after(text, last, end):
        return Stance.NEGATED
    sentence = text.raw[text.tokens[begin].start : text.tokens[end - 1].end].lower()
    if cues.UNCLEAR.search(sentence) and not _decided(sentence):
        return Stance.HEDGED
    if unreal(text, begin, first, before, own):
        return Stance.MENTIONED
    if any(token.word in _POSSIBLE and token.word not in own for token in text.tokens[first + 1 : last]):
        return Stance.MENTIONED
    if _alternative(text, first, last, own):
        return Stance.HEDGED
    tail = text.raw[text.tokens[last].end : text.tokens[end - 1].end].lower()
    if cues.OFFERED.match(tail):
        return Stance.MENTIONED
    if cues.GUESSED.match(tail):
        return Stance.MILD
    if cues.GENERAL.match(tail) or cues.OTHER_TIME.match(tail):
        return Stance.MENTIONED
    if cues.SEEMING.search(clause) and cues.BUT.search(tail):
        return Stance.NEGATED
    governing = {key for token in text.tokens[before:first] for key in token.keys}
    if governing & cues.WEAK and not governing & own:
        return Stance.HEDGED if _as_likely(text, last, end) else Stance.MILD
    if governing & {"try", "attempt"} and "to" in governing:
        return Stance.MENTIONED if cues.FAILED.search(sentence) else Stance.MILD
    return Stance.ASSERTED


def _under_key(before: str) -> str:
    """Returns what stands before a passage from its own key of a JSON object on; all of it without such a key."""
    keys = list(cues.JSON_KEY.finditer(before))
    return before[keys[-1].start() :] if keys else before


def _earlier_still(text: Text, begin: int, first: int, end: int) -> bool:
    """Whether a passage tells what was over before the clip began, or is one of two that are only compared."""
    before = text.raw[text.tokens[begin].start : text.tokens[first].start].lower()
    numbered = any(token.value is not None for token in text.tokens[begin : first + 1])
    if not numbered and cues.BETWEEN.match(before):
        return True
    sentence = text.raw[text.tokens[begin].start : text.tokens[end - 1].end].lower()
    return " had " in f" {before}" and cues.BEFORE_THE_CLIP.search(sentence) is not None


def _own_reply(text: Text, number: int) -> Stance:
    """Returns the stance to a question that the answer puts and perhaps answers: `Juggling?` and then `Definitely`."""
    if number + 1 >= len(text.sentences):
        return Stance.ASKED
    begin, end = text.sentences[number + 1]
    reply = text.raw[text.tokens[begin].start : text.tokens[end - 1].end].lower()
    if cues.NO_REPLY.match(reply):
        return Stance.NEGATED
    return Stance.ASSERTED if cues.YES_REPLY.match(reply) else Stance.ASKED


def _written(text: Text, begin: int, first: int) -> bool:
    """Whether a passage is what something in the picture says: `a shirt that reads ...`, `a song called ...`."""
    before = text.raw[text.tokens[begin].start : text.tokens[first].start].lower()
    return bool(cues.INSCRIBED.search(before)) and bool(cues.INSCRIBED.search(_QUOTED.sub(" ", before)))


def _as_likely(text: Text, last: int, end: int) -> bool:
    """Whether another possibility follows a possible one: `it could be this; then again, it could be that`."""
    after = {token.word for token in text.tokens[last + 1 : end]}
    if after & {"may", "might", "could", "possibly", "perhaps", "maybe"}:
        return True
    number = text.tokens[last].sentence + 1
    if number >= len(text.sentences):
        return False
    begin, stop = text.sentences[number]
    following = text.raw[text.tokens[begin].start : text.tokens[stop - 1].end].lower()
    return bool(
        re.match(
            r"(?:it |this |they |he |she )?(?:may|might|could) (?:also|as well|equally)|or\b|alternatively|then again",
            following,
        )
    )


def _beside_the_answer(text: Text, number: int) -> bool:
    """Whether a line of a structured answer gives something else than the answer: `tools: ...` beside `action: ...`."""
    if len(text.sentences) < 2:
        return False
    key = _key(text, number)
    if key is None or key in cues.ANSWER_KEYS:
        return False
    others = (other for other in range(len(text.sentences)) if other != number and not _heading(text, other))
    return any(_key(text, other) in cues.ANSWER_KEYS for other in others)


def _heading(text: Text, number: int) -> bool:
    """Whether a sentence stands in the first row of a table: it names columns."""
    end = text.raw.find("\n", text.tokens[text.sentences[number][0]].start)
    return end >= 0 and cues.RULE_OF_TABLE.match(text.raw, end + 1) is not None


def _key(text: Text, number: int) -> str | None:
    start = text.tokens[text.sentences[number][0]].start
    begin = text.raw.rfind("\n", 0, start) + 1
    found = cues.KEY.match(text.raw, begin, begin + 80)
    return found[1].lower() if found else None


def _decided(sentence: str) -> bool:
    return bool(re.search(r"\bbut\b.*\b(?:is|are|this)\b|\bso\b", sentence)) and not sentence.startswith(
        "it is unclear"
    )


def _alternative(text: Text, first: int, last: int, own: frozenset[str]) -> bool:
    """Whether the passage is one of several alternatives: `juggling, bowling or archery`."""
    tokens = text.tokens
    begin, end = text.bounds(first)
    crossed = False
    for place in range(last + 1, min(end, last + 10)):
        token = tokens[place]
        if token.word == "or" and tokens[place - 1].word not in ("give", "plus"):
            following = next((t for t in tokens[place + 1 : end] if t.word not in ("a", "an", "the")), None)
            if following is None:
                return True
            if following.word in ("so", "thereabouts", "at", "more", "less", "rather") or following.value is not None:
                return False
            if following.word in ("in", "on"):
                return any(t.word in words.DETERMINERS for t in tokens[place + 2 : place + 3])
            if "or" in own and following.keys & own:
                return False
            acts = following.word.endswith("ing") or following.word in _ACTING
            return not crossed or acts
        if cues.HARD_GLUE.search(token.glue) or token.word in cues.SCOPE_ENDS:
            break
        if token.word in words.PREPOSITIONS:
            crossed = True
    for place in range(first - 1, max(begin - 1, first - 6), -1):
        token = tokens[place]
        if token.word == "or":
            if "or" in own and place and tokens[place - 1].keys & own:
                return False
            either = any(earlier.word == "either" for earlier in tokens[max(begin, place - 12) : place])
            return either or not (place and tokens[place - 1].value is not None)
        if token.word == "either":
            return "or" not in own
        if not (token.word in _DETERMINED or token.form.adjective or token.word.endswith("ing")):
            break
    after = tokens[last + 1] if last + 1 < end else None
    if after is not None and after.glue.strip() == "/" and not after.keys & own:
        return True
    return tokens[first].glue.strip() == "/" and first > begin and not tokens[first - 1].keys & own
