"""Texts with agreements marked to what the reader is trained on: stretches with labels, batches."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from torch import Tensor

from agreement_texts import Text, to_article
from encoder_examples import IGNORED
from extract import load
from extract.components.agreements.triggers import find_mentions, find_possible
from extract.encoder.reading import PARTS, Stretch, cut_stretches
from extract.pipeline import Extractor
from extract.vocabulary import STATUSES

LONGEST_TRIGGER = 12  # tokens
TRIGGERS_AT_A_TIME = 7  # of a stretch, drawn anew each round
_SLOTS = ("topic", "place", "date")


@dataclass(frozen=True)
class Example:
    """A stretch with the vectors of its words, and what is marked of each of its triggers.

    `right` says which triggers evoke an agreement; `statuses` and `parts` (one label a word) are
    `IGNORED` and None where nothing is known of them.
    """

    stretch: Stretch
    vectors: NDArray[np.float16]
    right: list[bool]
    statuses: list[int]
    parts: list[NDArray[np.int64] | None]


class Exampler:
    """Makes examples of texts, with the pipeline as it ships."""

    def __init__(self, model: str) -> None:
        self.extractor: Extractor = load(model)
        nlp = self.extractor.nlp
        self.component: Any = nlp.get_pipe("pactwire_agreements")
        nlp.disable_pipe("pactwire_agreements")

    def __call__(self, texts: Iterable[Text]) -> list[list[Example]]:
        """Return the examples of each text."""
        return [list(self._examples(text)) for text in texts]

    def _examples(self, text: Text) -> Iterator[Example]:
        doc = self.extractor.nlp(self.extractor.prepare(to_article(text))[1])
        gold = [_Marked(doc, agreement) for agreement in text["agreements"]]
        triggers = self._find_triggers(doc, gold)
        for stretch in cut_stretches(doc, triggers):
            told = [
                next((g for g in gold if g.is_evoked_by(triggers[n])), None)
                for n in stretch.numbers
            ]
            yield Example(
                stretch,
                doc.tensor[stretch.words],
                [g is not None for g in told],
                [g.status if g else IGNORED for g in told],
                [g.parts[stretch.words] if g else None for g in told],
            )

    def _find_triggers(self, doc: Doc, gold: list["_Marked"]) -> list[tuple[int, int]]:
        """Return what the rules find, and what is marked beside."""
        rules = self.component.rules
        mentions = find_mentions(doc, rules.triggers, rules.decoys)
        mentions += find_possible(doc, rules.possible, mentions)
        found = [(m.start, m.end) for m in mentions]
        known = {i for span in found for i in range(*span)}
        for span in (span for marked in gold for span in marked.triggers):
            if not known & set(range(*span)) and span[1] - span[0] < LONGEST_TRIGGER:
                found.append(span)
                known |= set(range(*span))
        return found


class _Marked:
    """What is marked of an agreement, over the tokens of a Doc."""

    def __init__(self, doc: Doc, agreement: Text) -> None:
        self.status = STATUSES.index(agreement["status"]) if agreement["status"] else IGNORED
        self.triggers = [s for t in agreement["triggers"] if (s := _to_tokens(doc, t))]
        self.parts = np.zeros(len(doc), np.int64)
        marks = {
            "party": [m for party in agreement["parties"] for m in party["mentions"]],
            "signatory": [m for person in agreement["signatories"] for m in person["mentions"]],
            "date": [agreement["date"]["mention"]] if agreement["date"] else [],
            **{slot: [agreement[slot]] for slot in ("topic", "place")},
        }
        for number, part in enumerate(PARTS):
            for mark in filter(None, marks[part]):
                self._label(_to_tokens(doc, mark), 2 * number + 1)

    def _label(self, span: tuple[int, int] | None, label: int) -> None:
        """Label what no earlier part has taken: a party within a topic stays a party."""
        inside = False
        for i in range(*span) if span else ():
            if not self.parts[i]:
                self.parts[i] = label + inside
                inside = True

    def is_evoked_by(self, trigger: tuple[int, int]) -> bool:
        """Tell whether a trigger overlaps a marked one."""
        return any(start < trigger[1] and trigger[0] < end for start, end in self.triggers)


def _to_tokens(doc: Doc, mark: Text) -> tuple[int, int] | None:
    span = doc.char_span(mark["start"], mark["end"], alignment_mode="expand")
    return (span.start, span.end) if span is not None and len(span) else None


def to_batches(
    examples: Iterable[Example], size: int, rng: random.Random
) -> list[list[tuple[Example, list[int]]]]:
    """Return the examples of a round in batches of like length, some triggers of each drawn."""
    drawn = []
    for example in examples:
        rows = range(len(example.right))
        drawn.append((example, rng.sample(rows, min(len(rows), TRIGGERS_AT_A_TIME))))
    drawn.sort(key=lambda pair: len(pair[0].vectors) + 40 * rng.random())
    batches: list[list[tuple[Example, list[int]]]] = []
    room = 0
    for example, rows in drawn:
        room -= len(example.vectors) * (2 + len(rows))
        if room < 0 or not batches:
            batches.append([])
            room = size - len(example.vectors) * (2 + len(rows))
        batches[-1].append((example, rows))
    rng.shuffle(batches)
    return batches


def collate(batch: list[tuple[Example, list[int]]]) -> dict[str, Tensor]:
    """Return the padded tensors of a batch.

    `vectors` texts x words x d, `labels`, `mask` texts x words; of the triggers `triggers`,
    `distances`, `sentences`, `parts` triggers x words, and `owner`, `right`, `statuses`.
    """
    rows = [(place, e, row) for place, (e, rows) in enumerate(batch) for row in rows]
    length = max(len(e.vectors) for e, _ in batch)

    def pad(values: list[NDArray[Any]], filler: float = 0) -> Tensor:
        shape = (len(values), length, *values[0].shape[1:])
        padded = np.full(shape, filler, values[0].dtype)
        for number, value in enumerate(values):
            padded[number, : len(value)] = value
        return torch.from_numpy(padded)

    return {
        "vectors": pad([e.vectors.astype(np.float32) for e, _ in batch]),
        "labels": pad([e.stretch.labels for e, _ in batch]),
        "mask": pad([np.ones(len(e.vectors), np.float32) for e, _ in batch]),
        "owner": torch.tensor([place for place, _, _ in rows]),
        "triggers": pad([e.stretch.triggers[row] for _, e, row in rows]),
        "distances": pad([e.stretch.distances[row] for _, e, row in rows]),
        "sentences": pad([e.stretch.sentences[row] for _, e, row in rows]),
        "right": torch.tensor([float(e.right[row]) for _, e, row in rows]),
        "statuses": torch.tensor([e.statuses[row] for _, e, row in rows]),
        "parts": pad(
            [
                np.full(len(e.vectors), IGNORED, np.int64) if e.parts[row] is None else e.parts[row]
                for _, e, row in rows
            ],
            IGNORED,
        ),
    }
