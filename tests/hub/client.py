"""Running a command against the Hub server of the tests, in a process of its own.

The libraries read their environment once, when they are imported, and the process of the tests is offline: so whoever
speaks to the server is another process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.hub.server import HubServer

ROOT = Path(__file__).parent.parent.parent

TOKEN = "hf_test_token_of_me"
"""The token of the account `me`, which writes to `me/...` and `circus/...`."""

_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE")


def environment(server: HubServer, home: Path, token: str | None = TOKEN) -> dict[str, str]:
    """Returns the environment of a process that speaks to the server.

    Args:
        server: The server.
        home: The folder of the libraries' caches.
        token: What it logs in with; None for a process without a token.
    """
    variables = {name: value for name, value in os.environ.items() if name not in _OFFLINE and name != "HF_TOKEN"}
    variables.update(
        HF_ENDPOINT=server.url,
        HF_HOME=str(home),
        HF_HUB_DISABLE_XET="1",
        HF_HUB_DISABLE_TELEMETRY="1",
        NO_PROXY="127.0.0.1,localhost",
        PYTHONPATH=str(ROOT),
    )
    return variables if token is None else {**variables, "HF_TOKEN": token}


def vstar_data(
    server: HubServer, home: Path, *arguments: str, token: str | None = TOKEN, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Runs a command of vstar-data against the server; it has no terminal."""
    return _run(["-m", "vstar_data", *arguments], environment(server, home, token), timeout)


def python(
    server: HubServer, home: Path, code: str, *arguments: str, timeout: float = 120, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Runs Python code against the server, with more variables of the environment."""
    return _run(["-c", code, *arguments], {**environment(server, home), **variables}, timeout)


def _run(arguments: Sequence[str], environment: dict[str, str], timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
        check=False,
    )
