"""What a model's folder lacks is found from its files, each part told apart, with the mend."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from vstar_data.engines.model_folder import check_folder, needed_files
from vstar_data.engines.models import check_model
from vstar_data.errors import ModelError

Tiny = Callable[[str], Path]


@pytest.fixture
def folder(tiny: Tiny, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny("qwen2_vl"), tmp_path / "model"))


def test_a_whole_folder_passes(folder: Path) -> None:
    check_model(folder)
    check_model(str(folder))


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("config.json", "no config.json"),
        ("model.safetensors", "no weights"),
        ("processor_config.json", "no processor"),
        ("tokenizer.json", "no tokenizer"),
        ("chat_template.jinja", "no chat template"),
    ],
)
def test_each_missing_part_is_named(folder: Path, file: str, what: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ModelError, match=what) as raised:
        check_model(folder)
    assert raised.value.exit_code == 2
    assert str(folder) in str(raised.value)
    assert raised.value.mend


def test_the_mend_of_a_missing_template_names_the_option(folder: Path, tmp_path: Path) -> None:
    (folder / "chat_template.jinja").rename(tmp_path / "own.jinja")
    with pytest.raises(ModelError, match="--chat-template FILE"):
        check_model(folder)
    check_model(folder, tmp_path / "own.jinja")


@pytest.mark.parametrize("file", ["chat_template.json", "tokenizer_config.json"])
def test_a_template_may_lie_in_older_places(folder: Path, file: str) -> None:
    template = (folder / "chat_template.jinja").read_text(encoding="utf-8")
    (folder / "chat_template.jinja").unlink()
    before = json.loads((folder / file).read_text(encoding="utf-8")) if (folder / file).is_file() else {}
    (folder / file).write_text(json.dumps(before | {"chat_template": template}), encoding="utf-8")
    check_model(folder)


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_given_template_must_be_a_text(folder: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "given.jinja"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ModelError, match="chat template"):
        check_model(folder, file)


@pytest.mark.parametrize("content", [b"", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"])
def test_weights_that_are_no_weights(folder: Path, content: bytes) -> None:
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match="not whole"):
        check_model(folder)


def test_weights_that_were_cut(folder: Path) -> None:
    file = folder / "model.safetensors"
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.truncate(size - 1)
    with pytest.raises(ModelError, match=f"{size - 1} bytes of {size}"):
        check_model(folder)


def test_a_missing_shard_is_named(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "model-00001-of-00002.safetensors")
    index = {"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")
    with pytest.raises(ModelError, match=r"model-00002-of-00002\.safetensors"):
        check_model(folder)


def test_an_adapter_is_told_from_a_model(folder: Path) -> None:
    (folder / "config.json").rename(folder / "adapter_config.json")
    with pytest.raises(ModelError, match="LoRA adapter"):
        check_folder(folder)


@pytest.mark.parametrize("content", ["{", "[]", '{"hidden_size": 1}'])
def test_a_broken_config(folder: Path, content: str) -> None:
    (folder / "config.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json"):
        check_model(folder)


def test_needed_files_are_of_one_weight_format() -> None:
    names = [
        "README.md",
        "config.json",
        "model-00001-of-00001.safetensors",
        "model.safetensors.index.json",
        "pytorch_model.bin",
        "training_args.bin",
        "original/consolidated.00.pth",
        "modeling_own.py",
        "chat_template.jinja",
        "qwen.tiktoken",
    ]
    weights = ["model-00001-of-00001.safetensors", "model.safetensors.index.json"]
    assert needed_files(names) == ["chat_template.jinja", "config.json", *weights, "qwen.tiktoken"]
    assert "modeling_own.py" in needed_files(names, code=True)
    assert needed_files(["config.json", "pytorch_model.bin"]) == ["config.json", "pytorch_model.bin"]
