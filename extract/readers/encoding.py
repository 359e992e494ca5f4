"""Bytes to text: what a press text is encoded in, and what is no text at all.

A byte order mark decides, then strict UTF-8, then cp1252, which old newsroom software writes. So
one bad byte in a text without a mark makes cp1252 of it all; the notice tells.
Nothing but the mark is changed; line ends stay as they are.
"""

import codecs
import re

from extract.article import Notice

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1a\x1b"))
_MANY_CONTROLS = 0.05  # random bytes hold a tenth, prose none

_SURROGATE = re.compile("[\ud800-\udfff]")


def find_mark(raw: bytes) -> tuple[bytes, str] | None:
    """Return the byte order mark that the bytes open with and its encoding, if any."""
    return next((pair for pair in _MARKS if raw.startswith(pair[0])), None)


def describe_binary(raw: bytes) -> str | None:
    """Return what bytes that are no text look like (`a PDF file`), None where they are text."""
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            return name
    if find_mark(raw):
        return None
    if b"\0" in raw:
        return "a binary file or UTF-16 without its mark (it holds NUL bytes)"
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return "a binary file (control characters)" if controls > _MANY_CONTROLS * len(raw) else None


def decode(raw: bytes) -> tuple[str, Notice | None]:
    """Return the text of the bytes, and a notice where it had to be guessed or is damaged.

    Never fails: what cannot be read stands as U+FFFD, and the notice counts it.
    """
    if found := find_mark(raw):
        mark, encoding = found
        return mend(raw[len(mark) :].decode(encoding, "replace"))
    try:
        return mend(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_cp1252(raw)


def _decode_cp1252(raw: bytes) -> tuple[str, Notice]:
    text = raw.decode("cp1252", "replace")
    message = f"not UTF-8, read as cp1252: {_count_foreign(text)} characters are not ASCII"
    if lost := text.count("\ufffd"):
        message += f", {lost} more could not be read and stand as U+FFFD"
    return text, Notice("encoding", message)


def mend(text: str) -> tuple[str, Notice | None]:
    """Return the text with lone surrogates as U+FFFD, and a notice that counts what is lost.

    UTF-8 has no lone surrogates, so that a text with one could never be written or hashed.
    """
    text = _SURROGATE.sub("\ufffd", text)
    lost = text.count("\ufffd")
    message = f"{lost} characters could not be read and stand as U+FFFD"
    return text, Notice("encoding", message) if lost else None


def _count_foreign(text: str) -> int:
    """Count the characters that are neither ASCII nor lost."""
    return sum(character > "\x7f" and character != "\ufffd" for character in text)
