"""What went wrong between here and the Hub, in words: passing troubles, refusals, and no token in any of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vstar_data.errors import RunError, StorageError

if TYPE_CHECKING:
    from huggingface_hub.errors import HfHubHTTPError

LONGEST_WAIT = 300
"""The longest wait, in seconds, that the Hub is granted when it asks for one: the window of its rate limits."""

_CONFLICT = 409
_TRY_AGAIN = frozenset({408, _CONFLICT, 412, 429, 500, 502, 503, 504})
_SHOWN = 500


class PassingTroubleError(Exception):
    """A trouble that may be over soon: the connection broke, the Hub is busy, or somebody else was quicker.

    Args:
        what: What happened.
        wait: The seconds that the Hub asks to wait, if it does.
        conflict: Whether what was to be made is there already.
    """

    def __init__(self, what: str, wait: int | None = None, *, conflict: bool = False) -> None:
        self.what, self.wait, self.conflict = what, wait, conflict
        super().__init__(what)


class LongWaitError(Exception):
    """The Hub asks to wait longer than `LONGEST_WAIT`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"asked to wait {seconds} s")


def explained(problem: Exception, repository: str, token: str) -> Exception:
    """Returns the error to raise for one of the client's.

    Args:
        problem: What the client raised.
        repository: OWNER/NAME.
        token: What must not be shown.

    Returns:
        A `PassingTroubleError`, or the error for the user.
    """
    from huggingface_hub.errors import HfHubHTTPError

    # The client's answers with an error are also errors of the HTTP library that it uses: this is that library's base.
    http_error = HfHubHTTPError.__mro__[1]
    for cause in _causes(problem):
        if isinstance(cause, LongWaitError):
            return RunError(
                "The Hub asks to wait for long.",
                where=repository,
                found=f"{cause.seconds} s, for too many requests",
                mend="run the same command again after that time: what is uploaded is kept",
            )
        if isinstance(cause, HfHubHTTPError):
            return _refused(cause, repository, token)
        if isinstance(cause, http_error):
            return PassingTroubleError(f"the connection failed: {said(cause, token)}")
        if isinstance(cause, OSError) and cause.filename is not None:
            found = cause.strerror or str(cause)
            return StorageError("A file cannot be read or written.", where=str(cause.filename), found=found)
    return PassingTroubleError(f"the upload failed: {said(problem, token)}")


def said(problem: BaseException, token: str) -> str:
    """Returns what an exception says: one line, without the token and without the signatures in addresses."""
    text = re.sub(r"(https?://[^\s?'\"]+)\?[^\s'\"]*", r"\1", str(problem) or type(problem).__name__)
    text = re.sub(r"[\x00-\x20\x7f-\x9f]+", " ", text.replace(token, "***") if token else text).strip()
    text = re.sub(r"\bhf_\w{6,}", "hf_***", text)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def wait_of(headers: Mapping[str, str]) -> int | None:
    """Returns the seconds that an answer's headers ask to wait."""
    from huggingface_hub.utils import parse_ratelimit_headers

    values = {name.lower(): value for name, value in headers.items()}
    limit = parse_ratelimit_headers(values)
    if limit is not None and limit.remaining == 0:
        return int(limit.reset_in_seconds)
    told = values.get("retry-after", "").strip()
    return int(told) if told.isascii() and told.isdigit() else None


def _refused(answer: HfHubHTTPError, repository: str, token: str) -> Exception:
    status = answer.response.status_code
    found = f"{status}: {said(Exception(answer.server_message or str(answer)), token)}"
    if status in _TRY_AGAIN:
        wait = wait_of(answer.response.headers)
        return PassingTroubleError(f"the Hub answered {found}", wait, conflict=status == _CONFLICT)
    known = {
        401: ("The Hub does not know the token.", "log in again: hf auth login; or set HF_TOKEN to a valid token"),
        403: (
            "The token may not write there.",
            "use a token with the right to write to the repository: https://huggingface.co/settings/tokens",
        ),
        404: (
            "The Hub has no such repository, or the token may not see it.",
            "check OWNER/NAME and that the token may read and write it",
        ),
    }
    what, mend = known.get(status, ("The Hub refused.", "mend what it says and run the same command again"))
    return RunError(what, where=repository, found=found, mend=mend)


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """Yields an exception and what led to it, from the outside in."""
    seen: set[int] = set()
    at: BaseException | None = problem
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__
