"""Trains with ms-swift, two steps, on what `vstar-data export --format ms-swift` writes.

python tests/outside/load_with_ms_swift.py [RUN]
"""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

from environments import main, versions, vstar_data
from tiny_model import QWEN_WORDS, make_tiny_model

REQUIREMENTS = ("ms-swift==4.6.0", "torchvision", "qwen-vl-utils[decord]")


def export(run: Path, folder: Path) -> None:
    vstar_data("export", run, "--format", "ms-swift", "--output", folder / "rows.jsonl")


def load(folder: Path) -> None:
    versions("ms-swift", "transformers", "datasets", "torch", "qwen-vl-utils", "decord")
    # Small pictures: at its defaults it would enlarge those of the demo.
    os.environ.update(VIDEO_MIN_TOKEN_NUM="4", VIDEO_MAX_TOKEN_NUM="4")
    path, tiny = folder / "rows.jsonl", folder / "tiny"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    make_tiny_model(tiny, [turn["content"] for row in rows for turn in row["messages"]], QWEN_WORDS)
    encoded(path, tiny, rows)
    trained(path, tiny, folder / "out")


def encoded(path: Path, model: Path, rows: list[dict[str, Any]]) -> None:
    """Lets its loader read all rows and its template encode them, and compares the texts."""
    from swift import get_processor, get_template, load_dataset

    dataset, _ = load_dataset(str(path), num_proc=1)
    assert len(dataset) == len(rows), f"{len(dataset)} of {len(rows)} rows were kept"
    processor = get_processor(str(model), model_type="qwen2_5_vl")
    template = get_template(processor, template_type="qwen2_5_vl")
    template.set_mode("train")
    video = processor.tokenizer.convert_tokens_to_ids("<|video_pad|>")
    for loaded, row in zip(dataset, rows, strict=True):
        example = template.encode(loaded)
        assert example["input_ids"].count(video) > 0
        assert len(example["pixel_values_videos"]) > 0
        learnt = processor.tokenizer.decode([token for token in example["labels"] if token >= 0])
        assert learnt.strip() == row["messages"][1]["content"] + "<|im_end|>", learnt
    print(f"load_dataset and encode: {len(dataset)} rows, each with its video's frames and its answer as labels")


def trained(path: Path, model: Path, output: Path) -> None:
    from swift import SftArguments, sft_main

    arguments = SftArguments(
        model=str(model),
        model_type="qwen2_5_vl",
        template="qwen2_5_vl",
        tuner_type="full",
        freeze_vit=False,
        dataset=[str(path)],
        output_dir=str(output),
        torch_dtype="float32",
        attn_impl="eager",
        per_device_train_batch_size=2,
        gradient_accumulation_steps=1,
        gradient_checkpointing=False,
        max_steps=2,
        logging_steps=1,
        save_strategy="no",
        eval_strategy="no",
        dataloader_num_workers=0,
        dataset_num_proc=1,
        report_to="none",
    )
    sft_main(arguments)
    (log,) = output.rglob("logging.jsonl")
    losses = [entry["loss"] for line in log.read_text().splitlines() if "loss" in (entry := json.loads(line))]
    assert len(losses) == 2, losses
    assert all(map(math.isfinite, map(float, losses))), losses
    print(f"sft_main: 2 steps, losses {losses}")


if __name__ == "__main__":
    main("ms-swift", REQUIREMENTS, export, load)
