"""`vstar-data doctor`: what is installed, what is missing, what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    online: Annotated[bool, typer.Option("--online", help="Also ask the Hub whose the token is.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.json", help="Write the findings as JSON, for programs."),
    ] = None,
) -> None:
    """Looks at Python, the libraries, GPUs, the decoder, the Hub's token and the disks. Changes nothing.

    Says of each what was found and what to do about it. The exit code is 1 where something keeps `vstar-data build
    demo` from running, else 0. Without --online nothing asks the network, and the token is never shown.

    Example: vstar-data doctor

    Example: vstar-data doctor --output doctor.json
    """
    import contextlib
    import sys

    from vstar_data.cli import doctor_table
    from vstar_data.doctor.examination import examine
    from vstar_data.errors import UsageError

    try:
        Path.cwd()
    except OSError as raised:
        # Libraries end the program without a word of why.
        found, mend = raised.strerror, "change to a folder that exists, then run the command again"
        raise UsageError("The working folder is gone.", found=found, mend=mend) from None
    if sys.stderr.isatty():
        print("looking at everything takes some seconds ...", file=sys.stderr, flush=True)
    # What a library prints while it loads is no result.
    with contextlib.redirect_stdout(sys.stderr):
        findings = list(examine(online=online))
    doctor_table.print_findings(findings)
    stopped = any(finding.stops_demo for finding in findings)
    if output is not None:
        import msgspec

        from vstar_data.files import write_whole

        content = {"demo_can_run": not stopped, "findings": findings}
        write_whole(output, msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")
    if stopped:
        raise typer.Exit(1)
