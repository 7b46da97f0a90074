"""What is settled here before the Hub is asked: what may be published, and all that is to be uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import UsageError
from vstar_data.hub.card import with_permission, with_videos
from vstar_data.hub.content import CARD, Content, checked_files, content_of
from vstar_data.hub.options import PushOptions
from vstar_data.hub.terms import SourceTerms, with_annotations
from vstar_data.hub.videos import FOLDER, check_videos, pushed_videos


def check_publishing(terms: Mapping[str, SourceTerms], options: PushOptions) -> None:
    """Checks that annotations may be passed on to everybody.

    Raises:
        UsageError: A licence forbids it and no permission is claimed.
    """
    if not options.permission and (forbidden := with_annotations(terms, "forbidden")):
        raise UsageError(
            "The annotations may not be passed on in public.",
            where=f"source {', '.join(ascii(name) for name in forbidden)}",
            expected="annotations whose licence allows it",
            found="; ".join(f"{name!a}: {text[:200]!a}" for name, text in forbidden.items()),
            mend="push to a private repository, or say --i-have-permission where the owners permit it",
        )
    if unknown := with_annotations(terms, "unknown"):
        options.say(
            f"warning: whether the annotations of {', '.join(map(ascii, unknown))} may be passed on is not known here: "
            "see their licences"
        )


def prepared(run: Path, dataset: PublishedDataset, terms: Mapping[str, SourceTerms], options: PushOptions) -> Content:
    """Returns what is to be pushed: the dataset as it is, with what the options add.

    Raises:
        UsageError: The dataset is not what its manifest says; a licence keeps a video back; a video is not there.
        StorageError: A file cannot be read.
    """
    wanted = check_videos(dataset, terms) if options.videos else None
    files = checked_files(dataset)
    claimed = with_annotations(terms, "forbidden") if options.permission else {}
    videos = pushed_videos(run, wanted) if wanted is not None else None
    if videos is None and not claimed:
        return content_of(dataset, files)
    stated: dict[str, object] = {}
    card = files[CARD].content().decode()
    if videos is not None:
        card = with_videos(card, len(videos.files), videos.by_source)
        stated["videos"] = {"folder": FOLDER, "by_source": videos.by_source, "files": len(videos.files)}
    if claimed:
        card = with_permission(card, claimed)
        stated["permission"] = {"claimed": True, "sources": sorted(claimed)}
    added = videos.files if videos is not None else {}
    return content_of(dataset, files, card=card.encode(), added=added, stated=stated)
