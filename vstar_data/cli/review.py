"""`vstar-data review`: a page on which a person looks at answers and decides."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from vstar_data.review.session import Review


def command(
    run: Annotated[Path, typer.Argument(help="The folder of a run.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on this machine; 0 for any.")] = 7860,
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; by default the name of the login.")
    ] = None,
    videos: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder of the videos, where it is not the run's.")
    ] = None,
) -> None:
    """Opens a page to look at the clips and answers of a run, and to accept or reject answers.

    Decisions are appended to decisions.jsonl in the run, with who and when; they overrule the verifier when the dataset
    is next assembled. The page can be opened on this machine alone. Needs the extra `review`.

    Example: vstar-data review runs/demo

    Example: vstar-data review runs/demo --port 8080 --reviewer anna --videos /data/clips
    """
    from vstar_data.review.serving import serve

    serve(run, _name(reviewer), port, _say, videos)


def _name(reviewer: str | None) -> str:
    from vstar_data.auditing.cells import printable
    from vstar_data.errors import UsageError

    if reviewer is None:
        try:
            reviewer = getpass.getuser()
        except (KeyError, OSError):
            reviewer = "reviewer"
    if not (name := printable(reviewer, 100)):
        raise UsageError("The reviewer has no name.", where="--reviewer", expected="a name, as it goes into the run")
    return name


def _say(address: str, review: Review) -> None:
    counts = review.standing.counts()
    decided = sum(number for choice, number in counts.items() if choice != "skip")
    print(f"{len(review.index):,} answers, {decided:,} of them decided on; {review.reviewer} decides now")
    print(f"open {address} in a browser; Ctrl-C ends the review", flush=True)
