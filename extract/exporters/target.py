"""Where an exporter writes: a file that appears whole or not at all, or standard output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from extract.errors import InputError


def check_target(path: str) -> None:
    """Raise `InputError` where nothing can be written to `path`.

    Asked before a long run, so that hours of work do not end in a misspelt folder.
    """
    target = Path(path)
    if path == "-":
        if sys.stdout is None:  # started with `>&-`
            raise InputError("standard output is closed; open it, or name a file")
        return
    if target.is_dir():
        raise InputError(f"{path}: a folder; give the name of a file in it")
    if not target.parent.is_dir():
        raise InputError(f"{path}: the folder {target.parent} does not exist; create it first")


@contextmanager
def open_target(path: str) -> Iterator[BinaryIO]:
    """Open `path` for writing bytes; the file gets its name only when all is written.

    Devices and pipes (`/dev/stdout`) are written directly, for a rename would replace them. A
    link keeps pointing where it pointed. Raises `InputError` where the folder is missing, the
    disk is full or standard output is closed.
    """
    check_target(path)
    try:
        with _open(path) as stream:
            yield stream
    except BrokenPipeError:
        raise  # whoever read it has had enough: no failure of ours
    except OSError as error:
        name = "standard output" if path == "-" else path
        what = f"cannot be written: {error.strerror or error}; give another file"
        raise InputError(f"{name}: {what}") from error


@contextmanager
def _open(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif Path(path).exists() and not Path(path).is_file():
        with Path(path).open("wb") as stream:
            yield stream
    else:
        with _open_beside(Path(path).resolve()) as stream:
            yield stream


@contextmanager
def _open_beside(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
