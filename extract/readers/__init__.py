"""Readers: sources in, articles out, one at a time; what is none comes out as a reject."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from extract.article import Article, Reject
from extract.readers.fields import FieldMap, parse_field_map
from extract.readers.jsonl import read_jsonl
from extract.readers.limits import MAX_CHARACTERS, refuse
from extract.readers.stdin import open_stdin
from extract.readers.text import read_text
from extract.readers.walk import find_files, name_source, refuse_unreadable

__all__ = ["MAX_CHARACTERS", "FieldMap", "parse_field_map", "read_articles"]

Reader = Callable[[io.BufferedReader, str, FieldMap], Iterator[Article | Reject]]

_READERS: dict[str, Reader] = {
    "": read_text,
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}
_DEFAULT_FIELDS = FieldMap()


def read_articles(
    paths: Iterable[Path | str], *, fields: FieldMap = _DEFAULT_FIELDS
) -> Iterator[Article | Reject]:
    """Yield the article of every document in files, folders and standard input (`-`).

    What cannot be read comes as a `Reject` with its reason, in its place, and the rest goes on.
    `fields` says how the objects of JSON Lines name their fields. The `source` of an article is
    the path as given, with `:line` in JSON Lines, or `-` (`-:line`). A file that is given twice,
    or beside its folder, is read once, under the name that comes first.
    """
    read: set[Path] = set()
    for path in dict.fromkeys(map(str, paths)):
        if path == "-":
            yield from _read_stdin(fields)
            continue
        if not path:  # an unset shell variable; to pathlib it is the working folder
            yield refuse('""', "missing", "an empty path; give a file, a folder or -")
            continue
        for found in find_files(Path(path)):
            if isinstance(found, Reject):
                yield found
            elif (file := found.resolve()) not in read:
                read.add(file)
                yield from _read_file(found, fields)


def _read_stdin(fields: FieldMap) -> Iterator[Article | Reject]:
    if sys.stdin is None:  # started with `<&-`
        yield refuse("-", "unreadable", "standard input is closed; give it a text")
        return
    try:
        stream, is_jsonl = open_stdin()
        yield from (read_jsonl if is_jsonl else read_text)(stream, "-", fields)
    except OSError as error:
        yield refuse_unreadable("-", error)


def _read_file(path: Path, fields: FieldMap) -> Iterator[Article | Reject]:
    source = name_source(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(filter(None, _READERS))
        what = f"unknown format {path.suffix}; {known} are read: rename or convert it"
        yield refuse(source, "unknown_format", what)
        return
    try:
        with path.open("rb") as stream:
            yield from reader(stream, source, fields)
    except OSError as error:
        yield refuse_unreadable(source, error)
