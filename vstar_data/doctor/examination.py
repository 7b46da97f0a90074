"""All checks in the order in which they are shown."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from vstar_data.doctor import graphics, hub, libraries, machine, parts
from vstar_data.doctor.findings import Check, Finding, finding


def checks(*, online: bool = False) -> tuple[Check, ...]:
    """Returns the checks.

    Args:
        online: Whether the Hub may be asked.
    """
    return (
        Check("python", libraries.python, needed=True),
        Check("vstar-data", libraries.itself, needed=True),
        *(Check(name, partial(libraries.library, name), needed=True) for name in ("torch", "torchvision")),
        Check("gpu", graphics.gpu),
        Check("cores", machine.cores),
        Check("memory", machine.memory),
        *(
            Check(name, partial(libraries.library, name), needed=name != "datasets")
            for name in ("transformers", "datasets", "huggingface_hub", "pyarrow")
        ),
        Check("decoder", parts.decoder, needed=True),
        Check("word forms", parts.words, needed=True),
        Check("parser", parts.parser, needed=True),
        Check("demo model", parts.demo_model, needed=True),
        Check(
            "extra embeddings", partial(libraries.extra, "embeddings", "sentence_transformers", "comparing meanings")
        ),
        Check("extra review", partial(libraries.extra, "review", "gradio", "the review page")),
        Check("offline", libraries.offline),
        Check("hub token", partial(hub.token, online=online)),
        Check("hub cache", partial(machine.disk, "hub cache", machine.hub_cache)),
        Check("working folder", partial(machine.disk, "working folder", Path.cwd), needed=True),
        Check(
            "temporary files",
            partial(machine.disk, "temporary files", lambda: Path(tempfile.gettempdir())),
        ),
        Check("VSTAR_DATA_ROOT", machine.data_root),
    )


def examine(*, online: bool = False) -> Iterator[Finding]:
    """Yields what each check finds, one after the other. No check raises."""
    yield from map(finding, checks(online=online))
