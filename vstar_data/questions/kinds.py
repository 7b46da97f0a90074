"""The kinds of questions: what each asks, of which labels its targets are, who the rivals of these are. Data only.

The kinds follow what Video-STaR asks of its three datasets (sections 2.2 and 3.2, and the authors' templates) and add
one for every other kind of label.
"""

from __future__ import annotations

from dataclasses import dataclass

RIVALS = ("class", "step", "object", "event")
"""Where the rivals of a target come from: the names of classes, of steps, of things in boxes, of events in windows."""


@dataclass(frozen=True)
class QuestionKind:
    """What a kind of question is.

    Attributes:
        asks: In words, for the documentation.
        targets: The label kinds of its targets.
        rivals: One of `RIVALS`.
        derived_from: The label kinds that the targets are derived from; empty where they are labels as they are.
    """

    asks: str
    targets: tuple[str, ...]
    rivals: str = "class"
    derived_from: tuple[str, ...] = ()

    @property
    def made_from(self) -> tuple[str, ...]:
        """The label kinds of which a clip must have one."""
        return self.derived_from or self.targets


QUESTION_KINDS: dict[str, QuestionKind] = {
    "class": QuestionKind("what happens", ("class",)),
    "qa": QuestionKind("a question of the dataset itself, with its choices", ("qa",)),
    "number": QuestionKind("a number, with its scale", ("number",)),
    "segment": QuestionKind("when an event starts and ends", ("segment",)),
    "timestamp": QuestionKind("at which moment an event happens", ("timestamp",)),
    "between": QuestionKind("what happens between two times", ("class",), "event", ("segment",)),
    "support": QuestionKind("which window of the video supports an answer", ("segment",), derived_from=("qa",)),
    "sequence": QuestionKind("all steps in their order", ("sequence",), "step"),
    "after": QuestionKind("the step right after another", ("class",), "step", ("sequence",)),
    "before": QuestionKind("the step right before another", ("class",), "step", ("sequence",)),
    "assessment": QuestionKind("the steps in order, with every number there is", ("sequence", "number"), "step"),
    "box": QuestionKind("where a thing is at a time", ("box",)),
    "object_in_box": QuestionKind("which thing is in a box at a time", ("class",), "object", ("box",)),
    "same_object": QuestionKind("whether two boxes show the same thing", ("boolean",), derived_from=("box",)),
    "relation": QuestionKind("how two things relate", ("relation",)),
    "boolean": QuestionKind("whether a statement holds", ("boolean",)),
}


def kind_of_id(question_id: str) -> str:
    """Returns the kind of a question: what its id, `<clip id>#<kind>` or `<clip id>#<kind>-<n>`, says."""
    return question_id.rpartition("#")[2].partition("-")[0]
