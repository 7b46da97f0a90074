"""The other end of `tests.hub.session`: reads commands from stdin, a JSON object a line, and answers alike."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from vstar_data.errors import VstarDataError


def main() -> None:
    answers = sys.stdout
    waits: list[float] = []
    time.sleep = waits.append
    for line in sys.stdin:
        waits.clear()
        code, out, err = done(json.loads(line))
        print(json.dumps({"code": code, "out": out, "err": err, "waits": waits}), file=answers, flush=True)


def done(order: dict[str, Any]) -> tuple[int, str, str]:
    os.environ.pop("HF_TOKEN", None)
    if order["token"] is not None:
        os.environ["HF_TOKEN"] = order["token"]
    sys.argv[1:] = order.get("arguments", [])
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            if "code" in order:
                exec(order["code"], {"__name__": "session"})
            elif "push" in order:
                push(*order["push"])
            else:
                from vstar_data.cli import main as command_line

                command_line()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except VstarDataError as problem:
            print(problem, file=err)
            code = problem.exit_code
        except BaseException:
            traceback.print_exc()
            code = -1
    return code, out.getvalue(), err.getvalue()


def push(run: str, repository: str) -> None:
    import vstar_data.hub as hub

    hub.push(Path(run), hub.PushOptions(repository, say=lambda line: print(line, file=sys.stderr)))


if __name__ == "__main__":
    main()
