"""What the page shows of an answer, as HTML: pure. Every text from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterator

from vstar_data.auditing.words import told
from vstar_data.dataset.decisions import Choice, Decision
from vstar_data.dataset.judged import kind_of_question
from vstar_data.records import TargetVerdict
from vstar_data.reporting.evidence import marked, passages
from vstar_data.reporting.markup import Html, joined, line, tag
from vstar_data.review.playback import Playback
from vstar_data.review.reader import Answer

_WHOLE = 100_000
"""Answers up to this many characters are shown whole: who decides must have read them."""

_SAID = {Choice.ACCEPT: "Accepted", Choice.REJECT: "Rejected", Choice.SKIP: "Skipped"}


def heading(run: str, reviewer: str) -> Html:
    """Returns the heading of the page, with the keys."""
    keys = "Keys: a accept, r reject, s skip, ← → previous and next, p play or pause."
    return tag(
        "header",
        tag("h1", f"Review of {line(run, 80)}"),
        tag("p", f"{line(reviewer, 80)} decides. ", tag("span", keys, class_="keys")),
        id="review-heading",
    )


def answer_pane(answer: Answer, playback: Playback, place: int, decision: Decision | None, *, blind: bool) -> Html:
    """Returns the clip, the question, the answer and what is said of it.

    Args:
        answer: The answer.
        playback: How its clip is played.
        place: The place of the clip in clips.parquet.
        decision: The decision on it that counts, if there is one.
        blind: Whether nothing may tell the verdict.
    """
    verdict = answer.verdict
    text = answer.completion.text
    marks = [] if blind else passages(text, verdict.per_label)
    said = marked(text, marks, whole=_WHOLE) if text.strip() else tag("span", "nothing", class_="gap")
    parts = [
        tag("p", *_chips(answer), class_="chips"),
        tag("h2", line(answer.question.text, 600)),
        tag("h3", "Answer"),
        tag("div", said, class_="said"),
        tag("h3", "Should contain"),
        tag("ul", *_targets(answer, blind=blind), class_="targets"),
        tag("h3", "Verifier"),
        tag("p", *(["Hidden until you decide."] if blind else [_verdict(answer)]), class_="verdict"),
        *([_decision(decision)] if decision is not None else []),
    ]
    return tag(
        "article",
        tag("div", _clip(answer, playback, place), class_="clip"),
        tag("div", *parts, class_="words"),
        id="review-answer",
        data_row=str(answer.row),
        data_id=answer.id,
    )


def nothing_pane(why: str) -> Html:
    """Returns what is shown where there is no answer to show."""
    return tag("article", tag("p", why, class_="nothing"), id="review-answer", data_row="-1")


def progress_pane(
    at: int, shown: int, counts: dict[Choice, int], answers: int, warnings: list[str], address: str
) -> Html:
    """Returns how far the review is.

    Args:
        at: Where one is among the answers that are shown, from 0.
        shown: Their number.
        counts: Decisions that count, by choice.
        answers: All answers of the run.
        warnings: What else is to be said.
        address: The filters, as the page's address keeps them.
    """
    decided = counts[Choice.ACCEPT] + counts[Choice.REJECT]
    where = f"Answer {at + 1:,} of {shown:,}" if shown else "No answer"
    where += " that the filters let through" if shown < answers else ""
    said = (
        f"{decided:,} of {answers:,} decided: {counts[Choice.ACCEPT]:,} accepted, {counts[Choice.REJECT]:,} rejected; "
        f"{counts[Choice.SKIP]:,} skipped"
    )
    return tag(
        "div",
        tag("p", tag("strong", where), " · ", said, role="status"),
        tag("progress", value=str(decided), max=str(answers), aria_label="Answers decided on"),
        *(tag("p", warning, class_="warning") for warning in warnings),
        id="review-progress",
        data_address=address,
    )


def _clip(answer: Answer, playback: Playback, place: int) -> Html:
    clip = answer.clip
    times = "the whole file" if clip.start is None and clip.end is None else f"{_time(clip.start)} to {_time(clip.end)}"
    caption = tag("p", tag("span", line(clip.video, 120), class_="file"), f" ({times})", class_="caption")
    if playback.why_not:
        return joined([tag("p", f"The clip cannot be shown: {line(playback.why_not, 300)}", class_="nothing"), caption])
    video = tag(
        "video",
        src=f"/clips/{place}",
        controls="",
        muted="",
        loop="",
        playsinline="",
        preload="auto",
        data_start=f"{playback.start:.3f}",
        data_end=None if playback.end is None else f"{playback.end:.3f}",
        aria_label="The clip",
    )
    failed = tag("p", "The browser cannot play this clip.", class_="nothing failed", hidden="")
    clock = tag("output", "0.0 s", class_="clock", aria_label="Time in the clip")
    return joined([video, failed, tag("p", clock, class_="caption"), caption])


def _time(seconds: float | None) -> str:
    return "the end" if seconds is None else f"{seconds:.2f} s"


def _chips(answer: Answer) -> Iterator[Html]:
    kind = kind_of_question(answer.question)
    for text in (kind, str(answer.completion.mode), answer.clip.source, str(answer.clip.split), answer.id):
        yield tag("span", line(text, 120))


def _targets(answer: Answer, *, blind: bool) -> Iterator[Html]:
    verdicts: list[TargetVerdict | None] = list(answer.verdict.per_label)
    verdicts += [None] * (len(answer.question.targets) - len(verdicts))
    for target, verdict in zip(answer.question.targets, verdicts, strict=False):
        parts = [tag("span", line(told(target), 600), class_="target")]
        if not blind and verdict is not None:
            found = "found" if verdict.accepted else str(verdict.reason or "not found")
            parts.append(tag("span", found, class_="good" if verdict.accepted else "bad"))
            if verdict.parsed is not None:
                parts.append(tag("span", f"read: {line(verdict.parsed, 200)}", class_="read"))
        yield tag("li", *(part for one in parts for part in (one, " ")))


def _verdict(answer: Answer) -> Html:
    if answer.verdict.accepted:
        return tag("strong", "accepted", class_="good")
    reasons = ", ".join(map(str, answer.verdict.reasons))
    return joined([tag("strong", "rejected", class_="bad"), f" ({reasons})" if reasons else ""])


def _decision(decision: Decision) -> Html:
    said = f"{_SAID[decision.decision]} by {line(decision.reviewer, 80)}, {line(decision.at, 40)}"
    note = [tag("br"), line(decision.note, 600)] if decision.note else []
    return tag("p", said, *note, class_=f"decided {decision.decision}", data_decision=str(decision.decision))
