"""Where an answer names one of some choices: by its letter, its number in the list, or its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vstar_data.records import QALabel
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.clauses import acts_on
from vstar_data.verification.kinds.spoken import spoken
from vstar_data.verification.kinds.told import otherwise_in_time
from vstar_data.verification.matching import Match
from vstar_data.verification.phrases import patterns
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.words import word_set

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALONE = re.compile(r"\A[\s*_`\"'(\[]*([A-Za-z])[\s*_`\"')\].:]*\Z")
_LEADING = re.compile(r"(?:\A|\n)[\s*_`\"'(\[]*([A-Z])\s*[).:\]]+[*_`]*(?=\s|\Z)|\A\s*\(([a-z])\)|\A\s*([a-z])\)")
_THINGS = r"(?:options?|choices?|captions?|sentences?|descriptions?|statements?|information|alternatives?)"
_NAMED = re.compile(
    rf"\b(?P<noun>answer|letter|pick|choose|select|{_THINGS})\b[\s*_`:\"']*(?:is|would be|"
    rf"must be|=|:)?[\s*_`:]*(?:(?P<inner>{_THINGS}|letter) )?"
    r"[(\[\"'*_`]*(?P<letter>[A-Za-z])(?=[)\]\"'*_`.,:;!]|\s|\Z)(?!['\u2019])",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"\s+(?:is|was|are|does|do|has|more|most|best|better|matches|fits|accurately|correctly|closely|describes|captures"
    r"|because|as|since|and|or|would|seems|appears|instead|which)\b"
)
"""What follows a letter, and not an article: `Option A is ...`."""
_BRACKETED = re.compile(r"\(([A-Z])\)")
_LANDMARK = word_set("behind near beside under over above below at from with against around on next of front by")
_CLAUSE = re.compile(r"[.,;:!?\n\u2026*_`()\[\]\u2013\u2014\"'{}]|\s-|-\s")
_LEADS = word_set(
    "so then hence therefore thus is be it's 's choose pick select take say chose picked or and not but say go with"
)
_ORDINALS = {
    **{
        word: number
        for number, word in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"])
    },
    **{f"{number + 1}": number for number in range(8)},
    "last": -1,
    "final": -1,
}
_PLACED = re.compile(
    r"\bthe (?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|last|final|1st|2nd|3rd|4th|5th)"
    r"(?P<noun> (?:one|option|choice|answer|alternative|possibility|item|caption|sentence|description|statement)\b"
    r"| of (?:the|these|those) (?:\w+ )?(?:options|choices|answers)"
    r"|(?=\s*(?:[.!]?\Z)))"
    r"|\b(?:option|choice|answer|number|alternative|caption|sentence|description|statement|information)"
    r"(?: number| no\.?)?(?: is)?[ :]*[#(]?(?P<digit>[1-8])\b(?![.:]\d|\s*(?:s|sec)\b)",
    re.IGNORECASE,
)
_OF_MARKS = ("option", "choice", "caption", "sentence", "description", "statement", "information")
_IT_IS = re.compile(r"[,)]?\s*(?:and|or|nor|it is|is (?:the|my|right|correct))\b")
_OPTS = re.compile(
    r"\b(?:i|we)(?:['\u2019]d| would|['\u2019]ll| will) (?:\w+ )?"
    r"(?:go (?:with|for)|pick|choose|select|opt for|take|say)"
    r"(?: (?:option|choice|letter|answer|for))? ?[(\"']?\Z",
    re.IGNORECASE,
)
_DO_WITH = re.compile(r"\bdo(?:es|ne|ing)? (?:with|to)\b", re.IGNORECASE)
_PAIRED = re.compile(r"\bthe (?P<which>former|latter)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Pick:
    """A place where an answer names a choice.

    Attributes:
        choice: Its number, from 0.
        first: First token.
        last: Last token.
        start: First code point.
        end: One past the last code point.
        how: How the answer stands to it.
        aside: Whether it only says where or when something else is: what is not aside goes before it.
    """

    choice: int
    first: int
    last: int
    start: int
    end: int
    how: Stance
    aside: bool


def letter_picks(label: QALabel, text: Text) -> list[Pick]:
    """Finds choices named by their letter. A lone article `a` is none."""
    found: dict[int, str] = {}
    alone = _ALONE.match(text.raw)
    if alone:
        found[alone.start(1)] = alone[1].upper()
    for pattern in (_LEADING, _NAMED, _BRACKETED):
        for match in pattern.finditer(text.raw):
            group = "letter" if pattern is _NAMED else next(n for n in range(1, len(match.groups()) + 1) if match[n])
            letter = match[group]
            if pattern is _NAMED and letter.islower() and re.match(r"\s+\w", text.raw[match.end(group) :]):
                continue
            tail = text.raw[match.end(group) :]
            if pattern is _NAMED and letter in "AI" and re.match(r"\s+[a-z]", tail) and not _JUDGED.match(tail):
                continue
            found[match.start(group)] = letter.upper()
    for at, token in enumerate(text.tokens):
        if len(token.word) == 1 and text.raw[token.start].isupper() and _stands(text, at):
            found.setdefault(token.start, text.raw[token.start])
    picks = []
    for start, letter in sorted(found.items()):
        place = LETTERS.index(letter) if letter in LETTERS else 99
        first = next((number for number, token in enumerate(text.tokens) if token.start == start), None)
        if place < len(label.choices) and first is not None:
            how = _chosen(text, first, first)
            picks.append(Pick(place, first, first, start, start + 1, how, False))
    return picks


def _stands(text: Text, place: int) -> bool:
    """Whether a capital letter stands by itself, as a choice does: `B... no, sorry, A.`, `so it's D, the shoe`."""
    token = text.tokens[place]
    tail = text.raw[token.end : token.end + 3]
    before = text.tokens[place - 1] if place else None
    opens = before is None or bool(_CLAUSE.search(token.glue)) or before.word in _LEADS or bool(before.form.verb)
    closes = not tail or bool(_CLAUSE.match(tail)) or bool(_IT_IS.match(text.raw, token.end)) or _paired(text, place)
    initial = tail[:1] == "." and re.match(r"\. ?[A-Z][a-z]", text.raw[token.end :]) and before is not None
    return opens and closes and not (initial and token.glue == " ") and "'" not in tail[:1] + token.glue


def _paired(text: Text, place: int) -> bool:
    """Whether another letter is named together with one: `A and B both fit`."""
    joined = place > 1 and text.tokens[place - 1].word in ("and", "or", "nor")
    other = text.tokens[place - 2] if joined else None
    return other is not None and other.end - other.start == 1 and text.raw[other.start].isupper()


def placed_picks(label: QALabel, text: Text) -> list[Pick]:
    """Finds choices named by their number in the list: `the fourth one`, `option 2`, `the last option`."""
    picks = []
    numeric = any(token.value is not None for choice in label.choices for token in tokens_of_name(choice).tokens)
    for match in _PLACED.finditer(text.raw):
        if match["digit"]:
            number = int(match["digit"]) - 1
            if numeric and not match[0].lower().startswith(_OF_MARKS):
                continue
        else:
            number = _ORDINALS.get(match["word"].lower()[: -2 if match["word"][0].isdigit() else None], 9)
        if number < len(label.choices):
            token = next((n for n, token in enumerate(text.tokens) if token.end >= match.end()), None)
            if token is not None and not text.asked[text.tokens[token].sentence]:
                first = next(n for n, token in enumerate(text.tokens) if token.end > match.start())
                how = _chosen(text, first, token)
                picks.append(Pick(number % len(label.choices), token, token, match.start(), match.end(), how, False))
    return picks


def paired_picks(picks: list[Pick], text: Text) -> list[Pick] | None:
    """Reads `the former` and `the latter` of two choices named before; None where neither is said."""
    match = next(iter(_PAIRED.finditer(text.raw)), None)
    if match is None:
        return None
    earlier = [pick for pick in picks if pick.start < match.start()]
    named = list(dict.fromkeys(pick.choice for pick in earlier))[-2:]
    token = next(
        n for n, token in enumerate(text.tokens) if token.start >= match.start(1) - 4 and token.end >= match.end()
    )
    if len(named) != 2:
        return None
    chosen = named[0 if match["which"].lower() == "former" else 1]
    how = _chosen(text, token, token)
    if how is Stance.NEGATED:
        chosen, how = named[1 if match["which"].lower() == "former" else 0], Stance.ASSERTED
    again = Pick(chosen, token, token, match.start(), match.end(), how, False)
    return [again, *(pick for pick in picks if pick.start > match.end())]


def text_picks(label: QALabel, text: Text, question: Text) -> list[Pick]:
    """Finds choices by their words; of choices that contain one another the longest counts.

    Args:
        label: The choices.
        text: The answer.
        question: The label's question: what it asks about is what a choice that is a mere verb acts on.
    """
    asked = {key for token in question.tokens if token.word not in words.FUNCTION for key in token.keys}
    matches = []
    for place, choice in enumerate(label.choices):
        names = (choice, *(label.aliases if choice == label.answer else ()))
        for match in (*spoken(text, names, question), *_describing(text, choice, asked)):
            if not otherwise_in_time(text, match.filled, choice):
                matches.append((place, match, own_keys(names)))
    done_to = _done_to(question)
    picks = []
    for place, match, own in matches:
        words_taken = set(match.filled)
        if any(
            (other != place and words_taken < set(rival.filled))
            or (other != place and words_taken == set(rival.filled) and rival.exact and not match.exact)
            for other, rival, _ in matches
        ):
            continue
        verb = match.verb if match.verb is not None else match.first
        if done_to and text.tokens[verb].form.verb and not acts_on(text, verb, match.last, done_to):
            continue
        span = text.span(match.first, match.last)
        how = _chosen(text, match.first, match.last, own)
        if how in (Stance.ASSERTED, Stance.MILD) and denied_after(text, match.last, asked):
            how = Stance.NEGATED
        described = match.last + 1 < len(text.tokens) and bool(text.tokens[match.last + 1].keys & asked)
        aside = not described and _landmark(text, match.first)
        picks.append(Pick(place, match.first, match.last, *span, how, aside))
    return picks


def _done_to(question: Text) -> frozenset[str]:
    """Returns the thing in `What did the person do with the laptop?`; nothing for any other question."""
    found = _DO_WITH.search(question.raw)
    if found is None:
        return frozenset()
    return frozenset(
        key
        for token in question.tokens
        if token.start >= found.end() and token.form.noun and token.word not in words.FUNCTION
        for key in token.keys
    )


def denied_after(text: Text, last: int, asked: set[str]) -> bool:
    """Whether what is asked is denied of a choice after it: `the towel was never thrown`, `the towel wasn't`."""
    end = text.bounds(last)[1]
    at, seen = last + 1, False
    while at < end and not _CLAUSE.search(text.tokens[at].glue):
        token = text.tokens[at]
        if token.word in ("not", "never"):
            seen = True
        elif not (token.word in words.AUXILIARIES or token.form.adverb):
            return seen and bool(token.keys & asked)
        at += 1
    return seen


def _describing(text: Text, choice: str, asked: set[str]) -> list[Match]:
    """Finds a choice of one adjective before the thing asked about: `a blue mat`."""
    named = tokens_of_name(choice).tokens
    if len(named) != 1 or not named[0].form.adjective:
        return []
    return [
        Match(place, place, (place,), None, True)
        for place, token in enumerate(text.tokens[:-1])
        if token.keys & named[0].keys and text.tokens[place + 1].keys & asked and text.tokens[place + 1].glue == " "
    ]


def _chosen(text: Text, first: int, last: int, own: frozenset[str] = frozenset()) -> Stance:
    """Returns how the answer stands to a choice; `I'd go with B` commits to it."""
    how = stance(text, first, last, own)
    start = text.tokens[first].start
    if how is Stance.MENTIONED and _OPTS.search(text.raw[max(0, start - 40) : start]):
        return Stance.MILD
    return how


def _landmark(text: Text, first: int) -> bool:
    """Whether a passage only says where something else is: `in front of the closet`."""
    begin = text.bounds(first)[0]
    for place in range(first - 1, max(begin - 1, first - 4), -1):
        token = text.tokens[place]
        if token.word in _LANDMARK:
            return True
        if not (token.word in words.DETERMINERS or token.form.adjective):
            return False
    return False


def own_keys(names: tuple[str, ...]) -> frozenset[str]:
    """Returns the base forms of all words of some names."""
    return frozenset(key for name in names for pattern in patterns(name) for slot in pattern.slots for key in slot.keys)
