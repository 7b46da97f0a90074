"""What an answer does not tell as a fact: imagined, wanted, quoted, depicted, compared with."""

from __future__ import annotations

from functools import lru_cache

from vstar_data.verification import cues, lemmas, words
from vstar_data.verification.scope import word_at
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_IMAGINING = frozenset({"pretend", "imagine", "wish", "mimic", "imitate"})
_MISTAKING = frozenset({"mistake", "confuse"})
_SOMETIMES = word_set("if unless would 'd as will 'll shall than how to about for of")


@lru_cache(maxsize=65_536)
def _may_be_unreal(word: str) -> bool:
    """Whether a word can be a cue at all; most are none, wherever they stand."""
    keys = lemmas.form(word).keys
    return (
        word in _SOMETIMES
        or word in cues.BELIEVED
        or not (keys.isdisjoint(_IMAGINING) and keys.isdisjoint(_MISTAKING) and keys.isdisjoint(cues.DEPICTION))
    )


def unreal(text: Text, begin: int, first: int, before: int, own: frozenset[str]) -> bool:
    """Whether the passage is only imagined, wanted, quoted or depicted."""
    tokens = text.tokens
    for place in range(begin, first):
        token = tokens[place]
        word = token.word
        if not _may_be_unreal(word) or (place >= first - 1 and token.keys & own):
            continue
        conditional = word in ("if", "unless") and not (place and tokens[place - 1].word == "even" and place < before)
        conditional = conditional and not cues.HAD_TO_CHOOSE.match(text.raw.lower(), token.start)
        if conditional and (place >= before or any(t.word in ("would", "'d", "could") for t in tokens[before:first])):
            return True
        if place < before:
            continue
        if word in ("would", "'d") and not _commits(text, place, first):
            return True
        seeming = place and tokens[place - 1].keys & {"look", "seem", "appear", "sound", "feel"}
        if word == "as" and word_at(text, place + 1) in ("if", "though") and not seeming:
            return True
        if (
            word in ("will", "'ll", "shall")
            and place >= first - 3
            and not tokens[first - 1].keys & {"see", "find", "notice"}
        ):
            return True
        if word == "than" and _compared(text, begin, place, first):
            return True
        if token.keys & _IMAGINING:
            return True
        if token.keys & _MISTAKING or (word in cues.BELIEVED and text.tokens[place - 1].word != "second"):
            return True
        shown = word == "how" and _shows(text, begin, place)
        if word == "how" and not shown and any(earlier.keys & cues.TELLING for earlier in tokens[begin:place]):
            return True
        wanted = word == "to" and place and place >= first - 3 and tokens[place - 1].keys & cues.WANTING
        if wanted and not any("," in token.glue for token in tokens[place + 1 : first + 1]):
            return True
        if (
            word == "to"
            and place
            and tokens[place - 1].word in ("how", "about", "ready", "unable", "supposed", "meant", "used")
            and (tokens[place - 1].word != "used" or place >= first - 3)
            and not (place > 1 and tokens[place - 1].word == "used" and tokens[place - 2].word in words.BE)
            and not (place > 1 and tokens[place - 1].word == "how" and _shows(text, begin, place - 1))
        ):
            return True
        if word in ("about", "for", "of") and place and place >= first - 2 and tokens[place - 1].keys & cues.WANTING:
            return tokens[first].value is None or not tokens[place - 1].keys & {"speak", "talk", "hear"}
        if token.keys & cues.DEPICTION and word_at(text, place + 1) in ("of", "about", "showing", "that"):
            return True
    return False


def _shows(text: Text, begin: int, how: int) -> bool:
    """Whether a `how` follows a verb of showing, perhaps with whom it is shown: `shows his daughter how to`."""
    return any(token.keys & cues.SHOWING for token in text.tokens[max(begin, how - 4) : how])


def _compared(text: Text, begin: int, than: int, first: int) -> bool:
    """Whether a passage is what something is only compared with: `fits better than juggling`."""
    if any("," in text.tokens[place].glue for place in range(than + 1, first + 1)):
        return False
    return any(token.word in cues.COMPARED for token in text.tokens[max(begin, than - 8) : than])


def _commits(text: Text, would: int, first: int) -> bool:
    """Whether a `would` is a polite commitment: `I would say that he is juggling`."""
    speaker = text.tokens[would - 1].word if would else ""
    real = "if" not in text.words(*text.bounds(would))
    if real and text.tokens[first].value is not None and _of_the_thing(text, would):
        return True
    if real and speaker in ("i", "we") and text.tokens[first].value is not None:
        return text.words(would + 1, would + 2) != ["have"]
    for token in text.tokens[would + 1 : min(would + 4, first + 1)]:
        if (speaker in ("i", "we") or (real and speaker in cues.GRADERS)) and token.keys & cues.GRADING:
            return True
        if token.word == "be":
            return text.tokens[would - 1].word in ("answer", "label", "action", "title", "guess") if would else False
        if token.word == "have" and "to" not in text.words(would + 1, would + 4):
            return False
        if token.keys & cues.COMMIT_AFTER_WOULD:
            return True
    return speaker in ("i", "we") and text.words(would + 1, would + 3) in (["go", "for"], ["go", "with"])


def _of_the_thing(text: Text, would: int) -> bool:
    """Whether a number is said of the thing itself: `the score would be 83`; not of `the best score` or of `a dive`."""
    begin = text.bounds(would)[0]
    subject = text.tokens[max(begin, would - 4) : would]
    place = next((n for n in range(len(subject) - 1, -1, -1) if subject[n].word in words.DETERMINERS), None)
    if place is None or subject[place].word not in ("the", "its", "his", "her", "their", "my", "this"):
        return False
    following = text.tokens[would + 1].word if would + 1 < len(text.tokens) else ""
    return following == "be" and not any(token.word in cues.IDEAL for token in subject[place:])
