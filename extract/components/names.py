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
from extract.body_names import add_company_names, join_body_names
from extract.components import frames as _frames  # noqa: F401  registers the extensions
from extract.lexicons import Found, load_bodies, load_countries
from extract.name_spans import (
    LABELS,
    SMALL_WORDS,
    Line,
    Name,
    NameIndex,
    clean_names,
    find_lines,
    line_styles,
    split_coordinated,
    split_pairs,
    unnamed_tokens,
)
from extract.offices import office_words

_JOINS = frozenset({"-", "–", "—", "/"})
_OPENERS = frozenset([".", "!", "?", ":", "“", '"', "(", "—"])
_LONGEST = 12  # tokens of a name


def add_known_names(doc: Doc, names: list[Name], lines: list[Line]) -> list[Name]:
    """Label the countries, peoples, blocs and international bodies that the tagger left out.

    A known name of several words replaces the pieces of it that were tagged.
    """
    found = [*load_bodies().find(doc.text), *load_countries().find(doc.text)]
    styles = line_styles(doc, lines)
    index, unnamed = NameIndex(names), unnamed_tokens(doc)
    for hit in sorted(found, key=_by_length):
        span = doc.char_span(hit.start, hit.end)
        if span is None or hit.term.careful:
            continue
        name = Name(span.start, span.end, hit.term.label)
        for piece in [n for n in index.touching(name) if _is_piece(n, name)]:
            index.drop(piece)
        short_in_capitals = styles[span.start] == "capitals" and len(span.text) <= 3
        free = span.start not in unnamed and _is_free(doc, name, index, styles)
        if free and not short_in_capitals:
            index.add(name)
    return index.names()


def _by_length(found: Found) -> tuple[int, int]:
    return found.start - found.end, found.start


def _is_piece(part: Name, whole: Name) -> bool:
    inside = whole.start <= part.start and part.end <= whole.end
    return inside and part[:2] != whole[:2] and part.label in LABELS


def _is_free(doc: Doc, name: Name, covered: NameIndex, styles: list[str]) -> bool:
    """Tell whether nothing is labelled there and the words are no part of a longer name."""
    if covered.touching(name):
        return False
    if styles[name.start] != "prose":
        return True
    return not (_carries_on(doc, name.end, covered) or _leads_in(doc, name.start, covered))


def _carries_on(doc: Doc, after: int, covered: NameIndex) -> bool:
    """Tell whether a longer name goes on from here: Hungarian `Grand Prix`, Fiji`-India Pact`."""
    while after + 1 < len(doc) and doc[after].text in _JOINS and doc[after + 1].text[0].isupper():
        after += 2
    return after < len(doc) and after not in covered and _is_part(doc[after])


def _leads_in(doc: Doc, start: int, covered: NameIndex) -> bool:
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
    index, unnamed = NameIndex(names), unnamed_tokens(doc)
    for i in range(len(doc)):
        words = tuple(t.text for t in doc[i : i + _LONGEST])
        sizes = (size for size in range(len(words), 0, -1) if words[:size] in known)
        if size := next(sizes, None):
            name = Name(i, i + size, known[words[:size]])
            if i not in unnamed and _is_free(doc, name, index, styles):
                index.add(name)
    return index.names()


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
    if not any(t.text[0].isupper() for t in words):
        return None
    named = all(t.text[0].isupper() for t in words)
    return "ORG" if named and {words[0].text, words[-1].text} & load_bodies().nouns else ""


def find_names(doc: Doc, pairs: list[Pair]) -> list[Name]:
    """Return the names of a document in text order, without overlaps."""
    lines = find_lines(doc)
    names = clean_names(doc, [Name(e.start, e.end, e.label_) for e in doc.ents])
    names = join_body_names(doc, split_coordinated(doc, names), lines)
    names = correct_labels(doc, add_company_names(doc, names, lines))
    names = add_known_names(doc, clean_names(doc, names), lines)
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
