"""Checks of GPUs: which there are, and whether torch can use them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from vstar_data.doctor.findings import Finding, note, ok, problem
from vstar_data.doctor.libraries import torch_build

_NAME = "gpu"
_SECONDS = 10


def gpu() -> Finding:
    """Looks at the GPUs through torch, and at the driver where torch finds none."""
    import torch

    build = torch_build()
    why = ""
    try:
        torch.ones(1, device="cuda").sum().item()
    except (RuntimeError, AssertionError) as raised:
        why = str(raised)
    driver = nvidia_driver()
    if not why and torch.cuda.device_count():
        return ok(_NAME, "; ".join([*map(_described, range(torch.cuda.device_count())), *_driver(driver)]))
    if torch.backends.mps.is_available():
        return ok(_NAME, "Apple, through MPS")
    if driver is None:
        mend = "the demo needs none; for a model of some size, build on a machine with one, or ask a server (--serve)"
        return note(_NAME, "none", mend)
    if build is None:
        return problem(
            _NAME, f"{driver}; torch is built for processors alone", "install torch for CUDA: see pytorch.org"
        )
    mend = f"install a driver for {build} or newer, or a torch for the driver; look at CUDA_VISIBLE_DEVICES too"
    return problem(_NAME, f"{driver}, but torch (for {build}) cannot use it: {why or 'no device'}", mend)


def nvidia_driver() -> str | None:
    """Returns the NVIDIA GPUs with their driver as the system knows them, None where there are none."""
    program = shutil.which("nvidia-smi")
    if program is not None:
        asked = [program, "--query-gpu=name,driver_version", "--format=csv,noheader"]
        try:
            done = subprocess.run(asked, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as raised:
            return f"nvidia-smi fails ({type(raised).__name__})"
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        if done.returncode:
            return f"nvidia-smi fails ({' '.join(lines[:1]) or f'exit code {done.returncode}'})"
        return "; ".join(", driver ".join(line.rsplit(", ", 1)) for line in lines) or None
    told = Path("/proc/driver/nvidia/version")
    return told.read_text(encoding="utf-8").splitlines()[0] if told.is_file() else None


def _described(number: int) -> str:
    import torch

    about = torch.cuda.get_device_properties(number)
    free, whole = torch.cuda.mem_get_info(number)
    return f"{about.name}, {whole / 2**30:.0f} GiB ({free / 2**30:.0f} free)"


def _driver(driver: str | None) -> list[str]:
    return [f"driver {driver.rsplit(', driver ', 1)[1]}"] if driver and ", driver " in driver else []
