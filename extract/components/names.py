"""Which tokens are names, and of what: the tagger's entities, put right over the document.

The tagger sees a few words at a time. Here a name is seen whole (`Ministry of Health of the
Republic of X`), with its acronym, as the same thing wherever it recurs, and with what the
lexicons of countries and bodies know. Only PERSON, ORG, GPE, LOC, FAC and NORP are touched;
other labels stay as they came.
"""

import re
from collections import Counter
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extract.acronyms import Pair, find_acronyms
from extract.body_names import join_body_names
from extract.components import frames as _frames  # noqa: F401  registers the extensions
from extract.lexicons import Found, load_bodies, load_countries
from extract.name_spans import (
    LABELS,
    SMALL_WORDS,
    Line,
    Name,
    clean_names,
    find_lines,
    in_unnamed,
    line_styles,
    overlap,
)
from extract.offices import office_words

_JOINS = frozenset({"-", "–", "—", "/"})
_DASHES = frozenset({"-", "–"})
_KNOWN = 4  # tokens of a country's or bloc's name
_OPENERS = frozenset([".", "!", "?", ":", "“", '"', "(", "—"])
_LONGEST = 12  # tokens of a name


def add_known_names(doc: Doc, names: list[Name], lines: list[Line]) -> list[Name]:
    """Label the countries, peoples, blocs and international bodies that the tagger left out.

    A known name of several words replaces the pieces of it that were tagged.
    """
    found = [*load_bodies().find(doc.text), *load_countries().find(doc.text)]
    styles = line_styles(doc, lines)
    for hit in sorted(found, key=_by_length):
        span = doc.char_span(hit.start, hit.end)
        if span is None or hit.term.careful:
            continue
        name = Name(span.start, span.end, hit.term.label)
        if len(span) > 1:
            names = [n for n in names if not _is_piece(n, name)]
        short_in_capitals = styles[span.start] == "capitals" and len(span.text) <= 3
        if not short_in_capitals and _is_free(doc, name, names, styles):
            names = [*names, name]
    return sorted(names)


def _by_length(found: Found) -> tuple[int, int]:
    return found.start - found.end, found.start


def _is_piece(part: Name, whole: Name) -> bool:
    inside = whole.start <= part.start and part.end <= whole.end
    return inside and part[:2] != whole[:2] and part.label in LABELS


def _is_free(doc: Doc, name: Name, names: Iterable[Name], styles: list[str]) -> bool:
    """Tell whether nothing is labelled there and the words are no part of a longer name."""
    names = list(names)
    if in_unnamed(doc, name) or any(overlap(name, other) for other in names):
        return False
    if styles[name.start] != "prose":
        return True
    covered = {i for other in names for i in range(other.start, other.end)}
    return not (_carries_on(doc, name.end, covered) or _leads_in(doc, name.start, covered))


def _carries_on(doc: Doc, after: int, covered: set[int]) -> bool:
    """Tell whether a longer name goes on from here: Hungarian `Grand Prix`, Fiji`-India Pact`."""
    while after + 1 < len(doc) and doc[after].text in _JOINS and doc[after + 1].text[0].isupper():
        after += 2
    return after < len(doc) and after not in covered and _is_part(doc[after])


def _leads_in(doc: Doc, start: int, covered: set[int]) -> bool:
    """Tell whether a longer name leads here: `Air` France, `Order of` Australia."""
    before = start - 1
    while before >= 1 and doc[before].text in _JOINS:
        before -= 2
    if before >= 1 and doc[before].text in {"of", "on", "the"}:
        before -= 1 + (doc[before].text == "the" and doc[before - 1].text in {"of", "on"})
        if doc[before + 1].text == "the":
            return False
    return before >= 0 and before not in covered and _is_part(doc[before])


def _is_part(token: Token) -> bool:
    """Tell whether a neighbour looks like a word of a name, not of an office or a sentence."""
    return (
        token.is_alpha
        and token.text[0].isupper()
        and token.lower_ not in SMALL_WORDS
        and token.lower_ not in office_words()
        and token.text not in load_bodies().portfolios
        and not _opens_sentence(token)
    )


def _opens_sentence(token: Token) -> bool:
    before = token.nbor(-1) if token.i else None
    return before is None or before.is_space or before.text in _OPENERS


def correct_labels(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """Give a name that is exactly a country's, a people's or a bloc's its own label."""
    corrected = []
    for name in names:
        text = doc[name.start : name.end].text
        term = load_countries().lookup(text) or load_bodies().lookup(text)
        ours = name.label in LABELS and term and not term.careful
        corrected.append(name._replace(label=term.label) if ours and term else name)
    return corrected


def settle_labels(doc: Doc, names: list[Name]) -> list[Name]:
    """Give a name that is tagged in several ways the label it has most often."""
    votes: dict[str, Counter[str]] = {}
    for name in names:
        if name.label in LABELS:
            votes.setdefault(_surface(doc, name), Counter())[name.label] += 1
    settled = []
    for name in names:
        ranked = votes.get(_surface(doc, name), Counter()).most_common(2)
        clear = name.label in LABELS and len(ranked) == 2 and ranked[0][1] > ranked[1][1]
        settled.append(name._replace(label=ranked[0][0]) if clear else name)
    return settled


def _surface(doc: Doc, name: Name) -> str:
    return " ".join(t.text for t in doc[name.start : name.end])


def spread_names(doc: Doc, names: list[Name], lines: list[Line]) -> list[Name]:
    """Label a name that is seen clearly once wherever the same words recur unlabelled.

    Clear is a name of several words, or one seen twice; the surname of a person counts too. In a
    line of capitals the words are compared without case.
    """
    known = _clear_names(doc, names)
    styles = line_styles(doc, lines)
    for i in range(len(doc)):
        words = tuple(t.text for t in doc[i : i + _LONGEST])
        sizes = (size for size in range(len(words), 0, -1) if words[:size] in known)
        if size := next(sizes, None):
            name = Name(i, i + size, known[words[:size]])
            if _is_free(doc, name, names, styles):
                names = [*names, name]
    return sorted(names)


def _clear_names(doc: Doc, names: list[Name]) -> dict[tuple[str, ...], str]:
    ours = [name for name in names if name.label in LABELS]
    seen = Counter((tuple(t.text for t in doc[n.start : n.end]), n.label) for n in ours)
    known: dict[tuple[str, ...], str] = {}
    for (words, label), count in sorted(seen.items(), key=_rarest_first):
        if len(words) > 1 or count > 1:
            known[words] = label
            known.setdefault(tuple(word.upper() for word in words), label)
        if label == "PERSON" and len(words) > 1 and len(words[-1]) > 3:
            known.setdefault(words[-1:], label)
            known.setdefault((words[-1].upper(),), label)
    return {words: label for words, label in known.items() if re.match(r"\w", words[0])}


def _rarest_first(
    item: tuple[tuple[tuple[str, ...], str], int],
) -> tuple[int, tuple[str, ...], str]:
    (words, label), count = item
    return count, words, label


def apply_acronyms(doc: Doc, names: list[Name], pairs: list[Pair]) -> list[Name]:
    """Give an acronym the label of its long form, and none where that is no name (`MoU`)."""
    labels = {doc[p.short[0] : p.short[1]].text: _label_of(doc, names, p) for p in pairs}
    kept = [n for n in names if labels.get(doc[n.start : n.end].text, n.label) is not None]
    kept = [n._replace(label=labels.get(doc[n.start : n.end].text) or n.label) for n in kept]
    for token in doc:
        label = labels.get(token.text)
        name = Name(token.i, token.i + 1, label or "")
        if label and not in_unnamed(doc, name) and not any(overlap(name, n) for n in kept):
            kept.append(name)
    return sorted(kept)


def _label_of(doc: Doc, names: list[Name], pair: Pair) -> str | None:
    """Return the label of a long form, "" where nothing is known, None where it is no name."""
    start, end = pair.long
    for name in names:
        if name.start <= start + 1 and name.end == end and name.label in LABELS:
            return name.label
    words = [t for t in doc[start:end] if t.is_alpha and t.lower_ not in SMALL_WORDS]
    if not any(t.text[0].isupper() for t in words):
        return None
    named = all(t.text[0].isupper() for t in words)
    return "ORG" if named and {words[0].text, words[-1].text} & load_bodies().nouns else ""


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
    others = [name for name in names if not any(overlap(name, pair) for pair in pairs)]
    return sorted({*others, *pairs}, key=lambda name: name.start)


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
    term = load_countries().lookup(text) or load_bodies().lookup(text)
    counts = term is not None and (term.way in {"name", "demonym"} or term.label == "ORG")
    return Name(span.start, span.end, term.label) if term is not None and counts else None


def find_names(doc: Doc, pairs: list[Pair]) -> list[Name]:
    """Return the names of a document in text order, without overlaps."""
    lines = find_lines(doc)
    names = clean_names(doc, [Name(e.start, e.end, e.label_) for e in doc.ents])
    names = add_known_names(doc, correct_labels(doc, join_body_names(doc, names, lines)), lines)
    names = settle_labels(doc, apply_acronyms(doc, names, pairs))
    return split_pairs(doc, spread_names(doc, names, lines))


class NameFinder:
    """Rewrites `doc.ents` and sets `doc._.acronyms`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the acronyms and the names and hang them on the document."""
        pairs = find_acronyms(doc)
        names = find_names(doc, pairs)
        doc.ents = tuple(Span(doc, n.start, n.end, n.label) for n in names)
        doc._.acronyms = {
            doc[p.short[0] : p.short[1]].text: doc[p.long[0] : p.long[1]].text for p in pairs
        }
        return doc


@Language.factory("pactwire_names", requires=["doc.ents"], assigns=["doc.ents"], default_config={})
def make_names(nlp: Language, name: str) -> NameFinder:
    """Make the component; it runs after the tagger."""
    return NameFinder()
