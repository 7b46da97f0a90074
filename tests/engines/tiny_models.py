"""Random checkpoints of eight families of video models, each complete with tokenizer, processor and chat template.

A checkpoint takes a fraction of a second to make and under a megabyte. Its answers are noise; what it shows is that
one path of code serves every family. The tokenizer spells bytes, so any text can be put in and comes out again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import torch
import transformers as hf
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

TEXT = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 4096,
}
VISION = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4}
SQUARE = {"height": 28, "width": 28}

QWEN_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
LLAMA_TOKENS = ("<unk>", "<s>", "</s>", "<pad>", "<image>", "<video>")

PARTS = (
    "{% if message.content is string %}{{ message.content }}{% else %}{% for part in message.content %}"
    "{% if part.type == 'video' %}VIDEO{% elif part.type == 'image' %}IMAGE{% else %}{{ part.text }}{% endif %}"
    "{% endfor %}{% endif %}"
)
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n" + PARTS + "<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
VICUNA = (
    "{% for message in messages %}{{ 'USER' if message.role == 'user' else 'ASSISTANT' }}: " + PARTS + " {% endfor %}"
    "{% if add_generation_prompt %}ASSISTANT:{% endif %}"
)


def template(frame: str, *, video: str, image: str) -> str:
    return frame.replace("VIDEO", video).replace("IMAGE", image)


def byte_tokenizer(special: Iterable[str], *, adds_bos: bool = False, **names: Any) -> hf.PreTrainedTokenizerFast:
    """A token for each byte, and the special tokens; `names` are `eos_token`, `pad_token` and so on."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: number for number, token in enumerate([*special, *alphabet])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(special))
    if adds_bos:
        bos = names["bos_token"]
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{bos} $A", pair=f"{bos} $A {bos} $B", special_tokens=[(bos, vocabulary[bos])]
        )
    return hf.PreTrainedTokenizerFast(tokenizer_object=tokenizer, padding_side="left", model_max_length=4096, **names)


def text_config(tokenizer: Any, **more: Any) -> dict[str, Any]:
    ids = {f"{name}_token_id": getattr(tokenizer, f"{name}_token_id") for name in ("bos", "eos", "pad")}
    return TEXT | {"vocab_size": len(tokenizer)} | ids | more


def qwen(version: str) -> tuple[Any, Any]:
    start, end, image, video = "<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"
    tokenizer = byte_tokenizer(
        [*QWEN_TOKENS, start, end, image, video], eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )
    number = tokenizer.convert_tokens_to_ids
    ids = {
        "image_token_id": number(image),
        "video_token_id": number(video),
        "vision_start_token_id": number(start),
        "vision_end_token_id": number(end),
    }
    rope = {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [1, 1, 2]}
    text = text_config(tokenizer, rope_parameters=rope, head_dim=8)
    vision = {"depth": 2, "num_heads": 4, "hidden_size": 32}
    patch = 14
    if version == "Qwen2VL":
        vision |= {"embed_dim": 32, "mlp_ratio": 2}
    elif version == "Qwen2_5_VL":
        vision |= {"intermediate_size": 48, "out_hidden_size": 32, "fullatt_block_indexes": [1]}
    else:
        patch = 16
        vision |= {"intermediate_size": 48, "out_hidden_size": 32, "num_position_embeddings": 64}
        vision |= {"deepstack_visual_indexes": [0, 1]}
    config = getattr(hf, f"{version}Config")(text_config=text, vision_config=vision | {"patch_size": patch}, **ids)
    pixels = (2 * patch) ** 2
    grid = {"patch_size": patch, "merge_size": 2, "temporal_patch_size": 2}
    size = {"shortest_edge": pixels * 2, "longest_edge": pixels * (16 if version == "Qwen3VL" else 4)}
    processor = getattr(hf, f"{version}Processor")(
        image_processor=hf.Qwen2VLImageProcessor(**grid, size=size),
        video_processor=getattr(hf, "Qwen3VLVideoProcessor" if patch == 16 else "Qwen2VLVideoProcessor")(
            **grid, size=size
        ),
        tokenizer=tokenizer,
        chat_template=template(CHATML, video=start + video + end, image=start + image + end),
    )
    return getattr(hf, f"{version}ForConditionalGeneration")(config), processor


def smolvlm() -> tuple[Any, Any]:
    names = {
        "image_token": "<image>",
        "fake_image_token": "<fake_token_around_image>",
        "global_image_token": "<global-img>",
        "end_of_utterance_token": "<end_of_utterance>",
    }
    tokenizer = byte_tokenizer(
        [*QWEN_TOKENS, *names.values(), "<video>"],
        bos_token="<|im_start|>",
        eos_token="<end_of_utterance>",
        pad_token="<|im_end|>",
        extra_special_tokens=names,
    )
    config = hf.SmolVLMConfig(
        text_config=text_config(tokenizer, model_type="llama"),
        vision_config=VISION | {"image_size": 64, "patch_size": 16},
        scale_factor=2,
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
        pad_token_id=tokenizer.pad_token_id,
    )
    edge = {"size": {"longest_edge": 64}, "max_image_size": {"longest_edge": 64}}
    processor = hf.SmolVLMProcessor(
        image_processor=hf.SmolVLMImageProcessor(**edge, do_image_splitting=False),
        video_processor=hf.SmolVLMVideoProcessor(
            **edge, video_sampling={"fps": 1, "max_frames": 8, "video_size": {"longest_edge": 64}}
        ),
        tokenizer=tokenizer,
        image_seq_len=4,
        chat_template="<|im_start|>{% for message in messages %}{{ message.role | capitalize }}: "
        + template(PARTS, video="<video>", image="<image>")
        + "<end_of_utterance>\n{% endfor %}{% if add_generation_prompt %}Assistant:{% endif %}",
    )
    return hf.SmolVLMForConditionalGeneration(config), processor


def llava_onevision() -> tuple[Any, Any]:
    tokenizer = byte_tokenizer([*QWEN_TOKENS, "<image>", "<video>"], eos_token="<|im_end|>", pad_token="<|endoftext|>")
    points = [[28, 28], [28, 56]]
    config = hf.LlavaOnevisionConfig(
        text_config=text_config(tokenizer, model_type="qwen2"),
        vision_config=VISION
        | {"model_type": "siglip_vision_model", "image_size": 28, "patch_size": 14, "vision_use_head": False},
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        video_token_index=tokenizer.convert_tokens_to_ids("<video>"),
        image_grid_pinpoints=points,
    )
    processor = hf.LlavaOnevisionProcessor(
        image_processor=hf.LlavaOnevisionImageProcessor(size=SQUARE, image_grid_pinpoints=points),
        video_processor=hf.LlavaOnevisionVideoProcessor(size=SQUARE),
        tokenizer=tokenizer,
        num_image_tokens=4,
        vision_feature_select_strategy="full",
        chat_template=template(CHATML, video="<video>", image="<image>"),
    )
    return hf.LlavaOnevisionForConditionalGeneration(config), processor


def llama_family(name: str, side: int, image_processor: Any, video_processor: Any, **more: Any) -> tuple[Any, Any]:
    """Video-LLaVA and LLaVA-NeXT-Video, whose tokenizers put `<s>` in front while their templates do not."""
    tokenizer = byte_tokenizer(LLAMA_TOKENS, adds_bos=True, bos_token="<s>", eos_token="</s>", pad_token="<pad>")
    crop = {"size": {"shortest_edge": side}, "crop_size": {"height": side, "width": side}}
    points = {"image_grid_pinpoints": [[side, side]]} if name == "LlavaNextVideo" else {}
    config = getattr(hf, f"{name}Config")(
        text_config=text_config(tokenizer, model_type="llama"),
        vision_config=VISION | {"model_type": "clip_vision_model", "image_size": side, "patch_size": 14},
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        video_token_index=tokenizer.convert_tokens_to_ids("<video>"),
        **points,
    )
    processor = getattr(hf, f"{name}Processor")(
        image_processor=image_processor(**crop, **points),
        video_processor=video_processor(**crop),
        tokenizer=tokenizer,
        patch_size=14,
        vision_feature_select_strategy="default",
        chat_template=template(VICUNA, video="<video>\n", image="<image>\n"),
        **more,
    )
    return getattr(hf, f"{name}ForConditionalGeneration")(config), processor


def internvl() -> tuple[Any, Any]:
    names = {"start_image_token": "<img>", "end_image_token": "</img>", "context_image_token": "<IMG_CONTEXT>"}
    names["video_token"] = "<video>"
    tokenizer = byte_tokenizer(
        [*QWEN_TOKENS, *names.values()],
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        extra_special_tokens=names,
    )
    config = hf.InternVLConfig(
        text_config=text_config(tokenizer, model_type="qwen2"),
        vision_config=VISION | {"image_size": [28, 28], "patch_size": [7, 7]},
        image_token_id=tokenizer.convert_tokens_to_ids("<IMG_CONTEXT>"),
        image_seq_length=4,
        downsample_ratio=0.5,
    )
    processor = hf.InternVLProcessor(
        image_processor=hf.GotOcr2ImageProcessor(size=SQUARE, crop_to_patches=False),
        video_processor=hf.InternVLVideoProcessor(size=SQUARE),
        tokenizer=tokenizer,
        image_seq_length=4,
        chat_template=template(CHATML, video="<video>", image="<IMG_CONTEXT>"),
    )
    return hf.InternVLForConditionalGeneration(config), processor


FAMILIES: dict[str, Callable[[], tuple[Any, Any]]] = {
    "qwen2_vl": functools.partial(qwen, "Qwen2VL"),
    "qwen2_5_vl": functools.partial(qwen, "Qwen2_5_VL"),
    "qwen3_vl": functools.partial(qwen, "Qwen3VL"),
    "smolvlm": smolvlm,
    "llava_onevision": llava_onevision,
    "video_llava": lambda: llama_family("VideoLlava", 28, hf.VideoLlavaImageProcessor, hf.VideoLlavaVideoProcessor),
    "llava_next_video": lambda: llama_family(
        "LlavaNextVideo",
        56,
        hf.LlavaNextImageProcessor,
        hf.LlavaNextVideoVideoProcessor,
        num_additional_image_tokens=1,
    ),
    "internvl": internvl,
}


def build(family: str, folder: Path) -> Path:
    """Writes a checkpoint of a family into a folder and returns the folder.

    The weights are spread wider than at the start of a training, so that the answer depends on the video.
    """
    torch.manual_seed(sorted(FAMILIES).index(family))
    model, processor = FAMILIES[family]()
    with torch.no_grad():
        for weights in model.parameters():
            if weights.ndim > 1:
                weights.mul_(5)
    model.eval().save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


def chatml_words(folder: Path) -> None:
    """Gives a LLaVA-OneVision checkpoint a tokenizer of whole words, which cannot spell a control token as text."""
    special = [*QWEN_TOKENS, "<image>", "<video>"]
    words = [*special, "<unk>", "user", "assistant", "person", "opens", "the", "door"]
    tokenizer = Tokenizer(models.WordLevel({word: place for place, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.add_special_tokens(special)
    processor = hf.AutoProcessor.from_pretrained(folder)
    names = {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>", "unk_token": "<unk>"}
    processor.tokenizer = hf.PreTrainedTokenizerFast(tokenizer_object=tokenizer, padding_side="left", **names)
    processor.save_pretrained(folder)
