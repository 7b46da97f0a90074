"""`vstar-data doctor` in an environment that is whole, and in one that is broken in many places."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import vstar_data
from tests.hub.client import TOKEN, environment
from tests.hub.server import HubServer

SECRET = "hf_" + "s" * 34
ASKED = "from vstar_data.doctor.hub import token\nfound = token(online=True)\nprint(found.status, found.found)"


def test_a_whole_environment(tmp_path: Path) -> None:
    output = tmp_path / "found.json"
    done = vstar_data("doctor", "--output", str(output))
    assert done.code == 0, done.stdout
    told = json.loads(output.read_text())
    found = {finding["name"]: finding for finding in told["findings"]}
    assert told["demo_can_run"] is True
    assert "`vstar-data build demo` can run here" in done.stdout
    needed = ("python", "vstar-data", "torch", "torchvision", "transformers", "word forms", "parser", "demo model")
    assert {name: found[name]["status"] for name in needed} == dict.fromkeys(needed, "ok")
    assert found["offline"]["status"] == "note"
    assert all(finding["found"] for finding in told["findings"])
    assert all(finding["mend"] for finding in told["findings"] if finding["status"] != "ok")
    assert all(name.split()[0] in done.stdout for name in found)


def test_a_broken_environment_is_told_without_a_traceback(tmp_path: Path) -> None:
    shadow, home = tmp_path / "shadow", tmp_path / "home"
    for package, code in {
        "torch": "raise ImportError('libcudart.so.13: cannot open shared object file')",
        "av": "import sys; print('noise'); sys.exit('no FFmpeg')",
    }.items():
        (shadow / package).mkdir(parents=True)
        (shadow / package / "__init__.py").write_text(code)
    home.write_text("a file where a folder should be")
    output = tmp_path / "found.json"
    variables = {"HF_TOKEN": SECRET, "HF_HOME": str(home), "VSTAR_DATA_ROOT": str(tmp_path / "nothing")}
    done = vstar_data("doctor", "-o", str(output), environment={**variables, "PYTHONPATH": str(shadow)})
    assert done.code == 1, done.stderr
    found = {finding["name"]: finding for finding in json.loads(output.read_text())["findings"]}
    stops = {name for name, finding in found.items() if finding["stops_demo"]}
    assert {"torch", "torchvision", "decoder"} <= stops
    assert "python" not in stops
    assert "libcudart.so.13" in found["torch"]["found"]
    assert "no FFmpeg" in found["decoder"]["found"]
    assert (found["hub cache"]["status"], found["hub cache"]["stops_demo"]) == ("problem", False)
    assert (found["gpu"]["status"], found["gpu"]["stops_demo"]) == ("problem", False)
    assert found["VSTAR_DATA_ROOT"]["status"] == "note"
    assert found["hub token"]["status"] == "ok"
    assert found["word forms"]["status"] == "ok"
    assert "cannot run here: " in done.stdout
    assert "noise" not in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr + output.read_text()


def test_a_working_folder_that_was_removed_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    code = "import os\nos.rmdir(os.getcwd())\nfrom vstar_data.cli import main\nmain()"
    command = [sys.executable, "-c", code, "doctor"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path / "gone")
    assert (done.returncode, done.stdout) == (2, "")
    assert "The working folder is gone" in done.stderr


def test_the_table_is_shown_where_the_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = vstar_data("doctor", "--output", str(tmp_path / "file" / "found.json"))
    assert done.code == 1
    assert "can run here" in done.stdout


def said(server: HubServer, home: Path, code: str, token: str | None = TOKEN) -> subprocess.CompletedProcess[str]:
    """Runs code in a process that speaks to the server."""
    variables = environment(server, home, token)
    return subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each token when the Hub is asked, and when it cannot be."""
    home = tmp_path_factory.mktemp("home")
    with HubServer() as server:
        tokens = {"good": TOKEN, "bad": SECRET, "none": None}
        found = {name: said(server, home, ASKED, token) for name, token in tokens.items()}
        requests = len(server.requests)
        said(server, home, ASKED.replace("True", "False"))
        assert len(server.requests) == requests
    found["gone"] = said(server, home, ASKED)
    assert not [done for done in found.values() if SECRET in done.stdout or TOKEN in done.stdout]
    return {name: done.stdout.strip() for name, done in found.items()}


def test_the_hub_says_whose_a_token_is(asked: dict[str, str]) -> None:
    assert asked["good"] == "ok from HF_TOKEN; me, may write"
    assert asked["bad"].startswith("problem")
    assert asked["bad"].endswith("answers 401")
    assert asked["none"] == "note none"


def test_a_hub_that_cannot_be_asked_is_a_problem(asked: dict[str, str]) -> None:
    assert asked["gone"].startswith("problem from HF_TOKEN; http://127.0.0.1:")
    assert "cannot be asked" in asked["gone"]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import atexit, sys\nsys.argv[1:] = ['doctor', '--help']\n"
        "atexit.register(lambda: print(sorted({'torch', 'av', 'polars', 'huggingface_hub'} & set(sys.modules)),"
        " file=sys.stderr))\nfrom vstar_data.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stderr.strip() == "[]"
