"""Exporters: records in, one file out; a function for each format.

Each is called as `write_x(records, path)` and returns how many it wrote; `-` is standard output.
"""

from collections.abc import Callable, Iterable

from extract.exporters.jsonl import write_jsonl, write_rejects
from extract.exporters.schema import to_schema
from extract.records import DocumentRecord

Exporter = Callable[[Iterable[DocumentRecord], str], int]

EXPORTERS: dict[str, Exporter] = {"jsonl": write_jsonl}

__all__ = ["EXPORTERS", "Exporter", "to_schema", "write_jsonl", "write_rejects"]
