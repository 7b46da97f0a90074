"""The profiles: `strict` is this package's own; `paper` and `released` follow Video-STaR's rules for comparison.

`paper`: what the paper says in section 2.3 and appendix A.1; what it leaves open is filled from the authors' code.
`released`: the verifier of that code, without the errors that lost items. Both are tables: for each kind of label what
is read from the answer, how it is compared, and what must be reached. Both look anywhere in the answer: no negation, no
rivals, no gates. docs/verification.md shows the tables and says what was decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vstar_data.errors import UsageError
from vstar_data.records import Label, TargetVerdict, kind_of
from vstar_data.verification.embedding import DEFAULT_EMBEDDER, check_embedder
from vstar_data.verification.published import (
    Threshold,
    any_number,
    keywords,
    last_box,
    last_range,
    last_time,
    sentence,
    sentence_sequence,
)
from vstar_data.verification.sentences import Sentences


@dataclass(frozen=True)
class Rule:
    """How one kind of label is judged.

    Attributes:
        parser: What is read from the answer, in words.
        metric: How that is compared with the label, in words.
        threshold: What the metric must reach.
        measure: Does it.
    """

    parser: str
    metric: str
    threshold: Threshold
    measure: Callable[[Any, Sentences, Threshold], TargetVerdict]

    @property
    def embeds(self) -> bool:
        """Whether it compares sentence embeddings."""
        return self.measure in (sentence, sentence_sequence)


def _keywords(wanted: Threshold) -> Rule:
    return Rule("all words", "similarity of the least like keyword, 0 to 100", wanted, keywords)


def _number(wanted: Threshold) -> Rule:
    return Rule("all numbers", "relative error of the closest", wanted, any_number)


def _time(wanted: Threshold) -> Rule:
    return Rule("the last time", "error as a share of the clip's length", wanted, last_time)


def _sentence(wanted: Threshold) -> Rule:
    return Rule("all sentences", "cosine of the likest sentence", wanted, sentence)


_RANGE = Rule("the last range of times", "temporal IoU", Threshold(">", 0.5), last_range)
_BOX = Rule("the last four numbers in brackets", "IoU", Threshold(">", 0.5), last_box)
_STEPS = Rule("all sentences", "cosine for each step, in order", Threshold(">=", 0.25), sentence_sequence)

RULES: Mapping[str, Mapping[str, Rule]] = {
    "paper": {
        "class": _keywords(Threshold(">=", 80)),
        "number": _number(Threshold("<=", 0.05)),
        "timestamp": _time(Threshold("<=", 0.05)),
        "segment": _RANGE,
        "box": _BOX,
        "sequence": _STEPS,
        "qa": _keywords(Threshold(">=", 80)),
        "relation": _keywords(Threshold(">=", 80)),
        "boolean": _keywords(Threshold(">=", 80)),
        "caption": _keywords(Threshold(">=", 80)),
    },
    "released": {
        "class": _keywords(Threshold(">", 85)),
        "number": _number(Threshold("<=", 0.1)),
        "timestamp": _time(Threshold("<=", 0.1)),
        "segment": _RANGE,
        "box": _BOX,
        "sequence": _STEPS,
        "qa": _sentence(Threshold(">=", 0.6)),
        "relation": _sentence(Threshold(">=", 0.6)),
        "boolean": _sentence(Threshold(">=", 0.6)),
        "caption": _sentence(Threshold(">=", 0.6)),
    },
}
"""The rules of the profiles besides `strict`, by profile and kind."""

PROFILES = ("strict", *RULES)


def embedding_kinds(profile: str, kinds: Iterable[str], *, asked_for: bool) -> list[str]:
    """Returns those of some label kinds that a profile judges by sentence embeddings.

    Args:
        profile: One of `PROFILES`.
        kinds: Label kinds.
        asked_for: Whether embeddings were asked for by name: `strict` judges captions only then.
    """
    if profile == "strict":
        return ["caption"] if asked_for and "caption" in set(kinds) else []
    return sorted(kind for kind in set(kinds) if RULES[profile][kind].embeds)


def check_kinds(profile: str, kinds: Iterable[str], embedder: str | None = None) -> None:
    """Checks that a profile can judge label kinds, before answers are made for them.

    Args:
        profile: One of `PROFILES`.
        kinds: Label kinds.
        embedder: The model of sentence embeddings that was asked for; None for the profile's own.

    Raises:
        UsageError: A kind is judged by sentence embeddings, and the extra or the model is not there.
        EngineError: The model has to be fetched, and the Hub cannot be reached.
    """
    beyond = embedding_kinds(profile, kinds, asked_for=embedder is not None)
    if not beyond:
        return
    try:
        check_embedder(embedder or DEFAULT_EMBEDDER)
    except UsageError as error:
        raise type(error)(
            f"The profile `{profile}` judges {' and '.join(beyond)} labels by sentence embeddings. {error.what}",
            where=error.where,
            expected=error.expected,
            found=error.found,
            mend=f"{error.mend}, or judge by another profile" if error.mend else None,
        ) from None


def judge(answer: Sentences, label: Label, profile: str) -> TargetVerdict:
    """Judges one target by the rules of `paper` or `released`.

    Args:
        answer: The whole answer; with an embedder where `embedding_kinds` names the label's kind.
        label: The target.
        profile: `paper` or `released`.
    """
    rule = RULES[profile][kind_of(label)]
    return rule.measure(label, answer, rule.threshold)
