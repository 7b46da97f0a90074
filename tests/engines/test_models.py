"""What a user may call a model, and what becomes of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fake_hub import COMMIT, hub
from vstar_data.engines.models import resolve_model
from vstar_data.errors import EngineError, ModelError

Tiny = Callable[[str], Path]

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import json, sys
from vstar_data.engines.loading import fingerprint_of
from vstar_data.errors import VstarDataError
try:
    fingerprint, model = fingerprint_of("transformers", sys.argv[1])
    made = {"fingerprint": fingerprint, "reference": model.reference, "name": model.name, "commit": model.commit}
    made["files"] = sorted(file.name for file in model.path.iterdir())
except VstarDataError as error:
    made = {"error": type(error).__name__, "code": error.exit_code, "text": str(error)}
made["torch"] = "torch" in sys.modules or "transformers" in sys.modules
print(json.dumps(made))
"""


def resolved_by_a_new_process(model: str, home: Path, endpoint: str) -> dict[str, Any]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "TRANSFORMERS_"))}
    environment |= {"HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1"}
    environment |= {"XDG_CACHE_HOME": str(home), "HF_HUB_DISABLE_TELEMETRY": "1"}
    command = [sys.executable, "-c", SCRIPT, model]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def test_a_folder(tiny: Tiny) -> None:
    folder = tiny("qwen2_vl")
    for model in (folder, str(folder)):
        found = resolve_model(model)
        assert (found.path, found.name, found.commit) == (folder, "qwen2_vl", None)
        assert resolve_model(found.reference) == found


def test_the_current_folder_has_its_own_name(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny("qwen2_vl"))
    assert resolve_model(".").name == "qwen2_vl"


def test_demo_is_the_shipped_model_and_a_path_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "demo").mkdir()
    monkeypatch.chdir(tmp_path)
    own = resolve_model("./demo")
    assert (own.name, own.reference) == ("demo", "./demo")
    import vstar_data

    shipped = Path(vstar_data.__file__).parent / "demo" / "model"
    if shipped.is_dir():
        found = resolve_model("demo")
        assert (found.path, found.reference) == (shipped, "demo")
    else:
        with pytest.raises(ModelError, match="shipped"):
            resolve_model("demo")


@pytest.mark.parametrize("model", ["/nowhere/at/all", "./nothing", "../nothing", "~/no-such-model", "nothing", "a/b/c"])
def test_an_absent_path_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match="no such model folder") as raised:
        resolve_model(model)
    assert raised.value.exit_code == 2


def test_a_name_inside_a_folder_that_exists_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "runs").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match="no such model folder"):
        resolve_model("runs/model")


def test_a_file_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match="this is a file"):
        resolve_model(tmp_path / "model.safetensors")


def test_without_network_and_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EngineError, match="cannot be fetched") as raised:
        resolve_model("some-org/some-model")
    assert raised.value.exit_code == 1


def test_a_model_of_the_hub_is_pinned_and_then_needs_no_network(tiny: Tiny, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny("qwen2_vl"), tmp_path / "served"))
    for extra in ("README.md", "modeling_own.py", "pytorch_model.bin", "training_args.bin"):
        (folder / extra).write_bytes(b"x")
    home = tmp_path / "home"
    with hub("some-org/some-model", folder) as server:
        first = resolved_by_a_new_process("some-org/some-model", home, server.url)
        assert first["reference"] == f"some-org/some-model@{COMMIT}"
        assert first["fingerprint"].startswith("some-org/some-model@0123456789ab+")
        assert first["files"] == sorted(file.name for file in tiny("qwen2_vl").iterdir())
        assert not first["torch"]
        before = len(server.asked)
        assert resolved_by_a_new_process(first["reference"], home, server.url) == first
        assert len(server.asked) == before

        absent = resolved_by_a_new_process("some-org/other-model", home, server.url)
        assert (absent["error"], absent["code"]) == ("ModelError", 2)
        revision = resolved_by_a_new_process("some-org/some-model@no-such-branch", home, server.url)
        assert (revision["error"], revision["code"]) == ("ModelError", 2)
        assert "no such revision" in revision["text"]
    closed = server.url
    assert resolved_by_a_new_process(first["reference"], home, closed) == first
    assert resolved_by_a_new_process("some-org/some-model", home, closed) == first
    unreachable = resolved_by_a_new_process("some-org/never-fetched", home, closed)
    assert (unreachable["error"], unreachable["code"]) == ("EngineError", 1)
