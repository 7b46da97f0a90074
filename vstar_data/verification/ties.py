"""What the numbers of an answer are about: how firmly each is tied to what was asked for."""

from __future__ import annotations

import re

from vstar_data.verification import words
from vstar_data.verification.gaps import verbal
from vstar_data.verification.number_groups import set_aside
from vstar_data.verification.number_names import abbreviates, another_compound, name_heads
from vstar_data.verification.number_outcomes import result
from vstar_data.verification.numbers import TENS, UNITS
from vstar_data.verification.readings import POINTS, REPETITIONS, Reading, unit_place
from vstar_data.verification.text import Text, Token
from vstar_data.verification.withdrawal import withdrawn
from vstar_data.verification.words import word_set

_FILLER = word_set(
    "be about around roughly approximately exactly estimate equal of at a an the to as is was only just level value "
    "total altogether precisely nearly almost some good high low overall final my would say guess likely probably "
    "it that this reach come stand amount sum make get receive earn score award give rate achieve show read display "
    "count wait no correction sorry mistake thought more somewhere worth board scoreboard screen counter readout "
    "panel jury tally verdict result mark figure number answer set consist monitor sign meter fall range lie hover "
    "sit finish turn wind upper lower mid middle early late put end settle announce call flash post arrive land "
    "announcer commentator speaker half third quarter"
)
_ANOTHER_TIME = re.compile(
    r"\b(?:previous|preceding|earlier|former|(?<!each )other|(?<!one )another|next|"
    r"last (?:round|dive|time|attempt|year))\b(?! than)"
)
_COLLECTIVE = word_set("people men women children kg km cm mm m s sec min ml lb ft")
_SCORING = word_set("score receive earn award rate give get achieve grade judge mark estimate rating point points")
_MONEY = word_set("euro euros dollar dollars cent cents pounds pence yen rupees")
_PRICE = word_set("price cost fee bill fare money")
_REPEATED = word_set("rep repetition")
_MEASURED = {
    noun: frozenset(units.split())
    for nouns, units in (
        ("rate", "bpm rpm"),
        ("speed velocity pace", "km/h mph m/s knot"),
        ("temperature", "\u00b0c \u00b0f \u00b0"),
        ("height length width depth distance altitude", "mm cm m km inch ft yd mile"),
        ("weight mass", "mg g kg lb oz"),
        ("volume", "ml l"),
        ("angle", "\u00b0"),
        ("power", "w"),
    )
    for noun in nouns.split()
}
"""What a quantity is measured in: a number in such a unit counts nothing else."""
_PEOPLE = word_set("people persons individuals humans")
_RESULTS = word_set("total score result mark grade tally verdict")
_CROWDS = word_set("attendance crowd audience turnout spectator fan viewer visitor onlooker guest supporter")
_HEADCOUNT = _PEOPLE | word_set("fans spectators viewers visitors guests supporters onlookers")
_LOST = re.compile(
    r"\b(?:costs?|loses?|losing|lost|deducts?|deducted|deductions? of|minus|docks?|docked|penalty of|penali[sz]ed"
    r"|lead of|gap of|margin of|(?:ahead|behind|wins|winning|won) by)\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
"""What a number is that is taken off a score, or lies between two."""
_THIS_ONE = re.compile(
    r"(?:[,;:]|\b(?:and|but|while))\s+(?:for )?this (?:one|time)\s+(?:at |with |only |gets? |got )?\Z", re.I
)
_CALLED_TOTAL = re.compile(r"\s+(?:in total|altogether|in all|all told|overall)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:in total|altogether|in all|overall|total|sum|adds? up|combined|makes?)\b|=", re.IGNORECASE)


def weight(text: Text, reading: Reading, name: str, measure: str | None = None, arrived: bool = False) -> int:
    """Returns how firmly a number is tied to what was asked for.

    Args:
        text: The answer.
        reading: The number.
        name: What was asked for.
        measure: Its unit of measure, in its shortest spelling: a number in another one is none.
        arrived: Whether the answer arrives at it (`that makes five`): what is written before says nothing about it.

    Returns:
        3 where its noun is the name's, 2 where a verb of scoring or the like ties it, 1 where nothing claims it,
        0 where another noun does. One more in a sentence that sums up.
    """
    if _ANOTHER_TIME.search(_around(text, reading)):
        return 0
    tied = _tie(text, reading, name, measure, arrived)
    if tied == 0:
        return 0
    begin = text.bounds(reading.first)[0]
    before = text.raw[text.tokens[begin].start : text.tokens[reading.first].start]
    after = text.raw[text.tokens[reading.last].end : text.tokens[reading.last].end + 16]
    return tied + (
        1
        if _TOTAL.search(before) or re.search(r"\bin total\b|\baltogether\b|\bin all\b|\boverall\b", after, re.I)
        else 0
    )


def _around(text: Text, reading: Reading) -> str:
    """Returns the clause of a number: up to a semicolon, or a comma with a new clause after it."""
    begin, end = text.bounds(reading.first)
    first = reading.first
    while first > begin and not re.search(r"[;,]", text.tokens[first].glue):
        first -= 1
    last = reading.last
    while last + 1 < end and not re.search(r"[;,]", text.tokens[last + 1].glue) and text.tokens[last + 1].word != "and":
        last += 1
    return text.raw[text.tokens[first].start : text.tokens[last].end].lower()


def _foreign(text: Text, reading: Reading, own: frozenset[str]) -> bool:
    """Whether a number counts or measures something else: `24 people`, `72 seconds`."""
    if not reading.unit or reading.unit in ("points", "marks", "percent", "times"):
        return False
    if reading.unit in REPETITIONS or (reading.unit in _MONEY and own & _PRICE):
        return False
    if (reading.unit in _PEOPLE and own & words.PERSONS) or (reading.unit in _HEADCOUNT and own & _CROWDS):
        return False
    for token in text.tokens[reading.last + 1 : reading.last + 5]:
        if token.keys & own:
            return False
        if token.word == reading.unit:
            break
    return reading.unit.endswith("s") or reading.unit in _COLLECTIVE or _one_of(text, reading)


def _one_of(text: Text, reading: Reading) -> bool:
    """Whether a `one` counts the single thing after it: `only one small step`."""
    return text.tokens[reading.first].word == "one" and reading.first == reading.last and reading.unit != "more"


def weights(
    text: Text, found: list[Reading], name: str, measure: str | None = None, question: Text | None = None
) -> list[int]:
    """Returns how firmly each number is tied to what was asked for; a bare number takes over from the one before it.

    `The score is not 60 but 72`, `It is 60. No, wait, it is 72`: the later number is about the same thing.

    Args:
        text: The answer.
        found: Its numbers.
        name: What was asked for.
        measure: Its unit of measure, in its shortest spelling.
        question: The question.
    """
    tied: list[int] = []
    for place, reading in enumerate(found):
        arrived = result(text, reading, name, question) or _sum(text, reading)
        own = weight(text, reading, name, measure, arrived)
        if arrived and own:
            own = max(own, 1 + max(tied, default=0))
        elif place and 0 < own < 3 <= tied[-1] and not _names_more(text, found[place - 1], reading, name):
            own = tied[-1] if own == 1 else tied[-1] + 1
        elif place and own and (_replaces(text, found[place - 1], reading) or _of_this_one(text, reading)):
            own = max(own, tied[-1])
        tied.append(own)
    strange = [_strange(reading, *name_heads(name)) for reading in found]
    return set_aside(text, found, tied, strange, name, question)


def _replaces(text: Text, before: Reading, reading: Reading) -> bool:
    """Whether a bare number takes the place of the one before it: `three. Actually, looking again, it is four`."""
    between = text.raw[text.tokens[before.last].end : text.tokens[reading.first].start]
    return not reading.unit and len(between) < 80 and withdrawn(between)


def _of_this_one(text: Text, reading: Reading) -> bool:
    """Whether a number is that of the present one, after that of another: `her first got 12.2, this one 13.5`."""
    start = text.tokens[reading.first].start
    return _THIS_ONE.search(text.raw[max(0, start - 40) : start]) is not None


def _strange(reading: Reading, heads: frozenset[str], every: frozenset[str]) -> bool:
    """Whether a score stands before a noun of another matter: `its 3.2 tariff`."""
    known = every | _FILLER | _SCORING | {"percent", *POINTS}
    return bool(heads & _SCORING and reading.unit and reading.unit not in known)


def _names_more(text: Text, before: Reading, reading: Reading, name: str) -> bool:
    """Whether the second of two numbers is new: after a noun, or a verb of scoring where no score is asked for."""
    heads = name_heads(name)[0]
    inner = range(before.last + 1, reading.first)
    scored = any(text.tokens[place].keys & _SCORING and verbal(text, place) for place in inner)
    if (scored or reading.unit in POINTS) and not heads & _SCORING:
        return True
    if not heads & _SCORING and not _counted(name) and any(text.tokens[place].keys & _RESULTS for place in inner):
        return True
    between = [
        token
        for place, token in enumerate(text.tokens[before.last + 1 : reading.first], start=before.last + 1)
        if not (before.unit and place <= unit_place(text, before))
        and not (token.form.verb and token.word.endswith("s") and verbal(text, place))
    ]
    return any(
        token.form.noun
        and token.word not in words.FUNCTION
        and token.word != before.unit
        and not token.keys
        & ((_FILLER - _SCORING) | {"wait", "no", "correction", "sorry", "mistake", "thought", "point", "more"})
        for token in between
    ) and bool(between)


def _complement(text: Text, place: int, begin: int) -> int | None:
    """Returns the `of` whose phrase a token stands in (`the difficulty of these 3.5 somersaults`), or None."""
    for at in range(place - 1, max(begin, place - 5), -1):
        token = text.tokens[at]
        if token.word == "of":
            return at
        if token.value is None and (token.word in words.FUNCTION - words.DETERMINERS or token.glue != " "):
            return None
    return None


def _counts(text: Text, place: int) -> bool:
    """Whether a number counts the noun right after it."""
    following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    plain = following is not None and following.glue == " " and following.word not in words.FUNCTION
    return following is not None and plain and following.form.noun


def _tie(text: Text, reading: Reading, name: str, measure: str | None, arrived: bool) -> int:
    heads, every = name_heads(name)
    begin, _ = text.bounds(reading.first)
    counting = not heads & _SCORING
    if measure and reading.measure:
        return 3 if reading.measure == measure else 0
    if counting and reading.unit in REPETITIONS:
        return 2
    measures = reading.measure is not None and any(reading.measure in _MEASURED.get(head, ()) for head in heads)
    if _foreign(text, reading, heads | every) and not measures:
        return 0
    if counting and reading.unit in _PEOPLE and not heads & _PEOPLE:
        return 2
    if not counting and _LOST.search(
        text.raw[max(0, text.tokens[reading.first].start - 48) : text.tokens[reading.first].start]
    ):
        return 0
    following = range(reading.last + 1, min(reading.last + 5, len(text.tokens)))
    if any(another_compound(text, place, name) for place in following):
        return 0
    if reading.unit:
        shape = text.tokens[reading.last + 1 :][:4]
        unit_keys = {key for token in shape for key in token.keys if token.word == reading.unit or token.keys & heads}
        if unit_keys & heads:
            return 3
    owner: Token | None = None
    complement: int | None = None
    verb = acted = new = False
    if arrived or ";" in text.tokens[reading.first].glue or _gapped(text, reading) or _sum(text, reading):
        begin = reading.first
    for place in range(reading.first - 1, max(begin - 1, reading.first - 14), -1):
        token = text.tokens[place]
        if (";" in token.glue and place < reading.first - 1) or (acted and "," in text.tokens[place + 1].glue):
            break
        if (
            token.word in ("but", "while", "whereas", "and")
            and (new or (owner is None and not verb))
            and place < reading.first - 1
        ):
            break
        if token.keys & heads or abbreviates(text, place, name):
            return 3
        if token.word in words.SUBJECT_PRONOUNS and token.word not in ("it", "there"):
            new = True
        if new:
            continue
        if counting and token.keys & _REPEATED:
            return 2
        key = place + 1 < len(text.tokens) and ":" in text.tokens[place + 1].glue
        given = token.word == "given" and text.tokens[place + 1].word in words.DETERMINERS
        if token.keys & _SCORING and token.form.verb and not key and not given and verbal(text, place):
            verb = True
        if token.value is not None and not (_counts(text, place) and _complement(text, place, begin) is not None):
            break
        if token.form.verb and token.word.endswith("s") and verbal(text, place) and place > begin:
            acted = True
            continue
        if complement is None or place < complement:
            complement = _complement(text, place, begin)
        if complement is not None and place > complement:
            continue
        if not counting and owner is None and _grades(text, place):
            return 2
        if owner is None and _owns(text, place):
            owner = token
            if not (token.keys & (every | words.PERSONS)) and not verb:
                break
    if owner is not None and not owner.keys & (every | words.PERSONS) and not verb:
        return 0
    if not counting and (verb or reading.unit in POINTS):
        return 2
    if verb and counting and not _counted(name):
        return 0
    return 1


def _owns(text: Text, place: int) -> bool:
    """Whether a word is a noun that a number can be of."""
    token = text.tokens[place]
    if not token.form.noun or token.keys & _FILLER or token.word in words.FUNCTION:
        return False
    if token.word.endswith("s") and (token.word[:-1] in UNITS or token.word[:-3] + "y" in TENS):
        return False
    before = text.tokens[place - 1].word if place else ""
    return not (token.form.verb and before in words.MODALS | words.BE)


def _grades(text: Text, place: int) -> bool:
    """Whether a noun is another word for the score, and not for a part of it: `the mark`, no `difficulty mark`."""
    before = text.tokens[place - 1] if place else None
    bare = before is None or before.word in words.FUNCTION | {"final", "overall"} or text.tokens[place].glue != " "
    return bare and text.tokens[place].word in _RESULTS


def _sum(text: Text, reading: Reading) -> bool:
    """Whether a number stands by itself after a comma and is called the total: `one here, two there, 3 in total`."""
    after = _CALLED_TOTAL.match(text.raw, text.tokens[reading.last].end)
    return "," in text.tokens[reading.first].glue and after is not None


def _gapped(text: Text, reading: Reading) -> bool:
    """Whether a number stands for a group of its own, told by its place: `five outside and three at the table`."""
    before = text.tokens[reading.first - 1].word if reading.first else ""
    after = text.tokens[reading.last + 1 : reading.last + 2]
    return before == "and" and bool(after) and after[0].word in words.PLACING and after[0].glue == " "


def _counted(name: str) -> bool:
    """Whether a name is that of a count, rather than of a grade or a measure."""
    return bool(re.search(r"\b(?:number|count|amount|total|how many)\b", name, re.IGNORECASE))
