"""Who may ask the page for what: only a browser on this machine, only from the page itself, only what the page needs.

A page elsewhere on the web can make a browser send requests to this machine. It gives itself away by the name that it
asks for (`Host`, when its own name was made to point here) or by where it comes from (`Origin`, `Sec-Fetch-Site`).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_HERE = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)
_READ = re.compile(
    r"/|/config/?|/theme\.css|/favicon\.ico|/manifest\.json|/(assets|static|svelte)/[\w./~@+-]+|/clips/\d{1,12}"
    r"|/gradio_api/(queue/data|startup-events|theme\.css|heartbeat/[\w-]+)"
)
_WRITTEN = re.compile(r"/gradio_api/(queue/join|reset|cancel)/?")
_HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self'; "
        b"form-action 'self'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-dns-prefetch-control", b"off"),
]


def refusal(method: str, path: str, headers: dict[str, str]) -> str:
    """Returns why a request is refused; an empty text where it is not.

    Args:
        method: Such as GET.
        path: Decoded, without the query.
        headers: By their names in small letters.
    """
    host = headers.get("host", "")
    if not _HERE.fullmatch(host):
        return "this page is only for a browser on this machine"
    if "origin" in headers and headers["origin"].lower() != f"http://{host.lower()}":
        return "this page takes no requests from other pages"
    own = headers.get("sec-fetch-site", "none") in ("same-origin", "none")
    opened = path == "/" and headers.get("sec-fetch-dest") == "document"
    if not (own or opened):
        return "this page takes no requests from other pages"
    allowed = {"GET": _READ, "HEAD": _READ, "POST": _WRITTEN}.get(method)
    if allowed is None or ".." in path or not allowed.fullmatch(path):
        return "this page does not serve that"
    return ""


def guarded(app: App) -> App:
    """Returns an application that refuses what `refusal` says, and lets the page load nothing from elsewhere."""

    async def ask(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if why := refusal(scope["method"], scope["path"], headers):
            start = {"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]}
            await send(start)
            await send({"type": "http.response.body", "body": why.encode()})
            return

        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        await app(scope, receive, answer)

    return ask
