"""Arrow and Parquet: one explicit schema for each table of a run, records to rows and back, files of the same bytes.

Importing this costs no pyarrow: it is imported where it is first used.
"""

from vstar_data.arrow.parquet import ROW_GROUP, ParquetFile, batches_of, has_schema, read_batches, write_parquet
from vstar_data.arrow.rows import (
    Row,
    UnusableRow,
    clip_row,
    clips_from,
    clips_table,
    label_from,
    label_row,
    metadata_json,
    question_row,
    questions_from,
    questions_table,
    record_batches,
    unusable_from,
    unusable_row,
    unusable_table,
)
from vstar_data.arrow.schemas import clips_schema, label_type, questions_schema, unusable_schema

__all__ = [
    "ParquetFile",
    "ROW_GROUP",
    "Row",
    "UnusableRow",
    "batches_of",
    "clip_row",
    "clips_from",
    "clips_schema",
    "clips_table",
    "has_schema",
    "label_from",
    "label_row",
    "label_type",
    "metadata_json",
    "question_row",
    "questions_from",
    "questions_schema",
    "questions_table",
    "read_batches",
    "record_batches",
    "unusable_from",
    "unusable_row",
    "unusable_schema",
    "unusable_table",
    "write_parquet",
]
