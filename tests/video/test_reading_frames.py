from __future__ import annotations

import random
import struct
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import pytest

from tests.video.barcode_videos import HEIGHT, VIDEOS, WIDTH, numbers_in, render
from vstar_data.records import Frames
from vstar_data.video.deadlines import Deadline
from vstar_data.video.timelines import read_timeline

Read = Callable[..., Frames]
Video = Callable[[str], Path]

WINDOWS = [(None, None), (1.1, 2.3), (3.0, 7.9), (6.0, None), (None, 0.2), (9.0, 10.6)]


@pytest.mark.parametrize("name", VIDEOS)
def test_the_frames_are_those_whose_numbers_are_given(name: str, video: Video, read: Read) -> None:
    for start, end in WINDOWS:
        frames = read(video(name), start, end)
        assert frames.pixels.shape == (8, HEIGHT, WIDTH, 3)
        assert frames.pixels.dtype == np.uint8
        assert numbers_in(frames.pixels) == list(frames.indices)
        assert frames.times == pytest.approx([index / 25 for index in frames.indices], abs=0.0011)
        assert all((start or 0.0) <= time <= (10.0 if end is None else end) for time in frames.times)
        assert (frames.total, frames.fps, frames.duration) == pytest.approx((250, 25.0, 10.0), rel=1e-3)


@pytest.mark.parametrize("name", ["faststart.mp4", "x264.mkv", "mpeg2.mpg", "vp8.webm", "x264.ts"])
@pytest.mark.parametrize("count", [2, 4, 64, 300])
def test_few_frames_with_long_gaps_and_many_with_short_ones(name: str, count: int, video: Video, read: Read) -> None:
    frames = read(video(name), count=count)
    assert numbers_in(frames.pixels) == list(frames.indices)
    assert len(set(frames.indices)) == min(count, 250)


@pytest.mark.parametrize("name", ["vfr.mp4", "vfr.mkv"])
def test_a_variable_frame_rate_is_sampled_by_time(name: str, tmp_path: Path, read: Read) -> None:
    generator = random.Random(5)
    ticks = [0]
    for _ in range(199):
        ticks.append(ticks[-1] + generator.choice((1, 1, 2, 5, 60)))
    path = render(tmp_path / name, 200, rate=100, ticks=ticks)
    for start, end in ((None, None), (2.0, 4.0), (1.0, ticks[-1] / 100)):
        frames = read(path, start, end)
        assert numbers_in(frames.pixels) == list(frames.indices)
        assert frames.times == pytest.approx([ticks[index] / 100 for index in frames.indices], abs=0.0011)
        first, last = start or 0.0, frames.duration if end is None else end
        for part, time in enumerate(frames.times):
            middle = first + (part + 0.5) * (last - first) / 8
            nearest = min(
                (tick / 100 for tick in ticks if first <= tick / 100 <= last), key=lambda at: abs(at - middle)
            )
            assert abs(time - middle) == pytest.approx(abs(nearest - middle), abs=0.003)
    assert frames.fps == pytest.approx(200 / frames.duration)


def test_frames_that_are_never_shown_are_not_counted(tmp_path: Path, video: Video, read: Read) -> None:
    path = tmp_path / "hidden.webm"
    with av.open(str(video("vp8.webm"))) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size and packet.is_keyframe and packet.pts:
                data = bytearray(packet)
                data[0] &= ~0x10
                hidden = av.Packet(bytes(data))
                hidden.pts = hidden.dts = packet.pts - 10
                hidden.time_base, hidden.stream, hidden.is_keyframe = packet.time_base, stream, True
                target.mux(hidden)
            if packet.size:
                packet.stream = stream
                target.mux(packet)
    with av.open(str(path)) as container:
        assert sum(packet.size > 0 for packet in container.demux(video=0)) > 250
    frames = read(path)
    assert frames.total == 250
    assert numbers_in(frames.pixels) == list(frames.indices)


def test_placeholders_of_mpeg4_are_not_counted(tmp_path: Path, read: Read) -> None:
    whole = render(tmp_path / "whole.avi", 100, codec="mpeg4", b_frames=0)
    path = tmp_path / "placeholders.avi"
    with av.open(str(whole)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        tick = 0
        for packet in source.demux(video=0):
            if not packet.size:
                continue
            if tick % 10 == 5:
                # A P picture with no coded content: start code, type, time, and the bit `vop_coded` at 0.
                empty = av.Packet(bytes.fromhex("000001b6504f"))
                empty.pts = empty.dts = tick
                empty.time_base, empty.stream = packet.time_base, stream
                target.mux(empty)
                tick += 1
            packet.pts = packet.dts = tick
            packet.stream = stream
            target.mux(packet)
            tick += 1
    frames = read(path)
    assert frames.total == 100
    assert numbers_in(frames.pixels) == list(frames.indices)


def test_times_count_from_the_first_frame(tmp_path: Path, read: Read) -> None:
    path = render(tmp_path / "late.mkv", 100, ticks=range(50, 150))
    frames = read(path, 1.0, 2.0)
    assert numbers_in(frames.pixels) == list(frames.indices)
    assert frames.times == pytest.approx([index / 25 for index in frames.indices])
    assert frames.duration == pytest.approx(4.0)


def test_frames_that_an_edit_list_hides_are_not_counted(tmp_path: Path, read: Read) -> None:
    whole = render(tmp_path / "whole.mp4", 100, keyframe_every=50)
    with av.open(str(whole)) as source, av.open(str(tmp_path / "cut.mp4"), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        shift = int(1 / source.streams.video[0].time_base)
        for packet in source.demux(video=0):
            if packet.size:
                packet.pts, packet.dts, packet.stream = packet.pts - shift, packet.dts - shift, stream
                target.mux(packet)
    frames = read(tmp_path / "cut.mp4")
    assert frames.total == 75
    assert numbers_in(frames.pixels) == [index + 25 for index in frames.indices]


def test_decoding_times_in_place_of_presentation_times_do_not_mix_the_order_up(tmp_path: Path, read: Read) -> None:
    whole = render(tmp_path / "whole.mp4", 100, b_frames=3, codec_options={"x264-params": "b-adapt=0"})
    with av.open(str(whole)) as source, av.open(str(tmp_path / "lost.mp4"), "w") as target:
        delay = None
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                delay = delay if delay is not None else packet.dts
                packet.pts = packet.dts = packet.dts - delay
                packet.stream = stream
                target.mux(packet)
    frames = read(tmp_path / "lost.mp4")
    assert numbers_in(frames.pixels) == list(frames.indices)
    assert frames.times == pytest.approx([index / 25 for index in frames.indices], abs=0.001)


@pytest.mark.parametrize("name", ["x264.ts", "mpeg2.mpg"])
def test_a_stream_may_begin_between_keyframes(name: str, tmp_path: Path, video: Video, read: Read) -> None:
    data = video(name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[len(data) // 3 // 188 * 188 :])
    frames = read(path)
    first = numbers_in(frames.pixels)[0] - frames.indices[0]
    assert 60 < first < 130
    assert numbers_in(frames.pixels) == [index + first for index in frames.indices]


def test_pictures_are_reduced_to_the_longer_side_and_never_enlarged(tmp_path: Path, read: Read) -> None:
    path = render(tmp_path / "wide.mp4", 20, size=(640, 272))
    assert read(path, max_side=448).pixels.shape == (8, 190, 448, 3)
    assert read(path, max_side=64).pixels.shape == (8, 27, 64, 3)
    assert read(path, max_side=640).pixels.shape == read(path, max_side=4096).pixels.shape == (8, 272, 640, 3)
    assert numbers_in(read(path, max_side=64).pixels) == list(read(path).indices)


@pytest.mark.parametrize(
    ("matrix", "red_corner"),
    [((0, 1, -1, 0), "top right"), ((-1, 0, 0, -1), "bottom right"), ((0, -1, 1, 0), "bottom left")],
    ids=["90 degrees clockwise", "180 degrees", "90 degrees counterclockwise"],
)
def test_pictures_are_turned_as_the_file_asks(
    matrix: tuple[int, int, int, int], red_corner: str, tmp_path: Path, video: Video, read: Read
) -> None:
    data = video("index_last.mp4").read_bytes()
    upright = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    a, b, c, d = (value << 16 for value in matrix)
    at = data.index(upright, data.index(b"tkhd"))
    path = tmp_path / "turned.mp4"
    path.write_bytes(data[:at] + struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30) + data[at + 36 :])
    picture = read(path).pixels[0].astype(int)
    assert picture.shape == ((HEIGHT, WIDTH, 3) if red_corner == "bottom right" else (WIDTH, HEIGHT, 3))
    corners = {
        "top left": picture[4, 4],
        "top right": picture[4, -5],
        "bottom left": picture[-5, 4],
        "bottom right": picture[-5, -5],
    }
    assert {name for name, colour in corners.items() if colour[0] - colour[1] > 100} == {red_corner}


def test_cover_art_is_not_the_video(tmp_path: Path, video: Video, read: Read) -> None:
    path = tmp_path / "with_cover.mp4"
    with av.open(str(video("index_last.mp4"))) as source, av.open(str(path), "w") as target:
        cover = target.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 64, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        stream = target.add_stream_from_template(source.streams.video[0])
        picture = av.VideoFrame(64, 64, "yuvj420p")
        picture.pts = 0
        target.mux(cover.encode(picture))
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                target.mux(packet)
    assert numbers_in(read(path).pixels) == list(read(path).indices)


def test_titles_in_another_encoding_do_no_harm(tmp_path: Path, read: Read) -> None:
    path = render(tmp_path / "title.mp4", 20, metadata={"title": "PLACEHOLDER"})
    path.write_bytes(path.read_bytes().replace(b"PLACEHOLDER", b"\xff\xfe\xe9\xe8 caf\xe9\xe9"))
    assert numbers_in(read(path).pixels) == list(read(path).indices)


def test_any_file_name_will_do(tmp_path: Path, video: Video, read: Read) -> None:
    for name in ("concat:a|b.mp4", "http:..a.mp4", "100%d.mp4", "caf\udce9.mp4", "-i.mp4", "ü ñ #?.mp4"):
        path = tmp_path / name
        path.write_bytes(video("faststart.mp4").read_bytes())
        assert numbers_in(read(path).pixels) == list(read(path).indices)


def test_many_threads_read_what_one_reads(video: Video, read: Read) -> None:
    work = [
        (video(name), *window) for name in ("open_gop.mp4", "x264.avi", "mpeg2.mpg", "vp9.webm") for window in WINDOWS
    ]
    alone = [read(*clip) for clip in work]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda clip: read(*clip), work))
    for one, other in zip(alone, together, strict=True):
        assert one.indices == other.indices
        assert one.times == other.times
        assert np.array_equal(one.pixels, other.pixels)


def test_a_changed_file_is_read_anew(tmp_path: Path, read: Read) -> None:
    path = render(tmp_path / "x.mp4", 50)
    assert read(path).total == 50
    render(path, 75)
    assert read(path).total == 75


def test_a_timeline_is_kept_for_the_next_clip(video: Video) -> None:
    path = video("faststart.mp4")
    assert read_timeline(path, Deadline(60)) is read_timeline(path, Deadline(60))


def test_ffmpeg_says_nothing(tmp_path: Path, video: Video) -> None:
    data = bytearray(video("faststart.mp4").read_bytes())
    data[len(data) * 6 // 10 : len(data) * 6 // 10 + 800] = bytes(800)
    (tmp_path / "broken.mp4").write_bytes(data)
    program = (
        "import sys; from pathlib import Path\n"
        "from vstar_data.video import FrameSettings, read_frames\n"
        "from vstar_data.errors import UnusableClipError\n"
        "try: read_frames(Path(sys.argv[1]), start=None, end=None, fps=None, settings=FrameSettings(count=64))\n"
        "except UnusableClipError as error: print(error.reason)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "broken.mp4")], capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == ("truncated\n", "")


def test_importing_the_package_does_not_load_ffmpeg() -> None:
    program = "import sys, vstar_data.video; print([name for name in ('av', 'numpy', 'PIL') if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
