"""Standard input: plain text or JSON Lines, as its first line tells."""

import io
import json
import sys
from typing import BinaryIO

from extract.readers.encoding import decode
from extract.readers.limits import MAX_LINE


class _Replay(io.RawIOBase):
    """A stream whose first bytes were read already, from its start again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def open_stdin() -> tuple[io.BufferedReader, bool]:
    """Return standard input as bytes, and whether it is JSON Lines.

    It is where the first line that is not blank is a JSON object, or begins as one and is too
    long to be sure: the lines after it may still be good.
    """
    stream = sys.stdin.buffer
    head = bytearray()
    while len(head) < MAX_LINE and (line := stream.readline(MAX_LINE)):
        head += line
        if line.strip():
            break
    return io.BufferedReader(_Replay(bytes(head), stream)), _opens_jsonl(bytes(head))


def _opens_jsonl(head: bytes) -> bool:
    text = decode(head)[0].strip()
    if not text.startswith("{"):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return len(head) >= MAX_LINE
    return True
