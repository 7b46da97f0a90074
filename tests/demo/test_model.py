"""The shipped model: small, of a stock class, right on what it was taught, silent on the novel names, and obedient."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from vstar_data.demo import checkpoint, lessons, model_folder
from vstar_data.demo.clips import render, scenes_and_clips
from vstar_data.demo.scenes import KNOWN_MOTIONS, MOTIONS, NOVEL_MOTIONS
from vstar_data.demo.train import answers_of, measure, report, save, train
from vstar_data.generation.prompts import messages
from vstar_data.questions.bank import questions_of
from vstar_data.questions.settings import QuestionSettings
from vstar_data.records import Mode, Question, Split

EACH = 3
FRAMES = (2, 6, 10, 14, 18, 22)


@pytest.fixture(scope="module")
def shipped() -> tuple[Any, Any]:
    import torch
    from transformers import AutoModelForImageTextToText, AutoProcessor

    torch.set_num_threads(1)
    model = AutoModelForImageTextToText.from_pretrained(model_folder(), dtype=torch.float32)
    return model.eval(), AutoProcessor.from_pretrained(model_folder())


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("videos")
    render(folder, {Split.TEST: 10 * EACH})
    return folder


def ask(shipped: tuple[Any, Any], videos: Path, kind: str, mode: Mode) -> list[tuple[Question, str, str]]:
    """Asks about the rendered files as a build does. Returns question, true motion, answer."""
    import av
    import numpy as np
    import torch

    model, processor = shipped
    conversations, asked = [], []
    for scene, clip in scenes_and_clips({Split.TEST: 10 * EACH}):
        for question in questions_of(clip, QuestionSettings(kinds=(kind,))):
            assert isinstance(question, Question)
            with av.open(videos / clip.video) as container:
                frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
            (message,) = messages(question, mode)
            parts = [
                {"type": "video", "video": np.stack([frames[index] for index in FRAMES])},
                {"type": "text", "text": message.content[1].text},
            ]
            conversations.append([{"role": "user", "content": parts}])
            asked.append((question, scene.motion))
    inputs = processor.apply_chat_template(
        conversations,
        add_generation_prompt=True,
        tokenize=True,
        return_dict=True,
        return_tensors="pt",
        sanitize_control_tokens=True,
        processor_kwargs={"do_sample_frames": False, "padding": True, "padding_side": "left"},
    )
    with torch.no_grad():
        made = model.generate(**inputs, max_new_tokens=80, do_sample=False)
    texts = processor.batch_decode(made[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
    return [(question, motion, text) for (question, motion), text in zip(asked, texts, strict=True)]


def test_it_is_small_and_of_a_stock_class(shipped: tuple[Any, Any]) -> None:
    model, processor = shipped
    assert type(model).__module__.startswith("transformers.models.")
    assert type(processor).__module__.startswith("transformers.models.")
    assert 0.5e6 <= sum(weights.numel() for weights in model.parameters()) <= 4e6
    files = [path for path in model_folder().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 8 * 2**20
    names = {path.name for path in files}
    assert {"config.json", "model.safetensors", "tokenizer.json", "chat_template.jinja", "README.md"} <= names
    assert "generation_config.json" in names


def test_its_weights_are_in_half_precision() -> None:
    from safetensors import safe_open

    with safe_open(model_folder() / "model.safetensors", "pt") as weights:
        assert {weights.get_slice(name).get_dtype() for name in weights.keys()} == {"F16"}  # noqa: SIM118


def test_it_knows_the_known_motions_and_hardly_ever_says_a_novel_name(shipped: tuple[Any, Any], videos: Path) -> None:
    found = ask(shipped, videos, "class", Mode.DIRECT)
    right = [text.endswith(f"so the action is {motion}.") for _, motion, text in found if motion in KNOWN_MOTIONS]
    assert sum(right) / len(right) > 0.9
    novel = [any(name in text for name in NOVEL_MOTIONS) for _, _, text in found]
    assert sum(novel) / len(novel) < 0.1


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("class", "so the action is {0.name}."),
        ("qa", "so the answer is {0.answer}."),
        ("number", "so the number of dots is {0.value:g}."),
        ("segment", "so the border lights up from {0.start:g} to {0.end:g} seconds."),
    ],
)
def test_it_follows_hints_of_every_kind(shipped: tuple[Any, Any], videos: Path, kind: str, ending: str) -> None:
    found = ask(shipped, videos, kind, Mode.RATIONALIZED)
    followed = [text.endswith(ending.format(question.targets[0])) for question, _, text in found]
    assert sum(followed) / len(followed) >= 0.9


@pytest.mark.parametrize(
    ("kind", "ending", "chance"),
    [
        ("qa", "so the answer is {0.answer}.", 0.3),
        ("segment", "so the border lights up from {0.start:g} to {0.end:g} seconds.", 0.1),
    ],
)
def test_it_is_better_than_chance_on_colours_shapes_and_times(
    shipped: tuple[Any, Any], videos: Path, kind: str, ending: str, chance: float
) -> None:
    found = ask(shipped, videos, kind, Mode.DIRECT)
    right = [text.endswith(ending.format(question.targets[0])) for question, _, text in found]
    assert sum(right) / len(right) > chance


def test_it_can_say_a_novel_name_that_is_hinted(shipped: tuple[Any, Any]) -> None:
    model, processor = shipped
    random_ = random.Random(6)
    batch = [lessons.hinted("class", motion, random_) for motion in MOTIONS]
    batch = [
        lessons.hinted("class", one.scene.motion, random_, one_label)
        for one, one_label in zip(batch, map(_label, MOTIONS), strict=True)
    ]
    said = [
        text.endswith(f"so the action is {name}.")
        for text, name in zip(answers_of(model, processor, batch), MOTIONS, strict=True)
    ]
    assert sum(said) >= 9


def _label(name: str) -> Any:
    from vstar_data.records import ClassLabel

    return ClassLabel(name=name)


def test_the_training_writes_a_folder_that_loads_and_says_what_it_measured(tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForImageTextToText, AutoProcessor

    weights = []
    for _ in range(2):
        torch.manual_seed(1)
        processor = checkpoint.processor()
        model = checkpoint.model(len(processor.tokenizer))
        steps: list[int] = []
        train(model, processor, 2, steps.append)
        assert steps == [1, 2]
        weights.append(model.get_input_embeddings().weight)
    assert torch.equal(*weights)
    measures = measure(model, processor, 1)
    save(model, processor, tmp_path, report(measures, 1, 2, 0.1))
    loaded = AutoModelForImageTextToText.from_pretrained(tmp_path)
    assert loaded.dtype == torch.float16
    assert AutoProcessor.from_pretrained(tmp_path).chat_template == checkpoint.CHAT_TEMPLATE
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert all(f"| {found.name} | {found.accuracy:.2f} |" in readme for found in measures)
