"""Names that recur: one label for all that read alike, and the label for those left out."""

import re
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc

from extract.components.names.lines import Line, line_styles, unnamed_tokens
from extract.components.names.neighbours import is_free
from extract.components.names.spans import LABELS, Name, NameIndex
from extract.lexicons import load_bodies, load_countries

_LONGEST = 12  # tokens of a name


def settle_labels(doc: Doc, names: list[Name]) -> list[Name]:
    """Give a name that is tagged in several ways the label it has most often.

    A word that is the surname of a person named in full is a person's, not a place's or a people's;
    one that opens the name of a company (`Minhua Group`) and of no person is the company's.
    """
    surnames, openers = _surnames(doc, names), _company_openers(doc, names)
    names = [_as_in_full(doc, name, surnames, openers) for name in names]
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


def _surnames(doc: Doc, names: list[Name]) -> set[str]:
    """Return the surnames of those named in full, as written and in capitals; no country's name."""
    full = (_words(doc, n) for n in names if n.label == "PERSON" and n.end - n.start > 1)
    spelled = {" ".join(s) for words in full for s in _spellings(_surname(words)) if s}
    return {surname for surname in spelled if not load_countries().lookup(surname)}


def _surname(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the last word, with what a hyphen joins to it (Ban `Ki-moon`), none that is short."""
    start = len(words) - 1
    while start > 1 and words[start - 1] == "-":
        start -= 2
    return words[start:] if len("".join(words[start:])) > 3 and words[start][0].isupper() else ()


def _spellings(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return words, tuple(word.upper() for word in words)


def _company_openers(doc: Doc, names: list[Name]) -> set[str]:
    """Return the first words of names of companies, without those that persons have too."""
    ends = load_bodies().suffixes | load_bodies().company_words | {"Group"}
    long = [name for name in names if name.end - name.start > 1]
    companies = (n for n in long if n.label == "ORG" and doc[n.end - 1].text in ends)
    people = {t.text for n in long if n.label == "PERSON" for t in doc[n.start : n.end]}
    return {doc[name.start].text for name in companies} - people


def _as_in_full(doc: Doc, name: Name, surnames: set[str], openers: set[str]) -> Name:
    surface = _surface(doc, name)
    placed = name.label in {"GPE", "LOC", "NORP"}
    if surface in surnames and (placed or (name.label == "ORG" and surface not in openers)):
        return name._replace(label="PERSON")
    company = name.label == "PERSON" and surface in openers
    return name._replace(label="ORG") if company else name


def _words(doc: Doc, name: Name) -> tuple[str, ...]:
    return tuple(t.text for t in doc[name.start : name.end])


def _surface(doc: Doc, name: Name) -> str:
    return " ".join(_words(doc, name))


def spread_names(doc: Doc, names: list[Name], lines: list[Line]) -> list[Name]:
    """Label a name that is seen clearly once wherever the same words recur unlabelled.

    Clear is a name of several words, or one seen twice; the surname of a person counts too. In a
    line of capitals the words are compared without case. A maker before a number is a product:
    `Zimbor 717`.
    """
    known = _clear_names(doc, names)
    styles = line_styles(doc, lines)
    index, unnamed = NameIndex(names), unnamed_tokens(doc)
    texts = [token.text for token in doc]
    first_words = {words[0] for words in known}
    for i in range(len(texts)):
        if texts[i] not in first_words:
            continue
        words = tuple(texts[i : i + _LONGEST])
        sizes = (size for size in range(len(words), 0, -1) if words[:size] in known)
        if size := next(sizes, None):
            name = Name(i, i + size, known[words[:size]])
            model = name.label == "ORG" and name.end < len(doc) and doc[name.end].is_digit
            if i not in unnamed and not model and is_free(doc, name, index, styles):
                index.add(name)
    return index.names()


def _clear_names(doc: Doc, names: list[Name]) -> dict[tuple[str, ...], str]:
    ours = [name for name in names if name.label in LABELS]
    seen = Counter((_words(doc, n), n.label) for n in ours)
    known: dict[tuple[str, ...], str] = {}
    for (words, label), count in sorted(seen.items(), key=_rarest_first):
        if len(words) > 1 or count > 1:
            known[words] = label
            known.setdefault(tuple(word.upper() for word in words), label)
        if label == "PERSON" and len(words) > 1 and (surname := _surname(words)):
            for spelled in _spellings(surname):
                known.setdefault(spelled, label)
    return {words: label for words, label in known.items() if re.match(r"\w", words[0])}


def _rarest_first(
    item: tuple[tuple[tuple[str, ...], str], int],
) -> tuple[int, tuple[str, ...], str]:
    (words, label), count = item
    return count, words, label
