"""Marked texts and treebanks to what the network is trained on: windows with labels, in batches."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import spacy
from spacy.tokens import Doc

from corpora import LABELS, Sentence, to_syntax_doc
from extract.encoder.parse import LabelSets
from extract.encoder.words import (
    PIECES_PER_WINDOW,
    Window,
    WordPieces,
    cut_windows,
    find_places,
    to_window,
)
from marked_texts import Marked

NAMES = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
IGNORED = -100
ROOT = 0  # the place of [CLS], the head of every sentence's root
_NAME = {label: number for number, label in enumerate(NAMES)}


@dataclass(frozen=True)
class Example:
    """A window with the labels of its words; `None` where a layer is not marked.

    `heads` holds places in the window, counted from 1; 0 is the root.
    """

    window: Window
    names: list[int] | None = None
    starts: list[int] | None = None
    tags: list[int] | None = None
    pos: list[int] | None = None
    heads: list[int] | None = None
    relations: list[int] | None = None


def find_labels(sentences: Iterable[Sentence]) -> LabelSets:
    """Return the labels of names, and those that a treebank uses."""
    tokens = [token for sentence in sentences for token in sentence.tokens]
    return LabelSets(
        names=NAMES,
        tags=tuple(sorted({token.xpos for token in tokens})),
        pos=tuple(sorted({token.upos for token in tokens})),
        relations=tuple(sorted({token.deprel for token in tokens})),
    )


def label_sizes(labels: LabelSets) -> dict[str, int]:
    """Return how many labels each head of the network has."""
    return {head: len(values) for head, values in labels.to_dict().items()}


def to_name_examples(text: Marked, nlp: spacy.Language, pieces: WordPieces) -> list[Example]:
    """Return the windows of a text with the BIO labels of its words."""
    doc = nlp.make_doc(text.text)
    labels = _label_names(doc, text)
    starts = None
    if text.starts is not None:
        known = set(text.starts)
        starts = [int(token.idx in known) for token in doc]
    return [
        Example(
            window,
            names=[labels[i] for i in window.words],
            starts=[starts[i] for i in window.words] if starts else None,
        )
        for window in cut_windows(doc, pieces)
    ]


def _label_names(doc: Doc, text: Marked) -> list[int]:
    """Return the BIO label of each token; a name that cuts a token is widened to it."""
    labels = [0] * len(doc)
    spans = [
        doc.char_span(start, end, label=label, alignment_mode="expand")
        for start, end, label in text.names
    ]
    for span in spacy.util.filter_spans([span for span in spans if span is not None]):
        labels[span.start : span.end] = [_NAME[f"I-{span.label_}"]] * len(span)
        labels[span.start] = _NAME[f"B-{span.label_}"]
    for start, end in text.unsure:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            labels[span.start : span.end] = [IGNORED] * len(span)
    return labels


def to_syntax_examples(
    group: list[Sentence],
    labels: LabelSets,
    vocab: spacy.Vocab,
    pieces: WordPieces,
    rng: random.Random,
    *,
    capitals: bool = False,
) -> Iterator[Example]:
    """Yield windows of whole sentences with the tags, heads and labels of their words."""
    doc = to_syntax_doc(vocab, group, capitals=capitals)
    places = list(find_places(doc))
    run: list[tuple[int, int]] = []
    size, limit = 0, _draw_limit(rng)
    for sent in _split(doc, places):
        length = sum(len(pieces.lookup(doc[number].text)[0]) for number, _ in sent)
        if run and size + length > limit:
            yield _to_syntax_example(doc, run, labels, pieces)
            run, size, limit = [], 0, _draw_limit(rng)
        run += sent
        size += length
    if run:
        yield _to_syntax_example(doc, run, labels, pieces)


def _draw_limit(rng: random.Random) -> int:
    return rng.choice((1, 40, 80, 120, 160, PIECES_PER_WINDOW))


def _split(doc: Doc, places: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    sentences: list[list[tuple[int, int]]] = []
    for number, place in places:
        if doc[number].is_sent_start or not sentences:
            sentences.append([])
        sentences[-1].append((number, place))
    return sentences


def _to_syntax_example(
    doc: Doc, places: list[tuple[int, int]], labels: LabelSets, pieces: WordPieces
) -> Example:
    window = to_window(doc, places, pieces)
    place = {number: index + 1 for index, number in enumerate(window.words)}
    tokens = [doc[number] for number in window.words]
    return Example(
        window,
        starts=[int(bool(token.is_sent_start)) for token in tokens],
        tags=[labels.tags.index(token.tag_) for token in tokens],
        pos=[labels.pos.index(token.pos_) for token in tokens],
        heads=[ROOT if token.head == token else place[token.head.i] for token in tokens],
        relations=[labels.relations.index(token.dep_) for token in tokens],
    )
