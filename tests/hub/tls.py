"""Lets a program that knows the Hub by its own name alone speak to the Hub server of the tests.

The program is told of a proxy; the proxy answers in the Hub's name, with a certificate made for the occasion.
"""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HOST = "huggingface.co"

POSSIBLE = shutil.which("openssl") is not None
"""Whether a certificate can be made here."""


@contextmanager
def as_the_hub(port: int, folder: Path) -> Iterator[dict[str, str]]:
    """Forwards connections for the Hub to a port of this machine.

    Args:
        port: Where the server listens.
        folder: Where the certificates go.

    Yields:
        The variables that make a program use the proxy and trust it.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_certificate(folder))
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, context, port), daemon=True).start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        yield {"HTTPS_PROXY": address, "NO_PROXY": "", "SSL_CERT_FILE": str(folder / "authority.pem")}
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Makes an authority and a certificate of it for the Hub; returns the certificate and its key."""
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    (folder / "names").write_text(
        f"subjectAltName=DNS:{HOST}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n"
    )
    authority = ["-subj", "/CN=tests", "-addext", "basicConstraints=critical,CA:TRUE", "-days", "2"]
    signed = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "2", "-extfile", "names"]
    for arguments in (
        ["req", "-x509", *new_key, *authority, "-keyout", "authority.key", "-out", "authority.pem"],
        ["req", *new_key, "-subj", f"/CN={HOST}", "-keyout", "hub.key", "-out", "hub.csr"],
        ["x509", "-req", "-in", "hub.csr", *signed, "-out", "hub.pem"],
    ):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
    return folder / "hub.pem", folder / "hub.key"


def _accept(listener: socket.socket, context: ssl.SSLContext, port: int) -> None:
    while True:
        try:
            caller, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_forward, args=(caller, context, port), daemon=True).start()


def _forward(caller: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError), caller:
        head = b""
        while not head.endswith(b"\r\n\r\n") and (byte := caller.recv(1)):
            head += byte
        if not head.startswith(f"CONNECT {HOST}:443 ".encode()):
            return
        caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with (
            context.wrap_socket(caller, server_side=True) as inner,
            socket.create_connection(("127.0.0.1", port)) as hub,
        ):
            back = threading.Thread(target=_copy, args=(hub, inner), daemon=True)
            back.start()
            _copy(inner, hub)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
