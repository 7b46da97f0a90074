"""Something-Something v2: hands that do things to things, each clip with a template and the things that fill it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.json_files import list_entries, object_entries, record_of
from label_adapters.rows import malformed, unsupported
from label_adapters.split_names import split_of_name
from label_adapters.text_lines import numbered_lines
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, ClassLabel, Clip, Label, QALabel, Skipped, Split

_LICENSE = "Something-Something agreement: no redistribution"
_FOLDERS = ("20bn-something-something-v2/", "", "videos/", "something-something-v2/")
_BLANK = re.compile(r"\[[^\[\]]*\]")


class _Record(msgspec.Struct):
    id: str
    label: str = ""
    template: str = ""
    placeholders: list[str] = []


class SomethingSomethingV2(LabelAdapter):
    """Something-Something v2: clips of a few seconds in which hands do one of 174 things to everyday objects.

    Annotations: `train.json`, `validation.json` or `test.json`, or a folder with them. Each is a list whose entries
    are the rows: `id`, `label` (the sentence), `template` ("Putting [something] behind [something]") and
    `placeholders` (the words in place of the brackets). Entries of the test file have an `id` alone; their templates
    come from `test-answers.csv` beside (`id;template`), without which they are `unsupported_label`. Where `labels.json`
    lies beside, a template that it lacks is malformed.

    Videos: `20bn-something-something-v2/<id>.webm`, or without that folder, or in `videos/`. Other suffixes do. The
    whole file is the clip.

    Labels: a `class`, the template without its brackets, with the template as an alias; a `caption`, the sentence; and,
    where the template has one blank and a word is given for it, a `qa` that asks to fill the blank.

    Licence: the agreement that is signed for the download allows research only and no redistribution, neither of the
    videos nor of the annotations.

    Source: https://www.qualcomm.com/developer/software/something-something-v-2-dataset

    Citation: Goyal et al., The "something something" video database for learning and evaluating visual common sense,
    2017 (arXiv:1706.04261).
    """

    name: ClassVar[str] = "something_something_v2"
    experimental: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: train.json, validation.json or test.json, or the folder; labels.json and test-answers.csv "
        "beside\n"
        "--videos: a folder with 20bn-something-something-v2/<id>.webm\n"
        "both from https://www.qualcomm.com/developer/software/something-something-v-2-dataset"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights(_LICENSE, Redistribution.FORBIDDEN),
        videos=Rights(_LICENSE, Redistribution.FORBIDDEN),
        citations=(
            Citation(
                ("Raghav Goyal", "others"),
                'The "something something" video database for learning and evaluating visual common sense',
                "arXiv:1706.04261",
                2017,
            ),
        ),
        url="https://www.qualcomm.com/developer/software/something-something-v-2-dataset",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each entry, file by file."""
        files = [annotations]
        if annotations.is_dir():
            inner = annotations / "labels"
            folder = inner if inner.is_dir() else annotations
            files = [path for path in sorted(folder.glob("*.json")) if split_of_name(path)]
            if not files:
                raise AnnotationError(
                    "The folder holds no list of clips.",
                    where=str(folder),
                    expected="train.json, validation.json or test.json",
                )
        templates = _templates(files[0].parent)
        answers = _answers(files[0].parent)
        for path in files:
            yield from _clips_of(path, templates, answers, videos)


def _clips_of(
    path: Path, templates: set[str], answers: dict[str, str], videos: VideoRoot | None
) -> Iterator[Clip | Skipped]:
    split = split_of_name(path) or Split.TRAIN
    for number, entry in enumerate(list_entries(path), start=1):
        try:
            record = record_of(entry, _Record)
            template = record.template or answers.get(record.id, "")
            if not template.strip():
                yield unsupported(path, number, "the entry has no template, and test-answers.csv none", record.id)
                continue
            name = _without_brackets(template)
            if templates and name not in templates:
                yield malformed(path, number, f"labels.json has no template {name!r}", record.id)
                continue
            labels: list[Label] = [ClassLabel(name=name, aliases=(template,) if template != name else ())]
            if record.label.strip():
                labels.append(CaptionLabel(text=record.label))
            labels += _filled(template, record.placeholders)
            metadata: dict[str, Any] = {"video_id": record.id, "template": template}
            if record.placeholders:
                metadata["placeholders"] = record.placeholders
            places = [folder + record.id for folder in _FOLDERS]
            yield Clip(
                id=record.id,
                video=(videos.find(*places) if videos else None) or f"{_FOLDERS[0]}{record.id}.webm",
                labels=tuple(labels),
                split=split,
                license=_LICENSE,
                metadata=metadata,
            )
        except ValueError as problem:
            yield malformed(path, number, str(problem))


def _filled(template: str, placeholders: list[str]) -> Iterator[QALabel]:
    """Yields the question for the blank of a template that has one, where a word is given for it."""
    word = placeholders[0].strip() if len(placeholders) == 1 else ""
    if word and word.lower() != "something" and len(_BLANK.findall(template)) == 1:
        sentence = _without_brackets(_BLANK.sub("___", template))
        yield QALabel(question=f'Fill in the blank: "{sentence}". What stands in the blank?', answer=word)


def _without_brackets(template: str) -> str:
    return template.replace("[", "").replace("]", "").strip() or template


def _templates(folder: Path) -> set[str]:
    """Reads the templates of `labels.json`, whose keys they are. Empty where there is no such file."""
    path = folder / "labels.json"
    return {_without_brackets(name) for name, _ in object_entries(path)} if path.is_file() else set()


def _answers(folder: Path) -> dict[str, str]:
    """Reads the templates of the test clips by id, from lines such as `1420;Closing something`."""
    answers: dict[str, str] = {}
    path = folder / "test-answers.csv"
    for line, text in numbered_lines(path) if path.is_file() else ():
        clip_id, semicolon, template = text.partition(";")
        if not semicolon or not clip_id.strip() or not template.strip():
            raise AnnotationError(
                "The line gives no answer.",
                where=f"{path}:{line}",
                expected="an id, ; and a template",
                found=repr(text),
            )
        answers[clip_id.strip()] = template.strip().strip('"')
    return answers
