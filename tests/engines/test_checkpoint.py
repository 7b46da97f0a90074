"""A checkpoint whose parts do not fit together is refused, each case in its own words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers as hf
from safetensors.torch import load_file, save_file

from tests.engines.sample_requests import request
from tests.engines.tiny_models import byte_tokenizer
from vstar_data.engines.transformers import TransformersEngine
from vstar_data.errors import EngineError, ModelError, UsageError
from vstar_data.records import Completion

Tiny = Callable[[str], Path]


@pytest.fixture
def folder(tiny: Tiny, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny("qwen2_vl"), tmp_path / "model"))


def change(file: Path, **values: Any) -> None:
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | values), encoding="utf-8")


def opened(folder: Path, **options: Any) -> TransformersEngine:
    return TransformersEngine(folder, batch_size=1, threads=1, **options)


def test_weights_that_would_be_random_are_refused(folder: Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    name = next(name for name in tensors if "layers.1" in name)
    del tensors[name]
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="not complete"):
        opened(folder)


def test_weights_of_another_shape_are_refused(folder: Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    name = next(name for name in tensors if name.endswith("q_proj.weight"))
    tensors[name] = torch.zeros(3, 3)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises((ModelError, EngineError), match="cannot be loaded"):
        opened(folder)


def test_a_model_of_words_alone_is_refused(tmp_path: Path) -> None:
    tokenizer = byte_tokenizer(["<s>", "</s>"], bos_token="<s>", eos_token="</s>")
    config = hf.LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2
    )
    hf.LlamaForCausalLM(config).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    (tmp_path / "chat_template.jinja").write_text("{{ messages }}", encoding="utf-8")
    (tmp_path / "processor_config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError):
        opened(tmp_path)


def test_an_unknown_model_type_is_refused(folder: Path) -> None:
    change(folder / "config.json", model_type="made_up")
    with pytest.raises(ModelError):
        opened(folder)


def test_code_of_the_model_is_not_run_unasked(folder: Path) -> None:
    change(folder / "config.json", model_type="own", auto_map={"AutoConfig": "own.OwnConfig"})
    (folder / "own.py").write_text("raise SystemExit('run')", encoding="utf-8")
    with pytest.raises(ModelError, match="not run unasked"):
        opened(folder)


def test_a_template_that_does_not_render_is_refused(folder: Path, tmp_path: Path) -> None:
    template = tmp_path / "own.jinja"
    template.write_text("{% for message in messages %}", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be rendered") as raised:
        opened(folder, chat_template=template)
    assert "own.jinja" in str(raised.value)


def test_a_given_template_takes_the_place_of_the_folders(folder: Path, tmp_path: Path) -> None:
    template = tmp_path / "own.jinja"
    own = (folder / "chat_template.jinja").read_text(encoding="utf-8")
    template.write_text(own.replace("<|im_start|>assistant\n", "<|im_start|>assistant\nSo:"), encoding="utf-8")
    (folder / "chat_template.jinja").unlink()
    engine = opened(folder, chat_template=template)
    engine.submit(request(0))
    [found] = engine.collect()
    assert isinstance(found, Completion)
    assert engine._checkpoint is not None
    assert "So:" in engine._checkpoint.template


def test_half_precision_is_widened_on_the_cpu_and_kept_where_asked_for(folder: Path) -> None:
    model = hf.AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.bfloat16)
    model.save_pretrained(folder)
    for dtype, expected in (("auto", torch.float32), ("bfloat16", torch.bfloat16)):
        engine = opened(folder, dtype=dtype, device="cpu")
        assert engine._checkpoint is not None
        assert engine._checkpoint.model.dtype == expected
        engine.submit(request(0))
        assert isinstance(engine.collect()[0], Completion)


def test_an_unknown_dtype_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="float32"):
        opened(folder, dtype="int4")


def test_a_batch_has_at_least_one_row(folder: Path) -> None:
    with pytest.raises(ValueError, match="batch_size"):
        TransformersEngine(folder, batch_size=0)
