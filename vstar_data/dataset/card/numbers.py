"""The sections of the card that count: what is in the dataset, yields, rejects, what was kept back. Pure text."""

from __future__ import annotations

from collections.abc import Iterator

from vstar_data.dataset.card.plot import yields_by_kind
from vstar_data.dataset.counts import Counts
from vstar_data.dataset.markdown import Cells, percent, plain, table
from vstar_data.dataset.schemas import CONFIGS
from vstar_data.records import Mode

_SAID = 8
"""How many bars of the plot are said in words, for those who do not see it."""

_CONTENT = {
    "sft": "accepted answers, as conversations",
    "rejected": "rejected answers, with the reasons",
    "preference": "pairs of an accepted and a rejected answer to one question",
    "clips": "all clips with all their labels, unusable ones with the reason",
}


def contents_section(counts: Counts) -> Iterator[str]:
    """Yields the paragraphs on what the configs hold."""
    yield "## What is in it"
    rows: list[Cells] = [
        [f"`{config}`", _CONTENT[config], split, number]
        for config in CONFIGS
        for split, number in counts.rows.get(config, {}).items()
    ]
    if rows:
        yield table(["Config", "Content", "Split", "Rows"], rows, numbers_from=3)
    if counts.empty:
        yield "Empty, and therefore not to be loaded: " + ", ".join(f"`{config}`" for config in counts.empty) + "."


def yields_section(counts: Counts, cycle: int, plot: str | None) -> Iterator[str]:
    """Yields the section on what was accepted, with the plot where there is one."""
    yield "## Yields"
    if not counts.asked:
        yield "No question was answered."
        return
    direct, rationalized = counts.accepted_directly, counts.accepted_by_rationalization
    yield (
        f"{counts.asked:,} questions were asked: {direct:,} ({percent(direct, counts.asked)}) have an accepted direct "
        f"answer, {rationalized:,} ({percent(rationalized, counts.asked)}) an accepted answer by rationalization only. "
        "Below, a question is answered where at least one answer of the mode is accepted."
    )
    if plot is not None:
        said = "; ".join(
            f"{plain(source)} {kind}: {percent(group.direct, group.asked)} directly, "
            f"{percent(group.rationalized, group.asked)} by rationalization only"
            for (source, kind), group in list(yields_by_kind(counts.questions).items())[:_SAID]
        )
        yield f"![Questions with an accepted answer. {said}]({plot})"
    rows: list[Cells] = [
        [
            plain(group.source),
            group.kind,
            group.split,
            group.mode,
            str(cycle),
            answers.questions,
            answers.questions_accepted,
            answers.answers,
            answers.accepted,
            percent(answers.accepted, answers.answers),
        ]
        for group, answers in sorted(counts.answers.items())
    ]
    head = ["Source", "Kind", "Split", "Mode", "Cycle", "Questions", "answered", "Answers", "accepted", "Share"]
    yield table(head, rows, numbers_from=4)


def rejects_section(counts: Counts) -> Iterator[str]:
    """Yields the paragraphs on why answers were rejected."""
    yield "## Rejected answers"
    direct, rationalized = counts.rejected(Mode.DIRECT), counts.rejected(Mode.RATIONALIZED)
    reasons = sorted(direct | rationalized, key=lambda reason: (-direct[reason] - rationalized[reason], reason))
    if not reasons:
        yield "None."
        return
    yield "An answer with several reasons counts under each."
    rows: list[Cells] = [[reason, direct[reason], rationalized[reason]] for reason in reasons]
    yield table(["Reason", "Direct", "Rationalized"], rows, numbers_from=1)


def reviewed_section(counts: Counts) -> Iterator[str]:
    """Yields the paragraphs on what people decided."""
    if counts.reviewed:
        yield (
            f"People decided on {counts.reviewed.total():,} of these answers and overruled the verifier on "
            f"{counts.overruled:,}; the counts follow them, and `reviewed` says where."
        )


def filtered_section(counts: Counts) -> Iterator[str]:
    """Yields the paragraphs on what quality filters keep back, and what was answered without the video."""
    if counts.filtered:
        yield "## Filtered answers"
        yield "Accepted answers that are in none of the configs, because a quality filter keeps them back."
        rows: list[Cells] = [
            [f"`{place.reason}`", plain(place.source), place.kind, place.mode, number]
            for place, number in sorted(counts.filtered.items())
        ]
        yield table(["Reason", "Source", "Kind", "Mode", "Rows"], rows, numbers_from=4)
    if counts.blind:
        yield "## Answered without the video"
        yield "Questions with an accepted direct answer, asked again with no video, one frame or shuffled frames."
        blind: list[Cells] = [
            [
                f"`{unit.variant}`",
                plain(unit.source),
                unit.kind,
                asked.asked,
                asked.right,
                percent(asked.right, asked.asked),
            ]
            for unit, asked in sorted(counts.blind.items())
        ]
        yield table(["Variant", "Source", "Kind", "Questions", "right", "Share"], blind, numbers_from=3)


def unusable_section(counts: Counts) -> Iterator[str]:
    """Yields the paragraphs on what could not be used."""
    yield "## Unusable"
    if not counts.unusable:
        yield "Every row of the annotations gave a clip, and every clip could be shown to the model."
        return
    yield "Rows of the annotations that gave no clip, and clips that could not be shown to the model."
    yield table(["Reason", "Number"], sorted(counts.unusable.items()), numbers_from=1)


def withheld_section(counts: Counts) -> Iterator[str]:
    """Yields the paragraphs on the clips that are left out."""
    if counts.withheld:
        yield "## Left out"
        yield (
            "Clips that the annotations hold and this dataset does not: `excluded` are those that an exclusion list "
            "names, `contaminated` those of a video that a benchmark holds too."
        )
        rows: list[Cells] = [[plain(reason), number] for reason, number in sorted(counts.withheld.items())]
        yield table(["Reason", "Clips"], rows, numbers_from=1)
