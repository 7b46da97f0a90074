"""The embedded default: synthetic labelled clips, and a tiny video-language model trained on such (in `model`).

`build demo` renders the clips into the run's folder and takes the same path as any dataset and any model.
"""

from __future__ import annotations

from pathlib import Path


def model_folder() -> Path:
    """Returns the folder of the shipped model, the one that `--model demo` names."""
    return Path(__file__).parent / "model"


def render_demo(videos: Path) -> Path:
    """Renders the demo's clips, as far as they are not there yet.

    Args:
        videos: The folder for the videos; it is made if absent.

    Returns:
        The path of `clips.jsonl` in that folder, which the adapter `jsonl` reads.

    Raises:
        StorageError: The folder cannot be written.
    """
    from vstar_data.demo.clips import render

    return render(videos)
