"""Lines of a text, and blocks: lines that a hard wrap broke inside a sentence, put together.

A block is a paragraph, a heading or a list item. Where a new block starts, a sentence starts,
but for some breaks that are left open: the parser may decide there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extract.press.lexicon import line_rules, words

Joint = Literal["break", "join", "open"]

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_NEWLINE = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
# Marks that show nothing: byte order mark, zero-width space, writing direction, word joiner.
_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
_EDGE = _INVISIBLE + "".join(filter(str.isspace, map(chr, range(0x3001))))
_ITEM = re.compile(r"(?:[-–—•*·▪◦‣●■►]+\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s)")
# A word that is no name of a brand or an address: iPhone and www.example.org open no clause.
_LOWER = re.compile(r"[\"'“‘(\[«]{0,3}(?!\w[A-Z])(?!www\.|https?:|\S+@)[^\W\d_]")
_STOP = re.compile(r"[.!?…]['\"”’)\]»]*$")
_CLAUSE_STOP = re.compile(r"[.!?…:;]['\"”’)\]»]*$")
_MIN_WRAP, _MAX_WRAP = 40, 120
_MAX_ALONE = 100
_MIN_CAPITALS = 12  # shorter ones may be names in a sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the space around it; `gap` says a blank one is above."""

    start: int
    end: int
    text: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, as one stretch of the text."""

    start: int
    end: int
    text: str
    joint: Joint = "break"


def split_blocks(text: str, title: str | None = None) -> tuple[list[Block], list[int]]:
    """Return the blocks of a text, and where a wrapped line goes on inside one.

    A title that the text opens with is a block by itself. `joint` of a block says whether its
    start is surely a sentence start ("break") or may be ("open"). The offsets in the list are
    those of the first character of continuing lines.
    """
    lines = list(_split_lines(text))
    widths = {gap: _wrap_width(lines, gap) for gap in (False, True)}
    title_end = _title_end(text, title)
    starts: list[tuple[int, Joint]] = []
    joins: list[int] = []
    for number, line in enumerate(lines):
        if number == 0 or lines[number - 1].end == title_end:
            joint: Joint = "break"
        elif line.start < title_end:
            joint = "join"
        else:
            joint = _joint(lines[number - 1], line, widths[line.gap])
        if joint == "join":
            joins.append(line.start)
        else:
            starts.append((number, joint))
    ends = [number for number, _ in starts[1:]] + [len(lines)]
    blocks = []
    for (first, joint), last in zip(starts, ends, strict=False):
        start, end = lines[first].start, lines[last - 1].end
        blocks.append(Block(start, end, text[start:end], joint))
    return blocks, joins


def is_item(text: str) -> bool:
    """Whether a line opens with a bullet or a number in a list."""
    return _ITEM.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a line ends in a full stop that is no abbreviation's."""
    last = text[-40:].rsplit(None, 1)[-1]
    return _STOP.search(last) is not None and last not in words("abbreviations")


def is_capitals(text: str) -> bool:
    """Whether a line is a heading in capitals."""
    return len(text) >= _MIN_CAPITALS and text.isupper()


def is_dangling(text: str) -> bool:
    """Whether a line ends in a word that cannot end a sentence: `of`, `the`."""
    last = text[-40:].rsplit(None, 1)[-1]
    return last in words("dangling") or (len(text) >= _MIN_WRAP and last in words("dangling_long"))


def starts_lower(text: str) -> bool:
    """Whether a line goes on in lower case, so that a sentence cannot start with it."""
    opening = _LOWER.match(text[:100])
    return opening is not None and opening[0][-1].islower()


def _title_end(text: str, title: str | None) -> int:
    start = len(text) - len(text.lstrip())
    return start + len(title) if title and text.startswith(title, start) else 0


def _split_lines(text: str) -> Iterator[Line]:
    above = 0
    for found in _LINE.finditer(text):
        line = found[0].strip(_EDGE)
        if not line:
            continue
        start = found.start() + found[0].index(line)
        newlines = sum(1 for _ in _NEWLINE.finditer(text, above, start))
        yield Line(start, start + len(line), line, newlines > 1)
        above = start + len(line)


def _wrap_width(lines: Sequence[Line], gap: bool) -> int | None:
    # The text is hard-wrapped where a fifth of its lines go on in lower case: then a line that
    # is full goes on too, also where a name in capitals comes next.
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap is gap]
    going_on = [
        len(above.text)
        for above, below in pairs
        if starts_lower(below.text) and not _CLAUSE_STOP.search(above.text[-8:])
    ]
    if not going_on or 5 * len(going_on) < len(pairs):
        return None
    longest = max(max(len(above.text), len(below.text)) for above, below in pairs)
    width = max(going_on)
    return width if width >= _MIN_WRAP and longest <= _MAX_WRAP else None


def _joint(above: Line, below: Line, width: int | None) -> Joint:
    if is_item(below.text) or _stands_alone(above.text, width) or _stands_alone(below.text, width):
        return "break"
    if is_capitals(above.text) and not is_capitals(below.text):
        return "break"
    if starts_lower(below.text):
        return "open" if _CLAUSE_STOP.search(above.text[-8:]) else "join"
    if is_dangling(above.text):
        return "join"
    if width is not None and _is_full(above.text, below.text, width):
        return "open" if _CLAUSE_STOP.search(above.text[-8:]) else "join"
    return "open" if above.text.endswith(",") and not below.gap else "break"


def _stands_alone(text: str, width: int | None) -> bool:
    # A date, a credit or a button; a line of a wrapped paragraph is longer, and not asked.
    if len(text) > _MAX_ALONE or (width is not None and len(text) > width * 3 // 4):
        return False
    return any(
        rule.find(text)
        for section in ("published", "clocks", "boilerplate")
        for rule in line_rules(section)
    )


def _is_full(above: str, below: str, width: int) -> bool:
    # The next word would not have fitted; one much longer line is no wrapped one.
    word = below[:_MAX_WRAP].split(None, 1)[0]
    return len(above) + 1 + len(word) > width and len(above) <= width + 5
