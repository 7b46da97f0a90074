"""The YAML at the head of the card, which the `datasets` library and the Hub read: configs, features, licences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from vstar_data.dataset.counts import Counts
from vstar_data.dataset.schemas import CONFIGS, features_of, schema_of

_LICENSES = frozenset(
    {
        "apache-2.0",
        "bsd-3-clause",
        "cc",
        "cc-by-2.0",
        "cc-by-3.0",
        "cc-by-4.0",
        "cc-by-nc-3.0",
        "cc-by-nc-4.0",
        "cc-by-nc-nd-4.0",
        "cc-by-nc-sa-3.0",
        "cc-by-nc-sa-4.0",
        "cc-by-nd-4.0",
        "cc-by-sa-3.0",
        "cc-by-sa-4.0",
        "cc0-1.0",
        "mit",
        "odbl",
        "odc-by",
        "other",
        "pddl",
        "unknown",
        "unlicense",
    }
)
"""The Hub's names of licences, those that occur for data."""

_SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))


def front_matter(title: str, counts: Counts, contents: Mapping[str, str]) -> str:
    """Returns the YAML block with its two rulers.

    A config without rows is left out: the library refuses it. The features are declared, so that a column without a
    single value keeps its type.

    Args:
        title: The title; any text.
        counts: What is in the dataset.
        contents: For each config a hash of its files. `datasets` keeps what it has loaded under the folder's name and a
            hash of this block: without the contents in it, one run's rows would be served for another's.
    """
    import yaml

    full = [config for config in CONFIGS if counts.rows.get(config)]
    rows = max((sum(counts.rows[config].values()) for config in full), default=0)
    head: dict[str, Any] = {
        "pretty_name": " ".join(title.split())[:200],
        "license": licenses_of(name for _, name in counts.licenses),
        "language": ["en"],
        "task_categories": ["video-text-to-text"],
        "tags": ["video", "instruction-tuning", "self-training", "vstar-data"],
        "size_categories": [next((name for most, name in _SIZES if rows < most), "n>10M")],
    }
    if full:
        head["configs"] = [_config(config, counts) for config in full]
        head["dataset_info"] = [
            {
                "config_name": config,
                "description": f"content {contents[config][:16]}",
                "features": features_of(schema_of(config, styled=counts.reformatted is not None)),
            }
            for config in full
        ]
    # Wide lines: a folded text could bring a line of its own that reads as the closing ruler.
    text = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=1_000_000)
    return f"---\n{text}---\n"


def licenses_of(stated: Iterable[str]) -> list[str]:
    """Returns the Hub's names of licences, sorted: `unknown` where none is stated, `other` for one it has no name for.

    Args:
        stated: Licences as the clips state them: "CC BY 4.0", "cc-by-4.0", "".
    """
    names = {re.sub(r"[\s_]+", "-", name.strip().lower()) or "unknown" for name in stated}
    return sorted({name if name in _LICENSES else "other" for name in names}) or ["unknown"]


def _config(config: str, counts: Counts) -> dict[str, Any]:
    files = [{"split": split, "path": f"data/{config}/{split}-*.parquet"} for split in counts.rows[config]]
    return {"config_name": config, "data_files": files} | ({"default": True} if config == CONFIGS[0] else {})
