"""Docs made by hand, for tests that need no trained pipeline."""

import spacy
from spacy.tokens import Doc

_NLP = spacy.blank("en")
_NLP.add_pipe("sentencizer")
VOCAB = _NLP.vocab


def make_doc(text: str, ents: list[tuple[str, str]] | None = None) -> Doc:
    """Return a Doc in sentences; each (words, label) is an entity at its next place in the text."""
    doc = _NLP(text)
    spans, at = [], 0
    for words, label in ents or []:
        start = text.index(words, at)
        at = start + len(words)
        spans.append(doc.char_span(start, at, label=label))
    doc.ents = spans
    return doc


def make_tree(rows: str) -> Doc:
    """Return a Doc from `word/POS/label/head` items, where `head` is the head's word.

    A word that stands twice is told apart by a mark at its end, which the text does not keep:
    `of`, `of_2`.
    """
    items = [item.split("/") for item in rows.split()]
    places = {item[0]: index for index, item in enumerate(items)}
    return Doc(
        VOCAB,
        words=[item[0].partition("_")[0] for item in items],
        pos=[item[1] for item in items],
        deps=[item[2] for item in items],
        heads=[places[item[3]] for item in items],
    )
