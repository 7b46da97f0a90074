"""Negation: which cues deny a passage, before it and after it, and which only look like it."""

from __future__ import annotations

from functools import lru_cache

from vstar_data.verification import cues, lemmas, words
from vstar_data.verification.enclosed import enclosed
from vstar_data.verification.scope import word_at
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_SOMETIMES = word_set("instead rather short before far anything everything all too nearly almost")
"""What denies together with the words beside it: `far from`, `all but`."""
_HARDLY = frozenset({"hardly", "barely", "scarcely"})
_NOMINATIVE = frozenset({"i", "he", "she", "we", "they"})


def negations(text: Text, before: int, first: int, last: int, own: frozenset[str]) -> int:
    """Counts the cues that negate a passage; an even number asserts it."""
    tokens = text.tokens
    count = 0
    for place in range(before, last + 1):
        token = tokens[place]
        word = token.word
        if not _may_deny(word) or (place >= first - 1 and token.keys & own):
            continue
        following = tokens[place + 1].word if place + 1 < len(tokens) else ""
        if word in cues.NEGATORS:
            if enclosed(text, place, first):
                continue
            if word == "not" and (
                following == "without" or following in cues.HARMLESS_AFTER_NOT or _to_mention(text, place)
            ):
                continue
            if word == "not" and any(_stops(text, at) for at in (place + 1, place + 2) if at < first):
                continue
            if word == "no" and (following in cues.HARMLESS_AFTER_NO or _reply(text, place)):
                continue
            if word == "no" and any(
                token.word in cues.DOUBTLESS for token in tokens[place + 1 : min(place + 5, first)]
            ):
                continue
            if word == "nothing" and following in ("but", "except"):
                continue
            if word in ("hardly", "barely", "scarcely") and place + 1 < first and tokens[place + 1].form.adjective:
                continue
            if word == "none" and following == "other":
                continue
            if (
                word in ("without", "no")
                and following in ("a", "any")
                and word_at(text, place + 2) in ("doubt", "question")
            ):
                continue
            if word == "without" and following in ("doubt", "question"):
                continue
            if word in cues.NARROW and place < first and _closed(text, place, first):
                continue
            if word == "nor" and count:
                continue
            if word == "not" and _in_passing(text, place, first):
                continue
            if word in _HARDLY and place > first and following and _describes(text, place + 1):
                continue
            count += 1
        elif (
            (word in ("instead", "rather") and following in ("of", "than") and not _closed(text, place + 1, first))
            or (token.keys & cues.DENYING and place < first and not (word == "rules" and following != "out"))
            or (word in ("short", "instead") and following == "of" and word == "short")
            or (word == "before" and place >= first - 2 and _gave_up(text, before, place))
            or (word == "far" and following == "from")
            or (word in ("anything", "everything", "all") and following == "but")
            or (word == "too" and any(tokens[at].word == "to" for at in range(place + 1, min(place + 5, first + 1))))
            or (word in ("nearly", "almost") and place >= first - 2 and _nearly(text, place, first))
        ):
            count += 1
    return count


@lru_cache(maxsize=65_536)
def _may_deny(word: str) -> bool:
    """Whether a word can be a cue of negation at all; most are none, wherever they stand."""
    return word in cues.NEGATORS or word in _SOMETIMES or not lemmas.form(word).keys.isdisjoint(cues.DENYING)


def _nearly(text: Text, place: int, first: int) -> bool:
    """Whether an `almost` is said of the deed: not so in `falls, almost in silence`, `almost two metres`."""
    following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    if following is None or text.tokens[first].word.endswith("ing"):
        return False
    return (
        following.word not in words.PREPOSITIONS
        and following.value is None
        and not (following.form.adverb and not following.form.verb)
    )


def _in_passing(text: Text, place: int, first: int) -> bool:
    """Whether a `not` denies one item of a list, before the passage: `peeled, not grated, and boiled`."""
    if place + 2 > first or "," not in text.tokens[place].glue:
        return False
    return any("," in text.tokens[at].glue for at in range(place + 2, min(place + 5, first + 1)))


def _gave_up(text: Text, begin: int, before: int) -> bool:
    """Whether somebody left off before the passage: `gives up before climbing`."""
    earlier = {key for token in text.tokens[begin:before] for key in token.keys}
    return bool(earlier & {"quit", "abandon"}) or {"give", "up"} <= earlier or {"turn", "back"} <= earlier


def _stops(text: Text, place: int) -> bool:
    """Whether a verb of ending stands here: `cannot stop juggling` goes on juggling."""
    return place < len(text.tokens) and bool(text.tokens[place].keys & cues.STOPPING)


def _to_mention(text: Text, place: int) -> bool:
    return word_at(text, place + 1) == "to" and word_at(text, place + 2) == "mention"


def _reply(text: Text, place: int) -> bool:
    """Whether a `no` answers a question or corrects (`No, he is ...`) rather than negating what follows."""
    after = text.tokens[place + 1].glue if place + 1 < len(text.tokens) else ""
    return any(sign in after for sign in ",;:")


def _describes(text: Text, place: int) -> bool:
    """Whether an adjective stands here that is no verb: `hardly recognisable`."""
    form = text.tokens[place].form
    return form.adjective and not form.verb


def _closed(text: Text, cue: int, first: int) -> bool:
    """Whether the phrase of `no` or `without` is over before the passage: `a man without a shirt is juggling`."""
    if text.tokens[cue].word == "no" and (cue == 0 or text.tokens[cue - 1].word != "with"):
        return any("," in text.tokens[place].glue for place in range(cue + 1, first + 1))
    for place in range(cue + 1, first + 1):
        token = text.tokens[place]
        if "," in token.glue or token.word in words.AUXILIARIES | _NOMINATIVE:
            return True
        counted = text.tokens[place - 1].word in ("much", "many") or word_at(text, place + 1) in ("much", "many")
        if token.word in words.SUBORDINATORS and not counted:
            return True
    return False


def denied_after(text: Text, last: int, end: int) -> bool:
    """Whether what follows a passage in its sentence denies it: `... is ruled out`."""
    rest = text.raw[text.tokens[last].end : text.tokens[end - 1].end].lower()
    if cues.POST_CELL.match(text.raw[text.tokens[last].end : text.tokens[last].end + 24].lower()):
        return True
    return bool(cues.POST_DENIAL.match(rest) or cues.POST_NOT.match(rest) or cues.POST_NO.match(rest))
