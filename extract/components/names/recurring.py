"""Names that recur: one label for all that read alike, and the label for those left out."""

import re
from collections import Counter

from spacy.tokens import Doc

from extract.components.names.lines import Line, line_styles, unnamed_tokens
from extract.components.names.neighbours import is_free
from extract.components.names.spans import LABELS, Name, NameIndex

_LONGEST = 12  # tokens of a name


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
            if i not in unnamed and is_free(doc, name, index, styles):
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
