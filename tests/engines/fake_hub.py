"""A server that speaks as much of the Hub's protocol as fetching a model takes: one repository from a folder."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """The address of a running server, and the paths that were asked for."""

    url: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def hub(repo: str, folder: Path) -> Iterator[Hub]:
    """Serves a folder as the model `repo`, at `main` and at `COMMIT`."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            server.asked.append(path)
            revisions = {"", "/revision/main", f"/revision/{COMMIT}"}
            if path.startswith(f"/api/models/{repo}"):
                rest = path.removeprefix(f"/api/models/{repo}")
                if rest in revisions:
                    self.answer(200, json.dumps(self.described()).encode())
                elif rest.startswith("/tree/"):
                    self.answer(200, json.dumps(self.tree()).encode())
                else:
                    self.answer(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
            elif path.startswith(f"/{repo}/resolve/{COMMIT}/"):
                content = (folder / path.rsplit("/", 1)[1]).read_bytes()
                tag = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Repo-Commit": COMMIT}
                self.answer(200, content, tag)
            else:
                self.answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})

        def described(self) -> dict[str, object]:
            files = [{"rfilename": file.name} for file in sorted(folder.iterdir())]
            return {"id": repo, "modelId": repo, "sha": COMMIT, "siblings": files, "private": False, "tags": []}

        def tree(self) -> list[dict[str, object]]:
            return [
                {"type": "file", "path": file.name, "size": file.stat().st_size, "oid": "0" * 40}
                for file in sorted(folder.iterdir())
            ]

        def answer(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Hub(f"http://127.0.0.1:{listener.server_address[1]}")
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()
