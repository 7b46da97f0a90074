"""The sheet: a stratified sample of answers for a person to mark, and the key with the verdicts that it withholds."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping

from vstar_data.auditing.cells import cell
from vstar_data.auditing.estimates import Stratum
from vstar_data.auditing.sample import Sample
from vstar_data.auditing.words import told
from vstar_data.dataset.audited import AnswersDigest
from vstar_data.dataset.judged import Judged
from vstar_data.questions.asking import rank
from vstar_data.records import Record

COLUMNS = (
    "id",
    "stratum",
    "video",
    "start",
    "end",
    "question",
    "targets",
    "answer",
    "evidence",
    "mark",
    "note",
    "check",
)
FEW = 5
"""Answers of each stratum that a sheet has if it can."""


class KeyStratum(Record, frozen=True):
    """A stratum of a sheet: answers in the run, and rows in the sheet."""

    kind: str
    mode: str
    accepted: bool
    size: int
    drawn: int


class SheetKey(Record, frozen=True):
    """What belongs to a sheet and is kept from the eyes of the person who marks it.

    Attributes:
        profile, verifier: The rules behind the verdicts.
        answers: The hash over all answers of the run and their verdicts.
        seed: What the sample was drawn with.
        strata: What it was drawn from.
        rows: For each id in the sheet its check and the place of its stratum.
    """

    profile: str
    verifier: str
    answers: str
    seed: int
    strata: tuple[KeyStratum, ...]
    rows: dict[str, tuple[str, int]]

    def __post_init__(self) -> None:
        if any(not 0 <= place < len(self.strata) for _, place in self.rows.values()):
            raise ValueError("`rows` names a stratum that `strata` does not have")

    def stratum(self, row_id: str) -> Stratum:
        """Returns the stratum of a row."""
        held = self.strata[self.rows[row_id][1]]
        return Stratum(held.kind, held.mode, held.accepted)

    def sizes(self) -> dict[Stratum, int]:
        """Returns the number of answers in each stratum."""
        return {Stratum(held.kind, held.mode, held.accepted): held.size for held in self.strata}


class Drawing:
    """Draws the rows of a sheet in one pass over all answers.

    Args:
        rows: The most rows of the sheet.
        seed: Another seed draws other rows.
    """

    def __init__(self, rows: int, seed: int) -> None:
        self._rows, self._seed = rows, seed
        self._samples: dict[Stratum, Sample[Judged]] = {}

    def offer(self, judged: Judged) -> None:
        """Takes an answer into account."""
        stratum = Stratum(judged.kind, str(judged.completion.mode), judged.verdict.accepted)
        if stratum not in self._samples:
            self._samples[stratum] = Sample(self._rows, self._seed, "sheet")
        self._samples[stratum].offer(judged.id, judged)

    def drawn(self) -> tuple[list[Judged], dict[Stratum, int]]:
        """Returns the rows in an order that tells nothing of their strata, and the sizes of all strata."""
        sizes = {stratum: self._samples[stratum].offered for stratum in sorted(self._samples)}
        numbers = allocation(sizes, self._rows)
        rows = [judged for stratum in sizes for judged in self._samples[stratum].drawn()[: numbers[stratum]]]
        return sorted(rows, key=lambda judged: rank(str(self._seed), "order", judged.id)), sizes


def allocation(sizes: Mapping[Stratum, int], rows: int) -> dict[Stratum, int]:
    """Returns how many rows each stratum gets: a few each, the rest in proportion to the square roots of the sizes.

    The square root stands between equal numbers, best for each stratum, and proportional ones, best for all together
    (the power allocation of M. D. Bankier, 1988, Am. Stat. 42:174-177).

    Args:
        sizes: The number of answers in each stratum.
        rows: The number of rows of the sheet.
    """
    order = sorted(sizes, key=lambda stratum: (-sizes[stratum], stratum))
    few = min(FEW, rows // max(1, len(order)))
    given = {stratum: min(sizes[stratum], few or int(place < rows)) for place, stratum in enumerate(order)}
    while (left := rows - sum(given.values())) > 0:
        open_strata = [stratum for stratum in order if given[stratum] < sizes[stratum]]
        if not open_strata:
            break
        roots = sum(math.sqrt(sizes[stratum]) for stratum in open_strata)
        for stratum in open_strata:
            more = math.floor(left * math.sqrt(sizes[stratum]) / roots)
            given[stratum] += min(more, sizes[stratum] - given[stratum])
        if sum(given.values()) == rows - left:
            # Less than one row for each: the larger strata get them.
            for stratum in open_strata[:left]:
                given[stratum] += 1
    return given


def key_of(
    rows: Iterable[Judged], sizes: Mapping[Stratum, int], *, profile: str, verifier: str, answers: str, seed: int
) -> SheetKey:
    """Returns the key of a sheet.

    Args:
        rows: The answers in the sheet.
        sizes: The number of answers of each stratum in the run.
        profile: The profile behind the verdicts.
        verifier: The version of the verifier.
        answers: The hash over all answers of the run and their verdicts.
        seed: What the sample was drawn with.
    """
    places = {stratum: place for place, stratum in enumerate(sizes)}
    drawn = [0] * len(places)
    held: dict[str, tuple[str, int]] = {}
    for judged in rows:
        place = places[Stratum(judged.kind, str(judged.completion.mode), judged.verdict.accepted)]
        held[judged.id] = (check_of(judged), place)
        drawn[place] += 1
    strata = tuple(
        KeyStratum(**stratum._asdict(), size=sizes[stratum], drawn=drawn[places[stratum]]) for stratum in sizes
    )
    return SheetKey(profile=profile, verifier=verifier, answers=answers, seed=seed, strata=strata, rows=held)


def check_of(judged: Judged) -> str:
    """Returns eight letters that change with the answer and with what it should contain: no spreadsheet alters them."""
    digest = AnswersDigest()
    digest.add(judged.question, judged.completion, accepted=True)
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest.hexdigest()[:8])


def sheet_text(rows: Iterable[Judged]) -> bytes:
    """Returns the sheet as CSV in UTF-8 with a byte order mark, which spreadsheets need to know it.

    Args:
        rows: The answers, in the order in which they are to stand.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for judged in rows:
        writer.writerow([cell(_cells(judged)[column]) for column in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(judged: Judged) -> dict[str, str]:
    clip = judged.clip
    return {
        "id": judged.id,
        "stratum": f"{judged.kind} {judged.completion.mode}",
        "video": clip.video,
        "start": "" if clip.start is None else f"{clip.start:g}",
        "end": "" if clip.end is None else f"{clip.end:g}",
        "question": judged.question.text,
        "targets": "; ".join(map(told, judged.question.targets)),
        "answer": judged.thought.answer or judged.completion.text,
        "evidence": _passage(judged),
        "mark": "",
        "note": "",
        "check": check_of(judged),
    }


def _passage(judged: Judged) -> str:
    """Returns the passage that the verifier decided by; where there is none the end, lest its lack tell the verdict."""
    text = judged.completion.text
    found = [verdict.evidence for verdict in judged.verdict.per_label if verdict.evidence is not None]
    if found:
        return " ... ".join(text[start:end] for start, end in found)
    return (judged.thought.answer or text).strip().rpartition("\n")[2][-100:]
