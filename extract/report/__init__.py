"""What a person reads of the results: on a terminal in colour, in a pipe as plain lines."""

import re
from typing import TextIO

from rich.console import Console

_SPACE = re.compile(r"\s+")
# What may move a terminal's cursor or turn the direction of its text.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def to_line(text: str) -> str:
    """Return a text fit to be shown in one line: white space collapsed, control characters gone.

    Press text is not ours: an escape sequence in it must not reach the reader's terminal.
    """
    return _CONTROL.sub("", _SPACE.sub(" ", text))


def open_console(stream: TextIO) -> Console:
    """Return a console that takes text as it is: no markup, no emoji codes, no guessed colours.

    Colour follows the stream and the user's NO_COLOR; in a pipe there is none.
    """
    return Console(file=stream, markup=False, emoji=False, highlight=False)
