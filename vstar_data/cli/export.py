"""`vstar-data export`: writes the rows of a dataset as another training tool reads them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """The formats, in the order of the help."""

    trl_sft = "trl-sft"
    trl_dpo = "trl-dpo"
    trl_grpo = "trl-grpo"
    llava = "llava"
    llamafactory = "llamafactory"
    ms_swift = "ms-swift"


def command(
    run: Annotated[Path, typer.Argument(help="The folder of a run, or its dataset/.")],
    format_: Annotated[Format, typer.Option("--format", help="For which tool.")],
    output: Annotated[
        Path,
        typer.Option(help="trl-*: .parquet or .jsonl; llava: .json; ms-swift: .jsonl; llamafactory: a folder."),
    ],
    split: Annotated[str, typer.Option(help="train, validation or test.")] = "train",
    modes: Annotated[str, typer.Option(help="Which answers: direct, rationalized, or both.")] = "direct,rationalized",
    videos: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder of the videos, where it is not the run's.")
    ] = None,
    relative_paths: Annotated[
        bool, typer.Option("--relative-paths", help="Keep the paths of the dataset, relative to its folder of videos.")
    ] = False,
    cut_clips: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Make videos of clips that are a part of a file or a folder of frames."),
    ] = None,
    frames: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="trl-*: show the model's frames, as pictures in DIR, in place of videos."),
    ] = None,
    image_token: Annotated[
        bool, typer.Option("--image-token", help="llava: <image> stands for the video, as LLaVA-NeXT wants it.")
    ] = False,
) -> None:
    """Writes the rows of a dataset as another training tool reads them.

    Paths of videos are absolute where the run's videos are found on this machine.

    Example: vstar-data export runs/demo --format llava --output demo.json

    Example: vstar-data export runs/demo --format trl-sft --output demo.parquet --frames demo-frames
    """
    from vstar_data.cli import summary
    from vstar_data.dataset.reading import PublishedDataset
    from vstar_data.executors.progress import Progress
    from vstar_data.exporting import ExportOptions, export

    options = ExportOptions(
        format=format_.value,
        split=split,
        modes=tuple(mode.strip() for mode in modes.split(",") if mode.strip()),
        videos=videos,
        relative=relative_paths,
        cuts=cut_clips,
        frames=frames,
        image_token=image_token,
    )
    progress = Progress()
    progress.phase("rows")
    try:
        exported = export(PublishedDataset(run), output, options, progress.tick)
    finally:
        progress.close()
    print(f"{output}: {exported.rows:,} row{'' if exported.rows == 1 else 's'} for {format_.value}")
    if exported.made:
        print(f"{cut_clips or frames}: {exported.made:,} clip{'' if exported.made == 1 else 's'} made")
    if exported.name is not None:
        print(f"dataset_dir: {output}, dataset: {exported.name}")
    if exported.unplaced:
        summary.warn(
            f"note: where the videos of {', '.join(map(repr, exported.unplaced[:5]))} are is not known: their paths"
            " stay relative; --videos DIR makes them absolute"
        )
    if format_.value.startswith("trl-") and frames is None:
        summary.warn("note: TRL's own trainers take pictures, not videos: --frames DIR exports what they train on")
