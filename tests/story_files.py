"""The stories of `tests/stories`: each a press text of our own, and what a reader finds in it.

input.txt, input.jsonl  what is read
meta.json               what a human marked, by the definition of an agreement
output.jsonl            the records, less what may move (`run`, `confidence`)
error.json              the rejects; absent where there are none, as output.jsonl is
"""

import json
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.article import Article, Reject
from extract.readers import parse_field_map, read_articles

STORIES = Path(__file__).parent / "stories"
NAMES = sorted(path.parent.name for path in STORIES.glob("*/meta.json"))


def read_meta(name: str) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((STORIES / name / "meta.json").read_text(encoding="utf-8"))
    return meta


def input_file(name: str) -> Path:
    [path] = (STORIES / name).glob("input.*")
    return path


def read_story(name: str) -> list[Article | Reject]:
    """Return what the readers make of a story, with the publication date that it is given."""
    meta = read_meta(name)
    with chdir(STORIES / name):
        fields = parse_field_map(meta.get("fields", []))
        found = list(read_articles([input_file(name).name], fields=fields))
    if "published" not in meta:
        return found
    return [
        replace(item, published=meta["published"]) if isinstance(item, Article) else item
        for item in found
    ]
