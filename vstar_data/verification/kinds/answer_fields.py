"""Yes and no as values of a field or a cell that names what was asked: `{"touched_hurdle": false}`, `| open | no |`."""

from __future__ import annotations

import re

from vstar_data.verification import cues, words
from vstar_data.verification.kinds.opposites import opposites
from vstar_data.verification.kinds.replies import View, token_at
from vstar_data.verification.kinds.statement_parts import Statement
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.words import word_set

_FIELD = re.compile(
    r"(?P<key>[^\W\d][^|:=\n{}\[\],\"?]{0,80}?)\??[\"'*`]*\s*[:|=]\s*[\"'*`]*"
    r"(?P<value>yes|no|true|false)\b[\"'*`]*\s*(?=[|,}\n.;]|\Z)",
    re.IGNORECASE,
)
_TRUTH = word_set("hold holds truth true correct statement claim valid affirmative")
_YES = frozenset({"yes", "true"})


def by_fields(statement: Statement | None, name: str, text: Text) -> list[View]:
    """Returns the value of the field that names the statement's predicate, or that is about its truth.

    Args:
        statement: The statement, taken apart.
        name: The statement as written.
        text: The answer.
    """
    if statement is None or not re.search(r"[:|=]", text.raw):
        return []
    rated: list[tuple[int, View]] = []
    for match in _FIELD.finditer(text.raw):
        first, end = token_at(text, match.start("key")), token_at(text, match.end("key"))
        tokens = text.tokens[first:end] if first is not None else []
        spoken = {token.word for token in tokens}
        if spoken & cues.ANSWER_KEYS or not tokens:
            continue
        value = match["value"].lower() in _YES
        if spoken <= _TRUTH | words.FUNCTION:
            rated.append((100, (value, match.start("value"), match.end("value"))))
            continue
        hits, sign = _named(statement, name, tokens)
        if hits:
            rated.append((hits, (value is (sign is statement.holds), match.start("value"), match.end("value"))))
    best = max((hits for hits, _ in rated), default=0)
    return [view for hits, view in rated if hits == best]


def _named(statement: Statement, name: str, tokens: list[Token]) -> tuple[int, bool]:
    """Returns how many words a key shares with a predicate (0 where it names only the subject), and its sign."""
    own = statement.verb | statement.rest | {key for token in statement.quality for key in token.keys}
    own -= words.FUNCTION
    denied = sum(token.word in ("not", "no", "never", "without") for token in tokens) % 2 == 1
    head = statement.verb or (statement.quality[0].keys if statement.quality else frozenset())
    opposed = {phrase[0] for key in head for phrase in opposites((key,)) if len(phrase) == 1}
    turned = any(token.keys & opposed for token in tokens) and not any(token.keys & head for token in tokens)
    known = {key for token in tokens_of_name(name).tokens for key in token.keys}
    content = [token for token in tokens if token.word not in words.FUNCTION]
    hits = sum(bool(token.keys & (own | opposed)) for token in content)
    strange = sum(not token.keys & (known | opposed) for token in content)
    return (hits if strange <= hits else 0), turned is denied
