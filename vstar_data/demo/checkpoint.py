"""The parts of the demo's model before training: tokenizer, processor, random weights of a stock `transformers` class.

Whole words where the world of the demo has them, single letters for all other words, so that nothing is unspeakable.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from typing import Any

from vstar_data.demo import labels, lessons
from vstar_data.demo.scenes import COLOURS, MOTIONS, SHAPES
from vstar_data.generation import prompts
from vstar_data.questions import wordings

PAD, UNKNOWN, USER, ASSISTANT, END, IMAGE, VIDEO = SPECIAL = (
    "<pad>",
    "<unk>",
    "<|user|>",
    "<|assistant|>",
    "<|end|>",
    "<image>",
    "<video>",
)
SEEN = 40
"""Height and width in pixels of a frame as the model sees it."""
PATCH = 10
_SPREAD = 0.08
"""Standard deviation of the first weights. The class's own, 0.02, is meant for wider models and starts slowly here."""
_WORD = r"\d+(?:\.\d+)?|[^\W\d_]+|[^\w\s]|_"

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|user|>' if message['role'] == 'user' else '<|assistant|>' }}"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'video' %}<video>{% elif part['type'] == 'image' %}<image>"
    "{% elif part['type'] == 'text' %}{{ part['text'] }}{% endif %}"
    "{% endfor %}{% endif %}<|end|>"
    "{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def vocabulary() -> list[str]:
    """Returns all tokens: special ones, words of the prompts and of the answers, then letters, digits and signs."""
    words = dict.fromkeys(word for text in _texts() for word in re.findall(_WORD, text.lower()))
    spelled = [*string.ascii_lowercase, *string.digits]
    inner = [f"##{sign}" for sign in [*spelled, "."]]
    return list(dict.fromkeys([*SPECIAL, *words, *spelled, *inner, *string.punctuation]))


def processor() -> Any:
    """Returns the `LlavaOnevisionProcessor` with its tokenizer, video processor and chat template."""
    from transformers import LlavaOnevisionImageProcessor, LlavaOnevisionProcessor, LlavaOnevisionVideoProcessor

    size = {"height": SEEN, "width": SEEN}
    scale = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3}
    return LlavaOnevisionProcessor(
        image_processor=LlavaOnevisionImageProcessor(size=size, image_grid_pinpoints=[[SEEN, SEEN]], **scale),
        tokenizer=_tokenizer(),
        video_processor=LlavaOnevisionVideoProcessor(size=size, **scale),
        num_image_tokens=(SEEN // PATCH) ** 2,
        vision_feature_select_strategy="full",
        chat_template=CHAT_TEMPLATE,
    )


def model(tokens: int, width: int = 96) -> Any:
    """Returns a `LlavaOnevisionForConditionalGeneration` of random weights.

    Args:
        tokens: Size of the vocabulary.
        width: Hidden size of the vision tower and of the language model.
    """
    from transformers import GenerationConfig, LlavaOnevisionConfig, LlavaOnevisionForConditionalGeneration

    place = SPECIAL.index
    vision = {
        "model_type": "siglip_vision_model",
        "image_size": SEEN,
        "patch_size": PATCH,
        "hidden_size": width,
        "intermediate_size": 2 * width,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "vision_use_head": False,
    }
    text = {
        "model_type": "qwen2",
        "vocab_size": tokens,
        "hidden_size": width,
        "intermediate_size": 3 * width,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "num_key_value_heads": 4,
        "max_position_embeddings": 1024,
        "bos_token_id": place(USER),
        "eos_token_id": place(END),
        "pad_token_id": place(PAD),
        "initializer_range": _SPREAD,
    }
    made = LlavaOnevisionForConditionalGeneration(
        LlavaOnevisionConfig(
            vision_config=vision,
            text_config=text,
            image_token_index=place(IMAGE),
            video_token_index=place(VIDEO),
            image_grid_pinpoints=[[SEEN, SEEN]],
            tie_word_embeddings=False,
            initializer_range=_SPREAD,
        )
    )
    made.generation_config = GenerationConfig(
        bos_token_id=place(USER), eos_token_id=place(END), pad_token_id=place(PAD), max_new_tokens=96
    )
    return made


def _texts() -> Iterable[str]:
    for bank in (
        wordings.CLASS,
        wordings.CLASSES,
        wordings.QA,
        wordings.QA_WITH_CHOICES,
        wordings.NUMBER,
        wordings.SEGMENT,
    ):
        yield from (re.sub(r"\{\w+\}", " ", text) for text in bank)
    yield from (prompts.REASON, prompts.HINT.format(hint=""), "in the box at it is not the case that")
    yield from (labels.COLOUR_QUESTION, labels.SHAPE_QUESTION, labels.NUMBER, labels.EVENT)
    yield "so the action answer is . the an a and at then it is at the end , hidden dark bright from to seconds between"
    yield "small medium large top middle bottom left center right above below row of dots object border"
    yield from (*COLOURS, *SHAPES, *MOTIONS, *lessons.PHRASES, *lessons.NUMBERS, *lessons.EVENTS)
    yield from (f"{half / 2:g}" for half in range(21))


def _tokenizer() -> Any:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    places = {token: number for number, token in enumerate(vocabulary())}
    words = Tokenizer(models.WordPiece(places, unk_token=UNKNOWN, max_input_chars_per_word=64))
    words.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()])
    words.pre_tokenizer = pre_tokenizers.Split(Regex(_WORD), behavior="removed", invert=True)
    words.decoder = decoders.Sequence(
        [decoders.WordPiece(prefix="##", cleanup=True), decoders.Replace(" :", ":"), decoders.Replace(" ;", ";")]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=words,
        bos_token=USER,
        eos_token=END,
        pad_token=PAD,
        unk_token=UNKNOWN,
        extra_special_tokens={"image_token": IMAGE, "video_token": VIDEO, "assistant_token": ASSISTANT},
        padding_side="left",
        clean_up_tokenization_spaces=False,
        model_max_length=1024,
    )
