"""A checkpoint of the class Qwen2.5-VL with random weights, made anew each time: what tools load without a network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PAD, TURN, END, OPEN, CLOSE, IMAGE, VIDEO = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
SPECIAL = (
    PAD,
    TURN,
    END,
    *(f"<|{name}_{side}|>" for name in ("object_ref", "box", "quad") for side in ("start", "end")),
    OPEN,
    CLOSE,
    "<|vision_pad|>",
    IMAGE,
    VIDEO,
)
QWEN_WORDS = 151_643
"""How many words come before them in the tokenizers of Qwen; ms-swift goes by the ids that follow from it."""

TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}{% for part in message['content'] %}"
    "{% if part['type'] == 'video' %}<|vision_start|><|video_pad|><|vision_end|>"
    "{% elif part['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif part['type'] == 'text' %}{{ part['text'] }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
PATCH = 14


def make_tiny_model(folder: Path, texts: list[str], words: int = 400) -> None:
    """Saves the model, its tokenizer and its processor.

    Args:
        folder: The folder to fill.
        texts: What the tokenizer learns its words from.
        words: How many words it has; where there are fewer to learn, unused ones fill up.
    """
    import torch
    import transformers

    torch.manual_seed(0)
    tokenizer = _tokenizer(texts, words)
    number = tokenizer.convert_tokens_to_ids
    text = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 8192,
        "vocab_size": len(tokenizer),
        "bos_token_id": number(PAD),
        "eos_token_id": number(END),
        "pad_token_id": number(PAD),
        "rope_parameters": {"rope_type": "default", "rope_theta": 10_000.0, "mrope_section": [1, 1, 2]},
    }
    vision = {
        "depth": 2,
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_heads": 4,
        "out_hidden_size": 32,
        "patch_size": PATCH,
        "fullatt_block_indexes": [1],
    }
    config = transformers.Qwen2_5_VLConfig(
        text_config=text,
        vision_config=vision,
        image_token_id=number(IMAGE),
        video_token_id=number(VIDEO),
        vision_start_token_id=number(OPEN),
        vision_end_token_id=number(CLOSE),
    )
    model = transformers.Qwen2_5_VLForConditionalGeneration(config)
    pixels = (2 * PATCH) ** 2
    sizes = {
        "patch_size": PATCH,
        "merge_size": 2,
        "temporal_patch_size": 2,
        "size": {"shortest_edge": 4 * pixels, "longest_edge": 8 * pixels},
    }
    processor = transformers.Qwen2_5_VLProcessor(
        image_processor=transformers.Qwen2VLImageProcessor(**sizes),
        tokenizer=tokenizer,
        video_processor=transformers.Qwen2VLVideoProcessor(**sizes),
        chat_template=TEMPLATE,
    )
    model.save_pretrained(folder)
    processor.save_pretrained(folder)


def _tokenizer(texts: list[str], words: int) -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    learnt = Tokenizer(models.BPE())
    learnt.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    learnt.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    learnt.train_from_iterator(
        texts, trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, show_progress=False)
    )
    content = json.loads(learnt.to_str())
    vocabulary = content["model"]["vocab"]
    vocabulary.update({f"unused {number}": number for number in range(len(vocabulary), words)})
    whole = Tokenizer.from_str(json.dumps(content))
    whole.add_special_tokens(list(SPECIAL))
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=whole, pad_token=PAD, eos_token=END, padding_side="left", model_max_length=8192
    )
    assert tokenizer.convert_tokens_to_ids(PAD) == words
    assert tokenizer.convert_tokens_to_ids(VIDEO) == words + SPECIAL.index(VIDEO)
    return tokenizer
