"""The terms of a source, for machines: what its licences allow, and whom to cite. Data, and what reads it off.

What a docstring says for people stands here for the card, the manifest and whoever publishes. Nothing is guessed:
what is not known is unknown.
"""

from __future__ import annotations

import re
from enum import StrEnum

from vstar_data.labels import Record

__all__ = ["Citation", "Redistribution", "Rights", "Terms", "license_key", "rights_of"]

_OPEN = re.compile(
    r"apache-2\.0|mit|bsd-[23]-clause|cc0-1\.0|cc-by(-nc)?(-sa)?-[1-4]\.0|odbl|odc-by|pddl|unlicense", re.IGNORECASE
)
_CLOSED = re.compile(r"\bno[ -](unauthori[sz]ed )?(redistribution|distribution)\b", re.IGNORECASE)


class Redistribution(StrEnum):
    """Whether a licence lets others pass on what it covers, be it for some uses only."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"


def _check_text(key: str, text: str | None) -> None:
    """Refuses what cannot be published."""
    try:
        (text or "").encode()
    except UnicodeEncodeError:
        raise ValueError(f"`{key}` holds text that is no valid Unicode") from None


class Rights(Record, frozen=True, kw_only=False):
    """A licence, and whether it allows to pass on what it covers.

    Attributes:
        license: Its name, such as "CC-BY-4.0", or a few words on it; null where none is known.
        redistribution: Whether it allows redistribution.
    """

    license: str | None = None
    redistribution: Redistribution = Redistribution.UNKNOWN

    def __post_init__(self) -> None:
        _check_text("license", self.license)

    @property
    def known(self) -> bool:
        """Whether anything is said."""
        return bool(self.license) or self.redistribution is not Redistribution.UNKNOWN


class Citation(Record, frozen=True, kw_only=False):
    """A paper to cite.

    Attributes:
        authors: As they are to be listed; "others" as the last stands for the rest.
        title: Its title.
        venue: Where it appeared: a conference, a journal, "arXiv:2204.03646".
        year: The year.
    """

    authors: tuple[str, ...]
    title: str
    venue: str
    year: int

    def __post_init__(self) -> None:
        if not self.authors:
            raise ValueError("`authors` must not be empty")
        for key, text in {"title": self.title, "venue": self.venue, "authors": "\n".join(self.authors)}.items():
            _check_text(key, text)

    def in_words(self) -> str:
        """Returns it as a sentence would name it, in one line."""
        *first, last = self.authors
        names = f"{', '.join(first)}{' et al.' if last == 'others' else f' and {last}'}" if first else last
        return f"{names}, {self.title}, {self.year} ({self.venue})"


class Terms(Record, frozen=True):
    """The terms of a source.

    Attributes:
        annotations: What holds for the annotations, and so for a dataset that repeats them.
        videos: What holds for the video files.
        citations: The papers to cite.
        url: Where the terms can be read.
    """

    annotations: Rights = Rights()
    videos: Rights = Rights()
    citations: tuple[Citation, ...] = ()
    url: str | None = None

    def __post_init__(self) -> None:
        _check_text("url", self.url)

    def filled_in(self, others: Terms) -> Terms:
        """Returns these terms with what they do not know taken from others: what is known cannot be overruled."""
        return Terms(
            annotations=self.annotations if self.annotations.known else others.annotations,
            videos=self.videos if self.videos.known else others.videos,
            citations=self.citations or others.citations,
            url=self.url or others.url,
        )


def license_key(name: str) -> str:
    """Returns a licence's name as the Hub spells names: lower case, hyphens."""
    return re.sub(r"[\s_]+", "-", name.strip().lower())


def rights_of(license: str) -> Rights:
    """Returns the rights that a licence gives by its name alone: open licences are known, and words that forbid.

    Args:
        license: As it is stated; any text.
    """
    if _OPEN.fullmatch(license_key(license)):
        return Rights(license, Redistribution.ALLOWED)
    return Rights(license, Redistribution.FORBIDDEN if _CLOSED.search(license) else Redistribution.UNKNOWN)
