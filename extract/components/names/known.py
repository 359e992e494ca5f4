"""Names that the lexicons of countries and bodies know: found, and labelled as they say."""

from collections.abc import Iterable

from spacy.tokens import Doc

from extract.components.names.lines import Line, line_styles, unnamed_tokens
from extract.components.names.neighbours import is_free, stands_for_another
from extract.components.names.spans import LABELS, Name, NameIndex
from extract.lexicons import Found, Term, load_bodies, load_countries


def known_term(doc: Doc, name: Name) -> Term | None:
    """Return what the lexicons know by exactly these words, if anything."""
    text = doc[name.start : name.end].text
    return load_countries().lookup(text) or load_bodies().lookup(text)


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
        pieces = [n for n in index.touching(name) if _is_piece(n, name)]
        for piece in pieces:
            index.drop(piece)
        short_in_capitals = styles[span.start] == "capitals" and len(span.text) <= 3
        free = span.start not in unnamed and is_free(doc, name, index, styles)
        if free and not short_in_capitals and not stands_for_another(doc, name):
            index.add(name)
            continue
        for piece in pieces:
            index.add(piece)
    return index.names()


def _by_length(found: Found) -> tuple[int, int]:
    return found.start - found.end, found.start


def _is_piece(part: Name, whole: Name) -> bool:
    inside = whole.start <= part.start and part.end <= whole.end
    return inside and part[:2] != whole[:2] and part.label in LABELS


def correct_labels(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """Give a name that is exactly a country's, a people's or a bloc's its own label.

    What ends in the word of a building (`Zimbor Airport`) is a facility.
    """
    return [name._replace(label=_label(doc, name)) for name in names]


def _label(doc: Doc, name: Name) -> str:
    if name.label not in LABELS:
        return name.label
    term = known_term(doc, name)
    if term and not term.careful:
        kept = term.way == "office" and name.label == "FAC"  # the building itself
        return name.label if kept else term.label
    last = doc[name.end - 1].text
    built = name.end - name.start > 1 and last in load_bodies().facilities
    return "FAC" if built and name.label in {"ORG", "GPE", "LOC"} else name.label
