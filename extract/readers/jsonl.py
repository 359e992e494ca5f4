"""JSON Lines: a line is a document, an object with its text and what is known of it."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from extract.article import Article, Notice, Reject, make_article
from extract.readers.encoding import decode, describe_binary, find_mark, mend
from extract.readers.fields import FieldMap
from extract.readers.limits import MAX_LINE, admit, refuse, refuse_empty, refuse_long

_CHUNK = 1 << 20
_KINDS: dict[type, str] = {
    bool: "a truth value",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    str: "a string",
    type(None): "null",
}


def read_jsonl(
    stream: io.BufferedReader, source: str, fields: FieldMap
) -> Iterator[Article | Reject]:
    """Yield an article or a reject for each line that is not blank; lines count from 1."""
    if kind := describe_binary(stream.peek()):
        yield refuse(source, "binary", f"not JSON Lines but {kind}; save it as text in UTF-8")
        return
    blank = True
    for number, (line, length) in enumerate(_read_lines(_open_lines(stream)), start=1):
        if line.strip() or length > len(line):
            blank = False
            yield _read_line(line, length, f"{source}:{number}", fields)
    if blank:
        yield refuse_empty(source)


def _open_lines(stream: io.BufferedReader) -> Callable[[int], bytes]:
    """Return a bounded `readline` that gives UTF-8 where the file is in UTF-16 or UTF-32.

    In those a newline is two or four bytes, so that the bytes cannot be split into lines.
    """
    mark = find_mark(stream.peek())
    if mark is None or mark[1] == "utf-8":
        return stream.readline
    wide = io.TextIOWrapper(stream, encoding=mark[1], errors="replace", newline="\n")
    return lambda limit: wide.readline(limit).encode("utf-8")


def _read_lines(readline: Callable[[int], bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield each line, cut where it is too long, with its whole length, in constant memory."""
    while line := readline(MAX_LINE):
        piece, length = line, len(line)
        while not piece.endswith(b"\n") and (piece := readline(_CHUNK)):
            length += len(piece)
        yield line, length


def _read_line(line: bytes, length: int, place: str, fields: FieldMap) -> Article | Reject:
    if length > len(line):
        return refuse_long(place, f"the line is {length:,} bytes")
    text, notice = decode(line)
    try:
        given = json.loads(text.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        return _refuse_json(place, f"not valid JSON: {error.msg}, column {error.colno}")
    except (ValueError, RecursionError):
        return _refuse_json(
            place, "not valid JSON: a number too long or nesting too deep, column 1"
        )
    if not isinstance(given, dict):
        return _refuse_json(place, f"not a JSON object but {_name_kind(given)}")
    return _read_object(given, place, fields, (notice,) if notice else ())


def _refuse_json(place: str, what: str) -> Reject:
    return refuse(place, "bad_json", f"{what}; a line needs one whole object")


def _read_object(
    given: Mapping[str, Any], place: str, fields: FieldMap, notices: tuple[Notice, ...]
) -> Article | Reject:
    """Return the article of an object, or its reject where it holds no text."""
    values, unused = _read_values(given, fields)
    text = given.get(fields.text)
    if not isinstance(text, str):
        kind = _name_kind(text) if fields.text in given else "missing"
        what = f'no text: the field "{fields.text}" is {kind}; map the right one, text=FIELD'
        return refuse(place, "no_text", what, id=values.get("id"))
    text, notice = mend(text)
    if not text.strip():
        return refuse_empty(place, id=values.get("id"))
    return admit(
        make_article(
            text,
            source=place,
            id=values.get("id"),
            title=values.get("title"),
            published=values.get("published"),
            url=values.get("url"),
            origin=values.get("source"),
            notices=(*notices, *([notice] if notice else []), *unused),
        )
    )


def _read_values(given: Mapping[str, Any], fields: FieldMap) -> tuple[dict[str, str], list[Notice]]:
    """Return what is known beside the text, and a notice for each field of an unusable kind."""
    values: dict[str, str] = {}
    unused: list[Notice] = []
    for name in ("id", "title", "published", "url", "source"):
        field = getattr(fields, name)
        match given.get(field):
            case str(value):
                values[name] = mend(value)[0].strip()
            case None:
                pass
            case bool() | list() | dict() as value:
                message = f'the field "{field}" is {_name_kind(value)} and was left out'
                unused.append(Notice("field", message))
            case number:
                values[name] = str(number)
    return {name: value for name, value in values.items() if value}, unused


def _name_kind(value: object) -> str:
    return _KINDS[type(value)]
