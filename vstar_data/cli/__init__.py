"""The command line: one file per command, gathered here. Errors become messages and exit codes in `main`."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Annotated, NoReturn

import typer

from vstar_data.cli import (
    adapters,
    assemble,
    audit,
    build,
    clips,
    diff,
    doctor,
    export,
    push,
    recipes,
    report,
    review,
    status,
    verify,
)
from vstar_data.errors import VstarDataError

app = typer.Typer(
    name="vstar-data",
    help="Turns labelled videos into verified instruction-tuning data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("vstar-data"))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    pass


app.command("build")(build.command)
app.command("assemble")(assemble.command)
app.command("status")(status.command)
app.command("verify")(verify.command)
app.command("audit")(audit.command)
app.command("report")(report.command)
app.command("review")(review.command)
app.command("clips")(clips.command)
app.command("diff")(diff.command)
app.command("doctor")(doctor.command)
app.command("export")(export.command)
app.command("push")(push.command)
app.add_typer(adapters.app, name="adapters")
app.add_typer(recipes.app, name="recipes")


class Stopped(BaseException):
    """A signal asked to stop. No ordinary exception, so that nothing on the way takes it for a failure."""


def main() -> None:
    """Runs the command line. Exit codes: 0 done, 1 disk, network or model, 2 usage or input, 130 interrupted."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        app()
    except VstarDataError as problem:
        _end(f"error: {problem}", problem.exit_code)
    except Stopped:
        anew = sys.argv[1:2] in (["verify"], ["diff"], ["doctor"])
        kept = "nothing was written" if anew else "all that was made is kept"
        go_on = "to begin anew" if anew else "to go on"
        print(f"stopped: {kept}; run the same command again {go_on}", file=sys.stderr, flush=True)
        # A clip that is being decoded would hold an ordinary exit back until it is done.
        os._exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
    except OSError as problem:
        _end(f"error: {problem.strerror or problem}\n  where:    {problem.filename or 'unknown'}", 1)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    for other in (signal.SIGINT, signal.SIGTERM):
        signal.signal(other, signal.SIG_IGN)
    # Where the signal meets a generator that is being closed, nothing is to be said about it.
    sys.unraisablehook = lambda unraisable: None
    raise Stopped


def _end(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr, flush=True)
    raise SystemExit(code)
