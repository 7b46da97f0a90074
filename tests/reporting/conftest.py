"""A small run with awkward names, built from answers in a file, and reading a report as a browser would."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.small_videos import write_video
from vstar_data.build import BuildOptions, build
from vstar_data.executors.progress import Progress
from vstar_data.recipe.loading import load_recipe

SCRIPT = "<script>alert('x')</script>"
HANDLER = "<img src=x onerror=alert(1)>"
LONG = (
    "The stage is dark at first and then bright lights come up from behind the orchestra, while several people in red "
    "coats carry boxes, ladders and a long rope across to where two others wait."
)
CLASSES = ("juggling", "bowling", f"sailing {SCRIPT}")
RECIPE = """
name: "acts {name}"
sources:
  - {{adapter: jsonl, name: acts, annotations: clips.jsonl, videos: videos}}
engine: replay
model: answers.jsonl
questions: {{kinds: [class, number, segment, timestamp]}}
generate: {{samples: 2, rationalizations: 1}}
filters: {{length: {{max_words: 30}}}}
"""


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def clip_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number in range(9):
        labels: list[dict[str, Any]] = [{"kind": "class", "name": CLASSES[number % 3]}]
        if number < 4:
            labels.append({"kind": "number", "name": "balls", "value": 10.0, "tolerance": 1.0})
        if number < 3:
            labels.append({"kind": "segment", "name": "the curtain rises", "start": 2.0, "end": 4.0})
            labels.append({"kind": "timestamp", "name": "the bell rings", "time": 3.0, "tolerance": 0.5})
        rows.append({"id": f"{number}", "video": f"{number}.mp4", "labels": labels})
    rows[8] |= {"id": f"8 {HANDLER}", "video": f"8 {HANDLER}.mp4"}
    return [*rows, {"id": "9", "video": "9.mp4", "labels": [{"kind": "smell", "name": SCRIPT}]}]


def answer_rows() -> list[dict[str, Any]]:
    rows = []
    for row in clip_rows()[:9]:
        number, name = int(row["id"][0]), row["labels"][0]["name"]
        texts = {
            "class": [f"A man is {name}.", f"\u202eSomeone is {CLASSES[(number + 1) % 3]}. {HANDLER}\x07"],
            "number": [f"The number of balls is {10 + 2 * number}.", "I cannot tell."],
            "segment": ["It happens from 2 to 4 seconds.", "It happens from 6 to 8 seconds."],
            "timestamp": ["The bell rings at 3.2 seconds.", "The bell rings at 4.25 seconds."],
        }
        if number == 4:
            texts["class"] = [f"{LONG} A man is {name}.", "A man is bathing."]
        if number == 7:
            texts["class"] = ["A man is bathing.", "A man is bathing."]
        for kind in [label["kind"] for label in row["labels"]]:
            for sample, text in enumerate(texts[kind]):
                question = f"acts/{row['id']}#{kind}"
                rows.append({"question_id": question, "sample_index": sample, "text": text, "completion_tokens": 5})
        if number == 7:
            text = f"A man is {name}."
            rows.append({"question_id": f"acts/{row['id']}#class", "mode": "rationalized", "text": text})
    return rows


def built(folder: Path, clips: list[dict[str, Any]], answers: list[dict[str, Any]], *assignments: str) -> Path:
    """Builds a run from clips and answers."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "videos").mkdir(exist_ok=True)
    for row in clips[:6]:
        write_video(folder / "videos" / row["video"], 24, 4)
    for row in clips[6:]:
        (folder / "videos" / row["video"]).write_bytes(b"nothing that could be shown, but not empty either")
    (folder / "clips.jsonl").write_text(lines(clips), encoding="utf-8")
    (folder / "answers.jsonl").write_text(lines(answers), encoding="utf-8")
    (folder / "acts.yaml").write_text(RECIPE.format(name=HANDLER), encoding="utf-8")
    recipe = load_recipe(str(folder / "acts.yaml"), overrides={}, assignments=assignments)
    build(recipe, BuildOptions(out=folder / "run"), Progress(io.StringIO()))
    return folder / "run"


@pytest.fixture(scope="session")
def acts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run; not to be changed."""
    return built(tmp_path_factory.mktemp("acts"), clip_rows(), answer_rows())


@pytest.fixture
def run(tmp_path: Path, acts: Path) -> Path:
    """A copy of the run; its videos lie where they were."""
    return Path(shutil.copytree(acts, tmp_path / "run"))


@dataclass
class Element:
    """An element of a page: its name, its attributes, the text in it, and where it is."""

    name: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A page as a parser sees it."""

    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = tuple(element.name for element in self._open)
        element = Element(tag, {name: value or "" for name, value in attrs}, inside)
        self.elements.append(element)
        if tag not in ("meta", "img", "br"):
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].name == tag, f"</{tag}> closes <{self._open[-1].name}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, name: str, **attributes: str) -> list[Element]:
        """The elements of a name that have these attributes; an underscore at the end of one is dropped."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [one for one in self.elements if one.name == name and wanted.items() <= one.attributes.items()]

    @property
    def text(self) -> str:
        return next(one.text for one in self.elements if one.name == "body")


def read_page(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    assert not page._open
    return page
