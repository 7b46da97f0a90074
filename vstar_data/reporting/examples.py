"""Examples of accepted and rejected answers: key frames, question, targets, the answer with its evidence marked."""

from __future__ import annotations

from vstar_data.auditing.words import told
from vstar_data.dataset.judged import Judged
from vstar_data.reporting.evidence import marked, passages
from vstar_data.reporting.markup import Html, joined, line, tag
from vstar_data.reporting.parts import Section, code, paragraph
from vstar_data.reporting.pictures import KeyFrames, Pictures

_LONG = 600
"""Characters of a question or a target that are shown."""


def examples(accepted: list[Judged], rejected: list[Judged], frames: KeyFrames) -> list[Section]:
    """Returns the two sections of examples.

    Args:
        accepted: Accepted answers.
        rejected: Rejected ones.
        frames: Where their key frames come from.
    """
    return [
        _section("accepted", "Accepted answers", "No answer was accepted.", accepted, frames),
        _section("rejected", "Rejected answers", "No answer was rejected.", rejected, frames),
    ]


def _section(name: str, title: str, none: str, shown: list[Judged], frames: KeyFrames) -> Section:
    if not shown:
        return Section(name, title, paragraph(none))
    note = paragraph(
        "The same answers each time, chosen over kinds, modes and reasons. Marked is the passage that decided: ",
        tag("mark", "found", class_="good"),
        " or ",
        tag("mark", "not what was asked for", class_="bad"),
        ".",
    )
    cards = (_example(f"{name}-{number}", judged, frames.of(judged.clip)) for number, judged in enumerate(shown, 1))
    return Section(name, title, joined([note, tag("div", *cards, class_="examples")]))


def _example(name: str, judged: Judged, pictures: Pictures) -> Html:
    verdict, completion = judged.verdict, judged.completion
    outcome = ", ".join(judged.reasons) or "accepted"
    chips = [
        tag("span", judged.kind, class_="chip"),
        tag("span", str(completion.mode), class_="chip"),
        tag("span", outcome, class_=f"chip {'good' if verdict.accepted else 'bad'}"),
    ]
    if judged.reviewed is not None:
        against = ", against the verifier" if judged.overruled else ""
        chips.append(tag("span", f"reviewed: {judged.reviewed}{against}", class_="chip"))
    heading = tag("h3", *joined_by_space(chips), tag("span", line(judged.clip.id, 80), class_="clip"), id=name)
    found = passages(completion.text, verdict.per_label)
    parts = [
        tag("dt", "Question"),
        tag("dd", line(judged.question.text, _LONG)),
        tag("dt", "Target" if len(judged.question.targets) == 1 else "Targets"),
        *_targets(judged),
        tag("dt", "Answer"),
        tag("dd", marked(completion.text, found), class_="answer"),
    ]
    window = "" if judged.clip.start is None and judged.clip.end is None else f", {_window(judged)}"
    where = tag("p", code(line(judged.clip.video, 120)), window, class_="where")
    return tag(
        "article", heading, _pictures(pictures), tag("dl", *parts), where, class_="example", aria_labelledby=name
    )


def joined_by_space(parts: list[Html]) -> list[Html]:
    """Returns parts with a space after each, so that they are words for a reader who hears them."""
    return [Html(f"{part} ") for part in parts]


def _targets(judged: Judged) -> list[Html]:
    found = []
    for place, target in enumerate(judged.question.targets):
        verdict = judged.verdict.per_label[place] if place < len(judged.verdict.per_label) else None
        remarks = []
        if verdict is not None and verdict.reason is not None:
            remarks += [" ", code(str(verdict.reason))]
        if verdict is not None and verdict.parsed is not None:
            remarks.append(tag("span", f" read: {line(verdict.parsed, 80)}", class_="remark"))
        found.append(tag("dd", line(told(target), _LONG), *remarks))
    return found


def _window(judged: Judged) -> str:
    start, end = judged.clip.start or 0.0, judged.clip.end
    return f"{start:g} s to {'the end' if end is None else f'{end:g} s'}"


def _pictures(pictures: Pictures) -> Html:
    if not pictures.frames:
        return tag("p", f"No picture: {line(pictures.why_none, 160)}", class_="no-picture")
    shown = (
        tag(
            "figure",
            tag("img", src=uri, alt=f"The clip at {time:.2f} seconds"),
            tag("figcaption", f"{time:.2f} s", aria_hidden="true"),
        )
        for time, uri in pictures.frames
    )
    return tag("div", *shown, class_="frames")
