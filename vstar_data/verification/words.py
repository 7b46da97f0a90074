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
    "activity solo music song tune set kit exercise show lesson move skill bout round video clip drill workout attempt"
)
TUNES = word_set("tune song melody music solo piece chord note riff rhythm beat ballad hymn anthem scale")
RIDING = word_set("ride climb surf sail skate ski paddle")
QUANTITIES = word_set(
    "pair pile set row bunch group lot couple number stack heap load basket bowl bag box cup glass mug slice "
    "piece bottle deck plate bit litre liter gallon kilo kilogram gram pound ton jar can tin loaf handful "
    "kind type sort round game tune length sheet ball strand tray pan pot plenty roll series half dozen "
    "hundred thousand part end top side one some all back front rest mouthful spoonful bite pinch mass bundle "
    "amount quantity variety selection collection line string"
)
LIGHT_VERBS = word_set("do perform practice practise play execute conduct attempt show demonstrate complete")
DOING_VERBS = word_set("do perform practice practise execute")
CONTESTS = word_set(
    "game match session class lesson practice training competition tournament contest round bout routine workout"
)

MALE = word_set(
    "man boy gentleman guy father dad husband brother grandfather son he male lad groom king uncle men boys"
)
FEMALE = word_set(
    "woman girl lady mother mom mum wife sister grandmother daughter she female bride queen aunt women girls"
)
PERSONS = (
    MALE
    | FEMALE
    | word_set(
        "person people individual someone somebody human child kid baby toddler infant teenager youth adult athlete "
        "player dancer worker chef cook friend student teacher coach instructor performer musician singer rider driver "
        "swimmer diver skater skier runner climber boxer wrestler gymnast artist hairdresser barber doctor nurse "
        "mechanic farmer carpenter clown grandma grandpa couple group team crowd audience spectator bystander onlooker "
        "judge referee officer soldier firefighter fisherman guest customer stranger neighbour neighbor colleague they"
    )
)
ONLOOKERS = word_set(
    "bystander onlooker spectator passer passerby audience crowd stranger neighbour neighbor passenger referee"
)
"""People who are by their name not the main person."""

ANYONE = PERSONS | word_set("opponent partner client patient passenger another someone somebody him her them")
"""What can stand for `person` as the object of a class name."""

GENERIC_SUBJECTS = word_set("person someone somebody man woman people he she they one user subject individual human")
