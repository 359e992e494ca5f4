"""Acronyms beside their long forms: `World Health Organization (WHO)`, `WHO (World ...)`.

After A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text", Pacific Symposium on Biocomputing 2003. Added for the press: the
reversed order, `, or WHO,`, and acronyms of another language beside the name of a body.
"""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extract.components.names.lines import unnamed_tokens
from extract.components.names.spans import LABELS, SMALL_WORDS, Name, NameIndex
from extract.lexicons import load_bodies, load_countries

_MAX_LETTERS = 10
_QUOTES = frozenset("\"'“”‘’«»")
_LEADS = _QUOTES | {"the", "hereinafter", "hereafter", "or", "called", ","}


class Pair(NamedTuple):
    """An acronym and its long form, as token indices, end exclusive."""

    short: tuple[int, int]
    long: tuple[int, int]


def find_acronyms(doc: Doc) -> list[Pair]:
    """Return the acronyms that the document spells out, in text order."""
    return sorted({pair for pair in _pairs(doc) if pair is not None})


def _pairs(doc: Doc) -> Iterator[Pair | None]:
    for opening in range(1, len(doc)):
        if doc[opening].text == "(" and (closing := _closing(doc, opening)):
            yield _bracketed(doc, opening, closing)
        elif doc[opening].lower_ == "or" and doc[opening - 1].text == ",":
            closing = opening + 2
            if closing <= len(doc) and _is_acronym(doc[opening + 1 : closing].text):
                yield _with_long_form(doc, (opening + 1, closing), opening - 1)


def _closing(doc: Doc, opening: int) -> int | None:
    for token in doc[opening + 1 : opening + 16]:
        if token.text == ")":
            return int(token.i)
        if "\n" in token.text:
            return None
    return None


def _bracketed(doc: Doc, opening: int, closing: int) -> Pair | None:
    start, end = opening + 1, closing
    while start < end and doc[start].lower_ in _LEADS:
        start += 1
    while end > start and doc[end - 1].text in _QUOTES:
        end -= 1
    if start == end:
        return None
    if end - start <= 2 and _is_acronym(doc[start:end].text):
        return _with_long_form(doc, (start, end), opening)
    if _is_acronym(doc[opening - 1].text):
        first = _long_form_start(doc[opening - 1].text, doc[start:end])
        if first == start:
            return Pair((opening - 1, opening), (start, end))
    return None


def _is_acronym(text: str) -> bool:
    """Tell whether it looks like an acronym: short, one word, at least two capitals."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return 2 <= len(text) <= _MAX_LETTERS and " " not in text and 2 <= capitals <= len(letters)


def _with_long_form(doc: Doc, short: tuple[int, int], before: int) -> Pair | None:
    text = doc[short[0] : short[1]].text
    size = sum(c.isalnum() for c in text)
    start = before
    while start > 0 and before - start < min(size + 5, size * 2) + 2:
        if "\n" in doc[start - 1].text or doc[start - 1].text in {".", ";", "(", ")", ":"}:
            break
        start -= 1
    first = _long_form_start(text, doc[start:before])
    if first is not None:
        return Pair(short, (first, before))
    return _beside_a_body(doc, short, before)


def _long_form_start(short: str, candidate: Span) -> int | None:
    """Match the letters of the acronym from the right; its first one must begin a word.

    Returns the token with which the long form begins, or None where a letter is not found.
    """
    text = candidate.text
    at = len(text)
    letters = [c for c in short.lower() if c.isalnum()]
    for number in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and not (
            text[at].lower() == letters[number] and (number > 0 or _begins_word(text, at))
        ):
            at -= 1
        if at < 0:
            return None
    if len(text) - at <= len(short):
        return None
    offset = candidate.start_char + at
    return next((t.i for t in candidate if t.idx <= offset < t.idx + len(t)), None)


def _begins_word(text: str, at: int) -> bool:
    """Tell whether a word of weight begins here: a long form does not begin with `for`."""
    if at and text[at - 1].isalnum():
        return False
    return text[at:].split(maxsplit=1)[0].lower() not in SMALL_WORDS


def _beside_a_body(doc: Doc, short: tuple[int, int], before: int) -> Pair | None:
    """Bind an acronym whose letters do not fit, as one of another language, to an ORG."""
    text = doc[short[0] : short[1]].text
    if not text.isupper() or len(text) < 3 or load_countries().lookup(text):
        return None
    start = before - 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    ends = before == len(doc) or doc[before].ent_iob_ != "I"
    ours = ends and doc[start].ent_type_ == "ORG" and before - start > 1
    return Pair(short, (start, before)) if ours else None


def apply_acronyms(doc: Doc, names: list[Name], pairs: list[Pair]) -> list[Name]:
    """Give an acronym the label of its long form, and none where that is no name (`MoU`)."""
    index, unnamed = NameIndex(names), unnamed_tokens(doc)
    labels = {doc[p.short[0] : p.short[1]].text: _label_of(doc, index, p) for p in pairs}
    kept = [n for n in names if labels.get(doc[n.start : n.end].text, n.label) is not None]
    kept = [n._replace(label=labels.get(doc[n.start : n.end].text) or n.label) for n in kept]
    index = NameIndex(kept)
    for token in doc:
        label = labels.get(token.text)
        if label and token.i not in unnamed and token.i not in index:
            index.add(Name(token.i, token.i + 1, label))
    return index.names()


def _label_of(doc: Doc, index: NameIndex, pair: Pair) -> str | None:
    """Return the label of a long form, "" where nothing is known, None where it is no name."""
    start, end = pair.long
    name = index.at(end - 1)
    if name and name.start <= start + 1 and name.end == end and name.label in LABELS:
        return name.label
    words = [t for t in doc[start:end] if t.is_alpha and t.lower_ not in SMALL_WORDS]
    if not any(t.text[0].isupper() for t in words) or doc[end - 1].text in load_bodies().not_bodies:
        return None
    named = all(t.text[0].isupper() for t in words)
    return "ORG" if named and {words[0].text, words[-1].text} & load_bodies().nouns else ""
