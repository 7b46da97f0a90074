"""The videos of a dataset's clips, for a push that includes them: which may be passed on, and where they lie."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vstar_data.adapters import VideoRoot
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import StorageError, UnusableClipError, UsageError
from vstar_data.generation.run_folder import RunFolder
from vstar_data.generation.videos import VideoRecord
from vstar_data.hub.content import PushedFile, is_plain_path
from vstar_data.hub.terms import SourceTerms, unshareable
from vstar_data.recipe.loading import load_recipe

FOLDER = "videos"
"""Where the videos lie in the repository."""

_NAMED = 5


@dataclass(frozen=True)
class PushedVideos:
    """The videos that go into the repository.

    Attributes:
        files: The files by their paths in the repository.
        by_source: Whether each source has a folder of its own, because two name different files alike.
    """

    files: dict[str, PushedFile]
    by_source: bool


def check_videos(dataset: PublishedDataset, terms: Mapping[str, SourceTerms]) -> dict[str, set[str]]:
    """Checks that every video may be passed on.

    Args:
        dataset: The dataset.
        terms: What is known of its sources.

    Returns:
        The videos of the clips that can be shown, by source.

    Raises:
        UsageError: A licence does not allow it, or there are no clips.
    """
    videos, licenses = defaultdict[str, set[str]](set), defaultdict[str, set[str | None]](set)
    for row in dataset.rows("clips", columns=["video", "source", "license", "unusable"]):
        if row["unusable"] is None:
            videos[row["source"]].add(row["video"])
            licenses[row["source"]].add(row["license"])
    if not videos:
        raise UsageError("There are no videos to push.", where=str(dataset.path), found="no usable clip")
    for source in sorted(videos):
        if barring := unshareable(terms.get(source), licenses[source]):
            named = ", ".join(ascii(name[:100]) for name in barring[:_NAMED])
            raise UsageError(
                f"The videos of {source!a} may not be passed on.",
                where="--embed-videos",
                expected="an open licence of every video, such as CC BY 4.0",
                found=f"licence: {named}" + (f" and {len(barring) - _NAMED} more" if len(barring) > _NAMED else ""),
                mend="push without --embed-videos: the rows name the videos",
            )
    return dict(videos)


def pushed_videos(run: Path, videos: Mapping[str, set[str]]) -> PushedVideos:
    """Finds the videos of a run and reads them.

    Args:
        run: The folder of the run.
        videos: The videos by source, as the clips name them.

    Raises:
        UsageError: A folder of videos or a video is not there, leads out of its folder, or is another one than the
            build saw.
        StorageError: A file cannot be read.
    """
    folder = RunFolder(run)
    folder.state()
    recipe, known = load_recipe(str(folder.recipe)), folder.videos()
    places = {source.source: source.videos for source in recipe.sources}
    found: dict[str, dict[str, Path]] = {}
    for source, names in sorted(videos.items()):
        place = str(folder.rendered_videos) if recipe.render else places.get(source)
        if place is None:
            raise UsageError("The run has no videos.", where=f"{folder.recipe}: sources: {source!a}: videos")
        root = VideoRoot(Path(place), recipe.follow_links)
        found[source] = {
            name: path
            for video in sorted(names)
            for name, path in _files(root, video, known.get((source, video)), source)
        }
    by_source = len({name for paths in found.values() for name in paths}) < sum(map(len, found.values()))
    files = {}
    for source, paths in found.items():
        for name, path in paths.items():
            target = f"{FOLDER}/{source}/{name}" if by_source else f"{FOLDER}/{name}"
            if not is_plain_path(target):
                raise UsageError("A video cannot be pushed under its name.", where=ascii(source), found=ascii(name))
            files[target] = PushedFile.at(target, path)
    return PushedVideos(files, by_source)


def _files(root: VideoRoot, video: str, known: VideoRecord | None, source: str) -> Iterator[tuple[str, Path]]:
    """Yields the file of a video, or the images of a folder of frames, each with its name below the root."""
    from vstar_data.video import identity
    from vstar_data.video.folders import frame_names

    try:
        path = root.path(video)
        if known is not None and known.identity and identity(path) != known.identity:
            raise UnusableClipError("changed", "it is another file than the build saw")
        name = os.path.normpath(video)
        if path.is_dir():
            for frame in frame_names(path):
                root.path(f"{name}/{frame}")
                yield f"{name}/{frame}", path / frame
        else:
            yield name, path
    except UnusableClipError as problem:
        raise UsageError(
            f"A video of {source!a} cannot be pushed.",
            where=str(root.root / video),
            found=problem.detail,
            mend="put it back, or push without --embed-videos",
        ) from None
    except OSError as problem:
        raise StorageError("A video cannot be read.", where=str(root.root / video), found=problem.strerror) from None
