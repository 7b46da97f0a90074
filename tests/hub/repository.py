"""What the Hub server of the tests keeps: repositories with commits, branches and tags, and the large files beside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

LARGE = (".parquet", ".png", ".mp4", ".jpg")
"""What a new repository keeps beside git, as the Hub's .gitattributes does; other files from 10 MB on."""

DATE = "2026-01-01T00:00:00.000Z"
"""When everything happened."""


class Refused(Exception):
    """A request that the Hub answers with an error."""

    def __init__(self, status: int, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.code = status, message, code


@dataclass(frozen=True)
class StoredFile:
    content: bytes
    large: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def blob(self) -> str:
        """The git id: of the content, or of the pointer to a large file."""
        content = self.content
        if self.large:
            pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{self.sha256}\nsize {len(content)}\n"
            content = pointer.encode()
        return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()

    @property
    def etag(self) -> str:
        return self.sha256 if self.large else self.blob

    def described(self, path: str) -> Json:
        large = {"lfs": {"oid": self.sha256, "size": len(self.content), "pointerSize": 134}} if self.large else {}
        return {"type": "file", "oid": self.blob, "size": len(self.content), "path": path, **large}


@dataclass(frozen=True)
class Commit:
    id: str
    parent: str | None
    title: str
    files: dict[str, StoredFile]

    def folders(self) -> set[str]:
        return {path.rsplit("/", depth)[0] for path in self.files for depth in range(1, path.count("/") + 1)}


@dataclass
class Repository:
    """A dataset repository."""

    id: str
    private: bool
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.branches:
            rules = "".join(f"*{suffix} filter=lfs diff=lfs merge=lfs -text\n" for suffix in LARGE)
            self.commit("initial commit", {".gitattributes": StoredFile(rules.encode(), False)})

    @property
    def head(self) -> Commit:
        return self.commits[self.branches["main"]]

    def at(self, revision: str) -> Commit:
        """Returns the commit that a branch, a tag or a commit's id names."""
        for names in (self.branches, self.tags):
            if revision in names:
                return self.commits[names[revision]]
        for prefix, names in (("refs/heads/", self.branches), ("refs/tags/", self.tags)):
            if revision.startswith(prefix) and revision.removeprefix(prefix) in names:
                return self.commits[names[revision.removeprefix(prefix)]]
        if revision in self.commits:
            return self.commits[revision]
        raise Refused(404, f"Invalid rev id: {revision}", "RevisionNotFound")

    def commit(self, title: str, changed: dict[str, StoredFile | None]) -> Commit:
        """Adds a commit to the main branch.

        Args:
            title: Its title.
            changed: Files to write; None for one to remove.
        """
        parent = self.head if self.branches else None
        files = {**(parent.files if parent else {}), **{path: file for path, file in changed.items() if file}}
        files = {path: files[path] for path in sorted(files) if changed.get(path, files[path]) is not None}
        parts = [parent.id if parent else "", title, self.id, *(f"{path} {file.blob}" for path, file in files.items())]
        identity = hashlib.sha1("\n".join(parts).encode()).hexdigest()
        made = Commit(identity, parent.id if parent else None, title, files)
        self.commits[identity] = made
        self.branches["main"] = identity
        return made

    def history(self, revision: str) -> list[Commit]:
        commits, at = [], self.at(revision)
        while True:
            commits.append(at)
            if at.parent is None:
                return commits
            at = self.commits[at.parent]

    def refs(self) -> Json:
        def listed(names: dict[str, str], folder: str) -> list[Json]:
            return [
                {"name": name, "ref": f"refs/{folder}/{name}", "targetCommit": commit} for name, commit in names.items()
            ]

        return {"branches": listed(self.branches, "heads"), "converts": [], "tags": listed(self.tags, "tags")}

    def info(self, revision: str) -> Json:
        commit = self.at(revision)
        return {
            "_id": self.id,
            "id": self.id,
            "author": self.id.split("/")[0],
            "sha": commit.id,
            "lastModified": DATE,
            "createdAt": DATE,
            "private": self.private,
            "gated": False,
            "disabled": False,
            "tags": [],
            "downloads": 0,
            "likes": 0,
            "siblings": [{"rfilename": path} for path in commit.files],
        }

    def tree(self, revision: str, folder: str, recursive: bool, expand: bool = False) -> list[Json]:
        """Returns the entries of a folder, as the Hub lists them; expanded, with the commit that last changed them."""
        commit, prefix = self.at(revision), f"{folder}/" if folder else ""
        if folder and folder not in commit.folders():
            raise Refused(404, f"{folder} does not exist on {revision!r}", "EntryNotFound")

        def wanted(path: str) -> bool:
            return path.startswith(prefix) and (recursive or "/" not in path.removeprefix(prefix))

        folders = [self.described_folder(path) for path in sorted(commit.folders()) if wanted(path)]
        files = [file.described(path) for path, file in commit.files.items() if wanted(path)]
        return self._expanded(folders + files, commit) if expand else folders + files

    def paths_info(self, revision: str, paths: list[str], expand: bool = False) -> list[Json]:
        commit = self.at(revision)
        files = [commit.files[path].described(path) for path in paths if path in commit.files]
        files += [self.described_folder(path) for path in paths if path in commit.folders()]
        return self._expanded(files, commit) if expand else files

    @staticmethod
    def _expanded(entries: list[Json], commit: Commit) -> list[Json]:
        last = {"id": commit.id, "title": commit.title, "date": DATE}
        return [{**entry, "lastCommit": last} for entry in entries]

    @staticmethod
    def described_folder(path: str) -> Json:
        return {"type": "directory", "oid": hashlib.sha1(path.encode()).hexdigest(), "size": 0, "path": path}
