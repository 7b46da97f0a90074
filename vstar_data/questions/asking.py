"""One question to be put: its wordings with the values filled in, its targets, what it asks of them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from vstar_data.records import Label

T = TypeVar("T")


@dataclass(frozen=True)
class Asking:
    """A question before a wording is chosen.

    Attributes:
        origin: Where the wordings come from; the place of the one that is taken is added.
        texts: The wordings with the values filled in; where there are several groups of `size`, the earlier is better.
        size: The number of wordings of the bank.
        targets: What an answer must contain.
        asks: For each target the fields that an answer must supply.
        also_true: What holds too, see `Question`.
    """

    origin: str
    texts: tuple[str, ...]
    size: int
    targets: tuple[Label, ...]
    asks: tuple[tuple[str, ...], ...]
    also_true: tuple[Label, ...] | None = None


def asking(
    bank: str,
    wordings: tuple[str, ...],
    targets: Iterable[Label],
    asked: str,
    *,
    also_true: Iterable[Label] | None = None,
    **values: str,
) -> Asking:
    """Returns a question all of whose targets are asked for the same field, with the values put into each wording."""
    aims = tuple(targets)
    true = None if also_true is None else tuple(also_true)
    return Asking(
        f"bank:{bank}",
        tuple(filled(text, **values) for text in wordings),
        len(wordings),
        aims,
        ((asked,),) * len(aims),
        true,
    )


def filled(text: str, **values: str) -> str:
    """Puts values into a wording without reading braces inside the values."""
    for name in values:
        text = text.replace("{" + name + "}", "\0" + name + "\0")
    for name, value in values.items():
        text = text.replace("\0" + name + "\0", value)
    return text


def rank(*parts: str) -> int:
    """Returns a number of 64 bits that the parts alone decide: for choices that every machine makes alike."""
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()[:8])


def figure(number: float) -> str:
    """Returns a time or an edge as it stands in a question: two decimals at most."""
    return f"{round(number, 2):.10g}"
