"""Serves the review page to browsers on this machine, until somebody stops it."""

from __future__ import annotations

import importlib.util
import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vstar_data.errors import UnusableClipError, UsageError, VstarDataError
from vstar_data.review.guard import guarded
from vstar_data.review.session import Review

ADDRESS = "127.0.0.1"


def check_installed() -> None:
    """Checks that Gradio is there.

    Raises:
        UsageError: It is not.
    """
    if importlib.util.find_spec("gradio") is None:
        raise UsageError(
            "The review page needs Gradio, which is not installed.", mend='pip install "vstar-data[review]"'
        )


def serve(
    run: Path, reviewer: str, port: int, opened: Callable[[str, Review], None], videos: Path | None = None
) -> None:
    """Serves the review page of a run until a signal stops it.

    Args:
        run: The run's folder.
        reviewer: Who decides.
        port: Where to listen on this machine; 0 for any port that is free.
        opened: Called with the address and the review once the page can be opened.
        videos: The folder of the videos; None for those that the recipe names.

    Raises:
        UsageError: Gradio is not installed, there is nothing to review, or the port is taken.
        StorageError: The run cannot be read.
    """
    check_installed()
    with listening(port) as found, tempfile.TemporaryDirectory(prefix="vstar-data-review-") as made:
        films, gradio = Path(made, "clips"), Path(made, "gradio")
        films.mkdir()
        review = Review(run, reviewer, films, videos)
        # Read by Gradio when it is imported.
        os.environ.update(
            GRADIO_ANALYTICS_ENABLED="False",
            GRADIO_TEMP_DIR=str(gradio),
            GRADIO_RUN_HISTORY="False",
            HF_HUB_OFFLINE="1",
        )
        address = f"http://{ADDRESS}:{found.getsockname()[1]}"
        _run(application(review), found, lambda: opened(address, review))


def listening(port: int) -> socket.socket:
    """Returns a socket that listens on this machine alone.

    Raises:
        UsageError: The port is taken, or not for this user.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((ADDRESS, port))
        found.listen(64)
    except OSError as problem:
        found.close()
        raise UsageError(
            "The port cannot be used.",
            where=f"{ADDRESS}:{port}",
            found=problem.strerror,
            mend="choose another with --port, or --port 0 for any that is free",
        ) from None
    return found


def application(review: Review) -> Any:
    """Returns the page and its clips as an ASGI application."""
    import fastapi
    from fastapi.responses import FileResponse, PlainTextResponse

    from vstar_data.review.page import mounted

    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    def clip(place: int) -> Any:
        try:
            film = review.player.film(place)
        except (IndexError, UnusableClipError, VstarDataError, OSError):
            return PlainTextResponse("there is no such clip", 404)
        return FileResponse(film.path, media_type=film.media_type, headers={"cache-control": "no-cache"})

    app.add_api_route("/clips/{place}", clip, methods=["GET", "HEAD"], response_model=None)
    mounted(app, review)
    return guarded(app)


def _run(app: Any, listening: socket.socket, started: Callable[[], None]) -> None:
    import uvicorn

    class Server(uvicorn.Server):  # type: ignore[misc]
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started()

    # A browser keeps a request open all the time: it is not waited for.
    config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1, ws="none")
    Server(config).run(sockets=[listening])
