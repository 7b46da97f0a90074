"""Which requests the page answers."""

from __future__ import annotations

import pytest

from vstar_data.review.guard import refusal

HOST = "127.0.0.1:7860"


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/", {"host": "localhost:9000"}),
        ("GET", "/", {"host": "[::1]:7860"}),
        ("GET", "/", {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}),
        ("GET", "/clips/0", {"sec-fetch-site": "same-origin"}),
        ("HEAD", "/clips/12", {}),
        ("GET", "/config", {}),
        ("GET", "/assets/index-BZ4.js", {}),
        ("GET", "/static/fonts/a@2x.woff2", {}),
        ("GET", "/gradio_api/queue/data", {}),
        ("GET", "/gradio_api/heartbeat/abc123", {}),
        ("POST", "/gradio_api/queue/join", {"origin": f"http://{HOST}"}),
    ],
)
def test_what_the_page_needs_is_answered(method: str, path: str, headers: dict[str, str]) -> None:
    assert refusal(method, path, {"host": HOST, **headers}) == ""


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {"host": "evil.example"}),
        ("GET", "/", {"host": "127.0.0.1.evil.example:7860"}),
        ("GET", "/", {"host": ""}),
        ("GET", "/", {"host": "localhost@evil.example"}),
        ("POST", "/gradio_api/queue/join", {"origin": "http://evil.example"}),
        ("POST", "/gradio_api/queue/join", {"origin": "null"}),
        ("POST", "/gradio_api/queue/join", {"origin": "http://127.0.0.1:8000"}),
        ("POST", "/gradio_api/queue/join", {"sec-fetch-site": "cross-site"}),
        ("GET", "/clips/0", {"sec-fetch-site": "same-site"}),
        ("GET", "/clips/0", {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}),
        ("GET", "/gradio_api/file=/etc/passwd", {}),
        ("GET", "/file=/etc/passwd", {}),
        ("GET", "/gradio_api/proxy=http://evil.example", {}),
        ("POST", "/gradio_api/upload", {}),
        ("POST", "/gradio_api/run/predict", {}),
        ("POST", "/gradio_api/vibe-edit", {}),
        ("GET", "/clips/../run.json", {}),
        ("GET", "/clips/1.mp4", {}),
        ("GET", "/static/../../etc/passwd", {}),
        ("DELETE", "/clips/0", {}),
        ("OPTIONS", "/", {}),
    ],
)
def test_everything_else_is_refused(method: str, path: str, headers: dict[str, str]) -> None:
    assert refusal(method, path, {"host": HOST, **headers})
