"""The closed classes of English words that the verifier looks at: determiners, prepositions, auxiliaries and the like.

Data only. No word is here because a dataset has it in a label.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Returns the words of a text as a set."""
    return frozenset(text.split())


DETERMINERS = word_set(
    "a an the this that these those my your his her its our their some any each every another both several many few "
    "all no one's 's various multiple"
)
POSSESSIVES = word_set("my your his her its our their")
SUBJECT_PRONOUNS = word_set("i you he she it we they who there nobody somebody everybody someone anyone everyone")
OBJECT_PRONOUNS = word_set("him her them it me us you himself herself themselves itself")
AUXILIARIES = word_set(
    "am is are was were be been being 'm 're get gets got getting has have had having 've do does did will would shall "
    "should can could may might must 'll 'd"
)
BE = word_set("am is are was were be been being 'm 're 's get gets got getting gotten")
MODALS = word_set("will would shall should can could may might must to 'll do does did 'd")
PREPOSITIONS = word_set(
    "about above across after against along alongside amid among around as at before behind below beneath beside "
    "besides between beyond by despite during except for from in inside into like near next of off on onto opposite "
    "out outside over past per since through throughout to toward towards under underneath until till up upon via with "
    "within without versus"
)
PARTICLES = word_set("up down out off away back over around along apart together aside forward on in")
PLACING = word_set("on at in under over above below beneath behind near beside against around by from with inside atop")
CLAUSE_BREAKS = word_set(
    "but while whereas although though because since when whenever where which who whom whose that if unless whether "
    "so then however therefore thus yet until once as"
)
SUBORDINATORS = word_set(
    "while whereas although though because since when whenever as if unless until once so which who"
)
CONJUNCTIONS = word_set("and or nor plus as")
ADVERBS = word_set(
    "now just also still again here there very too then quite rather really only even already always often mostly "
    "together simply first finally probably perhaps maybe apparently evidently clearly actually currently"
)
FUNCTION = (
    DETERMINERS
    | SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | AUXILIARIES
    | PREPOSITIONS
    | CLAUSE_BREAKS
    | CONJUNCTIONS
    | ADVERBS
    | word_set("not neither either what how why whose 's")
)

UNCHANGED = word_set(
    "cut hit put set shut let quit split run rerun spread read shed cast broadcast cost hurt burst bet bid rid slit "
    "thrust come become overcome knit wet spit"
)
"""Verbs whose participle is the base form: of any other, the base form after `is` is an adjective (`is open`)."""

PLACEHOLDERS = word_set("something somebody someone somewhere")
LIGHT_NOUNS = word_set("position style technique manner")
ACTIVITY_HEADS = word_set(
    "game match session practice training routine performance class contest competition tournament race event scene "
    "activity solo music song tune set kit exercise show lesson move skill bout round video clip drill workout attempt "
    "final qualifier heat championship"
)
TUNES = word_set("tune song melody music solo piece chord note riff rhythm beat ballad hymn anthem scale")
RIDING = word_set("ride climb surf sail skate ski paddle")
QUANTITIES = word_set(
    "pair pile set row bunch group lot couple number stack heap load basket bowl bag box cup glass mug slice "
    "piece bottle deck plate bit litre liter gallon kilo kilogram gram pound ton jar can tin loaf handful "
    "kind type sort round game tune length sheet ball strand tray pan pot plenty roll series half dozen "
    "hundred thousand part end top side one some all back front rest mouthful spoonful bite pinch mass bundle "
    "amount quantity variety selection collection line string "
    "pint quart ounce wall pillar column slab chunk cube layer knob drop splash "
    "log plank bar rod lump strip stick scrap flight"
)
LINKS = word_set("so until and that which it then but however causing making letting till when what")
"""Words that lead from a deed to what comes of it."""

UNREAL = word_set("not no never nor neither without almost nearly or if unless instead would could might may")
GIVEN = word_set(
    "hug kiss kick push pull punch slap massage pat rub wash wave nod smile wink shake squeeze stroke lick bite poke "
    "shove tickle trim polish wipe scrub haircut shave cuddle shout laugh cheer salute bow handshake tug stir toss "
    "spin twist whack knock tap sneeze cough yawn sigh groan scream yell"
)
"""Nouns that name a deed after `give`: `gives him a push`."""

HAD = word_set(
    "shower bath swim smoke chat talk laugh nap rest wash shave walk run ride dance fight race sleep stretch jog climb "
    "snooze massage haircut dip leap bow drink bite sip jump hike stroll"
)
"""Nouns that name a deed after `have`, `take` or `go for`: `has a shower`, `goes for a swim`."""

ACTS = (
    GIVEN
    | HAD
    | word_set(
        "throw shot exercise swing jump vault dive lift catch serve put stroke strike roll flip leap hop skip parade "
        "march attack drill practice workout routine proposal performance flight drive sail ski surf skate slide "
        "cut carve repair clean change check hunt chase search start finish entry landing release return exchange "
        "delivery removal game match contest session lesson class bout play show trick stunt pose hold press squat "
        "curl pass tackle score block dribble duel sparring battle bounce balance pump raise stand sit"
    )
)
"""Nouns that name a deed."""

LIGHT = word_set("do perform practice practise execute give make offer deliver have take go let be")
"""Verbs whose object or phrase names the deed: `takes a bow`, `goes for a swim`."""
OFFERING = word_set("give make offer deliver")
GIVING = word_set("give do perform make get receive attempt")
"""Verbs whose object names a deed: `gives a massage`, `does a handstand`."""

ADDING = word_set(
    "pour add mix stir spoon crack fold drop throw toss sprinkle squeeze rub beat whisk blend scoop ladle"
)
"""Verbs after which `in` is a particle, with their object to follow: `pours in the milk`."""

SIDES = word_set("left right up down upward upwards downward downwards")

TIMES = word_set("morning evening afternoon night day week hour minute second time while moment year month today")
USING = word_set("use operate wield")
HAVING = word_set(
    "hold carry see show have buy sell give fill stand sit pose compare replace confuse help watch find lie own keep "
    "draw cover take bring present equip arm"
)
"""Verbs beside which a `with` tells no tool: `holds a cup with a lid`."""

LIGHT_VERBS = word_set("do perform practice practise play execute conduct attempt show demonstrate complete")
DOING_VERBS = word_set("do perform practice practise execute")
CONTESTS = word_set(
    "game match session class lesson practice training competition tournament contest round bout routine workout"
)

MALE = word_set(
    "man boy gentleman guy father dad daddy papa husband brother grandfather grandpa granddad grandson nephew son he "
    "male lad groom bridegroom king prince uncle boyfriend stepfather stepson businessman fisherman cowboy waiter men "
    "boys fella bloke dude schoolboy"
)
FEMALE = word_set(
    "woman girl lady mother mom mum mommy mama wife sister grandmother grandma granny granddaughter niece daughter she "
    "female bride queen princess aunt girlfriend stepmother stepdaughter businesswoman cowgirl waitress actress women "
    "girls schoolgirl"
)
PERSONS = (
    MALE
    | FEMALE
    | word_set(
        "person people individual someone somebody human child kid baby toddler infant teenager youth adult athlete "
        "player dancer worker chef cook friend student teacher coach instructor performer musician singer rider driver "
        "swimmer diver skater skier runner climber boxer wrestler gymnast artist hairdresser barber doctor nurse "
        "mechanic farmer carpenter clown couple group team crowd audience spectator bystander onlooker twin sibling "
        "judge referee umpire officer soldier firefighter guest customer client stranger neighbour neighbor colleague "
        "they parent grandparent grandchild cousin spouse partner companion teammate opponent rival roommate classmate "
        "host presenter reporter interviewer cameraman camerawoman photographer tourist hiker cyclist skateboarder "
        "surfer sailor rower drummer guitarist pianist violinist cellist bassist trumpeter flautist flutist "
        "accordionist conductor dj painter potter tailor baker butcher gardener builder plumber electrician welder "
        "blacksmith smith mason roofer mover courier postman cleaner maid janitor cashier clerk shopkeeper vendor "
        "seller buyer shopper secretary boss manager lawyer priest monk nun scientist researcher dentist surgeon "
        "patient pharmacist masseur masseuse therapist beautician stylist model manicurist trainer gymnast juggler "
        "magician acrobat comedian actor goalkeeper goalie striker quarterback pitcher batter catcher bowler golfer "
        "archer fencer jockey wrestler lifter weightlifter sprinter jumper vaulter thrower skateboarder snowboarder "
        "paddler kayaker canoeist bather pedestrian commuter passenger pilot captain lifeguard guard policeman "
        "policewoman cop paramedic shepherd herder hunter angler lumberjack logger miner newborn preschooler "
        "schoolchild pupil adolescent teen senior pensioner youngster kiddo buddy pal mate"
    )
)
ONLOOKERS = word_set(
    "bystander onlooker spectator passer passerby audience crowd stranger neighbour neighbor passenger referee"
)
"""People who are by their name not the main person."""

ANYONE = PERSONS | word_set("opponent partner client patient passenger another someone somebody him her them")
"""What can stand for `person` as the object of a class name."""

GENERIC_SUBJECTS = word_set("person someone somebody man woman people he she they one user subject individual human")
