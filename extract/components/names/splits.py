"""Tagged names that are two: `Rwanda and Burundi`, `EU-Kenya`."""

from collections.abc import Iterable

from spacy.tokens import Doc

from extract.components.names.known import known_term
from extract.components.names.neighbours import carries_on
from extract.components.names.page import is_capitalised
from extract.components.names.spans import LABELS, SMALL_WORDS, Name, NameIndex
from extract.lexicons import load_bodies, load_countries

_AGREEMENTS = frozenset(
    [
        "Accord",
        "Agreement",
        "Compact",
        "Convention",
        "Declaration",
        "FTA",
        "Memorandum",
        "Pact",
        "Partnership",
        "Protocol",
        "Treaty",
    ]
)
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


def split_pairs(doc: Doc, names: list[Name]) -> list[Name]:
    """Make two names of two countries or blocs joined by a dash: `EU-Kenya`, `U.S.-Kenya pact`.

    Not where they open a longer name, of a body or a programme: `U.S.-Kenya Business Council`. But
    the name of an agreement says whose it is: `U.S.-Kenya Trade Treaty`.
    """
    index = NameIndex(names)
    for token in doc[1:-1]:
        if token.text not in _DASHES:
            continue
        left, right = _known_before(doc, token.i), _known_after(doc, token.i + 1)
        if left and right and not _is_longer(doc, index, left, right):
            index.add(left)
            index.add(right)
    return index.names()


def _is_longer(doc: Doc, index: NameIndex, left: Name, right: Name) -> bool:
    """Tell whether a tagged name goes beyond the pair, or capitalised words follow it."""
    end = right.end
    while end < len(doc) and (is_capitalised(doc[end]) or doc[end].text in {"and", "&"}):
        end += 1
    if doc[end - 1].text in _AGREEMENTS:
        return False
    touched = index.touching(Name(left.start, right.end, ""))
    beyond = any(n.start < left.start or n.end > right.end for n in touched)
    return beyond or carries_on(doc, right.end, index)


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
    term = known_term(doc, span)
    counts = term is not None and (term.way in {"name", "demonym"} or term.label == "ORG")
    return Name(span.start, span.end, term.label) if term is not None and counts else None


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
    if known_term(doc, name):
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
