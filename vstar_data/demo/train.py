"""Trains the demo's model from scratch: `python -m vstar_data.demo.train [--steps N] [--output DIR]`.

Writes a `save_pretrained` folder (half precision) and a README.md with the accuracies that this run measured.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from vstar_data.demo import checkpoint, lessons
from vstar_data.demo.scenes import KNOWN_MOTIONS, MOTIONS, NOVEL_MOTIONS, STEPS, draw

SHIPPED = Path(__file__).parent / "model"
SEED = 20
BATCH = 32
RATE_OF_LEARNING = 1.5e-3
FIRST_SHARE = 0.2
"""The share of the steps that go to first lessons."""
VIDEO_TOKENS = STEPS * 4 + 1
"""Tokens of a clip: the patches of a frame are pooled to 2 x 2, and one token ends the video."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains, measures and writes; prints progress to stderr."""
    parser = argparse.ArgumentParser(prog="python -m vstar_data.demo.train", description=__doc__)
    parser.add_argument("--steps", type=int, default=2400, help=f"batches of {BATCH} clips")
    parser.add_argument("--output", type=Path, default=SHIPPED, help="folder to write")
    parser.add_argument("--save-every", type=int, default=500, help="steps between checkpoints")
    options = parser.parse_args(arguments)

    import torch

    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    processor = checkpoint.processor()
    model = checkpoint.model(len(processor.tokenizer))

    def measured(step: int) -> None:
        if step % options.save_every == 0 or step == options.steps:
            few = 48 if step < options.steps else 240
            measures = measure(model, processor, few)
            minutes = time.process_time() / 60
            _say(
                f"step {step}, {minutes:.1f} CPU minutes: " + ", ".join(f"{m.name} {m.accuracy:.2f}" for m in measures)
            )
            save(model, processor, options.output, report(measures, few, step, minutes))

    train(model, processor, options.steps, measured)


def train(model: Any, processor: Any, steps: int, after_step: Callable[[int], None]) -> None:
    """Trains a model in place on random lessons, seeded.

    Args:
        model: The model to train.
        processor: Its processor.
        steps: Batches to train on.
        after_step: Called with the number of steps done.
    """
    import torch

    random_ = random.Random(SEED)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE_OF_LEARNING, weight_decay=0.01)
    model.train()
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE_OF_LEARNING * min(1.0, (step + 1) / 50) * max(0.03, 1 - step / steps)
        teach = lessons.first_lesson if step < FIRST_SHARE * steps else lessons.lesson
        batch = tensors([teach(random_) for _ in range(BATCH)], processor, answered=True)
        loss = model(**batch).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if (step + 1) % 50 == 0:
            _say(f"step {step + 1} of {steps}: loss {loss.item():.4f}")
        after_step(step + 1)


def tensors(batch: Sequence[lessons.Lesson], processor: Any, *, answered: bool) -> dict[str, Any]:
    """Returns what the model takes: with the answers and labels to learn them, or prompts alone, padded on the left."""
    import torch

    pixels = [torch.from_numpy(draw(lesson.scene, lesson.frames)).permute(0, 3, 1, 2) for lesson in batch]
    shown = processor.video_processor(pixels, return_tensors="pt", do_sample_frames=False)
    tokenizer = processor.tokenizer
    opening, closing = checkpoint.USER + checkpoint.VIDEO * VIDEO_TOKENS, checkpoint.END + checkpoint.ASSISTANT
    prompts = tokenizer([f"{opening}{lesson.prompt}{closing}" for lesson in batch])["input_ids"]
    answers = tokenizer([f"{lesson.answer}{checkpoint.END}" for lesson in batch])["input_ids"]
    rows = [prompt + answer if answered else prompt for prompt, answer in zip(prompts, answers, strict=True)]
    longest = max(map(len, rows))
    ids = torch.full((len(rows), longest), tokenizer.pad_token_id)
    attention = torch.zeros_like(ids)
    wanted = torch.full_like(ids, -100)
    for number, (row, prompt) in enumerate(zip(rows, prompts, strict=True)):
        span = slice(0, len(row)) if answered else slice(longest - len(row), longest)
        ids[number, span] = torch.tensor(row)
        attention[number, span] = 1
        if answered:
            wanted[number, len(prompt) : len(row)] = torch.tensor(row[len(prompt) :])
    inputs = {"input_ids": ids, "attention_mask": attention, "pixel_values_videos": shown["pixel_values_videos"]}
    return {**inputs, "labels": wanted} if answered else inputs


def answers_of(model: Any, processor: Any, batch: Sequence[lessons.Lesson]) -> list[str]:
    """Returns the greedy answers to lessons."""
    import torch

    inputs = tensors(batch, processor, answered=False)
    model.eval()
    with torch.no_grad():
        made = model.generate(**inputs, max_new_tokens=80, do_sample=False)
    model.train()
    return list(processor.batch_decode(made[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True))


@dataclass(frozen=True)
class Measure:
    """The share of greedy answers that end with the sentence that was expected, and one of the answers."""

    name: str
    accuracy: float
    example: str


def measure(model: Any, processor: Any, count: int) -> list[Measure]:
    """Measures a model on unseen scenes.

    Args:
        model: The model.
        processor: Its processor.
        count: Scenes for each figure.
    """
    kinds = ("class", "qa", "number", "segment")
    strange = partial(lessons.hinted, foreign=True)
    asked: list[tuple[str, str, tuple[str, ...], Callable[[str, str, random.Random], lessons.Lesson]]] = [
        ("class, known motions", "class", KNOWN_MOTIONS, lessons.plain),
        ("class, novel motions", "class", NOVEL_MOTIONS, lessons.plain),
        *((kind, kind, MOTIONS, lessons.plain) for kind in kinds[1:]),
        *((f"{kind}, with a hint", kind, MOTIONS, lessons.hinted) for kind in kinds),
        *((f"{kind}, with a hint from outside the demo", kind, MOTIONS, strange) for kind in kinds),
    ]
    measures = []
    for name, kind, motions, make in asked:
        random_ = random.Random(f"{SEED} {name}")
        batch = [make(kind, motions[number % len(motions)], random_) for number in range(count)]
        texts = [text for at in range(0, count, 48) for text in answers_of(model, processor, batch[at : at + 48])]
        right = [
            text.endswith(lesson.answer[lesson.answer.rindex(". so ") + 2 :])
            for text, lesson in zip(texts, batch, strict=True)
        ]
        measures.append(Measure(name, sum(right) / count, texts[0]))
    return measures


def report(measures: Sequence[Measure], count: int, steps: int, minutes: float) -> str:
    """Returns the README of a model: what it is and what was measured."""
    day = time.strftime("%Y-%m-%d", time.gmtime())
    rows = "\n".join(f"| {measure.name} | {measure.accuracy:.2f} | {measure.example} |" for measure in measures)
    return f"""# The model of the demo

A LLaVA-OneVision trained from scratch by `python -m vstar_data.demo.train`: {steps} batches of {BATCH} synthetic
clips, {minutes:.0f} minutes of processor time on two CPU cores ({day}). It knows the world of the demo alone.
It was taught by name: {", ".join(KNOWN_MOTIONS)}. It has met in hints alone, among many other words and without
regard to what the clip shows: {", ".join(NOVEL_MOTIONS)}.

Share of greedy answers that end with the expected sentence, {count} unseen scenes for each row. With a hint, the
expected sentence is the hinted one, which is mostly untrue of the scene.

| asked | as expected | one of the answers |
|---|---|---|
{rows}
"""


def save(model: Any, processor: Any, folder: Path, readme: str) -> None:
    """Writes the model in half precision with its processor and README.md."""
    import copy

    import torch

    copy.deepcopy(model).to(torch.float16).save_pretrained(folder)
    processor.save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    (folder / "README.md").write_text(readme, encoding="utf-8")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
