"""`verify`: judges whether an answer asserts every target label. The gates that need no label come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from vstar_data.decoding import convert, without_nulls
from vstar_data.errors import RecordError, UnknownNameError, nearest
from vstar_data.records import (
    ASKABLE,
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Label,
    Mode,
    NumberLabel,
    QALabel,
    RejectReason,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TargetVerdict,
    TimestampLabel,
    Verdict,
    kind_of,
)
from vstar_data.verification import degenerate, inference, leaks, profiles
from vstar_data.verification.case import Case, rejected
from vstar_data.verification.embedding import DEFAULT_EMBEDDER, Embedder, load_embedder
from vstar_data.verification.kinds import (
    boxes,
    captions,
    choices,
    classes,
    relations,
    sequences,
    spans,
    statements,
    values,
)
from vstar_data.verification.sentences import sentences_of
from vstar_data.verification.text import Text, tokens_of, tokens_of_name
from vstar_data.verification.vocabulary import vocabulary

LONGEST = 120_000
"""Code points of an answer that are read. What is longer than that is cut there and judged as cut off."""

_JUDGES: dict[type[Any], Callable[[Any, tuple[str, ...], Case], TargetVerdict]] = {
    ClassLabel: classes.judge,
    QALabel: choices.judge,
    NumberLabel: values.judge,
    SegmentLabel: spans.judge_segment,
    TimestampLabel: spans.judge_timestamp,
    BoxLabel: boxes.judge,
    RelationLabel: relations.judge,
    BooleanLabel: statements.judge,
    SequenceLabel: sequences.judge,
    CaptionLabel: captions.judge,
}


def verify(
    answer: str,
    labels: Sequence[Label | dict[str, Any]],
    *,
    question: str = "",
    asks: Sequence[Sequence[str]] | None = None,
    class_names: Sequence[str] = (),
    also_true: Sequence[Label | dict[str, Any]] = (),
    mode: Mode | str = Mode.DIRECT,
    duration: float | None = None,
    finish_reason: str | None = None,
    profile: str = "strict",
    embedder: str | Embedder | None = None,
    parser: bool = True,
) -> Verdict:
    """Judges whether an answer contains its labels.

    Args:
        answer: The text to judge.
        labels: The targets, all of which must be contained: records, or dicts as JSON has them.
        question: The question that was asked.
        asks: For each target the parts that the answer must supply; read from the question where absent.
        class_names: The other classes of the dataset. Pass the same tuple each time: it is prepared once.
        also_true: Labels that hold of the clip too and are no rivals; other windows of a target's name serve as well.
        mode: `direct`, or `rationalized`: then a text that shows that it knew the label is rejected.
        duration: Length of the clip in seconds, where known: percent of it can then be read.
        finish_reason: `stop`, or `length` where the answer was cut off.
        profile: `strict`, `paper` or `released`.
        embedder: A model of sentence embeddings: a folder, a Hub id, or anything that embeds. With one, `strict`
            judges captions; the profiles that compare meanings need one and take their own where none is given.
        parser: Whether spaCy's `en_core_web_sm`, where it is installed, is asked about a class that the rules do not
            find (`strict` only).

    Returns:
        The verdict, with one entry in `per_label` for each target.

    Raises:
        RecordError: A label or a part asked for that is none.
        UnknownNameError: No profile of that name.
        UsageError: A target is judged by sentence embeddings, and the extra `embeddings` or the model is not there.
    """
    targets = _records(labels, "labels")
    true = _records(also_true, "also_true")
    how = _mode(mode)
    if profile not in profiles.PROFILES:
        raise UnknownNameError("There is no such profile.", found=profile, mend=nearest(profile, profiles.PROFILES))
    embeds = _embedder(embedder, profile, targets)
    if profile != "strict":
        seen = sentences_of(answer, embeds, duration)
        return _verdict(profiles.judge(seen, target, profile) for target in targets)
    asked = tokens_of_name(question)
    parts = _parts(asks, targets, asked)
    blocked, text = _gate(answer, how)
    cut = finish_reason == "length" or len(answer) > LONGEST
    if blocked is not None:
        return _verdict(blocked for _ in targets)
    names = class_names if isinstance(class_names, tuple) else tuple(class_names)
    case = Case(text, asked, vocabulary(names), targets, true, how, duration, cut, embeds, parser)
    refused = degenerate.refusal(text)
    return _verdict(
        _explained(_JUDGES[type(target)](target, part, case), case, refused)
        for target, part in zip(targets, parts, strict=True)
    )


def _embedder(embedder: str | Embedder | None, profile: str, targets: tuple[Label, ...]) -> Embedder | None:
    """Returns what embeds sentences, where the rules for the targets need it; loaded once in a process."""
    name = embedder if isinstance(embedder, str) else None
    if not profiles.embedding_kinds(profile, map(kind_of, targets), asked_for=embedder is not None):
        return None
    if embedder is not None and not isinstance(embedder, str):
        return embedder
    profiles.check_kinds(profile, map(kind_of, targets), name)
    return load_embedder(name or DEFAULT_EMBEDDER)


def _gate(answer: str, mode: Mode) -> tuple[TargetVerdict | None, Text]:
    """Rejects what is no answer at all, whatever the labels are; else returns the answer proper in tokens."""
    body = degenerate.proper(answer[:LONGEST])
    text = tokens_of(degenerate.unstruck(body or ""))
    if body is None:
        return rejected(RejectReason.TRUNCATED), text
    if degenerate.loops(text):
        return rejected(RejectReason.DEGENERATE), text
    if mode is Mode.RATIONALIZED and (shown := leaks.leak(answer[:LONGEST])) is not None:
        return rejected(RejectReason.LEAK, shown, answer[shown[0] : shown[1]]), text
    return None, text


def _explained(verdict: TargetVerdict, case: Case, refused: int | None) -> TargetVerdict:
    """Gives the cause where an answer lacks its label because it refuses or was cut off."""
    if verdict.accepted:
        unseen = refused is not None and degenerate.unseen(case.answer)
        return rejected(RejectReason.REFUSED, verdict.evidence, verdict.parsed) if unseen else verdict
    lacking = verdict.reason in (RejectReason.ABSENT, RejectReason.INCOMPLETE, RejectReason.RESTATED)
    doubted = verdict.reason in (RejectReason.NEGATED, RejectReason.HEDGED)
    if refused is not None and (lacking or (doubted and verdict.evidence and refused < verdict.evidence[0])):
        return rejected(RejectReason.REFUSED, verdict.evidence, verdict.parsed, verdict.score)
    if case.cut and lacking:
        return rejected(RejectReason.TRUNCATED, verdict.evidence, verdict.parsed, verdict.score)
    return verdict


def _verdict(verdicts: Iterable[TargetVerdict]) -> Verdict:
    per_label = tuple(verdicts)
    reasons = tuple(dict.fromkeys(verdict.reason for verdict in per_label if verdict.reason is not None))
    return Verdict(
        accepted=bool(per_label) and all(verdict.accepted for verdict in per_label),
        reasons=reasons,
        per_label=per_label,
    )


def _records(labels: Sequence[Label | dict[str, Any]], where: str) -> tuple[Label, ...]:
    return tuple(
        convert(without_nulls(label), Label, where=f"{where}[{place}]") if isinstance(label, dict) else label  # type: ignore[arg-type]
        for place, label in enumerate(labels)
    )


def _mode(mode: Mode | str) -> Mode:
    try:
        return Mode(mode)
    except ValueError:
        raise RecordError("There is no such mode.", found=str(mode), expected="direct or rationalized") from None


def _parts(
    asks: Sequence[Sequence[str]] | None, targets: tuple[Label, ...], question: Text
) -> tuple[tuple[str, ...], ...]:
    if asks is None:
        return inference.asked_for(question, targets)
    if len(asks) != len(targets):
        raise RecordError(
            "`asks` must be parallel to `labels`.", expected=f"{len(targets)} lists", found=f"{len(asks)} lists"
        )
    for parts, target in zip(asks, targets, strict=True):
        for part in parts:
            if part not in ASKABLE[kind_of(target)]:
                raise RecordError(
                    f"A {kind_of(target)} label has no part {part!r}.",
                    where="asks",
                    expected=", ".join(ASKABLE[kind_of(target)]) or "nothing",
                )
    inferred = inference.asked_for(question, targets)
    return tuple(tuple(parts) or inferred[place] for place, parts in enumerate(asks))
