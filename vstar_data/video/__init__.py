"""Video: frame plans, decoding, and what makes a file unusable. FFmpeg is loaded at the first file, not at import."""

from vstar_data.video.decode import read_frames
from vstar_data.video.identity import identity
from vstar_data.video.plans import frame_plan
from vstar_data.video.probe import VideoInfo, probe
from vstar_data.video.settings import FrameSettings

__all__ = ["FrameSettings", "VideoInfo", "frame_plan", "identity", "probe", "read_frames"]
