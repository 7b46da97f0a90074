"""Publishes a run's dataset as one commit and one tag, so that it can be repeated after any failure.

A push looks at what is there and does what is missing: the repository, the commit, the tag. The commit must follow the
one that was seen first, and no tag is ever moved. What failed on the way is looked at anew, so that a commit of which
the answer got lost is not made twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vstar_data.dataset.reading import PublishedDataset
from vstar_data.dataset.schemas import CONFIGS
from vstar_data.errors import RunError, UsageError
from vstar_data.hub.client import Client, Repository, login
from vstar_data.hub.content import CARD, MANIFEST, Content
from vstar_data.hub.leftovers import leftovers
from vstar_data.hub.names import check_repository, check_tag, next_version, versions
from vstar_data.hub.options import PushOptions
from vstar_data.hub.preparing import check_publishing, prepared
from vstar_data.hub.refusals import LONGEST_WAIT, PassingTroubleError
from vstar_data.hub.terms import SourceTerms, terms_of

_GLANCE = 0.1
_WAITS = (1, 3, 9)
"""Seconds before each new try where the Hub names none."""


@dataclass(frozen=True)
class Pushed:
    """A version that is there.

    Attributes:
        tag: Its tag.
        commit: The commit that the tag names.
        url: Its page.
        config: The first config that has rows; None where there is none.
        already: Whether it was there before.
    """

    tag: str
    commit: str
    url: str
    config: str | None
    already: bool


def push(run: Path, options: PushOptions) -> Pushed:
    """Publishes the dataset of a run.

    Args:
        run: The folder of the run.
        options: Where to, and how.

    Raises:
        UsageError: There is no dataset, or it is not what its manifest says; a name is none; a licence forbids it;
            there is no token; the tag is there with other content.
        RunError: The Hub could not be reached, refuses, or was changed by somebody else meanwhile.
    """
    check_repository(options.repository)
    if options.tag is not None:
        check_tag(options.tag)
    dataset = PublishedDataset(run)
    terms = terms_of(dataset.manifest, str(dataset.path / MANIFEST))
    if options.public:
        check_publishing(terms, options)
    token = login()
    content = prepared(run, dataset, terms, options)
    if mentioned := content.mentions(token):
        where = ", ".join(mentioned)
        raise UsageError("The dataset holds your token for the Hub.", where=where, mend="take it out of the recipe")
    client = Client(options.repository, token, bars=options.bars, say=options.say)
    return _interruptibly(_Push(client, content, dataset, terms, options).done)


@dataclass
class _Push:
    """One push under way.

    Attributes:
        parent: The commit that ours must follow: the head that was seen first.
        looked: Whether it was seen.
        made: Whether this push makes the repository.
        acted: Whether this push has asked for a commit or a tag.
    """

    client: Client
    content: Content
    dataset: PublishedDataset
    terms: dict[str, SourceTerms]
    options: PushOptions
    parent: str | None = None
    looked: bool = False
    made: bool = False
    acted: bool = False

    def done(self) -> Pushed:
        """Tries until the version is there."""
        for wait in (*_WAITS, None):
            try:
                return self._attempt()
            except PassingTroubleError as trouble:
                if wait is None:
                    raise RunError(
                        "The Hub could not be reached, or does not do its work.",
                        where=self.client.url,
                        found=trouble.what,
                        mend="run the same command again: it goes on where this one ended",
                    ) from None
                seconds = min(wait if trouble.wait is None else trouble.wait, LONGEST_WAIT)
                self.options.say(f"{trouble.what}; trying again in {seconds} s")
                self.options.sleep(seconds)
        raise AssertionError("unreachable")

    def _attempt(self) -> Pushed:
        repository = self.client.look()
        if repository is None:
            repository = self._create()
        if not self.looked:
            self._check_visibility(repository)
            self.parent, self.looked = repository.head, True
        if (found := self._there(repository)) is not None:
            return found
        tag = self.options.tag or next_version(repository.tags)
        commit = self._committed(repository, tag)
        self.acted = True
        self.options.say(f"tagging {commit[:8]} as {tag}")
        self.client.tag(tag, commit)
        return self._pushed(tag, commit, already=False)

    def _create(self) -> Repository:
        kind = "public" if self.options.public else "private"
        self.options.say(f"making the {kind} dataset repository {self.options.repository}")
        self.made = True
        taken = False
        try:
            self.client.create(private=not self.options.public)
        except PassingTroubleError as trouble:
            if not trouble.conflict:
                raise
            taken = True
        if (repository := self.client.look()) is not None:
            return repository
        if not taken:
            raise PassingTroubleError("the repository that was just made cannot be seen")
        raise RunError(
            "The repository is there, but the token may not see it.",
            where=self.client.url,
            mend="use a token that may read and write it, or choose another name",
        )

    def _there(self, repository: Repository) -> Pushed | None:
        """Returns the version if a tag has our content.

        Raises:
            UsageError: The tag that is asked for has other content.
        """
        tags = versions(repository.tags) if self.options.tag is None else [self.options.tag]
        for tag in tags:
            commit = repository.tags.get(tag)
            if commit is None:
                continue
            if self.client.manifest(commit) == self.content.manifest:
                return self._pushed(tag, commit, already=not self.acted)
            if self.options.tag is not None:
                raise UsageError(
                    f"The version {tag} is there with other content, and tags are never moved.",
                    where=f"{self.options.repository}@{tag}",
                    mend="choose another --tag, or none for the next version",
                )
        return None

    def _committed(self, repository: Repository, tag: str) -> str:
        """Returns the commit with our content, which is made unless the head is it."""
        head = repository.head
        old = self.client.manifest(head) if head is not None else None
        if head is not None and old == self.content.manifest:
            return head
        if head != self.parent:
            raise RunError(
                "Somebody else pushed to the repository meanwhile; nothing of this push was published.",
                where=self.client.url,
                expected=f"the commit {self.parent or 'of a new repository'}",
                found=f"the commit {head}",
                mend="look at what was pushed, then run the same command again",
            )
        files = self.client.files(head) if head is not None else set()
        if CARD in files and old is None:
            self.options.say(f"the {CARD} that is there is replaced; the old one stays in the repository's history")
        removed = leftovers(files, old, self.content)
        more = f", removing {len(removed)} of the version before" if removed else ""
        size = self.content.size / 1e6
        self.options.say(f"uploading {len(self.content.files)} files, {size:,.1f} MB{more}")
        self.acted = True
        return self.client.commit(self.content, removed, self.parent, _title(self.dataset.name, tag))

    def _check_visibility(self, repository: Repository) -> None:
        if self.made or repository.private is None:
            return
        if repository.private and self.options.public:
            self.options.say(
                f"warning: {self.options.repository} is private and stays so; its settings on the Hub make it public"
            )
        elif not repository.private and not self.options.public:
            self.options.say(f"warning: {self.options.repository} is public: everybody can read what is pushed")
            check_publishing(self.terms, self.options)

    def _pushed(self, tag: str, commit: str, *, already: bool) -> Pushed:
        config = next((config for config in CONFIGS if self.dataset.splits(config)), None)
        return Pushed(tag, commit, f"{self.client.url}/tree/{tag}", config, already)


def _interruptibly(call: Callable[[], Pushed]) -> Pushed:
    """Calls in a thread of its own, so that a signal need not wait for uploads: the main thread only waits for it."""
    done, failed = list[Pushed](), list[BaseException]()

    def run() -> None:
        try:
            done.append(call())
        except BaseException as problem:
            failed.append(problem)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_GLANCE)
    if failed:
        raise failed[0]
    return done[0]


def _title(name: str, tag: str) -> str:
    return f"{' '.join(name.split())[:60]} {tag}"
