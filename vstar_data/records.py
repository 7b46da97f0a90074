"""The vocabulary: the records that every other module speaks in.

Data only, no logic beyond what makes a record well formed. Times are seconds, boxes are normalised
xyxy in 0..1. Records are immutable; decoding is strict (`vstar_data.decoding`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from vstar_data.labels import (
    ASKABLE,
    LABEL_KINDS,
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Label,
    NumberLabel,
    QALabel,
    Record,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
    allowed_error,
    finite,
    kind_of,
    not_empty,
)

if TYPE_CHECKING:
    import numpy as np


__all__ = [
    "ASKABLE",
    "BooleanLabel",
    "BoxLabel",
    "CaptionLabel",
    "ClassLabel",
    "Clip",
    "Completion",
    "Failure",
    "Frames",
    "LABEL_KINDS",
    "Label",
    "Message",
    "Mode",
    "NumberLabel",
    "Part",
    "QALabel",
    "Question",
    "Record",
    "RejectReason",
    "RelationLabel",
    "Request",
    "Sampling",
    "SegmentLabel",
    "SequenceLabel",
    "Skipped",
    "Split",
    "TargetVerdict",
    "TimestampLabel",
    "UnusableClip",
    "UnusableReason",
    "Verdict",
    "allowed_error",
    "kind_of",
]


class Split(StrEnum):
    """The part of a dataset that a clip belongs to."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


class Mode(StrEnum):
    """How an answer was asked for: without the label, or with the label as a hint."""

    DIRECT = "direct"
    RATIONALIZED = "rationalized"


class RejectReason(StrEnum):
    """Why an answer does not contain a target."""

    ABSENT = "absent"
    RIVAL = "rival"
    NEGATED = "negated"
    HEDGED = "hedged"
    CONTRADICTED = "contradicted"
    OTHER_SUBJECT = "other_subject"
    RESTATED = "restated"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    DEGENERATE = "degenerate"
    LEAK = "leak"
    WRONG_VALUE = "wrong_value"
    WRONG_TIME = "wrong_time"
    WRONG_BOX = "wrong_box"
    WRONG_ORDER = "wrong_order"
    WRONG_CHOICE = "wrong_choice"
    INCOMPLETE = "incomplete"
    UNPARSABLE = "unparsable"


class UnusableReason(StrEnum):
    """Why a row gave no clip, or a clip cannot be shown to a model."""

    MISSING = "missing"
    EMPTY = "empty"
    NOT_A_VIDEO = "not_a_video"
    TRUNCATED = "truncated"
    NO_FRAMES = "no_frames"
    TOO_SHORT = "too_short"
    WINDOW_OUTSIDE = "window_outside"
    OUTSIDE_ROOT = "outside_root"
    UNSUPPORTED_LABEL = "unsupported_label"
    MALFORMED_ROW = "malformed_row"
    TIMEOUT = "timeout"


class Clip(Record, frozen=True):
    """A piece of video with its labels.

    `video` is relative to the video root. `start` and `end` are seconds in the file on disk, null when the
    file is the clip. `fps` is set for a folder of frames. Times of the source go to `metadata`.
    """

    id: str
    video: str
    labels: tuple[Label, ...]
    start: float | None = None
    end: float | None = None
    fps: float | None = None
    source: str = ""
    split: Split = Split.TRAIN
    license: str | None = None
    metadata: dict[str, Any] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        not_empty("id", self.id)
        not_empty("video", self.video)
        if self.start is None and self.end is None and self.fps is None:
            return
        finite("start", self.start)
        finite("end", self.end)
        finite("fps", self.fps)
        if self.start is not None and self.start < 0:
            raise ValueError(f"`start` must be at least 0, found {self.start}")
        if self.end is not None and self.end <= (self.start or 0.0):
            raise ValueError(f"`end` must be after `start`, found {self.start} and {self.end}")
        if self.fps is not None and self.fps <= 0:
            raise ValueError(f"`fps` must be above 0, found {self.fps}")


class Skipped(Record, frozen=True):
    """A row of an annotation file that gave no clip, with the reason. `where` names the file and the row."""

    reason: UnusableReason
    detail: str
    where: str = ""
    video: str | None = None


class Question(Record, frozen=True):
    """A question about a clip.

    `targets` are labels copied or derived from the clip's; `asks` says for each target which fields an answer
    must supply (values of `ASKABLE`); `origin` names the wording, or the model that wrote it. `also_true` are labels
    that hold of what is asked about and are no rivals of the targets; null stands for all other labels of the clip.
    """

    id: str
    clip_id: str
    text: str
    targets: tuple[Label, ...]
    asks: tuple[tuple[str, ...], ...]
    origin: str
    also_true: tuple[Label, ...] | None = None

    def __post_init__(self) -> None:
        if len(self.asks) != len(self.targets):
            raise ValueError(f"`asks` must be parallel to `targets`, found {len(self.asks)} and {len(self.targets)}")


class Part(Record, frozen=True):
    """One part of a message: the video, or a text."""

    type: Literal["video", "text"]
    text: str | None = None


class Message(Record, frozen=True):
    """One turn of a conversation."""

    role: Literal["user", "assistant"]
    content: tuple[Part, ...]


class Sampling(Record, frozen=True):
    """How the next token is chosen. Temperature 0 is greedy; `top_k` 0 and `top_p` 1 switch the filter off."""

    max_new_tokens: int
    temperature: float
    top_k: int
    top_p: float


@dataclass(frozen=True)
class Frames:
    """The decoded frames of a clip.

    Attributes:
        pixels: uint8, T x H x W x 3, RGB.
        indices: For each frame its number in the file in order of presentation, from 0.
        times: For each frame its time in seconds from the start of the file.
        total: Number of frames in the file.
        fps: Mean frame rate of the file.
        duration: Length of the file in seconds.
    """

    pixels: np.ndarray[Any, np.dtype[np.uint8]]
    indices: tuple[int, ...]
    times: tuple[float, ...]
    total: int
    fps: float
    duration: float


@dataclass(frozen=True)
class Request:
    """One sample to be made for one question in one mode. `key` is a hash of all that shapes the text."""

    key: str
    question_id: str
    clip_id: str
    mode: Mode
    sample_index: int
    seed: int
    messages: tuple[Message, ...]
    sampling: Sampling
    frames: Frames | None


class Completion(Record, frozen=True, tag_field="event", tag="completion"):
    """The text that an engine made for one request.

    `model` is the engine's fingerprint; `frame_indices` and `frame_times` count in the file, `duration` is the length
    of the clip in seconds where it is known.
    """

    key: str
    question_id: str
    clip_id: str
    mode: Mode
    sample_index: int
    seed: int
    text: str
    finish_reason: Literal["stop", "length"]
    prompt_tokens: int
    completion_tokens: int
    model: str
    frame_indices: tuple[int, ...] = ()
    frame_times: tuple[float, ...] = ()
    duration: float | None = None


class Failure(Record, frozen=True, tag_field="event", tag="failure"):
    """A request that was not answered. It is tried again at the next run, three times at most, unless it is `final`."""

    key: str
    question_id: str
    clip_id: str
    mode: Mode
    sample_index: int
    error: str
    detail: str
    final: bool = False


class UnusableClip(Record, frozen=True, tag_field="event", tag="unusable"):
    """A clip whose video cannot be shown to a model. `identity` is the video's, so that a mended file counts anew."""

    clip_id: str
    identity: str
    reason: UnusableReason
    detail: str


class TargetVerdict(Record, frozen=True):
    """Whether an answer contains one target.

    `evidence` is the passage that decided, in code points, half open; `parsed` what was read there;
    `score` is graded, 0..1 (temporal IoU, 1 - relative error, ...).
    """

    accepted: bool
    reason: RejectReason | None = None
    evidence: tuple[int, int] | None = None
    parsed: str | None = None
    score: float = 0.0


class Verdict(Record, frozen=True):
    """Whether an answer contains all its targets. `reasons` are the reasons of the targets, each once, in order."""

    accepted: bool
    reasons: tuple[RejectReason, ...] = ()
    per_label: tuple[TargetVerdict, ...] = ()
