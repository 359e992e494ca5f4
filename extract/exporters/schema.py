"""The JSON Schema of the records, for whoever reads them without this package."""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from extract.records import DocumentRecord


class _AllRequired(GenerateJsonSchema):
    def field_is_required(self, field: Any, total: bool) -> bool:
        return True


def to_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of a `DocumentRecord`, ending in a newline.

    It describes what is written, where every key stands in every record: none is optional.
    """
    schema = DocumentRecord.model_json_schema(mode="serialization", schema_generator=_AllRequired)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
