"""The answers of a run in the order of its dataset: a few numbers each, the rest is read when it is shown.

The verdicts are those of the last assembly; nothing is judged here. A row is the place of an answer in that order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vstar_data.errors import UsageError
from vstar_data.generation.run_folder import RunFolder
from vstar_data.review.tables import MODES, Lines, Questions, Verdicts

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class AnswerIndex:
    """All judged answers of a run. Arrays have one value a row.

    Attributes:
        questions: The ids of the questions that have answers or not, in the order of questions.parquet.
        first: For each question its first row, -1 where it has none; its other rows follow.
        clips: For each question the place of its clip in clips.parquet.
        kinds: The kinds of questions there are; `question_kind` has the place in it for each question.
        names: What is asked for by name (classes, events, objects); `question_name` has the place for each question.
        reasons: The combinations of reasons there are; `reason` has the place in it, that of the empty one if accepted.
        question: The place of the question.
        mode: The place in `MODES`.
        sample: The number of the sample.
        accepted: Whether the verifier accepts.
        verdict: The place of the verdict in verdicts.parquet.
        files: The files of completions; `file` and `offset` say where a line begins.
        lost: Verdicts whose completion is nowhere to be found; they are left out.
    """

    questions: Sequence[str]
    first: Numbers
    clips: Numbers
    kinds: Sequence[str]
    question_kind: Numbers
    names: Sequence[str]
    question_name: Numbers
    reasons: Sequence[tuple[str, ...]]
    question: Numbers
    mode: Numbers
    sample: Numbers
    accepted: Numbers
    reason: Numbers
    verdict: Numbers
    files: Sequence[Path]
    file: Numbers
    offset: Numbers
    lost: int

    def __len__(self) -> int:
        return len(self.question)

    def id(self, row: int) -> str:
        """Returns the id that an answer is published under."""
        question = self.questions[int(self.question[row])]
        return f"{question}/{MODES[int(self.mode[row])]}-{int(self.sample[row])}"

    def row(self, answer_id: str) -> int | None:
        """Returns the row of a published id; None where there is no such answer."""
        question, _, sample = answer_id.rpartition("/")
        place = self._places.get(question)
        if place is None or (row := int(self.first[place])) < 0:
            return None
        while row < len(self) and self.question[row] == place:
            if sample == f"{MODES[int(self.mode[row])]}-{int(self.sample[row])}":
                return row
            row += 1
        return None

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self.questions)}


def open_index(run: Path) -> AnswerIndex:
    """Reads the index of a run.

    Raises:
        UsageError: There is no run, or it was never assembled, or has no answer.
        StorageError: A file cannot be read, or files do not belong together.
    """
    import numpy as np

    folder = RunFolder(run)
    state = folder.state()
    if not folder.verdicts_file.exists():
        raise UsageError(
            "This run has not been assembled yet.",
            where=str(run),
            expected="verdicts.parquet in the folder of the run",
            mend="build it to the end, or take what is there: vstar-data assemble RUN",
        )
    questions = Questions()
    questions.read(folder)
    verdicts = Verdicts()
    verdicts.read(folder.verdicts_file)
    lines = Lines(verdicts.keys, questions.places)
    for number in range(2**state.block_bits):
        lines.read(sorted((folder.completions / f"{number:05d}").glob("*.jsonl")))
    found = np.flatnonzero(lines.file >= 0)
    if not len(found):
        raise UsageError(
            "The run has no answers to review.",
            where=str(run),
            expected="a run in which `vstar-data build` has made answers",
            mend="build first; `vstar-data status` says what is there",
        )
    question = lines.question[found]
    first = np.full(len(questions.ids), -1, dtype=np.int64)
    # Written from behind, so that the first row of each question stays.
    first[question[::-1]] = np.arange(len(found), dtype=np.int64)[::-1]
    return AnswerIndex(
        questions=questions.ids,
        first=first,
        clips=np.array(questions.clips, dtype=np.int32),
        kinds=list(questions.kinds),
        question_kind=np.array(questions.kind, dtype=np.int16),
        names=list(questions.names),
        question_name=np.array(questions.name, dtype=np.int32),
        reasons=list(verdicts.reasons),
        question=question,
        mode=lines.mode[found],
        sample=lines.sample[found],
        accepted=np.array(verdicts.accepted, dtype=bool)[found],
        reason=np.array(verdicts.reason, dtype=np.int16)[found],
        verdict=found,
        files=lines.files,
        file=lines.file[found],
        offset=lines.offset[found],
        lost=len(verdicts.keys) - len(found),
    )
