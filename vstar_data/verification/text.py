"""An answer as tokens: words with base forms and offsets, grouped into sentences. No judgement is made here.

Offsets are code points of the original answer. What stands between two words (spaces, commas, hyphens, markup) is kept
as the second word's `glue`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec

from vstar_data.verification import fields, lemmas, numbers
from vstar_data.verification.words import word_set

_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc`][^\W\d_]+)*|\d+(?:[.,]\d+)*|(?<!\S)&(?!\S)")
_LONGEST_CHUNK = 40
"""Code points between two spaces beyond which a chunk is not kept."""
_CONTRACTED = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_ABBREVIATIONS = word_set("mr mrs ms dr st vs e i g approx sec min etc fig")
_ENDS = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]*_`]*(?:\s|\Z)|\n|[\u3002\uff01\uff1f]|<br|\|")
_FRACTION_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_MIXED = re.compile(r"[ -](\d)/(\d)(?![\d/])")
_COMBINING = {"cannot": ("can", "not"), "gonna": ("going", "to")}
_COUNTING = frozenset((*numbers.UNITS, *numbers.TENS, *numbers.SCALES, "dozen", "half"))
"""Without any of these words and without digits, a text has no number."""

LONGEST_SENTENCE = 160
"""Tokens after which a text without full stops is cut, so that no text takes more than linear time."""


class Token(msgspec.Struct, gc=False):
    """A word or a number.

    Attributes:
        word: Lower case, straight apostrophes; `not` for `n't`.
        start: First code point in the answer.
        end: One past the last code point.
        glue: What stands between the token before and this one, as written; a space between the parts of a list.
        sentence: Number of the sentence, from 0.
        form: What the word can be.
        keys: The base forms.
        value: The number, for a number in digits or words.
    """

    word: str
    start: int
    end: int
    glue: str
    sentence: int
    form: lemmas.Form
    keys: frozenset[str]
    value: float | None = None


@dataclass(slots=True)
class Text:
    """A text with its tokens.

    Attributes:
        raw: The text as given.
        tokens: Its words and numbers in order.
        sentences: For each sentence the half-open range of its tokens.
        asked: For each sentence whether it ends in a question mark.
    """

    raw: str
    tokens: list[Token]
    sentences: list[tuple[int, int]] = field(default_factory=list)
    asked: list[bool] = field(default_factory=list)
    _places: dict[str, list[int]] | None = field(default=None, repr=False, compare=False)
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    _strange: list[int] | None = field(default=None, repr=False, compare=False)

    def bounds(self, place: int) -> tuple[int, int]:
        """Returns the half-open token range of the sentence that a token stands in."""
        return self.sentences[self.tokens[place].sentence]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Returns the code points from a first to a last token, both included."""
        return self.tokens[first].start, self.tokens[last].end

    def words(self, first: int, end: int) -> list[str]:
        """Returns the words of a half-open range of tokens."""
        return [token.word for token in self.tokens[first:end]]

    def places(self) -> dict[str, list[int]]:
        """Returns for each base form the tokens that can be a form of it, in order. Shared: not to be changed."""
        if self._places is None:
            places: defaultdict[str, list[int]] = defaultdict(list)
            for number, token in enumerate(self.tokens):
                for key in token.keys:
                    places[key].append(number)
            places.default_factory = None
            self._places = places
        return self._places

    def kept(self, what: Hashable, made: Callable[[Text], Any]) -> Any:
        """Returns what a function makes of the text; made once and shared."""
        found = self._kept.get(what)
        if found is None:
            found = self._kept[what] = made(self)
        return found

    def strange(self) -> list[int]:
        """Returns the tokens of four letters or more that are no numbers and no known words. Shared, as `places`."""
        if self._strange is None:
            self._strange = [
                number
                for number, token in enumerate(self.tokens)
                if not token.form.known and len(token.word) > 3 and token.value is None
            ]
        return self._strange


def tokens_of(raw: str) -> Text:
    """Cuts a text into tokens and sentences.

    Args:
        raw: Any text.
    """
    chunks, listed = raw.split(" "), fields.keys(raw)
    if listed or max(map(len, chunks)) > _LONGEST_CHUNK:
        return _counted(raw, listed)
    cuts = list(map(_chunk, chunks))
    if None in cuts:
        return _counted(raw, listed)
    text = Text(raw, [])
    add = text.tokens.append
    number, sentence, begin, at, before, glue, longest = 0, 0, 0, 0, "", "", LONGEST_SENTENCE
    for chunk, (parts, tail) in zip(chunks, cuts, strict=True):  # type: ignore[misc]
        for lead, word, start, end, form, keys in parts:
            glue += lead
            if number == longest or (glue != " " and number and _ends_sentence(before, glue)):
                text.sentences.append((begin, number))
                text.asked.append("?" in glue)
                sentence, begin, longest = sentence + 1, number, number + LONGEST_SENTENCE
            add(Token(word, at + start, at + end, glue, sentence, form, keys))
            number += 1
            before, glue = word, ""
        glue += tail
        at += len(chunk) + 1
    if number:
        text.sentences.append((begin, number))
        text.asked.append("?" in glue)
    return text


_Part = tuple[str, str, int, int, lemmas.Form, frozenset[str]]


@lru_cache(maxsize=65_536)
def _chunk(written: str) -> tuple[tuple[_Part, ...], str] | None:
    """Cuts what stands between two spaces into words, which come again in other texts; None for a part of a number.

    Returns:
        For each word what stands before it, the word, its code points from the chunk's first, its form and keys. Then
        what stands after the last one, with the space.
    """
    pieces = _pieces(written)
    if any(value is not None or word in _COUNTING for word, _, _, value in pieces):
        return None
    parts: list[_Part] = []
    before = 0
    for word, start, end, _ in pieces:
        form = lemmas.form(word)
        parts.append((written[before:start], word, start, end, form, form.keys))
        before = end
    return tuple(parts), written[before:] + " "


def _counted(raw: str, listed: list[fields.Span]) -> Text:
    """Cuts a text that may have numbers or a list in it: words in a row can be one number."""
    pieces = _pieces(raw)
    if listed:
        pieces = [piece for piece in pieces if not any(start <= piece[1] < end for start, end in listed)]
    text = Text(raw, [])
    tokens, form = text.tokens, lemmas.form
    sentence, begin, before = 0, 0, 0
    for number, (word, start, end, value) in enumerate(pieces):
        glue = raw[before:start]
        if listed and "?" not in glue and any(before <= key and end <= start for key, end in listed):
            glue = " "
        if (
            number
            and (glue != " " or number - begin >= LONGEST_SENTENCE)
            and (number - begin >= LONGEST_SENTENCE or _ends_sentence(pieces[number - 1][0], glue))
        ):
            text.sentences.append((begin, number))
            text.asked.append("?" in glue)
            sentence, begin = sentence + 1, number
        shape = form(word) if value is None else _number_form(word, value)
        tokens.append(Token(word, start, end, glue, sentence, shape, shape.keys, value))
        before = end
    if pieces:
        text.sentences.append((begin, len(pieces)))
        text.asked.append("?" in raw[before:])
    return text


@lru_cache(maxsize=4096)
def tokens_of_name(name: str) -> Text:
    """Cuts a label's name into tokens; the result is shared, so it is not to be changed."""
    return tokens_of(name)


def key_of(value: float) -> str:
    """Returns the key under which a number is compared: `#3.5`."""
    return f"#{value:g}"


def _number_form(word: str, value: float) -> lemmas.Form:
    named = lemmas.form(word) if not word[:1].isdigit() else None
    keys = named.keys if named is not None else frozenset()
    return lemmas.Form(keys | {key_of(value)}, frozenset(), named is not None and named.noun, True, False, True)


_Piece = tuple[str, int, int, float | None]


def _pieces(raw: str) -> list[_Piece]:
    """Returns the words and numbers of a text with their code points."""
    pieces: list[_Piece] = []
    for match in _TOKEN.finditer(raw):
        start, end = match.span()
        if raw[start].isdecimal():
            pieces.append((match[0], start, end, numbers.digits(match[0])))
        else:
            pieces += _word_pieces(match[0], start, end)
    return _merged(raw, pieces)


def _word_pieces(written: str, start: int, end: int) -> Iterator[_Piece]:
    word = written.lower().replace("\u2019", "'").replace("\u02bc", "'").replace("`", "'")
    if len(word) != end - start:
        word = written
    if word == "&":
        word = "and"
    if word.endswith("n't") and len(word) > 3:
        yield _CONTRACTED.get(word[:-3], word[:-3]), start, end - 3, None
        yield "not", end - 3, end, None
    elif "'" in word and word != "o'clock":
        head, _, tail = word.partition("'")
        yield head, start, start + len(head), None
        yield "'" + tail, start + len(head), end, None
    elif word in _COMBINING:
        first, second = _COMBINING[word]
        yield first, start, start + len(first), None
        yield second, start + len(first), end, None
    else:
        yield word, start, end, None


def _merged(raw: str, pieces: list[_Piece]) -> list[_Piece]:
    """Joins the words of one number: `three and a half` becomes one token of value 3.5."""
    merged: list[_Piece] = []
    place = 0
    while place < len(pieces):
        word, start, end, value = pieces[place]
        if word in ("a", "an", "one") and _and_a_half(raw, pieces, place):
            merged += [(word, start, end, 1.5), pieces[place + 1]]
            place += 5
            continue
        if value is None and (word in numbers.UNITS or word in numbers.TENS or word in ("a", "half", "dozen")):
            found = numbers.in_words([piece[0] for piece in pieces[place : place + 12]])
            if found and not (word == "a" and found[1] < 2):
                last = pieces[place + found[1] - 1]
                joined = word if found[1] == 1 else " ".join(p[0] for p in pieces[place : place + found[1]])
                merged.append((joined, start, last[2], found[0]))
                place += found[1]
                continue
        elif value is not None and (part := _fraction(raw, pieces, place)):
            merged.append((word, start, pieces[place + part[0]][2], value + part[1]))
            place += part[0] + 1
            continue
        merged.append((word, start, end, value))
        place += 1
    return merged


def _and_a_half(raw: str, pieces: list[_Piece], place: int) -> bool:
    """Whether a count of one and a half is written around its noun: `a twist and a half`."""
    if [piece[0] for piece in pieces[place + 2 : place + 5]] != ["and", "a", "half"] or pieces[place + 1][
        3
    ] is not None:
        return False
    following = pieces[place + 5] if place + 5 < len(pieces) else None
    return following is None or bool(re.search(r"[^\s-]", raw[pieces[place + 4][2] : following[1]]))


def _fraction(raw: str, pieces: list[_Piece], place: int) -> tuple[int, float] | None:
    """Returns how many pieces after a number in digits are a fraction added to it, and its value: `3 1/2`, `3½`."""
    words = [piece[0] for piece in pieces[place + 1 : place + 4]]
    part = numbers.added_fraction(words)
    if part is not None and len(words) >= 3:
        return part[1], part[0]
    if words[:1] and words[0] in _FRACTION_SIGNS:
        return 1, _FRACTION_SIGNS[words[0]]
    following = _MIXED.match(raw, pieces[place][2])
    if following and len(words) > 1 and float(following[2]) > float(following[1]) > 0:
        return 2, float(following[1]) / float(following[2])
    return None


@lru_cache(maxsize=4096)
def _ends_sentence(before: str, glue: str) -> bool:
    if "\n" in glue or "|" in glue or "?" in glue:
        return True
    if not _ENDS.search(glue):
        return False
    return not (glue.startswith(".") and before in _ABBREVIATIONS and "!" not in glue)
