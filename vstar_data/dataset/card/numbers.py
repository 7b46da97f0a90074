"""The card: README.md of a dataset, for people and, in its YAML, for the `datasets` library. Pure text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from vstar_data.arrow import label_row
from vstar_data.dataset.audit_section import audit_section
from vstar_data.dataset.counts import Counts
from vstar_data.dataset.front_matter import front_matter
from vstar_data.dataset.judged import Judged, Provenance
from vstar_data.dataset.markdown import Cells, percent, plain, table
from vstar_data.dataset.schemas import CONFIGS
from vstar_data.records import Mode

_SHOWN = 400

_CONTENT = {
    "sft": "accepted answers, as conversations",
    "rejected": "rejected answers, with the reasons",
    "preference": "pairs of an accepted and a rejected answer to one question",
    "clips": "all clips with all their labels, unusable ones with the reason",
}


def card(provenance: Provenance, counts: Counts, contents: Mapping[str, str], examples: Sequence[Judged]) -> str:
    """Returns the content of README.md.

    Args:
        provenance: What the dataset was made from.
        counts: What is in the dataset.
        contents: For each config a hash of its files.
        examples: Accepted answers to show.
    """
    title = f"{provenance.name}: verified video instruction tuning"
    body = "\n\n".join(_sections(plain(title), provenance, counts, examples))
    return f"{front_matter(title, counts, contents)}\n{body}\n"


def _sections(title: str, provenance: Provenance, counts: Counts, examples: Sequence[Judged]) -> Iterator[str]:
    yield f"# {title}"
    yield (
        "Questions about labelled video clips with answers that a video-language model made and a verifier accepted, "
        "in the manner of Video-STaR. A question none of whose direct answers was accepted was asked again with the "
        "label as a hint; such answers have `mode` = `rationalized`. The stored question is always the plain one. "
        "Videos are referenced, not included: `video` is relative to the folder of the videos, `start` and `end` are "
        "seconds in that file."
    )
    yield table(
        ["", ""],
        [
            ["Model", plain(provenance.model)],
            ["Verifier", f"profile {plain(provenance.profile)}, version {plain(provenance.verifier)}"],
            ["Cycle", str(provenance.cycle)],
            ["Made with", f"vstar-data {plain(provenance.code)}"],
        ],
        numbers_from=2,
    )
    yield from _contents(counts)
    yield from _yields(counts)
    yield from _rejects(counts)
    yield from _reviewed(counts)
    if provenance.audit is not None:
        yield from audit_section(provenance.audit)
    yield from _filtered(counts)
    yield from _unusable(counts)
    yield from _withheld(counts)
    yield from _examples(examples)
    yield from _licenses(counts)


def _contents(counts: Counts) -> Iterator[str]:
    yield "## What is in it"
    rows: list[Cells] = [
        [f"`{config}`", _CONTENT[config], split, number]
        for config in CONFIGS
        for split, number in counts.rows.get(config, {}).items()
    ]
    if rows:
        yield table(["Config", "Content", "Split", "Rows"], rows, numbers_from=3)
        first = next(config for config in CONFIGS if counts.rows.get(config))
        yield (
            "```python\n"
            "from datasets import load_dataset\n\n"
            f'rows = load_dataset("path/to/this/folder", "{first}")\n'
            "```"
        )
    if counts.empty:
        yield "Empty, and therefore not to be loaded: " + ", ".join(f"`{config}`" for config in counts.empty) + "."


def _yields(counts: Counts) -> Iterator[str]:
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
    rows: list[Cells] = [
        [
            plain(group.source),
            group.kind,
            group.split,
            group.mode,
            answers.questions,
            answers.questions_accepted,
            answers.answers,
            answers.accepted,
            percent(answers.accepted, answers.answers),
        ]
        for group, answers in sorted(counts.answers.items())
    ]
    head = ["Source", "Kind", "Split", "Mode", "Questions", "answered", "Answers", "accepted", "Share"]
    yield table(head, rows, numbers_from=4)


def _rejects(counts: Counts) -> Iterator[str]:
    yield "## Rejected answers"
    direct, rationalized = counts.rejected(Mode.DIRECT), counts.rejected(Mode.RATIONALIZED)
    reasons = sorted(direct | rationalized, key=lambda reason: (-direct[reason] - rationalized[reason], reason))
    if not reasons:
        yield "None."
        return
    yield "An answer with several reasons counts under each."
    rows: list[Cells] = [[reason, direct[reason], rationalized[reason]] for reason in reasons]
    yield table(["Reason", "Direct", "Rationalized"], rows, numbers_from=1)


def _reviewed(counts: Counts) -> Iterator[str]:
    if counts.reviewed:
        yield (
            f"People decided on {counts.reviewed.total():,} of these answers and overruled the verifier on "
            f"{counts.overruled:,}; the counts follow them, and `reviewed` says where."
        )


def _filtered(counts: Counts) -> Iterator[str]:
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


def _unusable(counts: Counts) -> Iterator[str]:
    yield "## Unusable"
    if not counts.unusable:
        yield "Every row of the annotations gave a clip, and every clip could be shown to the model."
        return
    yield "Rows of the annotations that gave no clip, and clips that could not be shown to the model."
    yield table(["Reason", "Number"], sorted(counts.unusable.items()), numbers_from=1)


def _withheld(counts: Counts) -> Iterator[str]:
    if counts.withheld:
        yield "## Left out"
        yield (
            "Clips that the annotations hold and this dataset does not: `excluded` are those that an exclusion list "
            "names, `contaminated` those of a video that a benchmark holds too."
        )
        rows: list[Cells] = [[plain(reason), number] for reason, number in sorted(counts.withheld.items())]
        yield table(["Reason", "Clips"], rows, numbers_from=1)


def _examples(examples: Sequence[Judged]) -> Iterator[str]:
    yield "## Examples"
    if not examples:
        yield "No answer was accepted."
    for judged in examples:
        labels = msgspec.json.encode([label_row(target) for target in judged.question.targets]).decode()
        shown = {
            "id": judged.id,
            "video": judged.clip.video,
            "question": judged.question.text,
            "answer": judged.thought.answer,
            "labels": labels,
            "mode": str(judged.completion.mode),
        }
        yield table(["Column", "Value"], [[name, plain(text, _SHOWN)] for name, text in shown.items()], numbers_from=2)


def _licenses(counts: Counts) -> Iterator[str]:
    yield "## Licences"
    if not counts.licenses:
        yield "There are no clips."
        return
    yield "As the annotations state them. Who uses the videos keeps to their licences."
    rows: list[Cells] = [
        [plain(source), plain(name) or "not stated", number]
        for (source, name), number in sorted(counts.licenses.items())
    ]
    yield table(["Source", "Licence", "Clips"], rows, numbers_from=2)
