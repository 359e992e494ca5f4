"""Names as token spans: what is part of one, and what kind of line it stands in."""

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extract.lexicons import Term, load_bodies, load_countries
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
_DASHES = frozenset({"-", "–"})
_JOINTS = frozenset({"and", "&", ","})
_DIRECTIONS = frozenset(
    [
        "North",
        "South",
        "East",
        "West",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Central",
        "New",
    ]
)
_KNOWN = 4  # tokens of a country's or bloc's name
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


class NameIndex:
    """Names that share no token, found by token, so that time stays linear in the text."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Index the names; of two that overlap the later one wins."""
        self._at: dict[int, Name] = {}
        for name in names:
            self.add(name)

    def __contains__(self, i: int) -> bool:
        """Tell whether a name covers the token."""
        return i in self._at

    def at(self, i: int) -> Name | None:
        """Return the name that covers the token."""
        return self._at.get(i)

    def touching(self, span: Name) -> list[Name]:
        """Return the names that share a token with the span, in text order."""
        found = (self._at[i] for i in range(span.start, span.end) if i in self._at)
        return list(dict.fromkeys(found))

    def add(self, name: Name) -> None:
        """Put a name in place of all that it touches."""
        for other in self.touching(name):
            self.drop(other)
        self._at.update(dict.fromkeys(range(name.start, name.end), name))

    def drop(self, name: Name) -> None:
        """Take a name out."""
        for i in range(name.start, name.end):
            del self._at[i]

    def names(self) -> list[Name]:
        """Return the names in text order."""
        return sorted(set(self._at.values()))


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
    unnamed = unnamed_tokens(doc)
    for name in names:
        if name.label not in LABELS:
            kept.append(name)
            continue
        trimmed = _trim(doc, _longest_piece(doc, name))
        if trimmed and _is_name(doc[trimmed.start : trimmed.end]) and trimmed.start not in unnamed:
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
    while start < end and (doc[end - 1].text in _TRAILING or doc[end - 1].text in SMALL_WORDS):
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


def unnamed_tokens(doc: Doc) -> set[int]:
    """Return the tokens of boilerplate and publication lines, where nothing is a name."""
    groups = [doc.spans[key] for key in _UNNAMED if key in doc.spans]
    return {i for group in groups for span in group for i in range(span.start, span.end)}


def split_pairs(doc: Doc, names: list[Name]) -> list[Name]:
    """Make two names of two countries or blocs joined by a dash: `EU-Kenya`, `U.S.-Kenya pact`."""
    pairs = [
        name
        for token in doc[1:-1]
        if token.text in _DASHES
        for left, right in [(_known_before(doc, token.i), _known_after(doc, token.i + 1))]
        if left and right
        for name in (left, right)
    ]
    index = NameIndex(names)
    for pair in pairs:
        index.add(pair)
    return index.names()


def _known_before(doc: Doc, end: int) -> Name | None:
    spans = (Name(start, end, "") for start in range(max(0, end - _KNOWN), end))
    return next(filter(None, (_known(doc, span) for span in spans)), None)


def _known_after(doc: Doc, start: int) -> Name | None:
    spans = (Name(start, end, "") for end in range(min(len(doc), start + _KNOWN), start, -1))
    return next(filter(None, (_known(doc, span) for span in spans)), None)


def _known(doc: Doc, span: Name) -> Name | None:
    text = doc[span.start : span.end].text
    if text.lower().startswith("the "):
        return None
    term = _term(doc, span)
    counts = term is not None and (term.way in {"name", "demonym"} or term.label == "ORG")
    return Name(span.start, span.end, term.label) if term is not None and counts else None


def _term(doc: Doc, span: Name) -> Term | None:
    text = doc[span.start : span.end].text
    return load_countries().lookup(text) or load_bodies().lookup(text)


def split_coordinated(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """Cut a name that holds two: `Rwanda and Burundi`, `African Union and Zorvex`.

    One side at least is a country or a bloc, or both are companies by their legal form; what is
    known as a whole (`Bosnia and Herzegovina`) and what one body looks after (`Ministry of Trade
    and Industry`) stays.
    """
    pieces = []
    for name in names:
        pieces.extend(_cut(doc, name) if name.label in LABELS else [name])
    return pieces


def _cut(doc: Doc, name: Name) -> list[Name]:
    if _term(doc, name):
        return [name]
    joints = [i for i in range(name.start + 1, name.end - 1) if doc[i].text in _JOINTS]
    inner = _inside_known(doc, name) if joints else set()
    for joint in joints:
        if joint not in inner:
            left = Name(name.start, joint, name.label)
            start = joint + 1 + (doc[joint + 1].text in {"and", "&", "the"})
            right = Name(start, name.end, name.label)
            if start < name.end and _are_two(doc, left, right):
                return [_labelled(doc, left), *_cut(doc, _labelled(doc, right))]
    return [name]


def _inside_known(doc: Doc, name: Name) -> set[int]:
    """Return the tokens of known names in it: the `and` of the Bank of `Bosnia and Herzegovina`."""
    text, offset = doc[name.start : name.end].text, doc[name.start].idx
    found = [*load_countries().find(text), *load_bodies().find(text)]
    spans = (doc.char_span(offset + f.start, offset + f.end) for f in found)
    return {token.i for span in spans if span is not None for token in span}


def _labelled(doc: Doc, name: Name) -> Name:
    known = _known(doc, name)
    return name._replace(label=known.label) if known else name


def _are_two(doc: Doc, left: Name, right: Name) -> bool:
    """Tell whether the words before and after a joint are names of their own."""
    first = _known_from(doc, right)
    before, after = _known(doc, left), _known(doc, right)
    if doc[left.end].text == ",":
        return bool(before and first and before.label != "NORP")
    if before and first:
        return before.label == first.label == "NORP" or "NORP" not in (before.label, first.label)
    if before or after:
        known, other = (before, right) if before else (after, left)
        return known is not None and known.label != "NORP" and _is_named_run(doc, other)
    return _both_companies(doc, left, right)


def _known_from(doc: Doc, span: Name) -> Name | None:
    """Return a known name that is all of the span, or all of it up to its first joint."""
    joints = (i for i in range(span.start, span.end) if doc[i].text in _JOINTS)
    first = Name(span.start, next(joints, span.end), span.label)
    return _known(doc, span) or (_known(doc, first) if first.end > first.start else None)


def _is_named_run(doc: Doc, span: Name) -> bool:
    """Tell whether this may be a name beside a country's: no direction, no part of a longer one."""
    words = doc[span.start : span.end]
    if words[0].text in _DIRECTIONS or words[0].text in load_bodies().portfolios:
        return False
    if len(words) > 1 and _known_after(doc, span.start):
        return False
    tied = any(t.text in {"for", "between"} for t in words)
    named = all(t.text[0].isupper() or t.lower_ in SMALL_WORDS or not t.is_alpha for t in words)
    return named and not tied


def _both_companies(doc: Doc, left: Name, right: Name) -> bool:
    forms = load_bodies().suffixes
    ends = doc[left.end - 1].text in forms and doc[right.end - 1].text in forms
    paired = all(any(t.text == "&" for t in doc[s.start : s.end]) for s in (left, right))
    body = any(t.text in load_bodies().state_nouns for t in doc[left.start : left.end])
    traded = _is_company(doc, right) and (body or _is_company(doc, left))
    return (ends and doc[right.start].text not in forms) or paired or traded


def _is_company(doc: Doc, span: Name) -> bool:
    """Tell whether the last word is that of a company, and the first not that of a portfolio."""
    bodies = load_bodies()
    tells = (bodies.company_words - bodies.careful_company_words) | bodies.suffixes
    ordinary = bodies.not_company | bodies.portfolios | bodies.nouns | tells
    first, last = doc[span.start].text, doc[span.end - 1].text
    return span.end - span.start > 1 and last in tells and first not in ordinary
