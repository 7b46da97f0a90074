"""Words for retelling a deed: what is done with a tool, to a part, to what closes a thing. Data only.

General English: no word is here because a dataset has it in a name.
"""

from __future__ import annotations

import re
from functools import cache

from vstar_data.verification.words import word_set

_DONE_TO = """
make < build|create|craft|form|construct|produce|fashion|shape|assemble|put together|whip up
build < make|create|construct|set up
clean < wash|wipe|scrub|rinse|scour|dust|polish|mop|sponge|hose down|wipe down|wipe off|brush off
wash < rinse|scrub|soap|lather|bathe|hose down|clean
pet < stroke|caress|pat|scratch
stroke < pet|caress|pat
stuff < cram|jam|squeeze|shove|pack
plug < insert|stick
insert < plug|stick|slide|push
stomp < trample|tread on|step on
cross < wade through|wade across|walk across|swim across|go across|run across|get across|traverse|ford
trim < clip|cut|prune|snip
shave < cut off
pluck < pull out|tear out
cut < carve|saw|slice|chop|cut up|cut through|cut into
chop < cut|split|cut up|dice
catch < reel in|pull in|pull out|pull up|land|hook
throw < toss|hurl|fling|lob|launch
toss < throw|fling|flip
kick < boot|strike
hit < strike|whack|bang|smack|punch
shoot < fire|release
lift < raise|hoist|pick up|heave
pull < drag|tow|haul|tug|draw
push < shove|roll|wheel
carry < haul|lug|bring
feed < give food to|give treat to|give milk to|hand food to
grind < crush|mill
crush < smash|squash|mash
crack < break|break open
peel < strip|skin|remove skin of|remove peel of
spread < smear|apply|rub
apply < put on|spread|rub on|dab on|smear|brush on
paint < coat|brush paint on
decorate < adorn|ornament|put decoration on
tie < knot|lace|fasten|do up
wrap < pack|cover
unload < empty|take out|unpack
load < fill|put in
pack < fill|load
water < sprinkle|spray
plant < put in ground|put in soil|set
pick < gather|harvest|pluck|collect
harvest < pick|gather|collect
dig < dig up|dig out|excavate
climb < go up|scale|mount|clamber up|climb up|scramble up
ride < be on|go on|pedal
fly < steer|pilot|control
play < blow into|strum|perform on
shuffle < mix|riffle
assemble < put together|build|set up
install < mount|fit|attach|put in|screw in|hang|set up
fix < repair|mend
repair < fix|mend|patch
smoke < puff on|puff|draw on|inhale from
inflate < blow up|blow into|pump up|fill with air
pop < burst
break < smash|shatter|snap|crack
bend < flex|curve
sharpen < hone|grind|whet
shine < polish|buff
iron < press
knit < crochet
sew < stitch
weave < braid
fold < fold up
light < ignite|set fire to
blow out < extinguish|put out
stir < whisk|mix
mix < stir|blend|whisk|combine
cook < fry|grill|boil|bake|roast|prepare|saute
prepare < make|cook
taste < sip|sample|try
hug < embrace|hold in arm|cuddle
kiss < peck
serve < bring|hand out|dish up
put < place|lay|set|slip|slide|drop|insert|attach|fasten
take < grab|pick up|pull|get
remove < take off|take out|scrape|chip|clear|pull off|pull out|peel off|strip|get|detach|unscrew|wipe off|lift off
read < look through|leaf through|study
watch < look at|view|observe
wear < have on|dress in
pour < tip|empty
squeeze < press|wring
open < unlock|pull open|push open|slide open|swing open|pry open|tear open|unscrew|uncork|unseal
close < shut|pull shut|push shut|slide shut|slam
walk < lead|take for walk
drive < steer
sail < steer|pilot
row < paddle
herd < drive|round up
"""
"""What a deed on a named thing can be called: a verb, and what says that it is done to that thing."""

_KINDS = """
clothes < shirt|trouser|dress|sweater|skirt|t-shirt|jean|jacket|blouse|garment|sock|towel|laundry|clothing
clothing < shirt|trouser|dress|sweater|skirt|t-shirt|jean|jacket|coat|blouse|garment|sock|clothes|hoodie|vest
dish < plate|bowl|cup|mug|pan|pot|glass|cutlery|saucer|silverware
fish < trout|salmon|bass|carp|pike|catfish|tuna|cod|perch
lawn < grass
grass < lawn
leaf < foliage
present < gift|package|parcel
gift < present
water < sea|lake
hair < ponytail|curl|lock|bang|strand
vegetable < pepper|lettuce|celery|garlic|bean|spinach|mushroom
instrument < guitar|violin|piano|trumpet|drum|flute|saxophone|accordion
furniture < table|chair|sofa|dresser|cabinet|bookshelf|desk
shrub < bush|hedge|shrubbery
hedge < bush|shrub
tree < oak|pine|palm|fir|birch|maple
plant < flower|seedling|shrub|fern
flower < rose|tulip|daisy|lily|sunflower
bread < loaf|baguette|dough
meat < steak|beef|pork|chicken|sausage
drink < cocktail|juice|soda|lemonade
egg < yolk
toy < doll|block|teddy
shoe < sneaker|boot|sandal|heel|loafer
wood < log|plank|board|timber
car < truck|van
bicycle < bike
bike < bicycle
phone < smartphone|cellphone|receiver
computer < laptop|pc
rope < cord|line
ball < basketball|football|volleyball|soccer ball|tennis ball
road < street|highway
river < stream|creek
bird < pigeon|duck|swan|seagull|chicken|parrot
gutter < drainpipe|downspout
floor < tile|carpet
fabric < cloth|textile
stair < step|staircase|stairway
"""
"""Narrower words, or the same, for a noun as what a deed is done to."""


@cache
def _table(which: str) -> dict[str, frozenset[tuple[str, ...]]]:
    found = {}
    for line in filter(None, (_DONE_TO if which == "verb" else _KINDS).split("\n")):
        word, _, others = line.partition(" < ")
        found[word] = frozenset(tuple(other.split()) for other in others.split("|"))
    return found


def done_to(verb: str) -> frozenset[tuple[str, ...]]:
    """Returns what a deed on a named thing can be called, each as base forms; the verb is given as a base form."""
    return _table("verb").get(verb, frozenset())


def kinds(noun: str) -> frozenset[tuple[str, ...]]:
    """Returns what a thing can be called that a deed is done to, each as base forms; the noun is a base form."""
    return _table("noun").get(noun, frozenset())


TOOLS = word_set(
    "brush comb iron hammer vacuum mop shovel rake hoe saw drill sponge chisel file plane sand plow broom roller "
    "sandpaper scrub pump"
)
"""Words that are a tool and the deed that is done with it."""
APPLYING = word_set(
    "run use slide draw move pass push pull work drag glide press apply rub take sweep guide swing stroke"
)
"""What is done with a tool when it does its work: `runs a brush through her hair`."""
OVER = word_set("through over on across along against around onto down into upon")

MACHINES = word_set("push ride drive operate run use steer guide pilot handle work")
WORKING = word_set("across over along through around back up down on between")

GOING = word_set(
    "go glide come cruise roll speed race zoom travel descend move slide carve weave fly coast paddle navigate ride "
    "maneuver sail skim float bounce dash shoot whiz drift head cross"
)
"""What one does on a vehicle or a board while riding it."""
CARRIERS = word_set(
    "skateboard longboard snowboard surfboard hoverboard ski skate kayak canoe snowmobile toboggan bodyboard wakeboard "
    "paddleboard sled scooter unicycle bicycle bike motorcycle segway raft sailboat windsurf jetski kiteboard "
    "mountainboard quad moped rollerblade sledge luge bobsled"
)

TURNING = word_set("fly splash spin roll bounce swing pop ring stick blow float")
"""Verbs that tell of the thing as subject what they tell of it as object: `the kite flies`."""

DIRT = word_set("dust mud grime stain leaf debris rust grease soot crumb muck filth gunk mold sludge algae smudge")
DIRT_OFF = word_set(
    "remove wipe rub scrub wash brush scrape scoop sweep get take rinse pull clear dig pick blow skim flush"
)
CLOSURES = word_set("lid cap cork top cover wrapper wrapping paper seal stopper crown hatch tab foil")
OPENED = word_set("twist pull take pop pry screw remove lift flip tear rip peel unscrew get knock")
LID_ON = word_set("put screw place press snap twist push fit")
OFF = word_set("off from")

PARTS = word_set(
    "fur back head surface side edge top leaf branch sole blade tip hood roof belly ear mane neck handle coat "
    "tail chin cheek inside outside wall door window lens seat frame paw leg foot body nose face skin front "
    "bottom rim block piece chunk end shell wheel wing fleece wool stem"
)
TOUCHED = word_set(
    "pet stroke clean wash massage brush groom polish paint carve sharpen scrub wipe trim shave tickle dry decorate "
    "comb kiss lick wax shine shear bathe scratch sand rub milk feed sculpt chisel hone cuddle"
)
"""Deeds that are done to a thing when they are done to a part of it."""

HANDLING = word_set("hold take grab have lift grip grasp seize clutch raise open carry get")
HANDLED = (("pick", "up"), ("reach", "for"), ("lean", "over"), ("bend", "over"), ("close", "around"))
BESIDE = word_set("sit stand kneel lie relax lean crouch squat rest bend")
AT = word_set("with at behind over before")

REMOVAL = word_set("remove take unscrew detach pull pry extract unclip disconnect unbolt lift get")
FITTING = word_set("put install insert mount fit attach place slide screw pop push add set connect")
FRESH = word_set("new spare fresh another replacement different")

BOUTS = word_set(
    "race fight dance jump dive ride climb walk swim march battle hunt hike run parade chase duel contest throw vault "
    "tango waltz"
)
"""Nouns that name an event as their verbs do."""
SEEN = word_set("watch attend discuss broadcast announce follow advertise await show plan see about after before win")

JUICE = word_set("juice water milk liquid pulp sap")

TEMPLATES = tuple(
    (re.compile(template, re.IGNORECASE), way, word_set(doing), word_set(linking))
    for template, way, doing, linking in (
        (r"(holding \w+) over (\w+)", r"\1 above \2", "hold keep", "above"),
        (r"\w+ing (\w+) closer to (\w+)", r"moving \1 toward \2", "move push slide bring pull", "toward towards"),
        (r"moving (something) down", r"lowering \1", "lower", ""),
        (r"moving (something) up", r"raising \1", "raise", ""),
        (r"(?:dropping|drop) (\w+) ((?:into|onto|behind|in front of|next to) \w+)", r"letting \1 fall \2", "let", ""),
        (
            r"cover(?:ing)? (\w+)(?: with \w+)?",
            r"putting something over \1",
            "put place lay throw drape spread pull",
            "over",
        ),
        (r"(?:turning|turn) (\w+) upside down", r"flipping \1 over", "flip turn", "over"),
        (r"(?:playing|play) with (\w+)", r"pushing toy \1", "push move roll drive race build line", ""),
    )
)
"""Names of a kind, what else they can be called, the verbs of that, and its prepositions."""

_ALONE = """
sing < performing a song|belting out a song
write < taking notes|jotting down notes
listen < paying attention|paying close attention
sleep < fast asleep|sound asleep|taking a nap
kiss < sharing a kiss|exchanging a kiss
hug < sharing a hug|exchanging a hug
smoke < taking a puff|taking a drag|puffing on a cigarette|puffing on a cigar
cry < shedding tears|bursting into tears
laugh < bursting out laughing|cracking up
exercise < working out
cough < having a coughing fit
"""
"""What a verb without an object can be called."""

_PHRASES = tuple(
    tuple(line.split("|"))
    for line in (
        "answer phone|pick up phone|take phone call|answer call",
        "shake hand|greet with handshake|share handshake|exchange handshake",
        "put on clothing|slip into clothing|button up clothing|get dressed",
        "take photo|snap photo|shoot photo",
        "wave hand|wave goodbye|wave hello",
        "go to bed|climb into bed|get into bed",
        "fall down|fall to ground|fall to floor",
        "fall floor|fall to floor|collapse to floor",
    )
)
"""Phrases that mean the same, in base forms and without articles."""


@cache
def _lone() -> dict[str, tuple[str, ...]]:
    lines = (line.partition(" < ") for line in filter(None, _ALONE.split("\n")))
    return {verb: tuple(others.split("|")) for verb, _, others in lines}


def alone(verb: str) -> tuple[str, ...]:
    """Returns what a verb without an object can be called, as names; the verb is given as a base form."""
    return _lone().get(verb, ())


def same_phrases(bases: tuple[frozenset[str], ...]) -> tuple[str, ...]:
    """Returns what means the same as some words, each given by its base forms."""
    for phrases in _PHRASES:
        for phrase in phrases:
            said = phrase.split()
            if len(said) == len(bases) and all(word in keys for word, keys in zip(said, bases, strict=True)):
                return tuple(other for other in phrases if other != phrase)
    return ()
