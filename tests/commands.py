"""Runs commands in processes of their own, as a user does: forked from a warm interpreter, or in a fresh one.

Forking takes milliseconds, see `tests/warm_interpreter.py`. What depends on the start of an interpreter (what
is imported, variables that are read once, the seed of hashes) is tested in a fresh one; so is everything where
VSTAR_DATA_TESTS_FRESH is set, or on a platform whose processes cannot be forked safely.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

WARM = Path(__file__).parent / "warm_interpreter.py"
SOCKET = "VSTAR_DATA_TESTS_WARM"


@dataclass(frozen=True)
class Finished:
    """How a process ended."""

    code: int
    stdout: str
    stderr: str


def vstar_data(*arguments: str, environment: dict[str, str] | None = None, fresh: bool = False) -> Finished:
    """Runs the command line in a process of its own, a fresh one where variables are given."""
    if fresh or environment:
        command = [sys.executable, "-m", "vstar_data", *arguments]
        variables = {**os.environ, **(environment or {})}
        done = subprocess.run(command, capture_output=True, text=True, env=variables, check=False, timeout=300)
        return Finished(done.returncode, done.stdout, done.stderr)
    return Started(arguments).finished()


def script(path: Path, *arguments: str, fresh: bool = False) -> Finished:
    """Runs a Python script in a process of its own."""
    if fresh:
        command = [sys.executable, str(path), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        return Finished(done.returncode, done.stdout, done.stderr)
    return Started(arguments, path).finished()


class Started:
    """A running process of the command line, or of a script.

    Args:
        arguments: Those of the command line, or of the script.
        path: A script to run in place of the command line.
    """

    def __init__(self, arguments: Sequence[str], path: Path | None = None) -> None:
        self._output, self._errors = (tempfile.TemporaryFile() for _ in range(2))  # noqa: SIM115
        self._process = _started(arguments, path, self._output, self._errors)
        self.pid = self._process.pid

    def running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def send(self, number: int) -> None:
        """Sends a signal, if the process has not ended."""
        if self.running():
            os.kill(self.pid, number)

    def finished(self, timeout: float = 300) -> Finished:
        """Waits for the end; kills what takes longer.

        Args:
            timeout: In seconds.

        Raises:
            TimeoutExpired: It took longer.
        """
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.send(signal.SIGKILL)
            raise
        with self._output, self._errors:
            return Finished(code, _text(self._output), _text(self._errors))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


class _Forked:
    """A process that the warm interpreter forked, with what `subprocess.Popen` offers of the same names."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._code: int | None = None
        self.pid = int(self._line(120))

    def poll(self) -> int | None:
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float) -> int:
        if self._code is None:
            self._code = int(self._line(timeout))
            self._connection.close()
        return self._code

    def _line(self, timeout: float) -> bytes:
        # No timeout at all would make the socket wait for ever, and 0 not at all.
        self._connection.settimeout(timeout)
        line = b""
        try:
            while not line.endswith(b"\n"):
                with suppress(ConnectionResetError):
                    byte = b""
                    byte = self._connection.recv(1)
                if not byte:
                    problem = Path(os.environ[SOCKET]).with_name("errors").read_text()
                    raise RuntimeError(f"the warm interpreter has ended\n{problem}")
                line += byte
        except (TimeoutError, BlockingIOError):
            raise subprocess.TimeoutExpired("a command", timeout) from None
        return line


def _started(
    arguments: Sequence[str], path: Path | None, output: IO[bytes], errors: IO[bytes]
) -> _Forked | subprocess.Popen[bytes]:
    place = os.environ.get(SOCKET)
    if not place:
        command = [sys.executable, *([str(path)] if path else ["-m", "vstar_data"]), *arguments]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
    given = {"script": str(path or ""), "arguments": arguments, "folder": os.getcwd(), "variables": dict(os.environ)}
    command = json.dumps(given).encode()
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(place)
    with open(os.devnull, "rb") as nothing:
        files = [nothing.fileno(), output.fileno(), errors.fileno()]
        socket.send_fds(connection, [len(command).to_bytes(8, "big")], files)
    connection.sendall(command)
    return _Forked(connection)


def start_warm_interpreter() -> None:
    """Starts the interpreter that the processes of this session are forked from; it imports at the first command."""
    if SOCKET in os.environ or "VSTAR_DATA_TESTS_FRESH" in os.environ or sys.platform != "linux":
        return
    folder = tempfile.mkdtemp(prefix="vstar-data-tests-warm-")
    os.environ[SOCKET] = f"{folder}/socket"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.environ[SOCKET])
    listener.listen()
    # It ends with the pipe, so with this process, however that ends. Its own group: Ctrl-C in a terminal is for pytest.
    with listener, open(f"{folder}/errors", "wb") as errors:
        process = subprocess.Popen(
            [sys.executable, str(WARM), str(listener.fileno())],
            stdin=subprocess.PIPE,
            stderr=errors,
            pass_fds=[listener.fileno()],
            start_new_session=True,
        )
    atexit.register(_stop, process, folder)


def _stop(process: subprocess.Popen[bytes], folder: str) -> None:
    assert process.stdin is not None
    process.stdin.close()
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)
