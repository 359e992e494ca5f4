"""The JSON Schema of the records: current, valid, and as strict as the records."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from made_records import make_agreement, make_record

import extract.exporters
from extract.exporters import to_schema

COMMITTED = Path(extract.exporters.__file__).parent.parent / "record.schema.json"


def test_the_committed_schema_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == to_schema(), (
        "renew it: pactwire schema > extract/record.schema.json"
    )


def _validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(to_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _record() -> dict[str, Any]:
    return json.loads(make_record(agreements=[make_agreement()]).model_dump_json())


def test_a_record_validates() -> None:
    _validator().validate(_record())


def test_the_schema_names_its_dialect() -> None:
    assert json.loads(to_schema())["$schema"] == "https://json-schema.org/draft/2020-12/schema"


BROKEN = [
    (("schema_version",), "2.0", "another version"),
    (("agreements", 0, "kind"), "quarrel", "an unknown kind"),
    (("agreements", 0, "parties"), [], "an agreement of nobody"),
    (("agreements", 0, "confidence"), 1.5, "a share above one"),
    (("document", "published", "value"), "July 2025", "no ISO day"),
    (("document", "mood"), "glad", "an unknown field"),
]


@pytest.mark.parametrize(("path", "value", "why"), BROKEN)
def test_a_broken_record_does_not_validate(path: tuple[Any, ...], value: Any, why: str) -> None:
    record = inner = _record()
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert not _validator().is_valid(record), why


@pytest.mark.parametrize("key", ["schema_version", "warnings", "run"])
def test_every_key_is_required(key: str) -> None:
    record = _record()
    del record[key]
    assert not _validator().is_valid(record)
