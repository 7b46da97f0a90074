"""Words and short phrases that exclude each other, for statements: what asserts the one denies the other.

Each line has two sides; every phrase of one side excludes every phrase of the other. Base forms, American spelling.
Between the sides stands `|` where one of them holds whenever the other does not (what is not open is closed), and `~`
where there is something between them (what is not hot need not be cold).
"""

from __future__ import annotations

from functools import cache, lru_cache

from vstar_data.verification import lemmas
from vstar_data.verification.lexicon import antonyms
from vstar_data.verification.thesaurus import synonyms

Phrase = tuple[str, ...]

_TABLE = """
hit, strike, touch, reach | miss, dodge, bypass, fall short, stop short, avoid, evade, sail over, fly over, go wide
catch, grab | drop, miss, fumble, slip
hold, keep hold, hold on, hang on, cling, grip, clutch | drop, let go, release, slip
let go, release | hold on, keep hold, hang on, cling, hold, keep, grip, clutch
stay, remain | turn, change, become, switch
keep on, leave on | take off, come off, remove
take off, lift off | stay on the ground, remain on the ground, land
add, include | leave out, omit, forget, skip
sliced, cut | whole, uncut, unsliced
stay, remain | fall, drop, collapse, topple, tumble, leave, move, slip, crash, spill, break, burst, shatter, go, tip
burst, break, shatter, crack, snap, tear | survive, withstand
win, beat, defeat | lose, tie, come second, come third, come last, finish second, finish third, finish last
succeed, manage, pass | fail, flunk
remember | forget, neglect, overlook
save, stop, block, parry | concede, pass, admit, let in, let through
stop, halt, end, quit, cease, pause | continue, keep, proceed, resume, carry on, drive on, go on, move on
stop, halt | start, begin, speed up
begin, start ~ end, finish
open, unlock, unseal, uncover, unwrap | close, shut, lock, seal, cover, wrap
capsize, overturn, tip over, roll over | stay upright, remain upright, right itself
enter, arrive, come, approach, board | leave, exit, depart, go away
appear | disappear, vanish
push ~ pull
lift, raise, pick up | lower, drop, put down, set down, lay down
rise, ascend, climb, go up ~ fall, sink, descend, go down
float | sink
turn on, switch on | turn off, switch off
on, turned on, switched on, lit | off, turned off, switched off, unlit
put on | take off
stand, stand up ~ sit, sit down, lie, lie down, kneel, squat, crouch, seat
sit, seat ~ stand, stand up, lie, lie down, kneel, walk
sleep ~ wake, wake up
agree, accept, allow, permit | disagree, refuse, reject, decline, deny, forbid, turn down
obey, follow | disobey, ignore, disregard
help, assist ~ ignore, hinder, obstruct
give, hand over | take, receive, keep
buy | sell
increase, grow, expand | decrease, shrink, reduce
rise, increase, go up | drop, decrease, fall, stay constant, stay the same, remain constant, remain the same
accelerate, speed up | decelerate, slow, slow down, brake
attach, fasten, tie, connect, button, zip, plug, fold, load, pack, tighten | detach, remove, unfasten, untie, disconnect
join | separate
clear | knock, dislodge, clip, bring down, knock down, knock off
finish, complete, end | abandon, give up, interrupt, break off
live, survive | die
look at, face | ignore, look away, turn away
empty | fill
light | extinguish, put out, blow out
wash, clean | soil
laugh ~ cry
same, identical, alike, identically, equally, equal, match, matching | different, differ, differently, distinct, \
unlike, dissimilar, unequal, mismatched
open, ajar | closed, shut, locked, sealed, shuttered
inside, indoors, in, indoor | outside, outdoors, out, outdoor
empty, vacant, unoccupied, free, available | occupied, taken
empty, deserted, vacant ~ full, crowded, packed, crammed, busy, stuffed
left | right
before, earlier | after, later
above, over | below, under, beneath
in front of | behind
more | fewer, less
moving, mobile | still, stationary, motionless, immobile, parked, standing
visible | hidden, invisible, concealed
standing, on her feet, on his feet, on their feet, on its feet ~ sitting, seated, lying, kneeling
dry | wet, damp, soaked, soaking, dripping, drenched
present | absent, missing
fast, quick, faster, quicker, rapid, quickly, rapidly ~ slow, slower, slowly
big, large, bigger, larger, huge ~ small, tiny, smaller, little
tall, long, high, taller, longer, higher ~ short, low, shorter, lower, cropped
old, older ~ young, new, younger, newer
heavy, heavier ~ light, lighter
bright, light ~ dark, dim
day, daytime | night, nighttime
successful, success | unsuccessful, failure, failed
legible, readable | illegible, unreadable
true, right, correct | false, wrong, incorrect
alive | dead
awake | asleep, sleeping
clean, spotless | dirty, filthy, muddy, stained, dusty, grimy, smudged, smeared
hot, warm, hotter, warmer ~ cold, cool, icy, colder, cooler
loud, noisy, louder ~ quiet, silent, quieter, soft, softer
hard ~ soft
thick, wide, broad ~ thin, narrow
deep ~ shallow
near, close ~ far, distant
straight | bent, crooked, curved
smooth, even | rough, bumpy, uneven, coarse
intact, unbroken, whole, undamaged, in one piece, unharmed | broken, shattered, damaged, cracked, torn
safe | dangerous
happy, glad, cheerful ~ sad, unhappy, upset, angry
smile, grin, laugh ~ frown, scowl, cry
male, man, boy | female, woman, girl
raw, uncooked | cooked
ripe | unripe
sharp | blunt, dull
wild, untamed | tame, tamed, domesticated, domestic
late, delayed, overdue | early, on time, punctual, in time, on schedule, punctually
cooperate, collaborate, work together ~ compete
slow motion, slowed down | normal speed, real time, regular speed, sped up, fast motion, time lapse
tight, taut, fastened | loose, slack
level, even | uneven
dressed, clothed | naked, undressed, bare
barefoot, bare foot, no shoe, without shoe | shod, wear shoe, have shoe on
calm ~ nervous, excited
first | last, second
alone, by herself, by himself, by itself, by themselves, on her own, on his own, on its own, on their own, \
nobody else, no one else, only person, no other, solo, unaccompanied | someone else, \
somebody else, anyone else, anybody else, another person, accompanied, other people, others
changed, modified, altered | unchanged, unmodified, unaltered
in sync, synchronized, synchronous, in unison, in time, simultaneous, in step, synchronously, in synchrony, \
at the same time, simultaneously, at once, at the same moment | one after the other, one after another, take turns, \
in turn, by turns, successively, one at a time, at different times, out of sync, \
unsynchronized, asynchronous, lag behind, out of time, out of step, out of synchrony
upright, the right way up | upside down, inverted
upstairs | downstairs
forward, forwards | backward, backwards
clockwise | counterclockwise, anticlockwise, counter clockwise, anti clockwise
together | apart, separately
possible | impossible
opposite | same
finished, complete, completed, done | unfinished, incomplete
in focus, sharp | out of focus, blurred, blurry
"""

_COLORS = frozenset(
    [
        "red",
        "green",
        "blue",
        "yellow",
        "orange",
        "purple",
        "pink",
        "brown",
        "black",
        "white",
        "gray",
        "grey",
        "silver",
        "golden",
        "beige",
        "amber",
        "turquoise",
        "violet",
    ]
)

_SHADES = (
    {"gray", "grey"},
    {"gray", "silver"},
    {"grey", "silver"},
    {"purple", "violet"},
    {"golden", "yellow"},
    {"beige", "brown"},
    {"amber", "orange"},
    {"amber", "yellow"},
    {"turquoise", "blue"},
    {"turquoise", "green"},
)
"""Colors that one may take for each other."""
_PREFIXES = ("un", "dis", "in", "im", "non", "mis")


@cache
def _table(marks: str = "|~") -> dict[Phrase, frozenset[Phrase]]:
    table: dict[Phrase, set[Phrase]] = {}
    for line in filter(None, _TABLE.split("\n")):
        mark = next((mark for mark in marks if f" {mark} " in line), None)
        if mark is None:
            continue
        sides = [[tuple(phrase.split()) for phrase in side.split(", ")] for side in line.split(f" {mark} ")]
        for own, other in (sides, sides[::-1]):
            for phrase in own:
                table.setdefault(phrase, set()).update(other)
    return {phrase: frozenset(others) for phrase, others in table.items()}


def phrases() -> frozenset[Phrase]:
    """Returns all phrases that have an opposite."""
    return frozenset(_table())


def is_color(word: str) -> bool:
    """Whether a word is a color that excludes the other colors."""
    return word in _COLORS


@lru_cache(maxsize=4096)
def opposites(phrase: Phrase) -> frozenset[Phrase]:
    """Returns the phrases that exclude a phrase: from the table, from its synonyms there, and from the lexicon.

    Args:
        phrase: Base forms, or words as spelled.
    """
    found = _table().get(phrase, frozenset())
    if len(phrase) != 1:
        return found
    if phrase[0] in _COLORS:
        return frozenset((color,) for color in _COLORS - {phrase[0]} if {color, phrase[0]} not in _SHADES)
    if not found:
        found = found.union(*(_table()[other] for other in synonyms(phrase[0]) if other in _table()))
    return found | {tuple(other.split()) for other in antonyms(phrase[0])}


def complementary(one: Phrase, other: Phrase) -> bool:
    """Whether one of two opposites holds whenever the other does not: `open`, `closed`; not `hot`, `cold`.

    Args:
        one: A phrase.
        other: An opposite of it.
    """
    if one[0] in _COLORS:
        return False
    direct = _table("|")
    near = [one, *synonyms(one[0])] if len(one) == 1 else [one]
    return any(other in direct.get(phrase, ()) for phrase in near)


def prefixed(left: str, right: str) -> bool:
    """Whether one of two words is the other with a prefix that denies: `lock`, `unlock`; `stable`, `unstable`."""
    short, long = sorted((left, right), key=len)
    return len(short) > 3 and any(long == prefix + short for prefix in _PREFIXES) and lemmas.is_word(short)
