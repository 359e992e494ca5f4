"""Records back to their sources: offsets and names are replayed; the first that differs is told."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from extract.article import Article, Reject
from extract.components.dates.values import holds_its_value
from extract.errors import InputError, VerificationError
from extract.readers import FieldMap, read_articles
from extract.records import AgreementDate, Date, DocumentRecord, Span

_Path = tuple[int | str, ...]

_SHOWN = 60  # characters of a text in a message
_DEFAULT_FIELDS = FieldMap()
_ARTICLE = re.compile("^(?:the|an|a) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was replayed without a difference."""

    documents: int
    spans: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """Which document a record is of, and where the record itself lies in its file."""

    place: str  # file:line
    position: int  # in bytes
    id: str
    source: str
    sha256: str

    @property
    def name(self) -> str:
        return f"{self.place}: document {self.id} ({self.source})"

    def is_of(self, article: Article) -> bool:
        """Tell whether an article of the same id is the document itself or only shares its id."""
        return article.source == self.source or article.sha256 == self.sha256


def verify_records(
    records: Path, sources: Iterable[Path | str], *, fields: FieldMap = _DEFAULT_FIELDS
) -> Verified:
    """Replay every offset of a file of records against its sources, read anew.

    A document is found by its id and, where several have that id, by its source. Memory holds
    one document and an index of the records, never all texts.

    Names must stand in one of their mentions, and the title in the headline.

    Raises `VerificationError` on the first record that is not valid, that its source contradicts,
    or whose document is in none of the sources; `InputError` where the file cannot be read.
    """
    try:
        with records.open("rb") as stream:
            entries = list(_index_records(records, stream))
            if not entries:
                raise InputError(f"{records}: no record in it; give a file of records")
            return _replay_all(entries, stream, read_articles(sources, fields=fields))
    except OSError as error:
        raise InputError(f"{records}: {error.strerror or error}; give a file of records") from error


def _index_records(path: Path, stream: BinaryIO) -> Iterator[_Entry]:
    """Yield an entry for each record; blank lines are counted but hold none."""
    position = 0
    for number, line in enumerate(stream, start=1):
        if line.strip():
            place = f"{path.as_posix()}:{number}"
            document = _validate(line, place).document
            yield _Entry(place, position, document.id, document.location, document.sha256)
        position += len(line)


def _validate(line: bytes, place: str) -> DocumentRecord:
    try:
        return DocumentRecord.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = _join_path(first["loc"]) or "the line"
        message = f"{place}: not a valid record: {where}: {first['msg']}; write it again"
        raise VerificationError(message) from error


def _replay_all(
    entries: list[_Entry], stream: BinaryIO, articles: Iterable[Article | Reject]
) -> Verified:
    waiting: dict[str, list[_Entry]] = {}
    for entry in entries:
        waiting.setdefault(entry.id, []).append(entry)
    sources = {entry.source for entry in entries}
    refused: dict[str, str] = {}
    spans = 0
    for article in articles:
        if isinstance(article, Article):
            same_id = waiting.get(article.id, [])
            for entry in [entry for entry in same_id if entry.is_of(article)]:
                spans += _replay_record(entry, stream, article)
                same_id.remove(entry)
        elif article.source in sources:
            refused[article.source] = article.message
    for entry in entries:
        if entry in waiting[entry.id]:
            why = refused.get(entry.source, "give all files that the records were made from")
            raise VerificationError(f"{entry.name} is in none of the sources: {why}")
    return Verified(len(entries), spans)


def _replay_record(entry: _Entry, stream: BinaryIO, article: Article) -> int:
    """Return the number of spans, once each has been compared with the text."""
    if article.sha256 != entry.sha256:
        what = f"has changed: expected SHA-256 {entry.sha256}, found {article.sha256}"
        raise VerificationError(f"{entry.name} {what}; extract it again")
    stream.seek(entry.position)
    line = stream.readline()
    spans = 0
    for path, start, end, expected in _find_spans(json.loads(line), ()):
        found = article.text[start:end]
        if not 0 <= start < end <= len(article.text) or expected not in (None, found):
            shown = f"expected {_clip(expected)}, found {_clip(found)}"
            raise VerificationError(f"{entry.name}: {_join_path(path)} [{start}:{end}]: {shown}")
        spans += 1
    record = DocumentRecord.model_validate_json(line)
    for where, what in (*_find_false_names(record, article.text), *_find_false_days(record)):
        raise VerificationError(f"{entry.name}: {where}: {what}")
    return spans


def _find_spans(value: Any, path: _Path) -> Iterator[tuple[_Path, int, int, str | None]]:
    """Yield path, start, end and text of every object that has offsets, whatever its model."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _find_spans(item, (*path, number))
    elif isinstance(value, dict):
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            yield path, value["start"], value["end"], value.get("text")
        for name, item in value.items():
            yield from _find_spans(item, (*path, name))


def _find_false_names(record: DocumentRecord, text: str) -> Iterator[tuple[str, str]]:
    """Yield where a name or title is not what its spans show, and why."""
    for section in record.document.sections:
        headline = text[section.start : section.end]
        title = record.document.title or ""
        if section.kind == "headline" and _fold(title) != _fold(headline):
            yield "document.title", f"expected {_clip(title)}, found {_clip(headline)}"
    for where, name, mentions in _find_names(record):
        if not any(_holds(mention.text, name) for mention in mentions):
            yield where, f"the name {_clip(name)} stands in none of its mentions"


def _find_names(record: DocumentRecord) -> Iterator[tuple[str, str, list[Span]]]:
    for number, entity in enumerate(record.entities):
        yield f"entities[{number}].name", entity.name, entity.mentions
    for number, agreement in enumerate(record.agreements):
        for at, party in enumerate(agreement.parties):
            yield f"agreements[{number}].parties[{at}].name", party.name, party.mentions
        for at, person in enumerate(agreement.signatories):
            yield f"agreements[{number}].signatories[{at}].name", person.name, person.mentions


def _find_false_days(record: DocumentRecord) -> Iterator[tuple[str, str]]:
    """Yield where the days of a date are not those that its value names, and why."""
    dates: list[tuple[str, Date | AgreementDate]] = [
        (f"dates[{number}]", date) for number, date in enumerate(record.dates)
    ]
    for number, agreement in enumerate(record.agreements):
        if agreement.date is not None:
            dates.append((f"agreements[{number}].date", agreement.date))
    for where, date in dates:
        if not holds_its_value(date.value, date.earliest, date.latest):
            days = f"{date.earliest} to {date.latest}"
            yield f"{where}.value", f"{_clip(date.value)} does not lie in its interval, {days}"


def _holds(mention: str, name: str) -> bool:
    """Tell whether a name is its mention, or words of it: `officials of the Port Authority`."""
    pattern = rf"(?<!\w){re.escape(_ARTICLE.sub('', _fold(name)))}(?!\w)"
    return re.search(pattern, _fold(mention)) is not None


def _fold(text: str) -> str:
    """Return a text with its blanks evened out and one kind of apostrophe."""
    return " ".join(text.replace("’", "'").split())


def _join_path(path: _Path) -> str:
    """Return `agreements[0].triggers[1]` for its steps."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _clip(text: str | None) -> str:
    """Return a text in quotation marks, escaped and cut to what fits in a message."""
    if text is None:
        return "a stretch of the text"
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
