"""`vstar-data push`: publishes a run's dataset on the Hugging Face Hub."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    run: Annotated[Path, typer.Argument(help="The folder of a run.")],
    repository: Annotated[str, typer.Argument(metavar="REPO_ID", help="OWNER/NAME of a dataset on the Hub.")],
    tag: Annotated[
        str | None,
        typer.Option(metavar="vX.Y.Z", help="The version; without it the next one after the newest that is there."),
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="Make a new repository public, not private.")] = False,
    embed_videos: Annotated[
        bool, typer.Option("--embed-videos", help="Push the videos too, where every licence allows it.")
    ] = False,
    i_have_permission: Annotated[
        bool,
        typer.Option(
            "--i-have-permission",
            help="You have the owners' permission where a licence forbids to pass annotations on; the dataset says so.",
        ),
    ] = False,
) -> None:
    """Publishes the dataset of a run as one commit and one tag.

    The repository is made if it is not there, and is private unless --public is given. What is there already is not
    pushed again, so the same command can be repeated after any failure, and a tag is never moved. The token comes from
    `hf auth login` or HF_TOKEN; HF_ENDPOINT names another Hub.

    Example: vstar-data push runs/demo ann/demo-reasons

    Example: vstar-data push runs/demo ann/demo-reasons --tag v1.0.0 --public --embed-videos
    """
    import sys

    from vstar_data.cli import summary
    from vstar_data.hub import PushOptions, push

    options = PushOptions(
        repository,
        tag,
        public=public,
        videos=embed_videos,
        permission=i_have_permission,
        bars=sys.stderr.isatty(),
        say=summary.warn,
    )
    pushed = push(run, options)
    if pushed.already:
        summary.warn(f"already there as {pushed.tag}: nothing was changed")
    print(pushed.url)
    print(f"hf://datasets/{repository}@{pushed.tag}")
    if pushed.config is not None:
        print(f'load_dataset("{repository}", "{pushed.config}", revision="{pushed.tag}")')
