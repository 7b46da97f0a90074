"""Sentence embeddings: which model is taken, what is missing and when that is said, captions under `strict`."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from tests.engines.fake_hub import COMMIT, hub
from vstar_data.cli.verify import command
from vstar_data.errors import EngineError, ModelError, UsageError
from vstar_data.records import RejectReason
from vstar_data.verification import VerificationSettings, verify
from vstar_data.verification.embedding import check_installed, cosine, embedder_folder, load_embedder
from vstar_data.verification.profiles import check_kinds

from .embedders import BagOfWords

INSTALLED = find_spec("sentence_transformers") is not None
WITHOUT = pytest.mark.skipif(INSTALLED, reason="the extra `embeddings` is installed")
CAPTION: dict[str, Any] = {"kind": "caption", "text": "A man pours milk into a bowl."}
QA: dict[str, Any] = {"kind": "qa", "question": "Which one?", "answer": "the towel"}


def saved(folder: Path) -> Path:
    """Writes a folder with the parts of a model of sentence embeddings."""
    folder.mkdir()
    (folder / "modules.json").write_text("[]", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("A man pours milk into a bowl.", None),
        ("The video was made in a kitchen. There a man pours the milk into a bowl.", None),
        ("A dog runs over the meadow.", RejectReason.ABSENT),
        ("", RejectReason.ABSENT),
        ("A man does not pour milk into a bowl.", RejectReason.NEGATED),
        ("A man pours milk into a bowl?", RejectReason.RESTATED),
        ("I cannot watch videos. A man pours milk into a bowl.", RejectReason.REFUSED),
        ("A man pours milk into a bowl. " * 6, RejectReason.DEGENERATE),
        ("<think>A man pours milk into a bowl.", RejectReason.TRUNCATED),
    ],
)
def test_a_caption_is_a_target_of_strict_with_an_embedder(answer: str, reason: RejectReason | None) -> None:
    (target,) = verify(answer, [CAPTION], embedder=BagOfWords()).per_label
    assert (target.accepted, target.reason) == (reason is None, reason)


def test_a_caption_that_denies_is_met_by_a_denial() -> None:
    caption = {"kind": "caption", "text": "The man does not pour milk into the bowl."}
    assert verify("The man does not pour milk into the bowl.", [caption], embedder=BagOfWords()).accepted
    assert not verify("The man does pour milk into the bowl.", [caption], embedder=BagOfWords()).accepted
    assert verify("He not only sings: a man pours milk into a bowl.", [CAPTION], embedder=BagOfWords()).accepted


def test_a_rationalized_caption_may_not_leak() -> None:
    answer = "As the caption says, a man pours milk into a bowl."
    assert verify(answer, [CAPTION], mode="rationalized", embedder=BagOfWords()).reasons == (RejectReason.LEAK,)
    assert verify(answer, [CAPTION], embedder=BagOfWords()).accepted


def test_a_caption_is_no_target_without_an_embedder() -> None:
    assert verify("A man pours milk into a bowl.", [CAPTION]).reasons == (RejectReason.UNPARSABLE,)


def test_embeddings_are_not_asked_for_where_no_rule_needs_them() -> None:
    embedder = BagOfWords()
    assert verify("the towel", [QA], embedder=embedder).accepted
    assert verify("the towel", [QA], profile="paper", embedder=embedder).accepted
    assert not embedder.asked


def test_cosine() -> None:
    assert cosine((1, 0), (0, 1)) == 0.0
    assert cosine((1, 2), (2, 4)) == pytest.approx(1.0)
    assert cosine((1, 0), (-3, 0)) == pytest.approx(-1.0)
    assert cosine((0, 0), (1, 0)) == 0.0


def test_the_settings_are_published_without_paths(tmp_path: Path) -> None:
    def published(embedder: str | None) -> Any:
        return VerificationSettings(profile="released", embedder=embedder).portable()["embedder"]

    assert published(None) is None
    assert published("some-org/some-model@abc") == "some-org/some-model@abc"
    assert published(str(tmp_path / "mine")) == "mine"
    assert published("./models/mine") == "mine"
    assert published("~/mine") == "mine"


@WITHOUT
@pytest.mark.parametrize(
    ("profile", "kind", "embedder"),
    [("released", "qa", None), ("paper", "sequence", None), ("strict", "caption", "some-org/some-model")],
)
def test_the_missing_extra_is_said_before_any_work(profile: str, kind: str, embedder: str | None) -> None:
    with pytest.raises(UsageError) as raised:
        check_kinds(profile, ["class", kind], embedder)
    text = str(raised.value)
    assert raised.value.exit_code == 2
    for said in (f"`{profile}`", kind, "sentence-transformers", 'pip install "vstar-data[embeddings]"'):
        assert said in text


@WITHOUT
def test_verify_does_not_judge_without_the_extra(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not installed"):
        verify("the towel", [{"kind": "class", "name": "towel"}, QA], profile="released")
    with pytest.raises(UsageError, match="not installed"):
        load_embedder("some-org/some-model")
    app = typer.Typer()
    app.command()(command)
    rows = [{"id": 1, "answer": "the towel", "labels": [QA]}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for more in ((), ("--embedder", "some-org/some-model")):
        arguments = [
            str(tmp_path / "in.jsonl"),
            "--output",
            str(tmp_path / "out.jsonl"),
            "--profile",
            "released",
            *more,
        ]
        error = CliRunner().invoke(app, arguments).exception
        assert isinstance(error, UsageError)
        assert f"{tmp_path / 'in.jsonl'}:1" in str(error)
        assert 'pip install "vstar-data[embeddings]"' in str(error)
        assert not (tmp_path / "out.jsonl").exists()


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    assert embedder_folder(str(saved(tmp_path / "mine"))) == tmp_path / "mine"


@pytest.mark.parametrize("part", ["modules.json", "model.safetensors"])
def test_a_folder_must_be_whole(tmp_path: Path, part: str) -> None:
    folder = saved(tmp_path / "mine")
    (folder / part).unlink()
    with pytest.raises(ModelError, match=part.rpartition(".")[2]):
        embedder_folder(str(folder))


def test_a_path_that_is_no_folder_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name in ("file", "nothing", str(tmp_path / "nothing"), "./nothing/else/at-all"):
        with pytest.raises(ModelError, match="no such model"):
            embedder_folder(name)


def test_without_network_and_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EngineError, match="cannot be fetched"):
        embedder_folder("some-org/some-embedder")


def test_a_model_of_the_hub_is_fetched_once(tmp_path: Path) -> None:
    folder = saved(tmp_path / "served")
    (folder / "model.onnx").write_bytes(b"the same weights again")
    with hub("some-org/some-embedder", folder) as server:
        first = found_by_a_new_process("some-org/some-embedder", tmp_path / "home", server.url)
        assert first == [COMMIT, "model.safetensors", "modules.json"]
        before = len(server.asked)
        assert found_by_a_new_process("some-org/some-embedder", tmp_path / "home", server.url) == first
        assert found_by_a_new_process(f"some-org/some-embedder@{COMMIT}", tmp_path / "home", server.url) == first
        assert len(server.asked) == before
        assert found_by_a_new_process("some-org/other", tmp_path / "home", server.url) == ["ModelError"]


def found_by_a_new_process(name: str, home: Path, url: str) -> list[str]:
    """Returns the name of the folder that a model is found in and of its files, or that of the error."""
    code = (
        "import sys\nfrom vstar_data.errors import VstarDataError\n"
        "from vstar_data.verification.embedding import embedder_folder\n"
        "try:\n    found = embedder_folder(sys.argv[1])\n"
        "    print(found.name, *sorted(file.name for file in found.iterdir()))\n"
        "except VstarDataError as error:\n    print(type(error).__name__)\n"
    )
    environment = {"HF_HOME": str(home), "HF_ENDPOINT": url, "PATH": "", "HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code, name], env=environment, cwd=home.parent, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.skipif(not INSTALLED, reason="the extra `embeddings` is not installed")
def test_a_real_model_embeds_sentences(tmp_path: Path) -> None:
    folder = tiny_sentence_transformer(tmp_path / "tiny")
    check_installed()
    embedder = load_embedder(str(folder))
    assert load_embedder(str(folder)) is embedder
    one, other, same = embedder.embed(["a man pours milk", "a dog runs", "a man pours milk"])
    assert cosine(one, same) == pytest.approx(1.0)
    assert cosine(one, other) < 1.0
    verdict = verify("A man pours milk.", [{"kind": "caption", "text": "a man pours milk"}], embedder=str(folder))
    assert verdict.accepted


def tiny_sentence_transformer(folder: Path) -> Path:
    """Saves an untrained BERT of a few words as sentence-transformers lays a model out."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "a", "man", "pours", "milk", "dog", "runs", "."]
    tokenizer = Tokenizer(models.WordLevel({word: place for place, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "model_max_length": 64}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(folder)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (folder / "1_Pooling").mkdir()
    pooling = {"word_embedding_dimension": 16, "pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling), encoding="utf-8")
    return folder
