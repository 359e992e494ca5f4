"""Names as token spans: what is part of one, and what kind of line it stands in."""

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extract.offices import is_office, office_words

LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "if",
        "in",
        "into",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "via",
        "with",
    ]
)

_LEADING = frozenset(
    ["the", "a", "an", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir"]
)
_QUOTES = frozenset("\"'“”‘’«»`,;:([-–—") | {"``"}
_TRAILING = (_QUOTES | {"'s", "’s"}) - {"(", "["}
_UNNAMED = ("boilerplate", "published")
_WITH_ARTICLE = frozenset({"The Hague"})


class Name(NamedTuple):
    """A name as token indices, end exclusive, and its label."""

    start: int
    end: int
    label: str


class Line(NamedTuple):
    """A line as token indices; `style` is capitals, title (`Ministers Sign a Deal`) or prose."""

    start: int
    end: int
    style: str


def overlap(a: Name, b: Name) -> bool:
    """Tell whether two names share a token."""
    return a.start < b.end and b.start < a.end


def find_lines(doc: Doc) -> list[Line]:
    """Return the lines of the document, without their line breaks."""
    breaks = [t.i for t in doc if t.is_space and "\n" in t.text]
    starts, ends = [0, *(i + 1 for i in breaks)], [*breaks, len(doc)]
    spans = zip(starts, ends, strict=True)
    return [Line(s, e, _style(doc[s:e])) for s, e in spans if s < e]


def line_styles(doc: Doc, lines: list[Line]) -> list[str]:
    """Return the style of each token's line."""
    styles = ["prose"] * len(doc)
    for line in lines:
        styles[line.start : line.end] = [line.style] * (line.end - line.start)
    return styles


def _style(line: Span) -> str:
    words = [t for t in line if t.is_alpha and len(t) > 3]
    if len(words) < 3:
        return "prose"
    if sum(t.is_upper for t in words) >= 0.8 * len(words):
        return "capitals"
    titled = sum(t.text[0].isupper() for t in words) >= 0.75 * len(words)
    return "title" if titled and line[-1].text != "." else "prose"


def clean_names(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """Trim what is no part of a name, cut names at line breaks and drop what is no name."""
    kept = []
    for name in names:
        if name.label not in LABELS:
            kept.append(name)
            continue
        trimmed = _trim(doc, _longest_piece(doc, name))
        if trimmed and _is_name(doc[trimmed.start : trimmed.end]) and not in_unnamed(doc, trimmed):
            kept.append(trimmed)
    return kept


def _longest_piece(doc: Doc, name: Name) -> Name:
    """Return the longest stretch without a line break or a bracket that ends it."""
    pieces, start = [], name.start
    for i in range(name.start, name.end):
        closes = doc[name.end - 1].text == ")" or ")" not in (t.text for t in doc[i : name.end])
        if doc[i].is_space or (doc[i].text == "(" and closes):
            pieces.append(Name(start, i, name.label))
            start = i + 1
    pieces.append(Name(start, name.end, name.label))
    return max(pieces, key=_length)


def _length(name: Name) -> int:
    return name.end - name.start


def _trim(doc: Doc, name: Name) -> Name | None:
    """Cut articles, quotes and possessives, and the office before a person or after a body."""
    start, end = name.start, name.end
    while start < end and (doc[start].lower_ in _LEADING or doc[start].text in _QUOTES):
        if doc[start:end].text in _WITH_ARTICLE:
            break
        start += 1
    while start < end and doc[end - 1].text in _TRAILING:
        end -= 1
    if name.label == "PERSON":
        while start + 1 < end and doc[start].lower_ in office_words():
            start += 1
    elif name.label == "ORG":
        end = _without_office(doc, start, end)
    return Name(start, end, name.label) if start < end else None


def _without_office(doc: Doc, start: int, end: int) -> int:
    """Return the end of a body's name without the office after it: `UN` Secretary-General."""
    cut = end
    while cut > start and (doc[cut - 1].lower_ in office_words() or doc[cut - 1].text == "-"):
        cut -= 1
    ours = cut > start and cut < end and doc[cut - 1].lower_ not in SMALL_WORDS
    return cut if ours and is_office(doc[cut:end]) else end


def _is_name(span: Span) -> bool:
    return any(c.isupper() for c in span.text) or any(ord(c) > 0x2E80 for c in span.text)


def in_unnamed(doc: Doc, name: Name) -> bool:
    """Tell whether it stands in boilerplate or a publication line, where nothing is a name."""
    groups = (doc.spans[key] for key in _UNNAMED if key in doc.spans)
    return any(s.start < name.end and name.start < s.end for group in groups for s in group)
