"""A fingerprint follows what shapes the answers, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from vstar_data.engines.fingerprint import fingerprint
from vstar_data.errors import ModelError

Tiny = Callable[[str], Path]

LONG_AGO = 1_000_000_000


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "vstar-data"


@pytest.fixture
def folder(tiny: Tiny, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny("qwen2_vl"), tmp_path / "model"))


def hash_of(name: str) -> str:
    return re.split("[@+]", name)[-1]


def flip(file: Path, place: int = -1) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def age(file: Path) -> None:
    os.utime(file, (LONG_AGO, LONG_AGO))


def test_the_form(folder: Path) -> None:
    assert re.fullmatch(r"model@[0-9a-f]{16}", fingerprint(folder))
    assert re.fullmatch(r"demo@[0-9a-f]{16}", fingerprint(folder, name="demo"))
    assert re.fullmatch(r"a/b@0123abc\+[0-9a-f]{16}", fingerprint(folder, name="a/b@0123abc"))


def test_a_copy_and_a_move_keep_the_hash(folder: Path, tmp_path: Path) -> None:
    before = fingerprint(folder)
    copy = shutil.copytree(folder, tmp_path / "elsewhere" / "copy")
    assert fingerprint(copy).startswith("copy@")
    assert hash_of(fingerprint(copy)) == hash_of(before)
    moved = folder.rename(tmp_path / "elsewhere" / "model")
    assert fingerprint(moved) == before
    (tmp_path / "link").symlink_to(moved)
    assert fingerprint(tmp_path / "link") == before


@pytest.mark.parametrize(
    "file",
    [
        "model.safetensors",
        "config.json",
        "generation_config.json",
        "processor_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "chat_template.jinja",
    ],
)
def test_a_changed_byte_changes_it(folder: Path, file: str) -> None:
    before = fingerprint(folder)
    flip(folder / file)
    assert fingerprint(folder) != before


def test_what_shapes_no_answer_does_not_count(folder: Path) -> None:
    before = fingerprint(folder)
    (folder / "README.md").write_text("A card.", encoding="utf-8")
    (folder / "training_args.bin").write_bytes(b"1")
    (folder / "checkpoint-10").mkdir()
    (folder / "checkpoint-10" / "model.safetensors").write_bytes(b"1")
    assert fingerprint(folder) == before


def test_a_given_template_and_a_dtype_count(folder: Path, tmp_path: Path) -> None:
    template = tmp_path / "own.jinja"
    template.write_text("{{ messages }}", encoding="utf-8")
    made = [fingerprint(folder), fingerprint(folder, template), fingerprint(folder, dtype="bfloat16")]
    template.write_text("{{ messages }}!", encoding="utf-8")
    made.append(fingerprint(folder, template))
    assert len(set(made)) == 4


def test_weights_are_read_once(folder: Path, cache: Path) -> None:
    weights = folder / "model.safetensors"
    age(weights)
    before = fingerprint(folder)
    assert list((cache / "file-hashes").iterdir())
    flip(weights)
    age(weights)
    assert fingerprint(folder) == before
    shutil.rmtree(cache)
    assert fingerprint(folder) != before


def test_weights_that_were_just_written_are_read_again(folder: Path, cache: Path) -> None:
    weights = folder / "model.safetensors"
    os.utime(weights)
    status = weights.stat()
    before = fingerprint(folder)
    flip(weights)
    os.utime(weights, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert fingerprint(folder) != before


def test_a_damaged_cache_is_not_believed(folder: Path, cache: Path) -> None:
    age(folder / "model.safetensors")
    before = fingerprint(folder)
    for kept in (cache / "file-hashes").iterdir():
        kept.write_bytes(b"\xff cut")
    assert fingerprint(folder) == before


def test_a_cache_that_cannot_be_written_is_not_used(folder: Path, tmp_path: Path, cache: Path) -> None:
    age(folder / "model.safetensors")
    before = fingerprint(folder)
    shutil.rmtree(cache.parent)
    cache.parent.write_text("a file where the folder should be", encoding="utf-8")
    assert fingerprint(folder) == before


def test_a_file_that_cannot_be_read_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.jinja"):
        fingerprint(folder, tmp_path / "nowhere.jinja")
