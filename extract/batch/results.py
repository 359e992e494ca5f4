"""What a run found, in an order that depends on nothing but the documents."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Self

from extract.article import Reject
from extract.exporters.jsonl import to_line, to_reject_line
from extract.records import DocumentRecord


class _Spool:
    """Lines on disk; in memory stays only where each lies, so that millions can be sorted."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the spool
        self._places: list[tuple[str, str, bytes, int, int]] = []
        self._size = 0

    def add(self, key: str, source: str, line: bytes) -> None:
        # The digest settles the order where key and source are the same.
        digest = hashlib.blake2b(line, digest_size=8).digest()
        self._file.seek(self._size)
        self._file.write(line)
        self._places.append((key, source, digest, self._size, len(line)))
        self._size += len(line)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[bytes]:
        for *_, offset, length in sorted(self._places):
            yield self._read(offset, length)

    def shared(self) -> Iterator[list[bytes]]:
        """Yield the lines of each key that several have, by key."""
        for _, places in groupby(sorted(self._places), key=itemgetter(0)):
            group = list(places)
            if len(group) > 1:
                yield [self._read(offset, length) for *_, offset, length in group]

    def _read(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(length)

    def close(self) -> None:
        self._file.close()


class Results:
    """The records and rejects of a run: counts, and both in order, as often as asked.

    Records come by document id, then source; rejects by source, then id. Two records of one id
    are both kept. Held in temporary files: close it, or use it in a `with` statement.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.agreements = 0
        self._records = _Spool()
        self._rejects = _Spool()

    def add(self, outcome: DocumentRecord | Reject) -> None:
        """Take in the outcome of one document."""
        if isinstance(outcome, Reject):
            self._rejects.add(outcome.source, outcome.id or "", to_reject_line(outcome))
        else:
            document = outcome.document
            self._records.add(document.id, document.location, to_line(outcome))
            self.agreements += len(outcome.agreements)

    @property
    def documents(self) -> int:
        """How many documents came in: records and rejects together."""
        return len(self._records) + len(self._rejects)

    @property
    def rejected(self) -> int:
        """How many documents became no record."""
        return len(self._rejects)

    def records(self) -> Iterator[DocumentRecord]:
        """Yield the records, by document id, then source."""
        for line in self._records:
            yield DocumentRecord.model_validate_json(line)

    def rejects(self) -> Iterator[Reject]:
        """Yield the rejects, by source, then id."""
        for line in self._rejects:
            yield Reject(**json.loads(line))

    def shared_ids(self) -> Iterator[tuple[str, int]]:
        """Yield each id that documents of different text share, with their number.

        Copies of one text share theirs by right: it is made from the text.
        """
        for lines in self._records.shared():
            documents = [json.loads(line)["document"] for line in lines]
            if len({document["sha256"] for document in documents}) > 1:
                yield documents[0]["id"], len(documents)

    def close(self) -> None:
        """Give the temporary files back."""
        self._records.close()
        self._rejects.close()

    def __enter__(self) -> Self:
        """Return the results themselves."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close them."""
        self.close()
