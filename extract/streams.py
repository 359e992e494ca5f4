"""The command's three streams: each may be closed, and each may fail.

Python has no stream (None) where the shell has closed one, as `>&-` does.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO, TypeVar

from extract.errors import InputError

if TYPE_CHECKING:
    from extract.article import Reject


_T = TypeVar("_T")


@contextmanager
def open_stdout() -> Iterator[TextIO]:
    """Open standard output, and flush it in the end; `InputError` where it is closed or full."""
    if sys.stdout is None:
        raise InputError("standard output is closed; open it, or name a file")
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        raise  # whoever read it has had enough: no failure of ours
    except OSError as error:
        raise InputError(f"standard output: cannot be written: {error.strerror}") from error


def read_stdin() -> str:
    """Return the whole of standard input; `InputError` where it is closed or not UTF-8."""
    if sys.stdin is None:
        raise InputError("standard input is closed; give it a text")
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"standard input: not UTF-8 ({error}); convert it first") from error


def read_text(given: str) -> str:
    """Return a text given on the command line, or for `-` all of standard input; never empty."""
    text = read_stdin() if given == "-" else given
    if not text.strip():
        raise InputError("the text is empty; give one, or - and one on standard input")
    return text


def settle_stdout() -> None:
    """Drop what standard output cannot take: the interpreter would try again, and loudly."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """Tell a message on standard error, if there is one."""
    if sys.stderr is None:
        return
    with suppress(OSError):  # whom else to tell?
        sys.stderr.write(f"{message}\n")


def warn(message: str) -> None:
    """Tell a warning, in one line."""
    from extract.report import to_line

    say(to_line(f"Warning: {message}"))


def say_reject(reject: "Reject") -> None:
    """Tell which source became no record, and why, in one line."""
    from extract.report import to_line

    # A reader's message names the source itself, for whoever meets it elsewhere.
    message = reject.message.removeprefix(f"{reject.source}: ")
    say(to_line(f"Rejected {reject.source}: {reject.reason}: {message}"))


def watch(items: Iterable[_T], what: str, total: int | None = None) -> Iterable[_T]:
    """Show progress where standard error is a terminal; elsewhere nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, what, total, console=Console(stderr=True), transient=True)
