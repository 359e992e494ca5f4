"""What is part of a tagged name: no article, no quote, no office, nothing over a line break."""

from collections.abc import Iterable

from spacy.tokens import Doc

from extract.components.names.lines import unnamed_tokens
from extract.components.names.spans import LABELS, SMALL_WORDS, Name
from extract.components.offices import is_office, office_words
from extract.lexicons import load_bodies

_LEADING = frozenset(
    ["the", "a", "an", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir"]
)
_TITLES = frozenset(["pm", "fm", "amb.", "sens.", "reps.", "messrs", "messrs."])
_QUOTES = frozenset("\"'“”‘’«»`,;:([-–—") | {"``"}
_TRAILING = (_QUOTES | {"'s", "’s"}) - {"(", "["}
_WITH_ARTICLE = frozenset({"The Hague"})


def clean_names(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """Trim what is no part of a name, cut names at line breaks and drop what is no name."""
    kept = []
    unnamed = unnamed_tokens(doc)
    for name in names:
        if name.label not in LABELS:
            kept.append(name)
            continue
        trimmed = _trim(doc, _longest_piece(doc, name))
        if trimmed and _is_name(doc, trimmed) and trimmed.start not in unnamed:
            kept.append(trimmed)
    return kept


def _longest_piece(doc: Doc, name: Name) -> Name:
    """Return the longest stretch without a line break or a bracket that ends it."""
    pieces, start = [], name.start
    for i in range(name.start, name.end):
        closes = doc[name.end - 1].text == ")" or ")" not in (t.text for t in doc[i : name.end])
        if "\n" in doc[i].text or (doc[i].text == "(" and closes):
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
    while start < end and (
        doc[end - 1].text in _TRAILING or doc[end - 1].text in SMALL_WORDS | {"&"}
    ):
        end -= 1
    if name.label == "PERSON":
        while start + 1 < end and doc[start].lower_ in office_words() | _TITLES:
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
    ours = ours and doc[start].text != "Office"  # of the Chief Adviser
    return cut if ours and is_office(doc[cut:end]) else end


def _is_name(doc: Doc, name: Name) -> bool:
    """Tell whether there are letters, no address and not only a noun for a body: `Department`."""
    if any(token.like_email for token in doc[name.start : name.end]):
        return False
    text = doc[name.start : name.end].text
    if name.label == "ORG" and text in load_bodies().generic:
        return False
    return any(c.isalpha() for c in text)
