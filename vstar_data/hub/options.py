"""What a user wants of a push. Data, no logic."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class PushOptions:
    """What the user wants.

    Attributes:
        repository: OWNER/NAME.
        tag: The version; None for the next one.
        public: Whether a repository that is made is public.
        videos: Whether the videos are pushed too.
        permission: Whether the user claims the permission that licences deny.
        bars: Whether uploads may draw progress bars.
        say: Where a line for the user goes.
        sleep: How to wait.
    """

    repository: str
    tag: str | None = None
    public: bool = False
    videos: bool = False
    permission: bool = False
    bars: bool = False
    say: Callable[[str], None] = print
    sleep: Callable[[float], None] = time.sleep
