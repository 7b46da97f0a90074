"""A Hub for tests: speaks to the real client over HTTP, holds dataset repositories in memory, and fails where told.

It serves what `huggingface_hub` and `datasets` ask of the Hub: accounts, repositories, commits that check their parent,
tags, the upload of large files through another host, and downloads by branch, tag or commit.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from urllib.parse import parse_qs, quote

import yaml

from tests.hub.exchange import Answer, Handler, Request, part_of
from tests.hub.faults import Failure, Fault
from tests.hub.repository import DATE, LARGE, Commit, Json, Refused, Repository, StoredFile


@dataclass(frozen=True)
class Account:
    name: str
    writes: bool = True
    organizations: tuple[str, ...] = ()


class HubServer:
    """A Hub on this machine; a context manager.

    Attributes:
        url: Its address, for HF_ENDPOINT.
        accounts: Who a token belongs to.
        repositories: The dataset repositories by id.
        large: Large files by SHA-256, as their uploads left them.
        requests: All requests in their order, with the status that each was answered with (0: cut).
        fault: What is to go wrong; setting it starts the count of requests anew.
        before: Called with each request before it is answered; may raise `Refused`.
    """

    def __init__(self, page: int = 1000) -> None:
        self.accounts = {"hf_test_token_of_me": Account("me", organizations=("circus",))}
        self.repositories: dict[str, Repository] = {}
        self.large: dict[str, bytes] = {}
        self.requests: list[tuple[Request, int]] = []
        self.before: Callable[[Request], None] = lambda request: None
        self._page, self._fault, self._since = page, None, 0
        self._lock = threading.RLock()
        self._http = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("_Handler", (Handler,), {"serve": staticmethod(self.serve)})
        )
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> HubServer:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def fault(self) -> Fault | None:
        return self._fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self._fault, self._since = fault, 0

    def forget(self) -> None:
        """Removes all repositories, large files and requests, the fault and what is called before an answer."""
        with self._lock:
            self.repositories.clear()
            self.large.clear()
            self.requests.clear()
            self.fault = None
            self.before = lambda request: None

    def state(self) -> Json:
        """Returns what a visitor can tell apart: of each repository the titles, files, branches and tags."""
        return {
            name: {
                "private": repository.private,
                "commits": [(commit.id, commit.title) for commit in repository.history("main")],
                "files": {path: file.sha256 for path, file in repository.head.files.items()},
                "tags": dict(repository.tags),
            }
            for name, repository in self.repositories.items()
        }

    def serve(self, request: Request) -> tuple[Answer | None, Failure | None]:
        """Answers a request, or fails as the fault says. No answer: the connection is cut."""
        with self._lock:
            self._since += 1
            failure = self._fault.of(self._since) if self._fault else None
            answer: Answer | None = None
            if failure is None or failure.takes_effect:
                answer = self._answered(request)
            if failure in (Failure.ERROR, Failure.LATE_ERROR):
                answer = Answer.json({"error": "Internal Error - we're working hard to fix this"}, 500)
            elif failure is Failure.TOO_MANY and self._fault:
                wait = str(self._fault.retry_after)
                answer = Answer.json({"error": "Too many requests"}, 429, {"Retry-After": wait})
            elif failure in (Failure.CUT_BEFORE, Failure.CUT_AFTER):
                answer = None
            self.requests.append((request, answer.status if answer else 0))
            return answer, failure

    def _answered(self, request: Request) -> Answer:
        try:
            self.before(request)
            for method, pattern, handle in _ROUTES:
                if request.method in method and (found := re.fullmatch(pattern, request.path)):
                    return handle(self, request, *found.groups())
        except Refused as refusal:
            headers = {"X-Error-Message": refusal.message} | ({"X-Error-Code": refusal.code} if refusal.code else {})
            return Answer.json({"error": refusal.message}, refusal.status, headers)
        return Answer.json({"error": f"no such route: {request.method} {request.path}"}, 404)

    def _account(self, request: Request) -> Account | None:
        header = request.headers.get("authorization")
        if header is None:
            return None
        account = self.accounts.get(header.removeprefix("Bearer "))
        if account is None:
            raise Refused(401, "Invalid credentials in Authorization header")
        return account

    def _owner(self, request: Request, namespace: str) -> None:
        account = self._account(request)
        if account is None:
            raise Refused(401, "Invalid username or password.")
        if not account.writes or namespace not in (account.name, *account.organizations):
            raise Refused(403, f"You don't have the rights to write under the namespace {namespace!r}")

    def _repository(self, request: Request, name: str, *, write: bool = False) -> Repository:
        account, repository = self._account(request), self.repositories.get(name)
        namespace = name.split("/")[0]
        member = account is not None and namespace in (account.name, *account.organizations)
        if repository is None or (repository.private and not member):
            raise Refused(404 if account else 401, "Repository not found", "RepoNotFound")
        if write:
            self._owner(request, namespace)
        return repository

    def whoami(self, request: Request) -> Answer:
        account = self._account(request)
        if account is None:
            raise Refused(401, "Invalid username or password.")
        organizations = [{"name": name, "type": "org"} for name in account.organizations]
        role = {"displayName": "test", "role": "write" if account.writes else "read"}
        return Answer.json({"type": "user", "name": account.name, "orgs": organizations, "auth": {"accessToken": role}})

    def create(self, request: Request) -> Answer:
        asked = request.json()
        account = self._account(request)
        namespace = asked.get("organization") or (account.name if account else "")
        self._owner(request, namespace)
        name = f"{namespace}/{asked['name']}"
        url = f"{self.url}/datasets/{name}"
        if asked.get("type") != "dataset" or not re.fullmatch(r"[\w.-]{1,96}", asked["name"]):
            raise Refused(400, "Invalid repo name or type")
        if name in self.repositories:
            return Answer.json({"error": "You already created this dataset repo", "url": url}, 409)
        private = asked.get("private") is True or asked.get("visibility") == "private"
        self.repositories[name] = Repository(name, private)
        return Answer.json({"url": url, "name": name, "id": name, "private": private})

    def validate_yaml(self, request: Request) -> Answer:
        self._account(request)
        found = re.match(r"---\n(.*?)\n---\n", request.json()["content"], re.DOTALL)
        try:
            head = yaml.safe_load(found[1]) if found else None
        except yaml.YAMLError as problem:
            return Answer.json({"errors": [{"message": str(problem)}], "warnings": []}, 400)
        warnings = [] if isinstance(head, dict) else [{"message": "empty or missing yaml metadata in repo card"}]
        return Answer.json({"errors": [], "warnings": warnings})

    def preupload(self, request: Request, name: str, revision: str) -> Answer:
        commit = self._repository(request, name, write=True).at(revision)
        files = [
            {
                "path": file["path"],
                "uploadMode": "lfs" if file["path"].endswith(LARGE) or file["size"] > 10_000_000 else "regular",
                "shouldIgnore": False,
                "oid": commit.files[file["path"]].etag if file["path"] in commit.files else None,
            }
            for file in request.json()["files"]
        ]
        return Answer.json({"files": files, "commitOid": commit.id})

    def batch(self, request: Request, name: str) -> Answer:
        self._repository(request, name, write=True)
        objects = []
        for wanted in request.json()["objects"]:
            if wanted["oid"] not in self.large:
                storage = f"http://localhost:{self.port}/storage/{wanted['oid']}?Signature=presigned"
                verify = f"{self.url}/api/complete/{name}"
                wanted = {**wanted, "actions": {"upload": {"href": storage}, "verify": {"href": verify}}}
            objects.append(wanted)
        return Answer.json({"transfer": "basic", "objects": objects})

    def store(self, request: Request, digest: str) -> Answer:
        if "authorization" in request.headers or request.query.get("Signature") != ["presigned"]:
            raise Refused(403, "SignatureDoesNotMatch")
        if hashlib.sha256(request.body).hexdigest() != digest:
            raise Refused(400, "XAmzContentSHA256Mismatch")
        self.large[digest] = request.body
        return Answer(200)

    def complete(self, request: Request, name: str) -> Answer:
        self._repository(request, name, write=True)
        asked = request.json()
        if len(self.large.get(asked["oid"], b"")) != asked["size"]:
            raise Refused(400, "The file was not uploaded whole")
        return Answer.json({"success": True})

    def commit(self, request: Request, name: str, branch: str) -> Answer:
        repository = self._repository(request, name, write=True)
        head, changed, header = repository.at(branch), dict[str, StoredFile | None](), Json()
        for line in request.body.splitlines():
            item = json.loads(line)
            key, value = item["key"], item["value"]
            if key == "header":
                header = value
            elif key == "file":
                changed[value["path"]] = StoredFile(base64.b64decode(value["content"], validate=True), False)
            elif key == "lfsFile":
                if value["oid"] not in self.large:
                    raise Refused(400, f"LFS pointer pointed to a file that does not exist: {value['path']}")
                changed[value["path"]] = StoredFile(self.large[value["oid"]], True)
            elif key in ("deletedFile", "deletedFolder"):
                changed.update(_deleted(head, value["path"], key == "deletedFolder"))
            else:
                raise Refused(400, f"unknown key {key}")
        if header.get("parentCommit", head.id) != head.id:
            raise Refused(412, "A commit has happened since. Please refresh and try again.")
        made = repository.commit(header["summary"], changed)
        url = f"{self.url}/datasets/{name}/commit/{made.id}"
        return Answer.json({"success": True, "commitOid": made.id, "commitUrl": url, "hookOutput": ""})

    def tag(self, request: Request, name: str, revision: str) -> Answer:
        repository, tag = self._repository(request, name, write=True), request.json()["tag"]
        if not re.fullmatch(r"[\w][\w./-]*", tag):
            raise Refused(400, "Invalid tag name")
        if tag in repository.tags:
            raise Refused(409, "Tag reference exists already")
        repository.tags[tag] = repository.at(revision).id
        return Answer.json({"success": True}, 201)

    def info(self, request: Request, name: str, revision: str | None) -> Answer:
        return Answer.json(self._repository(request, name).info(revision or "main"))

    def refs(self, request: Request, name: str) -> Answer:
        return Answer.json(self._repository(request, name).refs())

    def commits(self, request: Request, name: str, revision: str) -> Answer:
        history = self._repository(request, name).history(revision)
        who = [{"user": "me"}]
        return Answer.json(
            [{"id": each.id, "title": each.title, "message": "", "authors": who, "date": DATE} for each in history]
        )

    def tree(self, request: Request, name: str, revision: str, folder: str | None) -> Answer:
        recursive, expand = _flag(request.query, "recursive"), _flag(request.query, "expand")
        entries = self._repository(request, name).tree(revision, (folder or "").rstrip("/"), recursive, expand)
        start = int(request.query.get("cursor", ["0"])[0])
        headers = {}
        if start + self._page < len(entries):
            query = f"recursive={recursive}&expand={expand}&cursor={start + self._page}"
            headers["Link"] = f'<{self.url}{quote(request.path)}?{query}>; rel="next"'
        return Answer.json(entries[start : start + self._page], headers=headers)

    def paths_info(self, request: Request, name: str, revision: str) -> Answer:
        asked = parse_qs(request.body.decode())
        found = self._repository(request, name).paths_info(revision, asked.get("paths", []), _flag(asked, "expand"))
        return Answer.json(found)

    def resolve(self, request: Request, name: str, revision: str, path: str) -> Answer:
        commit = self._repository(request, name).at(revision)
        file = commit.files.get(path)
        if file is None:
            raise Refused(404, "Entry not found", "EntryNotFound")
        headers = {"X-Repo-Commit": commit.id, "ETag": f'"{file.etag}"', "Accept-Ranges": "bytes"}
        if file.large:
            storage = f"http://localhost:{self.port}/storage/{file.sha256}?Signature=presigned"
            linked = {"X-Linked-ETag": f'"{file.etag}"', "X-Linked-Size": str(len(file.content))}
            return Answer(302, b"", {**headers, **linked, "Location": storage})
        return part_of(file.content, request, headers)

    def stored(self, request: Request, digest: str) -> Answer:
        if digest not in self.large or "authorization" in request.headers:
            raise Refused(403, "AccessDenied")
        return part_of(self.large[digest], request, {"ETag": f'"{digest}"', "Accept-Ranges": "bytes"})


def _flag(values: dict[str, list[str]], name: str) -> bool:
    return values.get(name, ["false"])[0].lower() in ("true", "1")


def _deleted(head: Commit, path: str, folder: bool) -> dict[str, None]:
    gone = [each for each in head.files if (each.startswith(path.rstrip("/") + "/") if folder else each == path)]
    if not gone:
        raise Refused(404, f"A file with this name doesn't exist: {path}", "EntryNotFound")
    return dict.fromkeys(gone)


_NAME, _REVISION = r"([^/]+/[^/]+)", r"([^/]+|refs/(?:heads|tags|convert)/[^/]+)"

_ROUTES: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
    ("GET", r"/api/whoami-v2", HubServer.whoami),
    ("POST", r"/api/repos/create", HubServer.create),
    ("POST", r"/api/validate-yaml", HubServer.validate_yaml),
    ("POST", rf"/api/datasets/{_NAME}/preupload/{_REVISION}", HubServer.preupload),
    ("POST", rf"/datasets/{_NAME}\.git/info/lfs/objects/batch", HubServer.batch),
    ("PUT", r"/storage/(\w{64})", HubServer.store),
    ("GET HEAD", r"/storage/(\w{64})", HubServer.stored),
    ("POST", rf"/api/complete/{_NAME}", HubServer.complete),
    ("POST", rf"/api/datasets/{_NAME}/commit/{_REVISION}", HubServer.commit),
    ("POST", rf"/api/datasets/{_NAME}/tag/{_REVISION}", HubServer.tag),
    ("GET", rf"/api/datasets/{_NAME}/refs", HubServer.refs),
    ("GET", rf"/api/datasets/{_NAME}/commits/{_REVISION}", HubServer.commits),
    ("GET", rf"/api/datasets/{_NAME}/tree/{_REVISION}(?:/(.+))?", HubServer.tree),
    ("POST", rf"/api/datasets/{_NAME}/paths-info/{_REVISION}", HubServer.paths_info),
    ("GET HEAD", rf"/datasets/{_NAME}/resolve/{_REVISION}/(.+)", HubServer.resolve),
    ("GET", rf"/api/datasets/{_NAME}(?:/revision/{_REVISION})?", HubServer.info),
)
