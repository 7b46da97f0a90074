"""Trains with TRL, a step or two each, on what `vstar-data export` writes: supervised, preferences, and rewards.

    python tests/outside/load_with_trl.py [RUN]

Supervised finetuning and preferences train the demo's model. GRPOTrainer 1.16 cannot show its class (LLaVA-OneVision)
several pictures a row, so a tiny one of the class Qwen2.5-VL stands in. The project is installed beside TRL, since the
reward of GRPO is the verifier.
"""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from typing import Any

from environments import PROJECT, main, versions, vstar_data
from tiny_model import make_tiny_model

REQUIREMENTS = ("trl[peft]==1.16.0", f"--editable={PROJECT}")
FORMATS = ("trl-sft", "trl-dpo", "trl-grpo")


def export(run: Path, folder: Path) -> None:
    for name in FORMATS:
        for suffix in ("parquet", "jsonl"):
            vstar_data("export", run, "--format", name, "--output", folder / f"{name}-videos.{suffix}")
            output = folder / f"{name}-frames.{suffix}"
            vstar_data("export", run, "--format", name, "--output", output, "--frames", folder / "frames")


def load(folder: Path) -> None:
    versions("trl", "transformers", "datasets", "torch", "vstar-data")
    for suffix in ("parquet", "jsonl"):
        rows = {name: read(folder / f"{name}-frames.{suffix}") for name in FORMATS}
        videos = {name: read(folder / f"{name}-videos.{suffix}") for name in FORMATS}
        for name in FORMATS:
            assert len(rows[name]) == len(videos[name]) > 0
            assert all(Path(video).is_file() for row in videos[name] for video in row["videos"])
        supervised(rows["trl-sft"], folder)
        preferences(rows["trl-dpo"], folder)
        rewards(rows["trl-grpo"], folder)
        judged(rows["trl-grpo"], rows["trl-dpo"])
        template(videos["trl-sft"])


def read(path: Path) -> Any:
    from datasets import load_dataset

    kind = "json" if path.suffix == ".jsonl" else "parquet"
    rows = load_dataset(kind, data_files=str(path), split="train", cache_dir=str(path.parent / "cache"))
    print(f"{path.name}: {len(rows)} rows, {', '.join(rows.column_names)}")
    return rows


def supervised(rows: Any, folder: Path) -> None:
    from trl import SFTConfig, SFTTrainer

    arguments = SFTConfig(**settings(folder), max_length=None)
    trainer = SFTTrainer(model=demo(), args=arguments, train_dataset=rows, processing_class=processor())
    batch = next(iter(trainer.get_train_dataloader()))
    shown = rows[0]["images"]
    assert batch["pixel_values"].shape[0] == 2 * len(shown) > 0, batch["pixel_values"].shape
    said = processor().tokenizer.batch_decode(batch["input_ids"], skip_special_tokens=True)
    print("  ", said[0])
    finish("SFTTrainer", trainer)
    completions(rows, arguments)


def completions(rows: Any, arguments: Any) -> None:
    """Trains on the answers alone, as the documentation says."""
    from trl import SFTTrainer

    def split(row: dict[str, Any]) -> dict[str, Any]:
        return {"prompt": row["messages"][:1], "completion": row["messages"][1:]}

    answers = [row["messages"][1]["content"] for row in rows.select_columns("messages")]
    rows = rows.map(split, remove_columns=["messages"])
    trainer = SFTTrainer(model=demo(), args=arguments, train_dataset=rows, processing_class=processor())
    batch = trainer.data_collator([rows[0]])
    learnt = batch["input_ids"][batch["labels"] >= 0]
    # The demo's tokenizer knows words, and puts a blank between any two.
    told = processor().tokenizer.decode(learnt, skip_special_tokens=True)
    assert told.replace(" ", "") == answers[0].replace(" ", ""), told
    finish("SFTTrainer on answers alone", trainer)


def preferences(rows: Any, folder: Path) -> None:
    from trl import DPOConfig, DPOTrainer

    arguments = DPOConfig(**settings(folder), max_length=None)
    trainer = DPOTrainer(
        model=demo(), ref_model=demo(), args=arguments, train_dataset=rows, processing_class=processor()
    )
    finish("DPOTrainer", trainer)


def rewards(rows: Any, folder: Path) -> None:
    from transformers import AutoModelForImageTextToText, AutoProcessor
    from trl import GRPOConfig, GRPOTrainer

    from vstar_data.exporting.rewards import verified

    tiny = folder / "tiny"
    make_tiny_model(tiny, rows["question"])
    given: list[float] = []

    def verified_and_kept(completions: Any, **columns: Any) -> list[float]:
        given.extend(verified(completions, **columns))
        return given[-len(completions) :]

    arguments = GRPOConfig(**settings(folder), num_generations=2, max_completion_length=16)
    trainer = GRPOTrainer(
        model=AutoModelForImageTextToText.from_pretrained(tiny),
        reward_funcs=[verified_and_kept, arbitrary],
        args=arguments,
        train_dataset=rows,
        processing_class=AutoProcessor.from_pretrained(tiny),
    )
    finish("GRPOTrainer", trainer)
    print(f"   rewards of a random model: {given}")
    assert len(given) == 4
    assert set(given) <= {0.0, 1.0}


def arbitrary(completions: Any, **columns: Any) -> list[float]:
    """Tells answers apart, so that there is something to learn where none of a random model is right."""
    return [float(sum(map(ord, completion[0]["content"])) % 10) for completion in completions]


def judged(rows: Any, pairs: Any) -> None:
    """Rewards the chosen and the rejected answers of the preferences: the reward must tell them apart."""
    from vstar_data.exporting.rewards import verified

    columns = ("targets", "question", "asks", "also_true", "class_names", "duration")
    by_id = {row["id"]: row for row in rows.select_columns(["id", *columns])}
    asked = [by_id[pair["id"]] for pair in pairs]
    given = {name: [row[name] for row in asked] for name in columns}
    chosen, rejected = (verified(pairs[name], **given) for name in ("chosen", "rejected"))
    print(f"   verified: {sum(chosen):g} of {len(chosen)} chosen, {sum(rejected):g} of {len(rejected)} rejected")
    assert set(chosen) == {1.0}
    assert set(rejected) == {0.0}


def template(rows: Any) -> None:
    """Renders rows with videos as transformers' chat templates do; TRL has no trainer for them."""
    for row in rows.select(range(3)):
        turns = [
            {**turn, "content": [{key: part[key] for key in part if part[key] is not None} for part in turn["content"]]}
            for turn in row["messages"]
        ]
        text = processor().apply_chat_template(turns, tokenize=False)
        assert text.count("<video>") == len(row["videos"]) == 1, text


def settings(folder: Path) -> dict[str, Any]:
    return {
        "output_dir": str(folder / "out"),
        "per_device_train_batch_size": 2,
        "max_steps": 2,
        "logging_steps": 1,
        "report_to": "none",
        "save_strategy": "no",
        "use_cpu": True,
        "bf16": False,
        "gradient_checkpointing": False,
        "remove_unused_columns": False,
        "disable_tqdm": True,
    }


def finish(name: str, trainer: Any) -> None:
    import torch

    before = [weight.detach().clone() for weight in trainer.model.parameters()]
    trainer.train()
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    assert losses, "no step was taken"
    assert all(map(math.isfinite, losses)), losses
    moved = sum(not torch.equal(old, new) for old, new in zip(before, trainer.model.parameters(), strict=True))
    print(f"   {name}: {trainer.state.global_step} steps, losses {losses}, {moved} of {len(before)} weights moved")
    assert moved


def processor() -> Any:
    from transformers import AutoProcessor

    return AutoProcessor.from_pretrained(model_folder())


def demo() -> Any:
    import torch
    from transformers import AutoModelForImageTextToText

    return AutoModelForImageTextToText.from_pretrained(model_folder(), dtype=torch.float32)


def model_folder() -> str:
    found = importlib.util.find_spec("vstar_data")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).parent / "demo" / "model")


if __name__ == "__main__":
    main("trl", REQUIREMENTS, export, load)
