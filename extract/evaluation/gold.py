"""Gold and predictions in one shape, so that no score knows which of both it reads.

Gold is JSONL, a document a line: `id`, `text`, and `agreements` as `ANNOTATION.md` defines them;
other fields are left alone. Predictions are `DocumentRecord` JSONL, as `pactwire run` writes it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError, model_validator

from extract.errors import GoldError
from extract.evaluation.match import Identified
from extract.records import DocumentRecord
from extract.vocabulary import Kind, Status


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of the document text, in code points, the end exclusive."""

    start: Annotated[int, Field(ge=0)]
    end: int
    text: Annotated[str, Field(min_length=1)]

    def overlaps(self, other: "Mark") -> bool:
        """Tell whether both have a character in common."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Mark") -> bool:
        """Tell whether the other lies inside."""
        return self.start <= other.start and other.end <= self.end

    def same_place(self, other: "Mark") -> bool:
        """Tell whether both begin and end at the same characters."""
        return (self.start, self.end) == (other.start, other.end)


@dataclass(frozen=True, slots=True, order=True)
class MarkedName:
    """A party or a signatory, with all its mentions."""

    name: str
    mentions: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class MarkedDate:
    """When the status came about; two are equal where their values are."""

    value: str
    mention: Mark = field(compare=False)


@dataclass(frozen=True, slots=True)
class MarkedAgreement:
    """An agreement, as annotated or as predicted; only a predicted one has evidence sentences."""

    kind: Kind
    status: Status
    triggers: Annotated[tuple[Mark, ...], Field(min_length=1)]
    parties: tuple[MarkedName, ...]
    signatories: tuple[MarkedName, ...] = ()
    date: MarkedDate | None = None
    place: Mark | None = None
    topic: Mark | None = None
    evidence: tuple[Mark, ...] = ()

    def marks(self) -> Iterator[Mark]:
        """Yield every span."""
        yield from self.triggers
        for named in (*self.parties, *self.signatories):
            yield from named.mentions
        yield from self.evidence
        if self.date:
            yield self.date.mention
        yield from (mark for mark in (self.place, self.topic) if mark)


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """A document's agreements; `sha256` is that of the text to which the spans refer, in UTF-8."""

    id: str
    sha256: str
    agreements: tuple[MarkedAgreement, ...]


def replay(text: str, marks: Iterable[Mark]) -> None:
    """Raise `ValueError` at the first mark that is not what the text has at its offsets."""
    for mark in marks:
        found = text[mark.start : mark.end]
        if found != mark.text:
            span = f"{mark.start}:{mark.end}"
            raise ValueError(f"the text at {span} is {found!r}, not {mark.text!r}")


class _GoldLine(BaseModel):
    """A line of a gold file."""

    id: str
    text: str
    agreements: tuple[MarkedAgreement, ...]

    @model_validator(mode="after")
    def _replay(self) -> Self:
        replay(self.text, (mark for agreement in self.agreements for mark in agreement.marks()))
        return self


_AGREEMENTS = TypeAdapter(tuple[MarkedAgreement, ...])


def read_gold(path: Path) -> list[MarkedDocument]:
    """Return the documents of a gold file, in its order.

    Raises:
        GoldError: the file cannot be read or holds no document, or a line is not JSON, lacks a
            field, has an unknown kind or status, an offset that does not replay, or an id that
            was there before.
    """
    documents = read_lines(path, _parse_gold)
    if not documents:
        raise GoldError(f"{path}: no document in it; give a JSONL of gold")
    return documents


def read_predictions(
    path: Path, *, of: Sequence[MarkedDocument] | None = None
) -> list[MarkedDocument]:
    """Return the documents of a `DocumentRecord` JSONL file, in its order.

    `of` is the gold they are of; it tells a wrong file from a pipeline that finds nothing.

    Raises:
        GoldError: the file cannot be read, or a line is no record, or an id was there before,
            or none is that of a document of the gold.
    """
    documents = read_lines(path, _parse_record)
    if of is not None:
        check_same_documents(path, documents, of)
    return documents


def check_same_documents(
    path: Path, predicted: Sequence[Identified], gold: Sequence[Identified]
) -> None:
    """Raise `GoldError` where none of the predictions is of a document of the gold."""
    if {document.id for document in predicted}.isdisjoint(document.id for document in gold):
        raise GoldError(f"{path}: no record is of a document of the gold; compare their ids")


def from_record(record: DocumentRecord) -> MarkedDocument:
    """Return what the scores need of a record."""
    agreements: Any = record.model_dump(include={"agreements"})["agreements"]
    return MarkedDocument(
        record.document.id, record.document.sha256, _AGREEMENTS.validate_python(agreements)
    )


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as the records have it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _parse_gold(line: str) -> MarkedDocument:
    gold = _GoldLine.model_validate_json(line)
    return MarkedDocument(gold.id, digest(gold.text), gold.agreements)


def _parse_record(line: str) -> MarkedDocument:
    return from_record(DocumentRecord.model_validate_json(line))


_Line = TypeVar("_Line", bound=Identified)


def read_lines(path: Path, parse: Callable[[str], _Line]) -> list[_Line]:
    """Return what `parse` makes of each line that is not blank, made sure that ids are unique.

    Raises:
        GoldError: the file cannot be read, a line is not what it should be, or an id was there.
    """
    documents: dict[str, _Line] = {}
    seen: dict[str, str] = {}
    for where, line in open_lines(path):
        document = _parse(line, where, parse)
        if document.id in documents:
            first = seen[document.id]
            raise GoldError(f"{where}: the id {document.id!r} is also at {first}; remove one")
        documents[document.id], seen[document.id] = document, where
    return list(documents.values())


def _parse(line: str, where: str, parse: Callable[[str], _Line]) -> _Line:
    try:
        return parse(line)
    except ValidationError as error:
        raise GoldError(f"{where}: {_describe(error)}; correct the line") from error


def open_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield `path:line` and each line that is not blank; blank ones count in the number."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield f"{path}:{number}", line
    except FileNotFoundError as error:
        raise GoldError(f"{path}: no such file; check the path") from error
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read as UTF-8 text ({error}); give a JSONL") from error


def _describe(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    field_path = ".".join(str(part) for part in first["loc"])
    return f"{field_path}: {first['msg']}" if field_path else first["msg"]
