"""A process that runs many commands against the Hub server of the tests, one after the other.

Importing the client takes seconds, so tests that need many pushes share one process. It does what the command line does
with each command, but does not sleep: it notes how long it was to wait.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.hub.client import ROOT, TOKEN, environment
from tests.hub.server import HubServer

_PROCESS = Path(__file__).with_name("session_process.py")


@dataclass(frozen=True)
class Done:
    """How a command ended.

    Attributes:
        code: The exit code.
        out: What it wrote to stdout.
        err: What it wrote to stderr.
        waits: The seconds that it waited, one number for each time.
    """

    code: int
    out: str
    err: str
    waits: tuple[float, ...]


class Session:
    """The process; a context manager.

    Args:
        server: The server that it speaks to.
        home: The folder of its caches.
    """

    def __init__(self, server: HubServer, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(_PROCESS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(server, home),
        )

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exception: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def vstar_data(self, *arguments: object, token: str | None = TOKEN) -> Done:
        """Runs a command of vstar-data."""
        return self._ask({"arguments": list(map(str, arguments)), "token": token})

    def push(self, run: Path, repository: str) -> Done:
        """Pushes a run as the command does, without the command line, which takes as long to set up as the push."""
        return self._ask({"push": [str(run), repository], "token": TOKEN})

    def python(self, code: str, *arguments: object) -> str:
        """Runs Python code with `sys.argv[1:]`; returns what it printed, and fails where it fails."""
        done = self._ask({"code": code, "arguments": list(map(str, arguments)), "token": TOKEN})
        assert done.code == 0, done.err
        return done.out

    def _ask(self, order: dict[str, Any]) -> Done:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Done(answer["code"], answer["out"], answer["err"], tuple(answer["waits"]))
