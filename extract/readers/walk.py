"""A given path to the files behind it."""

import stat
from collections.abc import Iterator
from pathlib import Path

from extract.article import Reject
from extract.readers.encoding import mend
from extract.readers.limits import refuse

_Identity = tuple[int, int]  # device and inode


def find_files(path: Path) -> Iterator[Path | Reject]:
    """Yield the file, or every file below the folder in order of path, or why there is none.

    Hidden files and folders are left out. Links are followed, but never back to a folder that
    holds them.
    """
    found = False
    for found_path in _walk(path, ()):
        found = True
        yield found_path
    if not found:
        yield refuse(name_source(path), "empty", "a folder without files; check the path")


def name_source(path: Path) -> str:
    """Return the path as given, with forward slashes; undecodable bytes stand as U+FFFD."""
    return mend(path.as_posix())[0]


def refuse_unreadable(source: str, error: OSError) -> Reject:
    """Return the Reject of a path that the system does not let us read."""
    return refuse(source, "unreadable", f"{error.strerror or error}; check its permissions")


def _walk(path: Path, above: tuple[_Identity, ...]) -> Iterator[Path | Reject]:
    try:
        status = path.stat()
        entries = sorted(path.iterdir()) if stat.S_ISDIR(status.st_mode) else None
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the path
        yield refuse(name_source(path), "missing", "no such file or folder; check the path")
        return
    except OSError as error:
        yield refuse_unreadable(name_source(path), error)
        return
    identity = (status.st_dev, status.st_ino)
    if entries is None and above and not stat.S_ISREG(status.st_mode):
        yield refuse(name_source(path), "unreadable", "not a regular file; leave it out")
    elif entries is None:
        yield path
    elif identity in above:
        what = "a link to a folder that holds it; remove the link"
        yield refuse(name_source(path), "unreadable", what)
    else:
        for entry in entries:
            if not entry.name.startswith("."):
                yield from _walk(entry, (*above, identity))
