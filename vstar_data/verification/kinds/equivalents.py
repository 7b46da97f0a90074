"""Other ways to say a predicate, for statements: phrases that stand for a verb. Data, and its lookup.

Looser than the thesaurus: a statement leaves two answers only, so that a phrase need not name the verb, but only come
down to it.
"""

from __future__ import annotations

from functools import cache

from vstar_data.verification.lexicon import stand_ins
from vstar_data.verification.thesaurus import synonyms

Phrase = tuple[str, ...]

_SAID = """
stop = come to a halt, come to a stop, halt, pull up, grind to a halt, brake to a halt
wear = have on, be dressed in
touch = make contact, come into contact, brush, clip, graze, bump
hit = make contact, connect, collide
clear = go over, get over, sail over, fly over, jump over, leap over, pass over, make it over, soar over
break = shatter, crack, snap, smash, burst, go to pieces, fall apart
fall = tumble, topple, collapse, fall over, fall down, go down, lose his balance, lose her balance, slip and fall
win = beat, defeat, come first, finish first, take first place
fly = take off
obey = follow, do as it be tell, do as he be tell, do as she be tell
accept = take, receive
help = assist, give a hand, aid, support
finish = complete, be through with, be do with
stay = remain, keep
remain = stay, keep
put back = return, replace
fly away = leave, take off, depart, go away, fly off
run away = flee, escape, run off
take off = remove, lift off
let go = release, drop
get out = climb out, come out, leave, escape, jump out, crawl out
get in = climb in, enter, board
return = come back, go back, put back, bring back, give back
rise = increase, go up, climb, ascend
fall = decrease, go down, drop, decline
leave = go away, walk away, exit, depart, walk out, go out, drive away
cooperate = work together, collaborate
smile = grin, beam
remember = not forget
succeed = manage, make it
enter = go in, come in, walk in, step in, go into, walk into, step into, come into
"""


@cache
def _table() -> dict[str, frozenset[Phrase]]:
    table: dict[str, set[Phrase]] = {}
    for line in filter(None, _SAID.split("\n")):
        head, _, said = line.partition(" = ")
        table.setdefault(head, set()).update(tuple(phrase.split()) for phrase in said.split(", "))
    return {head: frozenset(said) for head, said in table.items()}


def equivalents(verb: frozenset[str], particle: str = "") -> frozenset[Phrase]:
    """Returns the phrases that can stand for a verb, each as base forms in order.

    Args:
        verb: Base forms that the verb can have.
        particle: The particle that goes with it; then only phrases for both are returned.
    """
    if particle:
        both = {f"{key} {particle}" for key in verb}
        return frozenset(phrase for words in both for phrase in (*synonyms(words), *_table().get(words, ())))
    said = {phrase for key in verb for phrase in (*synonyms(key), *_table().get(key, ()))}
    return frozenset(said | stand_ins(verb, "verb"))
