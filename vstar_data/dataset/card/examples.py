"""The section of the card that shows whole examples, with the passages that decided marked. Pure text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vstar_data.dataset.judged import Judged
from vstar_data.dataset.markdown import plain, table
from vstar_data.generation.prompts import hint
from vstar_data.records import Mode, kind_of

MOST_CHARACTERS = 4_000
"""What of an answer is shown at most."""

SHOWN = 3


class Examples:
    """Finds the rows that the card shows: of different kinds and modes where there are such, in their order."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, Mode, str], tuple[int, Judged]] = {}
        self._rest: list[tuple[int, Judged]] = []
        self._seen = 0

    def add(self, samples: Iterable[Judged]) -> None:
        """Takes answers in the order of the dataset."""
        for judged in samples:
            if not judged.taught:
                continue
            self._seen += 1
            kind = (judged.kind, judged.completion.mode, judged.style)
            if kind not in self._first:
                self._first[kind] = (self._seen, judged)
            elif len(self._rest) < SHOWN:
                self._rest.append((self._seen, judged))

    def chosen(self) -> list[Judged]:
        """Returns at most three: the first of all, then the first rationalized one, then other kinds, then any."""
        firsts = sorted(self._first.values(), key=lambda found: found[0])
        rationalized = [found for found in firsts if found[1].completion.mode is Mode.RATIONALIZED]
        chosen = dict([*firsts[:1], *rationalized[:1]])
        kinds = {judged.kind for judged in chosen.values()}
        others = sorted(firsts, key=lambda found: (found[1].kind in kinds, found[0]))
        for place, judged in (*others, *self._rest):
            if len(chosen) < SHOWN:
                chosen.setdefault(place, judged)
        return [chosen[place] for place in sorted(chosen)]


def examples_section(examples: Sequence[Judged]) -> Iterator[str]:
    """Yields the paragraphs on the examples."""
    yield "## Examples"
    if not examples:
        yield "No answer was accepted."
        return
    yield "Answers as the model made them. What the verifier went by is marked."
    for judged in examples:
        clip = judged.clip
        window = "" if clip.start is None and clip.end is None else f", {_window(clip.start, clip.end)}"
        labels = (f"{plain(hint(target), MOST_CHARACTERS)} ({kind_of(target)})" for target in judged.question.targets)
        yield table(
            ["", plain(judged.id)],
            [
                ["Video", plain(clip.video) + window],
                ["Question", _lines(judged.question.text)],
                ["Answer", _answer(judged)],
                ["Label", "<br>".join(labels)],
                ["Mode", str(judged.completion.mode)],
            ],
            numbers_from=2,
        )


def _window(start: float | None, end: float | None) -> str:
    return f"{start or 0:g} s to {'the end' if end is None else f'{end:g} s'}"


def _answer(judged: Judged) -> str:
    """Returns the whole text, the evidence of each target in a `mark`."""
    text = judged.completion.text
    spans = sorted({verdict.evidence for verdict in judged.verdict.per_label if verdict.evidence is not None})
    parts, at = [], 0
    for start, end in spans:
        if at <= start < end <= min(len(text), MOST_CHARACTERS):
            parts += [_lines(text[at:start]), f"<mark>{_lines(text[start:end])}</mark>"]
            at = end
    parts.append(_lines(text[at:], MOST_CHARACTERS - at))
    return "".join(parts)


def _lines(text: str, limit: int = MOST_CHARACTERS) -> str:
    """Returns text for a cell, its line breaks kept and blanks at its ends kept as one."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    lines = [
        f"{' ' if line[:1].isspace() else ''}{plain(line, limit)}{' ' if line.strip() and line[-1:].isspace() else ''}"
        for line in text.split("\n")
    ]
    return "<br>".join(lines)
