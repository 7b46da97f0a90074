"""Words and short phrases that exclude each other, for statements: what asserts the one denies the other.

Each line has two sides; every phrase of one side excludes every phrase of the other. Base forms, American spelling.
"""

from __future__ import annotations

from functools import cache

from vstar_data.verification import lemmas
from vstar_data.verification.thesaurus import synonyms

Phrase = tuple[str, ...]

_TABLE = """
hit, strike, touch, reach | miss, dodge, bypass, fall short, stop short
catch, grab, hold, keep hold, hold on, hang on | drop, let go, miss, fumble, slip
stay, remain | fall, drop, collapse, topple, tumble, leave, move, slip, crash, spill, break, burst, shatter, go, tip
burst, break, shatter, crack, snap, tear | survive, withstand
win, beat | lose
succeed, manage, pass | fail, flunk
remember | forget, neglect, overlook
save, stop, block, parry | concede, pass, admit, let in, let through
stop, halt, end, quit, cease, pause | continue, keep, proceed, resume, carry on, drive on, go on, move on
stop, halt | start, begin, speed up
begin, start | end, finish
open, unlock, unseal, uncover, unwrap | close, shut, lock, seal, cover, wrap
enter, arrive, come, approach, board | leave, exit, depart, go away
appear | disappear, vanish
push | pull
lift, raise, pick up | lower, drop, put down, set down, lay down
rise, ascend, climb, go up | fall, sink, descend, go down
float | sink
turn on, switch on | turn off, switch off
put on | take off
stand, stand up | sit, sit down, lie, kneel
sleep | wake, wake up
agree, accept, allow, permit | disagree, refuse, reject, decline, deny, forbid
give, hand over | take, receive, keep
buy | sell
increase, grow, expand | decrease, shrink
accelerate, speed up | decelerate, slow, slow down, brake
attach, fasten, tie, connect, button, zip, plug, fold, load, pack, tighten | detach, remove, unfasten, untie, disconnect
join | separate
clear | knock, dislodge, clip, bring down, knock down, knock off
finish, complete | abandon, give up
live, survive | die
look at, face | ignore, look away, turn away
empty | fill
light | extinguish, put out, blow out
wash, clean | soil
laugh | cry
same, identical, alike, identically, equally, equal, match, matching | different, differ, differently, distinct, \
unlike, dissimilar, unequal, mismatched
open, ajar | closed, shut, locked, sealed, shuttered
inside, indoors, in, indoor | outside, outdoors, out, outdoor
empty, vacant, unoccupied | full, occupied, crowded, packed
on | off
left | right
before, earlier | after, later
above, over | below, under, beneath
in front of | behind
more | fewer, less
moving, mobile | still, stationary, motionless, immobile, parked, standing
visible | hidden, invisible, concealed
standing | sitting, seated, lying, kneeling
dry | wet, damp, soaked, soaking, dripping, drenched
present | absent, missing
fast, quick, faster, quicker | slow, slower
big, large, bigger, larger, huge | small, tiny, smaller, little
tall, long, high, taller, longer, higher | short, low, shorter, lower
old, older | young, new, younger, newer
heavy, heavier | light, lighter
bright, light | dark, dim
day, daytime | night, nighttime
successful, success | unsuccessful, failure, failed
true, right, correct | false, wrong, incorrect
alive | dead
awake | asleep, sleeping
clean, spotless | dirty, filthy, muddy, stained
hot, warm, hotter, warmer | cold, cool, icy, colder, cooler
loud, noisy, louder | quiet, silent, quieter
hard | soft
thick, wide, broad | thin, narrow
straight | bent, crooked, curved
smooth | rough
intact, unbroken, whole, undamaged, in one piece, unharmed | broken, shattered, damaged, cracked, torn
safe | dangerous
happy, glad | sad, unhappy, upset
male, man, boy | female, woman, girl
raw, uncooked | cooked
ripe | unripe
sharp | blunt, dull
tight | loose
level, even | uneven
dressed, clothed | naked, undressed, bare
barefoot | shod
calm | nervous, excited
first | last, second
alone, by herself, by himself, by itself, by themselves, on her own, on his own, on its own, on their own, \
nobody else, no one else, only person, no other, solo, unaccompanied | someone else, \
somebody else, anyone else, anybody else, another person, accompanied, other people, others
in sync, synchronized, synchronous, in unison, in time, simultaneous, in step, synchronously, in synchrony, \
at the same time, simultaneously | out of sync, unsynchronized, asynchronous, out of time, out of step, out of synchrony
upright, the right way up | upside down, inverted
upstairs | downstairs
forward, forwards | backward, backwards
clockwise | counterclockwise, anticlockwise, counter clockwise, anti clockwise
together | apart, separately
in focus, sharp | out of focus, blurred, blurry
"""

_COLORS = frozenset(
    ["red", "green", "blue", "yellow", "orange", "purple", "pink", "brown", "black", "white", "gray", "grey"]
)

_PREFIXES = ("un", "dis", "in", "im", "non", "mis")


@cache
def _table() -> dict[Phrase, frozenset[Phrase]]:
    table: dict[Phrase, set[Phrase]] = {}
    for line in filter(None, _TABLE.split("\n")):
        sides = [[tuple(phrase.split()) for phrase in side.split(", ")] for side in line.split(" | ")]
        for own, other in (sides, sides[::-1]):
            for phrase in own:
                table.setdefault(phrase, set()).update(other)
    return {phrase: frozenset(others) for phrase, others in table.items()}


def phrases() -> frozenset[Phrase]:
    """Returns all phrases that have an opposite."""
    return frozenset(_table())


def opposites(phrase: Phrase) -> frozenset[Phrase]:
    """Returns the phrases that exclude a phrase: from the table, else by a prefix that denies (`lock`, `unlock`).

    Args:
        phrase: Base forms, or words as spelled.
    """
    found = _table().get(phrase)
    if found is not None:
        return found
    if len(phrase) != 1:
        return frozenset()
    if phrase[0] in _COLORS:
        return frozenset((color,) for color in _COLORS - {phrase[0]} if {color, phrase[0]} != {"gray", "grey"})
    near = [_table()[other] for other in synonyms(phrase[0]) if other in _table()]
    return frozenset().union(*near)


def prefixed(left: str, right: str) -> bool:
    """Whether one of two words is the other with a prefix that denies: `lock`, `unlock`; `stable`, `unstable`."""
    short, long = sorted((left, right), key=len)
    return len(short) > 3 and any(long == prefix + short for prefix in _PREFIXES) and lemmas.is_word(short)
