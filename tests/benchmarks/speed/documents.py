"""The documents of the benchmark, and the slices of them that all contestants read."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from extract.article import make_article

Document = dict[str, Any]  # what `make_article` takes, and the number of words

_KEYS = ("id", "title", "text", "published")


def read_documents(path: Path, limit: int) -> list[Document]:
    """Return the first documents of a JSON Lines file, each title put before its text.

    A word is a run of characters that are no white space, for every contestant alike.
    """
    documents: list[Document] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if len(documents) == limit:
                break
            entry = json.loads(line)
            known = {key: entry.get(key) for key in _KEYS} | {"source": f"{path.name}:{number}"}
            text = make_article(**known).text
            documents.append({**known, "text": text, "words": len(text.split())})
    return documents


def deal_slices(documents: Sequence[Document], count: int) -> list[Sequence[Document]]:
    """Return the documents dealt out like cards, so that the slices are alike in what they hold."""
    return [documents[first::count] for first in range(min(count, len(documents)))]


def write_slice(documents: Iterable[Document], path: Path) -> Path:
    """Write documents as JSON Lines and return the path."""
    path.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
    return path
