"""Loads what `vstar-data export --format llava --image-token` writes with the dataset of LLaVA-NeXT's trainer.

    python tests/outside/load_with_llava.py [RUN]

That code trains LLaVA-Video and LLaVA-OneVision. Its dataset decodes each video, puts the conversation into a template
and masks all but the answer; its collator makes batches. Nothing is trained: its models need checkpoints of towers. The
versions are those that its pyproject.toml pins, or the nearest that Python 3.11 can install.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from environments import main, versions, vstar_data

COMMIT = "df179663ae8b83207df100a1f7af24caec633ff9"
REQUIREMENTS = (
    f"llava @ git+https://github.com/LLaVA-VL/LLaVA-NeXT@{COMMIT}",
    "torch==2.1.2",
    "torchvision==0.16.2",
    "transformers==4.40.2",
    "trl==0.8.6",
    "peft==0.10.0",
    "accelerate==0.29.3",
    "deepspeed==0.14.4",
    "datasets==2.16.1",
    "pyarrow<18",
    "numpy==1.26.4",
    "pandas<2.3",
    "setuptools<70",
    "av",
    "decord",
    "einops",
    "open_clip_torch",
    "timm",
    "requests",
)
IMAGE_TOKEN_INDEX, IGNORE_INDEX = -200, -100


def export(run: Path, folder: Path) -> None:
    vstar_data("export", run, "--format", "llava", "--output", folder / "rows.json", "--image-token")


def load(folder: Path) -> None:
    versions("llava", "transformers", "torch", "decord")
    from llava import conversation
    from llava.model.multimodal_encoder.siglip_encoder import SigLipImageProcessor
    from llava.train.train import DataArguments, make_supervised_data_module

    rows = json.loads((folder / "rows.json").read_text())
    conversation.default_conversation = conversation.conv_templates["qwen_1_5"]
    arguments = DataArguments(
        data_path=str(folder / "rows.json"), is_multimodal=True, video_folder="", frames_upbound=4, force_sample=True
    )
    arguments.image_processor = SigLipImageProcessor(size=(28, 28), crop_size={"height": 28, "width": 28})
    arguments.mm_use_im_start_end = False
    tokenizer = tokenizer_of([turn["value"] for row in rows for turn in row["conversations"]])
    module = make_supervised_data_module(tokenizer, arguments)
    dataset, collate = module["train_dataset"], module["data_collator"]
    assert len(dataset) == len(rows)
    for row, example in zip(rows, map(dataset._get_item, range(len(rows))), strict=True):
        check(row, example, tokenizer)
    batch = collate([dataset[0], dataset[1]])
    assert [len(frames) for frames in batch["images"]] == [4, 4]
    assert batch["modalities"] == ["video", "video"]
    print(f"LazySupervisedDataset: {len(dataset)} rows, each with one video of 4 frames and its answer as labels")


def check(row: dict[str, Any], example: dict[str, Any], tokenizer: Any) -> None:
    assert example["id"] == row["id"]
    assert (example["input_ids"] == IMAGE_TOKEN_INDEX).sum() == 1, "the video has no place in the text"
    ((frames, _, kind),) = example["image"]
    assert (kind, tuple(frames.shape)) == ("video", (4, 3, 28, 28))
    learnt = tokenizer.decode([token for token in example["labels"].tolist() if token >= 0])
    assert row["conversations"][1]["value"] in learnt, learnt
    assert row["conversations"][0]["value"].removeprefix("<image>\n") not in learnt, learnt


def tokenizer_of(texts: list[str]) -> Any:
    """Makes a tokenizer whose turns are those of Qwen, as the template of the trainer wants it."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(
        texts, trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, show_progress=False)
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<|endoftext|>",
        eos_token="<|im_end|>",
        additional_special_tokens=["<|im_start|>", "<|im_end|>"],
        model_max_length=8192,
    )


if __name__ == "__main__":
    main("llava", REQUIREMENTS, export, load)
