"""Class answers for `verifying.py`: descriptions of clips, put together from a grammar with a fixed seed.

An answer has about 40 words: what can be seen around, then a sentence about the action. The action is the label, or
another class, or none, so that about half of the answers contain their label. The names of the classes are put together
from verbs and nouns, or come from a file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_VERBS = {
    "carrying": ("carries", "carried", "bag box chair ladder tray basket bucket surfboard backpack lamp mattress"),
    "painting": ("paints", "painted", "fence wall door chair boat face portrait vase ceiling mural egg"),
    "washing": ("washes", "washed", "car dog window dishes hands floor bicycle carpet hair sink curtain"),
    "folding": ("folds", "folded", "paper towel shirt napkin blanket map letter chair tent sheet"),
    "cutting": ("cuts", "cut", "apple pineapple bread rope paper hedge cake watermelon cheese wire ribbon"),
    "opening": ("opens", "opened", "door bottle present window letter can umbrella wine gate suitcase"),
    "cleaning": ("cleans", "cleaned", "shoe pool toilet mirror oven fish aquarium gutter chimney grill keyboard"),
    "repairing": ("repairs", "repaired", "bicycle roof clock phone radio fence puncture watch engine tractor"),
    "throwing": ("throws", "thrown", "ball axe discus frisbee knife snowball javelin dart horseshoe stone"),
    "playing": ("plays", "played", "guitar piano violin drums cello flute harp chess cards trumpet accordion"),
    "riding": ("rides", "ridden", "bike horse camel elephant mule scooter unicycle motorcycle skateboard tram"),
    "eating": ("eats", "eaten", "burger cake carrot chips doughnut hotdog watermelon spaghetti noodles sandwich"),
    "peeling": ("peels", "peeled", "potato orange banana carrot garlic cucumber apple shrimp onion pear"),
    "baking": ("bakes", "baked", "cookies bread pizza cake muffin pie croissant biscuit pretzel lasagna"),
    "kicking": ("kicks", "kicked", "football ball bucket stone tyre field goal door sandbag can tree"),
    "pushing": ("pushes", "pushed", "car cart wheelchair wheelbarrow stroller sled swing trolley crate piano"),
    "sharpening": ("sharpens", "sharpened", "pencil knife axe sword chisel scissors saw skate stick blade"),
    "sewing": ("sews", "sewn", "dress button curtain quilt shirt pillow costume flag bag jacket"),
    "building": ("builds", "built", "cabinet shed snowman sandcastle fence table boat kite birdhouse campfire"),
    "watering": ("waters", "watered", "plants lawn garden flowers tomatoes roses tree vegetables field cactus"),
    "polishing": ("polishes", "polished", "shoe car silver table trophy nails floor gemstone guitar boot"),
    "catching": ("catches", "caught", "fish ball frisbee butterfly baseball bouquet crab chicken lizard wave"),
    "lifting": ("lifts", "lifted", "barbell dumbbell stone crate hat child sofa log kettlebell suitcase"),
    "decorating": ("decorates", "decorated", "tree cake room cookie egg pumpkin wreath window table hat"),
}
_WAYS = ("outdoors", "indoors", "with gloves", "on stage", "in a workshop", "in the snow", "at the beach", "by hand")
_PEOPLE = _words(
    "man woman boy girl young man teenager player chef worker child lady gentleman student athlete gardener tourist "
    "fisherman mechanic carpenter nurse farmer coach waiter baker dancer sailor soldier driver singer artist"
)
_LOOKS = _words(
    "tall short young elderly smiling cheerful bearded blond serious skinny muscular tired sunburnt barefoot tanned "
    "dark-haired middle-aged curly-haired freckled careful confident lively"
)
_CLOTHES = _words(
    "shirt jacket coat sweater hoodie dress apron uniform vest scarf cap hat helmet tracksuit raincoat blouse"
)
_COLOURS = _words(
    "red blue green yellow black white grey brown orange purple pink beige striped checked faded bright plain"
)
_ROOMS = _words(
    "kitchen garage park backyard gym studio workshop street garden classroom stadium hallway living room yard field "
    "courtyard basement market square balcony playground barn office corridor lobby harbour meadow forest"
)
_THINGS = _words(
    "table chair shelf lamp bench tree car window poster plant carpet fence clock mirror bicycle sofa cupboard radio "
    "curtain counter ladder bucket bin rug painting flag parasol fountain statue barrel crate hedge lantern"
)
_PLACES = ("next to", "behind", "in front of", "beside", "near", "under", "across from", "to the left of", "close to")
_HOW = _words("slowly carefully quickly calmly happily patiently skilfully gently eagerly repeatedly smoothly briefly")
_AROUND = (
    "The {room} is {size} and {light}, and {a_thing} stands {place} {a_thing}.",
    "There is {a_thing} {place} {a_thing}, and {a_thing} can be seen further away.",
    "In the video, {a_person} wearing {a_clothing} is in {a_room}.",
    "The clip shows {a_room} with {a_thing} and {a_thing} {place} the wall.",
    "The camera moves from {a_thing} to {a_person} who smiles.",
    "The light comes from {a_thing} on the {side}, so the {room} looks {light}.",
    "{a_person} in {a_clothing} stands {place} {a_thing} for a while.",
    "Some music is heard, and the floor of the {room} is {colour}.",
    "Behind the scene there is {a_thing}, which is {colour} and rather {size}.",
    "The background is {light}; {a_thing} and {a_thing} are visible.",
)
_SAID = (
    "{a_person} is {how} {name} {place} {a_thing}.",
    "Here, {a_person} is {name}.",
    "The main activity in this clip is {name}, which {a_person} does {how}.",
    "It seems that {a_person} is {name} in {a_room}.",
    "We see {a_person} {name} while {a_person} looks on.",
    "{a_person} {inflected} {how}.",
    "{a_person} {inflected}, and then rests {place} {a_thing}.",
    "The person who {inflected} wears {a_clothing}.",
    "{passive} by {a_person}.",
)
_DENIED = ("{a_person} is not {name} here.", "It is unclear whether {a_person} is {name}.")
_QUESTIONS = (
    "What is the person doing in the video?",
    "Which activity can be seen in the clip?",
    "What is happening here?",
    "Describe the action in this video.",
)


def composed_names(count: int) -> list[str]:
    """Returns class names: verbs with nouns, then the same with a word about how or where.

    Args:
        count: How many.
    """
    plain = [f"{verb} {noun}" for verb, (_, _, nouns) in _VERBS.items() for noun in nouns.split()]
    wider = [f"{name} {way}" for way in _WAYS for name in plain]
    return list(dict.fromkeys([*plain, *wider]))[:count]


def rows(count: int, names: list[str], seed: int = 0) -> Iterator[dict[str, Any]]:
    """Yields rows of `vstar-data verify`.

    Args:
        count: How many.
        names: The class names, of which the labels are drawn.
        seed: The same seed gives the same rows.
    """
    chance = random.Random(seed)
    for number in range(count):
        gold = chance.choice(names)
        yield {
            "id": f"{number:07d}",
            "question": chance.choice(_QUESTIONS),
            "answer": _answer(chance, gold, names),
            "labels": [{"kind": "class", "name": gold}],
        }


def varied(name: str, words: int, seed: int = 0) -> str:
    """Returns a text that says one name over and over, each time in another sentence."""
    chance = random.Random(seed)
    return _sentences(chance, words, lambda: _filled(chance, chance.choice(_SAID), name))


def prose(words: int, seed: int = 0) -> str:
    """Returns a text of sentences that name no class."""
    chance = random.Random(seed)
    return _sentences(chance, words, lambda: _filled(chance, chance.choice(_AROUND), ""))


def _sentences(chance: random.Random, words: int, sentence: Callable[[], str]) -> str:
    """Returns sentences with a made-up word in each, so that no text is taken for a loop."""
    said: list[str] = []
    while len(said) < words:
        made_up = "".join(chance.choice(("ba", "ke", "li", "mo", "ru", "sta", "ven")) for _ in range(5))
        said += [*sentence()[:-1].split(), made_up + "."]
    return " ".join(said[:words])


def _answer(chance: random.Random, gold: str, names: list[str]) -> str:
    told = chance.random()
    around = [_filled(chance, chance.choice(_AROUND), "") for _ in range(chance.choice((1, 2, 2, 3, 3)))]
    if told < 0.55:
        around.insert(chance.randint(0, len(around)), _filled(chance, chance.choice(_SAID), gold))
    elif told < 0.8:
        around.insert(chance.randint(0, len(around)), _filled(chance, chance.choice(_SAID), chance.choice(names)))
    elif told < 0.85:
        around.append(_filled(chance, chance.choice(_DENIED), gold))
    if told < 0.1:
        around.append(_filled(chance, chance.choice(_SAID), chance.choice(names)))
    return " ".join(around)


def _filled(chance: random.Random, sentence: str, name: str) -> str:
    def pick(words: Sequence[str]) -> str:
        return chance.choice(words)

    def some(noun: str) -> str:
        return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"

    while "{" in sentence:
        before, _, rest = sentence.partition("{")
        slot, _, after = rest.partition("}")
        match slot:
            case "a_person":
                filler = some(f"{pick(_LOOKS)} {pick(_PEOPLE)}")
            case "a_thing":
                filler = some(f"{pick(_COLOURS)} {pick(_THINGS)}")
            case "a_clothing":
                filler = some(f"{pick(_COLOURS)} {pick(_CLOTHES)}")
            case "a_room":
                filler = some(pick(_ROOMS))
            case "room":
                filler = pick(_ROOMS)
            case "colour":
                filler = pick(_COLOURS)
            case "place":
                filler = pick(_PLACES)
            case "how":
                filler = pick(_HOW)
            case "size":
                filler = pick(("small", "large", "narrow", "wide", "long", "low"))
            case "light":
                filler = pick(("bright", "dark", "sunny", "dim", "foggy", "colourful"))
            case "side":
                filler = pick(("left", "right", "ceiling", "wall"))
            case "inflected":
                filler = _inflected(name, chance)
            case "passive":
                filler = _passive(name, chance)
            case _:
                filler = name
        sentence = before + filler + after
    return sentence[:1].upper() + sentence[1:]


def _inflected(name: str, chance: random.Random) -> str:
    verb, _, rest = name.partition(" ")
    forms = _VERBS.get(verb)
    return f"{forms[0]} the {chance.choice(_COLOURS)} {rest}" if forms else f"is {name}"


def _passive(name: str, chance: random.Random) -> str:
    verb, _, rest = name.partition(" ")
    forms = _VERBS.get(verb)
    noun, _, more = rest.partition(" ")
    tail = f" {more}" if more else ""
    return f"the {noun} is being {forms[1]}{tail}" if forms else f"{name} is what is done"
