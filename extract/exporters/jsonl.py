"""JSON lines: one record a line, keys in the order of `records.py`, UTF-8 unescaped."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from extract.article import Reject
from extract.exporters.target import open_target
from extract.records import DocumentRecord


def to_line(record: DocumentRecord) -> bytes:
    """Return the JSON line of a record, in UTF-8, with its newline."""
    return record.model_dump_json().encode("utf-8") + b"\n"


def to_reject_line(reject: Reject) -> bytes:
    """Return the JSON line of a reject: source, id, reason, message.

    A file name that is no valid text comes as lone surrogates; they are escaped, as JSON allows.
    """
    fields = asdict(reject)
    ordered = {key: fields[key] for key in ("source", "id", "reason", "message")}
    return json.dumps(ordered, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def write_jsonl(records: Iterable[DocumentRecord], path: str) -> int:
    """Write records as JSON lines and return their number; `-` is standard output."""
    return _write_lines(map(to_line, records), path)


def write_rejects(rejects: Iterable[Reject], path: str) -> int:
    """Write rejects as JSON lines and return their number; `-` is standard output."""
    return _write_lines(map(to_reject_line, rejects), path)


def _write_lines(lines: Iterable[bytes], path: str) -> int:
    count = 0
    with open_target(path) as stream:
        for line in lines:
            stream.write(line)
            count += 1
    return count
