"""Other wordings of a name: the constructions in which English says the same with the same words.

`mushroom foraging` is to forage for mushrooms, `hand washing clothes` is to wash clothes by hand, to `butter the pan`
is to put butter in it. Constructions only: that one word stands for another is `thesaurus`'s matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vstar_data.verification import lemmas, words
from vstar_data.verification.text import Token, tokens_of_name
from vstar_data.verification.words import word_set

_LIGHT = re.compile(r"(?P<before>.* )?(?P<what>\w+) in (?:an? |the )?(?P<how>\w+) (?P<light>\w+)")
_PHRASAL = re.compile(r"(?P<how>\w+(?: \w+)*) (?P<verb>\w+)-(?P<particle>\w+)")
_TWO_SIDES = re.compile(r"(\w+(?: \w+)*) or (\w+)", re.IGNORECASE)
_WITH_CAMERA = re.compile(r"(?P<doing>\w+ing) (?P<rest>.+) with (?:your|the|a) camera", re.IGNORECASE)
_OF_CAMERA = re.compile(r"(?P<doing>\w+ing) the camera (?P<rest>.+?)(?: while filming \w+)?", re.IGNORECASE)
_ALMOST = re.compile(r"(.+\balmost .+) but (?:does not|doesn't|do not|don't)", re.IGNORECASE)
_SLIGHTLY = re.compile(r"(.+\bit )(\w+ly) (\w+)", re.IGNORECASE)
_NOT_SO = re.compile(r"(.+), not \w+", re.IGNORECASE)
_PRETENDING = re.compile(r"(pretending .+?),? (?:without|but not) (?:actually |really )?\w+ing .+", re.IGNORECASE)

BY = word_set("from into on onto upon with off down up across along through around round over in at")
"""What can lead from a verb without an object to the noun that its compound has: `climb on`, `fight with`."""
SEEKING = word_set("forage hunt dig search look fish dive watch pan wait shop scavenge")
MEANS = word_set("by with at in on using")
PART = word_set("of on in from")
DONE_TO = word_set("of in with from on at")
INTO = word_set("in on to into onto over across inside upon")
WITH = word_set("with in using")

LOADING = word_set("put add spread smear apply rub sprinkle pour brush melt drop mix stir drizzle place scatter shake")
TREATING = word_set("grease rub coat brush spread dust sprinkle smear cover season treat fill drizzle line lubricate")
SUBSTANCES = word_set(
    "butter oil salt pepper sugar flour water wax soap paint glue cream grease sauce honey jam varnish powder lotion "
    "sand gravel fertilizer ice milk vinegar mustard cheese spice glaze frosting icing lacquer shampoo foam"
)
COVERS = word_set("peel skin shell husk bone core pit seed stem bark scale")
RIDING = words.RIDING | word_set("drive steer pedal")
HANDLING = word_set("clean wipe scrub cut hit smooth gather collect work sweep trim")
TOOLS = word_set("mop broom rake saw hammer plane shovel vacuum brush comb iron sponge razor chisel file drill hoe")

_PHRASES = tuple(
    tuple(line.split("|"))
    for line in (
        "skip rope|jump rope",
        "set table|lay table",
        "put on|apply",
        "wait in line|stand in line|wait in queue|stand in queue|queuing|queuing up|lining up",
        "cell phone|cellphone|mobile phone|smartphone|mobile",
        "mow lawn|mow grass|cut grass",
        "ride bike|cycling|pedal bike",
        "take photo|photographing|take picture|snap photo|snap picture|take snapshot",
        "away from each other|apart",
        "closer to each other|closer together",
        "do laundry|do washing|wash laundry",
        "do dish|wash dish|wash up",
        "vacuum floor|hoover floor|vacuum carpet",
        "into two pieces|in two|in half|into two parts|into halves",
        "work out|exercising",
        "shake hand|give handshake|exchange handshake",
        "on phone|over phone",
        "next to|beside|alongside",
        "read book|read from book",
        "point to|point at",
        "fight with|fight against",
        "talk to|talk with",
        "play with|play around with",
    )
)
"""Phrases that mean the same, in base forms and without articles."""


_LINKED = (
    ("ride", "on", "", frozenset[str]()),
    ("walk", "with", "", frozenset[str]()),
    ("fall", "to", "", frozenset({"to", "on", "onto"})),
    ("shoot", "with", " something", frozenset({"with", "from"})),
    *((verb, "to", " something", frozenset[str]()) for verb in ("feed", "serve", "teach", "show", "offer", "read")),
)
"""Verbs, the preposition that may lead to their object, what stands before it, and others that may stand for it: `a
ride on a horse`, `feeds crumbs to the birds`, `shoots an arrow from a bow`."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A name said otherwise.

    Attributes:
        name: The wording, in the form of a name.
        doing: Base forms of which any may be the verb; empty where only the verb itself may.
        linking: The prepositions of which any may stand for the one of the wording; empty where only its own may.
        direct: Whether the verb may have no object before the preposition: who cuts with a knife does not cut a knife.
        literal: Whether no other words may stand for its words.
    """

    name: str
    doing: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    direct: bool = False
    literal: bool = False


@lru_cache(maxsize=16_384)
def wordings(name: str) -> tuple[Wording, ...]:
    """Returns the other wordings of a name.

    Args:
        name: A name without slashes and parentheses.
    """
    tokens = [token for token in tokens_of_name(name).tokens if token.word not in ("a", "an", "the", "your")]
    if not tokens:
        return ()
    found: list[Wording] = []
    for way in (_reordered, _of_phrases, _of_templates, _of_one_word, _of_compound, _of_objects, _of_substance):
        found += way(name, tokens)
    return tuple(dict.fromkeys(wording for wording in found if wording.name != name))


def _reordered(name: str, tokens: list[Token]) -> Iterator[Wording]:
    """`somersaults in pike position`: pike somersaults; `two twists`: to twist two times; `let go of x`: let x go."""
    light = _LIGHT.fullmatch(name)
    if light is not None and light["light"].lower() in words.LIGHT_NOUNS:
        yield Wording(f"{light['before'] or ''}{light['how']} {light['what']}")
    if len(tokens) == 3 and tokens[-1].word.endswith("ing") and _thing(tokens[0]) and _thing(tokens[1]):
        yield Wording(f"{tokens[1].word} {tokens[0].word} {tokens[2].word}")
    phrasal = _PHRASAL.fullmatch(name)
    if phrasal is not None and phrasal["particle"].lower() in words.PARTICLES:
        yield Wording(f"{phrasal['verb']} {phrasal['particle']} {phrasal['how']}")
    if len(tokens) > 3 and "let" in tokens[0].keys and [token.word for token in tokens[1:3]] == ["go", "of"]:
        yield Wording(f"let {_written(tokens[3:])} go")
    count, doing = [*tokens_of_name(name).tokens, None, None][:2]
    if count is None or doing is None or count.value in (None, 1) or doing.glue != " ":
        return
    if doing.form.verb and doing.form.noun and not name.startswith("-", doing.end):
        yield Wording(f"{name[doing.start : doing.end]} {name[count.start : count.end]} times{name[doing.end :]}")


def _of_phrases(name: str, tokens: list[Token]) -> Iterator[Wording]:
    """A name with one of its phrases replaced by another that means the same."""
    for phrases in _PHRASES:
        for phrase in phrases:
            said = phrase.split()
            for at in range(len(tokens) - len(said) + 1):
                if all(word in token.keys for word, token in zip(said, tokens[at:], strict=False)):
                    before, after = _written(tokens[:at]), _written(tokens[at + len(said) :])
                    for other in phrases:
                        if other != phrase:
                            yield Wording(" ".join(filter(None, (before, other, after))), literal=" " not in other)
                    return


def _of_templates(name: str, tokens: list[Token]) -> Iterator[Wording]:
    """Names of the kind `doing something with something`: what their fixed words allow."""
    if tokens[0].keys & {"put", "place"} and " to " in name:
        yield from (Wording(name.replace(" to ", where)) for where in (" on ", " into "))
    if len(tokens) > 2 and [token.word for token in tokens[:2]] == ["entry", "into"]:
        yield Wording(f"enter {_written(tokens[2:])}")
    if re.search(r"\bfrom (?:left|right|above|below)\b", name):
        yield Wording(name.replace("from ", "", 1))
    if "number of something" in name:
        yield Wording(name.replace("number of something", "something"))
    if "something and something" in name.lower() and "each other" in name.lower():
        one = re.sub("something and something", "something", name, flags=re.IGNORECASE)
        yield Wording(one)
        yield from _of_phrases(one, list(tokens_of_name(one).tokens))
    for other in ("doesn't", "almost doesn't"):
        if "doesn't or almost doesn't" in name:
            yield Wording(name.replace("doesn't or almost doesn't", other))
    if positive := _NOT_SO.fullmatch(name):
        yield Wording(positive[1])
    if moved := _SLIGHTLY.fullmatch(name):
        yield Wording(f"{moved[1]}{moved[3]} {moved[2]}")
    for clause in (_ALMOST, _PRETENDING):
        if entailing := clause.fullmatch(name):
            yield Wording(entailing[1])
    with_camera = _WITH_CAMERA.fullmatch(name)
    if with_camera is not None:
        yield Wording(f"camera {with_camera['doing']} {with_camera['rest']}")
        if "approach" in tokens[0].keys:
            yield Wording(f"camera moving closer to {with_camera['rest']}")
    of_camera = _OF_CAMERA.fullmatch(name)
    if of_camera is not None:
        doing = frozenset({"turn", "pan", "swivel", "tilt", "rotate"}) if "turn" in tokens[0].keys else frozenset[str]()
        yield Wording(f"camera {of_camera['doing']} {of_camera['rest']}", doing)
        yield Wording(f"{of_camera['doing']} camera {of_camera['rest']}", doing)


def _of_one_word(name: str, tokens: list[Token]) -> Iterator[Wording]:
    """`skateboarding` is to ride a skateboard, `weightlifting` is to lift weights, `taking a shower` is to shower."""
    first = tokens[0]
    if len(tokens) == 1 and first.word.endswith("ing") and len(first.word) > 6:
        for base in first.form.verb | first.keys:
            shape = lemmas.form(base)
            if base != first.word and shape.noun and not base.endswith("ing"):
                yield Wording(f"riding {base}", RIDING)
        for at in range(4, len(first.word) - 5):
            thing, action = first.word[:at], first.word[at:]
            if lemmas.is_word(thing) and lemmas.form(thing).noun and lemmas.form(action).verb - {action}:
                yield Wording(f"{action} {thing}")
    if len(tokens) == 2 and first.keys & (words.DOING_VERBS | {"take", "have", "give"}) and first.form.verb:
        act = tokens[1]
        if act.form.verb and act.form.noun and not act.word.endswith("s") and act.word in act.form.verb:
            yield Wording(_gerund(act.word), literal=True)


def _of_compound(name: str, tokens: list[Token]) -> Iterator[Wording]:
    """`ice climbing` is to climb on ice, a `table tennis shot` is a shot in table tennis."""
    *modifiers, head = tokens
    if not modifiers or len(modifiers) > 2 or not all(_thing(token) for token in modifiers):
        return
    if head.word.endswith("ing"):
        if head.form.verb - {head.word}:
            yield Wording(f"{head.word} on {_written(modifiers)}", linking=BY, direct=True)
            if head.form.verb & SEEKING:
                yield Wording(f"{head.word} for {_written(modifiers)}", direct=True)
    elif _act(head) and not modifiers[0].word.endswith("ing"):
        yield Wording(f"{head.word} of {_written(modifiers)}", linking=DONE_TO, direct=True)
        if len(modifiers) == 2:
            yield Wording(f"{head.word} {modifiers[1].word} by {modifiers[0].word}", linking=MEANS)


def _of_objects(name: str, tokens: list[Token]) -> Iterator[Wording]:
    """`hand washing clothes` is to wash clothes by hand, `opening car door` is to open the door of the car."""
    gerund = len(tokens) > 2 and tokens[1].word.endswith("ing") and bool(tokens[1].form.verb)
    if gerund and all(_thing(token) for token in (tokens[0], *tokens[2:])):
        yield Wording(f"{_written(tokens[1:])} by {tokens[0].word}", linking=MEANS)
        return
    if len(tokens) > 1 and tokens[0].form.verb and all(_thing(token) for token in tokens[1:]):
        for verb, preposition, told, linking in _LINKED:
            if verb in tokens[0].keys:
                said = f"{tokens[0].word}{told} {preposition} {_written(tokens[1:])}"
                yield Wording(said, linking=linking, direct=not told)
    doing = 2 if len(tokens) > 1 and tokens[1].word in words.PARTICLES else 1
    objects = tokens[doing:]
    if len(objects) not in (2, 3) or not tokens[0].form.verb or not all(_thing(token) for token in objects):
        return
    if doing == 1 and not (tokens[0].word.endswith("ing") or tokens[0].word in tokens[0].form.verb):
        return
    whole, part = _written(objects[:-1]), objects[-1].word
    if doing == 1:
        yield Wording(f"{tokens[0].word} {part} of {whole}", linking=PART)
    elif tokens[1].word == "out":
        yield Wording(f"{tokens[0].word} {part} out of {whole}")
    elif tokens[1].word == "in":
        yield Wording(f"{tokens[0].word} {part} into {whole}")


def _of_substance(name: str, tokens: list[Token]) -> Iterator[Wording]:
    """To `butter the pan` is to put butter in it, to `mop the floor` is to clean it with a mop; and the reverse."""
    bases = {token for token in tokens[0].form.verb if token != tokens[0].word} or tokens[0].form.verb
    if len(tokens) in (2, 3) and all(_thing(token) for token in tokens[1:]):
        treated = _written(tokens[1:])
        for base in sorted(bases & SUBSTANCES):
            yield Wording(f"put {base} in {treated}", LOADING, INTO)
            yield Wording(f"grease {treated} with {base}", TREATING, WITH)
        for base in sorted(bases & COVERS):
            yield Wording(
                f"remove {base} of {treated}", frozenset({"remove", "strip", "cut"}), frozenset({"of", "from", "off"})
            )
        for base in sorted(bases & TOOLS):
            yield Wording(f"clean {treated} with {base}", HANDLING, WITH)
    if len(tokens) == 4 and tokens[0].keys & LOADING and tokens[1].keys & SUBSTANCES and tokens[2].word in INTO:
        yield Wording(f"{tokens[1].word} {tokens[3].word}")


def _thing(token: Token) -> bool:
    """Whether a word of a name can be the noun of a group, and is no function word."""
    if token.word in words.FUNCTION or token.word in words.PLACEHOLDERS or token.value is not None:
        return False
    return token.form.noun and not (token.word.endswith(("ing", "ed")) and bool(token.form.verb))


def _act(token: Token) -> bool:
    """Whether a noun names the doing of a verb: `throw`, `shot`, `exercise`; not so `house`, for all that it is one."""
    return not token.keys.isdisjoint(words.ACTS)


def _gerund(base: str) -> str:
    """Returns the form in `-ing` of a base form: `shower` becomes `showering`."""
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    doubled = stem + stem[-1] + "ing"
    return doubled if base in lemmas.form(doubled).verb and lemmas.is_word(doubled) else stem + "ing"


def _written(tokens: list[Token]) -> str:
    return " ".join(token.word for token in tokens)
