"""Loads what `vstar-data export --format llava` writes with the dataset of Video-STaR's trainer, that of Video-LLaVA.

    python tests/outside/load_with_video_star.py [RUN]

Its dataset decodes each video, puts the conversation into a template and masks all but the answer. Nothing is trained:
its model needs checkpoints. The code is no package; the versions are the nearest that Python 3.11 can install.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from environments import checkout, main, versions, vstar_data

URL, COMMIT = "https://github.com/orrzohar/Video-STaR", "191559dfe8f0cea49092eb4c16bb065ec3642ea7"
REQUIREMENTS = (
    "torch==2.1.2",
    "torchvision==0.16.2",
    "torchaudio==2.1.2",
    "numpy==1.26.4",
    "pandas<2.3",
    "transformers==4.31.0",
    "huggingface_hub<0.26",
    "accelerate==0.21.0",
    "peft==0.4.0",
    "setuptools<70",
    "pytorchvideo",
    "opencv-python-headless<4.12",
    "decord",
    "einops",
    "protobuf",
    "requests",
    "sentencepiece",
)
FRAMES = 8
IMAGE_TOKEN_INDEX = -200


def export(run: Path, folder: Path) -> None:
    checkout(URL, COMMIT, "videollava")
    vstar_data("export", run, "--format", "llava", "--output", folder / "rows.json")


def load(folder: Path) -> None:
    sys.path.insert(0, str(checkout(URL, COMMIT, "videollava")))
    versions("transformers", "torch", "decord")
    from videollava import conversation
    from videollava.model.multimodal_encoder.languagebind import LanguageBindVideoProcessor
    from videollava.train.train import DataArguments, LazySupervisedDataset, preprocess, preprocess_multimodal

    rows = json.loads((folder / "rows.json").read_text())
    conversation.default_conversation = conversation.conv_templates["v1"]
    arguments = DataArguments(data_path=[str(folder / "rows.json")], is_multimodal=True, video_folder="")
    vision = SimpleNamespace(video_decode_backend="decord", num_frames=FRAMES)
    arguments.video_processor = LanguageBindVideoProcessor(SimpleNamespace(vision_config=vision))
    arguments.num_frames, arguments.mm_use_im_start_end = FRAMES, False
    tokenizer = tokenizer_of([turn["value"] for row in rows for turn in row["conversations"]])
    dataset = LazySupervisedDataset([str(folder / "rows.json")], tokenizer, arguments)
    assert len(dataset) == len(rows)
    for number, row in enumerate(rows):
        # Where a row fails, its dataset takes another one at random: the row must be what it says.
        example = dataset[number]
        check(row, example, tokenizer)
        turns = preprocess_multimodal([[dict(turn) for turn in row["conversations"]]], arguments)
        own = preprocess(turns, tokenizer, has_image=True)
        assert example["input_ids"].tolist() == own["input_ids"][0].tolist()
    print(f"LazySupervisedDataset: {len(rows)} rows, each with one video of {FRAMES} frames and its answer as labels")


def check(row: dict[str, Any], example: dict[str, Any], tokenizer: Any) -> None:
    assert (example["input_ids"] == IMAGE_TOKEN_INDEX).sum() == FRAMES
    (video,) = example["image"]
    assert tuple(video.shape) == (3, FRAMES, 224, 224)
    learnt = tokenizer.decode([token for token in example["labels"].tolist() if token >= 0])
    assert learnt.strip() == row["conversations"][1]["value"] + "</s>", learnt


def tokenizer_of(texts: list[str]) -> Any:
    """Makes a tokenizer that begins each text with <s>, as that of Vicuna does."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<unk>", "<s>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A", special_tokens=[("<s>", 1)])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<unk>",
        model_max_length=8192,
    )


if __name__ == "__main__":
    main("video-star", REQUIREMENTS, export, load)
