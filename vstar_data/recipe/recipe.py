"""What a recipe holds: everything that decides what a run makes, gathered from the settings of each room. Data only."""

from __future__ import annotations

import json
import math
from typing import Any

import msgspec

from vstar_data.questions.settings import QuestionSettings
from vstar_data.recipe.filters import FilterSettings
from vstar_data.recipe.generate import BlockSettings, GenerateSettings
from vstar_data.recipe.reformat import ReformatSettings
from vstar_data.records import Record, Split
from vstar_data.terms import Terms
from vstar_data.verification.settings import VerificationSettings
from vstar_data.video.settings import FrameSettings


class SourceSettings(Record, frozen=True):
    """One source of clips: an adapter with its options, and where the data lies.

    `name` is the first part of the clips' ids and defaults to the adapter's name. Without `annotations` and `videos`
    they are looked up in `$VSTAR_DATA_ROOT/<name>/annotations` and `$VSTAR_DATA_ROOT/<name>/videos`. Of the clips at
    most `cap` are taken, and at most `class_cap` of each class; `weight` is the source's part among all sources.
    `terms` says of licences and citations what the adapter does not know.
    """

    adapter: str
    adapter_options: dict[str, Any] = msgspec.field(default_factory=dict)
    annotations: str | None = None
    videos: str | None = None
    split: Split = Split.TRAIN
    name: str | None = None
    cap: int | None = None
    class_cap: int | None = None
    weight: float | None = None
    terms: Terms | None = None

    def __post_init__(self) -> None:
        for key in ("cap", "class_cap"):
            if getattr(self, key) is not None and getattr(self, key) < 1:
                raise ValueError(f"`{key}` must be at least 1, found {getattr(self, key)}")
        if self.weight is not None and not 0 < self.weight < math.inf:
            raise ValueError(f"`weight` must be a finite number above 0, found {self.weight}")
        if "/" in self.source or "#" in self.source:
            raise ValueError(f"`name` is {self.source!r}: it must not hold / or #, which divide the parts of an id")
        _check_unicode("adapter_options", self.adapter_options)
        _check_unicode("name", self.source)

    @property
    def source(self) -> str:
        """The name of the source."""
        return self.name or self.adapter


class Recipe(Record, frozen=True):
    """Everything that decides what a run makes.

    `engine` is what makes text (`transformers` or `replay`), `model` a Hub id, a folder or, for `replay`, a file of
    answers. `render: demo` draws the demo's clips into the run's folder. `follow_links` admits links that leave the
    video root.
    """

    name: str
    sources: tuple[SourceSettings, ...]
    model: str | None = None
    base_model: str | None = None
    chat_template: str | None = None
    engine: str = "transformers"
    trust_remote_code: bool = False
    follow_links: bool = False
    render: str | None = None
    frames: FrameSettings = msgspec.field(default_factory=FrameSettings)
    questions: QuestionSettings = msgspec.field(default_factory=QuestionSettings)
    generate: GenerateSettings = msgspec.field(default_factory=GenerateSettings)
    verification: VerificationSettings = msgspec.field(default_factory=VerificationSettings)
    filters: FilterSettings = msgspec.field(default_factory=FilterSettings)
    reformat: ReformatSettings = msgspec.field(default_factory=ReformatSettings)
    blocks: BlockSettings = msgspec.field(default_factory=BlockSettings)

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("`sources` must not be empty")
        if not self.name.strip() or "/" in self.name or self.name in (".", ".."):
            raise ValueError(f"`name` names the folder of the run and must be a word without /, found {self.name!r}")
        _check_unicode("name", self.name)
        _check_unicode("model", self.model)
        _check_unicode("base_model", self.base_model)
        names = [source.source for source in self.sources]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two sources are called {twice[0]!r}: give each a `name` of its own")
        if self.render not in (None, "demo"):
            raise ValueError(f"`render` is {self.render!r}; the only thing that can be rendered is 'demo'")


def _check_unicode(key: str, value: Any) -> None:
    """Refuses what cannot be published. The paths of a source may hold any bytes: they are not."""
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise ValueError(f"`{key}` holds text that is no valid Unicode") from None


SECTIONS: dict[str, type[msgspec.Struct]] = {
    "frames": FrameSettings,
    "questions": QuestionSettings,
    "generate": GenerateSettings,
    "verification": VerificationSettings,
    "filters": FilterSettings,
    "reformat": ReformatSettings,
    "blocks": BlockSettings,
}
"""The sections of a recipe by key."""
