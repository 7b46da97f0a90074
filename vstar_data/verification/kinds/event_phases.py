"""Whether a clause tells the wrong phase of an event: that it stops where its start is asked for, or reversely."""

from __future__ import annotations

from vstar_data.verification import words
from vstar_data.verification.kinds.event_names import Event, acts
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_STARTING = word_set("start begin commence resume")
_STOPPING = word_set("stop cease quit finish end conclude")
_AGAINST = {"on": "off", "off": "on", "up": "down", "down": "up", "in": "out", "out": "in"}
_ADVERBIAL = word_set("up down off out away")
_EMPTY = word_set("make come do get perform execute")


def other_phase(event: Event, text: Text, begin: int, end: int) -> bool:
    """Whether a clause tells that an event stops whose name is its start (`stops singing`), or that it starts.

    Args:
        event: The event: `the singer starts singing`.
        text: The answer.
        begin: First token of the clause.
        end: One past its last.
    """
    for own, other in ((_STARTING, _STOPPING), (_STOPPING, _STARTING)):
        if event.named & own and not event.named & other:
            told = [token.keys for token in text.tokens[begin:end] if token.form.verb]
            return any(keys & other for keys in told) and not any(keys & own for keys in told)
    return False


def other_way(event: Event, text: Text, begin: int, end: int) -> bool:
    """Whether a clause says the event's verb with the opposite of its particle: `turns the tap on` for turning it off.

    Args:
        event: The event.
        text: The answer.
        begin: First token of the clause.
        end: One past its last.
    """
    against = _AGAINST.get(event.particle)
    if against is None:
        return False
    told = [text.words(p + 1, min(end, p + 5)) for p in range(begin, end) if text.tokens[p].keys & event.named]
    return any(against in after for after in told) and not any(event.particle in after for after in told)


def stopped(event: Event, text: Text, begin: int, time: int, end: int) -> bool:
    """Whether a clause says before its time that an event stops, and nothing else: `stops sweeping at 22 s`.

    Args:
        event: The event.
        text: The answer.
        begin: First token of the clause.
        time: First token of the time.
        end: One past the last token of the clause.
    """
    if event.named & _STOPPING:
        return False
    told = [place for place in range(begin, end) if acts(event, text, place)]
    return bool(told) and all(begin < p < time and text.tokens[p - 1].keys & _STOPPING for p in told)


def moves(text: Text, place: int) -> bool:
    """Whether an empty verb tells something by its particle: `gets up`, `comes down`."""
    following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    return bool(text.tokens[place].keys & _EMPTY) and following is not None and following.word in _ADVERBIAL


def elsewhere(event: Event, text: Text, begin: int, end: int) -> bool:
    """Whether a clause that does not say the verb puts the thing elsewhere: `over the net` for `goes into the net`.

    Args:
        event: The event.
        text: The answer.
        begin: First token of the clause.
        end: One past its last.
    """
    for thing, leads in event.led:
        for place in range(begin, end):
            if not text.tokens[place].keys & thing:
                continue
            at = place - 1
            while at > begin and text.tokens[at].word in words.DETERMINERS:
                at -= 1
            if text.tokens[at].word in _AWAY and text.tokens[at].word not in leads:
                return True
    return False


_AWAY = word_set("over above past beside behind beyond near under below outside off without from before")
