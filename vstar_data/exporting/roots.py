"""Where the videos of a dataset lie: the folder that the user names, else those of the run that it was built in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vstar_data.adapters import VideoRoot
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.generation.run_folder import RunFolder
from vstar_data.recipe.loading import load_recipe
from vstar_data.recipe.recipe import Recipe
from vstar_data.video import FrameSettings


class VideoFolders:
    """The folders of videos by source, and how frames are taken from them.

    Args:
        run: The run; a folder that is none knows no videos.
        videos: One folder for the videos of all sources, in place of those of the run.

    Raises:
        UsageError: The named folder is not there, or the run's recipe cannot be read.
    """

    def __init__(self, run: Path, videos: Path | None) -> None:
        folder = RunFolder(run)
        recipe = load_recipe(str(folder.recipe)) if folder.state_file.is_file() else None
        follow_links = recipe.follow_links if recipe else False
        self.frames = recipe.frames if recipe else FrameSettings()
        self._all = VideoRoot(videos, follow_links) if videos is not None else None
        self._of_source = _of_recipe(recipe, folder) if recipe else {}

    def of(self, source: str) -> VideoRoot | None:
        """Returns the folder of a source; None where it is unknown or is not on this machine."""
        return self._all or self._of_source.get(source)


def _of_recipe(recipe: Recipe, folder: RunFolder) -> Mapping[str, VideoRoot]:
    found = {}
    for source in recipe.sources:
        path = Path(source.videos) if source.videos is not None else None
        if recipe.render is not None and folder.rendered_videos.is_dir():
            # A run that drew its own videos may have been moved together with them.
            path = folder.rendered_videos
        if path is not None and path.is_dir():
            found[source.source] = VideoRoot(path, recipe.follow_links)
    return found


def frame_rates(dataset: PublishedDataset) -> dict[tuple[str, str], float]:
    """Returns the frame rates of the videos that are folders of frames, by source and video."""
    return {
        (row["source"], row["video"]): row["fps"]
        for row in dataset.rows("clips", columns=["source", "video", "fps"])
        if row["fps"] is not None
    }
