"""The conformance suite for adapters, for use in tests: `check_adapter` returns a report, `AdapterConformance` asserts.

`vstar-data adapters check` runs the same. Each check sees rows one by one and holds hashes, never rows, so that whole
datasets can be checked. Not here: whether labels are true of their videos.
"""

from __future__ import annotations

from vstar_data.testing.conformance import AdapterConformance
from vstar_data.testing.descriptions import HEADINGS, REQUIRED, Description, Option, description_of, options_of
from vstar_data.testing.results import Outcome, Report, Result
from vstar_data.testing.suite import RowCheck, check_adapter, check_rows

__all__ = [
    "AdapterConformance",
    "Description",
    "HEADINGS",
    "Option",
    "Outcome",
    "REQUIRED",
    "Report",
    "Result",
    "RowCheck",
    "check_adapter",
    "check_rows",
    "description_of",
    "options_of",
]
