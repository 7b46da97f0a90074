"""Every way in which a file can be unusable, each with the reason that goes into the ledger."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from tests.video.barcode_videos import numbers_in, render
from vstar_data.errors import UnusableClipError
from vstar_data.records import Frames
from vstar_data.video import probe

Read = Callable[..., Frames]
Video = Callable[[str], Path]


@pytest.fixture
def reason(read: Read) -> Callable[..., str]:
    """Reads frames and gives the reason why it cannot be done."""

    def found(path: Path, *window: float | None, **settings: float) -> str:
        with pytest.raises(UnusableClipError) as caught:
            read(path, *window, **settings)
        assert caught.value.detail
        return caught.value.reason

    return found


Reason = Callable[..., str]


def halved(path: Path, folder: Path) -> Path:
    data = path.read_bytes()
    half = folder / path.name
    half.write_bytes(data[: len(data) // 2])
    return half


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_missing(tmp_path: Path, reason: Reason) -> None:
    loop = tmp_path / "loop.mp4"
    loop.symlink_to(loop)
    below_a_file = written(tmp_path / "file.mp4", "x") / "x.mp4"
    for path in (tmp_path / "nothing.mp4", loop, below_a_file, tmp_path / ("x" * 300 + ".mp4"), tmp_path / "a\0b.mp4"):
        assert reason(path) == "missing"
    with pytest.raises(UnusableClipError, match="missing"):
        probe(tmp_path / "nothing.mp4")


def test_empty(tmp_path: Path, reason: Reason) -> None:
    assert reason(written(tmp_path / "x.mp4", "")) == "empty"


@pytest.mark.parametrize("content", ["not a video\n" * 500, "x", b"\x00" * 5000, bytes(range(256)) * 40])
def test_not_a_video(content: str | bytes, tmp_path: Path, reason: Reason) -> None:
    assert reason(written(tmp_path / "x.mp4", content)) == "not_a_video"


def test_a_picture_or_a_pipe_is_not_a_video(tmp_path: Path, reason: Reason) -> None:
    from PIL import Image

    Image.new("RGB", (64, 64)).save(tmp_path / "x.png")
    os.rename(tmp_path / "x.png", tmp_path / "picture.mp4")
    os.mkfifo(tmp_path / "pipe.mp4")
    assert reason(tmp_path / "picture.mp4") == "not_a_video"
    assert reason(tmp_path / "pipe.mp4") == "not_a_video"


@pytest.mark.parametrize("suffix", ["mp4", "m3u8", "ffconcat", "mpd", "sdp", "txt"])
@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{}\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:1/x.ts\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{}'\n",
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet>'
        '<Representation id="1" mimeType="video/mp4"><BaseURL>{}</BaseURL>'
        "</Representation></AdaptationSet></Period></MPD>",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
    ],
    ids=["hls", "hls over http", "concat", "dash", "sdp"],
)
def test_nothing_that_a_file_points_to_is_followed(
    playlist: str, suffix: str, tmp_path: Path, video: Video, reason: Reason
) -> None:
    beside = tmp_path / "real.mp4"
    beside.write_bytes(video("faststart.mp4").read_bytes())
    for target in (str(beside), "real.mp4"):
        assert reason(written(tmp_path / f"list.{suffix}", playlist.replace("{}", target))) == "not_a_video"


def test_pictures_too_large_to_decode_are_refused(tmp_path: Path, reason: Reason) -> None:
    path = tmp_path / "huge.mkv"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("ffv1", rate=5)
        stream.width, stream.height, stream.pix_fmt = 320, 300, "yuv420p"
        for number in range(4):
            frame = av.VideoFrame(320, 300, "yuv420p")
            frame.pts = number
            output.mux(stream.encode(frame))
        output.mux(stream.encode())
    # The two fields of the Matroska header that say how wide and how high the pictures are, two bytes each.
    width, height = (b"\xb0\x82" + (320).to_bytes(2, "big"), b"\xba\x82" + (300).to_bytes(2, "big"))
    data = path.read_bytes()
    assert data.count(width) == data.count(height) == 1
    data = data.replace(width, width[:2] + (10_000).to_bytes(2, "big"))
    assert reason(written(path, data.replace(height, height[:2] + (10_000).to_bytes(2, "big")))) == "not_a_video"


def test_a_header_may_claim_any_size(tmp_path: Path, video: Video, reason: Reason) -> None:
    data = bytearray(video("index_last.mp4").read_bytes())
    at = data.index(b"avc1", data.index(b"stsd")) + 4 + 24
    data[at : at + 4] = (65_535).to_bytes(2, "big") * 2
    at = data.index(b"avcC") + 8
    data[at : at + 30] = bytes(30)
    assert reason(written(tmp_path / "x.mp4", bytes(data))) in ("not_a_video", "truncated")


def test_sound_alone_has_no_frames(tmp_path: Path, reason: Reason) -> None:
    for name, expected in (("x.mp4", "no_frames"), ("x.mkv", "no_frames"), ("x.wav", "not_a_video")):
        path = tmp_path / name
        with av.open(str(path), "w") as output:
            stream = output.add_stream("pcm_s16le" if name == "x.wav" else "aac", rate=44_100, layout="mono")
            sound = av.AudioFrame.from_ndarray(np.zeros((1, 44_100), np.int16), format="s16", layout="mono")
            sound.sample_rate = 44_100
            output.mux(stream.encode(sound))
            output.mux(stream.encode())
        assert reason(path) == expected


def test_an_index_that_was_to_come_last_is_missed(tmp_path: Path, video: Video, reason: Reason) -> None:
    assert reason(halved(video("index_last.mp4"), tmp_path)) == "truncated"
    only_the_type = written(tmp_path / "x.mp4", video("index_last.mp4").read_bytes()[:32])
    assert reason(only_the_type) == "truncated"


@pytest.mark.parametrize(
    "name", ["faststart.mp4", "fragmented.mp4", "x264.mkv", "vp8.webm", "mpeg4_without_b_frames.avi", "x264.avi"]
)
def test_half_a_file_serves_the_clips_that_lie_in_it(
    name: str, tmp_path: Path, video: Video, read: Read, reason: Reason
) -> None:
    path = halved(video(name), tmp_path)
    assert reason(path) == "truncated"
    assert reason(path, 1.0, None) == "truncated"
    assert reason(path, 1.0, 9.0) == "truncated"
    assert reason(path, 8.0, 9.0) == "truncated"
    frames = read(path, 0.5, 1.9)
    assert numbers_in(frames.pixels) == list(frames.indices)
    assert frames.indices == read(video(name), 0.5, 1.9).indices


@pytest.mark.parametrize("name", ["faststart.mp4", "x264.mkv", "vp8.webm"])
def test_one_frame_less_is_seen(name: str, tmp_path: Path, video: Video, read: Read) -> None:
    data = video(name).read_bytes()
    path = written(tmp_path / name, data[: int(len(data) * 0.8)])
    with pytest.raises(UnusableClipError, match=r"truncated: the file has [\d,]+ of [\d,]+ bytes; complete up to \d"):
        read(path)


def test_frames_that_do_not_decode_matter_only_where_they_are_wanted(
    tmp_path: Path, video: Video, read: Read, reason: Reason
) -> None:
    data = bytearray(video("faststart.mp4").read_bytes())
    hole = len(data) * 6 // 10
    data[hole : hole + 800] = bytes(800)
    path = written(tmp_path / "hole.mp4", bytes(data))
    assert reason(path, count=64) == "truncated"
    assert numbers_in(read(path, 0.5, 1.5).pixels) == list(read(path, 0.5, 1.5).indices)
    assert numbers_in(read(path, 8.5, 9.9).pixels) == list(read(path, 8.5, 9.9).indices)


def test_headers_that_lie_are_no_reason(tmp_path: Path, read: Read) -> None:
    path = render(tmp_path / "x.avi", 60, codec="mpeg4", b_frames=0)
    data = bytearray(path.read_bytes())
    for header, offset in ((b"avih", 24), (b"strh", 40)):
        at = data.index(header) + offset
        assert int.from_bytes(data[at : at + 4], "little") == 60
        data[at : at + 4] = (4444).to_bytes(4, "little")
    frames = read(written(path, bytes(data)))
    assert (frames.total, frames.duration) == (60, pytest.approx(2.4))
    assert numbers_in(frames.pixels) == list(frames.indices)


def test_too_short(tmp_path: Path, video: Video, read: Read, reason: Reason) -> None:
    assert reason(render(tmp_path / "one.mp4", 1)) == "too_short"
    assert reason(video("faststart.mp4"), 1.01, 1.03) == "too_short"
    assert reason(video("faststart.mp4"), 1.01, 1.05) == "too_short"
    assert reason(video("faststart.mp4"), 9.98) == "too_short"
    assert set(read(video("faststart.mp4"), 1.01, 1.09).indices) == {26, 27}


def test_window_outside(video: Video, read: Read, reason: Reason) -> None:
    for window in ((10.0, None), (10.0, 10.5), (30.0, 40.0), (0.0, 11.01), (5.0, 20.0), (None, 11.5)):
        assert reason(video("faststart.mp4"), *window) == "window_outside"
    clamped, whole = read(video("faststart.mp4"), 5.0, 10.9), read(video("faststart.mp4"), 5.0, None)
    assert clamped.indices == whole.indices


def test_timeout(video: Video, reason: Reason) -> None:
    for name in ("faststart.mp4", "raw.h264"):
        assert reason(video(name), timeout=1e-9) == "timeout"


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: a file whose reading fails")
def test_a_disk_that_fails_is_no_verdict(read: Read) -> None:
    with pytest.raises(OSError, match="Input/output error"):
        read(Path("/proc/self/mem"))


@pytest.mark.parametrize("content", ["half a video", "no video"])
def test_a_disk_that_fails_later_is_no_verdict(
    content: str, tmp_path: Path, video: Video, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(path: Path, deadline: object) -> None:
        raise OSError(errno.ESTALE, "Stale file handle")

    path = halved(video("faststart.mp4"), tmp_path) if content == "half a video" else written(tmp_path / "x", content)
    monkeypatch.setattr("vstar_data.video.decode.read_through", failing)
    monkeypatch.setattr("vstar_data.video.containers.read_through", failing)
    with pytest.raises(OSError, match="Stale file handle"):
        read(path)
