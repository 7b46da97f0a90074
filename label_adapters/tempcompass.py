"""TempCompass: questions of four kinds on action, speed, direction, order and change, with videos that contradict."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.json_files import object_entries, record_of
from label_adapters.question_text import Option, as_question, without_options
from label_adapters.rows import malformed, unsupported
from label_adapters.side_tables import side_table
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, QALabel, Skipped, Split

_TASKS = ("multi-choice", "yes_no", "caption_matching", "captioning")
_META = "meta_info.json"
_MARKED = re.compile(r"(?:(?:Option|Sentence|Caption) )?([A-Z0-9])[.:]\s*(.*)", re.DOTALL)
_CAPTION = "Generated Caption:"
_LICENSE = "CC-BY-NC-4.0"


class _Question(msgspec.Struct):
    question: str
    answer: str | None = None


class TempCompass(LabelAdapter):
    """TempCompass: five temporal aspects asked in four ways, on stock videos and copies reversed, sped up or joined.

    Annotations: the folder `questions/` with `multi-choice.json`, `yes_no.json`, `caption_matching.json` and
    `captioning.json`, the folder above it, or one of the files. Each is an object `{video: {aspect: [{question,
    answer}]}}` with the aspects action, direction, speed, order and attribute_change. `meta_info.json`, beside or one
    folder above, tells sub-aspect and content. A row is one question. One without an answer is `unsupported_label`.

    Videos: `<video>.mp4` in the folder or in `videos/`. Names such as `1034419625_reverse`, `1059718130_concat_0` and
    `1059772073_1059718130_0` are of edited copies; the metadata have the ids of what they were made from.

    Labels: one `qa`. Options that stand in the question ("A. ...", "Option 1: ...", "Sentence A: ...") become its
    choices; yes_no has none. Captioning asks for a caption that fits one of several pieces of information: these are
    the choices, in the words of the aspect asked for, and `subject` in the metadata says of whom. Where letter and
    words of an answer are at odds, the words count if they are those of a choice, else the letter; the metadata have
    the answer as published.

    Licence: CC BY-NC 4.0 (questions); the videos are from Shutterstock and may not be passed on.

    Source: https://github.com/llyx97/TempCompass

    Citation: Liu et al., TempCompass: Do Video LLMs Really Understand Videos?, 2024 (arXiv:2403.00476).
    """

    name: ClassVar[str] = "tempcompass"
    benchmark: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: the folder questions/ with meta_info.json beside it, or one of its files\n"
        "--videos: the folder with <video>.mp4, or the one above\n"
        "both from https://github.com/llyx97/TempCompass"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights(_LICENSE, Redistribution.ALLOWED),
        videos=Rights("Shutterstock: no redistribution", Redistribution.FORBIDDEN),
        citations=(
            Citation(
                ("Yuanxin Liu", "others"),
                "TempCompass: Do Video LLMs Really Understand Videos?",
                "arXiv:2403.00476",
                2024,
            ),
        ),
        url="https://github.com/llyx97/TempCompass",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question, task by task."""
        for path in _files(annotations):
            meta = _meta(path)
            for video, aspects in object_entries(path):
                if not isinstance(aspects, dict) or not aspects:
                    found = f"an object of aspects is expected, found {type(aspects).__name__}"
                    yield malformed(path, video, found if aspects != {} else "the video has no aspects", video)
                    continue
                place = (videos.find(f"videos/{video}", video) if videos else None) or f"videos/{video}.mp4"
                for aspect, questions in aspects.items():
                    where = f"{video}/{aspect}"
                    if not isinstance(questions, list) or not questions:
                        yield malformed(path, where, "a list of questions is expected", video)
                        continue
                    about = {"video_id": video.split("_")[0] or video, **_about(meta.get(video), video, aspect)}
                    for number, value in enumerate(questions):
                        yield _clip(path, f"{where}/{number}", value, place, {**about, "task": path.stem})


def _files(annotations: Path) -> list[Path]:
    if annotations.is_file():
        if annotations.stem in _TASKS:
            return [annotations]
        raise AnnotationError(
            "The name of the file is not that of a task.",
            where=str(annotations),
            expected=", ".join(f"{task}.json" for task in _TASKS),
            found=annotations.name,
        )
    for folder in (annotations, annotations / "questions"):
        if found := [folder / f"{task}.json" for task in _TASKS if (folder / f"{task}.json").is_file()]:
            return found
    expected = ", ".join(f"{task}.json" for task in _TASKS)
    raise AnnotationError("The folder holds no questions.", where=str(annotations), expected=expected, found="none")


def _meta(questions: Path) -> Mapping[str, Any]:
    for path in (questions.parent / _META, questions.parent.parent / _META):
        if path.is_file():
            return side_table(path)
    return {}


def _about(meta: Any, video: str, aspect: str) -> dict[str, Any]:
    """Returns what is known of a video and an aspect of it, for the metadata."""
    about: dict[str, Any] = {"file_id": video, "aspect": aspect}
    first, _, rest = video.partition("_")
    second = rest.partition("_")[0]
    if second.isdecimal():
        about["video_ids"] = [first, second]
    meta = meta if isinstance(meta, dict) else {}
    dimensions = meta.get("eval_dim")
    dimension = dimensions.get(aspect) if isinstance(dimensions, dict) else None
    if isinstance(dimension, dict):
        # The aspect `order` has no parts: it is its own.
        about["sub_aspect"] = kind if isinstance(kind := dimension.get("type"), str) else aspect
    if isinstance(content := meta.get("content"), list):
        about["content"] = [each for each in content if isinstance(each, str)]
    return about


def _clip(path: Path, where: str, value: Any, video: str, metadata: dict[str, Any]) -> Clip | Skipped:
    task = path.stem
    try:
        row = record_of(value, _Question)
        answer = (row.answer or "").strip()
        if not answer:
            return unsupported(path, where, "the question has no answer", video)
        if task == "yes_no":
            if answer.lower() not in ("yes", "no"):
                raise ValueError(f"the answer must be yes or no, found {answer!r}")
            label = QALabel(question=as_question(row.question), answer=answer.lower())
        else:
            label = _label(row.question, answer, task, metadata)
        return Clip(
            id=f"{task}/{where}",
            video=video,
            labels=(label,),
            split=Split.TEST,
            license=_LICENSE,
            metadata=metadata,
        )
    except ValueError as problem:
        return malformed(path, where, str(problem), video)


def _label(text: str, answer: str, task: str, metadata: dict[str, Any]) -> QALabel:
    question, options = without_options(text.strip().removesuffix(_CAPTION))
    if task == "captioning":
        options = [Option(mark, _information(words, metadata)) for mark, words in options]
    found = _MARKED.fullmatch(answer)
    if found is None:
        raise ValueError(f"the answer must begin with the mark of an option, found {answer!r}")
    mark, words = found[1], found[2].strip()
    chosen = next((option for option in options if option.text == words and option.mark == mark), None)
    if chosen is None:
        by_words = [option for option in options if option.text == words]
        by_mark = [option for option in options if option.mark == mark]
        chosen = next(iter(by_words + by_mark), None)
        if chosen is None:
            marks = ", ".join(option.mark for option in options) or "no options"
            raise ValueError(f"the answer must be an option, found {answer!r} and {marks}")
        metadata["published_answer"] = answer
    return QALabel(
        question=as_question(question),
        answer=chosen.text,
        choices=tuple(option.text for option in options),
        aliases=(words,) if words and words != chosen.text else (),
    )


def _information(words: str, metadata: dict[str, Any]) -> str:
    """Reads `{'subject': 'man', 'action': 'dunking'}`, which is Python's spelling, and returns what is told of whom."""
    try:
        information = ast.literal_eval(words)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        raise ValueError(f"a piece of information must be written as an object, found {words!r}") from None
    told = information.get(metadata["aspect"]) if isinstance(information, dict) else None
    if not isinstance(told, str):
        raise ValueError(f"a piece of information must have `{metadata['aspect']}`, found {words!r}")
    if isinstance(subject := information.get("subject"), str):
        metadata["subject"] = subject
    return told.strip()
