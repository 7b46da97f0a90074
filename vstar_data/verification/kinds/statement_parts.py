"""A statement taken apart: subject, predicate and object, and whether it affirms or denies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from vstar_data.verification import gaps, words
from vstar_data.verification.kinds.opposites import opposites, phrases
from vstar_data.verification.text import Token, tokens_of_name
from vstar_data.verification.words import word_set

FAILING = word_set("fail forget refuse avoid decline neglect miss")
"""Verbs that deny the doing of the verb they govern."""
HELPING = word_set("manage remember succeed begin start continue seem appear come get help happen")
"""Verbs that leave the verb they govern as it is."""
_ASIDE = word_set("really actually truly indeed just also still finally successfully completely fully ever even")


@dataclass(frozen=True)
class Statement:
    """A statement, taken apart.

    Attributes:
        subject: Base forms of the nouns before the verb.
        verb: Base forms of the main verb; empty for a statement of what something is.
        particle: The particle that goes with the verb (`off`), or an empty word.
        passive: Whether the subject undergoes the verb.
        rest: Base forms of all words after the verb.
        object: Base forms of the noun that the verb acts on; empty where there is none.
        quality: The words after `is`, where there is no main verb.
        holds: Whether the statement affirms its predicate; false for `does not ...` and `forgets to ...`.
        manner: Base forms of the adverb or adjective right after the verb: `dressed alike`.
        direction: The preposition right after the verb (`into`), or an empty word.
        tail: The words after the main verb.
        nobody: Whether it says that nobody does it.
    """

    subject: frozenset[str]
    verb: frozenset[str]
    particle: str
    passive: bool
    rest: frozenset[str]
    object: frozenset[str]
    quality: tuple[Token, ...]
    holds: bool
    manner: frozenset[str] = frozenset()
    direction: str = ""
    tail: tuple[Token, ...] = ()
    nobody: bool = False

    @property
    def things(self) -> frozenset[str]:
        """Base forms of all that the statement speaks of."""
        return self.subject | self.rest


@lru_cache(maxsize=2048)
def statement_of(name: str) -> Statement | None:
    """Takes a statement apart; None where no verb is found.

    Args:
        name: The statement, such as `the arrow hits the target`.
    """
    text = tokens_of_name(name)
    tokens = text.tokens
    at = next((place for place in range(1, len(tokens)) if _finite(tokens, place)), None)
    if at is None:
        return None
    subject = frozenset(key for token in tokens[:at] if _content(token) for key in token.keys)
    leading = tuple(token.word for token in tokens[:at])
    denied = tokens[0].word in ("no", "nobody", "neither") or (tokens[0].word == "none")
    helped, nobody = False, denied
    while at < len(tokens):
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.word in ("not", "never"):
            denied = not denied
        elif token.word in _ASIDE or token.word == "to":
            pass
        elif token.keys & (FAILING | HELPING) and _governs(tokens, at):
            denied = denied is not bool(token.keys & FAILING)
        elif token.word in words.BE or (token.word in words.AUXILIARIES and following and _verbal(tokens, at + 1)):
            helped = token.word in words.BE
        else:
            break
        at += 1
    if at >= len(tokens):
        return None
    main = tokens[at]
    after = tokens[at + 1 :]
    rest = frozenset(key for token in after if _content(token) for key in token.keys)
    joined = bool(after) and after[0].glue == "-"
    if helped and (joined or not (main.form.verb and (main.word.endswith("ing") or gaps.participle(main)))):
        quality = tuple(tokens[:2]) if opposites(leading) and len(leading) == 2 else tuple(tokens[at:])
        return Statement(
            subject, frozenset(), "", False, rest | main.keys, frozenset(), quality, not denied, nobody=nobody
        )
    if main.word in words.FUNCTION and main.word not in ("has", "have", "had"):
        return None
    particle = next((token.word for token in after if token.word in words.PARTICLES), "")
    verb = main.form.verb or main.keys
    if after and any((key, after[0].word) in phrases() for key in verb):
        particle = after[0].word
    return Statement(
        subject,
        verb,
        particle,
        helped and not main.word.endswith("ing"),
        rest,
        _object(after[1:] if after and after[0].word == particle else after),
        _state(main, after)
        if helped and not _manner(after) and (not main.word.endswith("ing") or opposites((main.word,)))
        else (),
        not denied,
        _manner(after),
        after[0].word if after and after[0].word in words.PREPOSITIONS | {"to"} else "",
        tuple(after),
        nobody,
    )


def _state(main: Token, after: list[Token]) -> tuple[Token, ...]:
    """Returns a participle as a state, with its particle where that belongs to it: `switched off`."""
    joined = bool(after) and (main.word, after[0].word) in phrases()
    return (main, after[0]) if joined else (main,)


def _finite(tokens: list[Token], place: int) -> bool:
    token, before = tokens[place], tokens[place - 1]
    if token.word in words.AUXILIARIES | {"'s"} and token.word != "to":
        return not (token.word == "'s" and before.form.noun and place + 1 < len(tokens) and tokens[place + 1].form.noun)
    if not token.form.verb or token.word in words.FUNCTION or token.word.endswith("ing"):
        return False
    if (
        before.word in words.DETERMINERS | words.PREPOSITIONS
        or before.value is not None
        or (before.form.adjective and not before.form.noun)
    ):
        return False
    if token.word in token.form.verb and token.form.verb == {token.word}:
        return before.word.endswith("s") or before.word in words.SUBJECT_PRONOUNS or token.word in words.UNCHANGED
    return True


def _governs(tokens: list[Token], at: int) -> bool:
    """Whether a verb governs another: `forgets to salt`, `avoids hitting`."""
    following = [token.word for token in tokens[at + 1 : at + 3]]
    return following[:1] in (["to"], ["in"]) or (bool(following) and following[0].endswith("ing"))


def _verbal(tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    if token.word in ("not", "never") or token.word in _ASIDE:
        return place + 1 < len(tokens) and _verbal(tokens, place + 1)
    return bool(token.form.verb) and token.word not in words.DETERMINERS


def _content(token: Token) -> bool:
    return token.word not in words.FUNCTION and token.value is None


def _manner(after: list[Token]) -> frozenset[str]:
    token = after[0] if after else None
    if token is None or token.word in words.FUNCTION | words.PARTICLES or token.form.noun:
        return frozenset()
    return token.keys if token.form.adverb or token.form.adjective else frozenset()


def _object(after: list[Token]) -> frozenset[str]:
    head: frozenset[str] = frozenset()
    for number, token in enumerate(after):
        if token.word in words.PARTICLES and number == 0:
            continue
        if token.word in words.PREPOSITIONS | words.CLAUSE_BREAKS | words.CONJUNCTIONS:
            break
        if _content(token) and token.form.noun:
            head = token.keys
    return head
