"""What holds for every test: no network, one thread, the same hypothesis examples in every run of the CI.

The variables are set before any test module is imported, because the libraries read them once, when they are imported.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from typing import Any

_hub_home = tempfile.mkdtemp(prefix="vstar-data-tests-hub-")
atexit.register(shutil.rmtree, _hub_home, ignore_errors=True)
os.environ.update(
    HF_HOME=_hub_home,
    HF_HUB_OFFLINE="1",
    TRANSFORMERS_OFFLINE="1",
    HF_DATASETS_OFFLINE="1",
    OMP_NUM_THREADS="1",
    TOKENIZERS_PARALLELISM="false",
)

from hypothesis import settings  # noqa: E402

from tests.commands import start_warm_interpreter  # noqa: E402

start_warm_interpreter()

settings.register_profile("vstar-data", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("vstar-data")

_LOCAL = ("127.0.0.1", "::1", "localhost", "")


def _refuse_the_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Turns a connection to another machine into an error, whichever library makes it."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host is not None and (host.decode() if isinstance(host, bytes) else host) not in _LOCAL:
        raise RuntimeError(f"a test tried to reach {host}: tests run without network")


sys.addaudithook(_refuse_the_network)
