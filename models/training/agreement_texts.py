"""Texts with agreements marked, from all sources, in the shape of press-gold."""

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.article import Article, make_article

FOLDS = 4
HERE = Path(__file__).parent
MARKS = HERE / "marked" / "agreements.jsonl"
OWN = HERE.parents[1] / "corpus" / "gold" / "train.jsonl"
FRAMENET = ("lu_core", "lu_cooperation", "lu_negatives")
Text = dict[str, Any]


def read_texts(data: Path) -> list[Text]:
    """Return all texts that a reader may learn from, those of FrameNet left out.

    press-gold's training part, the passages of `data` that we marked, our own gold.
    """
    return [*read_press_gold(data), *read_marked(data), *read_lines(OWN)]


def read_press_gold(data: Path) -> list[Text]:
    """Return the training part of press-gold."""
    return read_lines(data / "agreements" / "press-gold.train.jsonl")


def read_framenet(data: Path) -> list[Text]:
    """Return the sentences of FrameNet."""
    folder = data / "agreements"
    return [from_framenet(e) for n in FRAMENET for e in read_lines(folder / f"framenet-{n}.jsonl")]


def to_article(text: Text) -> Article:
    """Return a text as the pipeline takes it."""
    id = text["id"]
    return make_article(
        text["text"], source=id, id=id, title=text["title"], published=text["published"]
    )


def fold_of(text: Text) -> int:
    """Return the part of cross-validation that a text belongs to."""
    return zlib.crc32(text["id"].encode()) % FOLDS


def read_lines(path: Path) -> list[Text]:
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_marked(data: Path) -> Iterator[Text]:
    """Yield the passages whose marks lie in `marked/`; their text is put together from `data`.

    Raises `SystemExit` where a passage is not what was marked.
    """
    files: dict[str, dict[str, Text]] = {}
    for marks in read_lines(MARKS):
        parts = []
        for name, id, *place in marks["pieces"]:
            if name not in files:
                files[name] = {entry["id"]: entry for entry in read_lines(data / f"{name}.jsonl")}
            source = files[name][id]
            parts.append(source["title"] if place == ["title"] else source["text"][slice(*place)])
        text = marks["join"].join(parts)
        if hashlib.sha256(text.encode()).hexdigest()[:16] != marks["sha256"]:
            raise SystemExit(f"Error: {marks['id']}: {data} has another text than was marked")
        title = parts[0] if marks["pieces"][0][2:] == ["title"] else None
        agreements = [_with_text(text, agreement) for agreement in marks["agreements"]]
        yield {**marks, "text": text, "title": title, "agreements": agreements}


def _with_text(text: str, marked: Text) -> Text:
    """Return the marks of an agreement with the words that they mark."""

    def to_span(place: list[int] | None) -> Text | None:
        return place and {"start": place[0], "end": place[1], "text": text[slice(*place)]}

    date = marked["date"]
    return {
        **marked,
        "triggers": [to_span(place) for place in marked["triggers"]],
        **{
            names: [{"mentions": [to_span(place) for place in places]} for places in marked[names]]
            for names in ("parties", "signatories")
        },
        "date": date and {"value": date[0], "mention": to_span(date[1:] or None)},
        **{slot: to_span(marked[slot]) for slot in ("place", "topic", "value")},
    }


def from_framenet(entry: Text) -> Text:
    """Return a FrameNet sentence in the shape of press-gold; it says nothing of the status."""
    text = entry["text"]
    agreements = [
        {
            "triggers": [agreement["trigger"]],
            "status": None,
            "parties": [
                {"mentions": [without_opener(text, party, "(the|a|an|both)")]}
                for party in agreement["parties"]
            ],
            "topic": agreement["topic"]
            and without_opener(text, agreement["topic"], "(on|in|to|for|about|over|of|that)"),
            "date": None,
            "place": None,
            "signatories": [],
        }
        for agreement in entry["agreements"]
    ]
    return {
        "id": entry["id"],
        "title": None,
        "published": None,
        "text": text,
        "agreements": agreements,
    }


def without_opener(text: str, span: Text, opener: str) -> Text:
    """Return a span without the word that opens it, if it is one of these."""
    found = re.match(rf"{opener}\s+", text[span["start"] : span["end"]], re.IGNORECASE)
    start = span["start"] + (found.end() if found else 0)
    return {"start": start, "end": span["end"], "text": text[start : span["end"]]}
