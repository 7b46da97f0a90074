"""An interpreter that has imported what a build needs, and becomes a new process for each command by forking.

A fresh interpreter takes ten seconds to import torch and transformers, far longer than the builds of the tests take to
work. What it forks is a process like any other: its own id, memory, working folder and files, and it can be killed.

Usage: python warm_interpreter.py FD, the number of a listening socket, with a pipe as its stdin: where that ends, so
does the interpreter and all that it forked. `tests/commands.py` is its client: a connection carries one command and
three files, and is told the number of the process and how it ended. Nothing is imported before the first one comes.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import selectors
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import Any, NoReturn

IMPORTED = (
    "altair",
    "vl_convert",
    "pandas",
    "pyarrow.parquet",
    "pyarrow.pandas_compat",
    "av",
    "torchvision",
    "transformers.generation.logits_process",
    "transformers.models.auto.modeling_auto",
    "transformers.models.auto.processing_auto",
    "transformers.models.llava_onevision.modeling_llava_onevision",
    "transformers.models.llava_onevision.processing_llava_onevision",
    "transformers.models.llava_onevision.video_processing_llava_onevision",
    "transformers.models.llava_onevision.image_processing_llava_onevision",
    "transformers.models.qwen2.modeling_qwen2",
    "transformers.models.siglip.modeling_siglip",
    "vstar_data.build",
    "vstar_data.demo.clips",
    "vstar_data.engines.transformers",
    "vstar_data.verification.verifier",
)


class Warm:
    """Takes connections, forks for each, and tells when the processes end."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._running: dict[int, socket.socket] = {}
        self._ended, self._wakeup = socket.socketpair()
        self._ended.setblocking(False)
        self._wakeup.setblocking(False)

    def serve(self) -> dict[str, Any]:
        """Serves until stdin ends; in a forked process, returns the command that it is to run."""
        signal.set_wakeup_fd(self._wakeup.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        with selectors.DefaultSelector() as waiting:
            for readable in (self._listener, self._ended, sys.stdin):
                waiting.register(readable, selectors.EVENT_READ)
            while True:
                for key, _ in waiting.select():
                    if key.fileobj is sys.stdin:
                        self._end()
                    elif key.fileobj is self._listener:
                        if (command := self._fork()) is not None:
                            return command
                        # The ends of connections are heard too: who asked may have died.
                        for connection in self._running.values():
                            if connection.fileno() not in waiting.get_map():
                                waiting.register(connection, selectors.EVENT_READ)
                    elif key.fileobj is self._ended:
                        self._reap(waiting)
                    else:
                        waiting.unregister(key.fileobj)
                        self._kill(key.fileobj)

    def _fork(self) -> dict[str, Any] | None:
        connection, _ = self._listener.accept()
        size, files, _, _ = socket.recv_fds(connection, 8, 3)
        command: dict[str, Any] = json.loads(_received(connection, int.from_bytes(size, "big")))
        child = os.fork()
        if child:
            self._running[child] = connection
            for file in files:
                os.close(file)
            connection.sendall(b"%d\n" % child)
            return None
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for target, file in enumerate(files):
            os.dup2(file, target)
            os.close(file)
        for inherited in (self._listener, self._ended, self._wakeup, connection, *self._running.values()):
            inherited.close()
        return command

    def _reap(self, waiting: selectors.BaseSelector) -> None:
        with suppress(BlockingIOError):
            self._ended.recv(4096)
        for process in list(self._running):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                connection = self._running.pop(process)
                with suppress(KeyError, ValueError):
                    waiting.unregister(connection)
                with suppress(OSError):
                    connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
                connection.close()

    def _kill(self, connection: Any) -> None:
        for process, asked in self._running.items():
            if asked is connection:
                os.kill(process, signal.SIGKILL)

    def _end(self) -> NoReturn:
        for process in self._running:
            os.kill(process, signal.SIGKILL)
        os._exit(0)


def _received(connection: socket.socket, size: int) -> bytes:
    content = b""
    while len(content) < size:
        part = connection.recv(size - len(content))
        if not part:
            break
        content += part
    return content


def main() -> None:
    """Imports, serves, and in each forked process runs a command as a fresh interpreter would."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        listener.set_inheritable(False)
        if sys.stdin in select.select([listener, sys.stdin], [], [])[0]:
            return
        for name in IMPORTED:
            importlib.import_module(name)
        # What a collection looks at is copied into each child: it is to look at nothing that was imported here.
        gc.collect()
        gc.freeze()
        command = Warm(listener).serve()
    try:
        _run(command)
        code = 0
    except SystemExit as end:
        code = _code(end.code)
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    # Taking the interpreter apart would copy every page that it shares with its siblings, for a second and more.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _code(given: object) -> int:
    """The exit code that an interpreter ends with where `sys.exit` was given a value."""
    if given is None or isinstance(given, int):
        return given or 0
    print(given, file=sys.stderr)
    return 1


def _run(command: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(command["variables"])
    os.chdir(command["folder"])
    sys.argv = [command["script"] or "vstar-data", *command["arguments"]]
    if command["script"]:
        sys.path[0] = os.path.dirname(command["script"])
        runpy.run_path(command["script"], run_name="__main__")
    else:
        sys.path[0] = os.getcwd()
        runpy.run_module("vstar_data", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
