"""Plain synonyms of everyday words, for paraphrases such as `operates an automobile`. Data, and its lookup.

Only words that can stand for one another nearly everywhere belong here. A narrower word stands for a wider one
(`strolls` for `walk`), never the reverse. A synonym never beats another class that the same words name literally.
"""

from __future__ import annotations

from functools import cache

_SAME = """
extinguish|put out|douse|quench
drive|operate|steer
begin|start|commence
finish|end|complete
repair|fix|mend
shut|close
throw|toss|hurl|fling
grab|grasp|seize
lift|raise|hoist
put down|set down|lay down|place
take|pick up|grab
tidy up|tidy|clean up
remove|take off
assemble|put together
construct|build
inflate|blow up
shout|yell|scream
speak|talk
hug|embrace|cuddle
weep|cry|sob
applaud|clap
hold|grip|clutch
pull|drag|tug|haul
push|shove
trim|prune
mix|stir
fall down|tumble|collapse
rise|go up|ascend|move up|move upwards|move upward
fall|go down|descend|drop|move down|move downwards|move downward
grow|get bigger|get larger|expand|become bigger|become larger
shrink|get smaller|contract|become smaller
spin|rotate|twirl|whirl
sit down|take a seat
stand up|get up
sleep|slumber
photograph|take a picture|take photos
sew|stitch
braid|plait
unwrap|open
sharpen|hone|whet
polish|buff
examine|inspect|check
look at|watch
land|touch down
continue|keep|go on|carry on
two|both
reveal|uncover|expose
completely|fully|entirely|all the way
allow|let
show|display|present
release|let go of|let go
fire|flame|blaze
car|automobile|motorcar|auto
bike|bicycle|cycle
motorbike|motorcycle
phone|telephone|mobile phone|cellphone|smartphone|cell phone
tv|television|telly
sofa|couch|settee
rug|carpet
rubbish|trash|garbage
faucet|tap
photo|photograph|picture|pic|snapshot|selfie
baby|infant
kid|child|youngster
dog|puppy|pup|hound
cat|kitten|kitty
present|gift
refrigerator|fridge
laptop|notebook computer
trousers|pants
jumper|sweater|pullover
store|shop
barbecue|grill|barbeque|bbq
doughnut|donut
abseil|rappel
queue|line
necktie|tie
"""

_DONE = """
entry|enter
arrival|arrive
departure|depart
removal|remove
ascent|ascend
descent|descend
rotation|rotate
collision|collide
explosion|explode
delivery|deliver
preparation|prepare
celebration|celebrate
introduction|introduce
inspection|inspect
destruction|destroy
construction|construct
decoration|decorate
installation|install
demonstration|demonstrate
discussion|discuss
conversation|converse
presentation|present
performance|perform
replacement|replace
adjustment|adjust
measurement|measure
treatment|treat
testimony|testify
assembly|assemble
application|apply
movement|move
takeoff|take off
laughter|laugh
proposal|propose
"""
"""Nouns that name the doing of a verb and are formed otherwise than by an ending that the lemma tables know."""

_WIDER = """
back < backward|backwards
walk < stroll|march|stride|wander|saunter
run < jog|sprint|dash
jump < hop|leap
laugh < giggle|chuckle
cook < fry|boil|roast|grill|simmer|saute
build < assemble|put together|erect
fall < tip|topple
eat < take a bite of|take a bite out of|bite into|devour|munch|consume|chew|nibble
drink < take a sip of|take a swig of|sip|gulp|swallow
cut < slice|snip|chop|trim
chop < split|hack
make < bake|brew|prepare|cook
hit < strike|punch|slap
put < place|set|lay
surface < table|desk|counter|floor|shelf|bench|countertop|worktop|board|tabletop|ledge
slightly < a bit|a little|little
lie < recline
sit < seated|perch
sleep < nap|doze
write < jot|scribble
draw < sketch
wash < rinse|scrub
clean < wash|wipe|scrub|rinse
peel < pare
carry < transport
pet < stroke|caress
climb < go up|scale
throw < lob|pitch
strike < hit
break < shatter|smash|splinter
car < sedan|limousine|convertible
boat < sailboat|rowboat|dinghy
dog < terrier|poodle|labrador|retriever
horse < pony|mare|stallion
ball < football|basketball|baseball
shoe < sneaker|trainer|boot
pan < skillet
cup < mug
bag < sack|backpack|handbag
child < boy|girl|toddler
nail < fingernail|toenail
give < hand|pass
shoot < fire
drill < bore
animal < dog|cat|horse|donkey|goat|cow|sheep|pig|rabbit|hamster|pony|lamb|calf|deer|llama|alpaca|camel|elephant
cut < clip
fruit < apple|pear|orange|banana|cherry|peach|plum|mango|grape|strawberry|raspberry|melon|pineapple|berry
vegetable < carrot|potato|onion|cabbage|cucumber|leek|zucchini|pumpkin|broccoli|cauliflower|turnip|radish
food < soup|meal|snack|stew|pasta|salad
"""


@cache
def _table() -> dict[str, frozenset[tuple[str, ...]]]:
    table: dict[str, set[tuple[str, ...]]] = {}
    for line in filter(None, (*_SAME.split("\n"), *_DONE.split("\n"))):
        members = line.split("|")
        for member in members:
            table.setdefault(member, set()).update(tuple(other.split()) for other in members if other != member)
    for line in filter(None, _WIDER.split("\n")):
        wide, _, narrow = line.partition(" < ")
        table.setdefault(wide, set()).update(tuple(other.split()) for other in narrow.split("|"))
    return {word: frozenset(others) for word, others in table.items()}


@cache
def _deeds() -> dict[str, frozenset[str]]:
    lines = (line.split("|") for line in filter(None, _DONE.split("\n")))
    return {noun: frozenset(verb for verb in verbs if " " not in verb) for noun, *verbs in lines}


def done_by(noun: str) -> frozenset[str]:
    """Returns the verbs whose doing a noun names, as base forms: `converse` for `conversation`."""
    return _deeds().get(noun, frozenset())


def synonyms(words: str) -> frozenset[tuple[str, ...]]:
    """Returns what can be said for a base form, each as a tuple of base forms (`("put", "out")` for `extinguish`)."""
    return _table().get(words, frozenset())
