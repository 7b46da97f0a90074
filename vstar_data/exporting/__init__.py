"""Writes the rows of a published dataset as other training tools read them: one file per format, and their videos."""

from vstar_data.exporting.export import Exported, ExportOptions, export
from vstar_data.exporting.formats import FORMATS

__all__ = ["FORMATS", "ExportOptions", "Exported", "export"]
