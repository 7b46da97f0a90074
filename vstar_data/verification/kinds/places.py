"""Statements of where something is: read from the preposition that an answer puts before the same landmark."""

from __future__ import annotations

from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.replies import View
from vstar_data.verification.text import Text, Token
from vstar_data.verification.words import word_set

_GROUPS = tuple(
    map(
        word_set,
        (
            "in inside within into indoors",
            "on atop upon onto",
            "off",
            "under below beneath underneath",
            "over above",
            "behind",
            "outside out outdoors",
            "front",
            "left",
            "right",
        ),
    )
)
"""Prepositions that say the same; those of different groups exclude each other."""
_COMPATIBLE = frozenset(
    {frozenset({0, 1}), frozenset({1, 4}), *(frozenset({6, other}) for other in (1, 3, 4, 5, 7, 8, 9))}
)
_ALONE = word_set("indoors outdoors inside outside out")
"""Words that need no landmark to say where something is: `outside on the porch`."""
_STOPS = ",;:.!?\u2026\u2013\u2014"


def where_said(subject: frozenset[str], quality: tuple[Token, ...], text: Text) -> list[View]:
    """Returns what an answer says about where something is.

    Args:
        subject: Base forms of the thing.
        quality: What the statement says after `is`, from its preposition on.
        text: The answer.
    """
    own = _group([token.word for token in quality[:3]])
    if own is None:
        return []
    landmark = {key for token in quality[1:] if token.word not in words.FUNCTION for key in token.keys}
    views: list[View] = []
    for place, token in enumerate(text.tokens):
        group = _group(text.words(place, place + 3))
        if group is None or text.asked[token.sentence] or (token.word == "front" and place):
            continue
        if not _at_landmark(text, place, landmark) or not _of(subject, text, place):
            continue
        how = stance(text, place, place)
        if how not in (Stance.ASSERTED, Stance.MILD, Stance.NEGATED):
            continue
        if group == own:
            views.append((how is not Stance.NEGATED, token.start, token.end))
        elif how is not Stance.NEGATED and frozenset({group, own}) not in _COMPATIBLE:
            views.append((False, token.start, token.end))
        elif not landmark and how is Stance.NEGATED and frozenset({group, own}) == frozenset({1, 2}):
            views.append((True, token.start, token.end))
    return views


def _group(spoken: list[str]) -> int | None:
    word = "front" if spoken[:2] == ["in", "front"] else spoken[0] if spoken else ""
    if spoken[1:2] == ["the"] and spoken[2:3] in (["left"], ["right"]):
        word = spoken[2]
    return next((number for number, group in enumerate(_GROUPS) if word in group), None)


def directed(own: str, spoken: list[str]) -> bool | None:
    """Whether the words after a verb lead where a statement's preposition does (`into`, `in`).

    Args:
        own: The preposition of the statement.
        spoken: The words after the verb.

    Returns:
        True for the same preposition, False for one that excludes it, None where the words have no preposition at all.
    """
    for at, word in enumerate(spoken):
        if word in words.PREPOSITIONS | {"to"}:
            left, right = _group([own]), _group(spoken[at:])
            return left == right if left is not None and right is not None else True
        if word in words.DETERMINERS | words.CLAUSE_BREAKS:
            return None
    return None


def _at_landmark(text: Text, place: int, landmark: set[str]) -> bool:
    """Whether the statement's landmark, or a pronoun for it, follows; or a stop, where it has none."""
    end = text.bounds(place)[1]
    if text.tokens[place].word in _ALONE and landmark:
        after = text.tokens[place + 1] if place + 1 < end else None
        if after is None or any(sign in after.glue for sign in _STOPS) or after.word in words.PREPOSITIONS - {"of"}:
            return text.tokens[place].word != "inside" or after is None or after.word != "of"
    if not landmark:
        after = text.tokens[place + 1] if place + 1 < end else None
        return after is None or any(sign in after.glue for sign in _STOPS) or after.word in ("and", "but", "now", "at")
    for at in range(place + 1, min(end, place + 6)):
        token = text.tokens[at]
        if any(sign in token.glue for sign in _STOPS):
            return False
        if token.keys & landmark or (at == place + 1 and token.word in ("it", "them", "there")):
            return True
        if token.word in words.AUXILIARIES | words.CLAUSE_BREAKS:
            return False
    return False


def _of(subject: frozenset[str], text: Text, place: int) -> bool:
    """Whether the thing itself, or a pronoun for it, stands before the preposition as what is located."""
    begin = text.bounds(place)[0]
    for at in range(place - 1, max(begin, place - 8) - 1, -1):
        token = text.tokens[at]
        if any(sign in text.tokens[at + 1].glue for sign in _STOPS[1:]):
            break
        if token.keys & subject:
            return not (at > begin and text.tokens[at - 1].word in ("no", "without"))
        if token.word in ("it", "they", "he", "she", "both"):
            return True
        if token.form.noun and not token.form.verb and not token.form.adjective and token.word not in words.FUNCTION:
            return False
    return place == begin
