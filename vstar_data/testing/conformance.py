"""The conformance suite as a test case: what the tests of an adapter derive from."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from vstar_data.adapters import LabelAdapter
from vstar_data.testing.suite import check_adapter


class AdapterConformance:
    """Checks an adapter on a fixture. pytest collects a subclass whose name begins with `Test`.

    Three lines do:

        class TestBirds(AdapterConformance):
            adapter = Birds()
            annotations = Path(__file__).parent / "birds.csv"

    Attributes:
        adapter: The adapter with its options.
        annotations: The annotation file or folder of the fixture.
        videos: The folder of the fixture's videos, if it has some.
        rows: The records in the fixture, counted by hand: each has to give one clip, or the reason why it gives none.
        strict: Whether warnings fail the test too.
    """

    adapter: ClassVar[LabelAdapter]
    annotations: ClassVar[Path]
    videos: ClassVar[Path | None] = None
    rows: ClassVar[int | None] = None
    strict: ClassVar[bool] = False

    def test_the_adapter_conforms(self) -> None:
        """Runs the suite. The message of a failure is the table that `vstar-data adapters check` prints."""
        report = check_adapter(self.adapter, self.annotations, self.videos)
        if report.failed or (self.strict and report.warnings):
            raise AssertionError(f"the adapter does not conform\n{report}")
        if self.rows is not None and report.rows != self.rows:
            raise AssertionError(f"{self.rows} rows gave {report.rows} clips and skipped rows\n{report}")
