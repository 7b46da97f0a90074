"""Other words for what happens at a moment: `splash` for entering the water, `out of the air` for catching.

Data, and its lookup. Unlike in `thesaurus`, the words stand for a whole event, whose time is asked for: they say
nothing about a class of actions.
"""

from __future__ import annotations

from functools import lru_cache

_TABLE = """
enter water, hit water < splash, splashdown, entry, immersion, dive in, break the surface
break, shatter, smash < breakage, crash, shatter, smash, splinter, go to pieces, fall to pieces, in pieces, to pieces
collide, crash < impact, collision, crash
hit, strike < impact, strike, connect
catch < out of the air, from the air, in the air, gather, grab, clutch, snatch, hold of
sit < take seat, be seated, lower onto, lower into, sink into, sink onto
stand up, get up < rise, get up, stand up, get to foot, jump up
flip, turn over < turn, turn over, toss, flip, flip over
pick up < lift, grab, snatch, take hold
land < meet the ground, meet the runway, contact the ground
land < touchdown, touch down, touch the ground, touch the runway, hit the ground, hit the mat, hit the deck
touch down < meet the ground, meet the runway, contact the runway
touch down < touchdown, landing, land, touch the ground, touch the runway, hit the runway, hit the tarmac
take off < takeoff, liftoff, lift off, leave the ground, leave the runway
jump, leap < takeoff, take off, leap, leave the ground
drop < let fall, let go, release, fall, slip out, slip from, slip through
throw < release, toss, let fly, let go
score < goal
shoot < shot
explode, blow up < explosion, blast, bang
fall < fall, tumble, collapse, go down
start, begin < start, onset, begin, get going, get under way, kick off, set off
finish, end < finish, end, be over, be done
arrive < arrival, get there, reach
leave < departure, depart, go away
open < opening, swing open, open up, unfold, unfurl
close, shut < closing, swing shut, fall shut, close, shut
extinguish, put out, blow out < go out
light, ignite < catch fire, flame up, light up, ignition
turn < change, switch, become, go
go < turn, become, fade
explode, burst < go off, burst, explode
let go, release < release, let go, drop from, lose hold
cross line < reach line, reach finish, break tape, over line
turn on, switch on < come on, go on, light up
turn off, switch off < go off, go out, go dark
remove, take off < come off, removal
stop, halt < standstill, halt, stop
"""


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]], ...]:
    lines = []
    for line in filter(None, _TABLE.split("\n")):
        events, _, others = line.partition(" < ")
        lines.append(
            (
                tuple(tuple(event.split()) for event in events.split(", ")),
                tuple(tuple(other.split()) for other in others.split(", ")),
            )
        )
    return tuple(lines)


def other_words(actions: frozenset[str], words: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """Returns what can be said for an event: phrases of base forms, of one word or more.

    Args:
        actions: Base forms of the event's verb.
        words: Base forms of all its words.
    """
    found: list[tuple[str, ...]] = []
    for events, others in _lines():
        if any(event[0] in actions and all(word in words for word in event[1:]) for event in events):
            found += others
    return tuple(found)
