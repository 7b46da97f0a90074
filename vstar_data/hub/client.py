"""The calls that a push makes to the Hub, through `huggingface_hub`, with errors in the words of this project."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from vstar_data.errors import RunError, UsageError
from vstar_data.hub.content import MANIFEST, Content
from vstar_data.hub.refusals import LONGEST_WAIT, LongWaitError, explained, wait_of

_CONNECT, _ANSWER = 30.0, 300.0
"""Seconds until a silent server counts as gone: when connecting, and between two packets."""


@dataclass(frozen=True)
class Repository:
    """A repository as the Hub shows it.

    Attributes:
        head: The commit of the main branch; None where there is none.
        private: None where the Hub does not say.
        tags: The commit of each tag.
    """

    head: str | None
    private: bool | None
    tags: Mapping[str, str]


def login() -> str:
    """Returns the token of the user.

    Raises:
        UsageError: There is none, or the environment names no Hub, or forbids to reach it.
    """
    from huggingface_hub import constants, get_token

    if constants.is_offline_mode():
        raise UsageError(
            "The Hub cannot be reached offline.", where="HF_HUB_OFFLINE", found="offline mode", mend="unset it"
        )
    if not constants.ENDPOINT.startswith(("http://", "https://")):
        expected, found = "an address that begins with https://", ascii(constants.ENDPOINT[:200])
        raise UsageError("This is no address of a Hub.", where="HF_ENDPOINT", expected=expected, found=found)
    token: str | None = get_token()
    if not token:
        raise UsageError(
            "There is no token for the Hub.",
            expected="a token that may write",
            mend="log in with `hf auth login`, or set HF_TOKEN",
        )
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise UsageError("The token for the Hub holds odd characters.", mend="log in again: hf auth login")
    return token


class Client:
    """A dataset repository on the Hub, and a token for it.

    Args:
        name: OWNER/NAME.
        token: The token.
        bars: Whether uploads may draw progress bars.
        say: Where a line for the user goes.
    """

    def __init__(self, name: str, token: str, *, bars: bool, say: Callable[[str], None]) -> None:
        import huggingface_hub as hub

        self.name, self._token = name, token
        self._manifests: dict[str, bytes | None] = {}
        self._api = hub.HfApi(token=token, library_name="vstar-data")
        # The library's own notes name signed addresses; what matters of them is said by `_Watch`.
        hub.utils.logging.set_verbosity_error()
        if not bars:
            hub.utils.disable_progress_bars()
        _watch(say)

    @property
    def url(self) -> str:
        """The address of the repository's page."""
        return f"{self._api.endpoint}/datasets/{self.name}"

    def look(self) -> Repository | None:
        """Returns what is there, or None where there is no such repository, or none that the token may see."""
        from huggingface_hub.errors import RepositoryNotFoundError

        with self._calling():
            try:
                info = self._api.dataset_info(self.name, timeout=_ANSWER)
            except RepositoryNotFoundError as problem:
                if problem.response.status_code == 404:
                    return None
                raise
            refs = self._api.list_repo_refs(self.name, repo_type="dataset")
        return Repository(info.sha, info.private, {tag.name: tag.target_commit for tag in refs.tags})

    def create(self, *, private: bool) -> None:
        """Makes the repository."""
        with self._calling():
            self._api.create_repo(self.name, repo_type="dataset", private=private)

    def manifest(self, commit: str) -> bytes | None:
        """Returns the manifest.json of a commit, or None where it has none. Each commit is asked for once."""
        if commit not in self._manifests:
            self._manifests[commit] = self._manifest(commit)
        return self._manifests[commit]

    def _manifest(self, commit: str) -> bytes | None:
        from huggingface_hub import hf_hub_url
        from huggingface_hub.errors import EntryNotFoundError
        from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status

        url = hf_hub_url(self.name, MANIFEST, repo_type="dataset", revision=commit, endpoint=self._api.endpoint)
        with self._calling():
            answer = get_session().get(url, headers=build_hf_headers(token=self._token, library_name="vstar-data"))
            try:
                hf_raise_for_status(answer)
            except EntryNotFoundError:
                return None
            content: bytes = answer.content
        return content

    def files(self, commit: str) -> set[str]:
        """Returns the paths of a commit's files."""
        with self._calling():
            return set(self._api.list_repo_files(self.name, repo_type="dataset", revision=commit))

    def commit(self, content: Content, removed: set[str], parent: str | None, title: str) -> str:
        """Uploads files and makes the one commit of a version.

        Args:
            content: What is to be there.
            removed: Paths that are no more.
            parent: The commit that this one must follow.
            title: Its title.

        Returns:
            The commit.

        Raises:
            RunError: A file changed while it was uploaded.
        """
        import huggingface_hub as hub

        with self._calling():
            additions = {
                path: hub.CommitOperationAdd(path, file.source if isinstance(file.source, bytes) else str(file.source))
                for path, file in content.files.items()
            }
            self._api.preupload_lfs_files(self.name, list(additions.values()), repo_type="dataset", free_memory=False)
        for path, addition in additions.items():
            if addition.upload_info.sha256.hex() != content.files[path].sha256:
                raise RunError(
                    "A file changed while it was pushed; nothing was published.",
                    where=str(content.files[path].source),
                    mend="run the same command again when the run is at rest",
                )
        with self._calling():
            made = self._api.create_commit(
                self.name,
                [*additions.values(), *(hub.CommitOperationDelete(path) for path in sorted(removed))],
                commit_message=title,
                repo_type="dataset",
                parent_commit=parent,
            )
        return str(made.oid)

    def tag(self, tag: str, commit: str) -> None:
        """Makes a tag; one that is there stays as it is, and the Hub refuses."""
        with self._calling():
            self._api.create_tag(self.name, tag=tag, revision=commit, repo_type="dataset")

    @contextmanager
    def _calling(self) -> Iterator[None]:
        try:
            yield
        # The client raises what its HTTP library, its upload library and Python have for a failure: no common base.
        except Exception as problem:
            raise explained(problem, self.name, self._token) from None


@dataclass
class _Watch:
    """Looks at every answer of the Hub: says what is amiss, and ends a wait that would take too long.

    Attributes:
        say: Where a line for the user goes.
    """

    say: Callable[[str], None]

    def __call__(self, answer: Any) -> None:
        if answer.status_code == 429:
            wait = wait_of(answer.headers)
            if wait is not None and wait > LONGEST_WAIT:
                raise LongWaitError(wait)
            self.say("the Hub has had too many requests" + ("" if wait is None else f" and asks to wait {wait} s"))
        elif answer.status_code >= 500:
            self.say(f"the Hub answered {answer.status_code} {answer.reason_phrase}".rstrip())


def _watch(say: Callable[[str], None]) -> None:
    """Lets the library's HTTP client show every answer to a watch, and give up on a server that has gone silent."""
    from huggingface_hub import get_session, set_client_factory

    first = get_session()
    for hook in first.event_hooks["response"]:
        if isinstance(hook, _Watch):
            hook.say = say
            return
    client, hooks = type(first), {"request": list(first.event_hooks["request"]), "response": [_Watch(say)]}
    timeout = (_CONNECT, _ANSWER, _ANSWER, None)
    set_client_factory(lambda: client(event_hooks=hooks, follow_redirects=True, timeout=timeout))
