"""The engine that a recipe names is opened; its fingerprint is known before, without torch."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.sample_requests import request
from vstar_data.engines.loading import fingerprint_of, open_engine
from vstar_data.errors import ModelError, UnknownNameError, UsageError
from vstar_data.records import Completion

Tiny = Callable[[str], Path]

ROOT = Path(__file__).resolve().parents[2]


def test_transformers(tiny: Tiny) -> None:
    folder = tiny("internvl")
    fingerprint, model = fingerprint_of("transformers", folder)
    assert model.path == folder
    engine = open_engine("transformers", folder, batch_size=2, threads=1)
    assert (engine.capacity, engine.batched, engine.needs_frames) == (2, True, True)
    assert engine.fingerprint() == fingerprint
    engine.submit(request(0))
    [found] = engine.collect()
    assert isinstance(found, Completion)
    assert found.model == fingerprint
    engine.close()


def test_a_known_fingerprint_is_taken_over(tiny: Tiny) -> None:
    assert open_engine("transformers", tiny("internvl"), batch_size=1, fingerprint="a@1").fingerprint() == "a@1"


def test_replay(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps({"clip_id": "clips/0", "text": "It falls."}), encoding="utf-8")
    fingerprint, model = fingerprint_of("replay", file)
    assert (model.path, model.name) == (file, "answers.jsonl")
    engine = open_engine("replay", str(file), batch_size=1)
    assert (engine.batched, engine.needs_frames) == (False, False)
    assert engine.fingerprint() == fingerprint
    with pytest.raises(UsageError):
        fingerprint_of("replay", tmp_path / "absent.jsonl")


def test_an_unknown_engine_and_its_nearest(tiny: Tiny) -> None:
    with pytest.raises(UnknownNameError, match='did you mean "transformers"'):
        open_engine("transformer", tiny("internvl"), batch_size=1)
    with pytest.raises(UnknownNameError, match="replay"):
        fingerprint_of("reply", "x")


def test_a_folder_that_lacks_a_part_has_no_fingerprint(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        fingerprint_of("transformers", tmp_path)
    with pytest.raises(ModelError):
        open_engine("transformers", tmp_path, batch_size=1)


def test_no_torch_before_an_engine_is_opened(tiny: Tiny, tmp_path: Path) -> None:
    script = (
        "import sys; from vstar_data.engines.loading import fingerprint_of, open_engine\n"
        "import vstar_data.engines.transformers, vstar_data.engines.replay\n"
        "print(fingerprint_of('transformers', sys.argv[1])[0])\n"
        "heavy = {'torch', 'transformers', 'numpy', 'huggingface_hub', 'datasets'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    command = [sys.executable, "-c", script, str(tiny("internvl"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == fingerprint_of("transformers", tiny("internvl"))[0]
