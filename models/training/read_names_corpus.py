"""Read the gold for names in `corpus/names`: items with inline marks to texts with offsets.

Items are parted by a line `===`. The first line of each is `# id: ID · YYYY-MM-DD · COUNTRY`, the
rest its text, in which a name stands as `[[Amina Wekesa|PERSON]]`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpora import LABELS

_HEADER = re.compile(r"# id: (\S+) · (\d{4}-\d{2}-\d{2}) · \S.*")
_MARK = re.compile(r"\[\[([^][|]+)\|([^][|]+)\]\]")


def read_names_corpus(path: Path) -> Iterator[dict[str, Any]]:
    """Yield `{id, published, text, entities}` for each item; offsets are into the bare text."""
    number = 1
    for block in re.split(r"(?m)^===\n", path.read_text(encoding="utf-8")):
        header, _, body = block.partition("\n")
        found = _HEADER.fullmatch(header)
        if not found:
            raise ValueError(f"{path}:{number}: {header!r} is no `# id: ID · YYYY-MM-DD · COUNTRY`")
        try:
            text, entities = read_inline(body.rstrip())
        except ValueError as error:
            raise ValueError(f"{path}:{number}: item {found[1]}: {error}") from error
        yield {"id": found[1], "published": found[2], "text": text, "entities": entities}
        number += block.count("\n") + 1


def read_inline(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the text without its marks, and the marks as `{start, end, label, text}`.

    `[[Accra|GPE]] said` is `Accra said` and one name from 0 to 5.
    """
    text, entities, at = "", [], 0
    for mark in _MARK.finditer(marked):
        name, label = mark.groups()
        if label not in LABELS:
            raise ValueError(
                f"unknown label in {mark[0]}; write one of {', '.join(sorted(LABELS))}"
            )
        text += marked[at : mark.start()]
        entities.append(
            {"start": len(text), "end": len(text) + len(name), "label": label, "text": name}
        )
        text += name
        at = mark.end()
    text += marked[at:]
    if stray := re.search(r".{0,20}(?:\[\[|\]\]).{0,20}", text):
        raise ValueError(f"a mark is not closed, or holds another, near {stray[0]!r}")
    return text, entities
