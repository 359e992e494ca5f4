"""Plain text: a file is a document."""

import io
from collections.abc import Iterator

from extract.article import Article, Reject, make_article
from extract.readers.encoding import decode, describe_binary
from extract.readers.fields import FieldMap
from extract.readers.limits import MAX_BYTES, admit, refuse, refuse_empty, refuse_long


def read_text(
    stream: io.BufferedReader, source: str, fields: FieldMap
) -> Iterator[Article | Reject]:
    """Yield the one article of a plain-text file, or the reason that it is none.

    It has no fields: title, date and byline stand in the text and are the business of `press`.
    """
    raw = stream.read(MAX_BYTES + 1)
    if kind := describe_binary(raw):
        yield refuse(source, "binary", f"not a text but {kind}; save it as plain text in UTF-8")
    elif len(raw) > MAX_BYTES:
        yield refuse_long(source, _measure(stream))
    else:
        text, notice = decode(raw)
        if text.strip():
            yield admit(make_article(text, source=source, notices=(notice,) if notice else ()))
        else:
            yield refuse_empty(source)


def _measure(stream: io.BufferedReader) -> str:
    """Return the size of a file that was not read to its end, as far as it is known."""
    if stream.seekable():
        return f"{stream.seek(0, io.SEEK_END):,} bytes"
    return f"over {MAX_BYTES:,} bytes"
