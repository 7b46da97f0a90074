"""Trains with LLaMA-Factory, two steps, on what `vstar-data export --format llamafactory` writes.

python tests/outside/load_with_llamafactory.py [RUN]
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from environments import main, versions, vstar_data
from tiny_model import make_tiny_model

REQUIREMENTS = ("llamafactory==0.9.5",)


def export(run: Path, folder: Path) -> None:
    vstar_data("export", run, "--format", "llamafactory", "--output", folder / "data")


def load(folder: Path) -> None:
    versions("llamafactory", "transformers", "datasets", "torch")
    data, tiny = folder / "data", folder / "tiny"
    (name,) = json.loads((data / "dataset_info.json").read_text())
    rows = [json.loads(line) for line in (data / "data.jsonl").read_text().splitlines()]
    make_tiny_model(tiny, [turn["content"] for row in rows for turn in row["messages"]])
    arguments = settings(name, data, tiny, folder / "out")
    encoded(arguments, rows)
    trained(arguments, folder / "out")


def settings(name: str, data: Path, model: Path, output: Path) -> dict[str, Any]:
    return {
        "stage": "sft",
        "do_train": True,
        "finetuning_type": "full",
        "freeze_vision_tower": False,
        "model_name_or_path": str(model),
        "template": "qwen2_vl",
        "dataset": name,
        "dataset_dir": str(data),
        "output_dir": str(output),
        "overwrite_cache": True,
        "cutoff_len": 1024,
        "video_max_pixels": 56 * 56,
        "video_maxlen": 4,
        "per_device_train_batch_size": 2,
        "max_steps": 2,
        "logging_steps": 1,
        "save_strategy": "no",
        "report_to": "none",
        "dataloader_num_workers": 0,
        "disable_gradient_checkpointing": True,
        "learning_rate": 1e-4,
    }


def encoded(arguments: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Lets its loader convert and encode all rows, and compares the texts and the number of pictures."""
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.hparams import get_train_args
    from llamafactory.model import load_tokenizer

    model_args, data_args, training_args, _, _ = get_train_args(dict(arguments))
    loaded = load_tokenizer(model_args)
    template = get_template_and_fix_tokenizer(loaded["tokenizer"], data_args)
    dataset = get_dataset(template, model_args, data_args, training_args, stage="sft", **loaded)["train_dataset"]
    assert len(dataset) == len(rows), f"{len(dataset)} of {len(rows)} rows were kept"
    video = loaded["tokenizer"].convert_tokens_to_ids("<|video_pad|>")
    for example, row in zip(dataset, rows, strict=True):
        assert example["videos"] == row["videos"]
        assert example["input_ids"].count(video) > 0
        learnt = loaded["tokenizer"].decode([token for token in example["labels"] if token >= 0])
        assert learnt.strip() == row["messages"][1]["content"] + "<|im_end|>", learnt
    print(f"get_dataset: {len(dataset)} rows, each with its video's tokens and its answer as labels")


def trained(arguments: dict[str, Any], output: Path) -> None:
    from llamafactory.train.tuner import run_exp

    run_exp(dict(arguments))
    log = [json.loads(line) for line in (output / "trainer_log.jsonl").read_text().splitlines()]
    losses = [entry["loss"] for entry in log if "loss" in entry]
    assert len(losses) == 2
    assert all(map(math.isfinite, losses)), losses
    print(f"run_exp: 2 steps, losses {losses}")


if __name__ == "__main__":
    main("llamafactory", REQUIREMENTS, export, load)
