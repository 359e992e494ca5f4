"""Gold of time expressions from files, and predictions of them.

Gold is TimeML (`timeml.py`) or JSONL. A line of JSONL is a document with all its time expressions
(`id`, `dct`, `text` and `timex`, each {start, end, text, type, value}), or a sentence or a phrase
with a value to find (`phrases.py`); the fields of the first line tell which.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from extract.errors import GoldError
from extract.evaluation.gold import (
    Mark,
    check_same_documents,
    digest,
    open_lines,
    read_lines,
    replay,
)
from extract.evaluation.timex.marks import MarkedTimex, TimexDocument, from_record
from extract.evaluation.timex.phrases import PHRASE_LINES, MarkedPhrase
from extract.evaluation.timex.timeml import read_timeml
from extract.records import DocumentRecord


@dataclass(frozen=True, slots=True)
class TimexGold:
    """What a gold file holds; of phrases, the documents are their texts, and nothing is marked."""

    documents: tuple[TimexDocument, ...]
    phrases: tuple[MarkedPhrase, ...] | None = None


def read_timex_gold(path: Path) -> TimexGold:
    """Return the documents of a `.tml` file, of the `.tml` files of a folder, or of JSONL.

    Raises:
        GoldError: the path cannot be read or holds no document, or one of them is not what it
            should be; the message has file and line.
    """
    if path.is_dir():
        files = sorted(path.rglob("*.tml"))
        documents = [read_timeml(file, id=_name(file.relative_to(path))) for file in files]
    elif path.suffix.lower() == ".tml":
        documents = [read_timeml(path, id=path.stem)]
    else:
        return _read_jsonl(path)
    if not documents:
        raise GoldError(f"{path}: no .tml file in this folder; give TimeML files or a JSONL")
    return TimexGold(tuple(documents))


def read_timex_predictions(path: Path, *, of: TimexGold) -> list[TimexDocument]:
    """Return the dates of a `DocumentRecord` JSONL file.

    Raises:
        GoldError: the file cannot be read, or a line is no record, or an id was there before,
            or none is that of a document of the gold.
    """
    documents = read_lines(path, lambda line: from_record(DocumentRecord.model_validate_json(line)))
    check_same_documents(path, documents, of.documents)
    return documents


def _name(path: Path) -> str:
    return path.with_suffix("").as_posix()


def _read_jsonl(path: Path) -> TimexGold:
    where, line = next(open_lines(path), ("", ""))
    if not line:
        raise GoldError(f"{path}: no document in it; give TimeML (.tml) or a JSONL of gold")
    fields = _fields(line)
    parse = next((parse for field, parse in PHRASE_LINES.items() if field in fields), None)
    if parse is not None:
        lines = read_lines(path, parse)
        return _gather([phrase for line in lines for phrase in line.phrases()])
    if "timex" not in fields:
        raise GoldError(
            f"{where}: neither a document with `timex` nor a phrase with its value; give TIMEX3 "
            "gold, or leave out --dates for agreements"
        )
    return TimexGold(tuple(read_lines(path, _parse_document)))


def _fields(line: str) -> frozenset[str]:
    """Return the fields of a line; none where it is no object, which the reading will tell."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return frozenset({"timex"})
    return frozenset(given) if isinstance(given, dict) else frozenset({"timex"})


def _gather(phrases: Sequence[MarkedPhrase]) -> TimexGold:
    texts = {phrase.document: (phrase.text, phrase.dct) for phrase in phrases}
    documents = (
        TimexDocument(id, digest(text), (), text, dct) for id, (text, dct) in texts.items()
    )
    return TimexGold(tuple(documents), tuple(phrases))


class _TimexField(BaseModel):
    start: Annotated[int, Field(ge=0)]
    end: int
    text: Annotated[str, Field(min_length=1)]
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None

    def mark(self) -> Mark:
        return Mark(self.start, self.end, self.text)


class _DocumentLine(BaseModel):
    """A line of a gold file of documents."""

    id: str
    dct: str | None
    text: str
    timex: tuple[_TimexField, ...]

    @model_validator(mode="after")
    def _replay(self) -> Self:
        replay(self.text, (timex.mark() for timex in self.timex))
        return self


def _parse_document(line: str) -> TimexDocument:
    gold = _DocumentLine.model_validate_json(line)
    timexes = (MarkedTimex(t.mark(), t.type, _to_timex3(t.value)) for t in gold.timex)
    return TimexDocument(gold.id, digest(gold.text), tuple(timexes), gold.text, gold.dct)


def _to_timex3(value: str | None) -> str | None:
    """Return a value as TIMEX3 writes it: GUM has `--12` for a December, `-0044` for 44 BC.

    Only the notation changes; what GUM does not know stays unknown.
    """
    if value is None or not value.startswith("-"):
        return value
    if value.startswith("--"):
        return f"XXXX-{value[2:]}"
    return f"BC{value[1:]}"
