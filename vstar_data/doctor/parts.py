"""Checks of what a build is made of: the decoder, the words of the verifier, the shipped model."""

from __future__ import annotations

import tempfile
from pathlib import Path

from vstar_data.doctor.findings import Finding, note, ok, problem

_CODECS = {"h264": ("h264",), "hevc": ("hevc",), "vp9": ("vp9", "libvpx-vp9"), "av1": ("libdav1d", "av1")}


def decoder() -> Finding:
    """Writes a clip of a moving shape, reads it back the way a build does, and looks at the picture."""
    import av
    import numpy as np

    from vstar_data.demo.clips import encoded, scenes_and_clips
    from vstar_data.demo.scenes import draw
    from vstar_data.records import Split
    from vstar_data.video import FrameSettings, read_frames

    scene, _ = next(scenes_and_clips({Split.TRAIN: 1}))
    with tempfile.TemporaryDirectory(prefix="vstar-data-doctor-") as folder:
        clip = Path(folder) / "clip.mp4"
        clip.write_bytes(encoded(scene))
        frames = read_frames(clip, start=None, end=None, fps=None, settings=FrameSettings(count=2, max_side=80))
    drawn = np.stack(list(draw(scene, frames.indices))).astype(int)
    shape = f"PyAV {av.__version__}, FFmpeg {av.ffmpeg_version_info}"
    if frames.pixels.shape != drawn.shape or abs(frames.pixels.astype(int) - drawn).mean() > 16:
        return problem("decoder", f"{shape}: a clip does not come back as it was written", _again("av"))
    lacking = [name for name, decoders in _CODECS.items() if not any(map(_decodes, decoders))]
    if lacking:
        mend = f"videos in {', '.join(lacking)} will be unusable: {_again('av')}"
        return note("decoder", f"{shape}; no decoder for {', '.join(lacking)}", mend)
    return ok("decoder", f"{shape}; wrote and read a clip; {', '.join(_CODECS)}")


def words() -> Finding:
    """Looks up a word in the tables of base forms, which every verdict needs."""
    from importlib.metadata import version

    from vstar_data.verification.lemmas import form

    if "go" not in form("went").verb:
        return problem("word forms", "the tables do not know that `went` is `go`", _again("spacy-lookups-data"))
    return ok("word forms", f"spacy-lookups-data {version('spacy-lookups-data')}")


def parser() -> Finding:
    """Loads spaCy's English model, where there is one, and parses a sentence."""
    import spacy

    from vstar_data.verification import parsing

    name = parsing.model()
    found = f"spaCy {spacy.__version__}"
    if name is None:
        mend = "`strict` rejects fewer right answers with it: python -m spacy download en_core_web_sm"
        return note("parser", f"{found}, no {parsing.MODELS[0]}", mend)
    tree = spacy.load(name)("A dog catches the ball.")
    if [token.dep_ for token in tree if token.text == "dog"] != ["nsubj"]:
        return problem("parser", f"{found}: {name} does not parse a plain sentence", _again(name.replace("_", "-")))
    return ok("parser", f"{found}, {parsing.edition().lstrip('+')}")


def demo_model() -> Finding:
    """Looks whether the files of the shipped model are whole."""
    from vstar_data.engines.models import DEMO, check_model
    from vstar_data.errors import ModelError

    try:
        model = check_model(DEMO)
    except ModelError as raised:
        return problem("demo model", raised.what, "pip install --force-reinstall vstar-data")
    size = sum(file.stat().st_size for file in model.path.iterdir() if file.is_file())
    return ok("demo model", f"{size / 2**20:.1f} MiB, {model.path}")


def _decodes(codec: str) -> bool:
    import av

    try:
        av.codec.Codec(codec, "r")
    except ValueError:
        return False
    return True


def _again(package: str) -> str:
    return f"pip install --force-reinstall {package}"
